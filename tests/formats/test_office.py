"""Our own documents of every form, saved by LibreOffice as other kinds and read back: cell for cell the same."""

from dataclasses import replace

import pytest

from jixiao import formats
from jixiao.formats.ole import plain, soffice
from jixiao.formats.ole.word_file import parse
from jixiao.layout import Block, Grid, Layout
from tests.reading.paper import papers

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(soffice.program() is None, reason="SKIPPED: LibreOffice is not on this machine"),
]
FORMS = 9

Shape = list[list[tuple[int, int, str, int, int]]]


def shape(blocks: tuple[Block, ...]) -> Shape:
    return [
        [(c.row, c.column, c.text, c.rowspan, c.colspan) for c in block.cells if c.text]
        for block in blocks
        if isinstance(block, Grid)
    ]


def unparted(page: Layout) -> Layout:
    """The page without rows that stand again: for those a table is written in two parts, which an old document keeps."""
    blocks = (replace(block, repeated=None) if isinstance(block, Grid) else block for block in page.blocks)
    return replace(page, blocks=tuple(blocks))


def shapes(files: list[bytes]) -> list[Shape]:
    return [shape(formats.read(data, name="自评表").blocks) for data in files]


def saved(files: list[bytes], suffix: str, to: str) -> list[bytes]:
    made = [data for data in soffice.converted(files, suffix=suffix, to=to) if data is not None]
    assert len(made) == len(files) == FORMS
    return made


def test_every_form_comes_back_from_libreoffice_cell_for_cell() -> None:
    pages = [unparted(paper.page) for paper in papers("", FORMS, "1")]
    files = [formats.write(page, "docx") for page in pages]
    direct = shapes(files)
    old = saved(files, "docx", "doc")
    assert [shape(plain.read(parse(data), name="a")[0]) for data in old] == direct
    assert shapes(saved(old, "doc", "docx")) == direct
    assert shapes(saved(files, "docx", "html")) == direct
