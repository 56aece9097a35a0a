"""Reading what we wrote gives it back; and reading never raises, whatever a page holds."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jixiao.formats import read, write
from jixiao.layout import Layout
from jixiao.model.evaluation import Evaluation, FundLine, Goal
from jixiao.model.reading import Kind, Record
from jixiao.papers import lay_out, recognize
from jixiao.papers.form import Form, forms_of, list_forms, load_form
from tests.layouts.kinds import invent_for
from tests.layouts.measure import damages, make
from tests.layouts.styles import STYLES
from tests.layouts.summaries import invent_summary
from tests.strategies import layouts

FORMATS = ("text", "xlsx", "docx", "pdf", "html")
TABLES = (Kind.SELFEVAL_TABLE, Kind.GOAL_DECLARATION, Kind.MONITORING_TABLE, Kind.RECHECK_TABLE)
WRITTEN = (*TABLES, Kind.SCORING_FORM, Kind.BASE_DATA_FORM)
FORMS = tuple(form for kind in WRITTEN for form in forms_of(kind))
SOME = settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))


def read_back(record: Record, form: str, kind: str) -> list[tuple[Kind, object]]:
    data = write(lay_out(record, load_form(form).kind, form), kind)
    return [(reading.kind, reading.record) for reading in recognize(read(data, name="自评表"))]


@st.composite
def printed(draw: st.DrawFn, form: Form) -> Evaluation:
    """What one paper of the form may say: made up, and then silent here and there."""
    record = invent_for(draw(st.randoms(use_true_random=False)), form)
    chance = st.integers(0, 7).map(lambda n: n == 0)
    rows = tuple(
        replace(row, target=None if draw(chance) else row.target, actual=None if draw(chance) else row.actual)
        if row.self_actual is None
        and form.kind is not Kind.BASE_DATA_FORM  # there a cell alone goes by its words
        else row
        for row in record.indicators
    )
    record = replace(
        record, indicators=(record.indicators[0], *rows[1:])
    )  # no column is empty from end to end
    if draw(chance):
        record = replace(record, project=replace(record.project, department=None))
    if draw(chance) and record.funds.other is not None:
        record = replace(record, funds=replace(record.funds, other=FundLine(label=record.funds.other.label)))
    if draw(chance) and form.kind in TABLES:
        record = replace(record, goal=Goal(record.goal.expected))
    if draw(chance) and form.kind in TABLES:
        record = replace(record, notes=("1.得分保留两位小数。", "2.定量指标按比例计分。"))
    return record


@pytest.mark.parametrize("form", FORMS)
def test_a_paper_laid_out_and_written_as_text_is_read_back_the_same(form: str) -> None:
    record = invent_for(Random(form), load_form(form))
    assert read_back(record, form, "text") == [(load_form(form).kind, record)]


@pytest.mark.slow
@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("form", FORMS)
def test_reading_a_written_paper_gives_the_record_back(form: str, kind: str) -> None:
    @SOME
    @given(printed(load_form(form)))
    def holds(record: Evaluation) -> None:
        assert read_back(record, form, kind) == [(load_form(form).kind, record)]

    holds()


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=[] if kind == "text" else pytest.mark.slow) for kind in FORMATS]
)
@pytest.mark.parametrize("form", forms_of(Kind.PROJECT_LIST))
def test_a_summary_of_projects_is_read_back_the_same(form: str, kind: str) -> None:
    for seed in range(6):
        record = invent_summary(Random(f"{form} {seed}"), load_form(form))
        assert read_back(record, form, kind) == [(Kind.PROJECT_LIST, record)]


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(layouts())
def test_no_page_makes_the_reader_raise(page: Layout) -> None:
    readings = recognize(page)
    assert readings
    assert [reading.index for reading in readings] == list(range(len(readings)))


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(damages())), ids=damages())
def test_no_damaged_paper_makes_the_reader_raise(number: int) -> None:
    forms, styles = list_forms(), tuple(STYLES)
    for k in range(len(forms)):
        sample = make(
            forms[(number + k) % len(forms)],
            styles[(number * 5 + k) % len(styles)],
            damages()[number],
            "never raises",
        )
        if sample is not None:
            assert recognize(read(sample.data, name="自评表"))
            return
    pytest.fail("no form can be so damaged in these styles")
