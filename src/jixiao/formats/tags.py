"""Files that begin with a tag or the head of an e-mail: a page, an archive of one, Office XML, RTF, or just text."""

import re

HEAD, TAIL = 8_192, 4_096
PAGES = re.compile(rb"<(?:!doctype\s+html|html|body|meta|head)\b", re.IGNORECASE)
TABLES = re.compile(
    rb"<(?:!--|table|div|p|style|font|center|link|title|span|script|form)\b|<!--", re.IGNORECASE
)
CLOSES = re.compile(rb"</(?:table|html|body|div)\s*>", re.IGNORECASE)
ARCHIVES = re.compile(rb"^mime-version:", re.IGNORECASE | re.MULTILINE)
OFFICE = (
    b"urn:schemas-microsoft-com:office:spreadsheet",
    b"http://schemas.microsoft.com/office/word/2003/wordml",
    b"http://schemas.microsoft.com/office/2006/xmlPackage",
)
TEXT = "jixiao.formats.text.reading"


def reader(data: bytes) -> str | None:
    """Name the module that reads a file which begins with a tag or `Name:`; None when there is none for it."""
    head = _plain(data[:HEAD])
    if head.startswith(b"{\\rtf"):
        return "jixiao.formats.rtf.reading"
    if not head.startswith(b"<"):
        return "jixiao.formats.mhtml.reading" if ARCHIVES.search(head) else TEXT
    if any(name in head for name in OFFICE):
        return "jixiao.formats.office_xml.reading"
    if PAGES.search(head):
        return "jixiao.formats.html.reading"
    if head[:5].lower() == b"<?xml":
        return None
    closes = CLOSES.search(_plain(data[-TAIL:]))
    return "jixiao.formats.html.reading" if TABLES.match(head) and closes else TEXT


def _plain(piece: bytes) -> bytes:
    """Without the mark at the start and the zeros of UTF-16: tags are ASCII in every encoding."""
    return piece.removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe").replace(b"\0", b"").lstrip()
