"""Office files made part by part, so that a test shows the markup it is about."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name)  # dated 1980: the bytes repeat
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def relations(*entries: tuple[str, str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="{i}" Type="{OFFICE}/{kind}" Target="{target}"/>' for i, kind, target in entries
    )
    return f'<Relationships xmlns="{RELATIONS}">{rows}</Relationships>'


def sheet(rows: str, *, before: str = "", after: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def inline(cell: str, text: str) -> str:
    return f'<c r="{cell}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def workbook(
    *sheets: str | tuple[str, str],
    formats: Sequence[str] = (),
    strings: str | None = None,
    properties: str = "",
) -> bytes:
    """A workbook of sheets (the xml, or the xml and a state such as hidden); style n+1 has the nth number format."""
    pairs = [entry if isinstance(entry, tuple) else (entry, "visible") for entry in sheets]
    listed = "".join(
        f'<sheet name="表{n}" sheetId="{n}" r:id="r{n}" state="{state}"/>'
        for n, (_, state) in enumerate(pairs, 1)
    )
    codes = "".join(
        f'<numFmt numFmtId="{200 + n}" formatCode="{escape(c, {chr(34): "&quot;"})}"/>'
        for n, c in enumerate(formats)
    )
    styles = '<xf numFmtId="0"/>' + "".join(f'<xf numFmtId="{200 + n}"/>' for n in range(len(formats)))
    entries = [(f"r{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(pairs) + 1)]
    entries += [("s", "styles", "styles.xml")] + (
        [("t", "sharedStrings", "sharedStrings.xml")] if strings else []
    )
    parts = {
        "_rels/.rels": relations(("r", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}<sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(*entries),
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>',
        **{f"xl/worksheets/sheet{n}.xml": xml for n, (xml, _) in enumerate(pairs, 1)},
    }
    if strings:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    return packed(parts)


def document(body: str, *, styles: str = "", numbering: str = "", prolog: str = "") -> bytes:
    parts = {
        "_rels/.rels": relations(("r", "officeDocument", "word/document.xml")),
        "word/document.xml": f'{prolog}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
    }
    if styles:
        parts["word/styles.xml"] = f'<w:styles xmlns:w="{WORD}">{styles}</w:styles>'
    if numbering:
        parts["word/numbering.xml"] = f'<w:numbering xmlns:w="{WORD}">{numbering}</w:numbering>'
    return packed(parts)


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def table(*rows: Sequence[str]) -> str:
    """A table of cells given as their inner markup, properties first."""
    return (
        "<w:tbl>"
        + "".join(f"<w:tr>{''.join(f'<w:tc>{c}</w:tc>' for c in row)}</w:tr>" for row in rows)
        + "</w:tbl>"
    )


def compound(*streams: str) -> bytes:
    """The smallest OLE file: its head, and a directory that names the streams in UTF-16LE."""
    directory = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *streams))
    return OLE + b"\0" * 504 + directory
