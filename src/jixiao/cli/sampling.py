"""The work of `jixiao sample`: filings audited, given a risk, and drawn so that anybody can draw them again."""

from dataclasses import dataclass
from pathlib import Path

from jixiao import api
from jixiao.cli import together
from jixiao.cli.reading import ended
from jixiao.cli.together import NOT_READ, Answer, Order, grouping
from jixiao.errors import UnknownNameError
from jixiao.model.codec import Json
from jixiao.rollup.drawing import Sample, sample
from jixiao.rollup.risk import USUAL, load_weights
from jixiao.rollup.sampling import METHOD, Lot


@dataclass(frozen=True, slots=True)
class Lots:
    """What is drawn: the seed, how many, how many of each stratum at least; `risk` None takes the usual points."""

    seed: str
    size: int
    least: int = 1
    risk: Path | None = None


def draw(order: Order, lots: Lots) -> int:
    """Do all of it and return the exit status: 2 where a file could not be read, else 0.

    Raises:
        JixiaoError: an option can't be used, so many can't be drawn, or the file can't be written.
    """
    seed = lots.seed.strip()
    if not seed:
        raise UnknownNameError("请用 --seed 写明种子，例如公开抽签得到的一串数；先公布种子，再抽样。")
    by = grouping(order.by)
    weights = load_weights(lots.risk or USUAL)
    together.make_sure(order)
    checked = together.audited(order)
    made = sample([one.review for one in checked.done], weights, by, (seed, lots.size, lots.least))
    drawn, listed, how = api.sample_pages(made)
    together.put(order, Answer(lambda: answer(made), lambda: (drawn, how), lambda _: (drawn, listed, how)))
    return ended(checked.cut, NOT_READ if checked.unread else 0)


def answer(made: Sample) -> dict[str, Json]:
    """Return the list to be published: with it and nothing else the draw can be made again."""
    return {
        "method": METHOD, "seed": made.draw.seed, "size": made.draw.size, "least": made.draw.least,
        "by": made.by.value, "left_out": made.left_out,
        "strata": [
            {"name": one.name, "filings": one.filings, "risk": f"{one.risk:f}", "size": one.size}
            for one in made.draw.strata
        ],
        "filings": [_filing(made, lot) for lot in made.draw.lots],
    }  # fmt: skip


def _filing(made: Sample, lot: Lot) -> dict[str, Json]:
    one = made.listed[lot.candidate.id]
    return {
        "id": one.id, "stratum": one.stratum, "risk": f"{lot.candidate.risk:f}", "probability": str(lot.probability),
        "drawn": lot.drawn, "project": one.project, "unit": one.unit, "file": one.file,
        "why": [{"says": reason.says, "adds": f"{reason.adds:f}"} for reason in one.risk.reasons],
    }  # fmt: skip
