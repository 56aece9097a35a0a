"""The fund block as rows: the total, each source, and the lines that only one form has, in whole millionths of 元."""

from collections.abc import Iterator

from jixiao.batch.codes import COLUMNS, FUND_SOURCES
from jixiao.batch.tables import MOST_POINTS, Row, millionths
from jixiao.errors import UnreadableError
from jixiao.model.evaluation import FundLine, Funds
from jixiao.model.figure import Figure

AMOUNTS = (*COLUMNS, "adjusted", "forecast")


def fund_rows(filing: int, scheme: str, funds: Funds) -> list[Row]:
    """Return a row for each line of the fund block.

    Raises:
        UnreadableError: an amount that the columns can't hold, or one in a unit that isn't money.
    """
    return [_row(filing, scheme, source, n, line) for n, (source, line) in enumerate(_lines(funds))]


def _lines(funds: Funds) -> Iterator[tuple[str, FundLine]]:
    for source in FUND_SOURCES[:-1]:
        line = getattr(funds, source)
        if line is not None:
            yield source, line
    yield from ((FUND_SOURCES[-1], line) for line in funds.more)


def _row(filing: int, scheme: str, source: str, place: int, line: FundLine) -> Row:
    row: dict[str, object] = {
        "filing": filing, "scheme": scheme, "line": place, "source": FUND_SOURCES.index(source), "label": line.label,
        "points": millionths(line.points, "分值", MOST_POINTS),
        "printed": millionths(line.score_printed, "得分", MOST_POINTS),
    }  # fmt: skip
    for column in AMOUNTS:
        figure = getattr(line, column)
        if figure is not None:
            row.update(amount_of(figure, column))
    return row


def amount_of(figure: Figure, column: str) -> Row:
    """Return an amount in 元, what its print leaves open on either side, and the 元 in its unit.

    Raises:
        UnreadableError: its unit isn't money, or its number doesn't fit.
    """
    if figure.unit is not None and figure.unit.kind != "money":
        raise UnreadableError(f"项目资金的单位“{figure.unit.name}”不是金额，不能入库：请核对单位。")
    if figure.scale.denominator != 1:
        raise UnreadableError(f"项目资金的单位“{figure.unit}”不能入库：请核对单位。")
    return {
        column: millionths(figure.exact, column),
        f"{column}_half": millionths(figure.half * figure.scale.numerator, column),
        f"{column}_scale": figure.scale.numerator,
    }
