"""The running text of tables: labelled blocks beside the figures, and goals above the funds."""

from jixiao.formats import read
from jixiao.model.evaluation import Evaluation
from jixiao.papers import recognize

SYSTEM_FORM = """2023年度部门预算项目支出绩效自评表
| 项目名称 | 东塘渠清淤 |
| 主管部门 | 青禾县水利局 | 实施单位 | 东塘水利站 |
| 项目基本情况 | 1.项目年度目标完成情况 | 项目年度目标 | 年度目标完成情况 |
|  |  | 清淤渠道12公里。 | 已清淤渠道12公里。 |
|  | 2.项目实施内容及过程概述 | 4月开工，9月完工，合同价80万元。 |
| 预算执行情况（10分） | 年度预算数（万元） | 年初预算 | 调整后预算数 | 预算执行数 | 预算执行率 | 权重 | 得分 | 原因 |
|  | 总额 | 90.00 | 90.00 | 80.00 | 88.89% | 10 | 8.89 | 招标价低于预算，结余已收回。 |
| 绩效指标（90分） | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 完成值 | 权重 | 得分 | 未完成原因分析 |
|  | 产出指标 | 数量指标 | 清淤长度 | ≥ | 12 | 公里 | 12 | 50 | 50 |  |
|  | 效益指标 | 社会效益指标 | 受益人口 | ≥ | 3000 | 人 | 3100 | 40 | 40 |  |
| 合计 |  |  |  |  |  |  |  | 100 | 98.89 |  |
| 评价结论 | 自评得分98.89分，预算执行率88.89%。 |
| 存在问题 | 无。 |
| 项目负责人： | 财务负责人： |
"""
LINES_BELOW = """项目支出绩效自评表
（2023年度）
项目名称	东塘渠清淤
一级指标	二级指标	三级指标	年度指标值	实际完成值	分值	得分	偏差原因分析及改进措施
产出指标	数量指标	清淤长度	≥12公里	12公里	50	50
效益指标	社会效益指标	受益人口	≥3000人	3100人	40	40
总分				90	90

自评结论：本项目自评得分90分。
改进措施：针对上述问题，于2024年3月前由水利站修订养护合同。
填报人：
"""


def table_in(text: str) -> Evaluation:
    record = recognize(read(text.encode(), name="a.txt"))[0].record
    assert isinstance(record, Evaluation)
    return record


def test_a_system_form_keeps_its_blocks_of_text_and_the_figures_in_them() -> None:
    table = table_in(SYSTEM_FORM)
    told = {section.title: section.text for section in table.sections}
    assert told == {
        "2.项目实施内容及过程概述": "4月开工，9月完工，合同价80万元。",
        "评价结论": "自评得分98.89分，预算执行率88.89%。",
        "存在问题": "无。",
    }
    assert {(c.what, str(c.figure)) for c in table.claims} >= {("execution_rate", "88.89%")}


def test_goals_above_the_funds_end_where_the_next_block_begins() -> None:
    goal = table_in(SYSTEM_FORM).goal
    assert (goal.expected, goal.actual) == ("清淤渠道12公里。", "已清淤渠道12公里。")


def test_labelled_lines_below_a_table_are_its_text() -> None:
    told = {section.title: section.text for section in table_in(LINES_BELOW).sections}
    assert told["改进措施"] == "针对上述问题，于2024年3月前由水利站修订养护合同。"
    assert "填报人" not in "".join(told.values())


def test_the_place_of_a_block_is_that_of_its_words() -> None:
    reading = recognize(read(SYSTEM_FORM.encode(), name="a.txt"))[0]
    assert reading.places["sections.1"].line == 13


def test_rows_of_indicators_are_no_text() -> None:
    assert (
        table_in(LINES_BELOW.replace("清淤长度", "改进措施落实")).sections == table_in(LINES_BELOW).sections
    )


CHAPTERS_BELOW = """项目支出绩效自评表
（2023年度）
项目名称	东塘渠清淤
一级指标	二级指标	三级指标	年度指标值	实际完成值	分值	得分	偏差原因分析及改进措施
产出指标	数量指标	清淤长度	≥12公里	12公里	50	50
效益指标	社会效益指标	受益人口	≥3000人	3100人	40	40
总分				90	90
自评等级为良
备注：1.定量指标按比例计分；2.总分低于60分为差。

自评情况说明

一、资金构成。全年支出80.00万元，其中清淤70.00万元、监理10.00万元。
二、绩效情况：清淤渠道12公里。
其中干渠5公里。
三、存在问题。下游淤积未清。
"""


def test_chapters_below_a_label_are_blocks_of_their_own_and_no_notes() -> None:
    table = table_in(CHAPTERS_BELOW)
    assert [(s.number, s.title, s.text) for s in table.sections] == [
        ("一、", "资金构成", "全年支出80.00万元，其中清淤70.00万元、监理10.00万元。"),
        ("二、", "绩效情况", "清淤渠道12公里。其中干渠5公里。"),
        ("三、", "存在问题", "下游淤积未清。"),
    ]
    assert table.notes == ("1.定量指标按比例计分；", "2.总分低于60分为差。")


def test_a_grade_may_be_said_without_a_colon() -> None:
    assert table_in(CHAPTERS_BELOW).grade_printed == "良"


def test_a_grade_in_the_cell_beside_the_total_is_the_table_s() -> None:
    graded = LINES_BELOW.replace("总分				90	90", "总分				90	90	优")
    assert table_in(graded).grade_printed == "优"
    assert table_in(LINES_BELOW).grade_printed is None


def test_the_reason_at_the_end_of_the_funds_row_is_read_where_the_row_has_fewer_cells() -> None:
    assert table_in(SYSTEM_FORM).execution.reason == "招标价低于预算，结余已收回。"


ONE_CELL_A_LINE = """项目支出绩效自评表
（2023年度）
项目名称
东塘渠清淤
一级指标
二级指标
三级指标
年初目标值（A）
实际完成值（B）
得分
产出指标
数量指标
清淤长度（50分）
≥12公里
11.4公里
47.5
总分
47.5
偏差大或目标未完成原因分析
清淤长度扣2.5分：一段渠道让给了灌溉。
改进措施及结果应用方案
水利站2024年3月前补做。
单位主要负责人签批意见
签名：柳某
"""


def test_the_reason_below_its_label_ends_at_the_next_label() -> None:
    table = table_in(ONE_CELL_A_LINE)
    assert table.reason == "清淤长度扣2.5分：一段渠道让给了灌溉。"
    assert [s.text for s in table.sections] == ["水利站2024年3月前补做。"]


def test_a_block_that_says_nothing_but_none_is_kept() -> None:
    told = {s.title: s.text for s in table_in(SYSTEM_FORM.replace("无。", "无")).sections}
    assert told["存在问题"] == "无"
