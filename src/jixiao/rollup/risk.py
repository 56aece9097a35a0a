"""风险分: what speaks for looking at a filing again, added up point by point; the points are a file, free to change.

The points decide only how likely a filing is to be drawn, never whether something is wrong with it.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from jixiao.errors import SchemeError
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import WAN, decimal_of
from jixiao.model.finding import Severity
from jixiao.model.review import Review
from jixiao.rollup.summing import annual_of, executed_of
from jixiao.schemes import load_scheme
from jixiao.schemes.table import Table

USUAL = Path(__file__).parent / "risk.toml"
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Rate:
    """So many points for each of a thing, at most so many in all."""

    each: Decimal
    most: Decimal

    def of(self, count: Decimal) -> Decimal:
        """Return the points for so many."""
        return min(self.most, self.each * count).normalize()


@dataclass(frozen=True, slots=True)
class Level:
    """The points that are added from `edge` on: below it for execution, at least it for amounts."""

    edge: Decimal
    adds: Decimal


@dataclass(frozen=True, slots=True)
class Weights:
    """The points of everything that counts; `base` lies above 0, so that every filing may be drawn."""

    base: Decimal
    undecided: Decimal
    full_marks: Decimal
    no_table: Decimal
    error: Rate
    warning: Rate
    overstated: Rate
    execution: tuple[Level, ...]
    amount: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """A part of a filing's risk: what it is for, in words, and its points."""

    says: str
    adds: Decimal


@dataclass(frozen=True, slots=True)
class Risk:
    """A filing's risk: its parts, the base among them."""

    reasons: tuple[Reason, ...]

    @property
    def points(self) -> Decimal:
        """All parts together."""
        return sum((one.adds for one in self.reasons), _ZERO).normalize()


def load_weights(path: Path = USUAL) -> Weights:
    """Load the points of a file.

    Raises:
        SchemeError: it can't be opened or used; the sentence names the key and what was expected.
    """
    try:
        told = tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
    except OSError as error:
        raise SchemeError(f"风险分文件 {path.name} 打不开（{error.strerror}）。请核对路径和权限。") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SchemeError(f"风险分文件 {path.name} 不合 TOML 格式：{error}。请改正该处后再试。") from error
    table = Table(path.name, "", told, "风险分文件")
    table.only(
        "base", "undecided", "full_marks", "no_table", "error", "warning", "overstated", "execution", "amount"
    )
    base = _points(table, "base")
    if not base:
        raise table.wrong("base", "写的是 0", "大于 0 的数：每份材料都要有被抽到的可能")
    return Weights(
        base, _points(table, "undecided"), _points(table, "full_marks"), _points(table, "no_table"),
        _rate(table, "error"), _rate(table, "warning"), _rate(table, "overstated"),
        tuple(sorted((_level(one, "below") for one in table.tables("execution")), key=lambda one: one.edge)),
        tuple(sorted((_level(one, "least") for one in table.tables("amount")), key=lambda one: -one.edge)),
    )  # fmt: skip


def _points(table: Table, key: str) -> Decimal:
    value = table.number(key)
    if value < 0:
        raise table.wrong(key, f"写的是 {value}", "不小于零的数")
    return value


def _rate(table: Table, key: str) -> Rate:
    row = table.table(key)
    row.only("each", "most")
    return Rate(_points(row, "each"), _points(row, "most"))


def _level(row: Table, edge: str) -> Level:
    row.only(edge, "adds")
    return Level(_points(row, edge), _points(row, "adds"))


def risk_of(review: Review, weights: Weights) -> Risk:
    """Return what speaks for looking at a filing again; what a paper doesn't say adds nothing."""
    found = [Reason("每份都有", weights.base), *_findings(review, weights), *_table(review, weights)]
    return Risk(tuple(one for one in found if one.adds))


def _findings(review: Review, weights: Weights) -> Iterator[Reason]:
    rates = (
        (Severity.ERROR, "确定的错误", weights.error),
        (Severity.WARNING, "需核实的问题", weights.warning),
    )
    for severity, says, rate in rates:
        count = sum(finding.severity is severity for finding in review.findings)
        if count:
            yield Reason(f"{says} {count} 处", rate.of(Decimal(count)))


def _table(review: Review, weights: Weights) -> Iterator[Reason]:
    table = review.filing.evaluation
    if table is None:
        yield Reason("没有自评表", weights.no_table)
        return
    yield from _scores(review, table, weights)
    annual, executed = annual_of(table), executed_of(table)
    rate = executed / annual if annual and executed is not None else None
    level = next((one for one in weights.execution if rate is not None and rate < Fraction(one.edge)), None)
    if level is not None:
        yield Reason(f"执行率低于 {_plain(level.edge * 100)}%", level.adds)
    step = next(
        (one for one in weights.amount if annual is not None and annual >= Fraction(one.edge) * WAN.scale),
        None,
    )
    if step is not None:
        yield Reason(f"预算 {_plain(step.edge)} 万元以上", step.adds)


def _scores(review: Review, table: Evaluation, weights: Weights) -> Iterator[Reason]:
    printed = table.total_printed
    total = review.sheet.total.score if review.sheet is not None else None
    if printed is not None and printed == load_scheme(review.scheme).total:
        yield Reason("自评满分", weights.full_marks)
    if total is None:
        yield Reason("总分算不出来", weights.undecided)
    elif printed is not None and printed > total:
        yield Reason(f"自评比重算高 {_plain(printed - total)} 分", weights.overstated.of(printed - total))


def _plain(value: Decimal) -> str:
    return f"{decimal_of(Fraction(value)).normalize():f}"
