"""The score sheet on the screen: each row with its sum, its score, and whether the paper's own score agrees."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from jixiao.api import Scored, inferred
from jixiao.cli.screen import columns, ink
from jixiao.model.evaluation import Evaluation
from jixiao.model.reading import Kind, Reading
from jixiao.model.score import Score, ScoreSheet
from jixiao.schemes.scheme import Scheme
from jixiao.telling.naming import KINDS, clean, project_words, sheet_words, unit_words
from jixiao.telling.score_words import (
    EXECUTION,
    book_words,
    printed_words,
    row_words,
    source_words,
    total_lines,
    worked_words,
)


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
    yield ink(f"评分口径  {book_words(sheet, scheme.title)}")
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
        _add(table, (EXECUTION, "", ""), sheet.execution)
    record = reading.record
    rows = record.indicators if isinstance(record, Evaluation) else ()
    for row, score in zip(rows, sheet.indicators, strict=False):
        _add(table, row_words(row), score)
    _add(table, ("合计", "", ""), sheet.total, bold=True)
    yield table
    yield from _tail(sheet, scheme)
    if told := inferred(one).says:
        yield ink(told, "yellow")
    yield ink("")


def _add(table: Table, names: tuple[str, str, str], score: Score, *, bold: bool = False) -> None:
    how, worked = worked_words(score)
    told = "" if bold and score.score is not None else how
    style = "bold" if bold else ""
    cells = [
        ink(names[0], style),
        ink(names[1]),
        ink(names[2]),
        ink(told, "" if score.score is not None else "yellow"),
    ]
    table.add_row(*cells, ink(worked, style), _printed(score))


def _printed(score: Score) -> RenderableType:
    """Say what the paper scored itself and whether the rule allows it."""
    own, agrees = printed_words(score)
    if score.agrees is False:
        return Text.assemble(f"{own}  ", (agrees, "red"))
    own = f"{own}  " if score.printed is not None else own
    return ink(f"{own}{agrees}")


def _tail(sheet: ScoreSheet, scheme: Scheme) -> Iterator[RenderableType]:
    grade, against = total_lines(sheet, scheme)
    if grade:
        yield ink(f"等级  {grade}")
    if against:
        yield ink(against, "yellow")
    for source, names in source_words(sheet):
        yield ink(f"依据  {source}：{names}", "dim")
