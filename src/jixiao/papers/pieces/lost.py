"""Finds the heading that a torn table lost: the known forms are tried on its rows, and the best fit is taken.

Only where a file has class names and figures but no heading at all; the form taken is said in a doubt by the reader.
"""

import re

from jixiao.expressions import expression
from jixiao.papers import words
from jixiao.papers.cells.columns import worth_of
from jixiao.papers.cells.fits import is_level1
from jixiao.papers.cells.glued import taken_apart
from jixiao.papers.cells.headings import Column, Header
from jixiao.papers.cells.stream import Stream
from jixiao.papers.form import list_forms, load_form

_CLASSES = expression("|".join(f"(?:{p})(?<=指标)" for p, _ in words.LEVEL2.values()))
_NUMBERED = expression(r"指标\d+[:：]")
_TOTAL = expression(rf"{words.TOTAL}\d*")
_FEW_CLASSES, _FEW_FIGURES, _MOST = 3, 6, 4000


def lost_header(stream: Stream) -> tuple[Header, ...]:
    """Return the heading that fits best, standing before the first row; none where this is no torn table."""
    body = [*_CLASSES.findall(stream.fold), *_NUMBERED.findall(stream.fold)]
    figures = re.findall(r"\d+", stream.fold)
    prose = len(re.findall("。", stream.fold))
    if (
        len(set(body)) < _FEW_CLASSES
        or len(figures) < _FEW_FIGURES
        or prose > len(body)
        or len(stream.fold) > _MOST
    ):
        return ()
    first = next(
        (at for a, at in zip(stream.atoms, stream.starts, strict=True) if is_level1(a.fold)), len(stream.fold)
    )
    found = [m.start() for p in (_CLASSES, _NUMBERED) for m in p.finditer(stream.fold)]
    start = min(first, *found)
    start = start if stream.begins_atom(start) or start == 0 else 0
    total = next(
        (m.start() for m in _TOTAL.finditer(stream.fold, start) if stream.begins_atom(m.start())),
        len(stream.fold),
    )
    atoms = taken_apart(stream.cut(start, total).atoms)
    tried = {
        tuple(c.kind for c in load_form(name).columns if c.kind != "particular") for name in list_forms()
    }
    tried = {kinds for kinds in tried if "points" in kinds}
    headers = [
        Header(
            start, start, tuple(Column(kind, "") for kind in kinds), reliable=False, glued=True, guessed=True
        )
        for kinds in sorted(tried)
    ]
    return (max(headers, key=lambda h: worth_of(atoms, h)),)
