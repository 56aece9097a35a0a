"""The year and the organisation at the top of every page: kept for one's own session, and for nobody else's."""

import pytest

from jixiao.web import desk, places, years
from jixiao.web.models import Membership, Submission
from jixiao.web.workflow import Role, State
from tests.web import cast


def test_a_chosen_year_is_kept_and_one_goes_back_to_where_one_was(browser_as) -> None:
    browser = browser_as("财政复核")
    answer = browser.post("/choose/year/", {"year": "2023", "next": "/password/?a=1"})
    assert (answer.status_code, answer.url) == (302, "/password/?a=1")
    assert "2023 年度" in browser.get("/password/").content.decode()
    assert f"{years.usual()} 年度" in browser_as("填报人").get("/password/").content.decode()


@pytest.mark.parametrize("year", ["", "abc", "1900", "99999"])
def test_what_is_no_year_changes_nothing(browser_as, year) -> None:
    browser = browser_as("财政复核")
    browser.post("/choose/year/", {"year": year})
    assert "year" not in browser.session


def test_nobody_is_sent_to_another_site(browser_as) -> None:
    answer = browser_as("财政复核").post("/choose/year/", {"year": "2023", "next": "https://example.com/"})
    assert answer.url == "/"


def test_whoever_has_not_logged_in_chooses_nothing(client, county) -> None:
    for way in ("/choose/year/", "/choose/place/"):
        assert client.post(way, {"year": "2023", "place": ""}).url.startswith("/login/")


def test_an_organisation_of_ones_own_narrows_what_is_seen_and_another_does_not(
    county, browser_as, rf
) -> None:
    clerk, other = county["填报人"], county.units["水务站"]
    Membership.objects.create(user=clerk, organization=other, role=Role.CLERK)
    for name, unit in (("甲", "农技站"), ("乙", "水务站"), ("丙", "水务站")):
        cast.submission(county, name, unit)
    browser = browser_as("填报人")
    browser.post("/choose/year/", {"year": str(cast.YEAR)})
    assert seen(browser) == "3 件"
    browser.post("/choose/place/", {"place": str(other.pk)})
    assert seen(browser) == "2 件"
    browser.post("/choose/place/", {"place": str(county.units["第一小学"].pk)})
    assert seen(browser) == "2 件"
    browser.post("/choose/place/", {"place": ""})
    assert seen(browser) == "3 件"


def seen(browser) -> str:
    page = browser.get("/password/").content.decode()
    count = page.partition('class="count">')[2].partition("<")[0]
    return f"{count} 件"


def test_a_place_that_one_has_left_is_no_longer_looked_at(county, rf) -> None:
    request = rf.get("/")
    request.user, request.session = county["填报人"], {}
    places.choose(request, county.units["农技站"])
    assert places.current(request) == county.units["农技站"]
    Membership.objects.filter(user=county["填报人"]).delete()
    assert places.current(request) is None


def test_on_the_desk_lies_what_waits_for_ones_own_role_and_year(county) -> None:
    for number, state in enumerate(State):
        cast.submission(county, f"项目{number}", state=state)
    of = lambda name, year=cast.YEAR: {one.state for one in desk.on_desk(county[name], year)}  # noqa: E731
    assert of("填报人") == {"targets_draft", "monitoring", "self_draft", "rectifying"}
    assert of("部门审核") == {"targets_at_department", "at_department"}
    assert of("财政复核") == {"targets_at_bureau", "at_bureau", "sampled", "rectified"}
    assert of("填报人", cast.YEAR - 1) == of("外单位填报人") == of("审计只读") == of("系统管理员") == set()
    assert Submission.objects.count() == len(State)
