"""Re-checks beside self-evaluations: each row's values, scores and gap; who agrees with whom."""

from dataclasses import replace
from decimal import Decimal

from jixiao import api
from jixiao.model.evaluation import Evaluation, Execution, Indicator, Particular, Project
from jixiao.model.parsing import parse_actual, parse_target
from jixiao.model.reading import Kind, Reading
from jixiao.rollup.agreement import agreement_by_rule, drifts
from jixiao.rollup.rechecks import Compared, judgements, marks

PIDU = "chengdu-pidu-recheck"
PROJECT = Project("机井与渠道维修", department="青禾县水利局", unit="青禾县水利局")


def row(name: str, actual: str, score: str, reason: str | None = None, level1: str = "产出指标") -> Indicator:
    return Indicator(
        level1, "数量指标", name, target=parse_target("≥10"), actual=parse_actual(actual), points=Decimal(45),
        score_printed=Decimal(score), reason=reason,
    )  # fmt: skip


OWN = Evaluation(
    PROJECT, 2023, execution=Execution(Decimal(10), score_printed=Decimal(10)),
    indicators=(row("渠道清淤长度", "10", "45"), row("机井维修数量", "12", "45")), total_printed=Decimal(100),
    form="F-10",
)  # fmt: skip


def again(by: str, *rows: Indicator, total: str | None = None) -> Evaluation:
    return Evaluation(
        PROJECT, 2023, execution=Execution(Decimal(10), score_printed=Decimal("9.5")), indicators=rows,
        total_printed=Decimal(total) if total else None, particulars=(Particular("复核人", by),), form="F-RECHECK",
    )  # fmt: skip


def compared(*records: Evaluation) -> tuple[Compared, ...]:
    papers = [
        Reading(Kind.RECHECK_TABLE if one.form == "F-RECHECK" else Kind.SELFEVAL_TABLE, one, file=f"{n}.xlsx")
        for n, one in enumerate(records)
    ]
    return api.rechecks(api.file_together(papers), PIDU)[0]


SHORT = row("渠道清淤长度", "7", "31.5", "第三段尚未清理，扣30%")


def test_each_row_has_both_values_both_scores_and_how_far_apart_they_are() -> None:
    (one,) = compared(OWN, again("甲", row("机井维修数量", "12", "45"), SHORT, total="86"))
    assert [line.where for line in one.lines] == ["execution", "indicators.0", "indicators.1"]
    rate, same, short = one.lines
    assert (rate.own, rate.score, rate.gap) == (Decimal(10), Decimal("9.5"), Decimal("-0.5"))
    assert same.gap == 0
    assert (short.own_value, short.value, short.gap) == ("10", "7", Decimal("-13.5"))
    assert short.reason == "第三段尚未清理，扣30%"
    assert (one.own_total, one.total, one.gap) == (100, 86, -14)
    assert (one.own_grade, one.grade, one.reviewer, one.own_file) == ("优", "良", "甲", "0.xlsx")


def test_a_total_that_is_not_printed_is_the_sum_of_its_rows() -> None:
    (one,) = compared(OWN, again("甲", row("机井维修数量", "12", "45"), SHORT))
    assert one.total == Decimal("86.0")
    (silent,) = compared(
        OWN, again("甲", row("机井维修数量", "12", "45"), replace(SHORT, score_printed=None))
    )
    assert (silent.total, silent.gap, silent.grade) == (None, None, None)


def test_a_row_that_was_left_out_is_named() -> None:
    (one,) = compared(OWN, again("甲", SHORT, total="86"))
    assert one.missing == ("机井维修数量",)


def test_scores_that_the_recheck_restates_otherwise_are_told() -> None:
    (one,) = compared(OWN, again("甲", replace(SHORT, self_score_printed=Decimal(40)), total="86"))
    assert (one.lines[1].own, one.lines[1].restated) == (Decimal(45), Decimal(40))


def test_without_the_units_table_the_restated_scores_count() -> None:
    restated = replace(SHORT, self_score_printed=Decimal(45), self_actual=parse_actual("10"))
    (one,) = compared(again("甲", restated))
    assert (one.lines[1].own, one.lines[1].own_value, one.own_file) == (Decimal(45), "10", None)
    assert one.lines[0].own is None


def test_rows_of_one_name_are_told_apart_by_their_class() -> None:
    twice = replace(
        OWN, indicators=(row("受益户数", "9", "40"), row("受益户数", "8", "30", level1="效益指标"))
    )
    (one,) = compared(
        twice, again("甲", row("受益户数", "8", "30", level1="效益指标"), row("受益户数", "9", "40"))
    )
    assert [line.own_value for line in one.lines[1:]] == ["8", "9"]


def test_two_reviewers_of_one_project_are_compared_row_by_row() -> None:
    mild, strict = row("机井维修数量", "12", "45"), row("机井维修数量", "12", "0", "无佐证资料")
    found = compared(OWN, again("甲", SHORT, mild, total="86"), again("乙", SHORT, strict, total="41"))
    alike = {one.rule: one for one in agreement_by_rule(judgements(found))}
    assert set(alike) == {"评分", "1"}
    assert (alike["评分"].judged, alike["评分"].alike) == (3, 2)
    assert (alike["1"].judged, alike["1"].alike) == (3, 2)
    first, second = drifts(marks(found))
    assert (first.reviewer, second.reviewer) == ("甲", "乙")
    assert first.beside == -(second.beside or 0) != 0


def test_standards_that_a_row_does_not_keep_stand_with_the_recheck() -> None:
    (one,) = compared(OWN, again("甲", replace(SHORT, reason="无佐证资料"), total="86"))
    assert one.lines[1].standards == (1,)
    assert {(breach.number, breach.where) for breach in one.breaches} >= {(1, "indicators.0")}
