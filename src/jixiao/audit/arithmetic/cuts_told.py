"""What an audit, a bidding or a purchase took off a sum, beside the two sums that a sentence tells (AR14)."""

import re
from collections.abc import Iterator
from fractions import Fraction

from jixiao.audit.prose import Amount, Sentence
from jixiao.audit.rule import Case, Found
from jixiao.expressions import expression
from jixiao.model.figure import Figure

_FROM = expression(r"(?:合同|送审|报审|上报|申报|申请|预算|控制|限价|概算|估算|计划|原|投资)(?!后)")
_INTO = expression(r"(?:审定|审核后|审计后|核定|结算|决算|中标|成交|采购|实际|最终)")
_LESS = expression(
    r"(?:核减|审减|净减|节约|节省|压减|降低|少)(?:资金|金额|造价|投资|费用|支出|成本|了|额|为|共|达|约|:)*$"
)
_MORE = expression(r"(?:核增|审增)(?:资金|金额|造价|投资|费用|了|额|为|共|约|:)*$")
_PARTIAL = expression(r"其中|分别|累计|每|均|另|平均|上年|同期|以前|单价|标段|批次")
_SUMS, _NEAR = 3, 8


def cuts_that_do_not_follow(case: Case) -> Iterator[Found]:
    """Yield the sentences with one sum before, one after and the difference, where the three don't go together."""
    for said in case.told("signs.cut"):
        says = _wrong(said) if len(said.amounts) == _SUMS and not _PARTIAL.search(said.plain) else ""
        if says:
            passage = said.passage
            yield Found(passage.where, says, passage.paper, quoted=said.text, key=said.text[:40])


def _wrong(said: Sentence) -> str:
    cut = next((a for a in said.amounts if _LESS.search(a.before) or _MORE.search(a.before)), None)
    others = [a for a in said.amounts if a is not cut and not a.per_head]
    if cut is None or len(others) != _SUMS - 1:
        return ""
    first, last = _before_and_after(others)
    if first is None or last is None:
        return ""
    less = _LESS.search(cut.before) is not None
    off = first.yuan - last.yuan if less else last.yuan - first.yuan
    if off < 0 or abs(off - cut.yuan) <= _open(first.figure, last.figure, cut.figure):
        return ""
    pair = f"{first} − {last}" if less else f"{last} − {first}"
    return f"{pair} = {_shown(off, cut.figure)}，文中写的是 {cut}。改法：核对三个金额。"


def _before_and_after(others: list[Amount]) -> tuple[Amount | None, Amount | None]:
    """Return the sum before and the sum after by what they are called: 送审价, 审定价."""
    roles = [_last_word(a.before) for a in others]
    if sorted(roles) != ["after", "before"]:
        return None, None
    return others[roles.index("before")], others[roles.index("after")]


def _last_word(words: str) -> str:
    """Return what the last telling word before a sum calls it; 采购预算 is what stood before, "" for neither."""
    hits = [(m.end(), role) for role, p in (("before", _FROM), ("after", _INTO)) for m in p.finditer(words)]
    near = [
        hit
        for hit in hits
        if not re.search(r"[，,。；;、\d]", words[hit[0] :]) and len(words) - hit[0] <= _NEAR
    ]
    return max(near)[1] if near else ""


def _open(*figures: Figure) -> Fraction:
    return sum((Fraction(f.half) * f.scale for f in figures), Fraction(0))


def _shown(yuan: Fraction, like: Figure) -> str:
    value = yuan / like.scale
    whole, rest = divmod(abs(value) * 100 + Fraction(1, 2), 100)
    return f"{int(whole)}.{int(rest):02d}{like.unit.name if like.unit else ''}".replace(".00", "")
