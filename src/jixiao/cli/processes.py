"""Reading many files in several processes: results in the files' order, few of them held, every death survived."""

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import islice
from threading import Thread
from typing import Generic, TypeVar

from jixiao.cli.files import Source

MANY = 8  # from here on several processes save time
_AHEAD = 32  # files for each process that may be done or begun before the first of them is

AT_ONCE = 16  # old documents that one process makes ready together
OLD = (
    ".doc",
    ".wps",
    ".rtf",
    ".dot",
    ".wpt",
)  # names of old documents: they only tell what is begun together

Result = TypeVar("Result")
Work = Callable[[Source], Result]
Died = Callable[[Source, BaseException], Result]
Ahead = Callable[[Sequence[Source]], None]


@dataclass(frozen=True, slots=True)
class _Begun(Generic[Result]):
    """A source that is being worked on: the task it is part of, and which of that task's results is its own."""

    future: "Future[list[Result]]"
    number: int

    def result(self) -> Result:
        return self.future.result()[self.number]


def processes(files: int) -> int:
    """Return how many processes so many files are worth."""
    return 1 if files < MANY else min(os.cpu_count() or 1, files // (MANY // 2))


def each(
    sources: Sequence[Source],
    jobs: int,
    work: "Work[Result]",
    died: "Died[Result]",
    ahead: Ahead | None = None,
) -> Iterator[Result]:
    """Yield what `work` makes of each source, in their order; standard input is read in this process.

    Old documents go to a process several at once; `ahead` makes them ready there, before `work` takes one by one.
    When a process dies, the file whose turn it is gets a process of its own; if that dies too, `died` says what
    becomes of it, and the others go on.

    Raises:
        KeyboardInterrupt: the user stopped it; what was done by then has been yielded.
    """
    left = deque(sources)
    while left:
        yield from _until_a_death(left, jobs, work, ahead)
        if left:
            yield _alone(left.popleft(), work, died)


def is_old(source: Source) -> bool:
    """Tell by a file's name alone whether it may be quicker to read together with others."""
    return source.name.lower().endswith(OLD)


def _until_a_death(
    left: "deque[Source]", jobs: int, work: "Work[Result]", ahead: Ahead | None
) -> Iterator[Result]:
    """Yield results until all are done or a process dies; `left` keeps what has not been yielded."""
    begun: deque[_Begun[Result] | None] = deque()
    together = partial(_together, work, ahead)
    with _pool(jobs) as pool:
        try:
            while left:
                begun += _begin(_next(left, len(begun), jobs), jobs, pool, together)
                first = begun[0]
                result = work(left[0]) if first is None else first.result()
                begun.popleft()
                left.popleft()
                yield result
        except BrokenExecutor:
            return
        except KeyboardInterrupt:
            yield from _done(begun)
            _stop(pool)
            raise
        except GeneratorExit:
            _stop(pool)
            raise


def _next(left: "deque[Source]", begun: int, jobs: int) -> list[Source]:
    """List the sources to begin now: none while enough are begun."""
    most = jobs * _AHEAD
    return list(islice(left, begun, most)) if begun <= most // 2 else []


def _together(work: "Work[Result]", ahead: Ahead | None, sources: Sequence[Source]) -> list[Result]:
    """Work on sources one by one, made ready together where they are several."""
    if ahead is not None and len(sources) > 1:
        ahead(sources)
    return [work(source) for source in sources]


def _begin(
    sources: Sequence[Source],
    jobs: int,
    pool: ProcessPoolExecutor,
    together: Callable[[Sequence[Source]], list[Result]],
) -> list[_Begun[Result] | None]:
    """Give sources to the processes, old documents several at once; None for standard input."""
    begun: list[_Begun[Result] | None] = [None] * len(sources)
    for numbers in _groups(sources, jobs):
        future = pool.submit(together, [sources[number] for number in numbers])
        for place, number in enumerate(numbers):
            begun[number] = _Begun(future, place)
    return begun


def _groups(sources: Sequence[Source], jobs: int) -> list[list[int]]:
    """Tell by their numbers which sources go to a process at once, in the order of the first of each."""
    named = [number for number, source in enumerate(sources) if source.path is not None]
    old = [number for number in named if is_old(sources[number])]
    size = min(AT_ONCE, -(-len(old) // jobs) or 1)
    groups = [old[start : start + size] for start in range(0, len(old), size)]
    return sorted([*groups, *([number] for number in named if not is_old(sources[number]))])


def _done(begun: "deque[_Begun[Result] | None]") -> Iterator[Result]:
    """Yield what is done at an interruption, in order; a file may be missing before one that is there."""
    for one in begun:
        if (
            one is None
            or not one.future.done()
            or one.future.cancelled()
            or one.future.exception() is not None
        ):
            continue
        yield one.result()


def _stop(pool: ProcessPoolExecutor) -> None:
    """End at once, whatever the processes are at."""
    pool.shutdown(wait=False, cancel_futures=True)
    for process in multiprocessing.active_children():
        process.terminate()


def _alone(source: Source, work: "Work[Result]", died: "Died[Result]") -> Result:
    try:
        with _pool(1) as pool:
            return pool.submit(work, source).result()
    except BrokenExecutor as error:
        return died(source, error)


def _pool(jobs: int) -> ProcessPoolExecutor:
    """Make processes that leave an interruption to this one, which knows what to say, and that never outlive it."""
    return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), initializer=_settle)


def _settle() -> None:
    """Settle in as one of the processes: left alone, one would wait for ever for work that nobody gives."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
