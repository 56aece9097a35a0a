"""Folded sheets and streaks of the scanner: lines from edge to edge that are no rulings."""

import cv2
import numpy as np
import pytest

from jixiao.formats.scan.creases import creases, without_creases
from jixiao.formats.scan.grid import slots
from tests.formats import damage
from tests.formats.damage import Picture
from tests.formats.test_scan import TRUE, drawn, owned, seen


def down(picture: Picture, at: float) -> Picture:
    """Fold a sheet from top to bottom."""
    lain = np.ascontiguousarray(picture.transpose(1, 0, 2))
    return np.ascontiguousarray(damage.folded(lain, at, dpi=200).transpose(1, 0, 2))


def streaked(picture: Picture) -> Picture:
    """Let two specks on the glass draw a streak each, close together."""
    out = picture.copy()
    for x in (600, 640):
        out[:, x : x + 2] = (out[:, x : x + 2] * 0.6).astype(np.uint8)
    return out


@pytest.mark.parametrize(
    "hurt",
    [
        lambda page: damage.folded(damage.turned(page, 1.0), 0.55, dpi=200),
        lambda page: damage.folded(damage.turned(page, -1.0), 0.42, dpi=200),
        lambda page: damage.turned(damage.folded(page, 0.5, dpi=200), 2.0),
        lambda page: damage.turned(down(page, 0.6), -1.5),
        lambda page: streaked(damage.turned(page, 1.0)),
    ],
    ids=["askew", "askew the other way", "with the page", "down", "streaks"],
)
def test_neither_a_fold_nor_a_streak_parts_or_joins_cells(hurt: object) -> None:
    (sheet,) = seen(damage.noisy(hurt(drawn()), 6))  # type: ignore[operator]
    assert owned(sheet) == [TRUE]
    assert sheet.map.creases


def test_what_a_fold_runs_through_is_known() -> None:
    page = damage.folded(drawn(), 0.5, dpi=200)
    (sheet,) = seen(page)
    ((_, height), _) = sheet.map.creases[0]
    assert abs(height - page.shape[0] / 2) < 3
    creased = {slot.row for slot in slots(sheet.networks[0]) if sheet.is_creased(slot.box)}
    assert 0 < len(creased) <= 3


def test_rulings_are_no_creases_even_where_the_table_is_cut_off_at_its_sides() -> None:
    page = np.full((900, 1300), 255, np.uint8)
    for y in range(60, 900, 120):
        cv2.line(page, (0, y), (1299, y), 0, 2)
    assert creases(page, 150) == []
    whole = np.asarray(cv2.cvtColor(drawn(), cv2.COLOR_BGR2GRAY), np.uint8)
    assert creases(whole, 200) == []


def test_writing_under_a_crease_keeps_its_ink() -> None:
    page = np.asarray(cv2.cvtColor(damage.folded(drawn(), 0.5, dpi=200), cv2.COLOR_BGR2GRAY), np.uint8)
    found = without_creases(page, creases(page, 200), 200)
    middle = page.shape[0] // 2
    assert np.percentile(found[middle - 20 : middle + 20], 60) > 240
    plain = cv2.cvtColor(drawn(), cv2.COLOR_BGR2GRAY)[middle - 20 : middle + 20]
    assert (found[middle - 20 : middle + 20][plain < 60] < 160).mean() > 0.95


def test_letters_at_the_height_of_a_ruling_beside_them_are_none() -> None:
    page = np.full((500, 900), 255, np.uint8)
    for x in (50, 300, 550, 850):
        cv2.line(page, (x, 50), (x, 450), 0, 2)
    for y in (50, 150, 350, 450):
        cv2.line(page, (50, y), (850, y), 0, 2)
    cv2.line(page, (300, 250), (850, 250), 0, 2)
    cv2.line(page, (95, 250), (255, 250), 0, 2)  # the strokes of a word in the middle of the merged cell
    (sheet,) = seen(page)
    assert {(s.row, s.column, s.rowspan) for s in slots(sheet.networks[0]) if s.column == 0} == {
        (0, 0, 1),
        (1, 0, 2),
        (3, 0, 1),
    }


def test_a_line_of_which_only_a_part_is_left_opens_the_cell_it_stands_in() -> None:
    page = np.full((400, 700), 255, np.uint8)
    for y in (50, 150, 250, 350):
        cv2.line(page, (50, y), (650, y), 0, 2)
    for x in (50, 250, 450, 650):
        cv2.line(page, (x, 50), (x, 350), 0, 2)
    page[148:153, 340:455] = 255
    (sheet,) = seen(page)
    (joined,) = [slot for slot in slots(sheet.networks[0]) if slot.rowspan * slot.colspan > 1]
    assert joined.open
