"""The ledger: what it answers for, what it can't, and what it says of itself; the baseline; the reviewer's answers."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.audit.office.baseline import Known, ratchet, split
from jixiao.audit.office.ledger import NOTICES, Audited, Entry, How, Ruling, settle
from jixiao.audit.office.remarks import Answer, Remark, merge
from jixiao.audit.office.weights import capped, weighted
from jixiao.model.claims import DepartmentReport
from jixiao.model.evaluation import Evaluation, Project
from jixiao.model.finding import Finding, Origin, Severity
from jixiao.model.reading import Filing, Kind, Reading

TODAY = date(2025, 3, 1)
ENTRY = Entry("FD05", "绩效股", "年末才下达", date(2025, 12, 31), file="自评表.xlsx", number=1)


def finding(code: str = "FD05", severity: Severity = Severity.WARNING, paper: int = 0) -> Finding:
    return Finding(code, "a-fault", severity, Origin.AUTHOR, paper, "execution", "执行率偏低。", key=code)


def filing(file: str = "甲单位/自评表.xlsx", project: str = "渠道清淤", year: int | None = 2024) -> Filing:
    record = Evaluation(Project(project), year)
    return Filing((Reading(Kind.SELFEVAL_TABLE, record, file=file),), record, 0)


def ruling(
    *entries: Entry, found: Finding | None = None, paper: Filing | None = None, ran: str = "FD05"
) -> Ruling:
    known = (("id0", found),) if found is not None else ()
    return settle([Audited(paper or filing(), known)], entries, ran.split(), today=TODAY)[0]


def codes(found: Ruling) -> list[str]:
    return [one.code for one in found.open]


def test_an_entry_settles_its_finding_and_says_who_and_why() -> None:
    found = ruling(ENTRY, found=finding())
    assert found.open == ()
    assert [(s.id, s.how, s.who, s.why, s.until) for s in found.settled] == [
        ("id0", How.LEDGER, "绩效股", "年末才下达", date(2025, 12, 31))
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"rule": "FD03"},
        {"file": "别的.xlsx"},
        {"file": "乙单位/自评表.xlsx"},
        {"file": None, "project": "别的项目"},
        {"file": None, "project": "渠道清淤", "year": 2023},
        {"id": "id9"},
    ],
)
def test_an_entry_on_something_else_settles_nothing(changes: dict[str, object]) -> None:
    found = ruling(replace(ENTRY, **changes), found=finding(), ran="")  # type: ignore[arg-type]
    assert (codes(found), found.settled) == (["FD05"], ())


@pytest.mark.parametrize(
    "changes",
    [
        {"file": "甲单位/自评表.xlsx"},
        {"file": None, "project": "渠道 清淤"},
        {"file": None, "project": "渠道清淤", "year": 2024},
        {"id": "id0"},
        {"until": TODAY},
    ],
)
def test_an_entry_names_its_paper_by_file_or_project_to_the_end_of_its_last_day(
    changes: dict[str, object],
) -> None:
    assert len(ruling(replace(ENTRY, **changes), found=finding()).settled) == 1  # type: ignore[arg-type]


def test_a_department_is_named_as_a_project_is() -> None:
    record = DepartmentReport("青禾县水利局", 2024)
    paper = Filing((Reading(Kind.DEPARTMENT_REPORT, record, file="报告.docx"),))
    entry = replace(ENTRY, file=None, project="青禾县水利局")
    assert len(ruling(entry, found=finding(), paper=paper).settled) == 1


def test_an_expired_entry_settles_nothing_and_is_a_finding() -> None:
    found = ruling(replace(ENTRY, until=date(2025, 2, 28)), found=finding())
    assert (codes(found), found.settled) == (["FD05", "LG01"], ())
    assert all(word in found.open[1].says for word in ("第 1 条 FD05", "2025-02-28", "绩效股", "问题仍在"))


def test_an_expired_entry_whose_finding_is_gone_is_to_be_deleted() -> None:
    found = ruling(replace(ENTRY, until=date(2025, 2, 28)))
    assert codes(found) == ["LG01"]
    assert "删去" in found.open[0].says


def test_an_entry_without_a_finding_is_a_note_but_not_where_its_rule_was_not_run() -> None:
    assert [(f.code, f.severity) for f in ruling(ENTRY).open] == [("LG02", Severity.NOTE)]
    assert ruling(ENTRY, ran="AR01").open == ()


def test_an_entry_on_papers_that_are_not_checked_says_nothing() -> None:
    assert ruling(replace(ENTRY, file="别的.xlsx", until=date(2020, 1, 1))).open == ()


@pytest.mark.parametrize("code", ["AR04", "FD01", "XD03"])
def test_an_error_of_arithmetic_is_never_settled(code: str) -> None:
    found = ruling(replace(ENTRY, rule=code), found=finding(code, Severity.ERROR))
    assert (codes(found), found.settled) == ([code, "LG03"], ())
    assert "不能登记" in found.open[1].says


def test_an_error_of_another_family_and_a_warning_of_arithmetic_may_be_settled() -> None:
    assert ruling(replace(ENTRY, rule="SC04"), found=finding("SC04", Severity.ERROR)).settled
    assert ruling(replace(ENTRY, rule="AR04"), found=finding("AR04")).settled


def test_the_notices_have_pages_like_rules_and_codes_of_their_own() -> None:
    for notice in NOTICES:
        assert notice.code[:2] == "LG"
        assert all(
            part in notice.page for part in ("为什么：", "不合格：", "合格：", "怎么改：", "误报风险：")
        )


KINDS = st.sampled_from(["AR01", "FD05", "SC04", "XD01", "NA03"])
FINDINGS = st.lists(st.builds(finding, KINDS, st.sampled_from(Severity)), max_size=6)
ENTRIES = st.lists(
    st.builds(
        Entry,
        KINDS,
        st.just("甲"),
        st.just("乙"),
        st.dates(date(2024, 1, 1), date(2026, 1, 1)),
        st.just("自评表.xlsx"),
    ),
    max_size=6,
)


@given(FINDINGS, ENTRIES)
def test_nothing_is_lost_and_no_certain_sum_is_settled(found: list[Finding], entries: list[Entry]) -> None:
    named = tuple((f"id{k}", one) for k, one in enumerate(found))
    result = settle([Audited(filing(), named)], entries, ["FD05"], today=TODAY)[0]
    kept = [f for f in result.open if f.code[:2] != "LG"]
    assert sorted(map(repr, [*kept, *(s.finding for s in result.settled)])) == sorted(map(repr, found))
    assert not [
        s
        for s in result.settled
        if s.finding.severity is Severity.ERROR and s.finding.code[:2] in {"AR", "FD", "XD"}
    ]


# ---------------------------------------------------------------- severities


def test_an_office_may_lower_a_warning_and_never_a_certain_sum() -> None:
    lowered = capped(
        [finding("AR04", Severity.ERROR), finding()], {"AR04": Severity.NOTE, "FD05": Severity.NOTE}
    )
    assert [(f.code, f.severity) for f in lowered] == [("AR04", Severity.ERROR), ("FD05", Severity.NOTE)]


def test_a_severity_never_raises_what_the_audit_has_lowered() -> None:
    assert capped([finding()], {"FD05": Severity.ERROR})[0].severity is Severity.WARNING


def test_rules_take_the_severities_of_an_office() -> None:
    from jixiao.audit import RULES  # noqa: PLC0415 - only here

    rules = {rule.code: rule.severity for rule in weighted(RULES, {"FD05": Severity.ERROR})}
    assert rules["FD05"] is Severity.ERROR
    assert {code: s for code, s in rules.items() if code != "FD05"} == {
        rule.code: rule.severity for rule in RULES if rule.code != "FD05"
    }


# ---------------------------------------------------------------- baseline


def test_a_baseline_parts_what_it_knows_from_what_is_new() -> None:
    new, old = split([("a", finding()), ("b", finding("FD03"))], {"a"})
    assert [f.code for f in new] == ["FD03"]
    assert [(s.id, s.how) for s in old] == [("a", How.BASELINE)]


A, B, C = Known("FD05", "甲.xlsx"), Known("FD03", "甲.xlsx"), Known("FD05", "乙.xlsx")


def test_a_baseline_shrinks_by_what_is_gone_and_keeps_what_was_not_looked_for() -> None:
    made = ratchet({"a": A, "b": B, "c": C}, {"a": A}, {"甲.xlsx"}, {"FD05", "FD03"})
    assert (dict(made.known), made.gone, made.added) == ({"a": A, "c": C}, ("b",), ())
    unrun = ratchet({"a": A, "b": B}, {}, {"甲.xlsx"}, {"FD05"})
    assert dict(unrun.known) == {"b": B}


def test_a_baseline_says_what_it_would_grow_by_and_a_first_one_grows_by_nothing() -> None:
    assert ratchet({"a": A}, {"a": A, "b": B}, {"甲.xlsx"}, {"FD05"}).added == ("b",)
    assert ratchet(None, {"a": A}, {"甲.xlsx"}, {"FD05"}).added == ()


# ---------------------------------------------------------------- reviewer


def test_a_reviewer_accepts_refuses_with_a_reason_and_changes() -> None:
    found = [("a", finding()), ("b", finding("FD03")), ("c", finding("NA01")), ("d", finding("NA02"))]
    remarks = {
        "a": Remark("a", Answer.ACCEPTED),
        "b": Remark("b", Answer.REFUSED, "已有批复"),
        "c": Remark("c", Answer.CHANGED, changed="请补写依据。"),
    }
    merged = merge(found, remarks)
    assert [f.says for f in merged.open] == ["执行率偏低。", "请补写依据。", "执行率偏低。"]
    assert [(s.id, s.how, s.why) for s in merged.settled] == [("b", How.REVIEWER, "已有批复")]
    assert merged.complaints == ()


@pytest.mark.parametrize(
    "remark, severity, word",
    [
        (Remark("a", Answer.REFUSED), Severity.WARNING, "没有写理由"),
        (Remark("a", Answer.REFUSED, "不必改"), Severity.ERROR, "算术错误"),
        (Remark("a", Answer.CHANGED), Severity.WARNING, "修改后的文字"),
        (Remark("a", odd="待定"), Severity.WARNING, "“待定”"),
    ],
)
def test_what_a_reviewer_can_not_do_is_told_and_not_done(
    remark: Remark, severity: Severity, word: str
) -> None:
    found = finding("FD05", severity)
    merged = merge([("a", found)], {"a": remark})
    assert (merged.open, merged.settled) == ((found,), ())
    assert word in merged.complaints[0]
