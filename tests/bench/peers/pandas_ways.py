"""How a line is scored, by pandas: the target and the value that its method looks at, and what forbids it."""

import pandas as pd

from jixiao.batch.codes import SCALE, Measure, Way
from tests.bench.peers import pandas_sums as sums
from tests.bench.peers.pandas_lines import ABOUT, AS_ONE, FULL, PLAIN, UNDECIDED, Law, looked_up
from tests.bench.peers.pandas_sums import Column, choose, holds

_PART = ["method", "zero", "threshold", "per", "deduct", "limit_at", "best", "floor_at", "by_figures"]


def aimed(lines: pd.DataFrame, law: Law) -> pd.DataFrame:
    """Return lines with `how` they are scored, and with the target and value that their method looks at."""
    lines = lines[lines["part"].notna().to_numpy()].reset_index(drop=True)
    at = sums.numbers(lines["part"])
    lines = lines.assign(**{name: looked_up(law["parts"], name, at, lines.index) for name in _PART})
    due, grain = lines["due"], lines["grain"]
    floored = lines["value"] < lines["floor_at"]
    lines = lines.assign(
        mark=due, top=sums.least(due, grain * ((2 * due + grain) // (2 * grain))), asked=_asked(lines),
        v=choose((floored, lines["floor_at"]), otherwise=lines["value"]),
        h=choose((floored, 0), otherwise=lines["half"]),
    )  # fmt: skip
    by_zero = pd.Series(holds(_by_zero(lines)), index=lines.index)
    one = by_zero & (lines["zero"] == AS_ONE) & (lines["hedge"] == PLAIN)
    return lines.assign(
        how=_how(lines, by_zero),
        aim_lo=choose((one & lines["lo"].notna(), SCALE), otherwise=lines["lo"]),
        aim_hi=choose((one & lines["hi"].notna(), SCALE), otherwise=lines["hi"]),
    )


def _asked(lines: pd.DataFrame) -> Column:
    method, given = lines["method"], lines["way"] == Way.BY_METHOD
    return choose(
        (given & lines["by_figures"], Way.BY_FIGURES), (given & (method == sums.BANDS), Way.BY_OWN_BANDS),
        (given & (method == sums.STEPS), Way.BY_STEPS), (given & (method == sums.RUBRIC) & lines["has_actual"], Way.BY_TIER),
        (given & (method == sums.RUBRIC), Way.NOTHING_KNOWN), (given, Way.ANYTHING),
        ((lines["way"] == Way.A_RATE) & (method == sums.BANDS), Way.BY_BANDS), otherwise=lines["way"],
    )  # fmt: skip


def _by_zero(lines: pd.DataFrame) -> Column:
    """Tell whether the formula would divide by a target of zero."""
    lo, hi, method = lines["lo"], lines["hi"], lines["method"]
    zero = (lo == 0) | (hi == 0)
    asked = (lines["asked"] == Way.BY_FIGURES) & ~method.isin([sums.ALL_OR_NOTHING, sums.MET_ONLY])
    if not holds(asked & zero).any():
        return asked & zero
    at = sums.side(lines, lines["v"], "lo", "hi")
    low_only, high_only = (
        hi.isna() & (lo == 0),
        lo.isna() & (hi == 0) & (at == 2) & (method == sums.LINEAR_EXCESS),
    )
    both = (lo == 0) & (hi == 0) & (at != 0)
    return asked & (low_only.fillna(value=False) | high_only.fillna(value=False) | both.fillna(value=False))


def _how(lines: pd.DataFrame, by_zero: Column) -> Column:
    asked, zero, hedge, kept, limit = (lines[name] for name in ("asked", "zero", "hedge", "kept", "limit_at"))
    figures, bands, steps = (asked == way for way in (Way.BY_FIGURES, Way.BY_OWN_BANDS, Way.BY_STEPS))
    moment, measure = asked == Way.BY_MOMENT, lines["measure"]
    repeats = (lines["kind"] >= 1) & (lines["kind"] <= 4) & ~lines["has_figure"] & lines["repeats"]
    a_share = measure.isin([int(Measure.A_SHARE), int(Measure.BARE_SHARE)])
    counted = measure.isin([int(Measure.A_SHARE), int(Measure.OTHER_UNIT)])
    return choose(
        (figures & lines["value"].isna() & repeats, Way.ALL_POINTS), (figures & lines["value"].isna(), Way.NOTHING_KNOWN),
        (figures & (hedge == ABOUT), Way.ANYTHING), (figures & (hedge != PLAIN) & by_zero, Way.ANYTHING),
        (figures & (hedge != PLAIN), Way.BY_HEDGE), (figures & (~by_zero | (zero == AS_ONE)), Way.BY_FIGURES),
        (figures & (zero == UNDECIDED), Way.ANYTHING), (figures & ((zero == FULL) | (lines["v"] <= 0)), Way.ALL_POINTS),
        (figures, Way.NO_POINTS), (bands & ~a_share, Way.NOTHING_KNOWN), (bands & (hedge == ABOUT), Way.ANYTHING),
        (moment & kept, Way.ALL_POINTS), (moment & kept.notna() & (lines["method"] == sums.ALL_OR_NOTHING), Way.NO_POINTS),
        (moment, Way.ANYTHING), (steps & (~lines["has_figure"] | (hedge != PLAIN)), Way.NOTHING_KNOWN),
        (steps & limit.isna() & lines["beyond"].isna(), Way.NOTHING_KNOWN),
        (steps & limit.notna() & ~counted, Way.NOTHING_KNOWN), otherwise=asked,
    )  # fmt: skip
