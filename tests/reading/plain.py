"""The same files read plainly with the libraries that a user would pick, and how much of the truth is found at all.

The measure is kind to them: a true cell is found when any extracted table cell (of a scan: any line of text) is the same
text but for width, white space and punctuation, or the same number. Where it stands, and to what it belongs, isn't asked.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from io import BytesIO
from time import perf_counter
from typing import Any

import cv2
import docx
import numpy as np
import openpyxl
import pdfplumber
import xlrd

from jixiao.model.evaluation import Evaluation
from tests.formats.drawn import pictures_of
from tests.layouts.cells import normal, true_cells

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_PDF = b"%PDF"


@dataclass(frozen=True, slots=True)
class Plain:
    """How many true cells a library found in how many files, and its time."""

    found: int = 0
    cells: int = 0
    files: int = 0
    seconds: float = 0.0

    def __add__(self, other: "Plain") -> "Plain":
        return Plain(
            self.found + other.found,
            self.cells + other.cells,
            self.files + other.files,
            self.seconds + other.seconds,
        )


def plainly(format_: str, data: bytes, truths: Sequence[Evaluation]) -> Plain:
    """Read one file with the library of its format; nothing where there is none to compare with."""
    way = WAYS.get(format_)
    if way is None:
        return Plain()
    start = perf_counter()
    texts = {normal(text) for text in way[1](data) if text}
    seconds = perf_counter() - start
    numbers = {Decimal(text) for text in texts if _NUMBER.fullmatch(text)}
    wanted = [normal(cell) for truth in truths for cell in true_cells(truth)]
    found = sum(
        cell in texts or (_NUMBER.fullmatch(cell) is not None and Decimal(cell) in numbers) for cell in wanted
    )
    return Plain(found, len(wanted), 1, seconds)


def _pdf(data: bytes) -> Iterator[str]:
    with pdfplumber.open(BytesIO(data)) as document:
        for page in document.pages:
            for table in page.extract_tables():
                yield from (cell for row in table for cell in row if cell)


def _xlsx(data: bytes) -> Iterator[str]:
    for sheet in openpyxl.load_workbook(BytesIO(data), data_only=True).worksheets:
        yield from (
            str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
        )


def _xls(data: bytes) -> Iterator[str]:
    for sheet in xlrd.open_workbook(file_contents=data).sheets():
        yield from (str(cell.value) for row in sheet.get_rows() for cell in row)


def _docx(data: bytes) -> Iterator[str]:
    for table in docx.Document(BytesIO(data)).tables:
        yield from (cell.text for row in table.rows for cell in row.cells)


def _scan(data: bytes) -> Iterator[str]:
    if data.startswith(_PDF):
        pictures = pictures_of(data, dpi=200)
    else:
        pictures = list(cv2.imdecodemulti(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)[1])
    for picture in pictures:
        yield from _engine()(picture).txts or ()


@cache
def _engine() -> Any:  # noqa: ANN401 - the library has no types
    from rapidocr import RapidOCR  # noqa: PLC0415 - it takes seconds to load

    return RapidOCR(params={"Global.log_level": "error"})


WAYS: dict[str, tuple[str, Callable[[bytes], Iterator[str]]]] = {
    "xlsx": ("openpyxl", _xlsx), "xls": ("xlrd", _xls), "et": ("xlrd", _xls), "docx": ("python-docx", _docx),
    "pdf": ("pdfplumber extract_tables", _pdf), "scan": ("rapidocr", _scan),
}  # fmt: skip
