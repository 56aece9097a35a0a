"""`jixiao report`: reports drafted from self-evaluation tables, each in a file, or all projects in one."""

from pathlib import Path

import pytest

from jixiao import api
from jixiao.model.reading import Kind
from tests.command import Jixiao
from tests.examples import FOLDER

NAMES = (
    "青禾县卫生健康局2024年度乡镇卫生院设备更新绩效自评报告",
    "青禾县公路养护中心2024年度村道日常养护补助绩效自评报告",
)


def kinds(path: Path) -> list[Kind]:
    return [reading.kind for reading in api.read_file(path, name=path.name)]


@pytest.fixture
def both(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two tables."""
    folder = tmp_path_factory.mktemp("材料")
    for name in ("卫生院设备自评表.txt", "村道养护自评表.txt"):
        (folder / name).write_bytes((FOLDER / name).read_bytes())
    return folder


@pytest.mark.parametrize("name", ["自评报告.docx", "自评报告.txt"])
def test_a_table_becomes_a_report_of_the_kind_and_says_what_is_left(
    name: str, tmp_path: Path, right: Path, jixiao: Jixiao
) -> None:
    told = jixiao("report", right, "-o", tmp_path / name)
    assert (told.status, told.out) == (0, "")
    assert told.lines[0] == f"已写入 {(tmp_path / name).as_posix()}。"
    assert told.lines[1].startswith("按提纲 o-self（通用的项目支出绩效自评报告，提纲未核对原文）起草，待填 ")
    assert told.lines[1].endswith(" 处，都标着【请填写：…】。")
    assert kinds(tmp_path / name) == [Kind.SELFEVAL_REPORT]


@pytest.mark.parametrize(
    ("outline", "kind"),
    [("o-gs", Kind.SELFEVAL_REPORT), ("O-EVAL", Kind.EVALUATION_REPORT), ("o-dept", Kind.DEPARTMENT_REPORT)],
)
def test_the_outline_is_the_one_named(
    outline: str, kind: Kind, tmp_path: Path, right: Path, jixiao: Jixiao
) -> None:
    told = jixiao("report", right, "--outline", outline, "--to", "text", "-o", tmp_path / "报告")
    assert told.status == 0
    assert f"按提纲 {outline.lower()}（" in told.err
    assert kinds(tmp_path / "报告")[0] is kind


def test_the_rule_book_s_region_chooses_it(tmp_path: Path, right: Path, jixiao: Jixiao) -> None:
    told = jixiao("report", right, "--scheme", "gansu-ningxian", "-o", tmp_path / "报告.txt")
    assert "按提纲 o-gs（甘肃省宁县 项目支出绩效自评报告）起草" in told.err


def test_several_tables_become_reports_in_a_folder(both: Path, tmp_path: Path, jixiao: Jixiao) -> None:
    told = jixiao("report", both, "-o", f"{tmp_path}/自评报告/", "--to", "docx")
    assert told.status == 0
    assert sorted(path.name for path in (tmp_path / "自评报告").iterdir()) == sorted(
        f"{name}.docx" for name in NAMES
    )


def test_or_one_report_of_the_department(both: Path, tmp_path: Path, jixiao: Jixiao) -> None:
    told = jixiao("report", both, "--outline", "o-dept", "-o", tmp_path / "部门报告.docx")
    assert told.status == 0
    assert kinds(tmp_path / "部门报告.docx")[0] is Kind.DEPARTMENT_REPORT


def test_several_tables_and_one_file_are_told_apart_from_each_other(
    both: Path, tmp_path: Path, jixiao: Jixiao
) -> None:
    told = jixiao("report", both, "-o", tmp_path / "自评报告.docx")
    assert told.status == 2
    assert "有 2 份自评表：请把 -o 写成文件夹" in told.err
    assert not list(tmp_path.iterdir())


def test_a_department_s_report_is_no_folder(both: Path, tmp_path: Path, jixiao: Jixiao) -> None:
    told = jixiao("report", both, "--outline", "o-dept", "--to", "docx", "-o", f"{tmp_path}/报告/")
    assert told.status == 2
    assert "部门年度绩效自评工作报告是一份文件" in told.err


def test_without_a_table_nothing_is_written(tmp_path: Path, jixiao: Jixiao) -> None:
    paper = tmp_path / "报告.txt"
    paper.write_text(
        "青禾县水利局2024年度渠道清淤绩效自评报告\n一、项目概况\n清淤渠道。\n二、存在问题\n无。\n三、有关建议\n无。",
        "utf-8",
    )
    told = jixiao("report", paper, "-o", tmp_path / "新报告.docx")
    assert told.status == 2
    assert "所给的文件里没有自评表" in told.err
    assert not (tmp_path / "新报告.docx").exists()


def test_a_report_that_is_there_is_kept(tmp_path: Path, right: Path, jixiao: Jixiao) -> None:
    out = tmp_path / "自评报告.txt"
    out.write_text("原来的", "utf-8")
    told = jixiao("report", right, "-o", out)
    assert told.status == 2
    assert "已经存在，没有覆盖" in told.err
    assert out.read_text("utf-8") == "原来的"
    assert jixiao("report", right, "-o", out, "--force").status == 0


def test_one_report_that_is_there_leaves_the_others_alone(both: Path, tmp_path: Path, jixiao: Jixiao) -> None:
    there = tmp_path / f"{NAMES[0]}.txt"
    there.write_text("原来的", "utf-8")
    told = jixiao("report", both, "--to", "text", "-o", tmp_path)
    assert told.status == 2
    assert "已经存在，没有覆盖" in told.err
    assert (tmp_path / f"{NAMES[1]}.txt").exists()
    assert there.read_text("utf-8") == "原来的"


def test_an_unknown_outline_is_told_before_anything_is_read(tmp_path: Path, jixiao: Jixiao) -> None:
    told = jixiao("report", tmp_path / "没有.txt", "--outline", "o-xx", "-o", tmp_path / "报告.docx")
    assert told.status == 2
    assert told.lines == [line for line in told.lines if "没有名为“o-xx”的报告提纲" in line]


def test_the_same_table_gives_the_same_bytes(tmp_path: Path, right: Path, jixiao: Jixiao) -> None:
    for name in ("一.docx", "二.docx"):
        jixiao("report", right, "-o", tmp_path / name)
    assert (tmp_path / "一.docx").read_bytes() == (tmp_path / "二.docx").read_bytes()
