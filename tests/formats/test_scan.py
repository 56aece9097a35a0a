"""Scanned pages as far as no letter is read: files, seals, straightening, rulings, lines."""

import struct
import zlib

import cv2
import numpy as np
import pytest

from jixiao.errors import UnreadableError
from jixiao.formats.intake import LIMITS
from jixiao.formats.scan import recognition
from jixiao.formats.scan.grid import Slot, slots
from jixiao.formats.scan.ink import evened, height_of_writing, inked
from jixiao.formats.scan.picture import likely_dpi, pictures_in
from jixiao.formats.scan.reading import read
from jixiao.formats.scan.seals import without_seals
from jixiao.formats.scan.sheet import Sheet, sheets
from jixiao.formats.scan.writing import Marks, Strip, crop, paragraphs, runs, strips
from jixiao.layout import Cell, Grid, Layout, Line
from tests.formats import damage
from tests.formats.damage import Picture
from tests.formats.drawn import picture_of

TABLE = Grid((
    Cell(0, 0, "项目名称"), Cell(0, 1, "青禾县村道养护", colspan=4),
    Cell(1, 0, "一级指标"), Cell(1, 1, "三级指标"), Cell(1, 2, "指标值"), Cell(1, 3, "分值"), Cell(1, 4, "得分"),
    Cell(2, 0, "产出指标", rowspan=3), Cell(2, 1, "养护里程"), Cell(2, 2, "≥31公里"), Cell(2, 3, "30"), Cell(2, 4, "30"),
    Cell(3, 1, "验收合格率"), Cell(3, 2, "=100%"), Cell(3, 3, "30"), Cell(3, 4, "28.5"),
    Cell(4, 1, "按期完工"), Cell(4, 2, "12月底前"), Cell(4, 3, "30"), Cell(4, 4, "—"),
    Cell(5, 0, "总分", colspan=3), Cell(5, 3, "100"), Cell(5, 4, "="),
))  # fmt: skip
PAGE = Layout("表", (Line("绩效自评表", level=0), TABLE))
SMALL = {"width": 150, "height": 90, "margin": 10}


def drawn(dpi: int = 200, **options: object) -> Picture:
    return picture_of(PAGE, dpi=dpi, **(SMALL | options))


def owned(sheet: Sheet) -> list[set[tuple[int, int, int, int]]]:
    return [{(s.row, s.column, s.rowspan, s.colspan) for s in slots(n)} for n in sheet.networks]


TRUE = {(cell.row, cell.column, cell.rowspan, cell.colspan) for cell in TABLE.cells}


def seen(picture: Picture, dpi: float = 200) -> list[Sheet]:
    return list(sheets(picture, 72 / dpi))


# ---------------------------------------------------------------- rulings and cells


@pytest.mark.parametrize("dpi", [150, 200, pytest.param(300, marks=pytest.mark.slow)])
@pytest.mark.parametrize("degrees", [-2.0, 0.0, 1.0])
def test_every_span_is_found_at_any_resolution_and_turn(dpi: int, degrees: float) -> None:
    (sheet,) = seen(damage.noisy(damage.turned(drawn(dpi), degrees), 6), dpi)
    assert owned(sheet) == [TRUE]


@pytest.mark.parametrize(
    "hurt",
    [
        lambda page: damage.blurred(page, 1.2),
        lambda page: damage.faint(page, 0.35),
        lambda page: damage.squeezed(page, 30),
        lambda page: damage.noisy(page, 15, specks=0.001),
        lambda page: damage.shadowed(damage.photographed(page), 0.4),
    ],
    ids=["blurred", "faint", "jpeg", "noisy", "photographed"],
)
def test_every_span_is_found_on_a_damaged_page(hurt: object) -> None:
    (sheet,) = seen(hurt(drawn()))  # type: ignore[operator]
    assert owned(sheet) == [TRUE]


def test_a_red_seal_leaves_rulings_alone_and_its_place_is_kept() -> None:
    (sheet,) = seen(damage.sealed(damage.turned(drawn(), 1.0), (0.7, 0.5), dpi=200, millimetres=38))
    assert owned(sheet) == [TRUE]
    assert 0.005 < (sheet.sealed > 0).mean() < 0.2


def test_the_arcs_of_a_grey_seal_are_no_rulings() -> None:
    (sheet,) = seen(damage.sealed(drawn(), (0.7, 0.5), dpi=200, millimetres=38, grey=True))
    assert len(owned(sheet)[0] & TRUE) >= len(TRUE) - 4
    assert (sheet.sealed > 0).any()


def test_no_shreds_of_rulings_are_left_where_a_grey_seal_was() -> None:
    page = damage.sealed(damage.turned(drawn(), 1.0), (0.7, 0.5), dpi=200, millimetres=38, grey=True)
    (sheet,) = seen(page)
    (network,) = sheet.networks
    whole = [line for line, parts in zip(network.rows, network.across, strict=True) if parts.all()]
    left, right = network.columns[0], network.columns[-1]
    stamped = [line for line in whole if (sheet.sealed[line, left:right] > 0).any()]
    assert len(stamped) >= 2
    for line in stamped:
        near = sheet.grey[line - 3 : line + 4, left:right]
        assert near[:, sheet.sealed[line, left:right] > 0].min() > 200


def test_a_heading_in_red_is_no_seal() -> None:
    page = drawn()
    page[: page.shape[0] // 4] = np.where(page[: page.shape[0] // 4] < 128, (40, 40, 210), 255)
    grey, mask = without_seals(page, 200)
    assert not mask.any()
    assert (grey[: page.shape[0] // 4] < 160).any()


def test_a_table_without_side_lines_keeps_its_outer_columns() -> None:
    page = np.full((500, 1000), 255, np.uint8)
    for y in (50, 110, 170, 230, 290):
        cv2.line(page, (50, y), (950, y), 0, 2)
    for x in (300, 600):
        cv2.line(page, (x, 50), (x, 290), 0, 2)
    (sheet,) = seen(page)
    assert owned(sheet) == [{(row, column, 1, 1) for row in range(4) for column in range(3)}]


def test_a_ruling_with_gaps_is_still_one() -> None:
    page = cv2.cvtColor(drawn(), cv2.COLOR_BGR2GRAY)
    page[:, ::60] = 255
    page[:, 1::60] = 255
    page[:, 2::60] = 255
    (sheet,) = seen(page)
    assert owned(sheet) == [TRUE]


def test_a_cell_that_a_missing_line_leaves_open_says_so() -> None:
    page = np.full((400, 700), 255, np.uint8)
    for y in (50, 150, 250, 350):
        cv2.line(page, (50, y), (650, y), 0, 2)
    for x in (50, 250, 450, 650):
        cv2.line(page, (x, 50), (x, 350), 0, 2)
    page[148:153, 260:440] = 255
    page[160:240, 445:455] = 255
    (sheet,) = seen(page)
    found = slots(sheet.networks[0])
    assert sum(slot.rowspan * slot.colspan for slot in found) == 9
    assert any(slot.open for slot in found)


# ---------------------------------------------------------------- the page as a whole


@pytest.mark.slow
def test_two_pages_on_one_sheet_are_two() -> None:
    half = drawn(height=190, width=140)
    found = seen(damage.noisy(damage.turned(damage.two_up(half, half), 0.7), 5))
    assert [owned(sheet) for sheet in found] == [[TRUE], [TRUE]]


@pytest.mark.parametrize("turns", [1, 3])
def test_a_page_on_its_side_is_turned(turns: int) -> None:
    (sheet,) = seen(np.ascontiguousarray(np.rot90(drawn(), turns)))
    height, width = sheet.grey.shape
    assert width > height


def test_a_sheet_on_a_sheet_on_a_sheet_is_not_looked_for_without_end() -> None:
    ground = np.full((900, 1200), 40, np.uint8)
    for n in range(1, 20):
        ground[n * 20 : -n * 20, n * 25 : -n * 25] = 40 + n * 10
    assert len(seen(ground, 150)) == 1


def test_a_place_is_told_on_the_page_as_it_came() -> None:
    page, degrees = drawn(), 2.0
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    (level,) = seen(page)
    (sheet,) = seen(damage.turned(page, degrees))
    cell = slots(level.networks[0])[4].box
    middle = turn @ np.array([(cell[0] + cell[2]) / 2, (cell[1] + cell[3]) / 2, 1.0])
    told = [float(edge) for edge in sheet.back(slots(sheet.networks[0])[4].box)]
    assert (told[0] + told[2]) / 2 == pytest.approx(middle[0] * 72 / 200, abs=1)
    assert (told[1] + told[3]) / 2 == pytest.approx(middle[1] * 72 / 200, abs=1)


@pytest.mark.slow
def test_a_fine_page_is_made_coarser_and_its_places_stay() -> None:
    (fine,), (usual,) = seen(drawn(400), 400), seen(drawn(200), 200)
    assert fine.dpi < 330
    boxes = [[float(e) for e in s.back(slots(s.networks[0])[0].box)] for s in (fine, usual)]
    assert boxes[0] == pytest.approx(boxes[1], abs=1)


# ---------------------------------------------------------------- lines


def test_a_line_that_lies_beyond_its_cell_is_still_cut_out() -> None:
    page = np.full((60, 60), 255, np.uint8)
    assert crop(page, Strip((10, 40, 30, 44)), (5, 5, 50, 35)).shape == (4, 20)


def lines_of(sheet: Sheet, slot: Slot) -> list[str]:
    return [strip.sign for strip in strips(sheet.marks.inside(slot.box), sheet.em)]


def test_a_lone_dash_and_an_equals_sign_are_known_by_their_shape() -> None:
    (sheet,) = seen(damage.noisy(drawn(), 6))
    by_place = {(slot.row, slot.column): slot for slot in slots(sheet.networks[0])}
    assert lines_of(sheet, by_place[4, 4]) == ["—"]
    assert lines_of(sheet, by_place[5, 4]) == ["="]
    assert lines_of(sheet, by_place[4, 3]) == [""]


def test_the_letter_two_is_no_equals_sign() -> None:
    page = Layout(
        "x", (Grid((Cell(0, 0, "二"), Cell(0, 1, "三"), Cell(1, 0, "名称"), Cell(1, 1, "分值得分"))),)
    )
    (sheet,) = seen(picture_of(page, dpi=200, **SMALL))
    assert lines_of(sheet, slots(sheet.networks[0])[0]) == [""]


def test_a_cell_of_three_lines_has_three() -> None:
    text = "完成维修任务并通过验收\n群众反映良好，没有投诉\n一、二期同时完工"
    page = Layout("x", (Grid((Cell(0, 0, text), Cell(0, 1, "9"), Cell(1, 0, "分值"), Cell(1, 1, "得分"))),))
    (sheet,) = seen(damage.turned(picture_of(page, dpi=200, **SMALL), 1.0))
    assert len(lines_of(sheet, slots(sheet.networks[0])[0])) == 3


def test_words_far_apart_on_a_line_are_pieces_of_it() -> None:
    page = picture_of(Layout("x", (Line("单位　　　　　　　　　　年度"), Line("说明文字一行"))), **SMALL)
    ink = inked(evened(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), 200), 200)
    em = height_of_writing(ink, 200)
    assert [len(run) for run in runs(Marks(ink, em).outside(()), em)] == [2, 1]


def test_a_line_that_fills_the_page_goes_on_in_the_next() -> None:
    def line(left: int, top: int, right: int) -> list[Strip]:
        return [Strip((left, top, right, top + 24))]

    page = [
        line(300, 10, 500),
        line(148, 80, 800),
        line(100, 120, 800),
        line(100, 160, 300),
        line(148, 200, 500),
    ]
    assert paragraphs(page, 24.0, 900) == [[0], [1, 2, 3], [4]]


# ---------------------------------------------------------------- files


def png(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunk = b"IHDR" + head
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + chunk
        + struct.pack(">I", zlib.crc32(chunk))
        + bytes(50)
    )


def test_a_huge_picture_is_refused_by_its_head() -> None:
    with pytest.raises(UnreadableError, match="百万像素"):
        read(png(100_000, 100_000), name="大.png")


@pytest.mark.parametrize(
    "data", [png(40, 40), b"\x89PNG", b"II*\0\x08\0\0\0\xff\xff", b"\xff\xd8\xff\xe0\0", b"BM" + bytes(60)]
)
def test_a_broken_picture_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="重新扫描"):
        read(data, name="坏.png")


def test_a_tiff_whose_pages_go_round_in_a_ring_ends() -> None:
    entry = struct.pack("<HHII", 256, 3, 1, 10) + struct.pack("<HHII", 257, 3, 1, 10)
    ring = b"II*\0" + struct.pack("<IH", 8, 2) + entry + struct.pack("<I", 8)
    with pytest.raises(UnreadableError):
        read(ring, name="环.tif")


def test_a_tiff_gives_all_its_pages_and_too_many_are_refused() -> None:
    page = np.full((400, 300, 3), 255, np.uint8)
    _, data = cv2.imencodemulti(".tiff", [page] * 3)
    assert len(list(pictures_in(data.tobytes(), name="三.tif"))) == 3
    _, data = cv2.imencodemulti(".tiff", [page[:4, :4]] * (LIMITS.scanned_pages + 1))
    with pytest.raises(UnreadableError, match="拆成几个文件"):
        list(pictures_in(data.tobytes(), name="多.tif"))


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".bmp", ".webp", ".tiff"])
def test_every_kind_of_picture_opens(suffix: str) -> None:
    _, data = cv2.imencode(suffix, np.full((400, 300, 3), 255, np.uint8))
    ((picture, _),) = pictures_in(data.tobytes(), name=f"页{suffix}")
    assert picture.shape == (400, 300, 3)


def test_a_large_picture_is_opened_smaller_or_without_its_colours() -> None:
    page = np.full((5600, 4200, 3), 255, np.uint8)
    for suffix, colours in ((".jpg", 3), (".png", 2)):
        _, data = cv2.imencode(suffix, page)
        ((picture, dpi),) = pictures_in(data.tobytes(), name="大")
        assert picture.ndim == colours
        assert picture.shape[0] * picture.shape[1] <= LIMITS.pixels_read
        assert dpi == pytest.approx(picture.shape[0] / 11.69, rel=0.01)


def test_a_picture_that_takes_too_much_however_it_is_opened_is_refused() -> None:
    _, data = cv2.imencode(".webp", np.full((6300, 6300, 3), 255, np.uint8))
    with pytest.raises(UnreadableError, match="图片太大"):
        list(pictures_in(data.tobytes(), name="大"))


def test_a_long_line_is_read_in_pieces_cut_where_nothing_stands() -> None:
    line = np.full((48, 5000), 255, np.uint8)
    for left in range(0, 5000, 100):
        line[10:38, left : left + 80] = 0
    pieces = list(recognition._pieces(line))
    assert [start for start, _ in pieces] == [0, *np.cumsum([p.shape[1] for _, p in pieces])[:-1]]
    assert sum(piece.shape[1] for _, piece in pieces) == 5000
    assert all(piece.shape[1] <= recognition.LONGEST for _, piece in pieces)
    assert all(line[:, start].min() == 255 for start, _ in pieces[1:])


def test_noise_is_no_writing() -> None:
    grain = np.random.default_rng(1).integers(0, 255, (3400, 2400)).astype(np.uint8)
    (sheet,) = seen(grain, 290)
    assert sheet.noise
    assert not len(sheet.marks.outside(()))


def test_a_resolution_is_believed_only_where_the_page_gets_a_likely_size() -> None:
    page = np.zeros((2338, 1654), np.uint8)
    assert likely_dpi(page, 200) == 200
    assert likely_dpi(page, 72) == pytest.approx(200, abs=0.1)
    assert likely_dpi(page, 600) == 600
    assert likely_dpi(page[:600, :400], 600) == pytest.approx(51.3, abs=0.1)


def test_a_part_of_a_page_is_as_fine_as_its_writing_is_high() -> None:
    assert 150 < likely_dpi(drawn(200), 0) < 250


def test_a_page_too_coarse_is_refused_with_what_to_do() -> None:
    _, data = cv2.imencode(".png", damage.turned(picture_of(PAGE, dpi=70, width=297, height=210), 1.0))
    with pytest.raises(UnreadableError, match="200 dpi 以上重新扫描"):
        read(data.tobytes(), name="小.png")


def test_a_missing_extra_is_named_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "is_there", lambda: False)
    with pytest.raises(UnreadableError, match=r"jixiao\[scan\]"):
        read(b"", name="页.png")
