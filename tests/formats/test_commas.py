"""Rows that a spreadsheet program saved with commas between their cells."""

import csv
import io

from jixiao import formats
from jixiao.layout import Grid, Layout, Line


def read(text: str | bytes) -> Layout:
    return formats.read(text.encode() if isinstance(text, str) else text, name="自评.csv")


def saved(rows: list[list[str]], encoding: str = "gb18030") -> bytes:
    """Return rows as a spreadsheet program saves them with commas."""
    page = io.StringIO()
    csv.writer(page).writerows(rows)
    return page.getvalue().encode(encoding)


ROWS = [
    ["自评表", "", "", ""],
    ["一级指标", "指标值", "实际完成值", "偏差原因"],
    ["产出", "≥3,000株", "3100株", "连日\n大雨，“停工”"],
    ["", "", "", ""],
    ["效益", "≥40%", "41%", 'a "b"'],
]


def test_rows_saved_with_commas_are_a_grid_with_every_cell_in_its_column() -> None:
    (grid,) = read(saved(ROWS)).blocks
    assert isinstance(grid, Grid)
    assert [[cell.text for cell in row] for row in grid.rows()] == ROWS
    assert [cell.place.line for cell in grid.cells if cell.column == 0] == [1, 2, 3, 5, 6]


def test_rows_that_somebody_typed_may_differ_in_width() -> None:
    typed = [
        ["一级指标", "三级指标", "指标值", "分值"],
        *([f"指标{n}", "甲", "≥1个", "10", "好"] for n in range(4)),
    ]
    (grid,) = read("\n".join(map(",".join, typed))).blocks
    assert isinstance(grid, Grid)
    assert [[cell.text for cell in row][:4] for row in grid.rows()] == [row[:4] for row in typed]


def test_sentences_with_commas_stay_sentences() -> None:
    said = "一是查,二是改,三是管,四是评。\n" * 4 + "五是罚,六是奖,七是公开,八是整改,九是归档。\n"
    assert all(isinstance(block, Line) for block in read(said).blocks)


def test_a_quotation_mark_that_never_closes_makes_no_table() -> None:
    said = 'a,b,c,"d\ne,f,g,h\n' * 3
    assert all(isinstance(block, Line) for block in read(said).blocks)
