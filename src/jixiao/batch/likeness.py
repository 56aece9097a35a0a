"""雷同 of a lake: the names of indicators alone; the engine finds who may be alike, and only those are compared."""

from itertools import chain

import pyarrow as pa

from jixiao.audit.collection.texts import EVERYBODY, LEAST_OWNERS
from jixiao.batch import duck, texts
from jixiao.batch.standings import SUBJECT, Told, subject
from jixiao.model.figure import tidy
from jixiao.rollup.statistics.aims import Aims
from jixiao.rollup.statistics.copies import FEW_OWNERS, MOST, ROWS, Copies, Field, copies_among
from jixiao.rollup.statistics.entries import Entry
from jixiao.rollup.statistics.marks import Marks

_CALLED = "SELECT names, coalesce(nullif(level4, ''), level3, '') AS called FROM once_names"
_COUNTS = f"""
SELECT (SELECT count(DISTINCT owner) FROM owners) AS owners,
  (SELECT count(DISTINCT key) FROM own_names WHERE many >= {ROWS}) AS compared
"""  # noqa: S608 our own
_UNITS = "SELECT department, count(DISTINCT unit) AS units FROM owners GROUP BY department"
_LISTED = f"""
SELECT l.key, {SUBJECT}, u.folded AS office, p.folded AS core, m.names
FROM maybe_alike a JOIN listed l ON l.key = a.key AND l.latest JOIN tabled f ON f.nth = l.nth
  JOIN measured m ON m.filing = l.filing JOIN offices u ON u.text = f.office JOIN projects p ON p.text = f.project
ORDER BY l.key LIMIT {MOST + 1}
"""  # noqa: S608 our own
_NAMES = f"""
WITH few AS ({_LISTED}), wanted AS (SELECT DISTINCT unnest(names) AS names FROM few)
SELECT c.names, c.called FROM ({_CALLED}) c JOIN wanted w ON w.names = c.names WHERE c.called <> ''
"""  # noqa: S608 our own


def copies_of(told: Told) -> Copies:
    """Compare the names of the indicators of each project's last filing."""
    connection = told.connection
    _read_alike(connection)
    words = {
        "share_n": EVERYBODY.numerator, "share_d": EVERYBODY.denominator, "most_owners": LEAST_OWNERS,
        "few_owners": FEW_OWNERS, "enough": ROWS,
    }  # fmt: skip
    filled = duck.filled("likeness.sql", {name: str(number) for name, number in words.items()})
    for statement in texts.statements(filled):
        duck.run(connection, statement)
    (counts,) = duck.stream(connection, _COUNTS)
    names = {row["names"]: row["called"] for row in duck.stream(connection, _NAMES)}
    listed = [
        Entry(
            subject(row), "", str(row["key"]), row["office"], row["core"], Marks(), Aims(),
            tuple(names[number] for number in row["names"] if number in names),
        )
        for row in duck.stream(connection, _LISTED)
    ]  # fmt: skip
    form = "SELECT n.text FROM form f JOIN plain_names n ON n.names = f.plain"
    field = Field(
        counts["owners"], {row["department"]: row["units"] for row in duck.stream(connection, _UNITS)}
    )
    everybody = {row["text"] for row in duck.stream(connection, form)}
    return copies_among(listed, everybody, counts["compared"], field)


def _read_alike(connection: duck.Connection) -> None:
    """Keep for each number of names how it reads tidied, and the first number that reads the same."""
    schema = pa.schema([("names", pa.int64()), ("text", pa.string())])
    called = f"SELECT * FROM ({_CALLED}) WHERE called <> ''"  # noqa: S608 our own
    tidied = (
        pa.table([batch["names"], [tidy(text) for text in batch["called"].to_pylist()]], schema=schema)
        for batch in duck.batches(connection, called)
    )
    duck.keep(connection, "tidied", chain([schema.empty_table()], tidied))
    duck.run(
        connection,
        "CREATE TABLE plain_names AS SELECT *, min(names) OVER (PARTITION BY text) AS plain FROM tidied",
    )
