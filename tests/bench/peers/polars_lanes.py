"""A lane of polars for each way of scoring: what a line is worth as vn / vd, its score, the least and the most allowed."""

import polars as pl

from jixiao.batch.codes import SCALE, Aim, Way
from tests.bench.peers import polars_sums as sums
from tests.bench.peers.polars_known import Law
from tests.bench.peers.polars_lines import DOWN, UP
from tests.bench.peers.polars_sums import BIG, WIDE, col, rounded, score_first, score_of, wide

LANE = [
    "filing",
    "row",
    "part",
    "grain",
    "final",
    "out",
    "points",
    "due",
    "printed",
    "tenth",
    "off",
    "holds",
    "how",
    "top",
]
_ENDS = ["vn", "vd", "gained", "least_given", "most_given"]
_IN_PRINT = 10**4


def lanes(lines: pl.DataFrame, law: Law) -> list[pl.LazyFrame]:
    """Return the scored lines of every way that some line goes."""
    found = []
    all_ways = {
        _fixed: [way for way in Way if way <= Way.LEFT_OUT], _figures: [Way.BY_FIGURES], _hedged: [Way.BY_HEDGE],
        _rated: [Way.A_RATE], _banded: [Way.BY_BANDS, Way.BY_OWN_BANDS], _stepped: [Way.BY_STEPS],
        _tiered: [Way.BY_TIER, Way.BY_LABEL],
    }  # fmt: skip
    for lane, ways in all_ways.items():
        those = lines.filter(col("how").is_in([int(way) for way in ways]))
        if those.height:
            found.append(_ended(lane(those.lazy(), law)))
    return found


def _ended(lane: pl.LazyFrame) -> pl.LazyFrame:
    return lane.select(
        *LANE, col("vn").cast(WIDE), col("vd").cast(WIDE), *(col(name).cast(BIG) for name in _ENDS[2:])
    )


def _fixed(lines: pl.LazyFrame, _law: Law) -> pl.LazyFrame:
    how = col("how")
    all_of_it, unknown = how == Way.ALL_POINTS, how == Way.NOTHING_KNOWN
    decided = how.is_in([int(Way.NO_POINTS), int(Way.LEFT_OUT)])
    gained = pl.when(all_of_it).then("top").when(decided).then(0)
    return lines.with_columns(
        vn=pl.when(all_of_it).then("mark").when(decided).then(0), vd=pl.lit(1), gained=gained,
        least_given=pl.when(~unknown).then(gained.fill_null(0)),
        most_given=pl.when(all_of_it | (how == Way.ANYTHING)).then("top").when(~unknown).then(0),
    )  # fmt: skip


def _figures(lines: pl.LazyFrame, _law: Law) -> pl.LazyFrame:
    """A figure beside its target; what is printed may lie anywhere between v - h and v + h."""
    v, h, at = col("v"), col("h"), col("at_value")
    stated, known = col("stated"), col("sn").is_not_null()
    placed = lines.with_columns(
        at_value=sums.side(v, "aim_lo", "aim_hi"),
        at_lower=pl.when(h != 0).then(sums.side(v - h, "aim_lo", "aim_hi")),
        at_upper=pl.when(h != 0).then(sums.side(v + h, "aim_lo", "aim_hi")),
    )
    shared = placed.with_columns(
        sn=sums.share_over(at, v), sd=sums.share_under(at, v),
        either=(at != 0) & (col("kind") == int(Aim.EXACTLY)) & col("smaller"),
    )  # fmt: skip
    open_one = col("either") & ~stated
    at_edge = (col("at_lower") != 0) | (col("at_upper") != 0) | (at != 0)
    ending = shared.with_columns(
        decided=known & ~open_one,
        both=(h != 0) & at_edge & ~((at != 0) & (~known | open_one)),
        by_knowledge=(at != 0) & (~known | col("either")),
    )
    ended = ending.with_columns(
        **{f"{end}{side}": pl.when("both").then(share(col(f"at_{place}"), moved))
           for end, place, moved in (("l", "lower", v - h), ("h", "upper", v + h))
           for side, share in (("n", sums.share_over), ("d", sums.share_under))},
    ).with_columns(_known_ends())  # fmt: skip
    sn, sd = col("sn"), col("sd")
    scored = ended.with_columns(
        gained=pl.when(at == 0).then("top").when("decided").then(score_of(sn, sd)),
        vn=pl.when(at == 0).then(wide("mark")).when("decided").then(sums.earned(sn, sd)),
        vd=pl.when(at == 0).then(1).otherwise(sd),
        end_top=_top_end(),
    )
    first = pl.when((at != 0) & (h == 0) & col("decided")).then(score_first(sn, sd))
    moved = [sum_of(col(f"{end}n"), col(f"{end}d")) for end in "lh" for sum_of in (score_of, score_first)]
    return _between(scored, ["gained", first, *moved, "known_one", "known_two", "end_top"])


def _known_ends() -> list[pl.Expr]:
    """Where the formula decides nothing: what share and excess would give."""
    at, v, lo, hi = col("at_value"), wide("v"), wide("aim_lo"), wide("aim_hi")
    mark = wide("mark")
    over = (at == 2) & (hi > 0)
    one = (
        pl.when((at == 1) & (lo > 0)).then(rounded(mark * pl.max_horizontal(v, 0), lo))
        .when(over & (v > 0)).then(rounded(mark * hi, v))
    )  # fmt: skip
    two = pl.when(over).then(rounded(mark * (2 * hi - v), hi))
    return [
        pl.when("by_knowledge").then(one).alias("known_one"),
        pl.when("by_knowledge").then(two).alias("known_two"),
    ]


def _top_end() -> pl.Expr:
    crossing = col("both") & (col("at_lower") != col("at_upper"))
    either = col("either") & (~col("stated") | col("sn").is_not_null())
    known = col("known_one").is_not_null() | col("known_two").is_not_null()
    return pl.when(crossing | either | (col("sn").is_null() & (col("aim_lo") == col("aim_hi")) & known)).then(
        "top"
    )


def _between(lines: pl.LazyFrame, ends: list[pl.Expr | str]) -> pl.LazyFrame:
    return lines.with_columns(least_given=pl.min_horizontal(ends), most_given=pl.max_horizontal(ends))


def _hedged(lines: pl.LazyFrame, _law: Law) -> pl.LazyFrame:
    """At least or at most so much: from v as far as the value may lie."""
    v, lo, hi, up = col("v"), col("aim_lo"), col("aim_hi"), col("hedge") == UP
    at, sn, sd, far, one = col("at_value"), col("sn"), col("sd"), wide("far"), pl.lit(1, WIDE)
    placed = lines.with_columns(
        at_value=sums.side(v, "aim_lo", "aim_hi"), far=pl.when(up).then(_far_up()).otherwise(_far_down())
    )
    shared = placed.with_columns(
        sn=sums.share_over(at, v), sd=sums.share_under(at, v),
        within=pl.when(up).then(v <= hi).otherwise(v >= lo),
    )  # fmt: skip
    mark = wide("mark")
    throughout = (
        (sums.earned(sn, sd) == mark * sd) & (sums.earned(far, one) == mark)
        & (~col("within") | (sums.earned(one, one) == mark)) & sn.is_not_null() & col("far").is_not_null()
    ).fill_null(value=False)  # fmt: skip
    both = sn.is_not_null() & col("far").is_not_null()
    scored = shared.with_columns(throughout=throughout).with_columns(
        vn=pl.when("throughout").then("mark"), vd=pl.lit(1), gained=pl.when("throughout").then("top"),
    )  # fmt: skip
    ends = [pl.when(both).then(score_of(sn, sd)), pl.when(both).then(score_of(far, one)),
            pl.when(both & col("within")).then(score_of(one, one))]  # fmt: skip
    return _between(scored, ["gained", *ends])


def _far_up() -> pl.Expr:
    lo, hi, method = col("aim_lo"), col("aim_hi"), col("method")
    is_ratio = method == sums.RATIO
    return (
        pl.when(hi.is_null()).then(1).when(method == sums.ALL_OR_NOTHING).then(0)
        .when(method == sums.MET_ONLY).then(None).when(is_ratio & lo.is_null()).then(None)
        .when(is_ratio & (lo == hi)).then(pl.when(hi > 0).then(1))
        .when(method == sums.LINEAR_EXCESS).then(pl.when(hi > 0).then(0))
        .otherwise(pl.when(hi >= 0).then(0))
    )  # fmt: skip


def _far_down() -> pl.Expr:
    lo, hi, method = col("aim_lo"), col("aim_hi"), col("method")
    by_target = (lo > 0) & ((method == sums.RATIO) | (hi.is_not_null() & (lo != hi)))
    return (
        pl.when(lo.is_null()).then(1).when(method == sums.ALL_OR_NOTHING).then(0)
        .when(method == sums.MET_ONLY).then(None).when(by_target).then(0)
    )  # fmt: skip


def _rated(lines: pl.LazyFrame, _law: Law) -> pl.LazyFrame:
    """A rate of the fund block."""
    n, d = wide("n"), wide("d")
    scored = lines.with_columns(vn=sums.earned(n, d), vd=d, gained=score_of(n, d))
    ends = [
        pl.when(~col("fixed")).then(sum_of(wide(f"n_{end}"), wide(f"d_{end}")))
        for end in ("least", "most") for sum_of in (score_of, score_first)
    ]  # fmt: skip
    return _between(scored, ["gained", *ends])


def _banded(lines: pl.LazyFrame, law: Law) -> pl.LazyFrame:
    """Bands over a rate of the fund block, or over the row's own, which may be a band's edge in print."""
    numbered = lines.with_row_index("line")
    edged = numbered.join(_on_edges(numbered, law), on="line", how="left").with_columns(_band_ends())
    printed = edged.with_columns(lp=_in_print("ln", "ld"), hp=_in_print("hn", "hd"))
    rates = {"s": col("sn") * SCALE, "l": col("ln") * SCALE, "h": col("hn") * SCALE,
             "lp": col("lp") * SCALE, "hp": col("hp") * SCALE}  # fmt: skip
    unders = {
        "s": col("sd"),
        "l": col("ld"),
        "h": col("hd"),
        "lp": pl.lit(_IN_PRINT, WIDE),
        "hp": pl.lit(_IN_PRINT, WIDE),
    }
    held = {end: _holds(rates[end], unders[end]) for end in rates}
    low, high = wide("low"), wide("high")
    passed = (rates["l"] < low * unders["l"]) & (high * unders["h"] < rates["h"])
    touched = (
        held["l"]
        | held["h"]
        | held["lp"]
        | held["hp"]
        | passed
        | (col("needs") & (low * unders["s"] > rates["s"]))
    )
    beside = printed.join(law["bands"], on="part").with_columns(given=_band_points())
    worth = rounded(col("given"), pl.lit(SCALE, WIDE))
    found = beside.group_by("line").agg(
        pl.when(held["s"]).then("place").min().alias("place"),
        pl.when(touched).then(worth).min().alias("least_touched"),
        pl.when(touched).then(worth).max().alias("most_touched"),
    )
    points = law["bands"].select("part", "place", "share", "deduct")
    scored = (
        numbered.join(found, on="line", how="left").drop("deduct").join(points, on=["part", "place"], how="left")
        .with_columns(vn=pl.when(col("share").is_not_null() | col("deduct").is_not_null()).then(_band_points("deduct")))
        .with_columns(vd=pl.lit(SCALE, WIDE), gained=rounded(col("vn"), pl.lit(SCALE, WIDE)))
    )  # fmt: skip
    known = col("gained").is_not_null()
    return scored.with_columns(
        least_given=pl.when(known).then(pl.min_horizontal("gained", "least_touched")).otherwise(0),
        most_given=pl.when(known).then(pl.max_horizontal("gained", "most_touched")).otherwise("top"),
    )


def _on_edges(lines: pl.LazyFrame, law: Law) -> pl.LazyFrame:
    exact, per = wide("exact_value"), wide("exact_per")
    on_edge = (exact == 0) | (exact == wide("low") * per) | (exact == wide("high") * per)
    return (
        lines.filter(col("how") == Way.BY_OWN_BANDS).select("line", "part", "exact_value", "exact_per")
        .join(law["bands"].select("part", "low", "high"), on="part", how="left")
        .filter(on_edge).select("line", on_edge=pl.lit(value=True)).unique()
    )  # fmt: skip


def _band_ends() -> list[pl.Expr]:
    own, exact, half = col("how") == Way.BY_OWN_BANDS, wide("exact_value"), col("exact_half")
    up, down, edge = col("hedge") == UP, col("hedge") == DOWN, col("on_edge").fill_null(value=False)
    under = wide("exact_per") * SCALE
    lower = pl.when(down).then(pl.lit(0, WIDE)).when(edge | up).then(exact).otherwise(exact - half)
    upper = (
        pl.when(up)
        .then(pl.max_horizontal(exact, under))
        .when(edge | down)
        .then(exact)
        .otherwise(exact + half)
    )
    pairs = {"sn": ("n", exact), "ln": ("n_least", lower), "hn": ("n_most", upper)}
    unders = {"sd": "d", "ld": "d_least", "hd": "d_most"}
    return [
        *(
            pl.when(own).then(one).otherwise(wide(paid)).cast(WIDE).alias(name)
            for name, (paid, one) in pairs.items()
        ),
        *(pl.when(own).then(under).otherwise(wide(paid)).alias(name) for name, paid in unders.items()),
    ]


def _in_print(over: str, under: str) -> pl.Expr:
    """Return a rate as ten-thousandths, half away from zero."""
    n, d = col(over), col(under)
    return (
        pl.when(n < 0)
        .then(0 - sums.half_up((0 - n) * _IN_PRINT, d))
        .otherwise(sums.half_up(n * _IN_PRINT, d))
    )


def _holds(n: pl.Expr, d: pl.Expr) -> pl.Expr:
    low, high = wide("low") * d, wide("high") * d
    below = high.is_null() | (n < high) | (col("high_closed") & (n == high))
    return (n >= low) & ~(col("low_open") & (n == low)) & below


def _band_points(deduct: str = "deduct_right") -> pl.Expr:
    less = pl.max_horizontal(wide("mark") - col(deduct), pl.lit(0, WIDE)) * SCALE
    return pl.when(col(deduct).is_null()).then(wide("mark") * col("share")).otherwise(less)


def _stepped(lines: pl.LazyFrame, _law: Law) -> pl.LazyFrame:
    """Points off for each step beyond the target."""
    off, per, mark, deduct = col("off_n"), col("off_d") * wide("per"), wide("mark"), wide("deduct")
    steps = pl.when(off > 0).then(off // per)
    within = off <= 0
    counted = lines.with_columns(
        vn=pl.when(within).then(mark).otherwise(pl.max_horizontal(per * mark - off * deduct, pl.lit(0, WIDE))),
        vd=pl.when(within).then(pl.lit(1, WIDE)).otherwise(per), steps=steps,
    ).with_columns(begun=pl.when(col("steps") * per == off).then("steps").otherwise(col("steps") + 1))  # fmt: skip
    one = pl.lit(1, WIDE)
    met = (col("vn") == mark) & (col("vd") == 1)
    scored = counted.with_columns(gained=pl.when(met).then("top").otherwise(rounded(col("vn"), col("vd"))))
    least, most = (rounded(mark - deduct * col(n), one) for n in ("begun", "steps"))
    return scored.with_columns(
        least_given=pl.min_horizontal("gained", least), most_given=pl.max_horizontal("gained", most)
    )


def _tiered(lines: pl.LazyFrame, law: Law) -> pl.LazyFrame:
    """Words: the tier that they mean."""
    by_tier, scale = col("how") == Way.BY_TIER, pl.lit(SCALE, WIDE)
    best = pl.when(col("repeats") | col("whole")).then("best")
    tier = pl.when(by_tier).then(pl.coalesce("tier", best)).otherwise("label")
    found = (
        lines.join(law["tiers_meant"], on=["part", "words"], how="left").with_columns(tier=tier)
        .join(law["tiers"].drop("part").with_columns(known=pl.lit(value=True)), on="tier", how="left")
        .with_columns(high=wide("high") * col("mark"), low=wide("low") * col("mark"))
        .with_columns(upper=rounded(col("high"), scale), lower=rounded(col("low"), scale))
    )  # fmt: skip
    opened = col("high_open") & (wide("upper") * SCALE >= col("high"))
    lowered = col("low_open") & (wide("lower") * SCALE <= col("low"))
    most = pl.when(opened).then(pl.max_horizontal(col("upper") - col("grain"), 0)).otherwise("upper")
    least = pl.when(lowered).then(pl.min_horizontal(col("lower") + col("grain"), "most"))
    known, whole = col("known").is_not_null(), col("standard") == SCALE
    vn = wide("mark") * col("standard")
    scored = found.with_columns(most=most, vn=vn, vd=scale).with_columns(
        least=pl.when(known).then(least.otherwise(pl.min_horizontal("lower", "most"))).when(by_tier).then(0),
        most=pl.when(known).then("most").when(by_tier).then("top"),
        gained=pl.when(whole).then("top").otherwise(rounded(vn, scale)),
    )
    return scored.with_columns(
        least_given=pl.min_horizontal("gained", "least"), most_given=pl.max_horizontal("gained", "most")
    )
