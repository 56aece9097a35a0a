"""`jixiao write`: papers of files as official papers, each in its own file or all in one."""

import errno
import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest
from openpyxl import load_workbook

from jixiao import api
from jixiao.cli import writing
from jixiao.cli.laying_out import Wanted
from jixiao.formats.pdf import typefaces
from jixiao.layout import Layout
from jixiao.model.claims import ProjectList
from tests.command import Jixiao
from tests.examples import FOLDER


@pytest.fixture
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with three papers, two of them of one project."""
    folder = tmp_path_factory.mktemp("材料")
    for name, source in (("一", "卫生院设备自评表"), ("二", "村道养护自评表"), ("三", "村道养护自评表")):
        (folder / f"{name}.txt").write_bytes((FOLDER / f"{source}.txt").read_bytes())
    return folder


def records(path: Path) -> list[object]:
    return [reading.record for reading in api.read_file(path, name=path.name)]


@pytest.mark.parametrize("name", ["自评表.xlsx", "自评表.docx", "自评表.txt"])
def test_a_paper_written_is_the_paper_read(name: str, tmp_path: Path, right: Path, jixiao: Jixiao) -> None:
    told = jixiao("write", right, "--paper", "自评表", "-o", tmp_path / name)
    assert (told.status, told.out) == (0, "")
    assert told.err == f"已写入 {(tmp_path / name).as_posix()}：1 份。\n"
    assert records(tmp_path / name) == records(right)


@pytest.mark.parametrize("paper", ["selfeval_table", "自评表", "绩效自评表"])
def test_a_paper_is_named_by_its_kind_or_in_chinese(
    paper: str, tmp_path: Path, right: Path, jixiao: Jixiao
) -> None:
    assert jixiao("write", right, "--paper", paper, "--to", "text", "-o", tmp_path / "表").status == 0


def test_the_same_papers_give_the_same_bytes(tmp_path: Path, right: Path, jixiao: Jixiao) -> None:
    for name in ("一.xlsx", "二.xlsx"):
        jixiao("write", right, "--paper", "自评表", "-o", tmp_path / name)
    assert (tmp_path / "一.xlsx").read_bytes() == (tmp_path / "二.xlsx").read_bytes()


def test_a_record_is_written_as_the_paper_that_it_was_read_from(
    tmp_path: Path, right: Path, jixiao: Jixiao
) -> None:
    (tmp_path / "记录.json").write_text(jixiao("read", right, "--format", "json").out, "utf-8")
    told = jixiao("write", tmp_path / "记录.json", "--paper", "自评表", "-o", tmp_path / "表.xlsx")
    assert told.status == 0
    assert records(tmp_path / "表.xlsx") == records(right)


def test_several_papers_are_one_file_in_order_a_sheet_each(
    tmp_path: Path, three: Path, jixiao: Jixiao
) -> None:
    path = tmp_path / "全部.xlsx"
    assert jixiao("write", three, "--paper", "自评表", "-o", path).status == 0
    titles = load_workbook(path).sheetnames
    assert len(titles) == len(set(titles)) == 3
    assert [title[:4] for title in titles] == ["乡镇卫生", "村道日常", "村道日常"]


def test_a_form_may_be_named_and_else_the_rule_book_s_or_the_paper_s_own_is_taken(
    tmp_path: Path, right: Path, jixiao: Jixiao
) -> None:
    for name, *more in (("a.txt", "--form", "f-gs"), ("b.txt", "--scheme", "gansu-ningxian"), ("c.txt",)):
        assert jixiao("write", right, "--paper", "自评表", "-o", tmp_path / name, *more).status == 0
    a, b, c = ((tmp_path / name).read_text("utf-8") for name in ("a.txt", "b.txt", "c.txt"))
    assert a == b != c
    assert c == api.render(records(right)[0], paper="selfeval_table", format="text").decode()  # type: ignore[arg-type]


# ---------------------------------------------------------------- many at once


def test_a_folder_gets_a_file_for_each_filing_named_after_project_and_year(
    tmp_path: Path, three: Path, jixiao: Jixiao
) -> None:
    out = tmp_path / "新的" / "表"
    told = jixiao("write", three, "--paper", "自评表", "--to", "docx", "-o", f"{out}/")
    assert (told.status, told.lines) == (0, [f"已写入 {out.as_posix()}：3 份。"])
    assert sorted(path.name for path in out.iterdir()) == [
        "乡镇卫生院设备更新（2024年度）.docx",
        "村道日常养护补助（2024年度）.docx",
        "村道日常养护补助（2024年度）（2）.docx",
    ]
    assert records(out / "村道日常养护补助（2024年度）.docx") == records(FOLDER / "村道养护自评表.txt")


@pytest.mark.slow
def test_a_zip_is_an_input_and_more_processes_write_the_same_names(
    tmp_path: Path, three: Path, jixiao: Jixiao
) -> None:
    with zipfile.ZipFile(tmp_path / "材料.zip", "w") as packed:
        for path in sorted(three.iterdir()):
            packed.write(path, path.name)
    for jobs, out in (("1", "一/"), ("2", "二/")):
        words = ("--paper", "自评表", "--to", "text", "--jobs", jobs, "-o", f"{tmp_path}/{out}")
        assert jixiao("write", tmp_path / "材料.zip", *words).status == 0
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / out).iterdir()} for out in ("一", "二"))
    assert len(one) == 3
    assert one == two


def test_what_was_written_here_before_is_no_input(tmp_path: Path, right: Path, jixiao: Jixiao) -> None:
    (tmp_path / "甲.txt").write_bytes(right.read_bytes())
    for _ in range(2):
        jixiao("write", tmp_path, "--paper", "自评表", "--to", "text", "-o", f"{tmp_path}/out/", "--force")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["村道日常养护补助（2024年度）.txt"]
    (tmp_path / "out").rename(tmp_path.with_name("elsewhere"))
    for _ in range(2):
        told = jixiao("write", tmp_path, "--paper", "自评表", "-o", tmp_path / "全部.txt", "--force")
        assert told.lines[-1].endswith("全部.txt：1 份。")


def test_an_interruption_leaves_whole_files_and_says_how_many(
    tmp_path: Path, three: Path, jixiao: Jixiao, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = writing.outlet.put
    count = iter(range(9))

    def stopped(path: Path, pieces: list[bytes], *, force: bool) -> None:
        if next(count) == 2:
            raise KeyboardInterrupt
        put(path, pieces, force=force)

    monkeypatch.setattr(writing.outlet, "put", stopped)
    told = jixiao("write", three, "--paper", "自评表", "--to", "text", "-o", f"{tmp_path}/out/")
    assert told.status == 130
    assert len(list((tmp_path / "out").iterdir())) == 2
    assert told.lines[-1] == "已中断：3 个文件处理了 2 个，写出的每一份都是完整的。"


def test_an_interruption_leaves_no_half_of_a_bound_file(
    tmp_path: Path, three: Path, jixiao: Jixiao, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(layouts: Iterator[Layout], _: str, out: BinaryIO) -> None:
        next(layouts)
        out.write(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr(api, "bind_into", stopped)
    told = jixiao("write", three, "--paper", "自评表", "-o", tmp_path / "全部.txt")
    assert (told.status, told.lines) == (130, ["已中断，没有写出结果。"])
    assert not list(tmp_path.iterdir())


# ---------------------------------------------------------------- bad input


def test_a_paper_that_is_not_in_the_file_is_answered_with_what_is(tmp_path: Path, jixiao: Jixiao) -> None:
    report = tmp_path / "报告.txt"
    report.write_text(
        (FOLDER / "供水巡检自评报告.txt").read_text("utf-8").partition("#### ")[0][:600], "utf-8"
    )
    told = jixiao("write", report, "--paper", "自评表", "-o", tmp_path / "表.txt")
    assert told.status == 2
    assert told.lines == [
        f"“{report.as_posix()}”里没有自评表，有的是：自评报告 1 份；请换一个 --paper，或核对文件。"
    ]
    assert not (tmp_path / "表.txt").exists()
    told = jixiao("write", report, report, "--paper", "自评表", "--to", "text", "-o", f"{tmp_path}/out/")
    assert told.status == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--paper", "发票", "-o", "a.xlsx"], "selfeval_table（自评表）、"),
        (
            ["--paper", "自评表", "-o", "a.doc"],
            "不能写成 .doc 文件；请用 --to 写明，可用的有：text、xlsx、docx",
        ),
        (["--paper", "自评表", "-o", "a"], "a 没有说明写成什么格式；请用 --to 写明"),
        (["--paper", "自评表", "--to", "wps", "-o", "a.wps"], "没有名为“wps”的输出格式"),
        (["--paper", "自评表", "--to", "docx", "-o", "a.xlsx"], "--to docx 与文件名的后缀 .xlsx 不一致"),
        (["--paper", "自评表", "-o", "没有/a.xlsx"], "所在的文件夹不存在"),
        (["--paper", "自评表", "--form", "F-0", "-o", "a.xlsx"], "没有名为“F-0”的表样"),
        (["--paper", "自评表", "--scheme", "月球", "-o", "a.xlsx"], "月球"),
        (["--paper", "问题清单", "--to", "xlsx", "-o", "."], "问题清单是一份文件"),
    ],
)
def test_what_cannot_be_is_one_sentence(
    words: list[str], said: str, tmp_path: Path, right: Path, jixiao: Jixiao, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = jixiao("write", right, *words)
    assert (told.status, told.out, len(told.lines)) == (2, "", 1)
    assert said in told.err
    assert told.err.endswith("。\n")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("out", ["表.txt", "folder/"])
def test_a_full_disk_is_one_sentence_and_leaves_nothing(
    out: str, tmp_path: Path, right: Path, jixiao: Jixiao, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    told = jixiao("write", right, "--paper", "自评表", "--to", "text", "-o", f"{tmp_path}/{out}")
    assert (told.status, len(told.lines)) == (2, 1)
    assert "磁盘已满" in told.err
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize("out", ["表.pdf", "folder/"])
def test_a_missing_font_is_one_sentence_and_leaves_nothing(
    out: str, tmp_path: Path, right: Path, jixiao: Jixiao, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typefaces, "FOLDER", tmp_path / "none")
    monkeypatch.setattr(typefaces, "SERIFS", ())
    monkeypatch.setattr(typefaces, "SANSES", ())
    typefaces.typefaces.cache_clear()
    told = jixiao("write", right, "--paper", "自评表", "--to", "pdf", "-o", f"{tmp_path}/{out}")
    typefaces.typefaces.cache_clear()
    assert (told.status, len(told.lines)) == (2, 1)
    assert "中文字体没有找到" in told.err
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_files_that_are_there_stay_and_the_others_are_written(
    tmp_path: Path, three: Path, jixiao: Jixiao
) -> None:
    there = tmp_path / "村道日常养护补助（2024年度）.txt"
    there.write_bytes(b"old")
    words = ("write", three, "--paper", "自评表", "--to", "text", "-o", tmp_path)
    told = jixiao(*words)
    assert told.status == 2
    assert f"{there.as_posix()} 已经存在，没有覆盖" in told.err
    assert there.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 3
    assert jixiao(*words, "--force").status == 0
    assert there.read_bytes() != b"old"


def test_a_paper_that_cannot_be_laid_out_is_a_sentence_and_the_others_are_written(
    tmp_path: Path, three: Path, jixiao: Jixiao, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_out = api.lay_out

    def poor(record: object, paper: str, form: str | None) -> Layout:
        if "卫生院" in str(record):
            raise ZeroDivisionError
        return lay_out(record, paper, form)  # type: ignore[arg-type]

    monkeypatch.setattr(api, "lay_out", poor)
    told = jixiao("write", three, "--paper", "自评表", "--to", "text", "-o", tmp_path)
    assert told.status == 2
    assert sum("这是程序的问题" in line for line in told.lines) == 1
    assert len(list(tmp_path.iterdir())) == 2


def test_cells_that_could_be_read_in_two_ways_are_named(tmp_path: Path, right: Path, jixiao: Jixiao) -> None:
    papers = jixiao("read", right, "--format", "json").json
    paper = papers["papers"][0]
    places = {"place": {"row": 12}, "why": "数字看不清"}
    paper["doubts"] = [
        {**places, "reading": "17", "alternative": "11", "where": "indicators.0.actual"},
        {**places, "reading": None, "alternative": "9.7", "where": "total_printed"},
    ]
    (tmp_path / "记录.json").write_text(json.dumps(papers), "utf-8")
    told = jixiao("write", tmp_path / "记录.json", "--paper", "自评表", "-o", tmp_path / "表.txt")
    assert told.status == 0
    assert len(told.lines) == 2
    assert "第 12 行 数量指标“" in told.lines[0]
    assert "实际完成值：数字看不清，按“17”写出，也可能是“11”" in told.lines[0]
    assert "总分：数字看不清，空着，也可能是“9.7”" in told.lines[0]
    assert told.lines[0].endswith("请照原件核对。")


def test_what_the_form_has_no_cell_for_is_named(tmp_path: Path, jixiao: Jixiao) -> None:
    paper = FOLDER / "供水巡检自评报告.txt"
    told = jixiao("write", paper, "--paper", "自评表", "-o", tmp_path / "表.txt")
    assert told.status == 0
    assert told.lines[0].endswith("表样没有格子，没有写进去的有等级。")
    assert len(told.lines) == 2, "and what was left out is not called doubtful as well"


def test_of_many_notes_the_first_are_told_and_the_others_counted(
    tmp_path: Path, three: Path, jixiao: Jixiao, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("甲", "乙"):
        (three / f"{name}.txt").write_bytes((FOLDER / "供水巡检自评报告.txt").read_bytes())
    monkeypatch.setattr(writing, "_NOTES", 1)
    told = jixiao("write", three, "--paper", "自评表", "-o", tmp_path / "表.txt")
    assert sum("没有写进去" in line for line in told.lines) == 1
    assert told.lines[1].startswith("这样的说明还有 1 句，没有列出")


def test_the_list_of_findings_is_written_too(tmp_path: Path, wrong: Path, jixiao: Jixiao) -> None:
    assert jixiao("write", wrong, "--paper", "问题清单", "-o", tmp_path / "清单.docx").status == 0
    assert jixiao("write", wrong, "--paper", "findings_list", "-o", tmp_path / "清单.xlsx").status == 0
    assert jixiao("check", wrong, "-o", tmp_path / "同.xlsx").status == 1
    assert (tmp_path / "清单.xlsx").read_bytes() == (tmp_path / "同.xlsx").read_bytes()


@pytest.mark.parametrize("paper", ["汇总表", "summary_table"])
def test_the_summary_has_a_line_for_each_table_and_their_sums(
    paper: str, tmp_path: Path, three: Path, jixiao: Jixiao
) -> None:
    assert jixiao("write", three, "--paper", paper, "-o", tmp_path / "汇总表.xlsx").status == 0
    (summary,) = records(tmp_path / "汇总表.xlsx")
    assert isinstance(summary, ProjectList)
    assert [one.name for one in summary.projects] == ["乡镇卫生院设备更新", *["村道日常养护补助"] * 2]
    budgets = [one.budget.value for one in summary.projects if one.budget is not None]
    assert summary.total is not None
    assert summary.total.budget is not None
    assert summary.total.budget.value == sum(budgets)
    assert len(budgets) == 3


def test_a_summary_of_no_tables_is_refused_with_what_there_is(tmp_path: Path, jixiao: Jixiao) -> None:
    (tmp_path / "报告.txt").write_text("青禾县水利局项目绩效自评报告\n一、基本情况\n项目已完成。\n", "utf-8")
    told = jixiao("write", tmp_path / "报告.txt", "--paper", "汇总表", "-o", tmp_path / "汇总表.xlsx")
    assert told.status == 2
    assert "这里没有自评表，有的是：" in told.lines[-1]
    assert not (tmp_path / "汇总表.xlsx").exists()


def test_where_nothing_is_asked_for_by_name_the_suffix_says_the_format() -> None:
    assert writing.format_of("表.XLSX", None) == "xlsx"
    assert writing.format_of("表.md", None) == "text"
    assert writing.format_of("表", "text") == "text"
    assert Wanted("selfeval_table", "text").form is None
