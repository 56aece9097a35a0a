"""Read an Office file that is one XML file: a workbook here, a document packed as a docx and read as that."""

import zipfile
from dataclasses import replace
from io import BytesIO

from jixiao.formats.docx import reading as docx
from jixiao.formats.intake import LIMITS, refusal
from jixiao.formats.markup import Element, attribute, children, found, local, serialized, tree
from jixiao.formats.office_xml import workbook
from jixiao.formats.parts import PartReader, Parts, damaged
from jixiao.layout import Layout

PART = "part.xml"
WORKBOOK = b"urn:schemas-microsoft-com:office:spreadsheet"
HEAD = 8_192


def read(data: bytes, *, name: str) -> Layout:
    """Read a workbook or document of Office 2003, or a document saved flat.

    Raises:
        UnreadableError: damaged, over a cap, or nothing in it.
    """
    if WORKBOOK in data[:HEAD].replace(b"\0", b""):
        grids, doubts = workbook.read(_part(data, name))
        if not grids and not doubts:
            raise refusal(name, "工作簿里没有内容", "请确认保存的是填好的那一份")
        return Layout(name, grids, "office_xml", doubts[: LIMITS.doubts])
    root = tree(_part(data, name))
    parts = _flat(root) if local(root) == "package" else _of_2003(root)
    if not parts:
        raise damaged(name)
    return replace(docx.read(_packed(parts), name=name), format="office_xml")


def _part(data: bytes, name: str) -> PartReader:
    return Parts(_packed({PART: data}), name).open(PART)


def _packed(parts: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def _flat(root: Element) -> dict[str, bytes]:
    """The XML parts of a document saved flat, by their names."""
    return {
        (attribute(part, "name") or "").lstrip("/"): serialized(content[0])
        for part in root
        if local(part) == "part" and (content := children(part, "xmlData"))
    }


def _of_2003(root: Element) -> dict[str, bytes]:
    """A document of Word 2003 as the parts of a docx."""
    body, styles = found(root, "body"), found(root, "styles")
    if body is None:
        return {}
    text = serialized(body).replace(b":vmerge ", b":vMerge ").replace(b":vmerge/", b":vMerge/")
    parts = {"word/document.xml": b"<document>" + text + b"</document>"}
    return parts if styles is None else parts | {"word/styles.xml": serialized(styles)}
