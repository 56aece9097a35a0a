"""Which files a command means: order, hidden files, lock files, odd names."""

import os
import sys
from pathlib import Path

import pytest

from jixiao.cli.files import Source, shown, sources
from tests.command import Jixiao


def names(*words: object) -> list[str]:
    return [Path(source.name).name for source in sources([str(word) for word in words])]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "乙/2.txt",
        "乙/1.txt",
        "甲.txt",
        "丙.txt",
        "~$甲.docx",
        ".~甲.docx",
        ".hidden",
        ".git/config",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", "utf-8")
    return tmp_path


def test_a_folder_gives_its_files_sorted_and_leaves_out_what_is_hidden_or_locked(folder: Path) -> None:
    assert names(folder) == ["丙.txt", "甲.txt", "1.txt", "2.txt"]


def test_files_keep_the_order_in_which_they_are_named_and_come_once(folder: Path) -> None:
    assert names(folder / "甲.txt", folder / "乙", folder / "丙.txt", folder) == [
        "甲.txt",
        "1.txt",
        "2.txt",
        "丙.txt",
    ]


def test_a_file_that_is_named_is_read_even_when_it_is_hidden(folder: Path) -> None:
    assert names(folder / ".hidden") == [".hidden"]


def test_a_dash_is_standard_input() -> None:
    assert sources(["-"]) == (Source("标准输入"),)


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes only on Linux")
def test_a_name_in_gbk_is_shown_readably_and_its_file_is_read(
    tmp_path: Path, right: Path, jixiao: Jixiao
) -> None:
    name = os.fsdecode("自评表.txt".encode("gbk"))
    try:
        (tmp_path / name).write_bytes(right.read_bytes())
    except OSError:
        pytest.skip("this file system takes no such names")
    told = jixiao("read", tmp_path, "--format", "json")
    assert told.status == 0
    assert told.json["papers"][0]["file"].endswith("/自评表.txt")
    assert "自评表.txt" in jixiao("read", tmp_path).out


def test_a_name_with_control_characters_obeys_nobody() -> None:
    assert shown("a\x1b[31m\n.txt") == "a�[31m�.txt"
    assert shown("附件　1.txt") == "附件　1.txt"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may open everything")
def test_a_folder_that_may_not_be_opened_is_said(tmp_path: Path, jixiao: Jixiao) -> None:
    shut = tmp_path / "关着"
    shut.mkdir()
    shut.chmod(0)
    told = jixiao("read", tmp_path)
    shut.chmod(0o700)
    assert told.status == 2
    assert "关着" in told.err
