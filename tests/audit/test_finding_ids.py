"""A finding's id is the fault's own: it stays when lines are put in and when rows are put in another order."""

from dataclasses import replace
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao import api
from jixiao.audit import finding_id
from jixiao.formats import write
from jixiao.model.evaluation import Evaluation
from tests.examples import CLINICS, WATER, WATER_REPORT, report, table

NOTES = ("", "填报说明：本表由单位填报。", "青禾县财政局印制")
TABLE = write(table(CLINICS), "text").decode()
REPORT = write(report(WATER_REPORT, WATER), "text").decode()
few = settings(max_examples=40)  # each is a whole review


@cache
def ids(data: bytes, name: str = "自评表.txt") -> dict[str, str]:
    """The ids of all findings with their codes."""
    found = {}
    for filing in api.file_together(api.read_papers(data, name=name)):
        for finding in api.review(filing, api.choose(filing)).findings:
            found[finding_id(finding, name)] = finding.code
    return found


@few
@given(before=st.lists(st.sampled_from(NOTES), max_size=6))
def test_ids_stay_when_lines_are_put_above_a_table(before: list[str]) -> None:
    assert ids("\n".join([*before, TABLE]).encode()) == ids(TABLE.encode())


@few
@given(where=st.sets(st.integers(0, REPORT.count("\n"))), gap=st.integers(1, 3))
def test_ids_stay_when_a_reports_lines_move(where: set[int], gap: int) -> None:
    lines = (line + "\n" * (gap * (number in where)) for number, line in enumerate(REPORT.split("\n")))
    assert ids("\n".join(lines).encode()) == ids(REPORT.encode())
    assert ids(REPORT.encode())


@few
@given(order=st.permutations(range(len(CLINICS.indicators))))
def test_ids_stay_when_rows_are_put_in_another_order(order: list[int]) -> None:
    def written(evaluation: Evaluation) -> bytes:
        return write(table(evaluation), "xlsx")

    moved = replace(CLINICS, indicators=tuple(CLINICS.indicators[k] for k in order))
    assert ids(written(moved)) == ids(written(CLINICS))


def test_ids_are_the_same_in_every_format_but_for_the_files_name() -> None:
    told = [ids(write(table(CLINICS), form), "自评表") for form in ("text", "xlsx", "docx")]
    assert told[0] == told[1] == told[2]


def test_two_units_of_one_file_name_and_project_share_no_id() -> None:
    first = CLINICS.project.unit
    assert first is not None
    told = [ids(TABLE.replace(first, unit).encode()) for unit in (first, "青禾县第二中心")]
    assert sorted(told[0].values()) == sorted(told[1].values())
    assert told[0]
    assert not told[0].keys() & told[1].keys()


def test_blanks_in_a_units_name_change_no_id() -> None:
    first = CLINICS.project.unit
    assert first is not None
    assert ids(TABLE.replace(first, f"{first[:2]} {first[2:]}").encode()) == ids(TABLE.encode())
