"""Results told of a time to come, and money called paid in full that is less than what was given (AV10, NA05)."""

from collections.abc import Iterator

from jixiao.audit.prose import clipped
from jixiao.audit.rule import Case, Found
from jixiao.expressions import expression

_RESULTS = expression(r"完成情况|产出|效益|实现情况|实施情况")
_NOT_RESULTS = expression(r"问题|原因|建议|措施|打算|计划|下一步|目标(?!完成|实现|达成)|依据")
_EXPECTED = expression(
    r"预计[^，,。；;\d]{0,6}(20[0-4]\d)年[^，,。；;\d]{0,2}(?:\d{1,2}月)?(?:底|初|份)?[^，,。；;]{0,6}?"
    r"(?:完工|竣工|建成|完成|验收|投入使用|交付)"
)


def expected_among_results(case: Case) -> Iterator[Found]:
    """Yield what a report's account of its results only expects in a later year, once a paper."""
    for at, report in case.reports if report_years(case) else ():
        for n, section in enumerate(report.sections):
            if (
                not _RESULTS.search(section.title)
                or _NOT_RESULTS.search(section.title)
                or report.year is None
            ):
                continue
            m = next((m for m in _EXPECTED.finditer(section.text) if int(m[1]) > report.year), None)
            if m is not None:
                says = (
                    f"“{clipped(m[0], 30)}”是 {report.year} 年度以后的事，写在完成情况里。"
                    "改法：写年度内实际完成到什么程度，未完成的如实扣分。"
                )
                yield Found(f"sections.{n}", says, at, quoted=m[0], key="expected")
                break


def report_years(case: Case) -> bool:
    """Tell whether a report says its year."""
    return any(report.year is not None for _, report in case.reports)


_FULL = expression(r"(?:足额|全额)(?:拨付|支付|到位|发放|兑付|兑现|下达)(?:资金|经费|了|共|合计|款项)*$")
_GIVEN = expression(r"(?:安排|预算|下达|资金|经费|补助|拨款)[^，,。；;\d]{0,10}$")
_PART = expression(r"其中|分别|每|各|累计|第[一二三四]批|首[批期]|\d月|同比|上年")
_NEARLY = 9


def paid_in_full_and_less(case: Case) -> Iterator[Found]:
    """Yield the sentences that call a sum paid in full below the one that they say was given."""
    for said in case.told("signs.money"):
        if not said.passage.in_report or "额" not in said.plain or _PART.search(said.plain):
            continue
        full = [a for a in said.amounts if _FULL.search(a.before)]
        given = [a for a in said.amounts if _GIVEN.search(a.before) and a not in full]
        if len(full) != 1 or not given:
            continue
        most = max(given, key=lambda a: a.yuan)
        if full[0].yuan * 10 < most.yuan * _NEARLY:
            says = (
                f"安排 {most}，支付 {full[0]}，文中却说足额。改法：如实写明支付的比例、未支付的金额和原因。"
            )
            yield Found(said.passage.where, says, said.passage.paper, quoted=said.text[:80], key="in full")
