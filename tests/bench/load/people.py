"""What 300 people do at the site, for locust: who they are stands in the file that JIXIAO_LOAD_PEOPLE names.

Of twenty, nine clerks type into a table, four look at their papers, four department officials read and decide, two work
at the bureau's board, lists and re-checks, one hands in a file to be checked. A typist types a cell about every
thirteen seconds, while the page asks every twenty who else is here; others look at a page for 10 to 30 seconds. The
pages' scripts and styles are in their browsers already.
"""

import json
import os
import random
from itertools import count, cycle
from pathlib import Path

from locust import FastHttpUser, between, task
from locust.contrib.fasthttp import FastResponse

TOKEN = "a" * 32
PAPER = Path(__file__).parents[3] / "examples" / "村道养护自评表.txt"
_GIVEN = (
    json.loads(Path(os.environ["JIXIAO_LOAD_PEOPLE"]).read_text())
    if "JIXIAO_LOAD_PEOPLE" in os.environ
    else {}
)
_NEXT = {kind: cycle(found) for kind, found in _GIVEN.items()}


class Person(FastHttpUser):
    """Somebody with a session; every figure is kept under what was done, not under each address."""

    abstract = True
    kind = "clerk"
    wait_time = between(10, 30)

    def on_start(self) -> None:
        self.own = next(_NEXT[self.kind])
        self.cookies = {"Cookie": f"jixiao={self.own['session']}; csrftoken={TOKEN}"}

    def look(self, what: str, path: str) -> str:
        with self.client.get(
            path, headers=self.cookies, name=f"页 {what}", allow_redirects=False, catch_response=True
        ) as answer:
            if answer.status_code != 200:
                answer.failure(f"{answer.status_code} {answer.headers.get('Location', '')}")
            return answer.text or ""

    def say(
        self, what: str, path: str, said: dict, fine: tuple[int, ...] = (200, 302), **more: object
    ) -> FastResponse:
        headers = {**self.cookies, "X-CSRFToken": TOKEN}
        with self.client.post(
            path,
            data=said,
            headers=headers,
            name=f"存 {what}",
            allow_redirects=False,
            catch_response=True,
            **more,
        ) as answer:
            if answer.status_code in fine:
                answer.success()
            else:
                answer.failure(f"{answer.status_code} {(answer.text or '')[:200]}")
            return answer


class Typist(Person):
    """A clerk at the table: opens it, types cell after cell, moves on."""

    weight = 9
    wait_time = between(5, 9)

    def on_start(self) -> None:
        super().on_start()
        self.seen: dict[str, int] = {}
        self.texts: dict[str, str] = {}
        self.version, self.numbers = 0, count()
        self.open()

    def open(self) -> None:
        path = f"/filings/{self.own['filing']}/fill/"
        self.look("填报表", path)
        said = {"row": next(iter(self.own["rows"])), "version": "0"}
        told = self.say("在场", f"{path}presence/", said).json()
        rows = {row: found for row, found in told["rows"].items() if row in self.own["rows"]}
        self.version = told["version"]
        self.seen = {row: version for row, (version, *_) in rows.items()}
        self.texts = {row: cells.get("reason", "") for row, (_, cells, _) in rows.items()}

    @task(10)
    def type(self) -> None:
        """Say why a row deviates; its version comes back with the answer. Nobody else has the filing: all are saved."""
        row = random.choice(list(self.texts))
        was, now = self.texts[row], f"第{next(self.numbers)}稿"
        change = [{"row": row, "seen": self.seen[row], "cells": {"reason": [was, now]}}]
        answer = self.say("一格", f"/filings/{self.own['filing']}/fill/row/", {"changes": json.dumps(change)})
        if answer.status_code == 200:
            self.seen[row], self.texts[row] = answer.json()["rows"][row][0], now

    @task(6)
    def poll(self) -> None:
        """Ask who else is here, as the page does by itself."""
        said = {"row": next(iter(self.texts)), "version": str(self.version)}
        self.say("在场", f"/filings/{self.own['filing']}/fill/presence/", said)

    @task(1)
    def margin(self) -> None:
        self.look(
            "行旁说明", f"/filings/{self.own['filing']}/fill/row/?row={random.choice(self.own['rows'])}"
        )

    @task(1)
    def again(self) -> None:
        self.open()


class Clerk(Person):
    """A clerk who looks: the desk, the list, one's filing and what became of it."""

    weight = 4

    @task(3)
    def desk(self) -> None:
        self.look("首页", "/")

    @task(2)
    def listed(self) -> None:
        self.look("材料", "/filings/")

    @task(3)
    def filing(self) -> None:
        self.look("一份材料", f"/filings/{self.own['filing']}/")

    @task(1)
    def history(self) -> None:
        self.look("经过", f"/filings/{self.own['filing']}/history/")

    @task(1)
    def rulebook(self) -> None:
        self.look("口径", "/rulebooks/national-2020/")


class Official(Person):
    """A department official: the desk, what waits, each filing, now and then a decision."""

    weight = 4
    kind = "department"

    @task(2)
    def desk(self) -> None:
        self.look("首页", "/")

    @task(2)
    def listed(self) -> None:
        self.look("材料", "/filings/")

    @task(6)
    def filing(self) -> None:
        self.look("一份材料", f"/filings/{random.choice(self.own['filings'])}/")

    @task(1)
    def accept(self) -> None:
        """Pass a filing on; one that a colleague passed meanwhile says so (409)."""
        found = self.own["filings"]
        one = found.pop(random.randrange(len(found))) if len(found) > 1 else found[0]
        self.say("通过", f"/filings/{one}/act/forward/", {"seen": "3"}, (302, 409, 422))


class Reviewer(Person):
    """The bureau: the board, lists over the whole county, filings, rows of a re-check."""

    weight = 2
    kind = "bureau"

    @task(3)
    def board(self) -> None:
        self.look(
            "看板",
            random.choice(("/board/", "/board/scores/", "/board/unfiled/", "/board/rules/", "/board/full/")),
        )

    @task(4)
    def listed(self) -> None:
        self.look(
            "全县材料",
            random.choice(
                (
                    "/filings/",
                    "/filings/?late=1",
                    "/filings/?order=apart",
                    "/filings/?q=培训",
                    "/filings/?rule=AR04",
                    "/filings/?page=400",
                )
            ),
        )

    @task(4)
    def filing(self) -> None:
        self.look("一份材料", f"/filings/{random.choice(self.own['filings'])}/")

    @task(4)
    def recheck(self) -> None:
        """Open a re-check and type the score of a row."""
        if not self.own["checks"]:
            return
        one = random.choice(self.own["filings"])
        page = self.look("复核", f"/filings/{one}/recheck/")
        key, seen = _between(page, 'data-row="'), _between(page, 'name="seen" value="')
        if key:
            said = {"key": key, "seen": seen or "0", "score": "8", "value": "", "reason": "资料不全"}
            self.say("复核一行", f"/filings/{one}/recheck/row/", said, (200, 409))


class Sender(Person):
    """Somebody with a file to be checked."""

    weight = 1
    wait_time = between(30, 60)

    @task
    def check(self) -> None:
        given = {"files": {"dropped": (f"{random.randrange(10**6)}.txt", PAPER.read_bytes())}}
        answer = self.say("送检文件", "/checks/new/", {}, (302,), **given)
        if answer.status_code == 302:
            self.look("检查", answer.headers["Location"])


class Visitor(FastHttpUser):
    """Somebody at the bare page, as often as others are at a page."""

    wait_time = between(10, 30)

    @task
    def page(self) -> None:
        self.client.get("/", name="页 空白页")


def _between(page: str, before: str) -> str:
    return page.partition(before)[2].partition('"')[0]
