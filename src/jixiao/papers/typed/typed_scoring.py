"""Typed texts on a scoring form (评分表): its page, the record that they make, and the texts of a record.

A cell's place is known, so nothing is looked for as `scoring_form` does on paper: names and words stand as they were
typed, numbers are read by that reader's own function. The amounts that scoring needs and the form doesn't print are
typed beside it and read as the row of totals of the paper that has them (`facts_form`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate, pairwise

from jixiao.layout import Block, Cell, Doubt, Layout, Line, Place, Role
from jixiao.model.evaluation import ClassMark, Evaluation, FundLine, Funds, Indicator, Project
from jixiao.model.figure import unit_named
from jixiao.model.reading import Kind, Reading
from jixiao.papers.base_data import base_data_form, base_data_page
from jixiao.papers.form import Form, load_form
from jixiao.papers.pages.fund_page import said
from jixiao.papers.pages.ruled_sheet import RuledSheet
from jixiao.papers.scoring_forms import scoring_form, scoring_page
from jixiao.papers.scoring_rows import number, tight
from jixiao.papers.typed.typed_texts import Sheet, Spot, Typed, class_keys, columns_of, entry_form
from jixiao.papers.words import folded

_FACTS = "funds.total."
_NUMBERS = {"points": "points", "score": "score_printed", "deduction": "deduction_printed"}
_WORDS = ("level1", "level2", "level3", "level4", "remarks")


def entry_sheet(typed: Typed) -> Sheet:
    """Return the page to be typed into: the amounts that scoring needs, and below them the form."""
    form = entry_form(load_form(typed.form))
    sheet = RuledSheet(form.widths)
    sheet.put(0, form.facts_label, span=sheet.width, role=Role.HEADING)
    sheet.row += 1
    return _sheet(form, typed, sheet, dict(_facts(sheet, form)))


def _facts(sheet: RuledSheet, form: Form) -> Iterator[tuple[tuple[int, int], Spot]]:
    """Write the row of the amounts, each label and its answer alike in breadth; yield where the answers stand."""
    edges = [sheet.edge(part, len(form.facts)) for part in range(len(form.facts) + 1)]
    for (kind, label), (start, end) in zip(form.facts, pairwise(edges), strict=True):
        shares = list(accumulate(sheet.widths[start:end]))
        middle = start + min(range(1, end - start), key=lambda k: abs(2 * shares[k - 1] - shares[-1]))
        sheet.put(start, label, span=middle - start, role=Role.HEADING)
        sheet.put(middle, "", span=end - middle)
        yield (sheet.row, middle), Spot(_FACTS + kind)
    sheet.row += 1


def printed_page(typed: Typed) -> Sheet:
    """Return the official page with the typed texts."""
    form = load_form(typed.form)
    return _sheet(form, typed, RuledSheet(form.widths), {})


def _sheet(form: Form, typed: Typed, sheet: RuledSheet, spots: dict[tuple[int, int], Spot]) -> Sheet:
    skeleton = Evaluation(year=typed.year, indicators=tuple(_named(row) for row in typed.rows))
    first = scoring_page.put_table(sheet, skeleton, form)
    spots |= _spots(sheet, form, first, len(typed.rows))
    grid = sheet.grid()
    grid = replace(
        grid, cells=tuple(_cell(cell, spots.get((cell.row, cell.column)), typed) for cell in grid.cells)
    )
    above = tuple((label, f"project.{name}") for row in form.head for name, label in row)
    told = (Line(f"{label}：{typed.cells[key]}") for label, key in above if typed.cells.get(key))
    title: tuple[Block, ...] = tuple(scoring_page.title_of(skeleton, form))
    page = Layout(
        typed.cells.get("project.name") or form.title, (*title, *told, grid), landscape=form.landscape
    )
    return Sheet(page, grid, spots, above, first)


def _named(row: Mapping[str, str]) -> Indicator:
    level1, level2, level3, level4 = (row.get(key) or None for key in _WORDS[:4])
    return Indicator(level1, level2, level3, level4)


def _cell(cell: Cell, spot: Spot | None, typed: Typed) -> Cell:
    place = Place(table=1, row=cell.row + 1, column=cell.column + 1)
    if spot is None:
        return replace(cell, place=place)
    text = typed.rows[spot.rows[0]].get(spot.key, "") if spot.rows else typed.cells.get(spot.key, "")
    return replace(cell, place=place, text=text.strip())


def _spots(sheet: RuledSheet, form: Form, first: int, count: int) -> dict[tuple[int, int], Spot]:
    keys = dict(enumerate(key for key, _ in columns_of(form)))
    totals = {f"total.{key}" for key in ("points", "score")}
    return {
        (cell.row, cell.column): (
            Spot(keys[cell.column], tuple(range(cell.row - first, cell.row - first + cell.rowspan)))
            if cell.row < first + count
            else Spot(f"total.{keys[cell.column]}")
        )
        for cell in sheet.cells
        if first <= cell.row < first + count
        or (cell.row == first + count and f"total.{keys[cell.column]}" in totals)
    }


# ---------------------------------------------------------------- texts to a record


def read_typed(typed: Typed) -> tuple[Reading, Mapping[int, int]]:
    """Read typed texts as a scoring form, and tell in which typed row each indicator stands."""
    form, sheet = load_form(typed.form), printed_page(typed)
    own = _own_keys(form)
    at = [n for n, row in enumerate(typed.rows) if any(row.get(key, "").strip() for key in own)]
    funds, doubts = _funds(typed, form)
    rows = [typed.rows[n] for n in at]
    record = Evaluation(
        Project(**{name: typed.cells.get(f"project.{name}") or None for row in form.head for name, _ in row}),
        typed.year, funds, indicators=tuple(_indicator(row) for row in rows),
        classes=tuple(_classes(typed.rows, form)), points_printed=_number(typed.cells, "total.points"),
        total_printed=_number(typed.cells, "total.score"), blanks=_blanks(rows, form),
    )  # fmt: skip
    doubts += [doubt for k, row in enumerate(rows) for doubt in _unread(row, f"indicators.{k}.")]
    wanting = {"project.name": record.project.name, "indicators": rows}
    doubts += [Doubt(Place(table=1), "未填", where=where) for where, found in wanting.items() if not found]
    places = {f"indicators.{k}": Place(table=1, row=n + sheet.first + 1, column=1) for k, n in enumerate(at)}
    place = next(iter(places.values()), Place(table=1))
    reading = Reading(
        Kind.SCORING_FORM, record, place, places, tuple(doubts), scoring_form.confidence(record)
    )
    return reading, dict(enumerate(at))


def _own_keys(form: Form) -> tuple[str, ...]:
    """Return the keys of a row's own cells: those behind its classes."""
    classes = {key for keys in class_keys(form) for key in keys}
    return tuple(key for key, _ in columns_of(form) if key not in classes)


def _indicator(row: Mapping[str, str]) -> Indicator:
    level1, level2, level3, level4, remarks = (tight(row.get(key, "")) or None for key in _WORDS)
    return Indicator(
        level1, level2, level3, level4, points=_number(row, "points"), score_printed=_number(row, "score"),
        deduction_printed=_number(row, "deduction"), remarks=remarks,
    )  # fmt: skip


def _number(texts: Mapping[str, str], key: str) -> Decimal | None:
    return number(folded(texts.get(key, "")))


def _classes(rows: Sequence[Mapping[str, str]], form: Form) -> Iterator[ClassMark]:
    """Yield the first and second levels that have a name, each where it begins, with its points."""
    before: tuple[str, ...] = ()
    for row in rows:
        path = tuple(tight(row.get(name, "")) for name, _ in class_keys(form)[:2])
        for level in range(len(path)):
            if path[level] and path[: level + 1] != before[: level + 1]:
                yield ClassMark(path[level], level + 1, _number(row, f"points{level + 1}"))
        before = path


def _blanks(rows: Sequence[Mapping[str, str]], form: Form) -> tuple[str, ...]:
    asked = next((column.heading for column in form.columns if column.kind == "remarks"), "")
    told = any(row.get("remarks") for row in rows)
    return (asked,) if asked and rows and not told else ()


def _unread(row: Mapping[str, str], path: str) -> Iterator[Doubt]:
    """Yield a doubt for a number that is none."""
    for key, name in _NUMBERS.items():
        text = row.get(key, "").strip()
        if text and _number(row, key) is None:
            yield Doubt(Place(table=1), "这一格只能填数字", None, text, path + name)


def _funds(typed: Typed, form: Form) -> tuple[Funds, list[Doubt]]:
    """Read the typed amounts as the row of totals of the paper that has them."""
    told = {kind: typed.cells.get(_FACTS + kind, "").strip() for kind, _ in form.facts}
    if not any(told.values()):
        why = f"“{form.facts_label}”未填：资金到位率、预算执行率要从这里取数"
        return Funds(), [Doubt(Place(table=1), why, where=_FACTS + form.facts[0][0])]
    other = load_form(form.facts_form)
    funds = Funds(unit_named(other.funds_unit), FundLine())
    page = base_data_page.lay_out(Evaluation(funds=funds, indicators=(Indicator(),)), other.stem)
    blocks = tuple(base_data_page.with_totals(page, other, told))
    reading = base_data_form.read(blocks)
    if not isinstance(reading.record, Evaluation):
        return Funds(), []
    read = reading.record.funds
    missed = [kind for kind, text in told.items() if text and getattr(read.total, kind, None) is None]
    doubts = [Doubt(Place(table=1), "这一格只能填金额", None, told[kind], _FACTS + kind) for kind in missed]
    line = FundLine(**{kind: getattr(read.total, kind, None) for kind in told})
    return Funds(read.unit, line), doubts


def facts_page(record: Evaluation) -> Layout | None:
    """Return the page of the paper that has the amounts which a scoring form's record holds; None where it has none."""
    form = load_form(scoring_page.usual_form(record))
    if record.funds.total is None:
        return None
    alone = Evaluation(record.project, record.year, record.funds, indicators=(Indicator(),))
    page = base_data_page.lay_out(alone, form.facts_form)
    return replace(page, name=load_form(form.facts_form).title)


# ---------------------------------------------------------------- a record to texts


def typed_of(evaluation: Evaluation, stem: str) -> tuple[Typed, tuple[str, ...]]:
    """Return a record's texts for a scoring form; a total that is the sum of its rows comes about by itself."""
    form = load_form(stem)
    known = (
        {f"project.{name}": getattr(evaluation.project, name) for row in form.head for name, _ in row}
        | {_FACTS + kind: _amount(evaluation, kind, form) for kind, _ in form.facts}
        | {"total.points": said(evaluation.points_printed), "total.score": said(evaluation.total_printed)}
    )
    keys = [key for key, _ in columns_of(entry_form(form))]
    rows = tuple(_texts(row, evaluation, keys) for row in evaluation.indicators)
    return Typed(stem, evaluation.year, {key: text for key, text in known.items() if text}, rows), ()


def _amount(evaluation: Evaluation, kind: str, form: Form) -> str | None:
    figure = getattr(evaluation.funds.total, kind, None)
    if figure is None:
        return None
    return (
        f"{figure.value:f}"
        if figure.unit == unit_named(load_form(form.facts_form).funds_unit)
        else str(figure)
    )


def _texts(row: Indicator, evaluation: Evaluation, keys: Sequence[str]) -> dict[str, str]:
    own: dict[str, str | None] = {key: getattr(row, key) for key in _WORDS}
    own |= {key: said(getattr(row, name)) for key, name in _NUMBERS.items()}
    for level in (1, 2, 3):
        own[f"points{level}"] = said(
            scoring_page.points_of(evaluation.classes, getattr(row, f"level{level}"), level)
        )
    return {key: text for key in keys if (text := own.get(key))}
