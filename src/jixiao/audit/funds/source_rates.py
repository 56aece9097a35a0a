"""Rates of one source of the money (县级资金执行率), which say nothing of the whole's (FD08)."""

from jixiao.audit.rule import Case
from jixiao.expressions import expression

# One source's money, and what was done with it; nothing of a whole may stand between it and the rate.
_SOURCE = expression(
    r"(?:财政拨款"
    r"|(?:中央|国家|省|市|州|县|区|旗|乡|镇|上级|地方|本级|自筹|社会|债券|其[他它]|第?[一二三四五六]批)[级本]{0,2}(?:财政)?"
    r"(?:专项|补助|配套|奖补|拨款|转移支付|资本|预算)*(?:资金|拨款|经费|补助|部分|配套))"
    r"(?=[^，,。；;\d]{0,8}(?:支出|执行|支付|使用|拨付|到位))"
)
_WHOLE = expression(r"合计|共|总|整体|全部|项目(?:资金|预算|支出)|综合")
_LEAST = 2


def of_a_source(case: Case, told: str) -> bool:
    """Tell whether the words before a rate name one source of the money, of several that the filing has."""
    named = list(_SOURCE.finditer(told))
    if not named or _WHOLE.search(told, named[-1].end()):
        return False
    return len(case.once(_sources)) >= _LEAST


def _sources(case: Case) -> frozenset[str]:
    """Return the sources that the filing's tables and sentences give money of."""
    return frozenset((*_in_tables(case), *_in_sentences(case)))


def _in_tables(case: Case) -> list[str]:
    lines = [
        (name, line)
        for _, table in case.tables
        for name, line in (
            ("fiscal", table.funds.fiscal),
            ("carryover", table.funds.carryover),
            ("special", table.funds.special),
            ("other", table.funds.other),
            *((line.label or "", line) for line in table.funds.more),
        )
    ]
    return [
        name for name, line in lines if line is not None and line.annual is not None and line.annual.value
    ]


def _in_sentences(case: Case) -> list[str]:
    return [m[0] for said in case.told("signs.money") for m in _MONEY_OF.finditer(said.plain)]


_MONEY_OF = expression(
    r"(?:中央|国家|省|市|州|县|区|旗|乡镇|上级|地方|自筹|社会)(?=[级本]{0,2}(?:财政)?(?:专项|补助|配套|奖补|拨款|资本)*"
    r"(?:资金|拨款|经费|补助|配套)[^，,。；;、\d]{0,6}\d)"
)
