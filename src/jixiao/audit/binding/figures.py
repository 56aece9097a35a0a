"""Which cell of a table each figure of a report restates, and whether the two agree.

A report says again what its tables hold. Here every figure that it states becomes a Link: to the cell it restates, with
units converted and the printed precision respected, or to none, with the reason. The linker is conservative: a wrong
link becomes a wrong accusation, so what is not surely the same thing stays unlinked.

Totals, classes and rows stand in marks.py, money and rates of money in money.py, counts and other
results in results.py.
"""

from jixiao.audit.binding.link import Link
from jixiao.audit.binding.marks import mark_links
from jixiao.audit.binding.money import money_links
from jixiao.audit.binding.results import result_links
from jixiao.model.reading import Filing


def links_in(filing: Filing) -> tuple[Link, ...]:
    """Return a link for every figure that the filing's reports state, in the order of paper and field."""
    found = (*mark_links(filing), *money_links(filing), *result_links(filing))
    return tuple(sorted(found, key=_order))


def marks_in(filing: Filing) -> tuple[Link, ...]:
    """Return those of the links that are of totals, classes and rows: of points and scores."""
    return tuple(sorted(mark_links(filing), key=_order))


def _order(link: Link) -> tuple[int, tuple[tuple[int, str], ...]]:
    parts = link.said.where.split(".")
    return link.said.paper, tuple((int(part), "") if part.isdigit() else (-1, part) for part in parts)
