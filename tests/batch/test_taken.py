"""What one file gives: rows of every table, the same from whoever asks, and one sentence for what can't be read."""

import pickle
from decimal import Decimal
from pathlib import Path

import pytest

from jixiao import api
from jixiao.api.ingesting import rows_of_file
from jixiao.batch import tables
from jixiao.batch.taken import number_of
from jixiao.model.claims import Report
from tests.examples import FOLDER

REPORT = FOLDER / "供水巡检自评报告.txt"
Rows = list[dict[str, object]]


def _rows(path: Path, name: str = "甲/报告.txt") -> dict[str, Rows]:
    return {table: batch.to_pylist() for table, batch in rows_of_file(name, path.read_bytes()).items()}


def test_a_file_gives_its_filing_its_funds_and_what_its_report_states() -> None:
    rows = _rows(REPORT)
    (filing,) = rows["filings"]
    assert filing["filing"] == number_of("甲/报告.txt", 0)
    assert {(paper["kind"], paper["main"]) for paper in rows["papers"]} == {
        ("selfeval_table", True),
        ("selfeval_report", False),
    }
    assert {paper["file"] for paper in rows["papers"]} == {"甲/报告.txt"}
    every = [row for name, found in rows.items() if name not in tables.UNPLACED for row in found]
    assert {(row["filing"], row["year"]) for row in every} == {(filing["filing"], filing["year"])}
    assert rows["funds"]
    assert not rows["refused"]


def test_claims_are_what_the_papers_state_in_exact_numbers() -> None:
    readings = api.read_papers(REPORT.read_bytes(), name="甲/报告.txt")
    stated = [claim for one in readings if isinstance(one.record, Report) for claim in one.record.claims]
    claims = _rows(REPORT)["claims"]
    assert [(row["what"], row["quoted"], row["printed"]) for row in claims] == [
        (claim.what, claim.quoted, str(claim.figure)) for claim in stated
    ]
    values = [Decimal(str(row["value"])) / Decimal(str(row["value_per"])) / 10**6 for row in claims]
    assert values == [Decimal(one.figure.exact.numerator) / one.figure.exact.denominator for one in stated]


def test_findings_are_those_of_a_review_in_its_order() -> None:
    (filing,) = api.file_together(api.read_papers(REPORT.read_bytes(), name="甲/报告.txt"))
    due = api.review(filing, api.choose(filing)).findings
    found = _rows(REPORT)["findings"]
    assert [(row["code"], row["severity"], row["field"], row["says"]) for row in found] == [
        (one.code, one.severity.value, one.where, one.says) for one in due
    ]
    assert found


def test_the_same_file_gives_the_same_rows_and_another_name_another_number() -> None:
    data = REPORT.read_bytes()
    assert pickle.dumps(rows_of_file("甲.txt", data)) == pickle.dumps(rows_of_file("甲.txt", data))
    assert number_of("甲.txt", 0) != number_of("乙.txt", 0) != number_of("乙.txt", 1)
    assert 0 <= min(number_of("甲.txt", n) for n in range(200)) < 2**63


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"", "空"), (b"\x00\x01\x02", "“乙.bin”"), ("今天开会，明天也开会。".encode(), "没有找到")],
)
def test_what_cant_be_read_is_one_sentence(data: bytes, says: str) -> None:
    batches = rows_of_file("乙.bin", data)
    (refused,) = batches["refused"].to_pylist()
    assert (refused["file"], refused["filing"]) == ("乙.bin", None)
    assert says in str(refused["why"])
    assert "\n" not in str(refused["why"])
    assert not any(batch.num_rows for name, batch in batches.items() if name != "refused")


def test_a_fault_of_the_program_is_a_sentence_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("jixiao.api.ingesting.file_together", fail)
    (refused,) = rows_of_file("丙.txt", REPORT.read_bytes())["refused"].to_pylist()
    assert "ZeroDivisionError" in str(refused["why"])


def test_a_filing_whose_numbers_dont_fit_is_refused_by_name_and_its_findings_stay() -> None:
    text = (FOLDER / "村道养护自评表.txt").read_text("utf-8")
    wide = text.replace("60.00\t60.00", "60.00\t6000000000000.00")
    rows = {name: batch.to_pylist() for name, batch in rows_of_file("大.txt", wide.encode()).items()}
    assert not rows["filings"]
    assert rows["refused"][0]["filing"] == rows["papers"][0]["filing"]
    assert rows["findings"]


def test_a_table_gives_the_same_rows_in_every_format() -> None:
    given = [_rows(FOLDER / f"村道养护自评表.{suffix}", "甲") for suffix in ("txt", "xlsx", "docx")]
    for name in ("filings", "funds", "indicators", "findings", "names", "words"):
        assert given[0][name] == given[1][name] == given[2][name] != []
