"""Write PDF: A4 pages as offices expect them, with text to select, bookmarks and tags; always the same bytes.

The pages are set by typst from `page.typ`, which is told everything as data. Before that every character is looked up
in the fonts, so that no page ever shows an empty box for a letter. PDF/A-2a and PDF/UA-1 are asked for, and the
typesetter refuses what doesn't keep to them.
"""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain, islice
from pathlib import Path

import typst

from jixiao.formats.pdf.binding import bind
from jixiao.formats.pdf.composing import Said, composed
from jixiao.formats.pdf.letters import letters
from jixiao.formats.pdf.typefaces import Typefaces
from jixiao.layout import Layout

TEMPLATE = Path(__file__).with_name("page.typ").read_bytes()
FIXED_DATE = 315532800  # 1980-01-01, in seconds
TOGETHER = 24  # papers that are set at once: more are no faster, and each takes its memory


def write(layouts: Iterable[Layout]) -> bytes:
    """Write pages as one PDF, each paper with a bookmark and page numbers of its own.

    Raises:
        UnreadableError: there is no Chinese font, or none has one of the characters; the sentence says what to do.
    """
    papers = iter(layouts)
    first = tuple(islice(papers, 2))
    title = _title(first)
    parts = (_set(part, title) for part in _parts(chain(first, papers)))
    earliest = next(parts, None) or _set((Layout("", ()),), title)
    second = next(parts, None)
    return earliest if second is None else bind(chain((earliest, second), parts))


def _title(first: tuple[Layout, ...]) -> str:
    name = str(composed(first[0])["name"]) if first else "空白"
    return f"{name}等" if len(first) > 1 else name


def _parts(layouts: Iterator[Layout]) -> Iterator[tuple[Layout, ...]]:
    while part := tuple(islice(layouts, TOGETHER)):
        yield part


def _set(layouts: tuple[Layout, ...], title: str) -> bytes:
    faces = letters(layouts)
    papers: list[Said] = [composed(layout) for layout in layouts]
    told = {"title": title, "serif": faces.serif, "sans": faces.sans, "papers": papers}
    said = json.dumps(told, ensure_ascii=False)
    data = _compiler(faces).compile(
        TEMPLATE,
        format="pdf",
        sys_inputs={"paper": said},
        timestamp=FIXED_DATE,
        pdf_standards=["a-2a", "ua-1"],
    )
    return bytes(data) if isinstance(data, bytes) else b""


@cache
def _compiler(faces: Typefaces) -> typst.Compiler:
    """Keep the typesetter with its fonts: getting it ready takes longer than setting a page."""
    return typst.Compiler(font_paths=faces.fonts)
