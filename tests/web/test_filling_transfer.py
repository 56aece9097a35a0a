"""The form of a transfer payment is typed into like any other; rule-books that score no table of ours say so."""

import pytest
from django.urls import reverse

from jixiao.api import filling
from jixiao.web.actions import Move, move, saving
from jixiao.web.actions.saving import Change
from jixiao.web.drafts.content import Stage, content_of
from jixiao.web.models import Draft
from jixiao.web.workflow import Action
from tests.web import cast
from tests.web.filled import by, table_of

BEGUN = {"what": "blank", "scheme": "national-2020", "form": "f-transfer"}


def content(one):
    return content_of(Draft.objects.get(submission=one), Stage.SELF)


@pytest.fixture
def begun(county, browser_as):
    one = cast.blank(county)
    assert browser_as("填报人").post(reverse("filling_start", args=[one.pk]), BEGUN).status_code == 302
    return one


def test_the_page_has_the_questions_on_the_money_and_no_score(begun, browser_as) -> None:
    page = browser_as("填报人").get(reverse("filling", args=[begun.pk])).content.decode()
    for text in ("分配科学性：情况说明", "支出责任履行情况：存在问题和改进措施", "中央财政资金全年执行数"):
        assert f'aria-label="{text}"' in page
    assert 'data-cell="score"' not in page
    assert content(begun).fixed["head"].cells["particular.地方主管部门"] == "青禾县农业农村局"
    assert "project.department" not in content(begun).fixed["head"].cells
    assert "自评 <b" not in page


def test_what_was_typed_is_sent_and_read_as_the_same_words(begun, county) -> None:
    clerk = by(county, "填报人")
    first = content(begun).order[0]
    told = [
        ("management.分配科学性", {"management.分配科学性.said": "按养护里程分配"}),
        ("funds.central", {"funds.central.annual": "60", "funds.central.executed": "55"}),
        ("funds.total", {"funds.total.annual": "60", "funds.total.executed": "55"}),
        (first, {"level3": "养护里程", "sign": "≥", "target": "40", "unit": "公里", "actual": "41"}),
    ]
    changes = [Change(row, 9, {key: ("", text) for key, text in cells.items()}) for row, cells in told]
    saving.save(begun.pk, changes, clerk)
    table = table_of(move(begun.pk, Move(Action.SUBMIT, 0), clerk))
    assert table.form == "F-TRANSFER"
    assert {one.label: one.text for one in table.particulars}["分配科学性"] == "按养护里程分配"
    assert [str(line.annual) for line in table.funds.more][:1] == ["60万元"]
    assert table.indicators[0].target.text == "≥40公里"


def test_an_answer_on_the_money_is_nothing_that_the_next_year_begins_with() -> None:
    cells = {"project.name": "农村公路补助", "management.分配科学性.said": "按养护里程分配"}
    assert filling.carried(filling.Typed("f-transfer", 2025, cells)).cells == {"project.name": "农村公路补助"}


def test_who_begins_is_told_which_rule_books_are_not_typed_into(county, browser_as) -> None:
    one = cast.blank(county)
    page = browser_as("填报人").get(reverse("filling", args=[one.pk])).content.decode()
    assert "四川省成都市郫都区 绩效自评复核口径" in page.partition("列表里没有的口径")[2]
    assert "广东省湛江市 项目支出绩效自评指标评分表" in page.partition("列表里没有的口径")[0]
    answer = browser_as("填报人").post(
        reverse("filling_start", args=[one.pk]), {"what": "blank", "scheme": "chengdu-pidu-recheck"}
    )
    assert answer.status_code == 422
