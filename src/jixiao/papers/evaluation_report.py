"""评价报告: the evaluation report of a department or of the unit itself, with its indicators scored one by one.

The scores stand in sentences (标准分值3分，本项评价得分3分) or in tables; both are read, sentences first.
"""

import re
from dataclasses import replace

from jixiao.layout import Block, Grid, Place
from jixiao.model.evaluation import Indicator
from jixiao.model.reading import Kind, Reading
from jixiao.papers.narrative import narrate
from jixiao.papers.report_scores import has_rows, scores_of
from jixiao.papers.scoring_form import indicators_of
from jixiao.papers.selfeval_report import confidence, first_place, report_of, titled

_TITLE = re.compile(r"绩效(?:重点|事前|事后|再|中期)?(?:评价|评估)(?:工作|情况|结果)?(?:的)?报告|绩效(?:财政|部门)评价[^。]{0,6}报告")
_OTHER = re.compile(r"自评|自我评价|部门[^。]{0,8}工作报告")


def looks_like(blocks: tuple[Block, ...]) -> bool:
    """Tell whether these blocks begin an evaluation report: its title stands among the first lines."""
    return titled(blocks, _TITLE) and not titled(blocks, _OTHER)


def read(blocks: tuple[Block, ...]) -> Reading:
    """Read an evaluation report. Never raises: what isn't said is None, what can't be told is a doubt."""
    narrative = narrate(blocks)
    report, places, doubts = report_of(narrative, blocks)
    listed = scores_of(narrative, blocks).indicators
    if not listed:
        listed, more = from_tables(blocks)
        doubts = (*doubts, *more)
    for k, (indicator, place) in enumerate(listed):
        places |= {f"indicators.{k}": place, **field_places(k, indicator, place)}
    report = replace(report, indicators=tuple(i for i, _ in listed))
    return Reading(Kind.EVALUATION_REPORT, report, first_place(blocks), places, doubts, confidence(narrative, report))


def from_tables(blocks: tuple[Block, ...]) -> tuple[tuple[tuple[Indicator, Place], ...], tuple]:
    """Return the indicators of the tables inside the report."""
    grids = tuple(b for b in blocks if isinstance(b, Grid) and has_rows(b))
    found = indicators_of(grids)
    return tuple((i, p["indicator"]) for i, p in found.indicators), found.doubts


def field_places(k: int, indicator: Indicator, place: Place) -> dict[str, Place]:
    """Return the places of an indicator's fields: all in the sentence that states them."""
    fields = ("level3", "points", "score_printed")
    return {f"indicators.{k}.{f}": place for f in fields if getattr(indicator, f) is not None}
