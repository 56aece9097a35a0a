"""One page of a long list: its rows in order, found by their ids first, and how many there are in all."""

from dataclasses import dataclass

from django.db.models import F, OrderBy, QuerySet

from jixiao.web.board.wanted import ORDERS, USUAL, Wanted
from jixiao.web.models import Submission

SIZE = 50
MOST = 400  # pages; beyond that a filter finds what is looked for sooner than turning pages
_MAY_BE_SILENT = frozenset(ORDERS.values()) - {"state_since", "path", "errors"}


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one page; `count` is of all pages, `last` the last page that can be turned to."""

    rows: tuple[Submission, ...]
    count: int
    number: int
    last: int

    @property
    def first_row(self) -> int:
        """The number of the page's first row, 0 where there is none."""
        return (self.number - 1) * SIZE + 1 if self.rows else 0

    @property
    def last_row(self) -> int:
        """The number of the page's last row."""
        return (self.number - 1) * SIZE + len(self.rows)

    @property
    def pages(self) -> list[int]:
        """The pages to turn to: the first, the last and those beside this one; 0 stands for a gap."""
        near = {1, self.last, *range(max(1, self.number - 2), min(self.last, self.number + 2) + 1)}
        told: list[int] = []
        for page in sorted(near):
            if told and page != told[-1] + 1:
                told.append(0)
            told.append(page)
        return told


def ordered(found: QuerySet[Submission], wanted: Wanted) -> QuerySet[Submission]:
    """Put filings in the wanted order; what isn't known stands last, and no two orders are possible."""
    if wanted.order == "apart":
        found = found.annotate(apart=F("score_printed") - F("score_rechecked"))
    name = ORDERS.get(wanted.order, ORDERS[USUAL])
    last = True if name in _MAY_BE_SILENT else None  # else the index serves, from either end
    by: OrderBy = F(name).asc(nulls_last=last) if wanted.up else F(name).desc(nulls_last=last)
    return found.order_by(by, F("pk").asc() if wanted.up else F("pk").desc())


def page(found: QuerySet[Submission], wanted: Wanted, number: int) -> Rows:
    """Return a page of the filings; the last one where fewer are left."""
    count = found.order_by().count()
    last = max(1, min(MOST, -(-count // SIZE)))
    at = min(max(1, number), last)
    keys = list(ordered(found, wanted).values_list("pk", flat=True)[(at - 1) * SIZE : at * SIZE])
    told = Submission.objects.select_related("project", "unit", "department").in_bulk(keys)
    return Rows(tuple(told[key] for key in keys), count, at, last)
