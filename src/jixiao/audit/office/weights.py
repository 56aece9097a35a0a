"""How grave an office holds a rule to be: its own severities over those of the rules, within one bound.

The bound: an error of arithmetic, where two printed figures can't both be true, is nobody's to lower or to set aside.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from jixiao.audit.rule import CollectionRule, Rule
from jixiao.model.finding import Finding, Severity

ARITHMETIC = frozenset({"AR", "FD", "XD"})  # the families that hold printed figures against each other
_RANK = {severity: rank for rank, severity in enumerate(Severity)}
R = TypeVar("R", Rule, CollectionRule)


def is_arithmetic_error(finding: Finding) -> bool:
    """Tell whether a finding is a certain contradiction between printed figures."""
    return finding.severity is Severity.ERROR and finding.code[:2] in ARITHMETIC


def finds_arithmetic_errors(rule: Rule | CollectionRule) -> bool:
    """Tell whether a rule's findings are errors of arithmetic by its own severity."""
    return rule.severity is Severity.ERROR and rule.code[:2] in ARITHMETIC


def weighted(rules: Sequence[R], severities: Mapping[str, Severity]) -> tuple[R, ...]:
    """Return the rules with the severities that an office gives them, by code; audit() still lowers what is unsure."""
    return tuple(replace(rule, severity=severities.get(rule.code, rule.severity)) for rule in rules)


def capped(findings: Iterable[Finding], severities: Mapping[str, Severity]) -> tuple[Finding, ...]:
    """Return the findings in order of severity, none graver than its office holds its rule to be.

    A rule may say of one finding that it is graver than its others; an error of arithmetic stays what it is.
    """
    told = (_capped(finding, severities.get(finding.code)) for finding in findings)
    return tuple(sorted(told, key=lambda finding: _RANK[finding.severity]))


def _capped(finding: Finding, most: Severity | None) -> Finding:
    if most is None or _RANK[finding.severity] >= _RANK[most] or is_arithmetic_error(finding):
        return finding
    return replace(finding, severity=most)
