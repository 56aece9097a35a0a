"""An old Word file read without LibreOffice: paragraphs and tables out of its text and its paragraphs' properties."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from jixiao.expressions import expression
from jixiao.formats.cell_text import one_line, tidy
from jixiao.formats.docx.paragraph import Style, numbered
from jixiao.formats.intake import LIMITS, Tally, too_much
from jixiao.formats.ole.letters import UNSEEN, WORDS_FROM
from jixiao.formats.ole.properties import Properties
from jixiao.formats.ole.word_file import WordFile
from jixiao.layout import NOWHERE, Block, Cell, Doubt, Grid, Line, Place

PARAGRAPH, CELL = "\r", "\x07"
ENDS = expression(r"[\r\x07]")
FIELD = expression(r"[\x13\x14\x15\r\x07]")
IN_CODE = expression(
    r"[^\r\x07☑☐\U00100000-\U0010ffff]"
)  # of a field's code nothing is shown but what was chosen
CHOSEN = expression("[\U00100000-\U0010ffff]")
SIGNS = str.maketrans({
    **dict.fromkeys("\x01\x02\x03\x04\x05\x08\x13\x14\x15\x1f", None), "\x0b": "\n", "\x0c": "\n", "\x0e": "\n",
    "\x1e": "-", "\t": " ",
})  # fmt: skip
MOST_FIELDS = 50  # one in another
CLOSE = 57  # twentieths of a point, 1 mm: edges closer than that are one
HEADINGS = range(1, 10)
CONTINUES, STARTS = 1, 3  # of a cell merged downwards
DOWN = "表格的合并单元格按文件里的单元格边线还原，请核对"
BOXES = "文本框里的文字放在文末读取，原来的位置不详"
REVISED = "文档里有未接受或未拒绝的修订；按接受全部修订读取（保留插入，去掉删除）"
NO_ROWS = "这份文档太旧，表格的行列无法还原，单元格按行列出；请用 WPS 或 Word 打开后另存为 docx"


@dataclass(slots=True)
class Table:
    """A table being gathered: whole rows, the cells of the row still open, what the open cell holds so far."""

    rows: "list[list[Told]]" = field(default_factory=list)
    open: "list[list[Item]]" = field(default_factory=list)
    items: "list[Item]" = field(default_factory=list)


Item = str | Table


@dataclass(frozen=True, slots=True)
class Told:
    """A cell of a row: its lines and inner tables, its edges in twentieths of a point, how it is merged downwards."""

    items: list[Item]
    left: int
    right: int
    down: int = 0

    @property
    def text(self) -> str:
        """Its own lines."""
        return tidy("\n".join(item for item in self.items if isinstance(item, str)))


@dataclass(slots=True)
class Page:
    """What has been read: blocks, doubts, the tables that are open, and the counts so far."""

    tally: Tally
    blocks: list[Block] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    open: list[Table] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0
    loose: bool = False  # cells whose rows nobody tells


def read(file: WordFile, *, name: str) -> tuple[tuple[Block, ...], tuple[Doubt, ...]]:
    """Read the text of an old Word file.

    Raises:
        UnreadableError: over a cap.
    """
    page = Page(Tally(name))
    for text, end, sign in _paragraphs(_without_codes(file.text)):
        said = file.properties(sign)
        depth = said.depth or int(end == CELL)
        _close(page, depth)
        if depth:
            page.open += [Table() for _ in range(depth - len(page.open))]
            _in_table(page, _told(text, said, file), said, ends_cell=said.ends_cell or end == CELL)
        else:
            _line(page, _told(text, said, file), said)
    _close(page, 0)
    boxes = _shown(_without_codes(file.boxes).replace(CELL, PARAGRAPH), file.words)
    if boxes:
        _line(page, boxes, Properties())
        page.doubts.append(Doubt(NOWHERE, BOXES))
    if file.revised:
        page.doubts.append(Doubt(NOWHERE, REVISED))
    if page.loose:
        page.doubts.append(Doubt(NOWHERE, NO_ROWS))
    return tuple(page.blocks), tuple(page.doubts)


def _paragraphs(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield (text, the sign that ends it, where that stands)."""
    before = 0
    for end in ENDS.finditer(text):
        yield text[before : end.start()], end[0], end.start()
        before = end.end()
    if before < len(text):
        yield text[before:], PARAGRAPH, len(text) - 1


def _without_codes(text: str) -> str:
    """Hide the codes of fields, sign for sign: 0x13 begins one, 0x14 its result, 0x15 ends it."""
    pieces: list[str] = []
    codes: list[bool] = []  # of the open fields: whether this is its code
    before = 0
    for mark in FIELD.finditer(text):
        piece = text[before : mark.start()]
        pieces += [
            IN_CODE.sub(UNSEEN, piece) if any(codes) else piece,
            mark[0] if mark[0] in "\r\x07" else UNSEEN,
        ]
        before = mark.end()
        _open_or_close(codes, mark[0])
    return "".join((*pieces, text[before:]))


def _open_or_close(codes: list[bool], mark: str) -> None:
    """Keep the open fields up to date; a code ends with its paragraph, for some never end."""
    if mark == "\x13" and len(codes) < MOST_FIELDS:
        codes.append(True)
    elif codes and mark == "\x14":
        codes[-1] = False
    elif codes and mark == "\x15":
        codes.pop()
    elif mark in "\r\x07":
        codes[:] = [False] * len(codes)


def _shown(raw: str, words: Sequence[str]) -> str:
    """Chosen words for the letters that stand for them, no control signs, two halves of a sign joined."""
    for letter in set(CHOSEN.findall(raw)):
        raw = raw.replace(letter, words[ord(letter) - WORDS_FROM])
    text = raw.translate(SIGNS).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return tidy(text)


def _told(raw: str, said: Properties, file: WordFile) -> str:
    """What a paragraph shows, with its automatic number, if any; the end of a row is none."""
    text = _shown(raw, file.words)
    if said.ends_row:
        return text
    by_style = file.styles.get(said.style)
    if said.list_id is not None:
        style = Style(list_id=str(said.list_id), list_level=said.list_level)
    elif by_style is not None:
        style = Style(list_id=str(by_style.use), list_level=said.list_level or by_style.level)
    else:
        return text
    return numbered(text, style, file.numbering)


def _line(page: Page, text: str, said: Properties) -> None:
    page.paragraphs += 1
    level = said.style if said.style in HEADINGS else None
    for line in text.split("\n"):
        if line:
            page.blocks.append(Line(page.tally.add(one_line(line)), Place(line=page.paragraphs), level))


# ---------------------------------------------------------------- tables


def _in_table(page: Page, text: str, said: Properties, *, ends_cell: bool) -> None:
    """Take a paragraph of the innermost open table."""
    table = page.open[-1]
    if said.ends_row:
        table.rows.append(_row(table.open, said.cells))
        table.open, table.items = [], []
        return
    table.items.append(text)
    if ends_cell:
        page.tally.add(text)
        table.open.append(table.items)
        table.items = []


def _row(cells: Sequence[list[Item]], told: bytes) -> list[Told]:
    """Put the cells of a row between their edges; cells merged to the right are one."""
    count = told[0] if told else 0
    if count != len(cells) or len(told) < 1 + 2 * (count + 1):
        return [Told(items, 1_000 * at, 1_000 * (at + 1)) for at, items in enumerate(cells)]
    edges = struct.unpack_from(f"<{count + 1}h", told, 1)
    flags = [int.from_bytes(told[at : at + 2], "little") for at in range(3 + 2 * count, len(told) - 1, 20)]
    row: list[Told] = []
    for number, items in enumerate(cells):
        flag = flags[number] if number < len(flags) else 0
        if flag & 3 == 1 and row:  # goes on to the right of the one before
            row[-1] = Told([*row[-1].items, *items], row[-1].left, edges[number + 1], row[-1].down)
        else:
            row.append(Told(items, edges[number], edges[number + 1], flag >> 5 & 3))
    return row


def _close(page: Page, depth: int) -> None:
    """Close the tables deeper than that: an inner one goes into the open cell of the table round it."""
    while len(page.open) > depth:
        table = page.open.pop()
        if page.open:
            page.open[-1].items.append(table)
        else:
            _emit(page, table)


def _emit(page: Page, table: Table) -> None:
    """Make blocks of a table: its grid and those inside it, or what a mere frame holds, in order."""
    rest = [item for items in (*table.open, table.items) for item in items]
    page.loose = page.loose or any(rest)
    content = [item for row in table.rows for told in row for item in told.items]
    if any(len(row) > 1 for row in table.rows):
        _emit_grid(page, table)
        content = [item for item in content if isinstance(item, Table)]
    elif not any(isinstance(item, Table) for item in content):
        _emit_grid(page, table)
        content = []
    for item in (*content, *rest):
        if isinstance(item, Table):
            _emit(page, item)
        else:
            _line(page, item, Properties())


def _emit_grid(page: Page, table: Table) -> None:
    if not any(told.text for row in table.rows for told in row):
        return
    page.tables += 1
    place = Place(table=page.tables)
    cells = _cells(table.rows, page)
    page.blocks.append(Grid(cells, place))
    if any(cell.rowspan > 1 or cell.colspan > 1 for cell in cells):
        page.doubts.append(Doubt(place, DOWN))


def _cells(rows: Sequence[Sequence[Told]], page: Page) -> tuple[Cell, ...]:
    """Number the columns by the edges of all rows; a cell that goes on below joins the one above it."""
    columns = _columns(edge for row in rows for told in row for edge in (told.left, told.right))
    if max(columns.values(), default=0) * len(rows) > LIMITS.merged_spots:
        raise too_much(page.tally.name, "行和单元格")
    drafts: list[list[int]] = []  # row, column, across, down
    texts: list[str] = []
    above: dict[int, int] = {}  # column -> the draft that may go on
    for number, row in enumerate(rows):
        going: dict[int, int] = {}
        for told in row:
            column = columns[told.left]
            across = max(columns[told.right] - column, 1)
            if told.down == CONTINUES and column in above:
                going[column] = above[column]
                drafts[above[column]][3] = number - drafts[above[column]][0] + 1
                continue
            drafts.append([number, column, across, 1])
            texts.append(told.text)
            if told.down == STARTS:
                going[column] = len(drafts) - 1
        above = going
    return tuple(
        Cell(row, column, text, down, across, place=Place(table=page.tables, row=row + 1, column=column + 1))
        for (row, column, across, down), text in zip(drafts, texts, strict=True)
    )


def _columns(edges: Iterator[int]) -> dict[int, int]:
    """Number the edges from the left; those close together are one."""
    numbers: dict[int, int] = {}
    number, before = -1, None
    for edge in sorted(set(edges)):
        if before is None or edge - before > CLOSE:
            number += 1
        numbers[edge] = number
        before = edge
    return numbers
