"""基础数据表: the base-data form of a project. Head, funds by source and stage, goal with its tick box.

Indicators.

Scores nothing. Template rows (指标2:, ……) are dropped. Where the fund figures stand under the stages' own
headings and not
under the columns below them (a text that lost its spans), the stage counts and the other reading is a doubt.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from jixiao.expressions import expression
from jixiao.layout import NOWHERE, Block, Grid, Line, Place
from jixiao.model.evaluation import Evaluation, Funds, Indicator, Project
from jixiao.model.figure import WAN, YUAN, Figure, Unit, half_up
from jixiao.model.parsing import parse_actual, parse_target
from jixiao.model.quantities import parse_figure
from jixiao.model.reading import Kind, Reading
from jixiao.papers.base_data.base_data_answers import answers_of
from jixiao.papers.base_data.base_data_goal import blanks_of, goal_of
from jixiao.papers.base_data.fund_stages import Stages, is_total, stages_of
from jixiao.papers.cells.gridded import gridded
from jixiao.papers.cells.residue import residue_of
from jixiao.papers.prose.narrative import paragraphs
from jixiao.papers.prose.report_head import labelled
from jixiao.papers.scoring_rows import Piece, pieces, tight
from jixiao.papers.words import folded

_TITLE = expression(r"[^。；]{0,40}基础(?:数据|信息)(?:采集)?表")
_LABELS = {
    "name": r"项目名称", "year": r"(?:评价|自评|预算)?年度", "amount": r"(?:评价|自评)金额(?:\(.{1,6}\))?",
    "department": r"主[管要]部门(?:名称)?", "unit": r"(?:项目)?(?:实施|用款|承担)单位(?:名称)?",
    "filler": r"填报单位(?:名称)?(?:\((?:盖章|公章)\))?",
    "other": r"联系人.*|联系邮箱|邮箱|实施文件依据.*|支出主要内容.*|基本情况|资金安排.*|.{0,6}金额单位.*",
}  # fmt: skip
_LABEL = {name: expression(rf"(?:{words})[:：]?") for name, words in _LABELS.items()}
_HEADS = {
    "level1": r"一级指标(?:名称)?", "level2": r"二级指标(?:名称)?", "level3": r"三级指标(?:名称)?",
    "target": (
        r"(?:预期|年度|"
        r"计划)*(?:目标值|指标值)"
    ), "actual": r"实际完成(?:值|情况)|完成值", "reason": r".*原因分析.*|.*改进措施",
}  # fmt: skip
_HEAD = {name: expression(words) for name, words in _HEADS.items()}
_LEVEL1 = expression(r"(?:成本|产出|效益|效果|满意度|社会公众或服务对象满意度)(?:类)?(?:指标)?")
_LEVEL2 = expression(
    r"(?:数量|质量|时效|成本|经济成本|社会成本|生态(?:环境)?成本|经济效益|社会效益|"
    r"生态(?:环境)?效益|可持续(?:影响|发展)|服务对象满意度|社会公众.{0,8}满意度)(?:类)?指标.{0,2}"
)
_GROUP = expression(r"(?:年度)?(?:绩效|个性化?|共性)?指标(?:完成情况)?")
_PREFIX = expression(r"^(?:指标\s*\d*\s*[:：.、]?\s*|\d+\s*[.、．:：]\s*)")
_TEMPLATE = expression(r"(?:指标\s*\d*\s*[:：]?|[.．…·\s]+|\d+[.、．]?)+")
_TICKED = expression(
    r"(?:\[x\]|\[X\]|☑|✓|✔|√|■|▣|<input[^>]*checked[^>]*>|\[√\]|R)\s*(全部实现|部分实现|未实现|是|否)"
)
_TICKED_AFTER = expression(r"(全部实现|部分实现|未实现|是|否)\s*(?:\[x\]|☑|✓|✔|√|■|\(√\)|（√）)")
_OUTPUT, _BENEFIT = "产出指标", "效益指标"
_BELONGS = {"数量": _OUTPUT, "质量": _OUTPUT, "时效": _OUTPUT, "经济效益": _BENEFIT, "社会效益": _BENEFIT,
            "生态": _BENEFIT, "可持续": _BENEFIT, "满意": "满意度指标"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator row: own names and cells as printed, None where the row has none."""

    level1: str | None
    level2: str | None
    level3: str | None
    target: Piece | None
    actual: Piece | None
    reason: Piece | None
    place: Place


def looks_like(blocks: tuple[Block, ...]) -> bool:
    """Tell whether these blocks begin a base-data form: its title stands in the first lines or cells."""
    lines = [folded(b.text) for b in blocks[:8] if isinstance(b, Line)]
    cells = [folded(c.text) for b in blocks[:8] if isinstance(b, Grid) for c in b.cells[:3]]
    return any(_TITLE.fullmatch(text) for text in (*lines, *cells))


# ---------------------------------------------------------------- head


def labels_in(rows: list[tuple[Piece, ...]]) -> dict[str, Piece]:
    """Return the cell behind each label of the head.

    A label behind a label means that the value is silent.
    """
    found: dict[str, Piece] = {}
    for row in rows:
        for piece, after in pairwise(row):
            name = next((n for n, pattern in _LABEL.items() if pattern.fullmatch(piece.plain)), None)
            if name and not any(pattern.fullmatch(after.plain) for pattern in _LABEL.values()):
                found.setdefault(name, after)
    return found


def contacts_in(rows: list[tuple[Piece, ...]]) -> Iterator[str]:
    """Yield the cells behind 联系人, 电话 and 邮箱."""
    for row in rows:
        for piece, after in pairwise(row):
            if _CONTACT.fullmatch(piece.plain) and not any(p.fullmatch(after.plain) for p in _LABEL.values()):
                yield after.plain


_CONTACT = expression(r"联系.*|(?:项目)?负责人.*|.{0,4}电话|邮箱")


def unit_of(blocks: tuple[Block, ...]) -> Unit | None:
    """Return the unit of the form's amounts (金额单位：万元), None where it isn't printed."""
    texts = [b.text if isinstance(b, Line) else " ".join(c.text for c in b.cells) for b in blocks]
    found = re.search(r"单位[:：](万元|元)", folded(" ".join(texts)))
    return {"万元": WAN, "元": YUAN}[found.group(1)] if found else None


def achieved(blocks: tuple[Block, ...]) -> tuple[str, Place] | None:
    """Return the ticked answer to 是否如期实现预期目标, None when none or several are ticked."""
    for block in blocks:
        for text, place in (
            [(c.text, c.place) for c in block.cells]
            if isinstance(block, Grid)
            else [(block.text, block.place)]
        ):
            ticks = set(_TICKED.findall(text)) or set(_TICKED_AFTER.findall(text))
            if "实现" in text and "是否" in text and len(ticks) == 1:
                return ticks.pop(), place
    return None


# ---------------------------------------------------------------- indicators


def indicator_rows(rows: list[tuple[Piece, ...]]) -> list[Row]:
    """Return the rows below the heading of the indicators, template rows left out."""
    found: list[tuple[tuple[Piece, ...], dict[str, int]]] = []
    columns: dict[str, int] | None = None
    for row in rows:
        heads = {name: p.column for p in row for name, pattern in _HEAD.items() if pattern.fullmatch(p.plain)}
        if "level1" in heads and "level2" in heads:
            columns = heads
        elif columns is not None:
            found.append((row, columns))
    kept = any(_keeps_columns(row, heads) for row, heads in found)
    return [row_of(row, heads, kept=kept) for row, heads in found]


def _keeps_columns(row: tuple[Piece, ...], heads: dict[str, int]) -> bool:
    """Tell a table whose cells stand under their headings from a text that lost its spans, whose rows begin left."""
    first, last = min(heads.values()), max(heads.values())
    return last - first >= len(heads) or row[0].column > first


def row_of(row: tuple[Piece, ...], columns: dict[str, int], *, kept: bool = False) -> Row:
    """Read one row: class names by their words, the name after them, values by order.

    The reason by its column; a single value too where the table kept its columns.
    """
    names: dict[str, str] = {}
    rest = list(row)
    while rest and (
        _LEVEL1.fullmatch(rest[0].plain)
        or _LEVEL2.fullmatch(rest[0].plain)
        or _GROUP.fullmatch(rest[0].plain)
    ):
        piece = rest.pop(0)
        key = "level2" if _LEVEL2.fullmatch(piece.plain) and not _LEVEL1.fullmatch(piece.plain) else "level1"
        if piece.plain in ("成本指标", "成本") and ("level1" in names or not rest or "level2" not in columns):
            key = "level2"
        if not _GROUP.fullmatch(piece.plain):
            names[key] = piece.text
    name = rest.pop(0) if rest and not _is_value(rest[0], columns, rest) else None
    level3 = (
        _PREFIX.sub("", tight(name.text)) if name and not _TEMPLATE.fullmatch(name.text.strip()) else None
    )
    under = kept and name is not None and name.column == columns.get("level3")
    target, actual, reason = _under(rest, columns) if under else values(rest, columns)
    return Row(names.get("level1"), names.get("level2"), level3 or None, target, actual, reason, row[0].place)


def _is_value(piece: Piece, columns: dict[str, int], rest: list[Piece]) -> bool:
    return (
        len(rest) == 1
        and piece.column >= columns.get("target", piece.column + 1)
        and re.match(r"[≥≤><=\d]", piece.plain) is not None
    )


def _under(rest: list[Piece], columns: dict[str, int]) -> tuple[Piece | None, Piece | None, Piece | None]:
    """Return target, actual and reason by the headings they stand under; by their order where one stands under none."""
    standing = {p.column: p for p in rest}
    found = [standing.pop(columns.get(name, -1), None) for name in ("target", "actual", "reason")]
    return values(rest, columns) if standing else (found[0], found[1], found[2])


def values(rest: list[Piece], columns: dict[str, int]) -> tuple[Piece | None, Piece | None, Piece | None]:
    """Return target, actual and reason of the cells behind the name.

    A single cell goes by its column and its words.
    """
    reason = next(
        (p for p in rest if "reason" in columns and p.column >= columns["reason"] and len(rest) > 1), None
    )
    cells = [p for p in rest if p is not reason]
    if len(cells) >= 2:
        return cells[0], cells[1], reason or (cells[2] if len(cells) > 2 else None)
    if not cells:
        return None, None, reason
    one = cells[0]
    as_target = one.column <= columns.get("target", -1) and re.match(r"[≥≤><=\d]", one.plain) is not None
    return (one, None, reason) if as_target else (None, one, reason)


def indicators(rows: list[Row]) -> list[tuple[Indicator, Row]]:
    """Return the indicators with class names carried down.

    A second level gives its first where none is printed.
    """
    level1: str | None = None
    level2: str | None = None
    found: list[tuple[Indicator, Row]] = []
    for row in rows:
        if row.level1 and row.level1 != level1:
            level1, level2 = row.level1, None
        if row.level2:
            level2 = row.level2
            level1 = row.level1 or _fitting(level1, level2)
        if row.level3 is None:
            continue
        target = parse_target(row.target.text) if row.target else None
        actual = parse_actual(row.actual.text) if row.actual else None
        found.append(
            (
                Indicator(
                    level1,
                    level2,
                    row.level3,
                    None,
                    target,
                    actual,
                    reason=row.reason.text if row.reason else None,
                ),
                row,
            )
        )
    return found


def _fitting(level1: str | None, level2: str) -> str | None:
    """Return the class that a second level belongs to: the standing one unless the name says another."""
    belongs = next((name for word, name in _BELONGS.items() if word in level2), None)
    if belongs is None or (level1 and level1[:2] == belongs[:2]):
        return level1
    return belongs


# ---------------------------------------------------------------- the paper


def funds_of(stages: Stages, unit: Unit | None) -> Funds:
    """Return the fund block: the total row where it has figures, sources under their labels."""
    total = next((line for line in stages.lines if is_total(line)), None)
    more = tuple(line for line in stages.lines if line is not total)
    return Funds(unit, total=total, more=more)


def read(blocks: tuple[Block, ...]) -> Reading:
    """Read a base-data form. Never raises: what isn't printed is None, what can't be placed is a doubt."""
    blocks = gridded(blocks)
    grids = [b for b in blocks if isinstance(b, Grid)]
    rows = [row for grid in grids for row in pieces(grid)]
    head, unit = labels_in(rows), unit_of(blocks)
    said = labelled(paragraphs(blocks))
    stages = stages_of(rows, unit)
    goal, unsaid = goal_of(rows)
    listed = indicators(indicator_rows(rows))
    ticked = achieved(blocks)
    value = {**{k: v for k, (v, _) in said.items()}, **{k: p.text for k, p in head.items()}}
    places = {f"project.{k}": p.place for k, p in head.items() if k in ("name", "department", "unit")}
    amount = amount_of(head.get("amount"), unit)
    for name, found in (("year", head.get("year")), ("evaluated_amount", head.get("amount"))):
        if found is not None:
            places[name] = found.place
    if ticked:
        places["achieved_printed"] = ticked[1]
    for k, (_, row) in enumerate(listed):
        places[f"indicators.{k}"] = row.place
        places |= {
            f"indicators.{k}.{n}": p.place for n, p in (("target", row.target), ("actual", row.actual)) if p
        }
    filler = filled_by(grids, blocks) or value.get("filler")
    year = re.search(r"20\d\d", value.get("year", ""))
    answers = answers_of(rows)
    places |= {f"particulars.{k}": place for k, (_, place) in enumerate(answers)}
    record = Evaluation(
        Project(value.get("name"), None, value.get("department"), value.get("unit") or filler),
        int(year.group()) if year else None, funds_of(stages, unit), goal=goal,
        indicators=tuple(i for i, _ in listed), evaluated_amount=amount,
        achieved_printed=ticked[0] if ticked else None, residue=residue_of(rows),
        blanks=(*unsaid, *blanks_of(rows)), filled_by=filler, contacts=tuple(contacts_in(rows)),
        particulars=tuple(one for one, _ in answers),
    )  # fmt: skip
    places |= {f"funds.{key}": place for key, place in stages.places.items()}
    return Reading(
        Kind.BASE_DATA_FORM,
        record,
        blocks[0].place if blocks else NOWHERE,
        places,
        stages.doubts,
        confidence(record),
    )


_FILLED_BY = expression(
    r"填报单位(?:名称)?(?:\((?:盖章|公章)\))?[:：](?P<name>[^:：\s\d]{4,30}?)(?:金额)?(?:单位[:：].*)?"
)
_HEAD_CELLS = 12


def filled_by(grids: list[Grid], blocks: tuple[Block, ...]) -> str | None:
    """Return the unit that fills in the form where it stands behind its label in one cell or line."""
    lines = (block.text for block in blocks if isinstance(block, Line))
    texts = (*(cell.text for grid in grids[:1] for cell in grid.cells[:_HEAD_CELLS]), *lines)
    found = (_FILLED_BY.fullmatch(folded(text)) for text in texts)
    return next((m["name"] for m in found if m), None)


def amount_of(piece: Piece | None, unit: Unit | None) -> Figure | None:
    """Return 评价金额 in its printed unit, or in the form's."""
    figure = parse_figure(piece.plain, unit=unit) if piece else None
    return replace(figure, unit=unit) if figure is not None and figure.unit is None else figure


def confidence(record: Evaluation) -> Decimal:
    """Return how sure the reading is: project, funds and indicators each speak for it."""
    signs = (
        record.project.name is not None,
        bool(record.indicators),
        record.funds.total is not None or bool(record.funds.more),
    )
    return half_up(Fraction(sum(signs), 3), 2)
