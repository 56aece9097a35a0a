"""The contract word by word: which keys each answer has, in which form figures stand, and which ids stay."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jixiao import __version__
from tests.command import Jixiao
from tests.examples import FOLDER

FIGURE = re.compile(r"-?\d+(\.\d+)?")
SCORE = {"points", "score", "low", "high", "printed", "agrees"}
ROW = SCORE | {"level3", "place", "method", "source", "steps"}


def floats(value: Any) -> Iterator[float]:  # noqa: ANN401 - what JSON holds
    if isinstance(value, float):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from floats(item)


@pytest.mark.parametrize("verb", ["read", "score", "check"])
def test_every_answer_is_utf_8_json_without_a_float(verb: str, wrong: Path, jixiao: Jixiao) -> None:
    told = jixiao(verb, wrong, FOLDER / "供水巡检自评报告.docx", "--format", "json")
    assert list(floats(told.json)) == []
    assert "\\u" not in told.out
    assert told.err == ""


def test_read_answers_with_the_papers_of_the_contract(right: Path, jixiao: Jixiao) -> None:
    answer = jixiao("read", right, "--format", "json").json
    assert answer["jixiao"] == __version__
    paper = answer["papers"][0]
    assert {"file", "sha256", "index", "kind", "form", "place", "confidence", "record", "doubts"} <= set(
        paper
    )
    assert (paper["kind"], paper["form"], paper["index"], paper["file"]) == (
        "selfeval_table",
        "F-10",
        0,
        right.as_posix(),
    )
    record = paper["record"]
    assert record["project"] == "村道日常养护补助"
    total = record["funds"]["total"]
    assert [total[key] for key in ("initial", "annual", "executed")] == ["60.00", "60.00", "58.20"]
    assert record["execution"] == {"points": "10", "rate_printed": "97.00%", "score_printed": "9.70"}
    assert record["indicators"][0]["target"] == "≥42公里"
    assert record["indicators"][0]["place"]["line"] > 1
    assert (record["points_printed"], record["total_printed"], record["grade_printed"]) == (
        "100",
        "99.70",
        None,
    )


def test_score_answers_with_the_sheet_of_the_contract(wrong: Path, jixiao: Jixiao) -> None:
    answer = jixiao("score", wrong, "--format", "json").json
    paper = answer["papers"][0]
    assert set(answer) == {"papers"}
    assert set(paper) == {
        "file", "index", "kind", "scheme", "scheme_why", "scheme_verified", "execution", "indicators", "total", "grade",
        "undecided",
    }  # fmt: skip
    assert set(paper["execution"]) == ROW - {"level3", "place"}
    assert all(set(row) == ROW for row in paper["indicators"])
    assert set(paper["total"]) == SCORE
    assert set(paper["grade"]) == {"word", "printed", "agrees"}
    assert paper["execution"]["score"] == "9.00"
    assert paper["execution"]["agrees"] is False
    assert paper["execution"]["steps"][0] == "81.00 ÷ 90.00 = 90.00%"
    training = paper["indicators"][1]
    assert (training["level3"], training["score"], training["printed"], training["agrees"]) == (
        "培训操作人员",
        "8.00",
        "10",
        False,
    )
    assert training["place"]["line"] > 1
    assert paper["total"]["score"] == "97.00"
    figures = [
        row[key]
        for row in (paper["execution"], *paper["indicators"])
        for key in ("points", "score", "low", "high")
    ]
    assert all(FIGURE.fullmatch(figure) for figure in figures)


def test_a_total_with_an_undecided_row_is_null_and_the_row_is_listed(
    tmp_path: Path, right: Path, jixiao: Jixiao
) -> None:
    paper = tmp_path / "a.txt"
    paper.write_text(right.read_text("utf-8").replace("91%", ""), "utf-8")
    scored = jixiao("score", paper, "--format", "json").json["papers"][0]
    assert scored["total"] is None
    assert [set(row) for row in scored["undecided"]] == [{"level3", "why"}]
    assert scored["undecided"][0]["level3"] == "村道路面完好率"
    row = next(row for row in scored["indicators"] if row["level3"] == "村道路面完好率")
    assert row["score"] is None


def test_papers_without_scores_are_not_scored(jixiao: Jixiao) -> None:
    answer = jixiao("score", FOLDER / "供水巡检自评报告.docx", "--format", "json").json
    assert [(paper["kind"], paper["index"]) for paper in answer["papers"]] == [("selfeval_table", 1)]


def test_check_answers_with_the_findings_of_the_contract(jixiao: Jixiao) -> None:
    book = FOLDER / "卫生院设备自评表.xlsx"
    answer = jixiao("check", book, "--format", "json").json
    assert set(answer) == {"findings", "summary"}
    assert all(
        set(finding) == {
            "id", "rule", "name", "severity", "origin", "file", "paper", "place", "quoted", "message", "printed",
            "computed", "interval", "scheme", "source", "fix",
        }
        for finding in answer["findings"]
    )  # fmt: skip
    counts = {
        level: sum(f["severity"] == level for f in answer["findings"])
        for level in ("error", "warning", "note")
    }
    assert answer["summary"] == {"papers": 1, **counts}
    rate = next(finding for finding in answer["findings"] if finding["rule"] == "AR05")
    assert (rate["severity"], rate["origin"], rate["paper"]) == ("error", "author", 0)
    assert rate["place"]["cell"] == "H6"
    assert rate["fix"] == {"safe": True, "what": "执行率改为 90.00%", "replacement": "90.00%"}


def test_paper_is_the_index_in_the_file(jixiao: Jixiao) -> None:
    finding = jixiao("check", FOLDER / "供水巡检自评报告.txt", "--select", "FD07", "--format", "json").json[
        "findings"
    ][0]
    assert finding["paper"] == 0
    assert "36.80" in finding["quoted"]
    lines = (FOLDER / "供水巡检自评报告.txt").read_text("utf-8").splitlines()
    assert "36.80" in lines[finding["place"]["line"] - 1]


def ids(told: Any) -> dict[str, str]:  # noqa: ANN401 - a finished command
    return {finding["rule"]: finding["id"] for finding in told.json["findings"]}


def test_an_id_stays_when_other_lines_move(wrong: Path, tmp_path: Path, jixiao: Jixiao) -> None:
    before = ids(jixiao("check", wrong, "--format", "json"))
    text = wrong.read_text("utf-8")
    moved = tmp_path / wrong.name
    start, end = text.index("\t\t质量指标"), text.index("\t\t时效指标")
    quality = text[start:end]
    moved.write_text("说明：本表由单位填报。\n\n" + text.replace(quality, ""), "utf-8")
    after = ids(jixiao("check", moved, "--format", "json"))
    assert {rule: after[rule] for rule in ("FD01", "AR05", "SC01")} == {
        rule: before[rule] for rule in ("FD01", "AR05", "SC01")
    }


def test_ids_are_all_different(jixiao: Jixiao) -> None:
    found = [
        finding["id"]
        for finding in jixiao("check", FOLDER, "--jobs", "1", "--format", "json").json["findings"]
    ]
    assert len(found) == len(set(found))


def test_the_answer_is_the_same_each_time(wrong: Path, jixiao: Jixiao) -> None:
    once, again = (jixiao("check", wrong, "--format", "json") for _ in range(2))
    assert json.loads(once.out) == json.loads(again.out)
