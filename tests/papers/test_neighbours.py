"""What a table doesn't print and the only report beside it tells."""

from dataclasses import replace
from decimal import Decimal

from jixiao.model.claims import Report
from jixiao.model.evaluation import Evaluation, Project
from jixiao.model.figure import WAN
from jixiao.model.reading import Kind, Reading
from jixiao.papers.pieces.neighbours import complete

TABLE = Reading(Kind.SELFEVAL_TABLE, Evaluation(total_printed=Decimal(92)))
REPORT = Reading(
    Kind.SELFEVAL_REPORT,
    Report(
        project=Project("护林员管护补助", None, None, "青禾县护林站"), year=2023, grade_printed="优",
        total_printed=Decimal(92), funds_unit=WAN,
    ),
)  # fmt: skip


def test_name_unit_year_and_grade_are_filled_and_each_filling_is_said() -> None:
    table, report = complete([TABLE, REPORT])
    assert isinstance(table.record, Evaluation)
    assert table.record.project == Project("护林员管护补助", None, None, "青禾县护林站")
    assert (table.record.year, table.record.grade_printed) == (2023, "优")
    assert {doubt.where for doubt in table.doubts} == {
        "project.name",
        "project.unit",
        "year",
        "grade_printed",
    }
    assert report == REPORT


def test_what_the_table_prints_itself_is_kept() -> None:
    own = replace(TABLE, record=Evaluation(project=Project("灌溉渠道清淤工程"), year=2022))
    table, _ = complete([own, REPORT])
    assert isinstance(table.record, Evaluation)
    assert (table.record.project.name, table.record.year) == ("灌溉渠道清淤工程", 2022)


def test_a_grade_for_another_total_is_not_taken() -> None:
    other = replace(TABLE, record=Evaluation(total_printed=Decimal(88)))
    table, _ = complete([other, REPORT])
    assert isinstance(table.record, Evaluation)
    assert table.record.grade_printed is None


def test_of_two_tables_or_two_reports_neither_is_filled() -> None:
    assert complete([TABLE, TABLE, REPORT]) == [TABLE, TABLE, REPORT]
    assert complete([TABLE, REPORT, REPORT]) == [TABLE, REPORT, REPORT]
