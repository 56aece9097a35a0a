"""Self-evaluation reports without a title, and the papers that use the same words and are none."""

import pytest

from jixiao.formats import read
from jixiao.model.claims import Report
from jixiao.model.reading import Kind, Reading
from jixiao.papers import recognize
from jixiao.papers.prose.untitled import is_untitled
from tests.papers.paper_blocks import blocks_of

HUNAN = """一、绩效自评工作的开展
我局按县财政局部署，对2023年护林员管护补助项目的资金投入、绩效目标完成情况作了自评，形成本报告。
二、绩效目标自评完成情况分析
（一）资金投入情况分析。
1.项目资金到位情况分析。
县财政安排120万元，全部到位。
2.项目资金执行情况分析。
全年支出114万元，执行率95%。
（二）绩效目标完成情况分析。
聘请护林员60名，巡护林地4800亩。
三、偏离绩效目标的原因和下一步改进措施
无。
"""
SICHUAN = """一、项目概况
（一）项目基本情况
青禾县临时救助备用金由县财政安排。
二、项目资金申报及使用情况
到位资金20万元，支出20万元。
三、项目实施及管理情况
按规定公示。
四、项目绩效情况
救助45户，群众自评满意度98%。
五、评价结论及建议
加强宣传。
"""
YUNNAN = """一、自评结论
（一）自评得分
自评得分93.5分，等级为优。
（二）绩效目标完成情况
防疫面积4800亩，完成100%。
（三）存在的问题和原因分析
资金到位偏晚。
二、佐证材料
（一）项目基本情况
项目由青禾县农业农村局实施。
"""
RUN_ON = (
    "青禾县第二小学专项资金绩效自评价报告一、基本情况(一)项目基本概况本校2023年的项目为公用经费(二)资金及项目绩效目标按每生700元安排共84万元"
    "二、项目资金使用及管理情况用于水电、办公支出三、预算支出绩效情况保证了教学四、存在的问题及原因分析资金到位晚五、几点建议及早拨付"
)


def only(text: str) -> Reading:
    (reading,) = recognize(read(text.encode(), name="文件"))
    return reading


@pytest.mark.parametrize("body", [HUNAN, SICHUAN, YUNNAN])
def test_a_report_is_known_by_its_body(body: str) -> None:
    reading = only(body)
    assert reading.kind is Kind.SELFEVAL_REPORT
    assert [d.where for d in reading.doubts if "没有读到自评报告的标题" in d.why] == ["title"]


def test_a_report_of_one_line_keeps_title_chapters_and_their_bodies() -> None:
    reading = only(RUN_ON)
    assert isinstance(reading.record, Report)
    assert reading.record.title == "青禾县第二小学专项资金绩效自评价报告"
    assert reading.record.project.unit == "青禾县第二小学"
    assert [(s.number, s.title) for s in reading.record.sections if s.level == 1] == [
        ("一、", "基本情况"),
        ("二、", "项目资金使用及管理情况"),
        ("三、", "预算支出绩效情况"),
        ("四、", "存在的问题及原因分析"),
        ("五、", "几点建议"),
    ]
    assert reading.record.sections[-1].text == "及早拨付"


def test_what_follows_a_table_in_the_middle_of_a_report_is_no_report_of_its_own() -> None:
    rest = HUNAN.replace("三、", "四、").replace("二、", "三、").replace("一、", "二、")
    assert not is_untitled(blocks_of(rest))


NOTICE = """关于开展2023年度绩效自评工作的通知
各乡镇人民政府，县直各单位：
一、绩效自评工作的开展
请于3月31日前完成自评。
二、绩效目标自评完成情况分析
对照年初目标逐项填写。
三、偏离绩效目标的原因和下一步改进措施
如实说明。
"""
BUDGET = """青禾县水利局2023年部门预算说明
一、基本情况
内设股室6个。
二、项目资金安排情况
安排项目资金320万元。
三、绩效目标设定情况
今年将继续开展绩效自评工作。
四、存在的问题
无。
"""
ACCOUNTS = """一、基本情况
二、收入支出决算总体情况说明
本年收入1200万元。
三、绩效自评工作开展情况
对项目开展自评。
四、绩效目标完成情况
五、名词解释
"""
NEWS = """青禾县召开绩效自评工作推进会
本网讯 3月2日，县财政局召开会议，部署绩效自评。
一、项目概况
二、自评工作开展情况
三、存在的问题
"""
PLAN = """青禾县财政局2023年度绩效自评工作实施方案
一、基本情况
二、自评工作组织实施
2023年3月15日前完成。
三、绩效目标完成情况
四、自评结果应用
"""
RECTIFIED = """一、基本情况
二、自评工作开展情况
三、存在的问题
2023年自评发现问题3个。
四、整改情况
逐项整改落实。
"""
MANY = """一、基本情况
二、绩效自评工作开展情况
我局共对12个项目开展绩效自评，金额860万元。
三、绩效目标完成情况
四、存在的问题
"""
WHOLE = """一、基本情况
二、部门整体支出绩效自评工作开展情况
支出2300万元。
三、绩效目标完成情况
四、存在的问题
"""
OUTLINE = """绩效自评报告撰写提纲
一、项目概况
二、绩效自评工作开展情况
三、绩效目标完成情况（不超过500字）
四、存在的问题
"""


@pytest.mark.parametrize("text", [NOTICE, BUDGET, ACCOUNTS, NEWS, PLAN, RECTIFIED, MANY, WHOLE, OUTLINE])
def test_other_papers_with_the_same_words_are_no_report(text: str) -> None:
    assert all(r.kind is Kind.UNKNOWN for r in recognize(read(text.encode(), name="文件")))


def test_few_chapters_or_no_word_of_self_evaluation_are_not_enough() -> None:
    assert not is_untitled(blocks_of("一、项目概况\n修渠300米。\n二、自评结论\n自评得分95分。"))
    assert not is_untitled(blocks_of(SICHUAN.replace("自评", "").replace("项目绩效情况", "项目效果")))


def test_a_report_of_one_project_may_say_that_its_money_is_the_departments() -> None:
    title = "青禾县云溪镇2023年度部门预算项目支出绩效自评报告（临时救助备用金）"
    reading = only(f"{title}\n{title}\n临时救助备用金\n{SICHUAN}")
    assert reading.kind is Kind.SELFEVAL_REPORT
    assert isinstance(reading.record, Report)
    assert reading.record.project.name == "临时救助备用金"
