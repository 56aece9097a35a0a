"""Rows of a table of indicators that are scored one by one: 一级 to 四级指标, 分值, 得分, 扣分, 评分说明.

Serves the scoring form, the framework table behind an evaluation report and the tables inside one. Columns
are found by
their headings; a row whose cells don't stand under them is read by what its cells hold: names and points from
the left,
the score from the right. What can't be placed stays None with a Doubt.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import takewhile

from jixiao.expressions import expression
from jixiao.layout import NOWHERE, Doubt, Grid, Line, Place
from jixiao.papers.words import folded

ROLES = {
    "seq": r"序号|编号",
    "level1": r"一级(?:评价)?指标(?:名称)?|一级", "level2": r"二级(?:评价)?指标(?:名称)?|二级",
    "level3": (
        r"三级(?:评价)?指标(?:名称|及分值)?|"
        r"三级|指标名称|具体指标"
    ), "level4": r"四级(?:评价)?指标(?:名称)?|四级",
    "name": r"名称",
    "points": r"(?:标准|指标|参考|设定)?(?:分值|权重|满分|标准分)(?:\(.{1,6}\))?|权重分",
    "target": (
        r"(?:年度|计划|预期|"
        r"绩效)*(?:指标值|目标值)|年度指标"
    ), "actual": r"(?:实际|全年)?(?:完成|实现)(?:值|情况)|实际值",
    "remarks": (
        r"(?:评分|评价|得分|自评|扣分|打分)(?:情况)?(?:说明|情况|原因|理由|依据)(?:及.{2,6})?|情况说明|"
        r"评价说明|备注|说明"
    ),
    "deduction": r"扣分(?:分值)?",
    "score": r"(?:自评|评价|实际|考核|最终|专家|复核)?(?:得分|评分|打分|分数)(?:\(.{1,6}\))?|得分情况",
    "rate": r"得分率(?:\(%\))?",
    "text": (
        r"指标(?:说明|解释|内容|含义|内涵)|(?:评分|评价|计分|打分)(?:标准|细则|要点|方法|办法)|"
        r"评价内容|数据来源|佐证材料"
    ),
    "group": r"评价指标|绩效指标|指标",
}  # fmt: skip
_ROLE = {role: expression(pattern) for role, pattern in ROLES.items()}
_NUMBER = expression(r"\(?(-?\d{1,3}(?:\.\d+)?)分?\)?")
PAIR = expression(
    r"(?P<name>[^\d].*?)(?:\s*[(（]\s*(?:满分|分值|权重)?(?P<inner>\d{1,3}(?:\.\d+)?)\s*[分%]?\s*[)）]|\s+(?P<apart>\d{1,3}(?:\.\d+)?)分?|"
    r"(?P<said>\d{1,3}(?:\.\d+)?)分)",
    re.DOTALL,
)
_LOSS = expression(r"[扣减]\d+(?:\.\d+)?分")
PROSE = expression(
    r"[。；;]|^(?!(?:考核|评价)结果(?:应用|运用)|[^。；;]{2,16}\(\d{1,3}(?:\.\d+)?分\)$)(?:反映|考核|评价|根据|依据|主要依据|是否|项目已|该项目|本项目|\d\s*[.、．])"
)
_EXPLAINED = expression(r"(?:评分|评价|得分|自评|打分)(?:情况)?(?:说明|依据|理由)")
_EACH = r"得\d+(?:\.\d+)?分"
CRITERIA = expression(
    rf"得满分|不得分|酌情|核定分数|指标分值|扣完为止|否则|视.{{0,8}}扣|每.{{1,15}}[扣得]|{_EACH}.*{_EACH}|的.{{0,2}}[扣得]\d",
    re.DOTALL,
)
_FIELDS = {"score": "score_printed", "deduction": "deduction_printed"}
NAME_MAX = 30


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell that holds something.

    Its column from 0, its text with line breaks taken out, its folded form, its place, its text as it stands.
    """

    column: int
    text: str
    plain: str
    place: Place
    raw: str


@dataclass(frozen=True, slots=True)
class Head:
    """Which role each column has, and how many levels of indicators the table has.

    `kinds` are all roles met, and "explained" where a column asks why each score was given (评分说明).
    """

    columns: Mapping[int, str] = field(default_factory=dict)
    levels: int = 3
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Named:
    """An indicator's name with its points, at a level counted from 1 (None where the level can't be told)."""

    name: str
    points: Decimal | None
    level: int | None
    place: Place


@dataclass(frozen=True, slots=True)
class ScoredRow:
    """One row as read: its own names by level, then points, score, deduction, remarks.

    And the row's doubts.
    """

    names: tuple[Named, ...]
    points: Decimal | None = None
    score: Decimal | None = None
    deduction: Decimal | None = None
    remarks: str | None = None
    target: str | None = None
    actual: str | None = None
    place: Place = NOWHERE
    places: Mapping[str, Place] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()
    total: bool = False


def pieces(grid: Grid) -> Iterator[tuple[Piece, ...]]:
    """Yield the filled cells of each row in column order; a row without any is left out."""
    for row in grid.rows():
        filled = tuple(
            Piece(c.column, tight(c.text), folded(c.text), c.place, c.text.strip())
            for c in row
            if c.text.strip()
        )
        if filled:
            yield filled


def lines_above(grids: Iterable[Grid]) -> Iterator[Line]:
    """Yield the rows above a table's heading that hold one cell: a workbook's lines of text over its table."""
    for grid in grids:
        for row in takewhile(lambda row: len(row) == 1, pieces(grid)):
            yield Line(row[0].raw, row[0].place)


def tight(text: str) -> str:
    """Return a cell's text with the white space at line breaks taken out.

    The paper's other characters kept.
    """
    return re.sub(r"\s*\n\s*", "", text.strip())


def number(plain: str) -> Decimal | None:
    """Return the number that a folded cell holds, alone or with 分; None for anything else."""
    found = _NUMBER.fullmatch(plain)
    return Decimal(found.group(1)) if found else None


def role_of(plain: str) -> str | None:
    """Return what a heading cell heads, None when it heads nothing known."""
    return next((role for role, pattern in _ROLE.items() if pattern.fullmatch(plain)), None)


def is_heading(row: tuple[Piece, ...]) -> bool:
    """Tell whether a row is (part of) a table's heading: no numbers, and most cells are headings."""
    known = sum(role_of(piece.plain) is not None for piece in row)
    return known >= min(2, len(row)) and 2 * known > len(row) and all(number(p.plain) is None for p in row)


def head_of(rows: list[tuple[Piece, ...]]) -> Head:
    """Return the columns' roles from heading rows, a lower row's word before an upper one's."""
    columns: dict[int, str] = {}
    levels: list[tuple[int, int]] = []
    kinds: set[str] = set()
    for row in rows:
        for piece in row:
            role = role_of(piece.plain)
            if role is None or role == "group":
                continue
            kinds.add(role)
            kinds |= {"explained"} if _EXPLAINED.fullmatch(piece.plain) else set()
            columns[piece.column] = role
            if role.startswith("level"):
                levels.append((piece.column, int(role[-1])))
    named = {column for column, role in columns.items() if role == "name"}
    last = max((n for _, n in levels), default=3)
    several = sum(role == "points" for role in columns.values()) > 1
    for column in sorted(columns):
        level = next((n for at, n in sorted(set(levels), reverse=True) if at <= column), None)
        if column in named and level:
            columns[column] = f"level{level}"
        elif columns[column] == "points" and several and level and level < last:
            columns[column] = f"points{level}"  # 一级指标, 分值, 二级指标, 分值 …
    return Head(columns, last, frozenset(kinds))


# ---------------------------------------------------------------- one row


def by_columns(row: tuple[Piece, ...], head: Head) -> ScoredRow | None:
    """Return a row read by its columns.

    None when a cell stands under no heading or holds what its column can't.
    """
    cells = [(head.columns.get(piece.column), piece) for piece in row]
    said = {role: piece for role, piece in cells if role is not None}
    words = sum(role == "text" for role, _ in cells)  # 指标说明 and 评分标准 may stand side by side
    if any(role is None or not fits(role, piece) for role, piece in cells):
        return None
    return row_of(row, said, head) if len(said) + max(words - 1, 0) >= len(row) else None


def row_of(row: tuple[Piece, ...], said: Mapping[str, Piece], head: Head) -> ScoredRow:
    """Return a row whose cells are known by the roles of their columns."""
    numbers = {role: number(piece.plain) for role, piece in said.items()}
    levels = [split_name(piece, int(role[-1])) for role, piece in said.items() if role.startswith("level")]
    names = [
        n if n.points is not None else replace(n, points=numbers.get(f"points{n.level}")) for n in levels
    ]
    own = names[-1].points if names and names[-1].level == head.levels else None
    if names and names[-1].level == head.levels and own is None:
        names[-1] = replace(names[-1], points=numbers.get("points"))
    text = {role: said[role].text if role in said else None for role in ("remarks", "target", "actual")}
    if text["remarks"] and CRITERIA.search(text["remarks"]):  # the criteria slid into the column beside
        text["remarks"] = None
    places = {
        _FIELDS.get(role, role): piece.place for role, piece in said.items() if role not in ("text", "seq")
    }
    return ScoredRow(tuple(names), numbers.get("points", own), numbers.get("score"), numbers.get("deduction"),
                     text["remarks"], text["target"], text["actual"], row[0].place, places)  # fmt: skip


def fits(role: str, piece: Piece) -> bool:
    """Tell whether a cell holds what its column must: numbers, names, or words."""
    value = number(piece.plain)
    if role in ("points", "score", "deduction") or role.startswith("points"):
        return value is not None or piece.plain in ("-", "—", "/", "无")
    if role.startswith("level"):
        said = PROSE.search(piece.plain) or _LOSS.search(piece.plain)
        return value is None and len(piece.plain) <= 2 * NAME_MAX and not said
    return value is None or role not in ("text", "remarks")


def split_name(piece: Piece, level: int | None) -> Named:
    """Return the name of a cell and the points printed in it: 决策 18, 项目立项（5分）; 指标1 is a name as it is."""
    found = PAIR.fullmatch(piece.raw)
    if found is None:
        return Named(piece.text, None, level, piece.place)
    points = found.group("inner") or found.group("apart") or found.group("said")
    return Named(tight(found.group("name")), Decimal(points), level, piece.place)


def is_name(piece: Piece) -> bool:
    """Tell whether a cell can be an indicator's name."""
    said = PROSE.search(piece.plain) or _LOSS.search(piece.plain)
    return number(piece.plain) is None and len(piece.plain) <= NAME_MAX and not said


def left_side(row: tuple[Piece, ...], head: Head) -> tuple[list[Named], list[Piece], list[Piece]]:
    """Return the names with their points from the left, numbers that name nothing.

    And the cells that follow.
    """
    names: list[Named] = []
    stray: list[Piece] = []
    rest = list(row[1:] if "seq" in head.kinds and number(row[0].plain) is not None else row)
    open_ = False
    while rest and (is_name(rest[0]) or number(rest[0].plain) is not None):
        piece = rest.pop(0)
        value = number(piece.plain)
        if value is None:
            names.append(split_name(piece, None))
        elif open_ and names[-1].points in (None, value):
            names[-1] = replace(names[-1], points=value)
            if not any(is_name(p) for p in rest):
                break
        else:
            stray.append(piece)
        open_ = value is None
    return names, stray, rest


def levelled(
    names: list[Named], row: tuple[Piece, ...], head: Head
) -> tuple[tuple[Named, ...], tuple[Doubt, ...]]:
    """Give names their levels.

    By their columns where all stand under level headings, else counted from the last.
    """
    by_place = {piece.place: piece.column for piece in row}
    found = [head.columns.get(by_place.get(n.place, -1), "") for n in names]
    under = found == sorted(set(found)) and all(r.startswith("level") for r in found)
    if under and found[-1:] == [f"level{head.levels}"]:  # the last name isn't slid, nor those before it
        return tuple(replace(n, level=int(role[-1])) for n, role in zip(names, found, strict=True)), ()
    if len(names) <= head.levels:
        first = head.levels - len(names) + 1
        return tuple(replace(n, level=first + k) for k, n in enumerate(names)), ()
    between = "、".join(n.name for n in names[1:-1])
    why = f"本行有 {len(names)} 个指标名称，表头只有 {head.levels} 级，中间各级无法确定：{between}"
    doubt = Doubt(names[0].place, why, None, between)
    return (replace(names[0], level=1), replace(names[-1], level=head.levels)), (doubt,)


def by_content(row: tuple[Piece, ...], head: Head) -> ScoredRow | None:
    """Return a row read by what its cells hold, None when it has nothing to read."""
    names, stray, rest = left_side(row, head)
    numbers = [p for p in rest if number(p.plain) is not None]
    texts = [p for p in rest if number(p.plain) is None]
    if not names and not numbers and not stray:
        return None
    placed, doubts = levelled(names, row, head)
    result = ScoredRow(placed, placed[-1].points if placed else None, place=row[0].place, doubts=doubts)
    if texts and "remarks" in head.kinds and "text" not in head.kinds:
        result = replace(result, remarks=texts[-1].text)
    return numbered(result, stray, numbers, texts, head)


def numbered(
    row: ScoredRow, stray: list[Piece], numbers: list[Piece], texts: list[Piece], head: Head
) -> ScoredRow:
    """Return the row with the score (and the deduction) taken from its last numbers.

    And a doubt where they slid.
    """
    doubts = list(row.doubts)
    points = row.points
    if points is None and row.names and stray:
        points = number(stray[-1].plain)
        doubts.append(
            Doubt(stray[-1].place, "分值不在指标名称之后，按同一行的数归位", str(points), None, "points")
        )
    elif stray and not numbers and not texts:
        numbers = [stray[-1]]
        doubts.append(
            Doubt(
                stray[-1].place,
                "得分不在“得分”栏下，按本行最后一个数归位",
                numbers[0].plain,
                None,
                "score_printed",
            )
        )
    wanted = 2 if "deduction" in head.kinds else 1
    tail = numbers[-wanted:]
    score = number(tail[0].plain) if tail else None
    deduction = number(tail[1].plain) if len(tail) > 1 else None
    extra = [n for p in numbers[:-wanted] if (n := number(p.plain)) is not None and n != points]
    if extra and points is not None:
        why = "本行有两个数可作分值，无法确定"
        doubts.append(Doubt(row.place, why, None, f"{points} 或 {extra[-1]}", "points"))
        points = None
    places = {"score_printed": tail[0].place} if tail else {}
    return replace(row, points=points, score=score, deduction=deduction, places=places, doubts=tuple(doubts))
