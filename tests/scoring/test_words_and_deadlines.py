"""Rows in words and rows with a time limit."""

from dataclasses import replace
from decimal import Decimal

import pytest

from jixiao.schemes import load_scheme
from jixiao.schemes.scheme import Method
from tests.scoring.sheets import says, scored, span


def test_the_words_of_a_tier_earn_its_default_inside_its_range() -> None:
    found = scored("成效显著", "达成预期指标")
    assert span(found) == ("8.00", "10.00", "10.00")
    assert says(found) == ["“达成预期指标”属“达成预期指标”（100%～80%），按 100% 计：10 × 100% = 10.00"]


@pytest.mark.parametrize(("points", "score"), [("13.33", "12.00"), ("13.34", "12.01"), ("10", "9.00")])
def test_the_first_tier_of_ningxian_earns_nine_tenths(points: str, score: str) -> None:
    assert scored("合格", "100%-80%(含)", "gansu-ningxian", points=points).score == Decimal(score)


def test_the_edge_of_an_open_tier_belongs_to_its_neighbour() -> None:
    found = scored("成效显著", "部分达成预期指标并具有一定效果")
    assert span(found) == ("6.00", None, "7.99")
    assert "评价人" in found.because


@pytest.mark.parametrize("target", ["≥30人", "=100%", "3-5个", "12月底前", "每天100元"])
@pytest.mark.parametrize("label", ["100%-80%(含)", "100%—80%（含）", "达成预期指标"])
def test_a_tiers_label_scores_any_row_by_tier(target: str, label: str) -> None:
    found = scored(target, label)
    assert found.method == "rubric"
    assert span(found) == ("8.00", "10.00", "10.00")


def test_a_label_follows_the_books_own_tiers() -> None:
    assert span(scored("有效", "80%-50%(含)", "hubei-2020")) == ("5.00", None, "7.99")
    assert span(scored("有效", "80%-50%(含)")) == ("0.00", None, "10.00")


def test_the_targets_own_words_mean_that_it_is_met() -> None:
    assert span(scored("按文件标准执行", "按文件标准执行")) == ("8.00", "10.00", "10.00")


def test_words_of_no_tier_are_undecided() -> None:
    found = scored("成效显著", "群众反映较好")
    assert span(found) == ("0.00", None, "10.00")
    assert "没有说明属于哪一档" in found.because


@pytest.mark.parametrize(
    "actual", ["未达成预期指标", "基本达成预期指标", "数量达成预期指标，质量部分达成预期指标"]
)
def test_words_that_deny_or_mix_the_best_tier_are_not_in_it(actual: str) -> None:
    assert scored("成效显著", actual).score != Decimal("10.00")


def test_a_whole_hundred_per_cent_is_in_the_best_tier_and_less_is_open() -> None:
    assert scored("全面落实", "100%").score == Decimal("10.00")
    assert scored("全面落实", "85%").score is None


@pytest.mark.parametrize("actual", ["11月", "2023年12月20日", "12月底前", "按期完成", "提前完成"])
def test_a_kept_deadline_earns_all_the_points(actual: str) -> None:
    assert scored("12月底前", actual).score == Decimal("10.00")


@pytest.mark.parametrize("actual", ["2024年1月", "已完成", "100%", "未按期完成"])
def test_a_deadline_that_is_missed_or_not_dated_is_undecided(actual: str) -> None:
    found = scored("12月底前", actual)
    assert span(found) == ("0.00", None, "10.00")
    assert "期限" in found.because


def test_a_missed_deadline_earns_nothing_where_the_book_says_all_or_nothing() -> None:
    book = load_scheme("anhui-huaiyuan")
    part = replace(book.parts["deadline"], method=Method.ALL_OR_NOTHING)
    strict = replace(book, parts={**book.parts, "deadline": part})
    assert scored("6月底前", "9月", strict).score == Decimal("0.00")
