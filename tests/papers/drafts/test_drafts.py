"""What a draft says and what it doesn't: the record's words and figures, blanks for the rest, and nothing invented."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from jixiao import formats
from jixiao.errors import UnreadableError
from jixiao.layout import Line, Role
from jixiao.model.evaluation import Evaluation, Execution, FundLine, Funds, Goal, Indicator, Project
from jixiao.model.figure import WAN, figure_of
from jixiao.model.parsing import parse_actual, parse_figure, parse_target
from jixiao.model.reading import Filing
from jixiao.model.review import Review
from jixiao.papers.drafts import Draft, draft
from jixiao.papers.drafts.page import numeral
from jixiao.schemes import load_scheme
from tests.papers.drafts.drafted import OF_ONE, clean, invented, of_table, own_words, texts


def row(
    level1: str, name: str, target: str, actual: str, *marks: str, reason: str | None = None
) -> Indicator:
    points, score = (Decimal(mark) if mark else None for mark in (*marks, "", "")[:2])
    return Indicator(level1, level1.replace("指标", ""), name, target=parse_target(target), actual=parse_actual(actual),
                     points=points, score_printed=score, reason=reason)  # fmt: skip


def money(*amounts: str) -> FundLine:
    return FundLine(*(figure_of(amount, WAN) for amount in amounts))


TABLE = Evaluation(
    project=Project("渠道清淤", None, "青禾县水利局", "青禾县灌区管理所"), year=2024,
    funds=Funds(WAN, money("50.00", "40.00", "38.00"), money("50.00", "40.00", "38.00")),
    execution=Execution(Decimal(10), parse_figure("95.00%"), Decimal("9.50"), "部分尾款未到付款期，结转下年支付"),
    goal=Goal("清淤渠道40公里。", "清淤渠道36公里。"),
    indicators=(
        row("产出指标", "清淤长度", "≥40公里", "36公里", "50", "45",
            reason="汛期较长，施工推迟。改进措施：次年3月底前由工程股调整工期。"),
        row("效益指标", "受益村数", "≥6个", "6个", "30", "30"), row("满意度指标", "村民满意度", "≥90%", "95%", "10", "10"),
    ),
    points_printed=Decimal(100), total_printed=Decimal("94.50"),
)  # fmt: skip


def of(table: Evaluation, outline: str = "o-self") -> Draft:
    return draft(*of_table(table), outline)


def text(made: Draft) -> str:
    return "\n".join(texts(made.layout))


def test_the_title_names_unit_year_and_project() -> None:
    first = of(TABLE).layout.blocks[0]
    assert isinstance(first, Line)
    assert (first.text, first.level) == ("青禾县灌区管理所2024年度渠道清淤绩效自评报告", 0)
    assert of(TABLE).layout.name == first.text


def test_a_year_in_the_project_name_is_not_said_twice() -> None:
    named = replace(TABLE, project=replace(TABLE.project, name="2024年渠道清淤"))
    assert text(of(named)).startswith("青禾县灌区管理所2024年渠道清淤绩效自评报告\n")


def test_a_unit_is_called_by_its_name_and_not_by_its_budget_code() -> None:
    coded = replace(
        TABLE, project=replace(TABLE.project, unit="058001-青禾县灌区管理所", department="058-青禾县水利局")
    )
    said = text(of(coded))
    assert "渠道清淤由青禾县灌区管理所组织实施，主管部门为青禾县水利局。" in said
    assert "058" not in said


def test_money_is_told_with_the_table_s_own_figures_and_reason() -> None:
    said = text(of(TABLE))
    assert "年初预算数50.00万元，全年预算数40.00万元，全年执行数38.00万元，预算执行率95.00%。" in said
    assert "全年预算数比年初预算数调减10.00万元。【请填写：年中预算调整的原因和批准文件的名称、文号】" in said
    assert "未支出2.00万元。资金未支出的原因：部分尾款未到付款期，结转下年支付。" in said


def test_a_lost_row_is_a_problem_with_its_reason_and_its_remedy_a_suggestion() -> None:
    said = text(of(TABLE))
    assert "清淤长度实际完成36公里，未达到年度指标值≥40公里，扣5分。原因：汛期较长，施工推迟。" in said
    assert "针对清淤长度：次年3月底前由工程股调整工期。" in said
    assert "得45分。年度指标值≥40公里，实际完成值36公里。得分计算：36 ÷ 40 × 50 = 45.00。" in said


def test_where_the_unit_gave_no_reason_it_is_asked_for() -> None:
    rows = (replace(TABLE.indicators[0], reason=None), *TABLE.indicators[1:])
    made = of(replace(TABLE, indicators=rows))
    assert "【请填写：“清淤长度”的偏差原因】" in made.blanks
    assert "【请填写：改进措施、责任股室和完成时间】" in made.blanks


def test_total_grade_and_classes_are_told() -> None:
    assert (
        "经自评，项目总得分94.50分，等级为“优”。其中：预算执行率满分10分，得9.50分；产出指标满分50分，得45分；"
        "效益指标满分30分，得30分；满意度指标满分10分，得10分。"
    ) in text(of(TABLE))


def test_a_grade_that_is_none_of_the_rule_book_s_is_asked_for() -> None:
    strange = of(replace(TABLE, grade_printed="合格"))
    assert "合格”" not in text(strange)
    assert any("自评等级" in blank for blank in strange.blanks)
    assert "等级为“优”。" in text(of(replace(TABLE, grade_printed="优")))


def test_an_undecided_score_is_a_blank_and_no_total_is_guessed() -> None:
    rows = (replace(TABLE.indicators[0], actual=None, score_printed=None), *TABLE.indicators[1:])
    made = of(replace(TABLE, indicators=rows, total_printed=None))
    said = text(made)
    assert "清淤长度：满分50分，【请填写：得分】" in said
    assert "实际完成值【请填写：实际完成值】" in said
    assert "【请填写：自评总得分】【请填写：自评等级】其中：" in said
    assert "产出指标满分50分，【请填写：核对后的得分】" in said


def test_a_score_that_the_table_leaves_out_is_worked_out() -> None:
    rows = tuple(replace(one, score_printed=None) for one in TABLE.indicators)
    table = replace(
        TABLE, indicators=rows, total_printed=None, execution=replace(TABLE.execution, score_printed=None)
    )
    assert "经自评，项目总得分94.50分，等级为“优”。" in text(of(table))


def test_a_figure_that_the_audit_refutes_is_no_statement_of_the_report() -> None:
    made = of(
        replace(
            TABLE,
            total_printed=Decimal("98.50"),
            execution=replace(TABLE.execution, rate_printed=parse_figure("99.00%")),
        )
    )
    said = text(made)
    assert "98.50" not in said
    assert "99.00%" not in said
    assert "【请填写：核对后的自评总得分，自评表所填的与审核结果不一致】" in made.blanks
    assert "【请填写：核对后的预算执行率，自评表所填的与审核结果不一致】" in made.blanks
    assert "数字勾稽，涉及“总分”“预算执行率”。" in said


def test_a_refuted_score_is_neither_the_table_s_nor_ours() -> None:
    rows = (replace(TABLE.indicators[0], score_printed=Decimal(50)), *TABLE.indicators[1:])
    said = text(of(replace(TABLE, indicators=rows, total_printed=Decimal("99.50"))))
    assert "清淤长度：满分50分，【请填写：核对后的得分，自评表所填的与审核结果不一致】" in said
    assert "扣5分" not in said


def test_a_record_without_faults_says_so_and_asks_for_more() -> None:
    faultless = (draft(*clean(seed), "o-self") for seed in range(0, 100, 3))
    made = next(
        one for one in faultless if "自评表各项指标没有扣分。审核没有发现需要说明原因的问题。" in text(one)
    )
    assert "【请填写：项目管理中存在的问题；确无问题的，写“无”】" in made.blanks
    assert "除" not in text(made).partition("自评表各项指标没有扣分")[0][-1:]


@pytest.mark.parametrize("outline", OF_ONE)
def test_an_empty_table_gives_a_report_of_blanks(outline: str) -> None:
    made = of(Evaluation(), outline)
    sources = {path.partition(".")[0] for one in made.bindings for path in one.paths}
    assert sources <= {"sheet", "scheme", "findings"}  # of the table itself there is nothing to say
    assert len(made.blanks) > 10
    assert "None" not in text(made)


def test_without_a_table_there_is_nothing_to_draft() -> None:
    review, scheme = of_table(TABLE)
    with pytest.raises(UnreadableError, match=r"“自评表\.xlsx”里没有自评表"):
        draft(
            Review(Filing(review.filing.readings), None, (), review.scheme, review.digest), scheme, "o-self"
        )


def test_the_unit_signs_and_the_day_is_left_to_it() -> None:
    *_, unit, day = of(TABLE).layout.blocks
    assert isinstance(unit, Line)
    assert isinstance(day, Line)
    assert (unit.text, unit.role) == ("青禾县灌区管理所", Role.SIGNATURE)
    assert (day.text, day.role) == ("【请填写：成文日期】", Role.SIGNATURE)


def test_headings_are_numbered_as_offices_do() -> None:
    heads = [
        (block.level, block.text)
        for block in of(TABLE, "o-gs").layout.blocks
        if isinstance(block, Line) and block.level
    ]
    assert heads[:4] == [
        (1, "一、项目概况"),
        (2, "（一）项目单位基本情况"),
        (2, "（二）项目基本情况"),
        (3, "1.项目依据"),
    ]
    assert [numeral(level, 2) for level in range(1, 6)] == ["二、", "（二）", "2.", "（2）", "②"]


PRAISE = re.compile(r"圆满|显著|较好|良好|有力|扎实|切实|积极|高度重视|取得了|成效|充分|有效(?!份数)")


def test_the_draft_s_own_words_praise_nothing() -> None:
    made = (draft(*reviewed, outline) for outline in OF_ONE for reviewed in (clean(3), invented(5)))
    assert [words for one in made for words in own_words(one) if PRAISE.search(words)] == []


@pytest.mark.parametrize("form", ["text", "docx", "xlsx"])
def test_the_same_review_gives_the_same_bytes(form: str) -> None:
    one, other = (formats.write(of(TABLE).layout, form) for _ in range(2))
    assert one == other


def test_unverified_law_is_not_cited() -> None:
    scheme = load_scheme("national-2020")
    assert not scheme.grades_source.verified
    assert "财预" not in text(of(TABLE))
    assert "【请填写：评分办法和等级划分所依据的文件名称、发文字号】" in of(TABLE).blanks
