"""A checked paper: rings where findings are, scores that open, links that lead to the other side, nobody else's eyes."""

import re

import pytest
from django.test import Client

from jixiao.web.checked import sent
from jixiao.web.checked.showing import page_of
from tests.examples import FOLDER
from tests.formats import made_pdf
from tests.web.dropping import RIGHT, WRONG, checked, drawn_table, drop

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    return Client(HTTP_HOST="localhost")


def html(desk: Client, pk: int) -> str:
    return desk.get(f"/checked/{pk}/").content.decode()


@pytest.mark.parametrize("path", [WRONG, FOLDER / "卫生院设备自评表.docx", FOLDER / "卫生院设备自评表.txt"])
def test_every_link_leads_to_something_on_the_other_side(desk, path) -> None:
    text = html(desk, checked(desk, path).pk)
    ids = re.findall(r' id="([sfrdx]\d[\w-]*)"', text)
    leads = set(re.findall(r'data-to="([^"]+)"', text))
    assert len(ids) == len(set(ids))
    assert leads
    assert leads <= set(ids)


def test_every_certain_fault_rings_its_cell_with_letter_and_number(desk) -> None:
    file = checked(desk, WRONG)
    shown = page_of(file)
    errors = [one for one in shown.sections[0].findings if one.severity == "error"]
    assert errors
    for one in errors:
        ring = re.search(
            rf'<td id="{one.target}" class="[^"]*cell-error[^"]*"[^>]*>(.*?)</td>', str(shown.paper)
        )
        assert ring is not None, one
        assert f"错{one.number}</a>" in ring[1]


def test_every_score_opens_its_steps_and_its_article(desk) -> None:
    section = page_of(checked(desk, WRONG)).sections[0]
    assert len(section.rows) > 5
    assert all(row.how and row.law and row.target for row in section.rows)
    assert (section.printed, section.worked, section.apart) == ("98.50", "97.00", "1.50")


def test_words_that_a_report_quotes_are_ringed_in_their_line(desk) -> None:
    file = checked(desk, FOLDER / "供水巡检自评报告.docx")
    shown = page_of(file)
    ringed = [one for section in shown.sections for one in section.findings if one.target]
    assert ringed
    assert 'class="cell-' in shown.paper


def test_nothing_of_a_paper_becomes_markup(desk) -> None:
    evil = "护林补助<script>alert(1)</script>"
    data = (FOLDER / "卫生院设备自评表.txt").read_text("utf-8").replace("乡镇卫生院设备更新", evil)
    text = html(desk, checked(desk, ("表.txt", data.encode())).pk)
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_pages_of_a_pdf_are_pictures_that_only_their_owner_gets(desk) -> None:
    file = checked(desk, ("自评表.pdf", made_pdf.pdf(drawn_table())))
    address = f"/checked/{file.pk}/pages/1/"
    told = desk.get(address)
    assert address in html(desk, file.pk)
    assert (told["Content-Type"], told.content[:4]) == ("image/png", b"\x89PNG")
    assert Client(HTTP_HOST="localhost").get(address).status_code == 404
    assert desk.get(f"/checked/{file.pk}/pages/2/").status_code == 404


def test_of_an_enormous_file_the_first_cells_are_drawn(desk, monkeypatch) -> None:
    monkeypatch.setattr(sent, "MOST", 20)
    assert "只画出前 20 格" in page_of(checked(desk, WRONG)).paper


@pytest.mark.parametrize("path", ["", "rows/", "download/list/", "download/data/"])
def test_a_check_is_shown_to_nobody_else(desk, path) -> None:
    check = drop(desk, RIGHT)
    assert desk.get(f"/checks/{check.pk}/{path}").status_code == 200
    assert Client(HTTP_HOST="localhost").get(f"/checks/{check.pk}/{path}").status_code == 404


@pytest.mark.parametrize("path", ["", "download/reviewed/", "download/data/"])
def test_a_checked_file_is_shown_to_nobody_else(desk, path) -> None:
    file = checked(desk, WRONG)
    assert desk.get(f"/checked/{file.pk}/{path}").status_code == 200
    assert Client(HTTP_HOST="localhost").get(f"/checked/{file.pk}/{path}").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["checked/{file}/doubt/", "checked/{file}/finding/", "checks/{check}/delete/", "checks/{check}/files/"],
)
def test_nobody_else_acts_on_a_check(desk, path) -> None:
    file = checked(desk, WRONG)
    address = "/" + path.format(file=file.pk, check=file.check_of_id)
    assert Client(HTTP_HOST="localhost").post(address).status_code == 404
    file.refresh_from_db()


def test_in_a_county_files_are_checked_after_log_in_and_belong_to_the_person(browser_as) -> None:
    assert Client(HTTP_HOST="localhost").get("/checks/")["Location"].startswith("/login/")
    clerk, other = browser_as("填报人"), browser_as("外单位填报人")
    file = checked(clerk, WRONG)
    assert clerk.get(f"/checked/{file.pk}/").status_code == 200
    assert other.get(f"/checked/{file.pk}/").status_code == 404
    assert "卫生院" not in other.get("/checks/").content.decode()


def test_a_report_without_unit_and_score_has_no_empty_verdict(desk) -> None:
    told = "关于青禾县村道养护项目的自评报告\n一、项目概况\n养护村道。\n二、存在问题\n进度偏慢。\n三、有关建议\n早开工。\n"
    file = checked(desk, ("报告.txt", told.encode()))
    assert page_of(file).sections[0].about == ""
    assert 'class="card verdict"' not in html(desk, file.pk)
    table = checked(desk, WRONG)
    assert 'class="card verdict"' in html(desk, table.pk)
