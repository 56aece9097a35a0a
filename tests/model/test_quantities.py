"""Figures in cells and in sentences."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.model.figure import PERCENT, WAN, YUAN, Figure, figure_of, unit_named
from jixiao.model.quantities import find_figures, parse_figure
from tests import strategies


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("20.00", "20.00"),
        (".5", "0.5"),
        ("-3", "-3"),
        ("+5%", "5%"),
        ("7,710.00", "7710.00"),
        ("7，710.00", "7710.00"),
        ("９５％", "95%"),
        ("95 ﹪", "95%"),
        ("3‰", "3‰"),
        ("5万人次", "5万人次"),
        ("2万元", "2万元"),
        ("20000元整", "20000元"),
        ("￥20000", "20000元"),
        ("100公里", "100公里"),
        ("100㎡", "100㎡"),
        ("20个行政村", "20个行政村"),
        ("5榀", "5榀"),
        ("10年", "10年"),
        ("35元/人/月", "35元/人/月"),
        ("530元/人*月", "530元/人*月"),
        ("400元/人、天", "400元/人、天"),
        ("每天100元", "100元/天"),
        ("每人每月35元", "35元/人/月"),
        ("百分之九十五", "95%"),
        ("百分之九十九点五", "99.5%"),
        ("百分之百", "100%"),
        ("一百二十", "120"),
        ("一百零五人", "105人"),
        ("两万", "20000"),
        ("两万元", "2万元"),
        ("三点五", "3.5"),
        ("十二", "12"),
        ("二〇二三", "2023"),
        ("三十五人", "35人"),
        ("半数", "50%"),
        ("一亿零五十万", "100500000"),
    ],
)
def test_one_number_with_its_unit_is_a_figure(text: str, printed: str) -> None:
    assert str(parse_figure(text)) == printed


@pytest.mark.parametrize(
    "text",
    [
        "", "—", "（3）", "3.", "3、", "1,5", "3-5", "10 20", "1 000", "95%以上", "≥95%", "100余人", "约20人", "2023年", "2023年底",
        "12月", "12号", "一般", "一次性", "十分满意", "三期", "万元", "百", "一百二", "两万五", "二〇二三年", "十二月", "17人完成", "v1.0",
    ],
)  # fmt: skip
def test_anything_else_is_no_figure(text: str) -> None:
    assert parse_figure(text) is None


def test_the_columns_unit_is_meant_where_none_is_printed() -> None:
    assert parse_figure("2", unit=WAN) == figure_of("2", WAN)
    assert parse_figure("2元", unit=WAN) == figure_of("2", YUAN)


def test_a_bare_wan_belongs_to_the_columns_unit() -> None:
    assert parse_figure("20万", unit=YUAN) == figure_of("20", WAN)
    assert parse_figure("20万", unit=WAN) == figure_of("20", WAN)
    assert parse_figure("1.2万", unit=unit_named("人次")) == figure_of("1.2", unit_named("万人次"))
    assert parse_figure("1.2万") == Figure(Decimal(12000), Decimal(500))


def _with_thousands(text: str) -> str:
    whole, dot, places = text.partition(".")
    return f"{int(whole):,}{dot}{places}"


STYLES = (
    str,
    lambda text: text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789.%"}),
    lambda text: text.replace("%", " ％"),
    lambda text: f" {text}\n",
)


@given(strategies.decimals("0", "99999", 4), strategies.units(), st.sampled_from(STYLES))
def test_a_printed_figure_is_read_back_in_every_style(value: Decimal, unit: object, style: object) -> None:
    figure = figure_of(f"{value:f}", unit)  # type: ignore[arg-type]
    assert parse_figure(style(str(figure))) == figure  # type: ignore[operator]


@given(strategies.decimals("1000", "99999999"))
def test_thousands_marks_change_nothing(value: Decimal) -> None:
    assert parse_figure(_with_thousands(f"{value:f}")) == figure_of(f"{value:f}")


@given(st.text() | strategies.cell_texts())
def test_no_text_makes_the_parsers_raise(text: str) -> None:
    parse_figure(text)
    for found in find_figures(text):
        assert 0 <= found.start < found.end <= len(text)


def _found(text: str) -> list[tuple[str, str]]:
    return [(text[item.start : item.end], str(item.figure)) for item in find_figures(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("全年安排 3 万元，到位率 100%。", [("3 万元", "3万元"), ("100%", "100%")]),
        ("满意度为９８％", [("９８％", "98%")]),
        ("每人每月补助400元", [("每人每月补助400元", "400元/人/月")]),
        ("护理标准35元/人/月", [("35元/人/月", "35元/人/月")]),
        ("四大类 22 个指标，得 99.7", [("22 个", "22个"), ("99.7", "99.7")]),
        ("增长率为-3%，在80%-90%之间", [("-3%", "-3%"), ("80%", "80%"), ("90%", "90%")]),
        ("约100多人参加", [("100多人", "100人")]),
        ("共两万元，惠及一百二十人次", [("两万元", "20000元"), ("一百二十人次", "120人次")]),
        ("百分之九十五以上", [("百分之九十五", "95%")]),
        ("支出2023.5万元", [("2023.5万元", "2023.5万元")]),
        ("58个，60分以下1个", [("58个", "58个"), ("60分", "60分"), ("1个", "1个")]),
    ],
)  # fmt: skip
def test_a_sentence_gives_its_figures_with_their_offsets(text: str, found: list[tuple[str, str]]) -> None:
    assert _found(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "根据青财〔2021〕5号文件", "（青办[2021]17）", "按【2019】30号文", "第3次会议", "2023年12月31日前完成", "2024 该项目",
        "2021-2025年规划", "于2023-12-31验收", "2023.12.31", "12月底", "1.建设内容", "2、市委", "（3）产出", "一、概况", "（一）项目概况",
        "原因：1.2022年结转", "V1.0", "GB50300-2013", "PM2.5", "电话0551-6666666", "13800000000", "058001-青禾县", "附件1", "目标1：解决",
        "从三个方面", "三公经费", "一次性补助", "上午9:30",
    ],
)  # fmt: skip
def test_numbers_that_state_nothing_are_passed_over(text: str) -> None:
    assert _found(text) == []


def test_the_unit_of_a_percentage_is_percent() -> None:
    (found,) = find_figures("合格率98.5%")
    assert found.figure == figure_of("98.5", PERCENT)


def test_a_decimal_behind_the_word_indicator_is_a_figure_and_a_list_number_is_not() -> None:
    assert [str(f.figure) for f in find_figures("效益指标28.2分")] == ["28.2分"]
    assert find_figures("指标1.数量；指标2：培训") == ()


def test_a_hedge_between_ten_thousand_and_the_unit_blurs_the_figure() -> None:
    told = find_figures("培训农民2.6万余人次，投入300万多元")
    assert [(str(f.figure), f.hedge, f.start, f.end) for f in told] == [
        ("2.6万人次", "余", 4, 11),
        ("300万元", "多", 14, 20),
    ]
