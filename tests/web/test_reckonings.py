"""Another rule-book tried on filings, and texts compared: a few at once, many by the worker, seen by the asker alone."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.utils.module_loading import import_string

from jixiao import api
from jixiao.web import jobs
from jixiao.web.board import reckoning as reckonings
from jixiao.web.demo.papers import Flaw
from jixiao.web.models import Job, Reckoning, Submission
from jixiao.web.records import review_of
from jixiao.web.workflow import State
from tests.web import cast
from tests.web.filed import revised, said_by

pytestmark = pytest.mark.slow


@pytest.fixture
def year(county):
    """Three filings with papers; that of the school has the report of the station's."""
    first = cast.submission(county, "渠道清淤", "农技站", State.AT_BUREAU)
    second = cast.submission(county, "技术培训", "水务站", State.AT_DEPARTMENT)
    third = cast.submission(county, "课桌椅购置", "第一小学", State.AT_BUREAU)
    told = said_by(first, topic=0, flaw=Flaw.UNREASONED)
    revised(county, first, told)
    revised(county, second, said_by(second, topic=2, seed=8))
    revised(county, third, replace(told, names=said_by(third).names))
    return county


def ask(browser, page: str, county, **what: str):
    browser.post("/choose/year/", {"year": cast.YEAR, "next": "/"})
    return browser.post(f"/board/{page}/", {"organization": str(county.bureau.pk), **what}, follow=True)


def test_another_book_tells_whose_total_and_grade_would_change(year, browser_as) -> None:
    browser = browser_as("财政管理")
    page = ask(browser, "other-book", year, scheme="gansu-ningxian").content.decode()
    asked = Reckoning.objects.get()
    assert asked.finished_at is not None
    assert {row["project"] for row in asked.rows} == {"渠道清淤", "技术培训", "课桌椅购置"}
    for row in asked.rows:
        one = Submission.objects.get(pk=row["pk"])
        filing = review_of(one.revision).filing
        sheet = api.review(filing, api.choose(filing, "gansu-ningxian")).sheet
        assert (None if row["new"] is None else Decimal(row["new"])) == sheet.total.score
        assert one.score is None or int(Decimal(row["old"]) * 100) == one.score
    assert "只试算，没有改动任何材料" in page
    answer = browser.get(f"/board/reckonings/{asked.pk}/sheet/")
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert "渠道清淤" in {str(cell.value) for row in sheet.iter_rows() for cell in row}


def test_a_department_tries_it_on_its_own_alone(year, browser_as) -> None:
    browser = browser_as("部门审核")
    browser.post("/choose/year/", {"year": cast.YEAR, "next": "/"})
    strange = {"organization": str(year.departments["教育局"].pk), "scheme": "gansu-ningxian"}
    assert browser.post("/board/other-book/", strange).status_code == 422
    own = {**strange, "organization": str(year.departments["农业农村局"].pk)}
    assert browser.post("/board/other-book/", own).status_code == 302
    assert {row["project"] for row in Reckoning.objects.get().rows} == {"渠道清淤", "技术培训"}


def test_a_reckoning_is_its_askers_alone(year, browser_as) -> None:
    ask(browser_as("财政管理"), "other-book", year, scheme="gansu-ningxian")
    made = Reckoning.objects.get().pk
    assert browser_as("财政复核").get(f"/board/reckonings/{made}/").status_code == 404
    assert browser_as("财政复核").get(f"/board/reckonings/{made}/sheet/").status_code == 404
    for name in ("填报人", "系统管理员"):
        assert browser_as(name).post("/board/other-book/", {}).status_code == 403
        assert browser_as(name).post("/board/likeness/", {}).status_code == 403


def test_texts_of_two_units_that_are_alike_are_told_with_their_share(year, browser_as) -> None:
    browser = browser_as("财政管理")
    page = ask(browser, "likeness", year).content.decode()
    (row,) = Reckoning.objects.get().rows
    assert {row["one"]["project"], row["other"]["project"]} == {"渠道清淤", "课桌椅购置"}
    assert Decimal(row["share"]) >= 80
    assert "发现 1 对" in page


def test_many_filings_go_to_the_worker_who_tells_how_far_it_is(year, browser_as, monkeypatch) -> None:
    monkeypatch.setattr("jixiao.web.actions.reckoning.AT_ONCE", 1)
    browser = browser_as("财政管理")
    page = ask(browser, "other-book", year, scheme="gansu-ningxian").content.decode()
    made = Reckoning.objects.get()
    assert made.finished_at is None
    assert "正在排队" in page
    job = Job.objects.get(kind=reckonings.JOB, subject=str(made.pk))
    part = browser.get(f"/board/reckonings/{made.pk}/", headers={"HX-Request": "true"})
    assert "hx-trigger" in part.content.decode()
    assert import_string(jobs.KINDS[job.kind])(job.subject) == "已比对 3 份"
    assert (
        import_string(jobs.KINDS[job.kind])(job.subject) == ""
    )  # begun again by another worker, it does nothing
    ready = browser.get(f"/board/reckonings/{made.pk}/", headers={"HX-Request": "true"})
    assert ready.headers["HX-Refresh"] == "true"
    assert "渠道清淤" in browser.get(f"/board/reckonings/{made.pk}/").content.decode()


def test_the_cap_is_kept_and_told(year, browser_as, monkeypatch) -> None:
    monkeypatch.setattr(reckonings, "CAPS", {Reckoning.Kind.LIKENESS: 1, Reckoning.Kind.OTHER_BOOK: 2})
    page = ask(browser_as("财政管理"), "other-book", year, scheme="gansu-ningxian").content.decode()
    assert len(Reckoning.objects.get().rows) == 2
    assert "超出上限未看的 1 份" in page
