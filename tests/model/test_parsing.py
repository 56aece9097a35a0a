"""Target and result cells."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.model.figure import figure_of, unit_named
from jixiao.model.parsing import parse_actual, parse_target
from jixiao.model.target import (
    Actual,
    AtLeast,
    AtMost,
    Before,
    Between,
    Exactly,
    Moment,
    Qualitative,
    Target,
    Unclear,
)
from tests import strategies


def shown(target: Target | None) -> str:
    """A target in short: its sign and figures as printed."""
    match target:
        case AtLeast() | AtMost():
            signs = ("≥", ">") if isinstance(target, AtLeast) else ("≤", "<")
            return f"{signs[target.strict]}{target.bound}"
        case Exactly() | Between():
            sign = "=" if isinstance(target, Exactly) and target.stated else ""
            return f"{sign}{target.value}" if isinstance(target, Exactly) else f"{target.low}~{target.high}"
        case Before():
            limit = target.limit
            return "前 " + "-".join(str(part) for part in (limit.year, limit.month, limit.day) if part)
        case _:
            return {Qualitative: "定性", Unclear: "不明"}.get(type(target), "空")


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        *((text, "≥95%") for text in (
            "≥95%", "≧ 95 ％", ">=95%", "＞=95%", "＞＝95％", "⩾95%", "$\\geq 95\\%$", "不低于95%", "不少于95%", "不小于95%", "至少95%",
            "达到95%以上", "95%以上", "95%及以上", "95%（含）以上", "大于等于95%", "大于（等于）95%", "百分之九十五以上", "覆盖率≥95%",
            "≥95%（每季）", "≥95%且验收合格", "满意度达到95%以上",
        )),
        *((text, "≤5%") for text in (
            "≤5%", "≦5%", "<=5%", "＜=5%", "不超过5%", "不高于5%", "不大于5%", "不多于5%", "控制在5%以内", "5%以内", "5%以下", "5%及以下",
            "小于等于5%", "至多5%", "不得超过5%", "5%及其以下",
        )),
        *((text, "<5%") for text in ("<5%", "＜5%", "低于5%", "小于5%", "少于5%")),
        *((text, ">5万人次") for text in (">5万人次", "超过5万人次", "大于5万人次", "超过 5 万人次")),
        *((text, "=20人") for text in ("=20人", "＝20人", "═20人", "等于20人")),
        *((text, "20人") for text in ("20人", "二十人", "约20人", "20人左右", "完成20人", "20余人", "20人（其中女6人）")),
        ("1.0", "1.0"),
        ("100%", "100%"),
        ("合格率100%", "100%"),
        ("每天100元", "100元/天"),
        ("每月80元", "80元/月"),
        ("35元/人/月", "35元/人/月"),
        ("≥530元/人*月", "≥530元/人*月"),
        ("≥5榀", "≥5榀"),
        ("3天内", "≤3天"),
        ("5个工作日内", "≤5个工作日"),
        ("3个月内", "≤3个月"),
        *((text, "3个~5个") for text in ("3-5个", "3～5个", "3个至5个", "3个—5个", "介于3和5个之间")),
        *((text, "80%~90%") for text in ("80%～90%", "80%-90%", "80-90%", "80%（含）-90%", "[80%,90%)", "≥80%且≤90%", "80%≤x<90%")),
        ("[80,90)", "80~90"),
        *((text, "前 12") for text in ("12月底前", "年底前", "当年", "当年完成", "≤12月", "12月", "年内完成", "1-12月")),
        ("2023年12月31日前", "前 2023-12-31"),
        ("6月底前完成", "前 6"),
        ("2021年12月完成", "前 2021-12"),
        ("2023.12", "前 2023-12"),
        ("6月中旬前", "前 6-20"),
        *((text, "定性") for text in (
            "按月", "按季", "及时", "成效显著", "购买", "按青财〔2021〕5号执行", "每月25日前发放", "各季度末前", "一次性发放", "完成当年任务",
            "GB50300-2013标准", "两不愁三保障", "A级", "零投诉", "优良中低差",
        )),
        *((text, "不明") for text in (
            "≥*", "≥", "100%-80% (含)", "≥90%或≥80分", "第一季度≥20%，第二季度≥40%", "1：3", "12人，3次", "10 20", "≥2023年12月",
            "建设3个村的道路硬化及配套工程建设",
        )),
        *((text, "空") for text in ("", "—", "-", "/", "*", "——", " ")),
    ],
)  # fmt: skip
def test_a_target_cell_says(text: str, meaning: str) -> None:
    assert shown(parse_target(text)) == meaning


@pytest.mark.parametrize(
    ("text", "sign", "unit", "meaning"),
    [
        ("95", "≥", "%", "≥95%"),
        ("95%", "≥", "%", "≥95%"),
        ("95", "大于等于", "%(百分比)", "≥95%"),
        ("95", "正向", "%", "≥95%"),
        ("30", "反向指标", "万元", "≤30万元"),
        ("30", "＜", "天", "<30天"),
        ("4", "=", "万元", "=4万元"),
        ("≥95", "正向", "%", "≥95%"),
        ("≥95%", "≥", "", "≥95%"),
        ("好", "定性", "", "定性"),
        ("100", "文字描述", "", "定性"),
        ("≥95%", "≤", "", "不明"),
        ("12月", "≤", "", "前 12"),
        ("20万", "≤", "元", "≤20万元"),
        ("2", "", "万元", "2万元"),
        ("95", "定量指标", "/", "95"),
        ("3-5", "", "个", "3个~5个"),
        ("—", "≥", "%", "空"),
    ],
)
def test_sign_and_unit_may_stand_in_columns_of_their_own(
    text: str, sign: str, unit: str, meaning: str
) -> None:
    assert shown(parse_target(text, sign=sign, unit=unit)) == meaning


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("12人，3次", "写了两个数值（12人、3次），不知以哪个为准"),
        ("≥", "有符号“≥”而没有数值"),
        ("100%-80%", "区间两端从大到小（100%、80%），像是定性指标的档次"),
        ("不低于5%以内", "前面的符号与后面的“以上”“以内”方向相反"),
    ],
)
def test_an_unclear_target_says_why(text: str, why: str) -> None:
    assert parse_target(text) == Unclear(text, why)


def test_a_target_keeps_the_printed_cell() -> None:
    assert parse_target(" ＞=95 ％") == AtLeast(" ＞=95 ％", figure_of("95", unit_named("%")))


@pytest.mark.parametrize(
    ("text", "figure", "hedged"),
    [
        ("17人", "17人", ""),
        ("完成17人", "17人", ""),
        ("已完成20个", "20个", ""),
        ("达到98%", "98%", ""),
        ("100%完成", "100%", ""),
        ("98%以上", "98%", "以上"),
        ("≥95%", "95%", "≥"),
        ("＞=95%", "95%", ">="),
        ("至少1400名", "1400名", "至少"),
        ("约300人", "300人", "约"),
        ("几十户", "10户", "几"),
        ("80人上下", "80人", "上下"),
        ("300+", "300", "+"),
        ("参训人数80人", "80人", ""),
        ("100多人", "100人", "多"),
        ("超过 5 万人次", "5万人次", "超过"),
        ("未达到95%", "95%", "未达到"),
        ("不足10%", "10%", "不足"),
        ("二十人", "20人", ""),
        ("约二十人", "20人", "约"),
        ("≥2023", "2023", "≥"),
        ("节约20万元", "20万元", ""),
        ("98%，超额完成", "98%", ""),
        ("资金不足，完成98%", "98%", ""),
        ("98%（含）以上", "98%", "以上"),
        ("5%及其以下", "5%", "以下"),
        ("96%（抽样100份）", "96%", ""),
        ("全年开会3次", "3次", ""),
        ("2023年完成17期", "17期", ""),
        ("758元/人*月", "758元/人*月", ""),
        ("0", "0", ""),
    ],
)  # fmt: skip
def test_a_result_that_states_one_number_has_it(text: str, figure: str, hedged: str) -> None:
    actual = parse_actual(text)
    assert actual is not None
    assert (actual.text, str(actual.figure), actual.hedged) == (text, figure, hedged)


@pytest.mark.parametrize(
    "text",
    [
        "100%-80%(含)",
        "100%-80% (含)",
        "完成",
        "达成预期指标",
        "17期，12人",
        "10 20",
        "95%\n20",
        "按青财〔2021〕5号执行",
        "优",
    ],
)
def test_a_result_in_words_or_in_several_numbers_has_no_figure(text: str) -> None:
    assert parse_actual(text) == Actual(text)


@pytest.mark.parametrize(
    ("text", "moment"),
    [("2023年11月完成", Moment(2023, 11)), ("12月底前完成", Moment(month=12)), ("2023.11", Moment(2023, 11))],
)
def test_a_result_that_states_a_date_has_it(text: str, moment: Moment) -> None:
    assert parse_actual(text) == Actual(text, None, moment)


@pytest.mark.parametrize("text", ["", "—", "-", "/"])
def test_an_empty_result_is_none(text: str) -> None:
    assert parse_actual(text) is None


def test_a_result_takes_the_columns_unit() -> None:
    actual = parse_actual("98", unit="%")
    assert actual is not None
    assert str(actual.figure) == "98%"


ODD = (
    st.text(
        alphabet="0123456789.,%-~≥≤<>=（）()[]年月日底前每以上内不超过十百千万亿点分之半元人$\\ge至到／、 "
    )
    | st.text()
)


@given(
    ODD,
    st.none() | ODD | st.sampled_from(("≥", "正向", "定性")),
    st.none() | ODD | st.sampled_from(("%", "万元")),
)
def test_no_cell_makes_the_parsers_raise(text: str, sign: str | None, unit: str | None) -> None:
    target = parse_target(text, sign=sign, unit=unit)
    actual = parse_actual(text, unit=unit)
    assert target is None or target.text == text
    assert actual is None or actual.text == text


@given(
    strategies.decimals("0", "9999"),
    strategies.units(),
    st.sampled_from(("≥", ">=", "＞=", "不低于", "至少")),
)
def test_a_sign_and_a_printed_figure_give_that_bound(value: object, unit: object, sign: str) -> None:
    figure = figure_of(f"{value:f}", unit)  # type: ignore[arg-type]
    text = f"{sign}{figure}"
    assert parse_target(text) == AtLeast(text, figure)


@given(strategies.decimals("0", "9999"), strategies.units())
def test_a_printed_figure_is_what_the_result_states(value: object, unit: object) -> None:
    figure = figure_of(f"{value:f}", unit)  # type: ignore[arg-type]
    assert parse_actual(str(figure)) == Actual(str(figure), figure)


def test_the_reason_of_every_unclear_target_is_chinese() -> None:
    for text in ("≥", "12人，3次", "10 20", "≥2023年12月", "不低于5%以内", "3个-5%"):
        target = parse_target(text)
        assert isinstance(target, Unclear)
        assert re.search(r"[\u4e00-\u9fff]{4}", target.why)
