"""Text without borders: where a cell may end."""

import pytest

from jixiao.papers.cells.glued import is_glued, joined_classes, taken_apart
from tests.layouts.small import stream_of


def pieces(text: str) -> list[str]:
    return [atom.fold for atom in taken_apart(stream_of(text).atoms)]


@pytest.mark.parametrize("text", ["数量指标培训农技人员≥120人次132人次2020", "产出指标数量指标维修渠道"])
def test_a_class_name_with_figures_or_another_class_behind_it_is_several_cells(text: str) -> None:
    (atom,) = stream_of(text).atoms
    assert is_glued(atom)


@pytest.mark.parametrize(
    "text",
    ["数量指标", "培训农技人员", "≥120人次", "服务对象满意度指标", "指标1：按期完工率（8.80分）"],
)
def test_one_cell_is_not_glued(text: str) -> None:
    (atom,) = stream_of(text).atoms
    assert not is_glued(atom)


def test_a_glued_row_may_end_a_cell_behind_a_class_before_a_sign_and_between_digits() -> None:
    found = pieces("产出指标数量指标培训农技人员≥120人次132人次2020")
    assert found[:4] == ["产出指标", "数量指标", "培训农技人员", "≥"]
    assert found[-4:] == ["2", "0", "2", "0"]
    assert "".join(found) == "产出指标数量指标培训农技人员≥120人次132人次2020"


def test_a_quality_said_twice_is_target_and_result() -> None:
    assert pieces("社会效益指标村容村貌明显改善明显改善1010")[1:4] == ["村容村貌", "明显改善", "明显改善"]


def test_twins_of_digits_may_be_points_and_score() -> None:
    assert pieces("1010") == ["1", "0", "1", "0"]


@pytest.mark.parametrize("number", ["100", "13.33", "1920", "97.50"])
def test_a_number_that_can_be_one_cell_stays_whole(number: str) -> None:
    assert pieces(number) == [number]


def test_spaces_inside_class_names_are_no_borders() -> None:
    text = "数 量指标 培训人数 120 质 量指标 合格率 95 时 效指标 及时率 100 社 会效益指标 知晓率 90"
    assert {"数量指标", "质量指标", "时效指标", "社会效益指标"} <= set(pieces(text))


def joined(text: str) -> list[str]:
    return [atom.text for atom in joined_classes(stream_of(text).atoms)]


def test_a_class_name_over_two_lines_is_one_name_without_a_space() -> None:
    assert joined("可持续影\n响指标\n渠道长期通水 ≥5年 5年 10 10") == [
        "可持续影响指标", "渠道长期通水", "≥5年", "5年", "10", "10",
    ]  # fmt: skip


def test_whose_satisfaction_and_the_points_below_a_class_belong_to_its_name() -> None:
    assert joined("满意度指标\n(10分)\n服务对象\n满意度指标\n村民满意度 90% 95% 10 10")[:3] == [
        "满意度指标(10分)", "服务对象满意度指标", "村民满意度",
    ]  # fmt: skip


def test_classes_on_a_line_of_their_own_open_the_row_of_words_below() -> None:
    rows = [
        atom.row
        for atom in joined_classes(stream_of("效益\n指标\n社会效益\n指标\n通水村数 3个 3个 30 30").atoms)
    ]
    assert len(set(rows)) == 1


def test_both_classes_of_satisfaction_stand_before_their_row() -> None:
    text = "满意度指标\n（10分）\n服务对象\n满意度指标\n村民满意度 90% 95% 10 10"
    rows = [atom.row for atom in joined_classes(stream_of(text).atoms)]
    assert len(set(rows)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "效益指标\n满意度指标 村民满意度 90% 95% 10 10",
        "生态效益指标\n可持续影响指标 渠道通水 5年 5年 10 10",
        "满意度指标\n通水村数 3个 3个 30 30",
        "满意度指标\n总分 100 98",
    ],
)
def test_a_class_without_an_indicator_stays_on_its_own_line(text: str) -> None:
    atoms = joined_classes(stream_of(text).atoms)
    assert atoms[0].row != atoms[1].row


def test_classes_printed_without_their_last_word_end_a_cell_where_no_other_is_printed() -> None:
    found = pieces(
        "产出指标产出数量维修渠道≥3公里3公里产出质量验收合格率不低于95%96%社会效益村民是否明显受益是达成预期指标"
    )
    assert {"产出数量", "产出质量", "社会效益", "不低于"} <= set(found)


def test_the_same_words_inside_a_name_are_no_class_beside_whole_class_names() -> None:
    assert "社会效益" not in pieces(
        "数量指标培训农技人员≥120人次132人次社会效益指标提升社会效益明显提升明显提升1010"
    )


@pytest.mark.parametrize("name", ["险情6小时内处置率", "知晓率是否明显提高"])
def test_a_figure_or_a_quality_inside_a_name_is_no_cell(name: str) -> None:
    assert name in pieces(f"产出指标产出时效{name}≥95%达成预期指标")


def test_a_name_with_its_points_is_no_glued_cell_and_its_neighbours_stay_whole() -> None:
    lines = ["管护考核办法(10分)", "制定办法并按月考核", "用水户满意度(10分)", "≥90%", "92%", "10"]
    assert [a.fold for a in taken_apart(stream_of("\n".join(lines)).atoms)] == lines
