"""Reading in processes: a process that dies costs one file, an interruption is one line, and a bar needs a terminal."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Self

import pytest

from jixiao.cli import processes, reading
from jixiao.cli.files import sources
from tests.command import Jixiao
from tests.examples import FOLDER

JIXIAO = Path(sys.executable).with_name("jixiao")
PAPERS = sorted(str(path) for path in FOLDER.glob("*.txt"))


class Mortal:
    """A pool whose process dies over every file that `deadly` names, and over all that wait behind it."""

    deadly = ""
    dead = False

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def submit(self, work: object, source: object) -> "Future[object]":
        future: Future[object] = Future()
        self.dead = self.dead or self.deadly in str(source)
        if self.dead:
            future.set_exception(BrokenProcessPool())
        else:
            future.set_result(work(source))  # type: ignore[operator]
        return future


def test_a_process_that_dies_costs_only_the_file_that_killed_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_pool", Mortal)
    monkeypatch.setattr(Mortal, "deadly", "卫生院")
    outcomes = reading.read_all(sources(PAPERS), 2).outcomes
    assert [bool(outcome.fault) for outcome in outcomes] == ["卫生院" in name for name in PAPERS]
    fault = next(outcome.fault for outcome in outcomes if outcome.fault)
    assert fault.startswith("处理“")
    assert "BrokenProcessPool" in fault


def test_few_files_need_one_process_and_many_take_several() -> None:
    assert processes.processes(1) == processes.processes(processes.MANY - 1) == 1
    assert 1 <= processes.processes(1000) <= (os.cpu_count() or 1)


def test_progress_is_silent_where_there_is_no_terminal(jixiao: Jixiao) -> None:
    assert jixiao("read", FOLDER, "--format", "json").err == ""


@pytest.mark.slow
@pytest.mark.usefixtures("unmeasured")
@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_a_bar_is_shown_on_a_terminal_and_never_in_the_answer(tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    words = [str(JIXIAO), "read", str(FOLDER), "--format", "json", "--jobs", "1"]
    env = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
    answer = tmp_path / "answer.json"
    with answer.open("wb") as out, subprocess.Popen(words, stdout=out, stderr=theirs, env=env) as process:
        os.close(theirs)
        said = b"".join(pieces(ours))
        process.wait(60)
    os.close(ours)
    assert "读取" in said.decode()
    assert answer.read_bytes().startswith(b"{")


def pieces(terminal: int) -> Iterator[bytes]:
    """Yield what comes until the other end is closed, which Linux says by an error."""
    with contextlib.suppress(OSError):
        while piece := os.read(terminal, 4096):
            yield piece


def papers_in(folder: Path, count: int) -> None:
    paper = (FOLDER / "卫生院设备自评表.txt").read_text("utf-8")
    for number in range(count):
        (folder / f"{number:04}.txt").write_text(f"{paper}\n第 {number} 份\n", "utf-8")


@pytest.mark.slow
@pytest.mark.usefixtures("unmeasured")  # interrupted while it counts, a process waits for itself
@pytest.mark.skipif(sys.platform == "win32", reason="signals work otherwise there")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interruption_leaves_whole_papers_in_order_and_says_what_is_missing(
    jobs: str, tmp_path: Path
) -> None:
    folder = tmp_path / "材料"
    folder.mkdir()
    papers_in(folder, 1500)
    if (
        signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    ):  # a shell that runs the tests behind itself hands that on
        signal.signal(signal.SIGINT, signal.default_int_handler)
    words = [str(JIXIAO), "read", str(folder), "--jobs", jobs, "--format", "json", "--no-cache"]
    answer = tmp_path / "answer"
    with (
        answer.open("wb") as out,
        subprocess.Popen(words, stdout=out, stderr=subprocess.PIPE, start_new_session=True) as process,
    ):
        while answer.stat().st_size < 100_000:
            time.sleep(0.1)
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=60)
    files = [Path(paper["file"]).name for paper in json.loads(answer.read_bytes())["papers"]]
    assert process.returncode == 130
    assert files == sorted(files)
    assert 1 < len(files) < 1500
    assert err.decode() == (
        f"已中断：1500 个文件处理了 {len(files)} 个，结果只包括这些；再运行一次，读过的不再重读。\n"
    )


class Stopping:
    """A reader that is interrupted over the third file."""

    def __init__(self) -> None:
        self.read = 0
        self.really = reading.read_one

    def __call__(self, *source: object, **store: object) -> reading.Outcome:
        self.read += 1
        if self.read == 3:
            raise KeyboardInterrupt
        return self.really(*source, **store)  # type: ignore[arg-type]


def test_an_interrupted_check_writes_what_is_done_whole_and_a_baseline_not_at_all(
    tmp_path: Path, jixiao: Jixiao, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers_in(tmp_path, 5)
    out, baseline = tmp_path / "问题.json", tmp_path / "基线.json"
    monkeypatch.setattr(reading, "read_one", Stopping())
    told = jixiao("check", tmp_path, "-o", out, "--baseline", baseline, "--write-baseline")
    assert told.status == 130
    assert "5 个文件处理了 2 个" in told.lines[-1]
    assert json.loads(out.read_text("utf-8"))["summary"]["papers"] == 2
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix != ".txt") == ["问题.json"]


@pytest.mark.slow
@pytest.mark.usefixtures("unmeasured")
def test_a_reader_that_leaves_early_is_no_fault() -> None:
    command = f"'{JIXIAO}' rule | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[1] in {"0", "141"}
    assert done.stderr == ""


@pytest.mark.slow
@pytest.mark.usefixtures("unmeasured")
@pytest.mark.parametrize("encoding", ["ascii", "gbk"])
def test_a_terminal_of_another_encoding_is_no_obstacle_and_json_stays_utf_8(
    encoding: str, right: Path
) -> None:
    env = {**os.environ, "PYTHONIOENCODING": encoding}
    shown = subprocess.run([str(JIXIAO), "check", str(right)], capture_output=True, env=env, check=False)
    assert (shown.returncode, shown.stderr) == (0, b"")
    assert b"99.70" in shown.stdout
    answered = subprocess.run(
        [str(JIXIAO), "read", str(right), "--format", "json"], capture_output=True, env=env, check=False
    )
    assert "村道日常养护补助" in answered.stdout.decode("utf-8")
