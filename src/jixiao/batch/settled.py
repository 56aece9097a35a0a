"""What the audit finds in a record alone and no rule-book moves, and what it needs to know of it for the rest.

What a rule-book or arithmetic over columns decides is left to audit.sql (`is_computed`). All else jixiao.audit itself
finds here, when a record becomes rows; a rule that a rule-book may silence is run under one that doesn't.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from jixiao.audit import RULES, audit
from jixiao.audit.deviations.explained import silent_losses
from jixiao.audit.indicator_rows import class_points
from jixiao.audit.indicators.frame import costs_among_outputs, output_points
from jixiao.audit.prose import ratio_of as span_of
from jixiao.audit.reach import bound_of, comparable, in_one_unit
from jixiao.audit.rows import Row as AuditedRow
from jixiao.audit.rule import Case
from jixiao.batch import measured, traits
from jixiao.batch.codes import SCALE
from jixiao.batch.tables import MOST, MOST_POINTS, Row, millionths, ratio_of
from jixiao.errors import UnreadableError
from jixiao.model.evaluation import Evaluation
from jixiao.model.finding import Finding
from jixiao.model.reading import Filing, Kind, Reading
from jixiao.schemes import load_scheme
from jixiao.schemes.scheme import Method, Scheme
from jixiao.scoring import score

STRUCTURED = ("AR", "FD", "SC", "TV", "IS", "AV", "DV")
# Rules of those families that columns don't answer for, each with what it needs beside a table.
OUT: Mapping[str, str] = {
    **dict.fromkeys(
        ("AR10", "AR12", "AR13", "AR15", "AR16", "DV10", "SC09", "SC16"), "the prose of a report"
    ),
    **dict.fromkeys(("FD07", "FD11", "FD13", "IS15", "IS16", "TV10"), "a report or a second table"),
    "AV15": "dates in free text",
    **dict.fromkeys(("AR17", "FD14", "TV09"), "other filings"),
}
_SILENCERS = ("deduction", "equal_split")
Where = Callable[[str, str], bool]


def _everywhere(_where: str, _key: str) -> bool:
    return True


def _of_own_key(_where: str, key: str) -> bool:
    return not key


def _at(*fields: str) -> Where:
    return lambda where, key: where in fields and not key


# What audit.sql works out: by the rule, where its finding stands and the fault's own key.
COMPUTED: Mapping[str, Where] = {
    "AR01": _everywhere, "AR03": _everywhere, "AR04": _everywhere, "AR07": _everywhere,
    "AR06": _at("execution.score_printed"), "AR09": _at("grade_printed"),
    "SC01": _of_own_key, "SC02": _everywhere, "SC03": _of_own_key, "SC04": _of_own_key, "SC05": _everywhere,
    "SC07": _everywhere, "SC08": _everywhere, "SC13": lambda _, key: key == "scaled",
    "TV08": lambda where, _: where.startswith("indicators."), "DV01": lambda _, key: key == "reason",
    "IS01": _everywhere, "IS14": _everywhere,
    "FD03": _at("funds.total.annual"), "FD04": lambda where, _: where.startswith("funds."),
    "FD05": _at("execution"), "FD09": _everywhere, "FD10": _everywhere,
    "FD01": _everywhere,  # where no line but the known sources is printed
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """What the audit says of a record: columns of its filing, and of each row."""

    filing: Row
    rows: tuple[Row, ...]


def is_covered(finding: Finding) -> bool:
    """Tell whether columns answer for a finding at all."""
    return finding.code[:2] in STRUCTURED and finding.code not in OUT and not _in_prose(finding)


def _in_prose(finding: Finding) -> bool:
    return finding.code == "AR09" and finding.where != "grade_printed"


def is_computed(finding: Finding, table: Evaluation) -> bool:
    """Tell whether audit.sql works a finding out by itself."""
    key = finding.key.rpartition("|")[2].partition("#")[0]
    if finding.code == "FD01" and table.funds.more:
        return False
    computed = COMPUTED.get(finding.code)
    return computed is not None and computed(finding.where, key)


def filing_of(table: Evaluation) -> Filing:
    """Return the filing that is a self-evaluation table alone, read without a doubt."""
    return Filing((Reading(Kind.SELFEVAL_TABLE, table),), table, 0)


def told_of(table: Evaluation) -> Told:
    """Ask the audit about a record.

    Raises:
        UnreadableError: a number that a column can't hold.
    """
    scheme = _plain_book()
    case = Case(filing_of(table), score(table, scheme), scheme)
    rows = case.rows_by_paper[0]
    silent = {row.at for _, listed in silent_losses(case) for row in listed}
    bits = [traits.of_row(row) | (traits.OfRow.SILENT if row.at in silent else 0) for row in rows]
    filing = {"traits": int(traits.of_table(case, table)), "settled": _settled(case, table)}
    return Told(
        {**filing, **_rate(table), **_classes(rows), **measured.of_table(table)},
        tuple({"traits": int(bit), **_above(row), **measured.of_row(row)} for bit, row in zip(bits, rows, strict=True)),
    )  # fmt: skip


def _settled(case: Case, table: Evaluation) -> list[Row]:
    rules = tuple(rule for rule in RULES if rule.code[:2] in STRUCTURED and rule.code not in OUT)
    found = audit(case.filing, case.sheet, case.scheme, rules)
    kept = (one for one in found if is_covered(one) and not is_computed(one, table))
    return [{"code": one.code, "row": row_of(one), "severity": one.severity.value} for one in kept]


def row_of(finding: Finding) -> int | None:
    """Return the row that a finding stands in, None for the filing."""
    head, _, rest = finding.where.partition(".")
    at = rest.partition(".")[0]
    return int(at) if head == "indicators" and at.isdigit() else None


@cache
def _plain_book() -> Scheme:
    """Return a rule-book that silences no rule: what depends on it is not kept (decision 0044)."""
    book = load_scheme("national-2020")
    parts = {key: part for key, part in book.parts.items() if key not in _SILENCERS}
    parts["negative"] = replace(parts["negative"], method=Method.INVERSE_RATIO)
    return replace(book, parts=parts)


def _rate(table: Evaluation) -> Row:
    """Return the range of the printed rate, as AR05 reads it."""
    rate = table.execution.rate_printed
    if rate is None:
        return {}
    low, high = span_of(rate)
    (_, one), (_, other) = ratio_of(low, "执行率"), ratio_of(high, "执行率")
    per = one * other
    return {
        "told_low": millionths(low * per, "执行率"), "told_high": millionths(high * per, "执行率"), "told_per": per,
    }  # fmt: skip


def _classes(rows: tuple[AuditedRow, ...]) -> Row:
    """Return the points of each first-level class, None where it has none, and those of cost among the outputs."""
    points = class_points(rows)
    told = {
        f"class_{n}": millionths(points.get(s) or None, "分值", MOST_POINTS) for n, s in traits.STEMS.items()
    }
    within = costs_among_outputs(rows)
    if not within:
        return dict(told)
    return {
        **told,
        "cost_row": within[0].at,
        "cost_points": millionths(output_points(rows)[0], "分值", MOST_POINTS),
    }


def _above(row: AuditedRow) -> Row:
    """Return result ÷ target where the result is the greater and the two measure one thing; silence else."""
    bound = bound_of(row.indicator.target)
    figure = row.indicator.actual.figure if row.indicator.actual is not None else None
    if bound is None or figure is None or bound.exact <= 0 or not comparable(figure, bound):
        return {}
    one, other = in_one_unit(figure, bound)
    if one.exact <= other.exact:
        return {}
    over, under = (one.exact / other.exact).as_integer_ratio()
    if max(over, under) > MOST * SCALE:
        raise UnreadableError("“实际完成值”与“指标值”相差过大或小数过多，不能入库：请核对数值和单位。")
    return {"above": over, "above_per": under}
