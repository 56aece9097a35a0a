"""The law of score.sql as polars would have it: lazy scans, lanes by filter, joins with small tables, sums of 128 bits."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl
import pyarrow as pa

from jixiao.batch.codes import ABSENT
from jixiao.batch.scoring import Scored
from jixiao.schemes.scheme import AbsentRule
from tests.bench.peers import polars_lines as lined
from tests.bench.peers import polars_sums as sums
from tests.bench.peers.asked import TABLES
from tests.bench.peers.polars_known import Law, known
from tests.bench.peers.polars_lanes import LANE, lanes
from tests.bench.peers.polars_sums import BIG, WIDE, as_printed, col, rounded

NAME = "polars"
_ROW = ["filing", "row", "part", "points", "score", "low", "high", "out", "own_points", "holds"]
_TOTALS = ["scheme", "book", "grain", "final", "absent", "beyond_columns", "within", "total"]
_SHEET = [
    "filing", "scheme", "execution_points", "execution_score", "execution_low", "execution_high", "indicators",
    "undecided", "points", "score", "low", "high", "grade", "grade_agrees", "ask_score",
]  # fmt: skip
_MET = [
    "filing", "row", "scheme", "names", "words", "kind", "hedge", "points", "value", "half", "lo", "lo_out", "hi", "hi_out",
    "printed", "tenth", "deduction", "stated", "has_actual", "has_figure", "exact", "exact_half", "exact_per", "measure",
    "beyond", "beyond_per", "repeats", "whole", "kept", "smaller",
]  # fmt: skip


def score_files(
    filings: Sequence[Path], indicators: Sequence[Path], law: Mapping[str, pa.Table], out: Path
) -> None:
    """Score the files of a stretch and write its sheets."""
    filed, rows = (pl.scan_parquet(list(files), hive_partitioning=False) for files in (filings, indicators))
    scored = _rows(filed, rows, _law(law)).collect(engine="streaming").lazy()
    _sheets(filed, scored, _law(law)).sink_parquet(out)


def score_tables(tables: Mapping[str, pa.Table]) -> Scored:
    """Score tables in memory: rows and sheets."""
    law, filings = _law(tables), _frame(tables["filings"])
    scored = _rows(filings, _frame(tables["indicators"]), law).collect().lazy()
    told = scored.filter(col("row") >= 0).select("filing", "row", "points", "score", "low", "high", "part")
    return Scored(told.collect().to_arrow(), _sheets(filings, scored, law).collect().to_arrow())


def _law(tables: Mapping[str, pa.Table]) -> Law:
    return {name: _frame(tables[name]) for name in TABLES}


def _frame(table: pa.Table) -> pl.LazyFrame:
    found = pl.from_arrow(table)
    assert isinstance(found, pl.DataFrame)
    return found.lazy()


def _rows(filings: pl.LazyFrame, indicators: pl.LazyFrame, law: Law) -> pl.LazyFrame:
    """Return every line with its score, the least and the most allowed; execution is row -1, a cap of the total -2."""
    indicators = indicators.select(_MET)
    rows = known(indicators, law)
    amounts = lined.paid(filings, law).collect(engine="streaming").lazy()
    rest = lined.chosen(rows.filter(~col("plainly")), lined.splits(indicators, law))
    lines = pl.concat(
        [lined.by_amounts(rest, amounts), lined.beside(filings, amounts, law)], how="diagonal_relaxed"
    )
    plain, aimed = pl.collect_all(
        [_plain(rows.filter("plainly")), lined.aimed(lines, law)], engine="streaming"
    )
    return pl.concat([plain.lazy(), *(_settled(lane) for lane in lanes(aimed, law))], how="diagonal_relaxed")


def _plain(rows: pl.LazyFrame) -> pl.LazyFrame:
    told = as_printed("points", "printed", "points", "tenth")
    return rows.select(
        "filing", "row", "points", part=sums.by_kind(), score="points", low=pl.min_horizontal("points", told),
        high=pl.max_horizontal("points", told), out=pl.lit(value=False), own_points="points", holds="holds_aimed",
    )  # fmt: skip


def _settled(lane: pl.LazyFrame) -> pl.LazyFrame:
    """Take off what the paper takes off, and let a printed score of one decimal stand for the score."""
    off, gained, one = col("off").cast(WIDE), col("gained"), pl.lit(1, WIDE)
    left_out = col("how") == lined.Way.LEFT_OUT
    lessens = (off > 0) & gained.is_not_null()
    kept = pl.when(lessens).then(rounded(col("vn") - off * col("vd"), col("vd")))
    least, most = (
        pl.when(lessens).then(rounded(col(end).cast(WIDE) - off, one))
        for end in ("least_given", "most_given")
    )
    lessens = lessens & ~left_out
    settled = lane.select(
        *LANE[:6], "printed", "holds", own_points="points", points=pl.when(left_out).then(0).otherwise("due"),
        stands_for=col("tenth") & ~left_out, score=pl.when(lessens).then(kept).otherwise(gained),
        low=pl.when(lessens).then(pl.min_horizontal(kept, least)).otherwise("least_given"),
        high=pl.when(lessens).then(pl.max_horizontal(kept, most)).otherwise("most_given"),
    )  # fmt: skip
    told = as_printed("score", "printed", "points", "stands_for")
    return settled.with_columns(
        low=pl.min_horizontal("low", told), high=pl.max_horizontal("high", told)
    ).select(_ROW)


def _sheets(filings: pl.LazyFrame, scored: pl.LazyFrame, law: Law) -> pl.LazyFrame:
    """Return the total of each filing."""
    totals = _held(_summed(_counted(filings, scored, law)))
    printed = as_printed("held_score", "total_printed", "total_points", "total_tenth")
    decided = ~col("beyond_columns")
    told = totals.with_columns(
        score=pl.when(decided).then("held_score"),
        low=pl.when(decided).then(pl.min_horizontal("held_low", printed)),
        high=pl.when(decided).then(pl.max_horizontal("held_high", printed)),
    )
    return _graded(told, law).select(
        "filing", "scheme", execution_points="paid_points", execution_score="paid_score", execution_low="paid_low",
        execution_high="paid_high", indicators=col("indicators").cast(pl.Int32),
        undecided=(col("indicators") - col("with_score")).cast(pl.Int32), points="total_points", score="score", low="low",
        high="high", grade="grade", grade_agrees="grade_agrees", ask_score="beyond_columns",
    ).select(_SHEET)  # fmt: skip


def _counted(filings: pl.LazyFrame, scored: pl.LazyFrame, law: Law) -> pl.LazyFrame:
    added = scored.filter(col("row") >= 0).group_by("filing").agg(
        pl.len().cast(BIG).alias("indicators"), pl.sum("points", "low", "high", "score"),
        pl.count("points").cast(BIG).alias("with_points"), pl.count("low").cast(BIG).alias("with_bounds"),
        pl.count("score").cast(BIG).alias("with_score"), left_out=col("own_points").filter("out").sum(),
        holds=col("holds").any(),
    )  # fmt: skip
    ends = ["points", "score", "low", "high"]
    execution = scored.filter(col("row") == -1).select(
        "filing", *(col(e).alias(f"execution_of_{e}") for e in ends)
    )
    cap = scored.filter(col("row") == -2).select(
        "filing", *(col(e).alias(f"cap_{e}") for e in ends[1:]), capped=pl.lit(value=True)
    )  # fmt: skip
    counts = [col(name).fill_null(0) for name in ("indicators", "with_points", "with_bounds", "with_score")]
    filed = filings.select(
        "filing", "scheme", "execution_points", "total_printed", "total_tenth", "grade_printed"
    )
    whole = (
        (col("indicators") > 0) & (col("with_points") == col("indicators")) & (col("points") == col("total"))
    )
    held = col("holds").fill_null(value=False) | col("within") | whole.fill_null(value=False)
    return (
        filed.join(law["books"].select(_TOTALS), on="scheme").join(added, on="filing", how="left")
        .join(execution, on="filing", how="left").join(cap, on="filing", how="left")
        .with_columns(counts).with_columns(counts=col("execution_points").is_not_null() | ~held)
    )  # fmt: skip


def _summed(filings: pl.LazyFrame) -> pl.LazyFrame:
    """Add the execution row where it counts beside the indicators, and see whether it was counted twice."""
    counts, indicators = col("counts"), col("indicators")
    filings = filings.with_columns(
        **{f"paid_{end}": pl.when(counts).then(f"execution_of_{end}").otherwise(0)
           for end in ("points", "score", "low", "high")},
    ).with_columns(
        all_points=pl.when(col("with_points") == indicators).then(_added("points")),
        sum_low=pl.when((col("with_bounds") == indicators) & col("paid_high").is_not_null()).then(_added("low")),
        sum_high=pl.when((col("with_bounds") == indicators) & col("paid_low").is_not_null()).then(_added("high")),
        sum_score=pl.when(col("with_score") == indicators).then(_added("score")),
    )  # fmt: skip
    twice = col("sum_score").is_not_null() & (col("paid_points") != 0)
    twice = twice & (col("all_points") == col("total") + col("paid_points"))
    rescales = (
        (col("absent") == ABSENT[AbsentRule.RESCALED]) & (col("left_out") != 0) & (col("all_points") != 0)
    )
    return filings.with_columns(
        twice=twice.fill_null(value=False), rescales=rescales.fill_null(value=False)
    ).with_columns(
        open_score=pl.when(~col("twice")).then("sum_score"),
        open_low=pl.when("twice").then(col("sum_low") - col("paid_low")).otherwise("sum_low"),
    )


def _added(end: str) -> pl.Expr:
    return col(end).fill_null(0) + col(f"paid_{end}")


def _held(filings: pl.LazyFrame) -> pl.LazyFrame:
    """Rescale totals with rows left out, and hold them under a cap."""
    rescaled = col("rescales") & (col("all_points") > 0)
    mark, under, grain = sums.wide("total"), sums.wide("all_points") * col("grain"), col("grain")

    def full(name: str) -> pl.Expr:
        up = (grain * sums.half_up(sums.wide(name) * mark, under)).cast(BIG)
        return pl.when(rescaled).then(up).otherwise(name)

    score, low, high = col("full_score"), col("full_low"), col("full_high")
    free, capped = col("capped").is_null(), col("cap_low").is_not_null()
    both = col("cap_score").is_not_null() & score.is_not_null()
    return filings.with_columns(
        total_points=pl.when("rescales").then("total").otherwise("all_points"),
        full_score=full("open_score"), full_low=full("open_low"), full_high=full("sum_high"),
    ).with_columns(
        held_score=pl.when(free).then(score).when(both).then(pl.min_horizontal(score, "cap_score")),
        held_low=pl.when(free | low.is_null()).then(low).when(capped).then(pl.min_horizontal(low, "cap_low")),
        held_high=pl.when(free | low.is_null()).then(high).when(capped).then(pl.min_horizontal(high, "cap_high")),
    )  # fmt: skip


def _graded(filings: pl.LazyFrame, law: Law) -> pl.LazyFrame:
    """Find the grade of the score, and whether the printed one may be right somewhere between the bounds."""
    meant = law["grades_meant"].select("book", "printed", least="at_least", most="below")
    agrees = (
        filings.filter(col("low").is_not_null() & col("high").is_not_null())
        .join(meant, left_on=["book", "grade_printed"], right_on=["book", "printed"])
        .select("filing", grade_agrees=(col("most").is_null() | (col("low") < col("most")))
            & (col("least").is_null() | (col("high") >= col("least"))))
    )  # fmt: skip
    word = _in_grade(filings, law["grades"], "score").select("filing", grade="word")
    return filings.join(word, on="filing", how="left").join(agrees, on="filing", how="left")


def _in_grade(filings: pl.LazyFrame, grades: pl.LazyFrame, total: str) -> pl.LazyFrame:
    among = (col("at_least").is_null() | (col(total) >= col("at_least"))) & (
        col("below").is_null() | (col(total) < col("below"))
    )
    return filings.filter(col(total).is_not_null()).join(grades, on="book").filter(among)
