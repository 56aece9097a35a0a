"""The rows that a rule-book gives a scoring form (评分表), and the points of their classes."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from jixiao.papers.form import Form, load_form
from jixiao.papers.scoring_rows import number
from jixiao.papers.typed.typed_texts import Typed, class_keys, columns_of
from jixiao.papers.words import folded
from jixiao.schemes.scheme import Scheme

LAW = "text."  # the keys of the columns that hold the rule-book's words: 指标说明, 评分标准


def framework_rows(scheme: Scheme, form: Form) -> Iterator[Mapping[str, str]]:
    """Yield a scoring form's blank rows: those that the rule-book names, with their points where it fixes them.

    A book that weighs other classes than those of the rows it inherits has one row a class.
    """
    levels = [key for key, _ in columns_of(form) if key.startswith("level")]
    for names in _paths(scheme):
        row = dict(zip(levels, names, strict=False))
        if names[0] in scheme.level1 and "points1" in {key for keys in class_keys(form) for key in keys}:
            row["points1"] = f"{scheme.level1[names[0]]:f}"
        points = scheme.items.get(names[-1]) or _of_part(scheme, names[-1])
        yield row if points is None else {**row, "points": f"{points:f}"}


def _paths(scheme: Scheme) -> Sequence[tuple[str, ...]]:
    fitting = [names for names in scheme.framework if not scheme.level1 or names[0] in scheme.level1]
    return fitting or [(name,) for name in scheme.level1] or [("",)]


def _of_part(scheme: Scheme, name: str) -> Decimal | None:
    parts = (part for part in scheme.parts.values() if name in part.applies)
    return next((part.points for part in parts if part.points is not None), None)


def class_points(typed: Typed) -> Mapping[int, Mapping[str, str]]:
    """Return by row the points of classes that were left blank: the sum of their rows, where all of these are known."""
    found: dict[int, dict[str, str]] = {}
    keys = class_keys(load_form(typed.form))
    for level, key in ((level, own[1]) for level, own in enumerate(keys, 1) if own[1:]):
        for group in _groups(typed.rows, [own[0] for own in keys[:level]]):
            added = "" if any(typed.rows[n].get(key) for n in group) else _added(typed.rows, group)
            for n in group if added else ():
                found.setdefault(n, {})[key] = added
    return found


def _groups(rows: Sequence[Mapping[str, str]], names: Sequence[str]) -> Iterator[list[int]]:
    """Yield the rows that stand below one another and have their classes in common."""
    group: list[int] = []
    for n, row in enumerate(rows):
        if group and any(row.get(name, "") != rows[group[0]].get(name, "") for name in names):
            yield group
            group = []
        group.append(n)
    if group:
        yield group


def _added(rows: Sequence[Mapping[str, str]], group: Sequence[int]) -> str:
    points = [number(folded(rows[n].get("points", ""))) for n in group]
    known = [one for one in points if one is not None]
    return f"{sum(known, Decimal(0)):f}" if len(known) == len(points) else ""
