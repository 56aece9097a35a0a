"""What a draft may say: the fields of one review, found by their paths and quoted as they are printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from jixiao.expressions import expression
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import PERCENT, Figure, half_up, sum_of
from jixiao.model.finding import FieldPath, Finding
from jixiao.model.score import ScoreSheet
from jixiao.model.target import Actual
from jixiao.papers.drafts.telling import How, Quote
from jixiao.schemes.scheme import Scheme

_CODE = expression(r"^\d{3,}\s*[-—_－:： ]?\s*(?=\D)")
_ROOTS = frozenset({"sheet", "scheme", "findings", "reviews"})


@dataclass(frozen=True, slots=True)
class Ground:
    """The fields of one filing: its table (bare paths), and its sheet, rule-book and findings under their names.

    `reviews` are those of the filings that a department's report speaks of; the table is then an empty one. What is
    `refuted`, by an error of the audit or by the rule-book's score, is in the table and is quoted nowhere.
    """

    table: Evaluation
    sheet: ScoreSheet | None = None
    scheme: Scheme | None = None
    findings: tuple[Finding, ...] = ()
    reviews: tuple["Ground", ...] = ()
    refuted: frozenset[FieldPath] = frozenset()

    def value(self, path: FieldPath) -> object:
        """Return what stands at a path, None where there is nothing; a target or result as one phrase."""
        first, _, rest = path.partition(".")
        if first == "reviews":
            number, _, inner = rest.partition(".")
            return self.reviews[int(number)].value(inner)
        steps = path.split(".")
        whole: object = self if first in _ROOTS else self.table
        if steps[0] == "indicators" and len(steps) > _OF_ROW and steps[2] in {"target", "actual"}:
            return self._cell(int(steps[1]), steps[2])
        for step in steps:
            whole = _inside(whole, step)
        return whole

    def _cell(self, at: int, field: str) -> str | None:
        """Return a row's target or result as a sentence prints it, with the sign and the unit of their own cells."""
        row = self.table.indicators[at]
        if field == "target":
            return row.demand or None
        return _with_unit(row.actual, row.unit)

    def quote(self, path: FieldPath) -> Quote | None:
        """Quote a field, None where it is silent or refuted."""
        printed = shown(self.value(path))
        return Quote(printed, (path,)) if printed and not self.is_refuted(path) else None

    def named(self, path: FieldPath) -> Quote | None:
        """Quote a unit by its name, without the budget code that systems print before it: 058001-青禾县水利局."""
        found = self.quote(path)
        return Quote(_CODE.sub("", found.text), found.paths) if found is not None else None

    def is_refuted(self, path: FieldPath) -> bool:
        """Tell whether what stands at a path was found wrong."""
        first, _, rest = path.partition(".")
        if first == "reviews":
            number, _, inner = rest.partition(".")
            return self.reviews[int(number)].is_refuted(inner)
        return path in self.refuted

    def part(self, path: FieldPath, text: str) -> Quote:
        """Quote a part of a field's text."""
        return Quote(text, (path,))

    def sum(self, paths: Sequence[FieldPath]) -> Quote | None:
        """Add fields up; None where one of them is silent, or there are none."""
        whole = self._added(paths)
        if whole is None:
            return None
        return Quote(_with_figure(whole, self.value(paths[0])), tuple(paths), How.SUM)

    def _added(self, paths: Sequence[FieldPath]) -> Decimal | None:
        """Add fields up, amounts in the unit of the first; None where one is silent or refuted."""
        if any(map(self.is_refuted, paths)):
            return None
        values = [self.value(path) for path in paths]
        figures = [value for value in values if isinstance(value, Figure)]
        if figures and len(figures) == len(values):
            return sum_of(figures).value
        marks = [value for value in values if isinstance(value, Decimal)]
        return sum(marks, Decimal(0)) if marks and len(marks) == len(values) else None

    def difference(self, one: FieldPath, other: FieldPath) -> Quote | None:
        """Take one field from another, without a sign; None where either is silent."""
        return self.less((one,), (other,))

    def less(self, whole: Sequence[FieldPath], earned: Sequence[FieldPath]) -> Quote | None:
        """Take the sum of fields from the sum of as many others; None where one of them is silent."""
        full, own = self._added(whole), self._added(earned)
        if full is None or own is None:
            return None
        return Quote(_with_figure(abs(full - own), self.value(whole[0])), (*whole, *earned), How.DIFFERENCE)

    def rate(self, over: Sequence[FieldPath], under: Sequence[FieldPath]) -> Quote | None:
        """Divide the sum of fields by the sum of as many others, in percent; None where that can't be done."""
        above, below = self._added(over), self._added(under)
        if above is None or not below:
            return None
        return Quote(f"{half_up(Fraction(above) / Fraction(below) * 100, 2):f}%", (*over, *under), How.RATE)

    def count(self, paths: Sequence[FieldPath]) -> Quote:
        """Count fields."""
        return Quote(str(len(paths)), tuple(paths), How.COUNT)

    def number(self, path: FieldPath) -> Decimal | None:
        """Return a field's number in the unit that it is printed in; None where it is silent, refuted or no number."""
        value = None if self.is_refuted(path) else self.value(path)
        if isinstance(value, Figure):
            return value.value
        return value if isinstance(value, Decimal) else None


_OF_ROW = 2


def shown(value: object) -> str:
    """Print a value as the paper does: figures with their unit, no exponent; "" for None."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value)


def _inside(whole: object, step: str) -> object:
    if whole is None:
        return None
    if isinstance(whole, Mapping):
        return whole.get(step)
    if isinstance(whole, tuple):
        return whole[int(step)]
    return getattr(whole, step)


def _with_unit(actual: Actual | None, unit: str | None) -> str | None:
    text = actual.text.strip() if actual is not None else ""
    if not text:
        return None
    return f"{text}{unit}" if unit and text[-1].isdigit() else text


def _with_figure(number: Decimal, like: object) -> str:
    """Print what was worked out of fields: an amount with their unit, marks without needless zeros."""
    if isinstance(like, Figure):
        return f"{number:f}{like.unit.name if like.unit is not None and like.unit is not PERCENT else ''}"
    return f"{number:f}"
