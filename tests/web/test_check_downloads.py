"""What is taken away from a checked file: each opens, and says what the page said."""

import json
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.test import Client

from jixiao import api
from jixiao.web.checked.showing import page_of
from tests.examples import FOLDER
from tests.web.dropping import RIGHT, WRONG, checked, drop

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    return Client(HTTP_HOST="localhost")


def taken(desk: Client, pk: int, what: str) -> bytes:
    told = desk.get(f"/checked/{pk}/download/{what}/")
    assert told.status_code == 200
    assert told["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    return told.content


def comments(data: bytes) -> list[str]:
    book = openpyxl.load_workbook(BytesIO(data))
    cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
    return [cell.comment.text for cell in cells if cell.comment]


def test_the_reviewed_copy_has_the_findings_as_comments(desk) -> None:
    file = checked(desk, WRONG)
    notes = comments(taken(desk, file.pk, "reviewed"))
    assert any("SC04" in note for note in notes)


def test_the_corrected_copy_has_what_was_taken_and_not_what_was_refused(desk) -> None:
    file = checked(desk, WRONG)
    one = next(f for f in page_of(file).sections[0].findings if f.code == "SC04")
    cell = one.where.split("　")[-1]
    plain = openpyxl.load_workbook(BytesIO(taken(desk, file.pk, "corrected")))["乡镇卫生院设备更新"]
    desk.post(f"/checked/{file.pk}/finding/", {"finding": one.id, "answer": "accept"})
    book = openpyxl.load_workbook(BytesIO(taken(desk, file.pk, "corrected")))["乡镇卫生院设备更新"]
    assert (Decimal(plain[cell].value), Decimal(book[cell].value)) == (8, 10)


@pytest.mark.parametrize("what", ["xlsx", "docx"])
def test_the_official_form_has_the_changes_that_were_taken(desk, what) -> None:
    file = checked(desk, WRONG)
    one = next(f for f in page_of(file).sections[0].findings if f.code == "SC04")
    desk.post(f"/checked/{file.pk}/finding/", {"finding": one.id, "answer": "accept"})
    (reading,) = api.read_papers(taken(desk, file.pk, what), name=f"表.{what}")
    scores = {row.level3: row.score_printed for row in reading.record.indicators}
    assert scores["设备购置成本"] == 10


def test_the_list_names_every_finding_with_its_answer(desk) -> None:
    file = checked(desk, WRONG)
    one = next(f for f in page_of(file).sections[0].findings if f.code == "SC04")
    desk.post(f"/checked/{file.pk}/finding/", {"finding": one.id, "answer": "refuse", "reason": "已有批复"})
    sheet = openpyxl.load_workbook(BytesIO(taken(desk, file.pk, "list"))).worksheets[0]
    rows = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
    (mine,) = [row for row in rows if one.id in row]
    assert "不采纳" in mine
    assert "已有批复" in mine


def test_the_data_is_the_contracts_and_can_be_checked_again(desk) -> None:
    file = checked(desk, WRONG)
    data = taken(desk, file.pk, "data")
    answer = json.loads(data)
    assert {"jixiao", "papers", "scores", "findings", "summary"} <= set(answer)
    assert answer["summary"]["error"] == file.summary["error"]
    again = checked(desk, ("数据.json", data))
    assert again.check_of.pk != file.check_of.pk
    assert again.summary["worked"] == file.summary["worked"]


def test_a_whole_check_goes_out_as_one_list_and_one_file_of_data(desk) -> None:
    check = drop(desk, WRONG, RIGHT)
    answer = json.loads(desk.get(f"/checks/{check.pk}/download/data/").content)
    assert len(answer["papers"]) == 2
    assert desk.get(f"/checks/{check.pk}/download/list/").content[:2] == b"PK"


@pytest.mark.parametrize("what", ["xlsx", "nonsense"])
def test_what_cant_be_had_is_said_on_the_page(desk, what) -> None:
    path = FOLDER / "供水巡检自评报告.txt" if what == "xlsx" else WRONG
    file = checked(desk, path)
    told = desk.get(f"/checked/{file.pk}/download/{what}/", follow=True)
    if told.redirect_chain:
        assert "message-error" in told.content.decode()
    else:
        assert what == "xlsx"
