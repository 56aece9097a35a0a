"""FD18: the levels of government that gave the money, by the table's text and its fund block (资金级次)."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from jixiao.audit.prose import amounts_in
from jixiao.audit.rule import Case, Found, rule
from jixiao.model.figure import Figure
from jixiao.model.finding import Severity

_LEVELS = ("中央", "省级", "市级", "县级", "区级", "乡镇")


@rule("FD18", Severity.NOTE, source="转移支付自评表按中央、地方分列资金")
def fund_level_does_not_match(case: Case) -> Iterator[Found]:
    """文字写明的资金级次（中央、省、市、县）在资金栏里没有分出或填在别的级次。

    为什么：不同级次的资金分别考核，混填无法对账。
    不合格：文字说投入县级资金 575.8 万元，资金栏 7710 万元全部填“本年财政拨款”，未分级次。
    合格：资金栏按中央、省、市、县分列，与文字一致。
    怎么改：在资金栏或说明中分列各级资金。
    来源：转移支付项目绩效自评表表样。
    误报风险：中。多数表样本来不分级次，因此只作提示。
    """
    for at, table in case.tables:
        total = table.funds.total.annual if table.funds.total else None
        said = [s for s in case.told("signs.money", "signs.level") if s.passage.paper == at]
        told = [one for s in said if s.passage.where.startswith("goal") for one in _levels_in(s.text)]
        if total is None or not told:
            continue
        lines = [line.label or "" for line in table.funds.more]
        for level, amount in told:
            apart = any(level[0] in label for label in lines)
            if not apart and 0 < amount.exact < total.low * Fraction(Decimal("0.99")):
                says = f"文字写明{level}资金 {amount}，资金栏 {total} 没有分出这一级次。改法：按级次分列或加以说明。"
                yield Found("funds.fiscal", says, at, key=level)


def _levels_in(text: str) -> list[tuple[str, Figure]]:
    found = []
    for sentence in re.split(r"[。；;，,\n]", text):
        amounts = [a for a in amounts_in(sentence) if not a.per_head]
        level = next((word for word in _LEVELS if f"{word}" in sentence), None)
        if level and len(amounts) == 1 and re.search(r"资金|拨款|经费", sentence):
            found.append((level, amounts[0].figure))
    return found
