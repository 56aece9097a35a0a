"""The page put in front of a user's document: what was found in a few lines, and each note with a link to its place.

It stands in a content control with a tag, so that it is known again: readers leave it out, and it goes in one piece.
"""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from jixiao.formats.docx.reading import NOTES
from jixiao.formats.docx.words import MAIN
from jixiao.formats.markup import Element, parsed
from jixiao.formats.notes import COLOURS, LOST, Note, Notes

COLUMNS = (
    ("序号", 380),
    ("级别", 520),
    ("位置", 1100),
    ("问题", 1050),
    ("说明", 1950),
)  # fiftieths of a per cent
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_BORDERS = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in _SIDES)
_SONG, _HEI = "宋体", "黑体"
_BREAK = (  # on a line of one point, so that the document's own first line stands where it stood
    '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/><w:ind w:firstLine="0"/></w:pPr>'
    '<w:r><w:rPr><w:sz w:val="2"/></w:rPr><w:br w:type="page"/></w:r></w:p>'
)


def front_page(notes: Notes, bookmarks: Sequence[str]) -> Element:
    """Return the page; `bookmarks` are those of the notes in their order, "" for what found no place."""
    rows = [
        _head(),
        *(_row(n, note, mark) for n, (note, mark) in enumerate(zip(notes.listed, bookmarks, strict=True), 1)),
    ]
    grid = "".join(f'<w:gridCol w:w="{2 * width}"/>' for _, width in COLUMNS)
    table = (
        '<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/>'
        f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
    lines = "".join(_paragraph(_run(line, size=21)) for line in notes.verdict)
    title = _paragraph(_run(notes.title, size=32, font=_HEI, bold=True), align="center", after=120)
    return parsed(
        f'<w:sdt xmlns:w="{MAIN}"><w:sdtPr><w:alias w:val={quoteattr(notes.title)}/><w:tag w:val="{NOTES}"/></w:sdtPr>'
        f"<w:sdtContent>{title}{lines}{table if notes.listed else ''}{_BREAK}</w:sdtContent></w:sdt>".encode(),
        notes.title,
    )


def _head() -> str:
    cells = "".join(_cell(_run(word, bold=True), width, "center", fill=True) for word, width in COLUMNS)
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _row(number: int, note: Note, bookmark: str) -> str:
    where = note.where if bookmark else f"{note.where}（{LOST}）" if note.where else LOST
    run = _run(where, colour="0563C1" if bookmark else "")
    link = f'<w:hyperlink w:anchor="{bookmark}" w:history="1">{run}</w:hyperlink>' if bookmark else run
    level = _run(note.level.value, bold=True, colour=COLOURS[note.level])
    runs = (_run(str(number)), level, link, _run(note.title), _run(note.text))
    cells = zip(runs, ("center", "center", "left", "left", "left"), strict=True)
    inner = "".join(_cell(run, width, align) for (run, align), (_, width) in zip(cells, COLUMNS, strict=True))
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{inner}</w:tr>"


def _cell(run: str, width: int, align: str, *, fill: bool = False) -> str:
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="EDEDED"/>' if fill else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="pct"/>{shade}</w:tcPr>{_paragraph(run, align=align)}</w:tc>'


def _paragraph(run: str, *, align: str = "left", after: int = 0) -> str:
    return (
        f'<w:p><w:pPr><w:spacing w:before="0" w:after="{after}" w:line="240" w:lineRule="auto"/>'
        f'<w:ind w:left="0" w:right="0" w:firstLine="0"/><w:jc w:val="{align}"/></w:pPr>{run}</w:p>'
    )


def _run(text: str, *, size: int = 18, bold: bool = False, colour: str = "", font: str = _SONG) -> str:
    weight = "<w:b/>" if bold else '<w:b w:val="0"/>'
    shade = f'<w:color w:val="{colour}"/>' if colour else ""
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/>'
    looks = f'<w:rPr>{fonts}{weight}{shade}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    lines = [f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n")]
    return f"<w:r>{looks}{'<w:br/>'.join(lines)}</w:r>"
