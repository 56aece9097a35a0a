"""What reading a scanned page costs beside the OCR engine alone on the same picture: its texts, as a user would ask.

Both are taken by turns and in processor time: a machine that does other work too slows neither more than the other.
The engine's models are those that are read with here; what it says of the page is lines without a table.
"""

from collections.abc import Iterator
from random import Random
from typing import Any

from rapidocr import RapidOCR

from jixiao.formats.scan.reading import read_page
from jixiao.layout import Grid
from jixiao.papers.form import load_form
from jixiao.papers.pages.selfeval_page import lay_out
from tests.bench.clock import by_turns
from tests.formats import damage
from tests.formats.damage import Picture
from tests.formats.drawn import picture_of
from tests.layouts.invention import invent

FORMS = ("f-10", "f-sys")
ROUNDS, DPI = 3, 200


def told() -> Iterator[str]:
    """Yield a line for each page: seconds of both, and how many times the engine's own time a reading takes."""
    engine: Any = RapidOCR(params={"Global.log_level": "error"})
    for form in FORMS:
        picture = _scanned(form)
        works = (
            lambda picture=picture: read_page(picture, page=1, points=72 / DPI),
            lambda picture=picture: engine(picture),
        )
        ours, alone = (each.processor for each in by_turns(ROUNDS, *works))
        blocks = read_page(picture, page=1, points=72 / DPI).blocks
        cells = sum(len(block.cells) for block in blocks if isinstance(block, Grid))
        yield f"  {form}（{cells} 格）：rapidocr {alone:.1f} 秒，jixiao {ours:.1f} 秒，为其 {ours / alone:.2f} 倍"


def _scanned(form: str) -> Picture:
    """A form lying on its side at 200 dpi, one degree off, with light noise."""
    page = picture_of(lay_out(invent(Random(form), load_form(form)), form), dpi=DPI)
    return damage.noisy(damage.turned(page, 1.0), 6)
