"""Fixes in words: the fewest changes that make a paper consistent, and each change of a cell."""

from collections.abc import Sequence

from jixiao import api
from jixiao.audit.remedy.change import Change, Remedy
from jixiao.audit.remedy.safe import Edit
from jixiao.model.reading import Filing, Reading
from jixiao.telling.done import Done
from jixiao.telling.naming import field_words, place_at, place_words, short
from jixiao.telling.titles import TITLES

LEAST = "最少的改动"
_NUMBERS = "①②③④⑤"
_CELL = 40


def remedy_words(one: Done) -> str:
    """Say the cheapest honest remedy of a paper; empty where no certain fault needs one."""
    found = api.remedy(one.review, one.choice)
    return "" if found is None else _said(one.review.filing, found)


def edit_words(readings: Sequence[Reading], edit: Edit) -> tuple[str, str, str]:
    """Say of a change to a record where it is, what it changes, and why."""
    reading = readings[edit.paper]
    places = (place_words(place_at(reading, edit.where)), field_words(reading, edit.where))
    why = edit.why if edit.follows else TITLES.get(edit.code, edit.why)
    return "  ".join(word for word in places if word), f"{_cell(edit.old)} → {_cell(edit.new)}", why


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
