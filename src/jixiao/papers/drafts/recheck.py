"""What a re-check tells: own scores beside those worked out again, where they part, and what is wrong in the table."""

from collections.abc import Iterator

from jixiao.layout import Role
from jixiao.papers.drafts.gathering import Gathering
from jixiao.papers.drafts.grounds import Ground
from jixiao.papers.drafts.slips import slips
from jixiao.papers.drafts.story import EXECUTION, Story
from jixiao.papers.drafts.telling import NOTHING, Head, Item, Passage, Table, Text, Told, Word, blank, of, say


def scope(whole: Gathering) -> Iterator[Told]:
    """Say what was checked again, and how the scores were worked out."""
    n = whole.ground.count(whole.paths("project.name"))
    budget = whole.ground.sum(whole.paths("funds.total.annual"))
    said = say("本次复核{unit}{year}年度绩效自评项目共计{n}个", unit=whole.unit, year=whole.year, n=n)
    said += say("，预算资金{budget}。", budget=budget) if budget else say("。")
    yield Text(said + say("复核得分由自评表的金额、指标值和完成值按评分口径重新计算。"))


def compared(whole: Gathering) -> Iterator[Told]:
    """Show own score, score worked out again and the difference in a table; what is undecided is a blank."""
    head = tuple(of(word) for word in ("项目名称", "自评总分", "复核总分", "相差", "自评等级", "复核等级"))
    rows = [
        (whole.name(n), *(whole.told(n, cell) for cell in _compared(story))) for n, story in whole.numbered()
    ]
    roles = (Role.TEXT, *(Role.NUMBER for _ in head[1:]))
    yield Table(say("自评与复核总分对照表"), (head, *rows), (6, 2, 2, 2, 2, 2), roles)
    open_ones = [n for n, story in whole.numbered() if _again(story) is None]
    if open_ones:
        names = whole.names(open_ones)
        yield Text(say("{names}有不能按自评表判定的指标，复核总分没有计算。", names=names))


def _again(story: Story) -> Word | None:
    return story.ground.quote("sheet.total.score") if story.full_scale else None


def _compared(story: Story) -> tuple[Passage, ...]:
    ground, again = story.ground, _again(story)
    own = ground.quote("sheet.total.printed")
    gap = ground.difference("sheet.total.printed", "sheet.total.score") if own and again else None
    grade = ground.quote("sheet.grade.word") if again else None
    printed = ground.quote("sheet.grade.printed")
    return (
        of(own) if own else of("未填"), of(again) if again else blank("复核总分"), of(gap) if gap else NOTHING,
        of(printed) if printed else of("未填"), of(grade) if grade else blank("复核等级"),
    )  # fmt: skip


def apart(whole: Gathering) -> Iterator[Told]:
    """Tell of each project which scores the rule-book refutes, with its sum, and which it can't decide."""
    told = False
    for number, story in whole.numbered():
        items = [*_refuted(story), *_undecided(story)]
        if items:
            yield Head(whole.name(number))
        for item in items:
            told = True
            yield Item(whole.told(number, item))
    if not told:
        yield Text(say("各项目的自评分与按评分口径重新计算的结果一致。"))


def _scored(story: Story) -> Iterator[tuple[str, Word]]:
    """Yield the paths of the sheet's scores with what each is of."""
    yield "execution", EXECUTION
    for row in story.rows:
        yield row.path, story.called(row)


def _refuted(story: Story) -> Iterator[Passage]:
    for path, name in _scored(story):
        ground = story.ground
        if ground.value(f"sheet.{path}.agrees") is not False or ground.value(f"sheet.{path}.score") is None:
            continue
        own, again = ground.quote(f"sheet.{path}.printed"), ground.quote(f"sheet.{path}.score")
        said = say("{name}自评{own}分，复核{again}分。", name=name, own=own or "", again=again or "")
        yield said + _last_step(ground, path)


def _last_step(ground: Ground, path: str) -> Passage:
    steps = ground.value(f"sheet.{path}.steps")
    count = len(steps) if isinstance(steps, tuple) else 0
    last = ground.quote(f"sheet.{path}.steps.{count - 1}.says") if count else None
    return say("计算：{step}。", step=last) if last else NOTHING


def _undecided(story: Story) -> Iterator[Passage]:
    for path, name in _scored(story):
        ground = story.ground
        why = ground.quote(f"sheet.{path}.because")
        if (
            ground.value(f"sheet.{path}.score") is None
            and ground.value(f"sheet.{path}.points") is not None
            and why
        ):
            yield say("{name}按填列的内容不能判定：{why}。", name=name, why=why) + blank(
                "“{name}”的复核得分", name=name
            )


def found(whole: Gathering) -> Iterator[Told]:
    """Tell of each project what the audit found in its table."""
    none = True
    for number, story in whole.numbered():
        listed = slips(story)
        if listed:
            yield Head(whole.name(number))
        for slip in listed:
            none = False
            yield Item(whole.told(number, slip.full))
    if none:
        yield Text(say("审核没有发现自评表填报方面需要说明的问题。"))


def remedies(whole: Gathering) -> Iterator[Told]:
    """Tell of each project how that is put right."""
    for number, story in whole.numbered():
        listed = slips(story)
        if listed:
            yield Head(whole.name(number))
        for slip in listed:
            yield Item(whole.told(number, say("更正自评表{place}：", place=slip.place) + slip.remedy))
    yield Text(blank("其他处理建议和整改期限"))
