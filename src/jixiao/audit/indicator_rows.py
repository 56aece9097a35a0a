"""What the rules on indicators and targets look at: the rows that set targets, and whether a reading is sure enough.

Evaluation frames (决策, 过程 …), monitoring and recheck tables are left out: they repeat or judge, they set nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from jixiao.audit.lexicon import Lists
from jixiao.audit.rows import Row, Sort, total_of
from jixiao.audit.rule import Case, Found
from jixiao.model.evaluation import Evaluation
from jixiao.model.finding import Severity
from jixiao.model.reading import Kind

OUTPUT = frozenset({Sort.QUANTITY, Sort.QUALITY, Sort.TIMELINESS})
BENEFIT = frozenset({Sort.ECONOMIC, Sort.SOCIAL, Sort.ECOLOGICAL, Sort.SUSTAINABLE})
_SETTING = frozenset({Kind.SELFEVAL_TABLE, Kind.BASE_DATA_FORM, Kind.GOAL_DECLARATION})
_STEMS = ("成本", "产出", "满意", "效益", "效果")
_NO_NAME = ("分值", "得分", "盖章", "注:", "注：", "指标值", "完成值", "一级指标", "二级指标", "三级指标")
_LEAST_SURE = Decimal("0.45")
_ROUND_SUMS = (Decimal(80), Decimal(90), Decimal(100))
_SLACK = Decimal("0.05")
_SHORTEST = 2


def setting_papers(case: Case) -> tuple[tuple[int, Evaluation], ...]:
    """Return the tables that set indicators: the self-evaluation's own; a goal declaration only where it stands alone."""
    readings = case.filing.readings
    found = tuple((at, t) for at, t in case.tables if readings[at].kind in _SETTING)
    own = tuple((at, t) for at, t in found if readings[at].kind is not Kind.GOAL_DECLARATION)
    return own or found


def setting_rows(case: Case) -> tuple[Row, ...]:
    """Return the rows that set targets, in the papers' order, without lines that are no indicators."""
    return tuple(row for at, _ in setting_papers(case) for row in rows_in(case, at))


def rows_in(case: Case, at: int) -> tuple[Row, ...]:
    """Return the rows of one paper that set targets."""
    return tuple(filter(_sets, case.rows_by_paper[at]))


def named_with(case: Case, lists: Lists) -> Iterator[Row]:
    """Yield the rows that set targets and whose name has a word of one of the lists."""
    if case.words.isdisjoint(lists):
        return
    papers = {at for at, _ in setting_papers(case)}
    for row in case.table_rows:
        if not row.name_words.isdisjoint(lists) and row.paper in papers and _sets(row):
            yield row


def of_sort(case: Case, *sorts: Sort) -> tuple[Row, ...]:
    """Return the rows that set targets and stand in one of these classes."""
    found = tuple(row for row in case.table_rows if row.sort in sorts)
    if not found:
        return ()
    papers = {at for at, _ in setting_papers(case)}
    return tuple(row for row in found if row.paper in papers and _sets(row))


def _sets(row: Row) -> bool:
    name = row.name
    if len(name) < _SHORTEST or any(map(name.__contains__, _NO_NAME)):
        return False
    return row.sort is not None or stem_of(row.indicator.level1) != ""


def stem_of(name: str | None) -> str:
    """Return 成本, 产出, 效益 or 满意 for a first-level name, "" for any other."""
    if not name:
        return ""
    found = next((stem for stem in _STEMS if stem in name), "")
    return "效益" if found == "效果" else found


def sure(case: Case, row: Row, *fields: str) -> bool:
    """Tell whether nothing was doubtful in reading these very fields of the row, and the paper was read at all."""
    if case.filing.readings[row.paper].confidence < _LEAST_SURE:
        return False
    paths = {row.path(field) for field in fields}
    return not any(d.where in paths for path in paths for d in case.doubts_at(path, row.paper))


def is_whole(table: Evaluation) -> bool:
    """Tell whether no row was lost: all have points, and these add up to what a table's rows add up to."""
    points = total_of(i.points for i in table.indicators)
    if not points:
        return False
    wanted = set(_ROUND_SUMS)
    if table.points_printed is not None:
        wanted.add(table.points_printed - (table.execution.points or Decimal(0)))
    return any(abs(points - whole) <= _SLACK for whole in wanted)


def class_points(rows: Iterable[Row]) -> Mapping[str, Decimal]:
    """Return the points of each first-level class by its stem; rows of no class are left out."""
    found: dict[str, Decimal] = {}
    for row in rows:
        stem = stem_of(row.indicator.level1)
        if stem:
            found[stem] = found.get(stem, Decimal(0)) + (row.indicator.points or Decimal(0))
    return found


def target_text(row: Row) -> str:
    """Return the 指标值 as printed, "" where there is none."""
    return row.indicator.target.text if row.indicator.target is not None else ""


def at_row(row: Row, field: str, says: str, severity: Severity | None = None) -> Found:
    """Make the finding about one field of a row, quoting its printed cell."""
    quoted = {"target": target_text(row), "level3": row.name}.get(field, "")
    return Found(row.path(field), says, row.paper, severity, quoted=quoted)


def labels(rows: Iterable[Row], most: int = 5) -> str:
    """Return the rows by name, the first few of them."""
    named = [row.label for row in rows]
    return "、".join(named[:most]) + (f"等 {len(named)} 项" if len(named) > most else "")


def project_names(case: Case) -> str:
    """Return what the filing calls its project: in tables, reports and their titles."""
    tables = (table.project.name or "" for _, table in case.tables)
    return "\n".join((*tables, *(f"{r.project.name or ''} {r.title or ''}" for _, r in case.reports)))
