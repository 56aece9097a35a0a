"""Papers whose arithmetic is right: random points, targets and results, scored under a rule-book and printed.

The money is exact in 元 and printed in 万元 with two decimals, the rate and its score come from the exact money: what
a naive division of the printed amounts calls wrong is right here.
"""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random

from jixiao.audit.rule import Case
from jixiao.model.evaluation import Evaluation, Execution, FundLine, Funds, Goal, Indicator, Project
from jixiao.model.figure import PERCENT, WAN, YUAN, Figure, figure_of, half_up
from jixiao.model.parsing import parse_actual, parse_target
from jixiao.model.reading import Filing, Kind, Reading
from jixiao.model.score import Score, ScoreSheet
from jixiao.schemes.scheme import Scheme
from jixiao.scoring import score

_LEVELS = (("产出指标", "数量指标"), ("产出指标", "质量指标"), ("产出指标", "时效指标"), ("效益指标", "社会效益指标"),
           ("效益指标", "生态效益指标"), ("满意度指标", "服务对象满意度指标"))  # fmt: skip


def right_case(rng: Random, scheme: Scheme) -> Case:
    """Make one right paper with its sheet under `scheme`."""
    money = _exact_money(rng)
    points = _execution_points(scheme)
    rows = _rows(rng, scheme.total - points)
    exact = _evaluation(money, rows, points, scheme)
    rescored = score(exact, scheme, why="由人指定")
    printed = [_printed(rng, s, row) for s, row in zip(rescored.indicators, rows, strict=True)]
    rows = [replace(row, score_printed=mark) for row, mark in zip(rows, printed, strict=True)]
    execution = Execution(points, figure_of(f"{_rate(money):f}", PERCENT))
    paper = replace(_evaluation(_in_wan(money), rows, points, scheme), execution=execution)
    own = _settled(
        score(paper, scheme, why="由人指定").execution if _by_rate(rescored) else rescored.execution
    )
    paper = replace(paper, execution=replace(execution, score_printed=own), total_printed=sum(printed, own))
    sheet = score(paper, scheme, why="由人指定")
    return Case(Filing((Reading(Kind.SELFEVAL_TABLE, paper),), paper, 0), sheet, scheme)


def _by_rate(sheet: ScoreSheet) -> bool:
    """Tell whether the rule-book can't use the table's amounts (it divides by money received)."""
    return sheet.execution.score is None


def _settled(mark: Score) -> Decimal:
    settled = mark.score if mark.score is not None else mark.low
    return settled if settled is not None else mark.points or Decimal(0)


def with_paper(case: Case, paper: Evaluation) -> Case:
    """Return the case with another paper in its place, scored anew."""
    sheet = score(paper, case.scheme, why="由人指定")
    return Case(Filing((Reading(Kind.SELFEVAL_TABLE, paper),), paper, 0), sheet, case.scheme)


def _execution_points(scheme: Scheme) -> Decimal:
    part = scheme.parts.get("execution")
    return part.points if part is not None and part.points is not None else Decimal(10)


def _exact_money(rng: Random) -> Funds:
    fiscal, carry = rng.randrange(10_000, 90_000_000), rng.choice([0, rng.randrange(1, 900_000)])
    spent = [fiscal * rng.randrange(60, 101) // 100, carry * rng.choice([0, 100]) // 100]
    lines = [_line(fiscal + carry, sum(spent)), _line(fiscal, spent[0]), _line(carry, spent[1])]
    return Funds(unit=YUAN, total=lines[0], fiscal=lines[1], carryover=lines[2])


def _line(annual: int, executed: int) -> FundLine:
    return FundLine(
        Figure(Decimal(annual), unit=YUAN),
        Figure(Decimal(annual), unit=YUAN),
        Figure(Decimal(executed), unit=YUAN),
    )


def _rate(money: Funds) -> Decimal:
    total = money.total
    assert total is not None
    assert total.annual is not None
    assert total.executed is not None
    return half_up(Fraction(total.executed.value) / Fraction(total.annual.value) * 100, 2)


def _in_wan(money: Funds) -> Funds:
    def wan(line: FundLine | None) -> FundLine | None:
        if line is None:
            return None
        cells = (line.initial, line.annual, line.executed)
        texts = (f"{half_up(Fraction(c.value) / 10_000, 2):f}" for c in cells if c is not None)
        return FundLine(*(figure_of(text, WAN) for text in texts))

    return Funds(WAN, wan(money.total), wan(money.fiscal), wan(money.carryover))


def _evaluation(money: Funds, rows: list[Indicator], points: Decimal, scheme: Scheme) -> Evaluation:
    return Evaluation(
        project=Project(name="村道养护", unit="青禾县交通运输局"), year=2023, funds=money, goal=Goal("养护村道", "完成养护"),
        execution=Execution(points), indicators=tuple(rows), points_printed=scheme.total,
    )  # fmt: skip


def _rows(rng: Random, whole: Decimal) -> list[Indicator]:
    n = rng.randrange(5, 12)
    cents = int(whole * 100)
    cuts = (
        sorted(rng.sample(range(100, cents, 50), n - 1))
        if rng.random() < 0.5
        else [cents * k // n for k in range(1, n)]
    )
    parts = [Decimal(b - a) / 100 for a, b in zip([0, *cuts], [*cuts, cents], strict=True)]
    return [_row(rng, k, part) for k, part in enumerate(parts)]


def _row(rng: Random, k: int, points: Decimal) -> Indicator:
    level1, level2 = _LEVELS[k % len(_LEVELS)]
    target, actual = _cells(rng)
    return Indicator(level1, level2, f"养护事项{k}", None, parse_target(target), parse_actual(actual), points=points,
                     reason=rng.choice([None, "雨季影响施工"]))  # fmt: skip


def _cells(rng: Random) -> tuple[str, str]:
    n = rng.randrange(2, 400)
    near = rng.choice([n, n + 1, rng.randrange(1, 2 * n)])
    return rng.choice(
        [
            (f"≥{n}公里", f"{near}公里"),
            (f"＝{n}次", f"{near}次"),
            (f"≤{n}万元", f"{near}万元"),
            (f"≥{n % 100}.5%", f"{near % 100}.25%"),
            ("≤100%", f"{rng.randrange(50, 130)}.{rng.randrange(100):02}%"),
            (f"{n}处", f"{n}处"),
            ("明显改善", rng.choice(["达成预期指标", "路面平整率由六成提高到九成"])),
            ("12月底前", "12月"),
        ]
    )


def _printed(rng: Random, mark: Score, row: Indicator) -> Decimal:
    """Print a score: two decimals, or without the zeros at its end; an undecided row earns what any formula gives."""
    points = row.points or Decimal(0)
    value = mark.score if mark.score is not None else mark.low
    if value is None:
        value = half_up(Fraction(points) * rng.choice([Fraction(1), Fraction(9, 10)]), 2)
    short = value.normalize()
    return value if rng.random() < 0.5 or short.as_tuple().exponent not in {0, -1, -2} else short
