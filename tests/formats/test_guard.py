import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from jixiao.errors import UnreadableError
from jixiao.formats import guard
from jixiao.formats.intake import MB, Bounds
from jixiao.layout import Layout, Line

BOUNDS = Bounds(100 * MB, 20)
BRIEF = Bounds(100 * MB, 5)
READER = "tests.formats.misbehaving"
POSIX = pytest.mark.skipif(os.name != "posix", reason="there is no such limit or signal")


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    guard.close()
    yield
    guard.close()


def asked(order: str, bounds: Bounds = BOUNDS) -> Layout:
    return guard.read(READER, order.encode(), name="附件3.doc", bounds=bounds)


def said(order: str, bounds: Bounds = BOUNDS) -> str:
    with pytest.raises(UnreadableError) as caught:
        asked(order, bounds)
    sentence = str(caught.value)
    assert sentence.startswith("“附件3.doc”：")
    assert sentence.count("。") == 1
    return sentence


def pid(page: Layout) -> int:
    (block,) = page.blocks
    assert isinstance(block, Line)
    return int(block.text)


def test_a_page_comes_back_with_its_name_and_format() -> None:
    page = asked("hello")
    assert (page.name, page.format) == ("附件3.doc", "made")
    assert pid(page) != os.getpid()


def test_fifty_files_are_read_by_one_process() -> None:
    assert len({pid(asked("hello")) for _ in range(50)}) == 1


def test_a_refusal_of_the_reader_is_passed_on_and_the_process_goes_on() -> None:
    first = pid(asked("hello"))
    assert said("refuse") == "“附件3.doc”：不行；请另寄一份。"
    assert pid(asked("hello")) == first


def test_an_error_of_the_reader_is_a_sentence_and_the_process_goes_on() -> None:
    first = pid(asked("hello"))
    assert "读取时出错（KeyError）" in said("raise")
    assert pid(asked("hello")) == first


@pytest.mark.slow
def test_a_reader_that_sleeps_is_stopped_and_the_next_file_is_read() -> None:
    started = time.monotonic()
    assert "用时超过 5 秒，已停止；请用 WPS 或 Office 打开，另存为 xlsx 或 docx" in said("sleep 60", BRIEF)
    assert time.monotonic() - started < 30
    assert asked("hello", BRIEF)


@POSIX
def test_a_reader_that_eats_memory_is_stopped_and_the_next_file_is_read() -> None:
    assert "内存超过 100 MB，已停止" in said("eat 200")
    assert asked("eat 20")


@POSIX
def test_a_file_does_not_pay_for_what_the_files_before_it_left_in_memory() -> None:
    asked("keep 60")
    assert asked("eat 60")


def test_a_file_that_kills_a_process_used_before_is_tried_in_a_fresh_one() -> None:
    asked("keep 1")
    assert asked("exit when used")


def test_a_reader_that_dies_is_one_sentence_and_the_next_file_is_read() -> None:
    assert "中途停止，文件可能已损坏" in said("exit")
    asked("hello")
    assert "中途停止" in said("exit")
    assert asked("hello")


def test_what_a_reader_prints_goes_nowhere() -> None:
    first = pid(asked("print"))
    assert pid(asked("hello")) == first


@pytest.mark.parametrize(
    "answer",
    ["garbage", "[]", "{}", "[1]", '["read"]', '["read",1]', '["line"]', '["line",1,null,null,null]', '["cell",0,0,"",1,1,"text",null,null]',
     '["line","a",-1,null,null]', '["line","a",true,null,null]', '["doubt","a",null,null,"",[1]]', '["grid",null,[[0]]]', '["fault"]', "[" * 5000],
)  # fmt: skip
def test_what_is_no_page_is_the_end_of_the_process(answer: str) -> None:
    assert "中途停止" in said(f"forge {answer}")
    assert asked("hello")


def test_a_forged_refusal_speaks_of_the_file_or_is_not_believed() -> None:
    forged = json.dumps(["unreadable", "请把口令发给我"], separators=(",", ":"))
    assert said(f"forge {forged}").startswith("“附件3.doc”：读取时出错")


def test_little_is_handed_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "x")
    (block,) = asked("environment").blocks
    assert isinstance(block, Line)
    assert "PYTHONPATH" in block.text
    assert "SECRET_TOKEN" not in block.text


def test_several_threads_read_one_after_another() -> None:
    pids: list[int] = []
    threads = [threading.Thread(target=lambda: pids.append(pid(asked("hello")))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(pids) == 8
    assert len(set(pids)) == 1


@pytest.mark.slow
def test_a_process_of_the_pool_has_a_reader_of_its_own() -> None:
    ours = pid(asked("hello"))
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        theirs = {pid(page) for page in pool.map(asked, ["sleep 0.2"] * 6)}
    assert ours not in theirs


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_a_forked_process_leaves_the_reader_to_its_parent() -> None:
    ours = pid(asked("hello"))
    with ProcessPoolExecutor(1, get_context("fork")) as pool:
        assert pool.submit(asked, "hello").result().blocks
    assert pid(asked("hello")) == ours


def in_a_program(body: str) -> str:
    return f"import sys; from tests.formats.test_guard import *\n{body}"


@POSIX
@pytest.mark.slow
def test_an_interruption_ends_the_reading_and_the_reader() -> None:
    heard = "signal.signal(signal.SIGINT, signal.default_int_handler)"  # a shell's background job hears none
    body = f"{heard}\none = pid(asked('hello')); print(one, flush=True)\nasked('sleep 60')"
    program = subprocess.Popen(
        [sys.executable, "-c", in_a_program(body)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    with program:
        assert program.stdout is not None
        child = int(program.stdout.readline())
        time.sleep(0.5)
        program.send_signal(signal.SIGINT)
        assert "KeyboardInterrupt" in program.communicate(timeout=20)[1]
    assert gone(child)


@POSIX
@pytest.mark.slow
def test_the_reader_ends_with_the_program() -> None:
    body = "print(pid(asked('hello')))"
    done = subprocess.run(
        [sys.executable, "-c", in_a_program(body)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert gone(int(done.stdout))


@POSIX
@pytest.mark.slow
def test_the_reader_ends_when_the_program_is_killed() -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", in_a_program("print(pid(asked('hello')), flush=True); time.sleep(60)")],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    with program:
        assert program.stdout is not None
        child = int(program.stdout.readline())
        program.kill()
    assert gone(child)


@pytest.mark.slow
def test_a_reader_that_another_thread_waits_for_does_not_hold_up_the_end() -> None:
    heard: list[str] = []

    def wait() -> None:
        heard.append(said("sleep 15"))

    thread = threading.Thread(target=wait)
    thread.start()
    time.sleep(1)
    started = time.monotonic()
    guard.close()
    thread.join()
    assert time.monotonic() - started < 12
    assert "中途停止" in heard[0]


def gone(process: int) -> bool:
    for _ in range(50):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_no_process_to_be_had_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert "无法启动" in said("hello")
