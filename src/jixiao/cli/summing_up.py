"""The 汇总表 of many tables: one line for each self-evaluation table, in the order of the files."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jixiao import api
from jixiao.cli import outlet, screen
from jixiao.cli.files import Source
from jixiao.cli.reading import Outcome, read_each, with_bar
from jixiao.cli.store import Store
from jixiao.model.evaluation import Evaluation
from jixiao.telling.naming import KINDS
from jixiao.telling.summing_up import summary_page, tables_in

NOT_WRITTEN = 2


@dataclass(frozen=True, slots=True)
class Tables:
    """The self-evaluation tables of one file, without what no summary says; what it holds, and its fault."""

    tables: tuple[Evaluation, ...]
    holds: tuple[tuple[str, int], ...]
    fault: str = ""


def tables_of(outcome: Outcome) -> Tables:
    """Return the tables of a file."""
    return Tables(
        tables_in(outcome.readings),
        tuple(Counter(KINDS[one.kind] for one in outcome.readings).items()),
        outcome.fault,
    )


def sum_up(
    named: Sequence[Source],
    jobs: int | None,
    store: Store | None,
    form: str | None,
    into: tuple[str, outlet.Out],
) -> int:
    """Write the summary of all tables in the files and return the exit status.

    Args:
        named: the files.
        jobs: how many processes; None leaves it to the number of files.
        store: where readings are kept.
        form: a form of the summary; None its usual one.
        into: the format, and where it goes.

    Raises:
        JixiaoError: there is no table in any file, or the summary can't be written.
    """
    kind, out = into
    tables: list[Evaluation] = []
    held: Counter[str] = Counter()
    faults = 0
    for one in with_bar(read_each(named, jobs, store, tables_of), len(named)):
        tables += one.tables
        held.update(dict(one.holds))
        faults += bool(one.fault)
        screen.complain([one.fault] if one.fault else [])
    page = summary_page(tables, held, form)
    outlet.write(out.path or Path(), [api.bind([page], kind)], force=out.force)
    return NOT_WRITTEN if faults else 0
