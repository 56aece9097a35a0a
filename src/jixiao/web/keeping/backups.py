"""A backup: one zip with the database, every kept file, and a manifest that says what they must be."""

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from jixiao import __version__
from jixiao.errors import UnreadableError
from jixiao.web import digests, files, log
from jixiao.web.keeping import databases, holders

FORMAT = 1
MANIFEST, FILES = "manifest.json", "files/"
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds: how many files, how many octets, and what was already wrong when it was taken."""

    path: Path
    files: int
    octets: int
    faults: tuple[str, ...] = ()


def take(to: Path, at: datetime) -> Backup:
    """Write a backup while people work: the database at one moment, then the files, which never change.

    A file is named in a row only after it is kept, so every file that the copied rows name is there. The zip stands
    under its name only when it is whole.

    Raises:
        UnreadableError: there is such a file, or something can't be read or written.
    """
    if to.exists():
        raise UnreadableError(f"“{to}”已经有了：请换一个文件名，备份不会盖掉旧的。")
    beside = to.with_name(f".{to.name}.part")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=to.parent, prefix=".jixiao-") as work:
            held = Path(work) / databases.kind()
            databases.save(held)
            made = _written(beside, held, at)
        beside.chmod(0o600)
        beside.replace(to)
    except OSError as error:
        raise UnreadableError(
            f"备份没有写成（{error.strerror}）：请检查“{to.parent}”能否写入、空间是否够。"
        ) from error
    finally:
        beside.unlink(missing_ok=True)
    return Backup(to, made.files, to.stat().st_size, made.faults)


def _written(beside: Path, database: Path, at: datetime) -> Backup:
    with beside.open("wb") as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED, allowZip64=True) as book:
            told, faults = _filled(book, database)
            manifest = {"format": FORMAT, "version": __version__, "at": at.isoformat(), "migrations": _migrations(),
                        "sha256": told}  # fmt: skip
            book.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
        out.flush()
        os.fsync(out.fileno())
    return Backup(beside, len(told) - 1, 0, faults)


def _filled(book: zipfile.ZipFile, database: Path) -> tuple[dict[str, str], tuple[str, ...]]:
    """Put the database and every kept file into a zip; return their sums, and what was found damaged."""
    told: dict[str, str] = {}
    faults = []
    with database.open("rb") as stream:
        told[database.name] = _put(book, database.name, stream, zipfile.ZIP_DEFLATED)
    for printed, path in kept_files():
        name = f"{FILES}{path.parent.parent.name}/{path.parent.name}/{path.name}"
        with path.open("rb") as stream:
            told[name] = _put(book, name, stream)
        if not digests.agrees_with(path, printed):
            faults.append(f"文件 {printed} 的内容与摘要不符：它在备份之前已损坏")
    return told, tuple(faults)


def _put(book: zipfile.ZipFile, name: str, stream: BinaryIO, how: int = zipfile.ZIP_STORED) -> str:
    """Add a stream to a zip, and return its SHA-256."""
    made = hashlib.sha256()
    entry = zipfile.ZipInfo(name)
    entry.compress_type = how
    with book.open(entry, "w", force_zip64=True) as out:
        for piece in iter(lambda: stream.read(_PIECE), b""):
            made.update(piece)
            out.write(piece)
    return made.hexdigest()


def kept_files() -> Iterator[tuple[str, Path]]:
    """Yield every kept file with its digest; what is half written has a name that begins with a dot."""
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.glob("*/??/*")):
        if path.is_file() and not path.name.startswith("."):
            yield f"{path.parent.parent.name}:{path.name}", path


def _migrations() -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def put_back(kept: Path) -> Backup:
    """Restore a backup into an empty home and an empty database: files first, the database last, then look at all.

    Raises:
        UnreadableError: something is there already, the backup is damaged or not one, or it is of a newer program.
    """
    if not databases.is_empty():
        raise UnreadableError("这里已经有数据：请恢复到空的数据文件夹（JIXIAO_HOME）和空的数据库。")
    with _opened(kept) as book:
        told = _manifest(kept, book)
        names = [name for name in told if name.startswith(FILES)]
        database = next((name for name in told if name == databases.kind()), None)
        if database is None:
            raise UnreadableError(
                "备份所用的数据库与现在设定的（SQLite 或 PostgreSQL）不同：请改设定后再恢复。"
            )
        for name in names:
            _file_back(book, name, told[name])
        Path(settings.HOME).mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=settings.HOME, prefix=".restore-") as work:
            held = Path(work) / database
            _member(book, database, told[database], held)
            databases.put_back(held)
    return Backup(kept, len(names), kept.stat().st_size, tuple(faults()))


def faults() -> Iterator[str]:
    """Yield what is wrong with the present data: files that rows name and that aren't there, a broken log."""
    yield from islice(log.verify(), 20)
    have = {printed for printed, _ in kept_files()}
    for printed in sorted(holders.named() - have):
        yield f"文件 {printed} 没有找到：它所属的附件打不开"


@contextmanager
def _opened(kept: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(kept) as book:
            yield book
    except FileNotFoundError as error:
        raise UnreadableError(f"没有找到“{kept}”：请核对文件名。") from error
    except (zipfile.BadZipFile, EOFError, KeyError) as error:
        raise UnreadableError(f"“{kept}”不是完整的备份：请换一份。") from error


def _manifest(kept: Path, book: zipfile.ZipFile) -> dict[str, str]:
    try:
        told = json.loads(book.read(MANIFEST))
        known, sums = set(told["migrations"]), dict(told["sha256"])
    except (KeyError, ValueError, TypeError) as error:
        raise UnreadableError(f"“{kept}”不是 jixiao 的备份，或清单已损坏：请换一份。") from error
    if told["format"] != FORMAT or known - holders.migrations():
        raise UnreadableError(f"备份由更新的版本（{told['version']}）写成：请先升级程序，再恢复。")
    if set(sums) | {MANIFEST} != set(book.namelist()):
        raise UnreadableError(f"“{kept}”里的文件与清单不符：请换一份备份。")
    return sums


def _file_back(book: zipfile.ZipFile, name: str, wanted: str) -> None:
    """Put one kept file where its digest says, never elsewhere, whatever the zip calls it."""
    method, _, digits = name.removeprefix(FILES).replace("/", ":", 1).partition(":")
    printed = f"{method}:{digits.rpartition('/')[2]}"
    try:
        path = files.path_of(printed)
    except ValueError as error:
        raise UnreadableError(f"备份里有不认识的文件“{name}”：请换一份备份。") from error
    if f"{FILES}{method}/{path.parent.name}/{path.name}" != name:
        raise UnreadableError(f"备份里有不认识的文件“{name}”：请换一份备份。")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _member(book, name, wanted, path)


def _member(book: zipfile.ZipFile, name: str, wanted: str, to: Path) -> None:
    made = hashlib.sha256()
    beside = to.with_name(f".{to.name[:40]}.part")
    with book.open(name) as stream, beside.open("wb") as out:
        for piece in iter(lambda: stream.read(_PIECE), b""):
            made.update(piece)
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    if made.hexdigest() != wanted:
        beside.unlink()
        raise UnreadableError(f"备份里的“{name}”已损坏：请换一份备份。")
    shutil.move(beside, to)
