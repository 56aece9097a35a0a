"""Two commands at once on one lake: the second ends at once with a sentence; one that was killed holds nobody up."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from jixiao.batch.alone import LOCK, alone, is_empty
from jixiao.cli import main
from tests.examples import FOLDER

HOLD = """
import os, sys
from pathlib import Path
from jixiao.batch.alone import alone
with alone(Path(sys.argv[1])):
    if os.fork() == 0:  # a killed command's own processes may outlive it for a while
        os.read(0, 1)
        os._exit(0)
    print("held", flush=True)
    os.read(0, 1)
"""


@contextmanager
def _held(lake: Path) -> Iterator[subprocess.Popen[str]]:
    """Let another process hold a lake until its standard input ends."""
    words = [sys.executable, "-c", HOLD, str(lake)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        yield child


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "材料"
    folder.mkdir()
    shutil.copy(FOLDER / "村道养护自评表.txt", folder / "表.txt")
    return folder


@pytest.mark.parametrize(
    "words",
    [
        ("ingest", "材料", "-o", "湖"),
        ("score", "湖"),
        ("audit", "湖"),
        ("rescore", "湖", "--scheme", "zhejiang"),
        ("synthesize", "-o", "湖", "--filings", "1"),
    ],
)
def test_while_one_command_writes_to_a_lake_another_ends_with_a_sentence(
    papers: Path,
    tmp_path: Path,
    words: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(papers.parent)
    lake = tmp_path / "湖"
    lake.mkdir()
    with _held(lake):
        assert main(["batch", *words]) == 2
        assert [one.name for one in lake.iterdir()] == [LOCK]
    told = capsys.readouterr()
    assert "“湖”正由另一个 jixiao batch 命令写入：请等它结束再运行一次" in told.err
    assert told.out == ""


def test_one_that_was_killed_holds_nobody_up_and_its_file_goes(papers: Path, tmp_path: Path) -> None:
    lake, other = tmp_path / "湖", tmp_path / "新湖"
    lake.mkdir()
    with _held(lake) as child:
        child.kill()  # its own child lives on
        child.wait()
        assert (lake / LOCK).exists()
        assert is_empty(lake)
        assert main(["batch", "ingest", str(papers), "-o", str(lake)]) == 0
    assert main(["batch", "ingest", str(papers), "-o", str(other)]) == 0
    assert _files(lake) == _files(other)
    assert LOCK not in _files(lake)


def _files(lake: Path) -> dict[str, bytes]:
    return {
        path.relative_to(lake).as_posix(): path.read_bytes() for path in lake.rglob("*") if path.is_file()
    }


def test_a_lock_is_let_go_whatever_happens_and_needs_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), alone(tmp_path):
        _ = len([one for one in tmp_path.iterdir() if one.name == LOCK]) // 0
    assert not list(tmp_path.iterdir())
    with alone(tmp_path / "none"):
        assert not (tmp_path / "none").exists()
    with alone(tmp_path), _held(tmp_path / "none"):
        pass
