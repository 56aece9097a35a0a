"""Files are dropped and read behind the request: each has its row, whatever becomes of it, and is read once."""

import zipfile
from io import BytesIO

import pytest
from django.test import Client

from jixiao.web.checked import reading
from jixiao.web.models import Check, CheckedFile, Job
from tests.examples import FOLDER
from tests.web.dropping import RIGHT, WRONG, checked, drop, send, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    return Client(HTTP_HOST="localhost")


def zipped(**files: bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("_", "."), data)
    return made.getvalue()


def test_a_dropped_file_has_its_row_before_it_is_read(desk) -> None:
    told = send(desk, WRONG)
    rows = desk.get(told["Location"] + "rows/").content.decode()
    assert "卫生院设备自评表.xlsx" in rows
    assert "约还需" in rows
    assert "hx-get" in rows


def test_what_is_read_shows_its_totals_and_asks_no_more(desk) -> None:
    check = drop(desk, WRONG)
    file = check.files.get()
    rows = desk.get(f"/checks/{check.pk}/rows/").content.decode()
    assert file.state == CheckedFile.State.DONE
    assert file.summary["error"] > 0
    assert file.summary["worked"] in rows
    assert "hx-get" not in rows


def test_the_only_file_of_a_check_is_shown_at_once_where_it_was_just_dropped(desk) -> None:
    check = drop(desk, WRONG)
    told = desk.get(f"/checks/{check.pk}/rows/?onward=1")
    assert told["HX-Redirect"] == f"/checked/{check.files.get().pk}/"
    assert "HX-Redirect" not in desk.get(f"/checks/{check.pk}/rows/")


def test_a_file_that_cant_be_read_keeps_its_row_with_what_to_do(desk) -> None:
    check = drop(desk, ("空.xlsx", b""), ("会议通知.txt", "关于召开会议的通知".encode()), RIGHT)
    rows = desk.get(f"/checks/{check.pk}/").content.decode()
    assert "空.xlsx" in rows
    assert "请核对是否选错了文件" in rows
    assert [file.state for file in check.files.all()] == ["failed", "failed", "done"]


def test_the_files_of_a_zip_take_its_place(desk) -> None:
    left = {"Thumbs.db": b"x", "~$甲.xlsx": b"x"}
    data = zipped(甲_xlsx=WRONG.read_bytes(), 乙_docx=RIGHT.read_bytes(), **left)
    check = drop(desk, ("材料.zip", data))
    assert {file.name for file in check.files.all()} == {"甲.xlsx", "乙.docx"}
    assert {file.state for file in check.files.all()} == {"done"}


def test_files_of_one_name_are_told_apart(desk) -> None:
    check = drop(desk, ("表.xlsx", WRONG.read_bytes()), ("表.xlsx", WRONG.read_bytes()))
    assert sorted(check.files.values_list("name", flat=True)) == ["表.xlsx", "表（2）.xlsx"]


def test_work_that_is_begun_twice_is_done_once(desk) -> None:
    file = checked(desk, WRONG)
    before = (file.done_at, file.review)
    assert reading.read(str(file.pk)) == ""
    file.refresh_from_db()
    assert (file.done_at, file.review) == before


def test_work_that_a_killed_worker_left_is_done_by_the_next(desk) -> None:
    told = send(desk, WRONG)
    file = CheckedFile.objects.get()
    CheckedFile.objects.update(state=CheckedFile.State.WORKING)
    Job.objects.update(state=Job.State.WAITING, attempts=1)
    work()
    file.refresh_from_db()
    assert (file.state, Job.objects.get(kind=reading.READ).attempts) == ("done", 2)
    assert desk.get(told["Location"]).status_code == 200


def test_what_broke_three_workers_says_so_in_its_row(desk) -> None:
    told = send(desk, WRONG)
    Job.objects.update(state=Job.State.FAILED, message="处理时程序几次中断，已停止。")
    rows = desk.get(told["Location"] + "rows/").content.decode()
    assert "处理时程序几次中断" in rows
    assert "hx-get" not in rows


def test_a_report_is_held_against_the_table_of_its_project(desk) -> None:
    check = drop(desk, FOLDER / "供水巡检自评报告.docx", WRONG)
    assert Job.objects.filter(kind=reading.TOGETHER, state=Job.State.DONE).exists()
    assert all(file.review for file in check.files.all())


def test_a_desk_that_sends_files_one_by_one_gets_addresses_to_send_them_to(desk) -> None:
    told = desk.post("/checks/new/", {"scheme": ""}, headers={"accept": "application/json"}).json()
    with WRONG.open("rb") as stream:
        answer = desk.post(told["add"], {"file": stream, "path": "县局/../../甲/表.xlsx"})
    assert answer.status_code == 200
    assert CheckedFile.objects.get().name == "县局/甲/表.xlsx"
    assert CheckedFile.objects.get().check_of == Check.objects.get()


def test_a_check_can_be_deleted_with_all_that_was_read(desk) -> None:
    check = drop(desk, WRONG)
    assert desk.post(f"/checks/{check.pk}/delete/").status_code == 302
    assert not CheckedFile.objects.exists()


def test_a_fresh_worker_makes_itself_ready_by_reading_a_paper_of_its_own(monkeypatch) -> None:
    judged = []
    monkeypatch.setattr(reading.judging, "judged", lambda readings, _: judged.extend(readings))
    reading.ready()
    assert [one.record.project.name for one in judged] == ["试用"]
