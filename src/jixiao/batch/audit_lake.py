"""The audit of a lake in columns: `audited` of it, and how many findings each rule has."""

import shutil
from pathlib import Path

import pyarrow as pa

from jixiao.batch import duck, parts
from jixiao.batch.auditing import query
from jixiao.batch.books import shelve
from jixiao.batch.lake import Means, cluster_of, law_of, stretches_of
from jixiao.batch.shards import about
from jixiao.schemes.shelf import all_schemes

_OUT = "audited"
_COUNTS = """
SELECT code, severity, count(*) AS findings, count(DISTINCT filing) AS filings FROM audited
GROUP BY code, severity ORDER BY code, severity
"""
_RANKED = """
SELECT code, severity, count(*) AS findings, count(DISTINCT filing) AS filings FROM found
GROUP BY code, severity
ORDER BY list_position(['error', 'warning', 'note'], severity), filings DESC, findings DESC, code
"""


def audit_lake(folder: Path, means: Means) -> pa.Table:
    """Audit every filing of a lake under its own rule-book, stretch by stretch, each written whole or not at all.

    Returns:
        `code`, `severity`, `findings` and `filings` (how many filings have one).
    """
    stretches = stretches_of(folder)
    connection = duck.connect(means.memory, means.spill)
    law = law_of(folder, connection, shelve(all_schemes()))
    out = folder / _OUT
    if means.master is not None:
        with cluster_of(means.master, means) as cluster:
            return cluster.audit(folder, law, out, _COUNTS)
    duck.register(connection, law)
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    files = {name: parts.files_of(folder, name) for name in ("filings", "funds", "indicators")}
    for stretch in stretches:
        for name, known in files.items():
            parts.show(connection, name, [path for part in stretch for path in known.get(part, ())])
        duck.write(connection, query("findings"), out / f"{stretch[0]}.parquet")
    parts.show(connection, _OUT, parts.all_of(folder, _OUT))
    return duck.ask(connection, _COUNTS)


def findings_of(folder: Path, means: Means) -> pa.Table | None:
    """Return what was found in a lake by rule, errors first, then what most filings have; None where nobody looked.

    Of papers it is the audit on the way in (`findings`), which sees reports too; else that in columns (`audited`).

    Returns:
        `code`, `severity`, `findings` and `filings` (how many filings have one).
    """
    name = "findings" if about(folder).get("of") else _OUT
    files = parts.all_of(folder, name)
    if name == _OUT and not files:
        return None
    connection = duck.connect(means.memory, means.spill)
    parts.show(connection, name, files)
    duck.run(connection, f"CREATE TEMP VIEW found AS SELECT * FROM {name}")  # noqa: S608 our own
    return duck.ask(connection, _RANKED)
