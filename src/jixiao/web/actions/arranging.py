"""The rows of a draft: added, deleted and brought back, moved, and filled with a block of cells from a workbook."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from django.db import transaction

from jixiao.api import filling
from jixiao.errors import TransitionError
from jixiao.schemes import load_scheme
from jixiao.web.actions.saving import (
    APPROVED,
    MOST_ROWS,
    Change,
    Clash,
    Held,
    Saved,
    hold,
    named,
    saved,
    touch,
)
from jixiao.web.drafts.content import LOCKED_CELLS, Content, Row, is_locked
from jixiao.web.log import Actor


@dataclass(frozen=True, slots=True)
class Block:
    """Cells from a workbook, row by row, and where they go: from a cell on to the right and down.

    `seen` are the versions of the rows that the page shows.
    """

    row: str
    key: str
    texts: Sequence[Sequence[str]]
    seen: Mapping[str, int]


@transaction.atomic
def add(pk: int, after: str, actor: Actor, opens: str = "") -> Saved:
    """Put a blank row below another, of its class; above all where `after` is none of the rows.

    `opens` is the first level (level3) that the row doesn't have in common with the one above: a class of its own.
    """
    held = _opened(pk, actor)
    row = held.content.rows.get(after)
    keys = list(takewhile(lambda key: key != opens, _classes(held.content)))
    cells = {key: text for key in keys if row is not None and (text := row.cells.get(key))}
    at = held.content.order.index(after) + 1 if after in held.content.order else len(held.content.order)
    name = _new(held, cells, at, actor)
    return _kept(held, actor, name)


@transaction.atomic
def remove(pk: int, name: str, seen: int, actor: Actor) -> Saved:
    """Delete a row; it stays in the draft and can be brought back. One that was saved meanwhile stays."""
    held = _opened(pk, actor)
    row = _row(held.content, name)
    if seen < row.version:
        texts = {key: ("", text) for key, text in row.cells.items()}
        clash = Clash(name, named(row), row.version, texts, row.name, row.at)
        return Saved(held.submission, held.draft, held.content, (clash,), rows=(name,))
    held.content.order.remove(name)
    row.gone = True
    touch(held, row, actor)
    return _kept(held, actor, name)


@transaction.atomic
def restore(pk: int, name: str, actor: Actor) -> Saved:
    """Bring a deleted row back, below the rows of its class."""
    held = _opened(pk, actor)
    row = held.content.rows.get(name)
    if row is None or not row.gone:
        raise TransitionError("这一行没有被删除，或已恢复：请刷新页面。")
    row.gone = False
    held.content.order.insert(_below_class(held.content, row), name)
    touch(held, row, actor)
    return _kept(held, actor, name)


def _below_class(content: Content, row: Row) -> int:
    alike = [
        n
        for n, name in enumerate(content.order, 1)
        if all(content.rows[name].cells.get(key) == row.cells.get(key) for key in _names(content))
    ]
    return alike[-1] if alike else len(content.order)


@transaction.atomic
def move(pk: int, name: str, steps: int, actor: Actor) -> Saved:
    """Move a row up (a negative number of steps) or down; past the border of its class it becomes one of the next."""
    held = _opened(pk, actor)
    row, order = _row(held.content, name), held.content.order
    at = order.index(name)
    to = min(max(at + steps, 0), len(order) - 1)
    order.insert(to, order.pop(at))
    if to != at:
        beside = held.content.rows[order[to + 1 if to < at else to - 1]]
        row.cells |= {
            key: beside.cells.get(key, "")
            for key in _classes(held.content)
            if key in row.cells or key in beside.cells
        }
        row.cells = {key: text for key, text in row.cells.items() if text}
        touch(held, row, actor)
    return _kept(held, actor, name)


@transaction.atomic
def paste(pk: int, block: Block, actor: Actor) -> Saved:
    """Fill cells with a block from a workbook, and make rows for what reaches below the last.

    A block that begins with the classes is a whole table: blank rows that it leaves over go.

    Raises:
        TransitionError: there is no such cell, or more rows than a form takes.
    """
    held = hold(pk, actor)
    if block.row.startswith("funds."):
        return saved(held, [*_funds(held.content, block)], actor)
    _row(held.content, block.row)
    listed = _texts(held.content, block)
    at = held.content.order.index(block.row)
    short = at + len(listed) - len(held.content.order)
    if short > 0:
        if is_locked(held.submission, held.content):
            raise TransitionError(f"粘贴的内容比表多 {short} 行；" + APPROVED.format("绩效目标"))
        for _ in range(short):
            _new(held, {}, len(held.content.order), actor)
        held.content.ordered = held.draft.version
    names = held.content.order[at : at + len(listed)]
    if (
        block.key == _names(held.content)[0]
        and len(listed) > 1
        and not is_locked(held.submission, held.content)
    ):
        _put_away(held, held.content.order[at + len(listed) :], actor)
    changes = [
        change
        for name, texts in zip(names, listed, strict=True)
        if (change := _change(held, name, texts, block.seen)).cells
    ]
    return saved(held, changes, actor)


def _put_away(held: Held, names: Sequence[str], actor: Actor) -> None:
    """Delete the rows of the blank form that a whole table pasted above them left over; they can be brought back."""
    content, classes = held.content, set(_classes(held.content))
    blank = filling.blank(load_scheme(content.scheme), content.form, content.year).rows
    for name in names:
        row = held.content.rows[name]
        if not row.cells.keys() - classes or row.cells in blank:
            held.content.order.remove(name)
            row.gone = True
            touch(held, row, actor)
            held.content.ordered = held.draft.version


def _texts(content: Content, block: Block) -> list[dict[str, str]]:
    """Name the texts of a block: by the columns that are typed, or where it comes from an official form, by those."""
    own, printed = filling.row_keys(content.form), filling.printed_keys(content.form)
    if block.key not in own:
        raise TransitionError("请先点选要粘贴到的单元格。")
    shown = filling.shown_keys(content.form)
    if shown != own:
        return _carried_down(_fitting(block, (shown, printed)), content)
    columns = own[own.index(block.key) :]
    listed = [dict(zip(columns, (text.strip() for text in row), strict=False)) for row in block.texts]
    official = own != printed and block.key in printed
    if official and any(row.get("sign", "") not in filling.SIGNS for row in listed):
        columns = printed[printed.index(block.key) :]
        listed = [
            filling.apart(dict(zip(columns, (text.strip() for text in row), strict=False)), content.form)
            for row in block.texts
        ]
    return _carried_down(listed, content)


def _fitting(block: Block, layouts: Sequence[Sequence[str]]) -> list[dict[str, str]]:
    """Name a block's texts by the columns under which most numbers stand where numbers belong; the law's words go."""
    found: list[tuple[int, list[dict[str, str]]]] = []
    for keys in layouts:
        columns = keys[keys.index(block.key) :]
        listed = [dict(zip(columns, (text.strip() for text in row), strict=False)) for row in block.texts]
        strange = sum(
            bool(text) and key.startswith(_NUMBERS) and not _DIGITS.fullmatch(text)
            for row in listed
            for key, text in row.items()
        )
        kept = [{k: text for k, text in row.items() if not k.startswith(filling.LAW)} for row in listed]
        found.append((strange + 2 * sum(len(row) > len(columns) for row in block.texts), kept))
    return min(found, key=lambda one: one[0])[1]


_NUMBERS, _DIGITS = ("points", "score"), re.compile(r"\d+(?:\.\d+)?分?")


def _classes(content: Content) -> tuple[str, ...]:
    """Return the keys of a form's classes and their points, from the first level on."""
    return tuple(key for keys in filling.classes_of(content.form) for key in keys)


def _names(content: Content) -> tuple[str, ...]:
    """Return the keys of a form's classes alone."""
    return tuple(keys[0] for keys in filling.classes_of(content.form))


def _carried_down(listed: list[dict[str, str]], content: Content) -> list[dict[str, str]]:
    """Give each row its class: a merged cell of a workbook has its words in the first row alone.

    A class that begins anew forgets those below it, but where the block has no column for them.
    """
    classes = filling.classes_of(content.form)
    above: dict[str, str] = {}
    for row in listed:
        for level, (name, *_) in enumerate(classes):
            if row.get(name) and above.get(name) not in {None, row[name]}:
                above = {
                    key: text
                    for key, text in above.items()
                    if key in {k for keys in classes[:level] for k in keys}
                }
        for key in (key for keys in classes for key in keys):
            if key in row and not row[key]:
                row[key] = above.get(key, "")
        above |= {key: row[key] for keys in classes for key in keys if row.get(key)}
    return listed


def _change(held: Held, name: str, texts: Mapping[str, str], seen: Mapping[str, int]) -> Change:
    row = held.content.rows[name]
    new = row.version == held.draft.version and name not in seen
    known = new or seen.get(name, -1) >= row.version
    locked = LOCKED_CELLS if is_locked(held.submission, held.content) else frozenset[str]()
    cells = {
        key: (row.cells.get(key, "") if known else "", text)
        for key, text in texts.items()
        if key not in locked and text != row.cells.get(key, "")
    }
    return Change(name, row.version if known else seen.get(name, 0), cells)


def _funds(content: Content, block: Block) -> list[Change]:
    """Spread a block over the sources of the funds and their columns, from the cell on to the right and down."""
    spots = filling.entry_sheet(content.typed).spots
    at = {spot.key: place for place, spot in spots.items() if spot.key.startswith("funds.")}
    if block.key not in at:
        raise TransitionError("请先点选要粘贴到的单元格。")
    top, left = at[block.key]
    lines: dict[int, list[str]] = {}
    for key, (line, column) in sorted(at.items(), key=lambda pair: pair[1]):
        if line >= top and column >= left:
            lines.setdefault(line, []).append(key)
    found = []
    for keys, texts in zip(lines.values(), block.texts, strict=False):
        name = ".".join(keys[0].split(".")[:2])
        row = content.fixed[name]
        known = block.seen.get(name, -1) >= row.version
        cells = {
            key: (row.cells.get(key, "") if known else "", text.strip())
            for key, text in zip(keys, texts, strict=False)
            if text.strip() != row.cells.get(key, "")
        }
        if cells:
            found.append(Change(name, block.seen.get(name, 0), cells))
    return found


def _opened(pk: int, actor: Actor) -> Held:
    """Return a draft whose rows may be arranged."""
    held = hold(pk, actor)
    if is_locked(held.submission, held.content):
        raise TransitionError(APPROVED.format("绩效目标"))
    return held


def _row(content: Content, name: str) -> Row:
    row = content.rows.get(name)
    if row is None or row.gone:
        raise TransitionError("这一行已经不在表里：请刷新页面。")
    return row


def _new(held: Held, cells: Mapping[str, str], at: int, actor: Actor) -> str:
    """Make a row at a place; ids are never used again."""
    if len(held.content.order) >= MOST_ROWS:
        raise TransitionError(f"一份表最多 {MOST_ROWS} 行指标：请确认没有粘贴多余的行。")
    name = f"r{len(held.content.rows) + 1}"
    row = held.content.rows[name] = Row(dict(cells))
    held.content.order.insert(at, name)
    touch(held, row, actor)
    return name


def _kept(held: Held, actor: Actor, *rows: str) -> Saved:
    held.content.ordered = held.draft.version
    held.keep(actor)
    return Saved(held.submission, held.draft, held.content, rows=rows)
