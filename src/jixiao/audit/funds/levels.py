"""FD18: the levels of government that gave the money, by the table's text and its fund block (资金级次)."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from jixiao.audit.prose import amounts_in
from jixiao.audit.rule import Case, Found, rule
from jixiao.model.evaluation import Evaluation
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
        if total is None:
            continue
        yield from _level_of_another_sum(case, at, table)
        lines = [line.label or "" for line in table.funds.more]
        for level, amount in told:
            apart = any(level[0] in label for label in lines)
            if not apart and 0 < amount.exact < total.low * Fraction(Decimal("0.99")):
                says = f"文字写明{level}资金 {amount}，资金栏 {total} 没有分出这一级次。改法：按级次分列或加以说明。"
                yield Found("funds.fiscal", says, at, key=level)


_NOT_WHOLE = re.compile(
    r"累计|上年|去年|其余|追加|提前|批次|第[一二三]批|每|均|结转|结余|配套|部分|已|用于|支持"
)


def _level_of_another_sum(case: Case, at: int, table: Evaluation) -> Iterator[Found]:
    """Yield a level that the fund block has a row for, told with a sum that the row holds in none of its columns."""
    rows = [line for line in table.funds.more if line.label]
    for said in case.told("signs.money", "signs.level"):
        of_goal = said.passage.where.startswith("goal") and said.passage.paper == at
        if not (of_goal or said.passage.in_report) or _NOT_WHOLE.search(said.plain) or not rows:
            continue
        for level, amount in _levels_in(said.text, alone=True):
            own = [line for line in rows if level[0] in (line.label or "")]
            printed = [f for line in own for n in _COLUMNS if isinstance(f := getattr(line, n), Figure)]
            near = [
                f for f in printed if f.value and f.exact < amount.exact * 2 and amount.exact < f.exact * 2
            ]
            if len(own) == 1 and near and not any(f.agrees_with(amount) for f in printed):
                says = f"文字写明{level}资金 {amount}，资金栏“{own[0].label}”一行是 {near[0]}。改法：核对后改为一致。"
                yield Found("funds.more", says, at, quoted=said.text[:60], key=level)
                return


_ANY_LEVEL = re.compile(r"中央|[省市县区乡镇](?=级|[、和及与])|地方|上级|本级")
_COLUMNS = ("initial", "annual", "executed", "received", "allocated")


def _levels_in(text: str, *, alone: bool = False) -> list[tuple[str, Figure]]:
    """Return the levels and their sums; `alone` leaves out clauses about several levels: 中央和省级补助 260 万元."""
    found = []
    for sentence in re.split(r"[。；;，,、\n]", text):
        amounts = [a for a in amounts_in(sentence) if not a.per_head]
        level = next((word for word in _LEVELS if f"{word}" in sentence), None)
        if alone and len(set(_ANY_LEVEL.findall(sentence))) > 1:
            continue
        if level and len(amounts) == 1 and re.search(r"资金|拨款|经费|补助|专项", sentence):
            found.append((level, amounts[0].figure))
    return found
