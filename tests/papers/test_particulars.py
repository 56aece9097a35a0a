"""The labelled cells of a table that no field holds: in its head, below its total, and in columns of their own."""

import pytest

from jixiao.formats import read
from jixiao.model.evaluation import Evaluation, Particular
from jixiao.papers.cells.stream import Stream, atoms_of
from jixiao.papers.table.particulars import read_particulars
from tests.layouts.small import readings_of

ROWS = "产出指标\t数量指标\t渠道清淤长度\t≥10公里\t10公里\t90\t90\t{besides}"
HEADING = "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t{besides}"
HEAD = "项目支出绩效自评表\n项目名称\t渠道维修\t实施单位\t青禾县水利局"


def table(*head: str, heading: str = "备注", besides: str = "", tail: tuple[str, ...] = ()) -> Evaluation:
    lines = (
        HEAD,
        *head,
        HEADING.format(besides=heading),
        ROWS.format(besides=besides),
        "总分\t\t\t\t\t90\t90\t",
        *tail,
    )
    (reading,) = readings_of("\n".join(lines))
    assert isinstance(reading.record, Evaluation)
    return reading.record


def labels(record: Evaluation) -> list[tuple[str, str]]:
    return [(one.label, one.text) for one in record.particulars]


def test_cells_of_the_head_are_kept_under_their_labels() -> None:
    record = table("项目类别\t部门预算项目\t填报日期\t2024年3月5日")
    assert labels(record) == [("项目类别", "部门预算项目"), ("填报日期", "2024年3月5日")]


def test_who_signs_below_the_total_is_kept() -> None:
    assert labels(table(tail=("项目负责人\t甲某\t财务负责人\t乙某",))) == [
        ("项目负责人", "甲某"),
        ("财务负责人", "乙某"),
    ]


def test_boxes_of_which_none_is_ticked_say_nothing() -> None:
    assert labels(table("项目属性\t新增□ 延续□")) == []
    assert labels(table("项目属性\t新增☑ 延续□")) == [("项目属性", "新增☑ 延续□")]


def test_a_label_with_nothing_behind_it_is_silent() -> None:
    assert labels(table("项目类别\t\t填报日期\t2024年3月5日")) == [("填报日期", "2024年3月5日")]


def test_several_labels_in_one_cell_are_parted() -> None:
    stream = Stream(
        atoms_of(read("单位名称：青禾县水利局    填报日期：2024年3月5日\t".encode(), name="x").blocks)
    )
    found = [one for one, _ in read_particulars(stream, (0, len(stream.fold)))]
    assert found == [Particular("单位名称", "青禾县水利局"), Particular("填报日期", "2024年3月5日")]


def test_who_fills_a_form_in_is_not_the_unit_where_both_are_printed() -> None:
    record = table("单位名称\t青禾县农业农村局\t项目类别\t专项")
    assert record.project.unit == "青禾县水利局"
    assert ("单位名称", "青禾县农业农村局") in labels(record)


@pytest.mark.parametrize("heading", ["审核意见", "附件", "佐证资料"])
def test_a_column_that_no_field_holds_is_kept_by_its_heading(heading: str) -> None:
    (row,) = table(heading=heading, besides="同意").indicators
    assert row.particulars == (Particular(heading, "同意"),)
    assert row.reason is None


def test_a_reason_that_begins_as_a_label_does_is_no_label() -> None:
    (row,) = table(heading="偏差原因分析", besides="偏差原因：雨季停工").indicators
    assert row.reason == "偏差原因：雨季停工"
    assert labels(table(heading="偏差原因分析", besides="偏差原因：雨季停工")) == []
