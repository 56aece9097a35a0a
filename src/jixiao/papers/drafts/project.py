"""What a report tells of the project itself: who, what, for which money, towards which goal."""

from collections.abc import Iterator

from jixiao.model.finding import FieldPath
from jixiao.papers.drafts.grounds import Ground
from jixiao.papers.drafts.story import Row, Story
from jixiao.papers.drafts.telling import Item, Passage, Text, Told, Word, blank, closed, joined, say


def about(story: Story) -> Iterator[Told]:
    """Say who carries the project out and under whom."""
    department = story.ground.named("project.department")
    same = story.table.project.department == story.table.project.unit or story.table.project.unit is None
    led = say("，主管部门为{department}", department=department) if department and not same else Passage()
    yield Text(say("{name}由{unit}组织实施{led}。", name=story.name, unit=story.unit, led=led))


def input_expected(story: Story) -> Iterator[Told]:
    """Say what money was planned, and from which sources."""
    parts = list(_planned(story))
    if not parts:
        yield Text(blank("项目预期投入的金额和来源"))
        return
    yield Text(say("项目年度预算安排：{parts}。", parts=joined(parts, "，")))


_SOURCES = (
    ("fiscal", "财政拨款"),
    ("carryover", "上年结转资金"),
    ("special", "财政专户管理资金"),
    ("other", "其他资金"),
)


def _planned(story: Story) -> Iterator[Passage]:
    for column, called in (("initial", "年初预算数"), ("annual", "全年预算数")):
        whole = story.ground.quote(f"funds.total.{column}")
        if whole is not None:
            yield say(f"{called}{{whole}}", whole=whole)
    if story.ground.number("funds.total.annual") is None:
        return
    for path, source in sources_of(story.ground):
        money, value = story.ground.quote(f"{path}.annual"), story.ground.number(f"{path}.annual")
        if money is not None and value:
            yield say("其中{source}{money}", source=source, money=money)


def sources_of(ground: Ground) -> Iterator[tuple[FieldPath, Word]]:
    """Yield the sources of the money by their paths, those too that only this form's label names."""
    yield from ((f"funds.{source}", called) for source, called in _SOURCES)
    for n, line in enumerate(ground.table.funds.more):
        if line.label:
            yield f"funds.more.{n}", ground.quote(f"funds.more.{n}.label") or ""


def goal(story: Story) -> Iterator[Told]:
    """Say the year's goal as it was approved, in the table's words."""
    found = story.ground.quote("goal.expected")
    yield Text(say("年度绩效目标：{goal}", goal=closed(found)) if found else blank("批复的年度绩效目标"))


def achieved(story: Story) -> Iterator[Told]:
    """Say how far the goal was reached, in the table's words."""
    found = story.ground.quote("goal.actual")
    yield Text(
        say("年度绩效目标实际完成情况：{actual}", actual=closed(found))
        if found
        else blank("年度绩效目标的实际完成情况")
    )


def benefits_expected(story: Story) -> Iterator[Told]:
    """Say which benefits were promised: the targets of the benefit rows."""
    rows = [row for row in story.rows if "效益" in row.level1 and row.indicator.target is not None]
    if not rows:
        yield Text(blank("项目的预期效益"))
        return
    yield Text(say("项目预期效益：{rows}。", rows=joined((_promised(story, row) for row in rows), "；")))


def _promised(story: Story, row: Row) -> Passage:
    return say("{name}年度指标值{target}", name=story.called(row), target=story.target(row))


def targets(story: Story) -> Iterator[Told]:
    """List the indicators of each class with their targets."""
    for name in story.classes:
        rows = [row for row in story.of_class(name) if row.indicator.target is not None]
        if rows:
            told = joined((_promised(story, row) for row in rows), "；")
            yield Item(say("{name}：{rows}。", name=class_name(story, rows[0]), rows=told))


def class_name(story: Story, row: Row) -> Word:
    """Quote the first-level class of a row."""
    return story.ground.quote(f"{row.path}.level1") or "绩效指标"
