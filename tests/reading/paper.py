"""The papers of the corpus: what they say, and the page that says it, undamaged or damaged before it is drawn.

Two makers take turns: tests/layouts makes up anything that a form can hold, tests/proof a table whose every figure
follows from others, with the longer sentences of real papers.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from jixiao.layout import Cell, Grid, Layout, Role
from jixiao.model.evaluation import Evaluation
from jixiao.papers.form import list_forms, load_form
from tests.layouts.measure import document_of
from tests.layouts.styles import page_of
from tests.proof.clean import plan_on, planned
from tests.proof.topics import topics

# The damages of tests/layouts that a file with its own cells can show.
HURTS = (
    "slid", "label centred", "label split", "heads split", "page break", "broken", "dashes", "full width", "notes",
    "two papers", "report before", "report between",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paper:
    """One page, and the tables that stand on it in reading order; the same seed gives the same page."""

    page: Layout
    truths: tuple[Evaluation, ...]
    seed: str


def paper(form: str, hurt: str, seed: str) -> Paper | None:
    """Make a page of a form with one damage ("" for none); None where this form shows nothing of it."""
    rng = Random(f"{seed} {form} {hurt}")
    filed = planned(rng, plan_on(rng, rng.choice(topics()), load_form(form))).table
    truth = filed if rng.random() < _FILED else None
    document = document_of(rng, form, hurt, truth)
    return None if document is None else Paper(page_of(document), document.truths, f"{seed} {form} {hurt}")


_FILED = 0.5


def papers(hurt: str, count: int, seed: str) -> Iterator[Paper]:
    """Yield `count` pages with one damage, of all forms in turn."""
    forms = list_forms()
    first, made = Random(f"{seed} {hurt}").randrange(len(forms)), 0
    for k in range(4 * max(count, len(forms))):
        if made == count:
            return
        found = paper(forms[(first + k) % len(forms)], hurt, f"{seed} {k}")
        if found is not None:
            made += 1
            yield found


def one_grid(page: Layout) -> Grid:
    """Put the whole page into one grid, as a sheet has it: a line of text is a cell over the full width."""
    width = max((width_of(block) for block in page.blocks if isinstance(block, Grid)), default=8)
    cells: list[Cell] = []
    top = 0
    for block in page.blocks:
        if isinstance(block, Grid):
            cells += [replace(cell, row=cell.row + top) for cell in block.cells]
            top += height_of(block)
        else:
            role = Role.HEADING if block.level == 0 else Role.TEXT
            cells.append(Cell(top, 0, block.text, 1, width, role))
            top += 1
    return Grid(tuple(cells))


def width_of(grid: Grid) -> int:
    """Count the columns."""
    return max((cell.column + cell.colspan for cell in grid.cells), default=1)


def height_of(grid: Grid) -> int:
    """Count the rows."""
    return max((cell.row + cell.rowspan for cell in grid.cells), default=0)
