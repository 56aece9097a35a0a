"""Plain tables as workbooks: lists that an office fills in for us, and lists that it takes away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jixiao import formats
from jixiao.formats import intake
from jixiao.layout import Block, Cell, Grid, Layout, Line, Role

_TOP = 10  # rows within which the heads must stand


@dataclass(frozen=True, slots=True)
class TableRow:
    """A filled row: its number as the workbook counts, and its texts in the order of the heads that were asked for."""

    number: int
    texts: tuple[str, ...]


def read_table(
    data: bytes, *, name: str, heads: Sequence[str], free: Sequence[str] = ()
) -> tuple[TableRow, ...]:
    """Read the rows under the heads of the first table that has them; blank rows are left out.

    Args:
        data: the file, a workbook or anything else that holds tables.
        name: what the user calls it.
        heads: the heads that must be there, in whichever order.
        free: heads that may be there; their texts follow, "" where the file lacks them.

    Raises:
        UnreadableError: it can't be read, or has no such table; the sentence names what is wanting.
    """
    grids = [block for block in formats.read(data, name=name).blocks if isinstance(block, Grid)]
    best: list[str] = list(heads)
    for grid in grids:
        rows = list(grid.rows())
        for index, row in enumerate(rows[:_TOP]):
            columns = {_plain(cell.text): cell.column for cell in row}
            lacking = [head for head in heads if head not in columns]
            best = min(best, lacking, key=len)
            if not lacking:
                return tuple(_filled(rows[index + 1 :], [columns.get(head) for head in (*heads, *free)]))
    raise intake.refusal(
        name, f"没有找到表头“{'”“'.join(best)}”", "请下载导入模板，把内容填在模板里，不改动表头"
    )


def _filled(rows: Iterable[Sequence[Cell]], columns: Sequence[int | None]) -> Iterable[TableRow]:
    for row in rows:
        held = {cell.column: cell.text.strip() for cell in row}
        texts = tuple("" if column is None else held.get(column, "") for column in columns)
        if any(texts):
            yield TableRow(_number(row), texts)


def _number(row: Sequence[Cell]) -> int:
    place = row[0].place
    return place.row if place.row is not None else row[0].row + 1


def _plain(text: str) -> str:
    return "".join(text.split()).removesuffix("*").removesuffix("（必填）")


def write_table(
    title: str, heads: Sequence[str], rows: Iterable[Sequence[str]], notes: Sequence[str] = ()
) -> bytes:
    """Write a list as a workbook: a title, notes in small print, the heads, a row each."""
    cells = [Cell(0, column, head, role=Role.HEADING) for column, head in enumerate(heads)]
    for number, row in enumerate(rows, 1):
        cells += [Cell(number, column, text) for column, text in enumerate(row)]
    small = [Line(note, role=Role.NOTE) for note in notes]
    blocks: list[Block] = [Line(title, level=0), *small, Grid(tuple(cells), repeated=(0, 1))]
    return formats.write(Layout(title, tuple(blocks), landscape=True), "xlsx")
