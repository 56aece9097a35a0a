"""Which files a command means: order, hidden files, lock files, odd names."""

import os
import sys
import zipfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest

from jixiao.cli.files import Source, shown, sources
from jixiao.formats import archive
from jixiao.formats.intake import Limits
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


def zipped(path: Path, names: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in names.items():
            archive.writestr(name, data)
    return path


def test_a_zip_is_walked_like_a_folder(tmp_path: Path, right: Path) -> None:
    paper = right.read_bytes()
    rest = ("__MACOSX/._甲.txt", "乙/Thumbs.db", "乙/~$甲.docx", ".DS_Store", "jixiao.toml", "desktop.ini")
    zipped(tmp_path / "包.zip", {"乙/甲.txt": paper, "甲.txt": paper, **dict.fromkeys(rest, b"x")})
    told = [source.name.removeprefix(f"{tmp_path.as_posix()}/") for source in sources([str(tmp_path)])]
    assert told == ["包.zip/乙/甲.txt", "包.zip/甲.txt"]


def test_each_file_of_a_zip_is_a_paper_or_a_stated_reason(
    tmp_path: Path, right: Path, jixiao: Jixiao
) -> None:
    names = {
        "某单位/自评表.txt": right.read_bytes(),
        "某单位/空.txt": b"",
        "某单位/扫描.rar": b"Rar!\x1a\x07\x00" + bytes(90),
    }
    told = jixiao("read", zipped(tmp_path / "包.zip", names), "--format", "json")
    (paper,) = told.json["papers"]
    assert paper["file"].endswith("/包.zip/某单位/自评表.txt")
    assert paper["sha256"] == sha256(right.read_bytes()).hexdigest()
    assert told.status == 2
    assert [line.partition("”：")[0].rpartition("/")[2] for line in told.lines] == ["扫描.rar", "空.txt"]
    assert "zip" in told.lines[0]
    assert jixiao("check", tmp_path / "包.zip").out
    assert jixiao("score", tmp_path / "包.zip").out


def test_a_zip_with_nothing_in_it_or_too_much_is_one_sentence(
    tmp_path: Path, jixiao: Jixiao, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = jixiao("read", zipped(tmp_path / "空.zip", {"__MACOSX/x": b""}))
    assert empty.lines == [
        f"“{tmp_path.as_posix()}/空.zip”：压缩包里没有可以处理的文件；请核对是否拿错了压缩包。"
    ]
    monkeypatch.setattr(archive, "LIMITS", Limits(archive_files=1))
    full = jixiao("read", zipped(tmp_path / "满.zip", {"1.txt": b"1", "2.txt": b"2"}))
    assert "过多" in full.err
    assert len(full.lines) == 1


def test_a_broken_zip_is_told_as_such(tmp_path: Path, right: Path, jixiao: Jixiao) -> None:
    path = zipped(tmp_path / "坏.zip", {"甲.txt": right.read_bytes()})
    path.write_bytes(path.read_bytes()[:-40])
    assert "已损坏" in jixiao("read", path).err


def test_a_name_in_a_zip_obeys_nobody_either(tmp_path: Path, right: Path, jixiao: Jixiao) -> None:
    names = {"\x1b[31m甲\r\n.txt": right.read_bytes(), "\x1b]0;乙.txt": b"", "../../丙.txt": b"\0\0"}
    told = jixiao("read", zipped(tmp_path / "包.zip", names))
    assert told.status == 2
    assert len(told.lines) == 2
    assert "\x1b" not in told.out + told.err
    assert "/包.zip/丙.txt" in told.err
