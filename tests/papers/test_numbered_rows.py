"""Tables whose rows are numbered: the number stands in a column of its own, before the classes."""

import pytest

from jixiao import api
from jixiao.model.evaluation import Evaluation

ROWS = (
    ("序号", "一级指标", "二级指标", "三级指标", "计划目标值", "实际完成值", "自评得分"),
    ("1", "产出指标", "数量指标", "新建冷库", "2座", "2座", "30"),
    ("2", "", "", "补贴主体", "9家", "7家", "23.7"),
    ("3", "", "质量指标", "验收合格率", "100%", "100%", "10"),
    ("4", "满意度指标", "满意度指标", "主体满意度", "≥90%", "94%", "9"),
    ("总分", "", "", "", "", "", "72.7"),
)


@pytest.mark.parametrize("between", ["\t", "|", " ", "\n", "    "])
def test_the_number_of_a_row_is_no_class_and_no_score(between: str) -> None:
    rows = (between.join(c for c in row if c or between in ("\t", "|")) for row in ROWS)
    text = "专项资金绩效自评表\n项目名称：冷链补贴\n" + "\n".join(rows) + "\n"
    (found,) = api.read_papers(text.encode(), name="表.txt")
    assert isinstance(found.record, Evaluation)
    assert [(r.level1, r.level2, r.level3, str(r.score_printed)) for r in found.record.indicators] == [
        ("产出指标", "数量指标", "新建冷库", "30"),
        ("产出指标", "数量指标", "补贴主体", "23.7"),
        ("产出指标", "质量指标", "验收合格率", "10"),
        ("满意度指标", "满意度指标", "主体满意度", "9"),
    ]
    assert str(found.record.total_printed) == "72.7"
