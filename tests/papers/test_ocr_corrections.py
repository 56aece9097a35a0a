"""What figures prove about cells read from a picture; the pages are made, no picture is read here."""

from dataclasses import replace
from decimal import Decimal

from jixiao.layout import Cell, Doubt, Grid, Layout, Place
from jixiao.model.evaluation import Evaluation
from jixiao.model.reading import Reading
from jixiao.papers import recognize

HEAD = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析")
ROWS = (
    ("产出指标", "数量指标", "养护里程", "≥31公里", "32公里", "30", "30", ""),
    ("产出指标", "质量指标", "验收合格率", "=100%", "100%", "20", "20", ""),
    ("效益指标", "社会效益指标", "群众知晓率", "≥95%", "96%", "30", "28.5", ""),
    ("满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", "95%", "10", "10", ""),
)
FUNDS = (
    ("项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
    ("", "年度资金总额", "20.00", "40.00", "35.37", "10", "88.43%", "8.84"),
)
TOTAL = ("总分", "", "", "", "", "100", "97.34", "")


def page(
    changes: dict[tuple[int, int], str] | None = None, *, unsure: tuple[tuple[int, int], ...] = ()
) -> Layout:
    """A table as a scan gives it; rows and columns from 1, `unsure` cells were read with little confidence."""
    rows = [("项目名称", "青禾县村道养护", "", "", "", "", "", ""), *FUNDS, HEAD, *ROWS, TOTAL]
    cells = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            at = (r + 1, c + 1)
            sure = Decimal("0.5") if at in unsure else Decimal(1)
            cells.append(
                Cell(
                    r,
                    c,
                    (changes or {}).get(at, text),
                    place=Place(page=1, table=1, row=at[0], column=at[1]),
                    confidence=sure,
                )
            )
    return Layout("扫描.png", (Grid(tuple(cells)),), "scan")


def table(layout: Layout) -> tuple[Reading, Evaluation]:
    (reading,) = recognize(layout)
    assert isinstance(reading.record, Evaluation)
    return reading, reading.record


def doubts_at(reading: Reading, where: str) -> list[Doubt]:
    return [doubt for doubt in reading.doubts if doubt.where == where]


def test_a_clean_page_has_no_doubts_and_full_confidence() -> None:
    reading, record = table(page())
    assert reading.doubts == ()
    assert reading.confidence == 1
    assert record.total_printed == Decimal("97.34")


def test_letters_read_for_figures_are_proven_by_the_sum_of_points() -> None:
    reading, record = table(page({(5, 6): "3O"}))
    assert record.indicators[0].points == 30
    (doubt,) = doubts_at(reading, "indicators.0.points")
    assert (doubt.reading, doubt.alternative) == ("30", "3O")
    assert "合计应为 100" in doubt.why


def test_a_lost_point_is_proven_by_the_sum_of_scores() -> None:
    reading, record = table(page({(7, 7): "285"}))
    assert record.indicators[2].score_printed == Decimal("28.5")
    (doubt,) = doubts_at(reading, "indicators.2.score_printed")
    assert (doubt.reading, doubt.alternative) == ("28.5", "285")
    assert "97.34" in doubt.why


def test_a_rate_without_its_point_is_proven_by_two_amounts() -> None:
    reading, record = table(page({(3, 7): "8843%"}))
    assert record.execution.rate_printed is not None
    assert record.execution.rate_printed.value == Decimal("88.43")
    (doubt,) = doubts_at(reading, "execution.rate_printed")
    assert (doubt.reading, doubt.alternative) == ("88.43%", "8843%")


def test_what_the_paper_itself_gets_wrong_is_left_to_the_audit() -> None:
    reading, record = table(page({(5, 7): "29"}))
    assert record.indicators[0].score_printed == 29
    assert reading.doubts == ()


def test_where_the_sum_does_not_decide_there_is_only_a_doubt() -> None:
    reading, record = table(page({(5, 6): "3l", (8, 6): "1O"}, unsure=((5, 6), (8, 6))))
    assert record.indicators[0].points != 30
    assert doubts_at(reading, "indicators.0.points")[0].reading == "3l"


def test_a_sign_read_as_a_figure_is_only_doubted() -> None:
    reading, record = table(page({(7, 4): "295%"}))
    assert record.indicators[2].target is not None
    assert record.indicators[2].target.text == "295%"
    (doubt,) = doubts_at(reading, "indicators.2.target")
    assert (doubt.reading, doubt.alternative) == ("295%", "≥95%")


def test_a_lone_stroke_in_a_column_of_figures_is_doubted() -> None:
    reading, _ = table(page({(8, 7): "一"}))
    assert any(doubt.alternative == "—" for doubt in reading.doubts)


def test_a_doubt_of_the_page_gets_the_field_of_its_cell() -> None:
    doubt = Doubt(Place(page=1, table=1, row=6, column=5), "看不清", "100%", "190%")
    reading, _ = table(replace(page(), doubts=(doubt,)))
    assert [d.where for d in reading.doubts] == ["indicators.1.actual"]


def test_the_confidence_of_a_paper_falls_with_that_of_its_cells() -> None:
    unsure = tuple((row, column) for row in (5, 6, 7, 8) for column in (3, 4, 5))
    reading, _ = table(page(unsure=unsure))
    assert Decimal("0.5") < reading.confidence < Decimal("0.95")


def test_a_page_that_was_no_picture_is_left_alone() -> None:
    grid = page({(5, 6): "3O"}).blocks[0]
    assert isinstance(grid, Grid)
    plain = Layout("表.xlsx", (Grid(tuple(replace(cell, confidence=None) for cell in grid.cells)),), "xlsx")
    _, record = table(plain)
    assert record.indicators[0].points is None
