"""The list of projects that a department prints inside its report: 各项目情况如下, and a table of names and amounts.

It is read as a project list of its own, with the report's unit and year; the report keeps its running text.
"""

from collections.abc import Sequence
from dataclasses import replace

from jixiao.expressions import expression
from jixiao.layout import Block, Grid, Line
from jixiao.model.claims import DepartmentReport, ProjectList
from jixiao.model.reading import Reading
from jixiao.papers.department import project_list
from jixiao.papers.words import folded

_FEWEST = 2
_UNIT = expression(r"单位[:：]?(?:人民币)?(?:万|千|百万|亿)?元")
_SUM = expression(r"(?:合计|总计|小计)[\d.,%—/-]+")


def list_in(blocks: Sequence[Block]) -> Reading | None:
    """Return the report's only list of projects as it is read; None where it has none, or several."""
    headed = [k for k, b in enumerate(blocks) if isinstance(b, Grid) and project_list.columns_in(b, ())]
    if len(headed) != 1:
        return None
    at = headed[0]
    end = next((k for k in range(at, len(blocks)) if not isinstance(blocks[k], Grid)), len(blocks))
    reading = project_list.read((*_unit_above(blocks[:at]), *blocks[at:end]))
    record = reading.record
    whole = isinstance(record, ProjectList) and len(record.projects) >= _FEWEST and _valued(record)
    return reading if whole else None


def _unit_above(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the line right above the list where it tells the unit of its amounts: 单位：万元."""
    return tuple(b for b in blocks[-1:] if isinstance(b, Line) and _UNIT.search(folded(b.text)))


def _valued(record: ProjectList) -> bool:
    """Tell whether every line has its amounts or its score: a list of some other kind has neither."""
    return all(p.score_printed is not None or (p.budget and p.executed) for p in record.projects)


def without_list(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the report without the line of totals that a conversion left below the list."""
    return tuple(
        b for k, b in enumerate(blocks)
        if not (k and isinstance(b, Line) and isinstance(blocks[k - 1], Grid) and _SUM.fullmatch(folded(b.text)))
    )  # fmt: skip


def named_after(listed: Reading, report: Reading) -> Reading:
    """Return the list with the unit and year of the report that it stands in, where it prints none."""
    own, record = report.record, listed.record
    if not isinstance(own, DepartmentReport) or not isinstance(record, ProjectList):
        return listed
    return replace(listed, record=replace(record, unit=record.unit or own.unit, year=record.year or own.year))
