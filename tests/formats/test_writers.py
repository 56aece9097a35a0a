"""Which formats can be written, and what is said where one can't."""

import sys
from io import BytesIO

import pytest

from jixiao.errors import UnknownNameError
from jixiao.formats import bind, bind_into, write, written
from jixiao.layout import Layout, Line

PAGE = Layout("页", (Line("青禾县"),))


def test_a_format_whose_library_is_not_installed_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "jixiao.formats.pdf.writing", raising=False)
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(UnknownNameError, match=r"写出 pdf 要用的组件 typst 没有安装；请安装：pip install"):
        write(PAGE, "pdf")


def test_every_format_that_is_offered_can_be_written() -> None:
    assert {"text", "xlsx", "docx"} <= set(written())
    for name in written():
        assert write(PAGE, name)


def test_a_format_that_cannot_be_written_is_answered_with_those_that_can() -> None:
    with pytest.raises(UnknownNameError, match=r"没有名为“doc”的输出格式；可用的有：text、xlsx、docx"):
        write(PAGE, "doc")


@pytest.mark.parametrize("name", ["text", "html", "pdf"])
def test_a_stream_gets_the_same_bytes_as_are_returned(name: str) -> None:
    pages = [PAGE] * 3
    out = BytesIO()
    bind_into(iter(pages), name, out)
    assert out.getvalue() == bind(pages, name)
