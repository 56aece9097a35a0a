"""Many filings as a lake of tables: made up, scored, summed, scored under another rule-book. Needs the extra `batch`.

Not among the verbs of `jixiao.api` itself, so that nobody waits for an engine who asks about one paper.
"""

from jixiao.batch.lake import Means, compare, roll_up, score_lake, synthesize

__all__ = ["Means", "compare", "roll_up", "score_lake", "synthesize"]
