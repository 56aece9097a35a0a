"""XD10: a spot-check that a department reports: its list, its reason, its result (表与报告之间)."""

from collections.abc import Iterator

from jixiao.audit.prose import Sentence
from jixiao.audit.rule import Case, Found, rule
from jixiao.expressions import expression
from jixiao.model.claims import DepartmentReport
from jixiao.model.finding import Severity

_CHECKED = expression(
    r"(?:抽[查取选评]|随机选取|重点复核|现场复核|复评|再评价)[^。；]{0,16}?\d{1,3}个|对\d{1,3}个[^。；]{0,16}(?:抽查|复核|复评)"
)
_RESULT = expression(
    r"\d(?:\.\d+)?分|一致|核减|扣减|调[整减增]|不符|偏[高低]|虚报|相差|差异|发现(?!.{0,12}未)|未发现|整改|属实|相符"
)
_PLANNED = expression(r"将|拟|计划|下一步|今后|要求|应当|财政局(?:对|抽)")


@rule("XD10", Severity.WARNING, source="抽查复核应有名单、理由、结果")
def spot_check_is_incomplete(case: Case) -> Iterator[Found]:
    """部门报告说抽查了若干项目，缺名单、抽取理由或复核结果。

    为什么：没有名单和结果，抽查无从核实，也不能说明自评可信。
    不合格：写“抽查项目 3 个，分别是……”，以下只介绍项目内容，没有复核得分和发现的问题。
    合格：写明“按资金量抽取 3 个项目，经复核，两个与自评一致，水渠清淤核减 2 分”。
    怎么改：列出抽查项目，写明抽取办法、复核得分、与自评的差异和发现的问题。
    来源：部门绩效自评工作报告编写要求。
    误报风险：中。写在附件里的看不到，只提示补写。
    """
    if "across.sampled" not in case.words:
        return
    for at, report in case.department_reports:
        checked = [s for s in case.told("across.sampled") if s.passage.paper == at and _is_check(s)]
        if report.sampled is None or not checked:
            continue
        lacking = list(_lacking(case, at, report, checked))
        if not {"复核结果", "抽查名单"}.intersection(lacking) and not _scored(case, at, checked):
            yield _unscored(at, report.sampled, checked[0])
        if "复核结果" in lacking or "抽查名单" in lacking:
            says = (
                f"文中说抽查 {report.sampled} 个项目，没有写明{'、'.join(lacking)}。"
                "改法：列出抽查项目，写明抽取办法、复核得分、与自评的差异和发现的问题。"
            )
            first = checked[0]
            yield Found(
                first.passage.where,
                says,
                at,
                quoted=first.text[:80],
                printed=str(report.sampled),
                key="sample",
            )


def _scored(case: Case, at: int, checked: list[Sentence]) -> bool:
    """Tell whether the re-check's result is told by a score, a comparison or a finding, and not by praise alone."""
    of_projects = [s for s in checked if "项目" in s.plain]
    places = {s.passage.where for s in of_projects}
    told = (s for s in case.told("across.sampled_result") if s.passage.paper == at)
    near = [s for s in told if s.passage.where in places or "复核" in s.plain or "抽查" in s.passage.title]
    return not of_projects or any(_RESULT.search(s.plain) for s in (*near, *of_projects))


def _unscored(at: int, sampled: int, said: Sentence) -> Found:
    says = (
        f"文中说抽查 {sampled} 个项目，只作了肯定，没有写复核得分和与自评的差异。"
        "改法：逐个写明自评得分、复核得分、相差多少、发现什么问题。"
    )
    return Found(
        said.passage.where, says, at, Severity.NOTE, quoted=said.text[:80], printed=str(sampled), key="score"
    )


def _is_check(said: Sentence) -> bool:
    m = _CHECKED.search(said.plain)
    return m is not None and not _PLANNED.search(said.plain[: m.start()][-12:])


_NAMED = expression(r"分别[是为]|包括|即")
_ONE_BY_ONE = expression(r"(?:抽[查取评选]|复核)的?(?:项目)?[一二三四五六七八九\d]{1,2}[为是:：]")


def _lacking(case: Case, at: int, report: DepartmentReport, checked: list[Sentence]) -> Iterator[str]:
    one_by_one = any(
        _ONE_BY_ONE.search(s.plain) for s in case.told("across.sampled") if s.passage.paper == at
    )
    if not report.samples and not one_by_one and not any(_NAMED.search(s.plain) for s in checked):
        yield "抽查名单"
    places = {s.passage.where for s in checked}
    near = (s for s in case.told("across.sampled_result") if s.passage.paper == at)
    if not any("across.sampled_reason" in s.words for s in checked):
        yield "抽取理由"
    if not any(s.passage.where in places or "across.sampled" in s.words for s in near):
        yield "复核结果"
