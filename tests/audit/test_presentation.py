"""Slipped cells and private numbers, from the printed page to the finding."""

from pathlib import Path

import pytest

from jixiao import api
from jixiao.audit.lexicon import data_of
from jixiao.audit.presentation.privacy import masked
from jixiao.model.finding import Finding, Origin

HEAD = """项目支出绩效自评表
(2023年度)

项目名称\t渠道清淤项目
主管部门\t青禾县水利局\t实施单位\t青禾县水利局
项目资金(万元)\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分
\t年度资金总额\t10\t10\t10\t10\t100%\t10
一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施
"""


def findings(rows: str, *codes: str) -> list[Finding]:
    readings = api.read_papers(f"{HEAD}{rows}".encode(), name="表.txt")
    (filing,) = api.file_together(readings)
    return list(api.review(filing, api.choose(filing), api.rules_named(codes)).findings)


RIGHT = """产出指标\t数量指标\t清淤长度\t≥10公里\t10公里\t30\t30\t
\t质量指标\t工程合格率\t100%\t100%\t30\t30\t
效益指标\t社会效益指标\t改善灌溉\t有效改善\t有效改善\t20\t20\t
满意度指标\t服务对象满意度指标\t群众满意度\t≥95%\t96%\t10\t10\t
总分\t\t\t\t\t100\t100\t
"""


def test_nothing_is_said_of_a_table_that_stands_right() -> None:
    assert not findings(RIGHT, "FM")


def test_a_row_one_column_aside_is_told_as_damage_of_the_page() -> None:
    wrong = RIGHT.replace("\t质量指标\t工程合格率\t100%", "\t质量指标\t工程合格率\t\t100%")
    (found,) = findings(wrong, "FM01")
    assert found.origin is Origin.LAYOUT
    assert "工程合格率" in found.says


@pytest.mark.parametrize("what", ["sideways", "downward", "merged"])
def test_every_doubt_that_the_rules_know_is_one_that_the_reader_has(what: str) -> None:
    doubts = data_of("presentation")["doubts"]
    assert isinstance(doubts, dict)
    papers = Path(__file__).resolve().parents[2] / "src" / "jixiao" / "papers"
    source = "".join(path.read_text("utf-8") for path in papers.rglob("*.py"))
    assert [word for word in doubts[what] if word not in source] == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("手机13800001234。", "手机13*********。"),
        ("身份证号 11010119900307001X", "身份证号 11*********"),
        ("138 0000 1234", "13*********"),
        ("邮箱 wang01@example.com", "邮箱 w***@***"),
        ("共 1234567 元", "共 1234567 元"),
    ],
)
def test_a_private_number_is_never_repeated(text: str, shown: str) -> None:
    assert masked(text) == shown
