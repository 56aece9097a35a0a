"""自评表: reads one table's part of a stream into an Evaluation, in every form variant.

Head block, fund block, goals, indicators, total, grade and notes each have their reader; here they become one record
with places, doubts and a confidence.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import islice

from jixiao.expressions import expression
from jixiao.layout import Doubt, Place
from jixiao.model.evaluation import Evaluation, Execution, FundLine, Funds, Goal, Particular, Project
from jixiao.model.figure import Figure, half_up, unit_named
from jixiao.model.finding import FieldPath
from jixiao.model.quantities import parse_figure
from jixiao.model.reading import Kind, Reading
from jixiao.papers import words
from jixiao.papers.cells.stream import Atom, Gap, Stream, said
from jixiao.papers.form import form_of
from jixiao.papers.pages.management import read_management
from jixiao.papers.pieces.cutting import Table
from jixiao.papers.prose.table_texts import ends_text, is_label_of_text, read_texts
from jixiao.papers.table.fund_block import FundBlock, FundRow, number, read_fund_block
from jixiao.papers.table.head_block import Field, read_goals, read_head, read_year
from jixiao.papers.table.indicator_block import Block, Row, read_indicators
from jixiao.papers.table.particulars import read_particulars
from jixiao.papers.table.total_row import sums_alone, total_below

_GRADE = expression(
    r"(?:自评|评价)(?:等级|结论|结果|等次)(?:[:：]|[为是](?=[^。；]))?[“\"‘'「《【]?(优秀|良好|优|良|中|差|合格|不合格|较好|一般)"
)
_GRADE_WORD = expression("优秀|良好|优|良|中|差")
_TOTAL = expression(words.TOTAL)
_REASON = expression(
    r"(?:偏差(?:较?大)?(?:或|和|及)?)?(?:目标|指标)?(?:未完成)?(?:偏差)?原因(?:分析|说明)?[:：]?"
)
_REASON_TOLD = expression(r"(?:未完成|偏差)原因(?:分析|说明)?[:：](?=.{4})")
_NOTE = expression(r"(?:填表)?(?:注|备注|说明|填[表报]说明)[:：1一]")
_NOTE_ITEM = expression(r"(?=(?<![\d.])\d{1,2}[.、．](?!\d))")
# Who signs below the table, with a number to be called.
_CONTACT = expression(r"(?:负责人|联系人|填[表报]人|经办人|电话)[:：]?[^:：\d]{0,10}\d[\d-]{6,12}")
# What only the fund block prints: where these stand and no amount was read, the reading failed, not the author.
_FUNDS = expression(r"年度(?:财政)?资金总额|全年执行数|预算执行数|执行数\(B\)|全年预算数|批复金额")
_GOAL = expression("|".join(words.GOAL_LABELS.values()))
_BELOW_GOALS = expression(
    r"(?:项目(?:支出)?)?绩效指标表|(?:目标)?偏差原因(?:分析)?|(?:\d[.、．])?项目(?:实施)?(?:内容|概况|概述)|(?:项目)?预算执行(?:情况)?|年初预算|年度预算数|"
    r"年度(?:主要|重点)(?:工作)?任务|(?:重点)?(?:工作)?任务名称|(?:部门)?预算(?:总额|情况)|[一二三四五]、部门|财政年度"
)
_JUST_BELOW = 20  # characters: the line right below a table
_SCORED = (Kind.SELFEVAL_TABLE, Kind.SCORING_FORM, Kind.RECHECK_TABLE)
_SOURCES = ("total", "fiscal", "carryover", "special", "other")
_AMOUNTS = ("initial", "annual", "executed", "received", "adjusted", "forecast")


def read(stream: Stream, table: Table) -> Reading:
    """Read the table that stands at `table` of `stream`.

    Returns:
        a Reading of the table's kind with an Evaluation; what can't be decided is None there and a doubt here; never
        raises. `places` are those of the source; `confidence` falls with every doubt about a cell.
    """
    first = table.headers[0].start
    funds = read_fund_block(stream, table.start, first, declared=table.kind is Kind.GOAL_DECLARATION)
    head, contacts = read_head(stream, table.start, min(first, funds.start) if funds else first)
    goals = _goals(stream, funds.end if funds else table.start, first)
    if funds and not goals:
        goals = _goals(stream, table.start, funds.start)
    block = read_indicators(stream, table.headers, table.end, scored=table.kind in _SCORED)
    year = read_year(stream, table.start, first)
    texts = read_texts(
        stream, table.start, first, table.headers[-1].end, table.end, year[0] if year else None
    )
    places = _places(head, goals, block, funds) | texts.places
    for k, indicator in enumerate(block.rows):
        places |= _row_places(f"indicators.{k}", indicator, table.kind)
    record = Evaluation(
        project=Project(
            *(head[k].text if k in head else None for k in ("name", "code", "department", "unit"))
        ),
        year=year[0] if year else None,
        funds=_funds(funds),
        execution=_with_reason_below(_execution(funds), stream, funds),
        goal=Goal(*(goals[k].text if k in goals else None for k in ("expected", "actual"))),
        indicators=tuple(r.indicator for r in block.rows),
        classes=tuple(block.classes),
        points_printed=block.points_printed,
        total_printed=block.total_printed,
        grade_printed=_grade(stream, table),
        notes=_notes(stream, table),
        residue=tuple(block.residue),
        reason=_reason(stream, table),
        contacts=(
            *(one.text for one in contacts),
            *_CONTACT.findall(stream.fold, table.headers[-1].end, table.end),
        ),
        sections=texts.sections,
        claims=texts.claims,
    )
    record = sums_alone(record, table.headers[0])
    near = stream.between(table.headers[-1].end, min(table.end + _JUST_BELOW, len(stream.fold)))
    record = total_below(record, [atom for atom, _ in near])
    if record.total_printed is None:
        record = replace(record, total_printed=_total_above(head))
    found = read_particulars(stream, (table.start, first), (table.headers[-1].end, table.end))
    found = (*found, *read_management(stream, table.start, first))
    if (later := goals.get("midterm")) is not None:
        found = (*found, (Particular("实施期目标", later.text), later.place))
    besides = [
        (one, place) for one, place in found if one != Particular("单位名称", record.project.unit or "")
    ]
    record = replace(record, particulars=tuple(one for one, _ in besides))
    places |= {f"particulars.{n}": place for n, (_, place) in enumerate(besides)}
    places |= {f"contacts.{n}": one.place for n, one in enumerate(contacts)}
    if table.kind is Kind.RECHECK_TABLE:
        record = _rechecked(record, block)
    record, more = _execution_row_among_indicators(record)
    record = replace(record, form=form_of(table.headers[0], record, table.kind))
    doubts = (
        *block.doubts,
        *_crowded(funds),
        *_missing(record, table, stream),
        *_cut_off(record, table, stream),
        *more,
    )
    place = stream.atoms[min(stream.at(table.start), len(stream.atoms) - 1)].place
    return Reading(table.kind, record, place, places, doubts, _confidence(record, doubts))


def _total_above(head: Mapping[str, Field]) -> Decimal | None:
    """Return the total that a form prints in its head: 自评总分 | 96.05."""
    return number(words.folded(head["total"].text)) if "total" in head else None


def _goals(stream: Stream, start: int, end: int) -> Mapping[str, Field]:
    """Read the goals between two positions, up to the next block of the forms that have one below them."""
    first = _GOAL.search(stream.fold, start, end)
    below = _BELOW_GOALS.finditer(stream.fold, first.end(), end) if first else ()
    stop = next((m.start() for m in below if _opens(stream, m)), end)  # not inside a goal's own words
    return read_goals(stream, start, stop)


def _opens(stream: Stream, label: re.Match[str]) -> bool:
    """Tell whether a label begins its cell; one that may head a column beside the goals must begin its row."""
    at = label.start()
    if not stream.begins_atom(at):
        return False
    row = stream.atoms[stream.at(at)].row
    return "偏差原因" not in label[0] or at == 0 or stream.atoms[stream.at(at - 1)].row != row


def _funds(block: FundBlock | None) -> Funds:
    if block is None:
        return Funds()
    lines: dict[str, FundLine] = {}
    more: list[FundLine] = []
    for row in block.rows:
        line = _line(row, block.unit)
        if row.source == "more" and not any((line.initial, line.annual, line.executed)):
            continue
        if row.source in _SOURCES and row.source not in lines:
            lines[row.source] = line
        else:
            more.append(line)
    unit = unit_named(block.unit) if block.unit else None
    total, fiscal, carryover, special, other = (lines.get(source) for source in _SOURCES)
    return Funds(unit, total, fiscal, carryover, special, other, tuple(more))


def _line(row: FundRow, unit: str | None) -> FundLine:
    amounts = {kind: _amount(row.cells.get(kind), unit) for kind in _AMOUNTS}
    marks = (None, None) if row.source == "total" else tuple(_mark(row, kind) for kind in ("points", "score"))
    return FundLine(**amounts, label=row.label, points=marks[0], score_printed=marks[1])


def _mark(row: FundRow, kind: str) -> Decimal | None:
    atom = row.cells.get(kind)
    return number(atom.fold.rstrip("分")) if atom is not None else None


def _amount(atom: Atom | None, unit: str | None) -> Figure | None:
    if atom is None or number(atom.fold) is None:
        return None
    return parse_figure(atom.fold, unit=unit_named(unit) if unit else None)


def _execution(block: FundBlock | None) -> Execution:
    total = next((r for r in block.rows if r.source == "total"), None) if block else None
    if total is None and block:
        total = next((r for r in block.rows if {"points", "score"} & set(r.cells)), None)
    if total is None:
        return Execution()
    cells = {kind: atom.fold for kind, atom in total.cells.items()}
    rate = cells.get("rate")
    points = number(cells.get("points", "").rstrip("分"))
    return Execution(
        block.points if points is None and block else points,
        parse_figure(rate) if rate else None,
        number(cells.get("score", "").rstrip("分")),
        *(total.cells[kind].text or None if kind in total.cells else None for kind in ("reason", "standard")),
    )


def _with_reason_below(execution: Execution, stream: Stream, block: FundBlock | None) -> Execution:
    """Take the reason from the row of its own that some forms have below the amounts: 未完成原因分析."""
    if block is None or execution.reason is not None:
        return execution
    row = [atom for atom, _ in islice(stream.between(block.end, len(stream.fold)), _ROW) if atom.fold]
    own = [a for a in row if a.row == row[0].row]
    told = len(own) == 2 and _REASON_BELOW.fullmatch(own[0].fold) and stream.begins_atom(block.end)
    return replace(execution, reason=own[1].text) if told else execution


_REASON_BELOW, _ROW = expression("未完成原因(?:分析)?"), 20


_RATE_ROW = expression(r"(?:项目)?(?:预算|资金)?(?:资金)?执行率(?:指标)?|(?:项目)?预算执行(?:情况)?")


def _execution_row_among_indicators(record: Evaluation) -> tuple[Evaluation, tuple[Doubt, ...]]:
    """Take a row 预算执行率 that stands beside the classes for what it is: the execution, not a class."""
    classed = any(row.level1 or row.level2 for row in record.indicators)
    for k, row in enumerate(record.indicators if classed else ()):
        names = [words.folded(n) for n in (row.level1, row.level2, row.level3) if n]
        if record.execution.points is None and names and all(_RATE_ROW.fullmatch(name) for name in names):
            rest = record.indicators[:k] + record.indicators[k + 1 :]
            rate = row.actual.figure if row.actual is not None else None
            execution = Execution(row.points, rate, row.score_printed, row.reason)
            return replace(record, indicators=rest, execution=execution), ()
    return record, ()


def _rechecked(record: Evaluation, block: Block) -> Evaluation:
    """Put the re-check's results and scores in place of the self-evaluation's, whose scores are kept beside them."""
    rows = tuple(r.rechecked or r.indicator for r in block.rows)
    if block.recheck_total is None:
        return replace(record, indicators=rows)
    total, own = block.recheck_total, record.total_printed
    return replace(record, indicators=rows, total_printed=total, self_total_printed=own)


def _grade(stream: Stream, table: Table) -> str | None:
    hit = _GRADE.search(stream.fold, table.start, table.end)
    return hit.group(1) if hit else _grade_beside_total(stream.cut(table.headers[-1].end, table.end).atoms)


def _grade_beside_total(atoms: Sequence[Atom]) -> str | None:
    """Return the grade that stands in a cell of the total's row: 总分 | 100 | 97.6 | 优."""
    rows = {a.row for a in atoms if _TOTAL.fullmatch(a.fold)}
    return next((a.fold for a in atoms if a.row in rows and _GRADE_WORD.fullmatch(a.fold)), None)


def _reason(stream: Stream, table: Table) -> str | None:
    """Return the one cell for the whole table that says why targets were missed; None where none is printed."""
    tail = stream.cut(table.headers[-1].end, table.end).atoms
    for n, atom in enumerate(tail[:-1]):
        label = _REASON.fullmatch(atom.fold) or (atom.fold == "说明" and not table.headers[0].has("reason"))
        if label and not any(a.row == atom.row and a.fold for a in tail[:n]):
            behind = next((a.text for a in tail[n + 1 :] if a.row == atom.row and a.fold), None)
            return behind or _lines_below(tail[n:])
    told = (a for a in tail if a.gap is Gap.ROW and a.column is None and _REASON_TOLD.match(a.fold))
    line = next(told, None)
    return (
        None if line is None else said(a for a in tail if a.row == line.row).partition("：")[2] or line.text
    )


def _lines_below(atoms: Sequence[Atom]) -> str | None:
    """Return the lines below a label that stands alone, up to the next label; None inside a grid."""
    own, found = atoms[0], list[str]()
    for atom in atoms[1:] if own.column is None else ():
        ends = words.is_label(atom.fold) or ends_text(atom.fold)
        if atom.row > own.row and (ends or atom.column is not None):
            break
        found.append(atom.text)
    return "".join(found) or None


def _notes(stream: Stream, table: Table) -> tuple[str, ...]:
    hits = [m.start() for m in _NOTE.finditer(stream.fold, table.headers[-1].end, table.end)]
    start = next((at for at in hits if stream.begins_atom(at) or stream.fold[at - 1].isdigit()), None)
    if start is None:
        return ()
    text = stream.text(start, _notes_end(stream, start, table.end))
    items = [item.strip() for item in _NOTE_ITEM.split(text) if item.strip()]
    return tuple(item for item in items if words.folded(item) not in ("注:", "备注:", "说明:"))


def _notes_end(stream: Stream, start: int, end: int) -> int:
    """Return where the notes end: at a label of running text that fills its line, else where the table does."""
    lines = ((atom, at) for atom, at in stream.between(start + 1, end) if atom.gap is Gap.ROW)
    return next((at for atom, at in lines if is_label_of_text(atom.fold)), end)


def _places(
    head: Mapping[str, Field], goals: Mapping[str, Field], block: Block, funds: FundBlock | None
) -> dict[FieldPath, Place]:
    found: dict[FieldPath, Place] = {
        "total_printed" if k == "total" else f"project.{k}": field.place for k, field in head.items()
    }
    found |= {f"goal.{k}": field.place for k, field in goals.items() if k != "midterm"}
    for row in funds.rows if funds else ():
        found |= {
            f"funds.{row.source}.{kind}": atom.place for kind, atom in row.cells.items() if kind in _AMOUNTS
        }
        if row.source == "total":
            found |= {f"execution.{_EXECUTION[k]}": a.place for k, a in row.cells.items() if k in _EXECUTION}
    if block.total_place is not None:
        found["total_printed"] = found["points_printed"] = block.total_place
    return found


_EXECUTION = {"points": "points", "rate": "rate_printed", "score": "score_printed", "reason": "reason"}
_FIELDS = {
    "score": "score_printed",
    "completion": "completion_printed",
    "deduction": "deduction_printed",
    "standard": "remarks",
}


_RECHECKED = {
    "score": "self_score_printed",
    "recheck_score": "score_printed",
    "recheck_actual": "actual",
}
_UNUSED = {"recheck_score": "", "recheck_actual": ""}


def _row_places(where: str, row: Row, kind: Kind) -> dict[FieldPath, Place]:
    fields = _FIELDS | (_RECHECKED if kind is Kind.RECHECK_TABLE and row.rechecked is not None else _UNUSED)
    named = {fields.get(name, name): place for name, place in row.places.items()}
    return {where: row.place} | {f"{where}.{name}": place for name, place in named.items() if name}


def _crowded(funds: FundBlock | None) -> tuple[Doubt, ...]:
    """Say which row of the fund block prints more figures than it has columns: what was left out may be another."""
    crowded = funds.crowded if funds else ()
    why = "资金栏“{}”一行的格子比表头多，各数按相互关系归位"
    return tuple(Doubt(atom.place, why.format(label), where="funds.total") for label, atom in crowded[:1])


def _missing(record: Evaluation, table: Table, stream: Stream) -> tuple[Doubt, ...]:
    place = stream.atoms[min(stream.at(table.headers[0].start), len(stream.atoms) - 1)].place
    found: list[Doubt] = []
    if not record.indicators:
        found.append(Doubt(place, "表头之下没有读到一行指标，请核对文件是否完整", where="indicators"))
    if record.project.name is None:
        found.append(Doubt(place, "没有读到项目名称，请在文件中核对", where="project.name"))
    if record.funds.total is None:
        found.append(Doubt(place, "没有读到项目资金栏，预算执行率无从取数", where="funds.total"))
    if record.funds.total is None and _FUNDS.search(stream.fold, table.start, table.end):
        found.append(Doubt(place, "材料印有项目资金栏，各数没有读出来", where="funds"))
    scored = any(table.headers[0].has(kind) for kind in ("points", "score"))
    if record.total_printed is None and scored and table.kind in _SCORED:
        found.append(Doubt(place, "没有读到总分", where="total_printed"))
    return tuple(found)


def _cut_off(record: Evaluation, table: Table, stream: Stream) -> tuple[Doubt, ...]:
    """Doubt the last class of a table that the end of the file cuts off before any total."""
    if record.total_printed is not None or not record.indicators or stream.fold[table.end :].strip():
        return ()
    last = record.indicators[-1]
    place = stream.atoms[-1].place
    why = "表到文件末尾没有总分一行，“{}”各行可能没有印全"
    return tuple(
        Doubt(place, why.format(mark.name), where=f"classes.{n}")
        for n, mark in enumerate(record.classes)
        if mark.name in (last.level1, last.level2)
    )


def _confidence(record: Evaluation, doubts: tuple[Doubt, ...]) -> Decimal:
    """The share of fields nobody doubts, brought down where the printed sums don't hold; between 0.05 and 1."""
    fields = 8 + 7 * len(record.indicators)
    share = max(Decimal("0.05"), 1 - Decimal(2 * len(doubts)) / fields)
    if record.total_printed is not None and not _adds_up(record):
        share = share * Decimal("0.9")
    return half_up(share, 2)


def _adds_up(record: Evaluation) -> bool:
    scores = [r.score_printed for r in record.indicators if r.score_printed is not None]
    whole = sum(scores, record.execution.score_printed or Decimal(0))
    return record.total_printed is None or abs(whole - record.total_printed) <= Decimal("0.05")
