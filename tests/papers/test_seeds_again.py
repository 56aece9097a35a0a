"""The tables of the five example filings, written again on their own forms in every format, are read back equal.

The filings are no part of this repository; where they are missing the tests say so and are skipped.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jixiao import api
from jixiao.model.evaluation import Evaluation, FundLine, Funds
from jixiao.model.reading import Reading
from jixiao.model.record import to_json
from jixiao.papers.form import load_form

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
FORMATS = ("text", "xlsx", "docx", "html", "pdf")
LEAST = 10  # that many of their papers can be written


def papers() -> Iterator[tuple[str, Reading]]:
    kinds = {row.kind for row in api.writable()}
    for path in sorted(SEEDS.glob("*.txt")):
        for reading in api.read_papers(path.read_bytes(), name=path.name):
            if reading.kind in kinds:
                yield f"{path.name[:3]}-{reading.index}-{reading.kind}", reading


PAPERS = dict(papers())
SLOW = [pytest.param(kind, marks=[] if kind in ("text", "html") else pytest.mark.slow) for kind in FORMATS]


def held(reading: Reading, kind: str) -> object:
    """What a form can hold of a paper, as JSON.

    Left out: the remains of a blank form (指标2：, ……), which are never written; a grade that the form has no cell for;
    the sources of funds that print no figure, and the unit over them, which every form has; and in PDF the spaces,
    which a line break in a narrow cell swallows.
    """
    record = reading.record
    if isinstance(record, Evaluation):
        form = load_form(record.form) if record.form else None
        graded = form is not None and any(name == "grade" for name, _ in form.tail)
        record = replace(record, residue=(), grade_printed=record.grade_printed if graded else None)
        record = replace(record, funds=told_funds(record.funds))
    content = to_json(Reading(reading.kind, record))
    return json.dumps(content, ensure_ascii=False).replace(" ", "") if kind == "pdf" else content


def told_funds(funds: Funds) -> Funds:
    total, fiscal, carryover, special, other = (
        line if line is not None and told(line) else None
        for line in (funds.total, funds.fiscal, funds.carryover, funds.special, funds.other)
    )
    lines = (total, fiscal, carryover, special, other, *funds.more)
    unit = funds.unit if any(line is not None for line in lines) else None
    return Funds(unit, total, fiscal, carryover, special, other, funds.more)


def told(line: FundLine) -> bool:
    return any(getattr(line, name) is not None for name in ("initial", "annual", "executed", "received"))


def test_the_example_filings_are_there() -> None:
    if not SEEDS.is_dir():
        pytest.skip(
            "SKIPPED: the example filings (../shared/seeds) are not on this machine: nothing was written again"
        )
    assert len(PAPERS) >= LEAST


@pytest.mark.parametrize("kind", SLOW)
@pytest.mark.parametrize("name", PAPERS)
def test_a_table_written_again_on_its_own_form_is_read_back_equal(name: str, kind: str) -> None:
    reading = PAPERS[name]
    data = api.render(reading.record, paper=reading.kind, format=kind)
    (again,) = api.read_papers(data, name="again")
    assert held(again, kind) == held(reading, kind)
