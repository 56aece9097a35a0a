"""What filling in costs the server: `python -m tests.bench.filling [ROWS …]` prints milliseconds a request.

The pages are asked of Django itself, without a socket, on SQLite in a folder of its own; the time is the processor's,
because other work on the machine is none of the page's. `--profile ACT` prints where the time of one of them goes.
"""
# ruff: noqa: PLC0415 - the tables can be imported once Django is set up

import argparse
import cProfile
import json
import os
import pstats
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from types import SimpleNamespace

ROUNDS, PASTED, SCHEME = 9, 20, "national-2020"
CLASSES = (
    ("产出指标", "数量指标", 50), ("产出指标", "质量指标", 50), ("效益指标", "社会效益指标", 30),
    ("满意度指标", "服务对象满意度指标", 10),
)  # fmt: skip


def main() -> None:
    """Print a line a number of rows."""
    words = argparse.ArgumentParser()
    words.add_argument("rows", nargs="*", type=int, default=[10, 30, 60])
    words.add_argument("--profile", default="")
    told = words.parse_args()
    with TemporaryDirectory(prefix="jixiao-bench-") as folder:
        _set_up(folder)
        for rows in told.rows:
            page = _Page(rows)
            if told.profile:
                _profiled(dict(page.acts())[told.profile])
                continue
            times = (f"{name} {_milliseconds(act, page.mend):.0f}" for name, act in page.acts())
            sys.stdout.write(f"{rows} 行（处理器毫秒）：{'，'.join(times)}\n")


def _set_up(folder: str) -> None:
    os.environ.pop("JIXIAO_DATABASE", None)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "jixiao.web.settings", "JIXIAO_HOME": folder, "JIXIAO_MODE": "county",
    }  # fmt: skip
    import django

    from jixiao.web.house import furnish

    furnish(Path(folder))
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


class _Page:
    """A filing with so many rows, and the requests that somebody makes who fills it in."""

    def __init__(self, rows: int) -> None:
        from django.test import Client

        from jixiao.web.models import Organization
        from tests.web import cast

        known = Organization.objects.count()
        self.county = cast.county() if not known else None
        if self.county is None:
            from jixiao.web.models import User

            units = {"农技站": Organization.objects.get(name="青禾县农技站")}
            self.county = SimpleNamespace(units=units, people={"填报人": User.objects.get(name="填报人")})
        self.submission = cast.blank(self.county, f"甲{rows}")
        cast.draft(self.submission, tuple(_row(n) for n in range(rows)), SCHEME)
        self.client = Client(HTTP_HOST="localhost")
        clerk = self.county.people["填报人"]
        self.client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
        self.numbers, self.added = count(1), ""

    def acts(self) -> list[tuple[str, Callable[[], object]]]:
        """Return what somebody does, in words, and how to do it."""
        return [
            ("打开", lambda: self._ok(self.client.get(self._to("filling")))),
            ("存一格", self._save),
            ("点一行", lambda: self._ok(self.client.get(self._to("filling_row"), {"row": "r2"}))),
            ("加一行", self._add),
            (
                "移一行",
                lambda: self._rows(act="move", row="r2", steps="1" if next(self.numbers) % 2 else "-1"),
            ),
            (f"粘贴 {PASTED} 行", self._paste),
        ]

    def _to(self, name: str) -> str:
        from django.urls import reverse

        return reverse(name, args=[self.submission.pk])

    def _ok(self, answer: object) -> object:
        assert answer.status_code == 200, answer.content.decode()[:2000]  # type: ignore[attr-defined]
        return answer

    def _save(self) -> object:
        cells = {"actual": [self._cell("actual"), f"{next(self.numbers)}"]}
        changes = json.dumps([{"row": "r1", "seen": 10**9, "cells": cells}])
        return self._ok(self.client.post(self._to("filling_row"), {"changes": changes}))

    def _cell(self, key: str) -> str:
        from jixiao.web.models import Draft

        return (
            Draft.objects.get(submission=self.submission).content["self"]["rows"]["r1"]["cells"].get(key, "")
        )

    def _add(self) -> object:
        answer = self._rows(act="add", row="r1")
        self.added = next(iter(answer.json()["rows"]))  # type: ignore[attr-defined]
        return answer

    def mend(self) -> None:
        """Take the row away again that was added, so that the table stays as long as it was."""
        if self.added:
            self._rows(act="remove", row=self.added, seen=str(10**9))
            self.added = ""

    def _rows(self, **told: str) -> object:
        return self._ok(self.client.post(self._to("filling_rows"), told))

    def _paste(self) -> object:
        lines = [f"农户第{n}批培训\t≥\t{n + next(self.numbers)}\t人" for n in range(PASTED)]
        told = {"act": "paste", "row": "r1", "key": "level3", "text": "\n".join(lines)}
        seen = {f"r{n}": 10**9 for n in range(1, 400)}
        return self._rows(**told, seen=json.dumps(seen))


def _row(n: int) -> dict[str, str]:
    level1, level2, _ = CLASSES[min(n * len(CLASSES) // 30, len(CLASSES) - 1)]
    return {
        "level1": level1, "level2": level2, "level3": f"第{n + 1}片农田管护面积", "sign": "≥", "target": f"{1200 + n}",
        "unit": "亩", "actual": f"{1100 + 5 * n}", "points": "3", "score": "2.5" if n % 3 == 0 else "",
        "reason": f"第{n + 1}片因修路少管护了一部分，已列入下年计划。" if n % 2 else "",
    }  # fmt: skip


def _milliseconds(act: Callable[[], object], after: Callable[[], object]) -> float:
    _once(act, after)
    return median(_once(act, after) for _ in range(ROUNDS)) * 1000


def _once(act: Callable[[], object], after: Callable[[], object]) -> float:
    start = process_time()
    act()
    spent = process_time() - start
    after()
    return spent


def _profiled(act: Callable[[], object]) -> None:
    act()
    profile = cProfile.Profile()
    profile.enable()
    for _ in range(5):
        act()
    profile.disable()
    pstats.Stats(profile).sort_stats("cumulative").print_stats(70)


if __name__ == "__main__":
    main()
