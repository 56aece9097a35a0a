"""Saving what is typed: by row and version, merged by cell, never over what another wrote; rows added, moved, pasted."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.utils import timezone

from jixiao.errors import TransitionError
from jixiao.web.actions import arranging, saving
from jixiao.web.actions.arranging import Block
from jixiao.web.actions.saving import Change
from jixiao.web.drafts.content import Content, Doubt, Row, Stage, content_of, put
from jixiao.web.log import Actor
from jixiao.web.models import Draft
from jixiao.web.workflow import State
from tests.web import cast


def by(county, name="填报人"):
    return Actor(county[name], timezone.now(), "127.0.0.1")


def content(one, stage=Stage.SELF):
    return content_of(Draft.objects.get(submission=one), stage)


def typed(row, key, now, *, was="", seen=0):
    return Change(row, seen, {key: (was, now)})


def test_what_is_kept_of_a_draft_is_what_was_put_into_it() -> None:
    rows = {"r1": Row({"actual": "1100"}, 3, 7, "填报人"), "r2": Row(gone=True)}
    own = Content(
        "f-10", "national-2020", 2025, {"head": Row()}, rows, ["r1"], doubts=[Doubt("看不清", row="r1")]
    )
    draft = Draft()
    put(draft, Stage.SELF, own)
    assert content_of(draft, Stage.SELF) == own
    assert draft.content["self"] == asdict(own)


def test_a_save_raises_the_version_of_its_row_alone_and_says_whose_it_is(county) -> None:
    one = cast.submission(county)
    done = saving.save(one.pk, [typed("r1", "actual", "1150", was="1100")], by(county))
    rows = content(one).rows
    assert (rows["r1"].cells["actual"], rows["r1"].version, rows["r1"].name) == ("1150", 1, "填报人")
    assert (rows["r2"].version, done.clashes) == (0, ())


def test_other_cells_of_a_row_that_was_saved_meanwhile_are_merged_and_said(county) -> None:
    one = cast.submission(county)
    saving.save(one.pk, [typed("r1", "actual", "1150", was="1100")], by(county, "填报人乙"))
    done = saving.save(one.pk, [typed("r1", "unit", "公顷", was="亩")], by(county))
    assert done.merged == ("填报人乙",)
    assert (content(one).rows["r1"].cells["actual"], content(one).rows["r1"].cells["unit"]) == (
        "1150",
        "公顷",
    )


def test_a_cell_that_both_changed_stays_as_it_is_and_comes_back_to_be_decided(county) -> None:
    one = cast.submission(county)
    saving.save(one.pk, [typed("r1", "actual", "1150", was="1100")], by(county, "填报人乙"))
    changes = [typed("r1", "actual", "1180", was="1100"), typed("r2", "actual", "96", was="95")]
    (clash,) = saving.save(one.pk, changes, by(county)).clashes
    assert (clash.row, clash.by, clash.cells) == ("r1", "填报人乙", {"actual": ("1180", "1150")})
    assert content(one).rows["r1"].cells["actual"] == "1150"
    assert content(one).rows["r2"].cells["actual"] == "96"


def test_the_same_text_from_both_is_no_matter(county) -> None:
    one = cast.submission(county)
    saving.save(one.pk, [typed("r1", "actual", "1150", was="1100")], by(county, "填报人乙"))
    assert not saving.save(one.pk, [typed("r1", "actual", "1150", was="1100")], by(county)).clashes


def test_a_text_typed_into_a_row_that_was_deleted_comes_back_and_the_row_can_too(county) -> None:
    one = cast.submission(county)
    arranging.remove(one.pk, "r2", 0, by(county, "填报人乙"))
    change = typed("r2", "actual", "96", was="95")
    (clash,) = saving.save(one.pk, [change], by(county)).clashes
    assert (clash.gone, clash.by) == (True, "填报人乙")
    arranging.restore(one.pk, "r2", by(county))
    assert not saving.save(one.pk, [change], by(county)).clashes
    assert content(one).order == ["r1", "r2"]
    assert content(one).rows["r2"].cells["actual"] == "96"


def test_a_row_that_somebody_saved_meanwhile_is_not_deleted(county) -> None:
    one = cast.submission(county)
    saving.save(one.pk, [typed("r2", "actual", "96", was="95")], by(county, "填报人乙"))
    assert arranging.remove(one.pk, "r2", 0, by(county)).clashes
    assert content(one).order == ["r1", "r2"]


def test_a_new_row_is_of_the_class_above_and_moving_takes_it_into_the_next(county) -> None:
    one = cast.submission(county)
    arranging.add(one.pk, "r1", by(county))
    assert content(one).order == ["r1", "r3", "r2"]
    assert content(one).rows["r3"].cells == {"level1": "产出指标", "level2": "数量指标"}
    arranging.move(one.pk, "r3", 1, by(county))
    assert content(one).order == ["r1", "r2", "r3"]
    assert content(one).rows["r3"].cells["level1"] == "满意度指标"
    arranging.move(one.pk, "r3", -9, by(county))
    assert content(one).order == ["r3", "r1", "r2"]
    assert content(one).rows["r3"].cells["level1"] == "产出指标"


def test_a_block_of_an_official_form_parts_targets_carries_classes_down_and_makes_rows(county) -> None:
    one = cast.submission(county)
    texts = (
        ("产出指标", "质量指标", "管护合格率", "≥98%", "99%", "20", "20"),
        ("", "", "验收合格率", "≥95%", "96%", "10", "10"),
        ("效益指标", "社会效益指标", "带动就业", "20人", "21人", "10", "10"),
    )
    arranging.paste(one.pk, Block("r2", "level1", texts, {"r1": 0, "r2": 0}), by(county))
    rows = content(one)
    assert len(rows.order) == 4
    last = rows.rows[rows.order[-1]].cells
    assert (last["level1"], last["target"], last["actual"], last.get("sign")) == (
        "效益指标",
        "20",
        "21",
        None,
    )
    second = rows.rows[rows.order[2]].cells
    assert (second["level1"], second["level2"], second["sign"], second["unit"]) == (
        "产出指标",
        "质量指标",
        "≥",
        "%",
    )


def test_a_block_never_goes_over_what_another_saved_meanwhile(county) -> None:
    one = cast.submission(county)
    saving.save(one.pk, [typed("r1", "actual", "1150", was="1100")], by(county, "填报人乙"))
    block = Block("r1", "actual", (("1",), ("2",)), {"r1": 0, "r2": 0})
    (clash,) = arranging.paste(one.pk, block, by(county)).clashes
    assert clash.cells["actual"] == ("1", "1150")
    assert content(one).rows["r2"].cells["actual"] == "2"


def test_amounts_are_pasted_over_the_sources_of_the_funds(county) -> None:
    one = cast.submission(county)
    seen = dict.fromkeys(content(one).fixed, 0)
    block = Block("funds.total", "funds.total.annual", (("20", "18"), ("15", "14"), ("5", "4")), seen)
    arranging.paste(one.pk, block, by(county))
    fixed = content(one).fixed
    assert fixed["funds.total"].cells["funds.total.executed"] == "18"
    assert fixed["funds.carryover"].cells == {"funds.carryover.annual": "5", "funds.carryover.executed": "4"}


def test_a_whole_table_that_is_pasted_takes_the_place_of_the_blank_rows(county) -> None:
    one = cast.submission(county)
    blank = tuple(
        {"level1": "产出指标", "level2": name} for name in ("数量指标", "质量指标", "时效指标", "成本指标")
    )
    kept = {"level1": "效益指标", "level2": "社会效益指标", "level3": "群众评价"}
    cast.draft(one, (*blank, kept, {"level1": "满意度指标", "level2": "服务对象满意度指标"}))
    texts = (
        ("产出指标", "数量指标", "防疫员人数", "≥２０人", "２０人", "20", "20"),
        ("", "质量指标", "防疫合格率", "≥95％", "９６.5％", "20", "20"),
    )
    arranging.paste(one.pk, Block("r1", "level1", texts, dict.fromkeys(("r1", "r2"), 10**9)), by(county))
    now = content(one)
    assert [now.rows[name].cells["level3"] for name in now.order] == ["防疫员人数", "防疫合格率", "群众评价"]
    told = [
        [now.rows[name].cells[key] for key in ("sign", "target", "unit", "actual")] for name in now.order[:2]
    ]
    assert told == [["≥", "20", "人", "20"], ["≥", "95", "%", "96.5"]]
    assert len(now.deleted) == 3
    arranging.restore(one.pk, now.deleted[0][0], by(county))
    assert len(content(one).order) == 4


@pytest.fixture
def approved(county):
    one = cast.submission(county)
    one.approved = cast.revision(one)
    one.save()
    return one


def test_approved_targets_stand_whoever_asks(county, approved) -> None:
    for change in (
        typed("r1", "target", "1000", was="1200"),
        typed("goal", "goal.expected", "管护一部分。", was="管护农田 1200 亩。"),
    ):
        with pytest.raises(TransitionError, match="批复"):
            saving.save(approved.pk, [change], by(county))
    for act in (
        lambda: arranging.add(approved.pk, "r1", by(county)),
        lambda: arranging.remove(approved.pk, "r1", 9, by(county)),
        lambda: arranging.move(approved.pk, "r1", 1, by(county)),
        lambda: arranging.paste(approved.pk, Block("r2", "actual", (("1",), ("2",)), {}), by(county)),
    ):
        with pytest.raises(TransitionError, match="批复"):
            act()
    saving.save(approved.pk, [typed("r1", "actual", "1150", was="1100")], by(county))
    assert content(approved).rows["r1"].cells["target"] == "1200"


def test_a_pasted_block_leaves_approved_columns_as_they_are(county, approved) -> None:
    block = Block("r1", "target", (("1", "亩", "1190"),), {"r1": 0, "r2": 0})
    arranging.paste(approved.pk, block, by(county))
    assert content(approved).rows["r1"].cells["target"] == "1200"
    assert content(approved).rows["r1"].cells["actual"] == "1190"


@pytest.mark.parametrize("name", ["部门审核", "财政复核", "财政管理", "审计只读"])
def test_those_who_only_look_can_not_save(county, name) -> None:
    one = cast.submission(county)
    with pytest.raises(PermissionDenied):
        saving.save(one.pk, [typed("r1", "actual", "1", was="1100")], by(county, name))


def test_strangers_are_told_that_there_is_no_such_filing(county) -> None:
    one = cast.submission(county)
    with pytest.raises(Http404):
        saving.save(one.pk, [typed("r1", "actual", "1", was="1100")], by(county, "外单位填报人"))


def test_nothing_is_saved_once_the_filing_was_sent(county) -> None:
    one = cast.submission(county)
    one.state = State.AT_DEPARTMENT
    one.save()
    with pytest.raises(PermissionDenied):
        saving.save(one.pk, [typed("r1", "actual", "1", was="1100")], by(county))


def test_a_cell_that_the_form_has_not_is_refused(county) -> None:
    one = cast.submission(county)
    for change in (
        typed("r1", "password", "x"),
        typed("head", "funds.total.annual", "1"),
        typed("r99", "actual", "1"),
    ):
        with pytest.raises(TransitionError, match="刷新"):
            saving.save(one.pk, [change], by(county))


@pytest.mark.django_db(transaction=True)
def test_saves_of_the_same_rows_at_once_lose_nothing(transactional_db, in_county) -> None:
    county = cast.county()
    one = cast.submission(county)
    people = [county["填报人"], county["填报人乙"], county["单位负责人"]]
    keys = ("reason", "actual", "level3", "score")

    def save(number: int) -> tuple[str, str, bool]:
        key, row, who = keys[number % 4], f"r{number % 2 + 1}", people[number % 3]
        was, text = content(one).rows[row].cells.get(key, ""), f"{number}"
        try:
            actor = Actor(who, timezone.now(), "")
            return (
                f"{row}|{key}",
                text,
                not saving.save(one.pk, [typed(row, key, text, was=was)], actor).clashes,
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(save, range(40)))
    rows = content(one).rows
    taken = {cell: [text for where, text, ok in done if where == cell and ok] for cell, _, _ in done}
    for cell, texts in taken.items():
        row, key = cell.split("|")
        assert rows[row].cells[key] in texts
    assert Draft.objects.get(submission=one).version == sum(ok for _, _, ok in done)
    assert json.dumps(Draft.objects.get(submission=one).content)
