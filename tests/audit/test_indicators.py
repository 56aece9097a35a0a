"""What the rules on indicators and targets take for a row, a whole table, and a clause with words of its own."""

from decimal import Decimal

from jixiao.audit.indicator_rows import is_whole, rows_in, setting_papers, stem_of, sure
from jixiao.audit.indicators.goals import _Told
from tests.audit.notation import case_of, evaluation_of

ROW = ["产出指标/数量指标", "整修灌渠", "≥3公里", "3公里", "90", "90"]


def test_a_first_level_name_is_known_by_its_stem() -> None:
    assert [stem_of(name) for name in ("产出指标（50分）", "效果指标", "满意度", "决策", None)] == [
        "产出", "效益", "满意", "", "",
    ]  # fmt: skip


def test_a_table_is_whole_when_its_points_add_up() -> None:
    assert is_whole(evaluation_of({"rows": [ROW]}))
    assert is_whole(
        evaluation_of({"rows": [[*ROW[:4], "85", "85"]], "points": "100", "execution": {"points": "15"}})
    )
    assert not is_whole(evaluation_of({"rows": [[*ROW[:4], "85", "85"]]}))
    assert not is_whole(evaluation_of({"rows": [ROW, [*ROW[:4], "", ""]]}))


def test_a_declaration_is_looked_at_only_where_no_table_is_beside_it() -> None:
    declared = {"kind": "goal_declaration", "rows": [ROW]}
    assert [at for at, _ in setting_papers(case_of({"rows": [ROW], "papers": [declared]}))] == [0]
    assert [at for at, _ in setting_papers(case_of({"papers": [declared]}))] == [0]


def test_headings_read_as_rows_are_no_indicators() -> None:
    case = case_of(
        {
            "rows": [
                ROW,
                ["产出指标/数量指标", "三级指标", "", "", "", ""],
                ["决策/项目立项", "立项依据", "", "", "", ""],
            ]
        }
    )
    assert [row.name for row in rows_in(case, 0)] == ["整修灌渠"]


def test_a_doubt_about_the_very_cell_leaves_the_row_alone() -> None:
    case = case_of({"rows": [ROW], "doubts": ["indicators.0.target"]})
    row = case.main_rows[0]
    assert not sure(case, row, "target")
    assert sure(case, row, "level3")


def test_a_clause_is_spoken_of_where_a_name_shares_its_own_words() -> None:
    told = _Told(("整修灌渠里程", "灌区农户满意度"), "农田水利维护")
    assert told.of("完成灌渠整修任务") is True
    assert told.of("培训管水员两期") is False
    assert told.of("完成各项工作") is None
    assert told.of("农田水利维护") is None


def test_points_with_cents_make_a_whole_table() -> None:
    thirds = [[*ROW[:4], points, points] for points in ("30", "29.99", "30.01")]
    assert is_whole(evaluation_of({"rows": thirds}))
    assert Decimal("90.00") == sum(i.points or Decimal(0) for i in evaluation_of({"rows": thirds}).indicators)
