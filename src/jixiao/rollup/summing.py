"""汇总: many reviews to one unit's, department's or county's figures: money, scores, grades, bands, findings.

Everything is added up from what the papers print or what was worked out, never from what they say of themselves
together. What a paper doesn't say is counted as silent and never taken for 0. Two means are given and always named:
the simple one, and the one weighted by the projects' annual budgets.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import Figure, half_up, sum_of
from jixiao.model.finding import Severity
from jixiao.model.review import Review
from jixiao.rollup.reasons import Grouped, Short, group
from jixiao.schemes import load_scheme
from jixiao.schemes.scheme import Scheme

SOURCES = ("total", "fiscal", "carryover", "special", "other")
COLUMNS = ("initial", "annual", "executed")
_SEVERITIES = tuple(Severity)
_BINS = "report_bins"  # the part of a rule-book that says in which bands projects are counted


class Grouping(StrEnum):
    """What filings are put together by."""

    UNIT = "unit"
    DEPARTMENT = "department"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum over projects: None where no project prints the figure; `silent` projects print none."""

    sum: Figure | None
    silent: int


@dataclass(frozen=True, slots=True)
class Means:
    """Mean totals: `simple` over `counted` projects, `weighted` by annual budget over `weighed`; None over none."""

    simple: Decimal | None
    counted: int
    weighted: Decimal | None
    weighed: int


@dataclass(frozen=True, slots=True)
class Band:
    """How many projects have a total of at least `low` and below `high`; None where open."""

    low: Decimal | None
    high: Decimal | None
    count: int


@dataclass(frozen=True, slots=True)
class Deviation:
    """Of a first-level class: indicators that were scored below their points, and those of them with a reason."""

    level1: str
    short: int
    explained: int


@dataclass(frozen=True, slots=True)
class Faults:
    """A rule's findings: how many, in how many projects."""

    code: str
    name: str
    severity: Severity
    count: int
    projects: int


@dataclass(frozen=True, slots=True)
class Rollup:
    """One group's figures.

    `name` is the unit or department, None for those that print none, or for all together. `projects` have a table,
    `without_table` have none and count for nothing else. `funds` holds a sum for each source and column that any
    project prints. `rate` is the executed over the annual sum, of those projects that print both. `printed` are the
    totals that the papers claim, `computed` ours; `grades` counts the grade of the computed total, "" where it is
    undecided. `bands` are empty where the projects' rule-books count differently. `repeated` names the projects that
    come more than once with the same unit and year: each time counts, and the sums are too high if they are copies.
    `reasons` are those that the tables give for points lost, budget execution among them, by kind.
    """

    name: str | None
    by: Grouping
    projects: int
    without_table: int
    years: tuple[int, ...]
    schemes: tuple[str, ...]
    funds: Mapping[str, Mapping[str, Amount]]
    rate: Fraction | None
    printed: Means
    computed: Means
    grades: Mapping[str, int]
    bands: tuple[Band, ...]
    full_marks: int
    deviations: tuple[Deviation, ...]
    findings: tuple[Faults, ...]
    repeated: tuple[str, ...] = ()
    reasons: tuple[Grouped, ...] = ()


def roll_up(reviews: Iterable[Review], by: Grouping) -> tuple[Rollup, ...]:
    """Put reviews together.

    Args:
        reviews: in any order; a filing without a table is counted and adds nothing.
        by: what they are put together by; the unit or department as printed.

    Returns:
        a Rollup a group, in the order in which the groups first come; none of no reviews.
    """
    groups: dict[str | None, list[Review]] = {}
    for review in reviews:
        groups.setdefault(_group(review, by), []).append(review)
    return tuple(_rolled(name, by, group) for name, group in groups.items())


def _group(review: Review, by: Grouping) -> str | None:
    table = review.filing.evaluation
    if table is None or by is Grouping.ALL:
        return None
    return table.project.unit if by is Grouping.UNIT else table.project.department


def _rolled(name: str | None, by: Grouping, reviews: Sequence[Review]) -> Rollup:
    pairs = [(one, one.filing.evaluation) for one in reviews]
    tables = [(one, table) for one, table in pairs if table is not None]
    kept = [one for one, _ in tables]
    return Rollup(
        name,
        by,
        len(tables),
        len(pairs) - len(tables),
        tuple(sorted({table.year for _, table in tables if table.year is not None})),
        tuple(dict.fromkeys(one.scheme for one in kept)),
        _funds([table for _, table in tables]),
        _rate([table for _, table in tables]),
        _means([(table.total_printed, annual_of(table)) for _, table in tables]),
        _means([(one.sheet.total.score if one.sheet else None, annual_of(table)) for one, table in tables]),
        Counter((one.sheet.grade.word or "") if one.sheet else "" for one in kept),
        _bands(kept),
        sum(1 for one in kept if one.sheet and one.sheet.total.score == load_scheme(one.scheme).total),
        _deviations([table for _, table in tables]),
        _faults(reviews),
        _repeated([table for _, table in tables]),
        group(short for _, table in tables for short in _short(table)),
    )


def _repeated(tables: Sequence[Evaluation]) -> tuple[str, ...]:
    seen = Counter(
        (table.project.name, table.project.unit, table.year) for table in tables if table.project.name
    )
    return tuple(name or "" for (name, _, _), count in seen.items() if count > 1)


def _funds(tables: Sequence[Evaluation]) -> Mapping[str, Mapping[str, Amount]]:
    found: dict[str, dict[str, Amount]] = {}
    for source in SOURCES:
        for column in COLUMNS:
            amounts = [_amount(table, source, column) for table in tables]
            told = [amount for amount in amounts if amount is not None]
            if told:
                found.setdefault(source, {})[column] = Amount(sum_of(told), len(amounts) - len(told))
    return found


def _amount(table: Evaluation, source: str, column: str) -> Figure | None:
    """Return an amount of money; a bare number is in the unit that the block prints, and none without one."""
    figure: Figure | None = getattr(getattr(table.funds, source), column, None)
    if figure is None:
        return None
    unit = figure.unit or table.funds.unit
    if unit is None or unit.kind != "money":
        return None
    return Figure(figure.value, figure.half, unit)


def annual_of(table: Evaluation) -> Fraction | None:
    """Return a table's whole annual budget in 元; None where it is silent or has no unit."""
    amount = _amount(table, "total", "annual")
    return None if amount is None else amount.exact


def executed_of(table: Evaluation) -> Fraction | None:
    """Return what was spent of it in 元; None as for the budget."""
    amount = _amount(table, "total", "executed")
    return None if amount is None else amount.exact


def _rate(tables: Sequence[Evaluation]) -> Fraction | None:
    pairs = [(_amount(table, "total", "executed"), _amount(table, "total", "annual")) for table in tables]
    told = [(spent.exact, base.exact) for spent, base in pairs if spent is not None and base is not None]
    whole = sum((base for _, base in told), Fraction(0))
    return sum((spent for spent, _ in told), Fraction(0)) / whole if whole > 0 else None


def _means(totals: Sequence[tuple[Decimal | None, Fraction | None]]) -> Means:
    known = [Fraction(total) for total, _ in totals if total is not None]
    heavy = [(Fraction(total), weight) for total, weight in totals if total is not None and weight]
    money = sum((weight for _, weight in heavy), Fraction(0))
    simple = half_up(sum(known, Fraction(0)) / len(known), 2) if known else None
    weighted = half_up(sum((t * w for t, w in heavy), Fraction(0)) / money, 2) if money > 0 else None
    return Means(simple, len(known), weighted, len(heavy) if money > 0 else 0)


def _bands(reviews: Sequence[Review]) -> tuple[Band, ...]:
    """Count the computed totals in the bands that all the rule-books share."""
    edges = {_edges(review.scheme) for review in reviews}
    if len(edges) != 1:
        return ()
    (lows,) = edges
    totals = [one.sheet.total.score for one in reviews if one.sheet and one.sheet.total.score is not None]
    highs = (None, *lows)
    return tuple(
        Band(low, high, sum(1 for total in totals if _within(total, low, high)))
        for low, high in zip((*lows, None), highs, strict=True)
    )


def _edges(scheme_id: str) -> tuple[Decimal, ...]:
    return tuple(low for low, _ in edges_of(load_scheme(scheme_id)))


def edges_of(scheme: Scheme) -> tuple[tuple[Decimal, str], ...]:
    """Return the lower edges of the bands that a rule-book counts projects in, from high to low, with their paths.

    They are its own for reports (report_bins), else its grades'; below the last one lies one band more.
    """
    own = scheme.parts.get(_BINS)
    if own is not None:
        found = [(low, f"parts.{_BINS}.settings.{name}") for name, low in own.settings.items()]
    else:
        found = [(band.low, f"grades.{n}.low") for n, band in enumerate(scheme.grades) if band.low > 0]
    return tuple(sorted(found, reverse=True))


def _within(total: Decimal, low: Decimal | None, high: Decimal | None) -> bool:
    return (low is None or total >= low) and (high is None or total < high)


def _deviations(tables: Sequence[Evaluation]) -> tuple[Deviation, ...]:
    short: Counter[str] = Counter()
    explained: Counter[str] = Counter()
    for row in (row for table in tables for row in table.indicators):
        if row.points is not None and row.score_printed is not None and row.score_printed < row.points:
            name = row.level1 or ""
            short[name] += 1
            explained[name] += bool(row.reason or row.remedy)
    return tuple(Deviation(name, count, explained[name]) for name, count in short.items())


def _short(table: Evaluation) -> Iterator[Short]:
    """Yield what of a table lost points: budget execution, then its rows."""
    name, told = f"{table.project.unit}|{table.project.name}", table.execution
    if told.points is not None and told.score_printed is not None and told.score_printed < told.points:
        yield Short(name, "预算执行率", told.reason)
    for row in table.indicators:
        if row.points is not None and row.score_printed is not None and row.score_printed < row.points:
            yield Short(name, row.level4 or row.level3 or "", row.reason or row.remedy)


def _faults(reviews: Sequence[Review]) -> tuple[Faults, ...]:
    """Count findings by rule and severity: the certain ones first, the most frequent first among them."""
    found: Counter[tuple[Severity, str, str]] = Counter()
    where: Counter[tuple[Severity, str, str]] = Counter()
    for review in reviews:
        own = [(finding.severity, finding.code, finding.name) for finding in review.findings]
        found.update(own)
        where.update(set(own))

    def rank(key: tuple[Severity, str, str]) -> tuple[int, int, str]:
        return _SEVERITIES.index(key[0]), -found[key], key[1]

    return tuple(
        Faults(code, name, severity, found[severity, code, name], where[severity, code, name])
        for severity, code, name in sorted(found, key=rank)
    )
