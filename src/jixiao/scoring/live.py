"""The rule-book's methods as formulas of a workbook, so that a form shows its scores while it is filled in.

A formula gives the number that `score` gives, or "" where the rule-book doesn't decide or the row isn't filled in; it
never decides where `score` doesn't. Cells are named by references that the caller chooses; the functions used are
those that Excel, WPS and LibreOffice share. Tests recalculate the forms in LibreOffice and compare them with `score`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from jixiao.schemes.scheme import Band, Method, Part, Scheme, Tier, ZeroTarget

SIGNS = ("≥", ">", "≤", "<", "=")
IN_WORDS = "定性"  # the sign of a row whose target is words
IN_TIME = "时限"  # the sign of a row whose target is a day or a month
ON_TIME = ("按期完成", "按时完成", "如期完成")
_FINE = 10  # decimals to which a product of binary fractions is cleaned before it is rounded
_BLANK = '""'
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class RowCells:
    """One indicator row: references to its cells; `names` are those of level 2 and below.

    `unit` and `deduction` are None where the form has no such cell.
    """

    names: tuple[str, ...]
    sign: str
    target: str
    actual: str
    points: str
    unit: str | None = None
    deduction: str | None = None


@dataclass(frozen=True, slots=True)
class SheetCells:
    """What the total adds up: the first and last cell of the rows' names, points and scores, and the execution row."""

    names: str
    points: str
    scores: str
    execution_points: str
    execution_score: str


def execution_score(scheme: Scheme, spent: str, base: str, points: str) -> str:
    """Return the formula of the execution row's score.

    Args:
        scheme: its part `execution` says how; other methods than ratio and bands give no score.
        spent: the cell of the numerator that the part names.
        base: the cell of its denominator, in the same unit.
        points: the cell of the row's points.

    Source:
        the part's own article.
    """
    part, places = scheme.parts["execution"], scheme.rounding.places
    row = _Row(points, places, part.pass_threshold)
    match part.method:
        case Method.RATIO:
            earned = row.share(f"MAX(0,{spent})/{base}")
        case Method.BANDS:
            earned = _in_bands(row, part.bands, f"{spent}/{base}")
        case _:
            return _BLANK
    zero = _zero_budget(row, part, spent)
    return _when(_numbers(spent, base, points), f"IF({base}<0,{_BLANK},IF({base}=0,{zero},{earned}))")


def rate(spent: str, base: str) -> str:
    """Return the formula of a rate as it is printed, in per cent with two decimals: 88.43%."""
    return _when(_numbers(spent, base), f'IF({base}>0,TEXT(ROUND({spent}/{base},4),"0.00%"),{_BLANK})')


def row_score(scheme: Scheme, cells: RowCells) -> str:
    """Return the formula of one indicator row's score.

    Decided are numbers beside one of SIGNS; beside IN_WORDS the tiers by the words that the rule-book prints for them;
    there and beside IN_TIME a result in the target's own words, and ON_TIME. Of the parts that name their rows those
    by bands are decided.
    """
    places = scheme.rounding.places
    by_sign = _BLANK
    for signs, key in ((("=",), "exact"), (("≤", "<"), "negative"), (("≥", ">"), "positive")):
        part = scheme.parts[key]
        row = _Row(cells.points, places, part.pass_threshold)
        is_sign = ",".join(f'{cells.sign}="{sign}"' for sign in signs)
        by_sign = f"IF(OR({is_sign}),{_by_number(key, part, row, cells)},{by_sign})"
    numeric = _when(_numbers(cells.target, cells.actual), by_sign)
    row = _Row(cells.points, places)
    qualitative = scheme.parts["qualitative"]
    wordy = _when(f"ISTEXT({cells.actual})", _by_words(qualitative, row, cells))
    timely = _when(f"ISTEXT({cells.actual})", _in_time(qualitative, row, cells))
    formula = f'IF({cells.sign}="{IN_WORDS}",{wordy},IF({cells.sign}="{IN_TIME}",{timely},{numeric}))'
    for part in scheme.parts.values():
        if part.applies:
            formula = _named(part, row, cells, formula)
    return _when(_numbers(cells.points), _less_deduction(scheme, cells, formula))


def total(scheme: Scheme, cells: SheetCells) -> str:
    """Return the formula of the total: blank until every row with a name has its score.

    It stays blank too where the indicators make up the full mark and execution has points besides, as in `score`.
    """
    places = scheme.rounding.places
    open_rows = f'SUMPRODUCT(({cells.names}<>"")*({cells.scores}=""))'
    twice = f"AND(N({cells.execution_points})>0,ROUND(SUM({cells.points}),6)={scheme.total:f})"
    added = f"ROUND(SUM({cells.scores})+{cells.execution_score},{places})"
    return (
        f"IF(OR({open_rows}>0,COUNT({cells.scores})=0,NOT(ISNUMBER({cells.execution_score})),{twice}),"
        f"{_BLANK},{added})"
    )


def points_total(cells: SheetCells) -> str:
    """Return the formula of the points' sum, blank while there are none."""
    added = f"SUM({cells.points})+N({cells.execution_points})"
    return f"IF({added}=0,{_BLANK},{added})"


def grade(scheme: Scheme, cell: str) -> str:
    """Return the formula of the grade word of the total in `cell`."""
    words = _BLANK
    for band in reversed(scheme.grades):
        words = f'IF({cell}>={band.low:f},"{band.word}",{words})'
    return _when(_numbers(cell), words)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row's points, the places its score is rounded to, and the least share that earns anything."""

    points: str
    places: int
    threshold: Decimal | None = None

    @property
    def top(self) -> str:
        """All the points, rounded, but never to more than they are."""
        return f"MIN({self.points},ROUND({self.points},{self.places}))"

    def share(self, share: str) -> str:
        """The points of a share, held inside 0 and all of them."""
        product = f"ROUND(ROUND({self.points}*({share}),{_FINE}),{self.places})"
        held = f"MAX(0,MIN({self.top},{product}))"
        return held if self.threshold is None else f"IF(ROUND({share},{_FINE})<{self.threshold:f},0,{held})"

    def fixed(self, share: Decimal) -> str:
        return self.top if share == _ONE else self.share(f"{share:f}")


def _numbers(*cells: str) -> str:
    tested = ",".join(f"ISNUMBER({cell})" for cell in cells)
    return f"AND({tested})" if len(cells) > 1 else tested


def _when(condition: str, then: str) -> str:
    return f"IF({condition},{then},{_BLANK})"


def _in_bands(row: _Row, bands: Sequence[Band], rate_of: str) -> str:
    """Nest the bands, the first that holds the rate first."""
    value = f"ROUND({rate_of},{_FINE})"
    formula = _BLANK
    for band in reversed(bands):
        held = [f"{value}{'>' if band.low_open else '>='}{band.low:f}"]
        if band.high is not None:
            held.append(f"{value}{'<=' if band.high_closed else '<'}{band.high:f}")
        earned = row.fixed(band.share)
        if band.deduct is not None:
            earned = f"MAX(0,ROUND({row.points}-{band.deduct:f},{row.places}))"
        formula = f"IF(AND({','.join(held)}),{earned},{formula})"
    return formula


def _zero_budget(row: _Row, part: Part, spent: str) -> str:
    match part.zero_target:
        case ZeroTarget.UNDECIDED:
            return _BLANK
        case ZeroTarget.FULL:
            return row.top
        case ZeroTarget.FULL_IF_NONE:
            return f"IF({spent}<=0,{row.top},0)"
        case ZeroTarget.AS_ONE if part.method is Method.BANDS:
            return _in_bands(row, part.bands, spent)
        case ZeroTarget.AS_ONE:
            return row.share(f"MAX(0,{spent})")


def _by_number(key: str, part: Part, row: _Row, cells: RowCells) -> str:
    """Score a number: `score`'s own cases (see proportions and formulas), one branch each."""
    actual = cells.actual
    if part.actual_floor is not None:
        actual = f"MAX({actual},{part.actual_floor:f})"
    sides = _Sides(row, part, cells.target, actual)
    match key:
        case "positive":
            return sides.at_least(
                f'OR({actual}>{cells.target},AND({actual}={cells.target},{cells.sign}="≥"))'
            )
        case "negative":
            return sides.at_most(f'OR({actual}<{cells.target},AND({actual}={cells.target},{cells.sign}="≤"))')
        case _:
            return sides.exactly()


@dataclass(frozen=True, slots=True)
class _Sides:
    """A number against its target, by the part's method."""

    row: _Row
    part: Part
    target: str
    actual: str

    def at_least(self, met: str) -> str:
        missed = self._missed_simply()
        if missed is not None:
            return f"IF({met},{self.row.top},{missed})"
        below = self._below() if self.part.method is Method.RATIO else _BLANK
        return f"IF({self.target}=0,{self._zero(below)},IF({met},{self.row.top},{below}))"

    def at_most(self, met: str) -> str:
        missed = self._missed_simply()
        if missed is None:
            missed = self._above()
        return f"IF({met},{self.row.top},{missed})"

    def exactly(self) -> str:
        missed = self._missed_simply()
        if missed is None:
            ratio = self.part.method is Method.RATIO
            below = self._below() if ratio else _BLANK
            above = _when(f"{self.target}>0", self.row.top) if ratio else self._above()
            missed = f"IF({self.actual}<{self.target},{below},{above})"
            missed = f"IF({self.target}=0,{self._zero(missed)},{missed})"
        return f"IF({self.actual}={self.target},{self.row.top},{missed})"

    def _missed_simply(self) -> str | None:
        """What any miss earns, where it doesn't depend on how far it is."""
        match self.part.method:
            case Method.ALL_OR_NOTHING:
                return "0"
            case Method.RATIO | Method.INVERSE_RATIO | Method.LINEAR_EXCESS:
                return None
            case _:
                return _BLANK

    def _below(self) -> str:
        return _when(f"{self.target}>0", self.row.share(f"MAX(0,{self.actual})/{self.target}"))

    def _above(self) -> str:
        match self.part.method:
            case Method.INVERSE_RATIO:
                inverse = self.row.share(f"{self.target}/{self.actual}")
                return f"IF({self.target}<0,{_BLANK},{_when(f'{self.actual}>0', inverse)})"
            case Method.LINEAR_EXCESS:
                linear = self.row.share(f"2-{self.actual}/{self.target}")
                return f"IF({self.target}=0,{self._zero(_BLANK)},IF({self.target}<0,{_BLANK},{linear}))"
            case _:
                return _BLANK

    def _zero(self, as_one: str) -> str:
        """What a target of zero earns; counted as one where the rule-book says so."""
        match self.part.zero_target:
            case ZeroTarget.UNDECIDED:
                return _BLANK
            case ZeroTarget.FULL:
                return self.row.top
            case ZeroTarget.FULL_IF_NONE:
                return f"IF({self.actual}<=0,{self.row.top},0)"
            case ZeroTarget.AS_ONE:
                return as_one if as_one == _BLANK else self.row.share(f"MAX(0,{self.actual})")


def _by_words(part: Part, row: _Row, cells: RowCells) -> str:
    """Score words: a tier's own, else the target's or a word for being on time, which are in the best tier."""
    if part.method is not Method.RUBRIC or not part.tiers:
        return _BLANK
    best = part.tiers[0]
    known = [word for word in ON_TIME if word in best.words]
    formula = _when(_says(cells, known), _of_tier(row, best))
    for tier in reversed(part.tiers):
        formula = f'IF({cells.actual}="{tier.says}",{_of_tier(row, tier)},{formula})'
    return formula


def _in_time(part: Part, row: _Row, cells: RowCells) -> str:
    """Score a time limit that was kept; a limit that is read as words must earn the same, or it is left open."""
    alike = part.method is Method.RUBRIC and part.tiers and part.tiers[0].default == _ONE
    return _when(_says(cells, ON_TIME), row.top) if alike else _BLANK


def _says(cells: RowCells, words: Sequence[str]) -> str:
    said = "".join(f',{cells.actual}="{word}"' for word in words)
    return f"OR({cells.actual}={cells.target}{said})"


def _of_tier(row: _Row, tier: Tier) -> str:
    return _BLANK if tier.default is None else row.fixed(tier.default)


def _named(part: Part, row: _Row, cells: RowCells, otherwise: str) -> str:
    """Score the rows that a part names: by bands where the result is in per cent, by other methods not at all."""
    joined = '&" "&'.join(cells.names)
    named = ",".join(f'ISNUMBER(SEARCH("{word}",{joined}))' for word in part.applies)
    if part.method is not Method.BANDS:
        return f"IF(OR({named}),{_BLANK},{otherwise})"
    banded = _BLANK
    if cells.unit is not None:
        banded = _when(f'{cells.unit}="%"', _in_bands(row, part.bands, f"{cells.actual}/100"))
    return f"IF(AND(OR({named}),ISNUMBER({cells.actual})),{banded},{otherwise})"


def _less_deduction(scheme: Scheme, cells: RowCells, formula: str) -> str:
    """Take the form's own 扣分 off, where the rule-book has such a column."""
    if cells.deduction is None or "deduction" not in scheme.parts:
        return formula
    off = f"MAX(0,N({cells.deduction}))"
    places = scheme.rounding.places
    return f'IF(ISNUMBER({formula}),MAX(0,ROUND(({formula})-{off},{places})),"")'
