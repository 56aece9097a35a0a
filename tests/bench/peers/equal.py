"""Whether the peers say what score.sql says: every column of every row and every sheet, of tables in memory."""

from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from jixiao.batch import duck
from jixiao.batch.rows import Rows
from jixiao.batch.scoring import Scored, asked_tables
from jixiao.model.evaluation import Evaluation
from jixiao.schemes.scheme import Scheme
from jixiao.schemes.shelf import all_schemes
from tests import examples
from tests.batch.test_columns import altered, tables_of, whole
from tests.batch.twins import compare
from tests.bench.peers import pandas_law, polars_law

LAWS = (polars_law, pandas_law)
_ROWS, _SHEETS = ("filing", "row"), ("filing",)


def check_generated(seed: int, count: int) -> None:
    """Score rows of every shape under every rule-book, and under some that nobody issued, with jixiao.scoring as umpire.

    Raises:
        ValueError: a peer doesn't say what score.sql says, the sentence names where.
        AssertionError: score.sql doesn't say what jixiao.scoring says.
    """
    papers = [one for one in vars(examples).values() if isinstance(one, Evaluation)]
    for schemes in (list(all_schemes()), altered()):
        tables = tables_of(seed, count)
        compare([*papers, *tables, *(whole(schemes[0], table) for table in tables[:3])], schemes, agreed)


def agreed(rows: Rows, schemes: Sequence[Scheme]) -> Scored:
    """Score rows in memory as `score_rows` does, where the peers say the same.

    Raises:
        ValueError: as in `check`.
    """
    return check(asked_tables(rows, schemes))


def check(tables: Mapping[str, pa.Table]) -> Scored:
    """Score tables by score.sql and by each peer; return what all say.

    Raises:
        ValueError: one doesn't say what score.sql says.
    """
    connection = duck.connect()
    duck.register(connection, tables)
    rows, sheets = (
        duck.ask(connection, duck.filled("score.sql", {"result": name})) for name in ("rows", "sheets")
    )
    for law in LAWS:
        found = law.score_tables(tables)
        must_be_same(law.NAME, found.rows, rows, _ROWS)
        must_be_same(law.NAME, found.sheets, sheets, _SHEETS)
    return Scored(rows, sheets)


def must_be_same(name: str, found: pa.Table, due: pa.Table, keys: Sequence[str] = _SHEETS) -> None:
    """Compare two tables column by column, in the order of some keys.

    Raises:
        ValueError: they are not the same.
    """
    if found.num_rows != due.num_rows:
        raise ValueError(f"{name}: {found.num_rows} rows, {due.num_rows} are due")
    order = [(key, "ascending") for key in keys]
    ours, theirs = due.sort_by(order), found.select(due.column_names).cast(due.schema).sort_by(order)
    for column in due.column_names:
        if not theirs[column].equals(ours[column]):
            raise ValueError(f"{name}: {column} differs: {_first_two(theirs, ours, column)}")


def _first_two(theirs: pa.Table, ours: pa.Table, column: str) -> list[tuple[dict[str, object], object]]:
    same = pc.fill_null(pc.equal(theirs[column], ours[column]), fill_value=False)
    both_silent = pc.and_(pc.is_null(theirs[column]), pc.is_null(ours[column]))
    at = pc.indices_nonzero(pc.invert(pc.or_(same, both_silent)))[:2]
    return list(zip(ours.take(at).to_pylist(), theirs[column].take(at).to_pylist(), strict=True))


def read(paths: Sequence[object]) -> pa.Table:
    """Return the rows of some Parquet files, without what stands in their paths."""
    return pa.concat_tables(pq.read_table(path, partitioning=None) for path in paths)
