"""The closed set of what an outline may call for, by name: functions, and blanks that say what is wanted."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from jixiao.errors import UnknownNameError
from jixiao.papers.drafts import by_rule, department, faults, funds, marks, project, recheck, results, slips
from jixiao.papers.drafts.blanks import WANTED
from jixiao.papers.drafts.gathering import Gathering
from jixiao.papers.drafts.story import Story
from jixiao.papers.drafts.telling import Text, Told, blank

T = TypeVar("T")
Teller = Callable[[Story], Iterable[Told]]
Gatherer = Callable[[Gathering], Iterable[Told]]

TELLERS: Mapping[str, Teller] = {
    "about": project.about, "input": project.input_expected, "goal": project.goal, "achieved": project.achieved,
    "benefits_expected": project.benefits_expected, "targets": project.targets,
    "money": funds.money, "sources": funds.sources,
    "rows": results.rows, "output": results.output, "benefit": results.benefit, "cost": results.cost,
    "satisfaction": results.satisfaction, "satisfied": results.satisfied,
    "decision": results.decision, "process": results.process, "rest": results.rest, "others": results.others,
    "deviations": results.deviations,
    "conclusion": marks.conclusion, "conclusion_evaluated": marks.conclusion_evaluated,
    "score_table": marks.score_table, "execution": marks.execution,
    "standard": marks.standard, "origin": marks.origin,
    "problems": faults.problems,
    "advice": faults.advice, "slips": slips.corrections,
}  # fmt: skip


OF_ALL: Mapping[str, Gatherer] = {
    "sums": department.sums, "listed": department.listed, "shortfalls": department.shortfalls,
    "remedies": department.remedies, "by_rule": by_rule.found_by_rule, "setting": department.quality,
    "scope": recheck.scope, "compared": recheck.compared, "apart": recheck.apart, "found": recheck.found,
    "corrections": recheck.remedies,
}  # fmt: skip


def told(story: Story, name: str) -> tuple[Told, ...]:
    """Return what is told of one project under a name.

    Raises:
        UnknownNameError: there is nothing of this name; every one that an outline uses is tried by a test.
    """
    return _of_blanks(name) or tuple(_known(TELLERS, name)(story))


def told_of_all(whole: Gathering, name: str) -> tuple[Told, ...]:
    """Return what is told of several projects under a name.

    Raises:
        UnknownNameError: as in `told`.
    """
    return _of_blanks(name) or tuple(_known(OF_ALL, name)(whole))


def _of_blanks(name: str) -> tuple[Told, ...]:
    return (Text(blank(WANTED[name])),) if name in WANTED else ()


def _known(tellers: Mapping[str, T], name: str) -> T:
    if name not in tellers:
        known = "、".join(sorted({*tellers, *WANTED}))
        raise UnknownNameError(f"提纲里的“{name}”没有这一段。现有：{known}。")
    return tellers[name]
