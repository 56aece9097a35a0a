"""Other words put into the cells of a user's workbook, each in the colour of what was changed; formulas stay."""

from decimal import Decimal

from jixiao.formats.intake import whole_number
from jixiao.formats.markup import Element, child_of, found, local
from jixiao.formats.notes import NUMBER, amended, bare
from jixiao.formats.xlsx.balloons import SPACE
from jixiao.formats.xlsx.number_format import parse, printed
from jixiao.formats.xlsx.reading import Printing
from jixiao.formats.xlsx.sheet import Spot, spot
from jixiao.formats.xlsx.style_sheet import Styles
from jixiao.formats.xlsx.workbook_parts import Tab, in_order, tag


def correct(tab: Tab, at: Spot, change: tuple[str, str], styles: Styles, printing: Printing) -> bool:
    """Put a new text or number into a cell; `change` is what stood there and what is to stand there.

    Returns:
        whether it was done: not in a formula's cell, nor where it isn't clear where the old words stand.
    """
    old, new = change
    cell = tab.cell(at)
    if cell is not None and _worked_out(tab, cell, at):
        return False
    shown = printing.cell(cell) if cell is not None else ""
    text = amended(shown, old, new)
    if text is None or bare(text) == bare(shown):
        return False
    cell = tab.made(at)
    style = whole_number(cell.get("s"), 0)
    if _is_number(cell) and NUMBER.fullmatch(text):
        code = _put_number(cell, text, style, printing)
        if code and styles.root is None:
            code = ""
            _put_text(cell, text)
    else:
        code = ""
        _put_text(cell, text)
    cell.set("s", str(styles.coloured(style, code)))
    return True


def recalculated(root: Element) -> None:
    """Have the formulas of a workbook worked out anew when it is opened."""
    order = ("sheets", "functionGroups", "externalReferences", "definedNames", "calcPr")
    fallback = ("fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", *order)
    in_order(root, "calcPr", fallback).set("fullCalcOnLoad", "1")


def _worked_out(tab: Tab, cell: Element, at: Spot) -> bool:
    """Tell whether a formula gives the cell its value, its own or one for a range that it lies in."""
    if found(cell, "f") is not None:
        return True
    for _, row in tab.rows():
        for formula in (one for c in row for one in c if local(one) == "f" and one.get("t") == "array"):
            first, _, last = str(formula.get("ref", "")).partition(":")
            start, end = spot(first), spot(last or first)
            if start and end and start[0] <= at[0] <= end[0] and start[1] <= at[1] <= end[1]:
                return True
    return False


def _is_number(cell: Element) -> bool:
    """Tell a cell that holds a number, or nothing at all."""
    return str(cell.get("t", "n")) == "n"


def _put_number(cell: Element, text: str, style: int, printing: Printing) -> str:
    """Store a number, and return the number format that shows it so, "" where the cell's own does."""
    places = len(text.rstrip("%").partition(".")[2])
    value = Decimal(text.rstrip("%").replace(",", ""))
    stored = f"{value.scaleb(-2) if text.endswith('%') else value:f}"
    _emptied(cell)
    cell.attrib.pop("t", None)
    child_of(cell, tag("v")).text = stored
    if printing.number(stored, style) == text:
        return ""
    digits = "0" + ("." + "0" * places if places else "")
    code = ("#,##" if "," in text else "") + digits + ("%" if text.endswith("%") else "")
    if printed(stored, parse(code), epoch_1904=False) != text:
        _put_text(cell, text)
        return ""
    return code


def _put_text(cell: Element, text: str) -> None:
    _emptied(cell)
    cell.set("t", "inlineStr")
    words = child_of(child_of(cell, tag("is")), tag("t"))
    words.text = text
    words.set(SPACE, "preserve")


def _emptied(cell: Element) -> None:
    for child in list(cell):
        if local(child) in {"v", "is"}:
            cell.remove(child)
