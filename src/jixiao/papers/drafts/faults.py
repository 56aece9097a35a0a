"""Problems and what is done about them: from what was lost, and from what the audit found in the table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jixiao.papers.drafts.funds import rate_of, remedy_unspent, why_unspent
from jixiao.papers.drafts.reasons import because, reason_of, remedy_of
from jixiao.papers.drafts.slips import slips
from jixiao.papers.drafts.story import Row, Story
from jixiao.papers.drafts.telling import Item, Passage, Text, Told, blank, closed, say


@dataclass(frozen=True, slots=True)
class Fault:
    """One problem: what it is, why it came about (NOTHING where that is no question), what is done about it."""

    says: Passage
    why: Passage
    remedy: Passage


def faults(story: Story) -> Iterator[Fault]:
    """Yield the problems that the record shows: what fell short, then how many places of the table are wrong."""
    yield from shortfalls(story)
    wrong = slips(story)
    if wrong:
        n = story.ground.count([slip.path for slip in wrong])
        remedy = say("按审核意见更正自评表。") + blank("更正的责任股室和完成时间")
        says = say("自评表有{n}处需要更正或核实，见工作开展情况部分。", n=n)
        yield Fault(says, blank("需要更正的原因"), remedy)


def shortfalls(story: Story) -> Iterator[Fault]:
    """Yield what cost points or surely missed its target: budget execution first, then the rows."""
    if story.execution_lost is not None:
        yield _of_execution(story)
    yield from rows_short(story)


def rows_short(story: Story) -> Iterator[Fault]:
    """Yield the rows that lost points."""
    for row in story.behind:
        yield fault_of(story, row)


def _of_execution(story: Story) -> Fault:
    rate, lost = rate_of(story.ground), story.execution_lost
    said = say("预算执行率为{rate}", rate=rate) if rate else say("预算执行率未得满分")
    says = said + (say("，扣{lost}分。", lost=lost) if lost else say("。"))
    return Fault(
        says, why_unspent(story), say("针对预算执行：{remedy}", remedy=closed(remedy_unspent(story)))
    )


def fault_of(story: Story, row: Row) -> Fault:
    """Return what is told of a row that lost points."""
    name, lost, ground = story.called(row), story.lost(row), story.ground
    missed = "，未达到年度指标值{target}" if row.met is False else "，年度指标值为{target}"
    said = say(
        "{name}实际完成{actual}" + missed, name=name, actual=story.actual(row), target=story.target(row)
    )
    said += say("，扣{lost}分。", lost=lost) if lost else say("。")
    reason, remedy = reason_of(ground, row.path), remedy_of(ground, row.path)
    why = because(reason) if reason else blank("“{name}”的偏差原因", name=name)
    done = closed(remedy) if remedy else blank("改进措施、责任股室和完成时间")
    return Fault(said, why, say("针对{name}：{done}", name=name, done=done))


def problems(story: Story) -> Iterator[Told]:
    """List the problems with their reasons; say so where the record shows none."""
    found = list(faults(story))
    for fault in found:
        yield Item(fault.says + fault.why)
    yield _more(story, found)


def _more(story: Story, found: Sequence[Fault]) -> Told:
    if found:
        return Item(blank("管理方面的其他问题；没有的，删去这一条"))
    none = story.nothing_lost + say("审核没有发现需要说明原因的问题。")
    return Text(none + blank("项目管理中存在的问题；确无问题的，写“无”"))


def advice(story: Story) -> Iterator[Told]:
    """List what is done about each problem, in their order; only the unit knows more."""
    found = list(faults(story))
    for fault in found:
        yield Item(fault.remedy)
    yield Item(blank("针对其他问题的建议；没有的，删去这一条")) if found else Text(blank("下一步的工作建议"))
