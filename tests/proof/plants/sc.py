"""Plantings of SC: scores that the rule-book doesn't give, and deductions beside what the text says (计分)."""

from dataclasses import replace
from decimal import Decimal
from random import Random

from jixiao.model.evaluation import Indicator
from jixiao.model.figure import half_up
from jixiao.model.reading import Kind
from jixiao.model.target import AtLeast, AtMost
from tests.proof.accusing import case_of
from tests.proof.clean import settled, spending, summed
from tests.proof.planting import (
    Clean,
    Planted,
    edited,
    plants,
    row_spot,
    section_of,
    some_row,
    spot,
    with_row,
    with_rows,
    with_section,
    with_sentence,
)
from tests.proof.planting import Spot as _Spot
from tests.proof.table import plain

_TEXTS = ("AV", "DV", "IS", "TV", "XD", "NA")  # families that look at the words of an edited row


def _positive(row: Indicator) -> bool:
    return (
        bool(row.points)
        and isinstance(row.target, AtLeast)
        and row.actual is not None
        and row.actual.figure is not None
    )


def _is_full(row: Indicator) -> bool:
    return row.score_printed == row.points


def _amount(row: Indicator, share: Decimal) -> str:
    """A result of a share of the target, printed as the row's own."""
    bound = row.target.bound if isinstance(row.target, AtLeast | AtMost) else None
    assert bound is not None
    assert row.actual is not None
    digits = f"{plain(half_up(bound.value * share, 1 if bound.value < 100 else 0)):f}"
    tail = row.actual.text.lstrip("0123456789.")
    return digits + tail


@plants("SC01", ways=3)
def full_though_missed(clean: Clean, way: int, rng: Random) -> Planted | None:
    """A missed row earns all: a near miss, a far one, and without a reason."""
    satisfied = "满意度"
    at = some_row(
        clean,
        rng,
        lambda i: (
            _positive(i) and _is_full(i) and satisfied not in (i.level3 or "") and i.target.bound.value > 9
        ),
    )
    if at is None:
        return None
    share = (Decimal("0.9"), Decimal("0.6"), Decimal("0.8"))[way]
    done = with_row(clean, at, actual=_amount(clean.rows[at], share), reason=None, completion_printed=None)
    if not _refuted(done, at):
        return None
    return Planted(summed(done), (row_spot(clean, at),), follows=("AR04", *_TEXTS))


def _refuted(clean: Clean, at: int) -> bool:
    """Whether the rule-book itself gives another score than the one printed."""
    case = case_of(clean)
    score = case.sheet.indicators[at] if case.sheet is not None else None
    printed = clean.rows[at].score_printed
    if score is None or score.low is None or score.high is None or printed is None:
        return False
    return not score.low - Decimal("0.06") <= printed <= score.high + Decimal("0.06")


@plants("SC02", ways=3)
def deducted_though_met(clean: Clean, way: int, rng: Random) -> Planted | None:
    """A met row loses points without a word: a tenth, a third, one point."""
    at = some_row(clean, rng, lambda i: _positive(i) and _is_full(i) and i.points > 3)
    if at is None:
        return None
    points = clean.rows[at].points or Decimal(0)
    wrong = (plain(half_up(points * 9 / 10, 1)), plain(half_up(points * 7 / 10, 1)), points - 1)[way]
    done = with_row(clean, at, score_printed=wrong, reason=None)
    return (
        Planted(summed(done), (row_spot(clean, at),), follows=("AR04", *_TEXTS))
        if _refuted(done, at)
        else None
    )


_TIERS = (("达成预期指标", "0.5"), ("部分达成预期指标并具有一定效果", "1"), ("100%-80%(含)", "0.6"))


@plants("SC03", ways=3)
def outside_its_tier(clean: Clean, way: int, rng: Random) -> Planted | None:
    """A row of words whose score leaves the tier that it names; a number's row scored by a tier."""
    at = some_row(clean, rng, lambda i: i.points and i.level1 == "效益指标" and i.sign in {None, "≥"})
    if at is None:
        return None
    said, share = _TIERS[way]
    row = clean.rows[at]
    words = (
        {}
        if way == 2
        else {"target": "沿用率明显提高", "sign": None if row.sign is None else "定性", "unit": None}
    )
    score = plain(half_up((row.points or Decimal(0)) * Decimal(share), 1))
    done = with_row(
        clean, at, **words, actual=said, score_printed=score, completion_printed=None, reason="按档次计分"
    )
    if way != 2 and not _refuted(done, at):
        return None
    return Planted(summed(done), (row_spot(clean, at),), follows=("AR04", *_TEXTS))


@plants("SC04", ways=3)
def a_saving_punished(clean: Clean, way: int, rng: Random) -> Planted | None:
    """A reverse indicator that stayed below its cap is scored as result ÷ cap."""
    at = some_row(clean, rng, lambda i: i.points and isinstance(i.target, AtMost) and _is_full(i))
    if at is None:
        return None
    share = (Decimal("0.88"), Decimal("0.7"), Decimal("0.5"))[way]
    row = edited(clean.rows[at], actual=_amount(clean.rows[at], share), reason=None)
    assert isinstance(row.target, AtMost)
    assert row.actual is not None
    if row.actual.figure is None or not row.target.bound.value or not row.actual.figure.value:
        return None
    wrong = half_up((row.points or Decimal(0)) * row.actual.figure.value / row.target.bound.value, 2)
    done = with_rows(clean, *clean.rows[:at], replace(row, score_printed=plain(wrong)), *clean.rows[at + 1 :])
    if wrong >= (row.points or 0) or not _refuted(done, at):
        return None
    return Planted(summed(done), (row_spot(clean, at),), follows=("AR04", *_TEXTS))


@plants("SC05", ways=3)
def far_above_the_target(clean: Clean, way: int, rng: Random) -> Planted | None:
    """A result of twice the target and more, full marks, no reason."""
    at = some_row(clean, rng, lambda i: _positive(i) and i.level2 == "数量指标")
    if at is None:
        return None
    by = (Decimal("2.1"), Decimal("3.5"), Decimal(8))[way]
    done = settled(with_row(clean, at, actual=_amount(clean.rows[at], by), reason=None))
    return Planted(done, (row_spot(done, at),), follows=_TEXTS) if _is_full(done.rows[at]) else None


@plants("SC06", ways=3)
def one_share_for_all(clean: Clean, way: int, rng: Random) -> Planted | None:
    """Three rows and more earn the same share of their points."""
    share = (Decimal("0.9"), Decimal("0.8"), Decimal("0.95"))[way]
    some = [n for n, row in enumerate(clean.rows) if row.points and row.points >= 2]
    if len(some) < 4:
        return None
    chosen, done = rng.sample(some, rng.choice((3, 4))), clean
    for at in chosen:
        done = with_row(done, at, score_printed=(clean.rows[at].points or 0) * share)
    return Planted(summed(done), tuple(row_spot(clean, at) for at in chosen), follows=("AR", "SC", *_TEXTS))


@plants("SC07", ways=3)
def results_without_money(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """All done with a part of the money."""
    done = spending(clean, (Decimal("0.75"), Decimal("0.6"), Decimal("0.4"))[way])
    if done is None or done.table.execution.points is None:
        return None
    old, new = clean.table.execution.score_printed, done.table.execution.score_printed
    if old is None or new is None or old < Decimal("9.8") or new > 8:
        return None
    return Planted(done, (spot(clean, "execution"),), follows=("FD", "XD"))


@plants("SC08", ways=3)
def a_high_total_on_nothing(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """Less than a third of the money spent, and a total above ninety."""
    done = spending(clean, (Decimal("0.12"), Decimal("0.25"), Decimal(0))[way])
    if done is None or (done.table.total_printed or 0) < 90:
        return None
    return Planted(done, (spot(clean, "total_printed"),), follows=("FD", "SC", "XD", "AR06"))


_MARKS = (
    "评价结果分数达到95分及以上方为合格。",
    "按本单位规定，自评得分85分以上为合格。",
    "合格线为70分，低于70分的为不合格。",
)


@plants("SC09", ways=3)
def a_mark_of_its_own(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """The report sets its own pass mark."""
    place = section_of(clean, "结论", "结果", "开展")
    if place is None:
        return None
    spots = (_Spot(place.paper, "claims"), _Spot(place.paper, "pass_mark_printed"))
    return Planted(with_sentence(clean, place, _MARKS[way]), spots, follows=("XD", "AR"))


_TWICE = (
    "施工合同签订较晚，影响年度任务推进。",
    "{noun}所需材料招标流标一次，重新组织采购用时较长。",
    "承办单位人员更换，{noun}相关工作交接用时较长。",
)


@plants("SC10", ways=3)
def one_fact_twice(clean: Clean, way: int, rng: Random) -> Planted | None:
    """Two rows lose points for the same reason."""
    if not any(row.reason is not None for row in clean.rows):
        return None
    some = [
        n
        for n, row in enumerate(clean.rows)
        if row.points and row.points > 2 and row.level2 in {"数量指标", "时效指标"}
    ]
    if len(some) < 2:
        return None
    done, reason = clean, _TWICE[way].format(noun=clean.topic.noun)
    a, b = rng.sample(some, 2)
    for at, off in ((a, Decimal("0.6")), (b, Decimal("1.1"))):
        done = with_row(done, at, score_printed=(clean.rows[at].points or 0) - off, reason=reason)
    return Planted(summed(done), (row_spot(clean, a), row_spot(clean, b)), follows=("AR", "SC", *_TEXTS))


@plants("SC11", ways=2)
def a_row_without_score(clean: Clean, way: int, rng: Random) -> Planted | None:
    """A row's score is left blank; the total counts it, or doesn't."""
    at = some_row(clean, rng, lambda i: i.points and i.score_printed is not None and i.actual)
    if at is None:
        return None
    done = with_row(clean, at, score_printed=None)
    return Planted(summed(done) if way else done, (row_spot(clean, at),), follows=("AR", "XD"))


_BY_MONEY = ("项目支出完成率96.79%", "以资金支付率98.2%计算完成情况", "按实际支出35.2万元占预算的比例计算")


@plants("SC12", ways=3)
def measured_by_money(clean: Clean, way: int, rng: Random) -> Planted | None:
    """The output is measured by what was spent."""
    if clean.filing.readings[clean.filing.main or 0].kind is Kind.SCORING_FORM:
        at = some_row(clean, rng, lambda i: i.level3 == "实际完成率")
        return (
            None
            if at is None
            else Planted(
                with_row(clean, at, remarks=_BY_MONEY[way]), (row_spot(clean, at),), follows=("FD08", "XD")
            )
        )
    at = some_row(clean, rng, lambda i: i.level2 == "数量指标")
    if at is None or clean.table.form == "F-BJ16":
        return None
    wrong = with_row(clean, at, level3="任务完成率", reason=_BY_MONEY[way])
    return Planted(wrong, (row_spot(clean, at),), follows=("FD", "XD", *_TEXTS))


@plants("SC13", ways=3)
def a_row_that_does_not_apply(clean: Clean, way: int, rng: Random) -> Planted | None:
    """A row that doesn't apply has full marks, or was dropped and the rest scaled."""
    at = some_row(clean, rng, lambda i: i.points and i.level1 == "效益指标" and i.level3)
    if at is None:
        return None
    said = ("不涉及", "不适用", "本年度未涉及")[way]
    done = with_row(
        clean,
        at,
        actual=said,
        score_printed=clean.rows[at].points,
        reason=None,
        remarks=None,
        completion_printed=None,
    )
    return Planted(summed(done), (row_spot(clean, at),), follows=("AR", *_TEXTS))


_STATED = ("资料不完整，扣30%。", "未按计划推进，扣除分值的50%。", "核查发现记录缺失，扣减40个百分点。")


@plants("SC14", ways=3)
def another_deduction_than_told(clean: Clean, way: int, rng: Random) -> Planted | None:
    """A reason names a share that is far from what was taken off."""
    at = some_row(
        clean,
        rng,
        lambda i: i.points and i.score_printed is not None and i.points > i.score_printed > i.points * 9 / 10,
    )
    return (
        None
        if at is None
        else Planted(with_row(clean, at, reason=_STATED[way]), (row_spot(clean, at),), follows=_TEXTS)
    )


@plants("SC15", ways=3)
def full_without_words(clean: Clean, way: int, rng: Random) -> Planted | None:
    """A row of words has full marks for a tier's bare name."""
    at = some_row(
        clean, rng, lambda i: i.points and i.level1 == "效益指标" and i.sign in {None, "≥"} and not i.remarks
    )
    if at is None:
        return None
    row = clean.rows[at]
    sign = None if row.sign is None else "定性"
    done = with_row(
        clean, at, target=f"{row.level3}明显提高", sign=sign, unit=None, actual=("达成预期指标", "已完成", "达到预期目标")[way],
        score_printed=row.points, reason=None, completion_printed=None,
    )  # fmt: skip
    return Planted(summed(done), (row_spot(clean, at),), follows=("SC03", "AR", *_TEXTS))


_ADMITTED = (
    ("时效指标", "存在任务推进缓慢、进度滞后的问题"),
    ("质量指标", "部分单项验收发现质量不高，存在返工问题"),
    ("满意度指标", "服务对象满意度不高，全年收到投诉11件"),
)


@plants("SC16", ways=3)
def a_problem_that_costs_nothing(clean: Clean, way: int, _rng: Random) -> Planted | None:
    """The report admits what the row with full marks denies."""
    level, sentence = _ADMITTED[way]
    place = section_of(clean, "问题")
    rows = [row for row in clean.rows if level in {row.level1, row.level2}]
    lost = any(
        row.score_printed != row.points
        for row in clean.rows
        if row.level2 in {"时效指标", "质量指标"} or row.level1 == "满意度指标"
    )
    if place is None or not rows or lost or clean.table.form == "F-HB":
        return None
    record = clean.filing.readings[place.paper].record
    sections = getattr(record, "sections", ())
    n = int(place.where.split(".")[1]) + 1
    if n >= len(sections) or sections[n].level < 2:
        return None
    there = _Spot(place.paper, f"sections.{n}")
    return Planted(
        with_section(clean, there, replace(sections[n], title=sentence, text=f"{sentence}。")),
        (there, place),
        follows=("XD",),
    )
