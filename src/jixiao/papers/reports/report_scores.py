"""The scores that a report prints.

Classes (决策 15/15) and indicators, from its sentences and from the tables inside it.

A section named after a class opens it; below it a title 立项-立项依据充分性 names second and third level, a
section with
scored sections of its own is a second level. Classes keep the form's word without 项目, 指标, 情况.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from jixiao.expressions import expression
from jixiao.layout import Block, Doubt, Grid, Place
from jixiao.model.evaluation import ClassMark, Indicator
from jixiao.papers.prose.claims_found import section_marks
from jixiao.papers.prose.narrative import Narrative, Part
from jixiao.papers.prose.score_marks import Mark, uncoded
from jixiao.papers.scoring_rows import is_heading, number, pieces
from jixiao.papers.words import folded

_CORE = (
    r"决策|过程|产出(?:与|和|及)?(?:效益|效果)|投入(?:与|和|及)?管理|投入|产出|效益|效果|管理|成本|"
    r"满意度|预算执行率?|部门履职|履职效能|社会效应|可持续性"
)
_CLASS = expression(
    rf"(?:(?:项目|绩效|一级指标|关于)*[“\"]?)(?P<core>{_CORE})[”\"]?(?:类|方面)?(?:绩效)?(?:评价|"
    rf"考核)?(?:类)?(?:一级)?(?:指标)?(?:得分|完成|实现)?(?:情况)?(?:的)?(?:分析|评价|说明)?"
)
_DASH = expression(r"\s*(?:[-—–－]{1,2}|→|/|＞|>)\s*")
_POINTS = expression(r"标准分值|标准分|分值|权重(?:\(%\))?|满分(?:值)?|指标分值|参考分值|总分值|评价分值")
_SCORE = expression(r"(?:评价|自评|实际|最终|综合|指标|考核)?得分|(?:自评|评价)分值|评价分数|评分")
_SUM = expression(r"(?:得分)?(?:合计|总计|总分|总得分)(?:得分)?")
FULL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Scores:
    """What a report's scores say.

    Classes and indicators with their places, the full points and the total if tabled.
    """

    classes: tuple[tuple[ClassMark, Place], ...] = ()
    indicators: tuple[tuple[Indicator, Place], ...] = ()
    points: tuple[Decimal, Place] | None = None
    total: tuple[Decimal, Place] | None = None
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Open:
    """The class and the second level that a section stands in, each with its section level."""

    level1: str | None = None
    depth1: int = 0
    level2: str | None = None
    depth2: int = 0


def class_of(name: str) -> str | None:
    """Return the class that a title or name stands for (项目决策情况 gives 决策).

    None when it is no class.
    """
    found = _CLASS.fullmatch(re.sub(r"\(.*?\)$", "", folded(name)))
    return found.group("core") if found else None


# ---------------------------------------------------------------- sentences


Item = tuple[ClassMark | Indicator, Place]


def walk(narrative: Narrative, year: int | None) -> Iterator[tuple[Item, str | None]]:
    """Yield the marks of all sections as classes or indicators, in reading order, each with its section's class."""
    state = Open()
    parts = narrative.parts
    for k, part in enumerate(parts):
        state = opened(state, part)
        marks = tuple((m, p) for m, p in section_marks(part, year) if is_item(m))
        holder = bare(part.section.title) if is_holder(parts, k, marks) else None
        for mark, place in marks:
            yield (placed(mark, part, state, holder), place), state.level1
        if state.level1 and class_of(part.section.title) is None and below(parts, k):
            state = replace(state, level2=bare(part.section.title), depth2=part.section.level)


def opened(state: Open, part: Part) -> Open:
    """Return the state after a section's title: a class opens, a title on its level or above closes."""
    depth, name = part.section.level, class_of(part.section.title)
    if state.level1 and depth <= state.depth1:
        state = Open()
    if name and (state.level1 is None or depth <= state.depth1):
        return Open(name, depth)
    if state.level2 and depth <= state.depth2:
        state = replace(state, level2=None, depth2=0)
    return state


def below(parts: tuple[Part, ...], k: int) -> bool:
    """Tell whether section k has sections of its own."""
    return k + 1 < len(parts) and parts[k + 1].section.level > parts[k].section.level


def scored_below(parts: tuple[Part, ...], k: int) -> bool:
    """Tell whether a section inside section k states a score."""
    for part in parts[k + 1 :]:
        if part.section.level <= parts[k].section.level:
            return False
        if section_marks(part, None):
            return True
    return False


def bare(title: str) -> str:
    """Return a name without the points printed behind it."""
    return re.sub(r"\s*[（(][^（()）]*\d[^（()）]*[)）]\s*$", "", title).strip()


def is_item(mark: Mark) -> bool:
    """Tell whether a mark is a class's or an item's: not the total's, and no class by 该指标得2分 alone."""
    return class_of(mark.name) is None if mark.points is None else mark.points < FULL


def is_own(mark: Mark, part: Part) -> bool:
    """Tell whether a mark is the section's own and not one of an item inside it."""
    return not mark.name or bare(mark.name) == uncoded(bare(part.section.title))


def is_holder(parts: tuple[Part, ...], k: int, marks: tuple[tuple[Mark, Place], ...]) -> bool:
    """Tell whether section k is a second level: it has scored sections, or scores items and not itself.

    Or it scores both, and its items' points make up its own.
    """
    own = [mark.points for mark, _ in marks if is_own(mark, parts[k])]
    items = sum((mark.points or Decimal(0) for mark, _ in marks if not is_own(mark, parts[k])), Decimal(0))
    return bool(marks) and (scored_below(parts, k) or not own or (items > 0 and own[:1] == [items]))


def placed(mark: Mark, part: Part, state: Open, holder: str | None) -> ClassMark | Indicator:
    """Return a mark as what it is: a class, a second level, or an indicator under both."""
    name, own = bare(mark.name), is_own(mark, part)
    core = class_of(name)
    if core == "满意度" and not own and "指标" not in name:  # in one paragraph with the items of 产出与效益
        core = None
    nested = state.level1 is not None and part.section.level > state.depth1
    if core and not (nested and core != state.level1):
        return ClassMark(core, 1, mark.points, mark.score)
    two = _DASH.split(name, maxsplit=1)
    if (state.level1 is None or not nested) and len(two) == 1:
        return ClassMark(name, 2, mark.points, mark.score)
    if own and holder:
        return ClassMark(name, 2, mark.points, mark.score)
    level2 = two[0] if len(two) > 1 else (holder if nested and not own else None) or state.level2
    return Indicator(state.level1, level2, two[-1], None, points=mark.points, score_printed=mark.score)


# ---------------------------------------------------------------- tables of classes


def class_table(grid: Grid) -> Scores | None:
    """Return the scores of a small table that gives points and score by class, lying or standing.

    None if it isn't one.
    """
    rows = [[(folded(p.text), p.text, p.place, p.column) for p in row] for row in pieces(grid)]
    lying = {
        kind: row
        for row in rows
        for kind, words in (("points", _POINTS), ("score", _SCORE))
        if row and words.fullmatch(row[0][0])
    }
    if rows and len(lying) == 2 and any(class_of(p[0]) for p in rows[0]):
        by = {kind: {p[3]: (number(p[0]), p[2]) for p in row[1:]} for kind, row in lying.items()}
        return gathered([(p[0], by["points"].get(p[3]), by["score"].get(p[3])) for p in rows[0]])
    for k, row in enumerate(rows):
        heads = {
            kind: p[3]
            for p in row
            for kind, words in (("points", _POINTS), ("score", _SCORE))
            if words.fullmatch(p[0])
        }
        if len(heads) == 2 and not any("级指标" in p[0] and p[0] != "一级指标" for p in row):
            entries = []
            for line in rows[k + 1 :]:
                at = {p[3]: (number(p[0]), p[2]) for p in line}
                names = [p[0] for p in line if number(p[0]) is None]
                entries.append((names[0] if names else "", at.get(heads["points"]), at.get(heads["score"])))
            return gathered(entries)
    return None


Value = tuple[Decimal | None, Place] | None


def gathered(entries: list[tuple[str, Value, Value]]) -> Scores | None:
    """Return classes and totals of (name, points, score) entries; None when no class is among them."""
    result = Scores()
    for name, points, score in entries:
        core, sums = class_of(name), _SUM.fullmatch(name)
        if core and points and points[0] is not None:
            mark = ClassMark(core, 1, points[0], score[0] if score else None)
            result = replace(result, classes=(*result.classes, (mark, points[1])))
        if sums and points and points[0] is not None:
            result = replace(result, points=(points[0], points[1]))
        if sums and score and score[0] is not None:
            result = replace(result, total=(score[0], score[1]))
    return result if result.classes else None


def tabled(blocks: tuple[Block, ...]) -> Scores:
    """Return what the tables of classes inside a report say, all put together."""
    result = Scores()
    for block in blocks:
        found = class_table(block) if isinstance(block, Grid) else None
        if found is not None:
            result = replace(result, classes=(*result.classes, *found.classes))
            result = replace(result, points=result.points or found.points, total=result.total or found.total)
    return result


# ---------------------------------------------------------------- together


def merged(
    listed: list[tuple[ClassMark, Place]],
) -> tuple[tuple[tuple[ClassMark, Place], ...], tuple[Doubt, ...]]:
    """Put marks of one first-level class together, the first printed kept; a different print is a doubt."""
    kept: dict[str, tuple[ClassMark, Place]] = {}
    result: list[tuple[ClassMark, Place]] = []
    doubts: list[Doubt] = []
    for mark, place in listed:
        first = kept.get(mark.name) if mark.level == 1 else None
        if first is None:
            result.append((mark, place))
            if mark.level == 1:
                kept[mark.name] = (mark, place)
        elif (first[0].points, first[0].score_printed) != (mark.points, mark.score_printed):
            reading = f"{first[0].points}/{first[0].score_printed}"
            other = f"{mark.points}/{mark.score_printed}"
            doubts.append(
                Doubt(place, f"“{mark.name}”的分值和得分前后两处不同，取先出现的", reading, other, "classes")
            )
    return tuple(result), tuple(doubts)


def scores_of(narrative: Narrative, blocks: tuple[Block, ...], year: int | None) -> Scores:
    """Return every score that a report prints, sentences and tables put together; those of another year left out."""
    table = tabled(blocks)
    walked = list(walk(narrative, year))
    said = [item for item, _ in walked]
    marks = [*table.classes, *((m, p) for m, p in said if isinstance(m, ClassMark))]
    listed, doubts = merged(marks)
    classes = _behind_their_class(listed, dict(reversed(walked)))
    indicators = tuple((i, p) for i, p in said if isinstance(i, Indicator))
    return Scores(classes, indicators, table.points, table.total, doubts)


def class_scores_of(narrative: Narrative, blocks: tuple[Block, ...], year: int | None) -> Scores:
    """Return a report's scores with every item that stands right under a class as a mark of level 2.

    An item follows its class, wherever the class's own marks are told (all in the conclusion, the items below).
    """
    found = scores_of(narrative, blocks, year)
    said = list(enumerate(walk(narrative, year)))
    order = {pair: n for n, (pair, _) in reversed(said)}
    homes = {pair: home for _, (pair, home) in reversed(said)}
    tabled = len(found.classes)  # a table of classes tells no item, so its classes may all go first
    at = [order.get(pair, n - tabled) for n, pair in enumerate(found.classes)]
    heads = {mark.name: n for n, (mark, _) in zip(at, found.classes, strict=True) if mark.level == 1}
    keyed: list[tuple[tuple[int, int], tuple[ClassMark, Place]]] = [
        (_key(n, pair[0], heads.get(homes.get(pair) or "")), pair)
        for n, pair in zip(at, found.classes, strict=True)
    ]
    for i, p in found.indicators:
        if i.level2 is None:
            key = heads.get(i.level1 or "", order[i, p]), order[i, p]
            keyed.append((key, (ClassMark(i.level3 or "", 2, i.points, i.score_printed), p)))
    marks = [pair for _, pair in sorted(keyed, key=lambda one: one[0])]
    return replace(
        found, classes=tuple(marks), indicators=tuple((i, p) for i, p in found.indicators if i.level2)
    )


def _behind_their_class(
    classes: tuple[tuple[ClassMark, Place], ...], homes: dict[Item, str | None]
) -> tuple[tuple[ClassMark, Place], ...]:
    """Put second levels behind the class whose section tells them, where all classes were told before."""
    heads = {mark.name: n for n, (mark, _) in enumerate(classes) if mark.level == 1}
    keys = [_key(n, pair[0], heads.get(homes.get(pair) or "")) for n, pair in enumerate(classes)]
    return tuple(pair for _, pair in sorted(zip(keys, classes, strict=True), key=lambda one: one[0]))


def _key(at: int, mark: ClassMark, head: int | None) -> tuple[int, int]:
    """Return where a class's mark stands: by itself, or behind the class whose section told it."""
    return (at, -1) if mark.level == 1 or head is None else (head, at)


def has_rows(grid: Grid) -> bool:
    """Tell whether a grid is a table of indicators.

    A heading with their levels and a score or points column.
    """
    heads = [p.plain for row in pieces(grid) if is_heading(row) for p in row]
    return any("三级指标" in h or "指标名称" in h for h in heads) and any(
        _SCORE.fullmatch(h) or _POINTS.fullmatch(h) for h in heads
    )
