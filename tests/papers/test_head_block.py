"""What stands above the indicators: project, department, unit, year, goals."""

import pytest

from jixiao.papers.table.head_block import read_goals, read_head, read_year
from tests.layouts.small import stream_of


def labels(text: str) -> dict[str, str]:
    stream = stream_of(text)
    return {name: field.text for name, field in read_head(stream, 0, len(stream.fold))[0].items()}


def goals(text: str) -> dict[str, str]:
    stream = stream_of(text)
    return {name: field.text for name, field in read_goals(stream, 0, len(stream.fold)).items()}


def test_values_stand_beside_their_labels_in_a_grid() -> None:
    text = "项目名称\t灌溉渠道清淤工程\t\t\n主管部门\t云岭市水务局\t实施单位\t河道管理所\n"
    assert labels(text) == {
        "name": "灌溉渠道清淤工程",
        "department": "云岭市水务局",
        "unit": "河道管理所",
    }


def test_values_stand_below_their_labels_one_cell_a_line() -> None:
    text = "项目名称\n灌溉渠道清淤工程\n主管部门\n云岭市水务局\n实施单位\n河道管理所\n"
    assert labels(text)["unit"] == "河道管理所"


def test_a_colon_parts_label_and_value() -> None:
    assert labels("项目名称：灌溉渠道清淤工程\n实施单位（盖章）：河道管理所\n") == {
        "name": "灌溉渠道清淤工程", "unit": "河道管理所",
    }  # fmt: skip


def test_a_label_without_a_value_is_silent() -> None:
    assert labels("项目名称\t\t\t\n主管部门\t云岭市水务局\t实施单位\t\n") == {"department": "云岭市水务局"}


def test_a_value_keeps_the_place_of_its_first_character() -> None:
    stream = stream_of("项目名称\t灌溉渠道清淤工程\t\t\n")
    assert read_head(stream, 0, len(stream.fold))[0]["name"].place.column == 2


@pytest.mark.parametrize(
    ("text", "year"), [("（2023年度）", 2023), ("2022年度项目支出绩效自评表", 2022), ("（ 2021 年）", 2021), ("项目支出绩效自评表", None)]
)  # fmt: skip
def test_the_year_is_the_one_the_title_prints(text: str, year: int | None) -> None:
    stream = stream_of(text)
    found = read_year(stream, 0, len(stream.fold))
    assert (found[0] if found else None) == year


def test_goals_stand_below_their_labels_side_by_side() -> None:
    text = "年度总体目标\t预期目标\t\t实际完成情况\t\n\t改善灌溉条件。\t\t完成清淤12公里。\t\n"
    assert goals(text) == {"expected": "改善灌溉条件。", "actual": "完成清淤12公里。"}


def test_a_goal_without_its_result_leaves_the_result_silent() -> None:
    text = "年度总体目标\t预期目标\t\t实际完成情况\t\n\t改善灌溉条件。\t\t\t\n"
    assert goals(text) == {"expected": "改善灌溉条件。"}


@pytest.mark.parametrize(
    "text",
    [
        "年度总体目标\t预期目标\t实际完成情况\n\t清淤12公里。\t清淤12公里。\n",
        "年度总体目标\t预期目标\t\t实际完成情况\t\n\t清淤12公里。\t清淤12公里。\t清淤12公里。\t清淤12公里。\n",
        "预期目标\n实际完成情况\n清淤12公里。\n清淤12公里。\n",
    ],
)
def test_a_result_that_repeats_the_goal_word_for_word_is_kept(text: str) -> None:
    assert goals(text) == {"expected": "清淤12公里。", "actual": "清淤12公里。"}


def test_a_goal_written_out_over_its_merged_cells_is_no_result() -> None:
    text = "年度总体目标\t预期目标\t\t实际完成情况\n\t清淤12公里。\t清淤12公里。\t\n"
    assert goals(text) == {"expected": "清淤12公里。"}


def test_the_heading_over_both_goals_is_no_label_of_one() -> None:
    text = "年度总体目标完成情况 预期目标 实际完成情况\n 做好防汛，维修渠道。 目标已完成。\n年度"
    assert goals(text) == {"expected": "做好防汛，维修渠道。", "actual": "目标已完成。"}


def test_two_goals_in_pieces_part_where_the_second_begins_as_the_first() -> None:
    text = "预期目标 实际完成情况 本项目安排20万元，维修 渠道3公里。 本项目支出18万元，维修 渠道2公里。"
    assert goals(text) == {
        "expected": "本项目安排20万元，维修 渠道3公里。", "actual": "本项目支出18万元，维修 渠道2公里。",
    }  # fmt: skip


def test_numbered_goals_part_where_the_numbers_begin_again() -> None:
    text = "预期目标 实际完成情况\n目标1:抽检48批\n目标2:加强监管\n目标1:抽检50批\n目标2:加强了监管\n"
    assert goals(text) == {
        "expected": "目标1:抽检48批目标2:加强监管", "actual": "目标1:抽检50批目标2:加强了监管",
    }  # fmt: skip


def test_goals_that_slid_under_one_label_go_by_their_order() -> None:
    text = "总体目标完成情况\t总体目标\t全年实际完成情况\n落实就业政策。\t政策已落实。\t\n"
    assert goals(text) == {"expected": "落实就业政策。", "actual": "政策已落实。"}


def test_a_year_is_no_day_of_filling_in() -> None:
    stream = stream_of("填报日期：2022年3月18日 项目名称 2021年林场防火道维护")
    found = read_year(stream, 0, len(stream.fold))
    assert found is not None
    assert found[0] == 2021
    alone = stream_of("填报日期：2022年3月18日")
    assert read_year(alone, 0, len(alone.fold)) is None


def test_the_year_of_a_title_glued_to_the_table_stands_before_it() -> None:
    stream = stream_of(
        "2021年度市级财政项目绩效自评表单位名称：青禾县林场填报日期：2022年3月18日项目名称防火道维护"
    )
    start = stream.fold.index("项目绩效自评表")
    found = read_year(stream, start, len(stream.fold))
    assert found is not None
    assert found[0] == 2021


def test_a_label_left_blank_on_the_same_line_belongs_to_no_value() -> None:
    assert (
        labels("项目单位（盖章）：青禾县图书室   主要领导签字：\n填报日期：2023.6.2\n")["unit"]
        == "青禾县图书室"
    )


def test_a_department_is_named_as_the_unit_of_its_whole_form() -> None:
    assert labels("部门（单位）名称\t青禾县林业局\t\n")["unit"] == "青禾县林业局"


def test_the_results_of_a_list_of_tasks_are_no_goal() -> None:
    assert goals("年度主要任务\t任务名称\t主要内容\t完成情况\n\t造林\t造林900亩\t完成910亩\n") == {}


def test_a_short_goal_stands_between_its_label_and_the_next() -> None:
    found = goals("总体目标\t储备灭火机9台\t完成情况\t储备8台\n")
    assert found == {"expected": "储备灭火机9台", "actual": "储备8台"}
