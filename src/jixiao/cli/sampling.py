"""The work of `jixiao sample`: filings audited, given a risk, and drawn so that anybody can draw them again."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jixiao import api
from jixiao.cli import outlet, screen
from jixiao.cli.checking import Order as Check
from jixiao.cli.checking import examine
from jixiao.cli.reading import ended
from jixiao.errors import UnknownNameError
from jixiao.model.codec import Json
from jixiao.rollup.drawing import Sample, sample
from jixiao.rollup.risk import USUAL, load_weights
from jixiao.rollup.sampling import METHOD, Lot
from jixiao.rollup.summing import Grouping
from jixiao.telling.answers import as_text

NOT_READ = 2


@dataclass(frozen=True, slots=True)
class Order:
    """What the user asked for; `out` None prints it, `form` is text or json; `risk` None takes the usual points."""

    paths: Sequence[str]
    seed: str
    size: int
    least: int = 1
    by: str = "department"
    risk: Path | None = None
    scheme: str | None = None
    form: str = "text"
    out: Path | None = None
    jobs: int | None = None
    cache: bool = True
    force: bool = False


def draw(order: Order) -> int:
    """Do all of it and return the exit status: 2 where a file could not be read, else 0.

    Raises:
        JixiaoError: an option can't be used, so many can't be drawn, or the file can't be written.
    """
    if not order.seed.strip():
        raise UnknownNameError("请用 --seed 写明种子，例如公开抽签得到的一串数；先公布种子，再抽样。")
    by = grouping(order.by)
    weights = load_weights(order.risk or USUAL)
    target = None if order.out is None else _target(order.out)
    if order.out is not None:
        outlet.must_be_free(order.out, force=order.force)
    checked = examine(Check(order.paths, order.scheme, jobs=order.jobs, cache=order.cache))
    made = sample(
        [one.review for one in checked.done], weights, by, (order.seed.strip(), order.size, order.least)
    )
    if order.out is not None and target is not None:
        outlet.write(order.out, [_written(made, target)], force=order.force)
    elif order.form == "json":
        screen.put_data(as_text(answer(made)))
    else:
        drawn, _, how = api.sample_pages(made)
        screen.put(*screen.page(drawn), *screen.page(how))
    return ended(checked.cut, NOT_READ if checked.unread else 0)


def grouping(word: str) -> Grouping:
    """Return what `--by` names.

    Raises:
        UnknownNameError: nothing; the sentence lists what there is.
    """
    known = [one.value for one in Grouping]
    if word not in known:
        raise UnknownNameError(f"不能按“{word}”分组；可用的有：{'、'.join(known)}。")
    return Grouping(word)


def _target(out: Path) -> str:
    return "json" if out.suffix.lower() == ".json" else outlet.format_of(out)


def _written(made: Sample, target: str) -> bytes:
    return as_text(answer(made)).encode() if target == "json" else api.bind(api.sample_pages(made), target)


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
