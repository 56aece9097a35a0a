"""The example filings in another dress say the same: what a conversion does to blanks, widths and line ends is no content.

The filings are no part of this repository; where they are missing the tests say so and are skipped.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from jixiao import api
from jixiao.model.evaluation import Evaluation
from tests.papers.paper_blocks import SEEDS

FILES = sorted(SEEDS.glob("*.txt"))
PAGE = 37  # lines on a page
LEVELS = 3
pytestmark = pytest.mark.skipif(not FILES, reason="SKIPPED: ../shared/seeds is missing")


def on_pages(text: str) -> str:
    lines = text.split("\n")
    return "\n".join(
        f"{line}\n\n— {number // PAGE} —\n" if number % PAGE == 0 else line
        for number, line in enumerate(lines, 1)
    )


DRESSES: dict[str, Callable[[str], str]] = {
    "indented": lambda text: re.sub(r"^", "    ", text, flags=re.MULTILINE),
    "without blank lines": lambda text: re.sub(r"\n\s*\n+", "\n", text),
    "full width": lambda text: text.translate({0x30 + digit: 0xFF10 + digit for digit in range(10)}),
    "spaces beside numbers": lambda text: re.sub(
        r"(?<=[\u4e00-\u9fff])(?=\d)|(?<=\d)(?=[\u4e00-\u9fff])", " ", text
    ),
    "on pages": on_pages,
    "bars": lambda text: text.replace("\t", "|"),
}


def rows_of(text: str) -> list[tuple[object, ...]]:
    """Return what stands in every row of every table, and its total."""
    found: list[tuple[object, ...]] = []
    for reading in api.read_papers(text.encode(), name="材料.txt"):
        record = reading.record
        if isinstance(record, Evaluation):
            found += [
                (i.level1, i.level2, i.level3, i.target and bare(i.target.text), i.actual and bare(i.actual.text),
                 i.points, i.score_printed)
                for i in record.indicators
            ]  # fmt: skip
            found.append((reading.kind, record.points_printed, record.total_printed))
    return [tuple(bare(cell) if isinstance(cell, str) else cell for cell in row) for row in found]


def bare(text: str) -> str:
    return re.sub(r"\s", "", text).translate({0xFF10 + digit: 0x30 + digit for digit in range(10)})


@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name[:3])
def test_another_dress_changes_no_cell(path: Path, dress: str) -> None:
    text = path.read_text("utf-8")
    assert rows_of(DRESSES[dress](text)) == rows_of(text)


@pytest.mark.parametrize("gap", ["  ", "    "])
def test_scoring_and_base_data_forms_apart_by_spaces_keep_targets_points_and_scores(gap: str) -> None:
    """Which level an empty cell stood for is lost with it."""
    (path,) = (path for path in FILES if path.name.startswith("003"))
    text = path.read_text("utf-8")
    spaced, tabbed = (rows_of(one) for one in (re.sub(r"\t+", gap, text), text))
    assert [row[LEVELS:] or row for row in spaced] == [row[LEVELS:] or row for row in tabbed]
