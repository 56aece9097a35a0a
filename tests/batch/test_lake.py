"""A lake of made-up filings: the same for the same seed, scored as `score` scores, summed, rescored."""

import json
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from jixiao.batch import lake
from jixiao.batch.audit_lake import audit_lake
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
    monkeypatch.setattr(lake, "PART", 40)
    monkeypatch.setattr(lake, "STRETCH", 40)
    monkeypatch.setattr(lake, "_EACH", 3)


def test_the_same_seed_makes_the_same_lake_in_parts_and_another_seed_another(tmp_path: Path) -> None:
    told = [
        lake.synthesize(tmp_path / name, 100, seed, MEANS) for name, seed in (("a", 7), ("b", 7), ("c", 8))
    ]
    first, again, other = (pq.read_table(tmp_path / name / "indicators") for name in "abc")
    assert {path.stem for path in (tmp_path / "a" / "indicators").rglob("*.parquet")} == {
        "part-00000",
        "part-00001",
        "part-00002",
    }
    assert first.num_rows == told[0] > 500
    assert first.equals(again)
    assert not first.equals(other)


def test_a_made_up_lake_has_the_lines_of_its_fund_blocks_at_the_amounts_of_its_filings(
    tmp_path: Path,
) -> None:
    lake.synthesize(tmp_path / "lake", 100, 7, MEANS)
    totals = {
        row["filing"]: row
        for row in pq.read_table(tmp_path / "lake" / "funds").to_pylist()
        if not row["source"]
    }
    for row in pq.read_table(tmp_path / "lake" / "filings").to_pylist():
        total = totals[row["filing"]]
        assert (row["annual"], row["executed_half"]) == (total["annual"], total["executed_half"])


def test_a_made_up_table_prints_what_its_rule_book_gives_but_for_some_faults() -> None:
    tables = pool(all_schemes(), 7, 20)
    sheets = [score(table, load_scheme(scheme)) for scheme, table in tables]
    agree = [row.agrees for sheet in sheets for row in sheet.indicators if row.agrees is not None]
    assert 0.93 < sum(agree) / len(agree) < 0.999


@pytest.mark.slow
def test_a_lake_is_scored_summed_and_rescored_to_the_numbers_of_score(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    folder = tmp_path / "lake"
    assert main(["batch", "synthesize", "--filings", "100", "--seed", "7", "-o", str(folder)]) == 0
    assert main(["batch", "score", str(folder), "--memory", "1GB", "--spill", str(tmp_path / "spill")]) == 0
    tables = pool(all_schemes(), 7, 3)
    sheets = pq.read_table(folder / "sheets").to_pylist()
    filings = {row["filing"]: row for row in pq.read_table(folder / "filings").to_pylist()}
    assert len(sheets) == 100
    totals = [(scheme, score(table, load_scheme(scheme)).total.score) for scheme, table in tables]
    due = {(scheme, None if total is None else int(total * SCALE)) for scheme, total in totals}
    assert {(sheet["scheme"], sheet["score"]) for sheet in sheets} <= due
    capsysbinary.readouterr()
    assert main(["batch", "rollup", str(folder), "--format", "json"]) == 0
    whole = json.loads(capsysbinary.readouterr().out)["rollup"][0]
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
    _an_edited_book_by_region(folder, tmp_path / "本县.toml", capsysbinary)


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
        lake.synthesize(tmp_path, 1, 1, MEANS)
    with pytest.raises(UnreadableError, match="不是"):
        lake.score_lake(tmp_path / "none", MEANS)
    with pytest.raises(UnreadableError, match="还没有计分"):
        lake.roll_up(tmp_path, MEANS)


def test_a_lake_is_audited_to_the_findings_of_audit_and_counted(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    folder = tmp_path / "lake"
    lake.synthesize(folder, 100, 7, MEANS)
    assert main(["batch", "audit", str(folder), "--format", "json"]) == 0
    counts = json.loads(capsysbinary.readouterr().out)["audit"]
    audited = pq.read_table(folder / "audited").to_pylist()
    found = Counter((row["code"], row["severity"]) for row in audited)
    assert {(one["code"], one["severity"]): int(one["findings"]) for one in counts} == found
    wanted = [told(table, load_scheme(scheme)) for scheme, table in pool(all_schemes(), 7, 3)]
    assert found.keys() <= {(code, severity) for one in wanted for code, _, severity in one}
    by_filing: dict[int, Said] = {}
    for row in audited:
        by_filing.setdefault(row["filing"], Said())[row["code"], row["row"], row["severity"]] += 1
    assert all(one in wanted for one in by_filing.values())


def test_a_folder_that_is_no_lake_is_not_audited(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="不是"):
        audit_lake(tmp_path / "none", MEANS)
