"""The cheapest honest remedy: one wrong score explains row, sums and grade; what is equally small is said, all of it."""

from collections.abc import Callable
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest

from jixiao import api
from jixiao.audit.remedy.cells import Written, printed_at, rewritten
from jixiao.audit.remedy.change import Remedy
from jixiao.model.reading import Filing, Kind, Reading
from jixiao.model.review import Review
from jixiao.model.statements import Section
from jixiao.schemes import Choice
from tests.audit.notation import case_of

ROWS = [
    ["数量指标", "检测样品", "≥30份", "27份", "10", "9.00", "停电"],
    ["质量指标", "检测合格率", "≥90%", "95%", "20", "20"],
    ["成本指标", "检测费用", "≤8万元", "7.2万元", "20", "18"],
    ["社会效益指标", "食品安全", "成效显著", "达成预期指标", "30", "30"],
    ["满意度指标", "商户满意度", "≥90%", "96%", "10", "10"],
]
TABLE: dict[str, Any] = {
    "funds": {"total": {"annual": "8", "executed": "7.2"}, "fiscal": {"annual": "8", "executed": "7.2"}},
    "execution": {"points": "10", "rate": "90.00%", "score": "9.00"},
    "rows": ROWS,
    "points": "100",
    "total": "96.00",
    "grade": "优",
}


def table(change: Callable[[dict[str, Any]], None] = lambda _: None) -> dict[str, Any]:
    data = deepcopy(TABLE)
    change(data)
    return data


def reviewed(data: dict[str, Any]) -> tuple[Review, Choice]:
    case = case_of({"scheme": "anhui-huaiyuan", **data})
    choice = Choice(case.scheme, "由人指定")
    return api.review(case.filing, choice), choice


def remedy_of(data: dict[str, Any]) -> Remedy | None:
    return api.remedy(*reviewed(data))


def told(found: Remedy | None) -> list[tuple[str, str, str]]:
    assert found is not None
    return [(change.where, change.printed, change.to) for change in found.needed]


def with_row(number: int, score: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - the notation's keys
    data = table()
    data["rows"][number][5] = score
    return {**data, **more}


def test_a_wrong_score_takes_its_total_along() -> None:
    assert told(remedy_of(TABLE)) == [
        ("indicators.2.score_printed", "18", "20.00"),
        ("total_printed", "96.00", "98.00"),
    ]


def test_a_total_that_is_right_is_left_and_the_row_alone_explains_it() -> None:
    found = remedy_of({**TABLE, "total": "98.00"})
    assert told(found) == [("indicators.2.score_printed", "18", "20.00")]


def test_a_grade_follows_where_the_new_total_earns_another() -> None:
    data = with_row(2, "8", total="86.00", grade="良")
    assert told(remedy_of(data))[1:] == [("total_printed", "86.00", "98.00"), ("grade_printed", "良", "优")]


def test_a_total_alone_is_wrong() -> None:
    assert told(remedy_of(with_row(2, "20", total="91.00"))) == [("total_printed", "91.00", "98.00")]


def test_a_total_and_a_judgement_that_explain_it_equally_are_both_said() -> None:
    found = remedy_of(with_row(2, "20", rows=_rows("26"), total="98.00"))
    assert found is not None
    assert found.needed == ()
    assert found.size == 1
    (answers,) = found.choices
    assert [[(c.where, c.to) for c in some] for some in answers] == [
        [("total_printed", "94.00")],
        [("indicators.3.score_printed", "30.00")],
    ]


def test_a_class_that_agrees_with_the_total_settles_the_question() -> None:
    classes = [["社会效益指标", 2, "30", "30"], ["质量指标", 2, "20", "20"]]
    found = remedy_of(with_row(2, "20", rows=_rows("26"), total="98.00", classes=classes))
    assert told(found) == [("indicators.3.score_printed", "26", "30.00")]
    assert found is not None
    assert found.choices == ()


def test_a_wrong_rate_takes_the_score_along_that_was_worked_out_from_it() -> None:
    data = with_row(2, "20", execution={"points": "10", "rate": "80.00%", "score": "8.00"}, total="97.00")
    assert sorted(told(remedy_of(data))) == [
        ("execution.rate_printed", "80.00%", "90.00%"),
        ("execution.score_printed", "8.00", "9.00"),
        ("total_printed", "97.00", "98.00"),
    ]


def test_amounts_that_may_be_wrong_are_all_named() -> None:
    funds = {"total": {"annual": "8.00", "executed": "7.20"}, "fiscal": {"annual": "6.00", "executed": "7.20"},
             "other": {"annual": "1.00", "executed": "0.00"}}  # fmt: skip
    found = remedy_of(with_row(2, "20", funds=funds, total="98.00"))
    assert found is not None
    (answers,) = found.choices
    assert {(some[0].where, some[0].to) for some in answers} == {
        ("funds.fiscal.annual", "7.00万元"),
        ("funds.other.annual", "2.00万元"),
    }


def test_a_total_of_zero_is_summed_up_in_every_column_and_takes_rate_and_scores_along() -> None:
    funds = {"total": {"annual": "0", "executed": "0"}, "fiscal": {"annual": "8.00", "executed": "7.20"}}
    execution = {"points": "10", "rate": "0", "score": "0"}
    found = remedy_of(with_row(2, "20", funds=funds, execution=execution, total="89.00"))
    assert told(found) == [
        ("funds.total.annual", "0万元", "8.00万元"),
        ("funds.total.executed", "0万元", "7.20万元"),
        ("execution.rate_printed", "0", "90.00%"),
        ("execution.score_printed", "0", "9.00"),
        ("total_printed", "89.00", "98.00"),
    ]


def test_nothing_is_proposed_where_nothing_certain_is_wrong() -> None:
    assert remedy_of(with_row(2, "20", total="98.00")) is None


def test_a_filing_without_a_table_has_no_remedy() -> None:
    assert remedy_of({"report": [["存在问题", "无"]]}) is None


def _rows(score: str) -> list[list[str]]:
    rows = deepcopy(ROWS)
    rows[2][5], rows[3][5] = "20", score
    return rows


# ---------------------------------------------------------------- one cell


@pytest.mark.parametrize(
    ("where", "text", "shown"),
    [
        ("indicators.2.score_printed", "20", "20"),
        ("indicators.1.target", "≤90%", "≤90%"),
        ("indicators.1.actual", "91%", "91%"),
        ("execution.rate_printed", "88.10%", "88.10%"),
        ("funds.total.annual", "9万元", "9万元"),
        ("total_printed", "98.00", "98.00"),
        ("grade_printed", "良", "良"),
        ("project.name", "另一个项目", "另一个项目"),
    ],
)
def test_a_rewritten_cell_prints_what_was_written(where: str, text: str, shown: str) -> None:
    record = case_of(TABLE).evaluation
    assert record is not None
    changed = rewritten(record, where, Written(text))
    assert changed is not None
    assert printed_at(changed, where) == shown
    assert rewritten(changed, where, Written(printed_at(record, where))) == record


@pytest.mark.parametrize(
    ("where", "text"),
    [
        ("indicators.9.score_printed", "1"),
        ("indicators.0.nothing", "1"),
        ("indicators.0", "1"),
        ("total_printed", "约九十"),
        ("total_printed", "NaN"),
        ("execution.rate_printed", "很高"),
        ("total_printed.value", "1"),
    ],
)
def test_what_a_cell_cannot_hold_is_refused(where: str, text: str) -> None:
    record = case_of(TABLE).evaluation
    assert record is not None
    assert rewritten(record, where, Written(text)) is None


def test_words_are_replaced_only_where_they_stand_once() -> None:
    record = (Section("一", "概况", 1, "依据青财〔2023〕5号，又依据云财[2022]7号。"),)
    changed = rewritten(record, "0", Written("〔2022〕", "[2022]"))
    assert changed is not None
    assert changed[0].text == "依据青财〔2023〕5号，又依据云财〔2022〕7号。"
    assert rewritten(record, "0.text", Written("根据", "依据")) is None


def test_a_cell_that_is_not_there_prints_nothing() -> None:
    assert printed_at(case_of(TABLE).evaluation, "indicators.9.level3") == ""
    assert printed_at(Decimal(1), "indicators") == ""


def test_a_score_beyond_its_points_is_explained_and_proposed_but_never_written() -> None:
    data = with_row(1, "21.11", total="101.11")
    case = case_of({"scheme": "anhui-huaiyuan", **data})
    filing = (
        Filing((Reading(Kind.SELFEVAL_TABLE, case.evaluation),), case.evaluation, 0)
        if case.evaluation
        else None
    )
    assert filing is not None
    choice = Choice(case.scheme, "由人指定")
    found = [f for f in api.review(filing, choice).findings if f.code == "AR03"]
    assert [(f.fix.replacement, f.fix.safe) for f in found if f.fix] == [("20.00", False)]
    assert "自评分相当于没有以分值封顶：95 ÷ 90 × 20 = 21.11" in found[0].says
    assert ("indicators.1.score_printed", "21.11", "20.00") in told(
        api.remedy(api.review(filing, choice), choice)
    )
