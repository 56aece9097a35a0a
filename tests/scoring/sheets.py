"""Small papers for the tests of scoring: a row, a fund block and a sheet in one line each."""

from decimal import Decimal
from pathlib import Path

from jixiao.model.evaluation import Evaluation, Execution, FundLine, Funds, Indicator
from jixiao.model.figure import WAN, Unit
from jixiao.model.parsing import parse_actual, parse_figure, parse_target
from jixiao.model.score import Score
from jixiao.schemes import load_scheme
from jixiao.schemes.scheme import Scheme
from jixiao.scoring import score

SHARED = Path(__file__).resolve().parents[2] / "../shared"


def row(target: str | None, actual: str | None, points: str | None = "10", name: str = "培训人数",
        **more: str) -> Indicator:  # fmt: skip
    """A row as a paper prints it; `more` is level1, level2, sign, unit, printed or deduction."""
    sign, unit = more.get("sign"), more.get("unit")
    return Indicator(
        level1=more.get("level1", "产出指标"),
        level2=more.get("level2", "数量指标"),
        level3=name,
        target=parse_target(target, sign=sign, unit=unit) if target is not None else None,
        actual=parse_actual(actual, unit=unit) if actual is not None else None,
        sign=sign,
        unit=unit,
        points=Decimal(points) if points is not None else None,
        score_printed=Decimal(more["printed"]) if "printed" in more else None,
        deduction_printed=Decimal(more["deduction"]) if "deduction" in more else None,
    )


def line(initial: str | None = None, annual: str | None = None, executed: str | None = None, *,
         unit: Unit = WAN) -> FundLine:  # fmt: skip
    initial_, annual_, executed_ = (
        parse_figure(text, unit=unit) if text is not None else None for text in (initial, annual, executed)
    )
    return FundLine(initial_, annual_, executed_)


def paper(*rows: Indicator, annual: str | None = "10", executed: str | None = "10", points: str | None = "10",
          printed: str | None = None) -> Evaluation:  # fmt: skip
    """A table of one project with a fund block in 万元."""
    return Evaluation(
        year=2023,
        funds=Funds(unit=WAN, total=line(None, annual, executed)),
        execution=Execution(points=Decimal(points) if points is not None else None),
        indicators=rows,
        total_printed=Decimal(printed) if printed is not None else None,
    )


def scored(
    target: str | None, actual: str | None, scheme: str | Scheme = "anhui-huaiyuan", **more: str
) -> Score:
    """The Score of one row of 10 points, or of `points`."""
    book = load_scheme(scheme) if isinstance(scheme, str) else scheme
    return score(paper(row(target, actual, **more)), book).indicators[0]


def span(found: Score) -> tuple[str | None, str | None, str | None]:
    """Low, score and high as they are printed."""
    low, middle, high = (None if end is None else f"{end:f}" for end in (found.low, found.score, found.high))
    return low, middle, high


def says(found: Score) -> list[str]:
    return [step.says for step in found.steps]
