"""What the figures of a sentence are said of."""

import pytest

from jixiao.layout import Line, Place
from jixiao.model.statements import CLAIM_KINDS
from jixiao.papers.prose.claims_found import claims, full_points, grade
from jixiao.papers.prose.narrative import narrate
from tests.papers.paper_blocks import blocks_of, seed


def found(text: str, year: int | None = 2023) -> list[tuple[str, str, str]]:
    return [(c.what, str(c.figure), c.subject) for c, _ in claims(narrate([Line(text, Place(line=1))]), year)]


def kinds(text: str, year: int | None = 2023) -> list[tuple[str, str]]:
    return [(what, figure) for what, figure, _ in found(text, year)]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("支出预算安排 1 万元，总投入 1 万元，资金到位 1 万元，实际使用 1 万元。",
         [("budget", "1万元"), ("executed", "1万元"), ("received", "1万元"), ("executed", "1万元")]),
        ("年初预算资金0元，全年预算调整为20000元。", [("initial", "0元"), ("budget", "20000元")]),
        ("年初批复预算8个项目985万元。", [("count", "8个"), ("initial", "985万元")]),
        ("预算项目支出总计1460.09万元。", [("executed", "1460.09万元")]),
        ("结余1.28万元退回国库。", [("surplus", "1.28万元")]),
        ("资金到位率 100%，支出实现率 98.5%。", [("arrival_rate", "100%"), ("execution_rate", "98.5%")]),
        ("预算执行率为97.53%，项目支出完成率96.79%。", [("execution_rate", "97.53%"), ("execution_rate", "96.79%")]),
        ("自评得分95.34分，自评等级为优秀。", [("total_score", "95.34分")]),
        ("经评价，得分 99.7，评价结果为优。", [("total_score", "99.7")]),
        ("随机走访30名群众，发放问卷100份。", [("survey_size", "30名"), ("survey_size", "100份")]),
        ("受益群众满意度达到97.4%。", [("satisfaction", "97.4%")]),
        ("学生满意率达百分之九十六。", [("satisfaction", "96%")]),
        ("评价分数达到 95 分及以上方为合格。", [("pass_mark", "95分")]),
        ("本单位合格线定为 75 分。", [("pass_mark", "75分")]),
        ("达到95分合格线，自评合格。", [("pass_mark", "95分")]),
        ("对照目标，经自评，本项目得 98.65 分，等级为优。", [("total_score", "98.65分")]),
        ("对四大类 22 个指标进行了评分。", [("indicator_count", "22个")]),
        ("涉及62个预算项目。", [("count", "62个")]),
        ("按照每人每月400元的标准发放，其中一类35元/人/月。", [("standard", "400元/人/月"), ("standard", "35元/人/月")]),
    ],
)  # fmt: skip
def test_a_plain_statement_is_known(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    "text, figure",
    [
        ("预算支出 50 万元。", "50万元"),
        ("实际支出80万元，其中：设备采购支出50万元。", "50万元"),
        ("资金用于购买设备支出50万元。", "50万元"),
        ("2021年支出50万元。", "50万元"),
        ("计划投入50万元。", "50万元"),
        ("年中追加预算50万元。", "50万元"),
        ("上半年支出50万元。", "50万元"),
        ("带动村集体增收50万元。", "50万元"),
        ("项目预算控制价50万元。", "50万元"),
        ("中标价为50万元。", "50万元"),
    ],
)
def test_what_may_be_a_part_a_plan_or_another_year_stays_an_amount(text: str, figure: str) -> None:
    assert ("amount", figure) in kinds(text)
    assert not [k for k in kinds(text) if k in {("executed", figure), ("budget", figure)}]


def test_the_whole_is_spoken_of_again_after_its_parts() -> None:
    text = "预算安排600万元，其中中央资金400万元，县级资金200万元，实际支出580万元。"
    assert kinds(text)[-1] == ("executed", "580万元")
    assert [k for k, _ in kinds(text)].count("amount") == 2


@pytest.mark.parametrize(
    "text",
    [
        "预算执行率未达100%。",
        "预算执行率没有达到95%的要求。",
        "执行率不足90%。",
        "资金到位率低于95%。",
        "预算执行率超过95%。",
        "2021年预算执行率98%。",
    ],
)
def test_a_line_that_a_rate_is_held_against_is_no_rate_of_the_project(text: str) -> None:
    assert [what for what, _, _ in found(text, 2022)] == ["rate"]


def test_a_rate_that_is_told_after_a_word_of_blame_is_the_projects_own() -> None:
    for text in ("预算执行率不高，仅为97%。", "预算执行率为97%，未达标。", "2022年预算执行率97%。"):
        assert ("execution_rate", "97%") in [(what, figure) for what, figure, _ in found(text, 2022)]


def test_two_rates_may_share_one_figure() -> None:
    assert sorted(found("资金到位率、预算执行率均为100%。")) == [
        ("arrival_rate", "100%", "资金到位率"), ("execution_rate", "100%", "预算执行率"),
    ]  # fmt: skip


def test_dates_document_numbers_and_ranges_are_no_claims() -> None:
    assert kinds("根据《通知》（青财绩〔2024〕3号）和2021年第3次常务会议，2023年12月31日前完成。") == []
    assert kinds("80-90分为良，在3个工作日内报送。") == []


def test_a_score_band_is_not_the_papers_score() -> None:
    assert kinds("自评得分90分以上的58个，60分以下1个，得分100分的项目3个。") == [
        ("count", "58个"),
        ("count", "1个"),
        ("count", "3个"),
    ]


def test_points_and_score_belong_to_the_class_named_before_them() -> None:
    assert found("投入评价指标满分 20 分，自评得分 18 分。") == [
        ("class_points", "20分", "投入评价指标"), ("class_score", "18分", "投入评价指标"),
    ]  # fmt: skip


def test_two_items_in_one_sentence_keep_their_own_names() -> None:
    assert [s for w, _, s in found("社会效益：满分20分，得分18分；满意度指标：满分10分，得分10分。") if w == "class_score"] == [
        "社会效益", "满意度指标",
    ]  # fmt: skip


def test_the_sections_title_names_what_the_sentence_does_not() -> None:
    narrative = narrate(
        blocks_of("一、分析\n（一）项目产出情况\n指标满分30分，评价得分29.7分，得分率为99%。")
    )
    assert [(c.what, str(c.figure), c.subject) for c, _ in claims(narrative, None)] == [
        ("class_points", "30分", "项目产出情况"), ("class_score", "29.7分", "项目产出情况"), ("score_rate", "99%", "项目产出情况"),
    ]  # fmt: skip


def test_a_full_mark_of_a_hundred_is_not_a_total_score() -> None:
    narrative = narrate(blocks_of("本次评价分数满分为 100 分，评价得分为88.5分。"))
    assert [(c.what, str(c.figure)) for c, _ in claims(narrative, None)] == [("total_score", "88.5分")]
    assert (points := full_points(narrative)) is not None
    assert str(points[0]) == "100"


@pytest.mark.parametrize(
    "text, word",
    [("自评等级为：优。", "优"), ("评价结果为“良好”。", "良好"), ("属于“优秀”等级。", "优秀"), ("绩效评级为“良”。", "良"),
     ("等级分为优、良、中、差。", None), ("评价结果为优的10个。", None), ("90分以上为优。", None)],
)  # fmt: skip
def test_the_grade_is_the_one_that_the_paper_claims(text: str, word: str | None) -> None:
    result = grade(narrate(blocks_of(text)))
    assert (result[0] if result else None) == word


def test_the_place_is_that_of_the_figure_in_the_papers_line() -> None:
    text = "  资金到位率为 **98.5 %** 。"
    ((_, place),) = claims(narrate([Line(text, Place(line=9))]), None)
    assert place.line == 9
    assert text[place.start : place.end] == "98.5 %"


@pytest.mark.parametrize("number", range(5))
def test_every_claim_of_the_seeds_has_a_known_kind_and_quotes_its_figure(number: int) -> None:
    text = seed(number)
    lines = text.split("\n")
    stated = claims(narrate(blocks_of(text)), None)
    assert stated
    for claim, place in stated:
        assert claim.what in CLAIM_KINDS
        assert place.line is not None
        raw = lines[place.line - 1][place.start : place.end]
        assert f"{claim.figure.value:f}" in raw.replace(",", "") or not raw.strip()[:1].isdigit()


def test_the_second_seed_states_its_money() -> None:
    stated = [(c.what, str(c.figure)) for c, _ in claims(narrate(blocks_of(seed(1))), 2024)]
    for expected in (("initial", "0元"), ("budget", "20000元"), ("executed", "20000元"), ("arrival_rate", "100%"),
                     ("execution_rate", "100%"), ("total_score", "95.34分"), ("survey_size", "30名")):  # fmt: skip
        assert expected in stated


def test_figures_named_respectively_go_to_their_names() -> None:
    assert kinds("年初预算数、全年预算数和执行数分别为500万元、600万元和580.75万元。") == [
        ("initial", "500万元"), ("budget", "600万元"), ("executed", "580.75万元"),
    ]  # fmt: skip
    assert kinds("资金到位率、预算执行率分别为100%、96.5%。") == [
        ("arrival_rate", "100%"),
        ("execution_rate", "96.5%"),
    ]


def test_more_figures_than_names_are_left_undecided() -> None:
    assert kinds("预算数、执行数分别为500万元、600万元、580万元。") == [
        ("amount", "500万元"),
        ("amount", "600万元"),
        ("amount", "580万元"),
    ]


def test_a_figure_inside_a_formula_is_no_statement() -> None:
    assert kinds("预算执行率=实际支出/预算数×100%=580.75/600×100%=96.79%。") == [("execution_rate", "96.79%")]


def test_a_figure_that_opens_a_sections_text_is_said_of_its_title() -> None:
    stated = claims(narrate(blocks_of("一、收支\n1、支出：799.12万元。")), None)
    assert [(c.what, str(c.figure)) for c, _ in stated] == [("executed", "799.12万元")]


def test_money_carried_over_from_last_year_is_no_surplus() -> None:
    assert kinds("年初结转结余资金50万元。") == [("amount", "50万元")]
