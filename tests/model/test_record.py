"""Every record comes back from JSON equal, and the JSON is the contract's."""

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings

from jixiao.errors import UnreadableError
from jixiao.layout import Place
from jixiao.model.claims import DepartmentReport, Report, Sample
from jixiao.model.codec import Json
from jixiao.model.evaluation import ClassMark, Evaluation, Execution, FundLine, Funds, Indicator, Project
from jixiao.model.figure import PERCENT, WAN, YUAN, figure_of
from jixiao.model.parsing import parse_actual, parse_target
from jixiao.model.reading import Kind, Reading
from jixiao.model.record import from_json, review_from_json, review_to_json, to_json
from jixiao.model.review import Review
from jixiao.model.statements import Claim
from tests import strategies
from tests.reviewed import reviews

ROW = Indicator(
    "产出指标",
    "数量指标",
    "培训次数",
    target=parse_target("≥100次"),
    actual=parse_actual("98次"),
    points=Decimal(10),
    score_printed=Decimal("9.8"),
)
TABLE = Reading(
    Kind.SELFEVAL_TABLE,
    Evaluation(
        project=Project("图书购置", None, "青禾县教育局", "青禾县图书馆"),
        year=2023,
        funds=Funds(
            WAN, total=FundLine(figure_of("20.00", WAN), figure_of("40.00", WAN), figure_of("35.37", WAN))
        ),
        execution=Execution(Decimal(10), figure_of("88.44", PERCENT), Decimal("8.84")),
        indicators=(ROW,),
        classes=(ClassMark("产出指标", 1, Decimal(50), None),),
        total_printed=Decimal("98.84"),
        form="f-10",
    ),
    place=Place(sheet="自评表"),
    places={"indicators.0": Place(table=1, row=3, cell="B7")},
    confidence=Decimal("0.98"),
    file="a.xlsx",
)


def over_the_wire(value: Json) -> Json:
    return json.loads(json.dumps(value, ensure_ascii=False))


def content(reading: Reading) -> dict[str, Json]:
    found = to_json(reading)["record"]
    assert isinstance(found, dict)
    return found


@pytest.mark.slow
@given(strategies.readings())
def test_every_reading_comes_back_from_json_equal(reading: Reading) -> None:
    assert from_json(over_the_wire(to_json(reading))) == reading


@pytest.mark.slow
@settings(max_examples=50)
@given(reviews())
def test_every_review_comes_back_from_json_equal(review: Review) -> None:
    assert review_from_json(over_the_wire(review_to_json(review))) == review


@pytest.mark.slow
@given(strategies.readings())
def test_no_float_stands_anywhere_in_the_json(reading: Reading) -> None:
    def refuse(text: str) -> None:
        raise AssertionError(text)

    json.loads(json.dumps(to_json(reading)), parse_float=refuse)


def test_the_paper_object_has_the_contracts_keys() -> None:
    paper = to_json(TABLE)
    assert paper.keys() >= {
        "file",
        "sha256",
        "index",
        "kind",
        "form",
        "place",
        "confidence",
        "record",
        "doubts",
    }
    assert (paper["form"], paper["place"], paper["confidence"]) == ("f-10", {"sheet": "自评表"}, "0.98")


def test_figures_of_the_fund_block_are_digits_in_the_blocks_unit() -> None:
    record = content(TABLE)
    assert record["funds_unit"] == "万元"
    assert record["funds"]["total"] == {"initial": "20.00", "annual": "40.00", "executed": "35.37"}


def test_an_amount_in_another_unit_is_shown_in_the_blocks_unit_and_kept_exactly() -> None:
    line = FundLine(annual=figure_of("353700", YUAN))
    reading = Reading(Kind.SELFEVAL_TABLE, Evaluation(funds=Funds(WAN, total=line)))
    total = content(reading)["funds"]["total"]
    assert total["annual"] == "35.37"
    assert total["exactly"] == {"annual": {"value": "353700", "unit": "元"}}
    assert from_json(to_json(reading)) == reading


def test_the_execution_row_is_printed_as_the_paper_prints_it() -> None:
    assert content(TABLE)["execution"] == {"points": "10", "rate_printed": "88.44%", "score_printed": "8.84"}


def test_an_indicator_has_its_cells_as_printed_and_its_place() -> None:
    row = content(TABLE)["indicators"][0]
    wanted = {
        "level1": "产出指标", "level2": "数量指标", "level3": "培训次数", "level4": None, "target": "≥100次",
        "actual": "98次", "unit": None, "points": "10", "completion_printed": None, "score_printed": "9.8",
        "reason": None, "place": {"table": 1, "row": 3, "cell": "B7"},
    }  # fmt: skip
    assert {key: row[key] for key in wanted} == wanted


def test_class_marks_stand_as_points_and_score_under_level1() -> None:
    assert content(TABLE)["level1"] == {"产出指标": ["50", None]}


def test_silence_is_null_and_never_left_out() -> None:
    record = content(Reading(Kind.SELFEVAL_TABLE, Evaluation()))
    assert {
        record[key] for key in ("year", "project", "department", "unit", "funds_unit", "total_printed")
    } == {None}


def test_a_department_report_has_the_contracts_keys() -> None:
    report = DepartmentReport(
        projects=62, budget=figure_of("1672.92", WAN), executed=figure_of("14600900", YUAN),
        samples=(Sample("屋面维修", figure_of("18.09", YUAN)),),
    )  # fmt: skip
    reading = Reading(Kind.DEPARTMENT_REPORT, report)
    record = content(reading)
    assert (record["budget"], record["executed"], record["funds_unit"]) == ("1672.92", "1460.09", "万元")
    assert record["sample"] == [{"project": "屋面维修", "amount": "18.09", "unit": "元"}]
    assert from_json(to_json(reading)) == reading


def test_a_report_names_the_amounts_that_all_its_claims_agree_on() -> None:
    claims = (
        Claim("budget", figure_of("600", WAN)),
        Claim("executed", figure_of("580.75", WAN)),
        Claim("execution_rate", figure_of("96.79", PERCENT)),
        Claim("execution_rate", figure_of("100", PERCENT)),
    )
    record = content(Reading(Kind.EVALUATION_REPORT, Report(funds_unit=WAN, claims=claims)))
    assert (record["budget"], record["executed_printed"], record["rate_printed"]) == ("600", "580.75", None)
    assert record["claims"][1] | {"place": None} == {
        "what": "executed", "value": "580.75", "unit": "万元", "subject": "", "quoted": "", "place": None,
    }  # fmt: skip


def test_a_target_without_its_meaning_is_read_from_the_printed_cell() -> None:
    paper = to_json(TABLE)
    row = paper["record"]["indicators"][0]
    del row["target_read"], row["actual_read"]
    assert from_json(paper) == TABLE


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"confidence": 0.98}, "“confidence”应是写成文字的十进制数，读到的是“0.98”"),
        ({"kind": "novel"}, "“kind”应是selfeval_table"),
        ({"index": "2"}, "“index”应是整数"),
        (
            {"record": {"type": "evaluation", "indicators": [{"points": "ten"}]}},
            "“record.indicators.0.points”",
        ),
        ({"record": {"type": "poem"}}, "“record.type”"),
        ({"doubts": {}}, "“doubts”应是列表"),
        ({"format": 2}, "格式号是“2”"),
    ],
)
def test_foreign_json_is_refused_with_the_key_and_what_was_found(change: dict[str, Json], says: str) -> None:
    with pytest.raises(UnreadableError, match=says):
        from_json(to_json(TABLE) | change)


@pytest.mark.parametrize("json", [None, [], "x", 3, {}])
def test_what_is_no_paper_at_all_is_refused(json: Json) -> None:
    with pytest.raises(UnreadableError):
        from_json(json)
    with pytest.raises(UnreadableError):
        review_from_json(json)
