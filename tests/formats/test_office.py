"""Our own documents of every form, saved by LibreOffice as other kinds and read back: cell for cell the same."""

import pytest

from jixiao import formats
from jixiao.formats.ole import plain, soffice
from jixiao.formats.ole.word_file import parse
from jixiao.layout import Block, Grid
from tests.reading.paper import papers

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(soffice.program() is None, reason="SKIPPED: LibreOffice is not on this machine"),
]
FORMS = 9

Shape = list[list[tuple[int, int, str, int, int]]]


def shape(blocks: tuple[Block, ...]) -> Shape:
    """The cells of each table; of two that follow one another, which Word repeats apart, the rows are counted on."""
    tables: Shape = []
    below = 0
    for before, block in zip((None, *blocks), blocks, strict=False):
        if not isinstance(block, Grid):
            continue
        if not isinstance(before, Grid):
            tables.append([])
            below = 0
        tables[-1] += [(below + c.row, c.column, c.text, c.rowspan, c.colspan) for c in block.cells if c.text]
        below += max(c.row + c.rowspan for c in block.cells)
    return tables


def shapes(files: list[bytes]) -> list[Shape]:
    return [shape(formats.read(data, name="自评表").blocks) for data in files]


def saved(files: list[bytes], suffix: str, to: str) -> list[bytes]:
    made = [data for data in soffice.converted(files, suffix=suffix, to=to) if data is not None]
    assert len(made) == len(files) == FORMS
    return made


def test_every_form_comes_back_from_libreoffice_cell_for_cell() -> None:
    files = [formats.write(paper.page, "docx") for paper in papers("", FORMS, "1")]
    direct = shapes(files)
    old = saved(files, "docx", "doc")
    assert [shape(plain.read(parse(data), name="a")[0]) for data in old] == direct
    assert shapes(saved(old, "doc", "docx")) == direct
    assert shapes(saved(files, "docx", "html")) == direct
