"""Indicators that a report tells one a sentence: 管护合格率，年初目标值≥95%，实际完成值96%，自评得分15分.

Knows the words between the values only; a report that tells a single one so is left to its claims.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from jixiao.expressions import expression
from jixiao.layout import Place
from jixiao.model.evaluation import Indicator
from jixiao.model.parsing import parse_actual, parse_target
from jixiao.model.statements import Claim
from jixiao.papers.cells.classes import canonical1, canonical2
from jixiao.papers.prose.claims_found import Plain, plain, texts_of
from jixiao.papers.prose.narrative import Narrative, Part, numbered

_IS = r"(?:分别)?(?:为|是|:)?"
_ROW = expression(
    r"(?P<name>[^，,;；。:]{2,40})[，,:;；]"
    rf"(?:年?初|年度|预期|计划|设定|绩效)*(?:目标值|指标值){_IS}(?P<target>[^，,;；。]{{1,30}})[，,;；]"
    rf"(?:实际|全年|年度)*完成(?:指标)?(?:值|情况)?{_IS}(?P<actual>[^，,;；。]{{1,40}})"
    rf"(?:[，,;；](?:分值|权重|满分|标准分){_IS}(?P<points>\d+(?:\.\d+)?)分)?"
    rf"(?:[，,;；](?:自评|实际|评价)*得分?{_IS}(?P<score>\d+(?:\.\d+)?)分)?(?=[，,;；。]|$)"
)
_FEWEST = 2
_TAIL = expression(r"(?:完成|实现)?情况(?:分析)?$")


@dataclass(frozen=True, slots=True)
class ToldRow:
    """One indicator with the place of each of its values, by field, and the sentence that tells it."""

    indicator: Indicator
    places: dict[str, Place]
    said: str


def told_rows(narrative: Narrative) -> tuple[ToldRow, ...]:
    """Return the indicators that the report's sentences tell with target and result; empty where there is but one."""
    found = tuple(_rows(narrative))
    return found if len(found) >= _FEWEST else ()


def _rows(narrative: Narrative) -> Iterator[ToldRow]:
    level1 = level2 = None
    for part in narrative.parts:
        level1, level2 = _classes(part, level1, level2)
        for text in map(plain, texts_of(part)):
            number = numbered(text.text)
            for match in _ROW.finditer(text.text, number[2] if number else 0):
                yield _row(text, match, level1, level2)


def _classes(part: Part, level1: str | None, level2: str | None) -> tuple[str | None, str | None]:
    """Return the classes that the section's title names, those above it otherwise."""
    title = _TAIL.sub("", part.section.title)
    if canonical1(title):
        return title, None
    return (level1, title) if canonical2(title) else (level1, level2)


def _row(text: Plain, match: re.Match[str], level1: str | None, level2: str | None) -> ToldRow:
    said = {k: text.quoted(*match.span(k)) for k, v in match.groupdict().items() if v}
    places = {_FIELDS[k]: text.place(*match.span(k)) for k in said}
    row = Indicator(
        level1,
        level2,
        said["name"],
        None,
        target=parse_target(said["target"], sign=None, unit=None),
        actual=parse_actual(said["actual"], unit=None),
        points=_decimal(match.group("points")),
        score_printed=_decimal(match.group("score")),
    )
    return ToldRow(row, places, match.group())


_FIELDS = {
    "name": "level3",
    "target": "target",
    "actual": "actual",
    "points": "points",
    "score": "score_printed",
}


def _decimal(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None


def is_of_row(claim: Claim, rows: tuple[ToldRow, ...]) -> bool:
    """Tell whether a stated score is that of one told indicator and not the paper's."""
    quoted = "".join(claim.quoted.split())
    return claim.what == "total_score" and any(
        row.indicator.score_printed == claim.figure.value and row.indicator.level3 in quoted
        for row in rows
        if row.indicator.level3
    )
