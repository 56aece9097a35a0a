"""Tables of a PDF: rules however they are drawn, characters in whatever order, cells as their reader sees them."""

from itertools import pairwise
from random import Random

import pytest

from jixiao.errors import UnreadableError
from jixiao.formats import read
from jixiao.formats.pdf import reading
from jixiao.layout import Cell, Grid, Layout, Line
from tests.formats.made_pdf import Drawn, bar, filled, lattice, line, pdf, text

XS, YS = (50, 150, 250, 350), (700, 720, 740, 760)
ROWS = (("指标", "指标值", "完成值"), ("培训人数", "≥100人", "105人"), ("满意度", "≥95%", "96%"))
TEXTS = [list(row) for row in ROWS]
WORDS = filled(XS, YS, ROWS)


def page_of(*pages: Drawn | str) -> Layout:
    return reading.read(pdf(*pages), name="自评表.pdf")


def grids_of(layout: Layout) -> list[Grid]:
    return [block for block in layout.blocks if isinstance(block, Grid)]


def grid_of(*pages: Drawn | str) -> Grid:
    (grid,) = grids_of(page_of(*pages))
    return grid


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows()]


def lines_of(layout: Layout) -> list[str]:
    return [block.text for block in layout.blocks if isinstance(block, Line)]


def cell_at(grid: Grid, row: int, column: int) -> Cell:
    return next(cell for cell in grid.cells if (cell.row, cell.column) == (row, column))


def test_a_ruled_table_is_a_grid_with_the_place_of_every_cell() -> None:
    grid = grid_of(lattice(XS, YS) + WORDS)
    assert texts(grid) == TEXTS
    place = cell_at(grid, 1, 2).place
    assert (place.page, place.table, place.row, place.column) == (1, 1, 2, 3)
    assert place.box == ("250", "102", "350", "122")


def boxes() -> str:
    return "".join(
        f"0.5 w {x0} {y0} {x1 - x0} {y1 - y0} re S\n" for x0, x1 in pairwise(XS) for y0, y1 in pairwise(YS)
    )


def bars() -> str:
    across = (bar(XS[0], y - 0.3, XS[-1], y + 0.3) for y in YS)
    return "".join((*across, *(bar(x - 0.3, YS[0], x + 0.3, YS[-1]) for x in XS)))


def doubled() -> str:
    return lattice([x - 1 for x in XS], [y - 1 for y in YS]) + lattice(
        [x + 1 for x in XS], [y + 1 for y in YS]
    )


def dashed() -> str:
    across = (line(x, y, x + 3, y) for y in YS for x in range(XS[0], XS[-1], 5))
    return "".join((*across, *(line(x, y, x, y + 3) for x in XS for y in range(YS[0], YS[-1], 5))))


def broken() -> str:
    across = (line(x0 + 1, y, x1 - 1, y) for y in YS for x0, x1 in pairwise(XS))
    return "".join((*across, *(line(x, y0 + 1, x, y1 - 1) for x in XS for y0, y1 in pairwise(YS))))


def one_path() -> str:
    moves = [f"{XS[0]} {y} m {XS[-1]} {y} l" for y in YS] + [f"{x} {YS[0]} m {x} {YS[-1]} l" for x in XS]
    return "0.5 w " + " ".join(moves) + " S\n"


def in_a_scaled_space() -> str:
    return f"q 0.1 0 0 0.1 0 0 cm\n{lattice([10 * x for x in XS], [10 * y for y in YS], 5)}Q\n"


def open_sides() -> str:
    return "".join((*(line(XS[0], y, XS[-1], y) for y in YS), *(line(x, YS[0], x, YS[-1]) for x in XS[1:-1])))


def white_on_shade() -> str:
    shade = bar(XS[0], YS[0], XS[-1], YS[-1], "0.8 0.8 0.9")
    return f"{shade}1 1 1 RG {lattice(XS, YS)} 0 0 0 RG\n"


@pytest.mark.parametrize(
    "rules", [boxes, bars, doubled, dashed, broken, one_path, in_a_scaled_space, open_sides, white_on_shade]
)
def test_rules_are_rules_however_they_are_drawn(rules: object) -> None:
    assert callable(rules)
    assert texts(grid_of(rules() + WORDS)) == TEXTS


def test_the_order_of_drawing_means_nothing() -> None:
    pieces = [
        text(x + 3 + sum(5 if c == " " or c.isascii() else 10 for c in words[:n]), y + 5, words[n])
        for row, y in zip(ROWS, (740, 720, 700), strict=True)
        for words, x in zip(row, XS, strict=False)
        for n in range(len(words))
    ]
    Random(1).shuffle(pieces)
    assert texts(grid_of("".join(pieces) + lattice(XS, YS))) == TEXTS


def test_a_field_without_a_rule_inside_is_one_cell_owned_once() -> None:
    rules = "".join((
        *(line(50, y, 350, y) for y in (700, 760)), line(150, 720, 350, 720), line(50, 740, 350, 740),
        *(line(x, 700, x, 760) for x in (50, 350)), line(150, 700, 150, 740), line(250, 700, 250, 740),
    ))  # fmt: skip
    words = (
        text(60, 745, "合并的表头")
        + text(60, 718, "产出")
        + filled(XS, YS, ((), ("", "甲", "1"), ("", "乙", "2")))
    )
    grid = grid_of(rules + words)
    assert [(c.row, c.column, c.rowspan, c.colspan, c.text) for c in grid.cells] == [
        (0, 0, 1, 3, "合并的表头"), (1, 0, 2, 1, "产出"), (1, 1, 1, 1, "甲"), (1, 2, 1, 1, "1"),
        (2, 1, 1, 1, "乙"), (2, 2, 1, 1, "2"),
    ]  # fmt: skip


def test_a_column_that_no_cell_uses_does_not_exist() -> None:
    underline = line(60, 744, 140, 744)
    stub = line(200, 705, 200, 712)
    assert texts(grid_of(lattice(XS, YS) + underline + stub + WORDS)) == TEXTS


def test_an_underline_and_a_box_are_no_tables() -> None:
    layout = page_of(
        text(50, 700, "带下划线的标题")
        + line(50, 697, 130, 697)
        + "0.5 w 40 600 200 40 re S\n"
        + text(50, 615, "框里的话")
    )
    assert lines_of(layout) == ["带下划线的标题", "框里的话"]
    assert not grids_of(layout)


def test_a_cell_that_is_no_rectangle_is_cut_with_a_doubt() -> None:
    rules = (
        lattice(XS, YS)
        .replace(line(150, 700, 150, 760), line(150, 700, 150, 740))
        .replace(line(50, 740, 350, 740), line(50, 740, 150, 740) + line(250, 740, 350, 740))
    )
    layout = page_of(rules + WORDS)
    assert [doubt.why for doubt in layout.doubts] == ["表格线有断缺，单元格按看得见的线划分"]
    found = {cell.text for cell in grids_of(layout)[0].cells}
    assert {"培训人数", "105人", "满意度", "96%"} <= found


def test_tall_letters_stay_in_the_row_of_their_middle() -> None:
    ys = (700, 711, 722, 733)
    words = "".join(text(53, y + 1.5, word, 10) for y, word in zip(ys, ("丙", "乙", "甲"), strict=False))
    assert texts(grid_of(lattice((50, 150, 250), ys) + words)) == [["甲", ""], ["乙", ""], ["丙", ""]]


def test_bold_by_printing_twice_is_read_once_and_repeated_letters_stay() -> None:
    twice = text(53, 745, "指标11…") + text(53.3, 745, "指标11…")
    assert texts(grid_of(lattice(XS, YS) + twice))[0][0] == "指标11…"


def test_lines_that_a_program_wrapped_are_joined_and_the_writers_own_are_kept() -> None:
    words = (
        text(53, 745, "全年完成培训五期覆") + text(53, 733, "盖300人") + text(53, 721, "以上。")
        + text(153, 745, "1.甲项") + text(153, 733, "2.乙项") + text(253, 745, "短") + text(253, 733, "另起一行的话")
    )  # fmt: skip
    (row,) = grid_of(lattice(XS, (715, 760)) + words).rows()
    assert [cell.text for cell in row] == [
        "全年完成培训五期覆盖300人\n以上。",
        "1.甲项\n2.乙项",
        "短\n另起一行的话",
    ]


def test_a_narrow_label_is_read_down() -> None:
    down = "".join(text(55, 745 - 12 * n, letter) for n, letter in enumerate("产出指标"))
    grid = grid_of(lattice((50, 70, 170), (700, 760)) + down + text(80, 728, "数量"))
    assert [cell.text for cell in grid.cells] == ["产出指标", "数量"]


@pytest.mark.parametrize(("along", "x", "y"), [("0 1 -1 0", 64, 705), ("0 -1 1 0", 56, 755)])
def test_a_label_turned_by_a_quarter_is_read_in_its_own_direction(along: str, x: float, y: float) -> None:
    turned = text(x, y, "产出指标", along=along)
    words = "".join(text(80, 705 + 15 * n, "数量指标的名称") for n in range(3))
    grid = grid_of(lattice((50, 70, 190), (700, 760)) + turned + words)
    assert cell_at(grid, 0, 0).text == "产出指标"


def test_a_raised_letter_stays_in_its_line() -> None:
    words = text(53, 745, "面积120m") + text(93, 749, "2", 5) + text(98, 745, "以上")
    assert texts(grid_of(lattice(XS, YS) + words))[0][0] == "面积120m2以上"


def test_text_that_runs_over_a_wall_belongs_where_most_of_it_stands_with_a_doubt() -> None:
    layout = page_of(lattice(XS, YS) + text(53, 745, "县农村公路养护工程专项") + text(253, 745, "甲"))
    assert texts(grids_of(layout)[0])[0] == ["县农村公路养护工程专项", "", "甲"]
    assert [(d.why, d.reading) for d in layout.doubts] == [
        ("文字越过了表格线，按多数字所在的单元格读取", "县农村公路养护工程专项")
    ]


def test_full_width_and_plain_spaces_inside_a_cell_stay() -> None:
    assert texts(grid_of(lattice(XS, YS) + text(53, 745, "联 系　人")))[0][0] == "联 系　人"


def test_a_table_inside_a_cell_is_a_grid_of_its_own() -> None:
    inner = lattice((160, 190, 220), (705, 715, 725)) + text(163, 716, "内", 8) + text(193, 706, "里", 8)
    outer = lattice((50, 150, 350), (690, 760)) + text(53, 745, "外") + text(160, 745, "含小表：")
    small, large = sorted(grids_of(page_of(outer + inner)), key=lambda g: len(g.cells), reverse=True)
    assert texts(small) == [["内", ""], ["", "里"]]
    assert texts(large) == [["外", "含小表："]]


def test_rules_across_only_give_columns_by_the_white_between_them() -> None:
    rules = "".join(line(50, y, 350, y) for y in (700, 740, 760))
    layout = page_of(rules + filled(XS, YS, ROWS))
    assert texts(grids_of(layout)[0]) == TEXTS
    assert [doubt.why for doubt in layout.doubts] == ["只有横线没有竖线，列按文字上下对齐划分"]


def test_columns_without_any_rule_are_a_grid_with_a_doubt() -> None:
    layout = page_of(WORDS)
    assert texts(grids_of(layout)[0]) == TEXTS
    assert "没有表格线" in layout.doubts[0].why


def test_without_rules_a_label_in_its_first_row_reaches_down_to_the_next() -> None:
    words = (
        (50, 700, "一级指标"), (150, 700, "三级指标"), (260, 700, "指标值"), (50, 685, "产出指标"), (150, 685, "培训人数"),
        (260, 685, "≥100人"), (150, 670, "培训期数"), (260, 670, "5期"), (150, 655, "合格率"), (260, 655, "≥95%"),
        (50, 640, "满意度"), (150, 640, "农户满意度"), (260, 640, "≥90%"),
    )  # fmt: skip
    (grid,) = grids_of(page_of("".join(text(x, y, word) for x, y, word in words)))
    assert [(c.row, c.rowspan, c.text) for c in grid.cells if c.column == 0] == [
        (0, 1, "一级指标"), (1, 3, "产出指标"), (4, 1, "满意度"),
    ]  # fmt: skip
    assert [c.text for c in grid.cells if c.column == 2] == ["指标值", "≥100人", "5期", "≥95%", "≥90%"]


def test_rules_across_that_stop_at_a_label_make_it_as_high_as_its_rows() -> None:
    rules = "".join(line(x, y, 350, y) for x, y in ((50, 760), (50, 740), (150, 720), (50, 700), (50, 680)))
    words = filled(
        XS, (680, 700, 720, 740, 760), (ROWS[0], ("", *ROWS[1][1:]), ("", *ROWS[2][1:]), ("合计", "", "201"))
    )
    (grid,) = grids_of(page_of(rules + words + text(53, 717, "产出")))
    assert [(c.row, c.rowspan, c.text) for c in grid.cells if c.column == 0] == [
        (0, 1, "指标"),
        (1, 2, "产出"),
        (3, 1, "合计"),
    ]


def test_wide_gaps_that_make_no_columns_stay_wide_with_a_doubt() -> None:
    layout = page_of(
        text(50, 700, "单位负责人：甲")
        + text(200, 700, "填表人：乙")
        + text(50, 680, "联系电话：")
        + text(300, 680, "日期：2024年")
    )
    assert lines_of(layout) == ["单位负责人：甲    填表人：乙", "联系电话：    日期：2024年"]
    assert len(layout.doubts) == 1


def test_what_stands_outside_the_page_is_not_read() -> None:
    layout = page_of(
        Drawn(
            text(50, 700, "页内的话") + text(700, 700, "页外的话") + text(50, 30, "裁掉的话"),
            crop=(0, 50, 595, 842),
        )
    )
    assert lines_of(layout) == ["页内的话"]


def test_it_is_told_by_its_content_and_read_behind_the_guard() -> None:
    layout = read(b"\xef\xbb\xbf\r\n" + pdf(lattice(XS, YS) + WORDS), name="自评表.xls")
    assert layout.format == "pdf"
    assert texts(grids_of(layout)[0]) == TEXTS


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", pdf("")[:300], b"%PDF-1.4\n" + bytes(500)])
def test_a_damaged_file_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"^“自评表\.pdf”：.*损坏.*；请重新下载"):
        reading.read(data, name="自评表.pdf")
