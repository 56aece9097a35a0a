"""Makes the files of the corpus by seed, reads each as a user does, and counts what came of it."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from random import Random
from time import perf_counter

from jixiao import api, formats
from jixiao.errors import UnreadableError
from jixiao.model.evaluation import Evaluation
from jixiao.model.reading import Reading
from tests.reading import office
from tests.reading.comparison import Count, counted
from tests.reading.looks import LOOKS, Look
from tests.reading.paper import HURTS, papers
from tests.reading.plain import Plain, plainly

_ONLY_WHOLE = frozenset(("across", "bare", "bare-centred"))  # what is hard enough undamaged
_AT_ONCE = 40  # files in a call of LibreOffice
_SCANS_AT_ONCE = 2
_PATIENT = tuple(
    replace(row, guard=replace(row.guard, seconds=10 * row.guard.seconds)) if row.guard else row
    for row in formats.FORMATS
)


@dataclass(frozen=True, slots=True)
class Task:
    """So many files of one look with one damage ("" for none); the same task makes the same files."""

    look: Look
    hurt: str
    count: int
    seed: str


@dataclass(frozen=True, slots=True)
class File:
    """One file, and what is true of it; `data` is None where LibreOffice gave nothing."""

    task: Task
    data: bytes | None
    truths: tuple[Evaluation, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """What came of the files of a task; `wrong` tells some of what went wrong."""

    task: Task
    count: Count
    plain: Plain
    wrong: tuple[str, ...] = ()


def tasks(names: Sequence[str], hurts: Sequence[str], each: int, seed: str) -> Iterator[tuple[Task, ...]]:
    """Yield batches of tasks of one look each: `each` files undamaged, and for each format `each` of every damage.

    The damages are shared out over the looks in turn. Pictures are damaged as pictures only: see pictures().
    """
    for name in names:
        if name == "scan":
            continue
        looks = [look for look in LOOKS if look.format == name]
        able = [look for look in looks if look.name not in _ONLY_WHOLE]
        turns = [(hurt, able[k % len(able)]) for k, hurt in enumerate(h for h in hurts for _ in range(each))]
        for look in looks:
            own = [hurt for hurt, at in turns if at is look]
            wanted = [(look.hurt, each), *((hurt, own.count(hurt)) for hurt in dict.fromkeys(own))]
            yield from _batches(
                [Task(look, hurt, n, f"{seed} {look.format} {look.name}") for hurt, n in wanted]
            )


def pictures(each: int, seed: str) -> Iterator[tuple[Task, ...]]:
    """Yield batches of `each` files of every look of a picture."""
    for look in LOOKS:
        if look.format == "scan":
            yield from _batches([Task(look, look.hurt, each, f"{seed} {look.format} {look.name}")])


def _batches(wanted: list[Task]) -> Iterator[tuple[Task, ...]]:
    """Cut tasks so that no batch is too long; many files of one task become several."""
    most = _SCANS_AT_ONCE if wanted[0].look.format == "scan" else _AT_ONCE
    batch: list[Task] = []
    for task in wanted:
        for part, start in enumerate(range(0, task.count, most)):
            piece = Task(task.look, task.hurt, min(most, task.count - start), f"{task.seed} {part}")
            if batch and sum(one.count for one in batch) + piece.count > most:
                yield tuple(batch)
                batch = []
            batch.append(piece)
    if batch:
        yield tuple(batch)


def files(batch: Sequence[Task]) -> list[File]:
    """Draw the files of a batch of one look, and save them through LibreOffice where the look asks for it."""
    look = batch[0].look
    drawn = [(task, paper) for task in batch for paper in papers(task.hurt, task.count, task.seed)]
    data: list[bytes | None] = [look.draw(Random(paper.seed), paper.page) for _, paper in drawn]
    for suffix, wanted in zip(look.through, look.through[1:], strict=False):
        kept = [k for k, one in enumerate(data) if one is not None]
        made = office.converted([one for one in data if one is not None], suffix, wanted)
        data = [None] * len(data)
        for k, one in zip(kept, made, strict=True):
            data[k] = one
    return [File(task, one, paper.truths) for (task, paper), one in zip(drawn, data, strict=True)]


def measured(batch: Sequence[Task], *, beside: bool = False) -> list[Row]:
    """Make, read and compare the files of a batch; `beside` also with the plain library of the format.

    They are read as those of a folder are: old documents are made ready together. A machine that does other work too
    is waited for: what is measured is the reading, and no clock of a guard.
    """
    formats.FORMATS = _PATIENT
    made = files(batch)
    parts = [made[start : start + formats.AHEAD] for start in range(0, len(made), formats.AHEAD)]
    return [row for part in parts for row in _together(part, beside=beside)]


def _together(part: Sequence[File], *, beside: bool) -> list[Row]:
    start = perf_counter()
    formats.ahead([file.data for file in part if file.data])
    shared = (perf_counter() - start) / len(part)
    return [_read(file, shared, beside=beside) for file in part]


def _read(file: File, shared: float, *, beside: bool) -> Row:
    if file.data is None:
        return Row(file.task, Count(files=1, unknown=1), Plain(), ("LibreOffice gave nothing",))
    name = f"自评表.{file.task.look.format}"
    readings: tuple[Reading, ...] | None = None
    refused: list[str] = []
    start = perf_counter()
    try:
        readings = api.read_papers(file.data, name=name)
    except UnreadableError as error:
        refused.append(str(error))
    seconds = perf_counter() - start + shared
    count = counted(file.truths, readings, seconds)
    plain = Plain()
    if beside:
        with suppress(Exception):  # a library that gives up has found nothing
            plain = plainly(file.task.look.format, file.data, file.truths)
    misses = [
        f"{m.field} {m.row or ''}: true {m.true!r}, read {m.read!r} at {m.path}" for m in count.tally.misses
    ]
    extra = [f"{count.tally.invented} invented"] if count.tally.invented else []
    return Row(file.task, count, plain, (*refused, *extra, *misses))


def compared(batch: Sequence[Task]) -> bool:
    """Tell whether a plain library reads the files too: of pictures, which take it minutes, the first batch of a look."""
    return batch[0].look.format != "scan" or batch[0].seed.endswith(" 0")


def known_hurts() -> tuple[str, ...]:
    """The damages that a page may have before it is drawn."""
    return HURTS
