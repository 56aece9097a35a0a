"""Targets as running text tells them: set far below the result (TV08), or for a later year (TV14)."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from jixiao.audit.prose import Quantity, Sentence, clipped, percent
from jixiao.audit.rule import Case, Found
from jixiao.expressions import expression
from jixiao.model.finding import Severity

_SET = expression(
    r"(?:年初|年度|原定|计划|预期|目标值?|指标值|任务)[^，,。；;\d]{0,10}(?:为|是|定|设|计划|完成|达到|达|不少于|不低于|≥)?(?:了|为|在)?$"
)
_REACHED = expression(
    r"(?:实际|全年|最终|当年|实有|年底|截至[^，,。；;]{0,8})[^，,。；;\d]{0,10}(?:完成|达到|达|实现|为|是|有|了|举办|服务|接待|培训)?了?$"
)
_MANY_TIMES, _TWICE = Fraction(13, 10), Fraction(3, 2)
_UNTOLD = frozenset({"money", "point", "分", "months", "duration"})
_LIMITED = expression(
    r"≤|不超过|不高于|不大于|控制在|以内|以下|下降|降低|减少|成本|费用|投诉|事故|上年|去年|报名|申请|摸底|需求|符合条件"
)
_EXPLAINED = expression(r"因为|由于|原因|主要是|受.{1,12}影响|突发|新增任务|追加|政策调整|应急")
_LOW = expression(r"偏低|过低|较低|保守|不够(?:科学|合理|准确)")


def set_far_too_low(case: Case) -> Iterator[Found]:
    """Yield the targets that a report tells beside a result that goes far beyond them."""
    for sentence in case.told("targets.set", "targets.reached"):
        if not sentence.passage.in_report or _LIMITED.search(sentence.plain):
            continue
        for first, second in pairwise(sentence.quantities):
            if _is_far_beyond(first, second) and not _has_a_row(case, second):
                yield _low(sentence, first, second)
                break


def _is_far_beyond(aim: Quantity, result: Quantity) -> bool:
    one, other = aim.figure.unit, result.figure.unit
    if one is None or other is None or one.kind != other.kind or one.kind in _UNTOLD or not aim.figure.value:
        return False
    told = _SET.search(aim.before) and _REACHED.search(result.before)
    return bool(told) and result.figure.exact >= aim.figure.exact * _MANY_TIMES


def _has_a_row(case: Case, result: Quantity) -> bool:
    """Tell whether a row has this very result, so that the row itself is spoken of."""
    actuals = (r.indicator.actual for r in case.table_rows)
    return any(a.figure.agrees_with(result.figure) for a in actuals if a is not None and a.figure is not None)


def _low(sentence: Sentence, aim: Quantity, result: Quantity) -> Found:
    passage = sentence.passage
    grave = result.figure.exact >= aim.figure.exact * _TWICE and not _EXPLAINED.search(sentence.plain)
    says = (
        f"文中写目标 {aim.figure}，实际 {result.figure}，是目标的 "
        f"{percent(result.figure.exact / aim.figure.exact)}，目标可能定得偏低。改法：说明超额原因，下年按实际水平设定。"
    )
    severity = None if grave or _LOW.search(sentence.plain) else Severity.NOTE
    return Found(
        passage.where, says, passage.paper, severity, quoted=sentence.text[:80], key=str(result.figure)
    )


_LATER = expression(
    r"(?<![\d〔\[(（【-])(20[0-4]\d)年(?:底|末|年底)?(?:\d{1,2}月)?(?:底|末|份|\d{1,2}日)?(?:之?前|以前)?"
)
_OF_THE_YEAR = expression(r"年度(?:绩效|工作)?目标|本年(?:度)?(?:绩效)?目标|当年目标|年内目标|今年目标")
_IN_STAGES = expression(
    r"总(?:体)?目标|中长期|长期|远期|规划|实施期|分年|跨年|阶段|分期|《|质保|运营|租期|合同期|[三五]年(?:行动|计划|内)|下一?年|次年|20\d\d年?[-—~～至到]+20\d\d"
)
_CLAUSES = expression(r"[，,；;。]")
_DOES = expression(r"完成|建成|实现|达到|覆盖|竣工|完工|投入使用|投用|建立|形成|消除|解决")


def set_for_a_later_year(case: Case) -> Iterator[Found]:
    """Yield the goals of one year that promise something for a later one."""
    for sentence in case.told("targets.due"):
        passage = sentence.passage
        in_table = passage.where == "goal.expected"
        if "20" not in sentence.plain or not (in_table or _OF_THE_YEAR.search(sentence.plain)):
            continue
        if (in_table or passage.in_report) and not _IN_STAGES.search(sentence.plain):
            yield from _beyond(case, sentence)


def _beyond(case: Case, sentence: Sentence) -> Iterator[Found]:
    passage = sentence.passage
    year = getattr(case.filing.readings[passage.paper].record, "year", None)
    year = year if isinstance(year, int) else (case.evaluation.year if case.evaluation is not None else None)
    for clause in _CLAUSES.split(sentence.plain):
        m = _LATER.search(clause)
        if m is None or year is None or int(m[1]) <= year or not _DOES.search(clause[m.end() :]):
            continue
        mixed = passage.where == "goal.expected" and str(year) in passage.text
        says = (
            f"{year} 年度的目标写“{clipped(clause, 30)}”，当年无法验证。"
            "改法：改为当年应达到的进度，长期目标另写。"
        )
        severity = Severity.NOTE if mixed else None
        yield Found(passage.where, says, passage.paper, severity, quoted=sentence.text[:80], key=m[0])
        return
