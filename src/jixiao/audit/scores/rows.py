"""SC01-SC08, SC11, SC13: the scores of the table's rows (计分). Which row falls under which code: verdicts.py."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from jixiao.audit.annexes import full_though_missed
from jixiao.audit.arithmetic.sums import Sums, sums_in
from jixiao.audit.indicator_rows import labels
from jixiao.audit.lexicon import has, lists_of
from jixiao.audit.prose import percent
from jixiao.audit.reach import comparable, in_one_unit, is_times
from jixiao.audit.rows import CENT, Row, Sort, shown
from jixiao.audit.rule import Case, Found, rule
from jixiao.audit.scores.little_spent import little_spent_reasoned
from jixiao.audit.told import listed
from jixiao.audit.told.report_marks import classes_without_marks, executions_without_score
from jixiao.audit.verdicts import (
    cells_of,
    found,
    sign_may_be_wrong,
    sound_points,
    tier_labelled,
    verdicts,
)
from jixiao.expressions import expression
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import half_up
from jixiao.model.finding import Origin, Severity
from jixiao.model.moments import meets
from jixiao.model.reading import Kind
from jixiao.model.target import AtLeast, Before, Exactly

_WORDS = lists_of("scoring")
FAR, _ENOUGH = Fraction(2), 3
_LOW, _HIGH, _OUTRUN = Fraction(3, 10), Decimal(90), Fraction(1, 20)


@rule("SC01", Severity.ERROR, source="未完成指标值的按完成比例计分")
def full_score_though_missed(case: Case) -> Iterator[Found]:
    """没有达到指标值却得满分。

    为什么：未达到指标值的，应按完成比例扣分。
    不合格：指标值 ≥100次，完成 60次，分值 10，得分 10；指标值“2023年12月底前”，2024年1月20日完成，得满分。
    合格：指标值 ≥100次，完成 100次，得 10 分；成本 30万元，实际 28万元（节约），得满分。
    怎么改：按口径改得分，并说明未完成的原因。
    来源：评分口径中定量指标的条文。
    误报风险：低。没有印出符号的成本类指标可能是上限，只提示核实；过了期限的，口径没有规定扣多少，只提示核实；评分表与基础数据表的行按名称对应，也只提示核实。
    """
    for verdict in case.once(verdicts):
        if verdict.code == "SC01":
            turned = sign_may_be_wrong(verdict.row)
            unsure = turned or isinstance(verdict.row.indicator.target, Exactly)
            why = "没有达到指标值，却得满分。" + ("这一项越少越好，符号可能应为“≤”。" if turned else "")
            yield found(verdict, why, Severity.WARNING if unsure else None)
    yield from (_late_at_full_marks(row) for row in case.main_rows if _is_late(case, row))
    yield from full_though_missed(case)


def _is_late(case: Case, row: Row) -> bool:
    """Tell whether a row at full marks was done after its time limit, by two printed dates, and gives no reason."""
    i, year = row.indicator, case.evaluation.year if case.evaluation is not None else None
    if not row.full or not isinstance(i.target, Before) or i.actual is None or i.actual.moment is None:
        return False
    late = meets(i.actual.moment, i.target.limit, year=year) is False
    return late and not row.reason.strip("无/—- ")


def _late_at_full_marks(row: Row) -> Found:
    says = f"{row.label}：{cells_of(row)}。超过了规定的期限，却得满分。改法：核对日期；确实晚了的，核减得分并说明原因。"
    quoted = row.indicator.actual.text if row.indicator.actual else ""
    rests = (row.path("target"), row.path("actual"))
    return Found(
        row.path("score_printed"), says, row.paper, Severity.WARNING, quoted=quoted, key="late", rests=rests
    )


@rule("SC02", Severity.WARNING, source="达到指标值的得满分")
def met_but_deducted(case: Case) -> Iterator[Found]:
    """达到指标值却扣了分，又没有说明。

    为什么：定量指标达到指标值即得满分，扣分要有依据。
    不合格：指标值 ≥100%，完成 100%，分值 10，得分 7，原因栏空白。
    合格：完成 100%，得 10 分；因拨付迟缓扣分并写明原因。
    怎么改：补足得分，或写明扣分依据。
    来源：财预〔2020〕10号：完成指标值的记该指标所赋全部分值。
    误报风险：中。评价人员可能另有考虑，因此只提示核实；写了原因的降为提示。
    """
    for verdict in case.once(verdicts):
        if verdict.code == "SC02":
            i = verdict.row.indicator
            told = bool(i.reason or i.remedy or i.remarks)
            yield found(verdict, "达到了指标值却扣分。", Severity.NOTE if told else Severity.WARNING)


@rule("SC03", Severity.WARNING, source="定性指标分三档计分；定量指标按比例计分")
def score_outside_its_tier(case: Case) -> Iterator[Found]:
    """定性指标得分不在所填档次之内，或定量指标按定性档次计分。

    为什么：档次和得分互为依据；有数值的指标应填数值。
    不合格：完成值“达成预期指标”，分值 10，得分 7；指标值“每天100元”，完成值填“100%-80%(含)”。
    合格：完成值“达成预期指标”，分值 10，得分 9。
    怎么改：改档次或改得分；定量指标填实际数值。
    来源：财预〔2020〕10号定性指标三档；评分口径的定性部分。
    误报风险：低，但档次按用词判断，只提示核实。
    """
    for verdict in case.once(verdicts):
        if verdict.code == "SC03":
            yield found(verdict, "得分不在所填档次之内。", Severity.WARNING)
    for row in case.with_trait("row.told"):
        if row.indicator.actual is not None and "%" in row.indicator.actual.text:
            yield from _number_scored_by_tier(row.paper, row)


def _number_scored_by_tier(at: int, row: Row) -> Iterator[Found]:
    target, actual = row.indicator.target, row.indicator.actual
    if target is None or actual is None or not tier_labelled(row):
        return
    if row.numeric or any(char.isdigit() for char in target.text):
        says = (
            f"{row.label}：指标值“{target.text}”是数值，完成值却填档次“{actual.text}”，按定性计了分。"
            "改法：填写实际数值，按比例计分。"
        )
        yield Found(row.path("actual"), says, at, quoted=actual.text, key="tier", rests=(row.path("target"),))


@rule("SC04", Severity.ERROR, source="反向指标不超过指标值的得满分")
def saving_punished(case: Case) -> Iterator[Found]:
    """节约被当作未完成扣分：反向指标（≤）没有超过指标值，却扣了分。

    为什么：反向指标越低越好，没有超过即为完成。
    不合格：预算控制率 ≤100%，实际 87.97%，分值 20，得分 10。
    合格：预算控制率 ≤100%，实际 87.97%，分值 20，得分 20。
    怎么改：得分改为满分，同步改总分。
    来源：评分口径的反向指标条文（如安徽怀远表后注3）。
    误报风险：低。口径不明或条文未核对时只提示核实。
    """
    for verdict in case.once(verdicts):
        if verdict.code == "SC04":
            yield found(verdict, "没有超过指标值，节约被当作未完成扣分。")
    for row in case.table_rows:
        if _punished_by_sign(row):
            says = (
                f"{row.label}：{cells_of(row)}。成本没有超过指标值，因符号写成“≥”而按未完成扣分。"
                "改法：符号改为“≤”，得分改为满分。"
            )
            yield Found(row.path("score_printed"), says, row.paper, Severity.WARNING, key="sign",
                        printed=str(row.indicator.score_printed), computed=str(row.indicator.points))  # fmt: skip


_COST_OF_ONE = expression(r"成本|费用|单价|造价|价格|补助标准|补贴标准|支出标准|均支出|均成本|控制数|总投资")
_OF_INCOME = expression(r"率|收入|节约|降低|节省|增收|完成投资|投入")


def _punished_by_sign(row: Row) -> bool:
    """Tell whether a cost below its ≥ lost points: what was saved was scored as a shortfall."""
    i = row.indicator
    cost = row.sort is Sort.COST or (row.sort is None and _COST_OF_ONE.search(row.name))
    return (
        bool(cost)
        and isinstance(i.target, AtLeast)
        and row.met is False
        and bool(row.lost)
        and sound_points(row)
        and bool(_COST_OF_ONE.search(row.name))
        and not _OF_INCOME.search(row.name)
    )


@rule(
    "SC05",
    Severity.NOTE,
    source="财预〔2020〕10号：指标值设定明显偏低的，按偏离度适度调减",
    needs=("row.above", "row.hedged"),
)
def over_completion_is_unexplained(case: Case) -> Iterator[Found]:
    """超额完成过多仍得满分，没有说明原因。

    为什么：完成值远超指标值，多半是指标值定低了，应分析并适度调减得分。
    不合格：指标值 ≥100人，完成 320人，得满分，原因栏空白。
    合格：完成 110人；或写明“新增纳保对象”的原因。
    怎么改：说明原因；指标值定低的，下年调高。
    来源：财预〔2020〕10号；各地系统的超额预警（1.2、1.3 倍）。
    误报风险：中。国家没有规定倍数，口径没有写明倍数时超过 2 倍才提示。
    """
    limit = _limit(case)
    for row in case.main_rows:
        i = row.indicator
        if not isinstance(i.target, AtLeast) or not row.full or i.reason:
            continue
        if row.reach is not None and not is_times(row.reach, limit):
            continue
        bound = i.target.bound
        figure = i.actual.figure if i.actual else None
        if figure is None or bound.exact <= 0 or not comparable(figure, bound):
            continue
        a, b = in_one_unit(figure, bound)
        if a.exact >= b.exact * limit:
            says = (
                f"{row.label}：{cells_of(row)}，完成值是指标值的 {percent(a.exact / b.exact)}，"
                "没有说明原因。改法：说明超额原因，指标值偏低的下年调高。"
            )
            yield Found(row.path("actual"), says, printed=percent(a.exact / b.exact))


def _limit(case: Case) -> Fraction:
    """Return the multiple of the target beyond which the rule-book asks for a reason, else a plain doubling."""
    told = case.scheme.thresholds
    return Fraction(told.get("over_reason") or told.get("over_warn") or FAR)


@rule("SC06", Severity.WARNING, source="定性指标应逐项判断", needs=("row.lost",))
def same_share_on_many_rows(case: Case) -> Iterator[Found]:
    """三行以上得分占分值的比例完全相同（满分除外）。

    为什么：各行都打同一折扣，多为系统取档次中值，没有逐项判断。
    不合格：五行得分都是分值的 90%。
    合格：各行得分比例不同；全部满分。
    怎么改：逐项核定得分并写明扣分理由。
    来源：甘肃系统按档次中值（0.9）自动计分的已知情形。
    误报风险：中。
    """
    for at, _ in case.tables:
        rows = [r for r in case.rows_by_paper[at] if r.lost and r.indicator.score_printed and sound_points(r)]
        if len(rows) < _ENOUGH:
            continue
        for share in sorted({_share(r) for r in rows} - {Decimal(1), Decimal(0)}, reverse=True):
            same = [r for r in rows if _is_share(r, share)]
            if len(same) >= _ENOUGH:
                says = (
                    f"{len(same)} 行得分都是分值的 {percent(Fraction(share))}（{labels(same)}）。"
                    "改法：逐项核定得分。"
                )
                origin = Origin.SYSTEM if all(tier_labelled(r) for r in same) else Origin.AUTHOR
                yield Found(same[0].path("score_printed"), says, at, origin=origin, key=f"{share}")
                break


def _share(row: Row) -> Decimal:
    points, score = row.indicator.points, row.indicator.score_printed
    return half_up(Fraction(score) / Fraction(points), 2) if points and score is not None else Decimal(0)


def _is_share(row: Row, share: Decimal) -> bool:
    points, score = row.indicator.points, row.indicator.score_printed
    return points is not None and score is not None and abs(points * share - score) <= CENT / 2


@rule("SC07", Severity.NOTE, source="系统红灯：（指标得分率 − 执行得分率）÷ 指标得分率 > 5%")
def results_outrun_money(case: Case) -> Iterator[Found]:
    """指标得分率比预算执行得分率高出 5% 以上。

    为什么：钱没花完而任务都完成，要么节约，要么预算或指标定得不准。
    不合格：指标得 90 分（满 90），预算执行得 5 分（满 10），没有说明节约。
    合格：预算执行得 9.8 分，指标得 90 分。
    怎么改：说明节约或资金未用完而任务完成的原因。
    来源：省级绩效系统的红灯公式。
    误报风险：中，节约属正常，因此只作提示，执行得分不足一半时提示核实。
    """
    yield from listed.scores_that_outrun_money(case)
    main = case.main_table
    if main is None:
        return
    sums, execution = case.once(sums_in)[main[0]], main[1].execution
    if not sums.points or not sums.scores or not execution.points or execution.score_printed is None:
        return
    if execution.score_printed >= execution.points:
        return
    results = Fraction(sums.scores) / Fraction(sums.points)
    money = Fraction(execution.score_printed) / Fraction(execution.points)
    if (results - money) / results > _OUTRUN and not little_spent_reasoned(case, main[1]):
        says = (
            f"指标得分率 {percent(results)}，预算执行得分率 {percent(money)}，"
            "相差超过 5%。改法：说明资金未用完而任务完成的原因。"
        )
        yield Found("execution.score_printed", says, main[0], Severity.WARNING if money * 2 < 1 else None,
                    printed=percent(money))  # fmt: skip


@rule("SC08", Severity.WARNING, source="预算执行率过低不应评为优")
def high_total_on_little_spending(case: Case) -> Iterator[Found]:
    """预算执行率为零或不到 30%，总分却在 90 分以上。

    为什么：资金基本没有使用，难以说明绩效目标已经实现。
    不合格：执行率 12%，总分 91.20。
    合格：执行率 95%，总分 99；总额填 0 而分行有执行数（由 FD10 说明）。
    怎么改：核对执行数，或重新评定各项得分。
    来源：省级绩效系统预警。
    误报风险：低。
    """
    yield from listed.high_scores_on_little_spending(case)
    main = case.main_table
    line = main[1].funds.total if main else None
    if main is None or line is None or line.executed is None or line.annual is None:
        return
    total = main[1].total_printed
    if line.annual.exact > 0 and total is not None and total >= _HIGH:
        rate = line.executed.exact / line.annual.exact
        if rate < _LOW:
            says = f"预算执行率 {percent(rate)}，总分 {shown(total)}。改法：核对执行数和各项得分。"
            yield Found("total_printed", says, main[0], printed=shown(total), rests=("funds.total",))


@rule("SC11", Severity.WARNING, source="每项指标都应有得分", needs=("row.unscored", "paper.report"))
def scored_row_has_no_score(case: Case) -> Iterator[Found]:
    """有分值的指标没有填得分。

    为什么：漏填得分会使总分无法核对。
    不合格：分值 10，完成值 100%，得分空白，其他各行都有得分；报告各类都写了得分，只写执行率、没有写它的得分。
    合格：整张表还没有计分；没有分值的模板空行。
    怎么改：补填得分。
    来源：复核清单“复核得分为空”。
    误报风险：低，但可能是读取时漏了单元格，故只提示核实。
    """
    for at, _ in case.tables:
        rows = case.rows_by_paper[at]
        if not any(r.indicator.score_printed is not None for r in rows):
            continue
        form = case.filing.readings[at].kind is Kind.SCORING_FORM
        for row in rows:
            i = row.indicator
            said = i.target or i.actual or (form and i.level1 and not case.doubts_at(row.path(), at))
            if i.points and i.score_printed is None and i.level3 and said:
                says = f"{row.label}：分值 {i.points:f}，没有填得分。改法：补填得分。"
                yield Found(row.path("score_printed"), says, at, rests=(row.path("points"),))
    yield from executions_without_score(case)
    yield from classes_without_marks(case)


@rule("SC13", Severity.WARNING, source="不适用的指标应说明并调整分值", needs=("scoring.not_applicable",))
def not_applicable_row_is_hidden(case: Case) -> Iterator[Found]:
    """不适用的指标仍计满分，或剔除后按比例折算而未说明。

    为什么：不适用的指标如何处理会改变总分，须写明。
    不合格：完成值填“不涉及”，分值 10，得分 10，没有说明。
    合格：完成值“不涉及”，分值 0；或注明“其余指标按 100 分折算”。
    怎么改：调整分值并在备注中说明折算办法。
    来源：各地不适用指标折算的做法。
    误报风险：中。
    """
    for at, table in case.tables:
        rows = hidden_rows(case, at, table)
        for row in rows:
            i = row.indicator
            if i.points and i.score_printed == i.points and not i.reason:
                says = f"{row.label}：{cells_of(row)}，不适用的指标得了满分，没有说明。改法：调整分值并说明。"
                yield Found(row.path("score_printed"), says, at)
        if rows:
            yield from _scaled(at, case.once(sums_in)[at])


def hidden_rows(case: Case, at: int, table: Evaluation) -> list[Row]:
    """Return the rows that don't apply; none where the paper tells what became of their points."""
    rows = [r for r in case.rows_by_paper[at] if "scoring.not_applicable" in r.words and _left_out(r)]
    return [] if not rows or _tells_of_it(table) else rows


def _tells_of_it(table: Evaluation) -> bool:
    remarks = "".join(i.remarks or "" for i in table.indicators)
    reasons = (i.reason or "" for i in table.indicators)
    return has(remarks, _WORDS["rescaled_note"]) or "折算" in "".join((remarks, *table.notes, *reasons))


def _left_out(row: Row) -> bool:
    cells = (row.indicator.target, row.indicator.actual)
    return any(c is not None and c.text.strip() in _WORDS["not_applicable"] for c in cells)


def _scaled(at: int, sums: Sums) -> Iterator[Found]:
    if not sums.points_all or sums.scores_all is None or sums.total is None or not sums.gap:
        return
    scaled = sums.scores_all * sums.whole / sums.points_all
    if (
        sums.gap > 0
        and abs(scaled - sums.total) <= sums.slack
        and abs(sums.total - sums.scores_all) > sums.slack
    ):
        says = (
            f"剔除不适用指标后，得分由 {shown(sums.scores_all)} 折算为 {shown(sums.total)}，"
            "没有说明。改法：注明折算办法。"
        )
        yield Found("total_printed", says, at, printed=shown(sums.total), key="scaled")
