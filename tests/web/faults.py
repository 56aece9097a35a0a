"""Kills the server, its worker and the database while people save, move and upload; then looks what became of it.

`python -m tests.web.faults --times 200 [--postgres] [--seed S]` prints one line. What was acknowledged must be there, what
wasn't is whole or absent, and nothing is there twice. With --postgres half of the kills are those of the database: one of
its connections, its first process, or all of them, at times together with the site; whoever asks meanwhile must be told
to try again. A test runs it a few times only.
"""

import argparse
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path

import requests

from tests.web import postgres

ROOT = Path(__file__).parents[2]
PAPER = ROOT / "examples" / "村道养护自评表.txt"
PATIENCE = 90
SAID = "请稍等再试一次"
# What a site is not told of: another's settings; and to count its lines, which a killed process can't tell anyway.
_LEFT = ("JIXIAO_", "DJANGO_", "COV_", "COVERAGE_")
_ROUND = 20  # kills between two words of how far it is
SAFE = "-c fsync=off"  # the machine doesn't fall: what is written outlives its process


@dataclass(slots=True)
class Kept:
    """What was acknowledged to one person, and what was asked for and never answered."""

    acknowledged: dict[str, str] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    done: int = 0
    unanswered: int = 0
    failed: Counter[int] = field(default_factory=Counter)
    unclear: list[str] = field(default_factory=list)


class Site:
    """The site as a group of processes: started, killed in part or whole, started again."""

    def __init__(self, home: Path, database: str) -> None:
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = found.getsockname()[1]
        own = {k: v for k, v in os.environ.items() if not k.startswith(_LEFT)}
        self.own = {**own, "JIXIAO_HOME": str(home), "JIXIAO_MODE": "county", "JIXIAO_DATABASE": database}
        self.process = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def run(self, *words: str) -> str:
        command = [sys.executable, "-m", *words]
        return subprocess.run(
            command, check=True, env=self.own, cwd=ROOT, capture_output=True, text=True
        ).stdout

    def start(self) -> None:
        command = [sys.executable, "-m", "jixiao.web", "serve", "--port", str(self.port)]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(command, env=self.own, start_new_session=True, **quiet)

    def ready(self) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with suppress(requests.RequestException):
                if requests.get(f"{self.address}/health/", timeout=10).status_code == 200:
                    return
            if self.process.poll() is not None:
                self.start()
            time.sleep(0.2)
        raise AssertionError("the site didn't come up again")

    def children(self) -> list[int]:
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(number) for number in listed.read_text().split()] if listed.exists() else []

    def kill_one(self, chosen: random.Random) -> str:
        """Kill -9 a process of the site, or all of it; return what was killed."""
        below = self.children()
        if not below or chosen.random() < 0.3:
            self.kill()
            self.start()
            return "site"
        with suppress(ProcessLookupError):
            os.kill(chosen.choice(below), signal.SIGKILL)
        return "process"

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Person:
    """Somebody at a browser who never gives up, and remembers what was acknowledged."""

    def __init__(self, site: Site, username: str, password: str) -> None:
        self.site, self.username, self.password, self.kept = site, username, password, Kept()
        self.client = requests.Session()

    def log_in(self) -> None:
        self.client.get(f"{self.site.address}/login/", timeout=20)
        said = {"username": self.username, "password": self.password, **self.token}
        answer = self.client.post(f"{self.site.address}/login/", data=said, allow_redirects=False, timeout=20)
        assert answer.status_code == 302

    @property
    def token(self) -> dict[str, str]:
        return {"csrfmiddlewaretoken": self.client.cookies.get("csrftoken", "")}

    def ask(self, path: str, said: dict, **more: object) -> requests.Response | None:
        """Send a form; None where no answer came, or one that says the server failed."""
        try:
            answer = self.client.post(
                f"{self.site.address}{path}",
                data={**said, **self.token},
                allow_redirects=False,
                timeout=20,
                **more,
            )
        except requests.RequestException:
            answer = None
        if answer is None:
            self.kept.unanswered += 1
            return None
        if answer.status_code >= 500:
            self.fail(path, answer)
            return None
        self.kept.done += 1
        return answer

    def fail(self, path: str, answer: requests.Response) -> None:
        """Note an answer that the server failed; it must say to try again, and not how it failed."""
        self.kept.failed[answer.status_code] += 1
        if answer.status_code != 503 or SAID not in answer.text or "Traceback" in answer.text:
            self.kept.unclear.append(f"{path} was answered with {answer.status_code}: {answer.text[:300]}")


def types(person: Person, filing: int, stop: threading.Event) -> None:
    """Save a cell again and again, each time another text, resending what wasn't answered."""
    row, version, was, number = "", 0, "", 0
    while not stop.is_set():
        if not row:
            answer = person.ask(f"/filings/{filing}/fill/rows/", {"act": "add", "row": ""})
            if answer is not None and answer.status_code == 200:
                row, (version, *_) = list(answer.json()["rows"].items())[-1]
            continue
        now = f"第{number}次"
        changes = json.dumps([{"row": row, "seen": version, "cells": {"level3": [was, now]}}])
        person.kept.asked[f"{filing}|{row}"] = now
        answer = person.ask(f"/filings/{filing}/fill/row/", {"changes": changes})
        if answer is None:
            time.sleep(0.1)
            continue
        assert answer.status_code == 200, answer.text[:500]
        version, was, number = answer.json()["rows"][row][0], now, number + 1
        person.kept.acknowledged[f"{filing}|{row}"] = now


def moves(person: Person, filing: int, stop: threading.Event) -> None:
    """Take an accepted filing into the sample and out of it, over and over."""
    version, actions = 0, ("spot_check", "pass_spot_check")
    while not stop.is_set():
        answer = person.ask(f"/filings/{filing}/act/{actions[version % 2]}/", {"seen": version})
        if answer is None:
            time.sleep(0.1)
            continue
        assert answer.status_code in {302, 409, 422}, answer.text[:500]
        version += 1  # 409: the act before it was done and its answer lost
        person.kept.acknowledged[f"moved|{filing}"] = str(version)


def uploads(person: Person, filing: int, stop: threading.Event) -> None:
    """Hand in file after file to be checked, each under a name of its own."""
    number, data = 0, PAPER.read_bytes() if PAPER.exists() else b""
    while not stop.is_set():
        name, number = f"第{number}份.txt", number + 1
        answer = person.ask("/checks/new/", {}, files={"dropped": (name, data)})
        if answer is not None:
            assert answer.status_code == 302, answer.text[:500]
            person.kept.acknowledged[f"file|{name}"] = "1"
        stop.wait(1)


def _works(do: Callable, person: Person, filing: int, stop: threading.Event) -> None:
    """Let somebody work; what stops them before the end is a fault."""
    try:
        do(person, filing, stop)
    except Exception as error:  # noqa: BLE001 - of whatever kind it is
        person.kept.unclear.append(f"{person.username} could not go on: {error!r}")


def try_it(times: int, seed: int, *, on_postgres: bool) -> dict[str, object]:
    """Kill so many times while three people work; return what there is to say."""
    made = postgres.server(postgres.DURABLE) if on_postgres else nullcontext()
    with tempfile.TemporaryDirectory(prefix="jixiao-faults-") as folder, made as server:
        site = Site(Path(folder), server.address if server else "")
        try:
            return _told(site, lambda: _killed(site, server, times, random.Random(seed)))
        finally:
            if site.process is not None:
                site.kill()


def _told(site: Site, kill: Callable[[], dict[str, int]]) -> dict[str, object]:
    site.run("jixiao.web", "migrate", "-v0")
    made = json.loads(site.run("tests.web.faults_world", "make"))
    site.start()
    site.ready()
    people = [Person(site, name, made["password"]) for name in ("u01", "u07", "u04")]
    for person in people:
        person.log_in()
    started = people[0].ask(
        f"/filings/{made['draft']}/fill/start/", {"what": "blank", "scheme": "national-2020"}
    )
    assert started is not None
    assert started.status_code in {302, 422}, started.text[-3000:]  # 422: the cast has begun it
    stop = threading.Event()
    work = ((types, "draft"), (moves, "accepted"), (uploads, "draft"))
    threads = [
        threading.Thread(target=_works, args=(do, person, made[which], stop))
        for person, (do, which) in zip(people, work, strict=True)
    ]
    for thread in threads:
        thread.start()
    killed = kill()
    stop.set()
    for thread in threads:
        thread.join()
    time.sleep(1)
    kept = {key: text for person in people for key, text in person.kept.acknowledged.items()}
    asked = {key: text for person in people for key, text in person.kept.asked.items()}
    faults = json.loads(
        site.run("tests.web.faults_world", "look", json.dumps({"kept": kept, "asked": asked, **made}))
    )
    site.kill()
    counts = {
        "answered": sum(p.kept.done for p in people),
        "unanswered": sum(p.kept.unanswered for p in people),
        "failed": sum((p.kept.failed for p in people), Counter()),
    }
    unclear = [said for person in people for said in person.kept.unclear]
    return {"killed": killed, **counts, "faults": faults + unclear}


def _killed(site: Site, server: postgres.Cluster | None, times: int, chosen: random.Random) -> dict[str, int]:
    counts = Counter()
    for number in range(times):
        time.sleep(chosen.uniform(0.2, 1.5))
        if server is None or number % 2:
            counts[site.kill_one(chosen)] += 1
        else:
            counts.update(_database_killed(site, server, chosen))
        site.ready()
        if number % _ROUND == _ROUND - 1:
            sys.stderr.write(f"{number + 1} kills\n")
    return counts


def _database_killed(site: Site, server: postgres.Cluster, chosen: random.Random) -> list[str]:
    """Kill the database or a part of it, at times with the whole site, and start it again after a while."""
    what = chosen.choice(postgres.KILLS)
    server.kill(what)
    both = chosen.random() < 0.2
    if both:
        site.kill()
        site.start()
    time.sleep(chosen.uniform(0, 2))
    if what == "connection":  # the server sees to it itself
        server.ready()
    else:
        server.start()
    return [f"database: {what}", *(["site with it"] if both else [])]


if __name__ == "__main__":
    words = argparse.ArgumentParser()
    words.add_argument("--times", type=int, default=200)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--postgres", action="store_true")
    given = words.parse_args()
    told = try_it(given.times, given.seed, on_postgres=given.postgres)
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    sys.exit(1 if told["faults"] else 0)
