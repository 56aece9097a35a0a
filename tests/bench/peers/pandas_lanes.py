"""A lane of pandas for each way of scoring: a line's score, the least and the most allowed."""

from collections.abc import Callable, Hashable
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from jixiao.batch.codes import SCALE, Aim, Way
from tests.bench.peers import pandas_sums as sums
from tests.bench.peers.pandas_lines import DOWN, UP, Law, looked_up, meaning
from tests.bench.peers.pandas_sums import (
    Column,
    choose,
    given,
    holds,
    least,
    most,
    one,
    rounded,
    score_first,
    score_of,
)

Worth = Callable[[], tuple[Column, Column, Column]]

_IN_PRINT = 10**4
ROW = ["filing", "row", "part", "points", "score", "low", "high", "out", "own_points", "holds"]


def lanes(lines: pd.DataFrame, law: Law) -> list[pd.DataFrame]:
    """Return the scored lines of every way that some line goes."""
    all_ways = {
        _fixed: [way for way in Way if way <= Way.LEFT_OUT], _figures: [Way.BY_FIGURES], _hedged: [Way.BY_HEDGE],
        _rated: [Way.A_RATE], _banded: [Way.BY_BANDS, Way.BY_OWN_BANDS], _stepped: [Way.BY_STEPS],
        _tiered: [Way.BY_TIER, Way.BY_LABEL],
    }  # fmt: skip
    found, how = [], sums.numbers(lines["how"], -1)
    for lane, ways in all_ways.items():
        those = np.isin(how, ways)
        if those.any():
            found.append(lane(lines[those].reset_index(drop=True), law))
    return found


def _settled(lines: pd.DataFrame, worth: Worth, gained: Column, *ends: Column) -> pd.DataFrame:
    """Take off what the paper takes off, and let a printed score of one decimal stand for the score.

    `worth` tells, where asked, what the lines have earned before rounding, as points times a share over what;
    `ends` are the bounds, or all scores that lie at them.
    """
    low, high = least(gained, *ends), most(gained, *ends)
    out = lines["how"] == Way.LEFT_OUT
    lessens = holds((lines["off"] > 0) & ~out) & gained.notna().to_numpy()
    if lessens.any():
        kept, kept_low, kept_high = _lessened(lines, lessens, worth, low, high)
        gained = choose((pd.Series(lessens, index=lines.index), kept), otherwise=gained)
        low = choose((pd.Series(lessens, index=lines.index), least(kept, kept_low)), otherwise=low)
        high = choose((pd.Series(lessens, index=lines.index), most(kept, kept_high)), otherwise=high)
    settled = lines[["filing", "row", "part", "out", "printed", "tenth", "grain", "final", "holds"]].assign(
        own_points=lines["points"], points=choose((out, 0), otherwise=lines["due"]), score=gained
    )
    settled["tenth"] = holds(lines["tenth"]) & ~holds(out)
    told = sums.as_printed(settled, gained, "printed", "points", "tenth")
    return settled.assign(low=least(low, told), high=most(high, told))[ROW]


def _lessened(
    lines: pd.DataFrame, which: np.ndarray, worth: Worth, low: Column, high: Column
) -> list[Column]:
    """Return score, least and most of the few lines with a deduction, in Python's own integers."""
    found = [np.zeros(len(lines), np.int64) for _ in range(3)]
    points, share, below = worth()
    for n in np.flatnonzero(which):
        off, grain, top = (int(lines[name].iloc[n]) for name in ("off", "grain", "top"))
        earned = Fraction(int(points.iloc[n]) * int(share.iloc[n]), int(below.iloc[n]))
        values = (earned, low.iloc[n], high.iloc[n])
        for column, value in zip(found, values, strict=True):
            column[n] = _rounded_one(
                Fraction(int(value) if isinstance(value, np.integer) else value) - off, grain, top
            )
    return [sums.column_of(column, ~which, lines.index) for column in found]


def _rounded_one(value: Fraction, grain: int, top: int) -> int:
    return 0 if value <= 0 else min(top, grain * int((value / grain + Fraction(1, 2)).__floor__()))


def _fixed(lines: pd.DataFrame, _law: Law) -> pd.DataFrame:
    how, top = lines["how"], lines["top"]
    everything, unknown = how == Way.ALL_POINTS, how == Way.NOTHING_KNOWN
    gained = choose((everything, top), (how.isin([Way.NO_POINTS, Way.LEFT_OUT]), 0))
    low = choose((everything, top), (~unknown, 0))
    high = choose((everything | (how == Way.ANYTHING), top), (~unknown, 0))
    return _settled(
        lines, lambda: (lines["mark"], choose((everything, 1), otherwise=0), one(top)), gained, low, high
    )


def _figures(lines: pd.DataFrame, _law: Law) -> pd.DataFrame:
    """A figure beside its target; what is printed may lie anywhere between v - h and v + h."""
    v, h, stated = lines["v"], lines["h"], lines["stated"]
    moved = h != 0
    at, lower, upper = (sums.side(lines, value, "aim_lo", "aim_hi") for value in (v, v - h, v + h))
    sn, sd = sums.share_over(lines, at, v), sums.share_under(lines, at, v)
    known, off = sn.notna(), at != 0
    either = off & (lines["kind"] == int(Aim.EXACTLY)) & lines["smaller"]
    open_one = either & ~stated
    decided = known & ~open_one
    both = moved & ((lower != 0) | (upper != 0) | off) & ~(off & (~known | open_one))
    gained = choose((at == 0, lines["top"]), (decided, score_of(lines, sn, sd)))
    first = choose((off & ~moved & decided, score_first(lines, sn, sd)))
    ends = [first, *_moved(lines, both, (lower, v - h), (upper, v + h))]
    ends += _by_knowledge(lines, at, off & (~known | either))
    knows = ends[-1].notna() | ends[-2].notna()
    same = ~known & (lines["aim_lo"] == lines["aim_hi"]) & knows
    ends.append(choose(((both & (lower != upper)) | (either & (~stated | known)) | same, lines["top"])))

    def worth() -> tuple[Column, Column, Column]:
        share = choose((at == 0, 1), otherwise=sums.earned(lines, sn, sd))
        return lines["mark"], share, choose((at == 0, 1), otherwise=sd)

    return _settled(lines, worth, gained, *ends)


def _moved(lines: pd.DataFrame, both: Column, *places: tuple[Column, Column]) -> list[Column]:
    """Return the scores where the print's own place ends, of the lines where that matters."""
    which, found = holds(both), []
    some = lines[which]
    for place, value in places:
        at, v = place[which], value[which]
        over, under = sums.share_over(some, at, v), sums.share_under(some, at, v)
        found += [
            _spread(sum_of(some, over, under), which, lines.index) for sum_of in (score_of, score_first)
        ]
    return found


def _spread(some: Column, which: np.ndarray, index: pd.Index) -> Column:
    found, silent = np.zeros(len(which), np.int64), np.ones(len(which), bool)
    found[which], silent[which] = sums.numbers(some), some.isna().to_numpy()
    return sums.column_of(found, silent, index)


def _by_knowledge(lines: pd.DataFrame, at: Column, asked: Column) -> list[Column]:
    """Where the formula decides nothing: what share and excess would give."""
    which = holds(asked)
    some, place = lines[which], at[which]
    v, lo, hi, mark = (some[name] for name in ("v", "aim_lo", "aim_hi", "mark"))
    nothing = given(v, 0)
    under, over = (place == 1) & (lo > 0), (place == 2) & (hi > 0)
    by_share = choose(
        (under, rounded(some, mark, most(v, nothing), lo)), (over & (v > 0), rounded(some, mark, hi, v))
    )
    by_excess = choose((over, rounded(some, mark, 2 * hi - v, hi)))
    return [_spread(end, which, lines.index) for end in (by_share, by_excess)]


def _hedged(lines: pd.DataFrame, _law: Law) -> pd.DataFrame:
    """At least or at most so much: from v as far as the value may lie."""
    v, lo, hi, up = lines["v"], lines["aim_lo"], lines["aim_hi"], lines["hedge"] == UP
    at, unit = sums.side(lines, v, "aim_lo", "aim_hi"), one(v)
    sn, sd = sums.share_over(lines, at, v), sums.share_under(lines, at, v)
    far = choose((up, _far_up(lines)), otherwise=_far_down(lines))
    within = choose((up, v <= hi), otherwise=v >= lo) == 1
    both = sn.notna() & far.notna()
    full = [
        sums.earned(lines, share, below) == below for share, below in ((sn, sd), (far, unit), (unit, unit))
    ]
    throughout = both & full[0] & full[1] & (~within | full[2])
    gained = choose((throughout, lines["top"]))
    shares = ((both, sn, sd), (both, far, unit), (both & within, unit, unit))
    ends = (choose((test, score_of(lines, share, below))) for test, share, below in shares)
    return _settled(lines, lambda: (lines["mark"], unit, unit), gained, *ends)


def _far_up(lines: pd.DataFrame) -> Column:
    lo, hi, method = lines["aim_lo"], lines["aim_hi"], lines["method"]
    is_ratio, excess = method == sums.RATIO, method == sums.LINEAR_EXCESS
    same = is_ratio & (lo == hi)
    return choose(
        (hi.isna(), 1), (method == sums.ALL_OR_NOTHING, 0), (method == sums.MET_ONLY, None), (is_ratio & lo.isna(), None),
        (same & (hi > 0), 1), (same, None), (excess & (hi > 0), 0), (excess, None), (hi >= 0, 0),
    )  # fmt: skip


def _far_down(lines: pd.DataFrame) -> Column:
    lo, hi, method = lines["aim_lo"], lines["aim_hi"], lines["method"]
    by_target = (lo > 0) & ((method == sums.RATIO) | (hi.notna() & (lo != hi)))
    return choose(
        (lo.isna(), 1), (method == sums.ALL_OR_NOTHING, 0), (method == sums.MET_ONLY, None), (by_target, 0)
    )


def _rated(lines: pd.DataFrame, _law: Law) -> pd.DataFrame:
    """A rate of the fund block."""
    n, d, moves = lines["n"], lines["d"], ~lines["fixed"].astype("boolean")
    ends = [
        choose((moves, sum_of(lines, lines[f"n_{end}"], lines[f"d_{end}"])))
        for end in ("least", "most") for sum_of in (score_of, score_first)
    ]  # fmt: skip
    return _settled(lines, lambda: (lines["mark"], sums.earned(lines, n, d), d), score_of(lines, n, d), *ends)


def _tiered(lines: pd.DataFrame, law: Law) -> pd.DataFrame:
    """Words: the tier that they mean."""
    by_tier, index = lines["how"] == Way.BY_TIER, lines.index
    meant = meaning(law["tiers_meant"], "part", sums.numbers(lines["part"]), lines["words"])
    told = looked_up(law["tiers_meant"], "tier", meant, index)
    best = choose((lines["repeats"] | lines["whole"], lines["best"]))
    at = sums.numbers(choose((by_tier & told.notna(), told), (by_tier, best), otherwise=lines["label"]), -1)
    tier = {
        name: looked_up(law["tiers"], name, at, index)
        for name in ("standard", "high", "low", "high_open", "low_open")
    }
    mark, top, grain, scale = lines["mark"], lines["top"], lines["grain"], given(lines["mark"], SCALE)
    upper, lower = (rounded(lines, mark, tier[end], scale) for end in ("high", "low"))
    opened = tier["high_open"] & (sums.compared(upper, scale, tier["high"], mark) >= 0)
    lowered = tier["low_open"] & (sums.compared(lower, scale, tier["low"], mark) <= 0)
    highest = choose((opened, most(upper - grain, given(upper, 0))), otherwise=upper)
    known = pd.Series(at >= 0, index=index)
    low = choose(
        (known & lowered, least(lower + grain, highest)), (known, least(lower, highest)), (by_tier, 0)
    )
    high = choose((known, highest), (by_tier, top))
    gained = choose((tier["standard"] == SCALE, top), otherwise=rounded(lines, mark, tier["standard"], scale))
    return _settled(lines, lambda: (mark, tier["standard"], scale), gained, low, high)


def _banded(lines: pd.DataFrame, law: Law) -> pd.DataFrame:
    """Bands over a rate of the fund block, or over the row's own, which may be a band's edge in print."""
    lines = lines.assign(line=np.arange(len(lines)))
    beside = lines.merge(law["bands"], on="part", suffixes=("", "_off"))
    on_edge = beside.loc[_on_edge(beside), "line"].unique()
    at, least_at, most_at = _band_ends(
        lines.assign(on_edge=lines["line"].isin(on_edge)), beside["line"].to_numpy()
    )
    held = _holds(beside, *at)
    low, high = beside["low"], beside["high"]
    touched = held.astype(bool) & False
    for over, under in (least_at, most_at):
        printed = _in_print(over, under)
        touched |= _holds(beside, over, under) | _holds(beside, printed, given(printed, _IN_PRINT))
    passed = (_beside(least_at, low) < 0) & (_beside(most_at, high) > 0)
    touched |= holds(passed) | holds(beside["needs"] & (_beside(at, low) < 0))
    points, share = _band_points(beside)
    worth = rounded(beside, points, share, given(points, SCALE))
    index = lines["line"]
    found = beside[held].groupby("line")["place"].min()
    near = worth[touched].groupby(beside.loc[touched, "line"])
    least_touched, most_touched = near.min().reindex(index).array, near.max().reindex(index).array
    its = lines.assign(place=found.reindex(index).array).merge(
        law["bands"], on=["part", "place"], how="left", suffixes=("", "_off")
    )
    points, share = _band_points(its)
    scale = given(points, SCALE)
    gained = choose((its["place"].notna(), rounded(its, points, share, scale)))
    known = gained.notna()
    low = choose((known, least(gained, pd.Series(least_touched))), otherwise=0)
    high = choose((known, most(gained, pd.Series(most_touched))), otherwise=its["top"])
    return _settled(its, lambda: (points, share, scale), gained, low, high)


def _on_edge(beside: pd.DataFrame) -> np.ndarray:
    exact, per = beside["exact_value"], beside["exact_per"]
    unit = one(exact)
    on_one = (exact == 0) | (sums.compared(exact, unit, beside["low"], per) == 0)
    return holds(
        (beside["how"] == Way.BY_OWN_BANDS)
        & (on_one | (sums.compared(exact, unit, beside["high"], per) == 0))
    )


def _band_ends(lines: pd.DataFrame, at: np.ndarray) -> list[tuple[Column, Column]]:
    """Return the rate, the least and the greatest that it may be, over and under, for each line beside a band."""
    own, exact, half, edge = (
        lines["how"] == Way.BY_OWN_BANDS,
        lines["exact_value"],
        lines["exact_half"],
        lines["on_edge"],
    )
    up, down, under = lines["hedge"] == UP, lines["hedge"] == DOWN, lines["exact_per"] * SCALE
    lower = choose((down, 0), (edge | up, exact), otherwise=exact - half)
    upper = choose((up, most(exact, under)), (edge | down, exact), otherwise=exact + half)
    found = []
    for value, end in ((exact, ""), (lower, "_least"), (upper, "_most")):
        pair = (
            choose((own, value), otherwise=lines[f"n{end}"]),
            choose((own, under), otherwise=lines[f"d{end}"]),
        )
        found.append(tuple(column.take(at).reset_index(drop=True) for column in pair))
    return [(over, below) for over, below in found]


def _beside(rate: tuple[Column, Column], edge: Column) -> Column:
    """Compare a rate with an edge in millionths."""
    return sums.compared(rate[0], given(edge, SCALE), edge, rate[1])


def _holds(beside: pd.DataFrame, over: Column, under: Column) -> np.ndarray:
    low, high = _beside((over, under), beside["low"]), _beside((over, under), beside["high"])
    below = beside["high"].isna() | (high < 0) | (beside["high_closed"] & (high == 0))
    return holds((low >= 0) & ~(beside["low_open"] & (low == 0)) & below)


def _in_print(over: Column, under: Column) -> Column:
    """Return a rate as ten-thousandths, half away from zero."""
    size = sums.half_up(over.abs(), given(over, _IN_PRINT), under, one(over))
    return choose((over < 0, -size), otherwise=size)


def _band_points(beside: pd.DataFrame) -> tuple[Column, Column]:
    """Return the points that a band's share is taken of, and the share in millionths."""
    mark, less = beside["mark"], beside["deduct_off"]
    left = most(mark - less, given(mark, 0))
    return choose((less.isna(), mark), otherwise=left), choose(
        (less.isna(), beside["share"]), otherwise=SCALE
    )


def _stepped(lines: pd.DataFrame, _law: Law) -> pd.DataFrame:
    """Points off for each step beyond the target: in Python's integers, few rule-books have such parts."""
    found = [_one_stepped(line) for line in lines.to_dict("records")]
    worth, gained, low, high = (list(column) for column in zip(*found, strict=True))
    over, under = (
        pd.Series([getattr(share, end) for share in worth], dtype=object)
        for end in ("numerator", "denominator")
    )
    ends = (pd.Series(column, dtype="Int64") for column in (gained, low, high))
    return _settled(lines, lambda: (one(lines["mark"]), over, under), *ends)


def _one_stepped(line: dict[Hashable, Any]) -> tuple[Fraction, int, int, int]:
    mark, grain, top, per, deduct = (int(line[name]) for name in ("mark", "grain", "top", "per", "deduct"))
    if pd.isna(line["limit_at"]):
        off = Fraction(int(line["beyond"]), int(line["beyond_per"]))
    else:
        off = Fraction(int(line["exact_value"]), int(line["exact_per"])) - int(line["limit_at"])
    if off <= 0:
        return Fraction(mark), top, top, top
    worth = max(mark - off * deduct / per, Fraction(0))
    steps = (off / per).__floor__()
    begun = steps if steps * per == off else steps + 1
    gained, low, high = (
        _rounded_one(value, grain, top)
        for value in (worth, Fraction(mark - deduct * begun), Fraction(mark - deduct * steps))
    )
    return worth, gained, low, high
