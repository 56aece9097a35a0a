"""Labels that run down a cell, boxes and ticks of a scan: read where they can be, doubted where not."""

import numpy as np
import pytest
import typst

from jixiao.formats.scan import cells, turned
from jixiao.formats.scan.reading import Page, read_page
from jixiao.formats.scan.recognition import Letter, Line
from jixiao.formats.scan.writing import Strip
from jixiao.layout import Cell, Grid
from tests.formats.drawn import SERIF, pictures_of

UPRIGHT = tuple(Strip((10, 30 * n, 34, 30 * n + 24)) for n in range(4))


def line(text: str, sure: float = 1.0) -> Line:
    return Line(tuple(Letter(c, sure, "", (n + 0.5) / len(text)) for n, c in enumerate(text)))


def test_letters_below_one_another_are_a_column_and_short_lines_are_none() -> None:
    assert turned.column_of(UPRIGHT, 24.0) == Strip((10, 0, 34, 114))
    assert turned.column_of(UPRIGHT[:1], 24.0) is None
    assert turned.column_of([Strip((10, 30 * n, 90, 30 * n + 24)) for n in range(4)], 24.0) is None
    assert turned.column_of([*UPRIGHT, Strip((12, 130, 30, 134), "—")], 24.0) is None


def test_a_column_is_laid_on_either_side() -> None:
    grey = np.arange(200 * 60, dtype=np.uint8).reshape(200, 60)
    down, up = turned.sides(grey, Strip((10, 20, 34, 120)), (0, 0, 60, 200))
    assert down.shape == up.shape
    assert down.shape[1] > down.shape[0]
    assert (down == np.rot90(up, 2)).all()


def test_the_surest_way_of_reading_a_column_is_taken() -> None:
    stacked, weak, down, up = (
        [line("绩"), line("效")],
        [line("双", 0.3), line("鼎", 0.2)],
        line("绩效"),
        line("效绩"),
    )
    nothing = Line(())
    assert turned.chosen(stacked, down, nothing) is None
    assert turned.chosen(stacked, line("浓", 0.3), up) is up
    assert turned.chosen(weak, down, nothing) is down
    assert turned.chosen(weak, line("浓", 0.3), line("筑", 0.4)) is None


def test_a_mark_where_no_letter_was_read_is_lost_ink() -> None:
    strip, letters = Strip((0, 0, 120, 24)), line("是否其他是")
    marks = np.array([[24 * n + 2, 2, 20, 20] for n in range(5)])
    assert not cells.lost_ink(strip, letters, marks, 24.0)
    assert cells.lost_ink(strip, Line(letters.letters[2:]), marks, 24.0)
    dust = np.array([[2, 2, 6, 6]])
    assert not cells.lost_ink(strip, Line(letters.letters[2:]), dust, 24.0)


# ---------------------------------------------------------------- as drawn

FORM = """#set page(width: 150mm, height: 90mm, margin: 10mm)
#set text(font: "%s", size: 10pt, lang: "zh", fallback: true)
#table(columns: (1.4em + 8pt, 1.4em + 8pt, 1.4em + 8pt, 1fr, 4em), inset: 4pt, align: center + horizon,
 table.cell(rowspan: 4)[绩\\ 效\\ 指\\ 标],
 table.cell(rowspan: 4, rotate(90deg, reflow: true)[产出指标]),
 table.cell(rowspan: 4, rotate(-90deg, reflow: true)[年度目标]),
 [项目类别], [分值], [省级专项□ 部门预算☑], [10], [☐ 是 ☑ 否], [20], [人口增长率], [√],
)"""


@pytest.fixture(scope="module")
def page() -> Page:
    (picture,) = pictures_of(bytes(typst.compile((FORM % SERIF).encode())), dpi=200)
    return read_page(picture, page=1, points=72 / 200)


def cell(page: Page, row: int, column: int) -> Cell:
    (grid,) = (block for block in page.blocks if isinstance(block, Grid))
    return next(c for c in grid.cells if (c.row, c.column) == (row, column))


@pytest.mark.slow
def test_labels_set_upright_and_turned_either_way_are_read(page: Page) -> None:
    assert [cell(page, 0, n).text.replace("\n", "") for n in range(3)] == ["绩效指标", "产出指标", "年度目标"]


@pytest.mark.slow
def test_a_box_or_tick_is_read_or_doubted(page: Page) -> None:
    doubted = {(d.place.row, d.place.column) for d in page.doubts}
    assert cell(page, 1, 3).text == "省级专项□部门预算☑"
    assert cell(page, 3, 4).text == "√"
    assert {"☐", "☑"} <= set(cell(page, 2, 3).text) or (3, 4) in doubted
    assert cell(page, 3, 3).text == "人口增长率"
