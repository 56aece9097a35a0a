"""Self-evaluations that are dated before the year they are of was over (NA17)."""

from collections.abc import Iterator

from jixiao.audit.narrative.superseded import year_of
from jixiao.audit.rule import Case, Found
from jixiao.expressions import expression
from jixiao.model.figure import tidy

_EVALUATED = expression(
    r"(?P<year>20\d\d)年(?P<month>\d{1,2})月(?:\d{1,2}日)?(?:[-—~～至到][^，。；]{0,12})?[，,]?[^，,。；;]{0,10}?"
    r"(?:完成|开展|进行|实施)了?(?:绩效|本次|全面|项目)*(?:自评|自我评价)"
)
_NOT_YET = expression(r"通知|要求|计划|部署|安排|布置|目标|监控|方案|培训|文件")
_LAST = 11


_DATED = expression(r"(?P<year>20\d\d)年(?P<month>\d{1,2})月")


def evaluated_too_early(case: Case) -> Iterator[Found]:
    """Yield the sentence that has the evaluation done in the year itself, or before it; and reports dated so."""
    yield from _dated_too_early(case)
    for said in case.sentences:
        m = _EVALUATED.search(said.plain) if said.passage.in_report and "自" in said.plain else None
        year = year_of(case, said.passage.paper) if m is not None else None
        if m is None or year is None or _NOT_YET.search(said.plain):
            continue
        when = int(m["year"]), int(m["month"])
        if when < (year, _LAST):
            says = f"“{m[0]}”早于评价年度 {year} 年结束，这时还不能自评全年。改法：核对自评的日期。"
            yield Found(said.passage.where, says, said.passage.paper, quoted=said.text[:60], key="early")
            return


def _dated_too_early(case: Case) -> Iterator[Found]:
    for at, report in case.reports:
        m = _DATED.match(tidy(report.dated)) if report.dated and report.year else None
        if m is not None and (int(m["year"]), int(m["month"])) < (report.year or 0, _LAST):
            says = f"报告的日期“{report.dated}”早于评价年度 {report.year} 年结束。改法：核对报告的日期和评价年度。"
            yield Found("dated", says, at, quoted=report.dated or "", key="dated")
