"""Results of a report without a table that nothing stands behind: no figure, paper or survey (AV01, AV06, AV07)."""

import re
from collections.abc import Iterator, Sequence

from jixiao.audit.prose import Sentence, clipped
from jixiao.audit.rule import Case, Found
from jixiao.audit.told.money_left_out import Told, reports_alone
from jixiao.expressions import expression
from jixiao.model.statements import Section

_PROOF = expression(
    r"验收|合格|佐证|凭证|台账|问卷|满意[度率][^,，。；;]{0,8}\d|测评|检测|监测|质检|监理|审计|回访|抽查|名[册单]|公示|附件|统计|决算|结算|报告书|报表|记录|签到|照片"
    r"|资料|材料|档案|访谈|走访|座谈|发票|回单|系统|考核|督查|检查|普查|通报|监控|评审"
)
_RESULTS = expression(r"完成情况|绩效(?:实现|情况|分析|目标完成)|产出|效益|实现情况|绩效结论|评价结论")
_GIVEN = expression(
    r"\d|[〇一二三四五六七八九十百两]+(?:个|名|人|户|次|场|公里|米|亩|套|台|座|处|件|项|批|所|村|条)|全部|均已"
)


def reports_without_proof(case: Case) -> Iterator[Found]:
    """Yield the reports that tell results and name nothing that could show them, not so much as a record."""
    for told in case.once(reports_alone):
        results = [n for n, s in enumerate(told.report.sections) if _RESULTS.search(s.title)]
        if not results or any(_PROOF.search(s.plain) for s in told.sentences):
            continue
        says = (
            "报告写了完成情况，全文没有一处写明数据的来源、验收、检查、问卷或其他材料。"
            "改法：写明数据取自哪里，列出佐证材料。"
        )
        yield Found(f"sections.{results[0]}", says, told.at, key="proof")


_ACCEPTED = expression(r"(?:已|通过|完成|经|均)[^,，。;；]{0,8}验收|验收[^,，。;；率]{0,6}(?:合格|通过|完成)")
_BY_WHAT = expression(
    r"\d{2,4}年|\d{1,2}月|\d日|报告|意见书|验收[单表书证]|鉴定|备案|号|纪要|资料|材料|组织|会同|专家|监理|第三方|由|邀请|小组|牵头|验收合格率"
)


def acceptance_without_paper(case: Case) -> Iterator[Found]:
    """Yield the reports that say a work was accepted, and nowhere when, by whom or in which paper."""
    for told in case.once(reports_alone):
        said = [s for s in told.sentences if "验收" in s.plain]
        sure = [s for s in said if _ACCEPTED.search(s.plain)]
        if sure and not any(_BY_WHAT.search(_around(s.plain)) for s in said):
            words = clipped(sure[0].text, 30)
            says = f"“{words}”没有写验收的时间、组织单位和验收文件。改法：补写，附验收报告。"
            yield Found(sure[0].passage.where, says, told.at, quoted=sure[0].text[:60], key="accepted")


def _around(plain: str) -> str:
    """Return the words near the acceptance."""
    at = plain.index("验收")
    return plain[max(0, at - 24) : at + 16]


_RATED = expression(r"\d(?:\.\d+)?%|[一二三四五六七八九]成|100分")
_SATISFIED = expression(r"满意[度率]|群众满意|表示满意")
_ASKED = expression(r"调查|问卷|走访|访谈|回访|测评")
_COUNT = expression(r"\d+(?:余|多)?(?:份|人|户|名|位|家|个)")


def satisfaction_named_and_untold(case: Case, flagged: set[int]) -> Iterator[Found]:
    """Yield the reports that set or ask a satisfaction, and tell neither how many were asked nor what came of it."""
    for told in case.once(reports_alone):
        if told.at in flagged:
            continue
        said = [s for s in told.sentences if _SATISFIED.search(s.plain)]
        asked = [s for s in said if _ASKED.search(s.plain)]
        if any(_COUNT.search(s.plain) for s in told.sentences if _ASKED.search(s.plain)):
            continue
        first = asked[0] if asked and not any(_RATED.search(s.plain) for s in said) else _only_set(told)
        if first is not None:
            what = (
                "调查了满意度，没有写问了多少人、结果是多少"
                if asked
                else "定了满意度的目标值，没有写调查和结果"
            )
            says = f"报告{what}。改法：写明调查的时间、方式、对象、有效份数和满意率，附汇总表。"
            yield Found(first.passage.where, says, told.at, quoted=first.text[:60], key="unasked")


_AIM = expression(r"目标|预期")
_DONE_TITLE = expression(r"完成|实现|情况")


def _only_set(told: Told) -> Sentence | None:
    """Return the sentence that sets a satisfaction under a heading of goals, where no other speaks of one."""
    said = [s for s in told.sentences if _SATISFIED.search(s.plain) and _RATED.search(s.plain)]
    goals = [s for s in said if _AIM.search(s.passage.title) and not _DONE_TITLE.search(s.passage.title)]
    return goals[0] if goals and len(goals) == len(said) else None


_SIGNED = expression(r"[≥≤≧≦=＝><]\s*\d")
_GOAL = expression(r"目标(?!.*(?:完成|实现|达成))")
_SEVERAL = 2


def targets_without_results(case: Case) -> Iterator[Found]:
    """Yield the reports that set targets in figures and tell no figure of what came of them."""
    for told in case.once(reports_alone):
        sections = told.report.sections
        goals = [n for n, s in enumerate(sections) if _GOAL.search(s.title) and _sets_several(s)]
        results = [s for n, s in enumerate(sections) if _is_result(s) and n not in goals and s.text.strip()]
        if goals and results and not any(_GIVEN.search(s.text) for s in results):
            says = (
                f"“{sections[goals[0]].title}”定了 {len(_SIGNED.findall(sections[goals[0]].text))} 个目标值，"
                f"“{results[0].title}”没有写一个实际完成值。改法：逐项写明实际完成值。"
            )
            yield Found(
                f"sections.{goals[0]}", says, told.at, quoted=sections[goals[0]].text[:60], key="results"
            )
            continue
        yield from _bare_results(told, sections)


def _sets_several(section: Section) -> bool:
    return len(_SIGNED.findall(section.text)) >= _SEVERAL


def _is_result(section: Section) -> bool:
    return bool(re.search(r"完成|实现|绩效|结论|效益|产出", section.title)) and not _GOAL.search(
        section.title
    )


_PERFORMANCE = expression(r"绩效(?:情况|分析|实现情况|目标完成情况)|(?:产出|效益)[^,，。]{0,8}情况")
_SHORT = 60


def _bare_results(told: Told, sections: Sequence[Section]) -> Iterator[Found]:
    """Yield a report whose whole account of its performance is a phrase without a figure."""
    asked = [n for n, s in enumerate(sections) if _PERFORMANCE.search(s.title) and s.text.strip()]
    if not asked or any(_GIVEN.search(sections[n].text) or len(sections[n].text) > _SHORT for n in asked):
        return
    others = (s for n, s in enumerate(sections) if _is_result(s) and n not in asked)
    if not any(_GIVEN.search(s.text) for s in others):
        first = sections[asked[0]]
        says = f"“{first.title}”只有“{clipped(first.text, 30)}”，没有一个完成的数量或比率。改法：逐项写明实际完成值。"
        yield Found(f"sections.{asked[0]}", says, told.at, quoted=first.text[:60], key="bare")
