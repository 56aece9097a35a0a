"""Which rows a page's end should not part: those beside a label, as far as they are not too many."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest

from jixiao import formats
from jixiao.formats.row_groups import Group, kept
from jixiao.layout import Cell, Grid, Layout


@pytest.mark.parametrize(
    ("groups", "runs"),
    [
        ([Group(1, 3, 10)], [(1, 3)]),
        ([Group(0, 10, 25)], [(0, 3)]),
        ([Group(0, 10, 5)], []),
        ([Group(0, 10, 46)], []),
        ([Group(0, 10, 25), Group(2, 4, 5), Group(5, 7, 5)], [(0, 4), (5, 7)]),
        ([], []),
    ],
)
def test_a_small_group_is_kept_whole_and_of_a_large_one_what_holds_its_label(
    groups: list[Group], runs: list[tuple[int, int]]
) -> None:
    assert kept(groups, [10.0] * 10, page=100) == runs


def grouped() -> Layout:
    """A heading that stands again, and forty groups of three rows, each beside its label."""
    heads = (Cell(0, 0, "类别"), Cell(0, 1, "指标"))
    labels = (Cell(3 * n + 1, 0, f"第{n}组", 3) for n in range(40))
    rows = (Cell(n + 1, 1, f"指标{n}") for n in range(120))
    return Layout("甲", (Grid((*heads, *labels, *rows), repeated=(0, 1)),))


@pytest.mark.slow
def test_no_group_of_three_rows_is_parted_by_a_page_s_end_in_a_pdf() -> None:
    page = formats.read(formats.write(grouped(), "pdf"), name="a")
    (grid,) = (block for block in page.blocks if isinstance(block, Grid))
    pages = [cell.place.page for cell in grid.cells if cell.text.startswith("指标")][1:]
    assert len(set(pages)) > 2
    assert all(pages[n] == pages[n + 2] for n in range(0, 120, 3))


def test_in_a_document_all_rows_of_a_group_but_its_last_stay_with_the_next() -> None:
    with ZipFile(BytesIO(formats.write(grouped(), "docx"))) as package:
        rows = re.findall("<w:tr>.*?</w:tr>", package.read("word/document.xml").decode())
    assert ["<w:keepNext/>" in row for row in rows[1:7]] == [True, True, False, True, True, False]
