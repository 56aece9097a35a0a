"""The known defects of three of the seed papers that the rules must find, read from beside the repository."""

import json
from pathlib import Path

import pytest

from jixiao.audit import audit, audit_collection
from jixiao.audit.rule import Case
from jixiao.formats import read
from jixiao.model.evaluation import Evaluation
from jixiao.model.filing import file_together
from jixiao.model.finding import Finding, Severity
from jixiao.papers import recognize
from jixiao.schemes import choose_scheme
from jixiao.scoring import score

SHARED = Path(__file__).resolve().parents[2] / "../shared"
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))

pytestmark = pytest.mark.skipif(len(SEEDS) != 5, reason="../shared/seeds is not here: nothing is measured")


def findings_in(path: Path) -> list[Finding]:
    cases = []
    for filing in file_together(recognize(read(path.read_bytes(), name=path.name))):
        choice = choose_scheme(filing.evaluation or Evaluation())
        table = filing.evaluation
        sheet = score(table, choice.scheme, why=choice.why, supplied=filing.supplied) if table else None
        cases.append(Case(filing, sheet, choice.scheme))
    alone = [finding for case in cases for finding in audit(case.filing, case.sheet, case.scheme)]
    return alone + [finding for findings in audit_collection(cases) for finding in findings]


@pytest.fixture(scope="module", name="found")
def found_codes() -> list[set[str]]:
    return [{finding.code for finding in findings_in(path)} for path in SEEDS]


def listed(severity: str) -> list[tuple[str, int, set[str]]]:
    """Return id, seed and codes of the author's and the system's defects."""
    data = json.loads((SHARED / "golden/defects.json").read_text("utf-8"))
    mine = [d for d in data if d["severity"] == severity and d["origin"].startswith(("doc", "sys"))]
    return [(d["id"], d["seed"], set(d["rules"])) for d in mine]


def test_every_defect_at_error_level_is_found(found: list[set[str]]) -> None:
    assert [name for name, seed, codes in listed("error") if not found[seed] & codes] == []


@pytest.mark.parametrize("severity", ["warning", "note"])
def test_seven_in_eight_of_the_others_are_found(found: list[set[str]], severity: str) -> None:
    wanted = listed(severity)
    missed = [name for name, seed, codes in wanted if not found[seed] & codes]
    assert len(missed) * 8 <= len(wanted), missed


def test_nothing_but_the_known_faults_is_called_certain() -> None:
    certain = [[(f.code, f.printed) for f in findings_in(p) if f.severity is Severity.ERROR] for p in SEEDS]
    assert [sorted(code for code, _ in errors) for errors in certain] == [
        [],
        [],
        ["AR04", "SC04", "XD05"],
        [],
        ["AR13", "FD06"],
    ]
