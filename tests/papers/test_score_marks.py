"""What the points and scores of a sentence are said of, in the wordings of many offices."""

import pytest

from jixiao.layout import Line, Place
from jixiao.model.claims import Report
from jixiao.papers.prose.claims_found import claims
from jixiao.papers.prose.narrative import narrate
from jixiao.papers.prose.score_marks import marks_in, not_scores
from jixiao.papers.reports.selfeval_report import read
from tests.papers.paper_blocks import blocks_of

Pairs = list[tuple[str, str, str]]


def pairs(sentence: str, title: str = "", year: int | None = None) -> Pairs:
    return [(m.name, str(m.points), str(m.score)) for m in marks_in(sentence, title, year)]


def scores(text: str, year: int | None = 2023) -> list[tuple[str, str]]:
    stated = claims(narrate([Line(text, Place(line=1))]), year)
    return [(c.what, str(c.figure)) for c, _ in stated if c.what.endswith("score")]


@pytest.mark.parametrize(
    "sentence, wanted",
    [
        ("成本指标满分20分，自评得分18分。", [("成本指标", "20", "18")]),
        ("成本指标分值10分，本指标得分9.5分。", [("成本指标", "10", "9.5")]),
        ("成本项满分5分，本项得分5分。", [("成本项", "5", "5")]),
        ("项目产出30分，自评29.8分。", [("项目产出", "30", "29.8")]),
        ("过程指标标准分25分，实得24分，得分率96%。", [("过程指标", "25", "24")]),
        ("决策类指标权重15%，评价得分14分。", [("决策类指标", "15", "14")]),
        ("决策类指标权重为15，得分为14。", [("决策类指标", "15", "14")]),
        ("效益指标赋分30分，自评分28.5分。", [("效益指标", "30", "28.5")]),
        ("产出指标占40分，考核得分38分。", [("产出指标", "40", "38")]),
        ("数量指标应得20分，实得18分。", [("数量指标", "20", "18")]),
        ("时效指标10分，扣2分，得8分。", [("时效指标", "10", "8")]),
        ("质量指标分值10分，因两处返工扣1.5分，自评得8.5分。", [("质量指标", "10", "8.5")]),
        ("预算执行率分值10分，资金按期支付，得9.9分。", [("预算执行率", "10", "9.9")]),
        ("产出指标20分中得18分。", [("产出指标", "20", "18")]),
        ("产出指标在满分20分中获得18分。", [("产出指标", "20", "18")]),
        ("产出指标得分18/20分，效益指标28/30分。", [("产出指标", "20", "18"), ("效益指标", "30", "28")]),
        ("产出指标得18分/20分。", [("产出指标", "20", "18")]),
        ("立项依据充分性（3分）：手续齐全，得3分。", [("立项依据充分性", "3", "3")]),
        ("资金投入（满分6分，得5.5分）。", [("资金投入", "6", "5.5")]),
        ("满意度指标得分9分（满分10分）。", [("满意度指标", "10", "9")]),
        ("满意度指标9分（满分10分）。", [("满意度指标", "10", "9")]),
        ("组织实施得分8分，满分9分。", [("组织实施", "9", "8")]),
        ("社会效益满分15分，得满分。", [("社会效益", "15", "15")]),
        ("社会效益得满分15分。", [("社会效益", "15", "15")]),
        ("根据评分细则，产出数量满分10分，我单位该项指标自评得分10分。", [("产出数量", "10", "10")]),
        ("投入20分，得19分；过程30分，得28分；产出30分，得29分。",
         [("投入", "20", "19"), ("过程", "30", "28"), ("产出", "30", "29")]),
        ("一级指标“产出”权重40分，实际得分38分。", [("产出", "40", "38")]),
        ("清淤水渠5公里（分值10分，得9分）。", [("清淤水渠", "10", "9")]),
        ("产出指标总分50分，得分48分。", [("产出指标", "50", "48")]),
        ("自评满分100分，实得98.6分。", [("自评", "100", "98.6")]),
        ("分值20分，得分18分，分值10分，得分9分。", [("本节", "20", "18"), ("本节", "10", "9")]),
    ],
)  # fmt: skip
def test_points_and_score_of_one_thing_are_one_mark(sentence: str, wanted: Pairs) -> None:
    plain = sentence.translate({ord("（"): "(", ord("）"): ")", ord("："): ":"})
    assert pairs(plain, "本节") == wanted


@pytest.mark.parametrize(
    "sentence",
    [
        "满意度指标得10分，综合自评得分98.69分。",  # a class's score, then the total
        "满意度指标10分，综合自评得分98.69分。",
        "满意度指标10分，自评得分98.69分。",
        "产出指标满分30分，满意度指标得10分。",  # two subjects
        "产出30分，效益30分，自评得分28分。",  # a list, then something else
        "该项分值10分，其中制度健全得4分，执行到位得5分。",  # parts of an item
        "每发现一处扣1分，最多得5分。",
        "完成80%以上得8分，完成60%以上得6分。",
        "满分10分，得8-10分为优。",
        "得分率=18/20×100%=90%。",
        "完成1/3，得到群众好评。",
        "预算40万元，用时20分钟，评为优秀。",
    ],
)
def test_figures_of_different_things_are_no_mark(sentence: str) -> None:
    assert pairs(sentence, "本节") == []


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("满意度指标得10分，综合自评得分98.69分。", [("class_score", "10分"), ("total_score", "98.69分")]),
        ("2023年度自评得分96分，2022年度自评得分97.1分。", [("total_score", "96分")]),
        ("上年度自评得分97.1分，本年度自评得分96分。", [("total_score", "96分")]),
        ("2022年产出指标满分30分，得28分。", []),
        ("资金到位率得分5分，预算执行率得分9.6分。", [("class_score", "5分"), ("class_score", "9.6分")]),
        ("同类项目平均得分93分。", []),
        ("最高得分98分，最低得分81分。", []),
        ("指标体系满分100分，其中决策20分、过程20分、产出30分、效益30分。", []),
        ("决策20分、过程20分、产出30分、效益30分。", []),
        ("决策、过程、产出、效益分值分别为20分、20分、30分、30分。", []),
        ("满分100分，自评总分95分。", [("total_score", "95分")]),
        ("该项得分15分，得分率100%。", []),
        ("道路养护项目自评得分95分，桥梁维修项目自评得分92分。", []),
        ("道路养护项目自评得分95分。", [("total_score", "95分")]),
        ("决策、过程、产出得分分别为18分、19分、28分。",
         [("class_score", "18分"), ("class_score", "19分"), ("class_score", "28分")]),
        ("自评总分98分，其中投入20分、过程29分。",
         [("total_score", "98分"), ("class_score", "20分"), ("class_score", "29分")]),
        ("满分100分，综合得分95.5分。", [("total_score", "95.5分")]),
        ("2023年度项目综合得分95.5分（满分100分）。", [("total_score", "95.5分")]),
    ],
)  # fmt: skip
def test_a_score_is_the_totals_a_classs_or_anothers(text: str, wanted: list[tuple[str, str]]) -> None:
    assert scores(text) == wanted


def test_points_alone_are_not_taken_for_scores() -> None:
    sentence = "满分100分，其中决策20分，过程80分。"
    assert {sentence[at : at + 2] for at in not_scores(sentence)} == {"10", "20", "80"}


def test_a_report_that_compares_years_keeps_its_own_total() -> None:
    text = (
        "云岭村2023年度道路养护项目绩效自评报告\n一、结果\n"
        "产出指标50分，自评49.5分；满意度指标得10分，综合自评得分98.69分。\n2022年度自评得分97.1分，较上年提高。"
    )
    record = read(blocks_of(text)).record
    assert isinstance(record, Report)
    assert (str(record.total_printed), [(c.name, str(c.points), str(c.score_printed)) for c in record.classes]) == (
        "98.69", [("产出", "50", "49.5"), ("满意度", "None", "10")],
    )  # fmt: skip


def test_another_years_class_is_not_the_reports() -> None:
    text = (
        "云岭村2023年度道路养护项目绩效自评报告\n一、结果\n"
        "2022年度产出指标满分50分，得46分。\n2023年度产出指标满分50分，得49分，自评总分97分。"
    )
    record = read(blocks_of(text)).record
    assert isinstance(record, Report)
    assert [(c.name, str(c.points), str(c.score_printed)) for c in record.classes] == [("产出", "50", "49")]
