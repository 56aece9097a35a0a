"""Every figure of a report is linked to the cell it restates, or to none: converted, as precise as printed, never guessed."""

from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from jixiao.audit.binding.figures import links_in
from jixiao.audit.binding.link import Link
from jixiao.formats import read
from jixiao.model.filing import file_together
from jixiao.papers import recognize
from tests.audit.notation import case_of
from tests.proof.clean import filing
from tests.proof.planting import with_money, with_row, with_table

ROOT = Path(__file__).resolve().parents[2]
SEEDS = sorted((ROOT / "../shared/seeds").glob("*.txt"))
measured = pytest.mark.skipif(len(SEEDS) != 5, reason="../shared/seeds is not here: nothing is measured")


def links(**data: object) -> dict[str, Link]:
    return {link.said.where: link for link in case_of({"report_kind": "selfeval_report", **data}).links}


def told(link: Link) -> tuple[str | None, bool | None]:
    return (link.cell.where if link.cell else None, link.agrees)


def links_of(path: Path) -> list[Link]:
    filings = file_together(recognize(read(path.read_bytes(), name=path.name)))
    return [link for one in filings for link in links_in(one)]


# ---------------------------------------------------------------- money and rates

FUNDS = {"total": {"initial": "60", "annual": "58.20", "executed": "55.13"}, "fiscal": {"annual": "50.00"}}


@pytest.mark.parametrize(
    ("claim", "where", "agrees"),
    [
        (["budget", "全年预算", "58.2万元"], "funds.total.annual", True),
        (["budget", "全年预算", "582000元"], "funds.total.annual", True),
        (["budget", "年初预算", "60万元"], "funds.total.initial", True),
        (["budget", "财政拨款", "50.00万元"], "funds.fiscal.annual", True),
        (["executed", "实际支出", "55.1万元"], "funds.total.executed", True),
        (["executed", "实际支出", "551300元"], "funds.total.executed", True),
        (["executed", "实际支出", "53.15万元"], "funds.total.executed", False),
        (["executed", "实际支出", "58.20万元"], "funds.total.executed", False),
        (["surplus", "结余", "3.07万元"], "funds.total.annual", True),
        (["amount", "县级配套资金", "50.00万元"], "funds.fiscal.annual", True),
        (["amount", "用于培训", "5万元"], None, None),
        (["executed", "实际支出", "53.15万元", "2021年实际支出53.15万元，同比增长。"], None, None),
        (["executed", "其中支付劳务费", "40万元"], None, None),
        (["executed", "部门支出", "1260.4万元"], None, None),
        (["execution_rate", "预算执行率", "94.73%"], "funds.total.executed", True),
        (["execution_rate", "预算执行率", "94.7%"], "funds.total.executed", True),
        (["execution_rate", "预算执行率", "97.43%"], "funds.total.executed", False),
        (["arrival_rate", "资金到位率", "100%"], None, None),
    ],
)
def test_an_amount_finds_its_cell(claim: list[str], where: str | None, agrees: bool | None) -> None:
    link = links(funds=FUNDS, claims=[claim])["claims.0"]
    assert told(link) == (where, agrees)
    assert link.why


def test_a_printed_rate_goes_before_the_quotient() -> None:
    link = links(funds=FUNDS, execution={"rate": "94.72%"}, claims=[["execution_rate", "执行率", "94.72%"]])[
        "claims.0"
    ]
    assert told(link) == ("execution.rate_printed", True)


def test_without_a_fund_block_nothing_is_linked() -> None:
    link = links(
        rows=[["数量指标", "清淤长度", "≥12公里", "12公里", "50", "50"]],
        claims=[["budget", "预算", "58万元"]],
    )
    assert told(link["claims.0"]) == (None, None)


# ---------------------------------------------------------------- scores

ROWS = [
    {"level1": "产出指标", "level2": "数量指标", "level3": "清淤长度", "points": "30", "score": "28.75"},
    {"level1": "产出指标", "level2": "质量指标", "level3": "验收合格率", "points": "20", "score": "20"},
    {
        "level1": "满意度指标",
        "level2": "服务对象满意度指标",
        "level3": "沿渠农户满意度",
        "points": "10",
        "score": "10",
    },
]


@pytest.mark.parametrize(
    ("mark", "first", "agrees"),
    [
        (["产出", 1, "50", "48.75"], "indicators.0.score_printed", True),
        (["项目产出情况", 1, "50", "48.8"], "indicators.0.score_printed", True),
        (["产出数量", 2, "30", "28.75"], "indicators.0.score_printed", True),
        (["质量", 2, "20", "19"], "indicators.1.score_printed", False),
        (["满意度", 1, "10", "10"], "indicators.2.score_printed", True),
        (["沿渠农户满意度", 2, "10", "10"], "indicators.2.score_printed", True),
        (["预算执行率", 1, "10", "9.2"], "execution.score_printed", True),
        (["投入", 1, "20", "20"], None, None),
        (["社会效益", 2, "20", "18"], None, None),
        (["产出与效益", 1, "80", "78"], None, None),
    ],
)
def test_a_class_finds_its_rows(mark: list[object], first: str | None, agrees: bool | None) -> None:
    found = links(
        rows=ROWS, execution={"points": "10", "score": "9.2"}, report=[["分析", "见下。"]], marks=[mark]
    )
    assert told(found["classes.0.score_printed"]) == (first, agrees)


def test_an_evaluation_report_is_bound_to_its_own_form_alone() -> None:
    form = {
        "kind": "scoring_form",
        "rows": [{"level1": "产出", "level3": "实际完成率", "points": "12", "score": "11"}],
    }
    data = {"rows": ROWS, "report": [["分析", "见下。"]], "marks": [["产出", 1, "12", "11"]]}
    alone = links(**data, report_kind="evaluation_report")
    assert told(alone["classes.0.score_printed"]) == (None, None)
    bound = links(**data, report_kind="evaluation_report", papers=[form])["classes.0.score_printed"]
    assert bound.cell is not None
    assert (bound.cell.paper, bound.agrees) == (1, True)


def test_a_total_is_bound_to_the_total() -> None:
    found = links(rows=ROWS, total="96.45", report=[["结论", "得分96.5分。"]], report_total="96.5")
    assert told(found["total_printed"]) == ("total_printed", True)
    other = links(rows=ROWS, total="96.45", report=[["结论", "得分95分。"]], report_total="95")
    assert told(other["total_printed"]) == ("total_printed", False)


# ---------------------------------------------------------------- results

RESULTS = [
    ["数量指标", "巡检管网次数", "≥24次", "26次", "30", "30"],
    ["质量指标", "水质达标率", "≥95%", "97.4%", "30", "30"],
    ["成本指标", "每人每天补助", "=60元/天", "60元/天", "20", "20"],
    ["满意度指标", "用水农户满意度", "≥90%", "95%", "10", "10"],
]


@pytest.mark.parametrize(
    ("claim", "where", "agrees"),
    [
        (["count", "全年巡检管网", "26次"], "indicators.0.actual", True),
        (["count", "巡检管网次数", "25次"], "indicators.0.actual", False),
        (["count", "开展培训", "3次"], None, None),
        (["count", "管网", "26处"], None, None),
        (["rate", "水质达标率", "97.4%"], "indicators.1.actual", True),
        (["rate", "水质达标率", "97%"], "indicators.1.actual", True),
        (["rate", "水质达标率", "93%"], "indicators.1.actual", False),
        (["rate", "水质达标率", "93%", "上年水质达标率93%。"], None, None),
        (["rate", "目标完成率", "100%"], None, None),
        (
            ["rate", "实际完成", "97.4%", "水质达标率年度指标值≥95%，实际完成97.4%。"],
            "indicators.1.actual",
            True,
        ),
        (
            ["rate", "年度指标值", "95%", "水质达标率年度指标值≥95%，实际完成97.4%。"],
            "indicators.1.target",
            True,
        ),
        (["standard", "补助", "60元/天"], "indicators.2.actual", True),
        (["satisfaction", "服务对象满意度", "95%"], "indicators.3.actual", True),
        (["satisfaction", "用水农户满意度", "98%"], "indicators.3.actual", False),
        (["satisfaction", "学生家长满意度", "98%"], None, None),
        (["survey_size", "有效问卷", "30份"], None, None),
    ],
)
def test_a_result_finds_its_row(claim: list[str], where: str | None, agrees: bool | None) -> None:
    assert told(links(rows=RESULTS, claims=[claim])["claims.0"]) == (where, agrees)


def test_a_number_of_indicators_is_bound_to_the_list() -> None:
    claim = ["indicator_count", "指标", "4个", "共设置4个指标。"]
    assert told(links(rows=RESULTS, claims=[claim])["claims.0"]) == ("indicators", True)


# ---------------------------------------------------------------- measured


def test_in_right_filings_figures_are_linked_and_agree() -> None:
    found = [link for seed in range(60) for link in links_in(filing(Random(seed)).filing)]
    assert [(link.said, link.why) for link in found if link.agrees is False] == []
    assert sum(link.cell is not None for link in found) * 10 >= len(found) * 9


def test_what_a_table_says_otherwise_is_seen() -> None:
    seen = 0
    for seed in range(40):
        clean = filing(Random(seed))
        before = {link.said.where: link for link in links_in(clean.filing) if link.agrees}
        total = with_table(clean, total_printed=Decimal("37.13"))
        money = with_money(clean, "total", "executed", "987654.32")
        row = with_row(clean, 0, actual="987654")
        for where, changed in (
            ("total_printed", total),
            ("funds.total.executed", money),
            ("indicators.0.actual", row),
        ):
            after = [link for link in links_in(changed.filing) if link.said.where in before]
            bound = [link for link in after if where in told(before[link.said.where])]
            assert [link.why for link in bound if told(link) == (where, True)] == []
            seen += any(link.agrees is False for link in bound)
    assert seen >= 30


def test_the_example_report_differs_from_its_table_where_it_was_meant_to() -> None:
    path = next((ROOT / "examples").glob("*报告.txt"))
    found = links_of(path)
    assert [str(link.said.figure) for link in found if link.agrees is False] == ["36.80万元"]
    assert sum(link.agrees is True for link in found) >= 5


@measured
def test_of_the_seeds_what_agrees_is_linked_and_what_differs_is_known() -> None:
    counts = [(len(found), sum(link.agrees is True for link in found)) for found in map(links_of, SEEDS)]
    shares = [agreeing * 100 // total if total else 0 for total, agreeing in counts]
    assert all(share >= least for share, least in zip(shares, (10, 65, 70, 55, 0), strict=True)), counts
    differing = [
        sorted({(x.said.what, str(x.said.figure.value)) for x in links_of(path) if x.agrees is False})
        for path in SEEDS
    ]
    assert differing == [
        [("class_points", "10"), ("class_score", "9")],
        [],
        [
            ("executed", "580.75"),
            ("execution_rate", "100"),
            ("execution_rate", "96.79"),
            ("indicator_count", "22"),
        ],
        [],
        [],
    ]
