"""Files dropped on the first page, as a browser drops them, and the work on them done at once."""

from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from jixiao.web import jobs
from jixiao.web.jobs import do
from jixiao.web.models import Check, CheckedFile, Job
from tests.examples import FOLDER
from tests.formats import made_pdf

WRONG = FOLDER / "卫生院设备自评表.xlsx"
RIGHT = FOLDER / "村道养护自评表.docx"


def drop(browser: Client, *files: Path | tuple[str, bytes]) -> Check:
    """Drop files, and do the work that they ask for."""
    told = send(browser, *files)
    assert told.status_code == 302, told.content
    work()
    return Check.objects.get(pk=int(told["Location"].strip("/").split("/")[-1]))


def send(browser: Client, *files: Path | tuple[str, bytes]) -> HttpResponse:
    given = [(f.name, f.read_bytes()) if isinstance(f, Path) else f for f in files]
    dropped = [SimpleUploadedFile(name, data) for name, data in given]
    return browser.post("/checks/new/", {"dropped": dropped, "scheme": ""})  # type: ignore[return-value]


def work() -> None:
    """Do what is asked for until nothing is; no heart beats, as a test's own transaction keeps it from writing."""
    with patch.object(jobs, "BEAT", timedelta(hours=1)):
        while job := Job.objects.filter(state=Job.State.WAITING).first():
            do.call(job.pk)


def checked(browser: Client, *files: Path | tuple[str, bytes]) -> CheckedFile:
    """Drop files and return the first of them, checked."""
    return drop(browser, *files).files.order_by("number").first()  # type: ignore[return-value]


def drawn_table() -> bytes:
    """The strokes and texts of a table on a page of a PDF."""
    xs, ys = (60, 160, 240, 320, 400, 480, 540), (640, 670, 700, 730, 760)
    rows = [
        ["项目支出绩效自评表", "", "", "", "", ""],
        ["项目名称", "护林补助", "", "年度", "2024", ""],
        ["一级指标", "三级指标", "指标值", "完成值", "分值", "得分"],
        ["产出指标", "巡护里程", "≥100公里", "80公里", "50", "50"],
    ]
    return made_pdf.lattice(xs, ys) + made_pdf.filled(xs, ys, rows)
