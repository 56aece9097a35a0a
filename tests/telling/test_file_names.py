"""Names of files made of what papers say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.telling.file_names import Names, file_name


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("村道养护（2024年度）", "村道养护（2024年度）"),
        ('改造/维修:"一期"<A>|B?*\\C', "改造_维修__一期__A__B___C"),
        ("水渠维修. . ", "水渠维修"),
        ("../../etc/passwd", "_.._etc_passwd"),
        (".隐藏", "隐藏"),
        ("第一行\n第二行\t末\x00\u202e", "第一行 第二行 末"),
        ("con", "_con"),
        ("LPT1.2024", "_LPT1.2024"),
        ("com¹", "_com¹"),
        ("console", "console"),
        ("", "未命名"),
        ("///", "未命名"),
        ("长" * 300, "长" * 66),
        ("a" * 300, "a" * 80),
    ],
)
def test_a_name_is_fit_for_every_system(words: str, name: str) -> None:
    assert file_name(words) == name


@given(st.text(max_size=200))
def test_any_words_make_a_name(words: str) -> None:
    name = file_name(words)
    assert name
    assert not set(name) & set('<>:"/\\|?*\n\r\t\0')
    assert name == name.strip(". ")
    assert len(name.encode("utf-8", "replace")) <= 201


def test_a_name_that_was_given_is_numbered_whatever_the_case_of_its_letters() -> None:
    names = Names()
    given = [names.own(words, ".pdf") for words in ("路灯A", "路灯a", "路灯A（2）", "路灯A", "桥")]
    assert given == ["路灯A.pdf", "路灯a（2）.pdf", "路灯A（2）（2）.pdf", "路灯A（3）.pdf", "桥.pdf"]
    assert len({name.casefold() for name in given}) == len(given)
