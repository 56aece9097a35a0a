"""What a row and a table say to the rules of the audit whatever the rule-book, as bits: `traits` in the lake.

Each bit is the answer of one function of jixiao.audit, asked when a record becomes rows; SQL tests it by its name.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import IntFlag, auto

from jixiao.audit.arithmetic.rates import by_other_formula
from jixiao.audit.arithmetic.sums import names_rows_left_out
from jixiao.audit.funds.lines import (
    carried_over,
    change_explained,
    has_glued_figures,
    slid_lines,
    spending_explained,
)
from jixiao.audit.indicators.frame import (
    costs_among_outputs,
    has_class,
    is_complete,
    notes_other_points,
    output_points,
)
from jixiao.audit.rows import Row, places_of
from jixiao.audit.rule import Case
from jixiao.audit.scores.little_spent import little_spent_reasoned
from jixiao.audit.scores.rows import hidden_rows
from jixiao.audit.targets.levels import is_excused, may_be_low
from jixiao.audit.verdicts import (
    every_formula_refutes,
    falls_short_in_words,
    judged_between,
    keeps_execution_rate,
    sign_may_be_wrong,
    tier_labelled,
)
from jixiao.model.evaluation import Evaluation


class OfRow(IntFlag):
    """The bits of an indicator; `row_...` in SQL."""

    MET = auto()  # the printed result reaches the printed target
    MISSED = auto()  # it doesn't; neither where the two can't be compared
    TIERED = auto()  # the result is a tier's range
    IN_PART = auto()  # a target in words whose result tells of a part
    JUDGED_LOW = auto()  # such a target may be judged at 0 to 0.6 of the points,
    JUDGED_MIDDLE = auto()  # at 0.6 to 0.8,
    JUDGED_HIGH = auto()  # at 0.8 to 1
    KEEPS_RATE = auto()  # a row of the execution rate
    TURNED = auto()  # the sign may be the wrong way round
    REFUTED = auto()  # no formula known gives its score
    EXPLAINED = auto()  # a reason, a remedy or remarks
    REASONED = auto()  # a reason
    FINE = auto()  # the score has decimals and isn't 0
    SILENT = auto()  # points were lost and nothing says why
    MAY_BE_LOW = auto()  # a result far above the target would show that this was set low
    EXCUSED = auto()  # but the excess is explained or slight


class OfTable(IntFlag):
    """The bits of a filing; `table_...` in SQL."""

    HAS_TOTAL = auto()  # the fund block has a total row
    OTHER_FORMULA = auto()  # another formula known gives the execution score
    FINE_EXECUTION = auto()  # the execution score has decimals and isn't 0
    WHOLE_EXECUTION = auto()  # it is printed as a whole number
    WHOLE_TOTAL = auto()  # the total is
    NAMES_LEFT_OUT = auto()  # a row says that it doesn't apply
    HIDES_LEFT_OUT = auto()  # and nothing says what became of its points
    NO_COST = auto()  # a whole table without rows of cost,
    NO_OUTPUT = auto()
    NO_BENEFIT = auto()
    NO_SATISFACTION = auto()
    POINTS_STAND = auto()  # a whole table, and no note says that points were moved
    HEAVY_COST = auto()  # cost among the outputs weighs more than quantity and quality each
    MONEY_REASONED = auto()  # it says why little was spent, or its sources spent more than its total
    CHANGE_EXPLAINED = auto()  # a change of the budget is explained
    CHANGE_TOLD = auto()  # or at least told
    SPENDING_EXPLAINED = auto()  # money left over is explained
    SLID = auto()  # a line of the fund block slid by a column
    GLUED = auto()  # two of its figures are glued together


STEMS = {"cost": "成本", "output": "产出", "benefit": "效益", "satisfaction": "满意"}
_JUDGED = (
    (OfRow.JUDGED_LOW, Decimal(0), Decimal("0.6")), (OfRow.JUDGED_MIDDLE, Decimal("0.6"), Decimal("0.8")),
    (OfRow.JUDGED_HIGH, Decimal("0.8"), Decimal(1)),
)  # fmt: skip
_OF_ROW: Mapping[OfRow, Callable[[Row], object]] = {
    OfRow.MET: lambda row: row.met,
    OfRow.MISSED: lambda row: row.met is False,
    OfRow.TIERED: tier_labelled,
    OfRow.IN_PART: falls_short_in_words,
    OfRow.KEEPS_RATE: keeps_execution_rate,
    OfRow.TURNED: sign_may_be_wrong,
    OfRow.REFUTED: every_formula_refutes,
    OfRow.EXPLAINED: lambda row: row.indicator.reason or row.indicator.remedy or row.indicator.remarks,
    OfRow.REASONED: lambda row: row.indicator.reason,
    OfRow.FINE: lambda row: is_fine(row.indicator.score_printed),
    OfRow.MAY_BE_LOW: may_be_low,
    OfRow.EXCUSED: lambda row: may_be_low(row) and is_excused(row),
}


def of_row(row: Row) -> OfRow:
    """Return the bits of a row but SILENT, which the whole table decides."""
    judged = judged_between(row)
    found = OfRow(0)
    for bit, low, high in _JUDGED if judged is not None else ():
        found |= bit if judged is not None and judged[0] <= low and high <= judged[1] else 0
    for bit, holds in _OF_ROW.items():
        found |= bit if holds(row) else 0
    return found


def of_table(case: Case, table: Evaluation) -> OfTable:
    """Return the bits of a filing that is a table alone."""
    found = OfTable(0)
    for bit, holds in (*_of_cells(case, table).items(), *_of_classes(case, table).items()):
        found |= bit if holds else 0
    return found


def _of_cells(case: Case, table: Evaluation) -> Mapping[OfTable, object]:
    execution, funds = table.execution, table.funds
    points, score = execution.points, execution.score_printed
    return {
        OfTable.HAS_TOTAL: funds.total is not None,
        OfTable.OTHER_FORMULA: points is not None and score is not None and by_other_formula(table, score, points),
        OfTable.FINE_EXECUTION: is_fine(score),
        OfTable.WHOLE_EXECUTION: score is not None and not places_of(score),
        OfTable.WHOLE_TOTAL: table.total_printed is not None and not places_of(table.total_printed),
        OfTable.NAMES_LEFT_OUT: names_rows_left_out(table),
        OfTable.HIDES_LEFT_OUT: hidden_rows(case, 0, table),
        OfTable.MONEY_REASONED: little_spent_reasoned(case, table),
        OfTable.CHANGE_EXPLAINED: carried_over(table.funds) or change_explained(case),
        OfTable.CHANGE_TOLD: case.told("spending.adjusted"),
        OfTable.SPENDING_EXPLAINED: spending_explained(case, table),
        OfTable.SLID: slid_lines(funds),
        OfTable.GLUED: has_glued_figures(funds),
    }  # fmt: skip


def _of_classes(case: Case, table: Evaluation) -> Mapping[OfTable, object]:
    if not is_complete(case, 0, table):
        return {}
    rows = case.rows_by_paper[0]
    cost, quantity, quality = output_points(rows)
    heavy = costs_among_outputs(rows) and quantity and quality and cost > max(quantity, quality)
    return {
        **{OfTable[f"NO_{name.upper()}"]: not has_class(rows, stem) for name, stem in STEMS.items()},
        OfTable.POINTS_STAND: not notes_other_points(table), OfTable.HEAVY_COST: heavy,
    }  # fmt: skip


def is_fine(score: Decimal | None) -> bool:
    """Tell whether a printed score has decimals, so that it may have been rounded."""
    return bool(score and places_of(score))


def names() -> Mapping[str, int]:
    """Return the names that SQL may use in braces for the bits."""
    rows = {f"row_{bit.name.lower()}": int(bit) for bit in OfRow if bit.name}
    return rows | {f"table_{bit.name.lower()}": int(bit) for bit in OfTable if bit.name}
