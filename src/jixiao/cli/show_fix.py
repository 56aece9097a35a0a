"""Fixes on the screen: the fewest changes that make a paper consistent, and what was changed in its record."""

from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import RenderableType

from jixiao.audit.remedy.safe import Mended
from jixiao.cli.screen import broken, columns, ink, width
from jixiao.cli.show_score import heading
from jixiao.telling.done import Done
from jixiao.telling.naming import field_words
from jixiao.telling.remedies import LEAST, edit_words, remedy_words

_LINES, _MORE = 3, "…（jixiao check --all 列出）"


def remedy(one: Done, *, whole: bool) -> Iterator[RenderableType]:
    """Yield in one paragraph the cheapest honest remedy of a paper, its first lines unless `whole`."""
    words = remedy_words(one)
    if words:
        said = f"{LEAST}  {words}"
        yield ink(said if whole else _cut(said, width()))


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
        spot, change, why = edit_words(readings, edit)
        table.add_row(ink(spot), ink(change), ink(edit.code), ink(why))
    yield table
    for finding in mended.held:
        where = field_words(readings[finding.paper], finding.where)
        yield ink(f"没有代改 {finding.code} {where}：改了会与别处不一致，请核对后一并修改。", "yellow")
    yield ink("")
