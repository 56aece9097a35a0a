"""AR05-AR09, AR11, AR12: rates, scores by formula, completion, grades (数字勾稽)."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from jixiao.audit.annexes import deductions_told
from jixiao.audit.arithmetic.execution_rows import scores_beside_told_rates
from jixiao.audit.arithmetic.shares_told import rates_beside_parts
from jixiao.audit.arithmetic.told_rates import rates_beside_amounts, rates_beside_counts
from jixiao.audit.funds.gaps import nothing_spent_by_the_total
from jixiao.audit.indicator_rows import labels
from jixiao.audit.lexicon import has, lists_of
from jixiao.audit.prose import percent, ratio_of
from jixiao.audit.quotients import capped, overlap, quotient
from jixiao.audit.reach import comparable
from jixiao.audit.rows import (
    CENT,
    Row,
    places_of,
    shown,
    within,
)
from jixiao.audit.rule import Case, Found, Ground, rule
from jixiao.audit.told import listed
from jixiao.audit.told.departments import grades_of_departments
from jixiao.audit.told.grades import bands_named, grades_of_no_book
from jixiao.audit.told.misprints import rates_misprinted
from jixiao.audit.verdicts import (
    found,
    sound_points,
    tier_labelled,
    verdicts,
)
from jixiao.expressions import expression
from jixiao.model.claims import DepartmentReport, Report
from jixiao.model.evaluation import Evaluation, FundLine
from jixiao.model.figure import Figure, half_up
from jixiao.model.finding import Fix, Origin, Severity
from jixiao.model.score import Score
from jixiao.model.target import AtLeast, Exactly

_WORDS = lists_of("scoring")
_BANDS = {"done": Decimal(1), "80": Decimal("0.7"), "60": Decimal("0.5"), "0": Decimal(0)}
_NUM = r"(\d{1,6}(?:\.\d{1,6})?)"
_SCORE_RATE = expression(
    rf"(?:满分|标准分值|分值|总分)[为:：]?{_NUM}分.{{0,16}}?得分?[为:：]?{_NUM}分?.{{0,12}}?得分率[为:：达]*{_NUM}%"
)

_SCORED_FIRST = expression(
    rf"{_NUM}分[(（,，](?:满分|标准分值|分值|总分)[为:：]?{_NUM}分[,，、；;]?(?:其)?得分率[为:：达]*{_NUM}%"
)


@rule("AR05", Severity.ERROR, source="执行率 = 全年执行数 ÷ 全年预算数（自评表表头）")
def rate_does_not_fit_amounts(case: Case) -> Iterator[Found]:
    """填列的执行率不等于执行数除以预算数。

    为什么：执行率决定预算执行得分，须能由表上金额算出。
    不合格：全年预算数 40.00，全年执行数 35.37，执行率 98.44%；“应换证 2400 户，实际换证 2280 户，换证率 96.5%”；
    “安排 80 万元，支付 52 万元，支付进度 95%”；
    汇总清单一行预算 25、执行 22，执行率 92%。
    合格：全年预算数 11.28，全年执行数 9.92，执行率 87.97%（金额四舍五入，可取 87.86%～88.03%）。
    怎么改：用同一口径的执行数和预算数重新计算。
    来源：自评表表头“执行率（B/A）”。
    误报风险：低。按金额和比率各自的末位留出误差；按到位数、年初预算数计算也相符的不作错误；文中的比率只作核实。
    """
    for at, table in case.tables:
        rate, line = table.execution.rate_printed, table.funds.total
        if rate is None or line is None or line.executed is None or line.annual is None:
            continue
        ranges = [r for r in (quotient(line.executed, d) for d in _denominators(line)) if r]
        if not ranges or any(overlap(r, ratio_of(rate)) for r in ranges) or capped(ranges[0], ratio_of(rate)):
            continue
        yield _wrong_rate(at, line, rate, ranges[0])
    yield from rates_beside_amounts(case)
    beside = list(rates_beside_counts(case))
    yield from beside
    known = {found.quoted for found in beside}
    more = [found for found in rates_beside_parts(case) if found.quoted not in known]
    yield from more
    known.update(found.quoted for found in more)
    yield from (found for found in rates_misprinted(case) if found.quoted not in known)
    yield from listed.wrong_rates(case)


def _denominators(line: FundLine) -> tuple[Figure, ...]:
    return tuple(f for f in (line.annual, line.received, line.allocated, line.initial) if f is not None)


def _wrong_rate(at: int, line: FundLine, rate: Figure, span: tuple[Fraction, Fraction]) -> Found:
    low, high, exact = percent(span[0]), percent(span[1]), percent((span[0] + span[1]) / 2)
    if line.executed and line.annual and line.annual.exact > 0:
        exact = percent(line.executed.exact / line.annual.exact)
    says = (
        f"全年执行数 {line.executed} ÷ 全年预算数 {line.annual} = {exact}"
        f"（按填列的位数，可取 {low}～{high}），执行率填的是 {rate}。改法：执行率改为 {exact}。"
    )
    return Found(
        "execution.rate_printed",
        says,
        at,
        quoted=str(rate),
        printed=str(rate),
        computed=exact,
        interval=(half_up(span[0] * 100, 2), half_up(span[1] * 100, 2)),
        fix=Fix(f"执行率改为 {exact}", exact, safe=True),
        rests=("funds.total.annual", "funds.total.executed", "funds.total"),
    )


@rule("AR06", Severity.ERROR, source="预算执行率得分按评分口径计算")
def execution_score_disagrees(case: Case) -> Iterator[Found]:
    """预算执行率得分不符合评分口径。

    为什么：预算执行率得分由执行率和分值算出，不由填报人自定。
    不合格：执行率 88.44%，分值 10，得分 10。
    合格：执行率 88.44%，分值 10，得分 8.84；分档口径下执行率在 80%～100% 得 7。
    怎么改：按本地区口径重新计算，并同步改总分。
    来源：评分口径的预算执行部分。
    误报风险：中，各地有按比例、分档两种。口径不明时，与任何已知算法相符都不提示。
    """
    yield from scores_beside_told_rates(case)
    yield from nothing_spent_by_the_total(case)
    main, sheet = case.main_table, case.sheet
    score = sheet.execution if sheet else None
    if main is None or score is None or score.low is None or score.high is None:
        return
    printed, points = main[1].execution.score_printed, score.points
    if (
        printed is None
        or points is None
        or not 0 <= printed <= points
        or within(printed, score.low, score.high)
    ):
        return
    if _from_printed_rate(main[1], printed, points):
        return
    yield _wrong_execution(main, score, printed, points)


def _wrong_execution(main: tuple[int, Evaluation], score: Score, printed: Decimal, points: Decimal) -> Found:
    at, table = main
    low, high = score.low or Decimal(0), score.high or Decimal(0)
    known = by_other_formula(table, printed, points)
    rounded = places_of(printed) == 0 and int(low) <= printed <= half_up(high, 0)
    steps, right = (
        "；".join(step.says for step in score.steps),
        shown(low if score.score is None else score.score),
    )
    hint = "所填似取整数。" if rounded else "与另一种算法相符，请确认本地区口径。" if known else ""
    unsure = known or rounded or score.score is None or table.execution.points is None
    return Found(
        "execution.score_printed",
        f"预算执行率：{steps}，按口径应得 {right}，自评得 {printed:f} 分。{hint}改法：得分改为 {right}。",
        at,
        Severity.WARNING if unsure else None,
        printed=f"{printed:f}",
        computed=right,
        interval=(low, high),
        source=score.source,
        fix=Fix(f"得分改为 {right}", right, safe=high - low <= CENT and not unsure),
        rests=("funds.total", "execution"),
        ground=Ground.SCHEME,
        undisputed=not known,
    )


def _from_printed_rate(table: Evaluation, printed: Decimal, points: Decimal) -> bool:
    """Tell whether the score follows from the printed rate: then the rate is the fault, and AR05 speaks."""
    rate = table.execution.rate_printed
    if rate is None:
        return False
    low, high = ratio_of(rate)
    lowest, highest = (half_up(min(end, Fraction(1)) * Fraction(points), 2) for end in (low, high))
    return within(printed, lowest, highest)


def by_other_formula(table: Evaluation, printed: Decimal, points: Decimal) -> bool:
    """Tell whether another known formula gives the score: another denominator, or the bands of 财预〔2021〕101号."""
    line = table.funds.total
    if line is None or line.executed is None:
        return True
    for whole in _denominators(line):
        span = quotient(line.executed, whole)
        if span is None:
            return True
        low, high = (min(end, Fraction(1)) * Fraction(points) for end in span)
        if within(printed, half_up(low, 2), half_up(high, 2)) or _band(span, points) == printed:
            return True
    return False


def _band(span: tuple[Fraction, Fraction], points: Decimal) -> Decimal:
    rate = span[0]
    key = "done" if span[1] >= 1 else "80" if rate * 100 >= 80 else "60" if rate * 100 >= 60 else "0"  # noqa: PLR2004
    return _BANDS[key] * points


@rule("AR07", Severity.ERROR, source="定量指标按评分口径计算得分")
def score_is_not_by_the_formula(case: Case) -> Iterator[Found]:
    """定量指标得分不等于按口径算出的得分。

    为什么：定量指标得分按完成值与指标值的比例计算，读者据此复核。
    不合格：指标值 20人，完成值 17人，分值 10，得分 9.5。
    合格：指标值 20人，完成值 17人，分值 10，得分 8.5。
    怎么改：按本地区口径重算该行得分，并同步改总分。
    来源：评分口径中该类指标的条文。
    误报风险：中。超额完成允许人工调整；口径不明或条文未核对时只提示核实；归属见 verdicts 的次序。
    """
    for verdict in case.once(verdicts):
        if verdict.code == "AR07":
            yield found(verdict, "得分与口径不符。")


@rule(
    "AR08",
    Severity.ERROR,
    source="完成率 = 实际完成值 ÷ 年度指标值（甘肃自评表“完成率”栏）",
    needs=("row.completed",),
)
def completion_rate_is_wrong(case: Case) -> Iterator[Found]:
    """完成率与完成值、指标值不符，或完成率 100% 却扣分而未说明。

    为什么：完成率是得分的依据，与得分不能互相矛盾。
    不合格：指标值 20个，完成值 15个，完成率 100%。
    合格：指标值 20个，完成值 15个，完成率 75.00%；完成率 100%，得分等于分值。
    怎么改：重新计算完成率；完成率无误的，说明扣分原因或更正得分。
    来源：甘肃等地自评表的完成率栏。
    误报风险：中。按定性档次填报的系统会自动印出 100%，此时只作提示。
    """
    for at, _ in case.tables:
        rows = [r for r in case.rows_by_paper[at] if r.indicator.completion_printed is not None]
        for row in rows:
            yield from _wrong_completion(at, row)
        yield from _complete_but_deducted(at, rows)


def _wrong_completion(at: int, row: Row) -> Iterator[Found]:
    i = row.indicator
    rate, actual = i.completion_printed, i.actual.figure if i.actual else None
    if rate is None or actual is None or not isinstance(i.target, AtLeast | Exactly):
        return
    bound = i.target.bound if isinstance(i.target, AtLeast) else i.target.value
    span = quotient(actual, bound)
    if span is None or overlap(span, ratio_of(rate)) or capped(span, ratio_of(rate)):
        return
    exact = percent(actual.exact / bound.exact) if comparable(actual, bound) and bound.exact else ""
    says = (
        f"{row.label}：{i.actual.text if i.actual else ''} ÷ {i.target.text} = {exact}，"
        f"完成率填的是 {rate}。改法：完成率改为 {exact}。"
    )
    saved = has(row.label, _WORDS["cost"]) or i.actual is None or bool(i.actual.hedged)
    fix = Fix(f"完成率改为 {exact}", exact, safe=not saved) if exact else None
    yield Found(row.path("completion_printed"), says, at, Severity.WARNING if saved else None, printed=str(rate),
                computed=exact, quoted=str(rate), rests=(row.path("target"), row.path("actual")), fix=fix)  # fmt: skip


def _complete_but_deducted(at: int, marked: list[Row]) -> Iterator[Found]:
    """Report the rows once, together: a system prints the 100 % of a tier in all of them."""
    rows = [r for r in marked if sound_points(r) and _unexplained(r)]
    if not rows:
        return
    first = rows[0]
    by_tier = all(tier_labelled(r) for r in rows)
    hint = "完成率似由系统按档次自动填列。" if by_tier else ""
    says = f"{labels(rows)}：完成率 100%，得分低于分值，未说明扣分原因。{hint}改法：补写原因，或更正完成率、得分。"
    yield Found(first.path("completion_printed"), says, at, Severity.NOTE if by_tier else Severity.WARNING,
                Origin.SYSTEM if by_tier else Origin.AUTHOR, key="deducted")  # fmt: skip


def _unexplained(row: Row) -> bool:
    i = row.indicator
    full = i.completion_printed is not None and overlap(
        ratio_of(i.completion_printed), (Fraction(1), Fraction(1))
    )
    if not full or i.reason or i.remedy or i.points is None or i.score_printed is None:
        return False
    return i.score_printed < i.points and (tier_labelled(row) or row.met is None)


@rule("AR09", Severity.ERROR, source="财预〔2020〕10号：优、良、中、差四档")
def grade_does_not_fit_total(case: Case) -> Iterator[Found]:
    """等级与总分不符，或不是规定的等级。

    为什么：等级由总分对应得出，影响结果应用。
    不合格：总分 87.30，等级“优”。
    合格：总分 87.30，等级“良”；总分 92，等级“优秀”。
    怎么改：按总分对应的等级填写；部门汇总按规定的四档统计。
    来源：评分口径的等级划分。
    误报风险：低。等级划分条文未核对的，只提示核实。
    """
    for at, reading in enumerate(case.filing.readings):
        record = reading.record
        if isinstance(record, Evaluation | Report):
            yield from _wrong_grade(case, at, record)
    for at, department in case.department_reports:
        yield from _bins_without_grades(case, at, department)
    yield from listed.wrong_grades(case)
    yield from grades_of_no_book(case)
    yield from grades_of_departments(case)


def _wrong_grade(case: Case, at: int, record: Evaluation | Report) -> Iterator[Found]:
    printed, total = record.grade_printed, record.total_printed
    bands = sorted(case.scheme.grades, key=lambda g: g.low, reverse=True)
    named = bands_named(printed, bands)
    if named is None or not bands:
        return
    earned = next((g for g in bands if total is not None and total >= g.low), None)
    if named and (earned is None or earned in named):
        return
    words = "、".join(g.word for g in bands)
    says = f"等级填的是“{printed}”，规定的等级为{words}。改法：按总分填写规定的等级。"
    if named and earned:
        says = f"总分 {total:f}，对应等级“{earned.word}”，填的是“{printed}”。改法：等级改为“{earned.word}”。"
    fix = Fix(f"等级改为“{earned.word}”", earned.word, safe=bool(named)) if earned else None
    yield Found("grade_printed", says, at, None if named else Severity.WARNING, printed=printed, quoted=printed or "",
                computed=earned.word if earned else None, source=case.scheme.grades_source,
                rests=("total_printed",), ground=Ground.SCHEME, fix=fix)  # fmt: skip


def _bins_without_grades(case: Case, at: int, report: DepartmentReport) -> Iterator[Found]:
    edges = {edge for b in report.bins for edge in (b.low, b.high) if edge is not None}
    missing = [g for g in case.scheme.grades if g.low > 0 and g.low not in edges]
    if len(report.bins) > 1 and edges and missing:
        words = "、".join(f"{g.word}（{g.low:f} 分）" for g in missing)
        says = f"得分分段缺少{words}的界线，不能按规定等级统计项目数。改法：按规定的等级分段。"
        yield Found("bins", says, at, Severity.NOTE, source=case.scheme.grades_source)


@rule(
    "AR11",
    Severity.ERROR,
    source="标准分值 − 扣分 = 得分（评价指标体系表头）",
    needs=("row.deducted", "row.remarked", "row.explained"),
)
def deduction_does_not_fit_score(case: Case) -> Iterator[Found]:
    """标准分值减扣分不等于得分。

    为什么：三栏互相推得，不等即有一栏填错。
    不合格：标准分值 9，扣分 0.5，得分 8.7；评分说明写“扣1分”，分值 3，得分仍是 3。
    合格：标准分值 9，扣分 0.3，得分 8.7；评分说明写“扣1分”，分值 3，得分 2。
    怎么改：核对扣分与得分，保留一致的小数位。
    来源：评价指标体系、评分表的表头。
    误报风险：低。口径规定在系统得分上再减扣分的（广西），三栏本不相等，不判；说明里只有一处扣分、不是评分标准的才判。
    """
    if case.scheme.parts.get("deduction") is not None:
        return
    for at, reading in enumerate(case.filing.readings):
        if not isinstance(reading.record, Evaluation | Report):
            continue
        for row in case.rows_by_paper[at]:
            i = row.indicator
            if i.points is None or i.score_printed is None or i.deduction_printed is None:
                continue
            right = i.points - abs(i.deduction_printed)
            if abs(right - i.score_printed) > CENT:
                says = (
                    f"{row.label}：分值 {i.points:f} − 扣分 {abs(i.deduction_printed):f} = {right:f}，"
                    f"得分填的是 {i.score_printed:f}。改法：核对扣分与得分。"
                )
                yield Found(row.path("score_printed"), says, at, printed=f"{i.score_printed:f}", computed=f"{right:f}",
                            rests=(row.path("points"), row.path("deduction_printed")))  # fmt: skip
    yield from deductions_told(case)


@rule("AR12", Severity.ERROR, source="得分率 = 得分 ÷ 满分", needs=("signs.score_rate",))
def score_rate_is_wrong(case: Case) -> Iterator[Found]:
    """得分率不等于得分除以满分。

    为什么：得分率用来比较各类指标，须由同一句中的满分和得分算出。
    不合格：满分 30 分，得分 29.7 分，得分率 97%。
    合格：满分 30 分，得分 29.7 分，得分率 99%。
    怎么改：重新计算得分率。
    来源：评价报告通行写法。
    误报风险：低，只看同一句里依次写出满分、得分、得分率的。
    """
    for said in case.told("signs.score_rate"):
        passage, sentence = said.passage, said.text
        told = [(m, m[1], m[2], m[3]) for m in _SCORE_RATE.finditer(said.plain)]
        told += [(m, m[2], m[1], m[3]) for m in _SCORED_FIRST.finditer(said.plain)]
        for m, *numbers in told:
            whole, part, rate = map(Decimal, numbers)
            if whole <= 0 or part > whole:
                continue
            exact = Fraction(part) / Fraction(whole)
            step = Fraction(1, 10 ** places_of(rate))
            if abs(exact * 100 - Fraction(rate)) > step:
                says = (
                    f"得分 {part:f} ÷ 满分 {whole:f} = {percent(exact)}，"
                    f"文中写的得分率是 {rate:f}%。改法：得分率改为 {percent(exact)}。"
                )
                old = f"{m[3]}%"
                once = sentence.count(old) == 1
                fix = Fix(f"得分率改为 {percent(exact)}", percent(exact), safe=once, old=old)
                yield Found(passage.where, says, passage.paper, quoted=sentence, printed=f"{rate:f}%",
                            computed=percent(exact), key=m[0], fix=fix)  # fmt: skip
