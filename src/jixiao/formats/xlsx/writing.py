"""Write a workbook: a sheet for each page, ready to print on A4, the same bytes every time.

Each sheet is zipped as soon as it is written, so that a book of three thousand sheets takes no more memory than a book
of one (decision 0019). A new sheet also begins where a block's place names another sheet.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from jixiao.expressions import expression
from jixiao.formats.packing import ILLEGAL, KINDS, Package, Relation, escaped
from jixiao.formats.table_shape import column_widths, width_of
from jixiao.formats.text_width import cut
from jixiao.formats.xlsx import backstage
from jixiao.formats.xlsx.backstage import Backstage
from jixiao.formats.xlsx.dress import MAIN, Wardrobe
from jixiao.formats.xlsx.fitting import LANDSCAPE, LOWEST, PORTRAIT
from jixiao.formats.xlsx.inputs import Inputs
from jixiao.formats.xlsx.leaf import Leaf
from jixiao.formats.xlsx.table import put_grid
from jixiao.layout import Block, Grid, Layout

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
STYLES = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
FORBIDDEN = expression(r"[\[\]:*?/\\\t\n]")
SUFFIX = expression(r"\.[A-Za-z]{3,4}$")
LONGEST_TITLE = 31
ALONE = 84  # per cent of the page: a column alone is cut off, not made smaller, where its font is wider
HIDDEN = ' state="veryHidden"'
RESERVED = ("history", backstage.TITLE)


@dataclass(slots=True)
class Book:
    """A workbook being written: its package, what its sheets share, and what its own part will say of them."""

    package: Package = field(default_factory=Package)
    wardrobe: Wardrobe = field(default_factory=Wardrobe)
    backstage: Backstage = field(default_factory=Backstage)
    titles: list[str] = field(default_factory=list)
    used: dict[str, int] = field(default_factory=lambda: dict.fromkeys(RESERVED, 1))
    repeated: list[str] = field(default_factory=list)
    calculated: bool = False

    def title(self, wanted: str) -> str:
        """Return a title that Excel takes: short, without its forbidden signs, not used yet in any case of letters."""
        plain = FORBIDDEN.sub(" ", SUFFIX.sub("", ILLEGAL.sub("", wanted))).strip(" '")
        title = plain = cut(plain, LONGEST_TITLE).strip(" '") or "Sheet"
        number = self.used.get(plain.lower(), 0)
        while title.lower() in self.used:
            number += 1
            mark = f" ({number})"
            title = cut(plain, LONGEST_TITLE - len(mark)) + mark
        self.used[plain.lower()] = self.used[title.lower()] = max(number, 1)
        return title

    def add(self, title: str, markup: str) -> None:
        """Write a sheet's part."""
        self.titles.append(title)
        self.package.add(f"xl/worksheets/sheet{len(self.titles)}.xml", SHEET, markup)

    def close(self) -> bytes:
        """Write what only the end knows: the hidden sheet, the dresses, the list of sheets."""
        seen = len(self.titles)
        if self.backstage.rows:
            self.add(backstage.TITLE, self.backstage.markup())
        self.package.add("xl/styles.xml", STYLES, self.wardrobe.styles())
        self.package.add("xl/workbook.xml", WORKBOOK, self._markup(seen))
        sheets = [
            Relation(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml")
            for n in range(1, len(self.titles) + 1)
        ]
        self.package.relate("xl/workbook.xml", [*sheets, Relation("rIdStyles", "styles", "styles.xml")])
        return self.package.close()

    def _markup(self, seen: int) -> str:
        sheets = "".join(
            f'<sheet name="{escaped(title)}" sheetId="{n}"{"" if n <= seen else HIDDEN} r:id="rId{n}"/>'
            for n, title in enumerate(self.titles, 1)
        )
        names = f"<definedNames>{''.join(self.repeated)}</definedNames>" if self.repeated else ""
        reckoned = '<calcPr calcId="191029" fullCalcOnLoad="1"/>' if self.calculated else ""
        return (
            f'<workbook xmlns="{MAIN}" xmlns:r="{KINDS}"><bookViews><workbookView/></bookViews>'
            f"<sheets>{sheets}</sheets>{names}{reckoned}</workbook>"
        )


def write(layouts: Iterable[Layout]) -> bytes:
    """Write pages as a workbook, a sheet each, named after the page or the sheet that its blocks came from."""
    book = Book()
    book.package.relate("", [Relation("rId1", "officeDocument", "xl/workbook.xml")])
    for layout in layouts:
        if layout.stamp:
            book.backstage.keep_stamp(layout.stamp)
        for title, blocks in groupby(layout.blocks, key=lambda block: block.place.sheet):
            _write_sheet(book, title or layout.name, list(blocks), landscape=layout.landscape)
    if not book.titles:
        _write_sheet(book, "", (), landscape=False)
    return book.close()


def _write_sheet(book: Book, wanted: str, blocks: Sequence[Block], *, landscape: bool) -> None:
    grids = [block for block in blocks if isinstance(block, Grid)]
    width = max(map(width_of, grids), default=1)
    landscape = landscape or any(grid.choices for grid in grids)
    room = LANDSCAPE if landscape else PORTRAIT
    widths = column_widths(grids, width, room) if width > 1 else [room * ALONE // 100]
    leaf = Leaf(book.wardrobe, Inputs(book.backstage), widths, landscape)
    for before, block in zip([None, *blocks], blocks, strict=False):
        if isinstance(block, Grid):
            if isinstance(before, Grid):
                leaf.put_row([], LOWEST)  # an empty row keeps two tables apart
            put_grid(leaf, block)
        else:
            leaf.put_line(block)
    title = book.title(wanted)
    if leaf.repeated is not None:
        book.repeated.append(_print_titles(len(book.titles), title, leaf.repeated))
    book.calculated = book.calculated or leaf.calculated
    book.add(title, leaf.markup(first=not book.titles))


def _print_titles(number: int, title: str, rows: tuple[int, int]) -> str:
    """Name the rows that stand again on each page; `number` is the sheet's, from 0."""
    named = escaped("'" + title.replace("'", "''") + "'")
    area = f"{named}!${rows[0] + 1}:${rows[1]}"
    return f'<definedName name="_xlnm.Print_Titles" localSheetId="{number}">{area}</definedName>'
