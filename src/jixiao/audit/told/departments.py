"""What a department's report tells of its whole budget and grade: changes, rates, grades (FD03, FD05, FD08, AR09)."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from jixiao.audit.prose import percent, ratio_of
from jixiao.audit.quotients import overlap
from jixiao.audit.rule import Case, Found, Ground
from jixiao.audit.told.grades import bands_named
from jixiao.expressions import expression
from jixiao.model.claims import DepartmentReport
from jixiao.model.finding import Severity
from jixiao.model.statements import Claim

_WHOLE = expression(r"(?:全年|年度|本年|部门|整体|部门整体|总|总体|支出)*(?:预算)?(?:支出)?执行率")
_TENTH, _FIFTH, _LOW = Fraction(1, 10), Fraction(1, 5), Fraction(9, 10)
_GRADE = expression(
    r"(?:等级|等次|档次|结果|评定|评价|认定|评)(?:为|是|:|评定为|属于?)+[“\"‘「]?(?P<word>优秀|良好|中等|较差|优|良|中|差)"
    r"(?=[”\"’」，,。；;）)等]|$)"
)
_MINE = expression(r"自评|整体支出|部门整体|绩效")
_OF_OTHERS = expression(r"项目[^，。；]{0,12}(?:得分|等级)|\d+个|平均")

Told = list[tuple[int, Claim]]


def _claims(report: DepartmentReport, *kinds: str) -> Told:
    return [(n, c) for n, c in enumerate(report.claims) if c.what in kinds]


def department_total(report: DepartmentReport) -> Decimal | None:
    """Return the one total that a department's report tells, None where it tells none or several."""
    totals = {c.figure.value for _, c in _claims(report, "total_score")}
    return next(iter(totals)) if len(totals) == 1 else None


def department_totals(case: Case) -> Iterator[Decimal | None]:
    """Yield the total of each department's report."""
    return (department_total(report) for _, report in case.department_reports)


def changes_of_departments(case: Case) -> Iterator[Found]:
    """Yield the departments' budgets that changed by a tenth or more, where nothing says why."""
    for at, report in case.department_reports if not case.tables else ():
        first, then = _claims(report, "initial"), _claims(report, "budget")
        pair = next(((a, b, n) for _, a in first for n, b in then if a.quoted == b.quoted), None)
        if pair is None or len(first) != 1 or pair[0].figure.exact <= 0:
            continue
        initial, annual, n = pair
        share = abs(annual.figure.exact - initial.figure.exact) / initial.figure.exact
        if _TENTH <= share <= 2 and not _explained(case, at):  # noqa: PLR2004
            says = (
                f"年初预算 {initial.figure}，调整后预算 {annual.figure}，调整 {percent(share)}，没有说明理由。"
                "改法：写明调整的依据。"
            )
            yield Found(f"claims.{n}", says, at, None if share >= _FIFTH else Severity.NOTE, quoted=annual.quoted,
                        printed=str(annual.figure), key="department")  # fmt: skip


_WHY = expression(
    r"追加|调[增减]|新增|增加|上级|下达|压减|核减|收回|中央|省级|专项|转移支付|工资|人员|年中|增资|因|由于|主要是|原因"
)
_OF_MONEY = expression(r"预算|资金|支出|经费|执行率|结余")


def _explained(case: Case, at: int) -> bool:
    said = (s for p in case.passages if p.paper == at and p.in_report for s in p.sentences)
    return any(_OF_MONEY.search(s.plain) and _WHY.search(s.plain) for s in said)


def rates_of_departments(case: Case) -> Iterator[Found]:
    """Yield the departments' own rates below 90 % that are told without a word of why."""
    for at, report in case.department_reports if not case.tables else ():
        told = [(n, c) for n, c in _claims(report, "execution_rate") if _WHOLE.fullmatch(c.subject)]
        if len(told) != 1 or told[0][1].figure.exact >= _LOW or _left_explained(case, at):
            continue
        n, claim = told[0]
        says = f"部门预算执行率 {claim.figure}，没有说明未支出的原因。改法：写明未支出的金额和原因。"
        yield Found(f"claims.{n}", says, at, quoted=claim.quoted, printed=str(claim.figure), key="department")


_LEFT_WHY = expression(r"未|结[余转]|尚|执行率|进度|慢|滞后|压减|节约|收回|质保|尾款|跨年")


def _left_explained(case: Case, at: int) -> bool:
    said = (s for p in case.passages if p.paper == at and p.in_report for s in p.sentences)
    return any(
        _OF_MONEY.search(s.plain)
        and _LEFT_WHY.search(s.plain)
        and re.search(r"因|由于|主要是|原因|受|导致|影响", s.plain)
        for s in said
    )


def rates_apart_in_departments(case: Case) -> Iterator[Found]:
    """Yield a second rate of the whole budget beside the first."""
    for at, report in case.department_reports:
        told = [(n, c) for n, c in _claims(report, "execution_rate") if _WHOLE.fullmatch(c.subject)]
        told = [
            (n, c)
            for n, c in told
            if not re.search(r"月|季度|上年|同期|以上|目标|项目|基本支出|其中", c.quoted)
        ]
        for n, claim in told[1:]:
            first = told[0][1]
            if not overlap(ratio_of(first.figure), ratio_of(claim.figure)):
                says = (
                    f"一处写“{first.subject}”{first.figure}，一处写“{claim.subject}”{claim.figure}，两处不一致。"
                    "改法：统一执行率，或写明各自的分母。"
                )
                yield Found(
                    f"claims.{n}", says, at, quoted=claim.quoted, printed=str(claim.figure), key="department"
                )
                break


def grades_of_departments(case: Case) -> Iterator[Found]:
    """Yield the grade that a department gives itself beside a total that earns another."""
    bands = sorted(case.scheme.grades, key=lambda g: g.low, reverse=True)
    for at, report in case.department_reports if bands else ():
        total = department_total(report)
        earned = next((g for g in bands if total is not None and total >= g.low), None)
        for said in case.told("signs.graded"):
            m = _GRADE.search(said.plain) if said.passage.paper == at else None
            if m is None or earned is None or not _MINE.search(said.plain) or _OF_OTHERS.search(said.plain):
                continue
            named = bands_named(m["word"], bands)
            if named and earned not in named:
                says = (
                    f"总分 {total:f}，对应等级“{earned.word}”，文中写的是“{m['word']}”。"
                    f"改法：等级改为“{earned.word}”。"
                )
                yield Found(said.passage.where, says, at, Severity.WARNING, quoted=said.text, printed=m["word"],
                            computed=earned.word, source=case.scheme.grades_source, ground=Ground.SCHEME,
                            key="grade")  # fmt: skip
            break
