"""Statistics over made-up counties: what was planted is found and its filings named, what is innocent is left alone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from jixiao.model.evaluation import Evaluation
from jixiao.model.reading import Filing
from jixiao.model.review import Review
from jixiao.rollup import Grouping
from jixiao.rollup.rechecks import Compared, Line
from jixiao.rollup.statistics import Statistics, statistics
from jixiao.rollup.statistics.copies import FEW, KIN, TOLD
from jixiao.rollup.statistics.standing import Comparison, Standing
from tests.rollup.counties import Planted, county, leads


def measured(planted: Planted, seed: int = 1) -> Statistics:
    return statistics(county(seed, planted), (), Grouping.UNIT)


def found(comparisons: Sequence[Comparison]) -> dict[str, list[Standing]]:
    """Return the leads by what was compared."""
    told = {one.measure.name: [s for s in one.standings if s.lead] for one in comparisons if not one.part}
    return {name: standings for name, standings in told.items() if standings}


def changed(review: Review, **fields: object) -> Review:
    (reading,) = review.filing.readings
    table = replace(reading.record, **fields)
    assert isinstance(table, Evaluation)
    return replace(review, filing=Filing((replace(reading, record=table),), table, 0))


# ---------------------------------------------------------------- what was planted


@pytest.mark.parametrize(
    ("planted", "name"),
    [
        (Planted(full=2), "full_marks"), (Planted(above=2), "above_ours"), (Planted(low=2), "below_last_year"),
        (Planted(heaped=2), "round_rates"), (Planted(hits=2), "hit_exactly"),
    ],
)  # fmt: skip
def test_a_unit_that_does_it_is_found_with_its_filings(planted: Planted, name: str) -> None:
    told = measured(planted)
    comparisons = (*told.inflation.comparisons, *told.lowness.comparisons, *told.heaping.comparisons)
    (lead,) = found(comparisons)[name]
    assert lead.group == "青禾县第2单位"
    assert {one.subject.unit for one in lead.behind} == {"青禾县第2单位"}
    assert len(lead.behind) >= lead.projects
    assert set(found(comparisons)) == {name}


def test_texts_that_three_units_share_are_found_with_the_words() -> None:
    told = measured(Planted(copying=(1, 7, 10))).copies
    (cluster,) = [one for one in told.clusters if one.lead]
    units = {cluster.centre.unit, *(other.subject.unit for other in cluster.others)}
    assert units == {f"青禾县第{n}单位" for n in (1, 7, 10)}
    assert cluster.kind == "绩效目标"
    assert cluster.shared
    assert not any("确保资金安全" in text for text in cluster.shared)


def test_a_goal_that_the_whole_county_was_given_accuses_nobody() -> None:
    given = "按照全县统一部署，各单位要落实主体责任，健全内部控制，规范资金使用，强化绩效监控，做到专款专用，按期完成年度任务。"
    reviews = [
        changed(one, goal=replace(one.filing.evaluation.goal, expected=given))
        for one in county(3)
        if one.filing.evaluation is not None
    ]
    assert not [
        one for one in statistics(reviews, (), Grouping.UNIT).copies.clusters if one.kind == "绩效目标"
    ]


def alike(units: Sequence[int], names: Sequence[str]) -> Counter[str]:
    """Copy one goal over the first project of some units, and say why clusters are no leads."""
    copied = (
        "逐村核对台账后开挖沟槽，铺设管道二十公里，验收合格再回填，安排专人看护至次年三月，接通自来水入户并登记户主姓名。"
        * 2
    )
    reviews, left = [], dict(zip(units, names, strict=True))
    for one in county(4, years=(2024,)):
        table = one.filing.evaluation
        assert table is not None
        unit = int((table.project.unit or "").removeprefix("青禾县第").removesuffix("单位"))
        name = left.pop(unit, None)
        goal = replace(table.goal, expected=copied)
        reviews.append(
            one if name is None else changed(one, goal=goal, project=replace(table.project, name=name))
        )
    clusters = statistics(reviews, (), Grouping.UNIT).copies.clusters
    return Counter(one.because for one in clusters if one.kind == "绩效目标")


def test_projects_of_one_name_are_no_lead() -> None:
    assert alike((1, 2, 3), ("村级供水改造",) * 3) == {KIN: 1}


def test_what_all_units_of_a_department_say_is_no_lead() -> None:
    names = ("供水管网改造", "图书采购", "护林员补助", "校舍维修")
    assert alike((1, 5, 9, 13), names) == {TOLD: 1}
    assert alike((1, 5, 10, 12), names) == {"": 1}


def test_of_two_units_nobody_can_tell_a_form_from_a_copy() -> None:
    reviews = county(1, Planted(copying=(0, 1)), units=2)
    assert {one.because for one in statistics(reviews, (), Grouping.UNIT).copies.clusters} == {FEW}


# ---------------------------------------------------------------- what is innocent


@pytest.mark.slow  # twenty counties: 7 s of a processor
def test_innocent_counties_seldom_give_a_lead() -> None:
    """At most one in twenty by design; 300 counties gave 4, 3, 4 and 0 (python -m tests.rollup.counties)."""
    alarms = Counter[str]()
    for seed in range(1000, 1020):
        alarms.update(
            name for name, count in leads(statistics(county(seed), (), Grouping.UNIT)).items() if count
        )
    assert max(alarms.values(), default=0) <= 4


def test_a_unit_of_two_projects_is_not_judged_however_high() -> None:
    reviews = county(1, Planted(full=2))
    own = [one for one in reviews if one.filing.evaluation.project.unit == "青禾县第2单位"]  # type: ignore[union-attr] # all have one
    names = sorted({one.filing.evaluation.project.name or "" for one in own})[:2]  # type: ignore[union-attr] # as above
    kept = [one for one in reviews if one not in own or one.filing.evaluation.project.name in names]  # type: ignore[union-attr] # as above
    (first, *_) = statistics(kept, (), Grouping.UNIT).inflation.comparisons
    (two,) = [one for one in first.standings if one.group == "青禾县第2单位"]
    assert (two.projects, two.share, two.chance, two.lead) == (2, 1, None, False)


def test_small_collections_and_no_collection_give_numbers_and_no_judgement() -> None:
    few = statistics(county(1, Planted(full=0), units=1), (), Grouping.UNIT)
    assert not any(leads(few).values())
    assert all(one.chance is None for part in few.inflation.comparisons for one in part.standings)
    nothing = statistics((), (), Grouping.UNIT)
    assert (nothing.filings, nothing.inflation.comparisons, nothing.copies.clusters) == (0, (), ())


# ---------------------------------------------------------------- how it is counted


def test_the_same_papers_in_another_order_give_the_same() -> None:
    reviews = county(2, Planted(full=1, copying=(1, 7)))
    again = list(reviews)
    Random(3).shuffle(again)
    assert statistics(reviews, (), Grouping.UNIT) == statistics(again, (), Grouping.UNIT)


def test_a_copy_of_a_paper_counts_once() -> None:
    reviews = county(2)
    (reading,) = reviews[0].filing.readings
    copy = replace(
        reviews[0], filing=replace(reviews[0].filing, readings=(replace(reading, file="zz.xlsx"),))
    )
    once, twice = statistics(reviews, (), Grouping.UNIT), statistics([*reviews, copy], (), Grouping.UNIT)
    assert (twice.filings, twice.twice) == (once.filings, 1)
    assert twice.inflation == once.inflation


def test_departments_are_compared_when_asked_for() -> None:
    told = statistics(county(1), (), Grouping.DEPARTMENT)
    assert {one.group for one in told.inflation.comparisons[0].standings} == {
        f"青禾县第{n}局" for n in range(4)
    }


def rechecked(review: Review, lower: int) -> Compared:
    table = review.filing.evaluation
    assert table is not None
    lines = tuple(
        Line("", "产出指标", "", "甲", Decimal(10), "", Decimal(10), "", Decimal(10 - lower), "")
        for _ in range(4)
    )
    return Compared(table.project.name, table.project.unit, 2024, None, "复核.xlsx", 0, None, "", lines, None, None, None,
                    None, (), ())  # fmt: skip


def test_scores_that_a_re_check_lowered_are_found() -> None:
    reviews = county(1, years=(2024,))
    again = [
        rechecked(one, 2 if one.filing.evaluation.project.unit == "青禾县第3单位" else 0) for one in reviews
    ]  # type: ignore[union-attr] # all have one
    told = statistics(reviews, again, Grouping.UNIT).inflation
    (lead,) = found(told.comparisons)["above_recheck"]
    assert (lead.group, lead.share) == ("青禾县第3单位", Fraction(1, 5))


def test_a_total_above_ours_is_counted_with_its_exact_interval() -> None:
    over = measured(Planted(above=3)).inflation.overstated
    assert over is not None
    assert {who.unit for who, _, _ in over.behind} == {"青禾县第3单位"}
    assert over.low < Fraction(over.higher, over.of) < over.high
    assert measured(Planted()).inflation.overstated.higher == 0  # type: ignore[union-attr] # there are totals


def test_every_statistic_says_how_and_what_it_cannot_say() -> None:
    told = measured(Planted())
    for one in (told.inflation, told.lowness, told.heaping, told.copies):
        assert all((one.grounds.method, one.grounds.assumptions, one.grounds.limits))
        assert "偏离本身不能证明任何问题" in one.grounds.limits[0]
