"""A sheet of a workbook being written: its rows as markup, one after another, and what stands beside them."""

from dataclasses import dataclass, field
from typing import NamedTuple

from jixiao.expressions import expression
from jixiao.formats.packing import escaped
from jixiao.formats.text_width import lines
from jixiao.formats.xlsx.dress import HEI, KAI, MAIN, MARK, TITLE_FONT, Dress, Wardrobe
from jixiao.formats.xlsx.fitting import LINE, LOWEST, PADDING, TALLEST, USUAL_SIZE, height, points
from jixiao.formats.xlsx.inputs import Inputs
from jixiao.formats.xlsx.paging import LANDSCAPE_PAGE, MOST_SHRUNK, PORTRAIT_PAGE, page_ends
from jixiao.formats.xlsx.sheet import Area, column_name
from jixiao.layout import PLACEHOLDER, Line, Role

CELL_LENGTH = 32_000  # Excel holds 32,767
ESCAPE = expression(r"_(?=x[0-9A-Fa-f]{4}_)")  # what readers would take for a sign by its number
RISKY = tuple("=+-@\t\r\n")  # becomes a formula when somebody edits the cell, unless quoted
PLAIN = Dress(size=11, boxed=False)
TITLE = Dress(TITLE_FONT, 18, "center", boxed=False)
HEADINGS = (TITLE, Dress(HEI, 12, boxed=False), Dress(KAI, 12, boxed=False))
ROLES = {
    Role.SUBTITLE: PLAIN._replace(across="center"),
    Role.NOTE: PLAIN._replace(size=9),
    Role.SIGNATURE: PLAIN._replace(across="right"),
}
SENTENCE_ENDS = ("。；！？", "，、", "")  # better ones first
MARGINS = '<pageMargins left="0.79" right="0.79" top="0.79" bottom="0.79" header="0.4" footer="0.4"/>'
FOOT = '&amp;"宋体,Regular"&amp;14— &amp;P —'  # odd pages at the right, even ones at the left
FEET = (
    f'<headerFooter differentOddEven="1"><oddFooter>&amp;R{FOOT}　</oddFooter>'
    f"<evenFooter>&amp;L　{FOOT}</evenFooter></headerFooter>"
)
LOCKED = (
    '<sheetProtection sheet="1" objects="1" scenarios="1" formatCells="0" formatColumns="0" formatRows="0"/>'
)


class Held(NamedTuple):
    """What one cell holds: its text, or the markup of a number or formula, and the number of its dress."""

    style: int
    text: str = ""
    kind: str = ""
    value: str = ""


@dataclass(slots=True)
class Leaf:
    """A sheet being written; `repeated` are rows, first and behind the last, `frozen` how many stay in sight."""

    wardrobe: Wardrobe
    inputs: Inputs
    widths: list[int]
    landscape: bool = False
    names: list[str] = field(init=False)  # of the columns
    rows: list[str] = field(default_factory=list)
    heights: list[int] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    repeated: tuple[int, int] | None = None
    frozen: int = 0
    protected: bool = False
    calculated: bool = False

    def __post_init__(self) -> None:
        self.names = [column_name(column) for column in range(len(self.widths))]

    def put_row(self, held: list[Held], high: int) -> None:
        """Write the next row, its cells from the first column on."""
        number = len(self.rows) + 1
        cells = "".join([_cell(f"{name}{number}", one) for name, one in zip(self.names, held, strict=False)])
        self.heights.append(high)
        self.rows.append(f'<row r="{number}" ht="{points(high)}" customHeight="1">{cells}</row>')

    def merge(self, area: Area) -> None:
        """Merge a range, unless it is a single cell."""
        if area.size() > 1:
            self.merged.append(area)

    def put_line(self, line: Line) -> None:
        """Write a line over the full width; one too tall for a row goes on in the next, from a new sentence."""
        dress = dress_of(line)
        width = len(self.widths)
        room = sum(self.widths)
        for text in _pieces(line.text, room * USUAL_SIZE // dress.size, TALLEST // (dress.size * LINE)):
            style = self.wardrobe.number(dress._replace(quoted=text.startswith(RISKY)))
            row = len(self.rows)
            high = max(height(text, room, dress.size), LOWEST)
            high += dress.size * LINE if line.level == 0 else 0
            self.put_row([Held(style, text), *([Held(style)] * (width - 1))], high)
            self.merge(Area(row, 0, row, width - 1))

    def markup(self, *, first: bool) -> str:
        """Write the whole sheet; the first of the book is the one that is open."""
        columns = "".join(
            f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
            for at, width in enumerate(self.widths, 1)
        )
        merges = "".join(f'<mergeCell ref="{range_name(area)}"/>' for area in self.merged)
        side = "landscape" if self.landscape else "portrait"
        return "".join((
            f'<worksheet xmlns="{MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
            f"<sheetViews>{self._view(first=first)}</sheetViews>",
            '<sheetFormatPr defaultRowHeight="20"/>',
            f"<cols>{columns}</cols><sheetData>{''.join(self.rows)}</sheetData>",
            LOCKED if self.protected else "",
            f'<mergeCells count="{len(self.merged)}">{merges}</mergeCells>' if merges else "",
            self.inputs.markup(),
            f'<printOptions horizontalCentered="1"/>{MARGINS}',
            f'<pageSetup paperSize="9" fitToHeight="{int(self._fits())}" orientation="{side}" useFirstPageNumber="1"/>',
            f"{FEET}{self._breaks()}</worksheet>",
        ))  # fmt: skip

    def _room(self) -> int:
        return LANDSCAPE_PAGE if self.landscape else PORTRAIT_PAGE

    def _fits(self) -> bool:
        """Tell whether all fits on one page, made a little smaller where it must be."""
        return sum(self.heights) * 100 <= self._room() * MOST_SHRUNK

    def _breaks(self) -> str:
        if self._fits():
            return ""
        rows = page_ends(self.heights, self.merged, self.repeated, self._room())
        listed = "".join(f'<brk id="{row}" max="16383" man="1"/>' for row in rows)
        return (
            f'<rowBreaks count="{len(rows)}" manualBreakCount="{len(rows)}">{listed}</rowBreaks>'
            if rows
            else ""
        )

    def _view(self, *, first: bool) -> str:
        selected = ' tabSelected="1"' if first else ""
        view = f'<sheetView showGridLines="0"{selected} workbookViewId="0"'
        if not self.frozen:
            return f"{view}/>"
        top = f'ySplit="{self.frozen}" topLeftCell="A{self.frozen + 1}"'
        return f'{view}><pane {top} activePane="bottomLeft" state="frozen"/></sheetView>'


def range_name(area: Area) -> str:
    """Name a range as Excel does; a single cell by itself."""
    first = f"{column_name(area.left)}{area.top + 1}"
    return first if area.size() == 1 else f"{first}:{column_name(area.right)}{area.bottom + 1}"


def dress_of(line: Line) -> Dress:
    """How a line is dressed, by its level or its role."""
    if line.level is not None:
        dress = HEADINGS[line.level] if line.level < len(HEADINGS) else PLAIN
    else:
        dress = ROLES.get(line.role, PLAIN)
    return dress._replace(fill=MARK) if PLACEHOLDER.search(line.text) else dress


def _cell(name: str, held: Held) -> str:
    if held.value:
        kind = f' t="{held.kind}"' if held.kind else ""
        return f'<c r="{name}" s="{held.style}"{kind}>{held.value}</c>'
    if not held.text:
        return f'<c r="{name}" s="{held.style}"/>'
    return f'<c r="{name}" s="{held.style}" t="inlineStr"><is><t xml:space="preserve">{said(held.text)}</t></is></c>'


def said(text: str) -> str:
    """Write a text as XML, no more of it than a cell holds; what only looks like the number of a sign stays itself."""
    return escaped(ESCAPE.sub("_x005F_", text[:CELL_LENGTH]) if "_x" in text else text[:CELL_LENGTH])


def _pieces(text: str, room: int, most: int) -> list[str]:
    """Cut a text into pieces of no more lines than a row can show, behind the end of a sentence where there is one."""
    pieces = []
    while lines(text, room - PADDING) > most:
        longest = (most - 2) * (room - PADDING) // 2
        ends = (
            max((text.rfind(sign, longest // 2, longest) for sign in signs), default=longest - 1)
            for signs in SENTENCE_ENDS
        )
        end = 1 + next(end for end in ends if end >= 0)
        pieces.append(text[:end])
        text = text[end:]
    return [*pieces, text]
