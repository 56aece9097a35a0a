"""The machinery: never raises, keeps an order, lowers what isn't certain, selects, and names findings for good."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from jixiao.audit import COLLECTION_RULES, RULES, audit, audit_collection, finding_id, select
from jixiao.audit.rule import Case
from jixiao.errors import UnknownNameError
from jixiao.model.finding import Finding, Origin, Severity
from jixiao.model.reading import Filing
from jixiao.model.score import ScoreSheet
from jixiao.schemes import list_schemes, load_scheme
from jixiao.scoring import score
from tests.audit.notation import case_of
from tests.reviewed import score_sheets
from tests.strategies import filings

SCHEMES = [load_scheme("anhui-huaiyuan"), load_scheme("national-2020"), load_scheme("guangdong-zhanjiang")]
# A filing is large: shrinking one takes minutes, and what raised stands in the traceback anyway.
quick = settings(phases=(Phase.explicit, Phase.reuse, Phase.generate), max_examples=60)
SAVING = {
    "funds": {"total": {"annual": "11.28", "executed": "9.92"}},
    "execution": {"points": "10", "rate": "87.97%", "score": "8.80"},
    "rows": [
        ["数量指标", "用餐人数", "=20人", "20人", "60", "60"],
        ["成本指标", "预算控制率", "≤100%", "87.97%", "30", "15"],
    ],
    "points": "100",
    "total": "83.80",
}


def findings_of(data: object) -> tuple[Finding, ...]:
    assert isinstance(data, dict)
    case = case_of(data)
    return audit(case.filing, case.sheet, case.scheme)


@pytest.mark.slow
@quick
@given(filings(), st.sampled_from(SCHEMES), st.booleans())
def test_audit_never_raises(filing: Filing, scheme: object, strange: bool) -> None:
    book = next(s for s in SCHEMES if s is scheme)
    sheet = None if filing.evaluation is None or strange else score(filing.evaluation, book)
    findings = audit(filing, sheet, book)
    ranks = [list(Severity).index(f.severity) for f in findings]
    assert ranks == sorted(ranks)
    keys = [(f.code, f.key) for f in findings]
    assert len(set(keys)) == len(keys)


@pytest.mark.slow
@quick
@given(filings(), st.none() | score_sheets())
def test_audit_never_raises_on_a_sheet_that_does_not_fit(filing: Filing, sheet: ScoreSheet | None) -> None:
    audit(filing, sheet, SCHEMES[0])


@pytest.mark.slow
@quick
@given(st.lists(filings(), max_size=3))
def test_audit_collection_never_raises(listed: list[Filing]) -> None:
    cases = [Case(filing, None, SCHEMES[0]) for filing in listed]
    assert len(audit_collection(cases)) == len(listed)


def test_a_doubtful_cell_leaves_no_error() -> None:
    sure = {f.code: f for f in findings_of(SAVING)}
    assert sure["SC04"].severity is Severity.ERROR
    for cell in ("indicators.1.actual", "indicators.1", "indicators"):
        doubtful = [f for f in findings_of(SAVING | {"doubts": [cell]}) if f.code in {"SC04", "AR04"}]
        assert doubtful
        assert {f.severity for f in doubtful} == {Severity.WARNING}
        assert {f.origin for f in doubtful} == {Origin.LAYOUT}
        assert not any(f.fix and f.fix.safe for f in doubtful)


def test_a_doubt_elsewhere_changes_nothing() -> None:
    findings = findings_of(SAVING | {"doubts": ["project"]})
    assert {f.severity for f in findings if f.code == "SC04"} == {Severity.ERROR}


def test_a_rule_book_taken_for_want_of_another_leaves_no_error() -> None:
    data = SAVING | {
        "scheme": "national-2020",
        "chosen": "没有与该地区、表样、注文相符的口径，按全国通用的 national-2020",
    }
    found = next(f for f in findings_of(data) if f.code == "SC04")
    assert found.severity is Severity.WARNING
    assert "未找到本地区评分口径" in found.says


def test_one_fault_is_one_finding_for_a_row() -> None:
    rows = [f.code for f in findings_of(SAVING) if f.where == "indicators.1.score_printed"]
    assert rows == ["SC04"]


def test_the_total_that_follows_is_told_by_itself() -> None:
    found = next(f for f in findings_of(SAVING) if f.code == "AR04")
    assert found.interval is not None
    assert found.interval[0] <= Decimal("98.80") <= found.interval[1]
    assert "预算控制率" in found.says


def test_an_id_stays_when_other_rows_move() -> None:
    moved = SAVING | {"rows": [["质量指标", "供餐合格率", "=100%", "100%", "0", "0"], *SAVING["rows"]]}  # type: ignore[misc]
    before, after = ({f.code: finding_id(f, "a/表.xlsx") for f in findings_of(d)} for d in (SAVING, moved))
    assert before["SC04"] == after["SC04"]
    assert before["AR04"] == after["AR04"]


def test_an_id_differs_by_row_and_by_file() -> None:
    row = ["成本指标", "支出控制率", "≤100%", "80.00%", "30", "10"]
    both = SAVING | {"rows": [SAVING["rows"][1], row]}  # type: ignore[index]
    ids = [finding_id(f, "表.xlsx") for f in findings_of(both) if f.code == "SC04"]
    assert len(set(ids)) == 2
    assert finding_id(findings_of(SAVING)[0], "甲.xlsx") != finding_id(findings_of(SAVING)[0], "乙.xlsx")


def test_twin_rows_keep_apart() -> None:
    twins = SAVING | {"rows": [SAVING["rows"][1], SAVING["rows"][1]]}  # type: ignore[index]
    ids = [finding_id(f, "表.xlsx") for f in findings_of(twins) if f.code == "SC04"]
    assert len(ids) == len(set(ids)) == 2


def test_rules_are_selected_by_code_family_and_severity() -> None:
    assert [r.code for r in select(RULES, ["FD01"])] == ["FD01"]
    assert {r.code[:2] for r in select(RULES, ["ar", "SC"])} == {"AR", "SC"}
    assert {r.severity for r in select(RULES, ["error"])} == {Severity.ERROR}
    assert "FD01" not in {r.code for r in select(RULES, ["FD"], ["FD01", "note"])}
    assert select(RULES) == RULES
    assert [r.code for r in select(COLLECTION_RULES, ["FD"])] == ["FD14"]


@pytest.mark.parametrize("word", ["FD99", "ZZ", "bad", "FD1"])
def test_an_unknown_rule_is_refused_by_name(word: str) -> None:
    with pytest.raises(UnknownNameError, match=word):
        select(RULES, [word])


def test_families_are_ignored_by_their_two_letters() -> None:
    left = {rule.code[:2] for rule in select(RULES, (), ["IS", "na"])}
    assert left == {"AR", "FD", "TV", "AV", "SC", "DV", "XD", "FM"}


def test_a_filing_without_papers_has_no_findings() -> None:
    assert audit(Filing(()), None, SCHEMES[0]) == ()


def test_every_rule_book_audits_a_right_paper() -> None:
    case = case_of(SAVING)
    assert case.evaluation is not None
    for summary in list_schemes():
        book = load_scheme(getattr(summary, "id", str(summary)))
        sheet = score(case.evaluation, book)
        audit(replace(case.filing), sheet, book)


def test_what_is_said_of_rows_that_the_reading_cut_by_sense_is_no_authors_fault() -> None:
    paper = SAVING | {"rows": [["数量指标", "用餐人数", "=20人", "20人", "60", "50"]]}
    sure = {f.origin for f in findings_of(paper) if f.code == "DV01"}
    cut = {f.origin for f in findings_of(paper | {"doubts": ["indicators"]}) if f.code == "DV01"}
    assert (sure, cut) == ({Origin.AUTHOR}, {Origin.LAYOUT})
