"""The heaviest files that come past the caps, each read in a process of its own: under 300 MB whatever comes."""

import os
import random
import subprocess
import sys
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import pytest

from jixiao.formats import guard
from tests.formats import damage
from tests.formats.damage import Picture
from tests.formats.made import document, inline, packed, paragraph, sheet, table, workbook
from tests.formats.test_scan import drawn

pytestmark = pytest.mark.usefixtures("unmeasured")

MB = 1024 * 1024
PROBE = """
import resource, sys
def peak():
    status = Path("/proc/self/status")  # its mark begins with the process, that of getrusage with its parent
    if status.exists():
        return int(status.read_text().split("VmHWM:")[1].split()[0]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
from pathlib import Path
from jixiao import formats
from jixiao.errors import UnreadableError
from jixiao.formats import intake
try:
    path = Path(sys.argv[1])
    layout = formats.read(intake.read_file(path), name=path.name)
    said = "read %d" % len(layout.blocks)
except UnreadableError as refusal:
    said = str(refusal)
print(peak(), said)
"""

SCAN = """
import sys
from pathlib import Path
from jixiao.errors import UnreadableError
from jixiao.formats import read_here
from jixiao.formats.scan import recognition
recognition._reader(), recognition._session(recognition.TURNER)  # as after a page before
try:
    layout = read_here(sys.argv[1], Path(sys.argv[2]).read_bytes(), name="a")
    said = "read" if len(layout.blocks) > 1 else "hardly anything"
except UnreadableError as refusal:
    said = str(refusal)
status = Path("/proc/self/status").read_text()
print(int(status.split("VmHWM:")[1].split()[0]) // 1024, said)
"""


def ballast(size: int) -> bytes:
    """Bytes that no compression makes smaller, and no zero among them."""
    return random.Random(7).randbytes(size).replace(b"\0", b"\1")


def with_ballast(data: bytes, size: int) -> bytes:
    import zipfile  # noqa: PLC0415
    from io import BytesIO  # noqa: PLC0415

    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return packed({**parts, "media/picture.bin": ballast(size)})


def many_cells(count: int) -> str:
    rows = (
        f'<row r="{n + 1}">{"".join(inline("", f"指标{n}之{m}") for m in range(20))}</row>'
        for n in range(count // 20)
    )
    return sheet("".join(rows))


HEAVY = {
    "zeros": lambda: bytes(99 * MB),
    "noise": partial(ballast, 99 * MB),
    "lines": lambda: b"\n" * (15 * MB),
    "short lines": lambda: "甲\n".encode() * 199_000,
    "tabs": lambda: "甲\t".encode() * 199_000,
    "one line": lambda: "甲".encode() * 5_000_000 + "𠮷".encode(),
    "latin noise": lambda: b"\xb0\xa1" * (7 * MB),
    "cells and pictures": lambda: with_ballast(workbook(many_cells(199_000)), 90 * MB),
    "too many cells": lambda: workbook(many_cells(300_000)),
    "rows of nothing": lambda: workbook(sheet('<row hidden="1"/>' * 3_000_000)),
    "columns of nothing": lambda: workbook(sheet("", before="<cols>" + '<col min="1" max="16384" hidden="1"/>' * 100_000 + "</cols>")),
    "merges": lambda: workbook(
        sheet(f'<row r="1">{inline("A1", "甲")}</row>', after="".join(f'<mergeCell ref="A{n}:H{n}"/>' for n in range(1, 50_001)))
    ),
    "strings": lambda: workbook(sheet(f'<row r="1">{inline("A1", "甲")}</row>'), strings="<si><t>甲乙丙丁</t></si>" * 1_000_000),
    "one table": lambda: document(table(*([[paragraph("指标值", '<w:jc w:val="center"/>')] * 10] * 1_500))),
    "one huge table": lambda: document(table(*([[paragraph("指标值", '<w:jc w:val="center"/>')] * 10] * 20_000))),
    "paragraphs": lambda: document(paragraph("指标值") * 199_000),
    "bomb": lambda: workbook(sheet("", after=("<!--" + " " * 4_000 + "-->") * 60_000)),
    "attributes": lambda: document("<w:p" + "".join(f' a{n}="1"' for n in range(400_000)) + "/>"),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("heavy", HEAVY)
def test_reading_stays_under_300_mb(heavy: str, tmp_path: Path) -> None:
    path = tmp_path / "重.xlsx"
    path.write_bytes(HEAVY[heavy]())
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(path)], capture_output=True, text=True, check=True
    )
    peak, said = done.stdout.split(" ", 1)
    assert int(peak) < 300, said


def scanned(dpi: int = 300) -> Picture:
    """A page in colour, turned, with grain."""
    return damage.noisy(damage.turned(drawn(dpi, width=297, height=210), 1.0), 6)


def coded(picture: Picture, suffix: str, *options: int) -> bytes:
    return cv2.imencode(suffix, picture, options)[1].tobytes()


def grain() -> Picture:
    return np.random.default_rng(1).integers(0, 255, (3508, 2480, 3)).astype(np.uint8)


def ruled(step: int) -> Picture:
    page = np.full((3508, 2480), 255, np.uint8)
    for lines in (page, page.T):
        lines[::step] = 0
        lines[1::step] = 0
    return page


def one_long_line() -> Picture:
    page = np.full((120, 7_000), 255, np.uint8)
    for n in range(34):
        cv2.putText(page, "0123456789", (20 + 198 * n, 60), 0, 0.5, 0, 1)
    return page


LARGE = (5700, 5700, 3)
PICTURES = {
    "a page in colour": lambda: coded(scanned(), ".jpg"),
    "two pages in colour": lambda: bytes(cv2.imencodemulti(".tiff", [scanned()] * 2)[1]),
    "grain": lambda: coded(grain(), ".jpg", cv2.IMWRITE_JPEG_QUALITY, 60),
    "a grid": lambda: coded(ruled(12), ".png"),
    "one long line": lambda: coded(one_long_line(), ".png"),
    "large png": lambda: coded(np.full(LARGE, 255, np.uint8), ".png"),
    "large tiff": lambda: coded(np.full(LARGE, 255, np.uint8), ".tiff"),
    "large webp": lambda: coded(np.full(LARGE, 255, np.uint8), ".webp"),
    "large jpeg": lambda: coded(np.full(LARGE, 255, np.uint8), ".jpg"),
    "a jpeg refined scan by scan": lambda: coded(
        np.full(LARGE, 255, np.uint8), ".jpg", cv2.IMWRITE_JPEG_PROGRESSIVE, 1
    ),
}


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="tells no peak of its memory")
@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_is_read_or_refused_under_300_mb(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "页"
    path.write_bytes(PICTURES[kind]())
    module = "jixiao.formats.pdf.album" if "pages" in kind else "jixiao.formats.scan.reading"
    done = subprocess.run(
        [sys.executable, "-c", SCAN, module, str(path)], capture_output=True, text=True, check=True,
        env={**os.environ, **guard.GIVES_BACK},
    )  # fmt: skip
    peak, said = done.stdout.split(" ", 1)
    assert int(peak) < 300
    assert said.startswith("read") or not kind.startswith(("a page", "two pages")), said
