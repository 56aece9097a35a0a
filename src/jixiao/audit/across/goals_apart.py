"""A report's goal that is the table's own in other numbers: a part of XD07."""

from collections.abc import Iterator

from rapidfuzz import fuzz

from jixiao.audit.prose import Passage, Quantity, clipped, quantities_in
from jixiao.audit.rule import Case, Found
from jixiao.expressions import expression
from jixiao.model.figure import tidy

_GOAL = expression(r"(?:绩效|年度|总体|项目)目标(?!.*(?:完成|实现|达成|自评|情况分析))|^目标")
_ADJUSTED = expression(r"调整|变更|核减|修订|压减|追加")
_LIKE, _SHORTEST = 85, 16


def goals_apart(case: Case) -> Iterator[Found]:
    """Yield the goal in a report that repeats the table's nearly word for word, and promises other numbers."""
    main = case.main_table
    goal = tidy(main[1].goal.expected or "") if main is not None else ""
    if len(goal) < _SHORTEST:
        return
    for passage in case.passages:
        if passage.in_report and _GOAL.search(passage.title) and not _ADJUSTED.search(passage.text):
            yield from _apart(passage, goal)


def _apart(passage: Passage, goal: str) -> Iterator[Found]:
    plain = tidy(passage.text)
    if fuzz.partial_ratio(goal, plain) < _LIKE:
        return
    own, told = _counted(goal), _counted(plain)
    if len(own) != len(told) or [q.unit for q in own] != [q.unit for q in told]:
        return
    odd = [(a, b) for a, b in zip(own, told, strict=True) if a.figure.exact != b.figure.exact]
    if odd and len(odd) <= len(own):
        shown = "、".join(f"{b.figure}（自评表 {a.figure}）" for a, b in odd[:3])
        says = f"“{clipped(passage.title, 16)}”写的目标与自评表不同：{shown}。改法：按批复的目标核对后统一。"
        yield Found(passage.where, says, passage.paper, quoted=passage.text[:60], key="goal")


def _counted(plain: str) -> list[Quantity]:
    return [q for q in quantities_in(plain) if q.unit]
