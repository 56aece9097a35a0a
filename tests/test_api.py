"""The verbs: what is read names its file, what is scored names its rule-book, what is compared keeps its order."""

from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest

from jixiao import api
from jixiao.errors import UnknownNameError, UnreadableError
from jixiao.formats import write
from jixiao.model.evaluation import Execution
from jixiao.model.finding import Severity
from jixiao.model.reading import Filing, Kind
from tests.examples import CLINICS, FOLDER, ROADS, WATER, WATER_REPORT, report, table

BOOK = FOLDER / "卫生院设备自评表.xlsx"
REPORT = FOLDER / "供水巡检自评报告.docx"


def filing(path: Path) -> Filing:
    (found,) = api.file_together(api.read_file(path, name=path.name))
    return found


def test_a_reading_names_its_file_its_digest_and_its_order() -> None:
    readings = api.read_papers(REPORT.read_bytes(), name="报告.docx")
    assert [reading.kind for reading in readings] == [Kind.SELFEVAL_REPORT, Kind.SELFEVAL_TABLE]
    assert [reading.index for reading in readings] == [0, 1]
    assert {reading.file for reading in readings} == {"报告.docx"}
    assert {reading.sha256 for reading in readings} == {sha256(REPORT.read_bytes()).hexdigest()}


def test_a_file_a_stream_and_its_bytes_read_alike() -> None:
    data = BOOK.read_bytes()
    read = api.read_papers(data, name="a")
    assert api.read_file(BOOK, name="a") == read
    assert api.read_stream(BytesIO(data), name="a") == read


def test_a_file_that_is_not_there_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="找不到"):
        api.read_file(tmp_path / "没有.xlsx", name="没有.xlsx")


@pytest.mark.parametrize("suffix", [".xlsx", ".docx", ".txt"])
@pytest.mark.parametrize("name, evaluation", [("村道养护自评表", ROADS), ("卫生院设备自评表", CLINICS)])
def test_every_format_of_an_example_holds_the_same_record(name: str, evaluation: object, suffix: str) -> None:
    (reading,) = api.read_file(FOLDER / f"{name}{suffix}", name=name)
    read = reading.record
    assert [
        getattr(read, field)
        for field in ("project", "year", "execution", "goal", "indicators", "total_printed")
    ] == [
        getattr(evaluation, field)
        for field in ("project", "year", "execution", "goal", "indicators", "total_printed")
    ]
    assert reading.doubts == ()


def test_the_rule_book_is_chosen_by_the_paper_and_overridden_by_name() -> None:
    assert api.choose(filing(BOOK)).scheme.id == "national-2020"
    chosen = api.choose(filing(BOOK), "anhui-huaiyuan")
    assert chosen.scheme.id == "anhui-huaiyuan"
    assert "指定" in chosen.why
    with pytest.raises(UnknownNameError):
        api.choose(filing(BOOK), "yunling")


def test_a_place_that_only_the_report_names_chooses_the_rule_book() -> None:
    nameless = replace(WATER, project=replace(WATER.project, unit="供水站", department="水利局"))
    lines = ((0, "怀远县2024年度农村供水管网巡检项目绩效自评报告"), *WATER_REPORT[1:])
    page = report(lines, nameless)
    (found,) = api.file_together(api.read_papers(write(page, "text"), name="a.txt"))
    assert api.choose(found).scheme.id == "anhui-huaiyuan"


def test_each_table_with_scores_is_scored_and_nothing_else() -> None:
    scored = api.score_papers(filing(REPORT))
    assert [one.reading.kind for one in scored] == [Kind.SELFEVAL_TABLE]
    assert scored[0].sheet.total.score is not None
    assert f"{scored[0].sheet.total.score}" == "99.65"


def test_amounts_that_the_report_states_stand_in_for_a_missing_fund_block() -> None:
    funds = replace(WATER.funds, total=None, fiscal=None, carryover=None, other=None)
    without = replace(WATER, funds=funds, execution=Execution(Decimal(10)))
    lines = tuple((level, text.replace("万元，用于", "万元。用于")) for level, text in WATER_REPORT)
    (found,) = api.file_together(api.read_papers(write(report(lines, without), "text"), name="a.txt"))
    (one,) = api.score_papers(found)
    assert f"{one.sheet.execution.score}" == "9.20"
    assert any("36.80" in step.says for step in one.sheet.execution.steps)


def test_a_filing_without_a_table_is_reviewed_without_a_sheet() -> None:
    lines = report(WATER_REPORT, WATER).blocks[: len(WATER_REPORT)]
    page = replace(table(WATER), blocks=lines)
    (found,) = api.file_together(api.read_papers(write(page, "text"), name="a.txt"))
    review = api.review(found, api.choose(found))
    assert review.sheet is None
    assert api.score_papers(found) == ()


def test_a_review_stands_under_its_rule_book_and_its_digest() -> None:
    choice = api.choose(filing(BOOK))
    review = api.review(filing(BOOK), choice)
    assert (review.scheme, review.digest) == (choice.scheme.id, choice.scheme.digest)
    assert Severity.ERROR in {finding.severity for finding in review.findings}


def test_comparing_keeps_the_order_and_what_was_found_alone() -> None:
    pairs = []
    for path in sorted(FOLDER.iterdir()):
        choice = api.choose(filing(path))
        pairs.append((api.review(filing(path), choice), choice))
    compared = api.compare(pairs)
    assert [one.filing for one in compared] == [one.filing for one, _ in pairs]
    assert all(
        set(one.findings) <= set(other.findings) for (one, _), other in zip(pairs, compared, strict=True)
    )


def test_rules_are_named_by_code_family_and_severity() -> None:
    assert {rule.code for rule in api.rules_named(["fd01"]).known} == {"FD01"}
    assert {rule.code[:2] for rule in api.rules_named(["FD"]).known} == {"FD"}
    assert "FD01" not in {rule.code for rule in api.rules_named([], ["FD01"]).known}
    assert api.rules_named() == api.ALL_RULES
