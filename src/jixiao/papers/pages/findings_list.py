"""问题清单: the list of findings that goes to a reviewer and comes back with an answer beside each.

`lay_out` writes the columns of a re-check's list, `read` takes the reviewer's three columns out of it again, by the
findings' ids: rows may be sorted, deleted or moved, and every other cell may be changed, without harm.
"""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass

from jixiao.audit.office.remarks import Answer, Remark
from jixiao.errors import UnreadableError
from jixiao.layout import Cell, Grid, Layout, Line, Role

TITLE = "绩效自评问题清单"
HOW = (
    "“采纳”一栏填采纳、不采纳或修改，不填表示还没有答复；不采纳须写理由；"
    "修改的，在最后一栏写修改后的文字。请勿改动编号。"
)
COLUMNS = ("等级", "复核维度", "对象", "位置", "复核发现", "事实及判定", "处理建议", "核验依据", "编号",
           "采纳", "理由（不采纳时必填）", "修改（改后的事实及判定）")  # fmt: skip
_WIDTHS = (5, 8, 12, 10, 16, 20, 16, 12, 13, 7, 12, 14)
_ID, _ANSWER, _REASON, _CHANGED = "编号", "采纳", "理由", "修改"
_WORDS = {
    "采纳": Answer.ACCEPTED, "同意": Answer.ACCEPTED, "接受": Answer.ACCEPTED, "属实": Answer.ACCEPTED,
    "不采纳": Answer.REFUSED, "不同意": Answer.REFUSED, "不接受": Answer.REFUSED, "不属实": Answer.REFUSED,
    "修改": Answer.CHANGED, "修改后采纳": Answer.CHANGED, "采纳并修改": Answer.CHANGED,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listed:
    """One row: the eight columns of a re-check's list in their order, the finding's id, and the reviewer's answer."""

    level: str
    dimension: str
    subject: str
    place: str
    found: str
    judged: str
    advice: str
    source: str
    id: str
    answer: str = ""
    reason: str = ""
    changed: str = ""


def lay_out(rows: Sequence[Listed], summary: str) -> Layout:
    """Lay the rows out in their order, under a sentence that counts them.

    The answer's cells offer the three words to choose from.
    """
    cells = [Cell(0, column, heading, role=Role.HEADING) for column, heading in enumerate(COLUMNS)]
    for number, row in enumerate(rows, 1):
        cells += [Cell(number, column, text) for column, text in enumerate(astuple(row))]
    answers = tuple(answer.value for answer in Answer)
    choices = ((COLUMNS.index(_ANSWER), answers),) if rows else ()
    grid = Grid(tuple(cells), choices=choices, widths=_WIDTHS, repeated=(0, 1))
    return Layout(TITLE, (Line(TITLE, level=0), Line(summary), Line(HOW), grid), landscape=True)


def read(layout: Layout) -> tuple[Remark, ...]:
    """Return what the reviewer wrote, a remark per row that has an id.

    Raises:
        UnreadableError: there is no table with the columns 编号 and 采纳.
    """
    grids = [block for block in layout.blocks if isinstance(block, Grid)]
    found = [headed for grid in grids if (headed := _headed(grid)) is not None]
    if not found:
        raise UnreadableError(
            f"“{layout.name}”里没有“编号”“采纳”两栏：不是 jixiao check -o 写出的问题清单；请核对文件。"
        )
    return tuple(remark for grid, heads, row in found for remark in _remarks(grid, heads, row))


def _headed(grid: Grid) -> tuple[Grid, dict[str, int], int] | None:
    """Return the grid with its columns by heading and the row they stand in; None where they don't."""
    for row in grid.rows():
        heads = {name: c.column for name in (_ID, _ANSWER, _REASON, _CHANGED) for c in row if _is(c, name)}
        if _ID in heads and _ANSWER in heads:
            return grid, heads, row[0].row
    return None


def _is(cell: Cell, name: str) -> bool:
    return cell.text.partition("（")[0].strip() == name


def _remarks(grid: Grid, heads: dict[str, int], header: int) -> Iterator[Remark]:
    for row in grid.rows():
        if row[0].row <= header:
            continue
        texts = {cell.column: cell.text.strip() for cell in row}
        name = texts.get(heads[_ID], "")
        if name:
            answer, reason, changed = (
                texts.get(heads.get(key, -1), "") for key in (_ANSWER, _REASON, _CHANGED)
            )
            yield _remark(name, answer, reason, changed)


def _remark(name: str, said: str, reason: str, changed: str) -> Remark:
    answer = _WORDS.get("".join(said.split()).rstrip("。"))
    if changed and answer is not Answer.REFUSED:
        answer = Answer.CHANGED
    return Remark(name, answer, reason, changed, said if said and answer is None else "")
