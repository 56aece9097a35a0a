"""A lake of made-up filings: the same for the same seed, scored as `score` scores, summed, rescored."""

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from jixiao.batch import duck, lake, nation, parts
from jixiao.batch.audit_lake import audit_lake
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


def test_a_folder_that_is_no_lake_is_not_audited(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="不是"):
        audit_lake(tmp_path / "none", MEANS)
