"""What we write is what Word and Excel take without mending it, whatever the page holds."""

import tracemalloc
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao import formats
from jixiao.layout import Cell, Grid, Input, Layout, Line, Role, Wanted
from jixiao.papers.form import list_forms, load_form
from jixiao.papers.pages.selfeval_page import lay_out
from tests import strategies
from tests.formats.docx_rules import docx_faults
from tests.formats.package_rules import with_part
from tests.formats.xlsx_rules import xlsx_faults
from tests.layouts.invention import invent

RULES: dict[str, Callable[[bytes], list[str]]] = {"docx": docx_faults, "xlsx": xlsx_faults}
KINDS = pytest.mark.parametrize("kind", RULES)
INPUT = Input(Wanted.CHOICE, choices=("优", "良"), note="按得分填")
FULL = Layout(
    "自评表",
    (
        Line("自评表", level=0), Line("（2023年度）", role=Role.SUBTITLE), Line("一、概况", level=1), Line("（一）项目", level=2), Line("1.目标", level=3),
        Line("（1）产出", level=4), Line("①数量", level=9), Line("正文\t有\n换行，【请填写：人数】。"),
        Grid((Cell(0, 0, "项目", 1, 2, Role.HEADING), Cell(1, 0, "甲", 2), Cell(1, 1, "1.50", role=Role.NUMBER), Cell(2, 1, "", input=INPUT)), repeated=(1, 2)),
        Grid((Cell(0, 0, "乙", input=INPUT), Cell(1, 0, "2", formula="1+1")), repeated=(0, 1)),
        Line("注：说明", role=Role.NOTE), Line("青禾县水利局", role=Role.SIGNATURE), Line("2024年3月5日", role=Role.SIGNATURE),
    ),
    stamp="甲",
)  # fmt: skip


@KINDS
def test_a_page_with_everything_breaks_no_rule(kind: str) -> None:
    assert RULES[kind](formats.bind([FULL, FULL, Layout("空", ())], kind)) == []


@KINDS
def test_a_page_without_anything_breaks_no_rule(kind: str) -> None:
    assert RULES[kind](formats.bind([], kind)) == []
    assert RULES[kind](formats.write(Layout("空", (Grid(()),)), kind)) == []


@KINDS
@pytest.mark.parametrize("form", list_forms())
def test_every_form_breaks_no_rule(form: str, kind: str) -> None:
    page = lay_out(invent(Random(form), load_form(form)), form)
    assert RULES[kind](formats.write(page, kind)) == []


@pytest.mark.slow
@KINDS
@given(pages=st.lists(strategies.layouts(), min_size=1, max_size=3))
@settings(max_examples=40, deadline=None)
def test_no_page_breaks_a_rule(kind: str, pages: list[Layout]) -> None:
    assert RULES[kind](formats.bind(pages, kind)) == []


@pytest.mark.slow
@given(
    st.lists(
        st.text()
        | st.sampled_from(
            ("甲" * 40, "𠮷" * 20, "History", "'", "a/b", "A/B", "自评表.xlsx", "表 (2)", "表")
        ),
        min_size=1,
        max_size=30,
    )
)
@settings(max_examples=60, deadline=None)
def test_sheets_have_titles_that_excel_takes(names: list[str]) -> None:
    assert xlsx_faults(formats.bind([Layout(name, (Line("甲"),)) for name in names], "xlsx")) == []


@pytest.mark.parametrize(("kind", "path", "old", "new", "says"), [
    ("docx", "word/document.xml", '<w:vAlign w:val="center"/></w:tcPr>', '<w:vAlign w:val="center"/><w:tcW w:w="5"/></w:tcPr>', "tcPr has its children"),
    ("docx", "word/document.xml", 'w:id="2"', 'w:id="1"', "bookmark id 1 stands twice"),
    ("docx", "word/document.xml", "BodyText", "Body", "style Body is not there"),
    ("docx", "word/document.xml", '<w:gridCol w:w="', '<w:gridCol/><w:gridCol w:w="', "columns, its table"),
    ("docx", "word/footer1.xml", "", "", "word/footer1.xml is not there"),
    ("docx", "[Content_Types].xml", "/word/styles.xml", "/word/other.xml", "has no type of its own"),
    ("xlsx", "xl/worksheets/sheet1.xml", "<cols>", "<mergeCells/><cols>", "worksheet has its children"),
    ("xlsx", "xl/worksheets/sheet1.xml", 'ref="A1:B1"', 'ref="A1:B3"', "run into each other"),
    ("xlsx", "xl/worksheets/sheet1.xml", 't="inlineStr"', 't="s"', "has no shared text"),
    ("xlsx", "xl/worksheets/sheet1.xml", 'r="A1" s="', 'r="A1" s="99', "has no style"),
    ("xlsx", "xl/worksheets/sheet1.xml", "优,良", "优" * 300, "list of words is too long"),
    ("xlsx", "xl/workbook.xml", 'name="自评表 (2)"', 'name="自评表"', "sheet 自评表 stands twice"),
    ("xlsx", "xl/workbook.xml", 'name="自评表"', 'name="自/评表"', "no sheet may be called"),
    ("xlsx", "xl/styles.xml", "", "", "is not there"),
])  # fmt: skip
def test_the_rules_see_what_is_broken(kind: str, path: str, old: str, new: str, says: str) -> None:
    data = with_part(formats.bind([FULL, FULL], kind), path, old, new)
    found = RULES[kind](data)
    assert any(says in fault for fault in found)


def taken(kind: str, count: int) -> int:
    """Bytes that are held at most while so many pages are written."""
    tracemalloc.start()
    formats.bind((FULL for _ in range(count)), kind)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


@pytest.mark.slow
@KINDS
def test_memory_does_not_grow_with_the_pages_but_for_the_file_itself(kind: str) -> None:
    taken(kind, 1)
    few, many = taken(kind, 5), taken(kind, 65)
    assert (many - few) / 60 < 10_000
