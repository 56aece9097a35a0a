"""Tables whose heading names no levels: 指标类型, 考核内容, 评价指标, or one group over classes and names."""

import pytest

from jixiao import api
from jixiao.model.evaluation import Evaluation
from jixiao.model.reading import Kind, Reading

CARE = (
    ("考核内容", "考核指标", "目标值", "完成值", "分值", "得分"),
    ("产出", "修剪行道树", "1200株", "1200株", "50", "50"),
    ("", "树木成活率", "≥95%", "97%", "20", "20"),
    ("效果", "投诉下降率", "≥10%", "6%", "20", "15"),
    ("满意度", "市民满意度", "≥90%", "93%", "10", "10"),
    ("合计", "", "", "", "100", "95"),
)
MARKS = (
    ("评价指标", "评分标准", "分值", "得分", "扣分原因"),
    ("立项规范", "依据充分得5分", "40", "40", ""),
    ("养护里程", "完成率×30分", "60", "57", "完成285公里"),
    ("合计", "", "100", "97", ""),
)


def read(rows: tuple[tuple[str, ...], ...], between: str, title: str) -> Reading:
    cells = (between.join(cell for cell in row if cell or between == "\t") for row in rows)
    text = f"{title}\n项目名称：行道树养护\n" + "\n".join(cells) + "\n"
    return api.read_papers(text.encode(), name="表.txt")[0]


def rows_of(reading: Reading) -> list[tuple[str | None, str | None, str, str]]:
    assert isinstance(reading.record, Evaluation)
    return [(r.level1, r.level3, str(r.points), str(r.score_printed)) for r in reading.record.indicators]


@pytest.mark.parametrize("between", ["\t", "\n", " "])
def test_words_before_the_names_head_the_classes(between: str) -> None:
    found = read(CARE, between, "绿化养护经费绩效自评表")
    assert found.kind is Kind.SELFEVAL_TABLE
    assert rows_of(found) == [
        ("产出", "修剪行道树", "50", "50"),
        ("产出", "树木成活率", "20", "20"),
        ("效果", "投诉下降率", "20", "15"),
        ("满意度", "市民满意度", "10", "10"),
    ]
    assert isinstance(found.record, Evaluation)
    assert str(found.record.total_printed) == "95"


@pytest.mark.parametrize("between", ["\t", "\n"])
def test_names_with_standards_are_scores_where_the_title_says_so(between: str) -> None:
    found = read(MARKS, between, "道路养护资金绩效评分表")
    assert found.kind is Kind.SCORING_FORM
    assert rows_of(found) == [(None, "立项规范", "40", "40"), (None, "养护里程", "60", "57")]


@pytest.mark.parametrize("between", ["\t", " ", "\n"])
def test_where_no_classes_stand_before_the_names_a_class_is_a_name(between: str) -> None:
    rows = (*MARKS[:2], ("社会效益", "效果显著得60分", "60", "57", ""), ("合计", "", "100", "97", ""))
    found = read(rows, between, "道路养护资金绩效评分表")
    assert rows_of(found) == [(None, "立项规范", "40", "40"), (None, "社会效益", "60", "57")]


def test_the_same_columns_under_another_title_are_no_paper() -> None:
    assert read(MARKS, "\t", "物业公司投标情况").kind is Kind.UNKNOWN


def test_a_type_of_indicator_is_a_class_before_the_names_alone() -> None:
    rows = [
        "指标类型\t指标名称\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t改造小区\t≥12个\t12个\t100\t96",
        "指标名称\t指标类型\t年度指标值\t实际完成值\t分值\t得分\n改造小区\t定量\t≥12个\t12个\t100\t96",
    ]
    found = [api.read_papers(f"自评表\n{text}\n".encode(), name="表.txt")[0] for text in rows]
    assert [rows_of(reading) for reading in found] == [
        [("产出指标", "改造小区", "100", "96")],
        [(None, "改造小区", "100", "96")],
    ]


@pytest.mark.parametrize("head", ["绩效目标（80分）\t\t指标内容", "绩效指标\t\t"])
def test_a_group_over_classes_and_names_is_three_columns(head: str) -> None:
    text = (
        f"项目支出绩效自评表\n{head}\t年初目标值\t实际完成值\t分值\t得分\n"
        "产出指标\t数量指标\t补贴人数\t150人\t150人\t60\t60\n效益指标\t社会效益\t留存率\t≥80%\t85%\t40\t40\n"
        "总分\t\t\t\t\t100\t100\n偏差大或目标未完成原因分析\t无\n"
    )
    (found,) = api.read_papers(text.encode(), name="表.txt")
    assert isinstance(found.record, Evaluation)
    assert [(r.level1, r.level2, r.level3) for r in found.record.indicators] == [
        ("产出指标", "数量指标", "补贴人数"),
        ("效益指标", "社会效益", "留存率"),
    ]
