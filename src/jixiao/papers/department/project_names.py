"""Project names in running text.

Those spot-checked (分别是甲、乙、丙) and those enumerated as deviating (1.甲、乙2个项目 2.《丙》项目).

Names are split at 、 outside brackets and quotes. An enumeration that ends in 等 gives the names it gives.
"""

import re
from collections.abc import Iterator

from jixiao.expressions import expression
from jixiao.layout import Place
from jixiao.papers.prose.claims_found import Plain, bodies, plain
from jixiao.papers.prose.narrative import Narrative

_SAMPLED = expression(
    r"(?:抽[查取选]|选取|选择|重点评价|"
    r"复核)[^。；]{0,24}?\d{1,4}个[^。；]{0,12}?[，,]?(?:分别(?:是|为)|包括|即|为|是|:):?"
    r"(?P<names>[^。；]+)"
)
_DEVIATION = expression(r"\d{1,4}个[^。；，\d]{0,24}(?:偏差|偏离|未完成|未达到|未达成|未实现|未全部完成)")
_NAMED = expression(r"[^。；]{0,16}?[，,](?:分别(?:是|为)|即|包括|为|是):?(?P<names>[^。；，]+、[^。；，]+)")
_ITEMS = expression(r"(?<![\d.])(?P<n>\d{1,2})[.、．)](?=20\d\d年|[^\d\s])|[(（](?P<m>\d{1,2})[)）]")
_LIST = expression(r"(?P<names>[^。；，]+?)(?:等)?(?P<n>\d{1,3})个(?:预算|支出|自评)?项目")
_PLAIN_NAME = expression(r"^(?P<name>[^，。；、:《]{3,40}?项目)(?=[，:为因由年未在主存]|实际|结余|预算)")
# What is told of a spot-checked project behind its name: 甲项目自评95分、复核94分；乙项目…
_RESULT = expression(r"\d+(?:\.\d+)?(?:分|%|万?元)")
_BEFORE_RESULT = expression(
    r"[^，,:：（(\d；。]{2,40}?(?=(?:项目)?(?:自评|复核|得分|评分|原|由|预算|资金|执行|支出|[，,:：（(]|\d))"
)

Named = tuple[str, Place]


def split_names(text: str) -> Iterator[tuple[str, int]]:
    """Yield the names of an enumeration with their offsets.

    Split at 、 and at a last 和 or 及, never inside brackets.
    """
    depth, start = 0, 0
    for k, char in enumerate([*text, "、"]):
        depth += (char in "《（(“【") - (char in "》）)”】")
        if char == "、" and depth <= 0:
            name = text[start:k].strip()
            if name:
                yield name, start
            start = k + 1


def clean(name: str) -> str:
    """Return a name without the quotes around it."""
    return re.sub(r"^[《“\"](.*)[》”\"]$", r"\1", name.strip(" ，,。"))


def place_of(text: Plain, start: int, length: int) -> Place:
    """Return the place of a name in its paragraph."""
    return text.place(start, start + max(length, 1))


def sampled_names(narrative: Narrative) -> list[tuple[Plain, int, list[Named]]]:
    """Return, for each sentence that names spot-checked projects, its paragraph, the end of the names.

    And the names.
    """
    found = []
    for _, paragraph in bodies(narrative):
        text = plain(paragraph)
        for match in _SAMPLED.finditer(text.text):
            start = match.start("names")
            listed = [
                (clean(text.quoted(start + at, start + at + len(n))), place_of(text, start + at, len(n)))
                for n, at in _names_told(text.text, match)
            ]
            if len(listed) > 1 or re.search(r"1个", match.group()):
                found.append((text, match.end(), listed))
    return found


def _names_told(text: str, match: re.Match[str]) -> Iterator[tuple[str, int]]:
    """Yield the names of an enumeration; where each comes with its results, a name begins every stretch between ；."""
    if not _RESULT.search(match.group("names")):
        yield from split_names(match.group("names"))
        return
    start = match.start("names")
    at = 0
    for stretch in re.split(r"[；;]", text[start:].partition("。")[0]):
        name = _BEFORE_RESULT.match(stretch)
        if name:
            yield name.group(), at
        at += len(stretch) + 1


def listed_names(narrative: Narrative) -> list[Named]:
    """Return the names of the projects that the report lists as deviating, in printed order.

    Repetitions kept.
    """
    found: list[Named] = []
    for _, paragraph in bodies(narrative):
        text = plain(paragraph)
        begins = _DEVIATION.search(text.text)
        if begins is None:
            continue
        said = _NAMED.match(text.text, begins.end())
        if said:
            for name, at in split_names(said.group("names")):
                begin = said.start("names") + at
                found.append((clean(text.quoted(begin, begin + len(name))), place_of(text, begin, len(name))))
            continue
        for start, item in items(text.text, begins.end()):
            for name, at in names_of(item):
                begin = text.text.index(name, start + at)
                found.append((text.quoted(begin, begin + len(name)), place_of(text, begin, len(name))))
    return found


def items(text: str, begin: int) -> Iterator[tuple[int, str]]:
    """Yield offset and text of the numbered items 1. 2. 3. after `begin`; the numbers must ascend from 1."""
    marks, wanted = [], 1
    for match in _ITEMS.finditer(text, begin):
        if int(match.group("n") or match.group("m")) == wanted:
            marks.append(match)
            wanted += 1
    ends = [*(m.start() for m in marks[1:]), len(text)][: len(marks)]
    for match, end in zip(marks, ends, strict=True):
        yield match.end(), text[match.end() : end]


def names_of(item: str) -> list[tuple[str, int]]:
    """Return the project names an item begins with, with their offsets.

    A list before N个项目, a title in 《》, or X项目.
    """
    many = _LIST.match(item)
    if many:
        return [(clean(name), at) for name, at in split_names(many.group("names"))]
    quoted = re.match(r"《(?P<name>[^》]+)》", item)
    if quoted:
        return [(quoted.group("name"), quoted.start("name"))]
    single = _PLAIN_NAME.match(item)
    return [(single.group("name"), 0)] if single else []
