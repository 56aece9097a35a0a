"""What a department tells of all its self-evaluations: sums, score bands, a table, and what fell short where."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from fractions import Fraction
from functools import partial

from jixiao.layout import Role
from jixiao.papers.drafts import one_reason
from jixiao.papers.drafts.faults import fault_of
from jixiao.papers.drafts.funds import remedy_unspent, why_unspent
from jixiao.papers.drafts.gathering import Gathering
from jixiao.papers.drafts.one_reason import Place, one_reasons
from jixiao.papers.drafts.reasons import reason_of, remedy_of
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
    closed,
    joined,
    of,
    say,
)
from jixiao.rollup.reasons import NONE
from jixiao.rollup.reasons import kind_of as kind_of_reason
from jixiao.rollup.summing import edges_of

_WIDTHS = (6, 28, 13, 13, 12, 12)  # half widths: amounts and blanks on one line each
_CELL = of("【请填写】")  # a figure that is silent or refuted, in a narrow cell


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
    said += (
        NOTHING
        if budget and spent
        else blank("各项目预算数和执行数的合计，有的自评表没有填，或与审核结果不符")
    )
    yield Text(said + _bands(whole))
    yield from _behind(whole)


def _bands(whole: Gathering) -> Passage:
    """Say how many projects lie in each band of the rule-book; a blank for those whose totals aren't known."""
    edges = {edges_of(story.scheme) for story in whole.stories}
    known = whole.totals(_is_known)
    if len(edges) != 1 or not known or not all(story.full_scale for story in whole.stories):
        return blank("自评得分的分布，有的项目没有总分，或各项目的分数段不同")
    (lows,) = edges
    parts = []
    for at in range(len(lows) + 1):
        low = lows[at][0] if at < len(lows) else None
        some = whole.totals(partial(_within, low, lows[at - 1][0] if at else None))
        if some:
            parts.append(_band(whole, at, lows, whole.ground.count(some)))
    led = "自评得分" if len(known) == len(whole.stories) else "自评得分经核对无误的{n}个项目中，"
    said = say(led + "{parts}。", n=whole.ground.count(known), parts=joined(parts, "，"))
    full = whole.totals(lambda story: _is_known(story) and _total(story) == story.scheme.total)
    said += say("其中得分为满分的项目{n}个。", n=whole.ground.count(full)) if full else NOTHING
    return said + _open_ones(whole)


def _open_ones(whole: Gathering) -> Passage:
    """Return the blank for the projects whose totals are silent or refuted."""
    rest = [n for n, story in whole.numbered() if not _is_known(story)]
    if not rest:
        return NOTHING
    n = whole.ground.count([f"{whole.at(k)}.project.name" for k in rest])
    return blank("另{n}个项目核对后的自评得分，见下表", n=n)


def _is_known(story: Story) -> bool:
    return _total(story) is not None


def _band(whole: Gathering, at: int, lows: Sequence[tuple[Decimal, str]], n: Quote) -> Passage:
    """Say how many projects lie in a band: 90分（含）以上, 80分（含）至90分, 60分以下."""
    low = whole.ground.quote(f"reviews.0.scheme.{lows[at][1]}") or "" if at < len(lows) else ""
    high = (whole.ground.quote(f"reviews.0.scheme.{lows[at - 1][1]}") or "") if at else ""
    if not at:
        return say("{low}分（含）以上的项目{n}个", low=low, n=n)
    if at == len(lows):
        return say("{high}分以下的项目{n}个", high=high, n=n)
    return say("{low}分（含）至{high}分的项目{n}个", low=low, high=high, n=n)


def _total(story: Story) -> Decimal | None:
    return story.ground.number(story.total.paths[0]) if story.total else None


def _within(low: Decimal | None, high: Decimal | None, story: Story) -> bool:
    total = _total(story)
    return total is not None and (low is None or total >= low) and (high is None or total < high)


def _behind(whole: Gathering) -> Iterator[Told]:
    """Say which projects fell short of a target or lost points on one."""
    behind = [n for n, story in whole.numbered() if story.behind]
    if not behind:
        is_open = any(story.mark(row) is None for story in whole.stories for row in story.rows)
        yield Text(
            say("除得分待核对的指标外，各项目的指标没有扣分。" if is_open else "各项目的指标没有扣分。")
        )
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
    yield Table(say("项目支出绩效自评情况表"), (head, *rows), _WIDTHS, roles)


def _listed(whole: Gathering, number: int, story: Story) -> tuple[Passage, ...]:
    serial = whole.ground.count([f"{whole.at(n)}.project.name" for n in range(number + 1)])
    money = (story.ground.quote(f"funds.total.{column}") for column in ("annual", "executed"))
    cells = (*money, story.total, story.grade)
    told = (of(cell) if cell else _CELL for cell in cells)
    return (of(serial), whole.name(number), *(whole.told(number, passage) for passage in told))


def shortfalls(whole: Gathering) -> Iterator[Told]:
    """Tell what fell short: budget execution, the reasons by kind and those of several rows, each project's rows."""
    shared = one_reasons(whole)
    known = frozenset(place for one in shared for place in one.places)
    yield from _unspent(whole, known)
    yield from _kinds(whole)
    if shared:
        yield Head(say("同一原因的扣分"))
    for one in shared:
        yield Item(one_reason.told(whole, one))
    for number, story in whole.numbered():
        if story.behind:
            yield Head(whole.name(number))
        for row in story.behind:
            fault = fault_of(story, row)
            why = say("原因同前。") if Place(number, row.path) in known else fault.why
            yield Item(whole.told(number, fault.says + why))


def _unspent(whole: Gathering, known: AbstractSet[Place]) -> Iterator[Told]:
    """Say how many projects lost points in budget execution; why, in their own words, or as one blank for the rest."""
    lost = [(n, story) for n, story in whole.numbered() if story.execution_lost is not None]
    if not lost:
        return
    told = [n for n, story in lost if reason_of(story.ground, "execution") is not None]
    said = say("预算执行率扣分的项目{n}个", n=_count(whole, [n for n, _ in lost]))
    slow = [n for n, story in lost if _is_slow(story)]
    if slow:
        said += say(
            "，其中执行率偏低、按口径须说明原因的{k}个：{names}",
            k=_count(whole, slow),
            names=whole.names(slow),
        )
    said += say("。")
    if len(told) < len(lost):
        rest = _count(whole, [n for n, _ in lost if n not in told])
        said += blank("其中{n}个自评表没有写原因的项目，资金未支出的主要原因和结余的处理", n=rest)
    yield Text(said)
    for n in told:
        if Place(n, "execution") not in known:
            yield Item(whole.name(n) + say("：") + whole.told(n, why_unspent(whole.stories[n])))


def _is_slow(story: Story) -> bool:
    """Tell whether a project's execution rate lies below the rule-book's limit for a reason."""
    limit, line = story.scheme.thresholds.get("reason_below"), story.table.funds.total
    if limit is None or line is None or line.annual is None or line.executed is None or not line.annual.exact:
        return False
    refuted = any(story.ground.is_refuted(f"funds.total.{name}") for name in ("annual", "executed"))
    return not refuted and line.executed.exact / line.annual.exact < Fraction(limit)


def _kinds(whole: Gathering) -> Iterator[Told]:
    """Say how many rows lost points, and of which kind the reasons are."""
    held: dict[str, list[str]] = {}
    for n, story in whole.numbered():
        for row in story.behind:
            held.setdefault(kind_of_reason(row.indicator.reason), []).append(
                f"{whole.at(n)}.{row.path}.points"
            )
    if not held:
        return
    ranked = sorted(held.items(), key=lambda item: (item[0] == NONE, -len(item[1])))
    every = [path for _, paths in ranked for path in paths]
    parts = joined((say(f"{kind}{{n}}个", n=whole.ground.count(paths)) for kind, paths in ranked), "，")
    yield Text(
        say("扣分的指标共{n}个，按自评表所写的原因分：{parts}。", n=whole.ground.count(every), parts=parts)
    )


def _count(whole: Gathering, numbers: Sequence[int]) -> Quote:
    return whole.ground.count([f"{whole.at(n)}.project.name" for n in numbers])


def remedies(whole: Gathering) -> Iterator[Told]:
    """Tell what is done about it: budget execution of all together, then each project's rows."""
    lost = [n for n, story in whole.numbered() if story.execution_lost is not None]
    told = [n for n in lost if remedy_of(whole.stories[n].ground, "execution") is not None]
    for n in told:
        yield Item(whole.name(n) + say("：") + whole.told(n, closed(remedy_unspent(whole.stories[n]))))
    if len(told) < len(lost):
        wanted = blank("加快预算执行的措施、责任股室和完成时间")
        rest = _count(whole, [n for n in lost if n not in told])
        yield Item(say("针对{n}个预算执行率扣分的项目：", n=rest) + wanted)
    yield from _row_remedies(whole)


def _row_remedies(whole: Gathering) -> Iterator[Told]:
    """Tell of each project what its table says is done; one blank for all rows of which none says anything."""
    silent: list[str] = []
    for number, story in whole.numbered():
        said = [row for row in story.behind if remedy_of(story.ground, row.path) is not None]
        silent += [f"{whole.at(number)}.{row.path}.points" for row in story.behind if row not in said]
        if said:
            yield Head(whole.name(number))
        for row in said:
            yield Item(whole.told(number, fault_of(story, row).remedy))
    if silent:
        wanted = blank("改进措施、责任股室和完成时间")
        yield Item(say("针对自评表没有写改进措施的{n}个扣分指标：", n=whole.ground.count(silent)) + wanted)


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
