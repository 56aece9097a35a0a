"""Times and memory: the median of several runs, and what a command and its processes took at their peak."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter

KILOBYTE = 1 if sys.platform == "darwin" else 1024  # in what getrusage counts


@dataclass(frozen=True, slots=True)
class Run:
    """One finished command: seconds, and the peak memory in MB of its largest process."""

    seconds: float
    megabytes: float


def seconds(work: Callable[[], object], rounds: int = 9) -> float:
    """Return the median time of `rounds` runs, after one that warms up."""
    work()
    return median(_once(work) for _ in range(rounds))


def command(words: Sequence[str]) -> Run:
    """Run a command to its end; its output goes nowhere."""
    start = perf_counter()
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
    return Run(perf_counter() - start, usage.ru_maxrss * KILOBYTE / 1024**2)


def _once(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start
