"""Picture files of several pages: read as one paper, a table that runs on over pages as one."""

import cv2
import numpy as np
import pytest

from jixiao.errors import UnreadableError
from jixiao.formats.pdf.album import read
from jixiao.layout import Cell, Grid, Layout
from tests.formats.drawn import picture_of

HEAD = ("项目名称", "指标值", "分值")
PAGES = (
    (HEAD, ("村道养护里程", "31公里", "30"), ("养护合格率", "100%", "20")),
    (("投诉办结率", "95%", "10"), ("群众满意度", "90%", "40")),
)


def tiff(*pages: np.ndarray) -> bytes:
    _, data = cv2.imencodemulti(".tiff", list(pages))
    return data.tobytes()


def drawn(rows: tuple[tuple[str, ...], ...]) -> np.ndarray:
    cells = tuple(Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row))
    page = picture_of(Layout("页", (Grid(cells),)))
    end = int(np.flatnonzero((page < 128).any(axis=(1, 2)))[-1])
    return page[: end + 60]  # the table fills its page to the foot


@pytest.mark.slow
def test_a_table_over_two_pages_of_a_tiff_is_one_and_each_cell_names_its_page() -> None:
    layout = read(tiff(*(drawn(rows) for rows in PAGES)), name="两页.tif")
    (grid,) = (block for block in layout.blocks if isinstance(block, Grid))
    texts = {(cell.row, cell.column): cell.text for cell in grid.cells}
    assert [texts[row, 0] for row in range(5)] == [row[0] for page in PAGES for row in page]
    assert {cell.place.page for cell in grid.cells if cell.row >= 3} == {2}


def test_a_tiff_of_empty_pages_is_refused_with_what_to_do() -> None:
    blank = np.full((1200, 900, 3), 255, np.uint8)
    with pytest.raises(UnreadableError, match="空"):
        read(tiff(blank, blank), name="空.tif")
