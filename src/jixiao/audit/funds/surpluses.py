"""FD11: what is left of the money, and what became of it (项目资金)."""

from collections.abc import Iterator

from jixiao.audit.lexicon import has, lists_of
from jixiao.audit.prose import Sentence
from jixiao.audit.rule import Case, Found, rule
from jixiao.expressions import expression
from jixiao.model.finding import Severity

_WORDS = lists_of("spending")
_NO_SURPLUS = expression(
    r"(?:无|没有|不存在|未形成|没)[^，,。]{0,6}结余|结余(?:资金)?(?:为|:)?0(?!\.)|减少|压[减降]|盘活|避免|防止|以前|上年|历年|结余率|管理|规定|制度"
)
_OF_MONEY = expression(r"资金|经费|结余|余额|\d元|万元")
_HAS_SURPLUS = expression(
    r"(?:未支出|未使用)(?:的|资金|金额|了|为|有)*\d|余款(?:为|有|共|:)*\d|(?:结余|剩余)(?:资金)?(?:为|有|了|共|:)*\d|形成[^，,。]{0,6}结余|有[^，,。]{0,4}结余|结余了|结余资金为|尚有[^，,。]{0,6}结余"
    r"|\d(?:百|千|万|亿)*元(?:的?资金)?(?:尚|还|仍|均)*未(?:使用|支出|支付|执行)(?!到)"
)
_UNDECIDED = expression(
    r"(?:处理|处置)(?:意见|方式|办法|方案)?[^，。；]{0,4}(?:尚|正|还|待|未)[^，。；]{0,4}(?:研究|明确|确定|定)"
    r"|(?:结余|剩余|未支出|余款|资金)[^。；]{0,16}(?:未(?:作|做|进行|予以)?(?:处理|明确|上缴|交回|退回|清理)|挂账|滞留)"
)
# A carry-over that only came from the year before says nothing of what is left.
_BEFORE = expression(
    r"^(?!.*(?<!上年)结转)(?!.*(?:收回|[上退交]缴|上交|交回|退回|统筹|继续|尾款|质保|待支付)).*上年结转"
)


@rule("FD11", Severity.WARNING, source="结转结余资金管理规定：上级专项结余按规定结转、收回或退回")
def surplus_of_transfers_is_unsettled(case: Case) -> Iterator[Found]:
    """上级转移支付资金有结余，只说上交国库，没有说明结转、退回上级或抵扣。

    为什么：上级专项资金的结余有结转和收回的规定，不能当作本级结余处理。
    不合格：中央救灾资金、省级补助资金等结余了部分资金，已上交国库；写有结余数，全文没有说去向，或“处理方式尚在研究”。
    合格：省级补助资金结余 3 万元，结转下年使用；本级经费结余上交国库。
    怎么改：分资金级次写明结余金额和处理方式。
    来源：《预算法》结转结余规定（条文未核对）。
    误报风险：中。
    """
    yield from _never_settled(case)
    for said in case.told("spending.surplus", "spending.returned", "spending.transfer"):
        passage, sentence = said.passage, said.text
        if not has(passage.text, _WORDS["carried"]):
            level = next((word for word in _WORDS["transfer"] if word in sentence), "上级")
            says = f"含{level}资金的结余写为上交国库，没有说明结转、退回上级或抵扣。改法：按资金级次写明处理方式。"
            yield Found(passage.where, says, passage.paper, quoted=sentence, key=sentence[:40])


def _never_settled(case: Case) -> Iterator[Found]:
    """Tell of a surplus of which the filing says no more: carried over, taken back or used; or that it is undecided."""
    for said in case.told("spending.undecided"):
        if _OF_MONEY.search(said.plain) and _UNDECIDED.search(said.plain):
            says = "结余资金没有处理，或处理办法未定。改法：按结转结余规定写明结转、交回或统筹使用。"
            yield Found(said.passage.where, says, said.passage.paper, quoted=said.text, key="undecided")
            return
    settled = (s for name in ("carried", "returned", "settled") for s in case.told(f"spending.{name}"))
    if any(_OF_MONEY.search(s.plain) and not _BEFORE.search(s.plain) for s in settled):
        return
    told = (s for name in ("surplus", "remains", "unspent") for s in case.told(f"spending.{name}"))
    for said in dict.fromkeys(told):
        near = said.text if "spending.transfer" in said.words else said.passage.text
        level = next((word for word in _WORDS["granted"] if word in near), None)
        if _NO_SURPLUS.search(said.plain) or not _HAS_SURPLUS.search(said.plain):
            continue
        if level is not None or said.passage.in_report:
            yield _unsettled(said, level)
            return


def _unsettled(said: Sentence, level: str | None) -> Found:
    what = f"项目有{level}，" if level else ""
    says = f"{what}年末有结余，没有说明结转、交回或统筹使用。改法：按资金级次写明结余和处理方式。"
    return Found(said.passage.where, says, said.passage.paper, None if level else Severity.NOTE, quoted=said.text,
                 key="unsettled")  # fmt: skip
