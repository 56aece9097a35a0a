"""`check --fix`: the record with the safe fixes, the cells that changed, and refusals; the paper itself stays."""

import json
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.command import Jixiao
from tests.examples import FOLDER

OTHER = FOLDER / "供水巡检自评报告.docx"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "改好.json"


def test_the_record_holds_the_fixes_and_the_paper_stays(wrong: Path, out: Path, jixiao: Jixiao) -> None:
    before = wrong.read_bytes()
    told = jixiao("check", wrong, "--fix", "-o", out)
    assert told.status == 1
    record = json.loads(out.read_text("utf-8"))["papers"][0]["record"]
    assert record["execution"] == {"points": "10", "rate_printed": "90.00%", "score_printed": "9.00"}
    assert record["indicators"][1]["score_printed"] == "8"
    assert wrong.read_bytes() == before


def test_every_change_is_shown_with_its_place_its_rule_and_why(
    wrong: Path, out: Path, jixiao: Jixiao
) -> None:
    told = jixiao("check", wrong, "--fix", "-o", out)
    for line in ("10 → 8", "SC01", "没有达到指标值却得满分", "95.00% → 90.00%", "9.50 → 9.00", "第 16 行"):
        assert line in told.out
    assert "改动 3 处；还有 2 个错误要由单位核对。再查一遍：jixiao check" in told.out
    assert out.as_posix() in told.out.replace("\n", "")


def test_a_check_of_the_record_finds_none_of_it_again(wrong: Path, out: Path, jixiao: Jixiao) -> None:
    before = jixiao("check", wrong, "--format", "json").json
    jixiao("check", wrong, "--fix", "-o", out)
    after = jixiao("check", out, "--format", "json").json
    kinds = [{(f["rule"], f["severity"]) for f in answer["findings"]} for answer in (before, after)]
    assert kinds[0] - kinds[1] >= {("SC01", "error"), ("AR05", "error")}
    assert {kind for kind in kinds[1] - kinds[0] if kind[1] == "error"} == set()
    assert {f["file"] for f in after["findings"]} == {out.as_posix()}


def test_a_record_is_read_and_scored_like_the_paper(right: Path, out: Path, jixiao: Jixiao) -> None:
    assert jixiao("check", right, OTHER, "--fix", "-o", out).status == 0
    paper = jixiao("score", right, "--format", "json").json["papers"][0]
    again = jixiao("score", out, "--format", "json").json["papers"][0]
    assert {**paper, "file": ""} == {**again, "file": ""}
    assert len(jixiao("read", out, "--format", "json").json["papers"]) == 3


def test_nothing_to_fix_is_said_and_the_record_is_written_all_the_same(
    right: Path, out: Path, jixiao: Jixiao
) -> None:
    told = jixiao("check", right, "--fix", "-o", out)
    assert told.status == 0
    assert told.out.startswith("没有可以自动修改的内容；没有剩下的错误。")
    assert out.exists()


def test_only_the_selected_rules_are_fixed(wrong: Path, out: Path, jixiao: Jixiao) -> None:
    told = jixiao("check", wrong, "--select", "SC", "--fix", "-o", out)
    assert "改动 1 处" in told.out


def test_a_file_that_is_there_is_not_replaced_without_force(wrong: Path, out: Path, jixiao: Jixiao) -> None:
    out.write_text("自己的")
    told = jixiao("check", wrong, "--fix", "-o", out)
    assert (told.status, told.out) == (2, "")
    assert "已经存在" in told.err
    assert out.read_text() == "自己的"
    assert jixiao("check", wrong, "--fix", "-o", out, "--force").status == 1


@pytest.mark.parametrize(
    ("more", "says"),
    [((), "请加 -o"), (("-o", "a.xlsx"), "-o 改好.json"), (("-o", "a", "--format", "html"), "记录")],
)
def test_fix_without_a_place_for_the_record_is_refused(
    more: tuple[str, ...], says: str, wrong: Path, jixiao: Jixiao
) -> None:
    told = jixiao("check", wrong, "--fix", *more)
    assert told.status == 2
    assert says in told.err


@pytest.mark.parametrize(
    "text", ['{"jixiao": "1", "papers": [', '{"jixiao": "1"}', '{"jixiao": "1", "papers": [{}]}']
)
def test_a_broken_record_is_refused_by_its_name(text: str, tmp_path: Path, jixiao: Jixiao) -> None:
    path = tmp_path / "坏的.json"
    path.write_text(text)
    told = jixiao("check", path)
    assert told.status == 2
    assert "坏的.json" in told.err
    assert "记录" in told.err


def test_the_fewest_changes_close_the_check_of_one_paper(wrong: Path, right: Path, jixiao: Jixiao) -> None:
    told = jixiao("check", wrong).out.replace("\n", "")
    assert "最少的改动" in told
    assert "请核对原始资料选一种：①" in told
    assert "最少的改动" not in jixiao("check", right).out


def test_the_fewest_changes_take_three_lines_and_all_on_demand(
    wrong: Path, jixiao: Jixiao, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    brief, whole = (jixiao("check", wrong, *more).out.split("最少的改动")[1] for more in ((), ("--all",)))
    lines = brief.split("重算依据")[0].strip().splitlines()
    assert len(lines) == 3
    assert lines[-1].endswith("…（jixiao check --all 列出）")
    assert all(cell_len(line) <= 60 for line in lines)
    assert len(whole.split("重算依据")[0].strip().splitlines()) > 3
    assert "③" in whole


def test_the_fewest_changes_stand_on_the_page(wrong: Path, right: Path, jixiao: Jixiao) -> None:
    assert "最少的改动：5 处：" in jixiao("check", wrong, "--format", "html").out
    assert "最少的改动" not in jixiao("check", right, "--format", "html").out


def test_a_better_book_is_named_below_the_scores(tmp_path: Path, jixiao: Jixiao) -> None:
    text = (FOLDER / "村道养护自评表.txt").read_text("utf-8")
    path = tmp_path / "表.txt"
    path.write_text(text.replace("9.70", "7.00"), "utf-8")
    told = jixiao("score", path).out.replace("\n", "")
    assert "自评分" in told
    assert "national-2021" in told
    assert "national-2021" not in jixiao("score", FOLDER / "村道养护自评表.txt").out


def test_wording_is_put_right_and_shown_word_by_word(
    right: Path, tmp_path: Path, out: Path, jixiao: Jixiao
) -> None:
    path = tmp_path / "自评表.txt"
    path.write_text(right.read_text("utf-8").replace("≥", ">=", 1), "utf-8")
    told = jixiao("check", path, "--fix", "-o", out)
    assert ">= → ≥" in told.out
    assert "TV02" in told.out
    assert json.loads(out.read_text("utf-8"))["papers"][0]["record"]["indicators"][0]["target"].startswith(
        "≥"
    )
    again = jixiao("check", out, "--format", "json").json
    assert "TV02" not in {f["rule"] for f in again["findings"] if "swaps" in (f["fix"] or {})}
