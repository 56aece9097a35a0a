"""Written web pages: whole by themselves, escaped, with tables that a reader aloud can follow."""

import re

import pytest
from lxml import html

from jixiao import formats
from jixiao.layout import Cell, Grid, Layout, Line
from tests.formats.page_samples import SAMPLES, form, report, wide

HOSTILE = "<script>alert(1)</script>&amp;\"'</title></style><!--"


def page(*layouts: Layout) -> str:
    return formats.bind(layouts, "html").decode()


@pytest.mark.parametrize("name", SAMPLES)
def test_a_page_needs_nothing_from_outside(name: str) -> None:
    said = page(SAMPLES[name]())
    assert not re.search(
        r"<(?:script|link|img|iframe|base)|https?:|@import|url\(|\son\w+=|javascript:", said, re.IGNORECASE
    )
    assert "default-src 'none'" in said


def test_everything_that_is_handed_in_is_escaped() -> None:
    layout = Layout(
        HOSTILE,
        (Line(HOSTILE, level=0), Line(f"【{HOSTILE}】"), Grid((Cell(0, 0, HOSTILE), Cell(0, 1, "甲")))),
    )
    said = page(layout)
    assert "<script" not in said
    tree = html.fromstring(said.encode())
    assert tree.findtext(".//title") == HOSTILE
    assert tree.findtext(".//h1") == tree.findtext(".//td") == HOSTILE
    assert tree.findtext(".//mark") == f"【{HOSTILE}】"
    assert tree.find(".//article").get("aria-label") == HOSTILE


@pytest.mark.parametrize("name", SAMPLES)
def test_reading_a_page_gives_its_table_back(name: str) -> None:
    layout = SAMPLES[name]()
    read = formats.read(formats.write(layout, "html"), name="a")

    def said(page: Layout) -> list[object]:
        return [
            {(c.row, c.column, c.rowspan, c.colspan, c.text) for c in block.cells if c.text}
            if isinstance(block, Grid)
            else block.text.strip()
            for block in page.blocks
        ]

    assert said(read) == said(layout)


def test_headings_say_what_they_head() -> None:
    tree = html.fromstring(page(form()).encode())
    scopes = {"".join(cell.itertext()): cell.get("scope") for cell in tree.iter("th")}
    assert scopes["项目名称"] == "row"
    assert scopes["得分"] == "col"
    assert scopes["项目资金（万元）"] == "rowgroup"
    assert all(scopes.values())


def test_rows_that_stand_again_are_the_head_of_the_table() -> None:
    tree = html.fromstring(page(wide()).encode())
    assert len(tree.findall(".//thead/tr")) == 2
    assert len(tree.findall(".//tbody/tr")) == 12


def test_rows_in_the_middle_stay_in_the_body() -> None:
    tree = html.fromstring(page(form()).encode())
    assert tree.find(".//thead") is None
    assert {cell.get("rowspan") for cell in tree.iter("th")} >= {"6"}


def test_several_papers_are_articles_of_one_page() -> None:
    tree = html.fromstring(page(form(), report(), wide()).encode())
    assert [one.get("class") for one in tree.iter("article")] == ["paper", "paper text", "paper wide"]
    assert tree.findtext(".//title") == "村级道路维修项目等 3 份"


def test_the_same_pages_give_the_same_bytes_and_none_gives_an_empty_page() -> None:
    assert page(form(), report()) == page(form(), report())
    assert html.fromstring(page().encode()).findtext(".//title") == "空白"
