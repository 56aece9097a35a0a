"""Many filings as a lake of tables: made up, scored, audited, summed, rescored. Needs the extra `batch`.

Not among the verbs of `jixiao.api` itself, so that nobody waits for an engine who asks about one paper.
"""

from jixiao.batch.alone import alone
from jixiao.batch.audit_lake import audit_lake, findings_of
from jixiao.batch.lake import PLACES, Means, cluster_of, compare, roll_up, score_lake
from jixiao.batch.nation import synthesize
from jixiao.batch.statistics import statistics_of

__all__ = [
    "PLACES",
    "Means",
    "alone",
    "audit_lake",
    "cluster_of",
    "compare",
    "findings_of",
    "roll_up",
    "score_lake",
    "statistics_of",
    "synthesize",
]
