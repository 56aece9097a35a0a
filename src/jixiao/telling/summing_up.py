"""The page of the 汇总表 of many tables, or the sentence that says why there is none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from jixiao import api
from jixiao.errors import UnknownNameError
from jixiao.layout import Layout
from jixiao.model.evaluation import Evaluation, Goal
from jixiao.model.reading import Kind, Reading


def tables_in(readings: Iterable[Reading]) -> tuple[Evaluation, ...]:
    """Return the self-evaluation tables among some papers, without what no summary says."""
    found = (one.record for one in readings if one.kind is Kind.SELFEVAL_TABLE)
    return tuple(_lighter(record) for record in found if isinstance(record, Evaluation))


def summary_page(tables: Sequence[Evaluation], held: Mapping[str, int], form: str | None = None) -> Layout:
    """Return the summary of some tables, a line for each.

    Args:
        tables: the tables in their order.
        held: how many papers of which kind there were where the tables were looked for.
        form: a form of the summary; None its usual one.

    Raises:
        UnknownNameError: there is no table, or no such form.
    """
    if not tables:
        told = "、".join(f"{name} {number} 份" for name, number in held.items()) or "没有认出的材料"
        raise UnknownNameError(f"汇总表由自评表汇成，这里没有自评表，有的是：{told}；请核对文件。")
    return api.lay_out(api.summary_of(tables), Kind.PROJECT_LIST, form)


def _lighter(table: Evaluation) -> Evaluation:
    return replace(table, indicators=(), goal=Goal(), notes=(), sections=(), claims=(), classes=())
