"""问题清单: written for a reviewer, edited by them in a spreadsheet, and read back by the ids."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from jixiao.audit.office.remarks import Answer, Remark
from jixiao.errors import UnreadableError
from jixiao.formats import read as read_format
from jixiao.formats import write
from jixiao.layout import Grid, Layout, Line
from jixiao.papers.pages.findings_list import COLUMNS, Listed, lay_out, read

ROWS = [
    Listed("P0", "自评复核口径", "渠道清淤（自评表.xlsx）", "总分 H21", "AR04 总分不等于各行得分之和", "相差 1.00。", "改为 97.50", "办法", "1234567890123456"),
    Listed("P1", "报告内容逻辑", "渠道清淤（自评表.xlsx）", "H6", "FD05 执行率低于 90%", "=没有说明", "写明原因", "", "00ab00ab00ab00e1"),
]  # fmt: skip


def sheet(data: bytes) -> object:
    return load_workbook(BytesIO(data)).active


def edited(data: bytes, **cells: str) -> bytes:
    """The workbook as a reviewer saves it after filling cells."""
    book, out = load_workbook(BytesIO(data)), BytesIO()
    for cell, text in cells.items():
        book.active[cell] = text
    book.save(out)
    return out.getvalue()


def test_the_columns_are_those_of_a_re_checks_list_then_the_id_then_the_reviewers() -> None:
    assert COLUMNS[:9] == (
        "等级", "复核维度", "对象", "位置", "复核发现", "事实及判定", "处理建议", "核验依据", "编号",
    )  # fmt: skip
    assert [heading[:2] for heading in COLUMNS[9:]] == ["采纳", "理由", "修改"]


@pytest.mark.parametrize(
    "form", ["xlsx", "docx", "text", "html", pytest.param("pdf", marks=pytest.mark.slow)]
)
def test_what_was_written_is_read_back_without_answers(form: str) -> None:
    data = write(lay_out(ROWS, "1 份材料"), form)
    assert read(read_format(data, name="问题清单")) == tuple(Remark(row.id) for row in ROWS)


def test_the_answers_are_chosen_from_a_list_and_nothing_is_a_formula() -> None:
    page = sheet(write(lay_out(ROWS, "1 份材料"), "xlsx"))
    offered = page.data_validations.dataValidation  # type: ignore[attr-defined]
    assert [(str(one.sqref), one.formula1) for one in offered] == [("J5:J6", '"采纳,不采纳,修改"')]
    assert page["F6"].value == "=没有说明"  # type: ignore[index]
    assert page["F6"].data_type == "s"  # type: ignore[index]
    assert page.freeze_panes == "A5"  # type: ignore[attr-defined]


def test_a_list_edited_in_a_spreadsheet_comes_back_with_its_answers() -> None:
    data = write(lay_out(ROWS, "1 份材料"), "xlsx")
    back = read(read_format(edited(data, J5="采纳", J6=" 不采纳 ", K6="年末下达", A6="P2"), name="清单.xlsx"))
    assert back == (
        Remark(ROWS[0].id, Answer.ACCEPTED),
        Remark(ROWS[1].id, Answer.REFUSED, "年末下达"),
    )


@pytest.mark.parametrize(
    "cells, expected",
    [
        ({"J5": "同意"}, Remark(ROWS[0].id, Answer.ACCEPTED)),
        ({"L5": "请写明"}, Remark(ROWS[0].id, Answer.CHANGED, changed="请写明")),
        (
            {"J5": "采纳", "L5": "请写明"},
            Remark(ROWS[0].id, Answer.CHANGED, changed="请写明"),
        ),
        ({"J5": "待定"}, Remark(ROWS[0].id, odd="待定")),
        (
            {"J5": "不采纳", "L5": "无"},
            Remark(ROWS[0].id, Answer.REFUSED, changed="无"),
        ),
    ],
)
def test_what_reviewers_write(cells: dict[str, str], expected: Remark) -> None:
    data = write(lay_out(ROWS, "1 份材料"), "xlsx")
    assert read(read_format(edited(data, **cells), name="清单.xlsx"))[0] == expected


WORDS = st.text(st.sampled_from("请写明原因，改为9.50分。"), max_size=8).map(str.strip)


@given(st.lists(st.tuples(st.sampled_from([*Answer, None]), WORDS), max_size=5), st.randoms())
def test_the_answers_survive_writing_and_any_order_of_rows(
    answers: list[tuple[Answer | None, str]], random: object
) -> None:
    rows = [
        Listed("P1", "", "", "", "", "", "", "", f"{k:016x}", answer.value if answer else "", reason)
        for k, (answer, reason) in enumerate(answers)
    ]
    random.shuffle(rows)  # type: ignore[attr-defined]
    data = write(lay_out(rows, "材料"), "xlsx")
    back = {remark.id: (remark.answer, remark.reason) for remark in read(read_format(data, name="清单.xlsx"))}
    assert back == {f"{k:016x}": answer for k, answer in enumerate(answers)}


def test_a_list_of_nothing_is_a_list() -> None:
    assert read(read_format(write(lay_out([], "1 份材料"), "xlsx"), name="清单.xlsx")) == ()


def test_a_file_that_is_no_such_list_is_refused_by_name() -> None:
    with pytest.raises(UnreadableError, match="里没有“编号”“采纳”两栏"):
        read(Layout("别的.xlsx", (Line("通知"), Grid(()))))
