"""Notes on a user's own workbook: comments on its cells, a sheet in front, and all else as it was."""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from lxml import etree

from jixiao import formats
from jixiao.errors import UnreadableError
from jixiao.formats.notes import UNREAD, Annotated, Level, Note, Notes
from jixiao.formats.pictures import png
from jixiao.layout import NOWHERE, Grid, Layout, Place
from tests.formats.made import packed, sheet, workbook

DAY = date(2024, 3, 1)
AUTHOR = "审核人"


def notes(*listed: Note) -> Notes:
    return Notes(listed, AUTHOR, DAY, "审核意见", ("自评 90　　按口径重算 88",))


def on(cell: str, text: str = "不一致", sheet: str = "自评表", **more: str) -> Note:
    return Note(Place(sheet=sheet, cell=cell), "得分不对", text, Level.ERROR, cell, **more)


def rich() -> bytes:
    """A workbook with everything that offices put into theirs."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet, other = book.add_worksheet("自评表"), book.add_worksheet("附 '表' 一")
        hidden = book.add_worksheet("旧数据")
        hidden.hide()
        head = book.add_format({"bold": True, "border": 1, "bg_color": "#DDEEFF", "num_format": "0.00"})
        sheet.set_column(0, 0, 30)
        sheet.set_row(2, 40)
        sheet.merge_range("A1:D2", "项目支出绩效自评表", head)
        sheet.write_row("A3", ["执行率", 0.8844, "得分", 8])
        sheet.write("B3", 0.8844, book.add_format({"num_format": "0.00%"}))
        sheet.write_formula("D5", "=SUM(D3:D4)", head, 8)
        sheet.write_comment("A3", "原有的批注", {"author": "填报人"})
        sheet.data_validation("C6", {"validate": "list", "source": ["优", "良"]})
        sheet.conditional_format("D3:D9", {"type": "data_bar"})
        sheet.insert_textbox("F2", "文本框里的话")
        sheet.insert_image("F9", "a.png", {"image_data": io.BytesIO(png(2, 2, bytes(4)))})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=自评表!$D$3:$D$5"})
        other.insert_chart("C3", chart)
        other.write("A1", "附件")
        book.define_name("合计", "=自评表!$D$5")
        sheet.autofilter("A3:D5")
        other.activate()
    return stream.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        assert len(names) == len(set(names))
        return {name: archive.read(name) for name in names}


def marked(data: bytes, *listed: Note) -> Annotated:
    return formats.annotate(data, notes(*listed), name="a.xlsx")


def changed_parts(before: bytes, after: bytes) -> set[str]:
    old, new = parts_of(before), parts_of(after)
    assert old.keys() <= new.keys()
    return {name for name, content in new.items() if old.get(name) != content}


def comments(data: bytes, sheet: str) -> dict[str, tuple[str, str]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = (cell for row in book[sheet].iter_rows() for cell in row if cell.comment is not None)
    return {cell.coordinate: (cell.comment.author, cell.comment.text) for cell in cells}


def looks(cell: Any) -> list[str]:  # noqa: ANN401 - openpyxl ships no types
    parts = (cell.font, cell.fill, cell.border, cell.alignment, cell.protection, cell.number_format)
    return [repr(part) for part in parts]


def texts(layout: Layout) -> list[object]:
    return [(block.place, getattr(block, "cells", ())) for block in layout.blocks]


def canonical(part: bytes, *without: str) -> bytes:
    root = etree.fromstring(part)
    for name in without:
        for element in root.findall(f".//{{*}}{name}"):
            element.getparent().remove(element)
    return bytes(etree.tostring(root, method="c14n"))


def test_a_comment_stands_on_its_cell_with_author_title_and_text() -> None:
    found = comments(marked(rich(), on("D3", "自评 8，应为 7")).data, "自评表")
    assert found["D3"] == (AUTHOR, "错误：得分不对\n自评 8，应为 7")


def test_comments_of_others_stay_and_ours_follow_in_their_cell() -> None:
    found = comments(marked(rich(), on("A3", "我们的"), on("C3")).data, "自评表")
    assert found["A3"][0] == "填报人"
    assert found["A3"][1].startswith("原有的批注")
    assert found["A3"][1].endswith("我们的")
    assert set(found) == {"A3", "C3"}


def test_two_notes_on_a_cell_share_its_comment() -> None:
    found = comments(marked(rich(), on("C3", "其一"), on("C3", "其二")).data, "自评表")
    assert "其一\n\n错误：得分不对\n其二" in found["C3"][1]


def test_a_comment_is_no_longer_than_excel_holds() -> None:
    found = marked(rich(), *(on("D3", "字" * 400) for _ in range(120)))
    assert 20_000 < len(comments(found.data, "自评表")["D3"][1]) < 32_767
    assert openpyxl.load_workbook(io.BytesIO(found.data))["审核意见"]["A123"].value == "120"


def test_a_note_inside_a_merged_range_stands_at_its_corner() -> None:
    assert "A1" in comments(marked(rich(), on("C2")).data, "自评表")


def test_every_part_that_no_note_touches_keeps_its_bytes() -> None:
    before = rich()
    after = marked(before, on("D3")).data
    names = changed_parts(before, after)
    touched = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
               "docProps/app.xml", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml",
               "xl/worksheets/sheet2.xml", "xl/worksheets/sheet4.xml"}  # fmt: skip
    assert names == touched
    assert parts_of(after)["xl/drawings/vmlDrawing1.vml"].startswith(
        parts_of(before)["xl/drawings/vmlDrawing1.vml"].removesuffix(b"</xml>")
    )


def test_of_the_sheet_that_was_open_only_its_being_chosen_goes() -> None:
    before = rich()
    one, other = (
        parts_of(data)["xl/worksheets/sheet2.xml"] for data in (before, marked(before, on("D3")).data)
    )
    assert canonical(one).replace(b' tabSelected="1"', b"") == canonical(other)


def test_the_drawing_of_a_picture_in_the_pages_head_is_no_drawing_of_boxes() -> None:
    parts = parts_of(rich())
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    more = b'<Relationship Id="rH" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/vmlDrawing" Target="../drawings/head.vml"/>'  # fmt: skip
    first, _, rest = parts[rels].partition(b"<Relationship ")
    parts[rels] = first + more + b"<Relationship " + rest
    head = parts["xl/drawings/head.vml"] = b'<xml xmlns:v="urn:schemas-microsoft-com:vml"></xml>'
    after = parts_of(marked(packed(parts), on("D3")).data)
    assert after["xl/drawings/head.vml"] == head
    assert after["xl/drawings/vmlDrawing1.vml"].count(b"<v:shape ") == 2


def test_a_sheet_without_comments_gains_one_element_in_its_place() -> None:
    before = rich()
    after = marked(before, on("A1", sheet="附 '表' 一")).data
    one, other = (parts_of(data)["xl/worksheets/sheet2.xml"] for data in (before, after))
    assert canonical(other, "legacyDrawing") == canonical(one).replace(b' tabSelected="1"', b"")
    order = [etree.QName(child).localname for child in etree.fromstring(other)]
    assert order.index("legacyDrawing") == order.index("drawing") + 1


def test_cells_merges_widths_and_styles_are_the_same_to_a_second_reader() -> None:
    before = rich()
    after = marked(before, on("D3"), on("A1", sheet="附 '表' 一")).data
    one, two = (openpyxl.load_workbook(io.BytesIO(data)) for data in (before, after))
    assert two.sheetnames == ["审核意见", *one.sheetnames]
    for name in one.sheetnames:
        old, new = one[name], two[name]
        assert old.merged_cells.ranges == new.merged_cells.ranges
        assert old.sheet_state == new.sheet_state
        assert {k: d.width for k, d in old.column_dimensions.items()} == {
            k: d.width for k, d in new.column_dimensions.items()
        }
        assert {k: d.height for k, d in old.row_dimensions.items()} == {
            k: d.height for k, d in new.row_dimensions.items()
        }
        for row in old.iter_rows():
            for cell in row:
                twin = new[cell.coordinate]
                assert cell.value == twin.value
                assert looks(cell) == looks(twin)
    assert two["自评表"].data_validations.dataValidation[0].formula1 == '"优,良"'


def test_defined_names_keep_their_sheets_behind_the_new_one() -> None:
    after = parts_of(marked(rich(), on("D3")).data)["xl/workbook.xml"].decode()
    assert re.search(r'name="_xlnm._FilterDatabase" localSheetId="1"', after)
    assert 'activeTab="0"' in after
    book = openpyxl.load_workbook(io.BytesIO(marked(rich(), on("D3")).data))
    assert book.defined_names["合计"].attr_text == "自评表!$D$5"
    assert book.active.title == "审核意见"


def test_the_list_in_front_leads_to_the_cells_and_says_what_found_no_place() -> None:
    lost = Note(NOWHERE, "没有位置的", "全文", Level.HINT, "全文")
    found = marked(rich(), on("A1", sheet="附 '表' 一"), lost, on("B9", sheet="没有的表"))
    assert found.lost == (1, 2)
    sheet = openpyxl.load_workbook(io.BytesIO(found.data))["审核意见"]
    assert sheet["A2"].value == "自评 90　　按口径重算 88"
    rows = [[cell.value for cell in row] for row in sheet["A4:E6"]]
    assert rows[0] == ["1", "错误", "A1", "得分不对", "不一致"]
    assert rows[1][2] == "全文（未能定位）"
    assert sheet["C4"].hyperlink.location == "'附 ''表'' 一'!A1"


def test_reading_it_back_gives_the_page_that_was_there() -> None:
    before = rich()
    after = marked(before, on("D3"), on("B9")).data
    assert texts(formats.read(before, name="a")) == texts(formats.read(after, name="a"))
    assert next(doubt.why for doubt in formats.read(after, name="a").doubts) == UNREAD


def test_the_titles_of_the_sheets_are_counted_anew() -> None:
    app = etree.fromstring(parts_of(marked(rich(), on("D3")).data)["docProps/app.xml"])
    titles = app.find(".//{*}TitlesOfParts/{*}vector")
    assert titles is not None
    assert int(titles.get("size", "0")) == len(titles)
    assert titles[0].text == "审核意见"
    assert next(one.text for one in app.findall(".//{*}HeadingPairs//{*}i4")) == "4"


@pytest.mark.parametrize(
    ("cell", "old", "new", "value", "code"),
    [
        ("D3", "8", "7.50", 7.5, "0.00"),
        ("D3", "8.00", "7", 7, "General"),
        ("B3", "88.44%", "87.94%", 0.8794, "0.00%"),
        ("B3", "88.44%", "87.9%", 0.879, "0.0%"),
        ("C3", "得分", "分值", "分值", "General"),
        ("C4", "", "1,234.50", 1234.5, "#,##0.00"),
    ],
)
def test_a_correction_is_a_number_as_it_is_to_be_shown(
    cell: str, old: str, new: str, value: object, code: str
) -> None:
    found = marked(rich(), on(cell, old=old, replacement=new))
    assert found.changed == (0,)
    sheet = openpyxl.load_workbook(io.BytesIO(found.data))["自评表"]
    assert sheet[cell].value == value
    assert sheet[cell].number_format == code
    assert sheet[cell].fill.fgColor.rgb == "FFFFF2CC"
    assert f"现为“{new}”" in sheet[cell].comment.text
    shown = [
        c.text for b in formats.read(found.data, name="a").blocks for c in b.cells if c.place.cell == cell
    ]
    assert shown == [new]


def test_a_workbook_without_fonts_is_corrected_without_colour_and_shown_as_it_is_to_be() -> None:
    made = workbook(sheet('<row r="1"><c r="A1"><v>8</v></c></row>'))
    typed = packed({"[Content_Types].xml": parts_of(rich())["[Content_Types].xml"], **parts_of(made)})
    found = marked(typed, on("A1", sheet="表1", old="8", replacement="7.50"))
    assert found.changed == (0,)
    [grid] = formats.read(found.data, name="a").blocks
    assert isinstance(grid, Grid)
    assert [cell.text for cell in grid.cells] == ["7.50"]
    assert changed_parts(typed, found.data).isdisjoint({"xl/styles.xml"})


def test_the_list_says_what_became_of_each_correction() -> None:
    found = marked(rich(), on("D3", old="8", replacement="7"), on("D5", old="8", replacement="7"))
    rows = openpyxl.load_workbook(io.BytesIO(found.data))["审核意见"]["E4:E5"]
    assert rows[0][0].value.endswith("已改：原为“8”，现为“7”。")
    assert "没有代改" in rows[1][0].value


@pytest.mark.parametrize(
    ("cell", "old", "new"), [("D5", "8.00", "7.00"), ("D3", "9", "7"), ("A4", "8", "7"), ("C3", "", "无")]
)
def test_formulas_and_cells_that_say_something_else_are_left_alone(cell: str, old: str, new: str) -> None:
    before = rich()
    found = marked(before, on(cell, old=old, replacement=new))
    assert (found.changed, found.unchanged) == ((), (0,))
    one, two = (canonical(parts_of(data)["xl/worksheets/sheet1.xml"]) for data in (before, found.data))
    assert one == two
    assert "没有代改" in comments(found.data, "自评表")[cell][1]


def test_formulas_are_worked_out_anew_after_a_correction() -> None:
    after = parts_of(marked(rich(), on("D3", old="8", replacement="7")).data)["xl/workbook.xml"]
    assert b'fullCalcOnLoad="1"' in after


def test_the_same_notes_give_the_same_bytes() -> None:
    before = rich()
    assert marked(before, on("D3")).data == marked(before, on("D3")).data


def test_text_that_looks_like_markup_or_a_formula_stays_text() -> None:
    found = marked(rich(), on("D3", "=1+1 <b>&amp;\x07", sheet="自评表"))
    assert comments(found.data, "自评表")["D3"][1].endswith("=1+1 <b>&amp;")
    sheet = openpyxl.load_workbook(io.BytesIO(found.data))["审核意见"]
    assert sheet["E4"].value == "=1+1 <b>&amp;"
    assert sheet["E4"].data_type != "f"


def test_a_cell_with_a_thread_of_comments_is_left_to_it() -> None:
    parts = parts_of(rich())
    thread = '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">' \
             '<threadedComment ref="D3" dT="2024-01-01T00:00:00" personId="{0}" id="{1}"><text>问</text></threadedComment></ThreadedComments>'  # fmt: skip
    rels = parts["xl/worksheets/_rels/sheet1.xml.rels"].decode()
    more = '<Relationship Id="rT" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" Target="../threadedComments/t1.xml"/>'
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = rels.replace("</Relationships>", more + "</Relationships>").encode()  # fmt: skip
    parts["xl/threadedComments/t1.xml"] = thread.encode()
    found = marked(packed(parts), on("D3", old="8", replacement="7"), on("C3"))
    assert (found.lost, found.changed) == ((0,), (0,))
    assert openpyxl.load_workbook(io.BytesIO(found.data))["自评表"]["D3"].value == 7
    assert set(comments(found.data, "自评表")) == {"A3", "C3"}


def test_notes_from_before_make_way_for_new_ones_and_those_of_others_stay() -> None:
    first = marked(rich(), on("A3", "旧的"), on("D3", "旧的"), on("C3", "旧的")).data
    again = marked(first, on("A3", "新的"), on("B9", "新的")).data
    found = comments(again, "自评表")
    assert set(found) == {"A3", "B9"}
    assert found["A3"][1].startswith("原有的批注")
    assert "旧的" not in str(found)
    book = openpyxl.load_workbook(io.BytesIO(again))
    assert book.sheetnames == ["审核意见", "自评表", "附 '表' 一", "旧数据"]
    assert [row[0].value for row in book["审核意见"]["E4:E5"]] == ["新的", "新的"]
    assert parts_of(again)["xl/drawings/vmlDrawing1.vml"].count(b"<v:shape ") == 2
    assert texts(formats.read(again, name="a")) == texts(formats.read(rich(), name="a"))
    assert parts_of(again)["docProps/app.xml"] == parts_of(first)["docProps/app.xml"]


def refusals() -> Sequence[tuple[bytes, str]]:
    parts = parts_of(rich())
    main = parts["xl/workbook.xml"]
    strict = main.replace(b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/")
    return [
        (packed({**parts, "xl/vbaProject.bin": b"\0"}), "带有宏.*另存为不带宏"),
        (packed({**parts, "xl/workbook.xml": strict}), "严格 Open XML.*另存为普通"),
        (b"a,b\n1,2\n", "文本不能在原件上加批注.*另存为 xlsx 或 docx"),
    ]


@pytest.mark.parametrize(("data", "said"), refusals())
def test_what_must_not_be_touched_is_refused_with_a_way_out(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        marked(data, on("D3"))
