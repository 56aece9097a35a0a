"""Scores that a report tells in several places: the classes in its conclusion, their items further down."""

from jixiao.model.claims import Report
from jixiao.model.reading import Reading
from jixiao.papers import selfeval_report
from tests.papers.paper_blocks import blocks_of


def selfeval(text: str) -> tuple[Report, Reading]:
    reading = selfeval_report.read(blocks_of(text))
    assert isinstance(reading.record, Report)
    return reading.record, reading


def test_items_follow_their_class_when_all_classes_are_told_first() -> None:
    text = (
        "经费绩效自评报告\n一、自评结论\n其中：产出指标满分50分，得49分；效益指标满分30分，得30分。\n二、完成情况\n"
        "（一）产出指标完成情况\n1.清淤长度：标准分值20分，得19分。\n2.验收合格率：标准分值30分，得30分。\n"
        "（二）效益指标完成情况\n1.受益农户：标准分值30分，得30分。"
    )
    report, reading = selfeval(text)
    assert [c.name for c in report.classes] == ["产出", "清淤长度", "验收合格率", "效益", "受益农户"]
    assert [reading.places[f"classes.{k}"].line for k in range(5)] == [3, 6, 7, 3, 9]


def test_items_follow_their_class_when_a_table_tells_the_classes() -> None:
    text = "经费绩效自评报告\n一、自评结论\n项目\t分值\t得分\n产出\t50\t49\n效益\t30\t30\n\n二、产出情况\n1.清淤长度：分值20分，得19分。"
    report, _ = selfeval(text)
    assert [c.name for c in report.classes] == ["产出", "清淤长度", "效益"]
