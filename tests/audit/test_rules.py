"""Every rule finds what its `fail` cases say and leaves its `pass` cases alone (tests/rules/<CODE>.toml)."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jixiao.audit import COLLECTION_RULES, RULES, audit, audit_collection
from jixiao.audit.rule import CollectionRule, Rule
from jixiao.model.finding import Finding
from tests.audit.notation import case_of

FOLDER = Path(__file__).parent.parent / "rules"
ALL: tuple[Rule | CollectionRule, ...] = (*RULES, *COLLECTION_RULES)
CODES = {rule.code for rule in ALL}
LAST = {
    "AR": 17,
    "FD": 18,
    "IS": 18,
    "TV": 14,
    "AV": 15,
    "SC": 16,
    "DV": 10,
    "NA": 18,
    "XD": 12,
    "CL": 12,
    "FM": 9,
}
SECTIONS = ("为什么：", "不合格：", "合格：", "怎么改：", "来源：", "误报风险：")


def written(kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(FOLDER.glob("*.toml")):
        for case in tomllib.loads(path.read_text("utf-8")).get(kind, ()):
            yield path.stem, case


def found(code: str, data: dict[str, Any]) -> tuple[Finding, ...]:
    """Run the rule over the case alone, and over the case with the other filings that it names."""
    case = case_of(data)
    alone = audit(case.filing, case.sheet, case.scheme, tuple(r for r in RULES if r.code == code))
    cases = (case, *(case_of(other) for other in data.get("others", ())))
    together = audit_collection(cases, tuple(r for r in COLLECTION_RULES if r.code == code))
    return (*alone, *(f for findings in together for f in findings))


@pytest.mark.parametrize(
    ("code", "case"), [pytest.param(c, d, id=f"{c} {d['why']}") for c, d in written("fail")]
)
def test_a_fault_is_found_where_it_stands(code: str, case: dict[str, Any]) -> None:
    findings = found(code, case)
    assert Counter(f.where for f in findings) == Counter(case["expect"]), [f.says for f in findings]
    if "severity" in case:
        assert {f.severity.value for f in findings} == {case["severity"]}, [f.says for f in findings]
    for words in case.get("says", ()):
        assert any(words in f.says for f in findings), [f.says for f in findings]


@pytest.mark.parametrize(
    ("code", "case"), [pytest.param(c, d, id=f"{c} {d['why']}") for c, d in written("pass")]
)
def test_nobody_is_accused_who_is_right(code: str, case: dict[str, Any]) -> None:
    findings = found(code, case)
    assert not findings, [(f.where, f.says) for f in findings]


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.code)
def test_a_rule_has_a_page_and_cases(rule: Rule | CollectionRule) -> None:
    assert all(section in rule.page for section in SECTIONS)
    assert rule.page.splitlines()[0].endswith("。")
    cases = tomllib.loads((FOLDER / f"{rule.code}.toml").read_text("utf-8"))
    assert len(cases["fail"]) >= 1
    assert len(cases["pass"]) >= 2
    assert all(case["why"] for kind in cases.values() for case in kind)


def test_codes_and_names_are_unique() -> None:
    """A code may stand in both lists (one filing, many), under one name and with one page."""
    for rules in (RULES, COLLECTION_RULES):
        assert len({rule.code for rule in rules}) == len(rules)
    assert len({(rule.name, rule.page) for rule in ALL}) == len(CODES)
    assert len({rule.name for rule in ALL}) == len(CODES)
    assert {path.stem for path in FOLDER.glob("*.toml")} == CODES


def test_every_family_is_complete() -> None:
    wanted = {f"{family}{n:02}" for family, last in LAST.items() for n in range(1, last + 1)}
    assert sorted(CODES) == sorted(wanted)
