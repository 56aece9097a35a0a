"""The law of score.sql as pandas would have it: nullable columns, lanes by mask, small tables by lookup, exact wide sums."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from jixiao.batch.codes import ABSENT, COLUMNS
from jixiao.batch.scoring import Scored
from jixiao.schemes.scheme import AbsentRule
from tests.bench.peers import pandas_lines as lined
from tests.bench.peers import pandas_sums as sums
from tests.bench.peers.asked import TABLES
from tests.bench.peers.pandas_lanes import ROW, lanes
from tests.bench.peers.pandas_lines import Law, frame, looked_up
from tests.bench.peers.pandas_sums import Column, choose, holds, least, most
from tests.bench.peers.pandas_ways import aimed

NAME = "pandas"
_TOTALS = ("grain", "final", "absent", "beyond_columns", "within", "total")
_INDICATORS = [
    "filing", "row", "scheme", "names", "words", "kind", "hedge", "points", "value", "half", "lo", "lo_out", "hi", "hi_out",
    "printed", "tenth", "deduction", "stated", "has_actual", "has_figure", "exact", "exact_half", "exact_per", "measure",
    "beyond", "beyond_per", "repeats", "whole", "kept", "smaller",
]  # fmt: skip
_MET = ["filing", "row", "names", "words", "kind", "points", "printed", "tenth", "deduction"]
_FILINGS = [
    "filing", "scheme", "rate", "rate_half", "rate_per", "execution_points", "execution_printed", "execution_tenth",
    "total_printed", "total_tenth", "grade_printed",
    *(f"{name}{end}" for name in COLUMNS for end in ("", "_half", "_scale", "_doubted")),
]  # fmt: skip
_SHEET = {
    "filing": "filing", "scheme": "scheme", "paid_points": "execution_points", "paid_score": "execution_score",
    "paid_low": "execution_low", "paid_high": "execution_high", "indicators": "indicators", "undecided": "undecided",
    "total_points": "points", "sheet_score": "score", "sheet_low": "low", "sheet_high": "high", "grade": "grade",
    "grade_agrees": "grade_agrees", "beyond_columns": "ask_score",
}  # fmt: skip


def score_files(
    filings: Sequence[Path], indicators: Sequence[Path], law: Mapping[str, pa.Table], out: Path
) -> None:
    """Score the files of a stretch and write its sheets."""
    filed, rows = (
        pa.concat_tables(
            pq.read_table(file, columns=columns, partitioning=None, read_dictionary=["scheme"])
            for file in files
        )
        for files, columns in ((filings, _FILINGS), (indicators, _INDICATORS))
    )
    pq.write_table(score_tables({**law, "filings": filed, "indicators": rows}).sheets, out)


def score_tables(tables: Mapping[str, pa.Table]) -> Scored:
    """Score tables in memory: rows and sheets."""
    law = {name: frame(tables[name]) for name in TABLES}
    filings = frame(tables["filings"].select(_FILINGS))
    books = lined.books_of(filings["scheme"], law)
    filings = filings.assign(book=books)[books >= 0].reset_index(drop=True)
    indicators = frame(tables["indicators"].select(_INDICATORS)).rename(columns={"exact": "exact_value"})
    scored = _rows(filings, indicators, law)
    told = scored[sums.numbers(scored["row"]) >= 0]
    sheets = _sheets(filings, scored, law)
    return Scored(
        _table(told[["filing", "row", "points", "score", "low", "high", "part"]]),
        _table(sheets[list(_SHEET)].rename(columns=_SHEET)),
    )


def _table(found: pd.DataFrame) -> pa.Table:
    return pa.Table.from_pandas(found, preserve_index=False)


def _rows(filings: pd.DataFrame, indicators: pd.DataFrame, law: Law) -> pd.DataFrame:
    """Return every line with its score, the least and the most allowed; execution is row -1, a cap of the total -2."""
    books = lined.books_of(indicators["scheme"], law)
    if (books < 0).any():
        indicators, books = indicators[books >= 0], books[books >= 0]
    met, split = lined.met(indicators), lined.splits(indicators, books, law)
    plain = lined.with_law(indicators.loc[met, _MET], books[met], law, met=True)
    owed = lined.plainly(plain)
    left = ~met
    left[met] = ~owed
    rest = lined.with_law(indicators[left], books[left], law)
    amounts = lined.paid(filings, law)
    lines = lined.by_amounts(lined.chosen(rest, split), amounts)
    both = pd.concat([lines, lined.beside(filings, amounts, law)], ignore_index=True)
    return pd.concat([_plain(plain[owed]), *lanes(aimed(both, law), law)], ignore_index=True)


def _plain(rows: pd.DataFrame) -> pd.DataFrame:
    points = rows["points"]
    told = sums.as_printed(rows, points, "printed", "points", "tenth")
    return rows[["filing", "row", "points"]].assign(
        part=rows["kind_part"], score=points, low=least(points, told), high=most(points, told), own_points=points,
        out=pd.array([False] * len(rows)), holds=pd.array(holds(rows["holds_aimed"])),
    )[ROW]  # fmt: skip


def _sheets(filings: pd.DataFrame, scored: pd.DataFrame, law: Law) -> pd.DataFrame:
    """Return the total of each filing."""
    totals = _held(_summed(_counted(filings, scored, law)))
    printed = sums.as_printed(totals, totals["held_score"], "total_printed", "total_points", "total_tenth")
    decided = ~totals["beyond_columns"]
    told = totals.assign(
        sheet_score=choose((decided, totals["held_score"])), sheet_low=choose((decided, least(totals["held_low"], printed))),
        sheet_high=choose((decided, most(totals["held_high"], printed))),
        undecided=totals["indicators"] - totals["with_score"],
    )  # fmt: skip
    return _graded(told, law)


def _counted(filings: pd.DataFrame, scored: pd.DataFrame, law: Law) -> pd.DataFrame:
    books, row = filings["book"].to_numpy(), sums.numbers(scored["row"])
    lines = scored[row >= 0]
    lines = lines.assign(
        out_points=choose((lines["out"], lines["own_points"]), otherwise=0), holds=holds(lines["holds"])
    )
    grouped = lines.groupby("filing")
    added = grouped[["points", "low", "high", "score"]].sum()
    added["left_out"], added["holds_any"] = grouped["out_points"].sum(), grouped["holds"].any()
    added["indicators"] = grouped.size()
    counts = grouped[["points", "low", "score"]].count()
    added[["with_points", "with_bounds", "with_score"]] = counts[["points", "low", "score"]]
    filings = filings.assign(
        **{name: looked_up(law["books"], name, books, filings.index) for name in _TOTALS}
    )
    filings = filings.merge(added, left_on="filing", right_index=True, how="left")
    for at, name, ends in (
        (-1, "execution_of", ("points", "score", "low", "high")),
        (-2, "cap", ("score", "low", "high")),
    ):
        those = scored.loc[row == at, ["filing", *ends]].rename(
            columns={end: f"{name}_{end}" for end in ends}
        )
        filings = filings.merge(those.assign(**{f"has_{name}": True}), on="filing", how="left")
    known = [
        "indicators",
        "with_points",
        "with_bounds",
        "with_score",
        "points",
        "low",
        "high",
        "score",
        "left_out",
    ]
    filings[known] = filings[known].astype("Int64").fillna(0)
    whole = (filings["indicators"] > 0) & (filings["with_points"] == filings["indicators"])
    whole &= filings["points"] == filings["total"]
    held = holds(filings["holds_any"].astype("boolean")) | holds(filings["within"]) | holds(whole)
    return filings.assign(counts=filings["execution_points"].notna().to_numpy() | ~held)


def _summed(filings: pd.DataFrame) -> pd.DataFrame:
    """Add the execution row where it counts beside the indicators, and see whether it was counted twice."""
    counts, indicators = filings["counts"], filings["indicators"]
    paid = {
        end: choose((counts, filings[f"execution_of_{end}"].astype("Int64")), otherwise=0)
        for end in ("points", "score", "low", "high")
    }
    bounded = filings["with_bounds"] == indicators
    points = choose((filings["with_points"] == indicators, filings["points"] + paid["points"]))
    score = choose((filings["with_score"] == indicators, filings["score"] + paid["score"]))
    low = choose((bounded & paid["high"].notna(), filings["low"] + paid["low"]))
    high = choose((bounded & paid["low"].notna(), filings["high"] + paid["high"]))
    twice = score.notna() & (paid["points"] != 0) & (points == filings["total"] + paid["points"])
    rescales = (filings["absent"] == ABSENT[AbsentRule.RESCALED]) & (filings["left_out"] != 0) & (points != 0)
    return filings.assign(
        all_points=points, rescales=holds(rescales), open_score=choose((twice, None), otherwise=score),
        open_low=choose((twice, low - paid["low"]), otherwise=low), sum_high=high,
        **{f"paid_{end}": column for end, column in paid.items()},
    )  # fmt: skip


def _held(filings: pd.DataFrame) -> pd.DataFrame:
    """Rescale totals with rows left out, and hold them under a cap."""
    grain, mark, under = filings["grain"], filings["total"], filings["all_points"]
    rescaled = filings["rescales"] & (under > 0)

    def full(name: str) -> Column:
        return choose(
            (rescaled, grain * sums.half_up(filings[name], mark, under, grain)), otherwise=filings[name]
        )

    score, low, high = full("open_score"), full("open_low"), full("sum_high")
    free = pd.Series(filings["has_cap"].isna().to_numpy(), index=filings.index)
    cap = {end: filings[f"cap_{end}"].astype("Int64") for end in ("score", "low", "high")}
    capped = cap["low"].notna()
    both = cap["score"].notna() & score.notna()
    return filings.assign(
        total_points=choose((filings["rescales"], mark), otherwise=under),
        held_score=choose((free, score), (both, least(score, cap["score"]))),
        held_low=choose((free | low.isna(), low), (capped, least(low, cap["low"]))),
        held_high=choose((free | low.isna(), high), (capped, least(high, cap["high"]))),
    )


def _graded(filings: pd.DataFrame, law: Law) -> pd.DataFrame:
    """Find the grade of the score, and whether the printed one may be right somewhere between the bounds."""
    grades = law["grades"]
    at = _grade_at(filings["book"], filings["sheet_score"], grades)
    meant = law["grades_meant"].assign(told=True).rename(columns={"printed": "grade_printed"})
    told = (
        filings[["book", "grade_printed"]]
        .astype({"book": "Int32"})
        .merge(meant, on=["book", "grade_printed"], how="left")
    )
    low, high = filings["sheet_low"], filings["sheet_high"]
    inside = (told["below"].isna() | (low < told["below"])) & (
        told["at_least"].isna() | (high >= told["at_least"])
    )
    agrees = choose((told["told"].notna() & low.notna() & high.notna(), inside))
    return filings.assign(grade=looked_up(grades, "word", at, filings.index), grade_agrees=agrees)


def _grade_at(book: Column, total: Column, grades: pd.DataFrame) -> np.ndarray:
    """Return the row of the grade that a total earns, -1 where none."""
    found, books, totals = np.full(len(total), -1), book.to_numpy(), sums.numbers(total)
    known = total.notna().to_numpy()
    for number, grade in enumerate(grades.itertuples(index=False)):
        inside = known & (books == grade.book)
        if not pd.isna(grade.at_least):
            inside &= totals >= grade.at_least
        if not pd.isna(grade.below):
            inside &= totals < grade.below
        found[inside] = number
    return found
