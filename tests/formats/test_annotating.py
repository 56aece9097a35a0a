"""Notes on every cell and line of papers in the ways in which units make them: nothing else in the files moves."""

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from random import Random

import pytest
from lxml import etree

from jixiao import formats
from jixiao.formats.notes import Level, Note, Notes
from jixiao.formats.ole import soffice
from jixiao.layout import Grid, Layout, Place
from tests.reading import documents, office, workbooks
from tests.reading.paper import papers

Maker = Callable[[Random, Layout], bytes]
BOOKS: tuple[Maker, ...] = (
    workbooks.ours, workbooks.numbers, workbooks.merged, workbooks.aside, workbooks.hidden, workbooks.printed,
    workbooks.formulas,
)  # fmt: skip
PAGES: tuple[Maker, ...] = (
    documents.ours, documents.cells, documents.upright, documents.breaks, documents.controls, documents.revised,
    documents.nested, documents.uneven,
)  # fmt: skip
ALLOWED = {"[Content_Types].xml", "docProps/app.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
           "word/document.xml", "word/_rels/document.xml.rels"}  # fmt: skip
ADDED = ("legacyDrawing",)


def spots(layout: Layout) -> list[tuple[Place, str]]:
    return [
        (part.place, part.text)
        for block in layout.blocks
        for part in (block.cells if isinstance(block, Grid) else [block])
    ]


def noted(data: bytes) -> bytes:
    """The file with a note on each of its places, every third on the words that stand there."""
    listed = tuple(
        Note(place, "题", "文", Level.HINT, "处", text if number % 3 == 0 else "")
        for number, (place, text) in enumerate(spots(formats.read(data, name="a")))
        if text
    )
    assert listed
    found = formats.annotate(data, Notes(listed, "审", date(2024, 1, 1), "审核意见"), name="a")
    assert found.lost == ()
    return found.data


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def sheet(part: bytes) -> bytes:
    root = etree.fromstring(part)
    for element in [e for e in root if etree.QName(e).localname in ADDED]:
        root.remove(element)
    for view in root.iter("{*}sheetView"):
        view.attrib.pop("tabSelected", None)
    return bytes(etree.tostring(root, method="c14n"))


def made(maker: Maker, count: int = 2) -> Iterator[bytes]:
    for number, paper in enumerate(papers("", count, maker.__name__)):
        yield maker(Random(number), paper.page)


@pytest.mark.parametrize(
    "maker", [*BOOKS, *PAGES], ids=lambda m: f"{m.__module__.rpartition('.')[2]}-{m.__name__}"
)
def test_a_note_on_every_place_moves_nothing(maker: Maker) -> None:
    for before in made(maker):
        after = noted(before)
        assert spots(formats.read(before, name="a")) == spots(formats.read(after, name="a"))
        old, new = parts(before), parts(after)
        differing = {name for name, content in old.items() if new[name] != content}
        sheets = {name for name in differing if name.startswith("xl/worksheets/sheet")}
        assert differing - sheets <= ALLOWED
        assert all(sheet(old[name]) == sheet(new[name]) for name in sheets)


@pytest.mark.slow
@pytest.mark.skipif(soffice.program() is None, reason="SKIPPED: LibreOffice is not on this machine")
@pytest.mark.parametrize(
    ("makers", "suffix", "wanted"), [(BOOKS[1::2], "xlsx", "xls"), (PAGES[1::4], "docx", "doc")]
)
def test_libreoffice_opens_what_was_noted_and_finds_the_same_in_it(
    makers: tuple[Maker, ...], suffix: str, wanted: str
) -> None:
    before = [data for maker in makers for data in made(maker, 1)]
    both = office.converted([*before, *map(noted, before)], suffix, wanted)
    for plain, after in zip(both[: len(before)], both[len(before) :], strict=True):
        assert plain is not None
        assert after is not None
        told = [text for _, text in spots(formats.read(plain, name="a"))]
        again = [text for _, text in spots(formats.read(after, name="a"))]
        assert told == again[len(again) - len(told) :]
        assert "审核意见" in again[0]


@pytest.mark.slow
@pytest.mark.skipif(soffice.program() is None, reason="SKIPPED: LibreOffice is not on this machine")
def test_old_formats_come_back_as_those_after_them_with_every_note_in_its_place() -> None:
    old = list(made(workbooks.xls_merged, 1))
    letters = office.converted(list(made(documents.cells, 1)), "docx", "doc")
    for before in (*old, *letters):
        assert before is not None
        texts = [text for _, text in spots(formats.read(before, name="a")) if text]
        after = noted(before)
        assert zipfile.is_zipfile(io.BytesIO(after))
        assert texts == [text for _, text in spots(formats.read(after, name="a")) if text]
