"""What is said beside the paper's own score."""

from decimal import Decimal

import pytest

from jixiao.model.score import Score
from jixiao.telling.score_words import printed_words


def row(score: str | None, low: str | None, high: str | None, printed: str | None) -> Score:
    values = [None if text is None else Decimal(text) for text in (score, low, high, printed)]
    return Score(Decimal(10), *values, because="" if score else "口径没有规定")


@pytest.mark.parametrize(
    "one, said",
    [
        (row("9.60", "9.57", "9.63", "9.60"), ("自评 9.60", "一致")),
        (row("9.60", "9.57", "9.63", "9.62"), ("自评 9.62", "一致（可取 9.57–9.63）")),
        (row("9.60", "9.57", "9.63", "9"), ("自评 9", "不一致")),
        (row(None, "9.58", "9.59", "9"), ("自评 9", "不一致（可取 9.58–9.59）")),
        (row(None, None, None, "9"), ("自评 9", "")),
        (row("9.60", "9.57", "9.63", None), ("自评未填", "")),
    ],
)
def test_a_score_is_held_against_what_the_rule_allows(one: Score, said: tuple[str, str]) -> None:
    assert printed_words(one) == said
