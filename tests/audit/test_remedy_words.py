"""Safe fixes of wording: brackets, years, stops, signs, numbers of sections; and what is left to a person."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jixiao import api
from jixiao.audit.remedy.safe import Mended, errors_of
from jixiao.model.claims import Report
from jixiao.model.evaluation import Evaluation
from jixiao.model.record import from_json, to_json
from jixiao.model.target import AtLeast, AtMost
from jixiao.schemes import Choice
from tests.audit.notation import case_of

TRIED = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
WORDING = {"NA03", "NA10", "NA15", "TV02"}


def mended(data: dict[str, Any]) -> Mended:
    case = case_of(data)
    return api.mend(case.filing, Choice(case.scheme, "由人指定"), WORDING)


def edits(done: Mended) -> list[tuple[str, str, str, str]]:
    return [(edit.code, edit.where, edit.old, edit.new) for edit in done.edits]


def texts(done: Mended) -> list[str]:
    record = done.review.filing.readings[-1].record
    assert isinstance(record, Report)
    return [section.text for section in record.sections]


def test_brackets_of_numbers_are_put_right_wherever_they_stand() -> None:
    report = [
        ["依据", "根据青财[2022]15号、青水（2021）8号立项。"],
        ["做法", "按青财［2022］ 15号和青财[2022]15号办。"],
    ]
    done = mended({"report": report})
    assert edits(done) == [
        ("NA10", "sections.0", "[2022]15号", "〔2022〕15号"),
        ("NA10", "sections.0", "（2021）8号", "〔2021〕8号"),
        ("NA10", "sections.1", "［2022］ 15号", "〔2022〕15号"),
        ("NA10", "sections.1", "[2022]15号", "〔2022〕15号"),
    ]
    assert texts(done) == [
        "根据青财〔2022〕15号、青水〔2021〕8号立项。",
        "按青财〔2022〕15号和青财〔2022〕15号办。",
    ]


@pytest.mark.parametrize(
    "number",
    ["青会审字(2022)31号", "合同[2022]7号", "青水[2022]08号", "青水[2022]第8号", "[2022]8号", "青水[2022]8"],
)
def test_brackets_that_may_be_meant_so_are_left(number: str) -> None:
    done = mended({"report": [["依据", f"根据{number}，立项。"]]})
    assert (done.edits, done.held) == ((), ())


def test_what_can_be_put_right_is_not_held_up_by_what_cannot() -> None:
    done = mended({"report": [["依据", "根据青财[2022]15号和合同(2022)7号立项。"]]})
    assert texts(done) == ["根据青财〔2022〕15号和合同(2022)7号立项。"]


def test_years_and_stops_are_printed_once() -> None:
    done = mended({"report": [["概况", "2024年2024年投入、、使用渠道渠道资金。"]], "year": 2024})
    assert texts(done) == ["2024年投入、使用渠道渠道资金。"]


@pytest.mark.parametrize("text", ["2024年2024年渠道管护项目。", "等等、、、其他。", "渠道渠道管护。"])
def test_a_second_year_may_be_the_projects_own(text: str) -> None:
    done = mended({"project": "2024年渠道管护", "report": [["概况", text]]})
    assert (done.edits, done.held) == ((), ())


def numbers(*printed: str) -> list[list[object]]:
    return [[number, 1 if number[0] != "（" else 2, f"事项{at}", "略。"] for at, number in enumerate(printed)]


@pytest.mark.parametrize(
    ("printed", "at", "new"),
    [
        (("一、", "三、", "三、"), 1, "二、"),
        (("一、", "二、", "二、", "四、"), 2, "三、"),
        (("一、", "（一）", "（二）", "（二）", "二、"), 3, "（三）"),
        (("一、", "二、", "五、", "四、"), 2, "三、"),
        (("九、", "十、", "十、", "十二、"), 2, "十一、"),
    ],
)
def test_a_number_that_only_one_fits_is_put_right(printed: tuple[str, ...], at: int, new: str) -> None:
    done = mended({"report": numbers(*printed)})
    assert edits(done) == [("NA15", f"sections.{at}.number", printed[at], new)]
    assert not [f for f in done.review.findings if f.code == "NA15"]


@pytest.mark.parametrize(
    "printed",
    [("一、", "三、"), ("一、", "三、", "四、"), ("一、", "二、", "二、", "三、"), ("一、", "二、", "四、")],
)
def test_a_number_behind_which_a_section_may_be_lost_is_left(printed: tuple[str, ...]) -> None:
    done = mended({"report": numbers(*printed)})
    assert (done.edits, done.held) == ((), ())


SIGNS = {">=": "≥", "＞＝": "≥", "≧": "≥", "大于等于": "≥", "<=": "≤", "≦": "≤", "小于或等于": "≤", "﹦": "="}


def test_signs_are_canonical_and_the_target_is_read_again() -> None:
    rows = [
        ["数量指标", "检修泵站", ">=3座", "3座", "20", "20"],
        ["成本指标", "检修成本", "≦20万元", "20万元", "20", "20"],
    ]
    done = mended({"rows": rows})
    assert edits(done) == [
        ("TV02", "indicators.0.target", ">=", "≥"),
        ("TV02", "indicators.1.target", "≦", "≤"),
    ]
    record = done.review.filing.readings[0].record
    assert isinstance(record, Evaluation)
    targets = [row.target for row in record.indicators]
    assert [target.text for target in targets if target] == ["≥3座", "≤20万元"]
    assert isinstance(targets[0], AtLeast)
    assert isinstance(targets[1], AtMost)


FAULTS = (
    "青财[2022]15号",
    "青水【2023】8号",
    "2024年2024年投入",
    "资金、、物资",
    "青农（2022）3号",
    "正常",
    "渠道渠道",
)


@TRIED
@given(
    signs=st.lists(st.sampled_from(sorted(SIGNS)), min_size=1, max_size=4),
    said=st.lists(st.lists(st.sampled_from(FAULTS), max_size=4), min_size=1, max_size=4),
    printed=st.lists(
        st.sampled_from(("一、", "二、", "三、", "四、", "（一）", "（二）")), min_size=4, max_size=4
    ),
)
def test_a_fixed_fault_is_gone_and_no_error_is_new(
    signs: list[str], said: list[list[str]], printed: list[str]
) -> None:
    rows = [
        ["数量指标", f"项目{n}", f"{sign}{n + 2}座", f"{n + 2}座", "20", "20"] for n, sign in enumerate(signs)
    ]
    report = [
        [number, 1, "事项", "，".join(words) + "。"] for number, words in zip(printed, said, strict=False)
    ]
    case = case_of({"rows": rows, "report": report})
    choice = Choice(case.scheme, "由人指定")
    before, done = api.review(case.filing, choice), api.mend(case.filing, choice, WORDING)
    again = api.review(done.review.filing, choice)
    assert errors_of(again) <= errors_of(before)
    assert not done.held
    told = [f for f in again.findings if f.code in WORDING and f.fix is not None and f.fix.safe]
    assert told == []
    record = done.review.filing.readings[0].record
    assert isinstance(record, Evaluation)
    assert [r.target.text[0] for r in record.indicators if r.target] == [SIGNS[sign] for sign in signs]
    readings = done.review.filing.readings
    assert [from_json(to_json(reading)) for reading in readings] == list(readings)
