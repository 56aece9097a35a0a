"""Reads what stands above the indicators: title, year, project, department, unit, goals."""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from jixiao.expressions import expression
from jixiao.layout import Place
from jixiao.papers import words
from jixiao.papers.cells.fits import is_blank
from jixiao.papers.cells.stream import Atom, Stream, said

_YEAR = expression(r"(20\d\d)(?:年度|年)?")
_LONGEST = 150
# Who fills the form in; where another cell names who runs the project, that is its unit.
_CONTACT = expression(r"项目负责人|联系|资金使用单位联系人|电话|填报人|财务负责人|单位负责人")
_TOTAL = expression(r"自评(?:得分|总分)|项目总?得分|总分")
_FILER = expression(r"填报(?:单位|部门)|单位名称")
_BOXES = expression(r"\s*[□☐☑].*")  # the next line's boxes, run on behind a value
_NEXT_LABEL = expression(r"\s+[\u4e00-\u9fff]{2,10}[:：]\s*$")  # what the same line asks next, left blank
_ENDS = expression(
    rf"(?:{words.GOAL_GROUP})(?:$|(?={'|'.join(words.GOAL_LABELS.values())}))|项目资金|资金情况|资金投入|预算执行情况|年初预算|全年预算|预算数|一级指标|"
    r"金额单位|单位[:：]"
)


@dataclass(frozen=True, slots=True)
class Field:
    """One value of the head block as printed, with the place of its first character."""

    text: str
    place: Place


def read_head(stream: Stream, start: int, end: int) -> tuple[dict[str, Field], tuple[Field, ...]]:
    """Return the head block's values by field (name, code, department, unit, total), and whom it names to be called."""
    hits = list(_label_hits(stream, start, end))
    found: dict[str, Field] = {}
    filer: Field | None = None
    contacts: list[Field] = []
    for k, (field, low, high) in enumerate(hits):
        stop = hits[k + 1][1] if k + 1 < len(hits) else end
        ends = _ENDS.search(stream.fold, high, stop)
        value = _value(stream, high, ends.start() if ends else stop)
        if field == "unit" and _FILER.match(stream.fold, low):
            filer = filer or value
        elif value is not None and _CONTACT.match(stream.fold, low):
            contacts.append(value)
        elif value is not None and _TOTAL.match(stream.fold, low):
            found.setdefault("total", value)
        elif field in ("name", "code", "department", "unit") and field not in found and value is not None:
            found[field] = value
    return found if filer is None else {"unit": filer} | found, tuple(contacts)


def _label_hits(stream: Stream, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    at = start
    while at < end:
        hit = max(((m.end(), name) for name, p in _PATTERNS if (m := p.match(stream.fold, at))), default=None)
        if hit is None or not _is_label(stream, at, hit[0]):
            at += 1
            continue
        yield hit[1], at, hit[0]
        at = hit[0]


_PATTERNS = [(name, expression(rf"(?:{pattern})[:：]?")) for name, pattern in words.LABELS.items()]


def _is_label(stream: Stream, start: int, end: int) -> bool:
    """A label fills its cell, or a colon follows it, or it stands in run-on text right after something else."""
    atom = stream.atoms[stream.at(start)]
    if stream.fold[end - 1] in ":：":
        return True
    if stream.begins_atom(start) and (end == len(stream.fold) or stream.begins_atom(end)):
        return True
    return atom.column is None and len(atom.fold) > 25 and not atom.fold.endswith("。")


def _value(stream: Stream, start: int, end: int) -> Field | None:
    atoms = [a for a in stream.cut(start, end).atoms if a.fold]
    if atoms and atoms[0].column is not None:
        row = [a for a in atoms if a.row == atoms[0].row and a.block == atoms[0].block]
        atoms = row[:1] if len(row) < len(atoms) or row[0].column is not None else row
    else:
        atoms = [a for a in atoms if a.block == atoms[0].block] if atoms else []
    text = _NEXT_LABEL.sub("", _BOXES.sub("", said(atoms))).strip("：: 　")
    if not text or len(text) > _LONGEST or words.HEADING.fullmatch(words.folded(text)):
        return None
    return Field(text, atoms[0].place)


def read_year(stream: Stream, start: int, end: int) -> tuple[int, Place] | None:
    """Return the year that the title prints: （2023年度）, 2023年度…自评表; None where it prints none.

    A title that glued text leaves just before `start` counts; the day of filling in (填报日期) tells no year.
    """
    text = stream.fold[start:end]
    for pattern in (
        r"\((20\d\d)年?度?\)",
        r"(20\d\d)年度",
        r"(?:评价|预算)年度[:：]?(20\d\d)",
        r"(20\d\d)年(?!\d{1,2}月)",
    ):
        if hit := re.search(pattern, text):
            return _year_at(stream, hit, start)
    low = max(0, start - _NEAR_TITLE)
    before = _GLUED_YEAR.search(stream.fold[low:start])
    if before:
        return _year_at(stream, before, low)
    filled_in = re.search(r"(?<!日期)(?<!日期:)(20\d\d)年", text)
    return _year_at(stream, filled_in, start) if filled_in else None


def _year_at(stream: Stream, hit: re.Match[str], offset: int) -> tuple[int, Place]:
    return int(hit[1]), stream.atoms[stream.at(offset + hit.start())].place


_NEAR_TITLE = 40
_GLUED_YEAR = expression(r"(20\d\d)年度?[^。；;:：\d|]*$")


def read_goals(stream: Stream, start: int, end: int) -> dict[str, Field]:
    """Return the goal texts (expected, actual) that stand between fund block and indicators."""
    labels = _without_group(list(_goal_labels(stream, start, end)))
    if any(field == "midterm" for field, _, _ in labels):
        return _of_several_times(stream, labels, end)
    if [field for field, _, _ in labels[:3]] == ["expected", "expected", "actual"]:
        if None not in {stream.atoms[stream.at(low)].column for _, low, _ in labels[:3]}:
            return _adjusted_goals(stream, labels[:3], end)
        labels = labels[1:] if labels[0][2] == labels[1][1] else labels
    together = len(labels) > 1 and labels[1][1] - labels[0][2] < _NEAR
    if together and not _has_own_cell(stream, *labels[:2]):
        return _side_by_side(stream, labels, end)
    found = _each_after_its_label(stream, labels, end)
    return found if "expected" in found else _beside_group(stream, start, end) | found


def _beside_group(stream: Stream, start: int, end: int) -> dict[str, Field]:
    """Read the goal of a form that prints it right of the words over other forms' two goals: 绩效目标 | ……"""
    atoms = [a for a in stream.cut(start, end).atoms if a.fold]
    groups = (k for k, a in enumerate(atoms) if a.column is not None and _GROUP.fullmatch(a.fold))
    for k in groups:
        row = [a for a in atoms[k + 1 :] if a.row == atoms[k].row]
        if len(row) == 1 and not words.is_label(row[0].fold):
            return {"expected": Field(row[0].text, row[0].place)}
    return {}


_GROUP = expression(rf"(?:{words.GOAL_GROUP})[:：]?")


def _has_own_cell(stream: Stream, first: "_Label", second: "_Label") -> bool:
    """Tell whether a goal, be it ever so short, stands in a cell between its label and the next one."""
    own, behind = stream.atoms[stream.at(first[1])], stream.atoms[stream.at(second[1])]
    if first[2] == second[1] or own.column is None:
        return False
    if own.row != behind.row:  # one label below the other, each before its words
        return stream.begins_atom(first[2]) and stream.atoms[stream.at(first[2])].row == own.row
    return stream.begins_atom(first[2]) and not re.fullmatch(
        words.GOAL_GROUP, stream.fold[first[2] : second[1]]
    )


def _side_by_side(stream: Stream, labels: "list[_Label]", end: int) -> dict[str, Field]:
    """Read two goals whose labels stand together, above them or before them."""
    atoms = [a for a in stream.cut(max(high for _, _, high in labels), end).atoms if a.fold]
    atoms = [
        a
        for a in atoms
        if not re.fullmatch(words.GROUPS + words.SUFFIX + "|年度|" + words.GOAL_GROUP, a.fold)
    ]
    columns = [stream.atoms[stream.at(low)].column for _, low, _ in labels]
    if _slid(atoms, columns):
        columns = [None, None]
    if len(atoms) != len(labels) or any(a.column is not None for a in atoms):
        atoms = _written_once(atoms, columns)
    if atoms and all(a.column is None for a in atoms) and (half := _half_of(atoms)):
        sides = (labels[0][0], atoms[:half]), (labels[1][0], atoms[half:])
        return {field: Field(said(side), side[0].place) for field, side in sides}
    found: dict[str, Field] = {}
    for k, (field, _, _) in enumerate(labels[:2]):
        mine = [a for n, a in enumerate(atoms) if _belongs(a.column, columns, n, k)]
        if mine:
            found[field] = Field(said(mine), mine[0].place)
    return found


def _adjusted_goals(stream: Stream, labels: "list[_Label]", end: int) -> dict[str, Field]:
    """Read the goals of a form that has one for the adjusted budget between the first and the results."""
    columns = [stream.atoms[stream.at(low)].column for _, low, _ in labels]
    below = [a for a in stream.cut(labels[-1][2], end).atoms if a.fold]
    first, adjusted, actual = ([a for a in below if a.column == c and c is not None] for c in columns)
    changed = [a for a in adjusted if a.fold not in ("无", "同上") and not is_blank(a.fold)]
    sides = {"expected": changed or first, "actual": actual}
    return {field: Field(said(side), side[0].place) for field, side in sides.items() if side}


def _of_several_times(stream: Stream, labels: "list[_Label]", end: int) -> dict[str, Field]:
    """Read the goals of a form that has one for all its years (实施期目标) beside the year's; they stay apart.

    The labels stand in a row over their words, or each before its own. A goal for all years alone is the goal.
    """
    own = [
        a
        for a, b in zip(labels, [*labels[1:], ("", -1, -1)], strict=True)
        if (a[2], b[0]) != (b[1], "midterm")
    ]
    below = [a for a in stream.cut(own[-1][2], end).atoms if a.fold]
    places = [stream.atoms[stream.at(low)].column for _, low, _ in own]
    columns = [column for column in places if column is not None]
    if any(b[1] - a[2] > 1 for a, b in pairwise(own)):
        found = _each_after_its_label(stream, own, end)
    elif len(columns) == len(own) and columns == sorted(set(columns)):
        edges = [*columns[1:], sys.maxsize]
        mine = [
            [a for a in below if low <= (a.column or 0) < high]
            for low, high in zip(columns, edges, strict=True)
        ]
        sides = zip(own, mine, strict=True)
        found = {label[0]: Field(said(side), side[0].place) for label, side in sides if side}
    else:
        found = {label[0]: Field(a.text, a.place) for label, a in zip(own, below, strict=False)}
    return (
        found if "expected" in found or "midterm" not in found else {"expected": found.pop("midterm")} | found
    )


_NEAR = 12
_Label = tuple[str, int, int]


def _without_group(labels: list[_Label]) -> list[_Label]:
    """Leave out 年度总体目标完成情况 where it stands over 预期目标 and 实际完成情况."""
    over = [field for field, _, _ in labels[:3]] == ["actual", "expected", "actual"]
    return labels[1:] if over else labels


def _half_of(atoms: Sequence[Atom]) -> int:
    """Return where the second goal begins in pieces without columns: behind a stop, and beginning as the first does.

    0 where that can't be told, or where each goal is one piece.
    """
    ends = [k for k in range(1, len(atoms)) if _STOP.search(atoms[k - 1].fold)]
    like = [k for k in ends if atoms[k].fold[:2] == atoms[0].fold[:2]]
    again = [k for k in range(1, len(atoms)) if _FIRST.match(atoms[0].fold) and _FIRST.match(atoms[k].fold)]
    found = again or like or ends
    return found[0] if len(atoms) > 2 and len(found) == 1 else 0


_STOP = expression(r"[。；;！.…]$")
_FIRST = expression(r"目标1[:：.、]?|1[.、](?!\d)|\(1\)|①|一是")


def _written_once(atoms: Sequence[Atom], columns: list[int | None]) -> list[Atom]:
    """Undo the writing out of a merged cell; the two goals may read alike, so each side is looked at by itself."""
    return [
        a
        for k, a in enumerate(atoms)
        if k == 0 or a.fold != atoms[k - 1].fold or _crosses(atoms[k - 1].column, a.column, columns)
    ]


def _crosses(left: int | None, right: int | None, columns: list[int | None]) -> bool:
    """Tell whether the second label's column begins between two cells."""
    second = columns[1] if len(columns) > 1 and columns[0] != columns[1] else None
    return left is not None and right is not None and second is not None and left < second <= right


def _slid(atoms: Sequence[Atom], columns: list[int | None]) -> bool:
    """Tell whether two goals of different words stand under one of the two labels: then their order tells."""
    if len(atoms) != 2 or len(columns) != 2 or columns[1] is None or atoms[0].fold == atoms[1].fold:
        return False
    return len({a.column is not None and a.column >= columns[1] for a in atoms}) == 1


def _belongs(column: int | None, columns: list[int | None], order: int, k: int) -> bool:
    second = columns[1] if len(columns) > 1 else None
    if column is None or second is None or columns[0] == second:
        return order == k or (k == 1 and order > 1)
    return (column >= second) is (k == 1)


def _each_after_its_label(stream: Stream, labels: list[_Label], end: int) -> dict[str, Field]:
    found: dict[str, Field] = {}
    for k, (field, _, high) in enumerate(labels):
        stop = labels[k + 1][1] if k + 1 < len(labels) else end
        atoms = [a for a in stream.cut(high, stop).atoms if a.fold]
        if atoms and field not in found:
            found[field] = Field(said(atoms), atoms[0].place)
    return found


def _goal_labels(stream: Stream, start: int, end: int) -> Iterator[_Label]:
    at = start
    patterns = [(field, expression(rf"(?:{pattern})[:：]?")) for field, pattern in words.GOAL_LABELS.items()]
    while at < end:
        hits = [(m.end(), field) for field, p in patterns if (m := p.match(stream.fold, at))]
        hits = [] if hits and _heads_tasks(stream, at) else hits
        own = [
            h for h in hits if stream.at(h[0] - 1) == stream.at(at)
        ]  # a label ends in the cell it begins in
        hit = max(own or hits, default=None)
        whole = hit is not None and _begins(stream, at)
        if hit is None or not whole:
            at += 1
            continue
        yield hit[1], at, hit[0]
        at = hit[0]


def _heads_tasks(stream: Stream, at: int) -> bool:
    """Tell whether a label heads a column of tasks: 任务名称, 主要内容, 完成情况."""
    own = stream.at(at)
    row = stream.atoms[own].row
    beside = stream.atoms[max(0, own - _BESIDE) : own]
    return any(a.row == row and _TASK_HEADING.fullmatch(a.fold) for a in beside)


_BESIDE, _TASK_HEADING = 8, expression(r"(?:重点)?(?:工作)?任务(?:名称|内容)|主要内容|财政年度")
_LIST_NUMBER = expression(r"\d{1,2}[.、．]")


def _begins(stream: Stream, at: int) -> bool:
    """Tell whether a label begins its cell, its number in the form left out: 1.项目年度目标."""
    if at >= len(stream.owners):
        return False
    own = stream.starts[stream.owners[at]]
    return own == at or bool(_LIST_NUMBER.fullmatch(stream.fold, own, at))
