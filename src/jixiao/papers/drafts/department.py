"""What a department tells of all its self-evaluations: sums, score bands, a table, and what fell short where."""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from jixiao.layout import Role
from jixiao.papers.drafts.faults import shortfalls as fallen
from jixiao.papers.drafts.gathering import Gathering
from jixiao.papers.drafts.slips import kind_of, slips
from jixiao.papers.drafts.story import Story
from jixiao.papers.drafts.telling import (
    NOTHING,
    Head,
    Item,
    Passage,
    Quote,
    Table,
    Text,
    Told,
    blank,
    joined,
    of,
    say,
)


def sums(whole: Gathering) -> Iterator[Told]:
    """Say how many projects there are, for how much money, how much of it was spent, and how they scored."""
    ground = whole.ground
    budget, spent = (ground.sum(whole.paths(f"funds.total.{column}")) for column in ("annual", "executed"))
    rate = ground.rate(whole.paths("funds.total.executed"), whole.paths("funds.total.annual"))
    said = say(
        "{year}年度{unit}纳入绩效自评的预算项目共计{n}个",
        year=whole.year, unit=whole.unit, n=ground.count(whole.paths("project.name")),
    )  # fmt: skip
    for pattern, figure in (("，预算资金{f}", budget), ("，实际支出{f}", spent), ("，总体执行率{f}", rate)):
        said += say(pattern, f=figure) if figure else NOTHING
    said += say("。")
    said += NOTHING if budget and spent else blank("各项目的预算数和执行数合计，有的自评表没有填")
    yield Text(said + _bands(whole))
    yield from _behind(whole)


def _bands(whole: Gathering) -> Passage:
    """Say how many projects lie in each grade's band; a blank where totals or grades are not known."""
    bands = {story.scheme.grades for story in whole.stories}
    if len(bands) != 1 or not whole.totals() or not all(story.full_scale for story in whole.stories):
        return blank("自评得分的分布，有的项目没有总分，或各项目的等级划分不同")
    parts = []
    (grades,) = bands
    for at, band in enumerate(grades):
        some = whole.totals(partial(_within, band.low, grades[at - 1].low if at else None))
        if some:
            parts.append(_band(whole, at, len(grades), whole.ground.count(some)))
    full = whole.totals(lambda story: _total(story) == story.scheme.total)
    said = say("自评得分{parts}。", parts=joined(parts, "，"))
    return said + (say("其中得分为满分的项目{n}个。", n=whole.ground.count(full)) if full else NOTHING)


def _band(whole: Gathering, at: int, bands: int, n: Quote) -> Passage:
    """Say how many projects lie in a band: 90分（含）以上, 80分（含）至90分, 60分以下."""
    low = whole.ground.quote(f"reviews.0.scheme.grades.{at}.low") or ""
    high = (whole.ground.quote(f"reviews.0.scheme.grades.{at - 1}.low") or "") if at else ""
    if not at:
        return say("{low}分（含）以上的项目{n}个", low=low, n=n)
    if at == bands - 1:
        return say("{high}分以下的项目{n}个", high=high, n=n)
    return say("{low}分（含）至{high}分的项目{n}个", low=low, high=high, n=n)


def _total(story: Story) -> Decimal | None:
    return story.ground.number(story.total.paths[0]) if story.total else None


def _within(low: Decimal, high: Decimal | None, story: Story) -> bool:
    total = _total(story)
    return total is not None and total >= low and (high is None or total < high)


def _behind(whole: Gathering) -> Iterator[Told]:
    """Say which projects fell short of a target or lost points on one."""
    behind = [n for n, story in whole.numbered() if story.behind]
    if not behind:
        yield Text(say("各项目的指标没有扣分。"))
        return
    names, n = whole.names(behind), whole.ground.count([f"{whole.at(k)}.project.name" for k in behind])
    pattern = (
        "{n}个项目绩效目标存在偏差，分别是{names}。"
        if len(behind) > 1
        else "{n}个项目绩效目标存在偏差：{names}。"
    )
    yield Text(say(pattern, n=n, names=names))


def listed(whole: Gathering) -> Iterator[Told]:
    """Show the projects with their money and scores in a table."""
    head = tuple(of(word) for word in ("序号", "项目名称", "预算数", "执行数", "自评得分", "等级"))
    rows = [_listed(whole, n, story) for n, story in whole.numbered()]
    roles = (Role.NUMBER, Role.TEXT, *(Role.NUMBER for _ in range(4)))
    yield Table(say("项目支出绩效自评情况表"), (head, *rows), (1, 6, 2, 2, 2, 1), roles)


def _listed(whole: Gathering, number: int, story: Story) -> tuple[Passage, ...]:
    serial = whole.ground.count([f"{whole.at(n)}.project.name" for n in range(number + 1)])
    money = (story.ground.quote(f"funds.total.{column}") for column in ("annual", "executed"))
    cells = (*money, story.total, story.grade)
    told = (of(cell) if cell else blank("数") for cell in cells)
    return (of(serial), whole.name(number), *(whole.told(number, passage) for passage in told))


def shortfalls(whole: Gathering) -> Iterator[Told]:
    """Tell of each project what fell short and why."""
    yield from _by_project(whole, remedies=False)


def remedies(whole: Gathering) -> Iterator[Told]:
    """Tell of each project what is done about it."""
    yield from _by_project(whole, remedies=True)


def _by_project(whole: Gathering, *, remedies: bool) -> Iterator[Told]:
    for number, story in whole.numbered():
        found = list(fallen(story))
        if found:
            yield Head(whole.name(number))
        for fault in found:
            yield Item(whole.told(number, fault.remedy if remedies else fault.says + fault.why))


_SETTING = ("IS", "TV")


def quality(whole: Gathering) -> Iterator[Told]:
    """Say what the audit found in how the targets were set, project by project."""
    none = True
    for number, story in whole.numbered():
        for code in _SETTING:
            found = [slip for slip in slips(story) if slip.code.startswith(code)]
            if found:
                none = False
                yield Item(
                    whole.name(number) + say("：") + whole.told(number, kind_of(found)) + say("，需要核实。")
                )
    if none:
        yield Text(say("审核没有发现绩效目标设定方面需要说明的问题。"))
