"""A torn table without its heading: the known forms are tried, and prose is left alone."""

from jixiao.papers.pieces.lost import lost_header
from tests.layouts.small import ROWS, TOTAL, stream_of


def test_the_columns_of_the_best_form_are_taken() -> None:
    (header,) = lost_header(stream_of("\n".join((*ROWS, TOTAL))))
    assert [column.kind for column in header.columns][:7] == [
        "level1", "level2", "level3", "target", "actual", "points", "score",
    ]  # fmt: skip
    assert not header.reliable


def test_sign_and_unit_cells_make_another_form() -> None:
    rows = (
        "产出指标\t数量指标\t培训人数\t≥\t100\t人次\t120\t20\t20\t", "\t质量指标\t培训合格率\t≥\t95\t%\t97\t30\t30\t",
        "效益指标\t社会效益指标\t知晓率\t≥\t90\t%\t92\t30\t30\t", "满意度指标\t服务对象满意度指标\t学员满意度\t≥\t90\t%\t95\t10\t10\t",
    )  # fmt: skip
    (header,) = lost_header(stream_of("\n".join(rows)))
    assert header.has("sign")
    assert header.has("unit")


def test_prose_that_names_the_classes_is_no_torn_table() -> None:
    prose = "产出指标中，数量指标完成3项，质量指标完成2项。时效指标按期完成。社会效益指标明显。共投入20万元。支出18万元。满意度92%。"
    assert lost_header(stream_of(prose * 3)) == ()


def test_a_page_with_few_classes_is_no_torn_table() -> None:
    assert lost_header(stream_of("数量指标\t培训人数\t100\t120\t20\t20\t1\t2\n")) == ()
