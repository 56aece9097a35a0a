"""Goals and results of one empty phrase: in a sentence of a report, and in the goal block of a table (空泛的目标)."""

from collections.abc import Iterator

from jixiao.audit.indicator_rows import setting_papers
from jixiao.audit.prose import clipped
from jixiao.audit.rule import Case, Found
from jixiao.expressions import expression
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import tidy

_GOAL_IS = expression(
    r"(?:绩效|总体|年度|项目|主要|工作)目标(?:主要)?(?:是|为|:)+(?P<goal>[^。；;，,、:\d]{4,40})[。；;]?$"
)
_WISH = expression(
    r"(?:进一步|切实|有效|全面|持续|不断|更好地?|努力|扎实)*"
    r"(?:保证|保障|确保|做好|抓好|完成|维护|落实|促进|推动|加强|完善|提升|提高|改善|满足|规范|增强|巩固)(?:好|了)?.{1,30}"
    r"(?:运转|运行|工作|权益|开展|发展|稳定|需[要求]|任务|建设|水平|能力|质量|安全|环境|条件|管理|秩序)"
)
_SPENT_ON = expression(r"^.{0,30}?(?:资金|经费|款项|预算)(?:主要|全部|专项)?用于")
_COUNTED = expression(
    r"[\d一二两三四五六七八九十百千]+(?:个|名|人|户|次|场|公里|米|亩|套|台|座|处|件|平方|项|批|所|村|%)"
)
_CONCRETE = expression(
    r"购|采|修|建(?!设?强)|养护|培训|发放|支付|检|监测|编制|印|租|聘|调查|治[理疗](?!水平|能力)|补贴|补助|运[行转]|维|费|工资|清|绿化|宣传|活动"
)
_ONLY_DONE = expression(
    r"(?:本|该|我|单位|局|20\d\d)*(?:年度?|项目|总体|绩效|各项|预期|全部|所有|全年|既定|年初|设定|计划|工作|的)*(?:目标|任务|指标)"
    r"(?:均|都|全部|已|按时|如期|按期|按计划|圆满|顺利|全面|基本|经|实际)*(?:完成|实现|达成|达到)"
    r"(?:年度|预期|绩效|全部|各项|年初|目标|任务|指标|要求|情况|良好|了|100%)*[。.;；]?"
)
_MOST = 60


def empty_goals(case: Case) -> Iterator[Found]:
    """Yield goals of one wish without a number, goals that only tell what money is for, and results of mere done."""
    for at, table in setting_papers(case):
        yield from _of_table(at, table)
    if any((table.goal.expected or "").strip() for _, table in case.tables):
        return
    yield from _copied_goals(case)
    for sentence in case.told("signs.goal"):
        m = _GOAL_IS.search(sentence.plain) if sentence.passage.in_report else None
        if m and _WISH.fullmatch(m["goal"]):
            says = f"绩效目标只有“{clipped(m['goal'], 30)}”一句，没有数量和程度。改法：写明做多少、何时完成。"
            yield Found(
                sentence.passage.where, says, sentence.passage.paper, quoted=sentence.text[:80], key="wish"
            )
            return


_GOAL_TITLE = expression(r"(?:绩效|年度|总体|项目|阶段性?)目标(?!.*(?:完成|实现|达成|自评|[理确整]性))")
_NUMBERED = expression(r"[。；;\n]|(?:^|(?<=[\u4e00-\u9fff]))[(（]?\d[)）.、]?(?=[\u4e00-\u9fff])")
_LONG = 12


def _copied_goals(case: Case) -> Iterator[Found]:
    """Yield a report's goal whose first words stand letter by letter in its account of the project, uncounted."""
    for at, report in case.reports:
        before = ""
        for n, section in enumerate(report.sections):
            clauses = [c for c in _NUMBERED.split(tidy(section.text)) if len(c) >= _LONG]
            titled = _GOAL_TITLE.search(section.title) is not None
            if titled and clauses and clauses[0] in before and not _COUNTED.search(tidy(section.text)):
                says = (
                    f"“{section.title}”照抄前文“{clipped(clauses[0], 30)}”，没有数量。"
                    "改法：写明做多少、做到什么程度、何时完成。"
                )
                yield Found(f"sections.{n}", says, at, quoted=clauses[0][:60], key="copied")
                break
            before += tidy(section.text)


def _of_table(at: int, table: Evaluation) -> Iterator[Found]:
    goal, result = tidy(table.goal.expected or ""), tidy(table.goal.actual or "")
    use = _SPENT_ON.match(goal) if len(goal) <= _MOST else None
    if use and not _is_concrete(goal[use.end() :]):
        says = f"预期目标“{clipped(goal, 40)}”只写了资金的用途，没有任务和数量。改法：写明做什么、做多少。"
        yield Found("goal.expected", says, at, quoted=goal, key="use")
    if result and len(result) <= _MOST and _only_procedure(result):
        said = clipped(result, 30)
        says = (
            f"目标的实际完成情况只写“{said}”，说的是手续和执行，没有写做了什么。改法：写明完成的数量和效果。"
        )
        yield Found("goal.actual", says, at, quoted=result, key="procedure")
    if result and _ONLY_DONE.fullmatch(result):
        says = f"目标的实际完成情况只写“{clipped(result, 24)}”，没有内容。改法：对照预期目标逐条写明完成的数量和效果。"
        yield Found("goal.actual", says, at, quoted=result, key="only done")


_CLAUSE = expression(r"[，,。；;、]")
_PROCEDURE = expression(
    r"(?:已|均|全部|资金)?(?:严格)?(?:按照?|依照?|遵照|执行|落实)[^\d]{1,16}(?:执行|实施|使用|办理|管理|支付|要求|规定|预算|制度)"
    r"|[^\d]{0,8}(?:手续|程序|流程|资金|资料|档案|使用|管理|制度|支付|采购)(?:合规|合法|规范|齐全|完整|完备|到位|严格|健全|及时|安全)+"
    r"|(?:项目|任务|目标|预算|资金)*(?:完成率|执行率|支付率)(?:达到?|为)?\d+%|专款专用|全部(?:支付|支出)(?:完毕|到位)?"
)


def _only_procedure(result: str) -> bool:
    """Tell whether every clause of a result speaks of rules kept and money spent, two clauses at least."""
    clauses = [c for c in _CLAUSE.split(result) if c]
    return len(clauses) > 1 and all(_PROCEDURE.fullmatch(c) for c in clauses)


def _is_concrete(goal: str) -> bool:
    """Tell whether a goal names a number of something, or work that can be seen done."""
    return _COUNTED.search(goal) is not None or _CONCRETE.search(goal) is not None
