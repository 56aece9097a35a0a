"""Scores in columns: the tables of filings and indicators under rule-books, by the one query of score.sql."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from jixiao.batch import duck, tables
from jixiao.batch.audit_books import usual_classes
from jixiao.batch.books import Shelf, shelve
from jixiao.batch.faults import faults
from jixiao.batch.meanings import Meanings, meanings
from jixiao.batch.rows import Rows
from jixiao.schemes.scheme import Scheme


@dataclass(frozen=True, slots=True)
class Scored:
    """What came out: a line for each indicator, a line for each filing; columns as in docs/batch.md."""

    rows: pa.Table
    sheets: pa.Table


def score_rows(rows: Rows, schemes: Sequence[Scheme]) -> Scored:
    """Score rows in memory; each filing under the rule-book that its `scheme` names, one of `schemes`."""
    connection = engine_for(rows, schemes)
    return Scored(
        duck.ask(connection, duck.filled("score.sql", {"result": "rows"})),
        duck.ask(connection, duck.filled("score.sql", {"result": "sheets"})),
    )


def engine_for(rows: Rows, schemes: Sequence[Scheme]) -> duck.Connection:
    """Return an engine that sees rows and rule-books as the tables of the queries."""
    connection = duck.connect()
    duck.register(connection, asked_tables(rows, schemes))
    return connection


def asked_tables(rows: Rows, schemes: Sequence[Scheme]) -> dict[str, pa.Table]:
    """Return rows and rule-books as the tables of the queries."""
    shelf = shelve(schemes)
    names = tables.table(list(rows.names.values()), tables.NAMES)
    words = tables.table(list(rows.words.values()), tables.WORDS)
    printed = [None if row["grade_printed"] is None else str(row["grade_printed"]) for row in rows.filings]
    return law_tables(shelf, meanings(shelf, names, words, printed)) | {
        "filings": tables.table(rows.filings, tables.FILINGS),
        "funds": tables.table(rows.funds, tables.FUNDS),
        "indicators": tables.table(rows.indicators, tables.INDICATORS),
    }


def law_tables(shelf: Shelf, meant: Meanings) -> dict[str, pa.Table]:
    """Return the rule-books, and what texts mean to them, under the names that score.sql uses."""
    return {
        "books": tables.table(shelf.books, tables.BOOKS), "parts": tables.table(shelf.parts, tables.PARTS),
        "bands": tables.table(shelf.bands, tables.BANDS),
        "tiers": tables.table(shelf.tiers, tables.TIERS), "grades": tables.table(shelf.grades, tables.GRADES),
        "names_meant": meant.names,
        "words_meant": meant.words,
        "tiers_meant": meant.tiers,
        "grades_meant": meant.grades,
        "grades_told": meant.claims,
        "faults": tables.table(faults(), tables.FAULTS),
        "usual_classes": tables.table(usual_classes(), tables.USUAL_CLASSES),
    }  # fmt: skip
