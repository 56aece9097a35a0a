"""Findings in columns beside those of `audit`: the same rules, rows and severities, as often."""

from collections import Counter
from collections.abc import Sequence

from jixiao.audit import RULES, audit
from jixiao.batch.auditing import audit_rows
from jixiao.batch.rows import Origin, Rows, evaluations_as_rows
from jixiao.batch.settled import OUT, STRUCTURED, filing_of, is_covered, row_of
from jixiao.model.evaluation import Evaluation
from jixiao.schemes.scheme import Scheme
from jixiao.scoring import score

COVERED = tuple(rule for rule in RULES if rule.code[:2] in STRUCTURED and rule.code not in OUT)
Said = Counter[tuple[str, int | None, str]]


def compare(pairs: Sequence[tuple[Evaluation, Scheme]]) -> tuple[Rows, Said]:
    """Audit each table under its rule-book both ways; return the rows, for what was refused, and all that was found."""
    rows = evaluations_as_rows([(Origin(n, scheme.id), table) for n, (table, scheme) in enumerate(pairs)])
    found = by_columns(rows, tuple({scheme.id: scheme for _, scheme in pairs}.values()))
    refused = {one.filing for one in rows.refused}
    every: Said = Counter()
    for filing, (table, scheme) in enumerate(pairs):
        if filing not in refused:
            want, have = told(table, scheme), found.get(filing, Counter())
            assert have == want, (scheme.id, have - want, want - have, table)
            every += want
    return rows, every


def by_columns(rows: Rows, schemes: Sequence[Scheme]) -> dict[int, Said]:
    """What columns say, by filing."""
    found: dict[int, Said] = {}
    for row in audit_rows(rows, schemes).to_pylist():
        found.setdefault(row["filing"], Counter())[row["code"], row["row"], row["severity"]] += 1
    return found


def told(table: Evaluation, scheme: Scheme) -> Said:
    """What `audit` says of a table alone, as far as columns answer for it."""
    findings = audit(filing_of(table), score(table, scheme), scheme, COVERED)
    return Counter((one.code, row_of(one), one.severity.value) for one in findings if is_covered(one))
