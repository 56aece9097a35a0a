"""Many people save the same few filings at once: `python -m tests.web.together [--people 50] [--filings 20] [--postgres]`.

Everybody adds a word of their own to the note of some row, again and again, to what they saw there last; told that
somebody else changed it meanwhile, they look anew and add it to that. Then every word that was acknowledged must stand
there, and none twice. Prints one line; a test does it with few.
"""

import argparse
import json
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import requests

from tests.web import postgres
from tests.web.faults import SAFE, Site

ROWS = ("r1", "r2")
TOKEN = "t" * 32
PATIENCE = 1000  # clashes of one save


@dataclass(slots=True)
class Tally:
    """The words that were acknowledged, by filing, and how often somebody had to look anew."""

    words: dict[int, list[str]] = field(default_factory=dict)
    clashes: int = 0
    seconds: list[float] = field(default_factory=list)


def try_it(people: int, filings: int, saves: int, *, on_postgres: bool) -> dict[str, object]:
    """Let them work until each has saved so often; return what there is to say."""
    server = postgres.cluster(SAFE) if on_postgres else nullcontext("")
    with tempfile.TemporaryDirectory(prefix="jixiao-together-") as folder, server as database:
        site = Site(Path(folder), database)
        try:
            return _tried(site, people, filings, saves)
        finally:
            if site.process is not None:
                site.kill()


def _tried(site: Site, people: int, filings: int, saves: int) -> dict[str, object]:
    site.run("jixiao.web", "migrate", "-v0")
    made = json.loads(site.run("tests.web.faults_world", "crowd", str(people), str(filings)))
    site.start()
    site.ready()
    tallies = [Tally() for _ in made["sessions"]]
    threads = [
        threading.Thread(target=_types, args=(site, session, made["drafts"], saves, tally))
        for session, tally in zip(made["sessions"], tallies, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stands = json.loads(site.run("tests.web.faults_world", "typed", json.dumps(made["drafts"])))
    words = [(filing, word) for tally in tallies for filing, own in tally.words.items() for word in own]
    times = sorted(taken for tally in tallies for taken in tally.seconds)
    counts = Counter(stands[str(filing)].count(f"‹{word}›") for filing, word in words)
    return {
        "saved": len(words), "clashes": sum(tally.clashes for tally in tallies), "lost": counts[0],
        "twice": len(words) - counts[0] - counts[1], "median ms": round(1000 * times[len(times) // 2]),
        "asked": people * saves,
    }  # fmt: skip


def _types(site: Site, session: str, drafts: list[int], saves: int, tally: Tally) -> None:
    chance = random.Random(session)
    client = requests.Session()
    client.cookies.update({"jixiao": session, "csrftoken": TOKEN})
    client.headers["X-CSRFToken"] = TOKEN
    for number in range(saves):
        filing, row, word = chance.choice(drafts), chance.choice(ROWS), f"{session[:6]}.{number}"
        for _ in range(PATIENCE):
            if _said(site, client, filing, row, word, tally):
                break
            tally.clashes += 1
        else:
            raise AssertionError(f"{word} could not be saved")
        tally.words.setdefault(filing, []).append(word)


def _said(site: Site, client: requests.Session, filing: int, row: str, word: str, tally: Tally) -> bool:
    """Look at a row and add a word to it; False where somebody else was there between."""
    place = f"{site.address}/filings/{filing}/fill"
    seen = client.post(f"{place}/presence/", data={"row": row, "version": "0"}, timeout=120).json()
    version, cells, _ = seen["rows"].get(row, (0, {}, ""))
    was = cells.get("reason", "")
    change = [{"row": row, "seen": version, "cells": {"reason": [was, f"{was}‹{word}›"]}}]
    start = time.perf_counter()
    answer = client.post(f"{place}/row/", data={"changes": json.dumps(change)}, timeout=120)
    tally.seconds.append(time.perf_counter() - start)
    assert answer.status_code in {200, 409}, answer.text[:500]
    return answer.status_code == 200


if __name__ == "__main__":
    words = argparse.ArgumentParser()
    words.add_argument("--people", type=int, default=50)
    words.add_argument("--filings", type=int, default=20)
    words.add_argument("--saves", type=int, default=20, help="of each")
    words.add_argument("--postgres", action="store_true")
    given = words.parse_args()
    told = try_it(given.people, given.filings, given.saves, on_postgres=given.postgres)
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    sys.exit(1 if told["lost"] or told["twice"] else 0)
