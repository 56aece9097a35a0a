"""Every rule-book gives what the worked examples out of its text say."""

from decimal import Decimal

import pytest

from jixiao.model.evaluation import Evaluation
from jixiao.model.score import Score
from jixiao.schemes import list_schemes, load_scheme
from jixiao.scoring.sheet import score
from tests.schemes.rulebook_examples import KEYS, Example, all_examples, evaluation_of, examples


def agrees(example: Example, found: Score) -> None:
    data, why = example.data, example.data["why"]
    if data.get("undecided"):
        assert found.score is None, f"{why}：算出 {found.score}"
        assert found.because, f"{why}：没有说明为什么无法判定"
    else:
        assert found.score == Decimal(data["score"]), f"{why}：算出 {found.score}（{found.because}）"
        assert found.steps, f"{why}：没有步骤"
    for end in ("low", "high"):
        if end in data:
            assert getattr(found, end) == Decimal(data[end]), f"{why}：{end} 为 {getattr(found, end)}"
    assert found.source.document, f"{why}：没有出处"


@pytest.mark.parametrize("example", examples("row"), ids=str)
def test_a_row_earns_what_its_example_says(example: Example) -> None:
    sheet = score(evaluation_of(example.data, [example.data]), load_scheme(example.scheme))
    agrees(example, sheet.indicators[0])


@pytest.mark.parametrize("example", examples("execution"), ids=str)
def test_budget_execution_earns_what_its_example_says(example: Example) -> None:
    sheet = score(evaluation_of(example.data, []), load_scheme(example.scheme))
    agrees(example, sheet.execution)


@pytest.mark.parametrize("example", examples("paper"), ids=str)
def test_a_paper_adds_up_to_what_its_example_says(example: Example) -> None:
    data = example.data
    sheet = score(evaluation_of(data, data["rows"]), load_scheme(example.scheme))
    wanted = None if data.get("undecided") else Decimal(data["total"])
    because = [row.because for row in sheet.undecided]
    assert sheet.total.score == wanted, f"{data['why']}：{[row.score for row in sheet.indicators]} {because}"
    assert sheet.grade.word == data.get("grade"), data["why"]


@pytest.mark.parametrize("example", examples("grade"), ids=str)
def test_a_total_earns_the_grade_that_its_example_says(example: Example) -> None:
    grades = load_scheme(example.scheme).grades
    total = Decimal(example.data["total"])
    assert next(band.word for band in grades if total >= band.low) == example.data["word"]


def test_every_rule_book_has_examples_and_every_example_a_rule_book() -> None:
    assert {example.scheme for example in all_examples()} == set(list_schemes())


def test_every_example_says_why_and_uses_known_keys_only() -> None:
    faults = [
        f"{example}: {sorted(set(example.data) - set(KEYS.get(example.kind, ())))}"
        for example in all_examples()
        if example.kind not in KEYS
        or set(example.data) - set(KEYS[example.kind])
        or not str(example.data.get("why", "")).strip()
    ]
    assert not faults, "\n".join(faults)


def test_an_example_without_its_right_score_would_fail() -> None:
    wrong = Example("national-2020", "row", 0, {"why": "算错的", "score": "9.99"})
    row = {"target": "≥100次", "actual": "80次", "points": "10"}
    found = score(evaluation_of({}, [row]), load_scheme("national-2020")).indicators[0]
    with pytest.raises(AssertionError, match=r"算出 8\.00"):
        agrees(wrong, found)


def test_an_empty_evaluation_goes_through_every_rule_book() -> None:
    for scheme_id in list_schemes():
        assert score(Evaluation(), load_scheme(scheme_id)).scheme == scheme_id
