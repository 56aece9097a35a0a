"""What changed between two papers is told row by row: changed cells, added rows, rows that were taken out."""

from dataclasses import replace
from decimal import Decimal

from jixiao.model.evaluation import Evaluation, Goal, Indicator
from jixiao.model.reading import Kind, Reading
from jixiao.telling.changes import Cell, How, changes

A, B, C = (
    Indicator("产出指标", "数量指标", name, points=Decimal(10), score_printed=Decimal(score))
    for name, score in (("养护里程", 10), ("修补面积", 9), ("清扫次数", 8))
)


def paper(*rows: Indicator, goal: str | None = None) -> Reading:
    return Reading(Kind.SELFEVAL_TABLE, Evaluation(goal=Goal(goal), indicators=rows))


def test_the_same_paper_has_no_changes() -> None:
    assert changes(paper(A, B), paper(A, B)) == ()


def test_a_changed_cell_is_told_with_both_texts() -> None:
    (one,) = changes(paper(A, B), paper(A, replace(B, score_printed=Decimal("8.5"))))
    assert (one.row, one.how) == ("数量指标“修补面积”", How.CHANGED)
    assert one.cells == (Cell("得分", "9", "8.5"),)


def test_a_row_put_in_between_moves_no_other() -> None:
    (one,) = changes(paper(A, C), paper(A, B, C))
    assert (one.row, one.how) == ("数量指标“修补面积”", How.ADDED)


def test_a_row_taken_out_is_told_with_what_it_said() -> None:
    (one,) = changes(paper(A, B, C), paper(A, C))
    assert (one.row, one.how) == ("数量指标“修补面积”", How.REMOVED)
    assert Cell("得分", "9", "") in one.cells


def test_a_renamed_row_stays_one_row() -> None:
    (one,) = changes(paper(A, B), paper(A, replace(B, level3="路面修补面积")))
    assert one.how is How.CHANGED
    assert one.cells == (Cell("三级指标", "修补面积", "路面修补面积"),)


def test_what_stands_outside_of_the_rows_is_told_by_its_name() -> None:
    (one,) = changes(paper(A, goal="养护 100 公里"), paper(A, goal="养护 90 公里"))
    assert (one.row, one.cells) == ("年度总体目标 预期目标", (Cell("", "养护 100 公里", "养护 90 公里"),))
