"""Indicators told one a sentence."""

from jixiao.model.claims import Report
from jixiao.papers.reports import selfeval_report
from tests.papers.paper_blocks import blocks_of

TITLE = (
    "青禾县护林员管护补助项目绩效自评报告\n一、自评结论\n评价分98分，自评等级为优。\n（二）绩效目标完成情况\n"
)


def report(body: str) -> Report:
    record = selfeval_report.read(blocks_of(TITLE + body)).record
    assert isinstance(record, Report)
    return record


def rows(record: Report) -> list[tuple[str | None, str, str, str]]:
    return [
        (i.level3, i.target.text if i.target else "", i.actual.text if i.actual else "", f"{i.score_printed}")
        for i in record.indicators
    ]


def test_target_result_and_score_of_each_sentence_are_a_row_and_no_total() -> None:
    record = report(
        "1.巡护林地面积,年初目标值≥800亩,实际完成值820亩,自评得分20分;\n"
        "2.管护合格率，年初目标值为≥95%，实际完成值为96%，分值20分，得18分。\n"
    )
    assert rows(record) == [("巡护林地面积", "≥800亩", "820亩", "20"), ("管护合格率", "≥95%", "96%", "18")]
    assert f"{record.indicators[1].points}" == "20"
    assert f"{record.total_printed}" == "98"


def test_classes_are_carried_down_from_the_titles_of_sections() -> None:
    record = report(
        "1.产出指标完成情况：\n（1）数量指标完成情况：\n巡护面积，指标值800亩，完成值820亩，得分20分。\n"
        "（2）质量指标完成情况：\n管护合格率，指标值95%，完成值96%，得分20分。\n"
    )
    assert [(i.level1, i.level2) for i in record.indicators] == [
        ("产出指标", "数量指标"),
        ("产出指标", "质量指标"),
    ]


def test_one_such_sentence_is_left_to_its_claims() -> None:
    assert rows(report("管护合格率，目标值95%，实际完成值96%，资金已全部支付。\n")) == []


def test_prose_on_targets_gives_no_row() -> None:
    assert rows(report("年初目标值设定合理，实际完成值均达到要求。\n目标值为800亩，其他见表。\n")) == []
