"""PDF tables without any rule whose texts stand in the middle: which rows a label covers, which heights are rows."""

import pytest

from jixiao.formats.pdf import reading
from jixiao.layout import Cell, Grid, Layout
from tests.formats.drawn import SERIF, pdf_of

typst = pytest.importorskip("typst")
pytestmark = pytest.mark.skipif(
    SERIF not in typst.Fonts().families(), reason=f"SKIPPED: {SERIF} is not installed"
)

LONG = "因设备到货较晚，验收推迟到十二月，次年起提前两个月招标并按月核对进度。"
HEAD = ("一级指标", "二级指标", "三级指标", "指标值", "完成值", "得分", "原因")
WIDTHS = (10, 10, 16, 10, 10, 8, 18)


def table(rows: tuple[tuple[str, ...], ...], head: int = 1) -> Grid:
    """A table of these rows under HEAD; "^" in the first two columns is covered by the cell above."""
    cells = [Cell(0, column, text) for column, text in enumerate(HEAD)] if head else []
    for number, row in enumerate(rows, head):
        for column, text in enumerate(row):
            if text != "^":
                below = (other[column] for other in rows[number - head + 1 :])
                span = 1 + next(
                    (k for k, word in enumerate(below) if word != "^"), len(rows) - 1 - (number - head)
                )
                cells.append(Cell(number, column, text, span if column < 2 else 1))
    return Grid(tuple(cells))


def read(grid: Grid) -> tuple[Grid, ...]:
    page = reading.read(pdf_of(Layout("", (grid,)), stroke=0, columns=WIDTHS), name="甲.pdf")
    return tuple(block for block in page.blocks if isinstance(block, Grid))


def labels(grid: Grid) -> dict[str, tuple[int, int]]:
    return {cell.text: (cell.row, cell.rowspan) for cell in grid.cells if cell.column < 2 and cell.row}


UNEVEN = (
    ("产出指标", "数量指标", "修渠里程", "12", "12", "10", ""),
    ("^", "^", "供水户数", "340", "310", "9.1", LONG),
    ("^", "质量指标", "验收合格率", "100", "100", "10", ""),
    ("^", "时效指标", "按期完工率", "100", "90", "9", LONG),
    ("效益指标", "社会效益指标", "受益人口", "2600", "2600", "15", ""),
    ("^", "^", "停水次数", "3", "2", "15", ""),
    ("^", "^", "投诉办结率", "98", "99", "10", ""),
    ("满意度指标", "服务对象满意度指标", "用水户满意度", "95", "96", "10", ""),
)


def test_a_label_covers_the_rows_that_it_is_in_the_middle_of_though_they_are_of_any_height() -> None:
    (grid,) = read(table(UNEVEN))
    assert labels(grid) == {
        "产出指标": (1, 4),
        "数量指标": (1, 2),
        "质量指标": (3, 1),
        "时效指标": (4, 1),
        "效益指标": (5, 3),
        "社会效益指标": (5, 3),
        "满意度指标": (8, 1),
        "服务对象满意度指标": (8, 1),
    }


def test_rows_of_centred_tables_keep_their_figures_in_their_columns() -> None:
    (grid,) = read(table(UNEVEN))
    found = {(cell.row, cell.column): cell.text for cell in grid.cells if cell.column > 1 and cell.row}
    assert found == {
        (row, column): text
        for row, texts in enumerate(UNEVEN, 1)
        for column, text in enumerate(texts)
        if column > 1 and text
    }


def test_a_heading_of_two_tiers_makes_no_row_of_what_stands_between_them() -> None:
    body = table(UNEVEN)
    cells = [Cell(cell.row + 2, cell.column, cell.text, cell.rowspan) for cell in body.cells if cell.row]
    cells += [Cell(0, 0, "项目名称", 1, 2), Cell(0, 2, "青禾县修渠", 1, 3), Cell(0, 5, "甲类", 1, 2)]
    cells += [Cell(1, column, text, 2) for column, text in enumerate(HEAD) if column not in {3, 4}]
    cells += [Cell(1, 3, "年度指标", 1, 2), Cell(2, 3, "指标值"), Cell(2, 4, "完成值")]
    (grid,) = read(Grid(tuple(cells)))
    head = {cell.text: (cell.row, cell.rowspan) for cell in grid.cells if cell.row in {1, 2}}
    assert head == {
        "一级指标": (1, 2), "二级指标": (1, 2), "三级指标": (1, 2), "年度指标": (1, 1), "指标值": (2, 1),
        "完成值": (2, 1), "得分": (1, 2), "原因": (1, 2),
    }  # fmt: skip
    assert labels(grid)["产出指标"] == (3, 4)


def test_a_cell_over_two_columns_whose_text_stands_between_them_is_no_column() -> None:
    body = table(UNEVEN)
    names = ("小计", "中央", "省级", "县级")
    cells = [Cell(cell.row + 4, cell.column, cell.text, cell.rowspan) for cell in body.cells]
    cells += [Cell(row, 0, name, 1, 2) for row, name in enumerate(names)]
    cells += [Cell(row, 3, f"{row}.50") for row in range(4)] + [Cell(row, 4, "8") for row in range(4)]
    (grid,) = read(Grid(tuple(cells)))
    assert {cell.column for cell in grid.cells} == set(range(len(HEAD)))


def test_every_row_of_a_centred_table_is_doubted() -> None:
    page = reading.read(pdf_of(Layout("", (table(UNEVEN),)), stroke=0, columns=WIDTHS), name="甲.pdf")
    assert len(page.doubts) >= len(UNEVEN)


def test_a_centred_table_goes_on_over_the_end_of_a_page_in_the_same_columns() -> None:
    names = ("甲渠", "乙渠", "丙渠", "丁渠", "戊渠", "己渠", "庚渠", "辛渠", "壬渠", "癸渠")
    rows = tuple(
        ("产出指标" if n == 0 else "^", f"第{n}类", name, f"{n}0", f"{n}1", "9.5", "")
        for n, name in enumerate(names)
    )
    data = pdf_of(Layout("", (table(rows),)), stroke=0, columns=WIDTHS, height=72)
    (grid,) = (block for block in reading.read(data, name="甲.pdf").blocks if isinstance(block, Grid))
    found = [cell.text for row in grid.rows() for cell in row if cell.column == 2]
    assert found == ["三级指标", *names]
    assert {cell.column for cell in grid.cells if cell.text == "9.5"} == {5}


def test_a_single_row_at_the_head_of_a_page_goes_on_with_the_centred_table_before() -> None:
    data = pdf_of(Layout("", (table(UNEVEN),)), stroke=0, columns=WIDTHS, height=76)
    page = reading.read(data, name="甲.pdf")
    (grid,) = (block for block in page.blocks if isinstance(block, Grid))
    assert [cell.text for cell in grid.cells if cell.column == 2][-1] == "用水户满意度"
