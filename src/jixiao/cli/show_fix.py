"""Fixes on the screen: the fewest changes that make a paper consistent, and what was changed in its record."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import RenderableType

from jixiao import api
from jixiao.audit.remedy_change import Change, Remedy
from jixiao.audit.remedy_safe import Edit, Mended
from jixiao.cli.naming import field_words, place_at, place_words, short
from jixiao.cli.screen import broken, columns, ink, width
from jixiao.cli.show_score import heading
from jixiao.cli.titles import TITLES
from jixiao.cli.work import Done
from jixiao.model.reading import Filing, Reading

_NUMBERS = "①②③④⑤"
_CELL = 40
LEAST = "最少的改动"
_LINES, _MORE = 3, "…（jixiao check --all 列出）"


def remedy(one: Done, *, whole: bool) -> Iterator[RenderableType]:
    """Yield in one paragraph the cheapest honest remedy of a paper, its first lines unless `whole`."""
    words = remedy_words(one)
    if words:
        said = f"{LEAST}  {words}"
        yield ink(said if whole else _cut(said, width()))


def remedy_words(one: Done) -> str:
    """Say the cheapest honest remedy of a paper; empty where no certain fault needs one."""
    found = api.remedy(one.review, one.choice)
    return "" if found is None else _said(one.review.filing, found)


def _cut(text: str, columns: int) -> str:
    """Return so much of a text as stands on a few lines, with the word where the rest is."""
    lines = broken(text, columns)
    if len(lines) <= _LINES:
        return text
    last = lines[_LINES - 1]
    while cell_len(last) + cell_len(_MORE) > columns:
        last = last[:-1]
    return "\n".join((*lines[: _LINES - 1], f"{last.rstrip('，、；：。　 ')}{_MORE}"))


def edits(mended: Mended) -> Iterator[RenderableType]:
    """Yield what was changed in a filing's record, cell by cell, and what was left alone."""
    readings = mended.review.filing.readings
    if not mended.edits and not mended.held:
        return
    yield heading(readings[mended.review.filing.main or 0])
    table = columns(wide=True)
    for ratio in (5, 5, None, 6):
        table.add_column(ratio=ratio)
    table.add_row(*(ink(word, "dim") for word in ("位置", "改动", "规则", "理由")))
    for edit in mended.edits:
        change = f"{_cell(edit.old)} → {_cell(edit.new)}"
        table.add_row(ink(_spot(readings, edit)), ink(change), ink(edit.code), ink(_why(edit)))
    yield table
    for finding in mended.held:
        where = field_words(readings[finding.paper], finding.where)
        yield ink(f"没有代改 {finding.code} {where}：改了会与别处不一致，请核对后一并修改。", "yellow")
    yield ink("")


def _why(edit: Edit) -> str:
    return edit.why if edit.follows else TITLES.get(edit.code, edit.why)


def _spot(readings: Sequence[Reading], edit: Edit) -> str:
    reading = readings[edit.paper]
    return "  ".join(
        word
        for word in (place_words(place_at(reading, edit.where)), field_words(reading, edit.where))
        if word
    )


def _cell(text: str) -> str:
    return short(text, _CELL) if text else "空白"


def _said(filing: Filing, found: Remedy) -> str:
    needed = "；".join(_change(filing, change) for change in found.needed)
    told = [needed] if needed else []
    told += (_choice_words(filing, answers) for answers in found.choices)
    return f"{found.size} 处：{'。'.join(told)}。"


def _choice_words(filing: Filing, answers: Sequence[Sequence[Change]]) -> str:
    """Name the answers of which one is to be chosen; of many the first few."""
    said = ("；".join(_change(filing, change) for change in some) for some in answers)
    listed = "　".join(f"{number} {words}" for number, words in zip(_NUMBERS, said, strict=False))
    more = f"（共 {len(answers)} 种）" if len(answers) > len(_NUMBERS) else ""
    return f"下列改法同样少，请核对原始资料选一种：{listed}{more}"


def _change(filing: Filing, change: Change) -> str:
    name = field_words(filing.readings[change.paper], change.where)
    return f"{name} {_cell(change.printed)} → {change.to}"
