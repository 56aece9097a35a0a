import struct
import zipfile
from io import BytesIO

import pytest

from jixiao import formats
from jixiao.errors import UnreadableError
from jixiao.formats.intake import LIMITS
from tests.formats.made import MAIN, WORD, document, inline, packed, paragraph, relations, sheet, workbook

ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>'


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        formats.read(data, name="表.docx")
    return str(caught.value)


@pytest.mark.parametrize("prolog", [ENTITIES, OUTSIDE, '<!DOCTYPE x SYSTEM "http://localhost/x.dtd">'])
def test_a_doctype_in_an_office_part_is_refused(prolog: str) -> None:
    assert "DOCTYPE" in refused(document(paragraph("甲"), prolog=prolog))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_doctype_hidden_in_utf_16_is_refused_too(encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="UTF-16"?>{OUTSIDE}<w:document xmlns:w="{WORD}">&f;</w:document>'
    parts = {"word/document.xml": b"\xff\xfe" + xml.encode(encoding)}
    assert "“表.docx”：文件" in refused(packed(parts))


def test_an_entity_without_a_doctype_is_damage() -> None:
    assert "损坏" in refused(document("<w:p><w:r><w:t>&file;</w:t></w:r></w:p>"))


@pytest.mark.slow
def test_a_part_that_grows_out_of_proportion_is_refused() -> None:
    bomb = workbook(
        sheet(f'<row r="1">{inline("A1", "甲")}</row>', after=("<!--" + " " * 4_000 + "-->") * 15_000)
    )
    assert len(bomb) < 300_000
    assert "压缩炸弹" in refused(bomb)


def test_a_bomb_in_a_part_nobody_reads_does_no_harm() -> None:
    parts = {
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{paragraph("甲")}</w:body></w:document>',
        "word/media/image1.png": bytes(60_000_000),
    }
    assert formats.read(packed(parts), name="表").blocks


@pytest.mark.slow
def test_a_size_that_lies_in_the_zip_is_no_way_in() -> None:
    data = workbook(sheet(f'<row r="1">{inline("A1", "甲")}</row>', after=" " * 60_000_000))
    at = data.rfind(b"PK\x01\x02")
    while data[at + 46 : at + 66] != b"xl/worksheets/sheet1":
        at = data.rfind(b"PK\x01\x02", 0, at)
    lying = data[: at + 24] + struct.pack("<L", 100) + data[at + 28 :]
    assert "“表.docx”" in refused(lying)


def test_too_many_entries_are_refused_before_they_are_listed() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(LIMITS.zip_entries + 1):
            archive.writestr(f"{number}", b"")
    assert "条目过多" in refused(stream.getvalue())


def test_a_huge_zip_directory_is_refused_before_it_is_read() -> None:
    size = LIMITS.zip_directory_bytes + 1
    end = b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 9, 9, size, 0, 0)
    assert "条目过多" in refused(b"PK\x03\x04" + bytes(size) + end)


@pytest.mark.slow
def test_one_paragraph_of_endless_markup_is_refused() -> None:
    assert "过多" in refused(document("<w:p>" + "<w:r/>" * 2_000_000 + "</w:p>"))


def test_markup_nested_too_deep_is_refused() -> None:
    assert "损坏" in refused(document("<w:p>" + "<w:r>" * 5_000 + "</w:r>" * 5_000 + "</w:p>"))


def test_an_encrypted_entry_is_refused() -> None:
    data = bytearray(packed({"word/document.xml": "<x/>"}))
    data[6] |= 1
    data[data.rfind(b"PK\x01\x02") + 8] |= 1
    assert "密码" in refused(bytes(data))


def test_a_workbook_in_the_strict_dialect_and_with_other_part_names_is_read() -> None:
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    other = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    parts = {
        "_rels/.rels": relations(("r", "officeDocument", "/xl/book.xml")),
        "xl/book.xml": f'<workbook xmlns="{strict}" xmlns:r="{other}"><sheets><sheet name="甲" r:id="a"/></sheets></workbook>',
        "xl/_rels/book.xml.rels": relations(("a", "worksheet", "/xl/one.xml")),
        "xl/one.xml": sheet(f"<row>{inline('', '乙')}</row>").replace(MAIN, strict),
    }
    (grid,) = formats.read(packed(parts), name="表").blocks
    assert [cell.text for cell in grid.cells] == ["乙"]  # type: ignore[union-attr]
