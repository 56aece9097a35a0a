"""Reads lines of writing cut out of a page: the recognition model of the rapidocr wheel, run by onnxruntime.

The model files ship inside the wheel and are opened by their path: nothing is fetched, ever. rapidocr's own
code is not run, so that every letter keeps its own likelihood and the letter that came second.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from unicodedata import normalize

import cv2
import numpy as np
import onnxruntime

from jixiao.formats.scan.ink import Picture

READER, TURNER = "PP-OCRv6_rec_small.onnx", "ch_ppocr_mobile_v2.0_cls_mobile.onnx"
HEIGHT = 48  # pixels of a line as the model wants it
LEAST_WIDTH, STEP = 96, 32
BATCH_WIDTH = 1600  # pixels of all lines of a batch side by side: more takes memory and saves no time
LONGEST, SHORTEST = 2400, 1200  # pixels of a line read at once: a longer one is cut where it is lightest
TURNED_SIZE = (192, 48)
BLANK = 0
MOST_THREADS = 8  # each has a stack of its own, which counts as memory


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as read: how likely it is (0..1), what came second, and where it stands (0..1 of the width)."""

    text: str
    sure: float
    second: str
    at: float


@dataclass(frozen=True, slots=True)
class Line:
    """The letters of one line of writing."""

    letters: tuple[Letter, ...]

    @property
    def text(self) -> str:
        """What the line says."""
        return "".join(letter.text for letter in self.letters)

    @property
    def sure(self) -> float:
        """How likely its least likely letter is; 0 when nothing was read."""
        return min((letter.sure for letter in self.letters if letter.text != " "), default=0.0)


def read_lines(crops: Sequence[Picture]) -> list[Line]:
    """Read grey pictures of one line each, in the order given."""
    pieces = [(n, start, piece) for n, crop in enumerate(crops) for start, piece in _pieces(crop)]
    found = [Line(())] * len(crops)
    read = _read([piece for _, _, piece in pieces])
    for (n, start, piece), line in zip(pieces, read, strict=True):
        whole = crops[n].shape[1]
        moved = (replace(c, at=(start + c.at * piece.shape[1]) / whole) for c in line.letters)
        found[n] = Line((*found[n].letters, *moved)) if start else line
    return found


def _pieces(crop: Picture) -> Iterator[tuple[int, Picture]]:
    """Yield the pieces in which a line is read, each with where it begins: what is read at once takes memory."""
    start, pixel = 0, HEIGHT / crop.shape[0]
    while (crop.shape[1] - start) * pixel > LONGEST:
        first, last = (start + max(1, int(length / pixel)) for length in (SHORTEST, LONGEST))
        light = crop[:, first:last].min(axis=0)
        at = first + int(cv2.blur(light[None, :], (max(1, crop.shape[0] // 4), 1))[0].argmax()) + 1
        yield start, crop[:, start:at]
        start = at
    yield start, crop[:, start:]


def _read(crops: Sequence[Picture]) -> list[Line]:
    found: list[Line] = [Line(())] * len(crops)
    session, letters = _reader()
    for numbers, width in _batches(crops):
        batch = np.stack([_prepared(crops[n], width) for n in numbers])
        likely = session.run(None, {session.get_inputs()[0].name: batch})[0]
        for n, table in zip(numbers, likely, strict=True):
            found[n] = _decoded(table, letters, min(1.0, _width(crops[n]) / width))
    return found


def upside_down(crops: Sequence[Picture]) -> float:
    """Give the share of the lines that stand on their heads."""
    if not crops:
        return 0.0
    session = _session(TURNER)
    batch = np.stack([_normal(np.asarray(cv2.resize(crop, TURNED_SIZE), np.uint8)) for crop in crops])
    likely = session.run(None, {session.get_inputs()[0].name: batch})[0]
    return float((likely[:, 1] > likely[:, 0]).mean())


@cache
def _session(name: str) -> Any:  # noqa: ANN401 - onnxruntime ships no types
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(MOST_THREADS, os.cpu_count() or 1)
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(_folder() / name, options, providers=["CPUExecutionProvider"])


@cache
def _reader() -> tuple[Any, tuple[str, ...]]:
    session = _session(READER)
    letters = session.get_modelmeta().custom_metadata_map["character"].splitlines()
    return session, ("", *letters, " ")


def _folder() -> Path:
    spec = find_spec("rapidocr")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(name="rapidocr")
    return Path(spec.origin).parent / "models"


def _width(crop: Picture) -> int:
    return max(1, -(-int(crop.shape[1]) * HEIGHT // int(crop.shape[0])))


def _batches(crops: Sequence[Picture]) -> Iterator[tuple[list[int], int]]:
    """Yield lines of about the same width together, with the width that holds them all."""
    batch: list[int] = []
    width = 0
    for n in sorted(range(len(crops)), key=lambda n: _width(crops[n])):
        wider = max(LEAST_WIDTH, -(-_width(crops[n]) // STEP) * STEP)
        if batch and (wider * (len(batch) + 1) > BATCH_WIDTH or wider > width * 3 // 2):
            yield batch, width
            batch = []
        batch.append(n)
        width = wider
    if batch:
        yield batch, width


def _prepared(crop: Picture, width: int) -> Any:  # noqa: ANN401
    wide = min(width, _width(crop))
    out = np.zeros((3, HEIGHT, width), np.float32)
    out[:, :, :wide] = _normal(np.asarray(cv2.resize(crop, (wide, HEIGHT)), np.uint8))
    return out


def _normal(crop: Picture) -> Any:  # noqa: ANN401
    grey = crop.astype(np.float32) / 127.5 - 1
    return np.broadcast_to(grey, (3, *grey.shape))


def _decoded(table: Any, letters: tuple[str, ...], share: float) -> Line:  # noqa: ANN401
    best = table.argmax(axis=1)
    fresh = np.flatnonzero((best != BLANK) & np.diff(best, prepend=-1).astype(bool))
    found = []
    for at in fresh:
        row = table[at]
        first, second = (int(n) + 1 for n in row[1:].argsort()[:-3:-1])
        sure = float(row[first])
        if normalize("NFKC", letters[first]) == normalize("NFKC", letters[second]):
            sure += float(row[second])  # the same letter, full or half as wide
        place = (int(at) + 0.5) / len(table) / share
        found.append(Letter(letters[first], min(1.0, sure), letters[second], place))
    return Line(tuple(found))


def is_there() -> bool:
    """Tell whether the models are installed."""
    try:
        return (_folder() / READER).is_file()
    except ModuleNotFoundError:
        return False
