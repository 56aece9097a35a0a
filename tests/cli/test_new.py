"""`jixiao new`: a form to be filled in, from nothing or from last year's paper."""

from pathlib import Path

import openpyxl
import pytest

from tests.command import Jixiao

LAST = """项目支出绩效自评表
（2024年度）

项目名称\t农村道路硬化\t\t\t\t\t\t
实施单位\t青禾县交通运输局\t\t\t\t\t\t
一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施
产出指标\t数量指标\t硬化里程\t≥20公里\t21公里\t50\t50\t
效益指标\t社会效益指标\t改善出行\t明显改善\t明显改善\t30\t30\t
满意度指标\t服务对象满意度指标\t群众满意度\t≥90%\t85%\t10\t9.44\t雨季施工影响出行
总分\t\t\t\t\t90\t89.44\t
"""


def texts(path: Path) -> set[str]:
    sheet = openpyxl.load_workbook(path)["自评表"]
    return {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None}


def test_a_form_is_written_for_a_rule_book(jixiao: Jixiao, tmp_path: Path) -> None:
    out = tmp_path / "自评表.xlsx"
    said = jixiao(
        "new", "--scheme", "national-2020", "--project", "农村道路硬化", "--year", "2025", "-o", out
    )
    assert said.status == 0
    assert "按 national-2020 口径计分" in said.err
    assert {"农村道路硬化", "（2025年度）", "符号", "数值", "计量单位"} <= texts(out)


def test_last_years_names_and_targets_are_taken_over_for_the_next_year(
    jixiao: Jixiao, tmp_path: Path
) -> None:
    last, out = tmp_path / "去年.txt", tmp_path / "自评表.xlsx"
    last.write_text(LAST, encoding="utf-8")
    said = jixiao("new", "--from", last, "--unit", "青禾县公路中心", "-o", out)
    assert said.status == 0
    assert "照搬了 3 个指标" in said.err
    assert {"（2025年度）", "青禾县公路中心", "硬化里程", "明显改善", "群众满意度"} <= texts(out)
    assert not {"21公里", "21", "雨季施工影响出行", "9.44"} & texts(out)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--year", "2025"), "请用 --scheme 写明评分口径"),
        (("--scheme", "national-2020"), "请用 --year 写明年度"),
        (("--scheme", "no-such", "--year", "2025"), "no-such"),
        (("--scheme", "guangdong-zhanjiang", "--year", "2025"), "不是给自评表计分的"),
        (("--scheme", "national-2020", "--year", "2025", "--form", "F-NONE"), "没有名为“F-NONE”的表样"),
    ],
)
def test_what_is_missing_is_said_and_nothing_written(
    jixiao: Jixiao, tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    out = tmp_path / "自评表.xlsx"
    said = jixiao("new", *words, "-o", out)
    assert said.status == 2
    assert says in said.err
    assert list(tmp_path.iterdir()) == []


def test_a_form_is_a_workbook_and_never_replaces_a_file(jixiao: Jixiao, tmp_path: Path) -> None:
    assert (
        "以 .xlsx 结尾"
        in jixiao("new", "--scheme", "national-2020", "--year", "2025", "-o", tmp_path / "表.docx").err
    )
    out = tmp_path / "自评表.xlsx"
    out.write_bytes(b"mine")
    assert "已经存在" in jixiao("new", "--scheme", "national-2020", "--year", "2025", "-o", out).err
    assert out.read_bytes() == b"mine"


def test_a_file_without_a_table_has_nothing_to_take_over(jixiao: Jixiao, tmp_path: Path) -> None:
    last = tmp_path / "通知.txt"
    last.write_text("关于开展绩效自评工作的通知\n各单位：请按时报送。\n", encoding="utf-8")
    said = jixiao("new", "--from", last, "-o", tmp_path / "自评表.xlsx")
    assert said.status == 2
    assert "没有自评表" in said.err
