"""Changes told with both their ends or their share: 预算18.5万元，决算14.2万元，减少4.3万元，下降23.24% (AR14)."""

import re
from collections.abc import Iterator
from fractions import Fraction

from jixiao.audit.prose import Amount, Sentence, percent, ratio_of
from jixiao.audit.quotients import overlap
from jixiao.audit.rule import Case, Found
from jixiao.expressions import expression
from jixiao.model.figure import Figure, figure_of, unit_named

_LESS = r"减少|下降|降低|压减|节约|节省|少支出"
_MORE = r"增加|增长|上升|提高|多支出"
_BY = expression(
    rf"(?:较|比|同比|与)[^，,。；;\d]{{0,14}}?(?:相比|对比)?[，,]?(?P<how>{_LESS}|{_MORE})(?:了|支出|资金|金额|:)*$"
)
_SHARE = expression(
    rf"^[，,、(（]*(?:(?:同比)?(?:{_LESS}|{_MORE})(?:率|幅度)?|降幅|增幅|幅度)(?:为|了|达到?|约|:)*(\d{{1,4}}(?:\.\d{{1,4}})?)%"
)
_OTHER = expression(r"其中|分别|累计|每|人均|户均|平均|单价|主要|目标|应")
_REACH, _BEFORE = 24, 60


def changes_that_do_not_follow(case: Case) -> Iterator[Found]:
    """Yield the changes that the two amounts before them don't give, and the shares that change and amounts don't."""
    for said in case.told("signs.money", "signs.changed"):
        if said.passage.in_report and not _OTHER.search(said.plain):
            yield from _in_sentence(said)


def _in_sentence(said: Sentence) -> Iterator[Found]:
    amounts = said.amounts
    for n, change in enumerate(amounts):
        how = _BY.search(change.before)
        ends = amounts[max(0, n - 2) : n]
        if how is None or not ends or any(a.per_head or _BY.search(a.before) for a in ends):
            continue
        less = re.fullmatch(_LESS, how["how"]) is not None
        says = _difference(ends, change) or _share(ends, change, _percent_after(said, change), less=less)
        if says:
            passage = said.passage
            yield Found(
                passage.where, says, passage.paper, quoted=said.text, printed=str(change), key=str(change)
            )


def _percent_after(said: Sentence, change: Amount) -> Figure | None:
    """Return the percentage that follows the change at once (减少4.3万元，下降23.24%)."""
    at = said.plain.find(
        f"{change.digits}{change.figure.unit.name if change.figure.unit else ''}{change.after}"
    )
    behind = said.plain[at + len(str(change)) : at + len(str(change)) + _REACH] if at >= 0 else ""
    m = _SHARE.match(behind)
    return figure_of(m[1], unit_named("%")) if m else None


def _difference(ends: tuple[Amount, ...], change: Amount) -> str:
    """Say that two amounts lie further apart than the change between them, or nearer; "" where they agree."""
    if len(ends) != 2:  # noqa: PLR2004
        return ""
    first, last = (end.figure for end in ends)
    apart = abs(first.exact - last.exact)
    slack = sum((f.high - f.exact for f in (first, last, change.figure)), Fraction(0))
    if abs(apart - change.yuan) <= slack or not _is_near(apart, change.yuan):
        return ""
    large, small = (ends[0], ends[1]) if first.exact >= last.exact else (ends[1], ends[0])
    return f"{large} − {small} = {_shown(apart, change.figure)}，文中写的是 {change}。改法：核对三个金额。"


def _is_near(apart: Fraction, told: Fraction) -> bool:
    """Tell whether a difference is told wrong, and no other one meant: at most by half of it."""
    return apart > 0 and told > 0 and Fraction(1, 2) <= told / apart <= 2  # noqa: PLR2004


def _share(ends: tuple[Amount, ...], change: Amount, share: Figure | None, *, less: bool) -> str:
    """Say that a change is another share of what it began from; "" where one of the amounts gives it."""
    if share is None:
        return ""
    wanted, moved = ratio_of(share), change.figure
    bases = {end.yuan for end in ends} | {end.yuan + (change.yuan if less else -change.yuan) for end in ends}
    spans = [(moved.low / base * _LOW, moved.high / base * _HIGH) for base in bases if base > 0]
    if not spans or any(overlap(span, wanted) for span in spans):
        return ""
    base = ends[0].yuan if len(ends) > 1 else ends[0].yuan + (change.yuan if less else -change.yuan)
    right = percent(change.yuan / base) if base > 0 else ""
    near = base > 0 and Fraction(1, 3) <= share.exact / (change.yuan / base) <= 3  # noqa: PLR2004
    return (
        f"{change} ÷ {_shown(base, change.figure)} = {right}，文中写的是 {share}。改法：核对金额与比率。"
        if near
        else ""
    )


_LOW, _HIGH = Fraction(999, 1000), Fraction(1001, 1000)  # the base is rounded too


def _shown(yuan: Fraction, like: Figure) -> str:
    value = yuan / like.scale
    whole, rest = divmod(abs(value) * 100 + Fraction(1, 2), 100)
    return f"{int(whole)}.{int(rest):02d}{like.unit.name if like.unit else ''}".replace(".00", "")
