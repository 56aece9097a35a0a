"""Points that stand right behind a class's name: parted where the rows bear them out, and only there."""

from decimal import Decimal

from jixiao import papers
from jixiao.formats.text.reading import read
from jixiao.model.evaluation import Evaluation

HEAD = "项目支出绩效自评指标评分表\n\n一级指标\t二级指标\t三级指标\t分值\t评分标准\t得分\n"
BODY = (
    "决策{a}\t项目立项8\t论证充分性\t4\t有方案得满分。\t4\n\t\t程序规范性\t4\t按程序得满分。\t3.5\n"
    "\t资金投入4\t预算编制科学性\t4\t有测算得满分。\t4\n产出{b}\t效率性10\t管护里程\t10\t按比例计分。\t10\n"
)


def form(a: str, b: str) -> Evaluation:
    (reading,) = papers.recognize(read((HEAD + BODY.format(a=a, b=b)).encode(), name="评分表.txt"))
    assert isinstance(reading.record, Evaluation)
    return reading.record


def test_points_behind_a_name_are_parted_where_the_rows_add_up_to_them() -> None:
    record = form("12", "10")
    assert [(i.level1, i.level2) for i in record.indicators][::2] == [
        ("决策", "项目立项"),
        ("决策", "资金投入"),
    ]
    assert [(c.name, c.points) for c in record.classes if c.level == 1] == [
        ("决策", Decimal(12)),
        ("产出", Decimal(10)),
    ]


def test_a_number_that_the_rows_do_not_bear_out_stays_in_the_name() -> None:
    assert [i.level1 for i in form("2023", "2024").indicators] == ["决策2023"] * 3 + ["产出2024"]
