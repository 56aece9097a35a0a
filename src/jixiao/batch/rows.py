"""Records as rows of the lake's tables: what no rule-book moves is worked out once, by the functions of scoring."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256

from jixiao.batch.codes import COLUMNS, Aim, Measure, aim_of
from jixiao.batch.fund_lines import amount_of, fund_rows
from jixiao.batch.settled import told_of
from jixiao.batch.tables import MOST_POINTS, Row, millionths, ratio_of
from jixiao.errors import UnreadableError
from jixiao.model.evaluation import Evaluation, Funds, Indicator
from jixiao.model.figure import Figure
from jixiao.model.target import Before, Exactly
from jixiao.scoring.execution import column_of, sources_of
from jixiao.scoring.facts import Facts
from jixiao.scoring.measure import NUMERIC, hedge_of, measure
from jixiao.scoring.methods import beyond_target, kept_limit
from jixiao.scoring.proportions import repeats
from jixiao.scoring.rates import as_rate
from jixiao.scoring.rows import names_of
from jixiao.scoring.tiers import is_whole
from jixiao.scoring.words import smaller_may_be_better

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Origin:
    """What a filing is in the lake: its number, the rule-book it was filed under, and where it comes from."""

    filing: int
    scheme: str
    province: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A filing that the columns can't hold, with the reason in Chinese."""

    filing: int
    because: str


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows on their way into tables; `names` and `words` hold each distinct text once."""

    filings: list[Row] = field(default_factory=list)
    funds: list[Row] = field(default_factory=list)
    indicators: list[Row] = field(default_factory=list)
    names: dict[int, Row] = field(default_factory=dict)
    words: dict[int, Row] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)


def take(rows: Rows, origin: Origin, evaluation: Evaluation) -> None:
    """Add one evaluation to `rows`, or the reason why its numbers don't fit."""
    try:
        filing = _filing(origin, evaluation)
        funds = fund_rows(origin.filing, origin.scheme, evaluation.funds)
        told = told_of(evaluation)
        indicators = [
            {**_indicator(origin, evaluation, n, row), **told.rows[n]}
            for n, row in enumerate(evaluation.indicators)
        ]
    except UnreadableError as why:
        rows.refused.append(Refused(origin.filing, str(why)))
        return
    rows.filings.append({**filing, **told.filing})
    rows.funds.extend(funds)
    rows.indicators.extend(indicators)
    for row, found in zip(evaluation.indicators, indicators, strict=True):
        _keep_texts(rows, row, found)


def text_id(*texts: str | None) -> int:
    """Return the number that stands for a text in every lake: the first eight bytes of its sha256."""
    joined = "\x1f".join("\x00" if text is None else text for text in texts)
    return int.from_bytes(sha256(joined.encode()).digest()[:8], "big", signed=True)


def _keep_texts(rows: Rows, row: Indicator, found: Row) -> None:
    levels = {"level1": row.level1, "level2": row.level2, "level3": row.level3, "level4": row.level4}
    names, words, aim = found["names"], found["words"], found["aim"]
    if isinstance(names, int):
        rows.names.setdefault(names, {"names": names, **levels})
    if isinstance(words, int) and row.actual is not None:
        rows.words.setdefault(words, {"words": words, "text": row.actual.text})
    if isinstance(aim, int) and row.target is not None:
        rows.words.setdefault(aim, {"words": aim, "text": row.target.text})


# ---------------------------------------------------------------- filings


def _filing(origin: Origin, evaluation: Evaluation) -> Row:
    project, execution = evaluation.project, evaluation.execution
    row: dict[str, object] = {
        "filing": origin.filing, "scheme": origin.scheme, "year": evaluation.year, "province": origin.province,
        "region": origin.region, "department": project.department, "unit": project.unit, "project": project.name,
        "code": project.code,
        "execution_points": _points(execution.points, "执行率分值"),
        "execution_printed": _points(execution.score_printed, "执行率得分"),
        "execution_tenth": _in_tenths(execution.score_printed),
        "points_printed": _points(evaluation.points_printed, "分值合计"),
        "total_printed": _points(evaluation.total_printed, "总分"),
        "total_tenth": _in_tenths(evaluation.total_printed),
        "grade_printed": evaluation.grade_printed,
    }  # fmt: skip
    for column in COLUMNS:
        row.update(_amount(evaluation.funds, column))
    return {**row, **_printed_rate(execution.rate_printed)}


def _amount(funds: Funds, column: str) -> Row:
    figure, _ = column_of(funds, column)
    if figure is None:
        return {}
    covered = sources_of(funds, column) if figure.value == 0 else None
    doubted = covered is not None and covered.value != 0
    return {**amount_of(figure, column), f"{column}_doubted": doubted}


def _printed_rate(rate: Figure | None) -> Row:
    if rate is None or rate.unit is None or rate.unit.kind != "ratio" or rate.value < 0:
        return {}
    return with_half(rate.exact, Fraction(rate.half) * rate.scale, "rate", "执行率")


def with_half(value: Fraction, half: Fraction, key: str, name: str) -> Row:
    """Return a number and what its print leaves open, over one whole number.

    Raises:
        UnreadableError: they can't be held so.
    """
    _, per = ratio_of(value, name)
    _, fine = ratio_of(half, name)
    per = max(per, fine) if max(per, fine) % min(per, fine) == 0 else per * fine
    top = millionths(value * per, name)
    return {key: top, f"{key}_half": millionths(half * per, name), f"{key}_per": per}


def _points(value: Decimal | None, name: str) -> int | None:
    return millionths(value, name, MOST_POINTS)


def _in_tenths(printed: Decimal | None) -> bool:
    return printed is not None and printed.as_tuple().exponent == -1


# ---------------------------------------------------------------- indicators


def _indicator(origin: Origin, evaluation: Evaluation, n: int, row: Indicator) -> Row:
    actual, target = row.actual, row.target
    facts = Facts(
        _NOTHING, Fraction(0), _NOTHING, 2, target, actual, names=names_of(row), year=evaluation.year
    )
    found: dict[str, object] = {
        "filing": origin.filing, "scheme": origin.scheme, "row": n,
        "names": text_id(row.level1, row.level2, row.level3, row.level4),
        "words": text_id(actual.text) if actual is not None else None,
        "aim": text_id(target.text) if target is not None else None,
        "kind": int(aim_of(target)), "stated": isinstance(target, Exactly) and target.stated,
        "has_actual": actual is not None, "has_figure": actual is not None and actual.figure is not None,
        "hedge": hedge_of(actual.hedged).value if actual is not None else 0,
        "lo_out": False, "hi_out": False,
        "repeats": repeats(facts), "whole": is_whole(facts), "kept": _kept(facts),
        "smaller": isinstance(target, Exactly) and smaller_may_be_better(facts.names, target.value.value),
        "points": _points(row.points, "分值"), "printed": _points(row.score_printed, "得分"),
        "tenth": _in_tenths(row.score_printed), "deduction": _points(row.deduction_printed, "扣分"),
    }  # fmt: skip
    return {**found, **_measured(row), **_own_measure(facts), **_beyond(row)}


def _kept(facts: Facts) -> bool | None:
    if not isinstance(facts.target, Before) or facts.actual is None:
        return None
    return kept_limit(facts, facts.target, facts.actual)


def _measured(row: Indicator) -> Row:
    """Return target and actual as plain numbers of one unit; nothing where they can't be compared."""
    if row.actual is None or not isinstance(row.target, NUMERIC):
        return {}
    found = measure(row.target, row.actual)
    if isinstance(found, str):
        return {}
    return {
        "lo": millionths(found.lo, "指标值"), "hi": millionths(found.hi, "指标值"),
        "lo_out": found.lo_out, "hi_out": found.hi_out, "value": millionths(found.value, "实际完成值"),
        "half": millionths(found.most - found.value, "实际完成值"),
    }  # fmt: skip


def _own_measure(facts: Facts) -> Row:
    """Return the actual in the base unit of its measure: a rate of 1, or what the unit counts in."""
    figure = facts.actual.figure if facts.actual is not None else None
    if figure is None:
        return {}
    rate = as_rate(facts)
    if figure.unit is None and rate is None:
        return {"measure": int(Measure.BARE)}
    exact = figure.exact if figure.unit is not None else rate or Fraction(0)
    half = Fraction(figure.half) * (exact / Fraction(figure.value) if figure.value else 1)
    kind = Measure.OTHER_UNIT if rate is None else Measure.A_SHARE
    kind = Measure.BARE_SHARE if figure.unit is None else kind
    return {"measure": int(kind), **with_half(exact, half, "exact", "实际完成值")}


def _beyond(row: Indicator) -> Row:
    """Return by how much the actual misses its target, for deductions by steps."""
    if row.actual is None or row.actual.figure is None or aim_of(row.target) is Aim.SILENT:
        return {}
    beyond = beyond_target(row.target, row.actual, row.actual.figure)
    if isinstance(beyond, str):
        return {}
    whole, per = ratio_of(beyond, "实际完成值")
    return {"beyond": whole, "beyond_per": per}


def evaluations_as_rows(listed: Sequence[tuple[Origin, Evaluation]]) -> Rows:
    """Return the rows of many evaluations."""
    rows = Rows()
    for origin, evaluation in listed:
        take(rows, origin, evaluation)
    return rows
