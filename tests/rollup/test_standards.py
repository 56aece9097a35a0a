"""The fourteen standards of 郫都's re-check: each with a row that doesn't keep it and one that does."""

from decimal import Decimal

import pytest

from jixiao.rollup.standards import Checked, breaches, spoken_of
from jixiao.schemes import list_schemes, load_scheme
from jixiao.schemes.standards import Demand

STANDARDS = load_scheme("chengdu-pidu-recheck").standards


def row(  # noqa: PLR0913 - a row has as many cells
    name: str, own: str | None, score: str | None, reason: str = "", *, classes: str = "产出指标|数量指标",
        sign: str = "≥", where: str = "indicators.0") -> Checked:  # fmt: skip
    level1, _, level2 = classes.partition("|")
    marks = [Decimal(mark) if mark is not None else None for mark in (own, score)]
    return Checked(where, name, level1, level2, sign, marks[0], marks[1], reason)


def broken(*rows: Checked) -> set[int]:
    return {one.number for one in breaches(rows, STANDARDS)}


BENEFIT, TIME, FELT = "效益指标|社会效益指标", "产出指标|时效指标", "满意度指标|服务对象满意度指标"
CASES = [
    (1, row("清淤长度", "10", "5", "无佐证资料，扣50%"), row("清淤长度", "10", "0", "无佐证资料，计0分")),
    (2, row("老年人满意率", "10", "3", "与项目无关，扣70%"), row("老年人满意率", "10", "0", "与项目无关")),
    (3, row("管理水平", "10", "9", "指标空洞，不可考核"), row("管理水平", "10", "4", "指标空洞，不可考核，扣60%")),
    (4, row("群众满意度", "10", "6", "未开展满意度调查，扣40%", classes=FELT),
     row("群众满意度", "10", "0", "未开展满意度调查", classes=FELT)),
    (5, row("清淤长度", "10", "8", "超额完成，扣20%"), row("清淤长度", "10", "10", "超额完成")),
    (6, row("排查次数", "10", "7", "指标定性，未量化，扣30%", sign="定性"),
     row("排查次数", "10", "10", "指标定性，未量化", sign="定性")),
    (7, row("完成时间", "10", "2", "第二批逾期，扣80%", classes=TIME),
     row("完成时间", "10", "7", "第二批逾期，扣30%", classes=TIME)),
    (8, row("灌溉条件", "10", "7", "灌溉条件有所改善，扣30%", classes=BENEFIT, sign="定性"),
     row("灌溉条件", "10", "10", "灌溉条件有所改善", classes=BENEFIT, sign="定性")),
    (10, row("资金拨付率", "10", "10"), row("资金拨付率", "10", "0", "数量指标写资金拨付，类别不符")),
    (14, row("清淤长度", "10", "7"), row("清淤长度", "10", "7", "少清 3 公里，扣30%")),
]  # fmt: skip


@pytest.mark.parametrize(("number", "wrong", "right"), CASES, ids=[str(case[0]) for case in CASES])
def test_each_standard_on_a_row(number: int, wrong: Checked, right: Checked) -> None:
    assert number in broken(wrong)
    assert broken(right) == set()


def test_one_indicator_in_two_classes_counts_once() -> None:
    twice = [row("受益户数", "10", "10"), row("受益户数", "10", "10", classes=BENEFIT, where="indicators.1")]
    (found,) = breaches(twice, STANDARDS)
    assert (found.number, found.where) == (9, "indicators.1")
    assert broken(twice[0], row("受益户数", "10", "0", "重复设置，只计一项", classes=BENEFIT)) == set()


@pytest.mark.parametrize(
    ("seen", "says"),
    [
        (row("清淤长度", "10", None), "没有复核得分"),
        (row("清淤长度", "10", "7", "少清 3 公里，扣60%"), "写的是扣 60%，实扣 30%"),
        (row("清淤长度", "10", "7", "酌情扣分"), "笼统"),
    ],
)
def test_a_reason_is_whole_and_true(seen: Checked, says: str) -> None:
    (found,) = breaches([seen], STANDARDS)
    assert found.number == 14
    assert says in found.says


def test_nothing_is_said_of_rows_that_one_of_them_leaves_blank() -> None:
    assert broken(row("清淤长度", None, None)) == set()
    assert broken(row("清淤长度", None, "8", "超额完成")) == set()


def test_what_a_reason_speaks_of_is_told_by_number() -> None:
    assert spoken_of(row("资金拨付率", "10", "0", "与项目无关，无佐证"), STANDARDS) == (1, 2, 10)


def test_the_standards_are_fourteen_and_cited() -> None:
    assert [one.number for one in STANDARDS] == list(range(1, 15))
    assert all(one.source.verified and one.source.article == f"第{one.number}条" for one in STANDARDS)
    assert [one.number for one in STANDARDS if one.demand is Demand.PAPERS] == [11, 12, 13]
    assert all(one.rules for one in STANDARDS if one.demand is Demand.PAPERS)


def test_books_without_standards_have_none() -> None:
    held = [name for name in list_schemes() if load_scheme(name).standards]
    assert held == ["chengdu-pidu-recheck"]
