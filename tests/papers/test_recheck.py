"""The re-check table (复核表): its own results and scores, and the self-evaluation's scores beside them."""

from decimal import Decimal

import pytest

from jixiao.model.evaluation import Evaluation
from jixiao.model.reading import Kind, Reading
from jixiao.model.record import from_json, to_json
from tests.layouts.small import readings_of

HEADING = "一级指标\t二级指标\t三级指标\t指标性质\t指标值\t计量单位\t权重\t自评完成值\t自评得分\t复核完成值\t复核得分\t复核指标偏差\t备注"
ROWS = (
    "产出指标\t数量指标\t渠道清淤长度\t≥\t10\t公里\t40\t10\t40\t7\t28\t-30%\t第三段尚未清理",
    "\t质量指标\t验收合格率\t=\t100\t%\t20\t100\t20\t100\t20\t0\t",
    "效益指标\t社会效益指标\t灌溉条件改善\t定性\t明显\t\t20\t明显\t20\t较好\t16\t\t没有佐证材料",
    "满意度指标\t服务对象满意度指标\t受益群众满意度\t≥\t95\t%\t10\t97\t10\t92\t9\t\t",
)
TOTAL = "合计\t\t\t\t\t\t100\t\t100\t\t82.5\t\t"
EXECUTION = "预算执行\t预算执行\t预算执行\t\t100\t%\t10\t100\t10\t95\t9.5\t\t"


def recheck(
    separator: str = "\t",
    *,
    title: str = "项目支出绩效自评复核表",
    heading: str = HEADING,
    rows: tuple[str, ...] = ROWS,
) -> tuple[Evaluation, Reading]:
    head = (title, "（2023年度）", "项目名称\t机井与渠道维修\t\t\t实施单位\t青禾县水利局")
    text = "\n".join(line for line in (*head, heading, *rows, TOTAL) if line)
    (reading,) = readings_of(text.replace("\t", separator))
    assert isinstance(reading.record, Evaluation)
    return reading.record, reading


def said(*numbers: Decimal | None) -> str:
    return " ".join("-" if number is None else f"{number:f}" for number in numbers)


def scores(record: Evaluation) -> list[str]:
    return [said(row.score_printed, row.self_score_printed) for row in record.indicators]


@pytest.mark.parametrize("separator", ["\t", "|", "\n", " "], ids=["tabs", "pipes", "lines", "rows"])
def test_the_rechecks_own_scores_count_and_the_self_scores_are_kept(separator: str) -> None:
    record, reading = recheck(separator)
    assert reading.kind is Kind.RECHECK_TABLE
    assert scores(record) == ["28 40", "20 20", "16 20", "9 10"]
    assert said(record.points_printed, record.total_printed, record.self_total_printed) == "100 82.5 100"
    assert [row.actual.text for row in record.indicators if row.actual] == ["7", "100", "较好", "92"]


def test_a_recheck_comes_back_from_json_as_it_was_read() -> None:
    record, reading = recheck()
    assert from_json(to_json(reading)).record == record


def test_places_follow_the_columns_that_were_taken() -> None:
    _, reading = recheck()
    own, again = (reading.places[f"indicators.0.{name}"] for name in ("self_score_printed", "score_printed"))
    assert own != again
    assert reading.places["indicators.0.actual"] not in (own, again)


def test_without_a_title_the_two_columns_tell_a_recheck() -> None:
    assert recheck(title="")[1].kind is Kind.RECHECK_TABLE


def test_a_self_evaluation_with_a_column_for_the_reviewer_stays_one() -> None:
    record, reading = recheck(title="项目支出绩效自评表")
    assert reading.kind is Kind.SELFEVAL_TABLE
    assert scores(record) == ["40 -", "20 -", "20 -", "10 -"]
    assert record.total_printed == 100


def test_a_recheck_that_prints_one_score_has_no_self_score() -> None:
    heading = "一级指标\t二级指标\t三级指标\t指标值\t权重\t复核完成值\t复核得分"
    rows = (
        "产出指标\t数量指标\t渠道清淤长度\t10公里\t40\t7公里\t28",
        "\t质量指标\t验收合格率\t100%\t20\t100%\t20",
    )
    record, reading = recheck(heading=heading, rows=rows)
    assert reading.kind is Kind.RECHECK_TABLE
    assert scores(record) == ["28 -", "20 -"]


def test_the_row_of_budget_execution_is_no_indicator() -> None:
    record, _ = recheck(rows=(*ROWS, EXECUTION))
    assert len(record.indicators) == 4
    assert (record.execution.points, record.execution.score_printed) == (Decimal(10), Decimal("9.5"))
