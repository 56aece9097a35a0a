"""The options: which rules, which rule-book, which format, how many processes; and the exit status."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from jixiao import __version__
from jixiao.telling.titles import CODES
from tests.command import Jixiao
from tests.examples import FOLDER


def codes(told: object) -> set[str]:
    return {finding["rule"] for finding in told.json["findings"]}  # type: ignore[attr-defined]


def test_the_exit_status_is_0_where_nothing_is_certainly_wrong(right: Path, jixiao: Jixiao) -> None:
    assert jixiao("check", right).status == 0
    assert jixiao("read", right).status == 0
    assert jixiao("score", right).status == 0


def test_the_exit_status_is_1_where_an_error_is_found_by_check_alone(wrong: Path, jixiao: Jixiao) -> None:
    assert jixiao("check", wrong).status == 1
    assert jixiao("read", wrong).status == 0
    assert jixiao("score", wrong).status == 0


def test_the_exit_status_is_2_where_a_file_is_missing_though_another_has_errors(
    wrong: Path, jixiao: Jixiao
) -> None:
    assert jixiao("check", wrong, "没有.xlsx").status == 2


def test_select_keeps_what_it_names(wrong: Path, jixiao: Jixiao) -> None:
    assert codes(jixiao("check", wrong, "--select", "FD", "--format", "json")) == {"FD01", "FD04"}
    assert codes(jixiao("check", wrong, "--select", "fd01,AR05", "--format", "json")) == {"FD01", "AR05"}
    assert codes(jixiao("check", wrong, "--select", "FD01", "--select", "AR05", "--format", "json")) == {
        "FD01",
        "AR05",
    }


def test_ignore_leaves_out_what_it_names(wrong: Path, jixiao: Jixiao) -> None:
    everything = codes(jixiao("check", wrong, "--format", "json"))
    assert codes(jixiao("check", wrong, "--ignore", "FD,SC01", "--format", "json")) == {
        code for code in everything if code[:2] != "FD" and code != "SC01"
    }


def test_the_exit_status_follows_the_chosen_rules(wrong: Path, jixiao: Jixiao) -> None:
    assert jixiao("check", wrong, "--select", "FD04").status == 0


def test_a_rule_that_does_not_exist_is_told_before_anything_is_read(wrong: Path, jixiao: Jixiao) -> None:
    told = jixiao("check", wrong, "--select", "ZZ99")
    assert (told.status, told.out, len(told.lines)) == (2, "", 1)
    assert "ZZ99" in told.err


def test_a_rule_book_that_does_not_exist_is_told_before_anything_is_read(wrong: Path, jixiao: Jixiao) -> None:
    told = jixiao("score", wrong, "--scheme", "yunling")
    assert (told.status, told.out, len(told.lines)) == (2, "", 1)
    assert "yunling" in told.err
    assert "national-2020" in told.err


def test_the_named_rule_book_is_taken_and_the_reason_says_so(right: Path, jixiao: Jixiao) -> None:
    paper = jixiao("score", right, "--scheme", "gansu-ningxian", "--format", "json").json["papers"][0]
    assert paper["scheme"] == "gansu-ningxian"
    assert "指定" in paper["scheme_why"]


@pytest.mark.parametrize(
    "words", [(), ("--format", "yaml"), ("--format", "xlsx"), ("--foo",), ("--jobs", "0"), ("--jobs", "x")]
)
def test_wrong_use_is_one_chinese_line_and_status_2(
    words: tuple[str, ...], right: Path, jixiao: Jixiao
) -> None:
    told = jixiao("check", *((right, *words) if words else ()))
    assert (told.status, told.out, len(told.lines)) == (2, "", 1)
    assert told.lines[0].endswith("。")
    assert "rror" not in told.err


def test_a_verb_that_does_not_exist_is_one_line(jixiao: Jixiao) -> None:
    told = jixiao("chek")
    assert (told.status, told.out, len(told.lines)) == (2, "", 1)


def test_without_words_the_help_is_shown(jixiao: Jixiao) -> None:
    told = jixiao()
    assert told.status == 0
    assert "用法：jixiao" in told.out


@pytest.mark.parametrize("verb", ["read", "score", "check", "schemes", "rule"])
def test_every_help_page_has_a_worked_example_and_no_english(verb: str, jixiao: Jixiao) -> None:
    page = jixiao(verb, "--help").out
    assert f"例：jixiao {verb}" in page
    assert not {"Usage", "Options", "Arguments", "default", "required", "Show"} & set(
        page.replace(":", " ").split()
    )


def test_the_version_is_shown_alone_and_before_other_words(jixiao: Jixiao) -> None:
    assert jixiao("--version").out == f"jixiao {__version__}\n"
    assert jixiao("--version", "rule").out == f"jixiao {__version__}\n"


def test_the_version_is_told_without_the_heavy_imports() -> None:
    code = (
        "import sys; from jixiao.cli import main; main(['--version']);"
        "sys.exit(len({'typer', 'rich', 'jixiao.api', 'decimal'} & set(sys.modules)))"
    )
    bare = {
        key: value for key, value in os.environ.items() if not key.startswith("COVERAGE")
    }  # it has imports of its own
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, env=bare)
    assert done.returncode == 0


@pytest.mark.slow
def test_several_processes_give_the_same_answer_in_the_same_order(jixiao: Jixiao) -> None:
    alone = jixiao("check", FOLDER, "--format", "json", "--jobs", "1")
    several = jixiao("check", FOLDER, "--format", "json", "--jobs", "2")
    assert several == alone


def test_standard_input_is_a_file_too(wrong: Path, jixiao: Jixiao) -> None:
    told = jixiao("check", "-", "--format", "json", stdin=wrong.read_bytes())
    assert told.status == 1
    assert {finding["file"] for finding in told.json["findings"]} == {"标准输入"}


@pytest.mark.slow
def test_standard_input_goes_with_files_and_processes(right: Path, wrong: Path, jixiao: Jixiao) -> None:
    told = jixiao("read", right, "-", "--format", "json", "--jobs", "2", stdin=wrong.read_bytes())
    assert [paper["file"] for paper in told.json["papers"]] == [right.as_posix(), "标准输入"]


def test_an_empty_standard_input_is_refused(jixiao: Jixiao) -> None:
    told = jixiao("read", "-", stdin=b"")
    assert (told.status, len(told.lines)) == (2, 1)
    assert "标准输入" in told.err


def test_the_rule_books_and_the_rules_are_listed_and_shown_whole(jixiao: Jixiao) -> None:
    assert "national-2020" in jixiao("schemes").out
    assert "表后注3" in jixiao("schemes", "anhui-huaiyuan").out
    assert "SC04" in jixiao("rule").out
    assert "saving-punished" in jixiao("rule", "sc04").out
    assert jixiao("rule", "saving-punished").out == jixiao("rule", "SC04").out
    assert (jixiao("rule", "ZZ99").status, jixiao("schemes", "yunling").status) == (2, 2)


def test_the_page_of_a_rule_tells_its_source_whether_it_was_read_and_why_it_is_off(jixiao: Jixiao) -> None:
    assert "附件1：偏差原因分析及改进措施栏（条文未核对）" in jixiao("rule", "DV01").out
    assert "条文" not in jixiao("rule", "AR05").out
    assert "不能降级" in jixiao("rule", "AR05").out
    assert "不能降级" not in jixiao("rule", "FD05").out
    assert "台账条目已经过期" in jixiao("rule", "lg01").out
    off = [one for one in CODES if one.off]
    listed = jixiao("rule").out.splitlines()
    for one in off:
        assert f"这条规则停用：{one.off}"[:20] in jixiao("rule", one.code).out
        assert any(one.code in line and "停用" in line for line in listed)


def test_sarif_names_rule_level_file_and_a_stable_print(wrong: Path, jixiao: Jixiao) -> None:
    told = jixiao("check", wrong, "--format", "sarif")
    run = json.loads(told.out)["runs"][0]
    ours = {finding["id"] for finding in jixiao("check", wrong, "--format", "json").json["findings"]}
    assert {result["partialFingerprints"]["jixiao/v1"] for result in run["results"]} == ours
    assert {result["level"] for result in run["results"]} <= {"error", "warning", "note"}
    assert {result["ruleId"] for result in run["results"]} <= {
        rule["id"] for rule in run["tool"]["driver"]["rules"]
    }
    assert told.status == 1


def test_github_has_one_command_a_finding_on_one_line(wrong: Path, jixiao: Jixiao) -> None:
    told = jixiao("check", wrong, "--format", "github")
    count = len(jixiao("check", wrong, "--format", "json").json["findings"])
    assert [line[:2] for line in told.out.splitlines()] == ["::"] * count
    assert any(line.startswith("::error file=") and "title=FD01" in line for line in told.out.splitlines())
