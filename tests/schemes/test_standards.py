"""The standards of a re-check in a rule-book: what is written wrongly is told with file and key."""

from pathlib import Path

import pytest

from jixiao.errors import SchemeError
from jixiao.schemes.loading import load_file
from jixiao.schemes.standards import Demand

BOOKS = Path("src/jixiao/schemes/rulebooks")
OWN = """title   = "青禾县 复核口径"
region  = "青禾县"
extends = "national-2020"

[[standards]]
number   = 1
name     = "无佐证资料"
says     = "没有资料的计 0 分"
demand   = "zero"
words    = ["无佐证"]
source   = "青禾县复核办法"
verified = true
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "qinghe-recheck.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_countys_own_standards_are_read(tmp_path: Path) -> None:
    (one,) = load_file(written(tmp_path, OWN), BOOKS).standards
    assert (one.number, one.demand, one.words, str(one.source)) == (
        1,
        Demand.ZERO,
        ("无佐证",),
        "青禾县复核办法",
    )


def test_standards_are_inherited_as_a_whole(tmp_path: Path) -> None:
    written(tmp_path, OWN)
    below = tmp_path / "qinghe-town.toml"
    below.write_text('title = "青禾镇"\nregion = "青禾县"\nextends = "qinghe-recheck"\n', "utf-8")
    assert [one.name for one in load_file(below, BOOKS).standards] == ["无佐证资料"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("number   = 1", "number   = 2", r"standards\[1\].number：写的是 2，应为1（从 1 起依次编号）"),
        ('demand   = "zero"', 'demand   = "none"', r"standards\[1\].demand：写的是 none"),
        ('demand   = "zero"', 'demand   = "share"', r"standards\[1\].degrees：没有写"),
        ('demand   = "zero"', 'demand   = "papers"', r"standards\[1\].rules：没有写"),
        ("words    =", "word     =", r"standards\[1\].word：没有这个键"),
        ("verified = true\n", "", r"standards\[1\].verified：没有写是否核对过原文"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_key(tmp_path: Path, old: str, new: str, says: str) -> None:
    with pytest.raises(SchemeError, match=says):
        load_file(written(tmp_path, OWN.replace(old, new)), BOOKS)
