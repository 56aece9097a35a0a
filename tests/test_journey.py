"""The whole path of a paper, through the command line: the bundled papers, and whole odd papers with what is expected."""

import json
from pathlib import Path

import pytest

from tests import expected
from tests.command import Jixiao, runner
from tests.examples import FOLDER, papers

FORMATS = (".txt", ".xlsx", ".docx")


@pytest.fixture
def jixiao(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Jixiao:
    return runner(capsys, monkeypatch)


@pytest.mark.parametrize("name", expected.names())
@pytest.mark.parametrize("file", expected.ANSWERS)
def test_a_whole_paper_is_read_scored_and_checked_as_expected(name: str, file: str) -> None:
    wanted = json.loads((expected.CASES / name / f"{file}.json").read_text("utf-8"))
    assert expected.answer(name, expected.ANSWERS[file]) == wanted, f"python -m tests.expected {name}"


@pytest.mark.parametrize("name", expected.names())
def test_a_case_says_what_is_odd_about_it(name: str) -> None:
    assert (expected.CASES / name / "note.md").read_text("utf-8").strip()


def test_the_bundled_papers_are_written_from_their_source() -> None:
    made = papers()
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(made)
    assert [name for name, data in made.items() if (FOLDER / name).read_bytes() != data] == [], (
        "python -m tests.examples"
    )


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_right_paper_has_no_error_and_its_own_total(suffix: str, jixiao: Jixiao) -> None:
    paper = FOLDER / f"村道养护自评表{suffix}"
    checked = jixiao("check", paper, "--format", "json")
    assert (checked.status, checked.json["summary"]["error"]) == (0, 0)
    scored = jixiao("score", paper, "--format", "json").json["papers"][0]
    assert scored["total"]["score"] == scored["total"]["printed"] == "99.70"
    assert scored["undecided"] == []


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_wrong_paper_has_its_faults_in_sums_funds_and_scores(suffix: str, jixiao: Jixiao) -> None:
    checked = jixiao("check", FOLDER / f"卫生院设备自评表{suffix}", "--format", "json")
    errors = {finding["rule"] for finding in checked.json["findings"] if finding["severity"] == "error"}
    assert checked.status == 1
    assert errors == {"AR04", "AR05", "FD01", "SC01"}


@pytest.mark.parametrize("suffix", [".txt", ".docx"])
def test_a_report_is_filed_with_its_table_and_their_difference_is_found(suffix: str, jixiao: Jixiao) -> None:
    checked = jixiao("check", FOLDER / f"供水巡检自评报告{suffix}", "--format", "json")
    assert checked.status == 0
    assert checked.json["summary"]["papers"] == 2
    assert "FD07" in {finding["rule"] for finding in checked.json["findings"]}


def test_an_empty_table_breaks_nothing(tmp_path: Path, jixiao: Jixiao) -> None:
    paper = tmp_path / "空表.txt"
    paper.write_text(
        "项目支出绩效自评表\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n总分\t\t\t\t\t\t\n",
        "utf-8",
    )
    for verb in ("read", "score", "check"):
        assert jixiao(verb, paper).status in {0, 1}
        assert jixiao(verb, paper, "--format", "json").json
