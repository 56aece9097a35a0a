"""`read` for programs: paper after paper while they are read, so that ten thousand need no more memory than ten."""

import json
import sys
from collections.abc import Sequence
from contextlib import suppress
from textwrap import indent

from jixiao import __version__
from jixiao.cli import screen
from jixiao.cli.files import Source
from jixiao.cli.reading import Batch, Outcome, read_each, with_bar
from jixiao.cli.store import Store
from jixiao.model.record import to_json


def put_papers(sources: Sequence[Source], jobs: int | None, store: Store | None) -> Batch:
    """Print the answer of `jixiao read` while the files are read; interrupted, it ends whole with what is done.

    The outcomes that come back hold no papers any more.
    """
    told: list[Outcome] = []
    papers = False
    screen.put_data(f'{{\n  "jixiao": {json.dumps(__version__)},\n  "papers": [')
    texts = read_each(sources, jobs, store, _told)
    with suppress(KeyboardInterrupt):
        for outcome, text in texts if sys.stdout.isatty() else with_bar(texts, len(sources)):
            screen.put_data(f"{',' if papers and text else ''}{text}")
            papers = papers or bool(text)
            told.append(outcome)
    screen.put_data("\n  ]\n}\n" if papers else "]\n}\n")
    return Batch(tuple(told), len(sources) - len(told))


def _told(outcome: Outcome) -> tuple[Outcome, str]:
    """Return the text of an outcome's papers, and the outcome without them."""
    text = ",".join(_paper(to_json(reading)) for reading in outcome.readings)
    return Outcome(outcome.name, fault=outcome.fault), text


def _paper(keys: object) -> str:
    return "\n" + indent(json.dumps(keys, ensure_ascii=False, indent=2), "    ")
