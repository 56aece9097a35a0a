"""Read damaged files by the thousand: `python -m tests.formats.mutating --format xls --count 10000 [--seed 1]`.

Every file is read as a user's is, by `formats.read`, binary formats in their process apart, and is answered by a page
or by one sentence. What is no such answer, and what took too long or too much, is reported; file N of a seed is always
the same, and `--keep FOLDER` writes those that were reported.
"""

import argparse
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from jixiao import formats
from jixiao.errors import UnreadableError
from jixiao.formats import guard
from tests.formats.mutations import damaged
from tests.formats.seeds import SEEDS

MB = 1024
KINDS = {
    "用时超过": "hung",
    "内存超过": "full",
    "中途停止": "died",
    "读取时出错": "fault",
    "无法启动": "no process",
}
STRANGE = frozenset({*KINDS.values(), "crash", "nothing", "no sentence"})


@dataclass(slots=True)
class Report:
    """How many files were answered how, the slowest of them (seconds), and the highest memory of a reading process (kB)."""

    answers: Counter[str] = field(default_factory=Counter)
    slowest: list[tuple[float, str]] = field(default_factory=list)
    strange: dict[str, str] = field(default_factory=dict)
    peak: int = 0

    def add(self, name: str, said: str, took: float) -> None:
        answer = kind_of(said, name)
        self.answers[answer] += 1
        self.slowest = sorted([*self.slowest, (took, name)], reverse=True)[:5]
        self.peak = max([self.peak, *map(memory, guarded())])
        if answer in STRANGE:
            self.strange[name] = said


def files(form: str, count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """The damaged files of a format with their names; a seed gives the same ones every time."""
    sound = SEEDS[form]()
    for number in range(count):
        chance = random.Random(f"{form} {seed} {number}")
        name = chance.choice(tuple(sound))
        yield f"{form}-{seed}-{number}", damaged(chance, form, sound[name])


def answer(data: bytes, name: str) -> str:
    """Read a file as anybody would; "read" or what was said."""
    try:
        page = formats.read(data, name=name)
    except UnreadableError as refusal:
        return str(refusal)
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        return f"crash: {type(error).__name__}: {error}"
    return "read" if page.blocks or page.doubts else "nothing"


def kind_of(said: str, name: str) -> str:
    if said == "read" or said.startswith(("nothing", "crash")):
        return said.partition(":")[0]
    if not said.startswith(f"“{name}”：") or said.count("。") != 1 or "\n" in said:
        return "no sentence"
    return next((kind for words, kind in KINDS.items() if words in said), "refused")


def guarded() -> list[int]:
    """The reading processes that are alive."""
    return [child.process.pid for child in guard._WARD.children.values() if child.alive]


def memory(process: int) -> int:
    """The most memory that a process has held so far, in kB; 0 where the system doesn't tell."""
    try:
        status = Path(f"/proc/{process}/status").read_text("ascii")
        return int(status.split("VmHWM:")[1].split()[0])
    except (OSError, IndexError):
        return 0


def run(form: str, count: int, seed: int, keep: Path | None = None) -> Report:
    guard.close()  # what other files have cost is none of this report
    report = Report()
    for batch in batched(files(form, count, seed)):
        formats.ahead([data for _, data in batch])  # as a folder's are
        for name, data in batch:
            started = time.perf_counter()
            said = answer(data or b"\0", name)
            report.add(name, said, time.perf_counter() - started)
            if keep is not None and name in report.strange:
                (keep / name).write_bytes(data)
    return report


def batched(named: Iterator[tuple[str, bytes]]) -> Iterator[list[tuple[str, bytes]]]:
    while batch := list(islice(named, formats.AHEAD)):
        yield batch


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--format", choices=[*SEEDS, "all"], default="all")
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    worst = 0
    for form in SEEDS if asked.format == "all" else (asked.format,):
        report = run(form, asked.count, asked.seed, asked.keep)
        slowest = ", ".join(f"{name} {took:.2f} s" for took, name in report.slowest[:3])
        peaks = f"peak {report.peak // MB} MB apart, {memory(os.getpid()) // MB} MB here"
        print(f"{form}: {dict(report.answers)}; {peaks}; slowest {slowest}")  # noqa: T201
        for name, said in list(report.strange.items())[:20]:
            print(f"  {name}: {said}")  # noqa: T201
        worst += sum(report.answers[kind] for kind in ("crash", "hung", "nothing", "no sentence"))
    return 1 if worst else 0


if __name__ == "__main__":
    sys.exit(main())
