"""What lists and sums need of a paper, in the columns of its filing: money in 分 whatever unit it was printed in."""

from pathlib import Path

import pytest

from jixiao.web.actions import opening
from jixiao.web.actions.revising import columns

PAPER = (Path(__file__).parents[2] / "examples/村道养护自评表.txt").read_text("utf-8")


@pytest.mark.parametrize("unit, annual, executed", [("万元", 60_000_000, 58_200_000), ("元", 6_000, 5_820)])
def test_money_is_kept_in_its_smallest_coin(unit, annual, executed) -> None:
    paper = opening.read("自评表.txt", PAPER.replace("项目资金（万元）", f"项目资金（{unit}）").encode())
    held = columns(paper.review)
    assert (held["budget"], held["executed"], held["rate"]) == (annual, executed, 97_000)


def test_what_the_paper_leaves_open_is_none_and_not_nothing() -> None:
    open_line = PAPER.replace("60.00	60.00	58.20", "60.00	60.00		", 1)
    held = columns(opening.read("自评表.txt", open_line.encode()).review)
    assert (held["budget"], held["executed"], held["rate"]) == (60_000_000, None, None)
