"""Self-evaluations that are dated before the year they are of was over (NA17)."""

from collections.abc import Iterator

from jixiao.audit.narrative.superseded import year_of
from jixiao.audit.rule import Case, Found
from jixiao.expressions import expression

_EVALUATED = expression(
    r"(?P<year>20\d\d)年(?P<month>\d{1,2})月(?:\d{1,2}日)?(?:[-—~～至到][^，。；]{0,12})?[，,]?[^，,。；;]{0,10}?"
    r"(?:完成|开展|进行|实施)了?(?:绩效|本次|全面|项目)*(?:自评|自我评价)"
)
_NOT_YET = expression(r"通知|要求|计划|部署|安排|布置|目标|监控|方案|培训|文件")
_LAST = 11


def evaluated_too_early(case: Case) -> Iterator[Found]:
    """Yield the sentence that has the evaluation done in the year itself, or before it."""
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
