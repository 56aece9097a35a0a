"""What is typed into a scoring form (评分表) makes the record that its page is read as, and scores by the amounts."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.api import filling, load_scheme
from jixiao.model.evaluation import Evaluation
from jixiao.model.reading import Kind
from jixiao.papers import recognize
from jixiao.papers.form import forms_of, load_form
from jixiao.papers.typed.typed_page import entry_sheet, printed_page, typed_of
from jixiao.papers.typed.typed_texts import Typed, class_keys
from jixiao.schemes import list_schemes

BOOK = "guangdong-zhanjiang"
HEAD = {"project.name": "敬老院护理", "project.department": "青禾县民政局", "project.unit": "青禾县敬老院"}
MONEY = {"funds.total.annual": "100", "funds.total.received": "80", "funds.total.executed": "60"}
FORMS = forms_of(Kind.SCORING_FORM)
CLASSES = (
    ("决策", "项目立项", "论证决策"), ("决策", "目标设置", "目标科学性"), ("过程", "资金管理", "资金到位"),
    ("产出", "效率性", "完成进度"),
)  # fmt: skip
NAMES = ("论证充分性", "目标完整性", "资金到位率", "预算执行率", "护理及时性", "老人满意度")


def blank(form: str = "f-score", **cells: str) -> Typed:
    typed = filling.blank(load_scheme(BOOK), form, 2025)
    return replace(typed, cells={**HEAD, **MONEY, **cells})


def fill(typed: Typed) -> filling.Filled:
    return filling.fill(typed, BOOK, filling.Rules((), ()))


def own(typed: Typed, name: str, **cells: str) -> Typed:
    rows = tuple({**row, **cells} if row.get("level4") == name else row for row in typed.rows)
    return replace(typed, rows=rows)


@st.composite
def tables(draw: st.DrawFn) -> Typed:
    form = load_form(draw(st.sampled_from(FORMS)))
    levels = [keys[0] for keys in class_keys(form)]
    last = f"level{len(levels) + 1}"
    rows = []
    for names in sorted(draw(st.lists(st.sampled_from(CLASSES), min_size=1, max_size=6)), key=CLASSES.index):
        points = draw(st.sampled_from(("2", "4.5", "10")))
        score = draw(st.sampled_from((points, "1", "0.55")))
        row = {**dict(zip(levels, names, strict=False)), last: draw(st.sampled_from(NAMES)), "points": points}
        rows.append({**row, "score": score, "remarks": draw(st.sampled_from(("", "有会议纪要，程序完整。")))})
    return Typed(form.stem, 2025, HEAD, tuple(rows))


@settings(max_examples=15, deadline=None)
@given(tables())
def test_the_page_that_is_written_says_the_rows_that_were_typed(typed: Typed) -> None:
    record = filling.read_typed(typed)[0].record
    (read,) = recognize(printed_page(typed).layout)
    assert isinstance(read.record, Evaluation)
    assert isinstance(record, Evaluation)
    assert read.record.indicators == record.indicators
    assert read.record.project == record.project


@settings(max_examples=15, deadline=None)
@given(tables())
def test_a_record_taken_into_the_form_is_read_as_the_same_record(typed: Typed) -> None:
    typed = replace(typed, cells={**typed.cells, **MONEY})
    record = filling.read_typed(typed)[0].record
    assert isinstance(record, Evaluation)
    assert filling.read_typed(typed_of(record, typed.form)[0])[0].record == record


def test_rows_that_go_by_amounts_score_themselves_with_their_steps() -> None:
    filled = fill(blank())
    by_name = {row.level4: n for n, row in enumerate(filled.reading.record.indicators)}
    arrival, execution = (filled.sheet.indicators[by_name[name]] for name in ("资金到位率", "预算执行率"))
    assert (arrival.score, execution.score) == (Decimal("2.40"), Decimal("3.75"))
    assert any("60 ÷ 80" in step.says for step in execution.steps)
    assert filled.rows[by_name["预算执行率"]]["score"] == "3.75"
    assert filled.sheet.indicators[by_name["论证充分性"]].score is None


def test_the_total_is_open_until_a_person_has_scored_every_row() -> None:
    typed = blank()
    assert "total.score" not in fill(typed).cells
    for row in typed.rows:
        if row["level4"] not in ("资金到位率", "预算执行率"):
            typed = own(typed, row["level4"], score=row["points"])
    assert fill(typed).cells == {"total.points": "100", "total.score": "98.15"}


def test_the_points_of_classes_are_the_sums_of_their_rows_until_they_are_typed() -> None:
    filled = fill(blank())
    assert filled.rows[0] == {"points2": "4", "points3": "4"}
    assert filled.rows[1] == {"points2": "8", "points3": "4"}
    typed = own(blank(), "论证充分性", points2="5")
    assert "points2" not in fill(typed).rows[0]
    assert "points2" not in fill(own(blank(), "论证充分性", points="")).rows[0]


def test_a_name_or_a_word_stands_as_it_was_typed_however_odd() -> None:
    odd = {"level4": "是否按期完成；每超一天扣1分", "score": "3", "remarks": "每缺一项扣0.5分，扣1分。"}
    typed = own(blank(), "论证充分性", **odd)
    record = filling.read_typed(typed)[0].record
    assert isinstance(record, Evaluation)
    assert (record.indicators[0].level4, record.indicators[0].remarks) == (odd["level4"], odd["remarks"])


def test_words_where_a_number_belongs_are_a_doubt_and_never_a_guess() -> None:
    reading, _ = filling.read_typed(
        own(blank(**{"funds.total.executed": "没有"}), "论证充分性", score="约三分")
    )
    assert isinstance(reading.record, Evaluation)
    assert reading.record.indicators[0].score_printed is None
    assert reading.record.funds.total.executed is None
    assert {doubt.where for doubt in reading.doubts} >= {"indicators.0.score_printed", "funds.total.executed"}


def test_without_amounts_it_is_said_what_they_are_wanted_for() -> None:
    reading, _ = filling.read_typed(filling.blank(load_scheme(BOOK), "f-score", 2025))
    assert any("预算执行率要从这里取数" in doubt.why for doubt in reading.doubts)


@pytest.mark.parametrize("scheme", [key for key in list_schemes() if load_scheme(key).framework])
def test_every_rule_book_with_a_framework_has_a_form_with_its_levels(scheme: str) -> None:
    book = load_scheme(scheme)
    form = filling.form_for(book)
    assert filling.is_filled_in(book)
    rows = filling.blank(book, form, 2025).rows
    assert {row["level1"] for row in rows} <= {*book.level1} or not book.level1
    if book.level1 and book.total == sum(book.level1.values()):
        assert {row["level1"] for row in rows} == {*book.level1}


def test_the_framework_of_zhanjiang_makes_up_the_points_of_its_classes() -> None:
    book = load_scheme(BOOK)
    for name, points in book.level1.items():
        assert sum(Decimal(row["points"]) for row in blank().rows if row["level1"] == name) == points


@pytest.mark.parametrize("stem", FORMS)
def test_every_cell_of_a_scoring_form_has_its_own_key(stem: str) -> None:
    spots = entry_sheet(blank(stem)).spots.values()
    keys = [(spot.key, spot.rows) for spot in spots]
    assert len(keys) == len(set(keys))
    assert {"funds.total.received", "total.score"} <= {key for key, _ in keys}
    assert len([key for key, _ in keys if key.startswith(filling.LAW)]) == len(blank(stem).rows)


def test_targets_keep_their_usual_classes_under_a_rule_book_of_a_scoring_form() -> None:
    classes = {row["level1"] for row in filling.blank(load_scheme(BOOK), filling.GOAL, 2025).rows}
    assert classes == {"产出指标", "效益指标", "满意度指标"}
    assert filling.offers(load_scheme(BOOK), "f-score")["level3"][0] == "论证决策"
