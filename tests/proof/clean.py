"""Filings without a fault: made directly as records, or written to a file and read again.

The papers are invented; every figure follows from others as the rule-book and the forms ask, so that no rule has
anything to say at error level, nor at warning level unless its page says that it guesses.
"""

from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from random import Random

from jixiao import api, formats
from jixiao.layout import Layout, Line
from jixiao.model.evaluation import FundLine, Indicator
from jixiao.model.figure import Figure, half_up
from jixiao.model.parsing import parse_figure
from jixiao.model.reading import Filing, Kind, Reading
from jixiao.papers.form import Form, list_forms, load_form
from jixiao.papers.pages.selfeval_page import lay_out
from jixiao.papers.reports import selfeval_report
from jixiao.schemes import list_schemes, load_scheme
from jixiao.schemes.scheme import Scheme
from tests.proof.department import department_reading, list_reading
from tests.proof.evaluation import evaluation
from tests.proof.plan import Plan
from tests.proof.planting import Clean, Unit, with_paper, with_record, with_table
from tests.proof.report import report_lines
from tests.proof.table import PLACES, frame_of, goal_of, reason_of, scored, table_of
from tests.proof.topics import Topic, topics

_TABLE_CLASSES = {"成本指标", "产出指标", "效益指标", "满意度指标"}
_KINDS = ("text", "docx", "xlsx")
_FORMS = {name: load_form(name) for name in list_forms()}


def filing(rng: Random) -> Clean:
    """Make a filing: a table, for two of three with a report; now and then an evaluation with its scoring form."""
    topic, reported = rng.choice(topics()), rng.random() < 0.66
    if rng.random() < 0.06:
        return evaluation(rng, topic)
    return planned(rng, plan_for(rng, topic, reported=reported))


def planned(rng: Random, plan: Plan) -> Clean:
    """Make the filing of a plan."""
    seed = rng.randrange(10**6)
    table = table_of(rng, plan)
    name = f"{table.project.name}.docx"
    readings = [Reading(Kind.SELFEVAL_TABLE, table, file=name, sha256=_digest(name))]
    clean = Clean(Filing(tuple(readings), table, 0), plan.scheme, plan.topic, seed)
    return _reported(clean) if plan.reported else clean


def _reported(clean: Clean) -> Clean:
    """Put a report beside the table, as it is read from its page."""
    main = clean.filing.readings[0]
    found = selfeval_report.read(report_lines(clean.table, clean.topic, clean.scheme, clean.seed))
    more = replace(found, file=main.file, sha256=main.sha256, index=len(clean.filing.readings))
    return with_record(replace(clean, filing=replace(clean.filing, readings=(main, more))), 0, main.record)


def _digest(name: str) -> str:
    return sha256(name.encode()).hexdigest()


def settled(clean: Clean) -> Clean:
    """Draw the honest consequences of another table: scores, completion rates, reasons, sums, goal and reports anew.

    What a row's target, result, points and names are stays; where points are lost a reason is given. An evaluation's
    scoring form is left as it is: its scores are an evaluator's. Rows without points (F-HB) keep their scores.
    """
    if clean.filing.readings[clean.filing.main or 0].kind is not Kind.SELFEVAL_TABLE:
        return clean
    rng = Random(clean.seed)
    plan = _plan_of(clean)
    scorable = all(row.points is not None for row in clean.rows)
    told = [_explained(rng, clean, row) if scorable else row for row in clean.rows]
    table = replace(clean.table, indicators=tuple(told))
    if plan.form.goal and _tells_rows(clean):
        table = replace(table, goal=goal_of(rng, clean.topic, told))
    if scorable:
        table = scored(rng, table, plan)
        marks = frame_of(clean.scheme, told)
        classes = tuple(replace(mark, points=Decimal(marks.get(mark.name, 0))) for mark in table.classes)
        table = replace(table, classes=tuple(mark for mark in classes if mark.points))
    return rewritten(with_table(clean, **{name: getattr(table, name) for name in _FOLLOWING}))


_FOLLOWING = ("indicators", "goal", "execution", "total_printed", "grade_printed", "classes")


def rewritten(clean: Clean) -> Clean:
    """Write the filing's self-evaluation report anew from its table."""
    for at, reading in enumerate(clean.filing.readings):
        if reading.kind is Kind.SELFEVAL_REPORT:
            found = selfeval_report.read(report_lines(clean.table, clean.topic, clean.scheme, clean.seed))
            clean = with_record(clean, at, found.record)
    return clean


def summed(clean: Clean) -> Clean:
    """Add up the printed scores as they stand, wrong ones too: deductions, total, grade and report follow them."""
    table, graded = clean.table, clean.table.grade_printed is not None
    rows = tuple(
        replace(row, deduction_printed=row.points - row.score_printed)
        if row.deduction_printed is not None and row.points is not None and row.score_printed is not None
        else row
        for row in table.indicators
    )
    scores = (table.execution.score_printed, *(row.score_printed for row in rows))
    total = sum((mark for mark in scores if mark is not None), Decimal(0))
    grade = next((g.word for g in clean.scheme.grades if total >= g.low), None) if graded else None
    return rewritten(with_table(clean, indicators=rows, total_printed=total, grade_printed=grade))


def spending(clean: Clean, share: Decimal) -> Clean | None:
    """Let only a share of the budget be spent, in every source; rate, scores, total and report follow, no reason does."""
    funds, rate = clean.table.funds, clean.table.execution.rate_printed
    whole = funds.total.annual if funds.total is not None else None
    if whole is None or whole.value < _LEAST or rate is None:
        return None
    lines = {
        name: _part_spent(getattr(funds, name), share)
        for name in ("total", "fiscal", "carryover", "special", "other")
    }
    more = tuple(_part_spent(line, share) or line for line in funds.more)
    unit = rate.unit.name if rate.unit else ""
    execution = replace(
        clean.table.execution, rate_printed=parse_figure(f"{share * 100:.2f}{unit}"), reason=None
    )
    return settled(with_table(clean, funds=replace(funds, more=more, **lines), execution=execution))


_LEAST = 5


def _part_spent(line: FundLine | None, share: Decimal) -> FundLine | None:
    if line is None or line.annual is None:
        return line
    return replace(
        line, executed=Figure(half_up(line.annual.value * share, 2), line.annual.half, line.annual.unit)
    )


def _tells_rows(clean: Clean) -> bool:
    names = {row.level3 for row in clean.rows}
    return any(m.clause and m.name in names for m in clean.topic.measures)


def _explained(rng: Random, clean: Clean, row: Indicator) -> Indicator:
    """Keep a row's reason, or give it one; scoring takes it away where nothing is lost."""
    return (
        row
        if row.reason
        else replace(row, reason=reason_of(rng, row.level3 or "", rng.choice(clean.topic.late)))
    )


def _plan_of(clean: Clean) -> Plan:
    table = clean.table
    place = (table.project.unit or table.project.department or PLACES[0])[:3]
    return Plan(
        clean.topic,
        _FORMS[(table.form or "f-10").lower()],
        clean.scheme,
        place,
        table.year or 2023,
        reported=True,
    )


# ---------------------------------------------------------------- plans


def plan_for(rng: Random, topic: Topic, *, reported: bool) -> Plan:
    """Choose rule-book, form, place and year that go together."""
    scheme = load_scheme(rng.choice(_SCHEMES))
    form = _FORMS[_form_for(rng, scheme)]
    return Plan(topic, form, scheme, rng.choice(PLACES), _year(rng, scheme), reported)


def plan_on(rng: Random, topic: Topic, form: Form) -> Plan:
    """Choose rule-book, place and year that go with a form."""
    schemes = [scheme for scheme in map(load_scheme, _SCHEMES) if _suits(form, scheme)]
    scheme = rng.choice(schemes)
    return Plan(topic, form, scheme, rng.choice(PLACES), _year(rng, scheme), reported=False)


def _is_for_tables(scheme: Scheme) -> bool:
    points = scheme.parts["execution"].points
    return set(scheme.level1) <= _TABLE_CLASSES and points is not None


_SCHEMES = tuple(name for name in list_schemes() if _is_for_tables(load_scheme(name)))


def _form_for(rng: Random, scheme: Scheme) -> str:
    own = (scheme.form or "f-10").lower()
    forms = [name for name, form in _FORMS.items() if _suits(form, scheme)]
    return own if own in forms and rng.random() < 0.6 else rng.choice(forms)


def _suits(form: Form, scheme: Scheme) -> bool:
    points = scheme.parts["execution"].points
    return form.execution_points == points if form.execution_points else points == 10


def _year(rng: Random, scheme: Scheme) -> int:
    first = max(2021, scheme.effective_from.year if scheme.effective_from else 0)
    last = min(2024, scheme.effective_to.year if scheme.effective_to else 9999)
    return rng.randint(first, last) if first <= last else last


# ---------------------------------------------------------------- units


def unit(rng: Random) -> Unit:
    """Make the filings of one town government and year: four to eight unlike projects under one rule-book and form.

    The first filing also holds the department's report and the project list.
    """
    chosen = rng.sample(topics(), rng.randint(4, 8))
    first = plan_for(rng, chosen[0], reported=True)
    owner = f"{rng.choice(('东塘镇', '西屏镇', '北关镇'))}人民政府"
    plans = [replace(first, topic=topic, owner=owner, reported=rng.random() < 0.7) for topic in chosen]
    made = [_in_file(planned(rng, plan), f"{owner}绩效自评材料.docx") for plan in plans]
    tables = [clean.table for clean in made]
    for reading in (department_reading(rng, tables), list_reading(tables)):
        made[0] = with_paper(made[0], reading.kind, reading.record)
    return tuple(made)


def _in_file(clean: Clean, name: str) -> Clean:
    """Let all papers of a filing stand in one file."""
    readings = tuple(replace(r, file=name, sha256=_digest(name)) for r in clean.filing.readings)
    return replace(clean, filing=replace(clean.filing, readings=readings))


# ---------------------------------------------------------------- through files


def through_file(clean: Clean, rng: Random) -> Clean:
    """Write the filing's papers into a text or docx file, or the table into a workbook and the report apart; read them."""
    table, kind = clean.table, rng.choice(_KINDS)
    if clean.filing.readings[0].kind is not Kind.SELFEVAL_TABLE:
        return clean
    page = lay_out(table, table.form or "f-10")
    reported = len(clean.filing.readings) > 1
    lines = (*report_lines(table, clean.topic, clean.scheme, clean.seed), Line("")) if reported else ()
    together = kind != "xlsx"
    pages = [
        (kind, (*lines, *page.blocks) if together else page.blocks),
        *([] if together or not lines else [("docx", lines)]),
    ]
    papers = [
        reading
        for kind, blocks in pages
        for reading in api.read_papers(
            formats.write(Layout(page.name, tuple(blocks)), kind), name=f"{table.project.name}.{kind}"
        )
    ]
    (own,) = (one for one in api.file_together(papers) if one.evaluation is not None)
    return replace(clean, filing=own)
