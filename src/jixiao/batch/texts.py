"""The SQL texts of the batch: names in braces filled in, small sums written out for an engine without macros."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jixiao.batch.codes import names
from jixiao.expressions import expression

_HERE = Path(__file__).parent
_TOKEN = expression(r"'(?:[^']|'')*'|--[^\n]*|\.?\b[A-Za-z_]\w*\b|\s+|.", re.DOTALL)
_MACRO = expression(r"\s*(\w+)\(([^)]*)\)\s+AS\s+(.*)", re.DOTALL)
_BARE = expression(r"\w+")
_STEP = expression(r"(\w+)\s+AS\s+((?:NOT\s+)?MATERIALIZED\s+)?\($")


@dataclass(frozen=True, slots=True)
class Macro:
    """A small sum: its text, and the names in it that a call gives values to."""

    parameters: tuple[str, ...]
    body: str


@dataclass(frozen=True, slots=True)
class Step:
    """One of the queries that a text begins with: its name, whether it is worked out once and kept, and its text."""

    name: str
    kept: bool
    sql: str


def filled(file: str, words: Mapping[str, str]) -> str:
    """Return the SQL text of a file with the names of codes.py and an engine's `words` filled in."""
    return _text(file).format_map({**names(), **words})


def statements(text: str) -> Iterator[str]:
    """Yield the parts between semicolons, without the lines that are comments."""
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("--"))
    yield from (part.strip() for part in "\n".join(lines).split(";") if part.strip())


def macros(text: str) -> Mapping[str, Macro]:
    """Return the small sums of a filled text by name.

    Raises:
        ValueError: a statement is no `name(parameters) AS sum`.
    """
    found = {}
    for part in statements(text):
        if (said := _MACRO.fullmatch(part)) is None:
            raise ValueError(f"no macro: {part}")
        found[said[1]] = Macro(tuple(name.strip() for name in said[2].split(",")), said[3])
    return found


def expanded(sql: str, known: Mapping[str, Macro]) -> str:
    """Write every call of a known macro out, in parentheses, until none is left.

    Raises:
        ValueError: a call gives too many or too few values.
    """
    return _expanded(_TOKEN.findall(sql), known)


def steps(sql: str) -> tuple[Sequence[Step], str]:
    """Return the queries of a text `WITH a AS (...), b AS MATERIALIZED (...) ...` in order, and what it asks at last.

    Raises:
        ValueError: a parenthesis is not closed.
    """
    tokens = [token for token in _TOKEN.findall(sql) if not token.startswith("--")]
    found: list[Step] = []
    head, at = "", 0
    while at < len(tokens):
        head, at = head + tokens[at], at + 1
        said = _STEP.search(head) if head.endswith("(") else None
        if said is None:
            continue
        end = _closing(tokens, at)
        found.append(
            Step(said[1], (said[2] or "").startswith("MATERIALIZED"), "".join(tokens[at:end]).strip())
        )
        head, at = "", end + 1
    return found, head.strip()


def _expanded(tokens: list[str], known: Mapping[str, Macro]) -> str:
    told, at = [], 0
    while at < len(tokens):
        if tokens[at] in known and tokens[at + 1 : at + 2] == ["("]:
            values, end = _values(tokens, at + 2)
            told.append(_written_out(tokens[at], [_expanded(value, known) for value in values], known))
            at = end
        else:
            told.append(tokens[at])
            at += 1
    return "".join(told)


def _values(tokens: list[str], at: int) -> tuple[list[list[str]], int]:
    """Return the values of a call that begin at `at`, and where it ends."""
    end = _closing(tokens, at)
    values: list[list[str]] = [[]]
    depth = 0
    for word in tokens[at:end]:
        depth += (word == "(") - (word == ")")
        if word == "," and depth == 0:
            values.append([])
        else:
            values[-1].append(word)
    return values, end + 1


def _closing(tokens: list[str], at: int) -> int:
    """Return where the parenthesis closes that was opened before `at`."""
    depth = 1
    for place, word in enumerate(tokens[at:], at):
        depth += (word == "(") - (word == ")")
        if depth == 0:
            return place
    raise ValueError("a parenthesis is not closed")


def _written_out(name: str, values: list[str], known: Mapping[str, Macro]) -> str:
    macro = known[name]
    if len(values) != len(macro.parameters):
        raise ValueError(f"{name} takes {len(macro.parameters)} values, not {len(values)}")
    given = dict(zip(macro.parameters, map(_closed, values), strict=True))
    body = _TOKEN.findall(expanded(macro.body, known))
    return "(" + "".join(given.get(token, token) for token in body) + ")"


def _closed(value: str) -> str:
    bare = value.strip()
    return bare if _BARE.fullmatch(bare) else f"({bare})"


@cache
def _text(file: str) -> str:
    return (_HERE / file).read_text("utf-8")
