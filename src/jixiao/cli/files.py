"""Which files a command means: as given, in folders and in zips, "-" for standard input; and what each is called."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from jixiao import api
from jixiao.errors import UnknownNameError, UnreadableError

STDIN = "-"
_BLANKS = "\u3000\xa0"
_OFFICES = ".toml"  # a folder may have such a name too


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: `name` as it is shown; `path` None for standard input; `fault` why it can't be had, if so.

    `inside` leads to a file in the zip at `path`, empty for the file at `path` itself.
    """

    name: str
    path: Path | None = None
    fault: str = ""
    inside: tuple[int, ...] = ()


def sources(words: Sequence[str], out: Path | None = None) -> tuple[Source, ...]:
    """Return the files that the words of a command name, in their order, each once.

    Args:
        words: files, folders, zips, "-".
        out: what the command will write; none of the words may be the same file.

    A folder gives its files and those of its folders, sorted by name, without hidden files, the lock files of open
    documents, what systems leave there and an office's own rules; a zip gives what is in it likewise. A folder or a zip
    without any file is a fault.

    Raises:
        UnknownNameError: one of the words is the file that would be written over.
    """
    if out is not None and any(
        Path(word).absolute() == out.absolute() for word in words if Path(word).is_file()
    ):
        raise UnknownNameError(f"{shown(out.as_posix())} 就是原件，不能写在它上面；请换一个文件名。")
    found: dict[tuple[Path | None, tuple[int, ...]], Source] = {}
    for word in words:
        for source in _sources(word):
            path = source.path.absolute() if source.path is not None else None
            found.setdefault((path, source.inside), source)
    return tuple(found.values())


def shown(name: str) -> str:
    """Return a file name fit to be shown: bytes that are no UTF-8 as GBK, control characters as �."""
    try:
        name.encode()
        told = name
    except UnicodeEncodeError:
        told = os.fsencode(name).decode("gb18030", "replace")
    return "".join(char if char.isprintable() or char in _BLANKS else "�" for char in told)


def _sources(word: str) -> Iterator[Source]:
    path = Path(word)
    if word == STDIN:
        yield Source("标准输入")
    elif path.is_dir():
        yield from _in_folder(path)
    else:
        yield from _in_zip(path)


def _in_zip(path: Path) -> Iterator[Source]:
    """Yield the files of a zip; any other file as it is."""
    name = shown(path.as_posix())
    try:
        found = api.members(path, name=name)
    except UnreadableError as error:
        yield Source(name, path, str(error))
        return
    if found is None:
        yield Source(name, path)
        return
    for one in found:
        yield Source(f"{name}/{shown(one.path)}", path, shown(one.fault), one.at)
    if not found:
        yield Source(name, path, f"“{name}”：压缩包里没有可以处理的文件；请核对是否拿错了压缩包。")


def _in_folder(folder: Path) -> Iterator[Source]:
    locked: list[str] = []
    files = 0
    for here, folders, names in os.walk(folder, onerror=lambda error: locked.append(str(error.filename))):
        folders[:] = sorted(
            name for name in folders if not api.is_beside_papers(name) or name.endswith(_OFFICES)
        )
        for name in sorted(name for name in names if not api.is_beside_papers(name)):
            yield from _in_zip(Path(here, name))
            files += 1
    for name in locked:
        yield Source(shown(name), Path(name), f"“{shown(name)}”：没有权限打开这个文件夹；请确认允许读取。")
    if not files and not locked:
        name = shown(folder.as_posix())
        yield Source(name, folder, f"“{name}”：文件夹里没有可以处理的文件；请核对所在位置。")
