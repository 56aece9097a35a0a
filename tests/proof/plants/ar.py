"""Plantings of AR: sums, rates, scores and counts that don't work out (数字勾稽). The model for the other families."""

from dataclasses import replace
from decimal import Decimal
from random import Random

from jixiao.model.claims import DepartmentReport, ProjectList, Report
from jixiao.model.evaluation import ClassMark, Indicator
from jixiao.model.figure import Figure
from jixiao.model.parsing import parse_figure
from jixiao.model.reading import Kind
from jixiao.model.target import AtLeast
from tests.proof.accusing import case_of
from tests.proof.clean import summed
from tests.proof.planting import (
    Clean,
    Planted,
    PlantedUnit,
    Spot,
    Unit,
    paper_of,
    plants,
    plants_together,
    row_spot,
    said,
    section_of,
    some_row,
    spot,
    text_at,
    with_execution,
    with_record,
    with_row,
    with_sentence,
    with_table,
    with_text,
)
from tests.proof.table import plain

_SUMS = ("AR02", "AR04", "AR10", "AR11", "AR12", "XD")  # what a changed row's points or score also breaks


@plants("AR01", ways=4)
def points_of_one_row(clean: Clean, way: int, rng: Random) -> Planted | None:
    """A row's points are raised or lowered; the scores still add up."""
    by = (Decimal(5), Decimal(-2), Decimal(1), Decimal("0.5"))[way]
    at = some_row(clean, rng, lambda i: i.points and i.points > 4 and i.score_printed)
    if at is None or clean.table.points_printed is None:
        return None
    points = (clean.rows[at].points or Decimal(0)) + by
    score = min(points, clean.rows[at].score_printed or Decimal(0))
    wrong = summed(with_row(clean, at, points=points, score_printed=score))
    return Planted(wrong, (spot(clean, "points_printed"),), follows=(*_SUMS, "AR07", "SC"))


@plants("AR02", ways=3)
def another_class_mark(clean: Clean, way: int, rng: Random) -> Planted | None:
    """A class is said to have more or fewer points than its rows."""
    marks = [n for n, mark in enumerate(clean.table.classes) if mark.points]
    if not marks or any(
        row.points is None for row in clean.rows
    ):  # no points in the rows: nothing says otherwise
        return None
    n, by = rng.choice(marks), (Decimal(5), Decimal(-5), Decimal(1))[way]
    classes = list(clean.table.classes)
    classes[n] = replace(classes[n], points=(classes[n].points or 0) + by)
    return Planted(
        with_table(clean, classes=tuple(classes)), (spot(clean, f"classes.{n}"),), follows=("AR10", "XD")
    )


@plants("AR03", ways=4)
def outside_the_points(clean: Clean, way: int, rng: Random) -> Planted | None:
    """A score above the points or below zero; the execution's score above its points."""
    at = some_row(clean, rng, lambda i: i.points and i.score_printed is not None)
    whole = clean.table.execution.points
    if at is None or (way == 3 and whole is None):
        return None
    if way == 3 and whole is not None:
        wrong = summed(with_execution(clean, score_printed=whole + 2))
        return Planted(wrong, (spot(clean, "execution.score_printed"),), follows=(*_SUMS, "AR03", "AR06"))
    points = clean.rows[at].points or Decimal(0)
    wrong = with_row(clean, at, score_printed=(points + 2, Decimal(-1), points + Decimal("0.5"))[way])
    return Planted(wrong, (row_spot(clean, at),), follows=_SUMS)


@plants("AR04", ways=4)
def another_total(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """The total is another than the sum: by tens, by one, by a slip of the pen, by a hair."""
    total = clean.table.total_printed
    if total is None or total < 50 or total > 99:
        return None
    wrong = total + (Decimal(-10), Decimal(1), Decimal(-9), Decimal("0.6"))[way]
    return Planted(
        with_table(clean, total_printed=wrong),
        (spot(clean, "total_printed"),),
        follows=("AR09", "XD", "AR10"),
    )


@plants("AR05", ways=4)
def another_rate(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """The rate is not spending ÷ budget: ten points more, a figure swapped, a whole hundred, a sentence."""
    rate = clean.table.execution.rate_printed
    if rate is None or not 60 < rate.value < 95:
        return None
    digits, lower = f"{rate.value:f}", rate.value - Decimal("6.7")
    wrong = (f"{rate.value + 4}", f"{digits[1]}{digits[0]}{digits[2:]}", "100", f"{lower}")[way]
    if abs(Decimal(wrong) - rate.value) < 1 or Decimal(wrong) > 100:
        return None
    unit = rate.unit.name if rate.unit else ""
    place = section_of(clean, "资金")
    if way == 3 and place is not None and _stated(clean, place.paper, "executed"):
        told = text_at(clean, place).replace(f"{digits}%", f"{wrong}%")
        return Planted(with_text(clean, place, told), (Spot(place.paper, "claims"),), follows=("XD",))
    return Planted(
        with_execution(clean, rate_printed=parse_figure(wrong + unit)),
        (spot(clean, "execution.rate_printed"),),
        follows=("XD",),
    )


def _stated(clean: Clean, paper: int, what: str) -> bool:
    record = clean.filing.readings[paper].record
    return isinstance(record, Report) and any(claim.what == what for claim in record.claims)


@plants("AR06", ways=4)
def another_execution_score(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """The execution's score is not what the rate gives: full, too low, by a point, by tenths."""
    case, own = case_of(clean), clean.table.execution.score_printed
    score = case.sheet.execution if case.sheet is not None else None
    if score is None or own is None or score.low is None or score.high is None or score.points is None:
        return None
    wrong = (score.points, Decimal(3), own - Decimal("1.3"), own - Decimal("0.4"))[way]
    if score.low - 1 < wrong < score.high + Decimal("0.2") if way == 0 else wrong < 0:
        return None
    return Planted(
        summed(with_execution(clean, score_printed=wrong)), (spot(clean, "execution.score_printed"),)
    )


def _missed(clean: Clean, rng: Random) -> int | None:
    """A numeric row that is missed and lost points for it; satisfaction has bands of its own."""
    return some_row(clean, rng, lambda i: i.level1 != "满意度指标" and _is_missed(i))


def _is_missed(row: Indicator) -> bool:
    return (
        isinstance(row.target, AtLeast)
        and bool(row.points)
        and 0 < (row.score_printed or 0) < (row.points or 0)
    )


@plants("AR07", ways=3)
def another_score(clean: Clean, way: int, rng: Random) -> Planted | None:
    """A missed row's score is not by the formula: too high, too low, half."""
    at, case = _missed(clean, rng), case_of(clean)
    score = case.sheet.indicators[at] if at is not None and case.sheet is not None else None
    if at is None or score is None or score.low is None or score.high is None or score.points is None:
        return None
    wrong = ((score.high + score.points) / 2, score.low - 1, score.points / 2)[way].quantize(Decimal("0.1"))
    if not 0 < wrong < score.points or score.low - Decimal("0.1") <= wrong <= score.high + Decimal("0.1"):
        return None
    done = summed(with_row(clean, at, score_printed=wrong))
    return Planted(done, (row_spot(clean, at),), follows=("AR04",))


@plants("AR08", ways=3)
def another_completion_rate(clean: Clean, way: int, rng: Random) -> Planted | None:
    """The printed completion rate is not result ÷ target."""
    most = 98 if way == 1 else 100
    at = some_row(clean, rng, lambda i: i.completion_printed and i.completion_printed.value <= most)
    if at is None:
        return None
    rate = clean.rows[at].completion_printed
    assert rate is not None
    wrong = (rate.value - 10, Decimal(100), rate.value / 10)[way]
    return Planted(with_row(clean, at, completion_printed=f"{wrong:.2f}%"), (row_spot(clean, at),))


@plants("AR09", ways=3)
def another_grade(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """The grade is not that of the total, or none of the four."""
    words = ("良", "中", "合格")
    if clean.table.grade_printed is not None and clean.table.grade_printed != words[way]:
        return Planted(
            with_table(clean, grade_printed=words[way]), (spot(clean, "grade_printed"),), follows=("XD",)
        )
    place = section_of(clean, "结论", "结果")
    if place is None or "“优”" not in text_at(clean, place):
        return None
    wrong = with_text(clean, place, text_at(clean, place).replace("“优”", f"“{words[way]}”"))
    record = wrong.filing.readings[place.paper].record
    if not isinstance(record, Report) or record.grade_printed is None:
        return None
    return Planted(wrong, (Spot(place.paper, "grade_printed"),), follows=("XD",))


@plants("AR10", ways=3)
def classes_without_their_sum(clean: Clean, way: int, rng: Random) -> Planted | None:
    """A class's score in the report is not what its parts give, nor do the classes give the total."""
    at = paper_of(clean)
    record = clean.filing.readings[at].record if at is not None else None
    place = section_of(clean, "结论", "结果")
    if at is None or place is None or not isinstance(record, Report) or record.total_printed is None:
        return None
    marks = [
        m for m in record.classes if m.level == 1 and m.points and m.score_printed and m.score_printed > 5
    ]
    if not marks or sum(m.points or 0 for m in record.classes if m.level == 1) != 100:
        return None
    mark: ClassMark = rng.choice(marks)
    wrong = (mark.score_printed or 0) - (Decimal(1), Decimal(3), Decimal("0.7"))[way]
    old, new = (f"满分{mark.points}分，得{score}分" for score in (mark.score_printed, wrong))
    text = text_at(clean, place)
    if text.count(old) != 1:
        return None
    spots = (Spot(at, "classes"), Spot(at, "total_printed"))
    return Planted(with_text(clean, place, text.replace(old, new)), spots, follows=("XD", "AR09"))


@plants("AR11", ways=3)
def another_deduction(clean: Clean, way: int, rng: Random) -> Planted | None:
    """Points less deduction is not the score."""
    at = some_row(clean, rng, lambda i: i.deduction_printed is not None and i.points)
    if at is None:
        return None
    own = clean.rows[at].deduction_printed or Decimal(0)
    wrong = own + (Decimal("0.5"), Decimal(1), Decimal("0.2"))[way]
    return Planted(with_row(clean, at, deduction_printed=wrong), (row_spot(clean, at),), follows=("XD",))


_RATES = (
    "从得分率看，{name}满分{points}分，得{score}分，得分率{rate}%。",
    "{name}标准分值{points}分，实际得分{score}分，得分率为{rate}%。",
    "其中{name}分值{points}分，自评得{score}分，得分率达{rate}%。",
)


@plants("AR12", ways=3)
def another_score_rate(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """A sentence states full marks, score and a rate that is not their quotient."""
    place = section_of(clean, "结论", "结果")
    rows = [r for r in clean.rows if r.level1 == "产出指标" and r.points and r.score_printed is not None]
    if place is None or not rows:
        return None
    points, score = (
        plain(sum((getattr(r, f) for r in rows), Decimal(0))) for f in ("points", "score_printed")
    )
    wrong = plain((score * 100 / points - (3, 11, 5)[way]).quantize(Decimal("0.1")))
    sentence = _RATES[way].format(name="产出指标", points=points, score=score, rate=wrong)
    return Planted(with_sentence(clean, place, sentence), (place,), follows=("XD",))


_COUNTS = (
    "项目覆盖东塘村、西屏村、北关村、南坪村5个村。",
    "实施范围包括3个村，分别是东塘村、西屏村、北关村、石门村。",
    "东塘村、西屏村、东塘村3个村参与了实施。",
    "本次核查了4个单位，分别是综合站、农服站、文化站、水管站、林业站。",
)


@plants("AR13", ways=4)
def a_count_that_differs(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """A sentence lists more or fewer things than it counts, or one twice."""
    place = section_of(clean, "管理", "实施", "开展")
    return said(clean, place, _COUNTS[way])


_BILLS = (
    "另有配套资金到位41.02万元，实际支出39.74万元，结余2.28万元。",
    "其中设备一项安排预算20万元，实际支付15.5万元，剩余5.4万元。",
    "聘用人员6人，每人每月补助500元，全年12个月，共计4.6万元。",
    "设4支巡查队，每支队每年8万元，合计34万元。",
)


@plants("AR14", ways=4)
def a_bill_that_is_wrong(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """A sentence of the report adds, subtracts or multiplies wrongly."""
    place = section_of(clean, "资金", "支出") or section_of(clean)
    return said(clean, place, _BILLS[way], ("XD",))


_LONG = (
    "其中材料费12.384625万元，人工费8.25万元。",
    "分项看，第一标段结算6.20147万元，第二标段结算3.4万元。",
    "质保金为0.918375万元，尾款为1.5万元。",
)


@plants("AR15", ways=3)
def decimals_of_all_lengths(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """Amounts with many decimals beside amounts with one."""
    place = section_of(clean, "资金", "支出")
    if place is None:
        return None
    return Planted(with_sentence(clean, place, _LONG[way]), (Spot(place.paper, "sections"),), follows=("XD",))


_SHARES = (
    "支出中，材料占50%，人工占20%，机械占20%。",
    "从构成看，设备费占45%、安装费占25%、调试费占10%。",
    "三个片区分别占40%、占45%、占35%。",
)


@plants("AR16", ways=3)
def shares_without_a_whole(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """Shares that make less or more than the whole."""
    place = section_of(clean, "资金", "支出")
    return said(clean, place, _SHARES[way])


@plants_together("AR17", ways=4)
def another_line_of_the_list(unit: Unit, way: int, rng: Random) -> PlantedUnit | None:
    """The list's score or money, or the department's budget, is not that of the papers."""
    at = next((k for k, clean in enumerate(unit) if paper_of(clean, Kind.PROJECT_LIST) is not None), None)
    if at is None:
        return None
    clean = unit[at]
    paper = paper_of(clean, Kind.PROJECT_LIST) if way < 3 else paper_of(clean, Kind.DEPARTMENT_REPORT)
    record = clean.filing.readings[paper].record if paper is not None else None
    if paper is None or record is None:
        return None
    wrong, where = (
        _other_line(record, way, rng) if isinstance(record, ProjectList) else _other_budget(record)
    ) or (None, "")
    if wrong is None:
        return None
    units = (*unit[:at], with_record(clean, paper, wrong), *unit[at + 1 :])
    return PlantedUnit(units, ((at, Spot(paper, where)),), follows=("AR17",))


def _other_line(record: ProjectList, way: int, rng: Random) -> tuple[ProjectList, str] | None:
    n = rng.randrange(len(record.projects))
    line = record.projects[n]
    if line.score_printed is None or line.budget is None or line.executed is None:
        return None
    edits: tuple[dict[str, Decimal | Figure], ...] = (
        {"score_printed": line.score_printed - 3}, {"budget": _more(line.budget)}, {"executed": _more(line.executed)},
    )  # fmt: skip
    lines = (*record.projects[:n], replace(line, **edits[way]), *record.projects[n + 1 :])
    return replace(record, projects=lines), f"projects.{n}"


def _more(figure: Figure) -> Figure:
    return Figure(figure.value + figure.value // 10 + 1, figure.half, figure.unit)


def _other_budget(record: object) -> tuple[DepartmentReport, str] | None:
    if not isinstance(record, DepartmentReport) or record.budget is None:
        return None
    return replace(record, budget=_more(record.budget)), "budget"
