"""Wholes told with their parts: 共7个班组，甲区3个、乙区2个…; 用于甲36万元、乙20万元，合计56万元; 其中 … (数字勾稽).

A whole and what follows it needn't be all of it, so that only parts that come near it without meeting it are told of.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from jixiao.audit.prose import Quantity, Sentence, quantities_in
from jixiao.audit.rule import Case, Found
from jixiao.audit.told.equations import wholes_in
from jixiao.expressions import expression
from jixiao.model.figure import Figure, sum_of

_NESTED = expression(r"[(（]([^（）()]*)[)）]")
# What is counted twice, or told of another whole, adds up to anything.
_OVERLAPPING = expression(r"次|同时|既|兼|累计|%|每|均|[×*=+÷]")
_PARTIAL = expression(
    r"主要|等(?!级|额|次|于)|其余|其他|其它|另有|另外|还有|剩余|结余|结转|余下|包含|计划|预算|上年|去年|同比|增|减|超过|不足|未"
)
_LEAD = expression(
    r"(?:共|共有|共计|合计|总计|下设|下辖|分为|划分为|覆盖|涉及|设有|设置|现有|组建)[^，,。；;：:\d]{0,6}$"
)
_LED = expression(r"其中|^[，,]?(?:包括|分别是|分别为)")
_TOTAL = expression(r"(?:合计|共计|总计|以上[^，,。；;\d]{0,6}共)[^，,。；;\d]{0,4}$")
_PART = expression(
    r"^[和及与，,、：:；;]?(?:[一二三四五六七八九]是|其中[:：]?)?[\u4e00-\u9fffA-Za-z“”\"《》·]{1,16}(?:、[\u4e00-\u9fff]{1,10})?:?$"
)
# Told beside the list and no item of it: the rate before 其中, what was left behind the last item.
_BESIDE = expression(
    r"[，,](?:预算|资金)?(?:执行率|支出率|支付率)(?:为|达到?)?[\d.]+%(?=[，,]其中)|[，,](?:资金)?(?:结余|剩余|结转)[^，,。；;]*(?=[。；;]?$)"
)
_STOPS = expression(r"[，,：:]")
_LIST, _MOST = 3, 9
_NEAR = Fraction(17, 20)  # parts of less than this share of the whole are some of it


@dataclass(frozen=True, slots=True)
class Told:
    """A whole with the parts that a sentence lists for it, which don't make it up."""

    said: Sentence
    whole: Figure
    parts: tuple[Figure, ...]

    @property
    def money(self) -> bool:
        """Whether amounts of money are told."""
        return self.whole.unit is not None and self.whole.unit.kind == "money"

    @property
    def scored(self) -> bool:
        """Whether points are told, and no count."""
        return self.whole.unit is not None and self.whole.unit.kind == "分"

    @property
    def summed(self) -> Figure:
        """What the parts come to."""
        return sum_of(self.parts)

    @property
    def shown(self) -> str:
        """The sum written out."""
        return f"{' + '.join(map(str, self.parts))} = {self.summed}"


def parts_apart(told: Told) -> Found:
    """Say that what is listed of a whole isn't the whole: parts of a count may overlap, either may be some of it."""
    above = told.summed.exact > told.whole.exact
    unlisted = "；没有全部列出的，写明其余" if told.money else "，没有全部列出的写明其余"
    hint = unlisted if not above else "" if told.money else "，有重叠的写明"
    says = (
        f"所列各项 {told.shown}，{'超过' if above else '少于'}总数 {told.whole}。改法：核对总数和各项{hint}。"
    )
    passage = told.said.passage
    return Found(passage.where, says, passage.paper, quoted=told.said.text, printed=str(told.whole),
                 computed=str(told.summed), key=told.shown)  # fmt: skip


def wholes_told(case: Case) -> tuple[Told, ...]:
    """Return the wholes of all running text whose parts don't make them up."""
    found: dict[tuple[str, str], Told] = {}
    for said in case.told("signs.thereof"):
        for one in wholes_in(said):
            if one.exceeded:
                found[said.text, str(one.whole)] = Told(said, one.whole, one.parts)
    for told in (*_beyond_in_brackets(case), *_missed(case)):
        found.setdefault((told.said.text, str(told.whole)), told)
    return tuple(found.values())


_BRACKETED = expression(r"[(（]其中[:：]?([^（）()]*)[)）]")


def _beyond_in_brackets(case: Case) -> Iterator[Told]:
    """Yield the wholes that what a bracket behind them lists (其中…) exceeds."""
    for said in case.told("signs.thereof"):
        for m in _BRACKETED.finditer(said.plain):
            wholes = [q for q in said.quantities if q.end == m.start()]
            parts = [q for q in said.quantities if m.start() < q.start < m.end()]
            if not wholes or len(parts) < _LIST - 1 or _OVERLAPPING.search(m[1]):
                continue
            alike = all(q.unit == wholes[0].unit and q.unit and not q.hedge for q in (*wholes, *parts))
            told = Told(said, wholes[0].figure, tuple(q.figure for q in parts))
            if alike and told.summed.low > told.whole.high and told.summed.exact <= told.whole.exact / _NEAR:
                yield told


def _missed(case: Case) -> Iterator[Told]:
    lists = ("signs.thereof", "signs.sum_up", "signs.whole")
    for said in dict.fromkeys(said for name in lists for said in case.told(name)):
        stretches = _stretches(said) if _lists(said) else ()
        told = (pair for plain in stretches for pair in (*_listed_after(plain), *_summed_up(plain)))
        yield from (Told(said, whole, tuple(parts)) for whole, parts in told if _apart(whole, parts))


def _lists(said: Sentence) -> bool:
    """Tell whether enough figures of one unit stand in the sentence, or its list goes on in the next."""
    units = Counter(q.unit for q in said.quantities if q.unit)
    return said.plain.endswith((";", "；")) or any(n >= _LIST for n in units.values())


def _stretches(said: Sentence) -> Iterator[str]:
    """Yield the sentence without what it puts in brackets, and with each bracket that lists parts of what is before."""
    plain = _BESIDE.sub("", _whole_text(said))
    bare = _NESTED.sub("", plain)
    yield bare
    for m in _NESTED.finditer(plain) if bare != plain else ():
        if len(re.findall(r"\d+", m[1])) >= _LIST:
            yield f"{_NESTED.sub('', plain[: m.start()])[-30:]}，其中{m[1].removeprefix('其中')}"


def _whole_text(said: Sentence) -> str:
    """Return the sentence with those behind it that go on with its list: 其中：甲…；乙…；丙…。"""
    sentences = said.passage.sentences
    at = sentences.index(said)
    text = said.plain
    while text.endswith((";", "；")) and at + 1 < len(sentences) and len(text) < 400:  # noqa: PLR2004
        at += 1
        text = f"{text[:-1]}，{sentences[at].plain}"
    return text


Parts = tuple[Figure, Sequence[Figure]]


def _listed_after(plain: str) -> Iterator[Parts]:
    """Yield a whole that is told as one (共, 下设, before 其中) with the list of three or more behind it."""
    told = quantities_in(plain)
    for n, whole in enumerate(told):
        run = _run(plain, told, n)
        led = bool(_LED.search(plain[whole.end : run[0].start])) if run else False
        if (
            len(run) >= _LIST
            and (led or _LEAD.search(plain[: whole.start]))
            and _clean(plain, whole, run, told)
        ):
            yield whole.figure, [q.figure for q in run]


def _run(plain: str, told: Sequence[Quantity], n: int) -> list[Quantity]:
    """Return the figures of the whole's unit that follow it one by one, each behind a name and nothing else."""
    run: list[Quantity] = []
    end = told[n].end
    for q in told[n + 1 :]:
        between = plain[end : q.start]
        name = between if run else _STOPS.split(between)[-1]
        if q.unit != told[n].unit or q.hedge or not q.unit or not _PART.match(name):
            break
        if not run and between.count("，") + between.count(",") > 1 and "其中" not in between:
            break
        run.append(q)
        end = q.end
    return run


def _clean(plain: str, whole: Quantity, run: Sequence[Quantity], told: Sequence[Quantity]) -> bool:
    """Tell whether the list is all that the clause tells: not 主要, 等, 其余, nor a further figure of its kind."""
    stretch = plain[max(0, whole.start - 10) : run[-1].end]
    tail = plain[run[-1].end :]
    if _OVERLAPPING.search(stretch) or whole.hedge or re.match(r"等(?!级|额)", tail):
        return False
    if _PARTIAL.search(plain[whole.end : run[-1].end]) or re.match(
        r"[，,、]?(?:其余|其他|其它|另|还|剩)", tail
    ):
        return False
    after = next((q for q in told if q.start > run[-1].end), None)
    return after is None or after.unit != whole.unit or tail[:1] != "、"


def _summed_up(plain: str) -> Iterator[Parts]:
    """Yield a total that closes a list (甲36万元、乙20万元，合计56万元) with the list before it."""
    told = quantities_in(plain)
    for n, total in enumerate(told):
        if not _TOTAL.search(plain[: total.start]) or not total.unit or total.hedge:
            continue
        before = [q for q in told[:n] if q.unit == total.unit][-_MOST:]
        run = _run_before(plain, told, n)
        if len(run) < 2 or _OVERLAPPING.search(plain[run[0].start : total.end]):  # noqa: PLR2004
            continue
        if not any(
            _meets(total.figure, some) for k in range(2, len(before) + 1) for some in combinations(before, k)
        ):
            yield total.figure, [q.figure for q in run]


def _meets(total: Figure, parts: Sequence[Quantity]) -> bool:
    return sum_of(q.figure for q in parts).agrees_with(total)


def _run_before(plain: str, told: Sequence[Quantity], n: int) -> list[Quantity]:
    run: list[Quantity] = []
    start = None
    for q in reversed(told[:n]):
        if q.unit != told[n].unit or q.hedge:
            break
        between = plain[q.end : start] if start is not None else ""
        if start is not None and not _PART.match(between):
            break
        run.insert(0, q)
        start = q.start
    return run


def _apart(whole: Figure, parts: Sequence[Figure]) -> bool:
    """Tell whether the parts come near the whole and miss it, however all were rounded."""
    made = sum_of(parts)
    if whole.exact <= 0 or any(p.exact >= whole.exact for p in parts) or made.agrees_with(whole):
        return False
    return _NEAR <= made.exact / whole.exact <= 1 / _NEAR
