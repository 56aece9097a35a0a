"""Safe fixes: what they settle is gone, nothing certain is new, and what would break something is held back."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from jixiao import api
from jixiao.audit.remedy.cells import printed_at
from jixiao.audit.remedy.following import grade_for
from jixiao.audit.remedy.safe import Mended, errors_of, written_into
from jixiao.model.evaluation import ClassMark, Evaluation
from jixiao.model.reading import Filing, Kind, Reading
from jixiao.model.record import from_json, to_json
from jixiao.model.review import Review
from jixiao.schemes import Choice, load_scheme
from jixiao.schemes.scheme import Scheme
from tests import strategies
from tests.audit.notation import case_of
from tests.audit.test_remedy import ROWS, TABLE, with_row

TRIED = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def mended(data: dict[str, Any]) -> tuple[Review, Mended]:
    case = case_of({"scheme": "anhui-huaiyuan", **data})
    choice = Choice(case.scheme, "由人指定")
    return api.review(case.filing, choice), api.mend(case.filing, choice)


def edits(done: Mended) -> list[tuple[str, str, str, str]]:
    return [(edit.code, edit.where, edit.old, edit.new) for edit in done.edits]


def test_a_score_is_worked_out_anew_and_the_total_goes_with_it() -> None:
    before, done = mended(TABLE)
    assert edits(done) == [
        ("SC04", "indicators.2.score_printed", "18", "20"),
        ("SC04", "total_printed", "96.00", "98.00"),
    ]
    assert [edit.follows for edit in done.edits] == [False, True]
    assert errors_of(before)
    assert not errors_of(done.review)


def test_a_class_and_a_grade_that_were_right_go_along() -> None:
    classes = [["成本指标", 2, "20", "8"], ["质量指标", 2, "20", "19"]]
    _, done = mended(with_row(2, "8", total="86.00", grade="良", classes=classes))
    assert edits(done)[1:] == [
        ("SC04", "classes.0.score_printed", "8", "20.00"),
        ("SC04", "total_printed", "86.00", "98.00"),
        ("SC04", "grade_printed", "良", "优"),
    ]


def test_a_total_that_was_wrong_before_is_summed_up_in_a_second_round() -> None:
    _, done = mended({**TABLE, "total": "70.00", "grade": "中"})
    assert [edit[:3] for edit in edits(done)] == [
        ("SC04", "indicators.2.score_printed", "18"),
        ("AR04", "total_printed", "70.00"),
        ("AR04", "grade_printed", "中"),
    ]
    assert done.edits[1].new == "98.00"


def test_a_rate_and_the_score_worked_out_from_it_are_settled_together() -> None:
    execution = {"points": "10", "rate": "80.00%", "score": "8.00"}
    funds = {"total": {"annual": "80.00", "executed": "72.00"}}
    _, done = mended(with_row(2, "20", execution=execution, total="97.00", funds=funds))
    assert [edit[:3] for edit in edits(done)] == [
        ("AR05", "execution.rate_printed", "80.00%"),
        ("AR06", "execution.score_printed", "8.00"),
        ("AR06", "total_printed", "97.00"),
    ]
    assert not errors_of(done.review)


def test_a_rate_whose_score_amounts_leave_open_is_held_back() -> None:
    execution = {"points": "10", "rate": "80.00%", "score": "8.00"}
    _, done = mended(with_row(2, "20", execution=execution, total="97.00"))
    assert done.edits == ()
    assert [finding.code for finding in done.held] == ["AR05"]


def test_only_the_wanted_rules_are_fixed() -> None:
    case = case_of({"scheme": "anhui-huaiyuan", **TABLE})
    assert api.mend(case.filing, Choice(case.scheme, "由人指定"), {"AR05"}).edits == ()


def test_what_only_the_unit_knows_is_left_alone() -> None:
    rows = [["数量指标", "检测样品", "≥30份", "30份", "10", "7"], *ROWS[1:2]]
    _, done = mended({"rows": rows})
    assert (done.edits, done.held) == ((), ())


def test_an_edit_that_no_cell_can_hold_gives_no_filing() -> None:
    case = case_of(TABLE)
    _, done = mended(TABLE)
    assert written_into(case.filing, done.edits) is not None
    assert written_into(Filing(case.filing.readings[:0]), ()) == Filing(())


@TRIED
@given(filing=strategies.filings(), scheme=strategies.schemes())
def test_fixed_findings_are_gone_and_no_error_is_new(filing: Filing, scheme: Scheme) -> None:
    choice = Choice(scheme, "由人指定")
    before, done = api.review(filing, choice), api.mend(filing, choice)
    again = api.review(done.review.filing, choice)
    assert errors_of(again) <= errors_of(before)
    fixed = {(edit.code, edit.paper, edit.where) for edit in done.edits if not edit.follows}
    assert not fixed & {(f.code, f.paper, f.where) for f in again.findings}


@TRIED
@given(filing=strategies.filings(), scheme=strategies.schemes())
def test_the_fixed_record_prints_the_new_cells_and_survives_the_file(filing: Filing, scheme: Scheme) -> None:
    done = api.mend(filing, Choice(scheme, "由人指定"))
    readings = done.review.filing.readings
    last = {(edit.paper, edit.where): edit.new for edit in done.edits}
    assert all(new in printed_at(readings[paper].record, where) for (paper, where), new in last.items())
    assert [from_json(to_json(reading)) for reading in readings] == list(readings)
    assert len(readings) == len(filing.readings)


# ---------------------------------------------------------------- a right table, one score spoilt

POINTS = (20, 20, 20, 30)
Numbers = list[tuple[str, int, int]]
NUMBERS = st.lists(
    st.tuples(st.sampled_from(("≥", "≤")), st.integers(20, 900), st.integers(1, 40)), min_size=4, max_size=4
)


def right_table(numbers: Numbers) -> Evaluation:
    """Return a table in which every score, sum and grade is right; each row misses its target by so many."""
    rows = [
        {"level1": f"第{n}类", "level2": f"第{n}类指标", "level3": f"项目{n}", "target": f"{sign}{bound}件",
         "actual": f"{bound - off if sign == '≥' else bound + off}件", "points": str(points), "score": "0"}
        for n, (points, (sign, bound, off)) in enumerate(zip(POINTS, ((s, b, min(o, b)) for s, b, o in numbers), strict=True))
    ]  # fmt: skip
    funds = {"total": {"annual": "80.00", "executed": "80.00"}}
    execution = {"points": "10", "rate": "100%", "score": "10"}
    data = {
        "rows": rows,
        "funds": funds,
        "execution": execution,
        "points": "100",
        "total": "0",
        "grade": "差",
    }
    raw = case_of({"scheme": "anhui-huaiyuan", **data})
    assert raw.evaluation is not None
    assert raw.sheet is not None
    scored = tuple(
        replace(row, score_printed=score.score)
        for row, score in zip(raw.evaluation.indicators, raw.sheet.indicators, strict=True)
    )
    return replace(
        raw.evaluation,
        indicators=scored,
        classes=tuple(
            ClassMark(f"第{n}类", 1, row.points, row.score_printed) for n, row in enumerate(scored)
        ),
        total_printed=raw.sheet.total.score,
        grade_printed=raw.sheet.grade.word,
    )


def one_paper(table: Evaluation) -> Filing:
    return Filing((Reading(Kind.SELFEVAL_TABLE, table),), table, 0)


@TRIED
@given(numbers=NUMBERS, at=st.integers(0, 3), off=st.integers(50, 900), along=st.booleans())
def test_a_spoilt_score_comes_back_with_all_that_went_along(
    numbers: Numbers,
    at: int,
    off: int,
    along: bool,
) -> None:
    right = right_table(numbers)
    choice = Choice(load_scheme("anhui-huaiyuan"), "由人指定")
    row = right.indicators[at]
    assert row.score_printed is not None
    assert right.total_printed is not None
    spoilt = max(row.score_printed - Decimal(off).scaleb(-2), Decimal(0))
    gone = row.score_printed - spoilt
    rows = (*right.indicators[:at], replace(row, score_printed=spoilt), *right.indicators[at + 1 :])
    wrong = replace(right, indicators=rows)
    if along:
        total = right.total_printed - gone
        grade = grade_for(total, choice.scheme.grades)
        classes = tuple(
            replace(mark, score_printed=r.score_printed) for mark, r in zip(right.classes, rows, strict=True)
        )
        wrong = replace(
            wrong, total_printed=total, grade_printed=grade.word if grade else None, classes=classes
        )
    assert not errors_of(api.review(one_paper(right), choice))
    done = api.mend(one_paper(wrong), choice)
    assume(gone >= Decimal("0.5"))
    assert done.review.filing.readings[0].record == right
    found = api.remedy(api.review(one_paper(wrong), choice), choice)
    assert found is not None
    assert found.choices == ()
    assert Decimal(found.needed[0].to) == row.score_printed
    assert found.size == len(done.edits)
