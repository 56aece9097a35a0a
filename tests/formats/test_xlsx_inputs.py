"""Workbooks to be filled in: what may be typed where, what is worked out, and the stamp that tells them again."""

import io
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from jixiao import formats
from jixiao.formats.xlsx.figures import NUMBER, code_of, value_of
from jixiao.formats.xlsx.number_format import parse, printed
from jixiao.layout import Cell, Grid, Input, Layout, Line, Role, Wanted

SIGN = Input(Wanted.CHOICE, choices=("≥", "≤", "="), note="定性指标不填")
SCORE = Input(Wanted.NUMBER, low=Decimal(0), high=Decimal(10), places=2)


def page(*cells: Cell, stamp: str = "") -> Layout:
    return Layout("自评表", (Line("自评表", level=0), Grid(cells)), stamp=stamp)


def book_of(layout: Layout) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(formats.write(layout, "xlsx")))


def sheet_of(*cells: Cell) -> Worksheet:
    sheet = book_of(page(*cells)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def rules_of(sheet: Worksheet) -> dict[str, object]:
    return {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}


def test_only_what_is_to_be_filled_in_can_be_typed_into() -> None:
    sheet = sheet_of(Cell(0, 0, "符号"), Cell(0, 1, "", input=SIGN), Cell(1, 0, "", 1, 2, input=Input()))
    assert sheet.protection.sheet
    assert not sheet.protection.password
    locked = {cell.coordinate: cell.protection.locked for row in sheet["A2:B3"] for cell in row}
    assert locked == {"A2": True, "B2": False, "A3": False, "B3": False}


def test_a_page_without_inputs_is_not_protected() -> None:
    assert not sheet_of(Cell(0, 0, "甲")).protection.sheet


def test_a_choice_offers_its_words_and_only_warns_of_another() -> None:
    rule = rules_of(sheet_of(Cell(0, 0, "", input=SIGN)))["A2"]
    assert (rule.type, rule.formula1, rule.errorStyle) == ("list", '"≥,≤,="', "warning")  # type: ignore[attr-defined]
    assert (rule.prompt, rule.showInputMessage) == ("定性指标不填", True)  # type: ignore[attr-defined]


@pytest.mark.parametrize("words", [tuple(f"计量单位{n}" for n in range(60)), ("一,二", "三"), ("", "甲")])
def test_words_that_a_rule_cannot_hold_stand_on_the_hidden_sheet(words: tuple[str, ...]) -> None:
    layout = page(Cell(0, 0, "项目"), Cell(0, 1, "", input=Input(Wanted.CHOICE, choices=words)))
    book = book_of(layout)
    rule = rules_of(book.worksheets[0])["B2"]
    title, _, area = rule.formula1.rpartition("!")  # type: ignore[attr-defined]
    hidden = book[title.strip("'")]
    assert hidden.sheet_state == "veryHidden"
    assert tuple(cell.value or "" for cell in hidden[area.replace("$", "")][0]) == words
    read = formats.read(formats.write(layout, "xlsx"), name="模板")
    assert (len(read.blocks), read.doubts) == (1, ())


def test_a_number_is_held_to_its_bounds_and_decimals() -> None:
    rule = rules_of(sheet_of(Cell(0, 0, "", input=SCORE)))["A2"]
    assert (rule.type, rule.errorStyle) == ("custom", "stop")  # type: ignore[attr-defined]
    assert rule.formula1 == "AND(ISNUMBER(A2),A2>=0,A2<=10,ROUND(A2,2)=A2)"  # type: ignore[attr-defined]
    assert rule.error == "这一格请填 0 至 10 之间的数字，至多 2 位小数，不要带单位和文字。"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        (Input(Wanted.NUMBER), "这一格请填数字，"),
        (Input(Wanted.NUMBER, low=Decimal("0.5")), "这一格请填不小于 0.5 的数字，"),
        (Input(Wanted.NUMBER, high=Decimal(100), places=0), "这一格请填不大于 100 的数字，取整数，"),
    ],
)
def test_the_message_says_what_is_open(wanted: Input, says: str) -> None:
    rule = rules_of(sheet_of(Cell(0, 0, "", input=wanted)))["A2"]
    assert rule.error == f"{says}不要带单位和文字。"  # type: ignore[attr-defined]


def test_a_note_too_long_for_excel_is_cut() -> None:
    rule = rules_of(sheet_of(Cell(0, 0, "", input=Input(note="说" * 300))))["A2"]
    assert rule.prompt == "说" * 254 + "…"  # type: ignore[attr-defined]


def test_what_is_typed_later_shows_in_full() -> None:
    sheet = sheet_of(
        Cell(0, 0, "5", input=Input(Wanted.NUMBER)),
        Cell(1, 0, "9.50", input=SCORE),
        Cell(2, 0, "", input=SCORE),
        Cell(3, 0, "", input=Input()),
        Cell(4, 0, "", input=Input(Wanted.ANY)),
    )
    kept = [(sheet[f"A{n}"].value, sheet[f"A{n}"].number_format) for n in (2, 3, 4, 5, 6)]
    assert kept == [(5, "General"), (9.5, "0.00"), (None, "0.00"), (None, "@"), (None, "General")]


def test_a_formula_names_the_cells_of_the_sheet_and_keeps_the_value_it_has_now() -> None:
    layout = page(
        Cell(0, 0, "40.00", role=Role.NUMBER, input=SCORE),
        Cell(0, 1, "35.37", role=Role.NUMBER, input=SCORE),
        Cell(1, 0, "88.43%", role=Role.NUMBER, formula="ROUND({0:1}/{0:0},4)"),
        Cell(1, 1, "优", formula='IF({1:0}>0.8,"优","良")'),
        Cell(2, 0, "", formula='IF({0:0}="","",SUM({0:0}:{0:1}))', input=Input(places=2)),
    )
    sheet = book_of(layout).active
    assert isinstance(sheet, Worksheet)
    assert sheet["A3"].value == "=ROUND(B2/A2,4)"
    assert sheet["B3"].value == '=IF(A3>0.8,"优","良")'
    assert (sheet["A4"].value, sheet["A4"].number_format) == ('=IF(A2="","",SUM(A2:B2))', "0.00")
    assert [sheet[name].protection.locked for name in ("A2", "A3", "A4")] == [False, True, False]
    read = formats.read(formats.write(layout, "xlsx"), name="甲")
    (grid,) = read.blocks
    assert isinstance(grid, Grid)
    assert [cell.text for cell in grid.cells] == ["自评表", "40.00", "35.37", "88.43%", "优"]
    assert read.doubts == ()


RISKS = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\n=1", '=HYPERLINK("http://example.com","甲")', "=cmd|'/C calc'!A0", "=",
         "{=1}", "http://example.com", "_x003D_1"]  # fmt: skip


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("text", RISKS)
def test_a_text_never_becomes_a_formula(text: str, role: Role) -> None:
    layout = page(Cell(0, 0, text, role=role), Cell(1, 0, text, input=Input()), Cell(2, 0, text, input=SCORE))
    sheet = book_of(layout).active
    assert isinstance(sheet, Worksheet)
    for name in ("A2", "A3", "A4"):
        assert sheet[name].data_type == "s"
        assert sheet[name].hyperlink is None
        if text[0] in "=+-@\t\n":
            assert sheet[name].quotePrefix
    lines = formats.write(Layout("甲", (Line(text, role=role),)), "xlsx")
    assert openpyxl.load_workbook(io.BytesIO(lines)).worksheets[0]["A1"].data_type == "s"


def test_what_only_looks_like_an_escaped_sign_is_read_back() -> None:
    (grid,) = formats.read(formats.write(page(Cell(0, 0, "_x003D_1")), "xlsx"), name="甲").blocks
    assert isinstance(grid, Grid)
    assert grid.cells[-1].text == "_x003D_1"


@given(st.text(max_size=60) | st.sampled_from((" 甲 \n 乙 ", "_x000D_", '"', "x" * 70_000, "\ud800")))
def test_a_stamp_is_given_back_to_the_letter(stamp: str) -> None:
    read = formats.read(formats.write(page(Cell(0, 0, "甲"), stamp=stamp), "xlsx"), name="模板")
    assert read.stamp == stamp
    assert len(read.blocks) == 1
    assert read.doubts == ()


def test_pages_with_one_stamp_give_it_once_and_others_line_by_line() -> None:
    pages = [page(Cell(0, 0, "甲"), stamp=stamp) for stamp in ("a", "a", "b")]
    assert formats.read(formats.bind(pages, "xlsx"), name="模板").stamp == "a\nb"


def test_a_sheet_that_only_bears_the_name_of_the_stamp_is_read() -> None:
    layout = Layout("jixiao.stamp", (Grid((Cell(0, 0, "stamp"), Cell(0, 1, '"x"'))),))
    read = formats.read(formats.write(layout, "xlsx"), name="甲")
    assert (len(read.blocks), read.stamp) == (1, "")


@pytest.mark.parametrize("kept", ["没有引号", '"\\x"', '"断开'])
def test_a_damaged_stamp_is_none(kept: str) -> None:
    book = book_of(page(Cell(0, 0, "甲"), stamp="好"))
    book["jixiao.stamp"]["B1"] = kept
    stream = io.BytesIO()
    book.save(stream)
    assert formats.read(stream.getvalue(), name="甲").stamp == ""


@given(st.from_regex(NUMBER.pattern, fullmatch=True))
def test_a_figure_is_a_number_only_where_a_format_prints_exactly_its_text(text: str) -> None:
    cell = Cell(0, 0, text, role=Role.NUMBER)
    code = code_of(cell, text)
    if code:
        assert printed(f"{value_of(text):.16G}", parse(code), epoch_1904=False) == text
    else:
        assert text[0] in "-0" or len(text) > 15
