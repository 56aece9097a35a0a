"""Files made to do harm: each is small or quickly made, and asks its reader for something without end.

A key says the format and the harm; a value makes the bytes. What they may come to stands in test_hostile.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

import xlwt

from tests.formats.made import document, inline, packed, paragraph, sheet, table, workbook

MB = 1024 * 1024
OURS = "青禾县只有本机才有的内容"
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
PROLOGS = {
    "laughs": f'<!DOCTYPE x [<!ENTITY a0 "哈">{LAUGHS}]>',
    "quadratic": f'<!DOCTYPE x [<!ENTITY a9 "{"哈" * 100_000}">]>',
    "outside": '<!DOCTYPE x [<!ENTITY a9 SYSTEM "ADDRESS">]>',
    "parameter": '<!DOCTYPE x [<!ENTITY % p SYSTEM "ADDRESS"> %p; <!ENTITY a9 "x">]>',
    "plain doctype": "<!DOCTYPE x>",
}
USES = {"quadratic": "&a9;" * 5_000, "plain doctype": "甲"}
SHEET = "urn:schemas-microsoft-com:office:spreadsheet"


def entities(harm: str, outside: str = "") -> tuple[str, str]:
    """A prolog with entities and a text that uses them; `outside` is the address of a file on this machine."""
    return PROLOGS[harm].replace("ADDRESS", outside), USES.get(harm, "&a9;")


def hostile_sheet(harm: str, outside: str = "") -> bytes:
    prolog, use = entities(harm, outside)
    rows = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{use}</t></is></c></row>'
    return workbook(prolog + sheet(rows))


def hostile_document(harm: str, outside: str = "") -> bytes:
    prolog, use = entities(harm, outside)
    return document(f"<w:p><w:r><w:t>{use}</w:t></w:r></w:p>", prolog=prolog)


def hostile_xml(harm: str, outside: str = "") -> bytes:
    prolog, use = entities(harm, outside)
    book = f'<Workbook xmlns="{SHEET}" xmlns:ss="{SHEET}"><Worksheet ss:Name="a"><Table><Row><Cell><Data ss:Type="String">{use}'
    ends = "</Data></Cell></Row></Table></Worksheet></Workbook>"
    return f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>{prolog}{book}{ends}'.encode()


def hostile_page(harm: str, outside: str = "") -> bytes:
    prolog, use = entities(harm, outside)
    return f"{prolog}<html><body><p>{use}</p><table><tr><td>甲</table></body></html>".encode()


ENTITIES: Mapping[str, Callable[[str, str], bytes]] = {
    "xlsx": hostile_sheet,
    "docx": hostile_document,
    "office_xml": hostile_xml,
    "html": hostile_page,
}


def utf8(text: str) -> bytes:
    return text.encode()


def overlapping(data: bytes) -> bytes:
    """The zip with every entry of its directory leading to the first one's bytes."""
    harmed = bytearray(data)
    at = harmed.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<L", harmed, at + 42, 0)
        at = harmed.find(b"PK\x01\x02", at + 4)
    return bytes(harmed)


def in_each_other(times: int) -> bytes:
    data = packed({"甲.txt": "甲"})
    for _ in range(times):
        data = packed({"里.zip": data})
    return data


def deep_tables(times: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * times + paragraph("底") + "</w:tc></w:tr></w:tbl>" * times


def deep_book(times: int) -> bytes:
    inside = "<b>" * times + "底" + "</b>" * times
    return hostile_xml("plain doctype").replace(b"<!DOCTYPE x>", b"").replace("甲".encode(), inside.encode())


def pdf(*objects: str, trailer: str = "/Root 1 0 R") -> bytes:
    """A PDF of numbered objects, with a table of where they are."""
    body, places = b"%PDF-1.7\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n".encode()
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{rows}trailer\n<< /Size {len(places) + 1} {trailer} >>\n"
    return body + end.encode() + f"startxref\n{len(body)}\n%%EOF\n".encode()


def page(resources: str = "", content: str = "4 0 R", box: str = "0 0 595 842") -> tuple[str, ...]:
    return (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents {content} /Resources << {resources} >> >>",
    )


def stream(content: str, head: str = "") -> str:
    return f"<< {head} /Length {len(content)} >>\nstream\n{content}\nendstream"


def deflated(size: int) -> bytes:
    """A page whose content is `size` bytes of operators once inflated."""
    inside = zlib.compress(b"0 0 m 9 9 l S\n" * (size // 14), 9)
    head, _, tail = pdf(*page(), stream("@")).partition(stream("@").encode())
    return (
        head
        + f"<< /Filter /FlateDecode /Length {len(inside)} >>\nstream\n".encode()
        + inside
        + b"\nendstream"
        + tail
    )


def png(width: int, height: int, data: bytes = b"") -> bytes:
    def chunk(kind: bytes, inside: bytes) -> bytes:
        return struct.pack(">L", len(inside)) + kind + inside + struct.pack(">L", zlib.crc32(kind + inside))

    head = struct.pack(">2L5B", width, height, 8, 2, 0, 0, 0)
    body = data or zlib.compress(bytes(3 * 600 + 1) * 50)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def jpeg(width: int, height: int) -> bytes:
    frame = struct.pack(">BHHB", 8, height, width, 3) + b"\x01\x11\x00\x02\x11\x00\x03\x11\x00"
    return (
        b"\xff\xd8\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xc0"
        + struct.pack(">H", len(frame) + 2)
        + frame
        + b"\xff\xd9"
    )


def tiff(width: int, height: int, *, following: int = 0) -> bytes:
    """A picture of one tiny strip; `following` is where the next page is said to begin, 8 being this one."""
    entries = (
        (256, width),
        (257, height),
        (258, 8),
        (259, 1),
        (262, 1),
        (273, 200),
        (278, height),
        (279, 16),
    )
    table = b"".join(struct.pack("<HHLL", tag, 4, 1, value) for tag, value in entries)
    head = b"II*\0" + struct.pack("<LH", 8, len(entries)) + table + struct.pack("<L", following)
    return head.ljust(200, b"\0") + bytes(16)


def bmp(width: int, height: int) -> bytes:
    return (
        b"BM"
        + struct.pack("<LLL", 70, 0, 54)
        + struct.pack("<LllHHL", 40, width, height, 1, 24, 0)
        + bytes(36)
    )


def old_book() -> bytearray:
    book = xlwt.Workbook()
    page = book.add_sheet("表")
    for row in range(300):
        page.write(row, 0, f"指标{row}" * 9)
    stream = io.BytesIO()
    book.save(stream)
    return bytearray(stream.getvalue())


def table_loop() -> bytes:
    """Every sector of the book is said to follow itself."""
    data = old_book()
    at = 512 * (1 + struct.unpack_from("<L", data, 76)[0])
    for number in range(128):
        if struct.unpack_from("<L", data, at + 4 * number)[0] < 0xFFFFFFF0:
            struct.pack_into("<L", data, at + 4 * number, number)
    return bytes(data)


def header(at: int, code: str, value: int) -> bytes:
    """The book with another number in the head of its compound file."""
    data = old_book()
    struct.pack_into(code, data, at, value)
    return bytes(data)


def entry(at: int, code: str, value: int) -> bytes:
    """The book with another number in every entry of its directory."""
    data = old_book()
    first = 512 * (1 + struct.unpack_from("<L", data, 48)[0])
    for number in range(4):
        struct.pack_into(code, data, first + 128 * number + at, value)
    return bytes(data)


def parts_in_parts(times: int) -> bytes:
    head = "MIME-Version: 1.0\n" + "".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(times)
    )
    return (head + "Content-Type: text/html\n\n<table><tr><td>底</table>\n").encode()


def traversing() -> bytes:
    """A workbook whose relations lead out of the zip, to a file of this machine."""
    book = workbook(sheet(f'<row r="1">{inline("A1", "甲")}</row>'))
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = parts[name].replace(b"worksheets/sheet1.xml", b"../../../../../../etc/hostname")
    return packed({**parts, "../../../../etc/hostname": "x", "/etc/passwd": "x"})


ROW = f'<row r="1">{inline("A1", "甲")}</row>'
LOOP = ("<< /Type /Catalog /Pages 2 0 R >>",)
HOSTILE: Mapping[str, Callable[[], bytes]] = {
    "xlsx: a part of spaces": lambda: workbook(sheet("", after=("<!--" + " " * 4_000 + "-->") * 10_000)),
    "xlsx: shared bytes": lambda: overlapping(workbook(sheet(ROW))),
    "xlsx: entries": lambda: packed({**{f"xl/{n}.xml": "" for n in range(6_000)}, "xl/workbook.xml": "<x/>"}),
    "xlsx: names that lead out": traversing,
    "xlsx: merges": lambda: workbook(sheet(ROW, after="<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 1_000_000 + "</mergeCells>")),
    "xlsx: a merge of all": lambda: workbook(sheet(ROW, after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>' * 300)),
    "xlsx: far cells": lambda: workbook(sheet(f'{ROW}<row r="1048576">{inline("XFD1048576", "乙")}</row>')),
    "xlsx: depth": lambda: workbook(sheet(ROW, after="<a>" * 100_000)),
    "xlsx: sheets": lambda: workbook(*[sheet(ROW)] * 600),
    "docx: depth": lambda: document(deep_tables(10_000)),
    "docx: depth of runs": lambda: document("<w:p>" + "<w:ins>" * 100_000 + "甲"),
    "docx: spans": lambda: document(table(['<w:tcPr><w:gridSpan w:val="1000000"/></w:tcPr>' + paragraph("甲")] * 60)),
    "html: depth": lambda: utf8("<html><body>" + "<div>" * 100_000 + "甲"),
    "html: depth of tables": lambda: utf8("<html><body>" + "<table><tr><td>" * 5_000 + "甲"),
    "html: spans": lambda: utf8("<html><table>" + "<tr><td rowspan=65534 colspan=1000>甲" * 400 + "</table>"),
    "html: open tags": lambda: b"<html>" + b"<" * 200_000,
    "html: attributes": lambda: utf8("<html><p " + "".join(f"a{n}=1 " for n in range(200_000)) + ">甲"),
    "html: references": lambda: b"<html><p>" + b"&#x110000;&#0;&#xd800;&amp" * 20_000,
    "mhtml: parts in parts": lambda: parts_in_parts(2_000),
    "mhtml: a long boundary": lambda: b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="' + b"b" * 100_000 + b'"\n\n--b',
    "mhtml: heads": lambda: b"MIME-Version: 1.0\n" + b"X-A: b\n" * 200_000 + b"Content-Type: text/html\n\n<p>a</p>",
    "office_xml: depth": lambda: deep_book(100_000),
    "office_xml: far cells": lambda: hostile_xml("plain doctype").replace(b"<!DOCTYPE x>", b"").replace(b"<Row>", b'<Row ss:Index="1000000000">').replace(b"<Cell>", b'<Cell ss:Index="99999999" ss:MergeAcross="999999999" ss:MergeDown="999999999">'),
    "pdf: pages that hold themselves": lambda: pdf(*LOOP, "<< /Type /Pages /Kids [2 0 R 2 0 R 2 0 R] /Count 3 >>"),
    "pdf: a parent that is its child": lambda: pdf(*LOOP, "<< /Type /Pages /Parent 2 0 R /Kids [3 0 R] /Count 1 >>", "<< /Type /Page /Parent 3 0 R >>"),
    "pdf: count": lambda: pdf(*LOOP, "<< /Type /Pages /Kids [] /Count 2147483647 >>"),
    "pdf: a form that draws itself": lambda: pdf(*page("/XObject << /F 5 0 R >>"), stream("/F Do /F Do"), stream("/F Do /F Do", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 5 0 R >> >>")),
    "pdf: forms by powers": lambda: pdf(*page("/XObject << /F 5 0 R >>"), stream("/F Do"), *(stream("/F Do " * 10 if n < 9 else "0 0 9 9 re f", f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F {6 + n} 0 R >> >>") for n in range(10))),
    "pdf: a length that is its stream": lambda: pdf(*page(), "<< /Length 4 0 R >>\nstream\nx\nendstream"),
    "pdf: contents that hold themselves": lambda: pdf(*page(), "[4 0 R 4 0 R]"),
    "pdf: a reference to itself": lambda: pdf(*page(), "4 0 R"),
    "pdf: tables before tables": lambda: pdf(*page(), stream(""), trailer="/Root 1 0 R /Prev 9"),
    "pdf: a huge page": lambda: pdf(*page(box="0 0 1e30 1e30"), stream("0 0 m 1e30 1e30 l S")),
    "pdf: rules": lambda: deflated(6 * MB),
    "pdf: nothing inside": lambda: b"%PDF-1.7\n",
    "pdf: brackets": lambda: pdf(*page(), "[" * 500_000),
    "rtf: brackets": lambda: b"{\\rtf1" + b"{" * 20_000,
    "png: a huge picture": lambda: png(60_000, 60_000),
    "png: a long picture": lambda: png(1, 2_000_000_000),
    "png: no picture": lambda: png(0, 0),
    "png: pixels that swell": lambda: png(20_000, 20_000, zlib.compress(bytes(30 * MB), 9)),
    "tiff: a huge picture": lambda: tiff(60_000, 60_000),
    "tiff: pages in a ring": lambda: tiff(400, 400, following=8),
    "bmp: a huge picture": lambda: bmp(60_000, 60_000),
    "bmp: a picture of less than nothing": lambda: bmp(-60_000, -(2**31)),
    "pdf: a huge picture": lambda: pdf(*page("/XObject << /F 5 0 R >>"), stream("595 0 0 842 0 0 cm /F Do"), stream("xx", "/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 8 /ColorSpace /DeviceGray")),
    "jpeg: a huge picture": lambda: jpeg(65_535, 65_535),
    "ole: sectors that follow themselves": table_loop,
    "ole: a directory that follows itself": lambda: header(48, "<L", 0),
    "ole: more tables without end": lambda: header(72, "<L", 0xFFFFFF00),
    "ole: a table of tables that is its own": lambda: header(68, "<L", 0),
    "ole: sectors of 2^31": lambda: header(30, "<H", 31),
    "ole: small sectors of 2^60": lambda: header(32, "<H", 60),
    "ole: siblings in a ring": lambda: entry(68, "<L", 1),
    "ole: children in a ring": lambda: entry(76, "<L", 0),
    "ole: streams of 2^63": lambda: entry(120, "<Q", 2**63 - 1),
    "text: one bracket": lambda: b"<td>" * 100_000,
    "text: bars": lambda: b"|" * 300_000,
    "text: blanks": lambda: (" " * 5_000 + "甲\n").encode() * 300,
    "zip: in itself": lambda: in_each_other(40),
    "zip: nothing but an end": lambda: b"PK\x05\x06" + b"\xff" * 18,
}  # fmt: skip
