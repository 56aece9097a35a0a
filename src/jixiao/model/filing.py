"""Which papers belong together: the readings of one project and year become a Filing.

A table gathers the papers that name its project; what the table doesn't print is then supplied from them, and each
supplied field is said in `supplied`. Papers that can't be placed for sure stay alone.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from jixiao.expressions import expression
from jixiao.model.claims import Report
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import tidy
from jixiao.model.reading import Filing, Kind, Reading
from jixiao.model.supplying import supply

_TABLES = (Kind.SELFEVAL_TABLE, Kind.SCORING_FORM, Kind.BASE_DATA_FORM)
_FORMS = (Kind.SCORING_FORM, Kind.BASE_DATA_FORM)
_PLACEABLE = (
    *_TABLES, Kind.SELFEVAL_REPORT, Kind.EVALUATION_REPORT, Kind.GOAL_DECLARATION, Kind.MONITORING_TABLE,
    Kind.RECHECK_TABLE,
)  # fmt: skip
_SUFFIX = expression(r"(?:项目支出|项目|经费)$")
_SHORTEST = 4
_MONEY = frozenset({"initial", "budget", "received", "executed", "amount"})
_BRACKETS = expression(r"[(\[【〔《](.*?)[)\]】〕》]")
_YEAR = expression(r"^(?:关于)?((?:19|20)\d\d)年?度?(?:\1年?度?)*")

# Readings found to belong together, with their positions in the input; the first one opened the group.
_Group = list[tuple[int, Reading]]


@dataclass(frozen=True, slots=True)
class _Name:
    """A project's name, folded: `core` without year, brackets and suffix; the year and what stood in brackets."""

    core: str
    year: str = ""
    bracketed: str = ""

    def same(self, other: "_Name") -> bool:
        """Tell whether both can name one project: equal cores; year and brackets equal, or printed on one side only."""
        return self.core == other.core and all(
            a == b or not a or not b for a, b in ((self.year, other.year), (self.bracketed, other.bracketed))
        )


def file_together(readings: Iterable[Reading]) -> tuple[Filing, ...]:
    """Group readings into filings by project and year, and by unit where both name one; in the order of the input.

    Every self-evaluation table makes a filing of its own. Reports and other tables join the filing of their project; in
    one file a report joins the only table even where one of them names no project. Project lists, department
    reports and unknown papers stay alone, with `evaluation` None.
    """
    numbered = list(enumerate(readings))
    files: dict[tuple[str, str], _Group] = defaultdict(list)
    for item in numbered:
        files[_file(item[1])].append(item)
    groups: list[_Group] = []
    near: dict[str | tuple[str, str], set[int]] = defaultdict(set)
    for position, reading in sorted(numbered, key=lambda item: (_turn(item[1]), item[0])):
        marks = _marks(reading)
        likely = sorted({number for mark in marks for number in near[mark]})
        here = files[_file(reading)]
        own = (
            None if reading.kind is Kind.SELFEVAL_TABLE else _home(reading, [groups[n] for n in likely], here)
        )
        number = len(groups) if own is None else next(n for n in likely if groups[n] is own)
        group = own if own is not None else []
        if own is None:
            groups.append(group)
        group.append((position, reading))
        for mark in marks:
            near[mark].add(number)
    return tuple(_filing(group) for group in sorted(groups, key=_first))


def _marks(reading: Reading) -> tuple[str | tuple[str, str], ...]:
    """Return by what a group may be found for a paper: its file, and the cores of its project's name."""
    return (_file(reading), *dict.fromkeys(name.core for name in _names(reading)))


def _turn(reading: Reading) -> int:
    """Return when a paper is placed: named tables, then reports, then the forms that name no project."""
    nameless = reading.kind in _FORMS and _project(reading) is None
    return len(_TABLES) + 1 if nameless else _rank(reading.kind)


def _first(group: _Group) -> int:
    return min(position for position, _ in group)


def _rank(kind: Kind) -> int:
    return _TABLES.index(kind) if kind in _TABLES else len(_TABLES)


def _home(reading: Reading, groups: list[_Group], numbered: _Group) -> _Group | None:
    """Return the group that a paper joins; None when there is none, or more than one."""
    if reading.kind not in _PLACEABLE:
        return None
    fitting = [group for group in groups if _opener(group).kind in _PLACEABLE and _fits(reading, group)]
    named = [group for group in fitting if _named_alike(reading, group)]
    near = [group for group in named if _in_file(group, reading)]
    if near:
        return near[0] if len(near) == 1 else None
    if beside := _annexed(reading, groups, numbered):
        return beside
    if reading.kind in _FORMS and _project(reading) is None:
        return _only_report(reading, groups, numbered) or _only_table(reading, groups, numbered)
    return _only_table(reading, groups, numbered) or _far(reading, named)


def _annexed(reading: Reading, groups: list[_Group], numbered: _Group) -> _Group | None:
    """Return the group of a file's only forms for its only paper of this kind: one project, whatever the unit."""
    peers = [other for _, other in numbered if _file(other) == _file(reading) and other.kind is reading.kind]
    found = [
        g for g in groups if _opener(g).kind in _FORMS and _in_file(g, reading) and _named_alike(reading, g)
    ]
    if len(peers) != 1 or len(found) != 1:
        return None
    years = {_year(reading), *(_year(other) for _, other in found[0])} - {None}
    kinds = {other.kind for _, other in found[0]}
    return found[0] if len(years) < _TWO and reading.kind not in kinds else None


_TWO = 2


def _opener(group: _Group) -> Reading:
    return group[0][1]


def _in_file(group: _Group, reading: Reading) -> bool:
    return any(_file(other) == _file(reading) for _, other in group)


def _only_table(reading: Reading, groups: list[_Group], numbered: _Group) -> _Group | None:
    """Return the file's only table for its only paper of this kind, unless year, unit or name contradict."""
    peers = [other for _, other in numbered if _file(other) == _file(reading) and other.kind is reading.kind]
    tables = [group for group in groups if _opener(group).kind in _TABLES and _in_file(group, reading)]
    if len(peers) != 1 or len(tables) != 1 or not _fits(reading, tables[0]):
        return None
    return tables[0] if _not_contradicted(reading, tables[0]) else None


def _only_report(reading: Reading, groups: list[_Group], numbered: _Group) -> _Group | None:
    """Return the group of the report that a nameless form is an annex to: the file's only one of its kind."""
    peers = [other for _, other in numbered if _file(other) == _file(reading) and other.kind is reading.kind]
    for kind in (Kind.EVALUATION_REPORT, Kind.SELFEVAL_REPORT):
        found = [g for g in groups for _, other in g if other.kind is kind and _file(other) == _file(reading)]
        if found:
            return found[0] if len(found) == len(peers) == 1 and _fits(reading, found[0]) else None
    return None


def _far(reading: Reading, named: list[_Group]) -> _Group | None:
    """Return the only group in another file that names the same project, and the same unit and year for sure."""
    sure = [group for group in named if _surely_same(reading, _opener(group))]
    return sure[0] if len(sure) == 1 else None


def _surely_same(one: Reading, other: Reading) -> bool:
    if _year(one) is None or _year(one) != _year(other):
        return False
    return bool(_units(one) and _units(other)) or _told_by_name(one, other) or _told_by_name(other, one)


def _told_by_name(one: Reading, other: Reading) -> bool:
    """Tell whether a paper that prints no unit has the other's before its project's name: 青禾县水利局|机井维修."""
    name = _project(one)
    return name is not None and any(_led(name.core, unit) for unit in _units(other))


def _fits(reading: Reading, group: _Group) -> bool:
    """Tell whether year and unit allow the paper in the group: silence on either side does."""
    others = [other for _, other in group]
    years = {_year(other) for other in others} - {None}
    same_year = _year(reading) is None or not years or _year(reading) in years
    units = [unit for other in others for unit in _units(other)]
    own = _units(reading)
    return same_year and (not own or not units or any(_same_unit(a, b) for a in own for b in units))


def _named_alike(reading: Reading, group: _Group) -> bool:
    others = [name for _, other in group for name in _names(other)]
    return any(name.same(other) for name in _names(reading) for other in others)


def _not_contradicted(reading: Reading, group: _Group) -> bool:
    """Tell whether a paper and the only table of its file may go together: one is silent, or the names are alike."""
    name = _project(reading)
    names = [found for _, other in group if (found := _project(other)) is not None]
    if name is None or not names or any(_alike(name.core, other.core) for other in names):
        return True
    return any(_same_money(reading, other) for _, other in group)


def _same_money(one: Reading, other: Reading) -> bool:
    """Tell whether a report of the table's own unit and year states both its budget and its spending.

    Then the two are of one project, whatever they call it.
    """
    report, table = one.record, other.record
    if not isinstance(report, Report) or not isinstance(table, Evaluation) or table.funds.total is None:
        return False
    if _year(one) is None or _year(one) != _year(other) or not _units(one):
        return False
    stated = [claim.figure for claim in report.claims if claim.what in _MONEY]
    cells = (table.funds.total.annual, table.funds.total.executed)
    return all(
        cell is not None and cell.value and any(cell.agrees_with(said) for said in stated) for cell in cells
    )


def _alike(one: str, other: str) -> bool:
    """Tell whether the longer name has at least half of the letter pairs of the shorter."""
    first, second = ({text[i : i + 2] for i in range(len(text) - 1)} for text in (one, other))
    return 2 * len(first & second) >= max(1, min(len(first), len(second)))


def _file(reading: Reading) -> tuple[str, str]:
    return (reading.file, reading.sha256)


def _year(reading: Reading) -> int | None:
    record = reading.record
    return record.year if isinstance(record, Evaluation | Report) else None


def _project(reading: Reading) -> _Name | None:
    record = reading.record
    name = record.project.name if isinstance(record, Evaluation | Report) else None
    return _folded(name) if name else None


def _names(reading: Reading) -> tuple[_Name, ...]:
    """Return a project's name as printed, and with the paper's units before it, for a title may run them together."""
    name = _project(reading)
    if name is None:
        return ()
    led = (replace(name, core=f"{unit}{name.core}") for unit in _units(reading) if not _led(name.core, unit))
    return (name, *led)


def _led(core: str, unit: str) -> bool:
    return len(unit) >= _SHORTEST and core.startswith(unit)


def _folded(name: str) -> _Name:
    """Fold a project's name: half width, no spaces and quotes; year, brackets and a last 项目/经费 taken off."""
    plain = re.sub(r"[\"“”'‘’《》·,，、。.]", "", tidy(name))
    bracketed = "".join(_BRACKETS.findall(plain))
    dated = _YEAR.match(plain)
    core = _BRACKETS.sub("", plain[dated.end() :] if dated is not None else plain) or plain
    while (shorter := _SUFFIX.sub("", core)) and shorter != core:
        core = shorter
    return _Name(core, dated[1] if dated is not None else "", bracketed)


def _units(reading: Reading) -> tuple[str, ...]:
    record = reading.record
    if not isinstance(record, Evaluation | Report):
        return ()
    named = (record.project.unit, record.project.department)
    return tuple(re.sub(r"^[\d.]+[-—_]?|[(（].*?[)）]", "", tidy(name)) for name in named if name)


def _same_unit(one: str, other: str) -> bool:
    """Tell whether two unit names can mean one unit: 东塘镇人民政府 and 青禾县东塘镇人民政府 do."""
    a, b = (re.sub(r"[省市县区镇乡]", "", name) for name in (one, other))
    return a in b or b in a


def _filing(group: _Group) -> Filing:
    readings = tuple(reading for _, reading in sorted(group, key=lambda item: item[0]))
    tables = [(_rank(reading.kind), at) for at, reading in enumerate(readings) if reading.kind in _TABLES]
    main = min(tables)[1] if tables else None
    record = readings[main].record if main is not None else None
    if main is None or not isinstance(record, Evaluation):
        return Filing(readings)
    evaluation, supplied = supply(readings[main], record, (*readings[:main], *readings[main + 1 :]))
    return Filing(readings, evaluation, main, supplied)
