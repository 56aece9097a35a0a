"""Reading the files of a command, in this process or in several; one file's fault never touches the others."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from jixiao import api
from jixiao.cli.files import Source
from jixiao.errors import JixiaoError
from jixiao.model.reading import Kind, Reading

MANY = 8  # from here on several processes save time
A_FEW = 3  # up to here nobody needs a bar


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: its papers, and the sentence that says why there are none, or none that is known."""

    name: str
    readings: tuple[Reading, ...] = ()
    fault: str = ""


def read_all(sources: Sequence[Source], jobs: int | None) -> tuple[Outcome, ...]:
    """Read the files and return their outcomes in the same order.

    Args:
        sources: the files.
        jobs: how many processes; None leaves it to the number of files.
    """
    several = _jobs(len(sources)) if jobs is None else min(jobs, len(sources))
    with _progress(len(sources)) as advance:
        if several <= 1:
            return tuple(_told(read_one(source), advance) for source in sources)
        return _in_processes(sources, several, advance)


def read_one(source: Source) -> Outcome:
    """Read one file; whatever goes wrong is a sentence."""
    if source.fault:
        return Outcome(source.name, fault=source.fault)
    try:
        readings = _readings(source)
        return Outcome(source.name, readings, _not_a_paper(source.name, readings))
    except JixiaoError as error:
        return Outcome(source.name, fault=" ".join(str(error).split("\n")))
    except Exception as error:  # noqa: BLE001 - the other files still have to be done, and nobody wants a stack trace
        return Outcome(source.name, fault=went_wrong(source.name, error))


def _not_a_paper(name: str, readings: Sequence[Reading]) -> str:
    """Say that nothing in the file is a known paper; empty when something is."""
    if any(reading.kind is not Kind.UNKNOWN for reading in readings):
        return ""
    return f"“{name}”里没有找到自评表、自评报告等绩效自评材料；请核对是否选错了文件，或文件是否完整。"


def went_wrong(name: str, error: BaseException) -> str:
    """Say that something unforeseen happened with a file."""
    kind = type(error).__name__
    return f"处理“{name}”时出错（{kind}），这是程序的问题，不是文件的问题；请把文件和这一句话告诉维护者。"


def _readings(source: Source) -> tuple[Reading, ...]:
    if source.path is None:
        return api.read_stream(sys.stdin.buffer, name=source.name)
    return api.read_file(source.path, name=source.name)


def _jobs(files: int) -> int:
    return 1 if files < MANY else min(os.cpu_count() or 1, files // (MANY // 2))


def _in_processes(sources: Sequence[Source], jobs: int, advance: Callable[[], None]) -> tuple[Outcome, ...]:
    """Read in `jobs` processes, standard input here; a file whose process died is tried once more on its own."""
    with _pool(jobs) as pool:
        started = [pool.submit(read_one, source) if source.path is not None else None for source in sources]
        try:
            return tuple(_told(_outcome(s, f), advance) for s, f in zip(sources, started, strict=True))
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _outcome(source: Source, started: "Future[Outcome] | None") -> Outcome:
    if started is None:
        return read_one(source)
    try:
        return started.result()
    except BrokenExecutor:
        return _alone(source)


def _alone(source: Source) -> Outcome:
    try:
        with _pool(1) as pool:
            return pool.submit(read_one, source).result()
    except BrokenExecutor as error:
        return Outcome(source.name, fault=went_wrong(source.name, error))


def _pool(jobs: int) -> ProcessPoolExecutor:
    """Make processes that leave an interruption to this one, which knows what to say."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(
        jobs, context, initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN)
    )


def _told(outcome: Outcome, advance: Callable[[], None]) -> Outcome:
    advance()
    return outcome


@contextmanager
def _progress(files: int) -> Iterator[Callable[[], None]]:
    """Show a bar on standard error while the files are read, if it is a terminal and they are more than a few."""
    console = Console(stderr=True)
    columns = (
        TextColumn("读取"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("还需"),
        TimeRemainingColumn(),
    )
    shows = console.is_terminal and files > A_FEW
    with Progress(*columns, console=console, transient=True, disable=not shows) as progress:
        task = progress.add_task("读取", total=files)
        yield lambda: progress.advance(task)
