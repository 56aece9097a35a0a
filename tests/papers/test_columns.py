"""Cells under their headings: by what they hold, not by where they stand."""

import pytest

from jixiao.papers.cells.alignment import RowCells
from jixiao.papers.cells.columns import align, worth_of
from jixiao.papers.cells.glued import taken_apart
from jixiao.papers.cells.headings import Header, find_headers
from jixiao.papers.cells.stream import Atom
from tests.layouts.small import HEADING, ROWS, stream_of


def rows_of(text: str) -> tuple[RowCells, ...]:
    atoms, header = body_of(text)
    return align(atoms, header)


def body_of(text: str) -> tuple[tuple[Atom, ...], Header]:
    stream = stream_of(text)
    (header,) = find_headers(stream)
    return stream.cut(header.end, len(stream.fold)).atoms, header


def said(row: RowCells) -> dict[str, str]:
    return {kind: text for kind in row.cells if (text := row.text(kind)) is not None}


def test_a_sound_grid_is_taken_as_it_stands() -> None:
    rows = rows_of("\n".join((HEADING, *ROWS)))
    assert len(rows) == 5
    assert not any(row.slid or row.surplus for row in rows)
    assert said(rows[2]) == {
        "level2": "时效指标", "level3": "补助发放及时率", "target": "=100%", "actual": "90%", "points": "15", "score": "13.50",
        "reason": "发放推迟，改进措施：提前造册。",
    }  # fmt: skip


def test_a_row_that_slid_says_so_and_keeps_its_cells() -> None:
    rows = rows_of("\n".join((HEADING, ROWS[0], "\t\t\t质量指标\t管护合格率\t≥95%\t96%\t15\t15", *ROWS[2:])))
    assert rows[1].slid
    assert said(rows[1]) == {
        "level2": "质量指标", "level3": "管护合格率", "target": "≥95%", "actual": "96%", "points": "15", "score": "15",
    }  # fmt: skip


def test_a_row_of_words_that_slid_to_the_left_is_put_back_though_every_cell_would_fit() -> None:
    heading = "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t得分"
    rows = (
        "效益指标\t社会效益指标\t村容村貌\t明显改善\t达成预期指标\t15",
        "\t农户种植水平\t明显提高\t完成\t15\t",
    )
    first, second = rows_of("\n".join((heading, *rows)))
    assert (first.slid, second.slid) == (False, True)
    assert said(second) == {"level3": "农户种植水平", "target": "明显提高", "actual": "完成", "score": "15"}


SIGNED = "一级指标\t二级指标\t三级指标\t计算符号\t指标值\t完成值\t计量单位\t设定权重\t分值\t得分\t扣分\t意见"


def test_a_row_that_slid_to_the_right_past_an_empty_column_is_put_back_as_a_whole() -> None:
    whole = "产出指标\t数量指标\t养护里程\t≥\t41\t45\t公里\t\t11\t11\t0\t"
    slid = "\t质量指标\t\t路面平整度\t≥\t91\t99\t%\t\t7\t7\t0"
    first, second = rows_of(f"{SIGNED}\n{whole}\n{slid}")
    assert (first.slid, second.slid) == (False, True)
    assert [second.text(k) for k in ("level2", "level3", "sign", "target", "actual", "points", "score")] == [
        "质量指标", "路面平整度", "≥", "91", "99", "7", "7",
    ]  # fmt: skip


def test_a_row_with_a_sign_where_its_name_belongs_slid_to_the_left() -> None:
    whole = "效益指标\t社会效益指标\t受益村数\t≥\t41\t45\t个\t\t4\t4\t0\t"
    slid = "\t保障正常运转\t定性\t成效显著\t达成预期指标\t\t\t4\t4\t0\t\t"
    _, second = rows_of(f"{SIGNED}\n{whole}\n{slid}")
    assert second.slid
    assert [second.text(k) for k in ("level2", "level3", "sign", "target", "actual", "points", "score")] == [
        None, "保障正常运转", "定性", "成效显著", "达成预期指标", "4", "4",
    ]  # fmt: skip


def test_a_class_of_another_name_before_a_row_without_a_score_is_left_alone() -> None:
    heading = "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t得分"
    (row,) = rows_of(f"{heading}\n效益指标\t民生改善\t村容村貌\t明显改善\t完成\t")
    assert not row.slid
    assert row.text("level2") == "民生改善"


def test_a_figure_that_repeats_its_digits_is_one_where_it_fills_its_cell() -> None:
    stream = stream_of(f"{HEADING}\n\t效益指标\t经济效益指标\t户均增收\t\t1010\t10\t10\t")
    (header,) = find_headers(stream)
    (row,) = align(taken_apart(stream.cut(header.end, len(stream.fold)).atoms), header)
    assert (row.text("target"), row.text("actual"), row.text("points")) == (None, "1010", "10")


def test_points_and_score_run_together_are_still_two() -> None:
    stream = stream_of(f"{HEADING}\n\t效益指标\t经济效益指标\t户均增收\t≥900元\t950元\t1010\t\t")
    (header,) = find_headers(stream)
    (row,) = align(taken_apart(stream.cut(header.end, len(stream.fold)).atoms), header)
    assert (row.text("points"), row.text("score")) == ("10", "10")


def test_a_piece_that_fits_nowhere_is_surplus_and_not_squeezed_in() -> None:
    crowded = "\t产出指标\t数量指标\t巡护林地面积\t≥800亩\t巡护林地\t≥900亩\t820亩\t20\t20\t"
    rows = rows_of("\n".join((HEADING, crowded, *ROWS[1:])))
    assert rows[0].surplus


def test_points_before_the_target_are_found_by_their_heading() -> None:
    heading = "一级指标\t二级指标\t三级指标\t分值\t年度指标值\t实际完成值\t得分"
    (row,) = rows_of(f"{heading}\n产出指标\t数量指标\t培训人数\t20\t≥100人\t120人\t20")
    assert (row.text("points"), row.text("target"), row.text("actual")) == ("20", "≥100人", "120人")


def test_sign_value_and_unit_have_columns_of_their_own() -> None:
    heading = "一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位\t完成值\t权重\t得分"
    (row,) = rows_of(f"{heading}\n产出指标\t数量指标\t培训人数\t≥\t100\t人次\t120\t20\t20")
    assert [row.text(kind) for kind in ("sign", "target", "unit", "actual")] == ["≥", "100", "人次", "120"]


@pytest.mark.parametrize("between", ["\n", " "])
def test_rows_without_cell_borders_are_cut_by_what_fits(between: str) -> None:
    cells = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"]
    first = ["产出指标", "数量指标", "培训农技人员", "≥120人次", "132人次", "20", "20"]
    second = ["质量指标", "培训合格率", "≥95%", "97%", "10", "10"]
    third = ["时效指标", "资金拨付及时率", "=100%", "90%", "10", "9"]
    rows = rows_of(between.join([*cells, *first, *second, *third]))
    assert [row.text("level3") for row in rows] == ["培训农技人员", "培训合格率", "资金拨付及时率"]
    assert [(row.text("target"), row.text("actual")) for row in rows] == [
        ("≥120人次", "132人次"),
        ("≥95%", "97%"),
        ("=100%", "90%"),
    ]


def test_an_empty_result_does_not_move_the_points_into_it() -> None:
    cells = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"]
    rows = rows_of(
        "\n".join([*cells, "产出指标", "数量指标", "培训农技人员", "≥120人次", "20", "0", "质量指标", "培训合格率",
                   "≥95%", "97%", "10", "10"])
    )  # fmt: skip
    assert (rows[0].text("actual"), rows[0].text("points"), rows[0].text("score")) == (None, "20", "0")


def test_the_heading_that_suits_the_rows_is_worth_more() -> None:
    text = "\n".join((HEADING, *ROWS))
    atoms, header = body_of(text)
    loose = Header(0, 0, header.columns, reliable=False, glued=True)
    wrong = Header(0, 0, tuple(reversed(header.columns)), reliable=False, glued=True)
    assert worth_of(atoms, loose) > worth_of(atoms, wrong)


def test_a_row_without_the_merged_cell_in_front_is_read_by_what_its_cells_hold() -> None:
    heading = "绩效指标\t一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位\t完成值\t权重\t得分\t原因"
    body = (
        "产出指标\t数量指标\t培训人数\t≥\t100\t人次\t120\t20\t20\t",
        "效益指标\t社会效益指标\t灌渠管护水平\t定性\t优良中低差\t\t优\t20\t20\t",
    )
    rows = rows_of("\n".join((heading, *body)))
    assert [row.text("actual") for row in rows] == ["120", "优"]
    assert [row.text("score") for row in rows] == ["20", "20"]
