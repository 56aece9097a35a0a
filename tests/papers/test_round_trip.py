"""Reading what we wrote gives it back; and reading never raises, whatever a page holds."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jixiao.formats import read, write
from jixiao.layout import Layout
from jixiao.model.reading import Kind, Record
from jixiao.papers import lay_out, recognize
from jixiao.papers.form import forms_of, list_forms, load_form
from tests.layouts.kinds import invent_for
from tests.layouts.measure import damages, make
from tests.layouts.silences import invent_silent
from tests.layouts.styles import STYLES
from tests.layouts.summaries import invent_summary
from tests.layouts.written import changed
from tests.strategies import layouts

FORMATS = ("text", "xlsx", "docx", "pdf", "html")
WRITTEN = (
    Kind.SELFEVAL_TABLE, Kind.GOAL_DECLARATION, Kind.MONITORING_TABLE, Kind.RECHECK_TABLE, Kind.SCORING_FORM,
    Kind.BASE_DATA_FORM,
)  # fmt: skip
FORMS = tuple(form for kind in WRITTEN for form in forms_of(kind))
SOME = settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))


def read_back(record: Record, form: str, kind: str) -> list[tuple[Kind, object]]:
    data = write(lay_out(record, load_form(form).kind, form), kind)
    return [(reading.kind, reading.record) for reading in recognize(read(data, name="自评表"))]


@pytest.mark.parametrize("form", FORMS)
def test_a_paper_laid_out_and_written_as_text_is_read_back_the_same(form: str) -> None:
    record = invent_for(Random(form), load_form(form))
    assert read_back(record, form, "text") == [(load_form(form).kind, record)]


@pytest.mark.slow
@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("form", FORMS)
def test_reading_a_written_paper_gives_the_record_back(form: str, kind: str) -> None:
    @SOME
    @given(st.randoms(use_true_random=False))
    def holds(rng: Random) -> None:
        record = invent_silent(rng, load_form(form))
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


def test_the_run_over_many_papers_tells_what_came_back_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [changed(form, "text", "1 1") for form in ("f-10", "f-base-data", "f-summary")] == ["", "", ""]
    monkeypatch.setattr(
        "tests.layouts.written.read", lambda data, name: read(data.replace(b"2023", b"2022"), name=name)
    )
    assert "2022" in changed("f-10", "text", "1 1")


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
