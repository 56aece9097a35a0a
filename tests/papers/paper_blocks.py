"""Blocks as the text reader cuts them: a line per line, tab and pipe lines as grids. For the tests of this folder."""

import re
from pathlib import Path

import pytest

from jixiao.layout import Block, Cell, Grid, Line, Place

SEEDS = Path(__file__).resolve().parents[2] / "../shared/seeds"


def blocks_of(text: str) -> tuple[Block, ...]:
    blocks: list[Block] = []
    rows: list[tuple[int, list[str]]] = []
    for number, raw in enumerate([*text.split("\n"), ""], 1):
        if "\t" in raw:
            rows.append((number, raw.split("\t")))
            continue
        if raw.startswith("|"):
            if not re.fullmatch(r"[|\s:-]+", raw) or not rows:
                rows.append((number, raw.strip().strip("|").split("|")))
            continue
        if rows:
            blocks.append(grid_of(rows))
            rows = []
        if raw.strip():
            mark = re.match(r"(#+) ", raw)
            level = len(mark.group(1)) - 1 if mark else None
            blocks.append(Line(raw[mark.end() :] if mark else raw, Place(line=number), level))
    return tuple(blocks)


def grid_of(rows: list[tuple[int, list[str]]]) -> Grid:
    cells = tuple(
        Cell(r, c, text.strip(), place=Place(line=number, row=r + 1, column=c + 1))
        for r, (number, row) in enumerate(rows)
        for c, text in enumerate(row)
        if text.strip()
    )
    return Grid(cells, Place(line=rows[0][0]))


def seed(number: int) -> str:
    found = sorted(SEEDS.glob(f"{number:03}_*.txt"))
    if not found:
        pytest.skip(f"seed {number} is missing: {SEEDS} holds the owner's papers and isn't there")
    return found[0].read_text("utf-8")


def lines_of(text: str, first: int, last: int) -> str:
    return "\n".join(text.split("\n")[first - 1 : last])
