"""The heaviest old workbooks that come past the caps: the process that reads them stays under 300 MB."""

import random
import struct
from collections.abc import Callable, Iterator

import pytest

from jixiao import formats
from jixiao.errors import UnreadableError
from jixiao.formats import guard
from tests.formats.made_xls import Record, number, stream, wide_label, wrapped
from tests.formats.mutating import guarded, memory

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("unmeasured")]

PICTURE = random.Random(7).randbytes(8_000)
TWOS = b"\2\0\0ab"  # a text of two signs


def pictures() -> list[Record]:
    return [*(number(row, 0, 1.5) for row in range(1_000)), *[(0x00EB, PICTURE)] * 11_500]


def texts(count: int) -> list[Record]:
    first = (0x00FC, struct.pack("<II", 1, count) + TWOS * 1_600)
    return [first, *[(0x003C, TWOS * 1_600)] * (count // 1_600 - 1)]


HEAVY: dict[str, tuple[Callable[[], bytes], str]] = {
    "90 MB of pictures": (lambda: wrapped(stream(pictures())), "1000 cells"),
    "50,000 cells": (lambda: wrapped(stream([wide_label(r, c, f"指标{r}") for r in range(5_000) for c in range(10)])), "50000 cells"),
    "14 million texts": (lambda: wrapped(stream([number(0, 0, 1.0)], shared=texts(14_400_000))), "内存超过 270 MB"),
    "the last column": (lambda: wrapped(stream([number(row, 255, 1.0) for row in range(40_000)])), "40000 cells"),
    "a quarter of a million hidden rows": (lambda: wrapped(stream([(0x0208, struct.pack("<H10xI", row % 65_536, 0x20)) for row in range(250_000)])), "没有内容"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    guard.close()
    yield
    guard.close()


@pytest.mark.parametrize("heavy", HEAVY)
def test_reading_an_old_workbook_stays_under_300_mb(heavy: str) -> None:
    make, expected = HEAVY[heavy]
    try:
        page = formats.read(make(), name="重.xls")
        said = f"{sum(len(block.cells) for block in page.blocks)} cells"  # type: ignore[union-attr]
    except UnreadableError as refusal:
        said = str(refusal)
    assert expected in said
    assert all(memory(process) < 300 * 1024 for process in guarded())
