"""Reads a TOML file that an office writes itself, as a table whose complaints name file and key."""

import tomllib
from decimal import Decimal
from pathlib import Path

from jixiao.cli.files import shown
from jixiao.errors import SchemeError
from jixiao.schemes.table import Table


def toml_table(path: Path, kind: str) -> Table:
    """Return the file's table; `kind` is what users call such a file.

    Raises:
        SchemeError: it can't be opened, is no UTF-8 or no TOML; the sentence names it and says what to do.
    """
    name = shown(path.as_posix())
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise SchemeError(f"{kind} {name} 打不开；请核对路径和权限。") from error
    except UnicodeDecodeError as error:
        raise SchemeError(
            f"{kind} {name} 第 {error.start + 1} 个字节不是 UTF-8 文字；请用 UTF-8 另存后再试。"
        ) from error
    try:
        return Table(name, "", tomllib.loads(text, parse_float=Decimal), kind)
    except tomllib.TOMLDecodeError as error:
        raise SchemeError(f"{kind} {name} {_where(text, error)}不合 TOML 的写法；请改正后再试。") from error


def _where(text: str, error: tomllib.TOMLDecodeError) -> str:
    """Name the line at which reading stopped; the library's own words are English."""
    for number in range(1, text.count("\n") + 2):
        if f"at line {number}," in str(error):
            return f"第 {number} 行"
    return "末尾"
