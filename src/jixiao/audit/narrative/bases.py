"""NA11: documents of another year, and those that outlived themselves, as the basis of a project (报告文字)."""

import re
from collections.abc import Iterator

from jixiao.audit.narrative.superseded import year_of
from jixiao.audit.rule import Case, Found, rule
from jixiao.expressions import expression
from jixiao.model.finding import Severity

_ALLOCATED = expression(
    r"(?:拨付|下达|提前下达|预拨|追加|安排|分配)[^，,。；;《》]{0,10}?(20\d\d)年[^，,。；;《》]{2,40}?"
    r"(请示|批复|通知|函|指标文)"
)
_NOT_OF_YEAR = ("结转", "结余", "跨年", "分年", "以前年度", "上年", "往年", "历年")


@rule("NA11", Severity.WARNING, source="资金文件的年度应与评价年度一致")
def basis_of_another_year(case: Case) -> Iterator[Found]:
    """拿别的年度的拨款文件、年度方案，已经到期的规划或印发多年的办法，作为本年度项目的依据。

    为什么：拨付、下达、安排类文件只管当年资金，规划只管五年；依据年度不对，说明材料沿用了旧稿或资金归错了年度。
    不合格：2023 年度项目的依据是《关于拨付2021年管护经费的请示》；2024 年度项目依据《青禾县“十三五”水利发展规划》；
    依据《青禾县2021年水利工作要点》；依据八年前印发的县级管理办法。
    合格：2022 年印发的《关于提前下达2023年水利发展资金的通知》；2021 年的实施意见等长期有效的文件；说明是结转资金。
    怎么改：换成本年度的文件；确是跨年度资金的，写明结转。
    来源：预算按年度批复执行的要求。
    误报风险：高，只看题名里写明年度的文件；印发超过五年（试行、暂行的三年）的地方文件只提示核对是否有效。
    """
    yield from _outlived_plans(case)
    yield from _supplements(case)
    yield from _old_documents(case)
    yield from _yearly_plans(case)
    for sentence in case.told("documents.allocating"):
        passage, year = sentence.passage, year_of(case, sentence.passage.paper)
        if year is None or any(word in sentence.plain for word in _NOT_OF_YEAR):
            continue
        m = _ALLOCATED.search(sentence.plain)
        if m and int(m[1]) < year and f"{year}年" not in m[0]:
            says = (
                f"依据是关于 {m[1]} 年资金的{m[2]}，项目年度是 {year} 年。"
                f"改法：换成 {year} 年度的文件；沿用以前标准或使用结转资金的，写明。"
            )
            yield Found(passage.where, says, passage.paper, quoted=m[0], key=m[1])


_SUPPLEMENT = expression(
    r"(?:年中|当年|本年)[^，,。；;]{0,14}?(?:追加|下达|调增|增加)[^，,。；;（(]{0,16}[（(](?P<number>[一-鿿]{2,10}[〔\[【](?P<year>20\d\d)年?[〕\]】]\d{1,4}号)"
)


def _supplements(case: Case) -> Iterator[Found]:
    """Yield money that was added in the middle of the year by a document of an earlier one."""
    for sentence in case.told("documents.year_brackets"):
        m, year = _SUPPLEMENT.search(sentence.plain), year_of(case, sentence.passage.paper)
        if m is not None and year is not None and int(m["year"]) < year:
            says = (
                f"{year} 年年中追加的资金，依据的文件{m['number']}却是 {m['year']} 年的。"
                "改法：核对文号；使用以前年度资金的，写明结转。"
            )
            yield Found(sentence.passage.where, says, sentence.passage.paper, quoted=m[0], key=m["number"])


_PLAN = expression(
    r"《[^《》]{0,30}“?(?P<name>十[一二三四五]五)”?[^《》]{2,40}(?:规划|计划|方案|纲要)[^《》]{0,12}》"
)
_LEANS = expression(r"依据|根据|按照|依照|遵照|落实|贯彻|符合")
_PAST = expression(
    r"(?:十[一二三四五]五)”?(?:期间|时期|末|以来|结束)|延续|接续|结转|续建|跨年|评估|总结|收官"
)
_LAST_YEARS = {"十一五": 2010, "十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030}


def _outlived_plans(case: Case) -> Iterator[Found]:
    """Yield five-year plans that a project leans on and that ended two years or more before its year."""
    for sentence in case.told("documents.plans"):
        passage, year = sentence.passage, year_of(case, sentence.passage.paper)
        m = _PLAN.search(sentence.plain)
        if m is None or year is None or _PAST.search(sentence.plain) or not _LEANS.search(sentence.plain):
            continue
        last = _LAST_YEARS.get(m["name"], year)
        if year > last + 1 and not any(_LAST_YEARS.get(hit.word, 0) > last for hit in sentence.hits):
            says = (
                f"依据是{m[0]}，“{m['name']}”到 {last} 年为止，项目年度是 {year} 年。"
                "改法：换成现行规划；确是按原规划延续实施的，写明。"
            )
            yield Found(passage.where, says, passage.paper, quoted=m[0], key=m["name"])


_OF_PLACE = expression(
    r"《(?P<title>[^《》]{4,60})》[(（,，]?(?P<organ>[一-鿿]{2,10})[〔\[【(（](?P<year>20\d\d)年?[〕\]】)）]第?\d{1,4}号?"
)
_STANDING = expression(r"办法|细则|规定|意见|通知|方案|制度|标准|规程")
_CENTRAL = expression(
    r"^(?:国|中|财[一-鿿]?$|财(?!政局)[预办建社教行农综资库][一-鿿]?$|发改|水|农|交|教|民|人社|自然|住建|卫|建|环)"
)
_STILL = expression(r"修订|修正|继续|沿用|有效|延续|废止|原|历年")
_LIFE, _TRIAL = 5, 3


def _old_documents(case: Case) -> Iterator[Found]:
    """Yield a local document that a project leans on and that may have outlived itself: five years, three on trial."""
    told: set[int] = set()
    for sentence in case.told("documents.year_brackets", "documents.titles"):
        passage, year = sentence.passage, year_of(case, sentence.passage.paper)
        if (
            year is None
            or passage.paper in told
            or not _LEANS.search(sentence.plain)
            or _STILL.search(sentence.plain)
        ):
            continue
        for m in _OF_PLACE.finditer(sentence.plain):
            life = _TRIAL if re.search(r"试行|暂行", m["title"]) else _LIFE
            if (
                year - int(m["year"]) > life
                and _STANDING.search(m["title"])
                and not _CENTRAL.search(m["organ"])
            ):
                told.add(passage.paper)
                says = (
                    f"依据《{m['title']}》是 {m['year']} 年印发的，项目年度是 {year} 年，地方文件多有有效期。"
                    "改法：核对是否仍然有效；已经修订、废止的，换成现行文件。"
                )
                yield Found(passage.where, says, passage.paper, Severity.NOTE, quoted=m[0], key=m["title"])
                break


_YEARLY = expression(
    r"《[^《》]{0,30}?(?P<year>20\d\d)年度?[^《》—～至]{2,40}?(?:实施方案|工作方案|工作要点|工作计划|年度计划|任务清单)[^《》]{0,8}》"
)


def _yearly_plans(case: Case) -> Iterator[Found]:
    """Yield the plan of an earlier year that a project leans on, where no later one is named beside it."""
    for sentence in case.told("documents.titles"):
        passage, year = sentence.passage, year_of(case, sentence.passage.paper)
        m = _YEARLY.search(sentence.plain)
        if m is None or year is None or int(m["year"]) >= year or not _LEANS.search(sentence.plain):
            continue
        if f"{year}年" in passage.text and re.search(rf"《[^《》]*{year}年", passage.text):
            continue
        if not _PAST.search(sentence.plain) and not any(word in sentence.plain for word in _NOT_OF_YEAR):
            says = (
                f"依据{m[0]}是 {m['year']} 年的，项目年度是 {year} 年。"
                f"改法：换成 {year} 年度的文件；确是跨年实施的，写明。"
            )
            yield Found(passage.where, says, passage.paper, quoted=m[0], key=m["year"])
