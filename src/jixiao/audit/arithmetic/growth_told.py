"""Changes told with both their ends (AR14): 126场次，较上年的105场次增长20%; 86.3%，比上年的82.1%提高4.2个百分点."""

import re
from collections.abc import Iterator

from jixiao.audit.prose import NUMBER, Sentence, percent, ratio_of
from jixiao.audit.quotients import overlap, quotient
from jixiao.audit.rule import Case, Found
from jixiao.expressions import expression
from jixiao.model.figure import figure_of, unit_named

_LESS = r"下降|减少|降低|压减"
_HOW = rf"(?P<how>{_LESS}|增长|增加|上升|提高)"
_UNIT = r"(?P<unit>[万亿]?[一-鿿/]{1,7}?)"
_SHARE = rf"(?P<share>{NUMBER})%(?!点)"
_COMPARED = expression(
    rf"(?<![\d.])(?P<new>{NUMBER}){_UNIT}[，,](?:较|比|相比)(?:上年|去年|上一年|20\d\d年)(?:同期|全年)?的?"
    rf"(?P<old>{NUMBER})(?P=unit)(?:相比)?[，,]?(?:同比)?{_HOW}了?{_SHARE}"
)
_FROM_TO = expression(
    rf"[由从](?:上年|去年|20\d\d年)?(?:同期|全年|底|末)?的?(?P<old>{NUMBER}){_UNIT}{_HOW}[到至为](?:了|20\d\d年的)?"
    rf"(?P<new>{NUMBER})(?P=unit)[，,](?:同比|共|累计)?(?:(?P=how)|降幅|增幅)(?:了|为|达到?|约)?{_SHARE}"
)


_POINTS = expression(
    rf"(?<![\d.])(?P<new>{NUMBER})%[，,](?:较|比|相比)(?:上年|去年|上一年|20\d\d年)(?:同期|全年)?的?(?P<old>{NUMBER})%"
    rf"(?:相比)?[，,]?(?:同比)?{_HOW}了?(?P<points>{NUMBER})个百分点"
)


def growth_that_does_not_follow(case: Case) -> Iterator[Found]:
    """Yield the shares of growth or fall, and the points between two rates, that the figures beside them don't give."""
    for said in case.sentences:
        if "%" not in said.plain or not said.passage.in_report or "年均" in said.plain:
            continue
        yield from _points_apart(said)
        for m in (*_COMPARED.finditer(said.plain), *_FROM_TO.finditer(said.plain)):
            right = _other_share(m)
            if right:
                says = (
                    f"{m['old']}{m['unit']}到{m['new']}{m['unit']}，{m['how']} {right}，文中写的是 {m['share']}%。"
                    "改法：核对两个数与比率。"
                )
                yield Found(said.passage.where, says, said.passage.paper, quoted=said.text,
                            printed=f"{m['share']}%", computed=right, key=m[0])  # fmt: skip


def _points_apart(said: Sentence) -> Iterator[Found]:
    for m in _POINTS.finditer(said.plain):
        new, old, points = (figure_of(m[name].replace(",", "")) for name in ("new", "old", "points"))
        falls = re.fullmatch(_LESS, m["how"]) is not None
        change = (old.value - new.value) * (1 if falls else -1)
        if change > 0 and abs(change - points.value) > new.half + old.half + points.half:
            says = (
                f"{m['old']}%到{m['new']}%，{m['how']} {change:f} 个百分点，文中写的是 {m['points']}。"
                "改法：核对两个比率与相差的百分点。"
            )
            yield Found(said.passage.where, says, said.passage.paper, quoted=said.text,
                        printed=m["points"], computed=f"{change:f}", key=m[0])  # fmt: skip


def _other_share(m: re.Match[str]) -> str:
    """Return the share that both ends give; "" where it is the one told, or where they move the other way."""
    new, old, share = (figure_of(m[name].replace(",", "")) for name in ("new", "old", "share"))
    span = quotient(new, old) if old.exact else None
    if span is None:
        return ""
    falls = re.fullmatch(_LESS, m["how"]) is not None
    change = (1 - span[1], 1 - span[0]) if falls else (span[0] - 1, span[1] - 1)
    told = ratio_of(figure_of(f"{share.value:f}", unit_named("%")))
    exact = (old.exact - new.exact if falls else new.exact - old.exact) / old.exact
    return "" if exact <= 0 or overlap(change, told) else percent(exact)
