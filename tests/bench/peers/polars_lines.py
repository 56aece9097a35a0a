"""Lines by polars: which part of the rule-book scores a row of a filing, by which way, and what the fund block is worth."""

import polars as pl

from jixiao.batch.codes import COLUMNS, SCALE, ZEROS, Aim, Measure, Way
from jixiao.schemes.scheme import ZeroTarget
from jixiao.scoring.measure import Hedge
from tests.bench.peers import polars_sums as sums
from tests.bench.peers.polars_known import Law, known, looked_up, same
from tests.bench.peers.polars_sums import BIG, WIDE, by_kind, col

UNDECIDED, FULL, AS_ONE = (ZEROS[z] for z in (ZeroTarget.UNDECIDED, ZeroTarget.FULL, ZeroTarget.AS_ONE))
PLAIN, UP, DOWN, ABOUT = (h.value for h in (Hedge.NONE, Hedge.UP, Hedge.DOWN, Hedge.ABOUT))
_NOUGHTS = 10_000
_PART = ["method", "zero", "threshold", "per", "deduct", "limit_at", "best", "floor_at", "by_figures"]
LINE = [
    "filing", "row", "grain", "final", "part", "way", "out", "points", "due", "printed", "tenth", "off", "holds", "kind",
    "stated", "lo", "hi", "lo_out", "hi_out", "value", "half", "hedge", "has_actual", "has_figure", "exact_value",
    "exact_half", "exact_per", "measure", "beyond", "beyond_per", "repeats", "whole", "kept", "smaller", "words", "label",
    "fixed", "n", "d", "n_least", "d_least", "n_most", "d_most",
]  # fmt: skip


def is_absent() -> pl.Expr:
    return (col("has_actual") & col("absent")) | (col("blank_target") & (col("kind") == int(Aim.SILENT)))


def splits(indicators: pl.LazyFrame, law: Law) -> pl.LazyFrame:
    """Return what each row of a first-level class gets whose points are given to the class alone; few filings have such."""
    without = indicators.filter(col("points").is_null()).select("filing").unique().collect(engine="streaming")
    rows = known(
        indicators.join(without.lazy(), on="filing", how="semi") if without.height else indicators.clear(),
        law,
    )
    out = is_absent().fill_null(value=False) | (
        col("points").is_null() & col("printed").is_null() & col("is_part").fill_null(value=False)
    )
    each = sums.half_up(col("split_points").cast(WIDE), (col("grain") * col("split_rows")).cast(WIDE))
    return (
        rows.filter(col("class").is_not_null() & ~out)
        .group_by("filing", "class", "grain")
        .agg(
            pl.max("row").alias("split_last"), pl.max("class_points").alias("split_points"),
            pl.len().cast(BIG).alias("split_rows"), given=pl.count("points") + pl.count("points_by_name"),
        )
        .filter(col("given") == 0)
        .with_columns(split_each=(col("grain") * each).cast(BIG))
        .drop("given", "grain")
    )  # fmt: skip


def chosen(rows: pl.LazyFrame, split: pl.LazyFrame) -> pl.LazyFrame:
    """Return rows with what they are worth (`due`), the part that scores them and the way."""
    last = col("split_points") - col("split_each") * (col("split_rows") - 1)
    is_split = pl.when(col("row") == col("split_last")).then(last).otherwise("split_each")
    a_part = col("points").is_null() & col("printed").is_null() & col("is_part").fill_null(value=False)
    return (
        rows.join(split, on=["filing", "class"], how="left")
        .with_columns(
            out=is_absent().fill_null(value=False) | a_part,
            due=pl.coalesce("points", "points_by_name", is_split),
            own_part=_own_part(), off=pl.when("deducts").then("deduction"),
            holds=pl.when(col("kind") == int(Aim.SILENT)).then("holds_bare").otherwise("holds_aimed"),
        )
        .with_columns(way=_way())
        .with_columns(part=_part())
    )  # fmt: skip


def _own_part() -> pl.Expr:
    unfit = ~col("has_figure") & col("kind").is_in([int(Aim.QUALITATIVE), int(Aim.BEFORE), int(Aim.UNCLEAR)])
    return (
        pl.when((col("kind") == int(Aim.SILENT)) & col("execution_named")).then("execution")
        .when(col("special").is_not_null() & ~(unfit & col("special_for_figures"))).then("special")
    )  # fmt: skip


def _is_free() -> pl.Expr:
    return col("special_free") | ((col("kind") != int(Aim.SILENT)) & col("has_actual"))


def _way() -> pl.Expr:
    own, kind = col("own_part").is_not_null(), col("kind")
    choices = (
        (col("out"), Way.LEFT_OUT), (col("due").is_null() | (col("due") < 0), Way.NOTHING_KNOWN),
        (own & (col("special_amounts") | (col("own_part") == col("execution"))), Way.BY_AMOUNTS),
        (own & _is_free(), Way.BY_METHOD), (~col("has_actual"), Way.NOTHING_KNOWN),
        (~col("has_figure") & (kind != int(Aim.QUALITATIVE)) & col("label").is_not_null(), Way.BY_LABEL),
        (kind == int(Aim.SILENT), Way.NOTHING_KNOWN),
        ((kind == int(Aim.UNCLEAR)) & col("repeats"), Way.ALL_POINTS), (kind == int(Aim.UNCLEAR), Way.NOTHING_KNOWN),
        (kind == int(Aim.BEFORE), Way.BY_MOMENT),
    )  # fmt: skip
    return first_of(choices, Way.BY_METHOD)


def first_of(choices: tuple[tuple[pl.Expr, Way], ...], other: Way | str) -> pl.Expr:
    """Return the way of the first test that holds."""
    found: pl.Expr | None = None
    for test, way in reversed(choices):
        rest = found if found is not None else _way_of(other)
        found = pl.when(test).then(_way_of(way)).otherwise(rest)
    assert found is not None
    return found


def _way_of(way: Way | str) -> pl.Expr:
    return col(way) if isinstance(way, str) else pl.lit(int(way), pl.Int8)


def _part() -> pl.Expr:
    way, own = col("way"), col("own_part")
    return (
        pl.when((way == Way.BY_AMOUNTS) | ((way == Way.BY_METHOD) & own.is_not_null() & _is_free())).then(own)
        .when(way == Way.BY_LABEL).then("qualitative")
        .when(col("kind") == int(Aim.BEFORE)).then("deadline")
        .when(col("kind") == int(Aim.QUALITATIVE)).then("qualitative")
        .when(col("kind").is_between(2, 4)).then(by_kind())
        .otherwise("positive")
    )  # fmt: skip


def paid(filings: pl.LazyFrame, law: Law) -> pl.LazyFrame:
    """Return for each filing and each part over amounts of the fund block the rate, and between what it lies."""
    parts = law["parts"].filter("amounts")
    parts = parts.select("part", "book", "method", "zero", "threshold", "numerator", "denominator")
    books = law["books"].select("scheme", "book")
    stated = filings.join(books, on="scheme").join(parts, on="book").select(
        "filing", "part", "method", "zero", "threshold", "rate", "rate_half", "rate_per",
        spent=_column("numerator"), spent_half=_column("numerator", "_half"),
        spent_scale=_column("numerator", "_scale"), base=_column("denominator"),
        base_half=_column("denominator", "_half"), base_doubted=_column("denominator", "_doubted"),
    )  # fmt: skip
    doubted = (col("base") == 0) & col("base_doubted")
    sound = (col("spent").is_not_null() & col("base").is_not_null() & ~doubted).fill_null(value=False)
    told = stated.with_columns(sound=sound).with_columns(
        by_rate=~col("sound") & col("rate").is_not_null(),
        spent=pl.when("sound").then("spent").otherwise("rate"),
        spent_half=pl.when("sound").then("spent_half").otherwise("rate_half"),
        base=pl.when("sound").then("base").otherwise(SCALE * col("rate_per")),
        base_half=pl.when("sound").then("base_half").otherwise(0),
    )
    return told.with_columns(outcome=_outcome()).select("filing", "part", "by_rate", "outcome", **_rates())


def _column(which: str, end: str = "") -> pl.Expr:
    first, *others, last = COLUMNS
    chain = pl.when(col(which) == 0).then(f"{first}{end}")
    for n, name in enumerate(others, 1):
        chain = chain.when(col(which) == n).then(f"{name}{end}")
    return chain.otherwise(f"{last}{end}")


def _outcome() -> pl.Expr:
    base, spent, zero, method = col("base"), col("spent"), col("zero"), col("method")
    unknown = base.is_null() | (base < 0) | ~method.is_in([sums.RATIO, sums.BANDS])
    whole = (base > 0) & (spent == base) & (method == sums.RATIO) & (col("threshold").fill_null(0) <= SCALE)
    choices = (
        (unknown, Way.NOTHING_KNOWN), (whole, Way.ALL_POINTS), ((base > 0) | (zero == AS_ONE), Way.A_RATE),
        (zero == UNDECIDED, Way.ANYTHING), ((zero == FULL) | (spent <= 0), Way.ALL_POINTS),
    )  # fmt: skip
    return first_of(choices, Way.NO_POINTS)


def _rates() -> dict[str, pl.Expr]:
    spent, base, half, base_half = col("spent"), col("base"), col("spent_half"), col("base_half")
    as_one, is_one = base == 0, spent == base
    one_unit = SCALE * col("spent_scale")

    def of(over: pl.Expr, under: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
        n = pl.when(as_one).then(spent).when(is_one).then(1).otherwise(over)
        return n, pl.when(as_one).then(one_unit).when(is_one).then(1).otherwise(under)

    sure = base > base_half
    most = pl.when(sure).then(spent + half).otherwise(pl.max_horizontal(spent, base))
    n, d = of(spent, base)
    n_least, d_least = of(spent - half, base + base_half)
    n_most, d_most = of(most, pl.when(sure).then(base - base_half).otherwise(base))
    return {
        "fixed": as_one,
        "n": n,
        "d": d,
        "n_least": n_least,
        "d_least": d_least,
        "n_most": n_most,
        "d_most": d_most,
    }


def by_amounts(rows: pl.LazyFrame, amounts: pl.LazyFrame) -> pl.LazyFrame:
    """Return rows, those that a part over amounts scores with its rate."""
    asked = (
        rows.filter(col("way") == Way.BY_AMOUNTS)
        .join(amounts, on=["filing", "part"], how="left")
        .with_columns(way=pl.when(col("by_rate") & ~col("execution_alone").fill_null(value=False))
                      .then(_way_of(Way.NOTHING_KNOWN)).otherwise("outcome"))
    )  # fmt: skip
    others = rows.filter(col("way") != Way.BY_AMOUNTS)
    return pl.concat([_as_lines(others), _as_lines(asked)], how="diagonal")


def _as_lines(rows: pl.LazyFrame) -> pl.LazyFrame:
    has = set(rows.collect_schema().names())
    return rows.select(name for name in LINE if name in has)


def beside(filings: pl.LazyFrame, amounts: pl.LazyFrame, law: Law) -> pl.LazyFrame:
    """Return the execution row (-1) and the cap of the total (-2) of each filing that has one, as lines."""
    books = law["books"].select("scheme", "grain", "final", "execution", "cap", "total")
    printed = filings.select("filing", "scheme", "execution_points", "execution_printed", "execution_tenth")
    filed = printed.join(books, on="scheme")
    worth = law["parts"].select("part", worth="points")
    fixed = amounts.rename({"outcome": "way"}).drop("by_rate")
    rate = filed.join(worth, left_on="execution", right_on="part").select(
        "filing", "grain", "final", row=pl.lit(-1, pl.Int32), part="execution",
        due=pl.coalesce("execution_points", "worth"), printed="execution_printed", tenth="execution_tenth",
    )  # fmt: skip
    cap = filed.filter(col("cap").is_not_null()).select(
        "filing", "grain", row=pl.lit(-2, pl.Int32), part="cap", due="total", final=pl.lit(value=True),
        tenth=pl.lit(value=False),
    )  # fmt: skip
    sound = (col("row") == -2) | (col("due") >= 0)
    return pl.concat([rate, cap], how="diagonal").join(fixed, on=["filing", "part"]).with_columns(
        way=pl.when(sound).then("way").otherwise(_way_of(Way.NOTHING_KNOWN)), out=pl.lit(value=False),
        holds=pl.lit(value=False), kind=pl.lit(0, pl.Int8), hedge=pl.lit(PLAIN, pl.Int8),
        has_actual=pl.lit(value=False), has_figure=pl.lit(value=False),
    )  # fmt: skip


def aimed(lines: pl.LazyFrame, law: Law) -> pl.LazyFrame:
    """Return lines with `how` they are scored, and with the target and value that their method looks at."""
    grain, due = col("grain"), col("due")
    floored = col("value") < col("floor_at")
    of_part = looked_up(law["parts"].collect(), same(_PART), col("part"))
    weighed = lines.filter(col("part").is_not_null()).with_columns(of_part).with_columns(
        mark=due, top=pl.min_horizontal(due, grain * sums.half_up(due, grain)),
        v=pl.when(floored).then("floor_at").otherwise("value"), h=pl.when(floored).then(0).otherwise("half"),
        asked=_asked(),
    )  # fmt: skip
    by_zero = _by_zero() & (col("asked") == Way.BY_FIGURES)
    one = by_zero & (col("zero") == AS_ONE) & (col("hedge") == PLAIN)
    return weighed.with_columns(
        how=_how(by_zero), off_n=_steps_over(), off_d=pl.when(col("limit_at").is_null()).then("beyond_per")
        .otherwise("exact_per"),
        aim_lo=pl.when(one & col("lo").is_not_null()).then(SCALE).otherwise("lo"),
        aim_hi=pl.when(one & col("hi").is_not_null()).then(SCALE).otherwise("hi"),
    )  # fmt: skip


def _steps_over() -> pl.Expr:
    limit = sums.wide("limit_at")
    return (
        pl.when(limit.is_null())
        .then(sums.wide("beyond"))
        .otherwise(sums.wide("exact_value") - limit * col("exact_per"))
    )


def _asked() -> pl.Expr:
    way, method = col("way"), col("method")
    given = way == Way.BY_METHOD
    choices = (
        (given & col("by_figures"), Way.BY_FIGURES), (given & (method == sums.BANDS), Way.BY_OWN_BANDS),
        (given & (method == sums.STEPS), Way.BY_STEPS),
        (given & (method == sums.RUBRIC) & col("has_actual"), Way.BY_TIER),
        (given & (method == sums.RUBRIC), Way.NOTHING_KNOWN), (given, Way.ANYTHING),
        ((way == Way.A_RATE) & (method == sums.BANDS), Way.BY_BANDS),
    )  # fmt: skip
    return first_of(choices, "way")


def _by_zero() -> pl.Expr:
    """Tell whether the formula would divide by a target of zero."""
    lo, hi, at = col("lo"), col("hi"), sums.side(col("v"), "lo", "hi")
    ends = (
        pl.when(hi.is_null()).then(lo == 0)
        .when(lo.is_null()).then((hi == 0) & (at == 2) & (col("method") == sums.LINEAR_EXCESS))
        .otherwise((lo == 0) & (hi == 0) & (at != 0))
    )  # fmt: skip
    return ends & ~col("method").is_in([sums.ALL_OR_NOTHING, sums.MET_ONLY])


def _how(by_zero: pl.Expr) -> pl.Expr:
    asked, zero, hedge = col("asked"), col("zero"), col("hedge")
    figures, bands, steps = (asked == way for way in (Way.BY_FIGURES, Way.BY_OWN_BANDS, Way.BY_STEPS))
    moment, kept, limit = asked == Way.BY_MOMENT, col("kept"), col("limit_at")
    repeats = col("kind").is_between(1, 4) & ~col("has_figure") & col("repeats")
    a_share = col("measure").is_in([int(Measure.A_SHARE), int(Measure.BARE_SHARE)]).fill_null(value=False)
    counted = col("measure").is_in([int(Measure.A_SHARE), int(Measure.OTHER_UNIT)]).fill_null(value=False)
    choices = (
        (figures & col("value").is_null() & repeats, Way.ALL_POINTS),
        (figures & col("value").is_null(), Way.NOTHING_KNOWN), (figures & (hedge == ABOUT), Way.ANYTHING),
        (figures & (hedge != PLAIN) & by_zero, Way.ANYTHING), (figures & (hedge != PLAIN), Way.BY_HEDGE),
        (figures & (~by_zero | (zero == AS_ONE)), Way.BY_FIGURES), (figures & (zero == UNDECIDED), Way.ANYTHING),
        (figures & ((zero == FULL) | (col("v") <= 0)), Way.ALL_POINTS), (figures, Way.NO_POINTS),
        (bands & ~a_share, Way.NOTHING_KNOWN), (bands & (hedge == ABOUT), Way.ANYTHING),
        (moment & kept, Way.ALL_POINTS),
        (moment & kept.is_not_null() & (col("method") == sums.ALL_OR_NOTHING), Way.NO_POINTS), (moment, Way.ANYTHING),
        (steps & (~col("has_figure") | (hedge != PLAIN)), Way.NOTHING_KNOWN),
        (steps & limit.is_null() & col("beyond").is_null(), Way.NOTHING_KNOWN),
        (steps & limit.is_not_null() & ~counted, Way.NOTHING_KNOWN),
    )  # fmt: skip
    return first_of(choices, "asked")
