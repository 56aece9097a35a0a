"""Read a picture file of several pages as if they were those of a PDF: a table that runs on over pages is one."""

from time import monotonic

from jixiao.formats.intake import LIMITS, Tally, refusal
from jixiao.formats.pdf import recognized
from jixiao.formats.pdf.page import Page
from jixiao.formats.pdf.reading import composed
from jixiao.formats.scan.picture import page_count
from jixiao.formats.scan.reading import NOTHING, pages_of
from jixiao.layout import Block, Doubt, Layout, Line, Place

ENOUGH = LIMITS.guard_of_scans.seconds * 0.8  # seconds: then what is there is handed over, before all is lost
LATE = "识别前面各页已用去 {seconds} 秒，从第 {page} 页起未读取；请拆成几个文件再试"


def read(data: bytes, *, name: str) -> Layout:
    """Read all pages of a picture file.

    Raises:
        UnreadableError: as `scan.reading.read`.
    """
    found: list[Page] = []
    doubts: list[Doubt] = []
    began, count = monotonic(), page_count(data)
    tally = Tally(name)  # counted as they come, before the next page is opened
    for number, scanned in enumerate(pages_of(data, name=name), start=1):
        for block in scanned.blocks:
            _count(tally, block)
        found += recognized.pages(scanned, number, found[-1] if found else None)
        if (spent := monotonic() - began) > ENOUGH and number < count:
            doubts.append(Doubt(Place(page=number + 1), LATE.format(page=number + 1, seconds=int(spent))))
            break
    layout = composed(found, doubts, name=name, format_="scan")
    if not layout.blocks:
        raise refusal(name, *NOTHING)
    return layout


def _count(tally: Tally, block: Block) -> None:
    for piece in (block,) if isinstance(block, Line) else block.cells:
        tally.add(piece.text)
