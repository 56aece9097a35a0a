"""What the narrative rules take a report's parts for: numbers, chapters, problems, steps and their price."""

from time import process_time

import pytest

from jixiao.audit import RULES
from jixiao.audit.lexicon import data_of, lists_of
from jixiao.audit.narrative.claims import chapter, problem_sections, tells_problems
from jixiao.audit.narrative.numbering import number_of
from jixiao.audit.rule import Case
from jixiao.model.claims import Report
from jixiao.model.reading import Filing, Kind, Reading
from jixiao.model.statements import Section
from jixiao.schemes import load_scheme

NARRATIVE = tuple(rule for rule in RULES if rule.code.startswith("NA"))


def report_case(*sections: Section) -> Case:
    reading = Reading(Kind.SELFEVAL_REPORT, Report(year=2023, sections=sections))
    return Case(Filing((reading,)), None, load_scheme("national-2020"))


@pytest.mark.parametrize(
    ("printed", "style", "value"),
    [
        ("一、", 1, 1),
        ("（十二）", 2, 12),
        ("(三)", 2, 3),
        ("7.", 3, 7),
        ("（10）", 4, 10),
        ("第二部分", 0, 2),
        ("二十一、", 1, 21),
    ],
)
def test_a_printed_number_has_a_style_and_a_value(printed: str, style: int, value: int) -> None:
    number = number_of(0, printed)
    assert number is not None
    assert (number.style, number.value) == (style, value)


@pytest.mark.parametrize("printed", [None, "", "1.2.3", "①", "A1"])
def test_other_numbers_are_left_alone(printed: str | None) -> None:
    assert number_of(0, printed) is None


def test_a_section_knows_the_chapter_above_it() -> None:
    case = report_case(
        Section("一、", "概况", 1, "略。"), Section("二、", "存在问题", 1), Section("（一）", "进度偏慢", 2, "雨季施工。"),
        Section("三、", "有关建议", 1, "错开雨季。"),
    )  # fmt: skip
    slow = next(p for p in case.passages if p.title == "进度偏慢")
    advice = next(p for p in case.passages if p.title == "有关建议")
    assert chapter(case, slow) == "存在问题/进度偏慢"
    assert tells_problems(case, slow)
    assert not tells_problems(case, advice)


def test_problems_are_told_below_their_heading_and_not_in_what_needs_explaining() -> None:
    sections = (
        Section("一、", "经验做法和存在问题", 1), Section("（一）", "主要做法", 2, "按月检查。"), Section("（二）", "问题", 2, "偏慢。"),
        Section("二、", "其他需要说明的问题", 1, "无。"),
    )  # fmt: skip
    assert list(problem_sections(sections)) == [0, 2]


def test_every_wrong_word_has_a_right_one_and_every_old_name_a_date() -> None:
    typos, old = lists_of("typos"), lists_of("superseded")
    right, about = data_of("typos")["right"], data_of("superseded")["about"]
    assert isinstance(right, dict)
    assert isinstance(about, dict)
    assert {*typos["wrong"], *typos["variant"], *typos["local"]} == set(right)
    assert set(about) == set(old)
    assert all(entry["source"] and 2000 < entry["until"] < 2030 for entry in about.values())


def written(times: int) -> Case:
    text = (
        "县水利局按月巡查渠道，资金使用合规，制度健全，年度绩效目标全部完成，养护渠道8公里，支出43.2万元。"
        * 8
    )
    return report_case(*(Section(None, f"第{n}段情况", 1, text) for n in range(times)))


def took(case: Case) -> float:
    start = process_time()
    for rule in NARRATIVE:
        list(rule.check(case))
    return process_time() - start


def test_the_price_grows_with_the_text() -> None:
    short, long = (min(took(written(times)) for _ in range(3)) for times in (10, 100))
    assert long < 16 * short
