"""Reading what we wrote gives the same grids, for every format that goes both ways."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jixiao import formats
from jixiao.formats.cell_text import joined, tidy
from jixiao.layout import Cell, Grid, Layout, Line, Place, Role
from tests import strategies

pytestmark = pytest.mark.slow

SIGNS = "甲乙丙丁项目资金年度指标得分（）：，。、≥≤≈%—-/|\"'#*_+=$&<>\\ 0123456789.abXY☑☐𠮷"
Spans = dict[tuple[int, int], tuple[str, int, int]]


def cell_texts() -> st.SearchStrategy[str]:
    written = st.lists(st.text(SIGNS, max_size=8), max_size=3).map("\n".join)
    printed = st.sampled_from(
        ("88.44%", "20.00", "1,234.50", "0", "-5", "007", "1.5.2", "≥95%", "2023年4月", "—", "=1+1")
    )
    return written.map(tidy) | printed


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """A table of up to 5 by 5, cut into cells that cover it without overlap; not every place has a cell."""
    height, width = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    free = {(row, column) for row in range(height) for column in range(width)}
    cells = []
    for row, column in sorted(free):
        if (row, column) not in free or draw(st.integers(0, 5)) == 0:
            continue
        across = draw(st.sampled_from((1, 1, 1, 2, width - column)))
        down = draw(st.sampled_from((1, 1, 1, 2, height - row)))
        covered = {(r, c) for r in range(row, row + down) for c in range(column, column + across)}
        if not covered <= free:
            down = across = 1
            covered = {(row, column)}
        free -= covered
        cells.append(Cell(row, column, draw(cell_texts()), down, across, draw(st.sampled_from(Role))))
    return Grid((*cells, Cell(height, 0, "合计")))


def layouts() -> st.SearchStrategy[Layout]:
    lines = st.builds(
        Line,
        st.text("甲乙丙、，。一二1.（）%", min_size=1, max_size=20),
        level=st.sampled_from((None, None, 0, 1, 2)),
    )
    return st.lists(grids() | lines, min_size=1, max_size=4).map(lambda blocks: Layout("甲", tuple(blocks)))


def spans(grid: Grid) -> Spans:
    """What is seen: the texts where they stand, and the empty cells that are merged."""
    return {
        (c.row, c.column): (c.text, c.rowspan, c.colspan) for c in grid.cells if c.text or c.rowspan * c.colspan > 1
    }  # fmt: skip


def read_back(layout: Layout, form: str) -> list[Grid]:
    blocks = formats.read(formats.write(layout, form), name="回读").blocks
    return [block for block in blocks if isinstance(block, Grid)]


def grids_of(layout: Layout) -> list[Grid]:
    return [block for block in layout.blocks if isinstance(block, Grid)]


@given(layouts())
@settings(max_examples=60)
def test_docx_gives_the_grids_back_with_every_span(layout: Layout) -> None:
    if layout.blocks:
        assert [spans(grid) for grid in read_back(layout, "docx")] == [
            spans(grid) for grid in grids_of(layout)
        ]


@given(st.lists(grids(), min_size=1, max_size=3))
@settings(max_examples=60)
def test_xlsx_gives_the_grids_back_with_every_span(made: list[Grid]) -> None:
    named = tuple(Grid(grid.cells, Place(sheet=f"表{n}")) for n, grid in enumerate(made))
    assert [spans(grid) for grid in read_back(Layout("甲", named), "xlsx")] == [spans(grid) for grid in named]


def flat(grid: Grid, shown: dict[str, str]) -> dict[tuple[int, int], str]:
    return {(c.row, c.column): shown.get(c.text, c.text) for c in grid.cells if c.text}


@given(layouts())
@settings(max_examples=300)
@example(Layout("甲", (Grid((Cell(0, 0, '"甲\n"乙"'), Cell(1, 0, '"'))),)))
@example(Layout("甲", (Grid((Cell(0, 2, "甲"),)), Grid((Cell(0, 0, "1."), Cell(0, 1, "乙"))))))
def test_text_gives_the_grids_back_with_line_breaks_joined(layout: Layout) -> None:
    plain = {"**": "", "<br>": "", "&": "&", "\\|": "|"}
    texts = {c.text: joined(c.text) for grid in grids_of(layout) for c in grid.cells}
    if any(mark in text for text in texts.values() for mark in plain):
        return
    assert [flat(grid, {}) for grid in read_back(layout, "text")] == [
        flat(grid, texts) for grid in grids_of(layout)
    ]


@pytest.mark.parametrize("form", ["text", "xlsx", "docx"])
@given(layout=strategies.layouts())
@settings(max_examples=25)
def test_any_page_whatever_can_be_written(form: str, layout: Layout) -> None:
    assert formats.write(layout, form) == formats.write(layout, form)
