"""Writing a file: whole or not at all, and never over one that is there unless the user says so.

What is written goes into a file beside the target and takes its name when the last byte is on the disk. Whatever stops
it, a full disk, an interruption, a paper that can't be laid out, leaves the target as it was and nothing beside it.
"""

import errno
import os
import secrets
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from jixiao import api
from jixiao.cli import screen
from jixiao.cli.files import shown
from jixiao.errors import JixiaoError, UnknownNameError

_ALLOWED = 0o666  # less what the user's umask takes away, as for any new file
_ALIKE = {".htm": ".html", ".text": ".txt", ".md": ".txt"}
_FULL = "磁盘已满；请清出空间或换一个位置后再试"
_BARRED = "没有写入权限，或文件正被别的程序打开；请关闭它，或换一个位置后再试"
_WHY = {
    errno.ENOSPC: _FULL,
    getattr(errno, "EDQUOT", errno.ENOSPC): _FULL,
    errno.EACCES: _BARRED,
    errno.EPERM: _BARRED,
    errno.EROFS: "那个位置是只读的；请换一个位置后再试",
    errno.ENAMETOOLONG: "文件名太长；请换一个短一些的文件名",
    errno.EINVAL: "那个位置不接受这样的文件名；请换一个文件名",
    errno.ENOENT: "所在的文件夹不存在；请核对路径",
    errno.EFBIG: "文件太大，那个位置放不下；请换一个位置后再试",
}


@dataclass(frozen=True, slots=True)
class Out:
    """Where an answer goes: `path` None is standard output; `force` lets it replace a file."""

    path: Path | None = None
    force: bool = False


def meant(path: Path) -> str | None:
    """Return the format that a file's suffix names, None where it names none that can be written."""
    suffix = path.suffix.lower()
    known = api.formats_written()
    return next((name for name, own in known.items() if suffix and own == _ALIKE.get(suffix, suffix)), None)


def format_of(path: Path) -> str:
    """Return the format that a file's suffix names.

    Raises:
        UnknownNameError: none of those that can be written.
    """
    if (name := meant(path)) is not None:
        return name
    suffixes = "、".join(api.formats_written().values())
    raise UnknownNameError(f"不能写成 {path.suffix or '没有后缀的'} 文件；可用的后缀有：{suffixes}。")


def must_be_free(path: Path, *, force: bool) -> None:
    """See to it, before any work is done, that a file may be written at `path`.

    Raises:
        JixiaoError: it is a folder, its folder isn't there, or it is there already and may not be replaced.
    """
    name = shown(path.as_posix())
    try:
        if path.is_dir() or not path.parent.is_dir():
            raise JixiaoError(f"不能写到 {name}：它是文件夹，或所在的文件夹不存在；请核对路径。")
        if os.path.lexists(path) and not force:
            raise _taken(path)
    except (OSError, ValueError) as error:  # a name that the system doesn't even look for
        raise _refused(path, error) from error


def write(path: Path, pieces: Iterable[bytes], *, force: bool = True) -> None:
    """Write an answer to a file and say so; `force` as of `opened`.

    Raises:
        JixiaoError: as `opened`.
    """
    put(path, pieces, force=force)
    screen.complain([f"已写入 {shown(path.as_posix())}。"])


def put(path: Path, pieces: Iterable[bytes], *, force: bool) -> None:
    """Write pieces to a file and say nothing.

    Raises:
        JixiaoError: as `opened`.
    """
    with opened(path, force=force) as stream:
        stream.writelines(pieces)


@contextmanager
def opened(path: Path, *, force: bool) -> Iterator[BinaryIO]:
    """Give a stream whose bytes stand at `path` once the block has ended well, and nowhere if it hasn't.

    Args:
        path: the file; a link is followed, what is no file (a device, a pipe) is written to as it stands.
        force: whether a file that is there may be replaced, one too that came while this one was being made.

    Raises:
        JixiaoError: it can't be written; the sentence names the file, the reason and the remedy.
    """
    beside: Path | None = None
    try:
        target = Path(os.path.realpath(path))
        if _is_device(target):
            with target.open("wb") as stream:
                yield stream
            return
        beside = target.with_name(f".jixiao-{secrets.token_hex(6)}.part")
        with _created(beside) as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        _take_place(beside, target, force=force)
    except FileExistsError as error:
        raise _taken(path) from error
    except OSError as error:
        raise _refused(path, error) from error
    finally:
        if beside is not None:
            with suppress(OSError):
                beside.unlink(missing_ok=True)


def _created(path: Path) -> BinaryIO:
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), _ALLOWED)
    return os.fdopen(handle, "wb")


def _is_device(path: Path) -> bool:
    try:
        return not stat.S_ISREG(path.stat().st_mode) and not path.is_dir()
    except OSError:
        return False


def _take_place(beside: Path, target: Path, *, force: bool) -> None:
    """Give the finished file its name; without `force` only where no file has it by now."""
    if force:
        with suppress(OSError):
            shutil.copymode(target, beside)
        beside.replace(target)
        return
    try:
        os.link(beside, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if os.path.lexists(target):
            raise FileExistsError from None
        beside.replace(target)


def _taken(path: Path) -> JixiaoError:
    return JixiaoError(f"{shown(path.as_posix())} 已经存在，没有覆盖；请换一个文件名，或加 --force。")


def _refused(path: Path, error: OSError | ValueError) -> JixiaoError:
    why = _WHY.get(
        getattr(error, "errno", None) or 0, "没有权限、磁盘已满，或文件正被别的程序打开；请处理后再试"
    )
    return JixiaoError(f"写不了 {shown(path.as_posix())}：{why}。")
