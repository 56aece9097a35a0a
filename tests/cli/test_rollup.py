"""`jixiao rollup`: many papers put together, on the screen, as data and as an official page."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.command import Jixiao
from tests.examples import FOLDER


def test_the_examples_are_put_together_on_the_screen(jixiao: Jixiao) -> None:
    told = jixiao("rollup", FOLDER, "--jobs", "1", "--by", "all")
    assert told.status == 0
    for word in ("项目支出绩效自评汇总表", "一、总体情况", "平均分有两种", "重算 优"):
        assert word in told.out


def test_the_data_has_exact_figures_and_names_each_mean(jixiao: Jixiao) -> None:
    (one,) = jixiao("rollup", FOLDER, "--jobs", "1", "--by", "all", "--format", "json").json["rollups"]
    assert (one["by"], one["name"]) == ("all", None)
    assert one["projects"] >= 2
    annual = one["funds"]["total"]["annual"]
    assert (annual["unit"], set(annual)) == ("万元", {"sum", "unit", "silent"})
    over, under = one["rate"].split("/")
    assert 0 < int(over) <= int(under)
    assert set(one["computed"]) == {"simple", "counted", "weighted_by_annual_budget", "weighed"}
    assert sum(band["count"] for band in one["bands"]) <= one["projects"]


@pytest.mark.parametrize("suffix", ["xlsx", "docx", "html", "txt"])
def test_a_page_is_written_in_the_format_of_its_suffix(jixiao: Jixiao, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"汇总.{suffix}"
    assert jixiao("rollup", FOLDER, "--jobs", "1", "-o", out).status == 0
    assert out.stat().st_size > 500


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--by", "village"), "不能按“village”分组"),
        (("-o", "汇总.bmp"), "不能写成 .bmp 文件"),
        (("--format", "xml"), "xml"),
    ],
)
def test_what_cannot_be_done_is_said(jixiao: Jixiao, words: tuple[str, ...], says: str) -> None:
    told = jixiao("rollup", FOLDER, "--jobs", "1", *words)
    assert told.status == 2
    assert says in told.err


def test_a_workbook_has_a_sheet_for_each_question_and_a_line_for_each_project(
    jixiao: Jixiao, tmp_path: Path
) -> None:
    out = tmp_path / "汇总.xlsx"
    assert jixiao("rollup", FOLDER, "--jobs", "1", "-o", out).status == 0
    book = load_workbook(out)
    assert book.sheetnames[0] == "总体情况"
    assert book.sheetnames[-2:] == ["审核发现的问题", "项目一览"]
    names = [row[3] for row in book["项目一览"].iter_rows(values_only=True)]
    assert sum("村道" in str(name) for name in names) >= 1
    files = {str(row[-1]) for row in book["项目一览"].iter_rows(min_row=3, values_only=True)}
    assert "村道养护自评表.docx" in files  # without the folder that all of them lie in
    found = [row[3] for row in book["审核发现的问题"].iter_rows(min_row=4, values_only=True) if row[3]]
    assert found
    assert not any(str(title).isascii() for title in found)


def test_groups_are_followed_by_all_of_them_together(jixiao: Jixiao) -> None:
    told = jixiao("rollup", FOLDER, "--jobs", "1", "--by", "unit", "--format", "json").json["rollups"]
    assert [one["by"] for one in told[-2:]] == ["unit", "all"]
    assert told[-1]["projects"] == sum(one["projects"] for one in told[:-1])
    assert sum(part["rows"] for part in told[-1]["reasons"]) >= 1


def test_a_roll_up_is_written_as_data_too(jixiao: Jixiao, tmp_path: Path) -> None:
    out = tmp_path / "汇总.json"
    assert jixiao("rollup", FOLDER, "--jobs", "1", "-o", out).status == 0
    assert (
        json.loads(out.read_text("utf-8")) == jixiao("rollup", FOLDER, "--jobs", "1", "--format", "json").json
    )
