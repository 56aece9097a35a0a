"""Times and memory: the median of several runs, and what a command and its processes took at their peak."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter, process_time
from typing import NamedTuple

KILOBYTE = 1 if sys.platform == "darwin" else 1024  # in what getrusage counts


class Spent(NamedTuple):
    """Seconds of processor time, of all of this process's threads together, and seconds of the clock."""

    processor: float
    clock: float

    def times(self, factor: float) -> "Spent":
        """Return what so many times the work would take."""
        return Spent(self.processor * factor, self.clock * factor)


@dataclass(frozen=True, slots=True)
class Run:
    """One finished command: seconds of the clock, the peak memory in MB of its largest process, its exit code.

    `processor` are the seconds of processor time that it and what it waited for took.
    """

    seconds: float
    megabytes: float
    code: int = 0
    processor: float = 0


def seconds(work: Callable[[], object], rounds: int = 9) -> float:
    """Return the median time of `rounds` runs, after one that warms up."""
    work()
    return median(_once(work) for _ in range(rounds))


def spent(work: Callable[[], object]) -> Spent:
    """Return what one run takes."""
    start, began = process_time(), perf_counter()
    work()
    return Spent(process_time() - start, perf_counter() - began)


def by_turns(rounds: int, *works: Callable[[], object]) -> list[Spent]:
    """Return for each work the medians of what its rounds take, after one that warms up.

    They take turns: what else a machine does slows none of them more than the others.
    """
    for work in works:
        work()
    turns = [[spent(work) for work in works] for _ in range(rounds)]
    return [Spent(*map(median, zip(*each, strict=True))) for each in zip(*turns, strict=True)]


def command(words: Sequence[str]) -> Run:
    """Run a command to its end; its output goes nowhere."""
    start = perf_counter()
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    spent = usage.ru_utime + usage.ru_stime
    return Run(perf_counter() - start, usage.ru_maxrss * KILOBYTE / 1024**2, process.returncode, spent)


def _once(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start
