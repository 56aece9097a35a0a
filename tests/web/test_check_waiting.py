"""What the rows of a check say while it is worked on: the time left by what the last files took, what matters at the end."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from jixiao.web.checked.waiting import lines_of, told
from jixiao.web.models import Check, CheckedFile

pytestmark = pytest.mark.django_db
State = CheckedFile.State


@pytest.fixture
def check() -> Check:
    return Check.objects.create(owner="x", at=timezone.now())


def file(check: Check, name: str, state: State = State.WAITING, **more: object) -> CheckedFile:
    number = check.files.count() + 1
    return CheckedFile.objects.create(
        check_of=check, number=number, name=name, digest="", size=1, state=state, **more
    )


def test_the_time_left_is_what_the_last_files_of_the_kind_took(check) -> None:
    before = Check.objects.create(owner="y", at=timezone.now())
    for seconds in ("9", "20", "90"):
        file(before, "旧.pdf", State.DONE, seconds=Decimal(seconds), done_at=timezone.now())
    file(check, "新.pdf")
    (line,) = lines_of(check)
    assert line.said == "等待识读，约还需 20 秒"


def test_files_wait_for_those_before_them(check) -> None:
    for name in ("一.png", "二.png", "三.png", "四.png", "五.png", "六.png"):
        file(check, name)
    said = [line.said for line in lines_of(check)]
    assert said[0] == "等待识读，约还需 12 秒"
    assert said[-1] == "等待识读，约还需 2 分钟"


def test_a_file_that_takes_longer_than_others_is_said_to_be_slow_and_never_to_be_ready(check) -> None:
    file(check, "慢.xlsx", State.WORKING, started_at=timezone.now() - timedelta(seconds=30))
    (line,) = lines_of(check)
    assert line.said == "正在识读和审核，比同类文件慢，请稍候"


def test_the_sentence_at_the_end_names_what_to_see_first(check) -> None:
    file(check, "甲.xlsx", State.DONE, summary={"title": "村道养护", "error": 1})
    file(check, "乙.xlsx", State.DONE, summary={"title": "护林补助", "error": 4})
    file(check, "丙.xlsx", State.DONE, summary={"title": "防汛", "error": 0})
    file(check, "丁.doc", State.FAILED, message="打不开")
    said = told(lines_of(check))
    assert said == "3 份材料，2 份有错误，最应先看：护林补助；村道养护，另有 1 个文件没有读成"


def test_a_paper_that_came_twice_is_named_once(check) -> None:
    for name in ("甲.xlsx", "甲.docx"):
        file(check, name, State.DONE, summary={"title": "村道养护", "error": 1})
    assert told(lines_of(check)) == "2 份材料，2 份有错误，最应先看：村道养护"


def test_a_check_without_errors_says_so(check) -> None:
    file(check, "丙.xlsx", State.DONE, summary={"title": "防汛", "error": 0})
    assert told(lines_of(check)) == "1 份材料，没有确定的错误"
