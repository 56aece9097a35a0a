"""Worked examples of a rule-book (tests/rulebooks/<id>.toml) read, and made into evaluations.

A file holds any number of

    [[row]]        one indicator: target, actual, points and, where it matters, sign, unit, level1, level2, level3,
                   deduction (the 扣分 column), or amounts (initial, annual, received, executed) for a rate of money
    [[execution]]  one fund block: annual, executed, received, unit (万元 where it isn't given), points
    [[paper]]      a small table: the amounts as in execution, and rows as above; total and grade
    [[grade]]      total and the word that it earns

each with `why` in Chinese and either `score` (`total` for a paper) or `undecided = true`, and perhaps `low` and `high`.
Numbers are written as text, so that every digit counts.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from jixiao.model.evaluation import Evaluation, Execution, FundLine, Funds, Indicator
from jixiao.model.figure import WAN, figure_of, unit_named
from jixiao.model.parsing import parse_actual, parse_target

FOLDER = Path(__file__).parent.parent / "rulebooks"
YEAR = 2023
MONEY = ("initial", "annual", "received", "executed")
ANSWER = ("why", "score", "low", "high", "undecided")
ROW = ("level1", "level2", "level3", "target", "actual", "sign", "unit", "points", "deduction")
KEYS = {
    "row": (*ANSWER, *ROW, *MONEY),
    "execution": (*ANSWER, *MONEY, "unit", "points"),
    "paper": ("why", "total", "grade", "undecided", "rows", "unit", "points", *MONEY),
    "grade": ("why", "total", "word"),
}


@dataclass(frozen=True, slots=True)
class Example:
    """One example: which rule-book, which kind, its place in the file, and what stands there."""

    scheme: str
    kind: str
    number: int
    data: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.scheme} {self.kind} {self.number}"


def examples(kind: str) -> list[Example]:
    """Return every example of a kind, all rule-books."""
    return [example for example in all_examples() if example.kind == kind]


def all_examples() -> Iterator[Example]:
    for path in sorted(FOLDER.glob("*.toml")):
        for kind, listed in tomllib.loads(path.read_text("utf-8")).items():
            for number, data in enumerate(listed, 1):
                yield Example(path.stem, kind, number, data)


def evaluation_of(data: Mapping[str, Any], rows: list[Mapping[str, Any]]) -> Evaluation:
    points = data.get("points")
    return Evaluation(
        year=YEAR,
        funds=funds_of(data),
        execution=Execution(points=Decimal(points) if points and rows == [] else None),
        indicators=tuple(indicator_of(row) for row in rows),
    )


def funds_of(data: Mapping[str, Any]) -> Funds:
    unit = unit_named(data["unit"]) if "unit" in data and data["unit"] in {"元", "万元"} else WAN
    figures = {name: figure_of(data[name], unit) for name in MONEY if name in data}
    return Funds(unit=unit, total=FundLine(**figures)) if figures else Funds()


def indicator_of(row: Mapping[str, Any]) -> Indicator:
    deduction = row.get("deduction")
    return Indicator(
        level1=row.get("level1"),
        level2=row.get("level2"),
        level3=row.get("level3", "例题指标"),
        target=parse_target(row["target"], sign=row.get("sign"), unit=row.get("unit"))
        if "target" in row
        else None,
        actual=parse_actual(row["actual"], unit=row.get("unit")) if "actual" in row else None,
        sign=row.get("sign"),
        unit=row.get("unit"),
        points=Decimal(row["points"]) if "points" in row else None,
        deduction_printed=Decimal(deduction) if deduction is not None else None,
    )
