"""Rules over many filings: units told apart, a county gone through in time that grows with it, copies found."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import pytest

from jixiao.audit import COLLECTION_RULES, audit_collection
from jixiao.audit.collection.scores import by_unit, filed, project_key, unit_key, unlike
from jixiao.audit.collection.texts import _texts
from jixiao.audit.rule import Collection
from jixiao.model.finding import Finding
from tests.audit.county import County, county, missed_and_accused
from tests.audit.notation import case_of

CL = tuple(r for r in COLLECTION_RULES if r.code.startswith("CL"))


@pytest.fixture(scope="module")
def made() -> County:
    return county(300)


@pytest.fixture(scope="module")
def told(made: County) -> tuple[tuple[Finding, ...], ...]:
    return audit_collection(made.cases, CL)


def collection(*data: Mapping[str, object]) -> Collection:
    return Collection(tuple(case_of({"total": "98", **one}) for one in data))


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("031001-青禾县水利局", "青禾水利局"),
        ("青禾水利局（本级）", "青禾水利局"),
        ("东塘镇人民政府", "东塘人民政府"),
        ("青禾县乡村振兴局", "青禾乡村振兴局"),
        ("青禾县市场监督管理局", "青禾市场监督管理局"),
        (None, ""),
    ],
)
def test_a_unit_is_known_by_its_name_without_code_and_rank(printed: str | None, key: str) -> None:
    assert unit_key(printed) == key


@pytest.mark.parametrize(
    ("printed", "key"),
    [("2023年渠道清淤项目", "渠道清淤"), ("“三线”补贴经费", "三线补贴"), ("项目", "项目"), (None, "")],
)
def test_a_project_is_known_by_its_name_without_year_and_suffix(printed: str | None, key: str) -> None:
    assert project_key(printed) == key


def test_one_project_filed_twice_counts_once_in_its_unit() -> None:
    entries = filed(collection({"project": "渠道清淤"}, {"project": "渠道清淤项目"}, {"project": "机井维修"}))
    (group,) = by_unit(entries).values()
    assert [one.name for one in group] == ["渠道清淤", "机井维修"]


def test_a_year_parts_the_filings_of_a_unit() -> None:
    entries = filed(collection({"project": "渠道清淤", "year": 2022}, {"project": "渠道清淤", "year": 2023}))
    assert len(by_unit(entries)) == 2


def test_projects_are_unlike_by_what_their_names_share_beyond_the_units_own() -> None:
    names = ("水利宣传经费", "水利档案经费", "机井维修", "渠道维修")
    a, b, c, d = filed(collection(*[{"project": name} for name in names]))
    assert unlike(a, b)
    assert not unlike(c, d)
    assert unlike(a, c)


def test_the_copies_in_a_county_are_found_and_nobody_else_is_accused(
    made: County, told: tuple[tuple[Finding, ...], ...]
) -> None:
    assert len(made.copies) > 1
    assert missed_and_accused(made, told) == (0, 0)


def test_a_finding_says_which_filings_and_how_alike(
    made: County, told: tuple[tuple[Finding, ...], ...]
) -> None:
    (origin, copy) = min(made.copies)
    (finding,) = told[copy]
    table = made.cases[origin].evaluation
    assert table is not None
    assert (table.project.name or "?") in finding.says
    assert (table.project.unit or "?") in finding.says
    assert Decimal((finding.printed or "0").removesuffix("%")) > 80


def test_nothing_is_kept_of_papers_that_no_rule_speaks_of(
    made: County, told: tuple[tuple[Finding, ...], ...]
) -> None:
    assert len(told) == len(made.cases)
    assert not any("sentences" in vars(case) for case in made.cases)


def test_the_words_of_the_form_are_no_likeness(made: County) -> None:
    texts = _texts(filed(Collection(made.cases)))
    assert len(texts.form) >= 14
    own, whole = len(texts.own(0)), sum(map(len, texts.said[0]))
    assert Fraction(own, whole) < Fraction(4, 5)
