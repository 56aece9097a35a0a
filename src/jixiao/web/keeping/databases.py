"""A database as a file: SQLite by its own online copy, PostgreSQL by its client's tools."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from django.db import connection

from jixiao.errors import UnreadableError

SQLITE, POSTGRESQL = "database.sqlite3", "database.dump"
_WAIT = 20  # seconds that a writer may hold the database


def kind() -> str:
    """Return the name that the present database has in a backup."""
    return SQLITE if connection.vendor == "sqlite" else POSTGRESQL


def is_empty() -> bool:
    """Tell whether the present database has no table of ours yet."""
    if connection.vendor == "sqlite":
        return not _path().exists() or not connection.introspection.table_names()
    return not connection.introspection.table_names()


def save(to: Path) -> None:
    """Copy the present database as it is at one moment, whoever writes meanwhile.

    Raises:
        UnreadableError: the tools of PostgreSQL are wanting, or it can't be read.
    """
    if connection.vendor == "sqlite":
        _copied(_path(), to)
    else:
        _run("pg_dump", ["--format=custom", "--no-owner", "--no-privileges", f"--file={to}"])


def put_back(kept: Path) -> None:
    """Make the present, empty database what a backup has.

    Raises:
        UnreadableError: the copy is damaged, or the tools of PostgreSQL are wanting.
    """
    if connection.vendor != "sqlite":
        connection.close()
        _run("pg_restore", ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
                            f"--dbname={connection.settings_dict['NAME']}", str(kept)])  # fmt: skip
        return
    _whole(kept)
    connection.close()
    beside = _path().with_name(f".{_path().name}.new")
    beside.unlink(missing_ok=True)
    _copied(kept, beside)
    for left in ("-wal", "-shm"):
        _path().with_name(_path().name + left).unlink(missing_ok=True)
    beside.replace(_path())


def _path() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def _copied(source: Path, to: Path) -> None:
    """Copy by SQLite's own online backup: one consistent moment, no writer kept waiting (it is a WAL database)."""
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True, timeout=_WAIT)) as held,
        closing(sqlite3.connect(to)) as copy,
    ):
        held.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


def _whole(path: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as held:
            said = held.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        said = str(error)
    if said != "ok":
        raise UnreadableError(f"备份里的数据库已损坏（{said}）：请换一份备份。")


def _run(tool: str, words: Sequence[str]) -> None:
    """Run a tool of PostgreSQL on the present database; the password goes by its environment, seen by nobody else."""
    found = shutil.which(tool)
    if found is None:
        raise UnreadableError(
            f"没有找到 {tool}：请安装 PostgreSQL 客户端工具（与服务器同版本或更新）后再试。"
        )
    done = subprocess.run([found, *words], env={**os.environ, **_where()}, capture_output=True, check=False)  # noqa: S603 - a fixed tool
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise UnreadableError(
            f"{tool} 没有完成：{said[-1] if said else done.returncode}。请按提示处理后再试。"
        )


def _where() -> Mapping[str, str]:
    names = {
        "PGDATABASE": "NAME",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGHOST": "HOST",
        "PGPORT": "PORT",
    }
    told = {name: str(connection.settings_dict.get(key) or "") for name, key in names.items()}
    return {name: value for name, value in told.items() if value}
