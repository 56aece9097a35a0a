"""What the rules say of a filing or a unit, and what of it is new beside what they said before."""

from collections import Counter
from collections.abc import Iterable, Sequence

from jixiao.audit import RULES, audit, audit_collection
from jixiao.audit.rule import Case, Rule
from jixiao.model.finding import Finding
from jixiao.scoring import score
from tests.proof.planting import Clean, Planted, Spot, Unit


def case_of(clean: Clean) -> Case:
    """The case that the audit looks at: the filing scored under its rule-book, as if a user had named it."""
    table = clean.filing.evaluation
    sheet = (
        score(table, clean.scheme, why="由人指定", supplied=clean.filing.supplied)
        if table is not None
        else None
    )
    return Case(clean.filing, sheet, clean.scheme)


def findings_of(clean: Clean, rules: Sequence[Rule] = RULES) -> tuple[Finding, ...]:
    """All that the rules over one filing say."""
    case = case_of(clean)
    return audit(case.filing, case.sheet, case.scheme, rules)


def findings_together(unit: Unit) -> tuple[tuple[Finding, ...], ...]:
    """All that the rules over several filings say, by filing."""
    return audit_collection([case_of(clean) for clean in unit])


def new_findings(before: Iterable[Finding], after: Iterable[Finding]) -> list[Finding]:
    """The findings of `after` that `before` doesn't have, by rule and the fault's own words."""
    known = Counter((f.code, f.severity, f.key) for f in before)
    found = []
    for finding in after:
        key = (finding.code, finding.severity, finding.key)
        if known[key]:
            known[key] -= 1
        else:
            found.append(finding)
    return found


def stands_at(finding: Finding, spots: Iterable[Spot]) -> bool:
    """Tell whether a finding lies at, above or below one of the spots."""
    return any(finding.paper == s.paper and _within(finding.where, s.where) for s in spots)


def _within(one: str, other: str) -> bool:
    return not other or f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")


def follows(finding: Finding, planted: Planted | tuple[str, ...]) -> bool:
    """Tell whether the planting says that this rule speaks too: by code or by family."""
    codes = planted.follows if isinstance(planted, Planted) else planted
    return any(finding.code.startswith(code) for code in codes)
