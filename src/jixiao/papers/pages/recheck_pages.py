"""复核对照: lays re-checks out beside their self-evaluations: a summary, every row, what keeps no standard, agreement.

Each is a page of its own, so that a workbook has a sheet for each. They are only written.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from jixiao.layout import Block, Grid, Layout, Line, Role
from jixiao.model.figure import half_up
from jixiao.papers.pages.plain_table import plain_table
from jixiao.rollup.agreement import Agreed, Drift, agreement_by_rule, drifts
from jixiao.rollup.rechecks import Compared, judgements, marks, who
from jixiao.rollup.rechecks import Line as Row
from jixiao.schemes.standards import Demand, Standard

SUMMARY, ROWS, KEPT, ALIKE = "复核汇总", "逐行对照", "复核标准", "一致程度"
BLANK = "未填"
_NAMED = 2
_NOTES = {
    SUMMARY: "偏差为复核得分减自评得分；得分为表上所填，没有填总分、各行都有得分的按各行相加。平均分为简单平均。",
    ROWS: "自评完成值和自评得分取自单位的自评表；没有附自评表的取自复核表。标准一栏是备注说到的复核标准的序号。",
    KEPT: "说到的行按备注用语认定，用语写在口径文件里。看整份材料的标准由所列审核规则检查，用 jixiao check。",
    ALIKE: (
        "Kappa 系数（科恩）：两人判断相同的程度扣除碰巧相同；1 为完全一致，0 与碰巧无异，两人判断始终相同时无法计算。"
        "“评分”比较两人对自评得分是维持、调低还是调高，其余比较备注是否说到该条标准。"
        "松紧为（复核得分 − 自评得分）÷ 分值的平均数，负数为从严；前半、后半按材料的先后各取一半。"
    ),
}


def lay_out(found: Sequence[Compared], standards: Sequence[Standard]) -> tuple[Layout, ...]:
    """Lay re-checks out; without standards, or a second reviewer, the pages on these are left out."""
    pages = [_page(SUMMARY, [_summary(found)]), _page(ROWS, list(_rows(found)))]
    if standards:
        pages.append(_page(KEPT, [_standards(found, standards), _broken(found)]))
    alike, drift = agreement_by_rule(judgements(found)), drifts(marks(found))
    names = {str(one.number): f"第 {one.number} 条 {one.name}" for one in standards}
    if alike or drift:
        pages.append(
            _page(ALIKE, [_agreed(alike, names) if alike else None, _drifts(drift) if drift else None])
        )
    return tuple(pages)


def _page(title: str, blocks: Sequence[Block | None]) -> Layout:
    told = [one for one in blocks if one is not None]
    return Layout(title, (Line(title, level=0), Line(_NOTES[title], role=Role.NOTE), *told), landscape=True)


def _summary(found: Sequence[Compared]) -> Grid:
    head = (
        "序号",
        "项目名称",
        "单位",
        "复核人",
        "自评得分",
        "复核得分",
        "偏差",
        "自评等级",
        "复核等级",
        "主要偏差原因",
    )
    rows = [
        (str(n), one.project or "（没有写项目名称）", one.unit or "", who(one), _said(one.own_total), _said(one.total),
         _said(one.gap), one.own_grade or "", one.grade or "", "；".join(main_reasons(one)))
        for n, one in enumerate(found, 1)
    ]  # fmt: skip
    known = [one for one in found if one.own_total is not None and one.total is not None]
    if known:
        own, total, gap = (
            _mean([getattr(one, name) for one in known]) for name in ("own_total", "total", "gap")
        )
        rows.append(("", f"简单平均（{len(known)} 份）", "", "", own, total, gap, "", "", ""))
    return plain_table(head, rows)


def main_reasons(one: Compared) -> tuple[str, ...]:
    """Return the reasons of the rows that lost most, the greatest loss first, each with its row."""
    lost = sorted(
        (row for row in one.lines if row.gap is not None and row.gap < 0), key=lambda row: row.gap or 0
    )
    return tuple(f"{row.name}（{_said(row.gap)}）：{row.reason or '没有写原因'}" for row in lost[:_NAMED])


def _mean(values: Sequence[Decimal]) -> str:
    return _said(half_up(sum(map(Fraction, values), Fraction(0)) / len(values), 2))


def _rows(found: Sequence[Compared]) -> Iterator[Block]:
    head = (
        "一级指标",
        "指标",
        "分值",
        "自评完成值",
        "自评得分",
        "复核完成值",
        "复核得分",
        "偏差",
        "标准",
        "原因",
    )
    for one in found:
        yield Line(f"{one.project or '（没有写项目名称）'}（复核人：{who(one)}）", level=1)
        yield plain_table(head, [_row(row) for row in one.lines])
        if one.missing:
            yield Line(f"自评表有、复核表没有的指标：{'、'.join(one.missing)}。")


def _row(row: Row) -> tuple[str, ...]:
    reason = row.reason
    if row.restated is not None:
        reason = f"{reason}【复核表所列自评得分为 {_said(row.restated)}，与自评表不同】"
    numbers = "、".join(map(str, row.standards))
    return (row.level1, row.name, _said(row.points), row.own_value, _said(row.own), row.value, _said(row.score),
            _said(row.gap), numbers, reason)  # fmt: skip


def _standards(found: Sequence[Compared], standards: Sequence[Standard]) -> Grid:
    spoken = Counter(number for one in found for row in one.lines for number in row.standards)
    broken = Counter(breach.number for one in found for breach in one.breaches)
    rows = [
        (str(one.number), one.name, one.says, _spoken(one, spoken), _kept(one, broken), str(one.source))
        for one in standards
    ]
    return plain_table(("序号", "标准", "内容", "说到的行", "不合标准", "出处"), rows)


def _spoken(one: Standard, spoken: Mapping[int, int]) -> str:
    """Return how many rows speak of a standard; by which rules it is judged where that is done on papers."""
    if one.demand is Demand.PAPERS:
        return f"审核规则 {'、'.join(one.rules)}"
    return "" if one.demand in {Demand.ONCE, Demand.REASONED} else str(spoken.get(one.number, 0))


def _kept(one: Standard, broken: Mapping[int, int]) -> str:
    return "" if one.demand is Demand.PAPERS else str(broken.get(one.number, 0))


def _broken(found: Sequence[Compared]) -> Grid | None:
    rows = [
        (one.project or "", who(one), f"第 {breach.number} 条", breach.says)
        for one in found
        for breach in one.breaches
    ]
    return plain_table(("项目名称", "复核人", "标准", "不合之处和改法"), rows) if rows else None


def _agreed(found: Sequence[Agreed], names: dict[str, str]) -> Grid:
    head = ("比较什么", "复核人甲", "复核人乙", "共同判断", "判断相同", "相同比例", "Kappa 系数")
    rows = [
        (names.get(one.rule, one.rule), one.first, one.second, str(one.judged), str(one.alike),
         f"{half_up(one.share * 100, 1)}%", "无法计算" if one.kappa is None else f"{half_up(one.kappa, 2)}")
        for one in found
    ]  # fmt: skip
    return plain_table(head, rows)


def _drifts(found: Sequence[Drift]) -> Grid:
    head = (
        "复核人",
        "行数",
        "松紧（比自评）",
        "共同行数",
        "松紧（比其他复核人）",
        "前半",
        "后半",
        "前后相差",
    )
    rows = [
        (one.reviewer, str(one.marks), *_shares([one.lean]), str(one.shared),
         *_shares([one.beside, one.early, one.late, one.drift]))
        for one in found
    ]  # fmt: skip
    return plain_table(head, rows)


def _shares(values: Sequence[Fraction | None]) -> Iterator[str]:
    yield from ("" if value is None else f"{half_up(value * 100, 1)}%" for value in values)


def _said(value: Decimal | None) -> str:
    return BLANK if value is None else f"{value:f}"
