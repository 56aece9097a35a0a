"""Text without borders: where a cell may end."""

import pytest

from jixiao.papers.glued import is_glued, taken_apart
from tests.layouts.small import stream_of


def pieces(text: str) -> list[str]:
    return [atom.fold for atom in taken_apart(stream_of(text).atoms)]


@pytest.mark.parametrize("text", ["数量指标培训农技人员≥120人次132人次2020", "产出指标数量指标维修渠道"])
def test_a_class_name_with_figures_or_another_class_behind_it_is_several_cells(text: str) -> None:
    (atom,) = stream_of(text).atoms
    assert is_glued(atom)


@pytest.mark.parametrize("text", ["数量指标", "培训农技人员", "≥120人次", "服务对象满意度指标"])
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
