"""Which files a command means: files as given, folders walked, "-" for standard input; and what each is called."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

STDIN = "-"
_BLANKS = "\u3000\xa0"
_LOCKS = ("~$", ".")  # what Word and WPS leave beside an open file, and what is hidden
_OURS = (".toml",)  # an office's rules, its ledger and its rule-books, which stand beside the papers


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: `name` as it is shown; `path` None for standard input; `fault` why it can't be had, if so."""

    name: str
    path: Path | None = None
    fault: str = ""


def sources(words: Sequence[str]) -> tuple[Source, ...]:
    """Return the files that the words of a command name, in their order, each once.

    A folder gives its files and those of its folders, sorted by name, without hidden files, the lock files of open
    documents and an office's own rules. A folder without any file is a fault.
    """
    found: dict[Path | None, Source] = {}
    for word in words:
        for source in _sources(word):
            key = source.path.absolute() if source.path is not None else None
            found.setdefault(key, source)
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
        yield Source(shown(path.as_posix()), path)


def _in_folder(folder: Path) -> Iterator[Source]:
    locked: list[str] = []
    files = 0
    for here, folders, names in os.walk(folder, onerror=lambda error: locked.append(str(error.filename))):
        folders[:] = sorted(name for name in folders if not name.startswith(_LOCKS))
        for name in sorted(
            name for name in names if not name.startswith(_LOCKS) and not name.endswith(_OURS)
        ):
            path = Path(here, name)
            yield Source(shown(path.as_posix()), path)
            files += 1
    for name in locked:
        yield Source(shown(name), Path(name), f"“{shown(name)}”：没有权限打开这个文件夹；请确认允许读取。")
    if not files and not locked:
        name = shown(folder.as_posix())
        yield Source(name, folder, f"“{name}”：文件夹里没有可以处理的文件；请核对所在位置。")
