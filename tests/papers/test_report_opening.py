"""What a report says before its first heading is its opening, which the rules on wording read too."""

import pytest

from jixiao import api
from jixiao.audit.prose import passages_of
from jixiao.model.claims import DepartmentReport, Report
from jixiao.model.reading import Reading
from jixiao.model.record import from_json, to_json

OPENING = (
    "根据《青禾县项目支出绩效管理办法》，我局对2023年度资金己拨付的项目开展了绩效自评，现将情况报告如下："
)
BODY = "一、项目基本情况\n项目预算20万元，执行20万元。\n二、存在问题\n台账登记不够及时。\n"


def read(text: str) -> Reading:
    return api.read_papers(text.encode(), name="报告.txt")[0]


@pytest.mark.parametrize(
    ("title", "kind"),
    [("2023年度管护项目绩效自评报告", Report), ("2023年度部门绩效自评工作报告", DepartmentReport)],
)
def test_sentences_between_title_and_first_heading_are_the_opening(title: str, kind: type) -> None:
    found = read(f"{title}\n项目名称：管护项目\n填报单位：青禾县水利局\n{OPENING}\n{BODY}")
    assert isinstance(found.record, kind)
    assert getattr(found.record, "opening", None) == OPENING
    assert found.places["opening"].line == 4


def test_a_head_without_sentences_is_no_opening() -> None:
    found = read(f"青禾县水利局\n2023年度管护项目绩效自评报告\n2024年3月1日\n{BODY}")
    assert isinstance(found.record, Report)
    assert found.record.opening is None


def test_the_rules_on_running_text_see_the_opening_and_the_record_keeps_it() -> None:
    found = read(f"2023年度管护项目绩效自评报告\n{OPENING}\n{BODY}")
    (passage,) = (one for one in passages_of(0, found.record) if one.where == "opening")
    assert (passage.text, passage.in_report) == (OPENING, True)
    again = from_json(to_json(found)).record
    assert isinstance(again, Report)
    assert again.opening == OPENING
