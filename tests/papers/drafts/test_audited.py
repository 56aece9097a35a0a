"""A draft beside its table passes the audit: nothing but its blanks, and what is left is the unit's own."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from random import Random

import pytest

from jixiao import api, formats
from jixiao.layout import Layout
from jixiao.model.claims import Report
from jixiao.model.finding import Finding
from jixiao.model.reading import Filing, Kind, Reading
from jixiao.papers.drafts import draft, draft_all
from jixiao.schemes import Choice
from tests.examples import FOLDER
from tests.papers.drafts.drafted import OF_ONE, Reviewed, clean, department, filled, invented, review_of

# What the audit says of a draft because its blanks are still empty.
BLANKS = {
    "NA02": "【请填写：…】是没有填的空", "NA10": "立项依据的文件留空", "NA16": "成文日期留空", "FD11": "结余的处理留空",
    "DV02": "偏差原因留空，空里写着指标的名称", "AR10": "得分留空，所属大类的小项不全", "DV06": "改进措施留空", "AV01": "佐证材料留空", "DV09": "自评表没有填偏差原因，报告请单位填写", "AV07": "满意度调查的份数留空",
}  # fmt: skip
# What it says because the report repeats what the table prints; the table alone has no text for these rules to look at.
REPEATED = {
    "DV07": "照录自评表里的偏差原因，其中只有客观因素", "DV09": "自评表没有填偏差原因，填在了报告里",
    "AR15": "照录自评表的得分和比率，小数位数本来不同", "TV07": "自评表的指标值没有数，另一行的单价被当作它的标准",
    "AV01": "自评表的比率指标没有填比率", "AV07": "填空的话里没有调查的份数，表里也没有",
    "FD06": "照录的单价指标值以元计，资金以万元计",
}  # fmt: skip
FIGURE = r"核对后的|请填写：(?:得分|分值|自评总得分|综合评价总得分|全年预算数|全年执行数)"
SEEDS, MANY = range(2), range(200, 212)
EXPECTED = {"o-eval": Kind.EVALUATION_REPORT}


def beside(reviewed: Reviewed, page: Layout, form: str) -> tuple[Filing, list[Finding]]:
    """Write a report, read it again and audit it beside its table; return what the table alone has not."""
    review, scheme = reviewed
    readings = api.read_papers(formats.write(page, form), name=f"自评报告.{form}")
    (own,) = api.file_together([*review.filing.readings, *readings])
    known = Counter(finding.code for finding in review.findings)
    found = []
    for finding in review_of(own, scheme).findings:
        known[finding.code] -= 1
        if known[finding.code] < 0:
            found.append(finding)
    return own, found


def said(reviewed: Reviewed, outline: str, form: str) -> Iterator[str]:
    """Yield what should not be said of a draft, with its blanks and with neutral words in them."""
    made = draft(*reviewed, outline)
    pages = [(made.layout, BLANKS | REPEATED)]
    if not any(re.search(FIGURE, blank) for blank in made.blanks):  # no neutral words stand for a figure
        pages.append((filled(made.layout, Random(0)), REPEATED))
    for page, allowed in pages:
        own, found = beside(reviewed, page, form)
        kinds = [reading.kind for reading in own.readings[1:]]
        if kinds != [EXPECTED.get(outline, Kind.SELFEVAL_REPORT)]:
            yield f"{outline} is read as {kinds}"
        yield from (f"{f.code} {f.where} {f.says}" for f in found if f.code not in allowed)


@pytest.mark.parametrize("outline", OF_ONE)
@pytest.mark.parametrize("make", [clean, invented])
def test_a_draft_adds_no_finding_but_its_blanks(make: Callable[[int], Reviewed], outline: str) -> None:
    for seed in SEEDS:
        assert list(said(make(seed), outline, "text")) == []


@pytest.mark.slow
@pytest.mark.parametrize("form", ["text", "docx"])
def test_so_it_is_for_many_records(form: str) -> None:
    for seed in MANY:
        made = (clean, invented)[seed % 2](seed)
        assert list(said(made, OF_ONE[seed % len(OF_ONE)], form)) == [], seed


@pytest.mark.parametrize("name", ["村道养护自评表.txt", "卫生院设备自评表.txt"])
def test_the_drafts_of_the_examples_pass_too(name: str) -> None:
    (own,) = api.file_together(api.read_file(FOLDER / name, name=name))
    choice = api.choose(own)
    for outline in OF_ONE:
        assert list(said((review_of(own, choice.scheme), choice.scheme), outline, "text")) == []


def test_a_wrong_figure_in_a_draft_would_be_found() -> None:
    reviewed = clean(1)
    total = reviewed[0].filing.evaluation
    assert total is not None
    made = draft(*reviewed, "o-self")
    page = filled(made.layout, Random(0))
    text = formats.write(page, "text").decode().replace(f"总得分{total.total_printed}分", "总得分60.00分")
    readings = api.read_papers(text.encode(), name="自评报告.txt")
    (own,) = api.file_together([*reviewed[0].filing.readings, *readings])
    assert "XD01" in {finding.code for finding in review_of(own, reviewed[1]).findings}


def test_the_figures_of_a_draft_are_read_back_as_claims() -> None:
    reviewed = clean(1)
    table = reviewed[0].filing.evaluation
    assert table is not None
    own, _ = beside(reviewed, draft(*reviewed, "o-self").layout, "docx")
    report = own.readings[1].record
    assert isinstance(report, Report)
    stated = {(claim.what, claim.figure.value) for claim in report.claims}
    total = table.funds.total
    assert total is not None
    assert total.annual is not None
    assert total.executed is not None
    assert {("budget", total.annual.value), ("executed", total.executed.value)} <= stated
    assert ("total_score", table.total_printed) in stated
    assert report.total_printed == table.total_printed


# ---------------------------------------------------------------- several projects


def all_said(all_of: list[Reviewed], outline: str) -> list[str]:
    """Return what should not be said of a report on several projects that stands beside their tables."""
    tables = [reading for review, _ in all_of for reading in review.filing.readings]
    made = draft_all(all_of, outline)
    told = []
    for page, allowed in ((made.layout, BLANKS | REPEATED), (filled(made.layout, Random(0)), REPEATED)):
        before = Counter(finding.code for findings in compared(tables, all_of) for finding in findings)
        readings = api.read_papers(formats.write(page, "text"), name="部门报告.txt")
        assert readings[0].kind is Kind.DEPARTMENT_REPORT
        for finding in (f for findings in compared([*tables, *readings], all_of) for f in findings):
            before[finding.code] -= 1
            if before[finding.code] < 0 and finding.code not in allowed:
                told.append(f"{finding.code} {finding.where} {finding.says}")
    return told


def compared(readings: list[Reading], all_of: list[Reviewed]) -> list[tuple[Finding, ...]]:
    choice = Choice(all_of[0][1], "由人指定")
    done = [(api.review(own, choice), choice) for own in api.file_together(readings)]
    return [review.findings for review in api.compare(done)]


@pytest.mark.parametrize("outline", ["o-dept", "o-recheck"])
def test_a_report_on_several_projects_adds_no_finding_but_its_blanks(outline: str) -> None:
    assert all_said(department(1), outline) == []


@pytest.mark.slow
@pytest.mark.parametrize("outline", ["o-dept", "o-recheck"])
def test_so_it_is_for_many_departments(outline: str) -> None:
    for seed in range(2, 5):
        assert all_said(department(seed), outline) == [], seed
