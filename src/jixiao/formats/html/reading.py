"""Read a web page: lines and tables in the order of the page, layout tables unfolded, nothing fetched or run."""

from collections.abc import Sequence

from lxml import etree

from jixiao.formats.html.charset import page_text
from jixiao.formats.html.flow import Flow
from jixiao.formats.html.grid import Draft, Text, to_grid
from jixiao.formats.html.page import Page
from jixiao.formats.intake import CHUNK, LIMITS, Tally, refusal
from jixiao.layout import NOWHERE, Block, Doubt, Grid, Layout, Line, Place

REVISED = "网页里有标为删除的文字（修订痕迹），未读取"
UNSEEN = "网页里有隐藏的表格内容，未读取；如需审核请在浏览器中显示出来后重新保存"
ATTACHED = "网页里没有表格，有 {} 个附件或内嵌文件未读取；请下载后提交附件本身"
FRAMED = "网页只是一个框架，内容在它旁边文件夹里的其他文件中"
TO_SHEETS = "请用 WPS 或 Office 打开后另存为 xlsx 或 docx，或逐个提交文件夹里的网页"
RESAVE = "请用浏览器打开后确认能看到文字，再重新保存"


def read(data: bytes, *, name: str) -> Layout:
    """Read a web page.

    Raises:
        UnreadableError: no text in a known encoding, over a cap, or nothing to see on it.
    """
    text, doubts = page_text(data, name=name)
    page = parsed(text, Tally(name))
    blocks, more = blocks_of([page])
    if not blocks:
        raise refusal(name, *((FRAMED, TO_SHEETS) if page.frames else ("网页里没有文字", RESAVE)))
    return Layout(name, blocks, "html", (*doubts, *more)[: LIMITS.doubts])


def parsed(text: str, tally: Tally) -> Page:
    """Take the tags of a page in.

    Raises:
        UnreadableError: over a cap.
    """
    page = Page(tally)
    parser = etree.HTMLParser(target=page, encoding="utf-8", no_network=True, huge_tree=False)
    data = text.encode("utf-8", "replace")
    try:
        for start in range(0, len(data), CHUNK):
            parser.feed(data[start : start + CHUNK])
        parser.close()
    except etree.LxmlError:
        page.close()  # what came before the break is kept
    return page


def blocks_of(
    pages: Sequence[Page], titles: Sequence[str | None] = ()
) -> tuple[tuple[Block, ...], tuple[Doubt, ...]]:
    """Make the blocks of pages that follow each other; a title names the sheet that a page was."""
    blocks: list[Block] = []
    doubts: list[Doubt] = []
    for number, page in enumerate(pages):
        _gather(page.root, titles[number] if titles else None, blocks, doubts)
        doubts += [
            Doubt(NOWHERE, why) for why, told in ((REVISED, page.revised), (UNSEEN, page.unseen)) if told
        ]
    attached = sum(page.attached for page in pages)
    if attached and not any(isinstance(block, Grid) for block in blocks):
        doubts.append(Doubt(NOWHERE, ATTACHED.format(attached)))
    return tuple(blocks), tuple(doubts)


def _gather(flow: Flow, sheet: str | None, blocks: list[Block], doubts: list[Doubt]) -> None:
    """Number lines and tables as they come; the tables inside a grid's cells follow it."""
    waiting: list[Text | Draft] = flow.items[::-1]
    lines = sum(isinstance(block, Line) for block in blocks)
    tables = len(blocks) - lines
    while waiting:
        item = waiting.pop()
        if isinstance(item, Text):
            lines += 1
            blocks.append(Line(item.text, Place(sheet=sheet, line=lines), item.level))
            continue
        grid, more = to_grid(item, Place(sheet=sheet, table=tables + 1))
        if grid is not None:
            tables += 1
            blocks.append(grid)
            doubts += more
        waiting += [inner for box in reversed(item.boxes) for inner in reversed(box.inner)]
