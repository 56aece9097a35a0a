"""The papers in examples/, written from one source: `python -m tests.examples` writes them anew, byte for byte the same.

Units, projects and people are made up. The first paper is right; the second has faults in its sums (AR), its funds (FD)
and its scores (SC); the third is a report with its table, whose amounts differ.
"""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from jixiao.formats import write
from jixiao.layout import Block, Layout, Line
from jixiao.model.evaluation import Evaluation, Execution, FundLine, Funds, Goal, Indicator, Project
from jixiao.model.figure import WAN, Figure
from jixiao.model.parsing import parse_actual, parse_figure, parse_target
from jixiao.papers.pages.selfeval_page import lay_out

FOLDER = Path(__file__).parent.parent / "examples"
SUFFIXES = {"xlsx": ".xlsx", "docx": ".docx", "text": ".txt"}
Row = tuple[str, str, str, str, str, str, str]


def money(text: str | None) -> Figure | None:
    return parse_figure(text, unit=WAN) if text else None


def fund(*amounts: str | None) -> FundLine:
    return FundLine(*map(money, amounts))


def indicator(row: Row, reason: str = "") -> Indicator:
    level1, level2, level3, target, actual, points, score = row
    return Indicator(
        level1,
        level2,
        level3,
        target=parse_target(target),
        actual=parse_actual(actual),
        points=Decimal(points),
        score_printed=Decimal(score),
        reason=reason or None,
    )


def execution(rate: str, score: str) -> Execution:
    return Execution(Decimal(10), parse_figure(rate), Decimal(score))


ROADS = Evaluation(
    Project("村道日常养护补助", department="青禾县交通运输局", unit="青禾县公路养护中心"),
    2024,
    Funds(
        WAN,
        total=fund("60.00", "60.00", "58.20"),
        fiscal=fund("50.00", "50.00", "48.20"),
        carryover=fund("0.00", "0.00", "0.00"),
        other=fund("10.00", "10.00", "10.00"),
    ),
    execution("97.00%", "9.70"),
    Goal(
        "养护村道42公里，修补破损路面，保障18个行政村出行安全。",
        "全年支出58.20万元，养护村道42公里，修补路面3650平方米，18个行政村道路畅通。",
    ),
    tuple(
        indicator(row)
        for row in (
            ("产出指标", "数量指标", "养护村道里程", "≥42公里", "42公里", "15", "15"),
            ("产出指标", "数量指标", "修补路面面积", "≥3600平方米", "3650平方米", "10", "10"),
            ("产出指标", "质量指标", "养护工程验收合格率", "≥98%", "100%", "10", "10"),
            ("产出指标", "时效指标", "养护任务按期完成率", "≥95%", "96%", "5", "5"),
            ("产出指标", "成本指标", "每公里养护成本", "≤1.40万元", "1.39万元", "10", "10"),
            ("效益指标", "社会效益指标", "受益行政村", "≥18个", "18个", "15", "15"),
            ("效益指标", "可持续影响指标", "村道路面完好率", "≥90%", "91%", "15", "15"),
            ("满意度指标", "服务对象满意度指标", "沿线群众满意度", "≥90%", "93%", "10", "10"),
        )
    ),
    points_printed=Decimal(100),
    total_printed=Decimal("99.70"),
    form="F-10",
)

CLINICS = Evaluation(
    Project("乡镇卫生院设备更新", department="青禾县卫生健康局", unit="青禾县卫生健康局"),
    2024,
    Funds(
        WAN,
        total=fund("90.00", "90.00", "81.00"),
        fiscal=fund("80.00", "80.00", "75.00"),
        carryover=fund("0.00", "0.00", "0.00"),
        other=fund("10.00", "5.00", "6.00"),
    ),
    execution("95.00%", "9.50"),
    Goal(
        "为6所乡镇卫生院更新检验设备，培训操作人员120人次。",
        "全年支出81.00万元，6所卫生院的设备全部更新，培训操作人员96人次。",
    ),
    (
        indicator(("产出指标", "数量指标", "更新设备的卫生院", "≥6所", "6所", "10", "10")),
        indicator(("产出指标", "数量指标", "培训操作人员", "≥120人次", "96人次", "10", "10")),
        indicator(("产出指标", "质量指标", "设备验收合格率", "≥100%", "100%", "10", "10")),
        indicator(("产出指标", "时效指标", "设备按期到位率", "≥95%", "100%", "10", "10")),
        indicator(
            ("产出指标", "成本指标", "设备购置成本", "≤85万元", "81万元", "10", "8"), "采购价低于预算。"
        ),
        indicator(("效益指标", "社会效益指标", "新增检验项目", "≥12项", "13项", "15", "15")),
        indicator(("效益指标", "可持续影响指标", "设备正常使用率", "≥95%", "97%", "15", "15")),
        indicator(("满意度指标", "服务对象满意度指标", "就诊群众满意度", "≥90%", "92%", "10", "10")),
    ),
    points_printed=Decimal(100),
    total_printed=Decimal("98.50"),
    form="F-10",
)

WATER = Evaluation(
    Project("农村供水管网巡检", department="青禾县水利局", unit="青禾县农村供水站"),
    2024,
    Funds(
        WAN,
        total=fund("40.00", "40.00", "38.60"),
        fiscal=fund("40.00", "40.00", "38.60"),
        carryover=fund("0.00", "0.00", "0.00"),
        other=fund("0.00", "0.00", "0.00"),
    ),
    execution("96.50%", "9.65"),
    Goal(
        "全年巡检供水管网24次，及时处置漏损。",
        "全年支出38.60万元，巡检管网24次，处置漏损46处。",
    ),
    tuple(
        indicator(row)
        for row in (
            ("产出指标", "数量指标", "巡检次数", "≥24次", "24次", "20", "20"),
            ("产出指标", "质量指标", "漏损处置率", "≥95%", "100%", "15", "15"),
            ("产出指标", "时效指标", "报修当日到场率", "≥90%", "94%", "15", "15"),
            ("效益指标", "社会效益指标", "受益农户", "≥3200户", "3260户", "30", "30"),
            ("满意度指标", "服务对象满意度指标", "用水农户满意度", "≥90%", "95%", "10", "10"),
        )
    ),
    points_printed=Decimal(100),
    total_printed=Decimal("99.65"),
    form="F-10",
)

WATER_REPORT = (
    (0, "2024年度农村供水管网巡检项目绩效自评报告"),
    (None, "项目单位：青禾县农村供水站"),
    (1, "一、项目概况"),
    (None, "项目名称为农村供水管网巡检，由青禾县农村供水站实施，2024年预算安排40.00万元，用于管网巡检和漏损处置。"),
    (1, "二、项目实施情况"),
    (None, "全年巡检管网24次，处置漏损46处，实际支出36.80万元。"),
    (1, "三、绩效分析"),
    (None, "各项产出指标均已完成，用水农户满意度为95%。本项目自评得分99.65分，等级为优。"),
    (1, "四、存在问题"),
    (None, "部分支管使用年限较长，漏损点分散。"),
    (1, "五、有关建议"),
    (None, "建议分年更换老旧支管。"),
)  # fmt: skip


def table(evaluation: Evaluation) -> Layout:
    return lay_out(evaluation, "f-10")


def report(lines: tuple[tuple[int | None, str], ...], evaluation: Evaluation) -> Layout:
    blocks: tuple[Block, ...] = tuple(Line(text, level=level) for level, text in lines)
    page = table(evaluation)
    return replace(page, blocks=(*blocks, Line("附件：项目支出绩效自评表"), *page.blocks))


def papers() -> dict[str, bytes]:
    """Return every file of examples/ by its name."""
    files = {}
    for name, page in (("村道养护自评表", table(ROADS)), ("卫生院设备自评表", table(CLINICS))):
        for form, suffix in SUFFIXES.items():
            files[f"{name}{suffix}"] = write(page, form)
    for form in ("docx", "text"):
        files[f"供水巡检自评报告{SUFFIXES[form]}"] = write(report(WATER_REPORT, WATER), form)
    return files


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for file, data in papers().items():
        (FOLDER / file).write_bytes(data)
