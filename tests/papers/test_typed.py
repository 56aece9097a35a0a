"""What is typed into a form is read as the same words on paper, and a record's texts give the record back."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.api import filling, load_scheme
from jixiao.model.evaluation import Evaluation, Indicator
from jixiao.model.parsing import parse_actual, parse_target
from jixiao.model.target import AtLeast, Between, Qualitative
from jixiao.papers import lay_out, recognize
from jixiao.papers.form import list_forms, load_form
from jixiao.papers.typed.typed_page import entry_sheet, typed_of
from jixiao.papers.typed.typed_texts import Typed, columns_of, entry_form, parted, printed_row
from jixiao.scoring.live import IN_TIME, IN_WORDS

FORMS = (
    *(stem for stem in filling.forms_to_fill() if filling.holds_targets(stem)),
    filling.GOAL,
    "f-goal-101",
    filling.MONITOR,
)
HEAD = {"project.name": "护林员补助", "project.department": "青禾县林业局", "project.unit": "青禾县林场"}
NAMES = ("护林员人数", "补助发放及时率", "巡护里程", "发放完成时间", "森林覆盖率", "护林员满意度", "管护成效")
NUMBERS = ("95", "100", "0.5", "1200", "12.50")
VALUES = st.one_of(
    st.tuples(
        st.sampled_from(("≥", ">", "≤", "<", "=")), st.sampled_from(NUMBERS),
        st.sampled_from(("%", "人", "公里", "万元", "")), st.sampled_from((*NUMBERS, "96%", "")),
    ),
    st.just((IN_WORDS, "成效显著", "", "达成预期指标")),
    st.just((IN_TIME, "2025年12月底前", "", "2025年11月")),
    st.just(("", "80%-90%", "", "85%")),
)  # fmt: skip


@st.composite
def typed_rows(draw: st.DrawFn) -> dict[str, str]:
    level1, level2 = draw(
        st.sampled_from((("产出指标", "数量指标"), ("产出指标", "质量指标"), ("效益指标", "生态效益指标")))
    )
    sign, target, unit, actual = draw(VALUES)
    points, score = draw(st.sampled_from((("10", "10"), ("5", ""), ("12.5", "11.25"))))
    return {
        "level1": level1, "level2": level2, "level3": draw(st.sampled_from(NAMES)), "sign": sign, "target": target,
        "unit": unit, "actual": actual, "points": points, "score": score,
        "reason": draw(st.sampled_from(("", "雨季较长，巡护推迟，已调整排班。"))),
    }  # fmt: skip


def of_form(rows: list[dict[str, str]], stem: str) -> Typed:
    keys = {key for key, _ in columns_of(entry_form(load_form(stem)))}
    rows = [{key: text for key, text in row.items() if key in keys} for row in rows]
    return Typed(stem, 2025, HEAD, tuple(rows))


@settings(max_examples=15, deadline=None)
@given(st.lists(typed_rows(), min_size=1, max_size=6), st.sampled_from(FORMS))
def test_what_is_typed_is_what_is_read_from_the_page_that_is_written(
    rows: list[dict[str, str]], stem: str
) -> None:
    read, at = filling.read_typed(of_form(rows, stem))
    assert isinstance(read.record, Evaluation)
    assert [read.record.indicators[n].level3 for n in sorted(at)] == [row["level3"] for row in rows]
    again = recognize(lay_out(read.record, read.kind, stem))[0]
    assert again.record == read.record


@settings(max_examples=10, deadline=None)
@given(st.lists(typed_rows(), min_size=1, max_size=5), st.sampled_from(FORMS))
def test_a_record_taken_into_a_form_is_read_as_the_same_record(rows: list[dict[str, str]], stem: str) -> None:
    record = filling.read_typed(of_form(rows, stem))[0].record
    assert isinstance(record, Evaluation)
    assert filling.read_typed(typed_of(record, stem)[0])[0].record == record


@settings(max_examples=6, deadline=None)
@given(st.lists(typed_rows(), min_size=1, max_size=4), st.sampled_from(list_forms()))
def test_the_paper_that_is_sent_says_what_was_shown_while_typing(
    rows: list[dict[str, str]], stem: str
) -> None:
    typed = of_form(rows, stem)
    money = {"funds.total.annual": "11.28", "funds.total.executed": "9.92"}
    typed = replace(typed, cells={**typed.cells, **money})
    filled = filling.fill(typed, "national-2020", filling.Rules((), ()))
    assert filling.read_typed(filling.complete(typed, filled))[0].record == filled.reading.record


def test_sign_number_and_unit_make_one_cell_where_the_form_has_one() -> None:
    row = {"level3": "及时率", "sign": "≥", "target": "95", "unit": "%", "actual": "96"}
    assert printed_row(row, load_form("f-10")) == {
        "level3": "及时率", "sign": "≥", "unit": "%", "target": "≥95%", "actual": "96%",
    }  # fmt: skip
    assert printed_row(row, load_form("f-yn"))["target"] == "95"
    typed = of_form([{**row, "level1": "产出指标", "level2": "质量指标"}], "f-10")
    record = filling.read_typed(typed)[0].record
    assert isinstance(record, Evaluation)
    assert record.indicators[0].target == parse_target("≥95%")
    assert record.indicators[0].actual == parse_actual("96%")


@pytest.mark.parametrize("printed", ["≥95%", "20人", "80%-90%", "成效显著", "2025年12月底前", "≤ 3 万元"])
def test_a_target_is_parted_only_where_its_parts_make_the_same_words(printed: str) -> None:
    row = Indicator(level3="甲", target=parse_target(printed))
    apart = parted(row, load_form("f-10"))
    assert apart.target is not None
    told = {"sign": apart.sign or "", "target": apart.target.text, "unit": apart.unit or ""}
    assert printed_row(told, load_form("f-10"))["target"] == printed
    if isinstance(row.target, AtLeast):
        assert (apart.sign, apart.target.text, apart.unit) == ("≥", "95", "%")
    if isinstance(row.target, Between | Qualitative):
        assert apart.target.text == printed


@pytest.mark.parametrize("stem", FORMS)
def test_every_cell_of_a_form_has_its_own_key(stem: str) -> None:
    rows = [{"level1": "产出指标", "level2": "数量指标"}, {"level1": "产出指标", "level2": "质量指标"}]
    sheet = entry_sheet(of_form(rows, stem))
    keys = [(spot.key, spot.rows) for spot in sheet.spots.values()]
    assert len(keys) == len(set(keys))
    assert {"project.name", "project.unit", "goal.expected"} - {"goal.expected"} <= {key for key, _ in keys}
    assert ("level1", (0, 1)) in keys


def test_a_new_year_takes_over_demands_and_never_results() -> None:
    row = {
        "level1": "产出指标", "level2": "数量指标", "level3": "护林员人数", "sign": "≥", "target": "20", "unit": "人",
        "actual": "19", "points": "10", "score": "9.5", "reason": "一人退休",
    }  # fmt: skip
    typed = Typed(
        "f-10",
        2024,
        {**HEAD, "goal.expected": "足额发放", "goal.actual": "已发放", "total.score": "95"},
        (row,),
    )
    assert filling.carried(typed).rows == (
        {k: row[k] for k in ("level1", "level2", "level3", "sign", "target", "unit", "points")},
    )
    assert filling.carried(typed).cells == {**HEAD, "goal.expected": "足额发放"}


def test_a_row_of_funds_that_the_form_lacks_is_said() -> None:
    typed = Typed(
        "f-gs",
        2025,
        {**HEAD, "funds.carryover.annual": "12", "funds.total.annual": "12"},
        ({"level1": "产出指标", "level2": "数量指标", "level3": "甲", "target": "≥1个"},),
    )
    record = filling.read_typed(typed)[0].record
    assert isinstance(record, Evaluation)
    taken, lost = filling.take(record, "f-bj16")
    assert "funds.carryover.annual" not in taken.cells
    assert ["上年结转资金" in one for one in lost] == [True]


def test_a_blank_form_has_rows_of_the_usual_classes_and_no_finding() -> None:
    typed = filling.blank(load_scheme("national-2020"), "f-10", 2025)
    assert {row["level1"] for row in typed.rows} == {"产出指标", "效益指标", "满意度指标"}
    filled = filling.fill(typed, "national-2020")
    assert not filled.review.findings
    assert "total.score" not in filled.cells


def test_a_score_that_was_typed_counts_and_the_total_with_it() -> None:
    row = {
        "level1": "产出指标",
        "level2": "数量指标",
        "level3": "护林员人数",
        "sign": "≥",
        "target": "20",
        "unit": "人",
        "actual": "19",
        "points": "90",
    }
    money = {"funds.total.annual": "10", "funds.total.executed": "10"}
    filled = filling.fill(Typed("f-10", 2025, {**HEAD, **money}, (row,)), "national-2020")
    assert filled.rows[0]["score"] == "85.50"
    assert (filled.cells["funds.total.score"], filled.cells["total.score"]) == ("10.00", "95.50")
    own = filling.fill(Typed("f-10", 2025, {**HEAD, **money}, ({**row, "score": "80"},)), "national-2020")
    assert "score" not in own.rows[0]
    assert own.cells["total.score"] == "90.00"
    assert own.sheet is not None
    assert own.sheet.indicators[0].agrees is False


@pytest.mark.parametrize(
    ("first", "then"),
    [("f-10", "f-goal"), ("f-goal", "f-10"), ("f-goal", "f-gs"), ("f-gs", "f-yn"), ("f-yn", "f-10")],
)
def test_a_target_means_the_same_on_another_form(first: str, then: str) -> None:
    row = {
        "level1": "产出指标",
        "level2": "质量指标",
        "level3": "及时率",
        "sign": "≥",
        "target": "95",
        "unit": "%",
        "points": "10",
    }
    record = filling.read_typed(of_form([row], first))[0].record
    assert isinstance(record, Evaluation)
    taken = filling.take(record, then)[0]
    assert {key: taken.rows[0][key] for key in ("sign", "target", "unit", "points")} == {
        "sign": "≥",
        "target": "95",
        "unit": "%",
        "points": "10",
    }
    again = filling.read_typed(taken)[0].record
    assert isinstance(again, Evaluation)
    assert again.indicators[0].demand == "≥95%"


def test_a_monitoring_table_prints_the_approved_target_in_one_cell() -> None:
    row = {
        "level1": "产出指标",
        "level2": "数量指标",
        "level3": "里程",
        "sign": "≥",
        "target": "95",
        "unit": "公里",
    }
    record = filling.read_typed(of_form([row], "f-goal"))[0].record
    assert isinstance(record, Evaluation)
    assert filling.take(record, filling.MONITOR)[0].rows[0]["target"] == "≥95公里"
