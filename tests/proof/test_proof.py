"""A small proof by seed: nobody who is right is accused of an error, and what is certain is found."""

import pytest

from jixiao.audit import COLLECTION_RULES, RULES
from jixiao.model.finding import Severity
from tests.proof.plants import not_planted, plantings
from tests.proof.proving import Pool, accuse_clean, accuse_units, pool_of, prove

pytestmark = pytest.mark.slow
CLEAN, UNITS, EACH, LEAST = 300, 6, 20, 0.98
BY_CODE = {rule.code: rule for rule in (*RULES, *COLLECTION_RULES)}
PLANTED = {code: [one for one in plantings() if one.code == code] for code in BY_CODE}


@pytest.fixture(scope="module")
def pool() -> Pool:
    return pool_of(120, 8)


def test_no_clean_filing_is_accused_of_an_error() -> None:
    assert not accuse_clean(range(CLEAN)).errors


def test_no_clean_unit_is_accused_of_an_error() -> None:
    assert not accuse_units(range(UNITS)).errors


def test_every_certain_rule_finds_its_planted_faults(pool: Pool) -> None:
    certain = [code for code, rule in BY_CODE.items() if rule.severity is Severity.ERROR and not rule.off]
    tallies = [prove(code, PLANTED[code], pool, EACH) for code in certain if PLANTED[code]]
    missed = [says for tally in tallies if tally.share < LEAST for says in tally.lost]
    assert not missed, "\n".join(missed)
    wrong = [says for tally in tallies for says in tally.wrong]
    assert not wrong, "\n".join(wrong)


def test_every_rule_has_a_planting_or_the_reason_why_not() -> None:
    told = not_planted()
    off = {code for code, rule in BY_CODE.items() if rule.off}
    assert [
        code for code, found in PLANTED.items() if not found and code not in told and code not in off
    ] == []
    assert [code for code in told if PLANTED.get(code)] == []
    assert {one.code for one in plantings()} <= set(BY_CODE)
