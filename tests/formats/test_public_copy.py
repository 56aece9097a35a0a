"""A user's own workbook or document for others to see: texts replaced in place, nothing left beside the page."""

import re
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from jixiao.errors import UnreadableError
from jixiao.formats import read, write
from jixiao.formats.public_copy import replaced, texts
from jixiao.layout import Cell, Grid, Layout, Line
from tests.examples import FOLDER
from tests.formats.docx_rules import docx_faults
from tests.formats.xlsx_rules import xlsx_faults

NAMED = "王大山"
MASKED = "王**"


def packed(book: Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def written(document: object) -> bytes:
    stream = BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def masked(data: bytes, *barred: str) -> bytes:
    """Replace the secret wherever the page shows it."""
    page = texts(data, None, name="表")
    assert page is not None
    old = {place: text for text, place in all_of(page)}
    new = {place: text.replace(NAMED, MASKED) for place, text in old.items() if NAMED in text}
    assert len(old) == len(list(all_of(page))), "each text has a place of its own"
    return replaced(data, new, barred or (NAMED,), name="表")


def all_of(page: Layout) -> list[tuple[str, object]]:
    return [
        (one.text, one.place)
        for block in page.blocks
        for one in ([block] if isinstance(block, Line) else block.cells)
    ]  # type: ignore[return-value]


def parts(data: bytes) -> Mapping[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def nowhere(word: str, data: bytes) -> None:
    assert [name for name, part in parts(data).items() if word.encode() in part] == []


# ---------------------------------------------------------------- xlsx


def book_of(**cells: object) -> Workbook:
    book = Workbook()
    sheet = book.active
    sheet.title = "自评表"
    for name, value in cells.items():
        sheet[name] = value
    return book


def test_a_cell_reads_as_it_should_and_keeps_its_looks_and_all_else() -> None:
    book = book_of(A1="户主", B1=NAMED, A2="金额", B2=12.5, C2=f"{NAMED}家")
    sheet = book["自评表"]
    sheet["B1"].font = Font(bold=True)
    sheet["B1"].fill = PatternFill("solid", fgColor="FFFF00")
    sheet.merge_cells("C2:D3")
    sheet.column_dimensions["B"].width = 33
    copy = masked(packed(book))
    shown = load_workbook(BytesIO(copy))["自评表"]
    assert [shown[name].value for name in ("A1", "B1", "A2", "B2", "C2")] == [
        "户主",
        MASKED,
        "金额",
        12.5,
        f"{MASKED}家",
    ]
    assert shown["B1"].font.bold
    assert shown["B1"].fill.fgColor.rgb == "00FFFF00"
    assert str(shown.merged_cells) == "C2:D3"
    assert shown.column_dimensions["B"].width == 33
    nowhere(NAMED, copy)


def test_a_shared_text_that_is_changed_in_one_cell_only_stays_in_the_other() -> None:
    data = packed(book_of(A1=NAMED, B1=NAMED))
    page = texts(data, None, name="表")
    assert page is not None
    first = page.blocks[0].cells[0].place  # type: ignore[union-attr]
    sheet = load_workbook(BytesIO(replaced(data, {first: MASKED}, (), name="表")))["自评表"]
    assert (sheet["A1"].value, sheet["B1"].value) == (MASKED, NAMED)


def test_a_number_that_is_replaced_becomes_text() -> None:
    data = packed(book_of(A1="手机", B1=13800001234, C1=13812345678))
    page = texts(data, None, name="表")
    assert page is not None
    place = next(place for text, place in all_of(page) if text == "13800001234")
    copy = replaced(data, {place: "138****1234"}, ("13800001234",), name="表")  # type: ignore[dict-item]
    sheet = load_workbook(BytesIO(copy))["自评表"]
    assert (sheet["B1"].value, sheet["C1"].value) == ("138****1234", 13812345678)


def test_a_formula_that_repeats_what_is_replaced_becomes_text() -> None:
    book = book_of(A1=NAMED, B1="=A1", C1="=1+1")
    data = packed(book)
    sheet_xml = parts(data)["xl/worksheets/sheet1.xml"].decode()
    with_value = sheet_xml.replace("<f>A1</f><v></v>", f"<f>A1</f><v>{NAMED}</v>").replace(
        "<f>A1</f><v/>", f"<f>A1</f><v>{NAMED}</v>"
    )
    data = rezipped(
        data, {"xl/worksheets/sheet1.xml": with_value.replace('r="B1"', 'r="B1" t="str"').encode()}
    )
    sheet = load_workbook(BytesIO(masked(data)))["自评表"]
    assert (sheet["A1"].value, sheet["B1"].value, sheet["C1"].value) == (MASKED, MASKED, "=1+1")


def test_comments_authors_hidden_sheets_and_unused_texts_do_not_leak() -> None:
    book = book_of(A1="项目", B1=1)
    book["自评表"]["A1"].comment = Comment(f"{NAMED}说", NAMED)
    hidden = book.create_sheet("名单")
    hidden.sheet_state = "hidden"
    hidden["A1"] = NAMED
    book.properties.creator = book.properties.lastModifiedBy = NAMED
    book["自评表"].oddHeader.center.text = f"填报人{NAMED}"
    book["自评表"]["C1"] = "联系"
    book["自评表"]["C1"].hyperlink = "mailto:wang@example.com"
    data = packed(book)
    page = texts(data, None, name="表")
    assert page is not None
    assert [doubt.why for doubt in page.doubts] == ["公开稿里隐藏的工作表“名单”是空的", "公开稿不带批注"]
    copy = masked(data, NAMED, "wang@example.com")
    nowhere(NAMED, copy)
    nowhere("wang@example.com", copy)
    again = load_workbook(BytesIO(copy))
    assert again.sheetnames == ["自评表", "名单"]
    assert again["自评表"]["A1"].comment is None
    assert again["自评表"].oddHeader.center.text == f"填报人{MASKED}"
    assert not re.search(rb"legacyDrawing|comments", b"".join(parts(copy).values()))


def test_a_figure_that_is_worked_out_from_a_hidden_sheet_is_refused() -> None:
    book = book_of(A1="=名单!A1")
    book.create_sheet("名单").sheet_state = "veryHidden"
    book["名单"]["A1"] = 3
    with pytest.raises(UnreadableError, match=r"隐藏的工作表“名单”，别的表的公式要用到它.*不能写成公开稿"):
        texts(packed(book), None, name="表.xlsx")


@pytest.mark.parametrize(
    ("part", "what"),
    [("xl/embeddings/a.bin", "嵌入的文件"), ("xl/vbaProject.bin", "宏"), ("xl/pivotCache/a.xml", "数据透视表"),
     ("xl/externalLinks/externalLink1.xml", "对别的工作簿的引用")],
)  # fmt: skip
def test_what_cannot_be_looked_into_is_refused(part: str, what: str) -> None:
    data = rezipped(packed(book_of(A1="项目")), {part: b"<a/>"})
    with pytest.raises(UnreadableError, match=rf"“表\.xlsx”.*里面有{what}.*请另存一份，删去{what}后再试"):
        texts(data, None, name="表.xlsx")


def test_a_secret_in_a_part_that_is_not_looked_through_stops_the_copy() -> None:
    data = rezipped(packed(book_of(A1=NAMED)), {"xl/strange.xml": "<a>王<b/>大山</a>".encode()})
    with pytest.raises(UnreadableError, match=r"文件内部的 xl/strange\.xml 里还有一份，遮不到"):
        masked(data)


def rezipped(data: bytes, more: Mapping[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in (parts(data) | dict(more)).items():
            archive.writestr(name, part)
    return stream.getvalue()


# ---------------------------------------------------------------- docx


def test_a_text_over_several_runs_is_replaced_and_each_keeps_its_looks() -> None:
    document = Document()
    paragraph = document.add_paragraph("户主")
    paragraph.add_run("王大").bold = True
    paragraph.add_run("山等\t2户")
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(1, 1).text = "户主", f"第一行\n{NAMED}"
    copy = Document(BytesIO(masked(written(document))))
    runs = copy.paragraphs[0].runs
    assert [(run.text, run.bold) for run in runs] == [("户主", None), ("王*", True), ("*等\t2户", None)]
    assert copy.tables[0].cell(1, 1).text == f"第一行\n{MASKED}"


def test_headers_boxes_notes_and_field_codes_are_looked_through() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = f"填报人{NAMED}"
    document.sections[0].footer.paragraphs[0].text = NAMED
    paragraph = document.add_paragraph("外")
    box = f"<w:r {nsdecls('w')}><w:pict><w:txbxContent><w:p><w:r><w:t>{NAMED}</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    paragraph._p.append(parse_xml(box))
    code = f"<w:r {nsdecls('w')}><w:instrText> AUTHOR {NAMED} </w:instrText></w:r>"
    document.add_paragraph("域")._p.append(parse_xml(code))
    copy = masked(written(document))
    nowhere(NAMED, copy)
    assert Document(BytesIO(copy)).sections[0].header.paragraphs[0].text == f"填报人{MASKED}"


def test_comments_hidden_text_and_authors_do_not_leak() -> None:
    document = Document()
    run = document.add_paragraph("项目").add_run("看得见")
    document.add_comment(run, text=NAMED, author=NAMED, initials="王")
    document.add_paragraph("甲").add_run(NAMED).font.hidden = True
    document.core_properties.author = document.core_properties.last_modified_by = NAMED
    data = written(document)
    page = texts(data, None, name="表")
    assert page is not None
    assert [doubt.why for doubt in page.doubts] == ["公开稿不带批注", "公开稿不带隐藏的文字（1 处）"]
    copy = masked(data)
    nowhere(NAMED, copy)
    assert [paragraph.text for paragraph in Document(BytesIO(copy)).paragraphs] == ["项目看得见", "甲"]
    assert not [name for name in parts(copy) if "comments" in name]


def test_changes_that_nobody_accepted_are_refused() -> None:
    document = Document()
    paragraph = document.add_paragraph("项目")
    deleted = (
        f'<w:del {nsdecls("w")} w:id="1" w:author="甲"><w:r><w:delText>{NAMED}</w:delText></w:r></w:del>'
    )
    paragraph._p.append(parse_xml(deleted))
    with pytest.raises(UnreadableError, match=r"没有接受的修订.*请接受或拒绝全部修订，另存后再试"):
        texts(written(document), None, name="表.docx")


def test_every_text_of_a_document_has_a_place_of_its_own_and_its_tables_their_cells() -> None:
    document = Document()
    for number in range(2):
        document.add_paragraph(f"第{number}段")
        table = document.add_table(2, 3)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "表头"
        table.cell(1, 2).text = "末格"
    page = texts(written(document), None, name="表")
    assert page is not None
    places = [place for _, place in all_of(page)]
    assert len(places) == len(set(places)) == 6
    grid = next(block for block in page.blocks if isinstance(block, Grid))
    assert [(cell.row, cell.column, cell.colspan, cell.text) for cell in grid.cells] == [
        (0, 0, 2, "表头"),
        (1, 2, 1, "末格"),
    ]


def test_a_file_that_is_to_become_another_has_no_copy_of_its_own() -> None:
    data = packed(book_of(A1="项目"))
    assert texts(data, "docx", name="表") is None
    assert texts("项目".encode(), None, name="表") is None


# ---------------------------------------------------------------- both


STAMPED = Layout(
    "自评表", (Line("自评表", level=0), Grid((Cell(0, 0, NAMED), Cell(0, 1, "1")))), stamp="记号"
)


def office() -> list[bytes]:
    """Files with much beside the page, and those that we write, one with a stamp on a hidden sheet."""
    book = book_of(A1="项目", B1=NAMED, C1="=1+1", D1=f"{NAMED}等")
    book["自评表"]["A1"].comment = Comment("请核对", "甲")
    book["自评表"]["A1"].hyperlink = "mailto:wang@example.com"
    document = Document()
    run = document.add_paragraph("项目").add_run(NAMED)
    document.add_comment(run, text="请核对", author="甲", initials="甲")
    document.add_table(2, 2).cell(0, 0).text = NAMED
    return [packed(book), written(document), write(STAMPED, "xlsx"), write(STAMPED, "docx")]


@pytest.mark.parametrize("number", range(4))
def test_a_copy_reads_as_its_original_but_for_the_masks(number: int) -> None:
    data = office()[number]
    before, after = (read(one, name="表").blocks for one in (data, masked(data)))
    assert [str(one).replace(NAMED, MASKED) for one in before] == [str(one) for one in after]


@pytest.mark.parametrize(("kind", "faults"), [("xlsx", xlsx_faults), ("docx", docx_faults)])
def test_a_copy_keeps_to_what_word_and_excel_take(kind: str, faults: Callable[[bytes], list[str]]) -> None:
    assert faults(masked(write(STAMPED, kind))) == []


@pytest.mark.parametrize("name", ["村道养护自评表.xlsx", "村道养护自评表.docx", "供水巡检自评报告.docx"])
def test_a_copy_in_which_nothing_is_masked_reads_as_its_original(name: str) -> None:
    data = (FOLDER / name).read_bytes()
    copy = replaced(data, {}, (), name=name)
    assert read(copy, name=name) == read(data, name=name)
    assert replaced(data, {}, (), name=name) == copy
