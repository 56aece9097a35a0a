"""Tells a self-evaluation report whose title was cut off by what stands in its body: its chapters and its words.

A notice that asks for reports, an account of a budget or of final accounts, a plan and a piece of news use the same
words; each is told by its own signs and refused, as is a department's account of many projects.
"""

import re
from collections.abc import Iterator, Sequence

from jixiao.expressions import expression
from jixiao.layout import Block, Line
from jixiao.papers.prose.narrative import Narrative, narrate
from jixiao.papers.words import folded

# The chapters that the outlines name, each group once. Sources: 财预〔2020〕10号 附件 and the outlines of the provinces
# (docs/reading.md): 湖南, 海南 begin with the goals and the work, 四川 with 项目概况 and 资金申报, 云南 with 自评结论.
_OWN = {
    "work": r"(?:绩效)?自(?:我)?(?:评价?)工作(?:的)?(?:组织)?(?:开展|实施|组织)?(?:情况)?",
    "done": r"绩效目标(?:自评)?(?:完成|实现)(?:情况)?(?:分析|评价)?|"
    r"(?:项目|预算支出)(?:支出)?绩效(?:目标|指标)?(?:自评)?(?:完成|实现)?情况(?:及分析|分析)?|"
    r"(?:总体)?绩效目标完成情况.{0,6}",
    "gap": r"偏离绩效目标(?:的)?原因.{0,14}|未完成(?:绩效)?目标(?:的)?原因.{0,14}",
    "use": r"(?:绩效)?自评结果(?:拟)?应用.{0,10}",
    "verdict": r"(?:绩效)?自评(?:结论|得分|结果|等级).{0,8}|(?:综合)?评价(?:情况及评价)?结论(?:[及与和]建议)?",
}
_SHARED = {
    "basic": r"(?:项目)?(?:基本)?(?:情况|概况)|项目(?:基本)?概况.{0,6}",
    "assigned": r"绩效目标(?:的)?(?:分解下达|设立|设定)(?:情况)?",
    "funds": r"(?:项目)?资金(?:投入|到位|执行|使用|管理|申报|安排|计划)?.{0,10}(?:情况)?(?:分析)?",
    "managed": r"(?:项目)?(?:组织)?(?:实施|管理)(?:[及和与](?:实施|管理))?情况|.{2,8}组织实施情况",
    "faults": r"存在(?:的)?(?:主要)?问题.{0,10}",
    "advice": r".{0,6}(?:意见|建议|改进措施).{0,6}",
}
_CHAPTERS = {name: expression(pattern) for name, pattern in (*_OWN.items(), *_SHARED.items())}
_SPEAKS = expression(r"自评|自我评价|自查自评")
_OTHER_PAPER = expression(
    r"通知如下|(?:请|望)(?:各|于20|你们)|各[^。,，]{0,20}(?:单位|部门|股室|处室|乡镇|县区|街道)[^。,，]{0,8}[:：]|提纲|名词解释|三公经费|机关运行经费|"
    r"决算(?:公开|情况|总体|表)|预算公开|部门预算(?:说明|安排)|整体支出|部门整体|整改(?:情况|落实)|受.{2,20}委托|通讯员|记者|本网讯|事前(?:绩效)?评估|"
    r"(?:共|对|涉及|纳入)[^。,，]{0,16}\d+个(?:预算|支出|自评)?项目[^。]{0,20}(?:自评|评价)"
)
_TITLE_OF_OTHER = expression(
    r".{2,50}(?:通知|办法|方案|细则|意见|规定|批复|公告|公示|函|制度|规程|说明|总结|汇报|计划|要点|报告|讲话|简报|预案)(?:\([^()]{1,14}\))?"
)
_ENOUGH = 3


def is_untitled(blocks: Sequence[Block]) -> bool:
    """Tell whether the blocks are the body of a project's self-evaluation report that lacks its title."""
    text = folded("".join(b.text for b in blocks if isinstance(b, Line)))
    if not _SPEAKS.search(text) or not re.search(r"\d", text) or _OTHER_PAPER.search(text):
        return False
    narrative = narrate(blocks)
    if not narrative.parts or not _begins(narrative.parts[0].section.number):
        return False
    if any(_TITLE_OF_OTHER.fullmatch(folded(p.text)) for p in narrative.front):
        return False
    found = set(_groups(narrative))
    return len(found) >= _ENOUGH and bool(found & _OWN.keys())


def _begins(number: str | None) -> bool:
    """Tell whether a chapter is the first of its paper: what follows a table in the middle of a report is not."""
    return number is not None and re.search(r"[一1]", number) is not None and "十" not in number


def _groups(narrative: Narrative) -> Iterator[str]:
    for part in narrative.parts:
        title = folded(part.section.title).strip("。.:：")
        yield from (name for name, pattern in _CHAPTERS.items() if pattern.fullmatch(title))
