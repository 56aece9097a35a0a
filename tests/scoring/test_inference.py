"""The rule-book behind a table: ties named as ties, one row said to be too little, nothing where the chosen one fits."""

from typing import Any

from jixiao.model.reading import Kind
from jixiao.scoring.inference import Inference, infer
from tests.audit.notation import case_of

MET = [["产出指标", f"巡查{n}", "≥20次", "20次", "10", "10"] for n in range(6)]
FUNDS = {"total": {"annual": "100", "executed": "94"}}


def inferred(*rows: list[str], **more: Any) -> Inference:  # noqa: ANN401 - the notation's keys
    case = case_of({"rows": [*MET, *rows], "scheme": "anhui-huaiyuan", **more})
    assert case.evaluation is not None
    assert case.sheet is not None
    return infer(case.evaluation, case.sheet, case.scheme, Kind.SELFEVAL_TABLE)


def cost(name: str, actual: str, score: str) -> list[str]:
    return ["成本指标", name, "≤100元", actual, "10", score]


def test_a_table_that_follows_its_book_is_not_looked_into() -> None:
    found = inferred(cost("单价", "125元", "8"))
    assert (found.rows, found.better, found.says, found.scored) == ((), (), "", 7)


def test_another_book_that_explains_two_rows_more_is_named() -> None:
    found = inferred(
        ["满意度指标", "住户满意度", "≥95%", "92%", "10", "10"],
        funds=FUNDS,
        execution={"points": "10", "score": "7"},
    )
    assert found.sure
    assert found.says.startswith("自评分更像是按 national-2021、")
    assert "8 行中没有一行与它不符，按选用的 anhui-huaiyuan 有 2 行不符" in found.says


def test_books_that_explain_equally_much_are_ties_and_said_to_be() -> None:
    found = inferred(cost("单价", "125元", "7.5"), cost("总价", "150元", "5"))
    books = [book for fit in found.better for book in fit.books]
    assert len(books) > 1
    assert f"（{len(books)} 份口径在这张表上不能区别）" in found.says


def test_one_row_is_too_little() -> None:
    found = inferred(cost("单价", "125元", "7.5"))
    assert not found.sure
    assert "只有这一行能区别，不足以断定" in found.says


def test_the_row_that_leaves_the_tables_own_rule_is_a_departure() -> None:
    found = inferred(cost("单价", "125元", "7.5"), cost("总价", "150元", "5"), cost("租金", "110元", "3"))
    assert "只有 1 行与它不符" in found.says


def test_a_score_that_no_book_gives_leaves_the_chosen_one_alone() -> None:
    found = inferred(cost("单价", "80元", "8"))
    assert (found.better, found.says) == ((), "")
    assert [way.way.value for way in found.rows[0].ways] == ["as_positive"]


def test_silent_scores_and_points_are_not_counted() -> None:
    assert inferred(cost("单价", "125元", ""), ["成本指标", "总价", "≤9元", "9元", "", "5"]).scored == 6
