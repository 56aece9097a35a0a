"""Files of a filing: handed in while one may, named with what they prove, taken back without being lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jixiao.web.models import LogEntry
from jixiao.web.workflow import State
from tests.web.filled import filled


def hand_in(client, one, data=b"%PDF-1", name="验收单.pdf", **more):
    file = SimpleUploadedFile(name, data)
    return client.post(reverse("filing_files", args=[one.pk]), {"file": file, "row": "indicators.2", **more})


def test_a_file_proves_a_row(county, browser_as) -> None:
    one = filled(county)
    client = browser_as("填报人")
    assert hand_in(client, one, anchor="第 3 页").status_code == 302
    kept = one.attachments.get()
    assert (kept.name, kept.row, kept.anchor, kept.size) == ("验收单.pdf", "indicators.2", "第 3 页", 6)
    said = client.get(reverse("filing_files", args=[one.pk])).content.decode()
    assert "设备验收合格率" in said
    assert LogEntry.objects.get().action == "attach"


def test_the_same_file_is_not_taken_twice_for_a_row(county, browser_as) -> None:
    one = filled(county)
    client = browser_as("填报人")
    hand_in(client, one)
    again = hand_in(client, one, name="另一个名字.pdf")
    assert (again.status_code, "同一个文件" in again.content.decode()) == (422, True)
    assert hand_in(client, one, row="indicators.3").status_code == 302


def test_a_file_taken_back_stays_and_is_marked(county, browser_as) -> None:
    one = filled(county)
    client = browser_as("填报人")
    hand_in(client, one)
    kept = one.attachments.get()
    address = reverse("filing_file_withdraw", args=[one.pk, kept.pk])
    assert browser_as("部门审核").post(address).status_code == 403
    assert browser_as("外单位填报人").post(address).status_code == 404
    assert client.post(address).status_code == 302
    assert client.post(address).status_code == 404
    kept.refresh_from_db()
    assert kept.withdrawn_at is not None
    assert "已撤下" in client.get(reverse("filing_files", args=[one.pk])).content.decode()


@pytest.mark.parametrize(
    ("name", "state", "status"),
    [
        ("部门审核", State.SELF_DRAFT, 403),
        ("外单位填报人", State.SELF_DRAFT, 404),
        ("填报人", State.AT_BUREAU, 403),
        ("填报人", State.RECTIFYING, 302),
    ],
)
def test_files_are_handed_in_by_the_unit_while_it_may_write(county, browser_as, name, state, status) -> None:
    one = filled(county, state)
    assert hand_in(browser_as(name), one).status_code == status
    assert one.attachments.exists() is (status == 302)
