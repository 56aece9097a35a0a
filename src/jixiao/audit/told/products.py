"""Products that a sentence tells: so many things, a price or a number for each, and what they come to (AR13, AR14)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import prod

from jixiao.audit.prose import Quantity, Sentence
from jixiao.audit.rule import Case, Found
from jixiao.audit.told.money import shown_as
from jixiao.expressions import expression
from jixiao.model.figure import Figure, unit_named

_EACH = expression(r"(?:每|单)([\u4e00-\u9fff]{1,10}:?)$")
_PRICED = expression(r"(?:单价|均价|价格|定价)(?:为|是|:|每[\u4e00-\u9fff]{1,2})*$")
_PER = expression(r"^(万?元)/([\u4e00-\u9fff]{1,3})(?:/([\u4e00-\u9fff]{1,2}))?$")
_BLURRED = expression(
    r"约|左右|近|余|最高|最低|不超过|不低于|不少于|上限|以内|以上|封顶|起|分档|分别|至|[-~～—]|不等|控制|预计|计划|可|应"
)
_COMES_TO = expression(
    r"(?:支出|支付|合计|共计|总计|共|计|小计|全年|发放|补助|补贴|兑付|需|花费|金额|费用|经费|资金|应得|应为|共[\u4e00-\u9fff]{2})(?:了|为|共|资金|费用|金额|经费|补助|补贴|约)*$"
)
_SOME = expression(
    r"首付|预付|进度款|尾款|质保|部分|其中|首期|定金|已支付|剩余|结余|低于|超过|比|减少|增加|预算|节约|目标|上年"
)
_PEOPLE = frozenset("人名位")
_WHEN = {"月": 12, "年": 1}
_TIMES, _LIMIT = 3, Fraction(10, 7)
_TENTH, _HARDLY = Fraction(1, 10), Fraction(1, 200)
_POWERS = (10, 100, 1000, 10_000)


@dataclass(frozen=True, slots=True)
class Price:
    """A price or a number for each thing: the figure, the thing, and the span of time that it is for (月, 天 or "")."""

    figure: Figure
    thing: str
    period: str
    start: int
    end: int

    @property
    def money(self) -> bool:
        """Whether it is money."""
        return self.figure.unit is not None and self.figure.unit.kind.startswith("money")


def products(case: Case) -> tuple[tuple[bool, Found], ...]:
    """Return the products that come to something else than the sentence says, and whether they are of money."""
    told = dict.fromkeys((*case.told("signs.each"), *case.told("signs.equals", "signs.money")))
    return tuple(found for said in told for found in _in_sentence(said))


def _in_sentence(said: Sentence) -> Iterator[tuple[bool, Found]]:
    told = [q for q in said.quantities if q.unit != "%"]
    if not said.passage.in_report or not _TIMES <= len(told) <= _TIMES * _TIMES:
        return
    for q in told:
        price = price_in(said, q)
        count = count_of(told, price) if price is not None else None
        total = _total(said, told, count, price) if price is not None and count is not None else None
        if price is None or count is None or total is None or _blurred(said, price, count):
            continue
        right = _refuted(told, count, price, total)
        if right is not None:
            yield price.money, _found(said, count, price, total, right)


def price_in(said: Sentence, q: Quantity) -> Price | None:
    """Return the price that a figure of a sentence is; None for any other."""
    per = _PER.match(q.unit)
    if per is not None:
        return Price(q.figure, per[2], per[3] or "", q.start, q.end)
    before = said.plain[max(0, q.start - 14) : q.start].rpartition("，")[2].rpartition(",")[2]
    each = _EACH.search(before)
    if each is not None and q.unit != "%" and q.unit:
        return Price(q.figure, each[1], "", q.start, q.end)
    if (_PRICED.search(before) or before.endswith("×")) and "元" in q.unit:
        return Price(q.figure, "", "", q.start, q.end)
    return None


def count_of(told: Sequence[Quantity], price: Price) -> Quantity | None:
    """Return the count of the priced things: the nearest before the price, else the only one behind it."""
    fits = [q for q in told if _counts(q, price) and not q.hedge]
    before = [q for q in fits if q.end <= price.start]
    after = [q for q in fits if q.start >= price.end]
    if before:
        return before[-1]
    return after[0] if len(after) == 1 and price.thing else None


def _counts(q: Quantity, price: Price) -> bool:
    unit = q.unit.lstrip("百千万亿")
    if "元" in unit or not unit:
        return False
    if not price.thing:
        return price.start - q.end <= _TIMES
    same = unit in _PEOPLE and price.thing[0] in _PEOPLE
    same |= unit.endswith("次") and unit[0] == price.thing[0] != "人"
    return same or price.thing.startswith(unit) or unit.startswith(price.thing)


def _total(said: Sentence, told: Sequence[Quantity], count: Quantity, price: Price) -> Quantity | None:
    """Return what they are said to come to: behind both (46块,每块1200元,支出5.52万元), or before a bracket."""
    kind = "money" if price.money else price.figure.unit.kind if price.figure.unit else ""
    alike = [q for q in told if q.figure.unit and q.figure.unit.kind == kind and q.start != price.start]
    for q in alike if "×" in said.plain[count.end : price.start + 1] else ():
        if said.plain[q.end : count.start] in {"(", "（"}:
            return q
    behind = [q for q in alike if q.start > max(price.end, count.end) and price_in(said, q) is None]
    if not behind:
        return None
    clause = re.split(r"[，,。；;：:]", said.plain[: behind[0].start])[-1]
    return behind[0] if _COMES_TO.search(clause) and not _SOME.search(clause) else None


def _blurred(said: Sentence, price: Price, count: Quantity) -> bool:
    around = (
        said.plain[max(0, price.start - 8) : price.end + 3],
        said.plain[max(0, count.start - 6) : count.end + 2],
    )
    return any(_BLURRED.search(words) for words in around)


def _refuted(told: Sequence[Quantity], count: Quantity, price: Price, total: Quantity) -> Fraction | None:
    """Return what the product comes to, where no other number of the sentence makes it what is told."""
    one, goal = price.figure.exact, total.figure
    n = (
        count.figure.exact / unit_named(price.thing or count.unit.lstrip("百千万亿")).scale
    )  # in what the price is for
    known = {count.start, price.start, total.start}
    others = [q.figure.exact for q in told if q.start not in known and "元" not in q.unit]
    months = [q.figure.exact for q in told if q.unit in {"个月", "月"}]
    plain = [Fraction(1), Fraction(12), *others]
    times = {prod(some, start=Fraction(1)) for k in range(_TIMES) for some in combinations(plain, k)}
    half = _half(price) if price.figure.value.as_tuple().exponent else Fraction(0)
    slack = goal.high - goal.exact + n * half
    if any(abs(n * one * t - goal.exact) <= slack * (t or 1) for t in times if t > 0):
        return None
    if price.period and price.period not in _WHEN:
        return None
    usual = months[0] if price.period == "月" and len(months) == 1 else Fraction(_WHEN.get(price.period, 1))
    right = n * one * usual
    return right if right > 0 and _suspicious(goal, right, periodic=bool(price.period)) else None


def _half(price: Price) -> Fraction:
    return price.figure.high - price.figure.exact


def _suspicious(goal: Figure, right: Fraction, *, periodic: bool) -> bool:
    """Tell whether what is told is near the product, or a power of ten off; payments by the month may vary a tenth."""
    share = goal.exact / right
    if share <= 0:
        return False
    if any(abs(share * power - 1) < _HARDLY or abs(share / power - 1) < _HARDLY for power in _POWERS):
        return True
    if _permuted(goal, right):
        return True
    near = 1 / _LIMIT <= share <= _LIMIT
    return near and (not periodic or abs(share - 1) > _TENTH)


def _permuted(goal: Figure, right: Fraction) -> bool:
    """Tell whether the product has the digits of what is told, in another order."""
    return sorted(re.sub(r"\D", "", shown_as(right, goal))) == sorted(re.sub(r"\D", "", str(goal.value)))


def _found(said: Sentence, count: Quantity, price: Price, total: Quantity, right: Fraction) -> Found:
    made = shown_as(right, total.figure)
    says = (
        f"{count.figure}，每{count.unit.lstrip('百千万亿')} {price.figure}，应为 {made}，文中写的是 {total.figure}。"
        "改法：核对数量、标准和合计。"
    )
    return Found(said.passage.where, says, said.passage.paper, quoted=said.text, printed=str(total.figure),
                 computed=made, key=f"{count.figure}×{price.figure}")  # fmt: skip
