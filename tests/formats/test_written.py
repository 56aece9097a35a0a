"""Which formats can be written, and what is said where one can't."""

import sys

import pytest

from jixiao.errors import UnknownNameError
from jixiao.formats import write, written
from jixiao.layout import Layout, Line

PAGE = Layout("页", (Line("青禾县"),))


def test_a_format_whose_library_is_not_installed_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "jixiao.formats.xlsx.writing", raising=False)
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(
        UnknownNameError, match=r"写出 xlsx 要用的组件 xlsxwriter 没有安装；请安装：pip install"
    ):
        write(PAGE, "xlsx")


def test_every_format_that_is_offered_can_be_written() -> None:
    assert {"text", "xlsx", "docx"} <= set(written())
    for name in written():
        assert write(PAGE, name)


def test_a_format_that_cannot_be_written_is_answered_with_those_that_can() -> None:
    with pytest.raises(UnknownNameError, match=r"没有名为“doc”的输出格式；可用的有：text、xlsx、docx"):
        write(PAGE, "doc")
