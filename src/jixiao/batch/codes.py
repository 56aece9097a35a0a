"""The small numbers that stand in columns for the kinds, methods and rules of the core; `names` fills them into SQL."""

from enum import IntEnum

from jixiao.batch import traits
from jixiao.model.target import AtLeast, AtMost, Before, Between, Exactly, Qualitative, Target, Unclear
from jixiao.schemes.scheme import AbsentRule, Method, ZeroTarget
from jixiao.scoring.measure import Hedge

SCALE = 10**6  # what a whole one is in every column of amounts, points, scores and rates of 1
# What keeps points by share within 64 bits: figures in millionths up to the one, scores no finer than the other.
SHARE_MOST, SHARE_GRAIN = 4 * 10**11, SCALE // 10**3


class Aim(IntEnum):
    """What a target demands: `kind` in the table of indicators."""

    SILENT = 0
    AT_LEAST = 1
    AT_MOST = 2
    EXACTLY = 3
    BETWEEN = 4
    BEFORE = 5
    QUALITATIVE = 6
    UNCLEAR = 7


class Measure(IntEnum):
    """What an actual's figure is measured in: `measure` in the table of indicators.

    A bare figure beside a target in per cent counts as a share where the words leave no doubt.
    """

    BARE = 0
    A_SHARE = 1
    OTHER_UNIT = 2
    BARE_SHARE = 3


class Lane(IntEnum):
    """How a row comes to its score: the whole way, or one of the short ones of usual rows; only score.sql uses it."""

    REST = 0
    MET = 1
    SHARE = 2
    WORDS = 3
    OPEN = 4


class Way(IntEnum):
    """How a line is scored, and how far that is known before its figures are looked at; only score.sql uses it."""

    NOTHING_KNOWN = 0
    ANYTHING = 1
    ALL_POINTS = 2
    NO_POINTS = 3
    LEFT_OUT = 4
    BY_AMOUNTS = 5
    A_RATE = 6
    BY_METHOD = 7
    BY_FIGURES = 8
    BY_HEDGE = 9
    BY_BANDS = 10
    BY_OWN_BANDS = 11
    BY_STEPS = 12
    BY_TIER = 13
    BY_LABEL = 14
    BY_MOMENT = 15


FUND_SOURCES = ("total", "fiscal", "carryover", "special", "other", "more")
COLUMNS = ("initial", "annual", "executed", "allocated", "received")
METHODS = {method: n for n, method in enumerate(Method, 1)}
ZEROS = {rule: n for n, rule in enumerate(ZeroTarget)}
ABSENT = {None: 0, AbsentRule.LEFT_OUT: 1, AbsentRule.RESCALED: 2}
_AIMS: dict[type, Aim] = {
    AtLeast: Aim.AT_LEAST,
    AtMost: Aim.AT_MOST,
    Exactly: Aim.EXACTLY,
    Between: Aim.BETWEEN,
    Before: Aim.BEFORE,
    Qualitative: Aim.QUALITATIVE,
    Unclear: Aim.UNCLEAR,
}


def aim_of(target: Target | None) -> Aim:
    """Return what stands under `kind` for a target."""
    return Aim.SILENT if target is None else _AIMS[type(target)]


def names() -> dict[str, str]:
    """Return every name that SQL may use in braces for a number."""
    found = {member.name.lower(): int(member) for kind in (Aim, Measure, Way) for member in kind}
    found |= {method.value: n for method, n in METHODS.items()} | {rule.value: n for rule, n in ZEROS.items()}
    found |= {column: n for n, column in enumerate(COLUMNS)}
    found |= {
        "plain": Hedge.NONE.value,
        "up": Hedge.UP.value,
        "down": Hedge.DOWN.value,
        "about": Hedge.ABOUT.value,
    }
    found |= {f"lane_{lane.name.lower()}": int(lane) for lane in Lane}
    found |= {"share_most": SHARE_MOST, "share_grain": SHARE_GRAIN}
    found |= {"rescaled": ABSENT[AbsentRule.RESCALED], "scale": SCALE}
    found |= {"ten_thousandth": SCALE // 10**4, "tenth_of_one": SCALE // 10}
    found |= traits.names()
    found |= {"line_total": 0, "line_first": 1, "line_last": 4, "line_more": FUND_SOURCES.index("more")}
    return {name: str(number) for name, number in found.items()}
