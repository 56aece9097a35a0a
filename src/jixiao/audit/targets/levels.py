"""TV08-TV10, TV13, TV14: targets beside the result, last year, the approval and the year (指标值的高低)."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from jixiao.audit.indicator_rows import (
    at_row,
    labels,
    named_with,
    setting_indexes,
    sure,
    target_text,
    told_target,
)
from jixiao.audit.prose import percent
from jixiao.audit.reach import FLOORS, comparable, in_one_unit, is_times
from jixiao.audit.rows import Row, Sort, shown
from jixiao.audit.rule import Case, Collection, Found, Ground, collection_rule, rule
from jixiao.audit.targets.approved import approved_otherwise
from jixiao.audit.targets.in_prose import set_far_too_low, set_for_a_later_year
from jixiao.audit.targets.names import named_for_later
from jixiao.audit.targets.told import targets_told_otherwise
from jixiao.expressions import expression
from jixiao.model.citation import NO_CITATION
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import tidy
from jixiao.model.finding import Severity
from jixiao.model.reading import Kind
from jixiao.model.target import AtLeast, AtMost, Before, Between, Exactly, Qualitative

_NOTE = Severity.NOTE
WARN, REASON, _SERIOUS = Decimal("1.2"), Decimal("1.3"), Decimal("1.5")
_FARTHEST = 5
_FEW_POINTS = Fraction(5, 100)


@rule(
    "TV08",
    Severity.WARNING,
    source="财预〔2020〕10号：年初指标值设定明显偏低的，按偏离度适度调减分值",
    needs=("row.above", "targets.reached"),
)
def target_was_set_low(case: Case) -> Iterator[Found]:
    """完成值远超指标值，指标值定低了。

    为什么：指标值定低，怎么做都是满分；制度要求分析原因并适度调减得分。
    不合格：“≥100次”，完成 289 次；“＝50户”，完成 90 户，都没有说明原因；报告写“年初定了1万人次，实际达到2.6万人次”。
    合格：“≥100次”，完成 110 次；“≤5件”，实际 2 件；超额很多但写明了突发的原因。
    怎么改：说明超额的原因；下年按实际水平设定指标值。
    来源：财预〔2020〕10号（没有给出比例）；界线取评分口径，没有的取 1.2 倍提示、1.3 倍警告。
    误报风险：中。防汛、抢险、疫情等应急项目、写了原因的、只多一两件的、人均标准由政策提高的只作提示；成本、反向指标不判。
    """
    least = Fraction(case.scheme.thresholds.get("over_warn", WARN))
    for row in case.table_rows:
        reach = row.reach
        if reach is None or not is_times(reach, least) or not sure(case, row, "target", "actual"):
            continue
        if may_be_low(row):
            yield _low(case, row, reach)
    yield from set_far_too_low(case)


def may_be_low(row: Row) -> bool:
    """Tell whether a result far above its target would show that this was set low: more of it is better, surely."""
    target, reach = row.indicator.target, row.reach
    if reach is None or not isinstance(target, FLOORS) or row.sort is None or row.sort is Sort.COST:
        return False
    return _is_wanted(row) and _is_sound(row, reach)


def is_excused(row: Row) -> bool:
    """Tell whether the excess is explained, came of an emergency, or is slight."""
    if row.reason.strip() or any(w in row.reason + row.name for w in ("应急", "抢险", "防汛", "疫情")):
        return True
    return _is_slight(row)


def _threshold(case: Case, name: str, otherwise: Decimal) -> Decimal:
    return case.scheme.thresholds.get(name, otherwise)


def _is_wanted(row: Row) -> bool:
    """Tell whether more is better as far as the name tells: no cost, no harm, and the figure is above zero."""
    return "targets.unwanted" not in row.name_words and "scoring.cost" not in row.name_words


def _is_sound(row: Row, reach: Fraction) -> bool:
    """Tell whether target and result are surely of one kind: printed with units, or both whole and not far apart."""
    bound, actual = row.bound, row.indicator.actual
    figure = actual.figure if actual is not None else None
    if bound is None or figure is None or (bound.unit is not None and figure.unit is None):
        return False
    if (
        bound.unit is not None
        and bound.unit.kind == "ratio"
        and figure.exact > 1
        and "targets.share" in row.name_words
    ):
        return False
    whole = figure.value == figure.value.to_integral_value() or bound.value != bound.value.to_integral_value()
    return bound.unit is not None or (whole and reach < _FARTHEST)


def _is_slight(row: Row) -> bool:
    """Tell whether the excess is two pieces at most, a few points of growth, or a standard that policy raised."""
    bound, actual = row.bound, row.indicator.actual
    figure = actual.figure if actual is not None else None
    if bound is None or figure is None or (bound.unit is not None and bound.unit.kind.startswith("money/")):
        return True
    if bound.unit is not None and bound.unit.kind == "ratio" and "targets.growth" in row.name_words:
        return figure.exact - bound.exact <= _FEW_POINTS
    counted = bound.unit is None or bound.unit.kind not in {"ratio", "point"}
    return counted and figure.value - bound.value <= 2  # noqa: PLR2004


def _low(case: Case, row: Row, reach: Fraction) -> Found:
    grave = reach >= Fraction(_threshold(case, "over_reason", REASON)) and not is_excused(row)
    how = "明显偏低" if reach >= Fraction(_threshold(case, "over_serious", _SERIOUS)) else "偏低"
    actual = row.indicator.actual.text if row.indicator.actual is not None else ""
    says = (
        f"{row.label}：指标值 {row.indicator.demand}，完成 {actual}，是指标值的 {percent(reach)}，指标值可能定得{how}。"
        "改法：说明超额原因，下年按实际水平设定。"
    )
    source = case.scheme.sources.get("thresholds.over_warn", NO_CITATION)
    severity, printed = None if grave else _NOTE, target_text(row)
    return Found(row.path("target"), says, row.paper, severity, quoted=printed, printed=printed, source=source,
                 rests=(row.path("actual"),), ground=Ground.SCHEME)  # fmt: skip


_LEEWAY = Fraction(19, 20)


@collection_rule("TV09", Severity.WARNING, source="财预〔2021〕101号：指标值应参考历史数据")
def target_below_last_year(collection: Collection) -> Iterator[tuple[int, Found]]:
    """指标值低于同一项目上年的实际完成值。

    为什么：上年已做到的，今年没有理由定得更低；以历史水平为底线是设定指标值的通行依据。
    不合格：上年“培训人次”完成 380 人次，今年指标值 ≥300人次。
    合格：今年 ≥380人次；预算减半而指标值相应减少；上年 98% 的满意度今年定 ≥95%。
    怎么改：按上年实际上调，或写明减少的原因（预算、任务变化）。
    来源：财预〔2021〕101号：指标值依据含历史标准。
    误报风险：中。比率、满意度不判，低于不到 5% 的不判；预算同步减少的只作提示；须有同单位同项目连续两年的表。
    """
    known: dict[tuple[str, str, int], Case] = {}
    for case in collection.cases:
        key = _project_of(case)
        if key is not None:
            known.setdefault(key, case)
    for at, case in enumerate(collection.cases):
        key = _project_of(case)
        before = known.get((key[0], key[1], key[2] - 1)) if key is not None else None
        if before is not None:
            yield from ((at, found) for found in _lower(case, before))


def _project_of(case: Case) -> tuple[str, str, int] | None:
    table = case.evaluation
    if table is None or table.year is None or not table.project.name:
        return None
    return _plain(table.project.name), _plain(table.project.unit or ""), table.year


def _plain(name: str) -> str:
    return re.sub(r"^\d+[-—]|(?:19|20)\d\d年?度?|[（(].*?[)）]|\s", "", tidy(name))


def _lower(case: Case, before: Case) -> Iterator[Found]:
    last = {(_plain(r.name), r.sort): r for r in before.main_rows if r.name}
    for row in case.main_rows:
        old = last.get((_plain(row.name), row.sort))
        reached = (
            old.indicator.actual.figure if old is not None and old.indicator.actual is not None else None
        )
        bound = row.bound
        if old is None or reached is None or bound is None or not _may_fall(row, old):
            continue
        if not comparable(bound, reached) or (
            bound.unit is not None and bound.unit.kind in {"ratio", "point", "money"}
        ):
            continue
        now, then = in_one_unit(bound, reached)
        if then.exact > 0 and 0 < now.exact < then.exact * _LEEWAY:
            actual = old.indicator.actual.text if old.indicator.actual is not None else ""
            says = f"{told_target(row)}低于上年实际（{actual}）。改法：按上年实际上调，或写明减少的原因。"
            yield Found(row.path("target"), says, row.paper, _NOTE if _poorer(case, before) else None,
                        printed=target_text(row), computed=actual)  # fmt: skip


def _may_fall(row: Row, old: Row) -> bool:
    """Tell whether both years want as much as they can get."""
    rising = all(isinstance(r.indicator.target, FLOORS) for r in (row, old))
    return rising and row.sort not in (Sort.COST, Sort.SATISFACTION, None) and _is_wanted(row)


def _poorer(case: Case, before: Case) -> bool:
    """Tell whether this year's budget is smaller too, or either is unknown."""
    now, then = (_budget(c.evaluation) for c in (case, before))
    return now is None or then is None or now < then * _LEEWAY


def _budget(table: Evaluation | None) -> Fraction | None:
    line = table.funds.total if table is not None else None
    return line.annual.exact if line is not None and line.annual is not None else None


@rule("TV10", Severity.WARNING, source="绩效目标随预算批复，未经调整程序不得变更")
def target_differs_from_the_approved_one(case: Case) -> Iterator[Found]:
    """自评表的指标值、单位或分值与批复的绩效目标申报表不同。

    为什么：目标和权重在批复预算时确定，自评时改低等于先射箭后画靶。
    不合格：申报表“≥40公里”，自评表“≥30公里”；报告写“批复的目标为植树5000株”，自评表“≥4000株”；
    申报表 10 分，自评表 20 分；单位由“户”改为“人”。
    合格：两表一致；写法不同而数相同（≥95% 与 95%以上）；写明已按程序调整。
    怎么改：恢复批复的指标值，或附上调整批复并说明。
    来源：财预〔2021〕101号：权重随批复确定（条文未核对）；各地系统以批复值锁定。
    误报风险：低。按指标名称对应，名称对不上的不判；文中写明指标调整的只作提示。
    """
    told = {row.at: found for row, found in approved_otherwise(case) if sure(case, row, "target")}
    for row, found in targets_told_otherwise(case):
        if sure(case, row, "target"):
            told.setdefault(row.at, found)
    yield from told.values()
    declared = [at for at, _ in case.tables if case.filing.readings[at].kind is Kind.GOAL_DECLARATION]
    if not declared or not case.main_rows:
        return
    approved = {(_plain(r.name), r.sort): r for at in declared for r in case.rows_by_paper[at] if r.name}
    adjusted = any("指标" in s.plain and "调整" in s.plain for s in case.sentences)
    for row in case.main_rows:
        first = approved.get((_plain(row.name), row.sort))
        if first is None or not sure(case, row, "target") or not sure(case, first, "target"):
            continue
        says = _changed(first, row)
        if says:
            yield at_row(
                row,
                "target",
                f"{row.label}：{says}。改法：恢复批复的目标，或附调整批复。",
                _NOTE if adjusted else None,
            )


def _changed(first: Row, row: Row) -> str:
    """Return what was changed between approval and self-evaluation, "" where nothing was."""
    a, b = first.indicator, row.indicator
    told = []
    if a.target is not None and b.target is not None and _demands(first) != _demands(row):
        told.append(f"批复的指标值是 {a.demand}，自评表是 {b.demand}")
    if a.points is not None and b.points is not None and a.points != b.points:
        told.append(f"批复的分值是 {shown(a.points)}，自评表是 {shown(b.points)}")
    return "；".join(told)


def _demands(row: Row) -> tuple[object, ...]:
    """Return what a target demands apart from how it is printed: kind, amount and what is counted."""
    match row.indicator.target:
        case AtLeast(bound=f) | AtMost(bound=f) as target:
            return type(target).__name__, f.exact, f.unit.kind if f.unit else ""
        case Exactly(value=f):
            return (
                "AtLeast" if row.sort is not Sort.COST else "AtMost",
                f.exact,
                f.unit.kind if f.unit else "",
            )
        case Between(low=low, high=high):
            return "Between", low.exact, high.exact
        case Before(limit=limit):
            return "Before", limit
        case Qualitative(text=text):
            return "words", tidy(text)
        case _:
            return ("unclear",)


_FEWEST, _SHARE = 3, Fraction(4, 5)


@rule("TV13", Severity.WARNING, source="指标值与完成值应分别取得", needs=("row.floor", "row.equal"))
def every_result_hits_the_target(case: Case) -> Iterator[Found]:
    """“≥”类指标的完成值几乎全部正好等于指标值。

    为什么：几项独立的工作都不多不少正好完成，多是按结果倒填指标值，或照抄指标值。
    不合格：≥2座完成 2 座、≥10公里完成 10 公里、≥95% 完成 95%，五项无一超出。
    合格：五项中两项超出；＝18个完成 18 个；≥100% 完成 100%。
    怎么改：按实际情况填写，并保留佐证。
    来源：复核人员通用核对办法。
    误报风险：中。须有三项以上可比的“≥”类指标且八成以上正好相等；到顶的 100% 不计。满意度一类要测量的比率也正好相等、
        全表六成以上相等的，只作提示。
    """
    for at in setting_indexes(case):
        rows = [r for r in case.with_trait("row.floor") if r.paper == at and not _at_its_top(r)]
        reaches = [(r, r.reach) for r in rows]
        known = [r for r, reach in reaches if reach is not None]
        exact = [r for r, reach in reaches if reach is not None and reach.numerator == reach.denominator]
        if len(exact) >= _FEWEST and len(exact) >= len(known) * _SHARE:
            says = (
                f"{len(known)} 项“≥”类指标中 {len(exact)} 项的完成值正好等于指标值：{labels(exact)}。"
                "改法：按实际情况填写，并保留佐证。"
            )
            yield Found(exact[0].path("actual"), says, at, key="exact")
        else:
            yield from _measured_exactly(case, at)


_MOSTLY = Fraction(3, 5)


def _measured_exactly(case: Case, at: int) -> Iterator[Found]:
    """Hint where most results hit their targets, and among them a rate that can only have been measured."""
    rows = [
        r for r in case.rows_by_paper[at] if isinstance(r.indicator.target, FLOORS) and not _at_its_top(r)
    ]
    known = [r for r in rows if r.reach is not None and r.bound is not None and r.bound.value]
    exact = [r for r in known if r.reach == 1]
    measured = [r for r in exact if _is_rate(r) and not _is_equal(r)]
    if measured and len(exact) >= _FEWEST and Fraction(len(exact), len(known)) >= _MOSTLY:
        says = (
            f"{len(known)} 项定量指标中 {len(exact)} 项的完成值正好等于指标值，其中{labels(measured)}是要测量的比率，"
            "很少正好相等。改法：按实际测得的数填写，并保留佐证。"
        )
        yield Found(measured[0].path("actual"), says, at, _NOTE, key="measured")


def _is_equal(row: Row) -> bool:
    """Tell whether the target itself says that it must be hit exactly: ＝95%."""
    return isinstance(row.indicator.target, Exactly) and row.indicator.target.stated


def _is_rate(row: Row) -> bool:
    bound = row.bound
    return bound is not None and bound.unit is not None and bound.unit.kind == "ratio"


def _at_its_top(row: Row) -> bool:
    return "row.top" in row.traits


_LONG = frozenset({"targets.long_life"})
_OF_USE = expression(r"使用|寿命|耐久")


@rule(
    "TV14",
    Severity.WARNING,
    source="年度指标值应在评价年度内可以验证",
    needs=("row.before", "row.dated_name", "targets.long_life", "targets.due"),
)
def target_lies_beyond_the_year(case: Case) -> Iterator[Found]:
    """指标值要到评价年度以后才能验证，当年却填了完成值。

    为什么：“收益年数≥10年”当年不可能实现，完成值只能是照抄。
    不合格：2023 年的表，“泵站收益年限 ≥10年”，完成值 10 年；指标值“2025年底前完工”，已得满分；
        年度目标写“到2026年全县覆盖”。
    合格：“设计使用年限 ≥20年”（设计文件可查）；“质保期 ≥2年”（合同可查）；2023 年 12 月底前。
    怎么改：改为当年可以核实的指标，如后续管护责任落实情况。
    来源：复核人员通用核对办法。
    误报风险：中。设计、质保、合同约定的年限不判；使用年限、寿命只作提示；没有填完成值的不判。
    """
    for row in named_with(case, _LONG):
        if (
            "targets.designed" in row.name_words
            or not _claims_years(row)
            or not sure(case, row, "target", "actual")
        ):
            continue
        says = f"{told_target(row)}在评价年度内无法验证，却填了完成值。改法：改为当年可以核实的指标。"
        yield at_row(row, "target", says, _NOTE if _OF_USE.search(row.name) else None)
    for row in case.with_trait("row.before"):
        target = row.indicator.target
        table = dict(case.tables).get(row.paper)
        year = table.year if table is not None and isinstance(target, Before) else None
        limit = target.limit.year if isinstance(target, Before) else None
        if year is not None and limit is not None and limit > year and row.indicator.actual is not None:
            says = (
                f"{told_target(row)}在评价年度（{year} 年）之后，当年无法验证。改法：改为当年应达到的进度。"
            )
            if sure(case, row, "target"):
                yield at_row(row, "target", says)
    yield from named_for_later(case)
    yield from set_for_a_later_year(case)


def _claims_years(row: Row) -> bool:
    """Tell whether the target is two years or more and a result is printed."""
    bound = row.bound
    long = bound is not None and bound.unit is not None and bound.unit.kind == "months" and bound.exact >= 24  # noqa: PLR2004
    return long and row.indicator.actual is not None
