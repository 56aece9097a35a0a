"""One scoring form in many layouts: levels with or without their own points, remarks before or after the score.

Merged cells stand empty, are written on every row, or are dropped with what stands before them.
"""

from decimal import Decimal
from itertools import product

import pytest

from jixiao.model.evaluation import Evaluation
from jixiao.papers.scoring_forms import scoring_form
from tests.papers.paper_blocks import blocks_of

CONTENT = (
    (("决策", "20"), ("项目立项", "12"), ("立项论证", "8"), ("论证充分性", "8"), "论证会记录齐全", "8"),
    ((None, None), (None, None), ("目标设置", "4"), ("目标设置", "4"), "指标没有量化，扣1分", "3"),
    ((None, None), ("资金投入", "8"), ("预算编制", "8"), ("编制科学性", "8"), "年中调减6万元，扣0.5分", "7.5"),
    (("过程", "20"), ("资金管理", "20"), ("资金支付", "12"), ("预算执行率", "12"), "执行率95%", "11.4"),
    ((None, None), (None, None), ("支出规范性", "8"), ("支出规范性", "8"), "符合规定", "8"),
    (("产出", "30"), ("效率性", "30"), ("完成进度", "10"), ("渠道清淤长度", "10"), "完成", "10"),
    ((None, None), (None, None), ("完成质量", "20"), ("清淤合格率", "20"), "全部合格", ""),
    (("效益", "30"), ("效果性", "20"), ("社会效益", "20"), ("灌溉保障能力", "20"), "增强", "20"),
    ((None, None), ("公平性", "10"), ("满意度", "10"), ("受益农户满意度", "10"), "满意", "10"),
)  # fmt: skip
TOTAL = "88.4"
MERGED = ("empty", "repeated", "dropped")
WORDS = "反映项目在这一方面的情况，据此核定分数。"


def form(levels: int, points: str, remark: str, merged: str, *, explained: bool) -> str:
    """One layout: `points` stand beside every level, beside the last, or in the names."""
    heads = ["一级指标", "二级指标", "三级指标", "四级指标"][:levels]
    head: list[str] = []
    for n, name in enumerate(heads):
        head += [name, "分值"] if points == "every" or n == levels - 1 else [name]
    head += ["指标解释", "评分标准"] if explained else []
    head += {"before": ["评分说明", "得分"], "after": ["得分", "扣分原因"], "none": ["得分"]}[remark]
    lines = ["项目支出绩效自评指标评分表", "项目名称：渠道清淤", "\t".join(head)]
    standing: list[tuple[str | None, str | None]] = [(None, None)] * 4
    for *names, said, score in CONTENT:
        standing = [new if new[0] else old for new, old in zip(names, standing, strict=True)]
        shown = standing if merged == "repeated" else names
        shown = list(shown) if levels == 4 else [shown[0], shown[1], shown[3]]
        cells: list[str] = []
        for n, (level, own) in enumerate(shown):
            last = n == levels - 1
            if points == "every" or last:
                cells += [level or "", own or ""]
            else:
                cells += [f"{level}（{own}分）" if level and points == "names" else level or ""]
        while merged == "dropped" and not cells[0]:
            cells = cells[1:]
        cells += [WORDS, WORDS] if explained else []
        cells += {"before": [said, score], "after": [score, said if "扣" in said else ""], "none": [score]}[
            remark
        ]
        lines.append("\t".join(cells))
    pad = ["100"] + [""] * (len(head) - 3) if remark != "after" else ["100"] + [""] * (len(head) - 4)
    lines.append("\t".join(["合计", *pad, TOTAL]))
    return "\n".join(lines)


LAYOUTS = [
    (levels, points, remark, merged, explained)
    for levels, points, remark, merged, explained in product(
        (4, 3), ("every", "last", "names"), ("before", "after", "none"), MERGED, (False, True)
    )
]


@pytest.mark.parametrize("levels, points, remark, merged, explained", LAYOUTS)
def test_a_form_says_the_same_in_every_layout(
    levels: int, points: str, remark: str, merged: str, explained: bool
) -> None:
    record = scoring_form.read(blocks_of(form(levels, points, remark, merged, explained=explained))).record
    assert isinstance(record, Evaluation)
    found = [
        (i.level1, i.level2, i.level4 if levels == 4 else i.level3, str(i.points), str(i.score_printed))
        for i in record.indicators
    ]
    standing: list[str | None] = [None] * 2
    wanted = []
    for *names, _, score in CONTENT:
        standing = [new[0] or old for new, old in zip(names, standing, strict=False)]
        wanted.append((*standing, names[3][0], names[3][1], score or "None"))
    assert found == wanted
    assert record.total_printed == Decimal(TOTAL)
    if points == "every":
        assert [(c.name, str(c.points)) for c in record.classes if c.level == 1] == [
            ("决策", "20"),
            ("过程", "20"),
            ("产出", "30"),
            ("效益", "30"),
        ]
        assert len(record.classes) == 10
    if remark == "before":
        assert record.indicators[1].remarks == "指标没有量化，扣1分"
