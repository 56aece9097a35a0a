"""Figures in a workbook: the number that a text is, and the format that prints exactly that text."""

from decimal import Decimal

from jixiao.expressions import expression
from jixiao.formats.xlsx.number_format import parse, printed
from jixiao.layout import Cell, Input, Role, Wanted

NUMBER = expression(r"-?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12})(?:\.([0-9]{1,6}))?(%?)")
MOST_DIGITS = 15  # that Excel keeps
GENERAL = "General"
TEXT = "@"


def is_figure(cell: Cell) -> bool:
    """Tell whether a cell is to hold a number where its text is one."""
    wanted = cell.input is not None and cell.input.wanted is Wanted.NUMBER
    return cell.role is Role.NUMBER or wanted or cell.formula is not None


def code_of(cell: Cell, text: str) -> str:
    """Find the number format of a figure's cell, "" where no format prints its text exactly.

    What is typed in later has to show too: an input has the format of its decimals, or General, if that prints the
    text it has now.
    """
    usual = usual_code(cell.input)
    if not text:
        return usual or GENERAL
    wanted = (usual, GENERAL) if cell.input is not None and cell.formula is None else (usual,)
    own = _own_code(text)
    return next((code for code in wanted if code and own and _prints(code, text)), own)


def usual_code(wanted: Input | None) -> str:
    """Give the format of an input's decimals, "" where any number of them will do."""
    if wanted is None or wanted.places is None:
        return ""
    return f"0.{'0' * wanted.places}" if wanted.places else "0"


def value_of(text: str) -> Decimal:
    """Return the number that a text is, a percentage as its hundredth."""
    value = Decimal(text.replace(",", "").removesuffix("%"))
    return value.scaleb(-2) if text.endswith("%") else value


def _own_code(text: str) -> str:
    """The format that prints a number as it stands, "" for what no format prints: 007, -0.00, sixteen digits."""
    found = NUMBER.fullmatch(text)
    if found is None:
        return ""
    whole, decimals, percent = found.groups()
    digits = whole.replace(",", "") + (decimals or "")
    if (
        len(digits) > MOST_DIGITS
        or (whole[0] == "0" and whole != "0")
        or (text[0] == "-" and not digits.strip("0"))
    ):
        return ""
    return ("#,##0" if "," in whole else "0") + (f".{'0' * len(decimals)}" if decimals else "") + percent


def _prints(code: str, text: str) -> bool:
    return printed(f"{value_of(text):.16G}", parse(code), epoch_1904=False) == text
