"""What a report tells of the indicators: target and result of each row, class by class, and the sums behind losses."""

from collections.abc import Iterator, Sequence

from jixiao.layout import Role
from jixiao.papers.drafts.project import class_name
from jixiao.papers.drafts.story import Row, Story
from jixiao.papers.drafts.telling import (
    NOTHING,
    Head,
    Item,
    Passage,
    Table,
    Text,
    Told,
    blank,
    closed,
    of,
    say,
)


def rows(story: Story) -> Iterator[Told]:
    """Tell all rows, class by class."""
    for name in story.classes or ("",):
        yield from _class(story, story.of_class(name), headed=bool(name))


def output(story: Story) -> Iterator[Told]:
    """Tell the rows on output."""
    yield from _or_none(story, "output", "产出")


def benefit(story: Story) -> Iterator[Told]:
    """Tell the rows on benefit."""
    yield from _or_none(story, "benefit", "效益")


def satisfaction(story: Story) -> Iterator[Told]:
    """Tell the rows on satisfaction, or where they stand: in older frames they belong to another class."""
    inner = [
        row
        for row in story.rows
        if "满意" in f"{row.indicator.level2 or ''}" and _kind(row) != "satisfaction"
    ]
    if inner:
        yield Text(say("满意度指标列在{name}中。", name=class_name(story, inner[0])))
    else:
        yield from _or_none(story, "satisfaction", "满意度")


def decision(story: Story) -> Iterator[Told]:
    """Tell the rows on decision; where the table has none, what is wanted."""
    yield from _or_blank(story, "decision", "项目立项、绩效目标、资金投入三个方面的情况")


def process(story: Story) -> Iterator[Told]:
    """Tell the rows on process; where the table has none, what is wanted."""
    yield from _or_blank(story, "process", "资金管理、组织实施两个方面的情况")


def cost(story: Story) -> Iterator[Told]:
    """Tell the rows of a class on cost; nothing where there is none, and its heading is then left out."""
    yield from _of_kinds(story, "cost")


def satisfied(story: Story) -> Iterator[Told]:
    """Tell the rows of a class on satisfaction; nothing where there is none."""
    yield from _of_kinds(story, "satisfaction")


def rest(story: Story) -> Iterator[Told]:
    """Tell the rows of classes that no other chapter knows; nothing where there are none."""
    yield from _of_kinds(story, "")


def others(story: Story) -> Iterator[Told]:
    """Tell those, and the rows on decision and process, under an outline without chapters for these."""
    yield from _of_kinds(story, "decision", "process", "")


_KINDS = (
    ("satisfaction", ("满意",)), ("cost", ("成本",)), ("decision", ("决策", "立项")), ("process", ("过程", "管理")),
    ("output", ("产出",)), ("benefit", ("效益", "效果", "影响")),
)  # fmt: skip


def _kind(row: Row) -> str:
    """Return which chapter the first-level class of a row belongs to, "" where none knows it."""
    return next((kind for kind, words in _KINDS if any(word in row.level1 for word in words)), "")


def _of_kinds(story: Story, *kinds: str) -> Iterator[Told]:
    """Tell the rows of some kinds, a heading over each class where they are of several."""
    found = tuple(row for row in story.rows if _kind(row) in kinds)
    classes = tuple(dict.fromkeys(row.level1 for row in found))
    for name in classes:
        yield from _class(story, tuple(row for row in found if row.level1 == name), headed=len(classes) > 1)


def _or_none(story: Story, kind: str, word: str) -> Iterator[Told]:
    told = tuple(_of_kinds(story, kind))
    yield from told
    if not told and not any(word in name for name in story.classes):
        yield Text(say(f"自评表未设{word}指标。"))


def _or_blank(story: Story, kind: str, wanted: str) -> Iterator[Told]:
    told = tuple(_of_kinds(story, kind))
    yield from told or (Text(blank(wanted)),)


def _class(story: Story, found: Sequence[Row], *, headed: bool) -> Iterator[Told]:
    if not found:
        return
    if headed:
        yield Head(of(class_name(story, found[0])))
    if found[0].level1:
        yield Text(_summary(story, found))
    for row in found:
        yield Item(_row(story, row))


def _summary(story: Story, found: Sequence[Row]) -> Passage:
    """Say how many rows a class has, and how many of them reach their targets as far as that can be compared."""
    ground = story.ground
    said = say("{name}设{n}项", name=class_name(story, found[0]), n=ground.count([row.path for row in found]))
    for word, met in (("达到年度指标值", True), ("未达到", False)):
        some = [row.path for row in found if row.met is met]
        if some:
            said += say(f"，{word}{{n}}项", n=ground.count(some))
    return said + Passage(("。",))


def _row(story: Story, row: Row) -> Passage:
    """Tell one row: points and score, target and result, and the sum where points were lost."""
    points, mark = story.points(row), story.mark(row)
    said = say("{name}：", name=story.called(row))
    said += say("满分{points}分，", points=points) if points else NOTHING
    said += say("得{mark}分。", mark=mark) if mark else story.wanted("得分", f"{row.path}.score_printed")
    told = say("年度指标值{target}，实际完成值{actual}。", target=story.target(row), actual=story.actual(row))
    return said + told + _proof(row) + _steps(story, row)


def _proof(row: Row) -> Passage:
    """Ask for what stands behind a result in words: a figure, a day or a document, which only the unit has."""
    actual = row.indicator.actual
    if actual is None or actual.figure is not None or actual.moment is not None:
        return NOTHING
    return blank("佐证材料，写明数字、日期或文件名称")


def _steps(story: Story, row: Row) -> Passage:
    """Say how the score comes about, where points were lost and the rule-book gives the same score."""
    score, mark = row.score, story.mark(row)
    if story.lost(row) is None or score is None or mark is None or not score.steps:
        return NOTHING
    if score.score != story.ground.number(mark.paths[0]):
        return NOTHING
    last = story.ground.quote(f"sheet.{row.path}.steps.{len(score.steps) - 1}.says")
    return say("得分计算：{step}。", step=last) if last else NOTHING


def deviations(story: Story) -> Iterator[Told]:
    """Show what fell short in a table, with the unit's own reason."""
    behind = story.behind
    if not behind:
        yield Text(story.nothing_lost)
        return
    head = tuple(of(word) for word in ("未完成事项", "计划", "完成", "扣分", "原因和措施"))
    cells = tuple(_deviation(story, row) for row in behind)
    roles = (Role.TEXT, Role.NUMBER, Role.NUMBER, Role.NUMBER, Role.TEXT)
    yield Table(say("扣分和未完成事项表"), (head, *cells), (3, 2, 2, 1, 6), roles)


def _deviation(story: Story, row: Row) -> tuple[Passage, ...]:
    told = story.ground.quote(f"{row.path}.reason")
    remedy = story.ground.quote(f"{row.path}.remedy")
    why = closed(told) if told else blank("偏差原因和改进措施")
    lost = story.lost(row)
    return (
        of(story.called(row)), story.target(row), story.actual(row), of(lost) if lost else NOTHING,
        why + (of(remedy) if remedy else NOTHING),
    )  # fmt: skip
