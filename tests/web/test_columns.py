"""What lists and sums need of a paper, in the columns of its filing: money in 分 whatever unit it was printed in."""

from pathlib import Path

import pytest

from jixiao import api
from jixiao.model.review import Review
from jixiao.web.actions.revising import columns

PAPER = (Path(__file__).parents[2] / "examples/村道养护自评表.txt").read_text("utf-8")


@pytest.mark.parametrize("unit, annual, executed", [("万元", 60_000_000, 58_200_000), ("元", 6_000, 5_820)])
def test_money_is_kept_in_its_smallest_coin(unit, annual, executed) -> None:
    held = columns(review_of(PAPER.replace("项目资金（万元）", f"项目资金（{unit}）")))
    assert (held["budget"], held["executed"], held["rate"]) == (annual, executed, 97_000)


def test_what_the_paper_leaves_open_is_none_and_not_nothing() -> None:
    open_line = PAPER.replace("60.00	60.00	58.20", "60.00	60.00		", 1)
    held = columns(review_of(open_line))
    assert (held["budget"], held["executed"], held["rate"]) == (60_000_000, None, None)


def review_of(paper: str) -> Review:
    filing, *_ = api.file_together(api.read_papers(paper.encode(), name="自评表.txt"))
    return api.review(filing, api.choose(filing))
