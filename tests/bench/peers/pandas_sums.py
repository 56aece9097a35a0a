"""The small sums of scoring over pandas columns of nullable whole numbers: amounts whole millionths, NA silence.

pandas has no integer wider than 64 bits. A product of two columns is taken in 64 bits where a bound of its size says that
it fits, in Python's own integers elsewhere; two products are compared by their floating values where these lie further
apart than floating error can reach, exactly elsewhere. So every answer is exact, and few rows take the slow way.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from jixiao.batch.codes import METHODS, SCALE
from jixiao.schemes.scheme import Method

Column = pd.Series
Value = Column | int | None

ALL_OR_NOTHING, MET_ONLY, RATIO = (METHODS[m] for m in (Method.ALL_OR_NOTHING, Method.MET_ONLY, Method.RATIO))
LINEAR_EXCESS, BANDS, STEPS = (METHODS[m] for m in (Method.LINEAR_EXCESS, Method.BANDS, Method.STEPS))
RUBRIC = METHODS[Method.RUBRIC]
TENTH = SCALE // 10
FINE = 10**4  # a share rounded first is rounded to so many parts of one
_FITS = 4e18  # of 9.2e18; a bound worked out in floating numbers is wrong by far less than the rest
_NEAR = 1e-14  # two products of columns this close are compared exactly; floating error is below 1e-15


def holds(test: Column) -> np.ndarray:
    """Return where a test holds for sure."""
    found: np.ndarray = test.to_numpy(dtype=bool, na_value=False)
    return found


def surely(test: Column) -> Column:
    return pd.Series(holds(test), index=test.index)


def numbers(column: Column, silent: int = 0) -> np.ndarray:
    found: np.ndarray = column.to_numpy(dtype=np.int64, na_value=silent)
    return found


def choose(*cases: tuple[Column, Value], otherwise: Value = None) -> Column:
    """Return the value of the first test that holds, as SQL's CASE does."""
    index = cases[0][0].index
    found, silent, left = np.zeros(len(index), np.int64), np.ones(len(index), bool), np.ones(len(index), bool)
    for test, value in cases:
        _put(found, silent, left & holds(test), value)
        left &= ~holds(test)
    _put(found, silent, left, otherwise)
    return column_of(found, silent, index)


def _put(found: np.ndarray, silent: np.ndarray, where: np.ndarray, value: Value) -> None:
    if value is None or not where.any():
        return
    if isinstance(value, int):
        found[where], silent[where] = value, False
    else:
        found[where], silent[where] = numbers(value)[where], value.isna().to_numpy()[where]


def column_of(found: np.ndarray, silent: np.ndarray, index: pd.Index) -> Column:
    return pd.Series(pd.arrays.IntegerArray(found, silent), index=index)


def given(like: Column, value: int | None) -> Column:
    """Return a column of one number."""
    size = len(like)
    return column_of(np.full(size, value or 0, np.int64), np.full(size, value is None), like.index)


def _ends(columns: tuple[Column, ...], empty: int, pick: Any) -> Column:  # noqa: ANN401 np.minimum or np.maximum
    found = numbers(columns[0], empty)
    silent = columns[0].isna().to_numpy()
    for column in columns[1:]:
        found = pick(found, numbers(column, empty))
        silent = silent & column.isna().to_numpy()
    return column_of(np.where(silent, 0, found), silent, columns[0].index)


def least(*columns: Column) -> Column:
    """Return the least of what is known in each row."""
    return _ends(columns, np.iinfo(np.int64).max, np.minimum)


def most(*columns: Column) -> Column:
    """Return the greatest of what is known in each row."""
    return _ends(columns, np.iinfo(np.int64).min, np.maximum)


def half_up(a: Column, b: Column, c: Column, d: Column) -> Column:
    """Return a * b / (c * d) rounded half up, a * b >= 0 and c * d > 0, NA where one is silent or they are not so."""
    silent = _silent(a, b, c, d)
    parts = [numbers(column)[~silent] for column in (a, b, c, d)]
    over, under = (np.abs(x.astype(float) * y.astype(float)) for x, y in (parts[:2], parts[2:]))
    wide = (2 * over + under > _FITS) | (2 * under > _FITS)
    e, f, g, h = (np.where(wide, 1, part) for part in parts)
    divided = (2 * e * f + g * h) // np.where(g * h > 0, 2 * g * h, 1)
    if wide.any():
        e, f, g, h = (part[wide].astype(object) for part in parts)
        cut = (2 * e * f + g * h) // np.where(g * h > 0, 2 * g * h, 1)
        divided[wide] = np.clip(cut, -(2**62), 2**62).astype(np.int64)
    wrong = (parts[0].astype(float) * parts[1] < 0) | (parts[2].astype(float) * parts[3] <= 0)
    found = np.zeros(len(silent), np.int64)
    found[~silent] = np.where(wrong, 0, divided)
    silent[~silent] |= wrong
    return column_of(found, silent, a.index)


def _silent(*columns: Column) -> np.ndarray:
    found = np.zeros(len(columns[0]), bool)
    for column in columns:
        found |= column.isna().to_numpy()
    return found


def compared(a: Column, b: Column, c: Column, d: Column) -> Column:
    """Return -1, 0 or 1 as a * b is less than, equal to or greater than c * d."""
    silent = _silent(a, b, c, d)
    parts = [numbers(column)[~silent] for column in (a, b, c, d)]
    e, f, g, h = (part.astype(float) for part in parts)
    one, other = e * f, g * h
    sign = np.sign(one - other).astype(np.int64)
    near = np.abs(one - other) <= _NEAR * (np.abs(one) + np.abs(other))
    if near.any():
        e, f, g, h = (part[near].astype(object) for part in parts)
        over, under = e * f, g * h
        sign[near] = (over > under).astype(np.int64) - (over < under).astype(np.int64)
    found = np.zeros(len(silent), np.int64)
    found[~silent] = sign
    return column_of(found, silent, a.index)


def one(like: Column) -> Column:
    return given(like, 1)


def rounded(lines: pd.DataFrame, a: Column, b: Column, under: Column) -> Column:
    """Return points a * b / under rounded to the rule-book's grain, inside 0 and the row's top."""
    grain, top = lines["grain"], lines["top"]
    up = least(top, grain * half_up(a, b, under, grain))
    nothing = (
        (a.isna() | b.isna(), None),
        ((a <= 0) & (b > 0), 0),
        ((a > 0) & (b <= 0), 0),
        ((a == 0) | (b == 0), 0),
    )
    return choose(*nothing, otherwise=up)


def fails(lines: pd.DataFrame, share: Column, below: Column) -> Column:
    """Tell whether a share over `below` is nothing, or under the pass threshold."""
    threshold = lines["threshold"]
    if not holds(threshold > 0).any():
        return share <= 0
    under = compared(share, given(share, SCALE), threshold, below) < 0
    return (share <= 0) | ((threshold > 0) & under)


def score_of(lines: pd.DataFrame, share: Column, below: Column) -> Column:
    """Return the score of a share."""
    up = rounded(lines, lines["mark"], share, below)
    return choose(
        (share.isna(), None), (fails(lines, share, below), 0), (share >= below, lines["top"]), otherwise=up
    )


def earned(lines: pd.DataFrame, share: Column, below: Column) -> Column:
    """Return the share, over `below`, that is earned: the row's points times it are what it is worth, not rounded."""
    return choose((fails(lines, share, below), 0), (share >= below, below), otherwise=share)


def score_first(lines: pd.DataFrame, share: Column, below: Column) -> Column:
    """Return the score of a share that is rounded to 0.01 % before it is multiplied."""
    fine = given(share, FINE)
    first = half_up(share, fine, below, one(share))
    failing = (share <= 0) | ((lines["threshold"] > 0) & (first * (SCALE // FINE) < lines["threshold"]))
    up = rounded(lines, lines["mark"], first, fine)
    return choose((share.isna(), None), (failing, 0), otherwise=up)


def side(lines: pd.DataFrame, v: Column, lo: str, hi: str) -> Column:
    """Return 0 where a value meets its target, 1 where it misses it from below, 2 where it exceeds it."""
    low, high = lines[lo], lines[hi]
    return choose(
        ((v < low) | (lines["lo_out"] & (v == low)), 1),
        ((v > high) | (lines["hi_out"] & (v == high)), 2),
        otherwise=0,
    )


def share_over(lines: pd.DataFrame, place: Column, v: Column) -> Column:
    """Return what a value earns by the part's formula: the numerator of the share, NA where none fits."""
    method, lo, hi = lines["method"], lines["aim_lo"], lines["aim_hi"]
    is_ratio, excess, under = method == RATIO, method == LINEAR_EXCESS, place == 1
    by_target = (lo > 0) & (is_ratio | (hi.notna() & (lo != hi)))
    same = is_ratio & (lo == hi)
    return choose(
        (place == 0, 1), (method == ALL_OR_NOTHING, 0), (method == MET_ONLY, None),
        (under & by_target, most(v, given(v, 0))), (under, None), (is_ratio & lo.isna(), None), (same & (hi > 0), 1),
        (same, None), (excess & (hi > 0), 2 * hi - v), (excess, None), ((hi >= 0) & (v > 0), hi),
    )  # fmt: skip


def share_under(lines: pd.DataFrame, place: Column, v: Column) -> Column:
    """Return the denominator of that share."""
    method, lo, hi = lines["method"], lines["aim_lo"], lines["aim_hi"]
    return choose(
        ((place == 0) | (method == ALL_OR_NOTHING), 1), (place == 1, lo), ((method == RATIO) & (lo == hi), 1),
        (method == LINEAR_EXCESS, hi), otherwise=v,
    )  # fmt: skip


def as_printed(
    lines: Mapping[str, Column] | pd.DataFrame, score: Column, printed: str, points: str, tenth: str
) -> Column:
    """Return the printed score of one decimal that stands for the score where no text says how to round."""
    told, grain = lines[printed], lines["grain"]
    stands = holds(lines[tenth]) & ~holds(lines["final"]) & holds((score != told) & (told <= lines[points]))
    found, silent = np.zeros(len(told), np.int64), np.ones(len(told), bool)
    if stands.any():
        s, t, g = (numbers(column)[stands] for column in (score, told, grain))
        right = (2 * s + TENTH) // (2 * TENTH) * TENTH == t
        found[stands], silent[stands] = np.where(right, g * ((2 * t + g) // (2 * g)), 0), ~right
    return column_of(found, silent, told.index)
