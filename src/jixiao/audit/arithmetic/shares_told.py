"""Rates beside the two counts that give them, where one of the counts is plainly the part of the other (AR05)."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from jixiao.audit.prose import Quantity, Sentence, percent, ratio_of
from jixiao.audit.quotients import overlap
from jixiao.audit.rule import Case, Found
from jixiao.expressions import expression
from jixiao.model.finding import Severity

_RATE = expression(r"([\u4e00-\u9fff]{1,10})率(?:为|是|达到?了?|约|仅|只有|:)*$")
# 完成计划2400次的96.5%, 占应宣传户数19000户的96.8%: the whole stands right before the rate.
_OF_WHOLE = expression(r"(?:完成|占|达到?|为|是)[^，,。；;\d]{0,12}$")
_STOPS = expression(r"[，,。；;：:（）()]")
_NO_PART = expression(
    r"其余|另外|另有|其他|未|没有|不|超过|高于|低于|多出|少|比|增|减|推迟|晚|提前|平均|人均|目标|不低于|≥|上年|同期|去年"
)
_NO_WHOLE = expression(r"超过|高于|低于|多出|少|比|增|减|上年|同期|去年")
_NO_RATE = expression(
    r"满意|增长|提高|下降|降低|上升|得分|增幅|降幅|到位|执行|支出|支付|节约|空置|使用|出席|利用"
)
_MEAN = expression(r"平均|加权|折算|按[^，。]{0,6}计算|同比|比上年|比去年|较上年")
_DONE = {
    "及时": "按时",
    "按时": "及时",
    "参保": "参加",
    "达标": "达标",
    "整改": "整改|销号",
    "化解": "化解",
    "合格": "合格",
}
_NEAR = Fraction(1, 10)
_PEOPLE = frozenset("人名位")


def rates_beside_parts(case: Case) -> Iterator[Found]:
    """Yield the rates that part ÷ whole of the same sentence don't give, and come near."""
    for said in case.told("signs.percent"):
        told = said.quantities
        for n, rate in enumerate(told):
            if rate.unit == "%" and not rate.hedge and said.passage.in_report and n > 1:
                yield from _about(said, told[:n], rate)


def _about(said: Sentence, before: Sequence[Quantity], rate: Quantity) -> Iterator[Found]:
    counts = [q for q in before if q.unit not in {"%", "‰"} and "元" not in q.unit and q.unit and not q.hedge]
    pair = _of_whole(said, counts, rate) or _named(said, counts, rate)
    if pair is None or _MEAN.search(said.plain):
        return
    part, whole = pair
    share = part.figure.exact / whole.figure.exact
    span = (part.figure.low / whole.figure.high, part.figure.high / whole.figure.low)
    wanted = ratio_of(rate.figure)
    if overlap(span, wanted) or abs(share - rate.figure.exact) > _NEAR or _elsewhere(counts, wanted):
        return
    right = percent(share)
    says = f"{part.figure} ÷ {whole.figure} = {right}，文中写的是 {rate.figure}。改法：核对两个数与比率。"
    yield Found(said.passage.where, says, said.passage.paper, Severity.WARNING, quoted=said.text,
                printed=str(rate.figure), computed=right, key=f"{part.figure}|{rate.figure}")  # fmt: skip


def _elsewhere(counts: Sequence[Quantity], wanted: tuple[Fraction, Fraction]) -> bool:
    """Tell whether two other counts of the sentence give the rate."""
    pairs = ((a, b) for a in counts for b in counts if a is not b and _alike(a, b) and b.figure.low > 0)
    return any(
        overlap((a.figure.low / b.figure.high, a.figure.high / b.figure.low), wanted) for a, b in pairs
    )


def _alike(one: Quantity, other: Quantity) -> bool:
    return one.unit == other.unit or (one.unit in _PEOPLE and other.unit in _PEOPLE)


def _of_whole(said: Sentence, counts: Sequence[Quantity], rate: Quantity) -> tuple[Quantity, Quantity] | None:
    """Return part and whole of: 巡查2316次，完成计划2400次的96.5%."""
    if len(counts) < 2 or said.plain[counts[-1].end : rate.start] != "的":  # noqa: PLR2004
        return None
    whole, part = counts[-1], counts[-2]
    clause = said.plain[part.end : whole.start]
    good = _alike(part, whole) and _OF_WHOLE.search(clause) and not _NO_WHOLE.search(clause)
    return (
        (part, whole)
        if good and whole.figure.low > 0 and part.figure.exact <= whole.figure.exact * 2
        else None
    )


def _named(said: Sentence, counts: Sequence[Quantity], rate: Quantity) -> tuple[Quantity, Quantity] | None:
    """Return part and whole of: 信访15件，化解14件，化解率93.33% - the part is told under the rate's own verb."""
    named = _RATE.search(said.plain[max(0, rate.start - 16) : rate.start])
    if named is None or _NO_RATE.search(named[1]):
        return None
    verbs = expression(_DONE.get(named[1][-2:], re.escape(named[1][-2:])) + "|" + re.escape(named[1][-2:]))
    parts = [q for q in counts if verbs.search(_clause(said, q)) and not _NO_PART.search(_clause(said, q))]
    for part in parts:
        wholes = [
            q
            for q in counts
            if q.end <= part.start and _alike(q, part) and q.figure.exact >= part.figure.exact
        ]
        if wholes and not _NO_PART.search(_clause(said, wholes[-1])):
            return part, wholes[-1]
    return None


def _clause(said: Sentence, q: Quantity) -> str:
    return (
        _STOPS.split(said.plain[max(0, q.start - 20) : q.start])[-1]
        + _STOPS.split(said.plain[q.end : q.end + 6])[0]
    )
