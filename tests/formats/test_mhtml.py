import base64
import quopri

import pytest

from jixiao import formats
from jixiao.errors import UnreadableError
from jixiao.formats.mhtml.reading import read
from jixiao.layout import Grid, Layout, Line

TABLE = "<html><body><p>{}</p><table><tr><td>项目名称<td>护林补助<tr><td>分值<td>10</table></body></html>"


def part(content: str, *, encoding: str = "utf-8", transfer: str = "quoted-printable", head: str = "") -> str:
    data = content.encode(encoding)
    body = quopri.encodestring(data) if transfer == "quoted-printable" else base64.encodebytes(data)
    return f'Content-Type: text/html; charset="{encoding}"\nContent-Transfer-Encoding: {transfer}\n{head}\n{body.decode()}\n'


def archive(*parts: str, head: str = "MIME-Version: 1.0\n", start: str = "") -> bytes:
    kind = f'Content-Type: multipart/related; boundary="----b"; type="text/html"{start}\n\n'
    return (head + kind + "".join(f"------b\n{p}" for p in parts) + "------b--\n").encode()


def lines(layout: Layout) -> list[str]:
    return [b.text for b in layout.blocks if isinstance(b, Line)]


@pytest.mark.parametrize("transfer", ["quoted-printable", "base64"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb2312"])
def test_the_page_of_an_archive_is_read(transfer: str, encoding: str) -> None:
    picture = "Content-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n"
    data = archive(part(TABLE.format("甲"), encoding=encoding, transfer=transfer), picture)
    layout = formats.read(data, name="自评表.doc")
    assert (layout.format, lines(layout)) == ("mhtml", ["甲"])
    (grid,) = (b for b in layout.blocks if isinstance(b, Grid))
    assert [cell.text for cell in grid.cells] == ["项目名称", "护林补助", "分值", "10"]


def test_a_browsers_archive_begins_with_whom_it_is_from() -> None:
    data = archive(
        part(TABLE.format("甲")),
        head="From: <Saved by a browser>\nSubject: =?utf-8?Q?x?=\nMIME-Version: 1.0\n",
    )
    assert lines(formats.read(data, name="a.mhtml")) == ["甲"]


def test_the_archive_says_which_page_it_starts_with() -> None:
    parts = (
        part(TABLE.format("边栏"), head="Content-ID: <a>\n"),
        part(TABLE.format("正文"), head="Content-ID: <b>\n"),
    )
    assert lines(read(archive(*parts, start='; start="<b>"'), name="a")) == ["正文"]
    assert lines(read(archive(*parts), name="a")) == ["边栏"]


def test_a_workbook_saved_as_an_archive_has_its_sheets() -> None:
    listed = "".join(
        f'<x:ExcelWorksheet><x:Name>{name}</x:Name><x:WorksheetSource HRef="x.files/sheet00{n}.htm"/></x:ExcelWorksheet>'
        for n, name in enumerate(("自评表", "说明"), 1)
    )
    frame = part(
        f"<html><!--[if gte mso 9]><xml>{listed}</xml><![endif]--><frameset><frame src='x.files/sheet001.htm'></frameset>"
    )
    sheets = [
        part(TABLE.format(n), head=f"Content-Location: file:///C:/x.files/{n}.htm\n")
        for n in ("tabstrip", "sheet001", "sheet002")
    ]
    layout = read(archive(frame, *sheets), name="a")
    assert lines(layout) == ["sheet001", "sheet002"]
    assert [b.place.sheet for b in layout.blocks] == ["自评表", "自评表", "说明", "说明"]
    assert [b.place.table for b in layout.blocks if isinstance(b, Grid)] == [1, 2]


@pytest.mark.parametrize(
    "data",
    [
        b"MIME-Version: 1.0\nContent-Type: text/plain\n\nx",
        b"MIME-Version: 1.0\n",
        archive("Content-Type: text/html\n\n<html><body></body></html>\n"),
        b"MIME-Version: 1.0\n" + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 5_000,
        b"MIME-Version: 1.0\n" + b"Content-Type: message/rfc822\n\n" * 5_000,
    ],
    ids=range(5),
)
def test_an_archive_without_a_page_or_one_in_another_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="自评表"):
        read(data, name="自评表.mht")


def test_a_letter_without_parts_is_no_archive() -> None:
    assert formats.read("Subject: 自评\n\n甲\t乙".encode(), name="a").format == "text"
