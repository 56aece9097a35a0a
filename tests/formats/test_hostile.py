"""Files made to do harm: read or refused in one sentence, soon, in little memory, and never with what isn't theirs."""

import io
import re
import subprocess
import sys
import time
from dataclasses import fields
from pathlib import Path

import pytest

from jixiao import api, formats
from jixiao.errors import UnreadableError
from jixiao.formats import archive
from jixiao.formats.intake import LIMITS, Limits
from jixiao.layout import Grid, Layout, Line
from tests.formats.hostile import ENTITIES, HOSTILE, OURS, PROLOGS, in_each_other

SOON = 60  # seconds that no file may take, on a slow machine beside other work; a loop never ends

SLOW = {
    "pdf: a huge picture",
    "xlsx: merges",
    "pdf: rules",
    "pdf: a form that draws itself",
    "rtf: brackets",
    "mhtml: a long boundary",
}


def come_of(data: bytes) -> Layout | str:
    """What reading comes to: a page, or one sentence; anything else is an error of ours."""
    started = time.monotonic()
    try:
        return formats.read(data, name="自评表")
    except UnreadableError as refused:
        said = str(refused)
        assert said.startswith("“自评表”：")
        assert (said.count("。"), said.count("\n")) == (1, 0)
        return said
    finally:
        assert time.monotonic() - started < SOON


def words(layout: Layout) -> str:
    lines = [block.text for block in layout.blocks if isinstance(block, Line)]
    cells = [cell.text for block in layout.blocks if isinstance(block, Grid) for cell in block.cells]
    return "\n".join((*lines, *cells))


@pytest.mark.parametrize(
    "harm", [pytest.param(harm, marks=[pytest.mark.slow] if harm in SLOW else []) for harm in HOSTILE]
)
def test_harm_comes_to_a_page_or_a_sentence(harm: str) -> None:
    came = come_of(HOSTILE[harm]())
    if isinstance(came, Layout):
        assert len(words(came)) < 5_000_000


@pytest.mark.parametrize("kind", ENTITIES)
@pytest.mark.parametrize("harm", PROLOGS)
def test_an_entity_grows_into_nothing_and_brings_nothing_in(kind: str, harm: str, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(OURS, "utf-8")
    data = ENTITIES[kind](harm, (tmp_path / "secret.txt").as_uri())
    came = come_of(data)
    said = came if isinstance(came, str) else words(came)
    assert OURS not in said
    assert len(said) < len(data)
    if kind in {"xlsx", "docx"}:
        assert isinstance(came, str)


def test_zips_in_zips_are_listed_to_the_depth_that_is_allowed() -> None:
    (found,) = archive.members(io.BytesIO(in_each_other(40)), name="包.zip") or ()
    assert found.path == "里.zip/里.zip"


@pytest.mark.slow
def test_thousands_of_headings_are_read_in_a_time_that_grows_with_them() -> None:
    heading = "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n"

    def seconds(times: int) -> float:
        started = time.process_time()
        assert api.read_papers((heading * times).encode(), name="自评表")
        return time.process_time() - started

    seconds(10)
    assert seconds(2_000) < 40 * max(seconds(200), 0.5)


def test_every_cap_says_what_it_bounds() -> None:
    said = re.findall(r"^ +(\w+): .+$", Limits.__doc__ or "", re.MULTILINE)
    assert said == [field.name for field in fields(Limits)]


PROBE = """
import os
from jixiao import formats
from jixiao.errors import UnreadableError
from jixiao.formats import guard
from tests.formats.hostile import HOSTILE
from tests.formats.mutating import memory
peaks = {}
for harm, make in HOSTILE.items():
    data = make()
    try:
        formats.read(data, name="a")
    except UnreadableError:
        pass
    for bounds, child in guard._WARD.children.items():
        peaks[bounds.memory] = max(peaks.get(bounds.memory, 0), memory(child.process.pid))
print(memory(os.getpid()) // 1024, *(f"{most}:{peak // 1024}" for most, peak in peaks.items()))
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="what a process took is told otherwise elsewhere")
@pytest.mark.usefixtures("unmeasured")
def test_no_harm_takes_more_than_300_mb_here_or_in_a_readers_process() -> None:
    root = Path(__file__).parent.parent.parent
    done = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, check=True, cwd=root)
    own, *peaks = done.stdout.split()
    reached = {int(most): int(peak) for most, _, peak in (one.partition(":") for one in peaks)}
    assert int(own) < 300
    assert reached.pop(LIMITS.guard_of_scans.memory, 0) < 1200  # it holds the models of letters
    assert reached
    assert all(peak < 300 for peak in reached.values())
