"""Reads pictures of pages: ruled tables as grids, all other writing as lines, each with how surely it was read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from jixiao.formats.cell_text import joined
from jixiao.formats.intake import Tally, refusal
from jixiao.layout import Block, Cell, Doubt, Grid, Layout, Line, Place

try:
    from jixiao.formats.scan import cells, recognition, turned, writing
    from jixiao.formats.scan.grid import Slot, slots
    from jixiao.formats.scan.ink import Picture
    from jixiao.formats.scan.picture import page_count, pictures_in
    from jixiao.formats.scan.rulings import Network
    from jixiao.formats.scan.sheet import Sheet, sheets
except ImportError as error:
    _MISSING: ImportError | None = error
else:
    _MISSING = None

Box = tuple[float, float, float, float]
POINTS = 72  # to the inch
COARSE, TOO_COARSE = 149, 95  # pixels to the inch: below the first a doubt, below the second no reading
SEALED = 0.03  # of a line of writing
EMPTY_SEALED = 0.03
TITLE = 1.3  # heights of the writing
PROBE = 12  # lines looked at to see whether the page stands on its head
ILLEGIBLE = Decimal("0.5")
CROWDED = "这一页的墨迹多得不像文字，按图画或噪点略去，没有识别；请重新扫描"
NOTHING = "图片里没有认出文字", "请核对是否拍到了材料，或重新扫描"
INNER = 0.012  # inches from the middle of a ruling to the inside of a cell


@dataclass(frozen=True, slots=True)
class Outline:
    """Where the cells of a table stand on the straight page, in points: the box of each, and of its lines."""

    boxes: tuple[Box, ...]
    lines: tuple[tuple[Box, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A page, one of two where two lie side by side: what it holds, in reading order.

    `outlines` are those of its tables, in their order; `width`, `height` and `em`, how high letters are, are in points.
    """

    blocks: tuple[Block, ...]
    outlines: tuple[Outline, ...]
    width: float
    height: float
    em: float


@dataclass(frozen=True, slots=True)
class Page:
    """What one page of a file holds, and what is doubtful there."""

    parts: tuple[Part, ...]
    doubts: tuple[Doubt, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Everything it holds, in reading order."""
        return tuple(block for part in self.parts for block in part.blocks)


def read(data: bytes, *, name: str) -> Layout:
    """Read a picture file: png, jpg, bmp, webp, or tiff with any number of pages.

    Returns:
        the page; of a file of several its format is "scanned_pages" and nothing else, for `pdf.album` to read.

    Raises:
        UnreadableError: broken, over a cap, too coarse to be read, nothing in it, or the extra is not installed.
    """
    _needed(name)
    if page_count(data) > 1:
        return Layout(name=name, blocks=(), format="scanned_pages")
    tally = Tally(name)
    (found,) = pages_of(data, name=name)
    for block in found.blocks:
        for piece in block.cells if isinstance(block, Grid) else (block,):
            tally.add(piece.text)
    if not found.blocks:
        raise refusal(name, *NOTHING)
    return Layout(name=name, blocks=found.blocks, format="scan", doubts=found.doubts)


def pages_of(data: bytes, *, name: str) -> Iterator[Page]:
    """Read the pages of a picture file one by one; every page counts its tables from 1.

    Raises:
        UnreadableError: broken, over a cap, a page too coarse to be read, or the extra is not installed.
    """
    _needed(name)
    for page, (picture, dpi) in enumerate(pictures_in(data, name=name), start=1):
        if dpi < TOO_COARSE:
            raise refusal(
                name,
                f"第 {page} 页约 {int(dpi)} dpi，字太小，认不准",
                "请按 200 dpi 以上重新扫描，或靠近些重拍",
            )
        yield read_page(picture, page=page, points=POINTS / dpi)
        del picture  # before the next one is opened


def read_page(picture: "Picture", *, page: int, points: float) -> Page:
    """Read the picture of one page.

    Args:
        picture: grey (height, width) or BGR (height, width, 3) bytes.
        page: the number of the page, from 1, for places.
        points: points to the pixel; 72 / dpi of the picture.

    Returns:
        Its blocks; places have page, table, row, column and the box in points on the picture as it was given.

    Raises:
        UnreadableError: the extra is not installed.
    """
    _needed(f"第 {page} 页")
    found: list[Part] = []
    tables = 0
    doubts = coarse(POINTS / points, page)
    for sheet in _upright(picture, points):
        reader = _Reader(sheet, page, tables)
        if sheet.noise:
            doubts.append(Doubt(Place(page=page), CROWDED))
        found.append(reader.part())
        tables += len(found[-1].outlines)
        doubts += reader.doubts
    if _illegible([block for part in found for block in part.blocks]):
        doubts.insert(0, Doubt(Place(page=page), "这一页大半看不清，识别结果不可靠；请重新扫描"))
    return Page(tuple(found), tuple(doubts))


def coarse(dpi: float, page: int) -> list[Doubt]:
    """Doubt a page that was scanned too coarsely."""
    if dpi >= COARSE:
        return []
    return [Doubt(Place(page=page), f"约 {int(dpi)} dpi，识别容易出错；请按 200 dpi 以上重新扫描")]


def _illegible(blocks: Sequence[Block]) -> bool:
    """Tell whether most of what stands on a page was read with little confidence."""
    pieces = [piece for block in blocks for piece in (block.cells if isinstance(block, Grid) else (block,))]
    sure = [piece.confidence for piece in pieces if piece.confidence is not None]
    return 2 * sum(each < ILLEGIBLE for each in sure) > len(sure)


def _needed(name: str) -> None:
    if _MISSING is not None or not recognition.is_there():
        raise refusal(
            name,
            "识别扫描件和照片所需的组件没有安装",
            '请安装：pip install "jixiao[scan]"（离线时加 --no-index --find-links 轮子文件夹）',
        ) from _MISSING


def _upright(picture: "Picture", points: float) -> "Sequence[Sheet]":
    """Make the page ready, and turn it where its lines stand on their heads."""
    found = list(sheets(picture, points))
    crops = [
        writing.crop(sheet.grey, strip, (0, 0, *sheet.grey.shape[::-1]))
        for sheet in found
        for strip in _longest(sheet)
    ]
    if recognition.upside_down(crops) > 0.5:  # noqa: PLR2004 - most of them
        return list(sheets(picture, points, turns=2))
    return found


def _longest(sheet: "Sheet") -> "list[writing.Strip]":
    """List the longest lines that stand in cells, else on the page."""
    found = [
        strip
        for network in sheet.networks
        for slot in slots(network)
        for strip in writing.strips(sheet.marks.inside(slot.box), sheet.em)
    ]
    if not found:
        found = [strip for run in writing.runs(sheet.marks.outside(()), sheet.em) for strip in run]
    return sorted(found, key=lambda strip: strip.box[0] - strip.box[2])[:PROBE]


class _Reader:
    """Reads one sheet: all its lines at once, then puts cells and lines together."""

    def __init__(self, sheet: "Sheet", page: int, tables: int) -> None:
        self.sheet, self.page, self.tables = sheet, page, tables
        self.doubts: list[Doubt] = []
        self._outlines: dict[int, Outline] = {}
        self._crops: list[Picture] = []
        self._read: list[recognition.Line] = []
        self._columns: list[tuple[list[tuple[writing.Strip, int]], writing.Strip, tuple[int, int]]] = []

    def part(self) -> Part:
        """Read everything, from the top."""
        unit = POINTS / self.sheet.dpi
        blocks = tuple(self._blocks())
        outlines = tuple(
            self._outlines[block.place.table or 0] for block in blocks if isinstance(block, Grid)
        )
        height, width = self.sheet.grey.shape
        return Part(blocks, outlines, width * unit, height * unit, self.sheet.em * unit)

    def _blocks(self) -> list[Block]:
        networks = self.sheet.networks
        laid = [self._laid(network) for network in networks]
        whole = (0, 0, *self.sheet.grey.shape[::-1])
        runs = writing.runs(self.sheet.marks.outside([network.box for network in networks]), self.sheet.em)
        pieces = [[(strip, self._asked(strip, whole)) for strip in run] for run in runs]
        self._read = recognition.read_lines(self._crops)
        self._turn_columns()
        found: list[tuple[int, Block]] = []
        for number, (network, cells_) in enumerate(zip(networks, laid, strict=True), start=self.tables + 1):
            found.append((network.box[1], self._grid(network, cells_, number)))
        for numbers in writing.paragraphs(runs, self.sheet.em, whole[2]):
            paragraph = [pieces[n] for n in numbers]
            found.append((paragraph[0][0][0].box[1], self._line(paragraph)))
        found.sort(key=lambda entry: entry[0])
        return [block for _, block in found if not (isinstance(block, Line) and not block.text)]

    def _asked(self, strip: "writing.Strip", within: "writing.Box") -> int:
        """Queue a line to be read; the number under which it will be."""
        self._crops.append(writing.crop(self.sheet.grey, strip, within))
        return len(self._crops) - 1

    def _laid(self, network: "Network") -> "list[tuple[Slot, list[tuple[writing.Strip, int]]]]":
        inset = max(1, int(INNER * self.sheet.dpi))
        laid = []
        for slot in slots(network):
            left, top, right, bottom = slot.box
            within = left + inset, top + inset, right - inset, bottom - inset
            strips = writing.strips(self.sheet.marks.inside(slot.box), self.sheet.em)
            asked = [(strip, self._asked(strip, within)) for strip in strips]
            column = turned.column_of(strips, self.sheet.em)
            if column is not None:
                sides = turned.sides(self.sheet.grey, column, within)
                self._crops += sides
                self._columns.append((asked, column, (len(self._crops) - 2, len(self._crops) - 1)))
            laid.append((slot, asked))
        return laid

    def _turn_columns(self) -> None:
        """Read labels that run down a cell as what stands there most surely."""
        for asked, column, sides in self._columns:
            best = turned.chosen([self._read[n] for _, n in asked], *(self._read[n] for n in sides))
            if best is not None:
                asked[:] = [(column, next(n for n in sides if self._read[n] is best))]

    def _grid(
        self, network: "Network", laid: "list[tuple[Slot, list[tuple[writing.Strip, int]]]]", number: int
    ) -> Grid:
        found = []
        for slot, lines in laid:
            left, _, right, _ = slot.box
            said = self._said(lines, right - left)
            place = Place(
                page=self.page,
                table=number,
                row=slot.row + 1,
                column=slot.column + 1,
                box=self.sheet.back(slot.box),
            )
            hurt = self._hurt(slot.box, [strip for strip, _ in lines], said.text)
            self.doubts += cells.doubts(said, place, hurt=hurt, opened=slot.open)
            found.append(
                Cell(
                    slot.row, slot.column, said.text, slot.rowspan, slot.colspan, place=place,
                    confidence=said.confidence,
                )
            )  # fmt: skip
        self._outlines[number] = Outline(
            tuple(self._straight(slot.box) for slot, _ in laid),
            tuple(tuple(self._straight(strip.box) for strip, _ in lines) for _, lines in laid),
        )
        return Grid(tuple(found), Place(page=self.page, table=number, box=self.sheet.back(network.box)))

    def _said(self, lines: "Sequence[tuple[writing.Strip, int]]", width: int) -> "cells.Said":
        """Put lines together; ink without a letter is doubted as if nothing had been read."""
        read = [(strip, self._read[n]) for strip, n in lines]
        marks, em = self.sheet.marks, self.sheet.em
        lost = any(cells.lost_ink(strip, line, marks.inside(strip.box), em) for strip, line in read)
        said = cells.said(read, width, em)
        return replace(said, unread=True, sure=0.0) if lost else said

    def _straight(self, box: "writing.Box") -> Box:
        unit = POINTS / self.sheet.dpi
        return box[0] * unit, box[1] * unit, box[2] * unit, box[3] * unit

    def _line(self, paragraph: "list[list[tuple[writing.Strip, int]]]") -> Line:
        boxes = [strip.box for run in paragraph for strip, _ in run]
        box = (
            min(b[0] for b in boxes),
            min(b[1] for b in boxes),
            max(b[2] for b in boxes),
            max(b[3] for b in boxes),
        )
        place = Place(page=self.page, box=self.sheet.back(box))
        texts, sure = [], []
        for run in paragraph:
            said = [self._said([piece], 0) for piece in run]
            for part, (strip, _) in zip(said, run, strict=True):
                self.doubts += cells.doubts(part, place, hurt=self._hurt(strip.box, [strip], part.text))
            texts.append("  ".join(part.text for part in said if part.text))
            sure += [part.confidence for part in said if part.confidence is not None]
        level = 0 if len(boxes) == 1 and box[3] - box[1] >= TITLE * self.sheet.em else None
        return Line(joined("\n".join(texts)), place, level, min(sure, default=None))

    def _hurt(self, box: "writing.Box", strips: "list[writing.Strip]", text: str) -> str:
        """Tell what happened to the paper where writing stands: a seal over it, a crease through it, or nothing."""
        if strips and any(self._share(strip.box) > SEALED for strip in strips):
            return cells.SEALED if text else cells.EMPTY_SEALED
        if not strips and self._share(box) > EMPTY_SEALED:
            return cells.EMPTY_SEALED
        return cells.CREASED if any(self.sheet.is_creased(strip.box) for strip in strips) else ""

    def _share(self, box: "writing.Box") -> float:
        part = self.sheet.sealed[box[1] : box[3], box[0] : box[2]]
        return float((part > 0).mean()) if part.size else 0.0
