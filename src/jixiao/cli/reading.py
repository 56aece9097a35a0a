"""Reading the files of a command, in this process or in several; one file's fault never touches the others."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from jixiao import api
from jixiao.api.faults import not_a_paper, went_wrong
from jixiao.cli import CUT_SHORT
from jixiao.cli.files import Source
from jixiao.cli.processes import MANY, each, is_old, processes
from jixiao.cli.screen import complain
from jixiao.cli.sharing import Shared
from jixiao.cli.store import Store
from jixiao.errors import JixiaoError
from jixiao.model.reading import Reading
from jixiao.model.record import is_record

A_FEW = 3  # up to here nobody needs a bar


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: its papers, and the sentence that says why there are none, or none that is known."""

    name: str
    readings: tuple[Reading, ...] = ()
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """The outcomes of a command's files in their order; `left` is how many an interruption left undone."""

    outcomes: tuple[Outcome, ...]
    left: int = 0


Result = TypeVar("Result")


def _as_it_is(outcome: Outcome) -> Outcome:
    return outcome


def _lighter(outcome: Outcome, shared: Shared) -> Outcome:
    """Give an outcome that shares with others what it has alike: names, figures and places, most of what it weighs."""
    return replace(outcome, readings=tuple(_shared(reading, shared) for reading in outcome.readings))


def _shared(reading: Reading, shared: Shared) -> Reading:
    places = {shared.path(path): shared.place(place) for path, place in reading.places.items()}
    return replace(reading, record=shared.alike(reading.record), places=places)


def read_all(sources: Sequence[Source], jobs: int | None, store: Store | None = None) -> Batch:
    """Read the files and keep their outcomes; an interruption ends it with those that are done."""
    shared = Shared()
    outcomes: list[Outcome] = []
    with suppress(KeyboardInterrupt):
        for outcome in with_bar(read_each(sources, jobs, store, _as_it_is), len(sources)):
            outcomes.append(_lighter(outcome, shared))  # noqa: PERF401 - what is done stays when it breaks off
    return Batch(tuple(outcomes), len(sources) - len(outcomes))


def read_each(
    sources: Sequence[Source],
    jobs: int | None,
    store: Store | None,
    then: Callable[[Outcome], Result],
) -> Iterator[Result]:
    """Yield the outcomes of the files in the same order, each as soon as it and those before it are done.

    Args:
        sources: the files.
        jobs: how many processes; None leaves it to the number of files.
        store: where readings are kept and looked for, None to read all anew.
        then: what is made of each outcome where it was read, for less to be carried from process to process.

    Raises:
        KeyboardInterrupt: the user stopped it; what was done by then has been yielded.
    """
    several = processes(len(sources)) if jobs is None else min(jobs, len(sources))
    work = partial(_read_then, store, then)
    ahead = partial(make_ready, store)
    if several <= 1:
        if jobs is None:
            ahead([source for source in sources if source.path is not None and is_old(source)])
        yield from map(work, sources)
    else:
        yield from each(sources, several, work, lambda source, error: then(died(source, error)), ahead)
    if store is not None and len(sources) >= MANY:
        store.trim()


def _read_then(store: Store | None, then: Callable[[Outcome], Result], source: Source) -> Result:
    return then(read_one(source, store))


def make_ready(store: Store | None, sources: Sequence[Source]) -> None:
    """Make ready what isn't kept; what can't be had says so when its turn comes."""
    files: list[bytes] = []
    for source in sources if len(sources) > 1 else ():
        with suppress(JixiaoError):
            data = (
                api.bring_in(source.path, source.inside, name=source.name) if source.path is not None else b""
            )
            if store is None or store.get(data, name=source.name) is None:
                files.append(data)
    api.ahead(files)


def read_one(source: Source, store: Store | None = None) -> Outcome:
    """Read one file; whatever goes wrong is a sentence."""
    if source.fault:
        return Outcome(source.name, fault=source.fault)
    try:
        readings = _readings(source, store)
        return Outcome(source.name, readings, not_a_paper(source.name, readings))
    except JixiaoError as error:
        return Outcome(source.name, fault=" ".join(str(error).split("\n")))
    except Exception as error:  # noqa: BLE001 - the other files still have to be done, and nobody wants a stack trace
        return died(source, error)


def died(source: Source, error: BaseException) -> Outcome:
    """Return the outcome of a file over which something unforeseen happened, the death of its process too."""
    return Outcome(source.name, fault=went_wrong(source.name, error))


def cut_short(batch: Batch) -> str:
    """Say what an interruption left, "" where there was none; the next run needn't read again what is done."""
    if not batch.left:
        return ""
    done = len(batch.outcomes)
    return f"已中断：{done + batch.left} 个文件处理了 {done} 个，结果只包括这些；再运行一次，读过的不再重读。"


def ended(cut: str, status: int) -> int:
    """Return the exit status of a command; one that was interrupted says as its last word what is missing."""
    if not cut:
        return status
    complain([cut])
    return CUT_SHORT


def _readings(source: Source, store: Store | None) -> tuple[Reading, ...]:
    if source.path is None:
        return api.read_stream(sys.stdin.buffer, name=source.name)
    data = api.bring_in(source.path, source.inside, name=source.name)
    if store is None or is_record(data):
        return api.read_papers(data, name=source.name)
    kept = store.get(data, name=source.name)
    if kept is not None:
        return kept
    readings = api.read_papers(data, name=source.name)
    store.put(data, readings)
    return readings


def with_bar(outcomes: Iterable[Result], files: int) -> Iterator[Result]:
    """Yield the outcomes, and meanwhile show a bar if standard error is a terminal and they are more than a few."""
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
        yield from progress.track(outcomes, files)
