"""CL09, CL12: one project that stands twice in a collection, and what its two versions print differently."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import PurePath

from jixiao.audit.collection.scores import Filed, filed, kind_of, readings_in, told
from jixiao.audit.lexicon import has, lists_of
from jixiao.audit.rows import shown
from jixiao.audit.rule import Collection, Found, collection_rule
from jixiao.model.claims import DepartmentReport, ProjectList
from jixiao.model.evaluation import Evaluation, Indicator
from jixiao.model.figure import tidy
from jixiao.model.finding import Severity
from jixiao.model.reading import Kind

_WORDS = lists_of("collection")
_RECHECKS = ("复核", "复评", "核查")


@collection_rule("CL09", Severity.WARNING, source="一个项目一个年度只应有一份自评结果")
def project_filed_twice(collection: Collection) -> Iterator[tuple[int, Found]]:
    """同一项目在清单里列了两次，或者同一项目同一年度有两份内容不同的自评表。

    为什么：重复的项目在汇总时计两次；两份结果不同，不知以哪份为准。
    不合格：清单第 3、9 行都是“青禾县机井维修”；同一项目两份自评表总分 98 和 95。
    合格：同名项目分属两个单位、两个年度；同一份表的 Word 和 PDF 两种文件。
    怎么改：删去重复的一行或作废的一份；确是两笔资金的，名称上区别开。
    来源：部门汇总的通行要求。
    误报风险：低。内容完全相同的两份文件不提示；部门报告文字里的列举由 AR13 核对个数，这里只作提示。
    """
    for at, paper, reading in readings_in(collection):
        told = Severity.NOTE if isinstance(reading.record, DepartmentReport) else None
        for where, says, key in _twice(reading.record):
            yield at, Found(where, says, paper, told, key=key)
    for same in _versions(filed(collection)):
        first = same[0]
        for other in same[1:]:
            differing = _differences(first.table, other.table)
            if differing and not (_published(first) or _published(other)):
                says = (
                    f"“{other.name}”有两份内容不同的自评表（另一份见 {first.file or '本批材料'}）："
                    f"{'、'.join(differing[:3])}。"
                    "改法：确定以哪份为准，另一份作废；确是两笔资金的，名称上区别开。"
                )
                yield other.at, Found("project.name", says, key="versions")


def _twice(record: object) -> Iterator[tuple[str, str, str]]:
    lines: Sequence[tuple[str, str]] = ()
    if isinstance(record, ProjectList):
        lines = [(f"projects.{n}", line.name) for n, line in enumerate(record.projects)]
    elif isinstance(record, DepartmentReport):
        lines = [(f"listed.{n}", name) for n, name in enumerate(record.listed)]
    seen: dict[str, int] = {}
    for n, (where, name) in enumerate(lines):
        core = tidy(name)
        if core in seen:
            says = (
                f"“{name}”列了两次（第 {seen[core] + 1} 个和第 {n + 1} 个）。"
                "改法：删去重复的一个；确是两个项目的，名称上区别开。"
            )
            yield where, says, core
        seen.setdefault(core, n)


def _versions(entries: Sequence[Filed]) -> Iterator[list[Filed]]:
    """Yield the filings that are one project of one unit and year."""
    groups: dict[tuple[str, str, int | None], list[Filed]] = defaultdict(list)
    for one in entries:
        if one.unit and one.core and kind_of(one) is Kind.SELFEVAL_TABLE and not has(one.file, _RECHECKS):
            groups[one.unit, tidy(one.name), one.table.year].append(one)
    yield from (same for same in groups.values() if len(same) > 1)


def _differences(one: Evaluation, other: Evaluation) -> list[str]:
    """Say what two tables print differently: totals, money, goals, rows."""
    found = []
    if one.total_printed != other.total_printed:
        found.append(f"总分 {_said(one.total_printed)} 和 {_said(other.total_printed)}")
    a, b = one.funds.total, other.funds.total
    for column, word in (("annual", "全年预算数"), ("executed", "全年执行数")):
        x, y = getattr(a, column, None), getattr(b, column, None)
        if x is not None and y is not None and not x.agrees_with(y):
            found.append(f"{word} {x} 和 {y}")
    if len(one.indicators) != len(other.indicators):
        found.append(f"指标 {len(one.indicators)} 个和 {len(other.indicators)} 个")
    else:
        found += [
            said
            for i, j in zip(one.indicators, other.indicators, strict=True)
            if (said := _row_differs(i, j))
        ]
    return found


def _said(number: Decimal | None) -> str:
    return "未填" if number is None else shown(number)


def _row_differs(one: Indicator, other: Indicator) -> str:
    name = one.level4 or one.level3 or "指标"
    for word, a, b in (("指标值", one.target, other.target), ("完成值", one.actual, other.actual)):
        x, y = (tidy(cell.text) if cell is not None else "空" for cell in (a, b))
        if x != y:
            return f"“{name}”{word} {x} 和 {y}"
    if one.score_printed != other.score_printed:
        return f"“{name}”得分 {_said(one.score_printed)} 和 {_said(other.score_printed)}"
    return ""


@collection_rule(
    "CL12", Severity.WARNING, source="预算法第十四条、政府信息公开的要求：绩效自评结果随决算公开"
)
def published_version_differs(collection: Collection) -> Iterator[tuple[int, Found]]:
    """公开的自评表与报送的不一致，或报告说没有公开。

    为什么：公开的应当就是报送的那一份；公开前改动结果，公众看到的就不是真的。
    不合格：报送的总分 91.5，公开件 98；报告写“自评结果未公开”。
    合格：两份完全一致；涉密项目写明不公开的依据。
    怎么改：以审定的一份为准，更正公开件。
    来源：预算法第十四条和政府信息公开的要求。
    误报风险：中。按文件名里的“公开”“公示”辨认公开件；只说“未公开”的只作提示。
    """
    for same in _versions(filed(collection)):
        shown_, kept = [one for one in same if _published(one)], [one for one in same if not _published(one)]
        for one in shown_ if len(kept) == 1 else ():
            differing = _differences(kept[0].table, one.table)
            if differing:
                says = (
                    f"“{one.name}”公开的自评表与报送的（{kept[0].file}）不一致，报送和公开分别为："
                    f"{'、'.join(differing[:3])}。改法：以审定的一份为准，更正公开件。"
                )
                yield one.at, Found("total_printed", says, key="published")
    for at, case in enumerate(collection.cases):
        for sentence in told(case, _WORDS["unpublished"]):
            if re.search(r"自评|绩效", sentence.plain) and not has(sentence.plain, _WORDS["secret"]):
                says = "文中说绩效自评结果没有公开。改法：除涉密内容外随决算公开，或写明不公开的依据。"
                yield (
                    at,
                    Found(
                        sentence.passage.where,
                        says,
                        sentence.passage.paper,
                        Severity.NOTE,
                        quoted=sentence.text,
                    ),
                )


def _published(one: Filed) -> bool:
    return has(PurePath(one.file).name, _WORDS["published_file"])
