"""LibreOffice as a guest: what is left of it once the process that reads is struck down."""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from jixiao import formats
from jixiao.errors import UnreadableError
from jixiao.formats import guard
from jixiao.formats.intake import MB, Bounds
from jixiao.formats.ole import soffice
from jixiao.layout import Line
from tests.formats.old_word import Paragraph, old_word

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what is left"),
]
ENDLESS = f"47{os.getpid()}"  # seconds, by which the process is known again
BRIEF = Bounds(100 * MB, 3)


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    guard.close()
    yield
    guard.close()


@pytest.fixture(params=["with unshare", "without unshare"])
def hanging(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A program called soffice that starts another one and waits for it, as the real one does."""
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n/bin/sleep {ENDLESS} &\nwait\n", "ascii")
    program.chmod(0o755)
    way = str(request.param)
    more = os.environ["PATH"] if way == "with unshare" else ""
    monkeypatch.setenv("PATH", os.pathsep.join(filter(None, (str(tmp_path), more))))
    return way


def left() -> list[int]:
    """The programs started by the one called soffice that are alive."""
    found = []
    for told in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = told.read_bytes().split(b"\0")
        except OSError:
            continue
        if ENDLESS.encode() in words:
            found.append(int(told.parent.name))
    return found


def waited(wanted: int) -> bool:
    """Wait until so many are alive."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if len(left()) == wanted:
            return True
        time.sleep(0.05)
    return False


def read() -> str:
    with pytest.raises(UnreadableError) as caught:
        guard.read("jixiao.formats.rtf.reading", b"{\\rtf1 a}", name="甲.rtf", bounds=BRIEF)
    return str(caught.value)


def test_nothing_of_libreoffice_is_left_when_its_reader_is_out_of_time(hanging: str) -> None:
    assert "用时超过 3 秒" in read()
    assert waited(0), hanging


def test_nothing_of_libreoffice_is_left_when_its_reader_is_killed_by_others(hanging: str) -> None:
    if hanging == "without unshare" or not soffice._apart():
        pytest.skip("nothing but the system itself could end it")
    said: list[str] = []
    reading = threading.Thread(target=lambda: said.append(read()))
    reading.start()
    assert waited(1)
    (child,) = guard._WARD.children.values()
    os.kill(child.process.pid, signal.SIGKILL)
    reading.join()
    assert waited(0)
    assert said


@pytest.mark.skipif(soffice.program() is None, reason="SKIPPED: LibreOffice is not installed")
def test_old_documents_made_ready_together_are_read_with_one_start_and_a_bad_one_costs_nobody_else() -> None:
    sound = old_word([Paragraph("青禾县护林站自评表"), Paragraph("得分")])
    files = [sound, *(old_word([Paragraph(f"第{n}份"), Paragraph("得分")]) for n in range(3))]
    bad = files[0][:700]
    formats.ahead([*files, bad, b"{\\rtf1 a}", b"{\\rtf1 b}"])
    child = next(iter(guard._WARD.children.values()))
    assert child.served == 2  # what was made ready, the documents and the rich text
    texts = [formats.read(data, name="甲.doc").blocks[0] for data in files]
    assert [block.text for block in texts if isinstance(block, Line)] == [
        "青禾县护林站自评表", "第0份", "第1份", "第2份",
    ]  # fmt: skip
    with pytest.raises(UnreadableError, match=r"“乙\.doc”："):
        formats.read(bad, name="乙.doc")
