"""Write PDF: A4 pages as offices expect them, with text to select, bookmarks and tags; always the same bytes.

The pages are set by typst from `page.typ`, which is told everything as data. Before that every character is looked up
in the fonts, so that no page ever shows an empty box for a letter. PDF/A-2a and PDF/UA-1 are asked for, and the
typesetter refuses what doesn't keep to them.
"""

import ctypes
import json
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from io import BytesIO
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

import typst

from jixiao.formats.pdf.binding import bind
from jixiao.formats.pdf.composing import composed
from jixiao.formats.pdf.letters import letters
from jixiao.formats.pdf.typefaces import Typefaces
from jixiao.layout import Layout

TEMPLATE = Path(__file__).with_name("page.typ").read_bytes()
FIXED_DATE = 315532800  # 1980-01-01, in seconds
TOGETHER = 16  # papers that are set at once: more are hardly faster, and each takes its memory
REMEMBERED = 11  # compilations after which the typesetter forgets what it had worked out


def write(layouts: Iterable[Layout]) -> bytes:
    """Write pages as one PDF, each paper with a bookmark and page numbers of its own.

    Raises:
        UnreadableError: there is no Chinese font, or none has one of the characters; the sentence says what to do.
    """
    out = BytesIO()
    write_into(layouts, out)
    return out.getvalue()


def write_into(layouts: Iterable[Layout], out: BinaryIO) -> None:
    """Write pages as `write` does, a few at a time into a stream at its start: thousands are never there as a whole.

    Raises:
        UnreadableError: as `write`.
    """
    papers = iter(layouts)
    first = tuple(islice(papers, 2)) or (Layout("空白", ()),)
    title = str(composed(first[0])["name"]) + ("等" if len(first) > 1 else "")
    parts = _parts(chain(first, papers), title)
    alone = next(parts)
    second = next(parts, None)
    if second is None:
        out.write(alone)
    else:
        bind(chain((alone, second), parts), out)


def _parts(layouts: Iterator[Layout], title: str) -> Iterator[bytes]:
    """Set a few papers at a time, and let the typesetter forget them before the next."""
    while part := tuple(islice(layouts, TOGETHER)):
        faces = letters(part)
        yield _set(part, title, faces)
        if len(part) == TOGETHER:
            for _ in range(REMEMBERED):
                _compiler(faces).compile(b"", format="svg", sys_inputs={})
            _give_back()


def _give_back() -> None:
    """Return to the system what the typesetter has let go: the pieces that its threads leave add up over thousands."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc has it, others need none
        if trim is not None:
            trim(0)


def _set(layouts: tuple[Layout, ...], title: str, faces: Typefaces) -> bytes:
    papers = [composed(layout) for layout in layouts]
    told = {"title": title, "serif": faces.serif, "sans": faces.sans, "papers": papers}
    data = _compiler(faces).compile(
        TEMPLATE,
        format="pdf",
        sys_inputs={"paper": json.dumps(told, ensure_ascii=False)},
        timestamp=FIXED_DATE,
        pdf_standards=["a-2a", "ua-1"],
    )
    return bytes(data) if isinstance(data, bytes) else b"".join(data or ())


@cache
def _compiler(faces: Typefaces) -> typst.Compiler:
    """Keep the typesetter with its fonts: getting it ready takes longer than setting a page."""
    return typst.Compiler(font_paths=faces.fonts)
