"""Writing a file: whole or not at all, with one clear sentence, and never anything left beside it."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from jixiao.cli import outlet
from jixiao.errors import JixiaoError
from tests.command import Jixiao
from tests.examples import FOLDER


def full(*_: object) -> int:
    raise OSError(errno.ENOSPC, "No space left on device")


def alone(folder: Path, *names: str) -> None:
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)


def broken(stop: BaseException) -> Iterator[bytes]:
    yield b"first half"
    raise stop


def test_a_file_stands_under_its_name_with_the_mode_of_any_new_file(tmp_path: Path) -> None:
    outlet.put(tmp_path / "表.txt", [b"a", b"b"], force=False)
    (tmp_path / "另一份.txt").write_bytes(b"")
    assert (tmp_path / "表.txt").read_bytes() == b"ab"
    assert (tmp_path / "表.txt").stat().st_mode == (tmp_path / "另一份.txt").stat().st_mode
    alone(tmp_path, "表.txt", "另一份.txt")


def test_a_file_that_is_there_is_replaced_only_with_force(tmp_path: Path) -> None:
    path = tmp_path / "表.txt"
    path.write_bytes(b"old")
    with pytest.raises(JixiaoError, match="已经存在，没有覆盖；请换一个文件名，或加 --force"):
        outlet.put(path, [b"new"], force=False)
    assert path.read_bytes() == b"old"
    outlet.put(path, [b"new"], force=True)
    assert path.read_bytes() == b"new"
    alone(tmp_path, "表.txt")


def test_a_file_that_came_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "表.txt"

    def pieces() -> Iterator[bytes]:
        yield b"ours"
        path.write_bytes(b"theirs")

    with pytest.raises(JixiaoError, match="已经存在"):
        outlet.put(path, pieces(), force=False)
    assert path.read_bytes() == b"theirs"
    alone(tmp_path, "表.txt")


@pytest.mark.parametrize(
    "stop", [KeyboardInterrupt(), JixiaoError("缺字体。"), MemoryError(), ValueError("x")]
)
def test_what_stops_the_work_leaves_the_old_file_and_nothing_beside_it(
    stop: BaseException, tmp_path: Path
) -> None:
    path = tmp_path / "表.txt"
    path.write_bytes(b"old")
    with pytest.raises(type(stop)):
        outlet.put(path, broken(stop), force=True)
    assert path.read_bytes() == b"old"
    alone(tmp_path, "表.txt")


def test_a_disk_that_is_full_at_the_last_byte_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(JixiaoError, match=r"写不了 .*表\.txt：磁盘已满；请清出空间"):
        outlet.put(tmp_path / "表.txt", [b"a" * 100_000], force=False)
    alone(tmp_path)


@pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="only some systems have a device that is always full"
)
def test_a_device_that_is_full_is_said_and_left_in_its_place(tmp_path: Path) -> None:
    link = tmp_path / "满.xlsx"
    link.symlink_to("/dev/full")
    with pytest.raises(JixiaoError, match=r"写不了 .*满\.xlsx：磁盘已满"):
        outlet.put(link, [b"a" * 100_000], force=True)
    assert Path("/dev/full").is_char_device()
    assert link.is_symlink()


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "真.txt").write_bytes(b"old")
    (tmp_path / "链.txt").symlink_to("真.txt")
    outlet.put(tmp_path / "链.txt", [b"new"], force=True)
    assert (tmp_path / "链.txt").is_symlink()
    assert (tmp_path / "真.txt").read_bytes() == b"new"


def test_a_file_system_without_links_is_written_to_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object) -> None:
        raise OSError(errno.EPERM, "no links")

    monkeypatch.setattr(os, "link", none)
    outlet.put(tmp_path / "表.txt", [b"a"], force=False)
    with pytest.raises(JixiaoError, match="已经存在"):
        outlet.put(tmp_path / "表.txt", [b"b"], force=False)
    assert (tmp_path / "表.txt").read_bytes() == b"a"
    alone(tmp_path, "表.txt")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.EACCES, "没有写入权限"),
        (errno.EROFS, "只读"),
        (errno.EIO, "没有权限、磁盘已满"),
        (errno.ENOSPC, "磁盘已满"),
    ],
)
def test_why_a_file_cannot_be_made_is_said(
    number: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(number, "no")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(JixiaoError, match=said):
        outlet.put(tmp_path / "表.txt", [b"a"], force=False)
    alone(tmp_path)


def test_a_name_that_is_too_long_is_said(tmp_path: Path, right: Path, jixiao: Jixiao) -> None:
    told = jixiao("check", right, "-o", tmp_path / f"{'很长' * 80}.json")
    assert (told.status, len(told.lines)) == (2, 1)
    assert "文件名太长" in told.err
    alone(tmp_path)


def test_a_folder_and_a_missing_folder_are_told_before_any_work(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "没有" / "表.xlsx"):
        with pytest.raises(JixiaoError, match="它是文件夹，或所在的文件夹不存在"):
            outlet.must_be_free(path, force=True)


@pytest.mark.parametrize(
    "verb",
    [
        ["check"],
        ["write", "--paper", "自评表"],
        ["disclose"],
        ["report"],
        ["reviewed"],
        ["rollup"],
        ["recheck"],
    ],
)
def test_the_paper_itself_is_never_written_over(verb: list[str], tmp_path: Path, jixiao: Jixiao) -> None:
    paper = tmp_path / "自评表.xlsx"
    paper.write_bytes((FOLDER / "卫生院设备自评表.xlsx").read_bytes())
    before = paper.read_bytes()
    told = jixiao(*verb, paper, "-o", paper, "--force")
    assert (told.status, told.out) == (2, "")
    assert told.err.endswith("就是原件，不能写在它上面；请换一个文件名。\n")
    assert paper.read_bytes() == before
