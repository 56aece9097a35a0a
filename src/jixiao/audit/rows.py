"""What rules look at in a paper: its tables and reports by their index, rows with their names and paths."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from jixiao.audit.rule import Case
from jixiao.model.claims import DepartmentReport, Report
from jixiao.model.evaluation import Evaluation, Indicator
from jixiao.model.finding import FieldPath
from jixiao.model.score import Score

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator of a paper: its place `at` in the paper's order, and its score where the sheet has one."""

    at: int
    indicator: Indicator
    score: Score | None = None

    def path(self, field: str = "") -> FieldPath:
        """Return the path of the row, or of one of its fields."""
        return f"indicators.{self.at}" + (f".{field}" if field else "")

    @property
    def label(self) -> str:
        """The row by its printed names: 数量指标“就餐人数”."""
        i = self.indicator
        name = i.level4 or i.level3
        return f"{i.level2 or i.level1 or '指标'}“{name}”" if name else f"第 {self.at + 1} 行指标"


def rows_of(record: Evaluation | Report) -> tuple[Row, ...]:
    """Return the printed rows of a paper."""
    return tuple(Row(at, indicator) for at, indicator in enumerate(record.indicators))


def scored_rows(case: Case) -> tuple[Row, ...]:
    """Return the rows of the filing's table beside their scores; none where there is no sheet."""
    if case.evaluation is None or case.sheet is None:
        return ()
    pairs = zip(case.evaluation.indicators, case.sheet.indicators, strict=False)
    return tuple(Row(at, indicator, score) for at, (indicator, score) in enumerate(pairs))


def tables(case: Case) -> Iterator[tuple[int, Evaluation]]:
    """Yield the filing's tables with their index, each as it was read and nothing supplied."""
    for at, reading in enumerate(case.filing.readings):
        if isinstance(reading.record, Evaluation):
            yield at, reading.record


def reports(case: Case) -> Iterator[tuple[int, Report]]:
    """Yield the filing's self-evaluation and evaluation reports with their index."""
    for at, reading in enumerate(case.filing.readings):
        if isinstance(reading.record, Report):
            yield at, reading.record


def department_reports(case: Case) -> Iterator[tuple[int, DepartmentReport]]:
    """Yield the filing's department reports with their index."""
    for at, reading in enumerate(case.filing.readings):
        if isinstance(reading.record, DepartmentReport):
            yield at, reading.record


def main_table(case: Case) -> tuple[int, Evaluation] | None:
    """Return the self-evaluation table as it was read, with its index; None where the filing has none."""
    return next((pair for pair in tables(case) if pair[0] == case.filing.main), None)


def places_of(number: Decimal) -> int:
    """Return the number of printed decimals."""
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def within(printed: Decimal, low: Decimal, high: Decimal, slack: Decimal = CENT) -> bool:
    """Tell whether a printed score can stand for one in low..high.

    One decimal leaves half of its place open (8.7 for 8.71); a whole number does not, for 9 is no way to write 8.6.
    """
    open_half = Decimal("0.05") if places_of(printed) == 1 else Decimal(0)
    return low - slack - open_half <= printed <= high + slack + open_half


def total_of(numbers: Iterable[Decimal | None]) -> Decimal | None:
    """Add the numbers; None when one of them is silent."""
    total = Decimal(0)
    for number in numbers:
        if number is None:
            return None
        total += number
    return total


def shown(number: Decimal) -> str:
    """Return a score as the scheme prints it: two decimals, more only where they are there."""
    return f"{number:.2f}" if places_of(number) <= 2 else f"{number:f}"  # noqa: PLR2004
