"""A table as a value: what `_table.html` shows, what stands beside each chart, and what an export writes."""

from dataclasses import dataclass
from decimal import Decimal

Number = Decimal | int | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column's head; figures stand at the right."""

    title: str
    number: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place; with an address it is a link."""

    text: str
    number: bool = False
    address: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads; `nothing` is what it says without a row."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    nothing: str = "没有内容。"
    caption: str = ""


def counted(value: Number, address: str = "") -> Cell:
    """Return the cell of an exact number; a dash where it isn't known."""
    return Cell(
        "—" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value),
        number=True,
        address=address,
    )
