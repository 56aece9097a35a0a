"""What a form has no cell for is named, so that nobody takes it for written."""

from dataclasses import replace
from decimal import Decimal

from jixiao.model.evaluation import Evaluation, Execution, FundLine, Funds, Indicator, Particular, Project
from jixiao.model.figure import figure_of, unit_named
from jixiao.model.parsing import parse_actual, parse_target
from jixiao.model.statements import Section
from jixiao.papers import lay_out, recognize
from jixiao.papers.left_out import left_out

WAN = unit_named("万元")
ROW = Indicator("产出指标", "数量指标", "硬化里程", target=parse_target("≥20公里"), actual=parse_actual("21公里"),
                points=Decimal(90), score_printed=Decimal(90))  # fmt: skip
TABLE = Evaluation(
    Project("青禾县农村道路硬化", unit="青禾县交通运输局"),
    2024,
    Funds(WAN, FundLine(annual=figure_of("40.00", WAN), executed=figure_of("40.00", WAN))),
    Execution(Decimal(10), score_printed=Decimal(10)),
    indicators=(ROW,),
    total_printed=Decimal(100),
    form="F-10",
)


def names(what: Evaluation, form: str = "f-10") -> tuple[str, ...]:
    return left_out(what, recognize(lay_out(what, "selfeval_table", form)))


def test_nothing_is_left_out_of_a_table_on_its_own_form() -> None:
    assert names(TABLE) == ()


def test_a_grade_and_a_telephone_have_no_cell_on_the_national_form() -> None:
    said = replace(TABLE, grade_printed="优", contacts=("联系人：某某",))
    assert names(said) == ("自评等级", "联系人和电话")


def test_the_reason_of_execution_has_no_cell_where_the_fund_block_has_none() -> None:
    said = replace(TABLE, execution=replace(TABLE.execution, reason="招标结余"))
    assert names(said) == ("预算执行的偏差原因",)


def test_texts_and_labels_are_named_by_their_own_words() -> None:
    said = replace(
        TABLE,
        sections=(Section(None, "存在问题", 1, "进度偏慢。"),),
        particulars=(Particular("项目属性", "延续"),),
    )
    assert names(said) == ("存在问题", "项目属性")


def test_a_completion_rate_has_a_cell_on_one_form_and_none_on_another() -> None:
    rate = figure_of("105", unit_named("%"))
    said = replace(TABLE, indicators=(replace(ROW, completion_printed=rate),))
    assert names(said) == ("完成率",)
    assert names(said, "f-gs") == ()
