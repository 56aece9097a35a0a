"""The blocks of running text that a table holds beside its figures: 项目概述, 评价结论, 存在问题, 改进措施.

A block is a label of the form that begins its row, and what stands behind it: in its own cell after a colon, in the
next cells of the row, or in the lines below it up to the next label.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jixiao.expressions import expression
from jixiao.layout import Place
from jixiao.model.finding import FieldPath
from jixiao.model.statements import Claim, Section
from jixiao.papers import words
from jixiao.papers.cells.stream import Atom, Stream, filled_rows, part, said
from jixiao.papers.prose.claims_found import claims_of
from jixiao.papers.prose.narrative import Paragraph, Run

_NUMBER = r"(?:\d{1,2}[.、．]|[(（]?[一二三四五六七八九十]{1,2}[)）、.．]+)?"
_ABOVE = r"项目(?:实施)?内容(?:及过程)?(?:概述)?|项目(?:基本)?(?:概况|概述|简介|情况介绍)|立项(?:依据|背景)(?:及内容)?"
_BELOW = (
    r"(?:自评|评价|综合评价)(?:结论|总结|小结)|(?:绩效)?自评(?:总体)?情况(?:说明)?|情况说明|"
    r"(?:项目)?(?:存在|主要)的?(?:主要)?问题(?:[及和与](?:原因|建议|不足|困难))?(?:分析)?|问题[及和](?:原因(?:分析)?|建议|整改措施)|"
    r"(?:下一步|下步|后续|拟采取的?)?(?:工作)?(?:改进|整改|工作)(?:工作)?(?:措施|打算|计划|建议|意见|方向)(?:[及和]建议|[及和]结果(?:拟)?应用(?:方案|情况|建议)?)?|"
    r"(?:有关|相关|工作|意见[及和]?)建议|(?:主要)?(?:经验|做法)(?:[及和]?做法)?|"
    r"佐证材料(?:清单|目录|情况)?|(?:其他)?(?:需要|应)?说明的(?:其他)?(?:问题|情况|事项)|"
    r"(?:预算)?执行(?:率)?偏差(?:的)?(?:原因)?(?:说明|分析|情况)?|(?:评价|自评)?结果(?:拟)?(?:应用|运用)(?:情况)?|"
    r"(?:项目)?资金(?:使用)?[及和]?管理情况|(?:项目)?组织(?:实施|管理)情况|(?:项目)?绩效(?:分析|情况分析)"
)
_GROUP = expression(r"(?:项目)?基本情况|" + words.GOAL_GROUP)
_HEAD = expression(rf"{_NUMBER}(?:{_ABOVE})(?:[:：]|$)")
_TAIL = expression(rf"{_NUMBER}(?:{_ABOVE}|{_BELOW})(?:[:：]|$)")
_ENDS = expression(
    r"(?:填表|填报)?(?:注|备注|说明)[:：1一]|(?:项目|财务|单位|科室)?(?:主要)?负责人|填[表报](?:人|日期|时间|单位)|联系(?:人|电话)|审[核批]人?|"
    r"(?:自评|评价)?(?:等级|等次|得分|总分)|合计|总计|20\d\d年\d{1,2}月\d{1,2}日$|项目资金|预算执行(?:情况)?|一级指标|绩效指标|(?:单位|部门)?(?:主要|分管)?(?:负责人|领导)?(?:签批|审[核批]|签署)意见|签[名字]"
)
_LEAST = 2
_CHAPTER = expression(r"[一二三四五六七八九十]{1,2}、[^。:：,，;；、]{2,20}(?:[。:：]|$)")


@dataclass(frozen=True, slots=True)
class Told:
    """A block of running text: its label and text as printed, and where the text begins."""

    section: Section
    place: Place

    @property
    def paragraph(self) -> Paragraph:
        """Its text with its place."""
        return Paragraph(self.section.text, (Run(0, self.place, 0),))


@dataclass(frozen=True, slots=True)
class Texts:
    """The blocks of a table, the figures that they state, and the places of both."""

    sections: tuple[Section, ...]
    claims: tuple[Claim, ...]
    places: dict[FieldPath, Place]


def read_texts(stream: Stream, start: int, header: int, below: int, end: int, year: int | None) -> Texts:
    """Read the blocks above the heading of the indicators (start..header) and those below it (below..end)."""
    told = (*_blocks(stream.cut(start, header).atoms, _HEAD), *_blocks(stream.cut(below, end).atoms, _TAIL))
    found = [pair for one in told for pair in claims_of(one.paragraph, one.section.title, year)]
    places = {f"sections.{n}": one.place for n, one in enumerate(told)}
    places |= {f"claims.{n}": place for n, (_, place) in enumerate(found)}
    return Texts(tuple(one.section for one in told), tuple(claim for claim, _ in found), places)


def _blocks(atoms: Sequence[Atom], label: re.Pattern[str]) -> Iterator[Told]:
    rows = list(filled_rows(atoms))
    for n, row in enumerate(rows):
        found = _opened(row, label)
        if found is None:
            continue
        name, rest = found
        text = rest or _lines_below(rows[n + 1 :], row[0], label)
        if text and (len(said(text)) >= _LEAST or text[0].fold == "无"):
            yield from _chapters(text) or (Told(Section(None, name, 1, said(text)), text[0].place),)


def _chapters(text: Sequence[Atom]) -> tuple[Told, ...]:
    """Return the chapters of a block whose lines are numbered 一、二、 each with a title; none of any other block."""
    lines = list(filled_rows(text))
    opened = [k for k, line in enumerate(lines) if _CHAPTER.match(line[0].fold)]
    if len(opened) < _LEAST or opened[0] != 0:
        return ()
    ends = [*opened[1:], len(lines)]
    return tuple(
        _chapter([a for line in lines[k:end] for a in line]) for k, end in zip(opened, ends, strict=True)
    )


def _chapter(atoms: Sequence[Atom]) -> Told:
    head = _CHAPTER.match(atoms[0].fold)
    end = head.end() if head else 0
    rest = [part(atoms[0], end, len(atoms[0].fold))] if end < len(atoms[0].fold) else []
    number, _, title = (head[0] if head else "").rstrip("。:：").partition("、")
    body = [*rest, *atoms[1:]]
    return Told(Section(f"{number}、", title, 1, said(body)), (body or atoms)[0].place)


def is_label_of_text(fold: str) -> bool:
    """Tell whether a cell or line holds the label of a block of running text and nothing else."""
    return bool(_TAIL.fullmatch(fold))


def ends_text(fold: str) -> bool:
    """Tell whether a line ends the block of running text above it: another label, a note, who signs."""
    return is_label_of_text(fold) or bool(_ENDS.match(fold))


def _opened(row: Sequence[Atom], label: re.Pattern[str]) -> tuple[str, list[Atom]] | None:
    """Return the label that opens the row, a group's name left out, and what stands behind it in the row."""
    rest = list(row[1:]) if len(row) > 1 and _GROUP.fullmatch(row[0].fold) else list(row)
    found = label.match(rest[0].fold)
    if found is None:
        return None
    own = len(rest[0].fold) > found.end()
    behind = [part(rest[0], found.end(), len(rest[0].fold))] if own else []
    return found[0].rstrip(":："), [*behind, *rest[1:]]


def _lines_below(rows: Sequence[Sequence[Atom]], label: Atom, opener: re.Pattern[str]) -> list[Atom]:
    """Return the lines below a label that stands alone, up to the next label; none inside a grid."""
    found: list[Atom] = []
    if label.column is not None:
        return found
    for row in rows:
        if row[0].column is not None or _opened(row, opener) or _ENDS.match(row[0].fold):
            break
        found.extend(row)
    return found
