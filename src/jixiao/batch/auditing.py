"""Findings in columns: audit.sql behind score.sql as one query, so that rows and sheets are worked out once."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import pyarrow as pa

from jixiao.batch import duck
from jixiao.batch.codes import COLUMNS, names
from jixiao.batch.faults import FAULTS
from jixiao.batch.rows import Rows
from jixiao.batch.scoring import engine_for
from jixiao.schemes.scheme import Scheme

Fill: TypeAlias = Callable[[str, Mapping[str, str]], str]
"""Puts an engine's own words into the SQL text of a file: `duck.filled`, `spark.filled`."""

_LAST = "SELECT * FROM "
_PART = "FILTER (WHERE source BETWEEN {line_first} AND {line_last})"
_SUMS = (
    "max(CASE WHEN source = {line_total} THEN {c} END) AS {c}",
    "max(CASE WHEN source = {line_total} THEN {c}_half END) AS {c}_half",
    f"CAST(sum({{c}}) {_PART} AS BIGINT) AS {{c}}_sum",
    f"CAST(sum({{c}}_half) {_PART} AS BIGINT) AS {{c}}_open",
    f"count({{c}}) {_PART} AS {{c}}_told",
    f"min({{c}}) {_PART} AS {{c}}_least",
    f"max({{c}}) {_PART} AS {{c}}_most",
)


def audit_rows(rows: Rows, schemes: Sequence[Scheme]) -> pa.Table:
    """Audit rows in memory; returns the findings, columns as in docs/batch.md."""
    return duck.ask(engine_for(rows, schemes), query("findings"))


def query(result: str, filled: Fill = duck.filled) -> str:
    """Return the query that scores and audits; `result` is `findings`, or `rows` or `sheets` of score.sql."""
    scored = filled("score.sql", {"result": result}).rstrip()
    tables = scored.removesuffix(f"{_LAST}{result}").rstrip()
    return f"{tables},\n{_audit(result, filled)}"


def _audit(result: str, filled: Fill) -> str:
    marks = {fault: str(1 << n) for n, fault in enumerate(FAULTS)}
    return filled("audit.sql", {
        "result": result, **marks,
        "column_sums": ",\n    ".join(one.format(c=column, **names()) for column in COLUMNS for one in _SUMS),
        "zero_over_parts": " OR ".join(f"(b.{column} = 0 AND {column}_most > 0)" for column in COLUMNS),
        "not_the_sums": "".join(
            filled("audit_sums.sql", {
                "column": column, "error": marks[f"fd01_error_{column}"], "warning": marks[f"fd01_warning_{column}"],
            })
            for column in COLUMNS
        ),
    })  # fmt: skip
