"""Tables whose rows are lines of words: the second line of a cell goes back to its cell, or is doubted."""

from jixiao import api
from jixiao.model.evaluation import Evaluation, Indicator

HEAD = "项目支出绩效自评表\n项目名称 防火瞭望塔\n一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施\n"


def rows_of(lines: str) -> tuple[tuple[Indicator, ...], tuple[str, ...]]:
    (paper,) = api.read_papers((HEAD + lines + "总分 100 98.84\n").encode(), name="表.txt")
    assert isinstance(paper.record, Evaluation)
    return paper.record.indicators, tuple(doubt.why for doubt in paper.doubts)


def test_the_end_of_a_class_name_on_the_next_line_belongs_to_it() -> None:
    rows, _ = rows_of(
        "产出指标 数量指标 维护瞭望塔 ≥26座 26座 60 60\n效益指标 生态效益 森林受害率 ≤0.9‰ 0.3‰ 30 30\n指标\n"
        "满意度指标 服务对象 林农满意度 ≥90% 92% 10 8.84\n满意度指标\n"
    )
    assert [(r.level1, r.level2, r.level3) for r in rows] == [
        ("产出指标", "数量指标", "维护瞭望塔"),
        ("效益指标", "生态效益指标", "森林受害率"),
        ("满意度指标", "服务对象满意度指标", "林农满意度"),
    ]


def test_the_end_of_a_reason_or_of_the_longest_name_is_joined_to_it() -> None:
    rows, _ = rows_of(
        "产出指标 数量指标 维护林区防火瞭 ≥26座 26座 30 30\n望塔\n质量指标 设备完好率 ≥95% 94% 30 28.84 老旧设备多，明年\n"
        "安排更新\n效益指标 生态效益指标 受害率 ≤0.9‰ 0.3‰ 40 40\n"
    )
    assert [r.level3 for r in rows] == ["维护林区防火瞭望塔", "设备完好率", "受害率"]
    assert rows[1].reason == "老旧设备多，明年安排更新"


def test_words_that_may_end_either_cell_are_doubted() -> None:
    rows, doubts = rows_of(
        "产出指标 数量指标 维护林区防火瞭 ≥26座 25座 60 58.84 塔体维修尚未\n全部完毕\n效益指标 生态效益指标 受害率 ≤0.9‰ 0.3‰ 40 40\n"
    )
    assert len(rows) == 2
    assert any("全部完毕" in why for why in doubts)


def test_the_last_label_of_a_form_is_no_end_of_a_name() -> None:
    rows, _ = rows_of(
        "产出指标 数量指标 瞭望塔 ≥26座 26座 60 58.84\n效益指标 生态效益指标 森林火灾受害率 ≤0.9‰ 0.3‰ 40 40\n其他需要说明的事项\n"
    )
    assert [r.level3 for r in rows] == ["瞭望塔", "森林火灾受害率"]
