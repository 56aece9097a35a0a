"""Reading many files in several processes: results in the files' order, few of them held, every death survived."""

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from itertools import islice
from typing import TypeVar

from jixiao.cli.files import Source

MANY = 8  # from here on several processes save time
_AHEAD = 32  # files for each process that may be done or begun before the first of them is

Result = TypeVar("Result")
Work = Callable[[Source], Result]
Died = Callable[[Source, BaseException], Result]


def processes(files: int) -> int:
    """Return how many processes so many files are worth."""
    return 1 if files < MANY else min(os.cpu_count() or 1, files // (MANY // 2))


def each(
    sources: Sequence[Source], jobs: int, work: "Work[Result]", died: "Died[Result]"
) -> Iterator[Result]:
    """Yield what `work` makes of each source, in their order; standard input is read in this process.

    When a process dies, the file whose turn it is gets a process of its own; if that dies too, `died` says what
    becomes of it, and the others go on.

    Raises:
        KeyboardInterrupt: the user stopped it; what was done by then has been yielded.
    """
    left = deque(sources)
    while left:
        yield from _until_a_death(left, jobs, work)
        if left:
            yield _alone(left.popleft(), work, died)


def _until_a_death(left: "deque[Source]", jobs: int, work: "Work[Result]") -> Iterator[Result]:
    """Yield results until all are done or a process dies; `left` keeps what has not been yielded."""
    begun: deque[Future[Result] | None] = deque()
    with _pool(jobs) as pool:
        try:
            while left:
                _begin(begun, left, pool, work, jobs * _AHEAD)
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


def _begin(
    begun: "deque[Future[Result] | None]",
    left: "deque[Source]",
    pool: ProcessPoolExecutor,
    work: "Work[Result]",
    most: int,
) -> None:
    for source in islice(left, len(begun), most) if len(begun) <= most // 2 else ():
        begun.append(pool.submit(work, source) if source.path is not None else None)


def _done(begun: "deque[Future[Result] | None]") -> Iterator[Result]:
    """Yield what is done at an interruption, in order; a file may be missing before one that is there."""
    for future in begun:
        if future is not None and future.done() and not future.cancelled() and future.exception() is None:
            yield future.result()


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
    """Make processes that leave an interruption to this one, which knows what to say."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(
        jobs, context, initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN)
    )
