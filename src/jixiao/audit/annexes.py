"""What the rules ask of a form in two papers: 基础数据表 (targets and results) beside 评分表 (points, scores, remarks).

Rows of the two are held together by their names alone, so what is found so is for a person to settle.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from jixiao.audit.lexicon import any_of
from jixiao.audit.prose import Sentence
from jixiao.audit.rows import CENT, Row, Sort
from jixiao.audit.rule import Case, Found
from jixiao.audit.verdicts import sound_points
from jixiao.expressions import expression
from jixiao.model.claims import Report
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import sum_of, tidy
from jixiao.model.finding import Severity
from jixiao.model.reading import Kind

_LOSS = expression(r"扣(?:除|减)?\d")
_PLAIN_LOSS = expression(
    r"(?:^|[,，。;；、)）])(?:故|因此|按规定|按标准|按要求|本项|此项|该项|自评|予以|共|合计)*扣(?:除|减)?(\d{1,3}(?:\.\d{1,3})?)分?"
    r"(?=$|[,，。;；、(（)）])"
)
_CRITERION = expression(
    r"每|各扣|否则|最[多高]|得满分|不得分|酌情|扣完|视.{0,6}扣|的[,，]?扣|如.{0,12}扣|再扣|加\d|补回"
)
_CLASS = ("投入", "决策", "过程", "管理", "产出", "效益", "效果", "满意度", "成本")
_NAMED = any_of(_CLASS)
_FIRST_LEVEL = "一级指标"
_LIST = expression(rf"(?:(?:{'|'.join(_CLASS)})(?:指标|类)?(?:[、,，和及与]|以及)?){{3,}}")
_LEAST_NAME, _ENDS = 4, 2
_GOALS = frozenset({"预期目标", "目标实际完成情况"})
_FILLER = "填报单位名称"
_DONE = frozenset({"是", "全部实现"})


def _of_kind(case: Case, kind: Kind) -> Iterator[tuple[int, Evaluation]]:
    """Yield the tables of this kind with their index."""
    return ((at, table) for at, table in case.tables if case.filing.readings[at].kind is kind)


# ---------------------------------------------------------------- deductions told in remarks


def deductions_told(case: Case) -> Iterator[Found]:
    """Yield the rows whose remarks say how much was taken off, and whose score says otherwise."""
    explained = (r for r in case.with_trait("row.explained") if not r.indicator.remarks)
    for row in (*case.with_trait("row.remarked"), *explained):
        i = row.indicator
        told = tidy(f"{i.remarks or ''}") or tidy(i.reason or "")
        if "扣" not in told or i.points is None or i.score_printed is None or i.deduction_printed is not None:
            continue
        m = (
            _PLAIN_LOSS.search(told)
            if len(_LOSS.findall(told)) == 1 and not _CRITERION.search(told)
            else None
        )
        if m is None or not sound_points(row):
            continue
        right = i.points - Decimal(m[1])
        if abs(right - i.score_printed) > CENT and right >= 0:
            says = (
                f"{row.label}：分值 {i.points:f}，说明写“扣{m[1]}分”，应得 {right:f}，得分填的是 {i.score_printed:f}。"
                "改法：核对说明与得分。"
            )
            where = row.path("score_printed")
            rests = (row.path("points"), row.path("remarks" if i.remarks else "reason"))
            severity = None if i.remarks else Severity.WARNING
            yield Found(where, says, row.paper, severity, quoted=f"扣{m[1]}分", printed=f"{i.score_printed:f}",
                        computed=f"{right:f}", rests=rests)  # fmt: skip


def unexplained_scores(case: Case) -> Iterator[Found]:
    """Yield the scoring forms that give full marks and say in no row why."""
    for at, table in _of_kind(case, Kind.SCORING_FORM):
        full = [row for row in case.rows_by_paper[at] if row.full]
        if "评分说明" in table.blanks and len(full) >= _MANY:
            says = f"评分表 {len(full)} 项得满分，“评分说明”一栏全部空白。改法：逐项写明得分的依据。"
            yield Found("blanks", says, at, Severity.WARNING, key="explained")


_MANY = 3


# ---------------------------------------------------------------- scores left blank


def totals_over_blank_scores(case: Case) -> Iterator[Found]:
    """Yield the scoring forms whose total the scores that are filled in don't make up, a few being blank."""
    for at, table in _of_kind(case, Kind.SCORING_FORM):
        total, rows = table.total_printed, [i for i in table.indicators if i.points]
        blank = [i for i in rows if i.score_printed is None]
        if total is None or not blank or _FEW * len(blank) > len(rows) or case.doubts_at("indicators", at):
            continue
        known = sum((i.score_printed for i in table.indicators if i.score_printed is not None), Decimal(0))
        room = sum((i.points for i in blank if i.points), Decimal(0))
        if abs(total - known) > CENT * len(rows) and abs(total - known - room) > CENT * len(rows):
            filled = f"填了得分的 {len(rows) - len(blank)} 行合计 {known:f}"
            says = (
                f"{filled}，另有 {len(blank)} 行没有填得分（分值共 {room:f}），总分填的是 {total:f}，对不上。"
                "改法：补填得分，再按各行之和填总分。"
            )
            yield Found("total_printed", says, at, Severity.WARNING, printed=f"{total:f}", computed=f"{known:f}",
                        interval=(known, known + room), key="blank")  # fmt: skip


_FEW = 4


# ---------------------------------------------------------------- results below targets


def missed_in_base_data(case: Case) -> tuple[Row, ...]:
    """Return the rows of the base-data form whose result stays below the target."""
    forms = {at for at, _ in _of_kind(case, Kind.BASE_DATA_FORM)}
    rows = (row for row in case.with_trait("row.missed") if row.paper in forms and row.sort is not Sort.COST)
    fair = (row for row in rows if not ("row.top" in row.traits and _EXCEEDS.match(row.indicator.demand)))
    return tuple(row for row in fair if row.reach is not None and row.reach < 1)


_EXCEEDS = expression(r"[>＞]\s*\d")  # >100% can't be reached: TV03 speaks of that


def results_left_blank(case: Case) -> Iterator[Found]:
    """Yield the rows of the base-data form that have a target and no result, the others having theirs."""
    for at, table in _of_kind(case, Kind.BASE_DATA_FORM):
        rows = case.rows_by_paper[at]
        blank = [r for r in rows if r.indicator.target is not None and r.indicator.actual is None]
        if blank and _FEW * len(blank) <= len(rows) and table.indicators:
            says = f"{'、'.join(r.label for r in blank)}有预期目标值，实际完成值空白。改法：补填实际完成值。"
            yield Found(blank[0].path("actual"), says, at, key="base-data")


def other_amounts(case: Case) -> Iterator[Found]:
    """Yield the base-data forms whose 评价金额 is none of the sums of their own fund block."""
    for at, table in _of_kind(case, Kind.BASE_DATA_FORM):
        amount, total = table.evaluated_amount, table.funds.total
        known = (
            [f for f in (total.initial, total.annual, total.received, total.executed) if f] if total else []
        )
        if amount is None or len(known) < _ENDS or any(amount.agrees_with(f) for f in known):
            continue
        sums = "、".join(dict.fromkeys(map(str, known)))
        says = f"基础数据表的评价金额 {amount}，资金栏没有这个数（{sums}）。改法：核对评价金额。"
        yield Found("evaluated_amount", says, at, printed=str(amount), rests=("funds.total",), key="amount")


def full_though_missed(case: Case) -> Iterator[Found]:
    """Yield the rows of the scoring form at full marks whose result in the base-data form misses its target."""
    missed = case.once(missed_in_base_data)
    if not missed:
        return
    for at, _ in _of_kind(case, Kind.SCORING_FORM):
        for row in case.rows_by_paper[at]:
            if not row.full or not row.indicator.points or row.indicator.actual is not None:
                continue
            same = [other for other in missed if _same_name(row.plain, other.plain)]
            if len(same) == 1:
                says = (
                    f"{row.label}得满分 {row.indicator.points:f}，基础数据表“{same[0].name}”{_results(same[0])}。"
                    "改法：按完成比例核减得分，或说明理由。"
                )
                yield Found(
                    row.path("score_printed"),
                    says,
                    at,
                    Severity.WARNING,
                    printed=str(row.indicator.score_printed),
                )


def unexplained_misses(case: Case) -> Iterator[Found]:
    """Yield the rows of the base-data form that miss their target and leave 目标偏差原因 empty."""
    rows = [r for r in case.once(missed_in_base_data) if not r.reason.strip()]
    if rows:
        told = "、".join(f"{r.label}{_results(r)}" for r in rows[:3])
        says = f"{told}，没有写目标偏差原因。改法：逐项补写原因和改进措施。"
        yield Found(rows[0].path("reason"), says, rows[0].paper, key="base-data")


def ticked_though_missed(case: Case) -> Iterator[Found]:
    """Yield the base-data forms that tick 如期实现 above a result that stays below its target."""
    missed = case.once(missed_in_base_data)
    for at, table in _of_kind(case, Kind.BASE_DATA_FORM):
        own = [r for r in missed if r.paper == at]
        if own and table.achieved_printed in _DONE:
            says = (
                f"是否如期实现预期目标勾选“{table.achieved_printed}”，{own[0].label}却{_results(own[0])}。"
                "改法：改为部分实现，或更正完成值。"
            )
            yield Found("achieved_printed", says, at, quoted=table.achieved_printed or "", key="ticked")


def _results(row: Row) -> str:
    i = row.indicator
    return f"指标值 {i.demand}，完成 {i.actual.text if i.actual else ''}"


def _same_name(one: str, other: str) -> bool:
    """Tell whether a name is the other or the other shortened: it begins and ends alike, and leaves out only words."""
    short, long = sorted((one, other), key=len)
    if len(short) < _LEAST_NAME or short[:_ENDS] != long[:_ENDS] or short[-_ENDS:] != long[-_ENDS:]:
        return one == other
    rest = iter(long)
    return all(letter in rest for letter in short)


# ---------------------------------------------------------------- questions left open


def blank_goals(case: Case) -> Iterator[Found]:
    """Yield the base-data forms that leave the goal or its result blank."""
    for at, table in _of_kind(case, Kind.BASE_DATA_FORM):
        blank = [name for name in table.blanks if name in _GOALS]
        if blank:
            says = f"基础数据表的{'、'.join(blank)}空白。改法：按批复的目标和实际情况填写。"
            yield Found("goal", says, at, key="base-data")


def blank_management(case: Case) -> Iterator[Found]:
    """Yield the base-data forms that answer nothing of how the project was managed."""
    for at, table in _of_kind(case, Kind.BASE_DATA_FORM):
        blank = [name for name in table.blanks if name not in _GOALS and name != _FILLER]
        if blank:
            says = f"基础数据表的{'、'.join(blank)}没有填写。改法：补填，不涉及的写“不涉及”。"
            yield Found("blanks", says, at, quoted="、".join(blank), key="management")


def adjustments_off(case: Case) -> Iterator[Found]:
    """Yield the sources of a base-data form whose 期初预算数 and 预算调整 don't give the 实际预算数."""
    for at, table in _of_kind(case, Kind.BASE_DATA_FORM):
        more = ((f"funds.more.{n}", line) for n, line in enumerate(table.funds.more))
        for path, line in (("funds.total", table.funds.total), *more):
            if line is None or line.initial is None or line.adjusted is None or line.annual is None:
                continue
            less = replace(line.adjusted, value=-line.adjusted.value)  # a cut printed without its sign
            ways = (sum_of((line.initial, line.adjusted)), sum_of((line.initial, less)))
            if not any(way.agrees_with(line.annual) for way in ways):
                name = line.label or "合计"
                told = f"{name}：期初预算数 {line.initial}，预算调整 {line.adjusted}，应为 {ways[0]}"
                says = f"{told}，实际预算数填的是 {line.annual}。改法：核对三栏。"
                yield Found(f"{path}.annual", says, at, printed=str(line.annual), computed=str(ways[0]),
                            rests=(f"{path}.initial",), key="adjusted")  # fmt: skip


# ---------------------------------------------------------------- the unit


def units_apart(case: Case) -> Iterator[Found]:
    """Yield the forms that name a unit which no other paper of the filing names, as unit or as department."""
    if any(reading.kind is Kind.EVALUATION_REPORT for reading in case.filing.readings):
        return  # that names who evaluates
    for at, table in case.tables:
        kind = case.filing.readings[at].kind
        named = {
            Kind.SCORING_FORM: ("project.unit", table.project.unit),
            Kind.BASE_DATA_FORM: ("filled_by", table.filled_by),
        }
        where, unit = named.get(kind, ("", None))
        others = [
            name
            for n, reading in enumerate(case.filing.readings)
            for name in _units(reading.record, own=n == at)
        ]
        if unit and others and not any(_same_unit(unit, other) for other in others):
            elsewhere = "、".join(dict.fromkeys(others))
            says = (
                f"{_CALLED[kind]}的{_ASKED[where]}是“{unit}”，其他各处是{elsewhere}。改法：按单位全称统一。"
            )
            yield Found(where, says, at, quoted=unit, printed=unit, computed=others[0], key="unit")


_CALLED = {Kind.SCORING_FORM: "评分表", Kind.BASE_DATA_FORM: "基础数据表"}
_ASKED = {"project.unit": "项目单位", "filled_by": "填报单位"}


def _units(record: object, *, own: bool) -> Iterator[str]:
    """Yield the units that a paper names; of the form itself only what stands beside its unit."""
    if isinstance(record, Evaluation | Report):
        base = isinstance(record, Evaluation) and record.filled_by is not None
        named = (record.project.department, None if own and not base else record.project.unit)
        yield from (tidy(name) for name in named if name)


def _same_unit(one: str, other: str) -> bool:
    short, long = sorted((_AREA.sub("", tidy(one)), _AREA.sub("", tidy(other))), key=len)
    return short in long


_AREA = expression(r"[省市县区州镇乡]")


# ---------------------------------------------------------------- the frame


def frames_apart(case: Case) -> Iterator[Found]:
    """Yield the reports that name other first-level classes than the scoring form beside them has."""
    for at, table in _of_kind(case, Kind.SCORING_FORM):
        own = tuple(dict.fromkeys(_core(m.name) for m in table.classes if m.level == 1))
        if len(own) < _LEAST_CLASSES or not set(own) <= set(_CLASS):
            continue
        for said in case.sentences:
            told = _classes_told(said)
            if told and told != frozenset(own):
                apart = f"报告说一级指标是{'、'.join(_listed(said))}，评分表是{'、'.join(own)}"
                says = f"{apart}。改法：统一为一套指标体系。"
                yield Found(
                    said.passage.where, says, said.passage.paper, quoted=said.text[:80], key=f"classes.{at}"
                )
                break


_LEAST_CLASSES = 3


def _core(name: str) -> str:
    m = _NAMED.search(name)
    return m[0] if m is not None and len(name) <= len(m[0]) + 4 else name


def _listed(said: Sentence) -> tuple[str, ...]:
    plain = said.plain
    if _FIRST_LEVEL not in plain or not said.passage.in_report:
        return ()
    found = _LIST.search(plain)
    return tuple(dict.fromkeys(_NAMED.findall(found[0]))) if found is not None else ()


def _classes_told(said: Sentence) -> frozenset[str]:
    return frozenset(_listed(said))
