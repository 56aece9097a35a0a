"""Self-evaluation reports and evaluation reports, read from their lines and tables."""

import json
from decimal import Decimal

import pytest

from jixiao.model.claims import Report
from jixiao.model.reading import Kind, Reading
from jixiao.papers.prose.report_head import split_title
from jixiao.papers.reports import evaluation_report, selfeval_report
from tests.papers.paper_blocks import SEEDS, blocks_of, lines_of, seed


def selfeval(text: str) -> tuple[Report, Reading]:
    reading = selfeval_report.read(blocks_of(text))
    assert isinstance(reading.record, Report)
    return reading.record, reading


def evaluation(text: str) -> tuple[Report, Reading]:
    reading = evaluation_report.read(blocks_of(text))
    assert isinstance(reading.record, Report)
    return reading.record, reading


def classes(report: Report, level: int = 1) -> dict[str, tuple[str, str]]:
    return {c.name: (str(c.points), str(c.score_printed)) for c in report.classes if c.level == level}


def rows(report: Report) -> list[tuple[str | None, str | None, str | None, str, str]]:
    return [(i.level1, i.level2, i.level3, str(i.points), str(i.score_printed)) for i in report.indicators]


# ---------------------------------------------------------------- head


@pytest.mark.parametrize(
    "title, unit, project",
    [
        (
            "青禾县水务局2023年度农村饮水安全工程项目绩效自评报告",
            "青禾县水务局",
            "2023年度农村饮水安全工程项目",
        ),
        ("关于2021年度高标准农田建设项目绩效自评情况的报告", None, "2021年度高标准农田建设项目"),
        ("云岭市第一中学关于2022年校舍维修项目支出绩效自评的报告", "云岭市第一中学", "2022年校舍维修"),
        ("义务教育营养改善计划专项资金绩效评价报告", None, "义务教育营养改善计划专项资金"),
        ("云岭市数据发展中心2024年度项目支出绩效单位自评报告", "云岭市数据发展中心", None),
        ("2022年度项目支出绩效自评报告", None, None),
        ("青禾县2023年部门整体支出绩效评价报告", None, None),
        ("2023年青禾县卫生健康局绩效自评工作总结报告", "青禾县卫生健康局", None),
        ("青禾县水利局机井维修项目绩效自评报告", "青禾县水利局", "机井维修项目"),
        ("青禾县东塘镇人民政府垃圾清运经费绩效自评报告", "青禾县东塘镇人民政府", "垃圾清运经费"),
        (
            "青禾县城市管理局河道管理中心护栏维修项目绩效自评报告",
            "青禾县城市管理局河道管理中心",
            "护栏维修项目",
        ),
        ("青禾县水利局项目支出绩效自评报告", "青禾县水利局", None),
        ("石门县市政设施布局优化项目绩效自评报告", None, "石门县市政设施布局优化项目"),
        ("乡镇人民政府运转经费绩效自评报告", None, "乡镇人民政府运转经费"),
        ("青禾县人民医院设备购置项目绩效自评报告", None, "青禾县人民医院设备购置项目"),
        ("青禾县项目支出绩效自评报告", None, None),
    ],
)
def test_a_title_names_unit_and_project_or_none(title: str, unit: str | None, project: str | None) -> None:
    assert split_title(title) == (unit, project)


def test_a_title_over_three_lines_is_put_together() -> None:
    report, _ = selfeval("青禾县水务局\n2023年度农村供水管网改造\n项目支出绩效自评报告\n一、概况\n正文。")
    assert report.title == "2023年度农村供水管网改造项目支出绩效自评报告"
    assert (report.project.name, report.project.unit, report.year) == (
        "2023年度农村供水管网改造",
        "青禾县水务局",
        2023,
    )


def test_a_unit_known_from_elsewhere_is_no_part_of_the_projects_name() -> None:
    report, _ = selfeval(
        "青禾县人民医院设备购置项目绩效自评报告\n一、概况\n正文。\n青禾县人民医院\n2024年2月1日"
    )
    assert (report.project.name, report.project.unit) == ("设备购置项目", "青禾县人民医院")


@pytest.mark.parametrize("above", ["青禾县财政局印制", "青禾县财政局（制）", "绩效管理", "青禾县财政局编制"])
def test_a_line_above_the_title_is_no_part_of_it(above: str) -> None:
    report, _ = selfeval(f"{above}\n2023年机井维修项目绩效自评报告\n一、概况\n正文。")
    assert report.title == "2023年机井维修项目绩效自评报告"
    assert (report.project.name, report.project.unit) == ("2023年机井维修项目", None)


def test_a_value_may_stand_beside_its_label_with_white_space_only() -> None:
    text = (
        "青禾县项目支出绩效自评报告（机井维修）\n项目名称  机井维修\n项目单位  青禾县水利局\n一、概况\n正文。"
    )
    report, _ = selfeval(text)
    assert (report.project.name, report.project.unit) == ("机井维修", "青禾县水利局")


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("自评得分95分，评价等级“优”。", "优"),
        ("自评得分95分，等级：优秀。", "优秀"),
        ("自评得分85分，“评价等级良”。", "良"),
        ("自评等级：“良好”。", "良好"),
        ("评价等级“优”，项目按期完成。", "优"),
        ("评价等级“优”“良”“中”“差”四档。", None),
        ("评价等级分为“优”“良”两档。", None),
    ],
)
def test_a_grade_may_stand_in_quotes_without_a_verb(text: str, grade: str | None) -> None:
    report, _ = selfeval(f"2023年机井维修项目绩效自评报告\n一、概况\n正文。\n二、结论\n{text}")
    assert report.grade_printed == grade


def test_labels_come_before_the_title() -> None:
    text = "项目支出绩效自评报告\n项目名称：敬老院改造\n实施单位（公章）：青禾县民政局\n主管部门：青禾县民政局\n评价年度：2022 年度\n填报日期：2023年4月1日"
    report, reading = selfeval(text)
    assert (report.project.name, report.project.unit, report.project.department) == (
        "敬老院改造",
        "青禾县民政局",
        "青禾县民政局",
    )
    assert report.year == 2022
    assert reading.places["project.name"].line == 2


def test_an_empty_label_says_nothing() -> None:
    report, _ = selfeval("项目支出绩效自评报告\n实施单位（公章）：\n一、概况\n正文。")
    assert report.project.unit is None


def test_a_year_named_as_often_as_another_is_not_guessed() -> None:
    report, reading = selfeval("项目支出绩效自评报告\n一、概况\n2022年度已完成。2023年度继续。")
    assert report.year is None
    assert any(d.where == "year" and d.alternative == "2022 或 2023" for d in reading.doubts)


def test_the_signature_names_the_unit() -> None:
    report, _ = selfeval(
        "关于2023年公路养护经费绩效自评的报告\n一、概况\n正文。\n青禾县交通运输局\n2024年2月1日"
    )
    assert report.project.unit == "青禾县交通运输局"


# ---------------------------------------------------------------- scores


SELFEVAL = """关于2023年村级公益事业补助项目支出绩效的自评报告
一、基本情况
预算安排60万元，资金到位60万元，实际支出57.6万元，预算执行率96%。
二、自评结论
经综合评价，绩效自评得分为94.5分，自评等级为“优”。
（一）投入指标满分20分，自评得分19分。其中：
（1）资金落实：满分10分，得分9分。
（2）目标管理：满分10分，得分10分。
（二）产出与效益指标满分80分，自评得分75.5分。
（1）产出数量：满分40分，得分38分；产出质量：满分20分，得分20分。
"""


def test_classes_and_their_items_keep_their_levels() -> None:
    report, _ = selfeval(SELFEVAL)
    assert classes(report) == {"投入": ("20", "19"), "产出与效益": ("80", "75.5")}
    assert classes(report, 2) == {
        "资金落实": ("10", "9"), "目标管理": ("10", "10"), "产出数量": ("40", "38"), "产出质量": ("20", "20"),
    }  # fmt: skip
    assert (report.total_printed, report.grade_printed) == (Decimal("94.5"), "优")
    assert report.funds_unit is not None
    assert report.funds_unit.name == "万元"


def test_items_without_numbers_stand_under_the_class_before_them() -> None:
    text = "自评报告\n一、分析\n产出与效益评价指标：满分 50 分，自评得分 46 分。\n产出数量：满分 30 分，得分 28 分。\n满意度：满分 20 分，得分 18 分。"
    report, _ = selfeval(text)
    assert classes(report) == {"产出与效益": ("50", "46")}
    assert classes(report, 2) == {"产出数量": ("30", "28"), "满意度": ("20", "18")}


def test_a_class_whose_score_alone_is_said_has_no_points() -> None:
    report, _ = selfeval("绩效自评报告\n一、结果\n自评总分98分，其中投入20分、过程29分、产出30分、效益19分。")
    assert classes(report) == {
        "投入": ("None", "20"),
        "过程": ("None", "29"),
        "产出": ("None", "30"),
        "效益": ("None", "19"),
    }


def test_two_totals_give_the_first_and_a_doubt() -> None:
    report, reading = selfeval("绩效自评报告\n一、结果\n自评得分95分。\n二、结论\n综合得分96分。")
    assert report.total_printed == Decimal(95)
    (doubt,) = [d for d in reading.doubts if d.where == "total_printed"]
    assert (doubt.reading, doubt.alternative) == ("95", "96")


EVALUATION = """青禾县城乡环卫一体化项目绩效评价报告
三、综合评价情况及评价结论
总分100分，最终评分结果为88.63分，绩效评级为“良”。评价体系由4个一级指标、20个三级指标组成。
一级指标\t分值\t得分\t得分率
决策\t18\t15.5\t86.11%
过程\t82\t73.13\t89.18%
合计\t100\t88.63\t88.63%
四、绩效评价指标分析
（一）项目决策情况
决策类指标权重分值为18分，实际得分15.5分，得分率86.11%。
1.项目立项（6分）
（1）立项依据充分性。该指标满分3分，得分3分。符合政策。
（2）立项程序规范性（3分）：缺少集体决策纪要，扣0.5分，得2.5分。
2.绩效目标
（1）绩效目标合理性，分值12分，得10分。
（二）项目过程情况
1.资金管理-预算执行率：标准分值 82 分，本项评价得分 73.13 分。
"""


def test_indicators_are_read_from_sections_in_three_styles() -> None:
    report, _ = evaluation(EVALUATION)
    assert rows(report) == [
        ("决策", "项目立项", "立项依据充分性", "3", "3"),
        ("决策", "项目立项", "立项程序规范性", "3", "2.5"),
        ("决策", "绩效目标", "绩效目标合理性", "12", "10"),
        ("过程", "资金管理", "预算执行率", "82", "73.13"),
    ]
    assert classes(report) == {"决策": ("18", "15.5"), "过程": ("82", "73.13")}
    assert (report.points_printed, report.total_printed, report.grade_printed) == (
        Decimal(100),
        Decimal("88.63"),
        "良",
    )
    assert report.indicator_count_printed == 20


def test_a_lying_table_of_classes_is_read_too() -> None:
    report, _ = evaluation(
        "某项目绩效评价报告\n一、结论\n如下表：\n项目\t决策情况\t产出情况\t得分合计\n标准分值\t40\t60\t100\n评价得分\t38\t55.5\t93.5"
    )
    assert classes(report) == {"决策": ("40", "38"), "产出": ("60", "55.5")}
    assert (report.points_printed, report.total_printed) == (Decimal(100), Decimal("93.5"))


def test_without_scored_sections_the_inline_table_gives_the_indicators() -> None:
    text = (
        "某设备购置项目绩效评价报告\n一、结论\n综合得分91.25分。\n"
        "序号\t一级指标\t二级指标\t三级指标\t权重\t评价标准\t得分\n"
        "1\t投入\t项目立项\t立项规范性\t50\t程序规范得5分。\t48\n2\t\t\t目标合理性\t50\t合理得满分。\t43.25\n合计\t\t\t\t100\t\t91.25\n"
    )
    report, _ = evaluation(text)
    assert rows(report) == [
        ("投入", "项目立项", "立项规范性", "50", "48"),
        ("投入", "项目立项", "目标合理性", "50", "43.25"),
    ]


def test_a_class_printed_twice_with_two_scores_is_a_doubt() -> None:
    text = EVALUATION.replace("实际得分15.5分", "实际得分16.5分")
    report, reading = evaluation(text)
    assert classes(report)["决策"] == ("18", "15.5")
    assert any(d.where == "classes" and d.alternative == "18/16.5" for d in reading.doubts)


def test_titles_tell_the_papers_apart() -> None:
    selfeval_blocks, evaluation_blocks = blocks_of(SELFEVAL), blocks_of(EVALUATION)
    assert selfeval_report.looks_like(selfeval_blocks)
    assert not selfeval_report.looks_like(evaluation_blocks)
    assert evaluation_report.looks_like(evaluation_blocks)
    assert not evaluation_report.looks_like(selfeval_blocks)
    assert not selfeval_report.looks_like(blocks_of("关于修路的通知\n各乡镇：请报送。"))


def test_nothing_gives_an_empty_report_and_no_error() -> None:
    for module, kind in (
        (selfeval_report, Kind.SELFEVAL_REPORT),
        (evaluation_report, Kind.EVALUATION_REPORT),
    ):
        reading = module.read(())
        assert (reading.kind, reading.record, reading.confidence) == (kind, Report(), Decimal(0))


# ---------------------------------------------------------------- the owner's papers


def test_the_evaluation_report_of_the_third_seed_is_read_as_the_golden_file_has_it() -> None:
    report, reading = evaluation(lines_of(seed(2), 158, 317))
    golden = json.loads((SEEDS / "../golden/seeds.json").read_text("utf-8"))
    wanted = next(r for r in golden if r["kind"] == "evaluation_report")
    assert rows(report) == [
        (i["level1"], i["level2"], i["level3"], i["points"], i["score_printed"]) for i in wanted["indicators"]
    ]
    assert {k: list(v) for k, v in classes(report).items()} == wanted["level1"]
    assert report.indicator_count_printed == wanted["indicator_count_printed"]
    assert str(report.pass_mark_printed) == wanted["pass_mark_printed"]
    assert (str(report.points_printed), str(report.total_printed)) == (
        wanted["points_printed"],
        wanted["total_printed"],
    )
    assert (report.grade_printed, report.year, report.project.unit) == (
        wanted["grade_printed"],
        wanted["year"],
        wanted["unit"],
    )
    money = [(c.what, str(c.figure.value)) for c in report.claims if c.what in ("budget", "executed")]
    assert money == [("budget", wanted["budget"]), ("executed", wanted["executed_printed"])]
    assert reading.places["indicators.12.score_printed"].line is not None


@pytest.mark.parametrize(("number", "last"), [(0, 117), (1, 117), (3, 78)])
def test_the_self_evaluation_reports_of_the_seeds(number: int, last: int) -> None:
    report, _ = selfeval(lines_of(seed(number), 1, last))
    golden = json.loads((SEEDS / "../golden/seeds.json").read_text("utf-8"))
    wanted = next(r for r in golden if r["file"].startswith(f"00{number}_"))
    assert report.project.name is not None
    assert "".join(wanted["project"].split()).startswith("".join(report.project.name.split()))
    assert report.project.unit in (wanted["unit"], None)
    assert (str(report.total_printed), report.grade_printed) == (
        wanted["total_printed"],
        wanted["grade_printed"],
    )


def test_the_first_seeds_classes_add_up_as_printed() -> None:
    report, _ = selfeval(lines_of(seed(0), 1, 117))
    assert classes(report) == {"投入": ("20", "18"), "过程": ("30", "28"), "产出与效益": ("50", "46")}
    assert sum(Decimal(p) for p, _ in classes(report, 2).values()) == 100


# ---------------------------------------------------------------- other houses' wordings


def test_scores_written_with_a_slash_or_without_the_word_points() -> None:
    text = "某项目绩效评价报告\n一、结论\n综合得分82.5分（满分100分），等级为“良”。其中决策指标得分18.2/20，产出指标得分64.3/80。"
    report, _ = evaluation(text)
    assert classes(report) == {"决策": ("20", "18.2"), "产出": ("80", "64.3")}
    assert (report.points_printed, report.total_printed, report.grade_printed) == (
        Decimal(100),
        Decimal("82.5"),
        "良",
    )


def test_a_heading_may_hold_points_and_score() -> None:
    text = "某补助项目绩效评价自查报告\n一、评价情况（分值100分，自评得分97分）\n1、投入25分，自评得分25分。\n2、管理75分，自评得分72分。"
    report, _ = selfeval(text)
    assert report.project.name == "某补助项目"
    assert classes(report) == {"投入": ("25", "25"), "管理": ("75", "72")}
    assert report.total_printed == Decimal(97)
    assert len([c for c in report.claims if c.what == "class_points"]) == 2


def test_a_score_said_of_a_part_is_not_the_indicators() -> None:
    text = "某项目绩效评价报告\n一、分析\n（一）投入\n1.保障机制（17分）：编制规划自评得4分。\n2.资金到位（8分）：全部到位，得8分。"
    assert rows(evaluation(text)[0]) == [("投入", None, "资金到位", "8", "8")]


def test_indicators_with_codes_lose_the_code_and_may_lack_points() -> None:
    text = "某竞赛项目绩效评价报告\n一、分析\n（一）决策情况\nA101立项依据充分性\n符合政策；该指标得2.00分。\nA102 立项程序规范性\n该指标得1.5分。"
    assert rows(evaluation(text)[0]) == [
        ("决策", None, "立项依据充分性", "None", "2.00"),
        ("决策", None, "立项程序规范性", "None", "1.5"),
    ]


def test_decimal_numbering_opens_sections() -> None:
    report, _ = selfeval(
        "某项目绩效自评报告\n一、概述\n1.1 背景\n正文。\n1.1.1 目标\n正文。\n1.5万元已支付。"
    )
    assert [(s.level, s.title) for s in report.sections] == [(1, "概述"), (2, "背景"), (3, "目标")]


@pytest.mark.parametrize(
    "first, evaluated, self_evaluated",
    [
        ("2023年度道路养护项目部门评价报告", True, False),
        ("道路养护专项资金财政重点绩效评价报告", True, False),
        ("青禾县2023年道路养护项目绩效自评情况说明", False, True),
        ("青禾县水务局2023年部门整体支出绩效自评报告", False, False),
        ("现将绩效自评情况报告如下：", False, False),
        ("道路养护项目验收报告", False, False),
    ],
)
def test_a_title_must_end_as_a_title_and_say_which_paper(
    first: str, evaluated: bool, self_evaluated: bool
) -> None:
    blocks = blocks_of(f"{first}\n一、概况\n正文。")
    assert (evaluation_report.looks_like(blocks), selfeval_report.looks_like(blocks)) == (
        evaluated,
        self_evaluated,
    )


def test_a_table_of_contents_opens_no_section() -> None:
    report, _ = selfeval(
        "某项目绩效自评报告\n目录\n一、概况……1\n二、结论\t2\n一、概况\n正文。\n二、结论\n自评得分95分。"
    )
    assert [s.title for s in report.sections] == ["概况", "结论"]
    assert report.total_printed == Decimal(95)
