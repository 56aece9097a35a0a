"""The score sheet on the screen: each row with its sum, its score, and whether the paper's own score agrees."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from jixiao.api import Scored, inferred
from jixiao.cli.naming import KINDS, clean, project_words, sheet_words, short, unit_words
from jixiao.cli.screen import columns, ink
from jixiao.model.evaluation import Evaluation, Indicator
from jixiao.model.reading import Kind, Reading
from jixiao.model.score import Score, ScoreSheet
from jixiao.schemes.scheme import Scheme


def page(scored: Sequence[Scored]) -> Iterator[RenderableType]:
    """Yield each paper's sheet."""
    for one in scored:
        yield from _sheet(one)
    if not scored:
        yield ink("没有可以计分的材料：没有找到印有分值或得分的自评表、评分表。")


def heading(reading: Reading) -> Table:
    """Return the line that names a paper: project and unit on the left, file and sheet on the right."""
    head = columns(wide=True)
    head.add_column(ratio=3)
    head.add_column(ratio=2, justify="right")
    unit = unit_words(reading)
    left = Text.assemble((project_words(reading), "bold"), f"  {unit}" if unit else "")
    kind = KINDS[reading.kind] if reading.kind is not Kind.UNKNOWN else ""
    file = " · ".join(part for part in (clean(reading.file), kind, sheet_words(reading)) if part)
    head.add_row(left, ink(file, "dim"))
    return head


def _sheet(one: Scored) -> Iterator[RenderableType]:
    reading, sheet, scheme = one.reading, one.sheet, one.scheme
    yield heading(reading)
    unread = "" if sheet.scheme_verified else "；条文有未核对原文的"
    yield ink(f"评分口径  {sheet.scheme}（{sheet.scheme_why}{unread}）")
    table = columns(wide=True)
    for ratio, justify in (
        (4, "left"),
        (2, "left"),
        (2, "left"),
        (6, "left"),
        (None, "right"),
        (None, "left"),
    ):
        table.add_column(ratio=ratio, justify=justify)  # type: ignore[arg-type]
    table.add_row(*(ink(word, "dim") for word in ("指标", "指标值", "完成值", "算法", "得分", "自评")))
    if sheet.execution.points is not None or sheet.execution.score is not None:
        _add(table, ("预算执行率", "", ""), sheet.execution)
    record = reading.record
    rows = record.indicators if isinstance(record, Evaluation) else ()
    for row, score in zip(rows, sheet.indicators, strict=False):
        _add(table, _names(row), score)
    _add(table, ("合计", "", ""), sheet.total, bold=True)
    yield table
    yield from _tail(sheet, scheme)
    if told := inferred(one).says:
        yield ink(told, "yellow")
    yield ink("")


def incomplete(sheet: ScoreSheet, scheme: Scheme) -> str:
    """Say that the rows don't make up the full mark, so that their sum is no score of the project; else nothing."""
    worth = sheet.total.points
    return f"各行分值合计 {worth:f}，满分 {scheme.total:f}" if worth not in {None, scheme.total} else ""


def _names(row: Indicator) -> tuple[str, str, str]:
    name = row.level4 or row.level3 or row.level2 or ""
    return (
        short(name, 40),
        short(row.demand),
        short(row.actual.text if row.actual else ""),
    )


def _add(table: Table, names: tuple[str, str, str], score: Score, *, bold: bool = False) -> None:
    steps = "" if bold else "；".join(step.says for step in score.steps)
    worked = f"{score.score:f}" if score.score is not None else "未定"
    how = steps if score.score is not None else score.because
    style = "bold" if bold else ""
    cells = [
        ink(names[0], style),
        ink(names[1]),
        ink(names[2]),
        ink(how, "" if score.score is not None else "yellow"),
    ]
    table.add_row(*cells, ink(worked, style), _printed(score))


def _printed(score: Score) -> RenderableType:
    """Say what the paper scored itself and whether the rule allows it."""
    own = f"自评 {score.printed:f}  " if score.printed is not None else "自评未填"
    if score.agrees is None:
        return ink(own)
    if not score.agrees:
        return Text.assemble(own, ("不一致", "red"))
    return ink(f"{own}一致{_open(score)}")


def _open(score: Score) -> str:
    """Say which scores the rule allows, where the paper's isn't the default itself."""
    if score.low is None or score.high is None or score.printed == score.score:
        return ""
    return f"（可取 {score.low:f}–{score.high:f}）"


def _tail(sheet: ScoreSheet, scheme: Scheme) -> Iterator[RenderableType]:
    lacks = incomplete(sheet, scheme)
    if lacks:
        yield ink(f"{lacks}：合计不代表整个项目的得分", "yellow")
    elif sheet.grade.word is not None:
        printed = f"，自评 {sheet.grade.printed}" if sheet.grade.printed else ""
        yield ink(f"等级  {sheet.grade.word}{printed}")
    if sheet.total.score is None:
        yield ink(f"合计未定：{sheet.total.because or '有不能判定的行，不代为相加'}", "yellow")
    sources: dict[str, list[str]] = {}
    for score in (sheet.execution, *sheet.indicators):
        if score.score is not None and score.source.document:
            name = "预算执行率" if score is sheet.execution else short(score.level3 or "指标", 10)
            sources.setdefault(str(score.source), []).append(name)
    for source, names in sources.items():
        yield ink(f"依据  {source}：{'、'.join(names)}", "dim")
