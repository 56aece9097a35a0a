"""A backup is taken while people write, is whole, and comes back; what is damaged is never put back."""

import os
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from jixiao.errors import UnreadableError
from jixiao.web import files, log
from jixiao.web.keeping import databases, holders, sweeping
from jixiao.web.log import Act, Actor
from jixiao.web.models import Attachment, LogEntry, LogHead, Submission
from tests.web import cast, postgres

NOW = timezone.now
SRC = Path(files.__file__).parent


def office(home, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the site on a home of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JIXIAO_", "DJANGO_"))}
    surroundings = {**kept, "JIXIAO_HOME": str(home), "JIXIAO_MODE": "county", **more}
    command = [sys.executable, "-m", "jixiao.web", *words]
    return subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)


def evidence(submission: Submission, data: bytes) -> None:
    Attachment.objects.create(
        submission=submission, name="证.pdf", digest=files.keep(data), size=len(data), at=NOW()
    )


# ---------------------------------------------------------------- 清理


def test_a_sweep_leaves_what_a_row_names_and_what_is_new(county) -> None:
    evidence(cast.submission(county), b"named")
    lost, fresh = files.keep(b"lost"), files.keep(b"fresh")
    old = (NOW() - timedelta(days=2)).timestamp()
    for printed in (lost, files.keep(b"named")):
        os.utime(files.path_of(printed), (old, old))
    assert sweeping.sweep(NOW()).files == 1
    assert not files.path_of(lost).exists()
    assert files.fetch(fresh) == b"fresh"


def test_a_file_kept_again_is_not_swept(county) -> None:
    printed = files.keep(b"again")
    os.utime(files.path_of(printed), (1, 1))
    files.keep(b"again")
    assert sweeping.sweep(NOW()).files == 0


def test_every_field_that_names_a_kept_file_is_known() -> None:
    assert {(model.__name__, field) for model, field in holders.fields()} == {
        ("Attachment", "digest"), ("Beginning", "digest"), ("CheckedFile", "digest"), ("CheckedPage", "digest"), ("Disclosure", "files"),
    }  # fmt: skip


def test_whoever_keeps_a_file_has_a_field_that_a_sweep_looks_at() -> None:
    """A module that keeps files is added here once its rows name them in a field of `holders.fields()`."""
    keeping = {path.stem for path in SRC.rglob("*.py") if "files.keep(" in path.read_text("utf-8")}
    known = {
        "attaching",
        "beginning",
        "checking",
        "imports",
        "opening",
        "publishing",
        "reading",
        "rectifying",
        "year",
    }
    assert keeping <= known


# ---------------------------------------------------------------- 没有数据的文件夹


@pytest.mark.parametrize("words", [["backup", "备份"], ["log", "verify"], ["password", "甲"], ["sweep"]])
def test_a_folder_without_a_site_is_named_and_left_alone(tmp_path, words) -> None:
    done = office(tmp_path / "没有", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"“{tmp_path / '没有'}”里没有网页版的数据：请用 --home")
    assert len(done.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_backup_that_is_not_there_is_one_sentence(tmp_path) -> None:
    done = office(tmp_path / "新", "restore", "没有.zip")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "没有找到“没有.zip”：请核对文件名。\n"


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path) -> None:
    (tmp_path / "文件").write_text("", "utf-8")
    done = office(tmp_path / "文件" / "里", "serve")
    assert done.returncode == 2
    assert done.stderr == f"数据文件夹“{tmp_path / '文件' / '里'}”建不了或写不进：请核对路径和权限。\n"


# ---------------------------------------------------------------- 日志的另存和清理


def logged(days: int, count: int) -> None:
    with transaction.atomic():
        for number in range(count):
            log.append(Actor(None, NOW() - timedelta(days=days)), Act("tried", f"{days} 天前 {number}"))


def test_old_entries_are_written_out_and_removed_and_the_rest_still_holds(db, tmp_path, capsys) -> None:
    logged(200, 3)
    logged(10, 2)
    out = tmp_path / "日志.jsonl"
    call_command("log", "trim", str(out))
    assert list(log.verify()) == []
    assert list(LogEntry.objects.values_list("number", flat=True)) == [4, 5, 6]
    assert LogHead.objects.get().first == 4
    call_command("log", "verify", str(out))
    call_command("log", "verify")
    assert "日志完整：3 条" in capsys.readouterr().out
    out.write_text(out.read_text("utf-8").replace("200 天前 1", "别的话"), "utf-8")
    with pytest.raises(CommandError, match="不完整"):
        call_command("log", "verify", str(out))
    LogEntry.objects.filter(number=5).update(text="别的话")
    with pytest.raises(CommandError, match="没有清理"):
        call_command("log", "trim", str(tmp_path / "b.jsonl"))
    with pytest.raises(UnreadableError, match="180"):
        call_command("log", "trim", str(tmp_path / "b.jsonl"), "--days", "30")


# ---------------------------------------------------------------- 备份和恢复


@contextmanager
def writing(home, **more: str):
    """Let somebody write, entry upon entry; what is yielded holds the numbers that were acknowledged in the end."""
    surroundings = {**os.environ, "JIXIAO_HOME": str(home), "JIXIAO_SECRET": "x" * 60,
                    "DJANGO_SETTINGS_MODULE": "jixiao.web.settings", **more}  # fmt: skip
    told: list[int] = []
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER], env=surroundings, stdout=subprocess.PIPE, text=True
    )
    try:
        told.append(int(writer.stdout.readline()))
        yield told
    finally:
        writer.kill()
        told += [int(word) for word in writer.communicate()[0].split()]


@pytest.mark.slow
def test_a_backup_taken_while_people_write_comes_back_whole(tmp_path) -> None:
    home, out, back = tmp_path / "旧 数据", tmp_path / "备份.zip", tmp_path / "new"
    assert office(home, "migrate", "-v", "0").returncode == 0
    with writing(home) as told:
        done = office(home, "backup", str(out))
    assert done.returncode == 0, done.stderr
    restored = office(back, "restore", str(out))
    assert restored.returncode == 0, restored.stderr
    assert "日志完整，附件齐全" in restored.stdout
    with closing(sqlite3.connect(back / "jixiao.sqlite3")) as held:
        rows, last = held.execute("SELECT count(*), max(number) FROM web_logentry").fetchone()
    assert 1 <= rows == last <= told[-1] + 1
    assert "已经有数据" in office(back, "restore", str(out)).stderr
    assert "已经有了" in office(home, "backup", str(out)).stderr


@pytest.mark.slow
@pytest.mark.skipif(postgres.programs() is None, reason="SKIPPED: no PostgreSQL (apt-get install postgresql)")
def test_a_backup_of_postgresql_taken_while_people_write_comes_back_whole(tmp_path) -> None:
    home, out, back = tmp_path / "home", tmp_path / "b.zip", tmp_path / "new"
    with postgres.cluster() as address:
        other = f"{address.rpartition('/')[0]}/other"
        assert office(home, "migrate", "-v", "0", JIXIAO_DATABASE=address).returncode == 0
        with writing(home, JIXIAO_DATABASE=address):
            done = office(home, "backup", str(out), JIXIAO_DATABASE=address)
        assert done.returncode == 0, done.stderr
        with psycopg.connect(address, autocommit=True) as held:
            held.execute("CREATE DATABASE other")
        restored = office(back, "restore", str(out), JIXIAO_DATABASE=other)
        assert restored.returncode == 0, restored.stderr
        assert "日志完整，附件齐全" in restored.stdout
        assert "已经有数据" in office(back, "restore", str(out), JIXIAO_DATABASE=other).stderr
        assert "与现在设定的" in office(tmp_path / "lite", "restore", str(out)).stderr


WRITER = """
import django; django.setup()
from django.db import transaction
from django.utils import timezone
from jixiao.web import files, log
from jixiao.web.models import Attachment
for number in range(1, 100000):
    data = f"evidence {number}".encode()
    with transaction.atomic():
        at = timezone.now()
        Attachment.objects.create(name="证", digest=files.keep(data), size=len(data), at=at)
        log.append(log.Actor(None, at), log.Act("tried", str(number)))
    print(number, flush=True)
"""


def damaged(kept, name: str, data: bytes) -> None:
    """Write a backup anew with other bytes under one name."""
    with zipfile.ZipFile(kept) as book:
        parts = {one: book.read(one) for one in book.namelist()}
    with zipfile.ZipFile(kept, "w") as book:
        for one, held in {**parts, name: data}.items():
            book.writestr(one, held)


@pytest.fixture
def kept(tmp_path):
    """A backup made by the commands, and the folder to restore into."""
    home, out = tmp_path / "home", tmp_path / "b.zip"
    office(home, "migrate", "-v", "0")
    path = home / "files" / "sha256"
    printed = "a" * 64
    (path / "aa").mkdir(parents=True)
    (path / "aa" / printed).write_bytes(b"not what its name says")
    return home, out


@pytest.mark.slow
def test_what_is_wrong_with_a_backup_is_said_and_nothing_is_put_back(kept, tmp_path) -> None:
    home, out = kept
    told = office(home, "backup", str(out))
    assert told.returncode == 1
    assert "它在备份之前已损坏" in told.stderr
    file = next(name for name in zipfile.ZipFile(out).namelist() if name.startswith("files/"))
    for name, data, why in (
        (file, b"others", "已损坏"),
        ("files/../../evil", b"x", "与清单不符"),
        ("manifest.json", b"{}", "不是 jixiao 的备份"),
        ("database.sqlite3", b"SQLite format 3", "已损坏"),
    ):
        copy = tmp_path / "copy.zip"
        copy.write_bytes(out.read_bytes())
        damaged(copy, name, data)
        done = office(tmp_path / "into", "restore", str(copy))
        assert (done.returncode, why in done.stderr) == (2, True), done.stderr
        with closing(sqlite3.connect(tmp_path / "into" / "jixiao.sqlite3")) as held:
            assert held.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    (tmp_path / "no.zip").write_bytes(b"PK nothing")
    assert "不是完整的备份" in office(tmp_path / "into", "restore", str(tmp_path / "no.zip")).stderr


def test_a_missing_tool_of_postgresql_is_named(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(databases.shutil, "which", lambda _: None)
    with pytest.raises(UnreadableError, match="没有找到 pg_dump：请安装 PostgreSQL 客户端工具"):
        databases._run("pg_dump", [])
