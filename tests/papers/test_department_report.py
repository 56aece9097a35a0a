"""A department's report on all its self-evaluations: counts, bands, money, samples, names."""

import json
from decimal import Decimal

import pytest

from jixiao.model.claims import Bin, DepartmentReport
from jixiao.model.reading import Kind, Reading
from jixiao.papers.department import department_report
from jixiao.papers.department.department_counts import edges
from tests.papers.paper_blocks import SEEDS, blocks_of, seed


def read(text: str) -> tuple[DepartmentReport, Reading]:
    reading = department_report.read(blocks_of(text))
    assert reading.kind is Kind.DEPARTMENT_REPORT
    assert isinstance(reading.record, DepartmentReport)
    return reading.record, reading


def body(text: str) -> DepartmentReport:
    return read(f"青禾县财政局2023年度部门绩效自评工作报告\n一、情况\n{text}")[0]


@pytest.mark.parametrize(
    "text, projects",
    [
        ("2023年我镇绩效评价共涉及62个预算项目。", 62),
        ("共涉及项目15个。", 15),
        ("我局纳入绩效自评的项目共计15个。", 15),
        ("对2023年度30个预算项目开展绩效自评。", 30),
        ("本部门共有项目8个，均已完成自评。", 8),
        ("自评项目总数为21个。", 21),
        ("2024年，本中心实施项目共15个。", 15),
        ("其中本级项目22个，抽查项目3个。", None),
        ("12个项目全面完成绩效目标。", None),
        ("9个项目全年预算合计431.20万元。", 9),
        ("对部门整体支出和14个项目支出开展了绩效自评。", 14),
        ("3个项目支出合计120.00万元，占六成。", None),
    ],
)
def test_the_number_of_projects_in_its_wordings(text: str, projects: int | None) -> None:
    assert body(text).projects == projects


@pytest.mark.parametrize(
    "text, bins",
    [
        (
            "自评得分90分以上的58个，得分60至90分3个，60分以下1个。",
            [("90分以上", 58), ("60至90分", 3), ("60分以下", 1)],
        ),
        (
            "得分在90分（含）以上的项目26个，80-90分（不含90分）的项目3个。",
            [("90分（含）以上", 26), ("80-90分（不含90分）", 3)],
        ),
        ("评价结果为优的10个，良的4个，中1个。", [("优", 10), ("良", 4), ("中", 1)]),
        ("评价等级为“优”的项目7个、“良”的项目2个。", [("优", 7), ("良", 2)]),
        ("8个项目自评等级均为优。", [("优", 8)]),
        ("共有12个指标，3个方面。", []),
    ],
)
def test_the_score_bands_in_their_wordings(text: str, bins: list[tuple[str, int]]) -> None:
    assert [(b.label, b.count) for b in body(text).bins] == bins


@pytest.mark.parametrize(
    "label, low, high",
    [("90分以上", "90", None), ("60至90分", "60", "90"), ("60分以下", None, "60"), ("低于60分", None, "60"), ("满分", "100", "100"),
     ("80-90分（不含90分）", "80", "90"), ("≥90分", "90", None), ("优", None, None)],
)  # fmt: skip
def test_the_edges_of_a_band_are_those_printed(label: str, low: str | None, high: str | None) -> None:
    assert edges(label.replace("（", "(").replace("）", ")")) == (
        Decimal(low) if low else None,
        Decimal(high) if high else None,
    )


@pytest.mark.parametrize(
    "text, field, value",
    [
        ("48个项目全部完成预期绩效目标，自评得分均在100分。", "full_marks", 48),
        ("得分为满分的项目5个。", "full_marks", 5),
        ("14个项目绩效目标存在偏差。", "with_deviation", 14),
        ("3个项目未完成年初绩效目标。", "with_deviation", 3),
        ("存在偏差的项目有2个。", "with_deviation", 2),
        ("抽查项目3个。", "sampled", 3),
        ("抽取2个项目开展复核。", "sampled", 2),
        ("对4个项目进行了重点评价。", "sampled", 4),
        ("各项目均未发现问题。", "with_deviation", None),
    ],
)
def test_the_other_counts_in_their_wordings(text: str, field: str, value: int | None) -> None:
    assert getattr(body(text), field) == value


def test_two_numbers_of_projects_give_the_first_and_a_doubt() -> None:
    report, reading = read("部门绩效自评工作报告\n一、情况\n共涉及15个预算项目。共涉及16个预算项目。")
    assert report.projects == 15
    (doubt,) = [d for d in reading.doubts if d.where == "projects"]
    assert (doubt.reading, doubt.alternative) == ("15", "16")


def test_the_overall_money_stands_beside_the_number_of_projects() -> None:
    report = body(
        "甲项目预算资金41.02万元，支出40万元。全部15个预算项目，预算资金8,560.32万元，实际支出8215.77万元。"
    )
    assert (str(report.budget), str(report.executed)) == ("8560.32万元", "8215.77万元")


def test_money_of_single_projects_is_not_the_departments() -> None:
    report = body("甲项目预算资金41.02万元。乙项目预算资金32万元。")
    assert report.budget is None


def test_the_unit_of_a_report_without_one_is_the_place_it_repeats() -> None:
    text = "部门绩效自评工作报告\n一、情况\n我镇开展了自评。青河镇政府办公楼维修，根据青河镇会议纪要，青河镇已完成。"
    report, reading = read(text)
    assert report.unit == "青河镇"
    assert any(d.where == "unit" for d in reading.doubts)


def test_no_unit_is_invented() -> None:
    assert read("部门绩效自评工作报告\n一、情况\n我局开展了自评，县财政局下发通知。")[0].unit is None


def test_sampled_projects_have_the_one_sum_that_is_named_for_them() -> None:
    text = "抽查项目2个，分别是办公楼维修、村级网格员经费。项目一基本情况是楼顶漏雨，需资金18.5万元。项目二基本情况是聘用网格员5名，每人每月800元，需资金48000元。"
    assert [(s.project, str(s.amount)) for s in body(text).samples] == [
        ("办公楼维修", "18.5万元"),
        ("村级网格员经费", "48000元"),
    ]


def test_a_sample_with_two_sums_has_none_and_a_doubt() -> None:
    text = "部门绩效自评工作报告\n一、情况\n抽查项目2个，分别是甲经费、乙经费。项目一投入10万元，结算9万元。项目二共3万元。"
    report, reading = read(text)
    assert [str(s.amount) for s in report.samples] == ["None", "3万元"]
    assert any("甲经费" in d.why for d in reading.doubts)


def test_deviating_projects_are_listed_by_name() -> None:
    text = "4个项目存在偏差，主要原因：1.防汛经费（应急）、信访经费2个项目结余资金。2.《民兵补贴》项目核减。3.道路养护项目因招标延期，未完工。"
    assert body(text).listed == ("防汛经费（应急）", "信访经费", "民兵补贴", "道路养护项目")


def test_deviating_projects_named_in_one_sentence_are_listed() -> None:
    assert body("2个项目未完成年初绩效目标，分别是救助资金、殡葬设施建设。").listed == (
        "救助资金",
        "殡葬设施建设",
    )


def test_its_titles_are_known_and_others_are_not() -> None:
    assert department_report.looks_like(blocks_of("部门年度绩效自评工作报告\n一、情况"))
    assert department_report.looks_like(blocks_of("关于2021年度部门预算项目支出\n绩效自评工作情况的报告"))
    assert not department_report.looks_like(blocks_of("青禾县道路养护项目支出绩效自评报告\n一、概况"))
    assert not department_report.looks_like(blocks_of("道路养护项目绩效评价报告"))


def test_the_fifth_seed_is_read_as_the_golden_file_has_it() -> None:
    report, _ = read(seed(4))
    golden = json.loads((SEEDS / "../golden/seeds.json").read_text("utf-8"))
    wanted = next(r for r in golden if r["kind"] == "department_report")
    for field in ("unit", "year", "projects", "full_marks", "with_deviation", "sampled"):
        assert getattr(report, field) == wanted[field]
    assert report.budget is not None
    assert report.executed is not None
    assert (str(report.budget.value), str(report.executed.value)) == (wanted["budget"], wanted["executed"])
    assert report.bins == (
        Bin("90分以上", Decimal(90), None, wanted["score_ge_90"]),
        Bin("60至90分", Decimal(60), Decimal(90), wanted["score_60_to_90"]),
        Bin("60分以下", None, Decimal(60), wanted["score_lt_60"]),
    )
    amounts = [(s.project, str(s.amount.value)) for s in report.samples if s.amount]
    assert amounts == [(s["project"], s["amount"]) for s in wanted["sample"]]
    assert len(report.listed) == wanted["with_deviation"]


def test_the_money_of_some_projects_is_not_the_money_of_all() -> None:
    report = body(
        "9个项目全年预算合计431.20万元，实际支出402.75万元。"
        "其中水渠管护、机井维修和闸门更换3个项目支出合计210.40万元，占全部支出的52.24%。"
    )
    assert (str(report.budget), str(report.executed)) == ("431.20万元", "402.75万元")


def test_spot_checked_names_come_with_their_results() -> None:
    report = body(
        "工作组抽查3个项目，复核结果如下：水渠管护自评95.20分、复核94.80分；机井维修项目自评91.00分、复核91.00分；"
        "闸门更换预算30.00万元，自评88.50分。其余项目由各站所自行核对。"
    )
    assert [s.project for s in report.samples] == ["水渠管护", "机井维修", "闸门更换"]
