"""Notes on a user's own PDF: frames round cells, marks on words, a page in front, and the file itself to the byte."""

import ctypes
from datetime import date

import pypdfium2.raw as pdfium
import pytest
from pypdfium2 import PdfDocument

from jixiao import formats
from jixiao.errors import UnreadableError
from jixiao.formats.notes import Annotated, Level, Note, Notes
from jixiao.formats.pictures import png
from jixiao.layout import NOWHERE, Grid, Layout, Line, Place
from tests.formats.made_pdf import Drawn, filled, lattice, locked, pdf, text

AUTHOR = "审核人"
XS, YS = (50, 150, 250), (600, 630, 660)
TABLE = lattice(XS, YS) + filled(XS, YS, (("得分", "8"), ("原因", "无")))
SENTENCE = text(50, 700, "全年巡检管网24次。用水农户满意度为95%。")


def paper(turns: int = 0) -> bytes:
    return pdf(Drawn(TABLE, turns=turns), Drawn(SENTENCE + text(50, 680, "自评得分99分。")))


def on(place: Place, quoted: str = "", **more: str) -> Note:
    return Note(place, "得分不对", "自评 8，应为 7", Level.ERROR, "得分", quoted, **more)


def marked(data: bytes, *listed: Note) -> Annotated:
    return formats.annotate(
        data, Notes(listed, AUTHOR, date(2024, 3, 1), "审核意见", ("自评 90",)), name="a.pdf"
    )


def string(annotation: object, key: bytes) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    held = (ctypes.c_ushort * (size // 2))()
    pdfium.FPDFAnnot_GetStringValue(annotation, key, held, size)
    return bytes(held).decode("utf-16-le").rstrip("\0")


def annotations(data: bytes, page: int) -> list[tuple[int, str, tuple[int, ...]]]:
    """The kind, the text and the corners of each annotation on a page, counted from 0."""
    found = []
    document = PdfDocument(data)
    for number in range(pdfium.FPDFPage_GetAnnotCount(document[page])):
        annotation = pdfium.FPDFPage_GetAnnot(document[page], number)
        box = pdfium.FS_RECTF()
        pdfium.FPDFAnnot_GetRect(annotation, box)
        assert string(annotation, b"T") in {AUTHOR, ""}
        corners = tuple(int(at) for at in (box.left, box.bottom, box.right, box.top))
        found.append((pdfium.FPDFAnnot_GetSubtype(annotation), string(annotation, b"Contents"), corners))
        pdfium.FPDFPage_CloseAnnot(annotation)
    document.close()
    return found


def cell(data: bytes, words: str) -> Place:
    grids = [block for block in formats.read(data, name="a").blocks if isinstance(block, Grid)]
    return next(c.place for grid in grids for c in grid.cells if c.text == words)


def texts(layout: Layout) -> list[object]:
    return [
        b.text if isinstance(b, Line) else [(c.row, c.column, c.text) for c in b.cells] for b in layout.blocks
    ]


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_cell_is_framed_where_it_stands_however_the_page_is_turned(turns: int) -> None:
    before = paper(turns)
    found = marked(before, on(cell(before, "8")))
    assert found.lost == ()
    [(kind, said, corners)] = annotations(found.data, 1)
    assert kind == pdfium.FPDF_ANNOT_SQUARE
    assert said == "错误：得分不对\n自评 8，应为 7"
    assert all(abs(a - b) <= 2 for a, b in zip(corners, (150, 630, 250, 660), strict=True))


def test_quoted_words_are_marked_on_their_own_page_or_the_next() -> None:
    found = marked(paper(), on(Place(page=1, box=("50", "50", "90", "60")), "用水农户满意度为 95%"))
    [(kind, _, (left, bottom, right, top))] = annotations(found.data, 2)
    assert kind == pdfium.FPDF_ANNOT_HIGHLIGHT
    assert left > 50
    assert bottom > 690
    assert right > left
    assert top < 720


def test_notes_of_one_place_stand_in_one_frame() -> None:
    before = paper()
    place = cell(before, "8")
    [(_, said, _)] = annotations(marked(before, on(place), on(place)).data, 1)
    assert said.count("得分不对") == 2


def test_the_file_itself_stays_to_the_byte() -> None:
    before = paper()
    assert marked(before, on(cell(before, "8"))).data.startswith(before)


def test_reading_it_back_gives_the_page_that_was_there() -> None:
    before = paper()
    after = marked(before, on(cell(before, "8")), on(Place(page=2), "自评得分99分")).data
    assert texts(formats.read(before, name="a")) == texts(formats.read(after, name="a"))


def test_the_page_in_front_tells_every_note_and_what_has_no_place() -> None:
    before = paper()
    found = marked(before, on(cell(before, "8")), on(NOWHERE))
    assert found.lost == (1,)
    document = PdfDocument(found.data)
    words = document[0].get_textpage().get_text_range()
    document.close()
    assert words.count("得分不对") == 2
    assert "未能定位" in words


def test_a_correction_is_only_told() -> None:
    before = paper()
    found = marked(before, on(cell(before, "8"), old="8", replacement="7"))
    assert (found.changed, found.unchanged) == ((), (0,))
    assert "PDF 不改原文），请手工改：“8”改为“7”" in annotations(found.data, 1)[0][1]


def test_without_a_font_for_the_page_in_front_the_notes_tell_by_themselves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def no_font(_: object) -> bytes:
        raise UnreadableError("没有中文字体。")

    monkeypatch.setattr("jixiao.formats.pdf.annotating.write", no_font)
    before = paper()
    found = marked(before, on(cell(before, "8")), on(NOWHERE))
    assert [said for _, said, _ in annotations(found.data, 0)] == ["错误：得分不对\n自评 8，应为 7"] * 2


def test_the_same_notes_give_the_same_bytes() -> None:
    before = paper()
    notes = on(cell(before, "8")), on(Place(page=2), "自评得分99分")
    assert marked(before, *notes).data == marked(before, *notes).data


def test_a_file_with_notes_from_before_and_one_with_a_password_are_refused() -> None:
    before = paper()
    with pytest.raises(UnreadableError, match="已经是加过批注的文件"):
        marked(marked(before, on(cell(before, "8"))).data, on(NOWHERE))
    with pytest.raises(UnreadableError, match="有密码保护"):
        marked(locked("BT /F1 10 Tf (x) Tj ET", "secret"), on(NOWHERE))


def test_a_picture_comes_back_as_a_pdf_of_it_with_the_notes_on_it() -> None:
    photo = png(1240, 1754, bytes([255]) * (1240 * 1754))
    found = marked(photo, on(Place(page=1, box=("100", "200", "150", "220"))))
    assert (found.lost, found.suffix) == ((), ".pdf")
    [(kind, _, corners)] = annotations(found.data, 1)
    document = PdfDocument(found.data)
    height = document[1].get_height()
    [picture] = document[1].get_objects()
    assert picture.type == pdfium.FPDF_PAGEOBJ_IMAGE
    document.close()
    assert kind == pdfium.FPDF_ANNOT_SQUARE
    assert all(abs(a - b) <= 1 for a, b in zip(corners, (100, height - 220, 150, height - 200), strict=True))
