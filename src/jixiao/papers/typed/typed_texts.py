"""What is being typed into a form, text by text, and how sign, number and unit of a row become the paper's one cell.

Nothing is parsed here: the texts are put where a paper has them (`typed_page`) and read as any paper is, so that what
is typed means exactly what the same words mean on paper (docs/decisions/0027).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from jixiao.layout import Grid, Layout
from jixiao.model.evaluation import Indicator
from jixiao.model.reading import Kind
from jixiao.model.target import Actual, AtLeast, AtMost, Before, Exactly, Qualitative, Unclear
from jixiao.papers.form import Form, FormColumn, load_form
from jixiao.papers.pages.fund_page import said
from jixiao.papers.templates.template import fillable
from jixiao.scoring.live import IN_TIME, IN_WORDS, SIGNS

_PARTED = ("sign", "target", "unit")
# What a year takes over from the one before, and what an approval locks: names, demands and weights, never a result.
_LEVELS = ("level1", "level2", "level3", "level4")
DEMANDS = frozenset(
    {*_LEVELS, "points1", "points2", "points3", "sign", "target", "unit", "points", "standard"}
)


@dataclass(frozen=True, slots=True)
class Typed:
    """The texts of a form as they were typed; an empty cell is left out or "".

    `form` is a stem of papers/forms. `cells` are those outside of the indicators, by the field's path where it has one
    (project.name, funds.total.annual, goal.expected), else by what the form calls it (particular.项目属性,
    section.评价结论, management.分配科学性.said and .mended, execution_reason, reason, filer, grade, total.points,
    total.score, notes). `rows` are the indicators, each by the kinds of `columns_of`.
    """

    form: str
    year: int | None = None
    cells: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Spot:
    """What a cell of the page is for: its key, and the indicators (from 0) that it stands for; none outside of them.

    A class's cell stands for all the rows that it reaches over.
    """

    key: str
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page of a form with the typed texts in it, and the spot of each cell that can be typed into.

    `above` are the labels and keys of the line over the table.
    """

    layout: Layout
    grid: Grid
    spots: Mapping[tuple[int, int], Spot]
    above: tuple[tuple[str, str], ...]
    first: int  # the grid's row of the first indicator


def class_keys(form: Form) -> tuple[tuple[str, ...], ...]:
    """Return the keys of the classes that rows have in common, from the first level on, each with that of its points.

    Of a scoring form all levels but the last are classes.
    """
    kinds = [column.kind for column in form.columns]
    levels = [kind for kind in kinds if kind in _LEVELS]
    names = (
        levels[:-1] if form.kind is Kind.SCORING_FORM else [kind for kind in levels if kind in _LEVELS[:2]]
    )
    return tuple(tuple(key for key in (name, f"points{name[-1]}") if key in kinds) for name in names)


def entry_form(form: Form) -> Form:
    """Return the form as it is typed into: a cell each for sign, number and unit, and points where it prints none.

    A declaration has these columns of its own, and a monitoring table takes its targets as they were approved.
    """
    if form.kind is Kind.SCORING_FORM:
        return _with_one_text(form)
    if form.kind is not Kind.SELFEVAL_TABLE:
        return form
    opened = fillable(form)
    return replace(opened, fund_columns=form.fund_columns, widths=_widths(form, opened))


def _with_one_text(form: Form) -> Form:
    """Leave out the columns of the rule-book's words but the last (评分标准): nobody types them."""
    texts = [k for k, column in enumerate(form.columns) if column.kind == "text"]
    kept = [k for k in range(len(form.columns)) if k not in texts[:-1]]
    return replace(
        form, columns=tuple(form.columns[k] for k in kept), widths=tuple(form.widths[k] for k in kept)
    )


def _widths(form: Form, opened: Form) -> tuple[int, ...]:
    """Return the shares of the opened columns: those of the form, that of the target parted among its three."""
    if len(form.widths) != len(form.columns) + 1 or len(opened.fund_columns) > len(opened.columns):
        return ()
    own = dict(zip((key for key, _ in columns_of(form)), form.widths[1:], strict=True))
    shares = {"sign": 7, "target": 9, "unit": 8, "points": 7} if "sign" not in own else {}
    return (form.widths[0], *(shares.get(key, own.get(key, 8)) for key, _ in columns_of(opened)))


def columns_of(form: Form) -> Iterator[tuple[str, FormColumn]]:
    """Yield the columns of the indicators with their keys: the kind, or `particular.` or `text.` and the heading."""
    for column in form.columns:
        headed = column.kind in ("particular", "text")
        yield (f"{column.kind}.{column.heading}" if headed else column.kind), column


def printed_row(row: Mapping[str, str], form: Form) -> dict[str, str]:
    """Return a typed row as a form prints it: sign and unit with the number where it has no cell of their own."""
    kinds = {column.kind for column in form.columns}
    told = {key: text.strip() for key, text in row.items() if text and text.strip()}
    sign, unit = told.get("sign", ""), told.get("unit", "")
    if sign == IN_TIME:
        del told["sign"]  # our own word for it: no form has it among its signs
    if "sign" not in kinds:
        own_unit = "" if "unit" in kinds or sign in (IN_WORDS, IN_TIME) else unit
        told["target"] = _demand(sign, told.get("target", ""), own_unit)
    if "unit" not in kinds and sign not in (IN_WORDS, IN_TIME):
        told["actual"] = _with_unit(told.get("actual", ""), unit)
    if "points" not in kinds and told.get("points") and told.get("level3"):
        told["level3"] = f"{told['level3']}（{told['points']}分）"
    return {key: text for key, text in told.items() if text}


def _demand(sign: str, number: str, unit: str) -> str:
    shown = sign if sign in SIGNS and number[:1] not in SIGNS else ""
    return f"{shown}{_with_unit(number, unit)}" if number else ""


def _with_unit(number: str, unit: str) -> str:
    return f"{number}{unit}" if unit and number[-1:].isdigit() else number


def parted(row: Indicator, form: Form) -> Indicator:
    """Return an indicator with sign, number and unit apart, where putting them together again gives its own words."""
    kinds = {column.kind for column in form.columns}
    if row.target is None or ("sign" in kinds and row.sign is not None):
        return row
    sign, number, unit = _in_parts(row)
    shown = "" if sign in (IN_WORDS, IN_TIME) else unit
    if _demand(sign, number, shown) != row.demand:
        whole = replace(row, unit=None).demand if "unit" in kinds else row.demand
        return replace(row, sign=None, target=Unclear(whole, ""))
    found = replace(row, sign=sign or None, unit=unit or None, target=Unclear(number, ""))
    return found if "unit" in kinds or row.unit is not None else _with_result(found, row.actual, unit)


def _with_result(found: Indicator, actual: Actual | None, unit: str) -> Indicator:
    """Take the unit off a result where putting it back gives the result's own words.

    A bare number beside a unit would be read with it: then the demand keeps sign, number and unit in one cell instead.
    """
    if actual is None or not unit:
        return found
    number = actual.text.removesuffix(unit)
    if _with_unit(number, unit) == actual.text and number != actual.text:
        return replace(found, actual=replace(actual, text=number, figure=None))
    if not actual.text[-1:].isdigit():
        return found
    text = found.target.text if found.target is not None else ""
    return replace(found, sign=None, unit=None, target=Unclear(_demand(found.sign or "", text, unit), ""))


def _in_parts(row: Indicator) -> tuple[str, str, str]:
    match row.target:
        case AtLeast(bound=bound, strict=strict):
            sign = ">" if strict else "≥"
        case AtMost(bound=bound, strict=strict):
            sign = "<" if strict else "≤"
        case Exactly(value=bound, stated=stated):
            sign = "=" if stated else ""
        case Before(text=text):
            return IN_TIME, text, ""
        case Qualitative(text=text):
            return IN_WORDS, text, ""
        case _:
            return "", row.target.text if row.target is not None else "", ""
    unit = row.unit or (bound.unit.name if bound.unit is not None else "")
    return sign, said(bound.value) or "", unit


def carried(typed: Typed) -> Typed:
    """Return what a new year takes over: the head, the goal, names, demands and points; never a result or a score."""
    kept = ("project.", "particular.", "goal.expected", "filer")
    cells = {key: text for key, text in typed.cells.items() if key.startswith(kept)}
    rows = tuple({key: text for key, text in row.items() if _demanded(key, row)} for row in typed.rows)
    return replace(typed, cells=cells, rows=rows)


def _demanded(key: str, row: Mapping[str, str]) -> bool:
    """Tell whether a cell is a demand; a unit stays only where it belongs to one."""
    return key in DEMANDS and (key != "unit" or bool(row.get("target")))


def onto(typed: Typed, stem: str) -> Typed:
    """Return the same texts for another form: sign, number and unit put together or left apart as that one has them.

    A cell that the other form hasn't is kept by its key and not printed.
    """
    form = load_form(stem)
    entered = {key for key, _ in columns_of(entry_form(form))}
    if "sign" in entered or form.kind is Kind.SELFEVAL_TABLE:
        return replace(typed, form=stem)
    return replace(typed, form=stem, rows=tuple(_together(row, form) for row in typed.rows))


def _together(row: Mapping[str, str], form: Form) -> dict[str, str]:
    again = printed_row({key: text for key, text in row.items() if key in DEMANDS - {"points"}}, form)
    rest = {key: text for key, text in row.items() if key not in _PARTED}
    return {**rest, **({"target": again["target"]} if "target" in again else {})}
