"""Goals that a report calls reached with a count below the one that its own goal sets: a part of NA05.

Only what both sentences call by the same words and count in the same unit is compared.
"""

from collections.abc import Callable, Iterator

from jixiao.audit.prose import Passage, Quantity, Sentence
from jixiao.audit.rule import Case, Found
from jixiao.expressions import expression

_REACHED = expression(
    r"(?:完成|达到|实现|达成)了?(?:年度|年初|预期|全年|既定|设定|绩效|各项|计划)*(?:目标|任务|指标)|全部完成|均已?完成|如期完成"
)
_NOT_ALL = expression(r"未|没|不|除|尚|基本|部分|仅|只")
_CLAUSE = expression(r"[，,。；;：:、（()）]")
_LEAD = expression(
    r"(?:全年|年内|当年|本年|年度|共计?|累计|总共|实际|计划|预计|要求|力争|已|完成|实现|达到?|为|是|有|不低于|不少于|超过|约|了|各类|≥|[\d.．、]|\s)+"
)
_CEILING = expression(
    r"不超过|不高于|不大于|以内|以下|控制|降低|下降|减少|低于|压减|节约|≤|成本|投资|费用|单价"
)
_SHORT, _FINE = 2, frozenset({"元", "万元", "亿元", "日", "月", "年", "天"})
Key = tuple[str, str]


def reached_below_goal(case: Case, is_plan: Callable[[Case, Passage], bool]) -> Iterator[Found]:
    """Yield the sentences that call a goal reached and tell less than the report's own part on goals asks for."""
    for at, _ in case.reports:
        own = [s for s in case.sentences if s.passage.paper == at and s.passage.in_report]
        goals = _goals([s for s in own if is_plan(case, s.passage)])
        for said in own if goals else ():
            if (
                _REACHED.search(said.plain)
                and not _NOT_ALL.search(said.plain)
                and not is_plan(case, said.passage)
            ):
                yield from _below(said, goals)


def _goals(said: list[Sentence]) -> dict[Key, Quantity]:
    """Return what the sentences ask for by its words and unit; what is asked for twice is left out."""
    found: dict[Key, Quantity] = {}
    twice: set[Key] = set()
    for key, quantity in (pair for s in said for pair in _counted(s)):
        twice |= {key} if key in found and found[key].figure.exact != quantity.figure.exact else set()
        found[key] = quantity
    return {key: quantity for key, quantity in found.items() if key not in twice}


def _counted(said: Sentence) -> Iterator[tuple[Key, Quantity]]:
    for quantity in said.quantities:
        clause = _CLAUSE.split(quantity.before)[-1]
        name = _LEAD.sub("", clause)
        if (
            len(name) >= _SHORT
            and quantity.unit
            and quantity.unit not in _FINE
            and not _CEILING.search(clause)
        ):
            yield (name, quantity.unit), quantity


def _below(said: Sentence, goals: dict[Key, Quantity]) -> Iterator[Found]:
    for key, quantity in _counted(said):
        goal = goals.get(key)
        if goal is not None and quantity.figure.high < goal.figure.exact and not goal.hedge:
            says = (
                f"目标是{key[0]} {goal.figure}，这里写 {quantity.figure}，却说完成了目标。"
                "改法：核对两个数；没有完成的如实写明。"
            )
            yield Found(said.passage.where, says, said.passage.paper, quoted=said.text, printed=str(quantity.figure),
                        computed=str(goal.figure), key=f"goal|{key[0]}")  # fmt: skip
            return
