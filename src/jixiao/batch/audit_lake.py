"""The audit of a lake in columns: `audited` of it, and how many findings each rule has."""

import shutil
from pathlib import Path

import pyarrow as pa

from jixiao.batch import duck, parts
from jixiao.batch.auditing import query
from jixiao.batch.books import shelve
from jixiao.batch.lake import Means, cluster_of, law_of, stretched, stretches_of
from jixiao.batch.shards import about
from jixiao.schemes.shelf import all_schemes

_OUT = "audited"
_BEGUN = "audited.begun"  # it is called `_OUT` once every stretch is there
_KEPT = "audited-counts"  # a folder of one file, written last; without it the findings are counted anew
_BY_PLACE = """
SELECT f.year, f.province, a.code, a.severity, count(*) AS findings, count(DISTINCT a.filing) AS filings
FROM audited a JOIN filings f ON f.filing = a.filing
GROUP BY f.year, f.province, a.code, a.severity ORDER BY f.year, f.province, a.code, a.severity
"""
_COUNTS = """
SELECT code, severity, count(*) AS findings, count(DISTINCT filing) AS filings FROM {name}
GROUP BY code, severity ORDER BY code, severity
"""
_SUMS = """
SELECT code, severity, CAST(sum(findings) AS BIGINT) AS findings, CAST(sum(filings) AS BIGINT) AS filings FROM counts
GROUP BY code, severity ORDER BY {order}
"""
_BY_CODE = "code, severity"
_BY_WEIGHT = (
    "list_position(['error', 'warning', 'note'], severity), sum(filings) DESC, sum(findings) DESC, code"
)
_COUNTED = pa.schema([
    ("code", pa.string()), ("severity", pa.string()), ("findings", pa.int64()), ("filings", pa.int64()),
])  # fmt: skip


def audit_lake(folder: Path, means: Means) -> pa.Table:
    """Audit every filing of a lake under its own rule-book: stretch by stretch, all or none of it, or on Spark.

    What it finds is counted by year, province, rule and severity, and the counts are kept; not where Spark does it.

    Returns:
        `code`, `severity`, `findings` and `filings` (how many filings have one).
    """
    stretches = stretches_of(folder)
    connection = duck.connect(means.memory, means.spill)
    law = law_of(folder, connection, shelve(all_schemes()))
    out = folder / _OUT
    for old in (_KEPT, _OUT, _BEGUN):
        shutil.rmtree(folder / old, ignore_errors=True)
    if means.master is not None:
        with cluster_of(means.master, means) as cluster:
            return cluster.audit(folder, law, out, _COUNTS.format(name=_OUT))
    duck.register(connection, law)
    begun = folder / _BEGUN
    begun.mkdir()
    counts: list[pa.Table] = []
    files = {name: parts.files_of(folder, name) for name in ("filings", "funds", "indicators")}
    for stretch in stretches:
        for name, known in files.items():
            parts.show(connection, name, [path for part in stretch for path in known.get(part, ())])
        written = begun / f"{stretch[0]}.parquet"
        duck.write(connection, query("findings"), written)
        parts.show(connection, _OUT, [written])
        counts.append(duck.ask(connection, _BY_PLACE))
    begun.rename(out)
    if counts:
        (folder / _KEPT).mkdir()
        duck.register(connection, {"counts": pa.concat_tables(counts)})
        duck.write(connection, "SELECT * FROM counts", folder / _KEPT / "counts.parquet")
    return _counted(folder, _OUT, connection, _BY_CODE)


def findings_of(folder: Path, means: Means) -> pa.Table | None:
    """Return what was found in a lake by rule, errors first, then what most filings have; None where nobody looked.

    Of papers it is the audit on the way in (`findings`), which sees reports too; else that in columns (`audited`).

    Returns:
        `code`, `severity`, `findings` and `filings` (how many filings have one).
    """
    name = "findings" if about(folder).get("of") else _OUT
    if name == _OUT and not parts.all_of(folder, name):
        return None
    return _counted(folder, name, duck.connect(means.memory, means.spill), _BY_WEIGHT)


def _counted(folder: Path, name: str, connection: duck.Connection, order: str) -> pa.Table:
    """Count the findings of a table, by the counts that the audit kept or some parts at a time.

    A filing lies in one part, in one year and province, so counts of filings add up.
    """
    kept = parts.all_of(folder, _KEPT) if name == _OUT else ()
    if kept:
        parts.show(connection, "counts", kept)
        return duck.ask(connection, _SUMS.format(order=order))
    files = parts.files_of(folder, name)
    counts = [_COUNTED.empty_table()]
    for some in stretched({part: parts.rows_in(paths) for part, paths in files.items()}):
        parts.show(connection, name, [path for part in some for path in files[part]])
        counts.append(duck.ask(connection, _COUNTS.format(name=name)))
    duck.register(connection, {"counts": pa.concat_tables(counts)})
    return duck.ask(connection, _SUMS.format(order=order))
