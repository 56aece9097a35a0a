"""A nation to try it on: a lake of made-up filings, the same for the same number and seed, written part by part.

Filings are drawn from a pool of made-up tables (`synthetic`) by arithmetic alone, so any number can be written.
A row may take the place of another where the two are alike: the same rule-book, names, points, score printed and due,
the same bits, findings and reason; only targets and results differ. So no score, total, grade or finding moves.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.compute as pc

from jixiao.batch import duck, parts, tables
from jixiao.batch.alone import is_empty
from jixiao.batch.codes import COLUMNS
from jixiao.batch.fund_lines import AMOUNTS
from jixiao.batch.lake import ABOUT, Means
from jixiao.batch.rows import Origin, Rows, evaluations_as_rows
from jixiao.batch.synthetic import PLANTED, Made, pool
from jixiao.batch.tables import Row
from jixiao.errors import UnreadableError
from jixiao.schemes.shelf import all_schemes

PART = 100_000  # filings in a part
_RIGHT, _WRONG = (
    80,
    8,
)  # tables in the pool for each rule-book: without a fault, with each of the planted ones
_PROVINCES = {
    "云河省": 22, "青川省": 18, "临江省": 15, "东岭省": 13, "北原省": 12, "南屏省": 9, "西泽省": 7, "海宁省": 4,
}  # of a hundred filings  # fmt: skip
_PRIME = 2147483647
_DRAWS = 6  # of a filing, beside one for each of its rows
_ROOM = 64  # numbers that a filing's draws may take
_FIGURES = {
    "filing", "row", "words", "aim", "lo", "hi", "value", "half", "exact", "exact_half", "exact_per", "beyond",
    "beyond_per", "above", "above_per", "read", "hit", "satisfaction",
}  # what rows may differ in and be alike  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stock:
    """The pool as tables: `indicators` with rows that are alike beside each other, `slots` what may stand where.

    `sources` tells for each of these indicators the table of the pool and the row that it was.
    """

    rows: Rows
    filings: pa.Table
    funds: pa.Table
    indicators: pa.Table
    slots: pa.Table
    sources: tuple[tuple[int, int], ...]


def synthesize(folder: Path, filings: int, seed: int, means: Means) -> int:
    """Write a lake of made-up filings, part by part; the same for the same number and seed. Returns the indicators.

    Raises:
        UnreadableError: the folder already holds something.
    """
    if not is_empty(folder):
        raise UnreadableError(f"“{folder}”里已有内容：请换一个文件夹。")
    stock = stocked(pool(all_schemes(), seed, _RIGHT, _WRONG))
    connection = engine_for(stock, means)
    for name, listed in (("names", stock.rows.names), ("words", stock.rows.words)):
        parts.write_part(folder, name, _part(0), tables.table(list(listed.values()), tables.TABLES[name]))
    told = 0
    for part, first in enumerate(range(0, filings, PART)):
        draw(connection, (first, min(first + PART, filings)), filings, seed)
        made = tables_of(connection, stock)
        for name, table in made.items():
            parts.write_part(folder, name, _part(part), table)
        told += made["indicators"].num_rows
    about = {"version": tables.VERSION, "filings": filings, "indicators": told, "seed": seed, "whole": True}
    (folder / ABOUT).write_text(json.dumps(about), "utf-8")
    return told


def stocked(made: Sequence[Made]) -> Stock:
    """Turn a pool into tables and find which of its rows are alike."""
    rows = evaluations_as_rows([(Origin(n, one.scheme), one.table) for n, one in enumerate(made)])
    groups: dict[tuple[object, ...], list[Row]] = {}
    for row in rows.indicators:
        groups.setdefault(_likeness(made, rows, row), []).append(row)
    listed: list[Row] = []
    slots: list[Row] = []
    for group in groups.values():
        slots += [
            {"source": row["filing"], "row": row["row"], "first": len(listed), "alike": len(group)}
            for row in group
        ]
        listed += group
    return Stock(
        rows, tables.table(rows.filings, tables.FILINGS), tables.table(rows.funds, tables.FUNDS),
        tables.table(listed, tables.INDICATORS), pa.Table.from_pylist(slots),
        tuple((_whole(row["filing"]), _whole(row["row"])) for row in listed),
    )  # fmt: skip


def _likeness(made: Sequence[Made], rows: Rows, row: Row) -> tuple[object, ...]:
    """Return what another row must have in common with this one to stand in its place."""
    filing, at = _whole(row["filing"]), _whole(row["row"])
    settled = rows.filings[filing]["settled"]
    told = [one for one in settled if one["row"] == at] if isinstance(settled, list) else []
    value, low, high = (row.get(name) for name in ("value", "lo", "hi"))
    met = value is None or value in {low, high}
    words = None if value is not None else (row["words"], row["aim"])
    kept = tuple(sorted((name, repr(one)) for name, one in row.items() if name not in _FIGURES))
    findings = tuple(sorted((one["code"], one["severity"]) for one in told))
    reason = made[filing].table.indicators[at].reason
    return kept, made[filing].due[at], met, _excess(row), words, findings, reason


def _excess(row: Row) -> tuple[int, bool] | None:
    """Return how many tenths of its target a result is where it is more, and whether exactly so many."""
    if "above" not in row:
        return None
    tenths, rest = divmod(10 * _whole(row["above"]), _whole(row["above_per"]))
    return tenths, not rest


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def engine_for(stock: Stock, means: Means) -> duck.Connection:
    """Return an engine that sees what there is to draw."""
    connection = duck.connect(means.memory, means.spill)
    years = [{"source": row["filing"], "year": row["year"]} for row in stock.rows.filings]
    lines = [
        {"source": row["filing"], "line": row["line"], "place": n} for n, row in enumerate(stock.rows.funds)
    ]
    duck.register(connection, {
        "years": pa.Table.from_pylist(years), "lines": pa.Table.from_pylist(lines), "slots": stock.slots,
    })  # fmt: skip
    return connection


def draw(connection: duck.Connection, numbers: tuple[int, int], filings: int, seed: int) -> None:
    """Draw the filings of a part: the tables `drawn`, `made_funds` and `made_rows` of the engine.

    Args:
        connection: the engine; it sees the pool.
        numbers: the first filing, and the one after the last.
        filings: how many the whole lake will have.
        seed: of all draws.
    """
    salt = Random(seed).randrange(_PRIME)  # noqa: S311 made-up papers need no cryptography
    place = [_mixed(f"filing * {_ROOM} + {_ROOM - _DRAWS + n}", salt) for n in range(_DRAWS)]
    duck.run(connection, duck.filled("synthesize.sql", {
        "first": str(numbers[0]), "last": str(numbers[1]), "room": str(_ROOM), "books": str(len(all_schemes())),
        "each": str(_RIGHT + _WRONG * len(PLANTED)), "kind": _kind(),
        "province": _by_share(_PROVINCES, filings),
        "draws": ", ".join(f"{one} AS d{n}" for n, one in enumerate(place)),
        "row_draw": _mixed(f"d.filing * {_ROOM} + s.row", salt),
    }))  # fmt: skip


def _mixed(number: str, salt: int) -> str:
    """Return SQL for a number that looks drawn at random from another, below `_PRIME`."""
    mixed = f"(({number}) * 48271 + {salt}) % {_PRIME}"
    for by, times in ((15, 1103515245), (13, 69621)):
        mixed = f"(xor({mixed}, ({mixed}) >> {by}) * {times} + {salt}) % {_PRIME}"
    return mixed


def _kind() -> str:
    """Return SQL for the table's place among those of its rule-book: the fault by its rate, then any of that kind."""
    ends = accumulate(PLANTED.values())
    faults = " ".join(
        f"WHEN d1 % 100 < {end} THEN {_RIGHT + n * _WRONG} + d2 % {_WRONG}" for n, end in enumerate(ends)
    )
    return f"CASE {faults} ELSE d2 % {_RIGHT} END"


def _by_share(shares: Mapping[str, int], filings: int) -> str:
    """Return SQL for the province of a filing's number: each has its stretch of them."""
    ends = accumulate(shares.values())
    listed = (
        f"WHEN filing * 100 < {end * filings} THEN '{name}'" for name, end in zip(shares, ends, strict=True)
    )
    return f"CASE {' '.join(listed)} END"


def tables_of(connection: duck.Connection, stock: Stock) -> dict[str, pa.Table]:
    """Return the drawn part as the lake's tables, in the order of year, province, filing, and row."""
    filings = duck.ask(connection, "SELECT * FROM drawn ORDER BY rank")
    lines = duck.ask(connection, "SELECT * FROM made_funds ORDER BY rank, place")
    rows = duck.ask(connection, "SELECT * FROM made_rows ORDER BY rank")
    return {
        "filings": _with(
            _digits(_times(stock.filings.take(filings["source"]), filings["times"], COLUMNS)),
            filings, ("filing", "province", "region", "department"),
        ),
        "funds": _with(
            _times(stock.funds.take(lines["place"]), lines["times"], AMOUNTS), lines, ("filing", *parts.KEY)
        ),
        "indicators": _with(stock.indicators.take(rows["place"]), rows, ("filing", "row", *parts.KEY)),
    }  # fmt: skip


def _times(table: pa.Table, times: pa.ChunkedArray, amounts: Sequence[str]) -> pa.Table:
    for name in amounts:
        at = table.schema.get_field_index(name)
        table = table.set_column(at, table.schema.field(name), pc.multiply(table[name], times))
    return table


def _digits(table: pa.Table) -> pa.Table:
    """Return filings whose `spent_digits` are those of their amounts, silent where they were."""
    digits = pc.utf8_trim(pc.cast(table["executed"], pa.string()), characters="0")
    at = table.schema.get_field_index("spent_digits")
    told = pc.if_else(pc.is_valid(table["spent_digits"]), digits, None)
    return table.set_column(at, table.schema.field("spent_digits"), told)


def _with(table: pa.Table, drawn: pa.Table, names: Sequence[str]) -> pa.Table:
    """Return a table whose columns of these names are those that were drawn."""
    for name in names:
        at = table.schema.get_field_index(name)
        if at < 0:
            table = table.append_column(name, drawn[name])
        else:
            table = table.set_column(at, table.schema.field(name), drawn[name])
    return table


def _part(number: int) -> str:
    return f"part-{number:05d}"
