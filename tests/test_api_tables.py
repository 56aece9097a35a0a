"""Plain tables: what was written is read back, and what is wanting is named."""

import pytest

from jixiao import api
from jixiao.errors import UnreadableError

HEADS = ("单位编码", "单位名称")
ROWS = (("0201", "农技站"), ("0202", "=1+1"))
BOOK = api.write_table("单位", (*HEADS, "地区"), [(*row, "云河省") for row in ROWS], ["编码各不相同。"])


def test_a_table_is_read_back_by_its_heads_in_any_order() -> None:
    rows = api.read_table(BOOK, name="单位.xlsx", heads=("单位名称", "单位编码"), free=("备注", "地区"))
    assert [row.texts for row in rows] == [(name, code, "", "云河省") for code, name in ROWS]
    assert [row.number for row in rows] == [4, 5]


def test_a_lacking_head_is_named() -> None:
    with pytest.raises(UnreadableError, match="没有找到表头“角色”"):
        api.read_table(BOOK, name="单位.xlsx", heads=("单位编码", "角色"))
