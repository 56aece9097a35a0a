"""Project lists and summary tables."""

import pytest

from jixiao.model.claims import ProjectList
from jixiao.model.reading import Kind
from jixiao.papers.department import project_list
from tests.papers.paper_blocks import blocks_of, lines_of, seed


def read(text: str) -> ProjectList:
    reading = project_list.read(blocks_of(text))
    assert reading.kind is Kind.PROJECT_LIST
    record = reading.record
    assert isinstance(record, ProjectList)
    return record


def names(record: ProjectList) -> list[tuple[str | None, str]]:
    return [(p.number, p.name) for p in record.projects]


def test_a_table_of_number_and_name() -> None:
    record = read(
        "第一部分 青禾县林业局部门绩效自评项目清单\n序号\t项目名称\n1\t退耕还林补助项目\n2\t防火经费项目"
    )
    assert names(record) == [("1", "退耕还林补助项目"), ("2", "防火经费项目")]
    assert record.unit == "青禾县林业局"


def test_a_summary_table_has_money_and_scores_and_no_total_row() -> None:
    text = (
        "青禾县教育局2023年度项目支出绩效自评汇总表\n单位：万元\n序号\t项目名称\t预算数\t执行数\t执行率\t自评得分\t自评等级\n"
        "1\t校舍维修\t320.5\t318.2\t99.28%\t97.5\t优\n2\t营养改善\t1,200.00\t1,200.00\t100%\t100\t优\n合计\t\t1520.5\t1518.2\t99.85%\t\t"
    )
    record = read(text)
    assert [(p.name, str(p.budget), str(p.executed), str(p.score_printed)) for p in record.projects] == [
        ("校舍维修", "320.5万元", "318.2万元", "97.5"), ("营养改善", "1200.00万元", "1200.00万元", "100"),
    ]  # fmt: skip
    assert (record.unit, record.year) == ("青禾县教育局", 2023)
    assert [(str(p.rate_printed), p.grade_printed) for p in record.projects] == [
        ("99.28%", "优"),
        ("100%", "优"),
    ]
    total = record.total
    assert total is not None
    assert (str(total.budget), str(total.executed), total.score_printed) == ("1520.5万元", "1518.2万元", None)


@pytest.mark.parametrize(
    "text",
    ["云岭市交通局绩效自评项目清单\n1.公路养护经费\n2.客运站改造项目", "云岭市交通局绩效自评项目清单\n（1）公路养护经费；\n（2）客运站改造项目。",
     "云岭市交通局绩效自评项目清单\n序号\n项目名称\n1\n公路养护经费\n2\n客运站改造项目"],
)  # fmt: skip
def test_lines_instead_of_a_table(text: str) -> None:
    assert names(read(text)) == [("1", "公路养护经费"), ("2", "客运站改造项目")]
    assert project_list.looks_like(blocks_of(text))


def test_an_indicator_table_is_no_project_list() -> None:
    assert not project_list.looks_like(
        blocks_of("项目支出绩效自评表\n一级指标\t二级指标\t三级指标\t指标值\t得分\n产出\t数量\t床位\t50\t10")
    )


def test_an_empty_list_is_a_doubt() -> None:
    reading = project_list.read(blocks_of("青禾县林业局绩效自评项目清单"))
    assert reading.doubts
    assert reading.confidence < 1


def test_the_list_of_the_third_seed_has_its_five_projects() -> None:
    text = lines_of(seed(2), 1, 15)
    assert project_list.looks_like(blocks_of(text))
    record = read(text)
    assert [p.number for p in record.projects] == ["1", "2", "3", "4", "5"]
    assert (record.unit, record.year) == ("怀远县乡村振兴局", 2023)
