"""Rows with a numeric target: what each method gives, and what stays undecided and why."""

from dataclasses import replace
from decimal import Decimal

import pytest

from jixiao.model.evaluation import Evaluation
from jixiao.model.score import Score
from jixiao.schemes import load_scheme
from jixiao.schemes.scheme import Method, Part, Scheme, ZeroTarget
from jixiao.scoring.execution import Ground, in_printed_places
from tests.scoring.sheets import says, scored, span


def book(key: str, scheme: str = "anhui-huaiyuan", **changes: object) -> Scheme:
    """A rule-book with one part changed."""
    loaded = load_scheme(scheme)
    part = replace(loaded.parts[key], **changes)  # type: ignore[arg-type]
    return replace(loaded, parts={**loaded.parts, key: part})


# ---------------------------------------------------------------- ratio


def test_a_missed_count_earns_its_share() -> None:
    found = scored("=20人", "17人")
    assert span(found) == ("8.50", "8.50", "8.50")
    assert says(found) == ["17 ÷ 20 × 10 = 8.50"]
    assert found.method == "ratio"


def test_more_than_the_target_earns_no_more_than_the_points() -> None:
    found = scored("≥300人", "351人", points="20")
    assert span(found) == ("20.00", "20.00", "20.00")
    assert says(found) == ["351 ÷ 300 × 20 = 23.40，取 20.00"]


def test_a_measurement_leaves_half_its_last_place_open() -> None:
    assert span(scored("≥60公里", "52.5公里", points="6")) == ("5.25", "5.25", "5.26")


def test_an_actual_that_prints_the_targets_own_number_meets_it() -> None:
    assert span(scored("≥95%", "95%")) == ("10.00", "10.00", "10.00")


def test_a_rate_rounded_before_it_is_used_is_allowed_too() -> None:
    """2 ÷ 3 × 50 = 33.33; by way of 66.67% it is 33.335, so 33.34. Of 5 ÷ 7 and 6 ÷ 7 both ways give the same."""
    assert span(scored("≥7户", "5户", points="40")) == ("28.57", "28.57", "28.57")
    assert span(scored("≥7户", "6户", points="50")) == ("42.86", "42.86", "42.86")
    assert span(scored("≥3户", "2户", points="50")) == ("33.33", "33.33", "33.34")


def test_a_strict_sign_is_not_met_by_its_own_number() -> None:
    strict = book("positive", method=Method.ALL_OR_NOTHING)
    assert span(scored(">95%", "95%", strict)) == ("0.00", "0.00", "0.00")
    assert span(scored("≥95%", "95%", strict)) == ("10.00", "10.00", "10.00")


def test_a_negative_actual_earns_nothing() -> None:
    found = scored("≥5%", "-3%")
    assert span(found) == ("0.00", "0.00", "0.00")
    assert says(found) == ["-3 ÷ 5 × 10 = -6.00，取 0.00"]


def test_nothing_below_the_pass_threshold() -> None:
    strict = book("positive", pass_threshold=Decimal("0.6"))
    assert span(scored("≥100户", "59户", strict)) == ("0.00", "0.00", "0.00")
    assert span(scored("≥100户", "60户", strict)) == ("6.00", "6.00", "6.00")
    assert says(scored("≥100户", "59户", strict)) == ["59 ÷ 100 = 59.00%", "低于合格线 60%，不得分"]


def test_a_score_is_never_above_points_with_three_places() -> None:
    assert scored("≥1户", "1户", points="13.336").score == Decimal("13.336")


# ---------------------------------------------------------------- at most


def test_a_saving_earns_all_the_points() -> None:
    found = scored("≤100%", "87.97%", points="20", name="预算控制率")
    assert span(found) == ("20.00", "20.00", "20.00")
    assert says(found) == ["100 ÷ 87.97 × 20 = 22.74，取 20.00"]


def test_the_two_formulas_for_an_excess_differ() -> None:
    assert scored("≤100个", "120个").score == Decimal("8.33")
    linear = scored("≤100个", "120个", "provincial-system")
    assert linear.score == Decimal("8.00")
    assert says(linear) == ["10 × (1 - (120 - 100) ÷ 100) = 8.00"]
    assert scored("≤100个", "250个", "provincial-system").score == Decimal("0.00")


def test_a_miss_that_no_text_scores_is_undecided_between_the_known_formulas() -> None:
    found = scored("≤100个", "120个", "national-2020")
    assert span(found) == ("8.00", None, "8.33")
    assert "没有规定" in found.because


def test_at_most_nothing_is_met_by_nothing_and_earns_nothing_beyond() -> None:
    assert scored("≤0起", "0起").score == Decimal("10.00")
    assert scored("≤0起", "2起").score == Decimal("0.00")


# ---------------------------------------------------------------- exactly, between


def test_an_exact_target_that_is_exceeded_is_met() -> None:
    assert scored("=20人", "25人").score == Decimal("10.00")


@pytest.mark.parametrize(("actual", "low"), [("4万元", "8.00"), ("6万元", "8.00")])
def test_a_cost_without_a_sign_is_undecided_unless_it_is_equal(actual: str, low: str) -> None:
    found = scored("5万元", actual, name="设备购置成本")
    assert span(found) == (low, None, "10.00")
    assert "没有写符号" in found.because
    assert scored("5万元", "5万元", name="设备购置成本").score == Decimal("10.00")


def test_a_cost_with_a_printed_sign_is_scored_but_may_be_a_saving() -> None:
    assert span(scored("=10个", "8个", name="单位成本")) == ("8.00", "8.00", "10.00")


def test_a_rate_that_one_wants_high_is_scored_without_a_sign() -> None:
    assert span(scored("100%", "97.3%", name="费用发放准确率")) == ("9.73", "9.73", "9.74")


def test_inside_an_interval_all_the_points() -> None:
    assert scored("3-5个", "4个").score == Decimal("10.00")
    assert scored("3-5个", "2个").score == Decimal("6.67")
    assert scored("3-5个", "8个").score == Decimal("6.25")


# ---------------------------------------------------------------- zero


@pytest.mark.parametrize(
    ("rule", "target", "actual", "score"),
    [
        (ZeroTarget.UNDECIDED, "≥0%", "5%", None),
        (ZeroTarget.FULL, "≥0%", "5%", "10.00"),
        (ZeroTarget.AS_ONE, "≥0个", "0.5个", "5.00"),
    ],
)
def test_a_target_of_zero_earns_what_the_rule_book_says(
    rule: ZeroTarget, target: str, actual: str, score: str | None
) -> None:
    assert span(scored(target, actual, book("positive", zero_target=rule)))[1] == score


# ---------------------------------------------------------------- units and words


def test_amounts_in_other_units_are_converted() -> None:
    found = scored("≥2万元", "15000元", name="户均收入")
    assert found.score == Decimal("7.50")
    assert says(found) == ["2万元 = 20000元", "15000 ÷ 20000 × 10 = 7.50"]


def test_unlike_units_are_undecided() -> None:
    found = scored("≥20人", "17个")
    assert span(found) == (None, None, None)
    assert "不能比较" in found.because


def test_a_bare_share_beside_a_rate_is_undecided() -> None:
    found = scored("≥95%", "0.98")
    assert found.score is None
    assert "百分数" in found.because


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("≥95%", "≥95%", ("10.00", "10.00", "10.00")),
        ("≥30人", "至少15人", ("5.00", None, "10.00")),
        ("≥30人", "不足15人", ("0.00", None, "5.00")),
        ("≤100%", "不超过95%", ("10.00", "10.00", "10.00")),
        ("≥30人", "约30人", ("0.00", None, "10.00")),
    ],
)
def test_a_hedged_actual_is_scored_only_where_every_value_earns_the_same(
    target: str, actual: str, expected: tuple[str | None, ...]
) -> None:
    assert span(scored(target, actual)) == expected


def test_words_beside_a_number_ask_for_the_number() -> None:
    found = scored("≥30人", "完成")
    assert span(found) == (None, None, None)
    assert "请填数值" in found.because


def test_silence_is_undecided_and_never_zero() -> None:
    assert scored("≥30人", None).because == "实际完成值未填或无法辨认"
    assert scored(None, "30人").because == "指标值未填或无法辨认"
    assert scored(None, None).because == "指标值和实际完成值未填或无法辨认"
    assert scored("≥30人", "30人", points=None).because == "分值未印或无法辨认"


def test_a_target_of_two_numbers_is_undecided_unless_the_actual_repeats_it() -> None:
    assert scored("3次，50人", "4次").score is None
    assert scored("3次，50人", "3次，50人").score == Decimal("10.00")


# ---------------------------------------------------------------- steps, bands


def stepped(**settings: str) -> Scheme:
    numbers = {key: Decimal(value) for key, value in settings.items()}
    return book("positive", method=Method.STEPS, settings=numbers)


def test_each_point_beyond_the_limit_takes_its_deduction() -> None:
    found = scored("≤100%", "103%", "hunan-department", points="5", name="在职人员控制率")
    assert span(found) == ("3.50", "3.50", "3.50")
    assert scored("≤100%", "98%", "hunan-department", points="5", name="在职人员控制率").score == Decimal(
        "5.00"
    )


def test_a_begun_unit_may_count_as_a_whole_one() -> None:
    assert span(scored("≥10个", "7.5个", stepped(per="1", deduct="2"))) == ("4.00", "5.00", "6.00")


@pytest.mark.parametrize(
    ("actual", "expected"),
    [("92%", "10.00"), ("90%", "10.00"), ("85%", "8.00"), ("70%", "5.00"), ("55%", "0.00")],
)
def test_satisfaction_is_scored_by_its_own_band(actual: str, expected: str) -> None:
    found = scored("≥95%", actual, "national-2021", name="群众满意度", level2="服务对象满意度指标")
    assert found.score == Decimal(expected)


def test_satisfaction_in_words_goes_by_tier() -> None:
    found = scored("满意", "满意", "national-2021", name="群众满意度", level2="服务对象满意度指标")
    assert found.method == "rubric"


def test_a_judgement_is_undecided_between_nothing_and_the_points() -> None:
    part = Part("positive", Method.ASSESSED, says="看佐证材料")
    loaded = load_scheme("anhui-huaiyuan")
    found = scored("≥30人", "30人", replace(loaded, parts={**loaded.parts, "positive": part}))
    assert span(found) == ("0.00", None, "10.00")
    assert found.because == "由评价人评分：看佐证材料"


def test_a_low_rate_without_a_sign_may_be_a_limit() -> None:
    assert span(scored("0.4%", "0.1%", name="病虫成灾率")) == ("2.50", None, "10.00")
    assert scored("90%", "81%", name="疫苗接种率").score == Decimal("9.00")


def test_a_score_printed_with_one_decimal_agrees_unless_a_text_says_two() -> None:
    found = scored("≥7户", "5户", printed="7.1")
    assert span(found) == ("7.10", "7.14", "7.14")
    assert found.agrees
    assert not scored("≥7户", "5户", printed="7.2").agrees
    assert not scored("≥7户", "5户", "provincial-system", printed="7.1").agrees


def test_nothing_at_worst_stays_nothing_beside_a_score_printed_with_one_decimal() -> None:
    ground = Ground(Evaluation(), load_scheme("anhui-huaiyuan"), {}, ())
    row = Score(Decimal(10), Decimal("7.14"), Decimal(0), Decimal(10), Decimal("7.1"))
    assert in_printed_places(ground, row).low == 0
