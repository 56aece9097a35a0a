"""Taking papers in: `python -m tests.bench.ingest --files 1000 [--keep FOLDER] [--spark local[2]]`.

Makes a folder of unlike papers (xlsx, docx and text, some with reports, some wrong, a few no papers at all), takes it in
with one process, and again with two that are killed in the middle and run again, or on Spark; compares the two lakes byte
by byte.
Prints files a second of processor time, and the most memory that all processes together held.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from random import Random
from time import perf_counter, sleep

from jixiao import formats
from jixiao.layout import Layout, Line
from jixiao.papers.pages.selfeval_page import lay_out
from tests.proof.clean import plan_for
from tests.proof.report import report_lines
from tests.proof.table import table_of
from tests.proof.topics import topics

_PROVINCES = ("安徽省", "云南省", "甘肃省", "浙江省", "")
_SUFFIXES = {"xlsx": "xlsx", "docx": "docx", "text": "txt"}
_COMMAND = "import sys; from jixiao.cli import main; sys.exit(main(sys.argv[1:]))"
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_SESSION, _RESIDENT = 3, 21  # fields behind the name in /proc/N/stat


@dataclass(frozen=True, slots=True)
class Run:
    """What a command took: seconds of the clock and of the processor, the most MB of all its processes at once."""

    clock: float
    processor: float
    megabytes: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--keep", type=Path, help="a folder for papers and lakes that stays")
    parser.add_argument("--spark", metavar="MASTER", help="take in on Spark, and kill nothing")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() if given.keep is None else nullcontext(given.keep) as kept:
        _measure(Path(kept), given.files, given.seed, given.spark)


def _measure(kept: Path, files: int, seed: int, master: str | None) -> None:
    papers, whole, other = kept / "papers", kept / "whole", kept / ("broken" if master is None else "spark")
    if not papers.exists():
        make(papers, files, seed)
    size = sum(path.stat().st_size for path in papers.rglob("*") if path.is_file()) / 1024**2
    print(f"{files} files, {size:.0f} MB; seconds of the processor, files a second of it, clock, most memory")
    _print("one process", files, _ingest(papers, whole, "--jobs", "1"))
    if master is None:
        _kill_and_go_on(papers, other, files, len(list((whole / "shards").iterdir())))
    else:
        _print(master, files, _ingest(papers, other, "--engine", "spark", "--master", master))
    print("the lakes are the same" if bytes_of(whole) == bytes_of(other) else "THE LAKES DIFFER")


def _kill_and_go_on(papers: Path, lake: Path, files: int, shards: int) -> None:
    cut = _ingest(papers, lake, "--jobs", "2", until=lambda: _stand(lake) >= shards // 2)
    done = _files(lake)
    print(f"killed with {_stand(lake)} of {shards} shards standing, {done} files")
    _print("two, until killed", done, cut)
    _print("two, run again", files - done, _ingest(papers, lake, "--jobs", "2"))
    _print("two, nothing new", files, _ingest(papers, lake, "--jobs", "2"))


def _stand(lake: Path) -> int:
    return len(list((lake / "shards").glob("*.json")))


def _files(lake: Path) -> int:
    """Return how many files a lake's finished shards hold."""
    return sum(len(json.loads(path.read_text("utf-8"))["files"]) for path in (lake / "shards").glob("*.json"))


def bytes_of(lake: Path) -> dict[str, bytes]:
    """Return all files of a lake by their path in it."""
    found = (path for path in lake.rglob("*") if path.is_file())
    return {path.relative_to(lake).as_posix(): path.read_bytes() for path in found}


def _print(what: str, files: int, run: Run) -> None:
    rate = files / run.processor
    print(
        f"{what:18}{run.processor:8.1f} s{rate:8.1f} /s{run.clock:8.1f} s{run.megabytes:8.0f} MB", flush=True
    )


# ---------------------------------------------------------------- running


def _ingest(papers: Path, lake: Path, *options: str, until: Callable[[], bool] = lambda: False) -> Run:
    """Take a folder in; kill it as soon as `until` says so."""
    words = [sys.executable, "-c", _COMMAND, "batch", "ingest", str(papers), "-o", str(lake)]
    start, most, spent = perf_counter(), 0.0, 0.0
    with subprocess.Popen(
        [*words, *options],
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        while not (done := os.wait4(process.pid, os.WNOHANG))[0]:
            held = list(_held(process.pid))
            most = max(most, sum(memory for memory, _ in held))
            spent = max(spent, sum(ticks for _, ticks in held))
            if until():
                os.kill(process.pid, signal.SIGKILL)
            sleep(0.1)
        process.returncode = 0
    processor = done[2].ru_utime + done[2].ru_stime
    return Run(perf_counter() - start, max(processor, spent), most)


def _held(session: int) -> Iterator[tuple[float, float]]:
    """Yield MB and seconds of every process of a session; Spark's Python leads a group of its own."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[_SESSION]) == session:
            yield int(fields[_RESIDENT]) * _PAGE / 1024**2, (int(fields[11]) + int(fields[12])) / _TICKS


# ---------------------------------------------------------------- papers


def make(folder: Path, files: int, seed: int) -> None:
    """Write so many made-up files, the same for the same seed, into folders by province and county."""
    for number in range(files):
        rng = Random(f"{seed} {number}")
        inside = folder / (_PROVINCES[number * len(_PROVINCES) // files] or "其他") / f"{number % 20}县"
        inside.mkdir(parents=True, exist_ok=True)
        name, data = _file(rng, _PROVINCES[number * len(_PROVINCES) // files])
        (inside / f"{number:06}{name}").write_bytes(data)


def _file(rng: Random, province: str) -> tuple[str, bytes]:
    """Make one file: a table, for half of them with its report, one in ten wrong, one in a hundred no paper."""
    kind = rng.choice(list(_SUFFIXES))
    plan = plan_for(rng, rng.choice(topics()), reported=rng.random() < 0.5)
    plan = replace(plan, place=f"{province}{plan.place}")
    table = table_of(rng, plan)
    if table.total_printed is not None and rng.random() < 0.1:
        table = replace(table, total_printed=table.total_printed - Decimal(rng.randrange(1, 5)))
    page = lay_out(table, table.form or "f-10")
    told = plan.reported and kind != "xlsx"
    lines = (*report_lines(table, plan.topic, plan.scheme, rng.randrange(10**6)), Line("")) if told else ()
    data = formats.write(Layout(page.name, (*lines, *page.blocks)), kind)
    if rng.random() < 0.01:
        data = rng.choice((data[: len(data) // 2], "明天下午开会。".encode(), b""))
    return f"{table.project.name or ''}.{_SUFFIXES[kind]}", data


if __name__ == "__main__":
    main()
