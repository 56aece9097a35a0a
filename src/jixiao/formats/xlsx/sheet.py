"""One worksheet between its file and its grid: what stands where, what is hidden, what is merged.

Kept sparse: a sheet may claim 1,048,576 rows and hold three cells. Rows and columns keep their distances,
except that a gap of more than five empty ones becomes five, so that nobody after us has to walk through the
emptiness.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from jixiao.expressions import expression
from jixiao.formats.intake import LIMITS, Tally, too_much
from jixiao.layout import Cell, Doubt, Grid, Place

ROWS, COLUMNS = 1_048_576, 16_384
WIDEST_GAP = 5
SMALL_AREA = 4_096
LARGE_MERGES = 20
REFERENCE = expression(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")

Spot = tuple[int, int]  # row and column, from 0


class Area(NamedTuple):
    """A merged range, all four borders inside it."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, spot: Spot) -> bool:
        """Tell whether the spot lies in the range."""
        return self.top <= spot[0] <= self.bottom and self.left <= spot[1] <= self.right

    def spots(self) -> Iterable[Spot]:
        """Every spot of the range, row by row."""
        return (
            (row, column)
            for row in range(self.top, self.bottom + 1)
            for column in range(self.left, self.right + 1)
        )

    def size(self) -> int:
        """How many spots the range has."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)


@dataclass(slots=True)
class Sheet:
    """A worksheet as read: texts by spot, hidden rows and columns, merged areas."""

    title: str
    texts: dict[Spot, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    areas: list[Area] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def merge(self, area: Area, tally: Tally) -> None:
        """Note a merged range; one that runs backwards or holds a single spot is none.

        Raises:
            UnreadableError: there are more of them than any paper has.
        """
        if area.top > area.bottom or area.left > area.right or area.size() == 1:
            return
        self.areas.append(area)
        tally.merges += 1
        tally.merged_spots += area.size() if area.size() <= SMALL_AREA else 0
        if tally.merges > LIMITS.merges or tally.merged_spots > LIMITS.merged_spots:
            raise too_much(tally.name, "合并单元格")

    def doubt(self, at: Spot, why: str, reading: str = "") -> None:
        """Doubt what a cell says."""
        if len(self.doubts) < LIMITS.doubts:
            cell = f"{column_name(at[1])}{at[0] + 1}"
            place = Place(sheet=self.title, row=at[0] + 1, column=at[1] + 1, cell=cell)
            self.doubts.append(Doubt(place, f"工作表“{self.title}”{cell}：{why}", reading=reading))


def spot(reference: str) -> Spot | None:
    """Read a reference such as B7; None when it is none or lies beyond any sheet."""
    found = REFERENCE.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    row = int(found[2])
    return (row - 1, column - 1) if 1 <= row <= ROWS and column <= COLUMNS else None


def column_name(column: int) -> str:
    """Name a column as Excel does: 0 is A, 27 is AB."""
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(65 + letter) + name
    return name


def to_grid(sheet: Sheet, table: int) -> Grid | None:
    """Make the one grid of a sheet, hidden rows and columns left out; None when nothing is left to see."""
    seen = _seen(sheet)
    if not any(text for text, _ in seen.values()):
        return None
    rows = _squeezed(
        {row for at, (_, area) in seen.items() for row in (at[0], area.bottom)}, sheet.hidden_rows
    )
    used = {column for at, (_, area) in seen.items() for column in (at[1], area.right)}
    columns = _squeezed(used, sheet.hidden_columns)
    names = {column: column_name(column) for column in columns}
    cells = []
    for at in sorted(seen):
        text, area = seen[at]
        row, column = rows[at[0]], columns[at[1]]
        down, across = max(rows[area.bottom] - row + 1, 1), max(columns[area.right] - column + 1, 1)
        name = f"{names[at[1]]}{at[0] + 1}"
        place = Place(sheet=sheet.title, table=table, row=at[0] + 1, column=at[1] + 1, cell=name)
        cells.append(Cell(row, column, text, rowspan=down, colspan=across, place=place))
    return Grid(tuple(cells), Place(sheet=sheet.title, table=table))


def hidden_sheet(title: str) -> Doubt:
    """Name a hidden sheet."""
    return Doubt(Place(sheet=title), f"工作表“{title}”被隐藏，未读取；如需审核请取消隐藏")


def hidden_doubts(sheet: Sheet) -> list[Doubt]:
    """Name the hidden rows and columns that hold something."""
    rows = sorted({row for (row, _), text in sheet.texts.items() if text and row in sheet.hidden_rows})
    columns = sorted(
        {column for (_, column), text in sheet.texts.items() if text and column in sheet.hidden_columns}
    )
    named = [
        f"第 {first + 1}—{last + 1} 行" if first != last else f"第 {first + 1} 行"
        for first, last in _runs(rows)
    ]
    named += [
        f"{column_name(first)}—{column_name(last)} 列" if first != last else f"{column_name(first)} 列"
        for first, last in _runs(columns)
    ]
    if not named:
        return []
    shown = "、".join(named[:8]) + (f"等 {len(named)} 处" if len(named) > 8 else "")  # noqa: PLR2004
    why = f"工作表“{sheet.title}”的{shown}被隐藏，未读取；如需审核请取消隐藏"
    return [Doubt(place=Place(sheet=sheet.title), why=why)]


def _seen(sheet: Sheet) -> dict[Spot, tuple[str, Area]]:
    """What is seen and where: single cells, and each merged area at its first visible spot."""
    areas, covered = _without_overlaps(sheet.areas)
    large = [area for area in areas if area.size() > SMALL_AREA]
    found: dict[Spot, tuple[str, Area]] = {}
    for area in areas:
        first = _first_visible(sheet, area)
        if first is not None:
            found[first] = (sheet.texts.get((area.top, area.left), ""), _visible_end(sheet, area))
    for at, text in sheet.texts.items():
        hidden = at[0] in sheet.hidden_rows or at[1] in sheet.hidden_columns
        if text and not hidden and at not in covered and not any(area.holds(at) for area in large):
            found[at] = (text, Area(*at, *at))
    return found


def _without_overlaps(areas: Iterable[Area]) -> tuple[list[Area], set[Spot]]:
    """Keep areas that share no spot with an earlier one, and not more large ones than any paper has.

    Returns:
        the areas, and the spots under the small ones among them.
    """
    covered: set[Spot] = set()
    kept: list[Area] = []
    large: list[Area] = []
    for area in areas:
        if any(_overlap(area, other) for other in large):
            continue
        if area.size() <= SMALL_AREA:
            if covered.isdisjoint(area.spots()):
                covered.update(area.spots())
                kept.append(area)
        elif len(large) < LARGE_MERGES and not any(_overlap(area, other) for other in kept):
            large.append(area)
            kept.append(area)
    return kept, covered


def _overlap(one: Area, other: Area) -> bool:
    rows = one.top <= other.bottom and other.top <= one.bottom
    return rows and one.left <= other.right and other.left <= one.right


def _first_visible(sheet: Sheet, area: Area) -> Spot | None:
    if not (sheet.hidden_rows or sheet.hidden_columns):
        return area.top, area.left
    row = next((row for row in range(area.top, area.bottom + 1) if row not in sheet.hidden_rows), None)
    column = next(
        (column for column in range(area.left, area.right + 1) if column not in sheet.hidden_columns), None
    )
    return None if row is None or column is None else (row, column)


def _visible_end(sheet: Sheet, area: Area) -> Area:
    if not (sheet.hidden_rows or sheet.hidden_columns):
        return area
    bottom = next(row for row in range(area.bottom, area.top - 1, -1) if row not in sheet.hidden_rows)
    right = next(
        column for column in range(area.right, area.left - 1, -1) if column not in sheet.hidden_columns
    )
    return Area(area.top, area.left, bottom, right)


def _squeezed(used: set[int], hidden: set[int]) -> dict[int, int]:
    """Renumber what is used, hidden lines counted out and wide gaps narrowed; the first gap counts from 0."""
    numbers: dict[int, int] = {}
    gone = sorted(hidden)
    before, number, skipped = -1, -1, 0
    for index in sorted(used):
        while skipped < len(gone) and gone[skipped] < index:
            skipped += 1
        shown = index - skipped
        number += min(shown - before, WIDEST_GAP + 1)
        numbers[index] = number
        before = shown
    return numbers


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
