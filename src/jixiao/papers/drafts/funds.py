"""What a report tells of the money: budget, spending, the rate, what is left and why, and the sources in a table."""

from collections.abc import Iterator

from jixiao.layout import Role
from jixiao.model.finding import FieldPath
from jixiao.papers.drafts.grounds import Ground
from jixiao.papers.drafts.project import sources_of
from jixiao.papers.drafts.reasons import reason_of, remedy_of
from jixiao.papers.drafts.story import Story
from jixiao.papers.drafts.telling import (
    NOTHING,
    Passage,
    Quote,
    Table,
    Text,
    Told,
    Word,
    blank,
    closed,
    joined,
    of,
    say,
)

COLUMNS = (("initial", "年初预算数"), ("annual", "全年预算数"), ("executed", "全年执行数"))


def money(story: Story) -> Iterator[Told]:
    """Say budget, spending and rate, what changed during the year, and what was left."""
    ground = story.ground
    named = [(called, ground.quote(f"funds.total.{column}")) for column, called in COLUMNS]
    told = [say(f"{called}{{money}}", money=found) for called, found in named if found is not None]
    rate = rate_of(ground)
    if rate is not None:
        told.append(say("预算执行率{rate}", rate=rate))
    said = say("{told}。", told=joined(told, "，")) if told else NOTHING
    for (column, called), (_, found) in zip(COLUMNS[1:], named[1:], strict=True):
        said += story.wanted(called, f"funds.total.{column}") if found is None else NOTHING
    said += story.wanted("预算执行率", "execution.rate_printed") if rate is None else NOTHING
    yield Text(said + _changed(ground) + _left(story))


def rate_of(ground: Ground) -> Passage | None:
    """Return the rate that the table prints, else what spending ÷ budget comes to; None where it prints a wrong one."""
    found = ground.quote("execution.rate_printed")
    if ground.is_refuted("execution.rate_printed"):
        return None
    if found is not None:
        return of(found) if found.text.endswith("%") else Passage((found, "%"))
    worked = ground.rate(("funds.total.executed",), ("funds.total.annual",))
    return of(worked) if worked is not None else None


def _changed(ground: Ground) -> Passage:
    """Say by how much the budget was changed during the year; why, only the unit knows."""
    before, after = ground.number("funds.total.initial"), ground.number("funds.total.annual")
    if before is None or after is None or before == after:
        return NOTHING
    word = "调增" if after > before else "调减"
    moved = ground.difference("funds.total.annual", "funds.total.initial") or ""
    return say(f"全年预算数比年初预算数{word}{{moved}}。", moved=moved) + blank(
        "年中预算调整的原因和批准文件的名称、文号"
    )


def _left(story: Story) -> Passage:
    """Say what was not spent and why, in the table's words."""
    ground = story.ground
    budget, spent = ground.number("funds.total.annual"), ground.number("funds.total.executed")
    if budget is None or spent is None or spent >= budget:
        return NOTHING
    left = ground.difference("funds.total.annual", "funds.total.executed") or ""
    return say("未支出{left}。", left=left) + why_unspent(story)


def why_unspent(story: Story) -> Passage:
    """Say why money was left, in the table's words; else leave it to be filled in."""
    reason = reason_of(story.ground, "execution")
    if reason is None:
        return blank("资金未支出的原因和结余的处理")
    settled = any(word in reason.text for word in _SETTLED)
    told = say("资金未支出的原因：{reason}", reason=closed(reason))
    return told + (NOTHING if settled else blank("结余资金的处理"))


_SETTLED = ("结转", "交回", "收回", "退回", "上缴", "上交", "统筹", "抵扣")


def remedy_unspent(story: Story) -> Word:
    """Say what is to be done about money left, in the table's words; else leave it to be filled in."""
    return remedy_of(story.ground, "execution") or blank("加快预算执行的措施、责任股室和完成时间")


def sources(story: Story) -> Iterator[Told]:
    """Show the sources of the money in a table, the columns that the paper has."""
    ground = story.ground
    found = [
        ("funds.total", of("年度资金总额")),
        *((path, of(called)) for path, called in sources_of(ground)),
    ]
    columns = [pair for pair in COLUMNS if any(ground.quote(f"{path}.{pair[0]}") for path, _ in found)]
    rows = [row for path, called in found if (row := _row(ground, path, called, columns))]
    if len(rows) <= 1 or not columns:
        return
    head = (of("资金来源"), *(of(called) for _, called in columns))
    unit = ground.quote("funds.unit.name")
    caption = say("项目资金情况表（单位：{unit}）", unit=unit) if unit else say("项目资金情况表")
    yield Table(
        caption, (head, *rows), (3, *(2 for _ in columns)), (Role.TEXT, *(Role.NUMBER for _ in columns))
    )


def _row(
    ground: Ground, path: FieldPath, called: Passage, columns: list[tuple[str, str]]
) -> tuple[Passage, ...]:
    """Return a source's row of amounts without their unit, empty where the paper has none of it."""
    found = [_bare(ground, f"{path}.{column}") for column, _ in columns]
    if not any(found):
        return ()
    return (called, *(of(money) if money else NOTHING for money in found))


def _bare(ground: Ground, path: str) -> Quote | None:
    value = ground.number(path)
    return Quote(f"{value:f}", (path,)) if value is not None else None
