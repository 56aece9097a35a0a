"""The short way: the law of one rule-book in pandas, polars and zen-engine, scores and totals alone.

They have the easier job. They know one rule-book (怀远) and the kinds of row that a made-up lake has; `score.sql` is asked for
scores without bounds, but knows every method and every shape of row all the same. All work in whole millionths, and every
total must be that of `score.sql`, else the race ends in an error. zen-engine is given a part of the rows, one by one.
"""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow.dataset as ds
import zen

from jixiao.batch import duck, lake, parts
from jixiao.batch.books import shelve
from jixiao.batch.codes import SCALE, Aim
from jixiao.schemes import load_scheme
from tests.bench.clock import spent
from tests.bench.peers import told

BOOK = "anhui-huaiyuan"
GRAIN = SCALE // 100
_EXECUTION = 10 * SCALE  # points of the execution rate where a paper states none
_MEANS = lake.Means("3GB")
_ROWS = ["filing", "kind", "lo", "hi", "value", "points", "words", "repeats", "whole"]
_FILINGS = ["filing", "annual", "executed", "execution_points"]

Tiers = dict[int, int]
Totals = dict[int, int]


def race(folder: Path, rows: int, one_by_one: int) -> None:
    """Score a lake of so many rows each way and print what that takes."""
    tiers, best = _tiers(folder)
    ours = spent(lambda: lake.score_lake(folder, _MEANS, scheme=load_scheme(BOOK)))
    due = _ours(folder)
    print(f"\none rule-book, scores alone: {rows} indicators under {BOOK}, every total equal")
    print(told.HEAD)
    print(told.line("score.sql", ours, rows, ours))
    for name, work in (("pandas", _by_pandas), ("polars", _by_polars)):
        totals: list[Totals] = []
        theirs = spent(lambda work=work, totals=totals: totals.append(work(folder, tiers, best)))  # type: ignore[misc]
        if totals[0] != due:
            print([(n, totals[0].get(n), due[n]) for n in due if totals[0].get(n) != due[n]][:5])
            raise SystemExit(
                f"{name}: {sum(totals[0].get(n) != due[n] for n in due)} of {len(due)} totals differ"
            )
        print(told.line(name, theirs, rows, ours))
    table = ds.dataset(folder / "indicators", partitioning="hive").head(one_by_one, columns=_ROWS).to_pylist()
    theirs = spent(lambda: _by_zen(table)).times(rows / len(table))
    print(told.line("zen-engine, one by one", theirs, rows, ours))


def _ours(folder: Path) -> Totals:
    connection = duck.connect()
    parts.show(connection, "others", parts.all_of(folder, lake.sheets_name(load_scheme(BOOK))))
    found = duck.ask(connection, "SELECT filing, coalesce(score, -1) AS score FROM others").to_pydict()
    return dict(zip(found["filing"], found["score"], strict=True))


def _tiers(folder: Path) -> tuple[Tiers, int]:
    """Return what the texts of the lake earn under the rule-book, and what its best tier does, in millionths."""
    connection = duck.connect()
    law = lake.law_of(folder, connection, shelve([load_scheme(BOOK)]))
    standards = {row["tier"]: row["standard"] for row in law["tiers"].to_pylist()}
    (judged,) = (row for row in law["parts"].to_pylist() if row["key"] == "qualitative")
    meant = {
        row["words"]: standards[row["tier"]]
        for row in law["tiers_meant"].to_pylist()
        if row["part"] == judged["part"]
    }
    return {words: one for words, one in meant.items() if one is not None}, standards[judged["best"]]


# ---------------------------------------------------------------- pandas


def _by_pandas(folder: Path, tiers: Tiers, best: int) -> Totals:
    rows = ds.dataset(folder / "indicators", partitioning="hive").to_table(columns=_ROWS).to_pandas()
    filings = ds.dataset(folder / "filings", partitioning="hive").to_table(columns=_FILINGS).to_pandas()
    rows["score"] = _scores(rows, tiers, best)
    undecided = rows.loc[rows["score"].isna(), "filing"].unique()
    sums = rows.groupby("filing", sort=False)[["score", "points"]].sum(min_count=1)
    filings = filings.set_index("filing")
    worth = filings["execution_points"].astype("Int64")
    worth = worth.fillna((sums["points"] != 100 * SCALE).astype("Int64") * _EXECUTION)
    paid = filings["executed"].clip(upper=filings["annual"])
    earned = GRAIN * _half_up(worth // GRAIN * paid, filings["annual"])
    totals = (sums["score"] + earned).astype("Int64")
    totals[undecided] = -1
    totals[(sums["points"] == 100 * SCALE) & (worth != 0)] = -1  # counted twice, or apart: open
    return dict(zip(totals.index, totals.fillna(-1), strict=True))


def _scores(rows: pd.DataFrame, tiers: Tiers, best: int) -> pd.Series:
    kind, points, value = rows["kind"], rows["points"], rows["value"].astype("Int64")
    low, high = rows["lo"].astype("Int64"), rows["hi"].astype("Int64")
    units = points // GRAIN
    found = pd.Series(pd.NA, index=rows.index, dtype="Int64")
    up, down, words = (kind == int(one) for one in (Aim.AT_LEAST, Aim.AT_MOST, Aim.QUALITATIVE))
    found[up] = points[up].where(value[up] >= low[up], GRAIN * _half_up(units[up] * value[up], low[up]))
    found[down] = points[down].where(
        value[down] <= high[down], GRAIN * _half_up(units[down] * high[down], value[down])
    )
    meant = rows.loc[words, "words"].map(tiers).astype("Int64")
    meant = meant.fillna(
        (rows.loc[words, "repeats"] | rows.loc[words, "whole"]).map({True: best}).astype("Int64")
    )
    found[words] = GRAIN * _half_up(units[words] * meant, SCALE)
    return found


def _half_up(over: Any, under: Any) -> Any:  # noqa: ANN401 columns of either
    return (2 * over + under) // (2 * under)


# ---------------------------------------------------------------- polars


def _by_polars(folder: Path, tiers: Tiers, best: int) -> Totals:
    rows = pl.scan_parquet(folder / "indicators", hive_partitioning=True).select(_ROWS)
    filings = pl.scan_parquet(folder / "filings", hive_partitioning=True).select(_FILINGS)
    units, value, low, high = pl.col("points") // GRAIN, pl.col("value"), pl.col("lo"), pl.col("hi")
    meant = pl.DataFrame(
        {"words": list(tiers), "standard": list(tiers.values())},
        schema={"words": pl.Int64, "standard": pl.Int64},
    )
    standard = pl.coalesce("standard", pl.when(pl.col("repeats") | pl.col("whole")).then(best))
    score = (
        pl.when(pl.col("kind") == int(Aim.AT_LEAST))
        .then(pl.when(value >= low).then("points").otherwise(GRAIN * _half_up(units * value, low)))
        .when(pl.col("kind") == int(Aim.AT_MOST))
        .then(pl.when(value <= high).then("points").otherwise(GRAIN * _half_up(units * high, value)))
        .when(pl.col("kind") == int(Aim.QUALITATIVE))
        .then(GRAIN * _half_up(units * standard, SCALE))
    )
    sums = (
        rows.join(meant.lazy(), on="words", how="left")
        .group_by("filing")
        .agg(pl.sum("points"), score.sum().alias("sum"), score.is_null().any().alias("undecided"))
    )
    worth = pl.coalesce(
        "execution_points", pl.when(pl.col("points") != 100 * SCALE).then(_EXECUTION).otherwise(0)
    )
    earned = GRAIN * _half_up(worth // GRAIN * pl.min_horizontal("executed", "annual"), pl.col("annual"))
    open_ones = pl.col("undecided") | ((pl.col("points") == 100 * SCALE) & (worth != 0))
    total = pl.when(open_ones).then(-1).otherwise(pl.col("sum") + earned)
    found = sums.join(filings, on="filing").select("filing", total=total).collect(engine="streaming")
    return dict(zip(found["filing"].to_list(), found["total"].to_list(), strict=True))


# ---------------------------------------------------------------- zen-engine

_DECISION = {
    "contentType": "application/vnd.gorules.decision",
    "nodes": [
        {"id": "in", "type": "inputNode", "name": "in"},
        {
            "id": "law", "type": "expressionNode", "name": "law",
            "content": {"expressions": [{
                "id": "score", "key": "score",
                "value": "kind == 1 ? (value >= lo ? points : round(points * value / lo, 2)) : "
                         "kind == 2 ? (value <= hi ? points : round(points * hi / value, 2)) : points",
            }]},
        },
        {"id": "out", "type": "outputNode", "name": "out"},
    ],
    "edges": [
        {"id": "a", "sourceId": "in", "targetId": "law", "type": "edge"},
        {"id": "b", "sourceId": "law", "targetId": "out", "type": "edge"},
    ],
}  # fmt: skip


def _by_zen(rows: list[dict[str, Any]]) -> list[Any]:
    decision = zen.ZenEngine().create_decision(json.dumps(_DECISION))
    return [
        decision.evaluate({name: row[name] for name in ("kind", "value", "lo", "hi", "points")})
        for row in rows
    ]
