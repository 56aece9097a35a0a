"""自评报告: the self-evaluation report of one project. Head, sections, the figures its sentences state.

Classes and total.

What the report's total is, when it states several, is the first in a section on results; the others are
doubts.
"""

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from jixiao.expressions import expression
from jixiao.layout import NOWHERE, Block, Doubt, Line, Place
from jixiao.model.claims import Report
from jixiao.model.evaluation import ClassMark
from jixiao.model.figure import half_up
from jixiao.model.reading import Kind, Reading
from jixiao.model.statements import Claim
from jixiao.papers.prose.claims_found import claims, full_points, grade
from jixiao.papers.prose.narrative import Narrative, narrate, section_places, sections
from jixiao.papers.prose.report_head import ReportHead, funds_unit, report_head
from jixiao.papers.prose.told_rows import ToldRow, is_of_row, told_rows
from jixiao.papers.prose.untitled import is_untitled
from jixiao.papers.reports.report_grade import quoted_grade
from jixiao.papers.reports.report_opening import opening_of
from jixiao.papers.reports.report_scores import Scores, class_of, class_scores_of
from jixiao.papers.reports.report_tail import signature_of
from jixiao.papers.words import folded

_TITLE = expression(
    r"(?:自评价?|自我评价|自查)[^。；：:]{0,12}(?:报告|总结|情况说明)|绩效[^。；：:]{0,6}(?:自评|自我评价)[^。]{0,16}报告"
)
_ENDS = expression(r"(?:报告(?:书)?|总结|情况说明)(?:\([^()]{1,40}\))?$")
_GLUED = expression(
    r"[^。；:：]{4,60}?报告(?:\([^()]{2,40}\))?(?=[^。；:：]{0,40}?(?:一、|第一部分)\S{60})"
)  # behind it may stand the project or the date
_OTHER = expression(r"部门[^。]{0,8}工作报告|部门整体|整体支出")
_CHAPTERS = expression(
    r"(?:项目)?(?:基本情况|概况)|自评(?:工作)?(?:开展|结论|结果|情况)|绩效(?:分析|自评|目标完成)|"
    r"存在(?:的)?(?:主要)?问题|(?:有关|相关)?(?:建议|改进)|资金使用"
)

_UNTITLED = "没有读到自评报告的标题，按正文的章节和“自评”字样认作绩效自评报告，请核对文件是否完整"

Numbered = tuple[tuple[Claim, Place], ...]


def looks_like(blocks: tuple[Block, ...]) -> bool:
    """Tell whether these blocks begin a self-evaluation report: its title stands among the first lines.

    Where none stands there, its body tells.
    """
    return (titled(blocks, _TITLE) and not titled(blocks, _OTHER)) or is_untitled(blocks)


def titled(blocks: tuple[Block, ...], pattern: re.Pattern[str]) -> bool:
    """Tell whether one of the first lines, alone or with the line before it.

    Is a title with `pattern` in it.
    """
    lines = [_title_in(folded(b.text)) for b in blocks[:10] if isinstance(b, Line) and b.text.strip()]
    joined = [a + b for a, b in pairwise(lines)]
    return any(
        len(t) <= 90 and "。" not in t and _ENDS.search(t) and pattern.search(t) for t in (*lines, *joined)
    )


def _title_in(line: str) -> str:
    """Return the title that a run-on text begins with, up to its first chapter; any other line as it is."""
    glued = _GLUED.match(line)
    return glued.group() if glued else line


def read(blocks: tuple[Block, ...]) -> Reading:
    """Read a self-evaluation report. Never raises: what isn't said is None, what can't be told is a doubt."""
    narrative = narrate(blocks)
    head = report_head(narrative)
    scores = class_scores_of(narrative, blocks, head.year)
    report, places, doubts = report_of(narrative, head, scores)
    if report.title is None and narrative.parts:
        doubts = (Doubt(first_place(blocks), _UNTITLED, where="title"), *doubts)
    return Reading(
        Kind.SELFEVAL_REPORT, report, first_place(blocks), places, doubts, confidence(narrative, report)
    )


def report_of(
    narrative: Narrative, head: ReportHead, scores: Scores
) -> tuple[Report, dict[str, Place], tuple[Doubt, ...]]:
    """Return the report that both kinds share: head, sections, claims, classes, totals.

    With places and doubts.
    """
    rows = () if scores.indicators else told_rows(narrative)
    stated = _without_row_scores(claims(narrative, head.year), rows)
    places = {
        **head.places,
        **section_places(narrative),
        **{f"claims.{k}": p for k, (_, p) in enumerate(stated)},
    }
    classes = (*scores.classes, *lone_classes(stated, {mark.name for mark, _ in scores.classes}))
    places |= {f"classes.{k}": place for k, (_, place) in enumerate(classes)}
    places |= _places_of(scores, rows)
    total, doubts = total_of(stated)
    word = grade(narrative) or quoted_grade(narrative)
    points = full_points(narrative) or scores.points
    total = total or scores.total
    for key, found in (("total_printed", total), ("grade_printed", word), ("points_printed", points)):
        if found is not None:
            places[key] = found[1]
    count, signed, opening = indicator_count(stated), signature_of(narrative), opening_of(narrative)
    if opening is not None:
        places["opening"] = opening[1]
    report = Report(
        head.project, head.year, head.title, funds_unit(stated), sections(narrative), tuple(c for c, _ in
        stated), (*(i for i, _ in scores.indicators), *(row.indicator for row in rows)),
        tuple(c for c, _ in classes), points[0] if points else None, total[0] if total else None,
        word[0] if word else None, int(count) if count is not None else None, first(stated, "pass_mark"),
        signed.closing, signed.dated, signed.blanks, opening[0] if opening else None,
    )  # fmt: skip
    return report, places, (*head.doubts, *scores.doubts, *doubts)


def _places_of(scores: Scores, rows: tuple[ToldRow, ...]) -> dict[str, Place]:
    """Return where the indicators stand, by field path: those scored, else those told one a sentence."""
    found: dict[str, Place] = {}
    for k, (indicator, place) in enumerate(scores.indicators):
        fields = ("level3", "points", "score_printed")
        found |= {f"indicators.{k}": place}
        found |= {f"indicators.{k}.{f}": place for f in fields if getattr(indicator, f) is not None}
    for k, row in enumerate(rows):
        found |= {f"indicators.{k}": row.places["level3"]}
        found |= {f"indicators.{k}.{f}": place for f, place in row.places.items()}
    return found


def _without_row_scores(stated: Numbered, rows: tuple[ToldRow, ...]) -> Numbered:
    """Take the score of one told indicator for its own, not for the paper's total."""
    return tuple((replace(c, what="class_score") if is_of_row(c, rows) else c, p) for c, p in stated)


def lone_classes(stated: Numbered, known: set[str]) -> tuple[tuple[ClassMark, Place], ...]:
    """Return the classes whose score alone is said (其中投入20分、过程29分), of those not `known` already."""
    found: dict[str, tuple[ClassMark, Place]] = {}
    paired = {claim.subject for claim, _ in stated if claim.what == "class_points"}
    for claim, place in stated:
        lone = claim.what == "class_score" and claim.subject not in paired
        name = class_of(claim.subject) if lone else None
        if name and name not in known:
            found.setdefault(name, (ClassMark(name, 1, None, claim.figure.value), place))
    return tuple(found.values())


def indicator_count(stated: Numbered) -> Decimal | None:
    """Return how many indicators the report says there are: of the last level, first or second levels left out."""
    found = [c for c, _ in stated if c.what == "indicator_count" and not re.search("一级|二级", c.subject)]
    last = [c for c in found if re.search("三级|四级", c.subject)]
    return next((c.figure.value for c in (*last, *found)), None)


def first(stated: Numbered, what: str) -> Decimal | None:
    """Return the value of the first claim of a kind."""
    return next((c.figure.value for c, _ in stated if c.what == what), None)


def total_of(stated: Numbered) -> tuple[tuple[Decimal, Place] | None, tuple[Doubt, ...]]:
    """Return the total score that the report states; another value stated later is a doubt."""
    found = [(c.figure.value, place) for c, place in stated if c.what == "total_score"]
    if not found:
        return None, ()
    other = next(((v, p) for v, p in found if v != found[0][0]), None)
    if other is None:
        return found[0], ()
    why = "文中总得分有两个不同的数，取先出现的"
    return found[0], (Doubt(other[1], why, str(found[0][0]), str(other[0]), "total_printed"),)


def first_place(blocks: tuple[Block, ...]) -> Place:
    """Return where the paper begins."""
    return blocks[0].place if blocks else NOWHERE


def confidence(narrative: Narrative, report: Report) -> Decimal:
    """Return how sure the reading is: a title, known chapters and figures each speak for it."""
    known = sum(bool(_CHAPTERS.search(s.title)) for s in report.sections)
    signs = (report.title is not None, len(report.sections) >= 3, known >= 2, bool(report.claims))
    return half_up(Fraction(sum(signs), 4), 2) if narrative.paragraphs else Decimal(0)
