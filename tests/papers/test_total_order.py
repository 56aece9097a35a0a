"""The total row of a form whose scores stand before their points."""

from jixiao import api
from jixiao.model.evaluation import Evaluation

TABLE = """项目支出绩效自评表
（2024年度）
项目名称\t山塘清淤\t主管部门\t青禾县水利局\t实施单位\t青禾县水利站
一级指标\t二级指标\t三级指标\t得分\t分值\t实际完成值\t年度指标值
产出指标\t数量指标\t清淤山塘数\t58\t60\t11座\t≥12座
效益指标\t社会效益指标\t受益农户\t40\t40\t520户\t≥500户
总分\t\t\t98\t100
"""


def test_a_total_stands_in_the_order_of_its_columns() -> None:
    (paper,) = api.read_papers(TABLE.encode(), name="表.txt")
    assert isinstance(paper.record, Evaluation)
    assert (paper.record.total_printed, paper.record.points_printed) == (98, 100)
