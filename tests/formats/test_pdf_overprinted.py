"""A heading printed over the first row of a page: the cells that hold both are doubted, and the row before them."""

from dataclasses import replace

from jixiao.formats.pdf.overprinted import LABELS, OVER, doubts
from jixiao.layout import Cell, Grid, Place

HEADINGS = ("三级指标", "实际完成值", "分值", "得分")
BEFORE = (HEADINGS, ("培训期数", "5", "10", "10"))


def grid(page: int, rows: tuple[tuple[str, ...], ...]) -> Grid:
    return Grid(
        tuple(
            Cell(r, c, text, place=Place(page=page, table=page, row=r + 1, column=c + 1))
            for r, row in enumerate(rows)
            for c, text in enumerate(row)
        ),
        Place(page=page, table=page),
    )


def test_a_heading_over_the_first_row_of_a_page_is_doubted_with_what_stands_below_it() -> None:
    after = grid(
        2, (("三级指标\n培训人数", "实际完成值\n300", "分值\n8", "得分\n8"), ("满意度", "95%", "10", "9"))
    )
    row, *over = doubts(grid(1, BEFORE), after)
    assert (row.why, row.place) == (LABELS, Place(page=1, table=1, row=2))
    assert [(d.why, d.reading, d.alternative) for d in over] == [
        (OVER, "三级指标\n培训人数", "培训人数"),
        (OVER, "实际完成值\n300", "300"),
        (OVER, "分值\n8", "8"),
        (OVER, "得分\n8", "8"),
    ]
    assert [d.place for d in over] == [cell.place for cell in after.cells[:4]]


def test_every_row_of_a_label_that_was_printed_over_is_doubted() -> None:
    after = grid(2, (("三级指标\n成本指标", "实际完成值\n300", "分值\n8", "得分\n8"), ("", "95%", "10", "9")))
    label = replace(after.cells[0], rowspan=2)
    cells = (label, *(cell for cell in after.cells[1:] if cell.text))
    found = doubts(grid(1, BEFORE), replace(after, cells=cells))
    assert [d.place.row for d in found if d.alternative == "成本指标"] == [1, 2]


def test_cells_of_two_lines_that_begin_otherwise_are_not_doubted() -> None:
    after = grid(2, (("培训\n人数", "截至年底\n300", "分值\n8", "得分\n8"),))
    assert not list(doubts(grid(1, BEFORE), after))


def test_a_table_further_on_is_another_one() -> None:
    after = grid(3, (("三级指标\n培训人数", "实际完成值\n300", "分值\n8", "得分\n8"),))
    assert not list(doubts(grid(1, BEFORE), after))
