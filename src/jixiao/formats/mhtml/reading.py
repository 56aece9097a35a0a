"""Read a page archive: the page it starts with, or a workbook's sheets; pictures are never decoded."""

import re
from email import message_from_bytes
from email.message import Message
from urllib.parse import unquote

from jixiao.expressions import expression
from jixiao.formats.html.charset import page_text
from jixiao.formats.html.page import Page
from jixiao.formats.html.reading import blocks_of, parsed
from jixiao.formats.intake import LIMITS, Tally, refusal, too_large, too_much
from jixiao.layout import Doubt, Layout

BOUNDARY = re.compile(rb"boundary\s*=|message/", re.IGNORECASE)
MOST_PARTS = 2_000
DEEPEST = 20
SHEET = expression(
    r"<x:ExcelWorksheet>\s*<x:Name>([^<>]{1,80})</x:Name>\s*<x:WorksheetSource\s+HRef=\"([^\"<>]{1,200})\"",
    re.IGNORECASE,
)
AGAIN = "请用浏览器重新保存，或用 WPS、Office 打开后另存为 xlsx 或 docx"


def read(data: bytes, *, name: str) -> Layout:
    """Read a page archive.

    Raises:
        UnreadableError: damaged, over a cap, no page in it, or nothing to see on it.
    """
    tally, pages, titles = Tally(name), [], []
    doubts: list[Doubt] = []
    sheets: dict[str, str] = {}
    for part in _pages(data, name):
        text, more = page_text(_content(part, name), name=name, claimed=part.get_content_charset("") or "")
        sheets |= {_file(href): title for title, href in SHEET.findall(text)}
        page = parsed(text, tally)
        doubts += more
        if page.root.items or not page.frames:
            pages.append(page)
            titles.append(sheets.get(_file(part.get("Content-Location", ""))))
    blocks, more = blocks_of(*_worth(pages, titles))
    if not blocks:
        raise refusal(name, "网页存档里没有文字", AGAIN)
    return Layout(name, blocks, "mhtml", (*doubts, *more)[: LIMITS.doubts])


def _pages(data: bytes, name: str) -> list[Message]:
    """The parts that are pages, the one the archive starts with first."""
    if len(BOUNDARY.findall(data)) > DEEPEST or data.count(b"\n--") > MOST_PARTS:
        raise too_much(name, "网页存档里的部分")
    message = message_from_bytes(data)
    start = str(message.get_param("start", "") or "").strip("<> ")
    pages = [
        part for part in message.walk() if part.get_content_type() in {"text/html", "application/xhtml+xml"}
    ]
    return sorted(
        pages, key=lambda part: start != str(part.get("Content-ID", "")).strip("<> ") if start else False
    )


def _content(part: Message, name: str) -> bytes:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes) or len(content) > LIMITS.text_bytes:
        raise too_large(name, LIMITS.text_bytes)
    return content


def _file(location: str) -> str:
    return unquote(str(location)).rpartition("/")[2].lower()


def _worth(pages: list[Page], titles: list[str | None]) -> tuple[list[Page], list[str | None]]:
    """The sheets of a workbook where it has some, without its row of tabs; else the first page that shows anything."""
    if any(titles):
        chosen = [at for at, title in enumerate(titles) if title is not None]
    else:
        chosen = [at for at, page in enumerate(pages) if page.root.items][:1]
    return [pages[at] for at in chosen], [titles[at] for at in chosen]
