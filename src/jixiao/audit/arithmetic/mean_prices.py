"""Mean prices told with their count (8216册，平均每册42.37元), against the sum told elsewhere (AR14)."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from jixiao.audit.prose import Quantity, Sentence
from jixiao.audit.rule import Case, Found
from jixiao.audit.told.money import Sum, money_tellings, shown_as
from jixiao.audit.told.products import Price, count_of, price_in
from jixiao.expressions import expression
from jixiao.model.figure import Figure

_PAIR = expression(r"(?=([\u4e00-\u9fff]{2}))")
_STOPS = expression(r"[，,。；;：:、（）()]")
_OF_ALL = expression(r"按\d+[\u4e00-\u9fff]{1,3}平均")
_BLURRED = expression(r"约|左右|不超过|不低于|控制价|以内|目标|计划|上年|比")
_NEAR = Fraction(3, 20)
_COMMON = frozenset({"全年", "实际", "支出", "完成", "开展", "新增", "其中", "项目", "资金", "经费"})


def means_beside_sums(case: Case) -> Iterator[Found]:
    """Yield the means whose count makes a sum near the one told of the same thing, and not that one."""
    for said in case.told("signs.mean", "signs.money"):
        told = [q for q in said.quantities if q.unit != "%"] if said.passage.in_report else []
        for q in told:
            price = price_in(said, q)
            count = count_of(told, price) if price is not None and price.money and not price.period else None
            if price is not None and count is not None and not _BLURRED.search(_clause(said, q)):
                yield from _about(case, said, count, price)


def _clause(said: Sentence, q: Quantity) -> str:
    return _STOPS.split(said.plain[max(0, q.start - 16) : q.start])[-1]


def _about(case: Case, said: Sentence, count: Quantity, price: Price) -> Iterator[Found]:
    sums = [s for t in case.once(money_tellings) if t.passage.paper == said.passage.paper for s in t.sums]
    made = count.figure.exact * price.figure.exact
    half = price.figure.high - price.figure.exact or price.figure.scale / 2
    known = [*(s.figure for s in sums), *_executed(case)]
    if any(abs(f.exact - made) <= count.figure.exact * half + (f.high - f.exact) for f in known):
        return
    whole = _whole(case, said, count, sums, made)
    if whole is not None:
        right = shown_as(whole.exact / count.figure.exact, Figure(price.figure.value, unit=price.figure.unit))
        says = (
            f"{count.figure}、平均 {price.figure}，合计 {shown_as(made, whole)}，文中或表中是 {whole}（平均 {right}）。"
            "改法：核对数量、平均数和金额。"
        )
        yield Found(said.passage.where, says, said.passage.paper, quoted=said.text, printed=str(price.figure),
                    computed=right, key=f"mean{price.figure}")  # fmt: skip


def _executed(case: Case) -> list[Figure]:
    lines = [table.funds.total for _, table in case.tables]
    return [line.executed for line in lines if line is not None and line.executed is not None]


def _whole(case: Case, said: Sentence, count: Quantity, sums: Sequence[Sum], made: Fraction) -> Figure | None:
    """Return the sum near the product that is told of the same thing; the project's own where all is shared out."""
    if _OF_ALL.search(said.plain):
        named = _executed(case)
    else:
        words = set(_PAIR.findall(_clause(said, count))) - _COMMON
        named = [s.figure for s in sums if not s.is_price and words & set(_PAIR.findall(s.words))]
    near = [f for f in named if f.value and abs(f.exact / made - 1) <= _NEAR] if made > 0 else []
    return min(near, key=lambda f: abs(f.exact - made), default=None)
