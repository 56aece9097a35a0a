"""Typed texts read by their place are read as their page is, whatever was typed; and they are read by their place."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.api import filling
from jixiao.model.reading import Reading
from jixiao.papers import recognize
from jixiao.papers.form import load_form
from jixiao.papers.typed import typed_stream
from jixiao.papers.typed.typed_page import printed_page
from jixiao.papers.typed.typed_texts import Typed

FORMS = (
    *(stem for stem in filling.forms_to_fill() if filling.holds_targets(stem)),
    filling.GOAL,
    "f-goal-101",
    filling.MONITOR,
)
PLAIN = (
    "护林员补助",
    "巡护里程",
    "≥",
    "95",
    "1200",
    "公里",
    "%",
    "成效显著",
    "雨季较长，巡护推迟，已调整排班。",
    "10",
)
# What the reader of papers looks for, where nobody expects it: labels, headings, totals, notes, titles, pages' numbers.
ODD = (
    "项目名称", "总分", "合计", "自评得分", "一级指标", "年度指标值", "得分", "偏差原因", "注：", "备注：见附件", "说明",
    "第 3 页", "-3-", "项目资金（万元）", "年度资金总额：", "其他资金", "预期目标", "完成情况", "绩效指标", "产出指标",
    "数量指标", "满意度指标", "产出指标（50分）", "优", "自评等级：优", "评价结论", "存在问题", "分配科学性", "单位面积产量",
    "联系人：张三 电话：13800000000", "1010", "88", "——", "无", "2025年12月底前", "完成率95%", "元/亩", "指标1：", "……",
    "项目支出绩效自评表", "某项目绩效自评报告", "一、项目概况", "预算执行率", "全年预算数", "主管部门：林业局", "□是 ☑否",
    "来源：政府网 时间：2025年", "足额\n发放", "全角１２％", "分\u2028行", "字" * 130, "一级指标二级指标三级指标指标值得分",
    "产出指标数量指标", "1.目标一；2.目标二", "<b>",
)  # fmt: skip
CLASSES = (
    ("产出指标", "数量指标"), ("产出指标", "质量指标"), ("效益指标", "社会效益指标"), ("产出指标（50分）", "数量指标"),
    ("其他类", ""), ("", ""),
)  # fmt: skip


def texts(strange: int) -> st.SearchStrategy[str]:
    """Return texts of which so many of ten are strange."""
    return st.integers(0, 9).flatmap(lambda k: st.sampled_from(ODD if k < strange else ("", *PLAIN)))


@st.composite
def tables(draw: st.DrawFn) -> Typed:
    stem, strange = draw(st.sampled_from(FORMS)), draw(st.sampled_from((0, 1, 5)))
    fields, keys = filling.field_keys(stem), filling.row_keys(stem)
    chosen = draw(st.lists(st.sampled_from(fields), max_size=12, unique=True))
    cells = {key: draw(texts(strange)) for key in chosen if key != "notes" or strange}
    rows = []
    for level1, level2 in draw(st.lists(st.sampled_from(CLASSES), max_size=5)):
        own = draw(st.lists(st.sampled_from(keys), max_size=6, unique=True))
        classes = {"level1": level1, "level2": level2, "level3": "护林员人数"}
        rows.append({**classes, **{key: draw(texts(strange)) for key in own}})
    return Typed(stem, draw(st.sampled_from((2025, None))), cells, tuple(rows))


def as_paper(typed: Typed) -> Reading:
    found = recognize(printed_page(typed).layout)
    return next((one for one in found if one.kind is load_form(typed.form).kind), found[0])


@settings(max_examples=40, deadline=None)
@given(tables())
def test_what_is_read_by_place_is_what_the_reader_of_papers_reads(typed: Typed) -> None:
    by_place = typed_stream.read(typed)
    if by_place is not None:
        assert by_place == (as_paper(typed), printed_page(typed).first)
    assert filling.read_typed(typed)[0] == as_paper(typed)


ROW = {
    "level1": "产出指标", "level2": "数量指标", "level3": "巡护里程", "sign": "≥", "target": "95", "unit": "公里",
    "actual": "96", "points": "50", "score": "50", "reason": "资金到位较晚，合计少巡护三次，已列入下年计划。",
}  # fmt: skip


def usual(stem: str) -> Typed:
    row = {key: text for key, text in ROW.items() if key in filling.row_keys(stem)}
    cells = {"project.name": "护林员补助", "project.unit": "青禾县林场", "funds.total.annual": "12"}
    return Typed(stem, 2025, cells, (row, {**row, "level3": "护林员人数"}))


@pytest.mark.parametrize("stem", FORMS)
def test_a_table_as_people_type_it_is_read_by_place(stem: str) -> None:
    typed = usual(stem)
    assert typed_stream.read(typed) == (as_paper(typed), printed_page(typed).first)
    assert typed_stream.read(replace(typed, cells={}, rows=())) is not None


@pytest.mark.parametrize(
    ("stem", "cells"),
    [
        ("f-10", {"notes": "注：1.定量指标按完成比例计分。"}),
        (filling.GOAL, {"goal.expected": "按时足额发放补助。" * 20}),
    ],
)
def test_what_would_make_another_page_of_it_is_looked_through_as_a_page(
    stem: str, cells: dict[str, str]
) -> None:
    typed = replace(usual(stem), cells=cells)
    assert typed_stream.read(typed) is None
    assert filling.read_typed(typed)[0] == as_paper(typed)


def test_a_reading_is_the_same_after_another_table_of_the_same_classes_was_read() -> None:
    first, other = usual("f-10"), replace(usual("f-10"), cells={"project.name": "别的项目"})
    before = typed_stream.read(first)
    assert typed_stream.read(other) != before
    assert typed_stream.read(first) == before
