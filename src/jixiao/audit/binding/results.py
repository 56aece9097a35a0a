"""Links of results: counts, satisfaction, shares and standards in a report to the rows of a table."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from jixiao.audit.binding.link import Cell, Link, Said, linked, tables_for, texts_in, unlinked
from jixiao.audit.binding.names import folded, likeness, shared_pairs
from jixiao.audit.reach import bound_of, comparable
from jixiao.audit.rows import Sort, sort_named
from jixiao.expressions import expression
from jixiao.model.claims import Report
from jixiao.model.evaluation import Evaluation, Indicator
from jixiao.model.figure import PERCENT, Figure
from jixiao.model.reading import Filing, Kind

_RESULTS = (
    "satisfaction",
    "rate",
    "count",
    "standard",
    "share",
    "indicator_count",
    "survey_size",
    "pass_mark",
    "score_rate",
)
_NEAR, _SAME_THING, _INSIDE, _NAME = 55, 80, 85, 3
Table = tuple[int, Evaluation]
_GENERIC = expression(
    r"^(?:年度|全年|绩效|工作|任务|项目|各项|指标|目标|总体|已|均|率)*(?:目标|任务|指标)?(?:完成|实现|达到)?(?:率|情况)?$"
)
OF_ROW = expression(
    r"(?:低于|高于|超过|达到)?(?:(?P<target>(?:年度|年初|预期|绩效|计划)*(?:指标值|目标值?|计划数?))|(?:实际|年末|全年|本年)(?:实际)?(?:完成|达到|实现)?(?:值|数)?)(?:为|是)?$"
)
# What is said of a part, of another year or of a change is no restatement of the year's result.
OTHER_TIME = expression(
    r"其中|上年|去年|往年|前年|同比|环比|季度|上半年|下半年|截至|截止|累计|以来|增长|提高|提升|下降|减少|每|平均|计划|预计"
)
_RATIOS = ("satisfaction", "rate", "share")


def result_links(filing: Filing) -> Iterator[Link]:
    """Yield a link for every count, share, standard and satisfaction that a report states."""
    for at, _, report in texts_in(filing):
        tables = [t for t in tables_for(filing, Kind.SELFEVAL_REPORT) if t[1].indicators]
        rows = tuple(_rows(tables))
        yield from (_result_link(said, rows, tables, report) for said in _said(at, report))


def _said(at: int, report: Report) -> Iterator[Said]:
    for n, claim in enumerate(report.claims):
        if claim.what in _RESULTS or (claim.what == "amount" and OF_ROW.match(claim.subject)):
            yield Said(at, f"claims.{n}", claim.what, claim.subject, claim.figure, claim.quoted)


@dataclass(frozen=True, slots=True)
class Told:
    """A row that a sentence may tell of: in which paper, its number, its folded name, whether it is of satisfaction."""

    paper: int
    at: int
    row: Indicator
    name: str
    satisfied: bool


def _rows(tables: list[Table]) -> Iterator[Told]:
    for paper, table in tables:
        for n, row in enumerate(table.indicators):
            name = row.level4 or row.level3 or ""
            satisfied = sort_named(row.level2) is Sort.SATISFACTION or "满意" in name
            yield Told(paper, n, row, folded(name), satisfied)


def _result_link(said: Said, rows: tuple[Told, ...], tables: list[Table], report: Report) -> Link:
    if said.what == "indicator_count":
        return _count_link(said, tables, report)
    if said.what in ("pass_mark", "score_rate", "survey_size"):
        return unlinked(said, "表中没有这一项")
    subject = folded(said.subject)
    satisfied = said.what == "satisfaction" or "满意" in subject
    told = OF_ROW.match(subject)
    if told is not None:
        return _row_link(said, rows, "target" if told["target"] else "actual")
    if not satisfied and _GENERIC.match(subject):
        return unlinked(said, "没有说是哪一项指标")
    near = [(_nearness(said, subject, row), row) for row in rows if row.satisfied == satisfied]
    near = sorted((pair for pair in near if pair[0]), key=lambda pair: -pair[0])
    if (
        satisfied and sum(row.satisfied for row in rows) == 1
    ):  # 群众满意度 may well be the only row of its kind
        near = [(max(score, _NEAR), row) for score, row in near]
    return _nearest_link(said, [(score, cell) for score, row in near for cell in _cells(said, row)])


def _nearest_link(said: Said, cells: list[tuple[int, Cell]]) -> Link:
    """Link to a near cell that agrees; to one that doesn't only where a single row is surely meant."""
    for score, cell in cells:
        if _enough(said, score) and said.figure.agrees_with(cell.figure):
            return linked(said, cell)
    sure = [cell for score, cell in cells if score >= _SAME_THING]
    if (
        sure
        and not OTHER_TIME.search(said.quoted)
        and len({cell.where.rpartition(".")[0] for cell in sure}) == 1
    ):
        return linked(said, sure[0])
    return unlinked(said, "表中没有说同一件事的指标")


def _row_link(said: Said, rows: tuple[Told, ...], field: str) -> Link:
    """Link 实际完成 13 期 to the one row whose name stands in the same sentence: to its result or its target."""
    sentence = folded(said.quoted)
    named = [row for row in rows if len(row.name) >= _NAME and row.name in sentence]
    longest = [
        row for row in named if not any(row.name != other.name and row.name in other.name for other in named)
    ]
    cells = [cell for row in longest for cell in _cells(said, row) if cell.where.endswith(field)]
    if len(longest) == 1 and len(cells) == 1:
        return linked(said, cells[0])
    return unlinked(said, "没有说是哪一项指标")


def _enough(said: Said, score: int) -> bool:
    """Tell whether a row is near enough to be the one meant, where the figures agree: a counted thing needs less."""
    return score >= _NEAR or (said.what in ("count", "standard") and said.figure.unit is not None)


def _nearness(said: Said, subject: str, row: Told) -> int:
    """Return how surely a row is about what a figure is said of, 0..100; 0 where they share no two characters."""
    name = row.name
    if not name or not subject:
        return 0
    likest = likeness(name, subject)
    if min(len(name), len(subject)) >= _NAME and (name in subject or subject in name):
        return max(likest, _INSIDE)
    return likest if said.what == "satisfaction" or shared_pairs(name, subject) else 0


def _cells(said: Said, told: Told) -> Iterator[Cell]:
    """Yield the row's result and target as cells that the figure can restate: of one kind of unit."""
    row = told.row
    actual = row.actual.figure if row.actual is not None and not row.actual.hedged else None
    name = row.level4 or row.level3 or ""
    for field, figure, heading in (
        ("actual", actual, "实际完成值"),
        ("target", bound_of(row.target), "年度指标值"),
    ):
        shown = _in_kind(said, figure)
        if shown is not None:
            yield Cell(told.paper, (f"indicators.{told.at}.{field}",), shown, f"“{name}”的{heading}")


def _in_kind(said: Said, figure: Figure | None) -> Figure | None:
    """Return a cell's figure in the unit of what is said; None where they measure unlike things."""
    unit = said.figure.unit
    if figure is None or (
        unit is not None and figure.unit is not None and not comparable(said.figure, figure)
    ):
        return None
    if figure.unit is not None:
        return figure
    if said.what in _RATIOS:
        return Figure(figure.value, figure.half, PERCENT)
    return None if unit is None or unit.kind == "money" else Figure(figure.value, figure.half, unit)


def _count_link(said: Said, tables: list[Table], report: Report) -> Link:
    """Link a number of indicators to the paper that lists so many; without one, to the report's own list."""
    unit = said.figure.unit
    lists = [(said.paper, len(report.indicators), "本报告逐项列出的指标")] if report.indicators else []
    lists += [(at, len(table.indicators), "表中的指标") for at, table in tables]
    cells = [Cell(at, ("indicators",), Figure(Decimal(n), unit=unit), called) for at, n, called in lists]
    agreeing = next((cell for cell in cells if said.figure.agrees_with(cell.figure)), None)
    own = agreeing or next((cell for cell in cells if cell.paper == said.paper), None)
    return linked(said, own) if own is not None else unlinked(said, "没有逐项列出的指标可对")
