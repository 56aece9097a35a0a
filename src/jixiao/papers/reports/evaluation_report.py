"""评价报告: the evaluation report of a department or of the unit itself.

With its indicators scored one by one.

The scores stand in sentences (标准分值3分，本项评价得分3分) or in tables; both are read, sentences first.
"""

from dataclasses import replace

from jixiao.expressions import expression
from jixiao.layout import Block, Grid
from jixiao.model.reading import Kind, Reading
from jixiao.papers.prose.narrative import narrate
from jixiao.papers.prose.report_head import report_head
from jixiao.papers.reports.report_scores import has_rows, scores_of
from jixiao.papers.reports.selfeval_report import confidence, first_place, report_of, titled
from jixiao.papers.scoring_forms.scoring_form import indicators_of

_TITLE = expression(
    r"绩效(?:重点|事前|事后|再|中期)?(?:评价|评估)(?:工作|情况|结果)?(?:的)?报告|(?:财政|部门|重点)(?:绩效)?评价[^。]{0,6}报告"
)
_OTHER = expression(r"自评|自我评价|自查|(?:部门|单位)整体|部门[^。]{0,8}工作报告")


def looks_like(blocks: tuple[Block, ...]) -> bool:
    """Tell whether these blocks begin an evaluation report: its title stands among the first lines."""
    return titled(blocks, _TITLE) and not titled(blocks, _OTHER)


def read(blocks: tuple[Block, ...]) -> Reading:
    """Read an evaluation report. Never raises: what isn't said is None, what can't be told is a doubt."""
    narrative = narrate(blocks)
    head = report_head(narrative)
    scores = scores_of(narrative, blocks, head.year)
    if not scores.indicators:
        found = indicators_of(tuple(b for b in blocks if isinstance(b, Grid) and has_rows(b)))
        listed = tuple((i, p["indicator"]) for i, p in found.indicators)
        classes = scores.classes or found.classes
        scores = replace(scores, indicators=listed, classes=classes, doubts=(*scores.doubts, *found.doubts))
        scores = replace(scores, points=scores.points or found.points, total=scores.total or found.total)
    report, places, doubts = report_of(narrative, head, scores)
    return Reading(
        Kind.EVALUATION_REPORT, report, first_place(blocks), places, doubts, confidence(narrative, report)
    )
