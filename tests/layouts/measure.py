"""Makes damaged papers by seed, reads them and counts what was read right."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from jixiao.formats import read
from jixiao.model.evaluation import Evaluation
from jixiao.model.reading import Kind
from jixiao.papers import recognize
from jixiao.papers.form import list_forms, load_form
from tests.layouts import vocabulary as words
from tests.layouts.cells import Found, Tally, compared
from tests.layouts.damage import DAMAGES
from tests.layouts.invention import invent
from tests.layouts.sheet import Document, Piece, sheet_of
from tests.layouts.styles import GRIDS, STYLES

BESIDE = ("two papers", "report before", "report between")
ONLY_GRIDS = frozenset(("slid",))


@dataclass(frozen=True, slots=True)
class Sample:
    """One made file: by which form, in which style, with which damage ("" none), the bytes, and what is true."""

    form: str
    style: str
    damage: str
    data: bytes
    truths: tuple[Evaluation, ...]


def damages() -> tuple[str, ...]:
    """The names of all damages, to a sheet and beside it."""
    return (*DAMAGES, *BESIDE)


def make(form: str, style: str, damage: str, seed: str) -> Sample | None:
    """Make one file; None where this form has nothing to damage so, or the style shows nothing of it."""
    rng = Random(f"{seed} {form} {style} {damage}")
    document = document_of(rng, form, damage)
    if document is None or (damage in ONLY_GRIDS and style not in GRIDS):
        return None
    return Sample(form, style, damage, STYLES[style](document), document.truths)


def document_of(rng: Random, form: str, damage: str, truth: Evaluation | None = None) -> Document | None:
    """Make a paper of a form, of `truth` where given, and damage it; None where there is nothing to damage so."""
    variant = load_form(form)
    truth = truth or invent(rng, variant)
    sheet = sheet_of(truth, variant)
    if damage in BESIDE:
        other = invent(rng, variant)
        papers: tuple[Piece, ...] = (sheet, sheet_of(other, variant))
        if damage == "two papers":
            return Document(papers, (truth, other))
        report = _report(truth)
        if damage == "report before":
            return Document((report, sheet), (truth,))
        return Document((papers[0], report, papers[1]), (truth, other))
    damaged = DAMAGES[damage](rng, sheet, truth) if damage else (sheet, truth)
    return None if damaged is None else Document((damaged[0],), (damaged[1],))


def _report(truth: Evaluation) -> tuple[str, ...]:
    title = f"{truth.project.unit}关于{truth.year}年度部分项目支出绩效的自评报告"
    return (title, *words.PROSE)


def tally_of(sample: Sample) -> Tally:
    """Read one file and compare."""
    layout = read(sample.data, name="自评表")
    tables = [r for r in recognize(layout) if r.kind is Kind.SELFEVAL_TABLE]
    found = [Found(r.record, bool(r.doubts)) for r in tables if isinstance(r.record, Evaluation)]
    return compared(sample.truths, found)


def samples(style: str, damage: str, count: int, seed: str, form: str = "") -> Iterator[Sample]:
    """Yield up to `count` files of a style and damage, of one form or of all in turn."""
    forms = (form,) if form else list_forms()
    made, first = 0, Random(f"{style} {damage}").randrange(len(forms))
    for k in range(4 * max(count, len(forms))):
        if made == count:
            return
        sample = make(forms[(first + k) % len(forms)], style, damage, f"{seed} {k}")
        if sample is not None:
            made += 1
            yield sample
