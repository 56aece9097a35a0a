"""Rows as indicators: classes carried down, doubts kept, template rows left out."""

from decimal import Decimal

import pytest

from jixiao.papers.cells.headings import find_headers
from jixiao.papers.table.indicator_block import Block, canonical1, home_of, read_indicators
from tests.layouts.small import HEADING, ROWS, TOTAL, stream_of


def block_of(*rows: str, heading: str = HEADING) -> Block:
    stream = stream_of("\n".join((heading, *rows)))
    return read_indicators(stream, find_headers(stream), len(stream.fold))


def test_a_total_row_gives_points_and_total_and_no_indicator() -> None:
    block = block_of(*ROWS, TOTAL)
    assert len(block.rows) == 5
    assert (f"{block.points_printed}", f"{block.total_printed}") == ("100", "97.50")


def test_a_class_row_without_an_indicator_changes_the_class_below_it() -> None:
    block = block_of(
        *ROWS[:3],
        "\t效益指标\t\t\t\t\t\t\t",
        "\t\t生态效益指标\t林区生态环境\t持续改善\t达成预期指标\t30\t30\t",
        TOTAL,
    )
    assert block.rows[3].indicator.level1 == "效益指标"


def test_a_second_level_whose_class_label_is_lost_goes_to_its_own_class_with_a_doubt() -> None:
    block = block_of(
        *ROWS[:3],
        "\t效益指标\t社会效益指标\t村容村貌\t明显改善\t达成预期指标\t10\t10\t",
        "\t满意度指标\t服务对象满意度指标\t林区群众满意度\t≥90%\t93%\t10\t10\t",
        "\t\t生态效益指标\t林区生态环境\t持续改善\t达成预期指标\t20\t20\t",
        TOTAL,
    )
    assert block.rows[5].indicator.level1 == "效益指标"
    assert [doubt.where for doubt in block.doubts] == ["indicators.5.level1"]
    assert block.doubts[0].alternative == "满意度指标"


def test_a_class_that_slid_under_the_first_level_is_put_back_where_the_name_stands_twice() -> None:
    slid = "\t质量指标\t管护合格率\t管护合格率\t≥95%\t96%\t15\t15\t"
    block = block_of(ROWS[0], slid, *ROWS[2:], TOTAL)
    row = block.rows[1].indicator
    assert (row.level1, row.level2, row.level3) == ("产出指标", "质量指标", "管护合格率")
    assert block.rows[2].indicator.level1 == "产出指标"
    assert [(doubt.where, doubt.reading) for doubt in block.doubts] == [
        ("indicators.1.level1", "产出指标／质量指标")
    ]


def test_a_forms_own_first_level_stays_where_the_name_stands_once() -> None:
    own = "\t质量指标\t管护\t管护合格率\t≥95%\t96%\t15\t15\t"
    row = block_of(ROWS[0], own, *ROWS[2:], TOTAL).rows[1].indicator
    assert (row.level1, row.level2) == ("质量指标", "管护")


def test_a_score_that_is_no_number_is_open_and_said() -> None:
    block = block_of(ROWS[0].replace("\t20\t20\t", "\t20\t合格\t"), *ROWS[1:], TOTAL)
    assert block.rows[0].indicator.score_printed is None
    assert block.rows[0].indicator.points == 20


def test_a_row_without_a_name_is_doubted_by_its_number() -> None:
    block = block_of(ROWS[0], "\t\t质量指标\t\t≥95%\t96%\t十五\t15\t", *ROWS[2:], TOTAL)
    said = [doubt.why for doubt in block.doubts if doubt.where.startswith("indicators.1")]
    assert any("第 2 行" in why for why in said)
    assert not any("None" in why for why in said)


def test_a_unit_in_a_cell_without_a_heading_is_read_as_the_unit_and_said() -> None:
    heading = "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分"
    block = block_of(
        "产出指标\t数量指标\t培训人数\t≥100\t人次\t120\t20\t20", "\t质量指标\t培训合格率\t≥95%\t97%\t10\t10", heading=heading
    )  # fmt: skip
    row = block.rows[0].indicator
    assert row.target is not None
    assert (row.points, row.score_printed) == (Decimal(20), Decimal(20))
    assert block.doubts


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("产出指标", "产出指标"),
        ("项目产出指标（50分）", "产出指标"),
        ("满意度", "满意度指标"),
        ("工作任务", None),
    ],
)
def test_a_first_level_has_a_standard_name_or_is_the_papers_own(printed: str, name: str | None) -> None:
    assert canonical1(printed) == name


@pytest.mark.parametrize(
    ("level2", "level1"),
    [("数量指标", "产出指标"), ("社会效益指标", "效益指标"), ("服务对象满意度指标", "满意度指标"), ("经济成本指标", "成本指标"),
     ("成本指标", None), ("专项任务", None), (None, None)],
)  # fmt: skip
def test_a_second_level_belongs_to_one_class_or_to_none_for_sure(
    level2: str | None, level1: str | None
) -> None:
    assert home_of(level2) == level1


def test_points_in_the_name_are_points_where_the_table_has_no_column_for_them() -> None:
    heading = "一级指标\t二级指标\t三级指标\t年初目标值\t实际完成值\t得分"
    row = "产出指标（40分）\t数量指标\t检修水泵台数（15分）\t≥20台\t21台\t15"
    block = block_of(row, heading=heading)
    indicator = block.rows[0].indicator
    assert (indicator.level3, indicator.points) == ("检修水泵台数", 15)


def test_a_bracket_in_the_name_stays_where_points_have_a_cell() -> None:
    block = block_of(ROWS[0].replace("\t20\t20\t", "（5分）\t20\t20\t"), *ROWS[1:], TOTAL)
    assert block.rows[0].indicator.points == 20
