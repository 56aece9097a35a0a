"""The 汇总表 of many tables: one line for each self-evaluation table, in the order of the files."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from jixiao import api
from jixiao.cli import outlet, screen
from jixiao.cli.files import Source
from jixiao.cli.naming import KINDS
from jixiao.cli.reading import Outcome, read_each, with_bar
from jixiao.cli.store import Store
from jixiao.errors import UnknownNameError
from jixiao.model.evaluation import Evaluation, Goal
from jixiao.model.reading import Kind

NOT_WRITTEN = 2


@dataclass(frozen=True, slots=True)
class Tables:
    """The self-evaluation tables of one file, without what no summary says; what it holds, and its fault."""

    tables: tuple[Evaluation, ...]
    holds: tuple[tuple[str, int], ...]
    fault: str = ""


def tables_of(outcome: Outcome) -> Tables:
    """Return the tables of a file."""
    found = [one.record for one in outcome.readings if one.kind is Kind.SELFEVAL_TABLE]
    tables = tuple(_lighter(record) for record in found if isinstance(record, Evaluation))
    return Tables(tables, tuple(Counter(KINDS[one.kind] for one in outcome.readings).items()), outcome.fault)


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
    if not tables:
        told = "、".join(f"{name} {number} 份" for name, number in held.items()) or "没有认出的材料"
        raise UnknownNameError(f"汇总表由自评表汇成，这里没有自评表，有的是：{told}；请核对文件。")
    page = api.lay_out(api.summary_of(tables), Kind.PROJECT_LIST, form)
    outlet.write(out.path or Path(), [api.bind([page], kind)], force=out.force)
    return NOT_WRITTEN if faults else 0


def _lighter(table: Evaluation) -> Evaluation:
    return replace(table, indicators=(), goal=Goal(), notes=(), sections=(), claims=(), classes=())
