"""Spending of which a report itemises (其中 …) less than half: a part of FD17."""

from collections.abc import Iterator
from fractions import Fraction

from jixiao.audit.prose import Amount, Sentence, amounts_in, percent
from jixiao.audit.rule import Case, Found
from jixiao.expressions import expression
from jixiao.model.figure import Figure

_SOME = expression(
    r"主要|等(?!级|额|次|于)|其余|其他|其它|另|余下|剩余|部分|包括但|为主|财政|中央|省级|市级|县级|上级|本级|自筹|结转|当年|质保|尾款"
)
_FEWEST = 2


def little_of_the_sum(case: Case) -> Iterator[Found]:
    """Yield the sentences that tell the whole spending and, behind 其中, items of less than half of it."""
    spent = [
        line.executed
        for _, t in case.tables
        if (line := t.funds.total) is not None and line.executed is not None
    ]
    for said in case.told("signs.money", "signs.thereof") if spent else ():
        if not said.passage.in_report or said.plain.count("其中") != 1:
            continue
        before, parts = _parted(said)
        whole = next((a.figure for a in before if any(a.figure.agrees_with(f) for f in spent)), None)
        if whole is None or len(parts) < _FEWEST or _SOME.search(said.plain.partition("其中")[2]):
            continue
        yield from _little(said, whole, parts)


def _parted(said: Sentence) -> tuple[list[Amount], list[Amount]]:
    """Return the amounts before 其中 and the sums behind it."""
    first = amounts_in(said.plain.partition("其中")[0])
    return list(first), [a for a in said.amounts[len(first) :] if not a.per_head]


def _little(said: Sentence, whole: Figure, parts: list[Amount]) -> Iterator[Found]:
    listed = sum((a.yuan for a in parts), Fraction(0))
    if 0 < listed * 2 < whole.exact:
        says = (
            f"支出 {whole}，“其中”只列了{'、'.join(map(str, parts))}，占 {percent(listed / whole.exact)}。"
            "改法：补写其余资金的用途，各项之和等于支出数。"
        )
        yield Found(said.passage.where, says, said.passage.paper, quoted=said.text[:60], key="thereof")
