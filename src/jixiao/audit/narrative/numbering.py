"""NA15: the numbers of a report's sections and lists (报告文字)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jixiao.audit.prose import clipped
from jixiao.audit.rule import Case, Found, rule
from jixiao.expressions import expression
from jixiao.model.finding import Fix, Severity, Swap
from jixiao.model.numerals import numeral
from jixiao.model.statements import Section

_CN = "一二三四五六七八九十"
_STYLES = (
    (expression(rf"第([{_CN}\d]+)(?:部分|章|节)"), 0),
    (expression(rf"([{_CN}]{{1,3}})[、．.,，]"), 1),
    (expression(rf"[（(]([{_CN}]{{1,3}})[)）]"), 2),
    (expression(r"(\d{1,2})(?:、|[.．])$"), 3),
    (expression(r"[（(](\d{1,2})[)）]|(\d{1,2})[)）]"), 4),
)
_IN_BRACKETS = expression(rf"[(（][{_CN}]")
_LISTED = 3
_SECOND_MARK = expression(r"[；;。]([^；;。，,：:\d]{2,12})[：:][^；;。]{0,4}满分\s*\d")
_FIRST_INLINE = expression(r"(?<=[一-鿿])1[、.．](?=[^\d\s])")
_SECOND_INLINE = expression(r"(?<=[一-鿿）》)”])2[、.．](?=[^\d\s])")


@dataclass(frozen=True, slots=True)
class Number:
    """A section's number: its style (0 第一部分, 1 一、, 2 （一）, 3 1., 4 (1)), its value, its place in the list."""

    style: int
    value: int
    at: int
    printed: str


def number_of(at: int, printed: str | None) -> Number | None:
    """Return what a section's printed number counts; None for numbers of any other style (1.1, ①)."""
    for pattern, style in _STYLES:
        m = pattern.match(printed or "")
        if m:
            word = m[1] or m[m.lastindex or 1]
            return Number(style, int(word) if word.isdigit() else _ordinal(word), at, printed or "")
    return None


def _ordinal(word: str) -> int:
    return int(numeral(word) or 0)


@rule(
    "NA15",
    Severity.WARNING,
    source="GB/T 9704—2012 第7.3.3条：结构层次序数依次用“一、”“（一）”“1.”“（1）”标注",
)
def numbering_breaks(case: Case) -> Iterator[Found]:
    """标题或条目的序号跳号、重号，或一个序号下并列了两项。

    为什么：跳号多半是删了一节，重号、并号会把一项内容藏起来，复核人员对不上数。
    不合格：“一、”之后是“三、”；两个“（二）”；标题只剩“、评价结论”；“（3）社会效益：满分 20 分……；满意度：满分 10 分”。
    合格：各级依次编号；每节下面重新从“（一）”或“1.”起编。
    怎么改：按顺序重编；一项一号；句子里并列的事项用“一是”“二是”或分行。
    来源：GB/T 9704—2012 第7.3.3条。
    误报风险：中，“1.”以下的列表、句中编号、半角与全角括号混用、只有第一部分的只作提示；正文里找得到的序号不提示。
    """
    for paper, sections in _sections(case):
        yield from _broken(paper, sections)
        yield from _lost(paper, sections)
        yield from _two_in_one(paper, sections)
        yield from _inline(paper, sections)
        yield from _alone(paper, sections)
        yield from _mixed(paper, sections)


def _sections(case: Case) -> Iterator[tuple[int, tuple[Section, ...]]]:
    for paper, report in case.reports:
        yield paper, report.sections
    for paper, department in case.department_reports:
        yield paper, department.sections


def _broken(paper: int, sections: tuple[Section, ...]) -> Iterator[Found]:
    last: dict[int, Number] = {}
    for at, section in enumerate(sections):
        number = number_of(at, section.number)
        if number is None:
            continue
        before = last.get(number.style)
        last = {style: known for style, known in last.items() if style < number.style} | {
            number.style: number
        }
        again = before is not None and before.value == number.value and number.style < _LISTED
        if before is not None and (again or number.value not in (before.value + 1, 1)):
            yield from _said(paper, sections, before, number)


def _lost(paper: int, sections: tuple[Section, ...]) -> Iterator[Found]:
    """Yield the headings of which only the mark behind the number is left; the first stands for all."""
    lost = [at for at, section in enumerate(sections) if section.number == "、"]
    if lost:
        names = "、".join(f"“、{clipped(sections[at].title, 16)}”" for at in lost)
        says = f"{names}前面的序号缺失。改法：补上序号。"
        yield Found(f"sections.{lost[0]}", says, paper, printed="、", key="lost")


def _said(paper: int, sections: tuple[Section, ...], before: Number, number: Number) -> Iterator[Found]:
    """Yield the break, unless the missing number stands in the text between: then only the reading missed it."""
    again = number.value == before.value
    wanted = _as_printed(number, before.value + 1)
    if not again and _stands_between(sections, before, number):
        return
    what = "重号" if again else "跳号" if number.value > before.value else "倒号"
    says = (
        f"“{_titled(before, sections)}”之后是“{_titled(number, sections)}”，"
        f"{what}，应为“{wanted}”。改法：按顺序重编；若删去了一节，核对内容是否完整。"
    )
    severity = Severity.NOTE if number.style >= _LISTED else None
    fix = _renumbered(sections, before, number)
    yield Found(
        f"sections.{number.at}", says, paper, severity, printed=number.printed, computed=wanted, fix=fix
    )


def _titled(number: Number, sections: tuple[Section, ...]) -> str:
    return number.printed + clipped(sections[number.at].title, 16)


def _renumbered(sections: tuple[Section, ...], before: Number, number: Number) -> Fix | None:
    """Return the fix where only one number fits: the next in its list goes on after it, or a double ends its list."""
    after = _next(sections, number)
    fits = after.value == before.value + 2 if after is not None else number.value == before.value
    wanted = _as_printed(number, before.value + 1)
    text = "\n".join(
        f"{s.title}\n{s.text}" for s in sections[before.at : after.at if after is not None else None]
    )
    if not fits or wanted.strip("、.．") in text:
        return None
    swaps = (Swap(f"sections.{number.at}.number", wanted),)
    return Fix(f"序号改为“{wanted}”", wanted, safe=True, swaps=swaps)


def _next(sections: tuple[Section, ...], number: Number) -> Number | None:
    """Return the number that follows in the same list, None where the list ends."""
    for at in range(number.at + 1, len(sections)):
        found = number_of(at, sections[at].number)
        if found is not None and found.style <= number.style:
            return found if found.style == number.style else None
    return None


def _stands_between(sections: tuple[Section, ...], before: Number, number: Number) -> bool:
    text = "\n".join(f"{s.title}\n{s.text}" for s in sections[before.at : number.at])
    bare = _as_printed(number, before.value + 1).strip("、.．")
    if not bare.isalnum():
        return bare in text
    return re.search(rf"(?:^|\n)\s*{bare}(?![是\d])|(?<!\d){bare}(?:[、．]|[.](?!\d))", text) is not None


def _as_printed(number: Number, value: int) -> str:
    """Return `value` in the style of a number as printed: （三） for （四）."""
    old = next(filter(None, re.findall(rf"[{_CN}]+|\d+", number.printed)), "")
    new = str(value) if old.isdigit() else _word(value)
    return number.printed.replace(old, new, 1)


def _word(value: int) -> str:
    tens, ones = divmod(value, 10)
    return ("" if not tens else "十" if tens == 1 else f"{_CN[tens - 1]}十") + (_CN[ones - 1] if ones else "")


def _two_in_one(paper: int, sections: tuple[Section, ...]) -> Iterator[Found]:
    for at, section in enumerate(sections):
        if section.number is None or section.level <= _LISTED - 1 or section.text.count("满分") <= 1:
            continue
        m = _SECOND_MARK.search(section.text)
        if m:
            says = (
                f"“{section.number}{section.title}”一项里还写了“{m[1]}”的满分和得分，序号少了一个。"
                "改法：另起一项编号。"
            )
            yield Found(f"sections.{at}", says, paper, Severity.NOTE, quoted=m[0].lstrip("；;。"), key=m[1])


def _inline(paper: int, sections: tuple[Section, ...]) -> Iterator[Found]:
    """Yield the first list that is numbered 1、 2、 inside a running sentence."""
    for at, section in enumerate(sections):
        listed = "1、" in section.text or "1." in section.text or "1．" in section.text
        first = _FIRST_INLINE.search(section.text) if listed else None
        if first and _SECOND_INLINE.search(section.text, first.end()):
            quoted = section.text[max(0, first.start() - 12) : first.start() + 24]
            says = "一句话里用“1、2、”编号列举，与文章层次序号混在一起。改法：分行编号，或改用“一是”“二是”。"
            yield Found(f"sections.{at}", says, paper, Severity.NOTE, quoted=quoted, key="inline")
            return


def _alone(paper: int, sections: tuple[Section, ...]) -> Iterator[Found]:
    """Yield a 第一部分 after which no 第二部分 comes."""
    parts = [
        n for at, s in enumerate(sections) if (n := number_of(at, s.number)) is not None and n.style == 0
    ]
    if len(parts) == 1 and parts[0].value == 1:
        only = parts[0]
        second = _as_printed(only, 2)
        if not any(second in f"{s.title}{s.text}" for s in sections):
            says = f"只有“{only.printed}”，没有“{second}”。改法：补上后面的部分，或去掉“{only.printed}”。"
            yield Found(f"sections.{only.at}", says, paper, Severity.NOTE, printed=only.printed, key="alone")


def _mixed(paper: int, sections: tuple[Section, ...]) -> Iterator[Found]:
    """Yield a report whose （一） are typed in half-width brackets in some places and in full-width ones in others."""
    numbered = [(at, s.number) for at, s in enumerate(sections) if s.number and _IN_BRACKETS.match(s.number)]
    half, full = ([n for n in numbered if n[1][0] == mark] for mark in "(（")
    if len(half) > 1 and len(full) > 1:
        at, printed = min(half, full, key=len)[0]
        says = (
            f"同级序号有 {len(full)} 处用全角括号（如“{full[0][1]}”），{len(half)} 处用半角括号（如“{half[0][1]}”）。"
            "改法：统一用全角括号。"
        )
        yield Found(f"sections.{at}", says, paper, Severity.NOTE, printed=printed, key="mixed")
