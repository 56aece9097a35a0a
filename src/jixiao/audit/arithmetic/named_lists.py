"""Counts beside the names that a sentence lists for them: 甲、乙、丙三个乡镇; 4所学校（甲、乙、丙） (AR13)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jixiao.audit.prose import Sentence
from jixiao.audit.rule import Case, Found
from jixiao.expressions import expression
from jixiao.model.numerals import numeral

_N = r"(?<![第这那前后每各上下另其约近余多数十百千万\d.\-])(?P<n>\d{1,2}|[两二三四五六七八九十])"
_MEASURE = r"(?P<m>大类|大|个|类|项|种|处|座|所|家|条|支|方面)"
_COUNTED = expression(r"[\d两二三四五六七八九十](?:大|[个类项种处座所家条支]|方面)")
_NOUN = r"(?P<noun>[\u4e00-\u9fff]{0,8})"
_BEHIND = expression(rf"(?P<open>等)?{_N}{_MEASURE}{_NOUN}")
_BRACKET = expression(rf"{_N}{_MEASURE}{_NOUN}[(（](?P<list>[^（）()]{{4,90}})[)）]")
_NAMELY = expression(
    rf"{_N}{_MEASURE}(?P<noun>[^，,。；;：:\d]{{0,16}})(?:[，,]?(?P<says>分别[是为]|即|(?P<some>包括|包含))[:：]?|[:：])(?P<list>[^。；;]+)"
)
_SAYS_WHICH = expression(r"分别[是为]|即|包[括含]|[:：]")
_STOPS = expression(r"[，,。；;：:！？（）()]")
# A list begins anew behind such a word: 由办公室、财务科会同甲、乙、丙三个乡镇.
_ANEW = expression(
    r"会同|联合|陪同|涉及|包括|包含|分为|覆盖|实施|开展|抽[取查]|选取|走访|检查|[对向将把按由从至到赴在为]|的(?=[\u4e00-\u9fff]{1,6}$)"
)
_QUOTED = expression(r"《[^》]*》|“[^”]*”")
_NESTED = expression(r"[(（][^（）()]*[)）]")
_JOINED = expression(r"以及|[和与及或]")
_OPEN = expression(r"等(?!级)|…|以及其他|\.\.")
_NUMBERED = expression(r"\d(?!\d*周?岁)")
_SAYS_MORE = expression(
    r"^(?:含|包括|不含|其中|除|原|由|每|即将|具体|详见|见|以)|[为按已]|经(?![费济营贸])|一是|二是|1[.、]"
)
_ABSTRACT = expression(
    r"^(?:方面|环节|内容|阶段|措施|步骤|方式|方法|原则|维度|部分|层面|类别|领域|渠道|指标|一级指标|二级指标|任务|事项|方向|$)"
)
_KIND = expression(
    r"(?:乡镇|街道|社区|镇|乡|村|县|区|局|校|学|院|园|站|所|中心|公司|馆|厂|库|河|项目|工程|股|科|室)$"
)
_LONG, _FAR, _FEW, _LEAD = 14, 2, 3, 6


def _is_two(item: str) -> bool:
    """Tell whether an item is plainly two: both sides of its 和 end alike (上坪桥和新庄桥)."""
    parts = _JOINED.split(item)
    return len(parts) == 2 and min(map(len, parts)) > 1 and parts[0][-1] == parts[1][-1]  # noqa: PLR2004


@dataclass(frozen=True, slots=True)
class Listed:
    """A count, what it counts, the names listed for it, and whether the list says that there are more (等)."""

    count: int
    noun: str
    items: tuple[str, ...]
    open: bool

    @property
    def numbers(self) -> frozenset[int]:
        """How many things the names may be: 和 joins two of them, or stands in one name."""
        base = len(self.items) + sum(_is_two(item) for item in self.items)
        joined = [bool(_JOINED.search(item)) and not _is_two(item) for item in self.items]
        return frozenset({base, base + joined[-1], base + sum(joined)})

    @property
    def off(self) -> int:
        """By how much the names miss the count; 0 where they may meet it."""
        if self.count in self.numbers or (self.open and min(self.numbers) <= self.count):
            return 0
        return min(abs(n - self.count) for n in self.numbers)

    @property
    def sound(self) -> bool:
        """Whether the names are plainly of what is counted: not two towns before four villages."""
        items = (self.items[0][-_LEAD:], *self.items[1:])
        if any(_NUMBERED.search(item) or not item for item in items) or len(items) < 2:  # noqa: PLR2004
            return False
        if _ABSTRACT.search(self.noun):
            return True
        kinds = {m[0][-1] if (m := _KIND.search(item)) else "" for item in items}
        return len(items) >= _FEW and any(not kind or kind in self.noun[:4] for kind in kinds)


def names_beside_counts(case: Case) -> Iterator[Found]:
    """Yield the counts that the names beside them don't meet."""
    for said in case.sentences:
        if "、" in said.text and said.passage.runs and _COUNTED.search(said.plain):
            told = next((one for one in _lists(said.plain) if one.sound and 0 < one.off <= _FAR), None)
            if told is not None:
                yield _found(said, told)


def _found(said: Sentence, told: Listed) -> Found:
    named = min(told.numbers, key=lambda n: abs(n - told.count))
    names = "、".join(item[-8:] for item in told.items)
    says = (
        f"文中说 {told.count} 个{told.noun[:4]}，列出的有 {named} 个（{names}）。改法：核对个数或补全列举。"
    )
    return Found(said.passage.where, says.replace("个个", "个"), said.passage.paper, quoted=said.text,
                 printed=str(told.count), computed=str(named), key=f"{told.count}|{names}"[:60])  # fmt: skip


def _lists(text: str) -> Iterator[Listed]:
    plain = _QUOTED.sub(lambda m: m[0].replace("、", "·"), text)
    for m in _BRACKET.finditer(plain) if "(" in plain or "（" in plain else ():
        items = _items(m["list"])
        if not _SAYS_MORE.search(m["list"]) and all(len(item) <= _LONG for item in items):
            yield Listed(_count(m["n"]), m["noun"], items, bool(_OPEN.search(m["list"])))
    for m in _NAMELY.finditer(plain) if _SAYS_WHICH.search(plain) else ():
        names = re.split(r"[，,]", m["list"])[0]
        items = _items(names)
        if _SAYS_MORE.search(names) or any(len(item) > _LONG for item in items):
            continue
        if m["says"] or _alike(items):
            yield Listed(_count(m["n"]), "", items, bool(m["some"] or _OPEN.search(m["list"])))
    bare = _NESTED.sub("", plain)
    for m in _BEHIND.finditer(bare):
        yield from _before(bare[: m.start()], m)


def _before(text: str, m: re.Match[str]) -> Iterator[Listed]:
    """Yield the list that ends right before a count, where no reading of its beginning meets it."""
    if m.end() < len(m.string) and m.string[m.end("m") :][:1] in {"、", "以", "月"}:
        return
    items = _items(_STOPS.split(text)[-1])
    begins = [k for k in range(1, len(items)) if _ANEW.search(items[k])]
    read = [Listed(_count(m["n"]), m["noun"], items[k:], bool(m["open"])) for k in (0, *begins) if items[k:]]
    if read and all(one.off for one in read):
        yield read[-1]


def _alike(items: Sequence[str]) -> bool:
    """Tell whether what stands behind a bare colon is plainly names: 东街站、西街站, and not 供水、道路同步完善."""
    lengths = [len(item) for item in items]
    return max(lengths) - min(lengths) <= _FAR or len({item[-1:] for item in items}) == 1


def _items(text: str) -> tuple[str, ...]:
    return tuple(item.strip('“”"《》 ') for item in re.split(r"[、]", text)) if "、" in text else (text,)


def _count(digits: str) -> int:
    return int(digits) if digits.isdigit() else 2 if digits == "两" else int(numeral(digits) or 0)
