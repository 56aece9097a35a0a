"""Where on a drawn paper a finding belongs: its own cell, the nearest one, or the words that it quotes."""

from dataclasses import replace

import pytest

from jixiao.model.claims import Report
from jixiao.model.finding import Finding, Origin, Severity
from jixiao.model.parsing import parse_figure
from jixiao.model.reading import Kind, Reading, Record
from jixiao.model.statements import Claim, Section
from jixiao.telling.drawing import DrawnTable, DrawnText, drawn
from jixiao.telling.marking import Quoted, marks_of
from tests.examples import CLINICS, WATER

SAID = "全年巡检管网24次，处置漏损46处，实际支出36.80万元。"
FIGURE = parse_figure("36.80万元")
assert FIGURE is not None
REPORT = Report(
    title="自评报告",
    sections=(Section("一、", "项目概况", 1, "为农村供水服务。"), Section("二、", "实施情况", 1, SAID)),
    claims=(Claim("executed", FIGURE, quoted=SAID),),
    indicators=(replace(CLINICS.indicators[0], level3=None),),
)


def finding(where: str, quoted: str = "") -> Finding:
    return Finding("FD07", "x", Severity.WARNING, Origin.AUTHOR, 0, where, "说明", quoted=quoted)


def marks(record: Record, *found: Finding) -> tuple[dict[str, list[int]], dict[str, list[Quoted]], list[int]]:
    made = marks_of(Reading(Kind.SELFEVAL_TABLE, record), drawn(record), list(enumerate(found, 1)))
    return made.cells, made.words, made.whole


@pytest.mark.parametrize(
    "where, at",
    [
        ("indicators.1.score_printed", "indicators.1.score_printed"),
        ("indicators.1", "indicators.1.level3"),
        ("indicators.1.deduction_printed", "indicators.1.level3"),
        ("indicators", "indicators"),
        ("funds.total.executed", "funds.total.executed"),
        ("funds.special.annual", "funds"),
        ("execution", "execution.points"),
        ("total_printed", "total_printed"),
        ("goal.actual", "goal.actual"),
    ],
)
def test_a_finding_stands_at_its_cell_or_the_nearest(where: str, at: str) -> None:
    assert marks(CLINICS, finding(where)) == ({at: [1]}, {}, [])


@pytest.mark.parametrize("where", ["", "form"])
def test_a_finding_about_no_cell_stands_at_the_whole_paper(where: str) -> None:
    assert marks(CLINICS, finding(where)) == ({}, {}, [1])


def test_two_findings_share_a_cell() -> None:
    cells, _, _ = marks(CLINICS, finding("total_printed"), finding("total_printed"))
    assert cells == {"total_printed": [1, 2]}


def test_quoted_words_are_marked_in_their_section_and_in_any_other() -> None:
    for where in ("sections.1", "sections.0", "claims.0"):
        _, words, _ = marks(REPORT, finding(where, "实际支出36.80万元"))
        assert words == {"sections.1": [Quoted(18, 29, (1,))]}
        assert SAID[18:29] == "实际支出36.80万元"


def test_a_claim_is_marked_by_its_own_sentence_and_a_cut_quotation_by_its_beginning() -> None:
    assert marks(REPORT, finding("claims.0"))[1] == {"sections.1": [Quoted(0, len(SAID), (1,))]}
    cut = f"{SAID[:15]}（以下略去）…"
    assert marks(REPORT, finding("sections.1", cut))[1] == {"sections.1": [Quoted(0, 12, (1,))]}


def test_what_is_quoted_and_not_there_stands_at_its_heading() -> None:
    assert marks(REPORT, finding("sections.0", "没有这句"))[0] == {"sections.0": [1]}


def test_words_that_run_into_each_other_share_a_mark() -> None:
    _, words, _ = marks(
        REPORT, finding("sections.1", "处置漏损46处，实际"), finding("sections.1", "实际支出")
    )
    assert words == {"sections.1": [Quoted(SAID.index("处置"), SAID.index("36.80"), (1, 2))]}


def test_only_what_a_paper_says_is_drawn() -> None:
    tables = [part for part in drawn(WATER) if isinstance(part, DrawnTable)]
    heads = [spot.text for table in tables for row in table.rows for spot in row if spot.head]
    assert {"年度指标值", "得分", "年度资金总额"} <= set(heads)
    assert not {"四级指标", "扣分", "财政专户资金", "下达数"} & set(heads)
    texts = [part.text for part in drawn(REPORT) if isinstance(part, DrawnText)]
    assert SAID in texts
