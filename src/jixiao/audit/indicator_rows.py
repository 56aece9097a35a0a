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

# Tuples, for `in` asks a tuple for identity first, and an enumeration hashes slowly.
OUTPUT = (Sort.QUANTITY, Sort.QUALITY, Sort.TIMELINESS)
BENEFIT = (Sort.ECONOMIC, Sort.SOCIAL, Sort.ECOLOGICAL, Sort.SUSTAINABLE)
_SETTING = (Kind.SELFEVAL_TABLE, Kind.BASE_DATA_FORM)
_STEMS = ("成本", "产出", "满意", "效益", "效果")
_STEM_OF = {
    "产出指标": "产出",
    "效益指标": "效益",
    "满意度指标": "满意",
    "成本指标": "成本",
}  # as most papers print them
_LEAST_SURE = Decimal("0.45")
_ROUND_SUMS = (Decimal(80), Decimal(90), Decimal(100))
_SLACK = Decimal("0.05")
_SHORTEST = 2


def setting_papers(case: Case) -> tuple[tuple[int, Evaluation], ...]:
    """Return the tables that set indicators: the self-evaluation's; a goal declaration where no table is beside it."""
    return tuple([pair for pair in case.tables if case.once(_setting)[pair[0]] is not None])


def setting_indexes(case: Case) -> tuple[int, ...]:
    """Return the indexes of the papers that set targets: the tables, without any the reports that tell theirs."""
    if case.tables:
        return tuple([at for at, _ in setting_papers(case)])
    return tuple([at for at, _ in case.reports if any(r.indicator.target for r in case.rows_by_paper[at])])


def _setting(case: Case) -> Mapping[int, tuple[Row, ...] | None]:
    """Return the rows that set targets by the index of their paper; None for a paper that sets none."""
    return {
        at: tuple([r for r in case.rows_by_paper[at] if _sets(r)]) if _is_setting(case, at) else None
        for at, _ in case.tables
    }


def _all_setting(case: Case) -> tuple[Row, ...]:
    return tuple([row for rows in case.once(_setting).values() for row in rows or ()])


def _is_setting(case: Case, at: int) -> bool:
    kind = case.filing.readings[at].kind
    return kind in _SETTING or (kind is Kind.GOAL_DECLARATION and case.filing.main is None)


def rows_in(case: Case, at: int) -> tuple[Row, ...]:
    """Return the rows of one paper that set targets."""
    return case.once(_setting).get(at) or ()


def named_with(case: Case, lists: Lists) -> Iterator[Row]:
    """Yield the rows that set targets and whose name has a word of one of the lists."""
    for row in case.once(_all_setting):
        if not row.name_words.isdisjoint(lists):
            yield row


def of_sort(case: Case, *sorts: Sort) -> tuple[Row, ...]:
    """Return the rows that set targets and stand in one of these classes."""
    return tuple([row for row in case.once(_all_setting) if row.sort in sorts])


def _sets(row: Row) -> bool:
    if len(row.name) < _SHORTEST or "indicators.no_name" in row.name_words:
        return False
    return row.sort is not None or stem_of(row.indicator.level1) != ""


def stem_of(name: str | None) -> str:
    """Return 成本, 产出, 效益 or 满意 for a first-level name, "" for any other."""
    if not name:
        return ""
    if name in _STEM_OF:
        return _STEM_OF[name]
    found = next((stem for stem in _STEMS if stem in name), "")
    return "效益" if found == "效果" else found


def sure(case: Case, row: Row, *fields: str) -> bool:
    """Tell whether nothing was doubtful in reading these very fields of the row, and the paper was read at all."""
    reading = case.filing.readings[row.paper]
    if reading.confidence < _LEAST_SURE:
        return False
    if not reading.doubts:
        return True
    paths = {row.path(field) for field in fields}
    return not any(doubt.where in paths for doubt in reading.doubts)


def is_whole(table: Evaluation) -> bool:
    """Tell whether no row was lost: all have points, and these add up to what a table's rows add up to."""
    points = total_of(i.points for i in table.indicators)
    if not points:
        return False
    if table.points_printed is not None:
        own = table.points_printed - (table.execution.points or Decimal(0))
        if abs(points - own) <= _SLACK:
            return True
    return any(abs(points - whole) <= _SLACK for whole in _ROUND_SUMS)


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


def told_target(row: Row) -> str:
    """Return the row with its printed target: 数量指标“巡检次数”的指标值“≥100次”."""
    return f"{row.label}的指标值“{row.indicator.demand or target_text(row)}”"


def at_row(row: Row, field: str, says: str, severity: Severity | None = None) -> Found:
    """Make the finding about one field of a row, quoting its printed cell."""
    quoted = {"target": target_text(row), "level3": row.name}.get(field, "")
    return Found(row.path(field), says, row.paper, severity, quoted=quoted)


def labels(rows: Iterable[Row], most: int = 3) -> str:
    """Return the rows by name, the first few of them."""
    named = [row.label for row in rows]
    return "、".join(named[:most]) + (f"等 {len(named)} 项" if len(named) > most else "")


def project_names(case: Case) -> str:
    """Return what the filing calls its project: in tables, reports and their titles."""
    tables = (table.project.name or "" for _, table in case.tables)
    return "\n".join((*tables, *(f"{r.project.name or ''} {r.title or ''}" for _, r in case.reports)))
