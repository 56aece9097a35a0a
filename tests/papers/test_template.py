"""A form to be filled in: what may be typed where, what is worked out, and that it is known again."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from random import Random

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from jixiao import api, formats, papers
from jixiao.formats.ole import soffice
from jixiao.layout import Cell, Grid, Layout
from jixiao.model.evaluation import Evaluation, Execution, Goal, Indicator, Project
from jixiao.model.parsing import parse_actual, parse_target
from jixiao.papers.form import list_forms, load_form
from jixiao.papers.templates import template
from jixiao.papers.templates.template_reading import CHANGED, read_stamp
from jixiao.schemes import list_schemes, load_scheme

ROAD = Project("青禾县农村道路硬化", unit="青禾县交通运输局")
LAST = Evaluation(
    ROAD,
    2024,
    execution=Execution(Decimal(10), score_printed=Decimal(9)),
    goal=Goal("硬化道路二十公里。", "已硬化。"),
    indicators=(
        Indicator("产出指标", "数量指标", "硬化里程", target=parse_target("≥20公里"), actual=parse_actual("21公里"),
                  points=Decimal(50), score_printed=Decimal(50), reason="提前完工"),
        Indicator("产出指标", "时效指标", "完工时间", target=parse_target("10月底前"), points=Decimal(20)),
        Indicator("效益指标", "社会效益指标", "改善出行", target=parse_target("明显改善"), points=Decimal(20)),
    ),
)  # fmt: skip


def grid_of(page: Layout) -> Grid:
    return next(block for block in page.blocks if isinstance(block, Grid))


def for_tables() -> list[str]:
    """The rule-books that score a table of the kind that is laid out."""
    return [name for name in list_schemes() if "selfeval_table" in load_scheme(name).match.kinds]


@pytest.mark.parametrize("form", list_forms())
def test_every_form_of_the_table_can_be_filled_in(form: str) -> None:
    scheme = load_scheme("national-2020")
    cells = grid_of(template.lay_out(scheme, Evaluation(ROAD, 2025), form)).cells
    rows = sum(cell.formula is not None and cell.input is not None for cell in cells)
    assert rows >= 11  # ten rows' scores and that of execution
    assert any(cell.formula is not None and cell.input is None for cell in cells)
    assert not any(cell.input is not None for cell in cells if cell.role == "heading")


def test_a_new_year_takes_over_names_and_targets_and_no_result() -> None:
    cells = grid_of(template.lay_out(load_scheme("national-2020"), LAST)).cells
    said = {cell.text for cell in cells}
    assert {
        "硬化里程",
        "≥",
        "20",
        "公里",
        "时限",
        "10月底前",
        "定性",
        "明显改善",
        "硬化道路二十公里。",
    } <= said
    assert not {"21公里", "21", "已硬化。", "提前完工", "9"} & said


def test_no_note_is_longer_than_a_workbook_can_show() -> None:
    start = Evaluation(Project("道路", None, None, "青禾县交通运输局"), 2025)
    pages = (template.lay_out(load_scheme(scheme), start) for scheme in for_tables())
    blocks = (block for page in pages for block in page.blocks if isinstance(block, Grid))
    notes = [cell.input.note for block in blocks for cell in block.cells if cell.input is not None]
    assert 60 < max(map(len, notes)) <= 255


def test_words_and_intervals_stay_in_one_cell() -> None:
    odd = replace(LAST, indicators=(replace(LAST.indicators[0], target=parse_target("10-20公里")),))
    assert "10-20公里" in {c.text for c in grid_of(template.lay_out(load_scheme("national-2020"), odd)).cells}


def test_a_form_with_a_column_of_signs_keeps_its_columns() -> None:
    form = load_form("f-sc")
    assert template.fillable(form).columns == form.columns


def test_the_stamp_names_rule_book_and_form() -> None:
    stamp = read_stamp(template.lay_out(load_scheme("anhui-huaiyuan"), LAST).stamp)
    assert stamp is not None
    assert (stamp.scheme, stamp.form.id) == ("anhui-huaiyuan", "F-AH-NOTE")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"what": "another"}', '{"what": "jixiao-template-1"}',
                                  '{"what": "jixiao-template-1", "scheme": "x", "form": "F-NONE", "labels": "", "at": []}'])  # fmt: skip
def test_a_stamp_that_is_none_of_ours_says_nothing(text: str) -> None:
    assert read_stamp(text) is None


def test_a_template_is_known_again_with_its_targets_whole() -> None:
    page = template.lay_out(load_scheme("national-2020"), LAST)
    (reading,) = papers.recognize(formats.read(formats.write(page, "xlsx"), name="甲.xlsx"))
    assert (reading.scheme, isinstance(reading.record, Evaluation)) == ("national-2020", True)
    record = reading.record
    assert isinstance(record, Evaluation)
    assert record.form == "F-10"
    assert [row.target.text for row in record.indicators if row.target] == ["≥20公里", "10月底前", "明显改善"]
    assert [row.sign for row in record.indicators] == [None, None, None]


def test_a_template_whose_labels_were_changed_is_read_with_a_doubt() -> None:
    page = template.lay_out(load_scheme("national-2020"), LAST)
    blocks = tuple(
        replace(block, cells=tuple(_moved(cell) for cell in block.cells))
        if isinstance(block, Grid)
        else block
        for block in page.blocks
    )
    (reading,) = papers.recognize(replace(page, blocks=blocks))
    assert reading.scheme is None
    assert CHANGED in {doubt.why for doubt in reading.doubts}


def _moved(cell: Cell) -> Cell:
    return replace(cell, text="资金到位率") if cell.text == "执行率（B/A）" else cell


@pytest.fixture(scope="module")
def recalculated() -> dict[str, bytes]:
    """The forms of all rule-books, filled in and worked out by LibreOffice, which is started once."""
    if soffice.program() is None:
        pytest.skip("LibreOffice is not installed: the formulas of forms are not recalculated")
    pages = {name: template.lay_out(load_scheme(name), Evaluation(ROAD, 2025)) for name in for_tables()}
    typed = [filled(formats.write(page, "xlsx"), page, Random(name)) for name, page in pages.items()]
    again = soffice.converted(typed, suffix="xlsx", to="xlsx")
    return {name: data for name, data in zip(pages, again, strict=True) if data is not None}


@pytest.mark.slow
def test_what_the_filled_forms_print_is_what_score_gives(recalculated: dict[str, bytes]) -> None:
    assert list(recalculated) == for_tables()
    for name, data in recalculated.items():
        (filing,) = api.file_together(api.read_papers(data, name="填报表.xlsx"))
        (scored,) = api.score_papers(filing)
        assert scored.scheme.id == name
        record, sheet = scored.evaluation, scored.sheet
        assert record.execution.score_printed == sheet.execution.score, name
        assert [row.score_printed for row in record.indicators] == [row.score for row in sheet.indicators], (
            name
        )
        assert record.total_printed == sheet.total.score, name
        assert record.total_printed is not None or any(row.score is None for row in sheet.indicators), name


NUMBERS = {"≥": ("95", "90.5", "96"), "≤": ("100", "88.43", "100"), "=": ("12", "11", "12")}


def filled(data: bytes, page: Layout, random: Random) -> bytes:
    """Type into the form as a clerk does: amounts, and in each row a name, a target, a result and points."""
    book = openpyxl.load_workbook(BytesIO(data))
    sheet = book[template.SHEET]
    cells = [cell for cell in grid_of(page).cells if cell.input is not None and cell.formula is None]
    headings = {cell.column: cell.text for cell in grid_of(page).cells if cell.role == "heading"}
    top = next(cell.row + cell.rowspan for cell in grid_of(page).cells if cell.text == "一级指标") - 1
    above = _rows_above(sheet, page)
    for cell in cells:
        if cell.input is not None and cell.input.wanted == "number" and cell.row < top:
            sheet.cell(
                cell.row + above + 1,
                cell.column + 1,
                40 if "执行" not in headings.get(cell.column, "") else 35.37,
            )
    for row in sorted({cell.row for cell in cells if cell.row > top}):
        _fill_row(sheet, [cell for cell in cells if cell.row == row], headings, above, random)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _rows_above(sheet: Worksheet, page: Layout) -> int:
    """Count the rows of the title: the grid's first label stands below them."""
    first = grid_of(page).cells[0]
    return (
        next(row[0].row for row in sheet.iter_rows() if row[first.column].value == first.text) - first.row - 1
    )


def _fill_row(
    sheet: Worksheet, cells: list[Cell], headings: dict[int, str], above: int, random: Random
) -> None:
    sign = random.choice(tuple(NUMBERS))
    target, *actuals = NUMBERS[sign]
    typed = {"三级": "完成数", "性质": sign, "符号": sign, "目标值": target, "指标": target, "数值": target, "单位": "个",
             "完成值": random.choice(actuals), "实际值": random.choice(actuals), "分值": "9", "权重": "9"}  # fmt: skip
    for cell in cells:
        heading = headings.get(cell.column, "")
        word = next((typed[key] for key in typed if key in heading and key != "指标"), None)
        if word is None and "指标" in heading and "级" not in heading:
            word = target
        if word is not None and "偏差" not in heading and "原因" not in heading:
            number = word.replace(".", "", 1).isdigit()
            sheet.cell(cell.row + above + 1, cell.column + 1, Decimal(word) if number else word)
