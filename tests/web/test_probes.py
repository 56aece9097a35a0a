"""Attackers' words typed into every form and every query, by whom each form is for: nothing runs, leaks or breaks."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from tests.web import world
from tests.web.matrix import MATRIX, NOBODY, PEOPLE
from tests.web.probes import ALL, LEAKS, MARK, Page
from tests.web.test_access_matrix import answer_to, browser

QUERY = (
    "q",
    "page",
    "who",
    "role",
    "state",
    "action",
    "first",
    "last",
    "at",
    "below",
    "next",
    "year",
    "sort",
    "order",
)
# Whoever of the cast sees a kind of page that the others don't.
EYES = ("填报人", "部门审核", "财政管理", "系统管理员", "安全管理员", "审计管理员")
WORDS = {"text", "search", "textarea", "email", "url", "hidden", "password", "number", "date", "tel"}
KEPT = {"csrfmiddlewaretoken", "token"}


def pages(name: str, things: world.Things) -> list[str]:
    """Return the addresses of all pages that somebody may look at."""
    found = []
    for url, takes in world.urls().items():
        if name in MATRIX[url].get.split() and not url.startswith("rest:"):
            found.append(reverse(url, kwargs=world.args_of(url, takes, things, 0)))
    return found


def faults(answer, asked: str) -> list[str]:
    """Return what is wrong with an answer: it broke, it tells of the inside, or something in it would run."""
    found = [f"{asked}: {answer.status_code}"] if answer.status_code >= 500 else []
    kind = answer.headers.get("Content-Type", "")
    if answer.streaming or not kind.startswith("text/html"):
        return found
    text = answer.content.decode()
    page = Page(text)
    found += [f"{asked} tells {leak}" for leak in LEAKS if leak in text]
    found += [f"{asked} has an inline script: {script}" for script in page.inline]
    found += [f"{asked} has {event}" for event in page.events]
    return (
        [*found, f"{asked} worked a template out"]
        if f"{{{{ {MARK} }}}}" in asked and "SESSION_COOKIE" in text
        else found
    )


def typed(form: dict, probe: str) -> dict[str, str]:
    """Return a form with a probe in every field that takes words."""
    fields = form["fields"].items()
    return {name: value if name in KEPT or kind not in WORDS else probe for name, (kind, value) in fields}


@pytest.mark.slow
@pytest.mark.parametrize("name", EYES)
def test_no_page_has_anything_that_runs(county, name) -> None:
    client, things = browser(county, name), world.near(county)
    found = [fault for path in pages(name, things) for fault in faults(client.get(path), path)]
    assert not found, "\n".join(found)


@pytest.mark.slow
@pytest.mark.parametrize("name", EYES)
def test_probes_in_every_form_and_query_find_nothing(county, name) -> None:
    client, things = browser(county, name), world.near(county)
    found: list[str] = []
    for number, path in enumerate(pages(name, things)):
        answer = client.get(path)
        html = answer.headers.get("Content-Type", "").startswith("text/html") and not answer.streaming
        forms = Page(answer.content.decode()).forms if html else []
        probe = ALL[number % len(ALL)]
        asked = f"{path}?{urlencode(dict.fromkeys(QUERY, probe))}"
        found += faults(answer_to(client, "GET", asked, {}), asked)
        for form, probe in ((form, probe) for form in forms for probe in ALL[number % 3 :: 3]):
            data, to = typed(form, probe), form["action"] or path
            if form["method"] == "get":
                to = f"{to}?{urlencode(data)}"
            if to.startswith("/log" + "out"):
                continue
            method = form["method"].upper()
            found += faults(answer_to(client, method, to, data), f"{method} {to} {probe!r}")
    assert not found, "\n".join(dict.fromkeys(found))


@pytest.mark.slow
def test_what_was_typed_is_shown_as_it_was_typed(county) -> None:
    """Stored: a name of markup stands on every page that shows it, and runs on none."""
    name = f"<script>alert('{MARK}')</script>"
    things = world.near(county)
    for model in (world.Project, type(county.bureau), type(county["填报人"])):
        for one in model.objects.all():
            model.objects.filter(pk=one.pk).update(name=f"{name}{one.pk}")
    found = []
    for who in EYES:
        client = browser(county, who)
        for path in pages(who, things):
            found += faults(client.get(path), f"{who} {path}")
    assert not found, "\n".join(found)


@pytest.mark.slow
def test_ids_of_others_all_answer_alike(county) -> None:
    """A stranger who counts through the ids learns nothing: what isn't theirs is as if it weren't."""
    things = world.near(county)
    stranger = browser(county, "外单位填报人")
    last = max(getattr(things, name) for name in ("filing", "check", "checked", "token", "reckoning", "view"))
    found = []
    for url, takes in world.urls().items():
        if takes[:1] != ("pk",) or url.startswith("rest:") or "外单位填报人" in MATRIX[url].get.split():
            continue
        for pk in range(1, last + 3):
            args = {**world.args_of(url, takes, things, 0), "pk": pk}
            code = answer_to(stranger, "GET", reverse(url, kwargs=args), {}).status_code
            if code not in {403, 404, 405}:
                found.append(f"{url} {pk}: {code}")
    assert not found, "\n".join(found)


def test_the_taker_apart_sees_what_would_run() -> None:
    page = Page(
        '<a href="javascript:x">a</a><b onclick="x()">b</b><script>x()</script><script src="/x.js"></script>'
    )
    assert page.events == ["<a href=javascript:x>", "<b onclick>"]
    assert page.inline == ["x()"]


def test_every_pair_of_eyes_is_of_the_cast() -> None:
    assert {*EYES, NOBODY} <= {*PEOPLE.split(), NOBODY}
