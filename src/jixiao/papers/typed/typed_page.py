"""Typed texts on the page of their form: where each cell stands, the page that is read, and typed texts of a record.

The form's page is that of `selfeval_page`, laid out empty; the rows of a form are known, so each cell's key is too.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from jixiao.layout import Block, Cell, Grid, Line, Place, Role
from jixiao.model.evaluation import Evaluation, Funds, Indicator, Project
from jixiao.model.figure import unit_named
from jixiao.model.reading import Kind, Reading
from jixiao.papers.form import Form, load_form
from jixiao.papers.pages.selfeval_page import lay_out_on
from jixiao.papers.typed import typed_scoring
from jixiao.papers.typed.typed_texts import Sheet, Spot, Typed, columns_of, entry_form, parted, printed_row
from jixiao.papers.words import folded


def entry_sheet(typed: Typed) -> Sheet:
    """Return the page to be typed into: a cell each for sign, number and unit."""
    if load_form(typed.form).kind is Kind.SCORING_FORM:
        return typed_scoring.entry_sheet(typed)
    return laid_out(entry_form(load_form(typed.form)), typed, typed.rows)


def printed_page(typed: Typed) -> Sheet:
    """Return the official page with the typed texts, as the form prints them."""
    form = load_form(typed.form)
    if form.kind is Kind.SCORING_FORM:
        return typed_scoring.printed_page(typed)
    return laid_out(form, typed, [printed_row(row, form) for row in typed.rows])


def laid_out(form: Form, typed: Typed, rows: Sequence[Mapping[str, str]]) -> Sheet:
    """Return the page of a form with texts outside of the indicators, and their rows as this form has them."""
    page = lay_out_on(_skeleton(typed, rows), form)
    grid = next(block for block in page.blocks if isinstance(block, Grid))
    first, spots = _spots(grid, form, len(rows), len(form.fund_rows))
    cells = tuple(_cell(cell, spots.get((cell.row, cell.column)), typed, rows) for cell in grid.cells)
    grid = replace(grid, cells=cells)
    above = _above(form)
    blocks: list[Block] = [*_title(page.blocks, typed, form), grid]
    blocks += [Line(note, role=Role.NOTE) for note in typed.cells.get("notes", "").splitlines()]
    title = typed.cells.get("project.name") or form.title
    return Sheet(replace(page, name=title, blocks=tuple(blocks)), grid, spots, above, first)


def _skeleton(typed: Typed, rows: Sequence[Mapping[str, str]]) -> Evaluation:
    named = tuple(Indicator(row.get("level1") or None, row.get("level2") or None) for row in rows)
    return Evaluation(Project(), typed.year, indicators=named)


def _cell(cell: Cell, spot: Spot | None, typed: Typed, rows: Sequence[Mapping[str, str]]) -> Cell:
    place = Place(table=1, row=cell.row + 1, column=cell.column + 1)
    if spot is None:
        return replace(cell, place=place)
    text = rows[spot.rows[0]].get(spot.key, "") if spot.rows else typed.cells.get(spot.key, "")
    return replace(cell, place=place, text=text.strip())


def _title(blocks: Sequence[Block], typed: Typed, form: Form) -> Iterator[Line]:
    """Yield the lines over the table; that of the labels with what was typed behind them."""
    for block in blocks:
        if isinstance(block, Line) and (block.level is not None or block.role is Role.SUBTITLE):
            yield block
    if form.above:
        yield above_line(form, typed)


def _above(form: Form) -> tuple[tuple[str, str], ...]:
    return tuple((label, _named(name, label)) for name, label in form.above)


def above_line(form: Form, typed: Typed) -> Line:
    """Return the line that some forms have over the table: its labels with what was typed behind them."""
    return Line("    ".join(f"{label}：{typed.cells.get(key, '')}" for label, key in _above(form)))


def _spots(grid: Grid, form: Form, count: int, sources: int) -> tuple[int, dict[tuple[int, int], Spot]]:
    """Return the grid's row of the first indicator, and every spot of a page with so many rows and fund sources."""
    rows = {cells[0].row: cells for cells in grid.rows()}
    found: dict[tuple[int, int], Spot] = {}
    at = 0
    for pairs in form.head:
        found |= _pairs(rows[at], pairs)
        at += 1
    if form.fund_columns:
        found |= _funds(rows, at, form)
        at += 1 + sources
    at = _labelled(found, rows, at, form.below_funds)
    at = _management(found, rows, at, form.management)
    if form.goal:
        cells = [cell for cell in rows[at + 1] if cell.column > 0]
        found |= {
            (c.row, c.column): Spot(f"goal.{name}") for c, (name, _) in zip(cells, form.goal, strict=True)
        }
        at += 2
    at = _labelled(found, rows, at, form.below_goal)
    first = at + (2 if any(column.group for column in form.columns) else 1)
    found |= _indicators(grid, form, first, count)
    at = _labelled(found, rows, first + count, form.before_total)
    if form.total:
        found |= _total(rows[at], form)
        at += 1
    at = _labelled(found, rows, at, form.tail)
    for pairs in form.signed:
        found |= _pairs(rows[at], pairs)
        at += 1
    return first, found


def _labelled(
    found: dict[tuple[int, int], Spot], rows: Mapping[int, Sequence[Cell]], at: int,
    labels: Sequence[tuple[str, str]],
) -> int:  # fmt: skip
    """Find the answers of rows of one label each, from the row `at` on; return the row below them."""
    for name, label in labels:
        found |= _pairs(rows[at], ((name, label),))
        at += 1
    return at


def _management(
    found: dict[tuple[int, int], Spot], rows: Mapping[int, Sequence[Cell]], at: int, questions: Sequence[str]
) -> int:
    """Find the two answers to each question on how the money was managed; return the row below the block."""
    for n, question in enumerate(questions, at + 1):
        for cell, what in zip(rows[n][-2:], ("said", "mended"), strict=True):
            found[cell.row, cell.column] = Spot(f"management.{question}.{what}")
    return at + len(questions) + 1 if questions else at


def _pairs(cells: Sequence[Cell], pairs: Sequence[tuple[str, str]]) -> dict[tuple[int, int], Spot]:
    """Return the spots of a row of labels, each with its answer behind it."""
    answers = cells[1::2]
    return {
        (cell.row, cell.column): Spot(_named(name, label))
        for cell, (name, label) in zip(answers, pairs, strict=True)
    }


_OUTSIDE = frozenset({"filer", "execution_reason", "grade", "reason"})


def _named(name: str, label: str) -> str:
    """Return the key of an answer: particular.项目属性, section.评价结论, project.name."""
    if name in ("particular", "section"):
        return f"{name}.{label}"
    return name if name in _OUTSIDE else f"project.{name}"


def _funds(rows: Mapping[int, Sequence[Cell]], at: int, form: Form) -> dict[tuple[int, int], Spot]:
    headed = [cell.column for cell in rows[at]][
        2:
    ]  # behind the block's label and the heading over the sources
    found = {}
    for n, (source, _) in enumerate(form.fund_rows, 1):
        for column, start in zip(form.fund_columns, headed, strict=True):
            if source == "total" or column.kind not in ("rate", "reason", "standard"):
                found[at + n, start] = Spot(f"funds.{source}.{column.kind}")
    return found


def _indicators(grid: Grid, form: Form, first: int, count: int) -> dict[tuple[int, int], Spot]:
    keys = {at: key for at, (key, _) in enumerate(columns_of(form), 1)}
    return {
        (cell.row, cell.column): Spot(keys[cell.column], tuple(range(n, n + cell.rowspan)))
        for cell in grid.cells
        for n in [cell.row - first]
        if cell.column in keys and 0 <= n < count
    }


def _total(cells: Sequence[Cell], form: Form) -> dict[tuple[int, int], Spot]:
    starts = {at: key for at, (key, _) in enumerate(columns_of(form), 1) if key in ("points", "score")}
    return {
        (cell.row, cell.column): Spot(f"total.{starts[cell.column]}")
        for cell in cells[1:]
        if cell.column in starts
    }


def typed_of(evaluation: Evaluation, stem: str) -> tuple[Typed, tuple[str, ...]]:
    """Return a record's texts for a form, and in sentences what of it the form has no cell for."""
    form = load_form(stem)
    if form.kind is Kind.SCORING_FORM:
        return typed_scoring.typed_of(evaluation, stem)
    entry = entry_form(form)
    apart = any(column.kind == "sign" for column in entry.columns)
    rows = tuple(parted(row, form) if apart else row for row in evaluation.indicators)
    lines, lost = _sources(evaluation, form)
    whole = replace(evaluation, indicators=rows, funds=lines)
    grid = next(block for block in lay_out_on(whole, entry).blocks if isinstance(block, Grid))
    _, spots = _spots(grid, entry, len(rows), len(form.fund_rows))
    cells: dict[str, str] = {}
    told: list[dict[str, str]] = [{} for _ in rows]
    for cell in grid.cells:
        spot = spots.get((cell.row, cell.column))
        if spot is not None and cell.text:
            for places in [told[n] for n in spot.rows] if spot.rows else [cells]:
                places[spot.key] = cell.text
    cells |= _particulars(evaluation, form)
    if evaluation.notes:
        cells["notes"] = "\n".join(("注：", *evaluation.notes))
    return Typed(stem, evaluation.year, cells, tuple(told)), lost


def _sources(evaluation: Evaluation, form: Form) -> tuple[Funds, tuple[str, ...]]:
    """Return the funds with the sources that the form prints, and a sentence for each that it doesn't."""
    funds, printed = evaluation.funds, dict(form.fund_rows)
    kept: dict[str, None] = {}
    lost = []
    for source in ("fiscal", "carryover", "special", "other"):
        line = getattr(funds, source)
        if line is not None and source not in printed:
            kept[source] = None
            lost.append(line.label or source)
    labels = {folded(label).rstrip(":") for label in printed.values()}
    more = tuple(one for one in funds.more if folded(one.label or "").rstrip(":") in labels)
    lost += [one.label or "" for one in funds.more if one not in more]
    why = "原件资金栏另有“{}”一行，所选表样没有这一行，没有带入：请核对金额填在哪一行"
    unit = funds.unit or (unit_named(form.funds_unit) if form.funds_unit else None)
    return replace(funds, **kept, more=more, unit=unit), tuple(why.format(label) for label in lost)


def _particulars(evaluation: Evaluation, form: Form) -> dict[str, str]:
    """Return what stands in the line over the table."""
    told = {one.label: one.text for one in evaluation.particulars}
    own = {
        _named(name, label): told.get(folded(label)) or (evaluation.project.unit if name == "filer" else None)
        for name, label in form.above
    }
    return {key: text for key, text in own.items() if text}


def boxes_of(form: Form) -> dict[str, str]:
    """Return what a form offers to be ticked in cells that nobody has answered yet."""
    return {f"particular.{label}": text for label, text in form.boxes}


def rows_read(first: int, reading: Reading) -> dict[int, int]:
    """Return for each indicator of the record, from 0, which typed row it was read from; the first is row `first`."""
    found = {}
    record = reading.record
    for n in range(len(record.indicators) if isinstance(record, Evaluation) else 0):
        place = reading.places.get(f"indicators.{n}.level3") or reading.places.get(f"indicators.{n}")
        if place is not None and place.row is not None:
            found[n] = place.row - 1 - first
    return found
