"""What was read, on the screen: what stands where in each paper, and what could be read in two ways."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType

from jixiao.cli.screen import columns, ink
from jixiao.cli.show_score import heading
from jixiao.layout import Doubt
from jixiao.model.claims import DepartmentReport, ProjectList, Report, Unknown
from jixiao.model.evaluation import Evaluation, FundLine, Indicator
from jixiao.model.reading import Reading
from jixiao.telling.naming import clean, field_words, place_at, place_words, short

_SOURCES = ("total", "fiscal", "carryover", "special", "other")
_AMOUNTS = ("initial", "annual", "executed")
_MOST_LINES = 12


def page(readings: Sequence[Reading]) -> Iterator[RenderableType]:
    """Yield each paper."""
    for reading in readings:
        yield heading(reading)
        match reading.record:
            case Evaluation() as table:
                yield from _evaluation(reading, table)
            case Report() as report:
                yield from _report(report)
            case DepartmentReport() as report:
                yield from _department(report)
            case ProjectList() as listed:
                yield ink("\n".join(f"  {p.number or ''} {p.name}" for p in listed.projects))
            case Unknown() as unknown:
                yield ink(f"  {unknown.why}。开头是：{unknown.title or '（空）'}", "yellow")
        yield from _doubts(reading)
        yield ink("")


def _evaluation(reading: Reading, table: Evaluation) -> Iterator[RenderableType]:
    facts = columns()
    for name in ("name", "code", "department", "unit"):
        value = getattr(table.project, name)
        if value:
            facts.add_row(
                ink(f"  {field_words(reading, f'project.{name}')}"),
                ink(value),
                _at(reading, f"project.{name}"),
            )
    for source in _SOURCES:
        line = getattr(table.funds, source)
        if line is not None and _amounts(line):
            words = field_words(reading, f"funds.{source}")
            facts.add_row(ink(f"  {words}"), ink(_amounts(line)), _at(reading, f"funds.{source}"))
    if table.form:
        facts.add_row(ink("  表样"), ink(table.form), ink(f"把握 {reading.confidence:f}", "dim"))
    yield facts
    yield _rows(reading, table.indicators)
    printed = (("总分值", table.points_printed), ("总分", table.total_printed), ("等级", table.grade_printed))
    yield ink("  " + "  ".join(f"{name} {'—' if value is None else value}" for name, value in printed))


def _rows(reading: Reading, indicators: Sequence[Indicator]) -> RenderableType:
    rows = columns(wide=True)
    for ratio in (2, 4, 3, 3, None, None, None):
        rows.add_column(ratio=ratio)
    rows.add_row(*(ink(w, "dim") for w in ("  类别", "指标", "指标值", "完成值", "分值", "得分", "位置")))
    for number, row in enumerate(indicators):
        words = (row.level4 or row.level3, row.demand or None, row.actual.text if row.actual else None)
        figures = ("—" if figure is None else f"{figure:f}" for figure in (row.points, row.score_printed))
        rows.add_row(
            ink(f"  {row.level2 or row.level1 or '—'}"),
            *(ink("—" if word is None else short(word, 40)) for word in words),
            *map(ink, figures),
            _at(reading, f"indicators.{number}"),
        )
    return rows


def _amounts(line: FundLine) -> str:
    words = zip(_AMOUNTS, ("年初", "全年", "执行"), strict=True)
    return "  ".join(
        f"{word} {getattr(line, name)}" for name, word in words if getattr(line, name) is not None
    )


def _report(report: Report) -> Iterator[RenderableType]:
    for section in report.sections:
        if section.level <= 1:
            yield ink(f"  {section.number or ''}{section.title}")
    told = [f"{claim.subject or claim.what} {claim.figure}" for claim in report.claims]
    more = f"；共 {len(told)} 处" if len(told) > _MOST_LINES else ""
    if told:
        yield ink(f"  文中的数：{'；'.join(told[:_MOST_LINES])}{more}", "dim")
    if report.total_printed is not None:
        yield ink(f"  得分 {report.total_printed:f}  等级 {report.grade_printed or '—'}")


def _department(report: DepartmentReport) -> Iterator[RenderableType]:
    facts = (("项目", report.projects), ("预算", report.budget), ("执行", report.executed), ("满分", report.full_marks),
             ("有偏差", report.with_deviation), ("抽查", report.sampled))  # fmt: skip
    yield ink("  " + "  ".join(f"{name} {value}" for name, value in facts if value is not None))
    if report.bins:
        yield ink(
            "  "
            + "  ".join(
                f"{band.label} {band.count if band.count is not None else '—'}" for band in report.bins
            )
        )


def _doubts(reading: Reading) -> Iterator[RenderableType]:
    if reading.doubts:
        yield ink(f"  读得不确定的 {len(reading.doubts)} 处", "yellow")
    for doubt in reading.doubts:
        yield ink(f"    {_doubt(reading, doubt)}")


def _doubt(reading: Reading, doubt: Doubt) -> str:
    spot = " ".join(part for part in (place_words(doubt.place), field_words(reading, doubt.where)) if part)
    readings = ""
    if doubt.reading is not None:
        other = f"，也可能是“{short(doubt.alternative, 40)}”" if doubt.alternative is not None else ""
        readings = f"（读作“{short(doubt.reading, 40)}”{other}）"
    return clean(f"{spot}：{doubt.why}{readings}" if spot else f"{doubt.why}{readings}")


def _at(reading: Reading, where: str) -> RenderableType:
    return ink(place_words(place_at(reading, where)) if where in reading.places else "", "dim")
