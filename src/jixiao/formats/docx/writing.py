"""Write a document: a section for each page, in the official form, the same bytes every time.

The parts are written here and not by a library: what python-docx starts from is ten times as large as a form, and takes
most of the time (decision 0019). The last block of a section is always a paragraph: some programs lose a table at the
very end of a document.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from jixiao.formats.docx import outfit
from jixiao.formats.docx.outfit import NAMES, WORD
from jixiao.formats.docx.paragraph_markup import paragraph
from jixiao.formats.docx.picture import PNG, id_of, picture
from jixiao.formats.docx.table import table
from jixiao.formats.packing import Package, Relation, escaped
from jixiao.layout import Block, Chart, Grid, Layout, Line, Role

SHORT, LONG = 11906, 16838  # A4 in twentieths of a point
FORM_MARGINS = (1020, 850, 1020, 850)  # top, right, bottom, left: 18 and 15 mm
TEXT_MARGINS = (2098, 1474, 1984, 1588)  # top, right, bottom, left: 37, 26, 35, 28 mm
FOOTERS = (
    '<w:footerReference w:type="default" r:id="rIdOdd"/><w:footerReference w:type="even" r:id="rIdEven"/>'
)
PARTS = (
    ("styles", "styles.xml", f"{WORD}.styles+xml", outfit.STYLES, "rIdStyles"),
    ("settings", "settings.xml", f"{WORD}.settings+xml", outfit.SETTINGS, "rIdSettings"),
    ("fontTable", "fontTable.xml", f"{WORD}.fontTable+xml", outfit.FONTS, "rIdFonts"),
    ("footer", "footer1.xml", f"{WORD}.footer+xml", outfit.ODD_FOOTER, "rIdOdd"),
    ("footer", "footer2.xml", f"{WORD}.footer+xml", outfit.EVEN_FOOTER, "rIdEven"),
)
LONGEST_BOOKMARK = 40
APART = '<w:p><w:pPr><w:pStyle w:val="FormText"/></w:pPr></w:p>'
CLOSE = '<w:p><w:pPr><w:pStyle w:val="Close"/></w:pPr></w:p>'


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the document with paper of its own: `form` where a table is the paper rather than running text."""

    name: str
    blocks: Sequence[Block]
    number: int  # from 1
    landscape: bool

    @property
    def form(self) -> bool:
        """Tell a form from running text: it has a table, and no headings below its title."""
        has_table = any(isinstance(block, Grid) for block in self.blocks)
        return has_table and not any(isinstance(block, Line) and block.level for block in self.blocks)

    def margins(self) -> tuple[int, int, int, int]:
        """Top, right, bottom and left; on its side the paper is turned with its margins."""
        if self.form:
            return FORM_MARGINS
        top, right, bottom, left = TEXT_MARGINS
        return (left, top, right, bottom) if self.landscape else TEXT_MARGINS

    def room(self) -> int:
        """Twentieths of a point between the margins."""
        _, right, _, left = self.margins()
        return (LONG if self.landscape else SHORT) - left - right

    def properties(self) -> str:
        """Write the paper and its page numbers, which begin anew."""
        top, right, bottom, left = self.margins()
        width, height = (LONG, SHORT) if self.landscape else (SHORT, LONG)
        turned = ' w:orient="landscape"' if self.landscape else ""
        foot = min(bottom - 400, 1400)
        return (
            f'<w:sectPr>{FOOTERS}<w:type w:val="nextPage"/><w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
            f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}"'
            f' w:header="{foot}" w:footer="{foot}" w:gutter="0"/><w:pgNumType w:start="1"/></w:sectPr>'
        )


def write(layouts: Iterable[Layout]) -> bytes:
    """Write pages as a document, a section each; so is a run of blocks whose place names another sheet."""
    package, charts = Package(), list[Chart]()
    package.relate("", [Relation("rId1", "officeDocument", "word/document.xml")])
    package.stream_in("word/document.xml", f"{WORD}.document.main+xml", _document(_sections(layouts), charts))
    for _, path, kind, markup, _ in PARTS:
        package.add(f"word/{path}", kind, markup)
    named = [Relation(id_, kind, path) for kind, path, _, _, id_ in PARTS]
    package.relate("word/document.xml", [*named, *_pictures(package, charts)])
    return package.close()


def _pictures(package: Package, charts: Sequence[Chart]) -> Iterator[Relation]:
    """Put the pictures of charts into the package."""
    for number, chart in enumerate(charts, 1):
        from jixiao.formats.pdf.charted import png  # noqa: PLC0415 - the library that draws is an extra

        path = f"media/image{number}.png"
        package.put_in(f"word/{path}", PNG, png(chart))
        yield Relation(id_of(number), "image", path)


def _sections(layouts: Iterable[Layout]) -> Iterator[Section]:
    number = 0
    for layout in layouts:
        for _, blocks in groupby(layout.blocks, key=lambda block: block.place.sheet):
            number += 1
            yield Section(layout.name, tuple(blocks), number, layout.landscape)


def _document(sections: Iterable[Section], charts: list[Chart]) -> Iterator[str]:
    """Write the main part; `charts` is filled with those that stand in it, in their order."""
    yield f"<w:document {NAMES}><w:body>"
    yield from _body(sections, charts)
    yield "</w:body></w:document>"


def _body(sections: Iterable[Section], charts: list[Chart]) -> Iterator[str]:
    """Write section after section: all but the last end in a paragraph that says so."""
    before: Section | None = None
    for section in sections:
        if before is not None:
            yield f'<w:p><w:pPr><w:pStyle w:val="Close"/>{before.properties()}</w:pPr></w:p>'
        yield from _blocks(section, charts)
        before = section
    if before is None:
        before = Section("", (), 1, landscape=False)
    yield CLOSE if before.blocks and isinstance(before.blocks[-1], Grid) else ""
    yield before.properties()


def _blocks(section: Section, charts: list[Chart]) -> Iterator[str]:
    form = section.form
    yield _bookmark(section)
    for block, after in zip(section.blocks, [*section.blocks[1:], None], strict=True):
        signed = isinstance(after, Line) and after.role is Role.SIGNATURE
        if isinstance(block, Line):
            if block.chart is not None:
                charts.append(block.chart)
                yield picture(block.chart, block.text, len(charts), section.room())
            else:
                yield paragraph(block, form=form, kept=signed)
        elif block.cells:
            yield table(block, section.room(), kept=signed)
            if isinstance(after, Grid):
                yield APART


def _bookmark(section: Section) -> str:
    """A name for the place where a section begins, unlike any other."""
    plain = re.sub(r"\W", "_", escaped(section.name))
    mark = f"_{section.number}"
    name = f"材料_{plain}"[: LONGEST_BOOKMARK - len(mark)] + mark
    return (
        f'<w:bookmarkStart w:id="{section.number}" w:name="{name}"/><w:bookmarkEnd w:id="{section.number}"/>'
    )
