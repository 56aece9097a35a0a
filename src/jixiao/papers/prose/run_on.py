"""Where the chapters of a run-on report begin and end: 一、 二、 （一） in one line, with or without stops.

Knows numbers and the words of chapter titles only; narrative.py cuts the paragraphs.
"""

import re
from collections.abc import Iterator

from jixiao.expressions import expression
from jixiao.model.numerals import numeral

_CN = "一二三四五六七八九十"
_STOPS = "。：:；;！ \t\u3000”）)"
_NUMBER = expression(
    rf"(?<![第{_CN}\d之/])(?:(?P<major>[{_CN}]{{1,3}})、|[（(](?P<minor>[{_CN}]{{1,3}})[)）])"
)
_WORD = (
    r"基本情况|概况|情况|目标|分析|问题|建议|结论|措施|打算|经验(?:做法)?|做法|效果|成效|评价|原因|事项|"
    r"绩效(?!目标|自评|评价|情况|分析)"
)
# The title of a chapter of a report, as far as its own last word: 存在的问题及原因分析, 项目资金使用及管理情况.
_TITLE = expression(
    rf"[^\W\d_]{{0,12}}?(?:{_WORD})(?:[和与及、][^\W\d_]{{0,6}}?(?:{_WORD}))?(?:分析|情况|说明|建议)?"
)

# Behind a report's title stand the project, the unit, the date, or the title once more.
_TITLE_OF_REPORT = expression(r"报告(?=\s|20\d\d年)")
_FEWEST = 2  # chapters: one number alone is none
# A title that only a space parts from its body: the words of titles stand last in it.
_SPACED_TITLE = expression(rf"\s?[^\s。：:；;，,、]{{0,24}}(?:{_WORD})(?:分析|情况|说明|建议)?(?=\s)")


def chapter_offsets(text: str) -> list[int]:
    """Return where a run-on text is to be cut: before each ascending number, behind its title, behind the report's own.

    A number counts after a stop or space, or where the title of a chapter follows it; there, in a text without stops,
    the title's end is told by its words. Empty when there are not two chapters.
    """
    offsets: list[int] = []
    wanted = under = 1
    for found in _NUMBER.finditer(text):
        title = _TITLE.match(text, found.end())
        apart = found.start() == 0 or text[found.start() - 1] in _STOPS
        if not apart and title is None:
            continue
        major, minor = found.group("major"), found.group("minor")
        if major and ordinal(major) == wanted:
            wanted, under = wanted + 1, 1
        elif minor and wanted > 1 and ordinal(minor) == under:
            under += 1
        else:
            continue
        offsets.append(found.start())
        spaced = _SPACED_TITLE.match(text, found.end())
        offsets.extend([spaced.end()] if spaced else () if apart else _end_of_title(text, title))
    if wanted <= _FEWEST:
        return []
    titles = (found.end() for found in _TITLE_OF_REPORT.finditer(text, 0, min(offsets)))
    return sorted({*offsets, *titles})


def _end_of_title(text: str, title: re.Match[str] | None) -> Iterator[int]:
    """Yield where a title ends that runs straight on into its body; a stop or a number behind it parts them anyhow."""
    if title is None or title.end() >= len(text) or text[title.end()] in _STOPS + "，,、.．（(":
        return
    if _NUMBER.match(text, title.end()) is None:
        yield title.end()


def ordinal(word: str) -> int:
    """Return the value of a Chinese ordinal: 三 3, 十 10, 十二 12, 二十一 21; 0 for what counts nothing."""
    return int(numeral(word) or 0)
