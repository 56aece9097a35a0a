"""LibreOffice opens what we write, prints it on the paper that was meant, and saves it so that we read the same."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from io import BytesIO
from random import Random

import openpyxl
import pypdfium2
import pytest

from jixiao import formats
from jixiao.formats.ole import soffice
from jixiao.layout import Cell, Grid, Input, Layout, Line, Role, Wanted
from jixiao.papers import recognize
from jixiao.papers.form import list_forms, load_form
from jixiao.papers.pages.selfeval_page import lay_out
from tests.layouts.invention import invent

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(soffice.program() is None, reason="SKIPPED: LibreOffice is not on this machine"),
]
KINDS = pytest.mark.parametrize("kind", ["docx", "xlsx"])
A4 = (595, 842)


@cache
def pages() -> tuple[Layout, ...]:
    """A page of each form, the last on its side and with a stamp."""
    made = [lay_out(invent(Random(form), load_form(form)), form) for form in list_forms()]
    return (*made[:-1], replace(made[-1], landscape=True, stamp='{"甲": 1}'))


def through(files: Sequence[bytes], kind: str, to: str) -> list[bytes]:
    made = [data for data in soffice.converted(files, suffix=kind, to=to) if data is not None]
    assert len(made) == len(files)
    return made


def seen(data: bytes) -> tuple[object, ...]:
    """What is read of a file: each line, and each cell with text where it stands; the papers; the stamp; the doubts."""
    layout = formats.read(data, name="自评表")
    blocks = tuple(
        tuple((c.row, c.column, c.text, c.rowspan, c.colspan) for c in block.cells if c.text)
        if isinstance(block, Grid)
        else (block.text, block.level)
        for block in layout.blocks
    )
    records = tuple(reading.record for reading in recognize(layout))
    return blocks, records, layout.stamp, tuple(doubt.why for doubt in layout.doubts)


@KINDS
def test_every_form_is_saved_again_and_reads_the_same(kind: str) -> None:
    files = [formats.write(page, kind) for page in pages()]
    for before, after in zip(files, through(files, kind, kind), strict=True):
        assert seen(after) == seen(before)


@KINDS
def test_a_form_is_printed_on_its_paper(kind: str) -> None:
    some = pages()[::4]
    files = [formats.write(page, kind) for page in some]
    for page, printed in zip(some, through(files, kind, "pdf"), strict=True):
        document = pypdfium2.PdfDocument(printed)
        try:
            sizes = {tuple(int(side + 0.5) for side in sheet.get_size()) for sheet in document}
            told = "".join(sheet.get_textpage().get_text_bounded() for sheet in document)
        finally:
            document.close()
        assert sizes == {A4[::-1] if page.landscape else A4}
        assert "—1—" in "".join(told.split())
        assert all(word in told for word in ("三级指标", "得分"))


def test_bound_papers_are_printed_one_after_another_each_on_its_paper() -> None:
    bind = [
        replace(page, landscape=landscape) for page, landscape in zip(pages(), (False, True), strict=False)
    ]
    (bound,) = through([formats.bind(bind, "docx")], "docx", "pdf")
    document = pypdfium2.PdfDocument(bound)
    try:
        wide = [sheet.get_width() > sheet.get_height() for sheet in document]
    finally:
        document.close()
    assert wide == sorted(wide)
    assert set(wide) == {False, True}


def test_a_template_is_worked_out_where_nothing_was_known_yet() -> None:
    score = Input(Wanted.NUMBER, places=2)
    page = Layout(
        "模板",
        (
            Line("自评表", level=0),
            Grid((
                Cell(0, 0, "9.50", role=Role.NUMBER, input=score),
                Cell(0, 1, "8.25", role=Role.NUMBER, input=score),
                Cell(1, 0, "", 1, 2, Role.NUMBER, formula="ROUND(SUM({0:0}:{0:1}),2)"),
                Cell(2, 0, "", formula='IF({1:0}>=17,"良","中")'),
            )),
        ),
        stamp="模板",
    )  # fmt: skip
    (again,) = through([formats.write(page, "xlsx")], "xlsx", "xlsx")
    blocks, _, stamp, doubts = seen(again)
    assert blocks == (((0, 0, "自评表", 1, 2), (1, 0, "9.50", 1, 1), (1, 1, "8.25", 1, 1), (2, 0, "17.75", 1, 2), (3, 0, "良", 1, 1)),)  # fmt: skip
    assert (stamp, doubts) == ("模板", ())
    sheet = openpyxl.load_workbook(BytesIO(again)).worksheets[0]
    assert sheet.protection.sheet
    assert [sheet[name].protection.locked for name in ("A2", "A3")] == [False, True]
