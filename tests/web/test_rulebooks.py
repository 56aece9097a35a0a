"""Rule-books and rules as pages, also for an office without accounts."""

import pytest
from django.test import Client

from jixiao.audit import COLLECTION_RULES, RULES
from jixiao.schemes import list_schemes
from jixiao.telling.titles import CODES


@pytest.fixture
def office(db, settings):
    """A browser at a desk without accounts."""
    settings.MODE = "office"
    return Client(HTTP_HOST="localhost")


def test_the_list_names_every_book_and_finds_by_word(office) -> None:
    page = office.get("/rulebooks/").content.decode()
    assert all(f"/rulebooks/{scheme_id}/" in page for scheme_id in list_schemes())
    found = office.get("/rulebooks/?q=怀远").content.decode()
    assert "/rulebooks/anhui-huaiyuan/" in found
    assert "/rulebooks/gansu-ningxian/" not in found


def test_a_book_shows_its_articles_where_they_stand_and_rows_worked_out(office) -> None:
    page = office.get("/rulebooks/anhui-huaiyuan/").content.decode()
    for words in ("全年执行数 ÷ 全年预算数 × 分值", "表后注3", "已核对", "100 ÷ 120 × 10 = 8.33"):
        assert words in page


def test_two_books_stand_side_by_side_by_what_differs(office) -> None:
    page = office.get("/rulebooks/compared/?one=national-2020&other=anhui-huaiyuan").content.decode()
    assert "反向指标" in page
    assert ">时限" not in page
    whole = office.get("/rulebooks/compared/?one=national-2020&other=anhui-huaiyuan&all=1").content.decode()
    assert ">时限" in whole
    assert "两个口径没有不同" in office.get("/rulebooks/compared/").content.decode()


def test_every_rule_has_its_page_with_why_and_what_to_do(office) -> None:
    listed = office.get("/rules/").content.decode()
    assert all(f"/rules/{one.code}/" in listed for one in CODES)
    page = office.get("/rules/fd01/").content.decode()
    assert "怎么改" in page
    assert "不合格" in page
    assert "/filings/" not in page
    assert "SC04" in office.get("/rules/?q=节约").content.decode()


@pytest.mark.parametrize(
    "address", ["/rulebooks/atlantis/", "/rules/zz99/", "/rulebooks/compared/?one=atlantis"]
)
def test_what_there_is_not_is_said_so(office, address) -> None:
    assert office.get(address).status_code == 404


def test_in_a_county_everybody_reads_them_who_has_logged_in(browser_as) -> None:
    assert browser_as("填报人").get("/rulebooks/").status_code == 200
    assert browser_as("审计管理员").get("/rules/").status_code == 200
    assert "/filings/?rule=FD01" in browser_as("填报人").get("/rules/fd01/").content.decode()
    assert "/filings/?rule=FD01" not in browser_as("审计管理员").get("/rules/fd01/").content.decode()
    assert Client(HTTP_HOST="localhost").get("/rules/").status_code == 302


def test_the_list_of_rules_counts_those_that_run(office) -> None:
    running = sum(not one.off for one in (*RULES, *COLLECTION_RULES))
    assert f'<span class="about">{running} 条</span>' in office.get("/rules/").content.decode()
