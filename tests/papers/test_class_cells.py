"""Classes printed in one column, both in a cell or one alone."""

import pytest

from jixiao.papers.cells.headings import find_headers
from jixiao.papers.table.indicator_block import Block, read_indicators
from tests.layouts.small import stream_of

HEADING = "类别\t指标名称\t分值\t目标值\t完成值\t得分\t说明"
TAIL = "合计\t\t100\t\t\t99.20\t"


def block_of(*rows: str, heading: str = HEADING) -> Block:
    stream = stream_of("\n".join((heading, *rows, TAIL)))
    return read_indicators(stream, find_headers(stream), len(stream.fold))


def classes_of(block: Block) -> list[tuple[str | None, str | None]]:
    return [(row.indicator.level1, row.indicator.level2) for row in block.rows]


@pytest.mark.parametrize(
    ("cell", "level1", "level2"),
    [
        ("产出-数量", "产出", "数量"),
        ("产出指标／质量指标", "产出指标", "质量指标"),
        ("效益—社会效益", "效益", "社会效益"),
        ("产出（成本）", "产出", "成本"),
        ("满意度", "满意度", None),
    ],
)
def test_a_cell_tells_both_classes(cell: str, level1: str, level2: str | None) -> None:
    block = block_of(f"{cell}\t渠道清淤长度\t20\t≥8公里\t8.4公里\t20\t")
    assert classes_of(block) == [(level1, level2)]
    row = block.rows[0].indicator
    assert row.level3 == "渠道清淤长度"
    assert row.points == row.score_printed == 20
    assert row.target is not None
    assert row.actual is not None


def test_equal_rows_of_one_class_stay_their_own_rows() -> None:
    block = block_of(
        "产出-数量\t渠道清淤长度\t20\t≥8公里\t8.4公里\t20\t",
        "产出-数量\t水闸检修座数\t20\t=6座\t6座\t20\t两座提前检修",
        "效益-生态效益\t渠水透明度\t20\t≥30厘米\t33厘米\t20\t",
    )
    assert [row.indicator.level3 for row in block.rows] == ["渠道清淤长度", "水闸检修座数", "渠水透明度"]
    assert block.rows[1].indicator.reason == "两座提前检修"
    assert not block.doubts


def test_a_column_of_second_levels_alone_is_taken_for_them() -> None:
    block = block_of(
        "数量指标\t渠道清淤长度\t20\t≥8公里\t8.4公里\t20\t", "质量\t清淤验收合格率\t20\t=100%\t100%\t20\t"
    )
    assert [level2 for _, level2 in classes_of(block)] == ["数量指标", "质量"]


def test_a_column_of_something_else_is_left_alone() -> None:
    block = block_of("青禾片区\t渠道清淤长度\t20\t≥8公里\t8.4公里\t20\t")
    assert classes_of(block) == [(None, None)]


def test_two_headings_of_a_grid_are_not_run_together() -> None:
    (header,) = find_headers(stream_of(f"{HEADING}\n产出-数量\t渠道清淤长度\t20\t≥8公里\t8.4公里\t20\t"))
    assert [c.kind for c in header.columns] == ["level3", "points", "target", "actual", "score", "reason"]
