"""The page of a draft: the official table, each of its cells a label or something to type into or to choose."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jixiao import layout
from jixiao.api import filling
from jixiao.api.filling import Sheet
from jixiao.layout import Role
from jixiao.model.finding import Finding, Severity
from jixiao.schemes import load_scheme
from jixiao.web.drafts.content import LOCKED_CELLS, LOCKED_FIELDS, Content, row_of
from jixiao.web.drafts.live import Live
from jixiao.web.drafts.margin import part_of

_CONTROLS = {
    **dict.fromkeys(("points", "points1", "points2", "points3", "score", "deduction", "completion"), "number"),
    "target": "figure", "unit": "text",
}  # fmt: skip
_WORKED = frozenset(
    {"points", "rate", "score"}
)  # cells of the funds and the total that are worked out while blank
_OFFERED = frozenset({"level1", "level2", "level3", "unit", "grade"})
_TICKS = ("确定能", "有可能", "完全不可能")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the page: a label, or what is typed there; `rows` are all the rows of a class's cell.

    `control` is "" for a label, else text, area, select, number or figure (a number that may be long, with its unit);
    `worked` is what is worked out while it is blank; `law` tells that it says the rule-book's words.
    """

    text: str
    rowspan: int = 1
    colspan: int = 1
    control: str = ""
    heading: bool = False
    row: str = ""
    key: str = ""
    label: str = ""
    rows: tuple[str, ...] = ()
    locked: bool = False
    choices: tuple[str, ...] = ()
    offered: str = ""
    mark: str = ""
    worked: str = ""
    own: str = ""
    version: int = 0
    light: str = ""
    law: bool = False

    @property
    def name(self) -> str:
        """Its name in the page."""
        return f"{self.row}|{self.key}"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the page with what is said of it; `span` is how many columns the sentences have, 0 for a label's row."""

    cells: tuple[Cell, ...]
    row: str = ""
    span: int = 0
    is_indicator: bool = False
    said: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """The table: its title, the line above it, the shares of its columns in per cent, its rows.

    `naming` is the key of the cell that names a row, `shapes` those of the cells that change the table's own shape.
    """

    title: tuple[str, ...]
    above: tuple[Cell, ...]
    widths: tuple[str, ...]
    lines: tuple[Line, ...]
    offers: Mapping[str, tuple[str, ...]]
    locked: bool
    whole: tuple[Finding, ...]
    naming: str
    shapes: str


@dataclass(frozen=True, slots=True)
class Ground:
    """What a page is made of: the texts, what is said of them, and whether the targets are locked, or all of it."""

    content: Content
    live: Live
    locked: bool
    closed: bool


def page_of(ground: Ground) -> Page:
    """Return the page of a draft."""
    content = ground.content
    sheet = filling.entry_sheet(content.typed)
    titles = tuple(
        block.text for block in sheet.layout.blocks if isinstance(block, layout.Line) and _is_title(block)
    )
    above = tuple(_field(key, label, ground) for label, key in sheet.above)
    whole = sum(sheet.grid.widths) or 1
    widths = tuple(_percent(width, whole) for width in sheet.grid.widths)
    offers = filling.offers(load_scheme(content.scheme), content.form)
    lines = tuple(_lines(sheet, ground))
    shapes = " ".join((*_class_names(content), "sign"))
    return Page(
        titles, above, widths, lines, offers, ground.locked, ground.live.said.get("", ()),
        filling.naming_key(content.form), shapes,
    )  # fmt: skip


def _class_names(content: Content) -> tuple[str, ...]:
    return tuple(keys[0] for keys in filling.classes_of(content.form))


def _percent(width: int, whole: int) -> str:
    tenths = width * 1000 // whole
    return f"{tenths // 10}.{tenths % 10}%"


def _is_title(block: layout.Line) -> bool:
    return block.level is not None or block.role is Role.SUBTITLE


def _lines(sheet: Sheet, ground: Ground) -> Iterator[Line]:
    rows = list(sheet.grid.rows())
    said = {cells[0].row for cells in rows if any((c.row, c.column) in sheet.spots for c in cells)}
    high = [cell for cell in sheet.grid.cells if cell.rowspan > 1 or _is_class(sheet, cell, ground)]
    taken = {row: _reached(high, row) for row in said}
    width = len(sheet.grid.widths)
    for cells in rows:
        at = cells[0].row
        made = tuple(_cell(sheet, cell, ground, said) for cell in cells)
        name = next((cell.row for cell in reversed(made) if cell.control), "")
        span = width - taken.get(at, 0) if at in said else 0
        yield Line(made, name, span, name in ground.content.rows, ground.live.below(name) if span else ())


def _reached(high: Sequence[layout.Cell], row: int) -> int:
    """Return how many columns at the left of a row belong to cells that reach over more than it, or name a class."""
    return max((c.column + c.colspan for c in high if c.row <= row < c.row + c.rowspan), default=0)


def _is_class(sheet: Sheet, cell: layout.Cell, ground: Ground) -> bool:
    """Tell whether a cell is that of a class or its points."""
    spot = sheet.spots.get((cell.row, cell.column))
    keys = (key for keys in filling.classes_of(ground.content.form) for key in keys)
    return spot is not None and bool(spot.rows) and spot.key in keys


def _cell(sheet: Sheet, cell: layout.Cell, ground: Ground, said: set[int]) -> Cell:
    spot = sheet.spots.get((cell.row, cell.column))
    reach = cell.rowspan
    if cell.rowspan > 1 or _is_class(sheet, cell, ground):
        reach += sum(row in said for row in range(cell.row, cell.row + cell.rowspan))
    if spot is None:
        return Cell(cell.text, reach, cell.colspan, heading=cell.role is Role.HEADING)
    if not spot.rows:
        return _field(spot.key, "", ground, (reach, cell.colspan))
    rows = tuple(ground.content.order[n] for n in spot.rows)
    if spot.key.startswith(filling.LAW):
        return Cell(_law(rows[0], ground), reach, cell.colspan, law=True)
    return _typed(rows, spot.key, ground, (reach, cell.colspan))


def _law(row: str, ground: Ground) -> str:
    """Return the rule-book's words for a row: by what it is scored."""
    score = ground.live.score_of(ground.content, row)
    part = part_of(load_scheme(ground.content.scheme), score, "", row)
    return part.says if part is not None else ""


def _typed(rows: Sequence[str], key: str, ground: Ground, spans: tuple[int, int]) -> Cell:
    """Return a cell of an indicator, or of the class that several have."""
    content, live, name = ground.content, ground.live, rows[0]
    row = content.rows[name]
    choices = (
        filling.SIGNS if key == "sign" else ("", "√") if key.removeprefix("particular.") in _TICKS else ()
    )
    offered = (
        key if key in _OFFERED else "tiers" if key == "actual" and row.cells.get("sign") == "定性" else ""
    )
    control = "select" if choices else _CONTROLS.get(key, "area")
    return Cell(
        row.cells.get(key, ""), *spans, control=control, row=name, key=key, rows=tuple(rows), choices=choices,
        offered=offered, locked=ground.closed or (ground.locked and key in LOCKED_CELLS), mark=_mark(live, name, key),
        worked=live.worked.get((name, key), ""), own=live.own.get(name, "") if key == "score" else "",
        version=row.version, label=_LABELS.get(key, key.removeprefix("particular.")),
        light=live.lights[name].value if key == "actual" and name in live.lights else "",
    )  # fmt: skip


def _field(key: str, label: str, ground: Ground, spans: tuple[int, int] = (1, 1)) -> Cell:
    """Return a cell outside of the indicators."""
    content, live, name = ground.content, ground.live, row_of(key)
    row = content.fixed[name]
    money = key.startswith(("funds.", "total.")) and not key.endswith((".reason", ".standard"))
    number = "number" if key.rpartition(".")[2] in _WORKED else "figure"
    control = number if money else "text" if key == "grade" else "area"
    own = live.own.get(name, "") if key in ("funds.total.score", "total.score") else ""
    return Cell(
        row.cells.get(key, ""), *spans, control=control, row=name, key=key, rows=(name,),
        locked=ground.closed or (ground.locked and key in LOCKED_FIELDS), offered="grade" if key == "grade" else "",
        mark=_mark(live, name, key), worked=live.worked.get((name, key), ""), own=own, version=row.version,
        label=label or named(key),
    )  # fmt: skip


def _mark(live: Live, row: str, key: str) -> str:
    found: Severity | None = live.marks.get((row, key))
    return found.value if found is not None else ""


def named(key: str) -> str:
    """Return the words for a cell, for those who don't see the table around it."""
    parts = key.split(".")
    if parts[0] == "funds":
        return f"{_SOURCES.get(parts[1], '资金')}{_LABELS.get(parts[2], '')}"
    if parts[0] == "management":
        return f"{parts[1]}：{'存在问题和改进措施' if parts[2] == 'mended' else '情况说明'}"
    return _LABELS.get(key, parts[-1])


_SOURCES = {
    "total": "年度资金总额", "fiscal": "财政拨款", "carryover": "上年结转资金", "special": "财政专户管理资金",
    "other": "其他资金", "central": "中央财政资金", "local": "地方资金",
}  # fmt: skip
_LABELS = {
    "level1": "一级指标", "level2": "二级指标", "level3": "三级指标", "level4": "四级指标", "sign": "符号",
    "target": "指标值", "unit": "计量单位", "actual": "实际完成值", "points": "分值",
    "points1": "一级指标分值", "points2": "二级指标分值", "points3": "三级指标分值", "score": "得分",
    "reason": "偏差原因及改进措施", "standard": "评分说明", "deduction": "扣分", "completion": "完成率",
    "initial": "年初预算数", "annual": "全年预算数", "executed": "全年执行数", "adjusted": "预算调整数",
    "forecast": "全年预计执行数",
    "received": "到位数", "remarks": "评分说明", "rate": "执行率",
    "project.name": "项目名称", "project.code": "项目编码",
    "project.department": "主管部门", "project.unit": "实施单位", "goal.expected": "预期目标",
    "goal.actual": "实际完成情况", "total.points": "分值合计", "total.score": "总分", "grade": "自评等级",
    "execution_reason": "未完成原因分析", "filer": "单位名称",
}  # fmt: skip
