"""What a target cell demands and what a result cell states: 指标值 and 实际完成值 as values.

A target is one of seven small types, consumed with `match` ending in `assert_never`. All keep the printed cell as
`text`.
"""

from dataclasses import dataclass

from jixiao.model.figure import Figure


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, month or year as printed: 2023年, 12月, 2023年6月5日; the parts that are not printed are None."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class AtLeast:
    """≥ or > (`strict`): a positive indicator (正向)."""

    text: str
    bound: Figure
    strict: bool = False


@dataclass(frozen=True, slots=True)
class AtMost:
    """≤ or < (`strict`): a negative indicator (反向)."""

    text: str
    bound: Figure
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Exactly:
    """= or a bare figure; `stated` tells whether a sign is printed."""

    text: str
    value: Figure
    stated: bool = True


@dataclass(frozen=True, slots=True)
class Between:
    """An interval 3-5个, 80%～90%, both ends included unless the text says otherwise."""

    text: str
    low: Figure
    high: Figure


@dataclass(frozen=True, slots=True)
class Before:
    """A time limit: 12月底前, 2023年6月30日前, 当年完成; `limit` is the last moment that still meets it."""

    text: str
    limit: Moment


@dataclass(frozen=True, slots=True)
class Qualitative:
    """Words without a figure to compare: 成效显著, 及时, 合格."""

    text: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """A cell that can't be decided, with the Chinese reason (两个数值，不知以哪个为准)."""

    text: str
    why: str


Target = AtLeast | AtMost | Exactly | Between | Before | Qualitative | Unclear


@dataclass(frozen=True, slots=True)
class Actual:
    """What was achieved: the printed cell, and its figure or moment when the cell states exactly one.

    `hedged` holds the word (约, 至少, 以上, ≥) that makes the figure less than a statement.
    """

    text: str
    figure: Figure | None = None
    moment: Moment | None = None
    hedged: str = ""
