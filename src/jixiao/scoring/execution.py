"""Budget execution: the amounts that the fund block states, what the row is worth, and whether it counts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from jixiao.model.evaluation import Evaluation, Funds
from jixiao.model.figure import PERCENT, Figure, half_up, sum_of
from jixiao.model.finding import FieldPath
from jixiao.model.score import Score, Step
from jixiao.schemes.scheme import Method, Part, Scheme
from jixiao.scoring.facts import Amounts, Facts, award, mark_of, undecided
from jixiao.scoring.methods import METHODS

NAME = "预算执行率"
_COLUMNS = {
    "initial": "年初预算数",
    "annual": "全年预算数",
    "executed": "全年执行数",
    "allocated": "下达数",
    "received": "到位数",
}


@dataclass(frozen=True, slots=True)
class Ground:
    """What the rows of one sheet share: evaluation, rule-book, and which fields another paper supplied.

    `specific` are the rule-book's parts that name the rows they apply to.
    """

    evaluation: Evaluation
    scheme: Scheme
    supplied: Mapping[FieldPath, str]
    specific: tuple[Part, ...]


def amounts_for(ground: Ground, part: Part) -> Amounts | str:
    """Return the two amounts that `part` divides (total row, else its sources added up), or why not."""
    funds = ground.evaluation.funds
    told: list[Step] = []
    found: list[Figure] = []
    for column in (part.numerator, part.denominator):
        figure, step = column_of(funds, column)
        if figure is None:
            return _missing(funds, column)
        sentence = ground.supplied.get(f"funds.total.{column}")
        if sentence:
            step = Step(sentence, Fraction(figure.value))
        told += [step] if step is not None else []
        found.append(figure)
    spent, base = found
    if spent.unit is not None and base.unit is not None and spent.unit.kind != base.unit.kind:
        columns = f"{_COLUMNS[part.numerator]}（{spent}）与{_COLUMNS[part.denominator]}（{base}）"
        return f"{columns}单位不同，不能计算比率"
    if (
        base.value == 0
        and (covered := sources_of(funds, part.denominator)) is not None
        and covered.value != 0
    ):
        return f"年度资金总额的{_COLUMNS[part.denominator]}为零，而各来源合计为 {covered}：请核对总额一行"
    return Amounts(spent, base, _COLUMNS[part.numerator], _COLUMNS[part.denominator], tuple(told))


def score_execution(ground: Ground, rows_hold_it: str, points_of_rows: Decimal | None) -> Score:
    """Score the execution row of the fund block.

    Args:
        ground: the evaluation and the rule-book.
        rows_hold_it: why execution is counted among the indicators already, empty when it isn't.
        points_of_rows: what the indicators add up to, None when one of them prints no points.

    Returns:
        the Score, worth nothing where execution isn't counted beside the indicators; undecided with the
        reason when the paper states no amounts and no rate.
    """
    part, execution = ground.scheme.parts["execution"], ground.evaluation.execution
    if execution.points is None:
        if rows_hold_it or part.within:
            return not_counted(ground, rows_hold_it or f"{NAME}含在“{part.within}”一类之内，不另计分")
        if points_of_rows == ground.scheme.total:
            return not_counted(ground, f"指标分值合计已是 {points_of_rows:f} 分，{NAME}不另计分")
    points = execution.points if execution.points is not None else part.points
    if points is None or points < 0:
        return Score(
            points,
            None,
            printed=execution.score_printed,
            method=part.method.value,
            source=part.source,
            because=f"{NAME}的分值没有印出，口径也没有规定",
            level3=NAME,
            where="execution",
        )
    told = () if execution.points is not None else _told_points(part, points)
    facts = Facts(
        *mark_of(points, ground.scheme.rounding.places),
        ground.scheme.rounding.places,
        printed=execution.score_printed,
        level3=NAME,
        where="execution",
        told=told,
    )
    return in_printed_places(ground, score_amounts(ground, facts, part))


def score_amounts(ground: Ground, facts: Facts, part: Part) -> Score:
    """Score a row by amounts of the fund block; without them by the rate that the execution row prints."""
    amounts = amounts_for(ground, part)
    if isinstance(amounts, str):
        amounts = _printed_rate(ground, facts) or amounts
    if isinstance(amounts, str):
        return undecided(facts, part, amounts)
    if part.method not in (Method.RATIO, Method.BANDS):
        return undecided(facts, part, f"口径对{NAME}所用的方法不能用于金额")
    return METHODS[part.method](facts._replace(amounts=amounts), part)


def in_printed_places(ground: Ground, score: Score) -> Score:
    """Let a score be printed with one decimal (8.7 for 8.71) where no verified text says how to round."""
    printed, exact = score.printed, score.score
    if printed is None or exact is None or printed == exact or score.points is None:
        return score
    if printed.as_tuple().exponent != -1:
        return score
    shown = half_up(exact, 1)
    if ground.scheme.rounding_source.verified or shown != printed or shown > score.points:
        return score
    shown = half_up(shown, ground.scheme.rounding.places)
    low = shown if score.low is None else min(score.low, shown)
    return replace(score, low=low, high=max(score.high or shown, shown))


def not_counted(ground: Ground, because: str) -> Score:
    """Return the Score of an execution row that isn't counted: worth 0 of 0."""
    part = ground.scheme.parts["execution"]
    facts = Facts(
        *mark_of(Decimal(0), ground.scheme.rounding.places),
        ground.scheme.rounding.places,
        printed=ground.evaluation.execution.score_printed,
        level3=NAME,
        where="execution",
    )
    return award(facts, part, half_up(0, facts.places), Step(because, Fraction(0)))


def _told_points(part: Part, points: Decimal) -> tuple[Step, ...]:
    return (Step(f"表中未印{NAME}一行的分值，按口径 {points:f} 分计（{part.source}）", Fraction(points)),)


def column_of(funds: Funds, column: str) -> tuple[Figure | None, Step | None]:
    """Return the amount that a column of the fund block states, and the step that says it was added up."""
    total, _ = funds.column(column)
    if total is not None:
        return total, None
    added = sources_of(funds, column) if funds.total is None and not funds.more else None
    if added is None:
        return None, None
    return added, Step(f"表中未印年度资金总额，{_COLUMNS[column]}按各来源合计 {added}", Fraction(added.value))


def sources_of(funds: Funds, column: str) -> Figure | None:
    """Return what the sources of a column add up to, None without any or where their units differ."""
    _, parts = funds.column(column)
    kinds = {part.unit.kind if part.unit is not None else "" for part in parts}
    return sum_of(parts) if parts and len(kinds) == 1 else None


def _missing(funds: Funds, column: str) -> str:
    if funds.total is None and not any(
        (funds.fiscal, funds.carryover, funds.special, funds.other, funds.more)
    ):
        return "表中没有项目资金一栏，自评材料的其他部分也没有写明金额"
    return f"{_COLUMNS[column]}未填或无法辨认"


def _printed_rate(ground: Ground, facts: Facts) -> Amounts | None:
    """Take the printed 执行率 (in per cent) for want of amounts; only for the execution row itself."""
    rate = ground.evaluation.execution.rate_printed
    if (
        rate is None
        or facts.level3 != NAME
        or rate.unit is None
        or rate.unit.kind != "ratio"
        or rate.value < 0
    ):
        return None
    told = (Step(f"表中未印可用的金额，按所印执行率 {rate} 计", rate.exact),)
    return Amounts(rate, Figure(Decimal(100), unit=PERCENT), told=told)
