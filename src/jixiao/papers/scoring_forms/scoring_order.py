"""The rows of a scoring table put under their headings in order, where they don't stand under them by position.

A text that lost its merged cells keeps the order of a row's cells: names with their points from the left, what is
written about them, the score. All ways of leaving out headings are weighed; a row of which a cell fits nowhere in
order is left to be read by its content (scoring_rows.py).
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from jixiao.expressions import expression
from jixiao.layout import Doubt, Grid
from jixiao.papers.scoring_rows import (
    CRITERIA,
    PAIR,
    PROSE,
    Head,
    Piece,
    ScoredRow,
    by_columns,
    by_content,
    head_of,
    is_heading,
    is_name,
    number,
    pieces,
    row_of,
    split_name,
)

_CLASS = expression(r"(?:项目|绩效)?(?:决策|过程|产出|效益|投入|管理|效果|成本)(?:类)?(?:指标)?(?:\(.*\))?")
_NAMED = expression(r".{2,}(?:性|率|度|数|量|性指标|情况|程度|能力|进度|管理|控制|规范)")
_SAID = expression(
    r"[，,、：:]|[扣减得]\d|符合|没有|不[足够全完到高]|较|达到|[已未无有]|齐全|\d%|^(?:全部|基本|按时|按期)?完成$"
)
_TOTAL = expression(r"(?:自评|评价)?(?:合计|总计|总分|总得分|得分合计)(?:\(\d+分?\))?")
_DASHES = ("-", "—", "/", "无")
_NEVER = -10_000
_UNDER = 6  # a cell under its own heading
_SKIP = {"score": 15, "points": 18, "target": 4, "actual": 4, "deduction": 3, "remarks": 3, "text": 2}
_NEAR = 5
_FAR = 1000  # headings moved out of every cell's column: the order alone counts

_Way = tuple[int, tuple[tuple[int, int], ...]]  # its worth, and which cell stands under which heading


def in_order(row: tuple[Piece, ...], head: Head) -> ScoredRow | None:
    """Return a row whose cells fit the headings in their order, None where a cell doesn't or no name stands there."""
    cells = row[1:] if "seq" in head.kinds and number(row[0].plain) is not None else row
    head = (
        head if _stands(row, head) else replace(head, columns={c - _FAR: r for c, r in head.columns.items()})
    )
    ways = sorted(_ways(cells, head), key=lambda way: -way[0])
    if not ways or ways[0][0] <= _NEVER // 2:
        return None
    roles = _roles(head, 1)
    said: dict[str, Piece] = {}
    for cell, at in ways[0][1]:
        said.setdefault(roles[at][1], cells[cell])
    read = row_of(row, said, head)
    if len(ways) > 1 and ways[0][0] - ways[1][0] < _NEAR:
        why = "本行左边的格子没有对齐，各级指标名称按内容归位"
        read = replace(read, doubts=(Doubt(row[0].place, why, None, read.names[0].name),))
    return read


def _roles(head: Head, first: int) -> list[tuple[int, str]]:
    """Return the headings in order with their columns, those of the levels above `first` left out."""
    known = [(column, role) for column, role in sorted(head.columns.items()) if role not in ("seq", "group")]
    return [(c, r) for c, r in known if not r[-1].isdigit() or int(r[-1]) >= first]


def _ways(cells: tuple[Piece, ...], head: Head) -> Iterator[_Way]:
    """Yield the best way for each level that the row's first name may have."""
    every = _roles(head, 1)
    for first in range(1, head.levels + 1):
        kept = [at for at, (_, role) in enumerate(every) if not role[-1].isdigit() or int(role[-1]) >= first]
        worth, pairs = _best(cells, [every[at] for at in kept], {})
        if worth > _NEVER // 2:
            whole = tuple((cell, kept[at]) for cell, at in pairs)
            yield worth + _agreeing(cells, whole, every), whole


def _best(
    cells: tuple[Piece, ...],
    roles: list[tuple[int, str]],
    known: dict[tuple[int, int], _Way],
    i: int = 0,
    j: int = 0,
) -> _Way:
    """Return the best way of putting the cells from i on under the headings from j on."""
    if j == len(roles):
        return (0 if i == len(cells) else _NEVER, ())
    if (i, j) not in known:
        worth, pairs = _best(cells, roles, known, i, j + 1)
        ways = [(worth - _left_out(roles[j][1], cells[i - 1] if i else None), pairs)]
        if i < len(cells):
            own = _fit(roles[j], cells[i])
            rest = _best(cells, roles, known, i + 1, j + 1)
            ways.append((own + rest[0], ((i, j), *rest[1])))
            if roles[j][1] == "text":  # 指标解释 and 评分标准 may stand under one heading
                more = _best(cells, roles, known, i + 1, j)
                ways.append((own + more[0], ((i, j), *more[1])))
        known[i, j] = max(ways, key=lambda way: way[0])
    return known[i, j]


def _left_out(role: str, before: Piece | None) -> int:
    if role.startswith("level"):
        return -_NEVER
    within = before is not None and role.startswith("points") and PAIR.fullmatch(before.raw) is not None
    return 0 if within else _SKIP.get(role.rstrip("0123456789"), 3)


def _fit(heading: tuple[int, str], piece: Piece) -> int:
    column, role = heading
    worth = _worth(role, piece, number(piece.plain))
    return worth + (_UNDER if column == piece.column and worth > _NEVER // 2 else 0)


def _worth(role: str, piece: Piece, value: Decimal | None) -> int:
    """Return how well a cell goes with what its heading asks for."""
    if role.startswith("level"):
        return _as_name(int(role[-1]), piece) if value is None and is_name(piece) else _NEVER
    if role.startswith("points") or role in ("score", "deduction"):
        return (10 if value is not None else 3) if value is not None or piece.plain in _DASHES else _NEVER
    if role in ("target", "actual"):
        return 5 if value is None else 3
    if value is not None or (PAIR.fullmatch(piece.raw) and not _SAID.search(piece.plain)):
        return _NEVER
    if role == "text":
        return 10 if PROSE.search(piece.plain) or CRITERIA.search(piece.plain) else 2
    return _as_remark(piece)


def _as_name(level: int, piece: Piece) -> int:
    name = split_name(piece, level).name
    if _CLASS.fullmatch(name):
        return 20 if level == 1 else -5
    named = _NAMED.fullmatch(name) is not None
    return 10 if named or not _SAID.search(piece.plain) else 2


def _as_remark(piece: Piece) -> int:
    if CRITERIA.search(piece.plain):
        return 2
    return 2 if _NAMED.fullmatch(piece.plain) and not _SAID.search(piece.plain) else 8


def _agreeing(
    cells: tuple[Piece, ...], pairs: tuple[tuple[int, int], ...], roles: list[tuple[int, str]]
) -> int:
    """Return what the row's names and points say of each other: points grow no larger from level to level."""
    said: Mapping[str, Piece] = {roles[at][1]: cells[cell] for cell, at in pairs}
    named = [split_name(p, int(r[-1])) for r, p in said.items() if r.startswith("level")]
    points = [n.points if n.points is not None else _points(said, n.level) for n in named]
    worth = sum(5 for a, b in pairwise(named) if a.name == b.name)
    known = [p for p in points if p is not None]
    worth -= sum(12 for a, b in pairwise(known) if a < b)
    remark = said.get("remarks")
    worth -= 12 if remark is not None and any(n.name == remark.text for n in named) else 0
    score = number(said["score"].plain) if "score" in said else None
    return worth - (6 if score is not None and known and score > known[-1] else 0)


def _points(said: Mapping[str, Piece], level: int | None) -> Decimal | None:
    piece = said.get(f"points{level}") or said.get("points")
    return number(piece.plain) if piece is not None else None


# ---------------------------------------------------------------- the whole grid


def by_place_or_order(row: tuple[Piece, ...], head: Head) -> ScoredRow | None:
    """Return a row read by its columns, else by their order, else by what its cells hold.

    A row without a score that names no indicator of the last level, or ends early, is a whole row that stands too far
    left, if its cells fit the headings in order.
    """
    placed = by_columns(row, head)
    if placed is not None and (
        placed.score is not None or (_names_last(placed, head) and _stands(row, head))
    ):
        return placed
    ordered = in_order(row, head)
    if placed is not None and (ordered is None or not _names_last(ordered, head) or ordered.points is None):
        return placed
    return ordered or by_content(row, head)


def _stands(row: tuple[Piece, ...], head: Head) -> bool:
    """Tell whether a row can stand where it should: it leaves out cells on its left, or reaches the last columns."""
    return row[0].column > 0 or row[-1].column + 1 >= max(head.columns, default=0)


def _names_last(row: ScoredRow, head: Head) -> bool:
    return not row.names or row.names[-1].level == head.levels


def scored_rows(grid: Grid, before: Head | None = None) -> tuple[Head, tuple[ScoredRow, ...]]:
    """Return a grid's columns and its rows in order.

    `before` are the columns of the page before when none are repeated.
    """
    heading: list[tuple[Piece, ...]] = []
    found: list[ScoredRow] = []
    head, body = before or Head(), False
    for row in pieces(grid):
        if is_heading(row):
            heading = [row] if body else [*heading, row]
            head, body = head_of(heading), False
            continue
        body = True
        read = total_row(row, head) or by_place_or_order(row, head)
        if read is not None:
            found.append(read)
    return head, tuple(found)


def total_row(row: tuple[Piece, ...], head: Head) -> ScoredRow | None:
    """Return the row of totals: full points, total score and, where the table has them, deductions."""
    label = next((p for p in row if number(p.plain) is None), None)
    numbers = [p for p in row if number(p.plain) is not None]
    if label is None or not _TOTAL.fullmatch(label.plain):
        return None
    values = [number(p.plain) for p in numbers]
    read = ScoredRow((), place=row[0].place, total=True)
    wanted = 2 if "deduction" in head.kinds and len(values) > 2 else 1
    if len(values) > wanted:
        places = {"points": numbers[0].place, "score": numbers[-wanted].place}
        return replace(
            read,
            points=values[0],
            score=values[-wanted],
            deduction=values[-1] if wanted > 1 else None,
            places=places,
        )
    if values:
        under = head.columns.get(numbers[0].column, "score")
        return (
            replace(read, points=values[0]) if under.startswith("points") else replace(read, score=values[0])
        )
    return read
