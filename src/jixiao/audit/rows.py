"""What rules look at in a paper: its rows with their names, paths and what they say, and a few ways to add."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from jixiao.audit.lexicon import NO_LISTS, Lists, lists_by_part
from jixiao.audit.reach import bound_of, is_met, is_numeric, share_reached
from jixiao.audit.traits import of_both, of_cells, of_result, of_target
from jixiao.expressions import expression
from jixiao.model.asked import asked_once
from jixiao.model.claims import DepartmentReport, Report
from jixiao.model.evaluation import Evaluation, Indicator
from jixiao.model.figure import Figure, tidy
from jixiao.model.finding import FieldPath
from jixiao.model.reading import Filing
from jixiao.model.score import Score

_BLANK_INSIDE = expression(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")

CENT = Decimal("0.01")


class Sort(StrEnum):
    """The second-level classes of 财预〔2020〕10号, and cost; by what they are called in rules."""

    QUANTITY = "数量"
    QUALITY = "质量"
    TIMELINESS = "时效"
    COST = "成本"
    ECONOMIC = "经济效益"
    SOCIAL = "社会效益"
    ECOLOGICAL = "生态效益"
    SUSTAINABLE = "可持续影响"
    SATISFACTION = "满意度"


# 经济成本, 社会成本, 生态环境成本 are costs: so cost goes first.
_SORTED = (
    ("成本", Sort.COST), ("数量", Sort.QUANTITY), ("质量", Sort.QUALITY), ("时效", Sort.TIMELINESS),
    ("及时", Sort.TIMELINESS), ("满意", Sort.SATISFACTION), ("可持续", Sort.SUSTAINABLE), ("长效", Sort.SUSTAINABLE),
    ("生态", Sort.ECOLOGICAL), ("环境", Sort.ECOLOGICAL), ("社会", Sort.SOCIAL), ("经济", Sort.ECONOMIC),
)  # fmt: skip
_USUAL = {f"{sort.value}指标": sort for sort in Sort}
_UPPER = frozenset({"产出指标", "效益指标", "决策", "过程", "产出", "效益"})  # no second-level name


def sort_named(name: str | None) -> Sort | None:
    """Return the class that a printed level name stands for: 时效指标, 社会效益指标（10分）; None for any other."""
    if not name or name in _UPPER:
        return None
    if name in _USUAL:
        return _USUAL[name]
    for word, sort in _SORTED:
        if word in name:
            return sort
    return None


@dataclass(frozen=True)
class Said:
    """What the cells of a paper's rows say, by lexicon lists, worked out in one pass over all of them."""

    indicators: tuple[Indicator, ...]

    @asked_once
    def parts(self) -> list[str]:
        """The tidied cells, `_PARTS` of each row, the row's own name first."""
        return tidy("\x01".join([part for i in self.indicators for part in _parts(i)])).split("\x01")

    @asked_once
    def sorts(self) -> Mapping[str | None, Sort | None]:
        """The class that each name of the first two levels stands for."""
        return {name: sort_named(name) for name in {n for i in self.indicators for n in (i.level1, i.level2)}}

    @asked_once
    def words(self) -> tuple[tuple[Lists, ...], ...]:
        """For each row the lists of its name, target, result, reason, other cells, and of all of them."""
        told = lists_by_part(self.parts)
        rows = [told[n : n + _PARTS] for n in range(0, len(told), _PARTS)]
        return tuple([(*row, NO_LISTS.union(*row)) for row in rows])


_PARTS = 5


def _parts(i: Indicator) -> tuple[str, ...]:
    name = i.level4 or i.level3 or ""
    above = f"{i.level1 or ''} {i.level2 or ''} {i.level3 if i.level4 else ''}"
    return (
        name, i.target.text if i.target else "", i.actual.text if i.actual else "",
        f"{i.reason or ''}{i.remedy or ''}", f"{above} {i.remarks or ''} {i.unit or ''}",
    )  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One indicator of a paper: its place `at` in the paper's order, its score where the sheet has one.

    `paper` is the index in the filing's readings. What is worked out (`met`, `words` …) is worked out once.
    """

    at: int
    indicator: Indicator
    score: Score | None = None
    paper: int = 0
    said: "Said | None" = field(default=None, repr=False, compare=False)

    def path(self, field: str = "") -> FieldPath:
        """Return the path of the row, or of one of its fields."""
        return f"indicators.{self.at}.{field}" if field else f"indicators.{self.at}"

    @asked_once
    def name(self) -> str:
        """The indicator's own name: the fourth level where there is one, else the third; "" where none is printed."""
        return self.indicator.level4 or self.indicator.level3 or ""

    @asked_once
    def plain(self) -> str:
        """The name tidied."""
        return tidy(self.name) if self.said is None else self.said.parts[self.at * _PARTS]

    @asked_once
    def bound(self) -> Figure | None:
        """The one figure that the target names; None for an interval, a date or words."""
        return bound_of(self.indicator.target)

    @property
    def label(self) -> str:
        """The row by its printed names: 数量指标“就餐人数”."""
        i = self.indicator
        named = f"{i.level2 or i.level1 or '指标'}“{self.name}”" if self.name else f"第 {self.at + 1} 行指标"
        return _BLANK_INSIDE.sub("", named)

    @asked_once
    def sort(self) -> Sort | None:
        """The class that level 2 names, else level 1; None for 决策, 过程 and names of their own."""
        i = self.indicator
        if self.said is None:
            return sort_named(i.level2) or sort_named(i.level1)
        return self.said.sorts[i.level2] or self.said.sorts[i.level1]

    @asked_once
    def numeric(self) -> bool:
        """Whether the target promises a number."""
        return is_numeric(self.indicator.target)

    @asked_once
    def met(self) -> bool | None:
        """Whether the printed result reaches the printed target; None where that can't be compared."""
        return is_met(self.indicator.target, self.indicator.actual)

    @asked_once
    def reach(self) -> Fraction | None:
        """Result ÷ target as printed; None where they can't be compared or the target is 0."""
        return share_reached(self.indicator.target, self.indicator.actual)

    @asked_once
    def full(self) -> bool:
        """Whether points and score are printed, and equal."""
        i = self.indicator
        return i.points is not None and i.points == i.score_printed

    @asked_once
    def lost(self) -> Decimal | None:
        """Points − score as printed; None where either is silent."""
        i = self.indicator
        return None if i.points is None or i.score_printed is None else i.points - i.score_printed

    @asked_once
    def reason(self) -> str:
        """偏差原因 and 改进措施 in one, as printed."""
        i = self.indicator
        return f"{i.reason or ''}{i.remedy or ''}"

    @asked_once
    def _words(self) -> tuple[Lists, ...]:
        said = self.said
        return Said((self.indicator,)).words[0] if said is None else said.words[self.at]

    @asked_once
    def name_words(self) -> Lists:
        """The lists that the indicator's own name touches."""
        return self._words[0]

    @asked_once
    def target_words(self) -> Lists:
        """The lists that the 指标值 touches."""
        return self._words[1]

    @asked_once
    def actual_words(self) -> Lists:
        """The lists that the 实际完成值 touches."""
        return self._words[2]

    @asked_once
    def reason_words(self) -> Lists:
        """The lists that 偏差原因 and 改进措施 touch."""
        return self._words[3]

    @asked_once
    def words(self) -> Lists:
        """The lists that any of its cells touches, the level names too."""
        return self._words[5]

    @asked_once
    def traits(self) -> tuple[str, ...]:
        """What it has at all, by the names of audit/traits.py."""
        i = self.indicator
        return (
            *of_target(i, self.bound),
            *of_result(i),
            *of_both(i, self.bound, met=self.met, reach=self.reach),
            *of_cells(i, self.lost),
        )


def rows_of(record: Evaluation | Report, paper: int = 0) -> tuple[Row, ...]:
    """Return the printed rows of a paper."""
    said = Said(record.indicators)
    return tuple(Row(at, indicator, None, paper, said) for at, indicator in enumerate(record.indicators))


def scored_rows(evaluation: Evaluation, scores: tuple[Score, ...], paper: int = 0) -> tuple[Row, ...]:
    """Return the rows of the filing's table beside their scores."""
    pairs, said = zip(evaluation.indicators, scores, strict=False), Said(evaluation.indicators)
    return tuple(Row(at, indicator, score, paper, said) for at, (indicator, score) in enumerate(pairs))


def tables_of(filing: Filing) -> Iterator[tuple[int, Evaluation]]:
    """Yield the filing's tables with their index, each as it was read and nothing supplied."""
    for at, reading in enumerate(filing.readings):
        if isinstance(reading.record, Evaluation):
            yield at, reading.record


def reports_of(filing: Filing) -> Iterator[tuple[int, Report]]:
    """Yield the filing's self-evaluation and evaluation reports with their index."""
    for at, reading in enumerate(filing.readings):
        if isinstance(reading.record, Report):
            yield at, reading.record


def department_reports_of(filing: Filing) -> Iterator[tuple[int, DepartmentReport]]:
    """Yield the filing's department reports with their index."""
    for at, reading in enumerate(filing.readings):
        if isinstance(reading.record, DepartmentReport):
            yield at, reading.record


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
    listed = list(numbers)
    found = [number for number in listed if number is not None]
    return sum(found, Decimal(0)) if len(found) == len(listed) else None


def shown(number: Decimal) -> str:
    """Return a score as the scheme prints it: two decimals, more only where they are there."""
    return f"{number:.2f}" if places_of(number) <= 2 else f"{number:f}"  # noqa: PLR2004
