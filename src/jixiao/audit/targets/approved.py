"""Targets that a report quotes from the approval and the table sets otherwise: a part of TV10."""

from collections.abc import Iterator

from jixiao.audit.prose import Quantity, Sentence, clipped
from jixiao.audit.rows import Row
from jixiao.audit.rule import Case, Found
from jixiao.expressions import expression
from jixiao.model.figure import Figure

_APPROVED = expression(
    r"(?:批复|批准|下达)[^。；;，,]{0,12}(?:目标|指标)|(?:目标|指标)[^。；;，,]{0,6}(?:批复|批准)"
)
_CHANGED = expression(r"调整|变更|核减|调减|调增|压减|修改")
_CLAUSE = expression(r"[，,、；;。：:（）()]")
_VERB = expression(
    r"^(?:全年|年度|计划|预计|当年|新|共|组织|举办|开展|完成|实施|建设|新建|培训|发放|采购|购置|补助|保障)+"
)
_NOUN = expression(
    r"(?:总|的)?(?:人次|人数|户数|个数|件数|场次|次数|[座处台盏所栋套条宗份]数|数量|总量|面积|长度)$"
)
_BOUND = expression(r"(?:不少于|不低于|达到|不超过|至少|以上|达|为)+$")
_SHORTEST = 3


def approved_otherwise(case: Case) -> Iterator[tuple[Row, Found]]:
    """Yield the rows whose target is another than the one that a report says was approved."""
    if not case.reports:
        return
    for sentence in case.told("targets.approved"):
        if (
            sentence.passage.in_report
            and _APPROVED.search(sentence.plain)
            and not _CHANGED.search(sentence.plain)
        ):
            yield from _set_otherwise(case, sentence)


def _set_otherwise(case: Case, sentence: Sentence) -> Iterator[tuple[Row, Found]]:
    for quantity in sentence.quantities:
        rows = [row for row in case.table_rows if _is_of(row, quantity)] if not quantity.hedge else []
        row = rows[0] if len(rows) == 1 else None
        if row is None or row.bound is None or row.bound.agrees_with(quantity.figure):
            continue
        told = f"{_clause(quantity)}{quantity.figure}"
        says = (
            f"{row.label}：文中引用批复的目标是“{told}”，自评表的指标值是 {row.indicator.demand}。"
            "改法：恢复批复的目标，或附调整批复。"
        )
        yield row, Found(row.path("target"), says, row.paper, quoted=clipped(sentence.text, 60), key=told)


def _clause(quantity: Quantity) -> str:
    return _CLAUSE.split(quantity.before)[-1]


def _is_of(row: Row, quantity: Quantity) -> bool:
    """Tell whether the quantity is the row's: in its unit, under the row's name or in words that the name holds."""
    if row.bound is None or not _alike(row.bound, quantity.figure):
        return False
    said, name = _BOUND.sub("", _clause(quantity)), _NOUN.sub("", row.plain)
    bare = _VERB.sub("", said)
    return len(bare) >= _SHORTEST and len(name) >= _SHORTEST and (bare in name or name in said)


def _alike(one: Figure, other: Figure) -> bool:
    return one.unit is not None and other.unit is not None and one.unit.kind == other.unit.kind
