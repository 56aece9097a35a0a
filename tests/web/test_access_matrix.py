"""Who may do what: every URL, by GET and POST, as everybody, at what is theirs and what isn't, against `matrix`."""

from collections.abc import Iterator
from copy import copy
from importlib import import_module
from itertools import product

import pytest
from django.db import transaction
from django.template import loader
from django.test import Client
from django.urls import reverse

from jixiao.web import access
from tests.web import world
from tests.web.cast import CAST
from tests.web.matrix import EVERYBODY, MATRIX, NO, NOBODY, Row

REFUSED = {401, 403, 404}
NAMES = [name for name, _, _ in CAST] + [NOBODY]
METHODS = ("GET", "POST")


@pytest.fixture
def without_looks(monkeypatch) -> None:
    """Answers without their pages: there are thousands, and who gets in doesn't hang on how it looks."""
    import_module("jixiao.web.urls")  # all views, before: they must not keep what is put here
    monkeypatch.setattr(loader, "render_to_string", lambda *_, **__: "")


def browser(county, name: str) -> Client:
    client = Client()
    if name != NOBODY:
        client.force_login(county[name], backend="django.contrib.auth.backends.ModelBackend")
    return client


def gets_in(answer) -> bool:
    to_log_in = answer.status_code == 302 and answer["Location"].startswith("/login/?")
    return answer.status_code not in REFUSED and not to_log_in


def answer_to(client, method: str, address: str, data: dict[str, object]):
    """Ask, and undo whatever was done."""
    cookies = copy(client.cookies)
    with transaction.atomic():
        answer = client.get(address) if method == "GET" else client.post(address, data)
        list(answer) if answer.streaming else None
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


def holes(client, name: str, sides: dict[str, world.Things]) -> Iterator[str]:
    """Yield every URL and method that answers one person otherwise than the matrix says."""
    for (url, takes), where, method in product(world.urls().items(), sides, METHODS):
        if takes or where == "near":
            address = reverse(url, kwargs=world.args_of(url, takes, sides[where], list(sides).index(where)))
            code = strange(client, (name, method, where), address, MATRIX[url])
            if code is not None:
                yield f"{name}: {method} {address} ({url}, {where}) answers {code}"


def strange(client, asked: tuple[str, str, str], address: str, row: Row) -> int | None:
    """Return the status where it isn't what the matrix says."""
    name, method, where = asked
    who = row.who(method, where)
    if who != NO:
        answer = answer_to(client, method, address, row.data)
        right = gets_in(answer) is (name in who.split()) and answer.status_code not in {405, 500}
        return None if right else answer.status_code
    other = row.who("GET" if method == "POST" else "POST", where).split()
    if name != (other or [""])[0]:
        return None  # one who gets in tries the method that there isn't; before all others stands the gate
    answer = answer_to(client, method, address, row.data)
    return None if answer.status_code == 405 else answer.status_code


def test_every_url_stands_in_the_matrix_and_in_the_pages() -> None:
    assert set(world.urls()) == set(MATRIX)
    assert set(MATRIX) == set(access.PAGES)


def test_the_gate_lets_in_whom_the_matrix_does(county) -> None:
    faults = []
    for url, row in MATRIX.items():
        who = {
            name for method in METHODS for where in ("near", "far") for name in row.who(method, where).split()
        }
        for name in NAMES:
            opens = access.may_open(url, None if name == NOBODY else county[name])
            if name in who and not opens:
                faults.append(f"{url} doesn't open for {name}")
    assert not faults, "\n".join(faults)


@pytest.mark.slow
@pytest.mark.no_cover  # thousands of answers whose views the tests of each noun are counted on
def test_everybody_gets_in_where_the_matrix_says_and_nowhere_else(county, without_looks, settings) -> None:
    settings.MAIL = "smtp://localhost"  # or there is no page for it
    sides = {"near": world.near(county), "far": world.far(county)}
    found = [hole for name in NAMES for hole in holes(browser(county, name), name, sides)]
    assert not found, "\n".join(["", *found])


def test_the_matrix_speaks_of_the_cast_alone() -> None:
    named = {who for row in MATRIX.values() for who in f"{row.get} {row.post}".split()}
    assert named - {NO} <= set(EVERYBODY.split()) == set(NAMES)
