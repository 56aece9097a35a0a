"""What a report tells of the scores: total and grade, the classes, how execution was scored, and by which text."""

from collections.abc import Iterator

from jixiao.layout import Role
from jixiao.papers.drafts.story import EXECUTION, Story
from jixiao.papers.drafts.telling import NOTHING, Passage, Quote, Table, Text, Told, blank, joined, of, say


def conclusion(story: Story) -> Iterator[Told]:
    """Say total and grade, and the score of each class; what is undecided is a blank."""
    yield _concluded(story, "自评")


def conclusion_evaluated(story: Story) -> Iterator[Told]:
    """Say the same where not the unit itself evaluated."""
    yield _concluded(story, "综合评价")


def _concluded(story: Story, by: str) -> Told:
    total, grade = story.total, story.grade
    said = (
        say(f"经{by}，项目总得分{{total}}分", total=total)
        if total
        else story.wanted(f"{by}总得分", "total_printed")
    )
    said += say("，等级为“{grade}”。", grade=grade) if grade else say("。") if total else NOTHING
    said += NOTHING if grade else story.wanted(f"{by}等级", "grade_printed")
    classes = list(_classes(story))
    return Text(said + (say("其中：{classes}。", classes=joined(classes, "；")) if classes else NOTHING))


def _classes(story: Story) -> Iterator[Passage]:
    for name, points, mark in _marks(story):
        told = say("，得{mark}分", mark=mark) if mark else say("，") + blank("核对后的得分")
        yield say("{name}满分{points}分", name=name, points=points) + told


def _marks(story: Story) -> Iterator[tuple[str | Quote, Quote, Quote | None]]:
    """Yield execution and the classes with points and scores, None for a score that is undecided or refuted."""
    points = story.execution_points
    if points:
        yield EXECUTION, points, story.execution_mark
    for name in story.classes:
        whole, earned = (story.ground.sum(story.paths(name, field)) for field in ("points", "score"))
        if whole:
            yield story.ground.quote(f"{story.of_class(name)[0].path}.level1") or name, whole, earned


def score_table(story: Story) -> Iterator[Told]:
    """Show the scores of the classes in a table."""
    marks = list(_marks(story))
    if not marks:
        return
    head = tuple(of(word) for word in ("评分项目", "满分", "得分", "扣分"))
    rows = [
        (of(name), of(points), of(mark) if mark else blank("得分"), _lost(story, points, mark))
        for name, points, mark in marks
    ]
    if story.total is not None:
        rows.append((of("总计"), NOTHING, of(story.total), NOTHING))
    roles = (Role.TEXT, Role.NUMBER, Role.NUMBER, Role.NUMBER)
    yield Table(say("各类指标得分表"), (head, *rows), (4, 2, 2, 2), roles)


def _lost(story: Story, points: Quote, mark: Quote | None) -> Passage:
    """Say what a class lost: the points of its rows less their scores."""
    lost = story.ground.less(points.paths, mark.paths) if mark else None
    return of(lost) if lost else NOTHING


def execution(story: Story) -> Iterator[Told]:
    """Say how the score of budget execution comes about, where it lost points and the rule-book gives the same."""
    mark, sheet = story.execution_mark, story.review.sheet
    score = sheet.execution if sheet is not None else None
    if score is None or mark is None or story.execution_lost is None:
        return
    if score.score == story.ground.number(mark.paths[0]):
        steps = [story.ground.quote(f"sheet.execution.steps.{n}.says") for n in range(len(score.steps))]
        yield Text(
            say("预算执行得分的计算：{steps}。", steps=joined((of(step) for step in steps if step), "；"))
        )


def standard(story: Story) -> Iterator[Told]:
    """Say by which text the scores and grades were given, where somebody has read it; else what is wanted."""
    source = story.scheme.grades_source
    if not source.verified:
        yield Text(blank("评分办法和等级划分所依据的文件名称、发文字号"))
        return
    document = story.ground.quote("scheme.grades_source.document") or ""
    bands = (
        say("{low}分（含）以上为“{word}”", low=low, word=word)
        for n in range(len(story.scheme.grades) - 1)
        if (low := story.ground.quote(f"scheme.grades.{n}.low"))
        and (word := story.ground.quote(f"scheme.grades.{n}.word"))
    )
    yield Text(say("等级按{document}划分：{bands}。", document=document, bands=joined(bands, "，")))


def origin(story: Story) -> Iterator[Told]:
    """Say where the report's figures come from."""
    yield Text(say("本报告的金额、指标值、完成值和得分取自{year}年度项目支出绩效自评表。", year=story.year))
