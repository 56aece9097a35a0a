"""Counts that are part and rest of a whole: 抽检750页，合格742页，不合格6页; 8个项目中，5个…，4个… (AR13)."""

import re
from collections.abc import Iterator, Sequence

from jixiao.audit.prose import Quantity, Sentence
from jixiao.audit.rule import Case, Found
from jixiao.expressions import expression

_AMONG = expression(r"(?:中|里|当中)[，,]")
_REST = expression(
    r"(?:其余|其他|其它|剩余|剩下|余下|不合格|未完成|未达标|不达标|未办结|没有完成|尚未完成)(?:的|有|为|共|仅)*$"
)
_RESTS = expression(r"其余|剩余|剩下|余下|不合格|不达标|未完成|未达标|未办结|没有完成|尚未完成")
_PART = expression(r"合格|完成|达标|办结|按时|按期|整改|销号|化解|到位|通过|建成|实现|满意|已")
_OVERLAPPING = expression(r"其中|同时|既|兼|累计|分别|每|均|比|次|占|同比|上年|去年|增|减|目标|计划")
_TWICE = expression(r"其中|同时|既|兼|累计|每|均|还有|涉及|之外|以外")
_NEAR, _FEW = 10, 2


def parts_beyond_wholes(case: Case) -> Iterator[Found]:
    """Yield the wholes that part and rest miss, and those that what is told of them exceeds."""
    for said in dict.fromkeys((*case.told("signs.rest"), *case.told("signs.among"))):
        told = [q for q in said.quantities if q.unit and q.unit != "%" and "元" not in q.unit and not q.hedge]
        if said.passage.runs and len(told) > _FEW:
            yield from _part_and_rest(said, told)
            yield from _among(said, told)


def _part_and_rest(said: Sentence, told: Sequence[Quantity]) -> Iterator[Found]:
    """Check whole − part = rest where a sentence tells just the three."""
    if not _RESTS.search(said.plain):
        return
    for n, rest in enumerate(told):
        before = re.split(r"[，,；;：:、]", said.plain[max(0, rest.start - 12) : rest.start])[-1]
        alike = [q for q in told[:n] if q.unit == rest.unit]
        if not _REST.search(before) or len(alike) != _FEW:
            continue
        whole, part = alike
        between = said.plain[whole.end : rest.start]
        if (
            part.figure.exact >= whole.figure.exact
            or not _PART.search(between)
            or _OVERLAPPING.search(between)
        ):
            continue
        made = whole.figure.exact - part.figure.exact
        if made != rest.figure.exact and abs(made - rest.figure.exact) * _NEAR <= whole.figure.exact:
            says = (
                f"{whole.figure} − {part.figure} = {made}，文中其余的写的是 {rest.figure}。改法：核对三个数。"
            )
            yield Found(said.passage.where, says, said.passage.paper, quoted=said.text, printed=str(rest.figure),
                        computed=str(made), key=f"{whole.figure}−{part.figure}")  # fmt: skip


def _among(said: Sentence, told: Sequence[Quantity]) -> Iterator[Found]:
    """Check that the groups told of a whole (8个项目中，5个…，4个…) are no more than it."""
    for n, whole in enumerate(told):
        behind = said.plain[whole.end : whole.end + 12]
        if not _AMONG.search(behind):
            continue
        alike = [q for q in told[n + 1 :] if q.unit == whole.unit]
        made = sum(q.figure.exact for q in alike)
        if len(alike) < _FEW or _TWICE.search(said.plain[whole.end :]):
            return
        if whole.figure.exact < made <= whole.figure.exact * 3 / 2:
            shown = " + ".join(str(q.figure) for q in alike)
            says = f"{shown} = {made}，超过总数 {whole.figure}。改法：核对总数和各项，有重叠的写明。"
            yield Found(said.passage.where, says, said.passage.paper, quoted=said.text, printed=str(whole.figure),
                        computed=str(made), key=f"among{shown}")  # fmt: skip
        return
