"""Makes up what a paper of any kind says, on one of its forms: the tables that are no self-evaluation of a year."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

from jixiao.model.evaluation import Evaluation, Execution, FundLine, Funds, Goal, Indicator, Particular
from jixiao.model.figure import Figure, figure_of, half_up
from jixiao.model.parsing import parse_actual, parse_figure
from jixiao.model.reading import Kind
from jixiao.papers.form import Form, load_form
from jixiao.papers.pages.management import MENDED
from tests.layouts import vocabulary as words
from tests.layouts.base_data import invent_base_data
from tests.layouts.besides import besides
from tests.layouts.invention import invent
from tests.layouts.scoring import invent_scoring

_EMPTY = FundLine()


def invent_for(rng: Random, form: Form) -> Evaluation:
    """Make up what one paper of `form` says, whatever its kind; the same state of `rng` gives the same record."""
    if form.kind is Kind.SCORING_FORM:
        return invent_scoring(rng, form)
    if form.kind is Kind.BASE_DATA_FORM:
        return invent_base_data(rng, form)
    make = _KINDS.get(form.kind)
    if make is None and not form.management:
        return besides(rng, form, invent(rng, form))
    signed = any(column.kind == "sign" for column in form.columns)
    base = replace(invent(rng, load_form("f-sc" if signed else "f-10")), form=form.id)
    if make is None:
        return _transferred(rng, form, base)
    return besides(rng, form, make(rng, form, base))


def _plain(form: Form, row: Indicator) -> Indicator:
    """Take away what a form without points, scores or results has no column for."""
    kinds = {column.kind for column in form.columns}
    return replace(
        row,
        points=row.points if "points" in kinds else None,
        score_printed=None,
        reason=row.reason if "reason" in kinds else None,
        actual=row.actual if "actual" in kinds else None,
        remarks=row.remarks if "standard" in kinds else None,
    )


def _unscored(form: Form, record: Evaluation) -> Evaluation:
    rows = tuple(_plain(form, row) for row in record.indicators)
    return replace(record, indicators=rows, points_printed=None, total_printed=None, execution=Execution())


def _rechecked(rng: Random, _form: Form, record: Evaluation) -> Evaluation:
    rows = tuple(_checked(rng, row) for row in record.indicators)
    rate = parse_figure(f"{rng.randrange(6000, 10000) / Decimal(100)}%")
    execution = Execution(Decimal(10), rate, half_up(Decimal(rng.randrange(600, 1000)) / 100, 2))
    scores = sum((row.score_printed or Decimal(0) for row in rows), execution.score_printed or Decimal(0))
    return replace(
        record, indicators=rows, funds=Funds(), goal=Goal(), execution=execution if rng.random() < 0.8 else Execution(),
        total_printed=scores, self_total_printed=record.total_printed,
    )  # fmt: skip


def _checked(rng: Random, row: Indicator) -> Indicator:
    """Keep what the unit said beside what the re-check found."""
    said, score = row.actual, row.score_printed
    found = said
    if said is not None and said.figure is not None and rng.random() < 0.4:
        digits = format(half_up(said.figure.value * rng.randrange(70, 100) / 100, 0), "f")
        found, score = parse_actual(digits, unit=row.unit), half_up((score or Decimal(0)) * 9 / 10, 2)
    beside = (Particular("复核指标偏差", f"-{rng.randrange(1, 30)}%"),) if found != said else ()
    return replace(
        row, actual=found, self_actual=said, score_printed=score, self_score_printed=row.score_printed,
        particulars=beside,
    )  # fmt: skip


def _declared(_rng: Random, form: Form, record: Evaluation) -> Evaluation:
    funds = record.funds
    total, fiscal, other = (_only(line, "annual") for line in (funds.total, funds.fiscal, funds.other))
    record = replace(_unscored(form, record), goal=Goal(record.goal.expected))
    rows = tuple(replace(row, remarks=words.STANDARDS[0]) for row in record.indicators)
    with_rules = any(column.kind == "standard" for column in form.columns)
    rows = rows if with_rules else record.indicators
    return replace(record, funds=Funds(funds.unit, _named(total, "年度资金总额"), _named(fiscal, "其中：财政拨款"), other=other),
                   indicators=rows)  # fmt: skip


def _monitored(rng: Random, form: Form, record: Evaluation) -> Evaluation:
    def line(old: FundLine | None, label: str) -> FundLine:
        annual = old.annual if old else None
        return FundLine(None, annual, _share(rng, annual), label=label, forecast=annual)

    funds = record.funds
    rate = parse_figure(f"{rng.randrange(3000, 7000) / Decimal(100)}%")
    lines = (line(funds.total, "年度资金总额"), line(funds.fiscal, "其中：本年财政拨款"))
    zero = funds.other.annual if funds.other else None
    return replace(
        _unscored(form, record), funds=Funds(funds.unit, *lines, other=FundLine(None, zero, zero, label="其他资金", forecast=zero)),
        execution=Execution(rate_printed=rate), goal=Goal(record.goal.expected),
    )  # fmt: skip


def _transferred(rng: Random, form: Form, record: Evaluation) -> Evaluation:
    funds = record.funds
    total, central = (_only(line, "annual", "executed") for line in (funds.total, funds.fiscal))
    other = _only(funds.other, "annual", "executed")
    local = _named(other, "地方资金")
    record = replace(
        _unscored(form, record),
        funds=Funds(funds.unit, _named(total, "年度资金总额"), other=_named(other, "其他资金"),
                    more=(_named(central, "其中：中央财政资金"), local)),
        execution=Execution(rate_printed=record.execution.rate_printed),
    )  # fmt: skip
    answers = tuple(
        Particular(question + behind, rng.choice(words.TOLD))
        for question in form.management
        for behind in ("", MENDED)
        if rng.random() < 0.8
    )
    filled = besides(rng, form, record)
    return replace(filled, particulars=(*filled.particulars, *answers))


def _only(line: FundLine | None, *columns: str) -> FundLine:
    old = line or _EMPTY
    return FundLine(**{name: getattr(old, name) for name in columns}, label=old.label)


def _named(line: FundLine, label: str) -> FundLine:
    return replace(line, label=label)


def _share(rng: Random, figure: Figure | None) -> Figure | None:
    if figure is None:
        return None
    return figure_of(format(half_up(figure.value * rng.randrange(30, 70) / 100, 2), "f"), figure.unit)


_KINDS: dict[Kind, Callable[[Random, Form, Evaluation], Evaluation]] = {
    Kind.RECHECK_TABLE: _rechecked,
    Kind.GOAL_DECLARATION: _declared,
    Kind.MONITORING_TABLE: _monitored,
}
