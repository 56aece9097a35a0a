"""The audit in columns: what `audit` finds in a table, in the same row and as grave, under every rule-book."""

import pkgutil
import random
import re
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from jixiao.audit import COLLECTION_RULES, RULES
from jixiao.batch.rows import Origin, evaluations_as_rows
from jixiao.batch.settled import COMPUTED, OUT, STRUCTURED
from jixiao.model.evaluation import Evaluation, Indicator
from jixiao.model.parsing import parse_actual, parse_target
from jixiao.schemes import load_scheme
from jixiao.schemes.scheme import Scheme
from jixiao.schemes.shelf import all_schemes
from tests import examples
from tests.audit.notation import case_of
from tests.audit.test_rules import written
from tests.batch.audited import compare
from tests.batch.test_columns import altered, tables_of
from tests.proof import plants
from tests.proof.clean import filing
from tests.proof.planting import Planting
from tests.strategies import evaluations

DOCS = Path(__file__).parents[2] / "docs" / "batch.md"
TRIES = 30


def tables_of_rules(kind: str) -> list[Evaluation]:
    """Every table of the cases in tests/rules: the edges that the rules are known to have."""
    found = []
    for code, data in written(kind):
        if code[:2] in STRUCTURED:
            records = [reading.record for reading in case_of(data).filing.readings]
            found += [record for record in records if isinstance(record, Evaluation)]
    return found


def planted(seed: int) -> list[tuple[Evaluation, Scheme]]:
    """A table for each fault that tests/proof can plant, under the rule-book it was made for."""
    rng, found = random.Random(seed), []
    for module in pkgutil.iter_modules(plants.__path__):
        for one in vars(import_module(f"{plants.__name__}.{module.name}")).values():
            for way in range(one.ways if isinstance(one, Planting) and one.code[:2] in STRUCTURED else 0):
                tries = (one.plant(filing(rng), way, rng) for _ in range(TRIES))
                done = next((each for each in tries if each is not None), None)
                found += [(done.clean.table, done.clean.scheme)] if done is not None else []
    return found


def test_the_cases_of_every_rule_and_the_examples_are_found_under_one_rule_book_after_another() -> None:
    papers = [one for one in vars(examples).values() if isinstance(one, Evaluation)]
    tables, schemes = [*papers, *tables_of_rules("fail")], all_schemes()
    usual = load_scheme("anhui-huaiyuan")
    pairs = [(table, schemes[n // 2 % len(schemes)] if n % 2 else usual) for n, table in enumerate(tables)]
    rows, every = compare(pairs)
    assert not rows.refused
    codes = {code for code, _, _ in every}
    assert COMPUTED.keys() <= codes, "a rule that SQL works out and that no case breaks"
    assert len(codes) > len(RULES) // 2


def test_nobody_is_accused_who_is_right() -> None:
    schemes = all_schemes()
    compare([(table, schemes[n % len(schemes)]) for n, table in enumerate(tables_of_rules("pass"))])


def test_rows_of_every_shape_are_audited_the_same_under_rule_books_that_nobody_issued() -> None:
    schemes = altered()
    compare([(table, schemes[n % len(schemes)]) for n, table in enumerate(tables_of(11, 72))])


@pytest.mark.slow
def test_planted_faults_are_found_as_audit_finds_them() -> None:
    pairs = planted(5)
    rows, every = compare(pairs)
    assert len(pairs) > 100
    assert not rows.refused
    assert sum(every.values()) > len(pairs)


@pytest.mark.slow
@settings(max_examples=4, deadline=None, phases=(Phase.generate,), suppress_health_check=list(HealthCheck))
@given(st.lists(evaluations(), min_size=4, max_size=8))
def test_whatever_the_model_holds_is_audited_the_same_under_every_rule_book(listed: list[Evaluation]) -> None:
    compare([(table, scheme) for table in listed for scheme in all_schemes()])


def test_every_structured_rule_is_in_columns_or_left_out_and_the_docs_say_which() -> None:
    codes = {rule.code for rule in (*RULES, *COLLECTION_RULES) if rule.code[:2] in STRUCTURED}
    text = DOCS.read_text("utf-8").partition("## The audit in columns")[2].partition("\n## ")[0]
    told = {head: set(re.findall(r"\b[A-Z]{2}\d\d\b", body)) for head, body in lists_in(text).items()}
    assert told["By SQL"] == set(COMPUTED)
    assert told["Left out"] == set(OUT)
    assert told["On the way in"] == codes - set(COMPUTED) - set(OUT)
    assert set(OUT) <= codes


def lists_in(text: str) -> dict[str, str]:
    """The lists of the docs by the words in bold that they begin with."""
    return {m[1]: m[2] for m in re.finditer(r"\*\*([^*]+)\*\*(.*?)(?=\n\n|\Z)", text, re.DOTALL)}


def test_a_result_beyond_all_measure_of_its_target_is_refused_by_name() -> None:
    row = Indicator(target=parse_target("≥0.000003个"), actual=parse_actual("1999999999.999999个"))
    rows = evaluations_as_rows([(Origin(1, "national-2020"), Evaluation(indicators=(row,)))])
    assert ["不能入库" in one.because for one in rows.refused] == [True]
