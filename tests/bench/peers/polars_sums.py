"""The small sums of scoring as polars expressions: amounts whole millionths, NULL silence, wide products as Int128.

Int128 keeps `2 * n + d` of every product that columns can hold (docs/batch.md: at most 10**37); its division and
comparison are native to polars and were tried against Python's integers.
"""

import polars as pl

from jixiao.batch.codes import METHODS, SCALE
from jixiao.schemes.scheme import Method

Sum = pl.Expr | int

WIDE, BIG = pl.Int128, pl.Int64
ALL_OR_NOTHING, MET_ONLY, RATIO = (METHODS[m] for m in (Method.ALL_OR_NOTHING, Method.MET_ONLY, Method.RATIO))
LINEAR_EXCESS, BANDS, STEPS = (METHODS[m] for m in (Method.LINEAR_EXCESS, Method.BANDS, Method.STEPS))
RUBRIC = METHODS[Method.RUBRIC]
TENTH = SCALE // 10
FINE = 10**4  # a share rounded first is rounded to so many parts of one


def col(name: str) -> pl.Expr:
    return pl.col(name)


def wide(name: str) -> pl.Expr:
    return pl.col(name).cast(WIDE)


def half_up(n: Sum, d: pl.Expr) -> pl.Expr:
    """Return n / d rounded half up, n >= 0 and d > 0."""
    return (2 * n + d) // (2 * d)


def rounded(n: pl.Expr, d: Sum) -> pl.Expr:
    """Return points n / d rounded to the rule-book's grain, inside 0 and the row's top; n and d wide."""
    grain, top = col("grain"), col("top")
    up = pl.when(n <= 0).then(0).otherwise(pl.min_horizontal(top, grain * half_up(n, d * grain)))
    return pl.when(n.is_not_null()).then(up).cast(BIG)


def earned(share: pl.Expr, below: pl.Expr) -> pl.Expr:
    """Return what a share of the row's points earns, not rounded, over `below`."""
    mark = wide("mark")
    return (
        pl.when(_fails(share * SCALE, below))
        .then(pl.lit(0, WIDE))
        .when(share >= below)
        .then(mark * below)
        .otherwise(mark * share)
    )


def score_of(share: pl.Expr, below: pl.Expr) -> pl.Expr:
    """Return the score of a share."""
    lower = pl.when(_fails(share * SCALE, below)).then(0).when(share >= below).then("top")
    return pl.when(share.is_not_null()).then(lower.otherwise(rounded(wide("mark") * share, below)))


def score_first(share: pl.Expr, below: pl.Expr) -> pl.Expr:
    """Return the score of a share that is rounded to 0.01 % before it is multiplied."""
    first = half_up(share * FINE, below)
    fails = (share <= 0) | ((col("threshold") > 0) & (first * (SCALE // FINE) < col("threshold")))
    up = rounded(wide("mark") * first, pl.lit(FINE, WIDE))
    return pl.when(share.is_not_null()).then(pl.when(fails).then(0).otherwise(up))


def _fails(share: pl.Expr, below: pl.Expr) -> pl.Expr:
    """Tell whether a share (in millionths, over `below`) is nothing, or under the pass threshold."""
    return (share <= 0) | ((col("threshold") > 0) & (share < wide("threshold") * below))


def side(v: pl.Expr, lo: str, hi: str) -> pl.Expr:
    """Return 0 where a value meets its target, 1 where it misses it from below, 2 where it exceeds it."""
    under = (v < col(lo)) | (col("lo_out") & (v == col(lo)))
    over = (v > col(hi)) | (col("hi_out") & (v == col(hi)))
    return (
        pl.when(under)
        .then(pl.lit(1, pl.Int8))
        .when(over)
        .then(pl.lit(2, pl.Int8))
        .otherwise(pl.lit(0, pl.Int8))
    )


def share_over(place: pl.Expr, v: pl.Expr) -> pl.Expr:
    """Return what a value earns by the part's formula: the numerator of the share, NULL where none fits."""
    method, lo, hi = col("method"), col("aim_lo"), col("aim_hi")
    is_ratio = method == RATIO
    by_target = (lo > 0) & (is_ratio | (hi.is_not_null() & (lo != hi)))
    return (
        pl.when(place == 0).then(pl.lit(1, BIG))
        .when(method == ALL_OR_NOTHING).then(pl.lit(0, BIG))
        .when(method == MET_ONLY).then(None)
        .when(place == 1).then(pl.when(by_target).then(pl.max_horizontal(v, 0)))
        .when(is_ratio & lo.is_null()).then(None)
        .when(is_ratio & (lo == hi)).then(pl.when(hi > 0).then(1))
        .when(method == LINEAR_EXCESS).then(pl.when(hi > 0).then(2 * hi - v))
        .otherwise(pl.when((hi >= 0) & (v > 0)).then(hi))
    ).cast(WIDE)  # fmt: skip


def share_under(place: pl.Expr, v: pl.Expr) -> pl.Expr:
    """Return the denominator of that share."""
    method, lo, hi = col("method"), col("aim_lo"), col("aim_hi")
    return (
        pl.when((place == 0) | (method == ALL_OR_NOTHING)).then(pl.lit(1, BIG))
        .when(place == 1).then(lo)
        .when((method == RATIO) & (lo == hi)).then(1)
        .when(method == LINEAR_EXCESS).then(hi)
        .otherwise(v)
    ).cast(WIDE)  # fmt: skip


def by_kind(ends: str = "") -> pl.Expr:
    """Return what a rule-book says of figures beside a target of the row's kind."""
    kind = col("kind")
    return (
        pl.when(kind == 1).then("positive" + ends).when(kind == 2).then("negative" + ends)
        .when(kind == 3).then("exact" + ends).when(kind == 4).then("bounded" + ends)
    )  # fmt: skip


def as_printed(score: str, printed: str, points: str, tenth: str) -> pl.Expr:
    """Return the printed score of one decimal that stands for the score where no text says how to round."""
    s, told, grain = col(score), col(printed), col("grain")
    stands = col(tenth) & ~col("final") & (s != told) & (told <= col(points))
    return pl.when(stands & (half_up(s, pl.lit(TENTH)) * TENTH == told)).then(grain * half_up(told, grain))
