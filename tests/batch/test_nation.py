"""A made-up nation: every filing is a paper that prints what its rule-book gives, but for the faults that were planted."""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from math import sqrt
from pathlib import Path

import pyarrow as pa
import pytest

from jixiao.batch import duck, lake, nation, parts, tables
from jixiao.batch.rows import Origin, evaluations_as_rows
from jixiao.batch.synthetic import PLANTED, RIGHT, Made, pool
from jixiao.model.evaluation import Evaluation, FundLine
from jixiao.model.figure import Figure
from jixiao.schemes import load_scheme
from jixiao.schemes.shelf import all_schemes
from jixiao.scoring import score
from tests.batch.audited import told

FILINGS = 500


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the engine drew: the pool, the lake's tables, the drawn filings and their rows."""

    made: list[Made]
    stock: nation.Stock
    tables: dict[str, pa.Table]
    filings: list[dict[str, object]]
    rows: list[dict[str, object]]


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nation, "PART", 40)
    monkeypatch.setattr(nation, "_RIGHT", 3)
    monkeypatch.setattr(nation, "_WRONG", 1)


def test_the_same_seed_makes_the_same_lake_byte_by_byte_and_another_seed_another(tmp_path: Path) -> None:
    counts = [
        nation.synthesize(tmp_path / name, 100, seed, lake.Means())
        for name, seed in (("a", 7), ("b", 7), ("c", 8))
    ]
    first, again, other = (_bytes(tmp_path / name) for name in "abc")
    names = {path.stem for path in (tmp_path / "a" / "indicators").rglob("*.parquet")}
    assert names == {"part-00000", "part-00001", "part-00002"}
    assert parts.rows_in(parts.all_of(tmp_path / "a", "indicators")) == counts[0] > 500
    assert first == again
    assert first != other


def test_a_drawn_filing_is_in_every_column_what_its_paper_would_be() -> None:
    drawn = _drawn()
    papers = _papers(drawn)
    want = evaluations_as_rows([
        (Origin(n, one["scheme"], one["province"], one["region"]), papers[n])
        for n, one in enumerate(_in_order(drawn.tables["filings"]))
    ])  # fmt: skip
    assert not want.refused
    for name, schema in (
        ("filings", tables.FILINGS),
        ("funds", tables.FUNDS),
        ("indicators", tables.INDICATORS),
    ):
        have = _in_order(drawn.tables[name])
        for one, other in zip(tables.table(getattr(want, name), schema).to_pylist(), have, strict=True):
            assert _sorted(one) == _sorted({key: other[key] for key in one})


def test_what_a_drawn_paper_prints_is_right_but_for_the_fault_that_was_planted() -> None:
    drawn = _drawn()
    for n, paper in _papers(drawn).items():
        made = drawn.made[_of(drawn, n)]
        sheet = score(paper, load_scheme(made.scheme))
        wrong = [row for row in sheet.indicators if row.agrees is False]
        assert bool(wrong) == (made.fault in {"row", "beyond"})
        codes = {code for code, _, severity in told(paper, load_scheme(made.scheme)) if severity == "error"}
        assert codes - {"AR01"} <= {
            RIGHT: set(), "row": {"SC01", "AR07", "AR04"}, "beyond": {"AR03", "AR04"}, "total": {"AR04", "AR09"},
            "sources": {"FD01"}, "rate": {"AR05"},
        }[made.fault]  # fmt: skip
        assert sheet.execution.agrees is not False
        if made.fault in {RIGHT, "sources", "rate"}:
            assert sheet.total.agrees is not False
            assert sheet.grade.agrees is not False


def test_faults_are_planted_at_their_rates_and_most_targets_are_hit_exactly() -> None:
    connection = nation.engine_for(_stock(), lake.Means())
    count = 40_000
    nation.draw(connection, (0, count), count, 7)
    drawn = duck.ask(connection, "SELECT source FROM drawn")["source"].to_pylist()
    kinds = Counter(max(0, source % (3 + len(PLANTED)) - 2) for source in drawn)
    rates = [rate / 100 for rate in PLANTED.values()]
    for kind, rate in enumerate((1 - sum(rates), *rates)):
        assert abs(kinds[kind] - count * rate) < 5 * sqrt(count * rate * (1 - rate)), kind
    with_figures = [row for row in _stock().indicators.to_pylist() if row["value"] is not None]
    hit = sum(row["value"] in {row["lo"], row["hi"]} for row in with_figures)
    assert 0.7 < hit / len(with_figures) < 0.78


def test_filings_of_one_table_of_the_pool_differ() -> None:
    drawn = _drawn()
    shapes: dict[int, set[object]] = {}
    for n in range(FILINGS):
        shapes.setdefault(_of(drawn, n), set()).add(
            tuple(row["place"] for row in drawn.rows if row["filing"] == n)
        )
    assert sum(map(len, shapes.values())) > 0.5 * FILINGS


@cache
def _made() -> list[Made]:
    return pool(all_schemes(), 7, 3, 1)


@cache
def _stock() -> nation.Stock:
    return nation.stocked(_made())


def _drawn() -> Drawn:
    connection = nation.engine_for(_stock(), lake.Means())
    nation.draw(connection, (0, FILINGS), FILINGS, 7)
    return Drawn(
        _made(), _stock(), nation.tables_of(connection, _stock()),
        duck.ask(connection, "SELECT * FROM drawn ORDER BY filing").to_pylist(),
        duck.ask(connection, "SELECT * FROM made_rows ORDER BY filing, row").to_pylist(),
    )  # fmt: skip


def _of(drawn: Drawn, filing: int) -> int:
    source = drawn.filings[filing]["source"]
    assert isinstance(source, int)
    return source


def _papers(drawn: Drawn) -> dict[int, Evaluation]:
    """Put every drawn filing together again as a paper: the table of the pool, its amounts and rows as drawn."""
    rows: dict[int, list[int]] = {}
    for row in drawn.rows:
        rows.setdefault(row["filing"], []).append(row["place"])
    return {n: _paper(drawn, one, rows[n]) for n, one in enumerate(drawn.filings)}


def _paper(drawn: Drawn, one: dict[str, object], places: list[int]) -> Evaluation:
    table, times = drawn.made[one["source"]].table, one["times"]
    chosen = [drawn.stock.sources[place] for place in places]
    funds = table.funds
    lines = {
        name: _times(line, times)
        for name in ("total", "fiscal", "other")
        if (line := getattr(funds, name)) is not None
    }
    return replace(
        table, funds=replace(funds, **lines), project=replace(table.project, department=one["department"]),
        indicators=tuple(drawn.made[source].table.indicators[row] for source, row in chosen),
    )  # fmt: skip


def _times(line: FundLine, times: int) -> FundLine:
    return replace(line, **{
        name: Figure(figure.value * times, figure.half, figure.unit)
        for name in ("annual", "executed") if (figure := getattr(line, name)) is not None
    })  # fmt: skip


def _in_order(table: pa.Table) -> list[dict[str, object]]:
    keys = [(name, "ascending") for name in ("filing", "line", "row") if name in table.column_names]
    return table.sort_by(keys).to_pylist()


def _sorted(row: dict[str, object]) -> dict[str, object]:
    settled = row.get("settled")
    return row | {"settled": sorted(map(str, settled))} if isinstance(settled, list) else row


def _bytes(folder: Path) -> dict[Path, bytes]:
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
