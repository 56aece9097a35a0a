"""AV09-AV11: the unit of a result, results that lie in the future, rates that can't be (完成值的口径)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from jixiao.audit.actuals.cells import result_tables
from jixiao.audit.actuals.in_prose import (
    accepted_before_acceptance,
    compared_with_a_later_year,
    finished_in_a_later_year,
    told_beyond_the_whole,
)
from jixiao.audit.lexicon import any_of, has
from jixiao.audit.reach import bound_of
from jixiao.audit.rows import Row, Sort
from jixiao.audit.rule import Case, Found, rule
from jixiao.audit.told.ahead import expected_among_results
from jixiao.audit.within import lists_within
from jixiao.expressions import expression
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import MEASURES, Figure, Unit, tidy, unit_named
from jixiao.model.finding import Origin, Severity
from jixiao.model.moments import moments_in
from jixiao.model.target import Between

_IN = lists_within("actuals")
_CERTAIN = _IN["certain_rates"]
_GROWING = any_of(_IN["growing"])
_MEASURED = frozenset({"money", "ratio", "length", "area", "volume", "weight", "duration"})
_PEOPLE = frozenset({"人", "户", "家"})
_VISITS = frozenset({"人次", "户次"})
_EVENTS = frozenset({"场", "期", "场次", "班", "届", "座", "台", "辆"})
_THINGS = frozenset("盏座台套辆株栋幢艘册眼根块")  # nobody counts people or households so
_KNOWN = _MEASURED | {unit_named(name).kind for name in MEASURES} - {"point"}
_YEAR = expression(r"20\d\d")
_COMPLETED = expression(r"已|完成|建成|竣工|投入使用|验收")
_LATE_YEAR = 2
_FAR_APART, _LEAST_NEAR, _MOST_NEAR = 1000, Decimal("0.5"), Decimal(2)


@rule(
    "AV09",
    Severity.WARNING,
    source="实际完成值与指标值用同一计量单位",
    needs=("row.apart", "row.missed", "row.above"),
)
def another_unit(case: Case) -> Iterator[Found]:
    """实际完成值与指标值的计量单位不同。

    为什么：单位不同就不能比较，完成率算不出来。
    不合格：指标值“≥30 人”，完成值“30 户”；指标值“≥5 公里”，完成值“100%”；指标值“≤200 元/吨”，完成值“190 吨/元”；
    指标值“≥800 万元”，完成值“812 元”。
    合格：指标值“≥2 万元”，完成值“21000 元”；“个”与“座”“处”；“人”与“名”。
    怎么改：按指标值的单位填写完成值；确须换单位的，写明换算。
    来源：复核人员通用核对办法。
    误报风险：低。件、个、处、场等量词互换不算，“人”与“人次”只作提示。
    """
    for at, rows in result_tables(case):
        for row in rows:
            told = _units_apart(row)
            if told is not None:
                one, other, severity = told
                target, actual = row.indicator.demand, row.indicator.actual
                text = actual.text if actual else ""
                says = (
                    f"{row.label}：指标值“{target}”以“{one.name}”计，完成值“{text}”以“{other.name}”计。"
                    "改法：按指标值的单位填写完成值。"
                )
                origin = Origin.LAYOUT if case.doubts_at(row.path(), at) else Origin.AUTHOR
                yield Found(row.path("actual"), says, at, severity, origin, quoted=text)


def _units_apart(row: Row) -> tuple[Unit, Unit, Severity] | None:
    figure = row.indicator.actual.figure if row.indicator.actual else None
    wanted = _wanted(row)
    if figure is None or wanted is None or figure.unit is None or wanted.unit is None:
        return None
    one, other = wanted.unit, figure.unit
    if one.name.split("/") == other.name.split("/")[::-1] != other.name.split("/"):
        return one, other, Severity.WARNING
    if one.kind == other.kind and _times_lost(wanted, figure):
        return one, other, Severity.WARNING
    if {one.kind, other.kind} & _PEOPLE and {one.kind, other.kind} & _THINGS:
        return one, other, Severity.WARNING
    if one.kind == other.kind or not {one.kind, other.kind} <= _KNOWN:
        return None
    severity = _apart(one.kind, other.kind)
    return None if severity is None else (one, other, severity)


def _times_lost(wanted: Figure, figure: Figure) -> bool:
    """Tell whether the numbers stand for each other as printed, their units a thousand times apart: 万元 and 元."""
    if wanted.unit is None or figure.unit is None or not wanted.value or not figure.value:
        return False
    apart = wanted.unit.scale / figure.unit.scale
    near = _LEAST_NEAR * wanted.value <= figure.value <= _MOST_NEAR * wanted.value
    return near and (apart >= _FAR_APART or apart * _FAR_APART <= 1)


def _wanted(row: Row) -> Figure | None:
    target = row.indicator.target
    return target.low if isinstance(target, Between) else bound_of(target)


def _apart(one: str, other: str) -> Severity | None:
    """Tell how surely two kinds can't be compared; measure words of things stand for each other."""
    kinds = {one, other}
    if kinds & _MEASURED:
        return None if kinds & {"分", "成", "倍", "度"} else Severity.WARNING
    if kinds & _PEOPLE and kinds & _VISITS:
        return Severity.NOTE
    if kinds & (_PEOPLE | _VISITS) and kinds & _EVENTS:
        return Severity.WARNING
    if kinds <= _PEOPLE:
        return Severity.WARNING if kinds != {"户", "家"} else None
    return None


@rule("AV10", Severity.WARNING, source="自评只评价年度内已实现的结果")
def result_from_the_future(case: Case) -> Iterator[Found]:
    """把年度结束以后才能知道的结果当作实际完成值。

    为什么：项目刚完工，“受益 10 年”之类的结果还没有发生，不能作为完成值，更不能据以得满分。
    不合格：2023 年完工的项目，“收益年数”指标值“≥10 年”，完成值“10 年”；2023 年度的完成值写“2026 年建成”“预计明年验收”；
        2023 年的报告写“收入比2024年同期增长”；工程尚未验收，“验收合格率”已填 100%；
        报告的完成情况写“预计明年3月完工”。
    合格：“设计使用年限”完成值“20 年”；“合同租期 10 年”；完成值写“已签订管护协议”。
    怎么改：改用年度内能够查证的结果，如已签协议、已落实管护主体。
    来源：财预〔2020〕10号 自评以年度目标为对象（条文未核对）。
    误报风险：中。“使用年限”一类多指设计值，只作提示；跨年规划的编制时间只作提示。
    """
    for at, rows in result_tables(case):
        record = dict(case.tables)[at]
        for row in rows:
            severity = _not_yet(row)
            if severity is not None and row.indicator.actual is not None:
                text = row.indicator.actual.text
                says = f"{row.label}：完成值“{text}”今后若干年才能知道。改法：改填年度内已能查证的结果。"
                yield Found(row.path("actual"), says, at, severity, quoted=text)
        if record.year is not None:
            yield from _dated_after(record.year, at, case.with_trait("row.dated"))
            yield from _told_after(record, at)
            yield from _plan_begun(record, at, rows)
        yield from _to_come(at, rows)
    yield from compared_with_a_later_year(case)
    yield from finished_in_a_later_year(case)
    yield from expected_among_results(case)
    yield from accepted_before_acceptance(case)


_AS_PLANNED = expression(
    r"[按照较比超][^，,。；;]{0,4}(?:计划|预计)|(?:计划|预计)(?:的|完成率|数|值|内|为|\d)"
)
_INTENDED = expression(r"\s*(?:预计|计划|拟|将[于在]|力争|有望|待|尚待|准备|正在筹备)")
_DONE_TOO = expression(r"已|完成(?!验收)|建成|实现")


def _to_come(at: int, rows: tuple[Row, ...]) -> Iterator[Found]:
    """Yield the results that only tell what is intended, or what will come."""
    for row in rows:
        actual = row.indicator.actual
        if actual is None or "actuals.to_come" not in row.actual_words or _AS_PLANNED.search(actual.text):
            continue
        if actual.figure is not None or (_DONE_TOO.search(actual.text) and not _INTENDED.match(actual.text)):
            continue
        says = f"{row.label}：完成值“{actual.text}”说的是打算，不是结果。改法：填写年度内的情况，未完成的如实扣分。"
        yield Found(row.path("actual"), says, at, None if row.full else Severity.NOTE, quoted=actual.text)


def _not_yet(row: Row) -> Severity | None:
    actual = row.indicator.actual
    if (
        actual is None
        or actual.figure is None
        or actual.figure.unit is None
        or actual.figure.unit.name != "年"
    ):
        return None
    if row.sort is not Sort.SUSTAINABLE and "年" not in row.name and "期" not in row.name:
        return None
    if has(row.name, _IN["designed"]) or not _LATE_YEAR <= actual.figure.value < 1000:  # noqa: PLR2004
        return None
    if has(row.name, _IN["service_life"]):
        return Severity.NOTE
    return Severity.WARNING if has(row.name, _IN["later"]) or row.sort is Sort.SUSTAINABLE else None


def _dated_after(year: int, at: int, rows: tuple[Row, ...]) -> Iterator[Found]:
    for row in rows:
        actual = row.indicator.actual
        told = actual.moment.year if actual is not None and actual.moment is not None else None
        if (
            row.paper != at
            or actual is None
            or told is None
            or told <= year
            or (told == year + 1 and not row.full)
        ):
            continue
        severity = Severity.WARNING if told > year + 1 else Severity.NOTE
        says = f"{row.label}：完成值“{actual.text}”在评价年度 {year} 年之后。改法：填写年度内的情况，未完成的如实扣分。"
        yield Found(row.path("actual"), says, at, severity, quoted=actual.text)


def _told_after(record: Evaluation, at: int) -> Iterator[Found]:
    text = record.goal.actual
    year = record.year
    if not text or year is None or "20" not in text:
        return
    plain = tidy(text)
    if not any(int(said) > year + 1 for said in _YEAR.findall(plain)):
        return
    for moment, start, end in moments_in(plain):
        if moment.year is not None and moment.year > year + 1 and _COMPLETED.search(plain[end : end + 8]):
            said = plain[max(0, start - 10) : end + 12]
            says = f"实际完成情况写“{said}”，晚于评价年度 {year} 年。改法：核对年份，只写已经发生的结果。"
            yield Found("goal.actual", says, at, quoted=said)
            return


def _plan_begun(record: Evaluation, at: int, rows: tuple[Row, ...]) -> Iterator[Found]:
    """A plan for 2021-2025 that is still being drawn up in 2023 wasn't in time."""
    name = record.project.name or ""
    if not has(name, _IN["plan_made"]) or record.year is None:
        return
    begins = _begins(name)
    if begins is None or record.year <= begins:
        return
    timely = next((r for r in rows if r.sort is Sort.TIMELINESS and r.full), None)
    if timely is not None:
        says = (
            f"项目“{name}”的规划期自 {begins} 年起，{record.year} 年仍在编制或付款，{timely.label}却得满分。"
            "改法：写明编制完成的时间；晚于规划期开始的，核减时效得分或说明原因。"
        )
        yield Found(timely.path("score_printed"), says, at, Severity.NOTE, quoted=name, key="plan")


_FIVE_YEARS = {"十三五": 2016, "十四五": 2021, "十五五": 2026}
_SPAN = expression(r"(20\d\d)年?[-—－~～至到]+(20\d\d)年?")


def _begins(name: str) -> int | None:
    span = _SPAN.search(name)
    if span is not None and int(span[2]) - int(span[1]) >= _LATE_YEAR:
        return int(span[1])
    return next((year for word, year in _FIVE_YEARS.items() if word in name), None)


@rule("AV11", Severity.WARNING, source="合格率、满意度等比率不超过 100%")
def rate_out_of_bounds(case: Case) -> Iterator[Found]:
    """合格率、覆盖率、满意度等比率大于 100% 或小于 0。

    为什么：部分占全体的比率只能在 0 与 100% 之间，超出的一定是填写或识别错误。
    不合格：“验收合格率”完成值“120%”；“满意度”写成“980%”；“火灾下降率”完成值“108%”；报告写“满意度达100%以上”。
    合格：“任务完成率”完成值“120%”；“产值增长率”完成值“-3%”；满意度 100%。
    怎么改：核对原始数据后更正；“≥90%”被识别为“290%”的，恢复符号。
    来源：比率的定义。
    误报风险：低。完成率、增长率、利用率等可以超过 100% 的比率不查；达标率、覆盖率等只作警告。
    """
    for at, rows in result_tables(case):
        for row in rows:
            if "actuals.bounded_rates" in row.name_words:
                yield from _out_of_bounds(row, at)
            elif "率" in row.name or "降幅" in row.name:
                yield from _fallen_below_nothing(row, at)
    yield from told_beyond_the_whole(case)


def _fallen_below_nothing(row: Row, at: int) -> Iterator[Found]:
    """A thing can't fall by more than all of it."""
    actual = row.indicator.actual
    figure = actual.figure if actual is not None else None
    if actual is None or figure is None or figure.unit is None or figure.unit.kind != "ratio":
        return
    if figure.exact > 1 and has(row.name, _IN["falling"]) and "完成" not in row.name:
        says = (
            f"{row.label}：完成值“{actual.text}”超过 100%，下降、减少到零也只有 100%。"
            "改法：按（上期数 − 本期数）÷ 上期数重新计算；填的若是完成比例，改填实际降幅。"
        )
        yield Found(row.path("actual"), says, at, quoted=actual.text, rests=(row.path("level3"),))


def _out_of_bounds(row: Row, at: int) -> Iterator[Found]:
    actual = row.indicator.actual
    figure = actual.figure if actual is not None else None
    if actual is None or figure is None or figure.unit is None or figure.unit.kind != "ratio":
        return
    if 0 <= figure.exact <= 1 or _GROWING.search(row.name):
        return
    target = row.bound
    misread = target is not None and re.fullmatch(r"2\d\d%?", str(figure)) and str(figure)[1:3] in str(target)
    certain = "%" in tidy(actual.text) and not misread and has(row.name, _CERTAIN)
    says = f"{row.label}：完成值“{actual.text}”不在 0 与 100% 之间。改法：核对原始数据后更正。"
    if misread:
        says += "（可能是“≥”被误识为“2”。）"
    yield Found(row.path("actual"), says, at, Severity.ERROR if certain else Severity.WARNING,
                Origin.LAYOUT if misread else Origin.AUTHOR, quoted=actual.text,
                rests=(row.path("level3"), row.path("target")))  # fmt: skip
