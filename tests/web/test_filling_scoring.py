"""A scoring form (评分表) is typed into, arranged, pasted, merged, begun and sent like any other form."""

import pytest
from django.urls import reverse

from jixiao.errors import TransitionError
from jixiao.model.reading import Kind
from jixiao.web import records
from jixiao.web.actions import Move, arranging, move
from jixiao.web.actions.arranging import Block
from jixiao.web.drafts.live import live_of
from jixiao.web.filing_files import hand_out
from jixiao.web.workflow import Action, State
from tests.web import cast, scoring
from tests.web.filled import by, table_of
from tests.web.scoring import begun, content, row_named, type_all, type_in


@pytest.fixture
def one(county, browser_as):
    return begun(county, browser_as)


def url(name: str, one) -> str:
    return reverse(name, args=[one.pk])


def names(one) -> list[str]:
    kept = content(one)
    return [kept.rows[row].cells.get("level4", "") for row in kept.order]


def test_the_page_lists_the_rule_books_rows_by_level_with_points_and_its_words(one, browser_as) -> None:
    page = browser_as("填报人").get(url("filling", one)).content.decode()
    for label in ("一级指标分值", "三级指标", "四级指标", "评分说明", "年度资金总额到位数"):
        assert f'aria-label="{label}"' in page
    assert page.count('class="fill-law"') == 20
    assert "实际及时到位的金额 ÷ 应及时到位的金额" in page
    assert "从评分口径的指标体系开始" in page


def test_a_save_answers_with_the_scores_that_the_amounts_give(one, browser_as) -> None:
    rate = row_named(one, "预算执行率")
    told = '[{"row": "funds.total", "seen": 1, "cells": {"funds.total.annual": ["", "100"], "funds.total.received": ["", "80"], "funds.total.executed": ["", "60"]}}]'
    answer = browser_as("填报人").post(url("filling_row", one), {"changes": told}).json()
    assert answer["worked"][f"{rate}|score"] == "3.75"
    margin = browser_as("填报人").get(url("filling_row", one), {"row": rate}).content.decode()
    assert "60 ÷ 80" in margin
    assert "实际支出 ÷ 实际到位" in margin


def test_those_who_do_not_write_the_filing_change_no_cell_of_it(one, browser_as) -> None:
    told = {"changes": '[{"row": "r1", "seen": 1, "cells": {"score": ["", "4"]}}]'}
    for name, status in (("部门审核", 403), ("外单位填报人", 404), ("审计只读", 403)):
        assert browser_as(name).post(url("filling_row", one), told).status_code == status
        act = {"act": "add", "row": "r1", "opens": "level3"}
        assert browser_as(name).post(url("filling_rows", one), act).status_code == status
    assert "score" not in content(one).rows["r1"].cells


def test_what_a_person_has_still_to_score_is_marked_and_not_said_twenty_times(county, one) -> None:
    first, second = content(one).order[:2]
    type_in(county, one, {second: {"score": "2"}})
    live = live_of(content(one))
    assert live.marks[first, "score"] == "warning"
    assert live.said[first]
    assert not live.below(first)
    type_in(county, one, {first: {"score": "5"}})
    assert any("分值" in finding.says for finding in live_of(content(one)).below(first))


def test_a_new_row_may_open_a_class_of_its_own_at_any_level(county, one) -> None:
    done = arranging.add(one.pk, "r5", by(county, "填报人"), "level3")
    (row,) = done.rows
    cells = content(one).rows[row].cells
    assert cells == {"level1": "决策", "points1": "18", "level2": "目标设置"}
    (beside,) = arranging.add(one.pk, "r5", by(county, "填报人")).rows
    assert content(one).rows[beside].cells["level3"] == "目标科学性"


def test_a_row_that_is_moved_over_the_border_of_its_class_takes_that_of_the_next(county, one) -> None:
    arranging.move(one.pk, "r5", 1, by(county, "填报人"))
    cells = content(one).rows["r5"].cells
    assert (cells["level2"], cells["level3"], cells["level4"]) == ("资金投入", "预算编制", "可衡量性")


OFFICIAL = (
    ("决策", "18", "项目立项", "4", "论证决策", "4", "论证充分性", "4", "反映论证", "有论证得分", "论证齐全", "4"),
    ("", "", "目标设置", "14", "目标科学性", "14", "合理性", "10", "反映目标", "合理得分", "目标清楚", "9.5"),
    ("", "", "", "", "", "", "可衡量性", "4", "反映细化", "", "", "4"),
)  # fmt: skip


@pytest.mark.parametrize("width", [12, 11])
def test_a_table_from_a_workbook_finds_its_columns_with_or_without_the_laws_words(county, one, width) -> None:
    block = OFFICIAL if width == 12 else tuple((*row[:8], *row[9:]) for row in OFFICIAL)
    seen = dict.fromkeys(content(one).order, 10**9)
    arranging.paste(one.pk, Block("r1", "level1", block, seen), by(county, "填报人"))
    assert names(one) == ["论证充分性", "合理性", "可衡量性"]
    rows = [content(one).rows[row].cells for row in content(one).order]
    assert [row["score"] for row in rows] == ["4", "9.5", "4"]
    assert rows[1]["remarks"] == "目标清楚"
    assert rows[2]["level3"] == "目标科学性"
    assert (rows[2]["points2"], rows[2]["points1"]) == ("14", "18")
    assert len(content(one).deleted) == 17


def test_two_people_on_one_row_decide_cell_by_cell(county, one, browser_as) -> None:
    type_in(county, one, {"r1": {"score": "4"}})
    told = {
        "changes": '[{"row": "r1", "seen": 1, "cells": {"score": ["", "3"], "remarks": ["", "缺会议纪要"]}}]'
    }
    answer = browser_as("填报人乙").post(url("filling_row", one), told)
    assert answer.status_code == 409
    assert "论证充分性" in answer.json()["merge"]
    assert "得分" in answer.json()["merge"]
    assert content(one).rows["r1"].cells["score"] == "4"


def test_what_was_typed_is_sent_with_its_amounts_and_scored_total(county, one) -> None:
    type_all(county, one)
    sent = move(one.pk, Move(Action.SUBMIT, 0), by(county, "填报人"))
    table = table_of(sent)
    assert (str(table.total_printed), str(table.points_printed), sent.score) == ("98.15", "100", None)
    assert str(table.funds.total.received) == "80万元"
    assert table.indicators[0].remarks == "资料齐全，见佐证。"
    assert [one.kind for one in records.review_of(sent.revision).filing.readings] == [Kind.SCORING_FORM]
    assert (sent.budget, sent.executed, sent.score_printed) == (100_0000_00, 60_0000_00, 9815)


def test_a_form_without_rows_is_not_sent(county, one) -> None:
    for row in list(content(one).order):
        arranging.remove(one.pk, row, 10**9, by(county, "填报人"))
    with pytest.raises(TransitionError, match="还没有一行指标"):
        move(one.pk, Move(Action.SUBMIT, 0), by(county, "填报人"))


def test_a_file_with_a_scoring_form_begins_the_draft_and_its_amounts_come_along(
    county, one, browser_as
) -> None:
    type_all(county, one)
    sent = move(one.pk, Move(Action.SUBMIT, 0), by(county, "填报人"))
    data = hand_out(sent, "xlsx").data
    other = cast.blank(county, "水库巡查")
    scoring.from_file(other, browser_as, "评分表.xlsx", data)
    kept = content(other)
    assert kept.form == "f-score"
    assert [kept.rows[row].cells["score"] for row in kept.order][:2] == ["4", "2"]
    assert kept.fixed["funds.total"].cells["funds.total.received"].startswith("80")


def test_a_file_without_one_says_what_is_wanted(county, one, browser_as) -> None:
    other = cast.blank(county, "水库巡查")
    page = scoring.from_file(other, browser_as, "说明.txt", "项目支出绩效自评报告".encode())
    assert "评分表" in page


def test_the_next_year_begins_with_names_and_points_and_no_score(county, one, browser_as) -> None:
    type_all(county, one)
    move(one.pk, Move(Action.SUBMIT, 0), by(county, "填报人"))
    after = scoring.next_year(one)
    page = browser_as("填报人").get(url("filling", after)).content.decode()
    assert "上年（2025 年度）的评分表" in page
    told = {"what": "last", "scheme": scoring.BOOK}
    assert browser_as("填报人").post(url("filling_start", after), told).status_code == 302
    kept = content(after)
    assert kept.rows["r1"].cells["points"] == "4"
    assert not any({"score", "remarks"} & row.cells.keys() for row in kept.rows.values())


def test_approved_targets_lock_nothing_on_a_form_that_does_not_print_them(county, browser_as) -> None:
    one = cast.submission(county, state=State.TARGETS_DRAFT)
    one.approved = cast.revision(one)
    one.state, one.scheme = State.SELF_DRAFT, scoring.BOOK
    one.save()
    told = {"what": "blank", "scheme": scoring.BOOK}
    assert browser_as("填报人").post(url("filling_start", one), told).status_code == 302
    assert len(content(one).order) == 20
    type_in(county, one, {"r1": {"points": "5", "score": "4"}})
    assert content(one).rows["r1"].cells["points"] == "5"
    assert "灰底的格是批复的目标" not in browser_as("填报人").get(url("filling", one)).content.decode()


@pytest.mark.parametrize(
    "scheme", ["national-2020-evaluation", "shanghai-2018-evaluation", "anhui-huaiyuan-evaluation"]
)
def test_the_three_level_forms_of_other_rule_books_are_filled_in_too(county, browser_as, scheme) -> None:
    one = begun(county, browser_as, scheme)
    assert content(one).form == "f-score-3"
    page = browser_as("填报人").get(url("filling", one)).content.decode()
    assert 'aria-label="扣分"' in page
    assert 'data-naming="level3"' in page
