"""汇总: lays a roll-up out as a page: a line a group, then money by source, score bands, deviations and findings.

It is only written: what a department prints of its own is read as a project list or a department's report.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from posixpath import commonprefix

from jixiao.layout import Block, Grid, Layout, Line, Role
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import WAN, Figure, decimal_of, half_up
from jixiao.model.finding import Severity
from jixiao.model.review import Review
from jixiao.papers.pages.plain_table import plain_table
from jixiao.rollup import Amount, Band, Grouping, Means, Rollup
from jixiao.rollup.summing import annual_of, executed_of

TITLE = "项目支出绩效自评汇总表"
HEADS = {Grouping.UNIT: "单位", Grouping.DEPARTMENT: "主管部门", Grouping.ALL: "范围"}
SOURCES = {"total": "年度资金总额", "fiscal": "财政拨款", "carryover": "上年结转资金", "special": "财政专户管理资金",
           "other": "其他资金"}  # fmt: skip
COLUMNS = {"initial": "年初预算数", "annual": "全年预算数", "executed": "全年执行数"}
SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "需核实", Severity.NOTE: "提示"}
NOTES = (
    "平均分有两种：简单平均是各项目总分之和除以项目数；加权平均以各项目全年预算数为权数。自评指自评表所填总分，重算指按评分口径计算的总分。",
    "金额单位为万元；没有填的不按零计，项目数写在括号里；各列都是零的资金来源不列。执行率只计两数都填了的项目。",
)
UNKNOWN = "未填"
_TOLD, _NOTED = 3, 5


def lay_out(rollups: Sequence[Rollup], titles: Mapping[str, str]) -> Layout:
    """Lay roll-ups of one grouping out; a Grid a question, each under its heading; `titles` are the rules' by code."""
    notes = (*NOTES, *_twices(rollups))
    blocks: list[Block] = [Line(TITLE, level=0), *(Line(note, role=Role.NOTE) for note in notes)]
    for heading, table in _tables(rollups, titles):
        if table is not None:
            blocks += [Line(heading, level=1), table]
    return Layout(TITLE, tuple(blocks), landscape=True)


def lay_out_apart(
    rollups: Sequence[Rollup], reviews: Sequence[Review], titles: Mapping[str, str]
) -> tuple[Layout, ...]:
    """Lay roll-ups out as a workbook: a page for each question, and one with a line for each project."""
    notes = (*NOTES, *_twices(rollups))
    pages = [
        Layout(
            heading.partition("、")[2], (Line(TITLE, level=0), Line(heading, level=1), table), landscape=True
        )
        for heading, table in _tables(rollups, titles)
        if table is not None
    ]
    first = pages[0]
    told = tuple(Line(note, role=Role.NOTE) for note in notes)
    pages[0] = replace(first, blocks=(*first.blocks[:1], *told, *first.blocks[1:]))
    return (*pages, _projects(reviews))


def _projects(reviews: Sequence[Review]) -> Layout:
    head = ("序号", "主管部门", "实施单位", "项目名称", "全年预算数（万元）", "全年执行数（万元）", "执行率",
            "自评总分", "重算总分", "重算等级", "错误", "需核实", "文件")  # fmt: skip
    tables = [(one, one.filing.evaluation) for one in reviews]
    kept = [(one, table, _file(one)) for one, table in tables if table is not None]
    folder = _folder([file for _, _, file in kept])
    rows = [
        _project(n, (one, table), file.removeprefix(folder)) for n, (one, table, file) in enumerate(kept, 1)
    ]
    return Layout("项目一览", (Line("项目一览", level=0), plain_table(head, rows)), landscape=True)


def _file(one: Review) -> str:
    return one.filing.readings[one.filing.main or 0].file


def _folder(files: Sequence[str]) -> str:
    """Return the folder that all files lie in, which need not be said of each; "" where there is none."""
    shared = commonprefix([file.rpartition("/")[0] + "/" if "/" in file else "" for file in files])
    return shared[: shared.rfind("/") + 1]


def _project(number: int, told: tuple[Review, Evaluation], file: str) -> tuple[str, ...]:
    one, table = told
    annual, executed = annual_of(table), executed_of(table)
    rate = executed / annual if annual and executed is not None else None
    sheet, severities = one.sheet, [finding.severity for finding in one.findings]
    return (
        str(number), table.project.department or "", table.project.unit or "", table.project.name or "",
        *("" if amount is None else f"{_trimmed(decimal_of(amount / WAN.scale)):f}" for amount in (annual, executed)),
        rate_words(rate), "" if table.total_printed is None else f"{table.total_printed:f}",
        "" if sheet is None or sheet.total.score is None else f"{sheet.total.score:f}",
        (sheet.grade.word or "") if sheet is not None else "",
        str(severities.count(Severity.ERROR)), str(severities.count(Severity.WARNING)), file,
    )  # fmt: skip


def _tables(rollups: Sequence[Rollup], titles: Mapping[str, str]) -> Iterator[tuple[str, Grid | None]]:
    yield "一、总体情况", _whole(rollups)
    yield "二、资金", _money(rollups)
    yield "三、分数段和等级", _scores(rollups)
    yield "四、扣分的指标", _deviations(rollups)
    yield "五、扣分的原因", _reasons(rollups)
    yield "六、审核发现的问题", _findings(rollups, titles)


def _whole(rollups: Sequence[Rollup]) -> Grid:
    by = HEADS[rollups[0].by] if rollups else HEADS[Grouping.ALL]
    head = (by, "项目数", "没有自评表", "全年预算数", "全年执行数", "执行率", "自评平均分（简单）",
            "自评平均分（加权）", "重算平均分（简单）", "重算平均分（加权）", "满分项目")  # fmt: skip
    rows = []
    for one in rollups:
        total = one.funds.get("total", {})
        money = (_amount(total.get(column)) for column in ("annual", "executed"))
        counts = (str(one.projects), str(one.without_table))
        rows.append((name_of(one), *counts, *money, rate_words(one.rate), *_means(one.printed), *_means(one.computed),
                     str(one.full_marks)))  # fmt: skip
    return plain_table(head, rows)


def _money(rollups: Sequence[Rollup]) -> Grid | None:
    rows = [
        (name_of(one), SOURCES[source], *(_amount(amounts.get(column)) for column in COLUMNS))
        for one in rollups
        for source, amounts in one.funds.items()
        if source == "total" or any(amount.sum and amount.sum.value for amount in amounts.values())
    ]
    return plain_table((HEADS[rollups[0].by], "资金来源", *COLUMNS.values()), rows) if rows else None


def _scores(rollups: Sequence[Rollup]) -> Grid | None:
    """Count projects by band and grade, a line for a group; bands only where all groups are counted in the same."""
    shapes = {tuple((band.low, band.high) for band in one.bands) for one in rollups}
    bands = rollups[0].bands if len(shapes) == 1 else ()
    words = tuple(dict.fromkeys(word for one in rollups for word in _ranked(one.grades)))
    if not bands and not words:
        return None
    heads = (
        *(f"重算 {_edges(band)}" for band in bands),
        *(f"重算 {word or '等级未定'}" for word in words),
        "满分",
    )
    rows = [
        (name_of(one), *(str(band.count) for band in one.bands[: len(bands)]),
         *(str(one.grades.get(word, 0)) for word in words), str(one.full_marks))
        for one in rollups
    ]  # fmt: skip
    return plain_table((HEADS[rollups[0].by], *heads), rows)


def _ranked(grades: Mapping[str, int]) -> list[str]:
    """Return the grades from the best down, what is undecided last."""
    order = "优良中差"
    return sorted(
        grades, key=lambda word: (not word, order.find(word) if word in order else len(order), word)
    )


def _deviations(rollups: Sequence[Rollup]) -> Grid | None:
    rows = [
        (name_of(one), part.level1 or "（没有写一级指标）", str(part.short), str(part.explained))
        for one in rollups
        for part in one.deviations
    ]
    return (
        plain_table((HEADS[rollups[0].by], "一级指标", "扣分的指标", "其中写了原因的"), rows)
        if rows
        else None
    )


def _reasons(rollups: Sequence[Rollup]) -> Grid | None:
    rows = [
        (name_of(one), part.kind, str(part.rows), str(part.projects), "；".join(part.told))
        for one in rollups
        for part in one.reasons
    ]
    head = (
        (HEADS[rollups[0].by], "原因", "扣分的指标（含预算执行率）", "涉及项目", "自评表的说法（举例）")
        if rollups
        else ()
    )
    return plain_table(head, rows) if rows else None


def _findings(rollups: Sequence[Rollup], titles: Mapping[str, str]) -> Grid | None:
    rows = [
        (
            name_of(one),
            SEVERITIES[part.severity],
            part.code,
            titles.get(part.code, part.name),
            str(part.count),
            str(part.projects),
        )
        for one in rollups
        for part in one.findings
    ]
    head = (HEADS[rollups[0].by], "级别", "规则", "问题", "处数", "涉及项目") if rollups else ()
    return plain_table(head, rows) if rows else None


def _twices(rollups: Sequence[Rollup]) -> list[str]:
    """Return what is said of projects that occur twice: of all together first, then of a few groups."""
    found = sorted((one for one in rollups if one.repeated), key=lambda one: one.by is not Grouping.ALL)
    more = len(found) - _NOTED
    rest = [f"另有 {more} 个{HEADS[found[-1].by]}也有出现不止一次的项目。"] if more > 0 else []
    return [*map(_twice, found[:_NOTED]), *rest]


def _twice(one: Rollup) -> str:
    named = "、".join(one.repeated[:_TOLD]) + ("等" if len(one.repeated) > _TOLD else "")
    return (
        f"{name_of(one)}有 {len(one.repeated)} 个项目出现不止一次（{named}）："
        "如果是同一份材料，金额和个数重复计算了，请只留一份。"
    )


def name_of(one: Rollup) -> str:
    """Return what a group is called on the page."""
    return one.name or ("合计" if one.by is Grouping.ALL else f"（没有写{HEADS[one.by]}）")


def rate_words(rate: Fraction | None) -> str:
    """Return a rate in per cent with two decimals."""
    return UNKNOWN if rate is None else f"{half_up(rate * 100, 2):f}%"


def _means(means: Means) -> tuple[str, str]:
    return _mean(means.simple, means.counted), _mean(means.weighted, means.weighed)


def _mean(mean: Decimal | None, of: int) -> str:
    return UNKNOWN if mean is None else f"{mean:f}（{of}）"


def _amount(amount: Amount | None) -> str:
    if amount is None or amount.sum is None:
        return UNKNOWN
    silent = f"（另 {amount.silent} 个没有填）" if amount.silent else ""
    return f"{in_wan(amount.sum):f}{silent}"


def in_wan(figure: Figure) -> Decimal:
    """Return an amount of money in 万元, exactly."""
    return _trimmed(decimal_of(figure.exact / WAN.scale))


def _trimmed(value: Decimal) -> Decimal:
    """Return an amount with two decimals, with more where it has more."""
    plain = half_up(value, 2)
    return plain if plain == value else value.normalize()


def _edges(band: Band) -> str:
    if band.low is None:
        return f"{band.high} 分以下" if band.high is not None else "全部"
    return f"{band.low} 分以上" if band.high is None else f"{band.low} 至 {band.high} 分"
