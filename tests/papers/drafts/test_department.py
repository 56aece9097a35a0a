"""A department's report: bands of the rule-book, what is known of some projects, budget execution told once."""

from dataclasses import replace
from decimal import Decimal

from jixiao import api
from jixiao.layout import Block, Grid, Line
from jixiao.model.evaluation import Evaluation, Execution, FundLine, Funds, Indicator, Project
from jixiao.model.figure import WAN, figure_of
from jixiao.model.parsing import parse_actual, parse_target
from jixiao.model.reading import Kind, Reading
from jixiao.papers.drafts import draft_all
from jixiao.schemes import load_scheme

XUSHUI = load_scheme("hebei-xushui")


def table(name: str, executed: str, actual: str, reason: str | None = None, **printed: str) -> Evaluation:
    """A table of 100 万元 whose execution and only row are scored by the rule-book; `printed` says otherwise."""
    line = FundLine(*(figure_of(text, WAN) for text in ("100.00", "100.00", executed)))
    rate = Decimal(executed) / 10
    score = min(Decimal(90), Decimal(actual) * Decimal("4.5"))
    row = Indicator(
        "产出指标", "数量指标", "完成处数", target=parse_target("≥20处"), actual=parse_actual(f"{actual}处"),
        points=Decimal(90), score_printed=score, reason=reason,
    )  # fmt: skip
    return Evaluation(
        Project(name, department="青禾县水利局", unit="青禾县水利局"), 2024, Funds(WAN, line, fiscal=line),
        Execution(Decimal(10), score_printed=rate), indicators=(row,), points_printed=Decimal(100),
        total_printed=Decimal(printed["total"]) if "total" in printed else rate + score,
    )  # fmt: skip


def told(*tables: Evaluation) -> str:
    return "\n".join(block.text for block in drafted(*tables) if isinstance(block, Line))


def drafted(*tables: Evaluation) -> tuple[Block, ...]:
    readings = [Reading(Kind.SELFEVAL_TABLE, one, file=f"{n}.xlsx") for n, one in enumerate(tables)]
    filings = api.file_together(readings)
    reviewed = [(api.review(one, api.Choice(XUSHUI, "")), XUSHUI) for one in filings]
    return draft_all(reviewed, "o-dept").layout.blocks


GOOD, FAIR = table("东塘灌区渠道清淤", "100.00", "20"), table("西河泵站维修", "60.00", "12", "雨季停工")
SLOW = table("南山水质监测", "80.00", "20")


def test_projects_are_counted_in_the_bands_of_the_rule_book() -> None:
    text = told(GOOD, FAIR, SLOW)
    assert "自评得分90分（含）以上的项目2个，60分（含）至90分的项目1个。" in text
    assert "80分" not in text
    assert "其中得分为满分的项目1个。" in text


def test_a_total_that_is_refuted_leaves_only_its_own_project_blank() -> None:
    text = told(GOOD, FAIR, table("北岭机井维修", "100.00", "20", total="97"))
    assert "自评得分经核对无误的2个项目中，90分（含）以上的项目1个，60分（含）至90分的项目1个。" in text
    assert "【请填写：另1个项目核对后的自评得分，见下表】" in text


def test_budget_execution_is_told_of_all_projects_together() -> None:
    text = told(GOOD, FAIR, SLOW)
    assert (
        "预算执行率扣分的项目2个，其中执行率偏低、按口径须说明原因的2个：西河泵站维修、南山水质监测。" in text
    )
    assert "【请填写：其中2个自评表没有写原因的项目，资金未支出的主要原因和结余的处理】" in text
    assert "针对2个预算执行率扣分的项目：" in text
    assert "预算执行率为" not in text


def test_a_reason_for_money_left_is_quoted_from_its_table() -> None:
    spoken = replace(SLOW, execution=replace(SLOW.execution, reason="招标节约资金，结余交回财政"))
    text = told(GOOD, spoken)
    assert "南山水质监测：资金未支出的原因：招标节约资金，结余交回财政。" in text
    assert "没有写原因的项目，资金未支出" not in text


def test_rows_that_lost_points_are_grouped_by_reason_and_told_by_project() -> None:
    text = told(GOOD, FAIR, table("北岭机井维修", "100.00", "16"))
    assert "扣分的指标共2个，按自评表所写的原因分：天气和自然条件1个，没有写原因1个。" in text
    assert "完成处数实际完成12处，未达到年度指标值≥20处，扣36.0分。原因：雨季停工。" in text
    assert "针对自评表没有写改进措施的2个扣分指标：【请填写：改进措施、责任股室和完成时间】" in text


def test_one_reason_of_several_rows_is_told_once_with_its_projects_and_rows() -> None:
    weather = "雨季停工"
    late = table("北岭机井维修", "100.00", "16", "雨季 停工。")
    row = replace(late.indicators[0], level3="验收处数")
    late = replace(late, indicators=(late.indicators[0], replace(row, reason="验收推迟")))
    slow = replace(SLOW, execution=replace(SLOW.execution, reason="验收推迟"))
    text = told(GOOD, FAIR, late, slow)
    assert f"{weather}：见于2个项目的2项扣分，西河泵站维修的“完成处数”；北岭机井维修的“完成处数”。" in text
    assert "验收推迟：见于2个项目的2项扣分，北岭机井维修的“验收处数”；南山水质监测的预算执行率。" in text
    assert text.count(weather) == 1
    assert text.index(weather) < text.index("验收推迟")
    assert text.count("原因同前。") == 3
    assert "同一原因的扣分" in text
    assert "南山水质监测：资金未支出的原因" not in text


def test_reasons_in_other_words_are_told_row_by_row() -> None:
    text = told(FAIR, table("北岭机井维修", "100.00", "16", "雨季停工两个月"))
    assert "原因同前" not in text
    assert "原因：雨季停工两个月。" in text


def test_what_the_audit_found_is_named_by_rule_errors_apart_from_doubts() -> None:
    readings = [table(f"清淤{n}段", "100.00", "20", total="97") for n in "一二"]
    text = told(GOOD, *readings)
    assert "发现错误2处，见于2个项目" in text
    assert "自评材料审核问题汇总表" in text
    cells = told_cells(GOOD, *readings)
    assert ["错误", "AR04", "2", "2"] in [[row[0], row[1], row[3], row[4]] for row in cells if len(row) == 5]


def told_cells(*tables: Evaluation) -> list[list[str]]:
    return [
        [cell.text for cell in row]
        for block in drafted(*tables)
        if isinstance(block, Grid)
        for row in block.rows()
    ]


def test_rows_whose_scores_are_refuted_are_not_said_to_have_lost_nothing() -> None:
    row = replace(GOOD.indicators[0], actual=parse_actual("10处"))  # full marks for half of it
    refuted = replace(GOOD, project=replace(GOOD.project, name="北岭机井维修"), indicators=(row,))
    assert "除得分待核对的指标外，各项目的指标没有扣分。" in told(GOOD, refuted)
    assert "\n各项目的指标没有扣分。" in told(GOOD, SLOW)
