"""The law of figures, tiers and words as a zen-engine decision: one row of a table after the other, as rule engines work.

What the decision says: the side of the target that a value lies on, the share by the part's formula, the pass threshold,
the points rounded half up, all again at both ends of what the print leaves open, and the tier that words mean, between its
edges. A row comes with its rule-book's part and its tier, as a form would bring them: looking these up costs zen nothing
here. It leaves open (score None) what needs more: amounts of the fund block, bands, steps, hedges, dates, targets of zero,
results of unsure meaning, rows with a part of their own, deductions. zen counts in decimals of 28 digits: whole millionths
stay exact.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import zen

from jixiao.batch.codes import METHODS, SCALE, Aim
from jixiao.schemes.scheme import Method

NAME = "zen-engine"
_M = {method.value: n for method, n in METHODS.items()}
_FIGURES = tuple(METHODS[m] for m in (
    Method.RATIO, Method.INVERSE_RATIO, Method.LINEAR_EXCESS, Method.ALL_OR_NOTHING, Method.MET_ONLY
))  # fmt: skip
_SIDES = {Aim.AT_LEAST: "positive", Aim.AT_MOST: "negative", Aim.EXACTLY: "exact", Aim.BETWEEN: "bounded"}
COLUMNS = (
    "filing", "row", "scheme", "names", "words", "kind", "stated", "lo", "hi", "lo_out", "hi_out", "has_actual", "value",
    "half", "hedge", "repeats", "whole", "smaller", "points", "printed", "tenth", "deduction",
)  # fmt: skip
_TIER = ("standard", "low", "high", "low_open", "high_open")

Row = Mapping[str, Any]
Given = tuple[int | None, int, int]


def _place(v: str) -> str:
    return (
        f"lo != null and ({v} < lo or (lo_out and {v} == lo)) ? 1 : "
        f"hi != null and ({v} > hi or (hi_out and {v} == hi)) ? 2 : 0"
    )


def _over(at: str, v: str) -> str:
    by_target = f"lo > 0 and (method == {_M['ratio']} or (hi != null and lo != hi))"
    return (
        f"{at} == 0 ? 1 : method == {_M['all_or_nothing']} ? 0 : method == {_M['met_only']} ? null : "
        f"{at} == 1 ? ({by_target} ? max([{v}, 0]) : null) : "
        f"method == {_M['ratio']} and lo == null ? null : "
        f"method == {_M['ratio']} and lo == hi ? (hi > 0 ? 1 : null) : "
        f"method == {_M['linear_excess']} ? (hi > 0 ? 2 * hi - {v} : null) : (hi >= 0 and {v} > 0 ? hi : null)"
    )


def _under(at: str, v: str) -> str:
    return (
        f"{at} == 0 or method == {_M['all_or_nothing']} ? 1 : {at} == 1 ? lo : "
        f"method == {_M['ratio']} and lo == hi ? 1 : method == {_M['linear_excess']} ? hi : {v}"
    )


def _half_up(n: str, d: str) -> str:
    return f"floor((2 * ({n}) + ({d})) / (2 * ({d})))"


def _rounded(n: str, d: str) -> str:
    return f"(({n}) <= 0 ? 0 : min([top, grain * {_half_up(n, f'{d} * grain')}]))"


def _score(n: str, d: str) -> str:
    fails = f"{n} <= 0 or (threshold > 0 and {n} * {SCALE} < threshold * {d})"
    return f"{n} == null ? null : {fails} ? 0 : {n} >= {d} ? top : {_rounded(f'points * {n}', d)}"


def _first(n: str, d: str) -> str:
    share = _half_up(f"{n} * 10000", d)
    fails = f"{n} <= 0 or (threshold > 0 and {share} * {SCALE // 10**4} < threshold)"
    return f"{n} == null ? null : {fails} ? 0 : {_rounded(f'points * {share}', '10000')}"


def _figure() -> dict[str, str]:
    """Return the sums of a figure beside its target, each under its name."""
    sums = {"v0": "value", "v1": "value - half", "v2": "value + half"}
    for n in (0, 1, 2):
        sums[f"at{n}"] = _place(f"$.v{n}")
        sums[f"n{n}"] = _over(f"$.at{n}", f"$.v{n}")
        sums[f"d{n}"] = _under(f"$.at{n}", f"$.v{n}")
        sums[f"s{n}"] = _score(f"$.n{n}", f"$.d{n}")
        sums[f"f{n}"] = _first(f"$.n{n}", f"$.d{n}")
    sums["decided"] = f"$.n0 != null and not($.at0 != 0 and kind == {int(Aim.EXACTLY)} and smaller)"
    sums["score"] = "$.decided ? $.s0 : null"
    moved = "half != 0 and ($.at0 != 0 or $.at1 != 0 or $.at2 != 0)"
    crossed = "$.at1 != $.at2 ? top : null"
    alone = "half == 0 and $.at0 != 0 ? [$.s0, $.f0] : [$.s0]"
    sums["ends"] = f"filter({moved} ? [$.s0, $.s1, $.f1, $.s2, $.f2, {crossed}] : {alone}, # != null)"
    sums["low"], sums["high"] = ("$.decided ? min($.ends) : null", "$.decided ? max($.ends) : null")
    return sums


def _words() -> dict[str, str]:
    """Return the sums of words that mean a tier, or none."""
    upper, lower = (_rounded(f"points * {end}", str(SCALE)) for end in ("high", "low"))
    most = f"high_open and $.upper * {SCALE} >= points * high ? max([$.upper - grain, 0]) : $.upper"
    least = f"low_open and $.lower * {SCALE} <= points * low ? min([$.lower + grain, $.most]) : min([$.lower, $.most])"
    earned = (
        f"standard == null ? null : standard == {SCALE} ? top : {_rounded('points * standard', str(SCALE))}"
    )
    known = "high != null"
    return {
        "upper": f"{known} ? {upper} : null", "lower": f"{known} ? {lower} : null", "most": f"{known} ? ({most}) : top",
        "least": f"{known} ? ({least}) : 0", "score": f"{known} ? ({earned}) : null",
        "low": "min(filter([$.least, $.score], # != null))", "high": "max(filter([$.most, $.score], # != null))",
    }  # fmt: skip


def _decision() -> str:
    """Return the graph: a switch, a node of sums for figures and one for words."""
    figures, words = (
        {"id": name, "type": "expressionNode", "name": name,
         "content": {"expressions": [{"id": key, "key": key, "value": text} for key, text in sums.items()]}}
        for name, sums in (("figures", _figure()), ("words", _words()))
    )  # fmt: skip
    ways = (
        {"id": "to_figures", "condition": f"kind != {int(Aim.QUALITATIVE)}"},
        {"id": "to_words", "condition": ""},
    )
    switch = {
        "id": "way",
        "type": "switchNode",
        "name": "way",
        "content": {"hitPolicy": "first", "statements": ways},
    }
    ends = (
        {"id": "in", "type": "inputNode", "name": "in"},
        {"id": "out", "type": "outputNode", "name": "out"},
    )
    edges = (
        ("in", "way", None), ("way", "figures", "to_figures"), ("way", "words", "to_words"),
        ("figures", "out", None), ("words", "out", None),
    )  # fmt: skip
    joined = [
        {"id": f"{one}-{other}", "type": "edge", "sourceId": one, "targetId": other}
        | ({"sourceHandle": handle} if handle else {})
        for one, other, handle in edges
    ]
    nodes = [*ends, switch, figures, words]
    return json.dumps({"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": joined})


def decide(rows: Sequence[Row]) -> list[Given | None]:
    """Decide rows of `asked` one by one: score, least and most allowed; None where zen leaves a row open."""
    decision = zen.ZenEngine().create_decision(zen.ZenDecisionContent(_decision()))
    return [_told(decision.evaluate(row)["result"]) for row in rows]


def _told(result: Row) -> Given | None:
    return None if result.get("high") is None else (result.get("score"), result.get("low"), result["high"])


def asked(rows: Sequence[Row], law: Mapping[str, pa.Table]) -> tuple[list[Row], list[tuple[int, int]]]:
    """Return what the decision is asked of the rows that it covers, and which row of which filing each is."""
    books = {book["scheme"]: book for book in law["books"].to_pylist()}
    parts, tiers = (
        {row[key]: row for row in law[name].to_pylist()}
        for name, key in (("parts", "part"), ("tiers", "tier"))
    )
    named = {(row["book"], row["names"]) for row in law["names_meant"].to_pylist() if row["part"] is not None}
    said = {(row["book"], row["words"]) for row in law["words_meant"].to_pylist() if row["absent"]}
    meant = {(row["part"], row["words"]): row["tier"] for row in law["tiers_meant"].to_pylist()}
    found: list[Row] = []
    keys: list[tuple[int, int]] = []
    for row in rows:
        book = books.get(row["scheme"])
        if book is None or not _is_covered(row) or {(book["book"], row["names"])} & named:
            continue
        if (book["book"], row["words"]) in said or (book["deducts"] and row["deduction"]):
            continue
        part = parts[book["qualitative" if row["kind"] == Aim.QUALITATIVE else _SIDES[row["kind"]]]]
        if part["method"] not in (*_FIGURES, _M["rubric"]) or part["floor_at"] is not None:
            continue
        tier = meant.get(
            (part["part"], row["words"]), part["best"] if row["repeats"] or row["whole"] else None
        )
        found.append(_input(row, book, part, tiers.get(tier, {})))
        keys.append((row["filing"], row["row"]))
    return found, keys


def _is_covered(row: Row) -> bool:
    told = row["has_actual"] and row["points"] is not None and row["points"] >= 0 and not row["tenth"]
    if row["kind"] == Aim.QUALITATIVE:
        return bool(told)
    return bool(
        told
        and row["kind"] in _SIDES
        and row["hedge"] == 0
        and row["value"] is not None
        and 0 not in (row["lo"], row["hi"])
    )


def _input(row: Row, book: Row, part: Row, tier: Row) -> Row:
    grain, points = book["grain"], row["points"]
    top = min(points, grain * ((2 * points + grain) // (2 * grain)))
    names = ("kind", "points", "value", "half", "lo", "hi", "lo_out", "hi_out", "smaller")
    return {
        **{name: row[name] for name in names}, **{name: tier.get(name) for name in _TIER}, "top": top, "grain": grain,
        "method": part["method"], "threshold": part["threshold"] or 0,
    }  # fmt: skip
