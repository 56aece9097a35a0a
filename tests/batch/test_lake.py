"""A lake of made-up filings: the same for the same seed, scored as `score` scores, summed, rescored."""

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from jixiao.batch import duck, lake, nation, parts
from jixiao.batch.audit_lake import audit_lake, findings_of
from jixiao.batch.books import shelve
from jixiao.batch.codes import SCALE
from jixiao.batch.synthetic import pool
from jixiao.cli import main
from jixiao.errors import UnreadableError
from jixiao.schemes import load_scheme
from jixiao.schemes.shelf import all_schemes
from jixiao.scoring import score
from tests.batch.audited import Said, told

MEANS = lake.Means()


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lake, "STRETCH", 40)
    monkeypatch.setattr(nation, "PART", 40)
    monkeypatch.setattr(nation, "_RIGHT", 2)
    monkeypatch.setattr(nation, "_WRONG", 1)


@pytest.mark.slow
def test_a_lake_is_scored_summed_and_rescored_to_the_numbers_of_score(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    folder = tmp_path / "lake"
    assert main(["batch", "synthesize", "--filings", "100", "--seed", "7", "-o", str(folder)]) == 0
    assert main(["batch", "score", str(folder), "--memory", "1GB", "--spill", str(tmp_path / "spill")]) == 0
    made = pool(all_schemes(), 7, 2, 1)
    sheets = pq.read_table(folder / "sheets").to_pylist()
    filings = {row["filing"]: row for row in pq.read_table(folder / "filings").to_pylist()}
    assert len(sheets) == 100
    totals = [(one.scheme, score(one.table, load_scheme(one.scheme)).total.score) for one in made]
    due = {(scheme, None if total is None else int(total * SCALE)) for scheme, total in totals}
    assert {(sheet["scheme"], sheet["score"]) for sheet in sheets} <= due
    capsysbinary.readouterr()
    assert main(["batch", "rollup", str(folder), "--format", "json"]) == 0
    told = json.loads(capsysbinary.readouterr().out)
    assert told["findings"] is None
    whole = told["rollup"][0]
    assert whole["filings"] == "100"
    assert int(whole["scored"]) == sum(sheet["score"] is not None for sheet in sheets)
    assert main(["batch", "rescore", str(folder), "--scheme", "zhejiang", "--format", "json"]) == 0
    changed = json.loads(capsysbinary.readouterr().out)["rescore"][0]
    others = {row["filing"]: row for row in pq.read_table(folder / "sheets-zhejiang").to_pylist()}
    assert (
        int(changed["scores_changed"])
        == sum(others[one["filing"]]["score"] != one["score"] for one in sheets)
        > 0
    )
    assert len(filings) == 100
    assert others == _with_bounds(folder, "zhejiang")
    _an_edited_book_by_region(folder, tmp_path / "本县.toml", capsysbinary)


def _with_bounds(folder: Path, scheme: str) -> dict[int, Mapping[str, object]]:
    """Return what score.sql says where it works out the bounds too, by filing."""
    connection = duck.connect()
    duck.register(connection, lake.law_of(folder, connection, shelve([load_scheme(scheme)])))
    for name in ("filings", "indicators"):
        parts.show(connection, name, parts.all_of(folder, name), {"scheme": scheme})
    asked = duck.filled("score.sql", {"result": "sheets"}).replace(
        "SELECT * FROM sheets", "SELECT filing, scheme, points, score, grade FROM sheets"
    )
    return {row["filing"]: row for row in duck.ask(connection, asked).to_pylist()}


def _an_edited_book_by_region(folder: Path, book: Path, printed: pytest.CaptureFixture[bytes]) -> None:
    book.write_text(
        'title = "本县试行口径"\nregion = "本县"\nextends = "national-2020"\n'
        "[level1]\n产出指标 = 60\n效益指标 = 20\n满意度指标 = 10\n", "utf-8"
    )  # fmt: skip
    assert main(["batch", "rescore", str(folder), "--scheme", str(book), "--by", "moon"]) == 2
    assert "不能按“moon”分列" in printed.readouterr().err.decode()


def test_a_folder_that_is_not_empty_or_no_lake_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("x", "utf-8")
    with pytest.raises(UnreadableError, match="已有内容"):
        nation.synthesize(tmp_path, 1, 1, MEANS)
    with pytest.raises(UnreadableError, match="不是"):
        lake.score_lake(tmp_path / "none", MEANS)
    with pytest.raises(UnreadableError, match="还没有计分"):
        lake.roll_up(tmp_path, MEANS)


def test_a_lake_is_audited_to_the_findings_of_audit_and_counted(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    folder = tmp_path / "lake"
    nation.synthesize(folder, 100, 7, MEANS)
    assert main(["batch", "audit", str(folder), "--format", "json"]) == 0
    counts = json.loads(capsysbinary.readouterr().out)["audit"]
    audited = pq.read_table(folder / "audited").to_pylist()
    found = Counter((row["code"], row["severity"]) for row in audited)
    assert {(one["code"], one["severity"]): int(one["findings"]) for one in counts} == found
    filings = Counter(
        (code, severity) for code, severity, _ in {(r["code"], r["severity"], r["filing"]) for r in audited}
    )
    assert {(one["code"], one["severity"]): int(one["filings"]) for one in counts} == filings
    wanted = [told(one.table, load_scheme(one.scheme)) for one in pool(all_schemes(), 7, 2, 1)]
    assert found.keys() <= {(code, severity) for one in wanted for code, _, severity in one}
    by_filing: dict[int, Said] = {}
    for row in audited:
        by_filing.setdefault(row["filing"], Said())[row["code"], row["row"], row["severity"]] += 1
    assert all(one in wanted for one in by_filing.values())
    assert main(["batch", "audit", str(folder)]) == 0
    shown = capsysbinary.readouterr().out.decode()
    assert "错误" in shown
    assert "需核实" in shown
    assert "warning" not in shown


def _counts(folder: Path) -> object:
    found = findings_of(folder, MEANS)
    return None if found is None else found.to_pylist()


def test_counts_that_an_audit_kept_are_those_of_its_findings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "lake"
    nation.synthesize(folder, 100, 7, MEANS)
    assert _counts(folder) is None
    audit_lake(folder, MEANS)
    kept = folder / "audited-counts" / "counts.parquet"
    places = {
        one["filing"]: (one["year"], one["province"]) for one in pq.read_table(folder / "filings").to_pylist()
    }
    audited = pq.read_table(folder / "audited").to_pylist()
    due = Counter((*places[one["filing"]], one["code"], one["severity"]) for one in audited)
    found: Counter[tuple[object, ...]] = Counter()
    for one in pq.read_table(kept).to_pylist():
        found[one["year"], one["province"], one["code"], one["severity"]] += one["findings"]
    assert found == due
    before = _counts(folder)
    (other := tmp_path / "kept.parquet").write_bytes(kept.read_bytes())
    kept.unlink()  # as in a lake that an older version has audited
    assert _counts(folder) == before
    kept.write_bytes(other.read_bytes())
    _interrupted(folder, monkeypatch)
    assert _counts(folder) is None
    audit_lake(folder, MEANS)
    assert _counts(folder) == before


def _interrupted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an audit end in its second stretch."""

    def write(connection: duck.Connection, sql: str, path: Path) -> None:
        if path.parent.is_dir() and list(path.parent.iterdir()):
            raise KeyboardInterrupt
        real(connection, sql, path)

    real = duck.write
    with monkeypatch.context() as patch:
        patch.setattr(duck, "write", write)
        with pytest.raises(KeyboardInterrupt):
            audit_lake(folder, MEANS)


def test_a_folder_that_is_no_lake_is_not_audited(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="不是"):
        audit_lake(tmp_path / "none", MEANS)
