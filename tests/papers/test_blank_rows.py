"""What the blank form printed and nobody filled in."""

from jixiao.papers.table.blank_rows import without_blank_rows
from tests.layouts.small import ROWS, stream_of, table_of, text_of

LINED = """项目支出绩效自评表
（2023年度）
项目名称 渠道维修
项目资金 （万元） 年初预算数 全年预算数 全年执行数 分值 执行率 得分
年度资金总额: 80 80 80 10 100% 10
一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施

（50分）
数量指标 指标1：维修渠道数量 3 3 25 25
指标2：
……
质量指标 指标1：工程质量合格 25 25
指标2：
……
（30分）
生态效益
指标
指标1：/ / /
指标2：
……
可持续影
响指标
指标1：渠道良性运行 30 30
……
满意度指标
（10分）
服务对象
满意度指标
指标1：村民满意度 90% 96% 10 10
指标2：
……
总分 100 100
"""


def kept(text: str) -> list[str]:
    return [atom.text for atom in without_blank_rows(stream_of(text).atoms)[0] if atom.text]


def test_rows_of_a_blank_form_on_lines_give_no_cells_and_no_indicators() -> None:
    record, _ = table_of(LINED)
    assert [(i.level2, i.level3, i.reason) for i in record.indicators] == [
        ("数量指标", "维修渠道数量", None),
        ("质量指标", "工程质量合格", None),
        ("可持续影响指标", "渠道良性运行", None),
        ("服务对象满意度指标", "村民满意度", None),
    ]
    assert record.indicators[1].target is None
    assert record.residue.count("指标2：") == 4
    assert f"{record.total_printed}" == "100"


def test_a_numbered_label_before_its_own_name_on_the_next_line_stays() -> None:
    assert kept("指标1：\n巡护林地面积\n≥800亩\n指标2：\n……") == ["指标1：", "巡护林地面积", "≥800亩"]


def test_a_numbered_label_beside_values_stays() -> None:
    assert kept("\t\t指标2：\t≥5个\t5个\t10\t10\n") == ["指标2：", "≥5个", "5个", "10", "10"]


def test_nothing_is_taken_from_a_filled_table() -> None:
    record, _ = table_of(text_of())
    assert record.residue == ()


def test_what_stands_below_the_rows_of_a_table_without_a_total_is_no_indicator() -> None:
    below = "说明\t无\n\n注：1.资金使用单位按绩效目标填报。\n2.全年执行数是实际支出。\n联系人：甲\t联系电话：000\n"
    record, _ = table_of(text_of(total="") + "\n" + below)
    assert len(record.indicators) == 5


def test_a_word_of_the_tail_above_a_class_ends_nothing() -> None:
    record, _ = table_of(text_of((*ROWS[:2], "说明\t\t\t\t\t\t\t\t", *ROWS[2:]), total=""))
    assert record.indicators[-1].level2 == "服务对象满意度指标"


def test_the_numbered_label_of_the_block_is_no_row_on_the_next_page_either() -> None:
    page = "年度绩效目标1（80分）\t一级指标\t二级指标\t三级指标\t指标值\t完成值\t分值\t得分"
    rows = "\t产出指标\t数量指标\t维修渠道\t3条\t3条\t40\t40", "\t\t质量指标\t工程质量\t合格\t合格\t40\t40"
    table, _ = table_of("\n".join((page, rows[0], "- 2 -", page, rows[1], "总分\t\t\t\t\t\t80\t80")))
    assert [row.level3 for row in table.indicators] == ["维修渠道", "工程质量"]


def test_lines_of_dashes_between_whole_rows_are_the_forms_own() -> None:
    rows = "数量指标 巡护面积 ≥8亩 8亩 10 10\n-\n质量指标 合格率 ≥95% 96% 10 10\n- -\n时效指标 及时率 100% 100% 10 10\n"
    kept, _ = without_blank_rows(stream_of(rows).atoms)
    assert "-" not in {a.fold for a in kept}


def test_a_dash_on_a_line_of_its_own_is_a_cell_where_every_cell_has_one() -> None:
    kept, _ = without_blank_rows(stream_of("数量指标\n巡护面积\n8亩\n-\n10\n").atoms)
    assert "-" in {a.fold for a in kept}
