"""`jixiao statistics`: shown, as data, and written into a folder with its charts."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.command import Jixiao
from tests.examples import FOLDER

MEASURE = ("statistics", FOLDER, "--jobs", "1")


def test_the_front_is_shown_and_says_that_leads_prove_nothing(jixiao: Jixiao) -> None:
    told = jixiao(*MEASURE)
    assert told.status == 0
    for word in ("自评材料统计线索", "虚高", "目标偏低", "数字检验", "雷同", "偏离本身不能证明任何问题"):
        assert word in told.out
    assert "加 -o 文件夹" in told.err
    assert jixiao(*MEASURE).out == told.out


def test_the_data_holds_numbers_grounds_and_filings_and_no_float(jixiao: Jixiao) -> None:
    told = jixiao(*MEASURE, "--format", "json")
    data = json.loads(told.out, parse_float=lambda number: pytest.fail(f"{number} is a float"))
    assert data["by"] == "unit"
    for name in ("inflation", "lowness", "heaping", "copies"):
        assert set(data[name]["grounds"]) == {"method", "assumptions", "limits"}
    (full, *_) = data["inflation"]["comparisons"]
    assert full["measure"]["name"] == "full_marks"
    assert full["standings"][0]["behind"][0]["subject"]["file"]


def test_a_folder_gets_reports_data_and_charts(jixiao: Jixiao, tmp_path: Path) -> None:
    out = tmp_path / "统计"
    told = jixiao(*MEASURE, "-o", out, "--by", "department")
    assert told.status == 0
    assert "张图" in told.err
    assert {one.name for one in out.iterdir()} == {
        *(f"统计线索.{s}" for s in ("xlsx", "docx", "pdf", "html", "json")),
        "图",
    }
    names = load_workbook(out / "统计线索.xlsx").sheetnames
    assert names == ["自评材料统计线索", "虚高", "目标偏低", "数字检验", "雷同"]
    drawn = sorted(one.name for one in (out / "图").iterdir())
    assert drawn
    assert {Path(name).stem for name in drawn if name.endswith(".png")} == {
        Path(name).stem for name in drawn if name.endswith(".html")
    }
    before = {one: one.read_bytes() for one in out.rglob("*") if one.is_file() and one.suffix != ".json"}
    assert jixiao(*MEASURE, "-o", out, "--by", "department").status == 2
    assert jixiao(*MEASURE, "-o", out, "--by", "department", "--force").status == 0
    assert all(one.read_bytes() == data for one, data in before.items())


@pytest.mark.parametrize(
    ("words", "says"),
    [(("--by", "village"), "不能按“village”分组"), (("-o", FOLDER / "村道养护自评表.txt"), "建不了文件夹")],
)
def test_what_cannot_be_done_is_said(jixiao: Jixiao, words: tuple[object, ...], says: str) -> None:
    told = jixiao(*MEASURE, *words)
    assert told.status == 2
    assert says in told.err
