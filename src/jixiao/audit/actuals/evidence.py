"""AV06, AV13, AV15: what stands behind a result: papers, acceptance, their dates (佐证)."""

import re
from collections.abc import Iterator

from jixiao.audit.actuals.proof_untold import acceptance_without_paper, reports_without_proof
from jixiao.audit.explanations import Explanation, explanations
from jixiao.audit.lexicon import any_of, has
from jixiao.audit.prose import Sentence, clipped
from jixiao.audit.rule import Case, Found, rule
from jixiao.audit.within import lists_within
from jixiao.expressions import expression
from jixiao.model.claims import DepartmentReport
from jixiao.model.figure import tidy
from jixiao.model.finding import Severity

_IN = lists_within("evidence")
_NAMED = any_of(_IN["named"])
_ASSERTED = any_of(_IN["asserted"])
_BACKGROUND = any_of(_IN["background"])
_YEAR = expression(r"(?<![\d〔\[(（【])(20[0-4]\d)年")
_CLAUSE = expression(r"[，,；;]")
_BEGUN = expression(r"(?<!\d)\d{1,2}月(?:份|初|底|中旬)?(?:正式)?(?:开工|动工|进场|开始实施|启动)")
_WORTH = 5


@rule("AV06", Severity.WARNING, source="自评得分应有佐证材料（财政部门复核办法）")
def nothing_behind_a_score(case: Case) -> Iterator[Found]:
    """给了满分，说明里没有数字、日期、文件或凭证。

    为什么：复核时没有佐证的得分按 0 分计；空泛的说明不能证明结果。
    不合格：“拨付及时性”8 分得满分，只写“按流程办理”；部门报告说项目全部完成，没有验收、质量或满意度的任何数据。
    合格：“拨付及时性”写“3 月 12 日下达，3 月 20 日拨付，见回单”；“立项”写“经镇党委会议纪要批准”。
    怎么改：列出佐证材料名称、日期或数据，没有的重新评分。
    来源：县级财政复核办法“无佐证不得分”；财预〔2020〕10号（条文未核对）。
    误报风险：中。只查报告、评分表中“规范、合理、严格”一类的评语，单独一张自评表不查；每份材料合为一条；
        5 分以下的小项不查。
    """
    bare: dict[str, Explanation] = {}
    for told in explanations(case):
        if told.full and (told.points or 0) >= _WORTH and not _proven(told.words):
            bare.setdefault(told.name, told)
    if bare:
        first = next(iter(bare.values()))
        says = f"“{'”、“'.join(bare)}”得满分，说明里没有数字、日期、文件或凭证。改法：列出佐证材料，没有的重新评分。"
        yield Found(first.where, says, first.paper, quoted=first.words[:60], key="bare")
    for paper, report in case.department_reports:
        yield from _projects_without_proof(case, paper, report)
    yield from reports_without_proof(case)
    yield from acceptance_without_paper(case)


_MERE_PRAISE = expression(
    r"(?:各项|相关|有关|管理|财务|内控|资金|项目|业务|规章)*制度(?:健全|完善|齐全|规范|执行有效|落实到位)?|(?:相关|有关|上级)(?:文件|规定|办法)(?:要求|精神)?"
    r"|(?:资料|材料|档案|手续|台账)(?:齐全|完整|规范|健全)|按照?(?:合同|方案|计划|协议)(?:约定|要求|执行|实施)"
)


def _proven(words: str) -> bool:
    named = _NAMED.search(_MERE_PRAISE.sub("", words))
    return bool(re.search(r"\d", words) or named or not _ASSERTED.search(words))


def _projects_without_proof(case: Case, paper: int, report: DepartmentReport) -> Iterator[Found]:
    told = [s for s in case.told("evidence.all_done") if s.passage.paper == paper and s.passage.in_report]
    proof = [s for s in case.told("evidence.proof") if s.passage.paper == paper]
    if told and not proof and (report.projects or report.sampled):
        says = "报告说项目按计划完成，没有任何验收、质量或满意度的数据。改法：对抽查的项目至少写明验收结论和佐证材料。"
        yield Found(told[0].passage.where, says, paper, quoted=told[0].text[:60], key="projects")


@rule(
    "AV13",
    Severity.NOTE,
    source="验收应由实施方以外的单位参加",
    needs=("evidence.acceptance", "evidence.by_self"),
)
def accepted_by_the_builder(case: Case) -> Iterator[Found]:
    """项目由实施的一方自己验收。

    为什么：自己做、自己验，质量结论缺少旁证。
    不合格：“工程由施工单位自行验收合格”；“本中心自行组织验收”，没有第三方参加；验收报告由实施单位自己出具。
    合格：“本单位会同监理、专家验收”；“施工单位自检后，由县水利局验收”。
    怎么改：补充监理、主管部门或第三方的验收结论。
    来源：复核人员通用核对办法；政府采购履约验收由采购人组织，是合规的。
    误报风险：高。承建方自验作警告，本单位自验只作提示。
    """
    told = (*case.told("evidence.by_builder", "evidence.acceptance"), *case.told("evidence.by_self"))
    for sentence in dict.fromkeys(told):
        if has(sentence.plain, _IN["outsiders"]):
            continue
        by_builder = "evidence.by_builder" in sentence.words
        passage = sentence.passage
        said = clipped(sentence.text, 40)
        says = f"“{said}”：验收没有实施方以外的人参加。改法：补充监理、主管部门或第三方的验收结论。"
        yield Found(passage.where, says, passage.paper, Severity.WARNING if by_builder else Severity.NOTE,
                    quoted=sentence.text[:60])  # fmt: skip
    yield from (f for f in _by_the_unit(case) if f.quoted not in {s.text[:60] for s in told})


_ACCEPTED_BY = expression(
    r"验收(?:报告|意见|结论|鉴定书|单|合格证)?由(?P<one>[^，,。；;、]{3,24}?)(?:自行|负责|出具|签署|签发|作出|完成)"
    r"|由(?P<other>[^，,。；;、]{3,24}?)(?:自行|负责|进行|开展)?[^，,。；;、]{0,4}验收(?:合格|通过|完毕)"
)


def _by_the_unit(case: Case) -> Iterator[Found]:
    """Yield the acceptances that the project's own unit gave, by its name."""
    units = {tidy(name) for name in _units(case) if len(name) >= _SHORTEST}
    for sentence in case.told("evidence.acceptance") if units else ():
        m = _ACCEPTED_BY.search(sentence.plain)
        by = (m["one"] or m["other"]) if m is not None else ""
        if (
            not by
            or not any(by.endswith(unit) for unit in units)
            or has(_without(sentence.plain, by), _IN["outsiders"])
        ):
            continue
        passage = sentence.passage
        says = f"验收由实施单位“{by}”自己作出，没有旁证。改法：补充监理、主管部门或第三方的验收结论。"
        yield Found(passage.where, says, passage.paper, quoted=sentence.text[:60], key=by)


_SHORTEST = 4


def _without(plain: str, name: str) -> str:
    return plain.replace(name, "")


def _units(case: Case) -> Iterator[str]:
    """Yield the names of the unit that carries the project out, from tables and reports."""
    yield from (table.project.unit or "" for _, table in case.tables)
    yield from (report.project.unit or "" for _, report in case.reports)


@rule(
    "AV15",
    Severity.WARNING,
    source="佐证材料应形成于评价年度及自评期间",
    needs=("evidence.survey", "evidence.acceptance", "evidence.ledgers"),
)
def evidence_of_another_year(case: Case) -> Iterator[Found]:
    """满意度调查、验收等佐证的日期不在评价年度及其后的自评期间。

    为什么：别的年份的调查、验收证明不了本年度的结果。
    不合格：2023 年度自评写“2021 年开展问卷调查，满意度 96%”；“4月开工，9月完工，验收单日期为2022年8月”；
        受助人员“以2021年参保名册为准”。
    合格：2023 年度自评写“2024 年 1 月开展问卷调查”；“依据 2019 年的实施方案”。
    怎么改：换用评价年度的佐证材料，或说明为什么沿用。
    来源：复核人员通用核对办法。
    误报风险：中。只看写明年份的调查和验收；写依据、背景的分句不看；验收在以前年份的只作提示，同一句写明本年才开工的为警告。
    """
    for sentence in dict.fromkeys((*case.told("evidence.survey"), *case.told("evidence.acceptance"))):
        if "20" not in sentence.plain:
            continue
        year = _year_of(case, sentence)
        years = [
            int(y) for c in _CLAUSE.split(sentence.plain) if not _is_background(c) for y in _YEAR.findall(c)
        ]
        if year is None or not years or any(year <= y <= year + 1 for y in years):
            continue
        surveyed = "evidence.survey" in sentence.words and "evidence.satisfied" in sentence.words
        grave = surveyed or (_BEGUN.search(sentence.plain) is not None and "验收" in sentence.plain)
        passage = sentence.passage
        said = clipped(sentence.text, 40)
        says = f"“{said}”是 {years[0]} 年的，评价年度是 {year} 年。改法：换用本年度材料，或说明理由。"
        yield Found(passage.where, says, passage.paper, Severity.WARNING if grave else Severity.NOTE,
                    quoted=sentence.text[:60])  # fmt: skip
    yield from _old_ledgers(case)


_LEDGER = expression(r"(20[0-4]\d)年(?:\d{1,2}月)?(?:份|底|末)?的?[^，,。；;\d]{0,6}(?:台账|名册|花名册)")
_STALE = 2


def _old_ledgers(case: Case) -> Iterator[Found]:
    """Yield the lists of two years before that the year's work rests on."""
    for sentence in case.told("evidence.ledgers"):
        m = _LEDGER.search(sentence.plain) if sentence.passage.in_report else None
        year = _year_of(case, sentence) if m is not None else None
        if m is not None and year is not None and year - int(m[1]) >= _STALE:
            says = f"“{m[0]}”早于评价年度 {year} 年两年以上。改法：换用本年度的台账、名册，或说明为什么沿用。"
            yield Found(sentence.passage.where, says, sentence.passage.paper, Severity.NOTE,
                        quoted=sentence.text[:60], key=m[0])  # fmt: skip


_PAPER = expression(r"《|文件|印发|办法|通知|规划|批复|可研|方案")


def _is_background(clause: str) -> bool:
    """Tell whether a clause names what the work rests on; 根据 2021 年的问卷 names a survey."""
    if re.search(r"问卷|测评|满意度调查", clause) and not _PAPER.search(clause):
        return False
    return _BACKGROUND.search(clause) is not None


def _year_of(case: Case, sentence: Sentence) -> int | None:
    record = case.filing.readings[sentence.passage.paper].record
    year = getattr(record, "year", None) or (case.evaluation.year if case.evaluation is not None else None)
    return year if isinstance(year, int) else None
