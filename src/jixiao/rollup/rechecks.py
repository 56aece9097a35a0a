"""复核对照: a re-check beside its self-evaluation, row by row: values, scores, how far apart, why, by which standards.

The self-evaluation is the unit's own table where there is one, else what the re-check restates beside its own columns.
Nothing is taken for 0: a row that one of them doesn't have stands with None.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from jixiao.model.evaluation import Evaluation, Indicator
from jixiao.model.figure import tidy
from jixiao.model.reading import Filing, Kind, Reading
from jixiao.rollup.agreement import Judgement, Mark, verdict
from jixiao.rollup.standards import Breach, Checked, breaches, spoken_of
from jixiao.schemes.scheme import GradeBand, Scheme

EXECUTION = "预算执行率"
WHOLE = "评分"  # the rule under which two reviewers' lowering, leaving and raising of scores is compared
_SIGNED = ("复核人", "复核人员", "复核单位", "复核机构", "复核组")


@dataclass(frozen=True, slots=True)
class Line:
    """A row: what the unit and the re-check have, how far apart, why, and the standards that it falls under.

    `restated` is the self-evaluation's score as the re-check prints it, where that is another than the unit's own.
    """

    where: str
    level1: str
    level2: str
    name: str
    points: Decimal | None
    own_value: str
    own: Decimal | None
    value: str
    score: Decimal | None
    reason: str
    standards: tuple[int, ...] = ()
    restated: Decimal | None = None

    @property
    def gap(self) -> Decimal | None:
        """The re-check's score less the unit's own; None where one of them is silent."""
        return None if self.own is None or self.score is None else self.score - self.own


@dataclass(frozen=True, slots=True)
class Compared:
    """A re-check of one project: the execution first where it is scored, then the indicators in its order.

    `reviewer` is who signed it, None where nobody did; `own_total` and `total` are as printed, else the sum where every
    row has a score. `missing` names rows of the unit's table that the re-check leaves out.
    """

    project: str | None
    unit: str | None
    year: int | None
    reviewer: str | None
    file: str
    index: int
    own_file: str | None
    scheme: str
    lines: tuple[Line, ...]
    own_total: Decimal | None
    total: Decimal | None
    own_grade: str | None
    grade: str | None
    missing: tuple[str, ...]
    breaches: tuple[Breach, ...]

    @property
    def gap(self) -> Decimal | None:
        """The re-check's total less the unit's own; None where one of them isn't known."""
        return None if self.own_total is None or self.total is None else self.total - self.own_total


def rechecked(filing: Filing, scheme: Scheme) -> tuple[Compared, ...]:
    """Return each re-check of a filing beside the self-evaluation, in the order of its papers."""
    own = _own_table(filing)
    return tuple(
        _compared(one, one.record, own, scheme)
        for one in filing.readings
        if one.kind is Kind.RECHECK_TABLE and isinstance(one.record, Evaluation)
    )


def _own_table(filing: Filing) -> Reading | None:
    if filing.main is None or filing.readings[filing.main].kind is not Kind.SELFEVAL_TABLE:
        return None
    return filing.readings[filing.main]


def _compared(reading: Reading, again: Evaluation, own: Reading | None, scheme: Scheme) -> Compared:
    table = own.record if own is not None and isinstance(own.record, Evaluation) else None
    pairs, missing = _paired(again.indicators, table.indicators if table is not None else ())
    rows = [*_rate(again, table), *(_line(n, row, pair, scheme) for n, (row, pair) in enumerate(pairs))]
    own_total = table.total_printed if table is not None else again.self_total_printed
    own_total = own_total if own_total is not None else _sum([row.own for row in rows])
    total = again.total_printed if again.total_printed is not None else _sum([row.score for row in rows])
    project = again.project if again.project.name or table is None else table.project
    return Compared(
        project.name, project.unit or project.department,
        again.year or (table.year if table is not None else None), _signed(again), reading.file, reading.index,
        own.file if own is not None else None, scheme.id, tuple(rows), own_total, total,
        _grade(own_total, scheme.grades), _grade(total, scheme.grades), missing,
        breaches([_checked(line, again) for line in rows], scheme.standards),
    )  # fmt: skip


def _paired(
    again: Sequence[Indicator], own: Sequence[Indicator]
) -> tuple[list[tuple[Indicator, Indicator | None]], tuple[str, ...]]:
    """Find the unit's own row of each re-checked one, by its name, in its class first; and name those left over."""
    left = list(own)
    pairs: list[tuple[Indicator, Indicator | None]] = []
    for row in again:
        same = [one for one in left if _name(one) == _name(row)]
        found = next((one for one in same if tidy(one.level1 or "") == tidy(row.level1 or "")), None)
        found = found or next(iter(same), None)
        if found is not None:
            left.remove(found)
        pairs.append((row, found))
    return pairs, tuple(row.level4 or row.level3 or "" for row in left)


def _name(row: Indicator) -> str:
    return tidy(row.level4 or row.level3 or "")


def _line(number: int, row: Indicator, own: Indicator | None, scheme: Scheme) -> Line:
    restated = row.self_score_printed
    mine = own.score_printed if own is not None else restated
    value = own.actual if own is not None else row.self_actual
    reason = " ".join(part for part in (row.reason, row.remarks) if part)
    line = Line(
        f"indicators.{number}", row.level1 or "", row.level2 or "", row.level4 or row.level3 or "", row.points,
        value.text if value is not None else "", mine, row.actual.text if row.actual is not None else "",
        row.score_printed, reason,
        restated=restated if own is not None and restated is not None and restated != mine else None,
    )  # fmt: skip
    found = spoken_of(_seen(line, row.sign or ""), scheme.standards)
    return replace(line, standards=found)


def _rate(again: Evaluation, own: Evaluation | None) -> Iterator[Line]:
    """Yield the row of budget execution where the re-check scores it."""
    told = again.execution
    if told.score_printed is None:
        return
    mine = own.execution.score_printed if own is not None else None
    yield Line(
        "execution",
        EXECUTION,
        "",
        EXECUTION,
        told.points,
        "",
        mine,
        "",
        told.score_printed,
        told.reason or "",
    )


def _checked(line: Line, again: Evaluation) -> Checked:
    number = line.where.rpartition(".")[2]
    sign = again.indicators[int(number)].sign if number.isdigit() else None
    return _seen(line, sign or "")


def _seen(line: Line, sign: str) -> Checked:
    return Checked(line.where, line.name, line.level1, line.level2, sign, line.own, line.score, line.reason)


def _sum(scores: Sequence[Decimal | None]) -> Decimal | None:
    known = [score for score in scores if score is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(scores) else None


def _signed(again: Evaluation) -> str | None:
    """Return who signed a re-check: the cell behind 复核人 or 复核单位."""
    named = (one.text.strip() for word in _SIGNED for one in again.particulars if one.label == word)
    return next((name for name in named if name), None)


def _grade(total: Decimal | None, bands: Sequence[GradeBand]) -> str | None:
    return None if total is None else next((band.word for band in bands if total >= band.low), None)


def judgements(found: Iterable[Compared]) -> Iterator[Judgement]:
    """Yield what each re-check did with each row, and whether it spoke of each standard that any of them speaks of."""
    rows = [(who(one), item_of(one, line), line) for one in found for line in one.lines]
    spoken = sorted({number for _, _, line in rows for number in line.standards})
    for reviewer, item, line in rows:
        said = verdict(line.own, line.score)
        if said:
            yield Judgement(item, WHOLE, reviewer, said)
    for number in spoken:
        yield from (Judgement(item, str(number), by, _spoke(line, number)) for by, item, line in rows)


def _spoke(line: Line, number: int) -> str:
    return "说到" if number in line.standards else "没有说到"


def marks(found: Iterable[Compared]) -> Iterator[Mark]:
    """Yield the scores of re-checks, row by row in their order, where points and both scores are known."""
    for one in found:
        for line in one.lines:
            if (
                line.points is not None
                and line.points > 0
                and line.own is not None
                and line.score is not None
            ):
                yield Mark(item_of(one, line), who(one), line.points, line.own, line.score)


def key_of(one: Compared) -> str:
    """Return what tells the project of a re-check: year, unit and name."""
    return f"{one.year or ''}|{tidy(one.unit or '')}|{tidy(one.project or '')}"


def item_of(one: Compared, line: Line) -> str:
    """Return what tells a row of a project, whoever re-checked it."""
    return f"{key_of(one)}|{tidy(line.level1)}|{tidy(line.name)}"


def who(one: Compared) -> str:
    """Return who made a re-check: who signed it, else the file that it came in."""
    return one.reviewer or one.file
