"""A fault or a suspicion about a paper: a value with a place, never an exception."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from jixiao.model.citation import NO_CITATION, Citation

# A path into a record: "funds.total.annual", "indicators.3.score_printed", "claims.7", "sections.2", "execution".
FieldPath = str


class Severity(StrEnum):
    """How sure a finding is: certain, what a reviewer would raise, or a hint."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Origin(StrEnum):
    """Whose fault it is: the author's, the text's way to us (scan, shifted cells), or the issuing system's."""

    AUTHOR = "author"
    LAYOUT = "layout"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Swap:
    """What is put into one field: `new` for the whole of it, or for the words `old` wherever they stand in it."""

    where: FieldPath
    new: str
    old: str = ""


@dataclass(frozen=True, slots=True)
class Fix:
    """What to write instead; `safe` when it follows from the paper alone and may be applied without asking.

    `replacement` stands for the finding's whole field, or for the words `old` in it where these are given. `swaps`
    stand in its stead where several places change, or another field than the finding's own.
    """

    what: str
    replacement: str | None = None
    safe: bool = False
    old: str = ""
    swaps: tuple[Swap, ...] = ()

    def changes(self, where: FieldPath) -> tuple[Swap, ...]:
        """Return what is put where, for a finding at `where`; nothing where only words tell what to do."""
        return self.swaps or (() if self.replacement is None else (Swap(where, self.replacement, self.old),))


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: which rule, where, how sure, in which words, by which text.

    `paper` is the index of the reading in its filing's `readings`; `where` a path into that reading's record;
    `printed` and `computed` what stands there and what should, as text; `interval` every value that would agree.
    `key` is the fault's own words that keep its id stable when other lines move.
    """

    code: str
    name: str
    severity: Severity
    origin: Origin
    paper: int
    where: FieldPath
    says: str
    quoted: str = ""
    printed: str | None = None
    computed: str | None = None
    interval: tuple[Decimal, Decimal] | None = None
    source: Citation = NO_CITATION
    scheme: str | None = None
    fix: Fix | None = None
    key: str = ""
