"""`jixiao recheck`: re-checks beside self-evaluations, on the screen, as data and as a workbook."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.command import Jixiao
from tests.papers.test_recheck import EXECUTION, HEADING, ROWS, TOTAL

PIDU = ("--scheme", "chengdu-pidu-recheck", "--jobs", "1")


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "复核"
    folder.mkdir()
    for by, rows, total in (
        ("甲", ROWS, TOTAL),
        ("乙", [*ROWS[:2], *ROWS[3:]], TOTAL.replace("82.5", "66.5")),
    ):
        head = (
            "项目支出绩效自评复核表",
            "（2023年度）",
            "项目名称\t机井与渠道维修\t\t\t实施单位\t青禾县水利局",
        )
        lines = (*head, f"主管部门\t青禾县水利局\t\t\t复核人\t{by}", HEADING, *rows, EXECUTION, total)
        (folder / f"复核表{by}.txt").write_text("\n".join(lines), "utf-8")
    return folder


def test_rows_standards_and_agreement_stand_on_the_screen(
    jixiao: Jixiao, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")  # so wide that no word of it is broken
    told = jixiao("recheck", papers, *PIDU)
    assert told.status == 0
    for word in (
        "复核汇总",
        "逐行对照",
        "复核标准",
        "一致程度",
        "第三段尚未清理",
        "（复核人：甲）",
        "-17.5",
        "Kappa 系数",
    ):
        assert word in told.out


def test_the_data_is_exact(jixiao: Jixiao, papers: Path) -> None:
    told = jixiao("recheck", papers, *PIDU, "--format", "json").json
    one = next(one for one in told["rechecks"] if one["reviewer"] == "甲")
    assert (one["self_total"], one["total"], one["gap"], one["self_grade"], one["grade"]) == (
        "100", "82.5", "-17.5", "优", "良",
    )  # fmt: skip
    short = one["rows"][1]
    assert (short["name"], short["self_score"], short["score"], short["gap"]) == (
        "渠道清淤长度",
        "40",
        "28",
        "-12",
    )
    assert {breach["standard"] for breach in one["breaches"]} == {1, 14}
    assert len(told["standards"]) == 14
    (whole,) = [one for one in told["agreement"] if one["rule"] == "评分"]
    assert (whole["judged"], whole["alike"], whole["kappa"]) == (3, 3, "1/1")
    assert [one["drift"] for one in told["drift"]] != [None, None]


def test_a_workbook_has_a_sheet_for_each_question(jixiao: Jixiao, papers: Path, tmp_path: Path) -> None:
    out = tmp_path / "对照.xlsx"
    assert jixiao("recheck", papers, *PIDU, "-o", out).status == 0
    assert load_workbook(out).sheetnames == ["复核汇总", "逐行对照", "复核标准", "一致程度"]
    again = jixiao("recheck", papers, *PIDU, "-o", out)
    assert again.status == 2
    assert "已经存在" in again.err


def test_a_rule_book_without_standards_is_said(jixiao: Jixiao, papers: Path) -> None:
    told = jixiao("recheck", papers, "--scheme", "national-2020", "--jobs", "1")
    assert told.status == 0
    assert "national-2020 没有写复核标准" in told.err
    assert "复核标准\n" not in told.out


def test_papers_without_a_recheck_are_refused(jixiao: Jixiao) -> None:
    told = jixiao("recheck", "examples/村道养护自评表.txt", "--jobs", "1")
    assert told.status == 2
    assert "没有复核表" in told.err
