"""What people see: the verdict first, then what is certain, then what is suspicious, the rest folded."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from jixiao.cli.screen import broken
from tests.command import Jixiao
from tests.examples import FOLDER


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")


def test_check_says_the_verdict_then_errors_then_what_to_verify(wrong: Path, jixiao: Jixiao) -> None:
    told = jixiao("check", wrong).out
    marks = [
        "乡镇卫生院设备更新（2024 年度）",
        "评分口径",
        "自评 98.50　　按口径重算 97.00　　相差 1.50",
        "错误 4",
        "需核实",
    ]
    assert [told.index(mark) for mark in marks] == sorted(told.index(mark) for mark in marks)
    assert told.rstrip().endswith(f"重算依据：jixiao score {wrong.as_posix()}")


def test_a_finding_shows_its_title_its_cell_its_sum_and_what_to_write(jixiao: Jixiao) -> None:
    told = jixiao("check", FOLDER / "卫生院设备自评表.xlsx", "--select", "AR05").out
    line = next(line for line in told.splitlines() if "AR05" in line)
    assert line.rstrip().endswith("H6")
    assert "81.00万元 ÷ 全年预算数 90.00万元 = 90.00%" in told
    assert "改法：执行率改为 90.00%。（可自动修改）" in told


def test_notes_are_folded_until_all_is_asked(tmp_path: Path, right: Path, jixiao: Jixiao) -> None:
    rows = right.read_text("utf-8")
    for measured in ("≥3600平方米\t3650平方米", "≥18个\t18个", "≥90%\t91%"):
        rows = rows.replace(measured, "成效显著\t达成预期指标")
    (tmp_path / "a.txt").write_text(rows, "utf-8")
    folded, listed = jixiao("check", tmp_path / "a.txt"), jixiao("check", tmp_path / "a.txt", "--all")
    assert "jixiao check --all 列出" in folded.out
    assert "SC15" not in folded.out
    assert "SC15" in listed.out


def test_a_right_paper_is_said_to_be_right(right: Path, jixiao: Jixiao) -> None:
    told = jixiao("check", right, "--select", "AR,FD,SC").out
    assert "自评 99.70　　按口径重算 99.70　　一致（等级：优）" in told
    assert "没有发现问题" in told


def test_a_folder_ends_with_a_table_and_the_sentence_that_matters(jixiao: Jixiao) -> None:
    told = jixiao("check", FOLDER, "--jobs", "1").out
    assert "需核实  提示" in told
    assert "8 份材料，3 份有错误，最应先看：乡镇卫生院设备更新" in told.replace("\n", "")


def test_one_rule_at_several_rows_is_told_once_with_all_their_places(
    tmp_path: Path, wrong: Path, jixiao: Jixiao
) -> None:
    text = wrong.read_text("utf-8").replace("≥12项\t13项", "≥12项\t6项").replace("≥95%\t97%", "≥95%\t40%")
    (tmp_path / "a.txt").write_text(text, "utf-8")
    brief = jixiao("check", tmp_path / "a.txt", "--select", "SC01").out
    assert brief.count("SC01") == 1
    assert "3 处" in brief
    assert all(name in brief for name in ("培训操作人员", "新增检验项目", "设备正常使用率"))
    assert jixiao("check", tmp_path / "a.txt", "--select", "SC01", "--all").out.count("SC01") == 3


def test_the_graver_of_two_errors_comes_first(tmp_path: Path, wrong: Path, jixiao: Jixiao) -> None:
    text = wrong.read_text("utf-8").replace("≥12项\t13项", "≥12项\t1项")
    (tmp_path / "a.txt").write_text(text, "utf-8")
    told = jixiao("check", tmp_path / "a.txt", "--select", "SC01").out.replace("\n", "")
    assert told.index("新增检验项目") < told.index("培训操作人员")


def test_a_paper_full_of_faults_is_one_screen_and_all_lists_every_one(
    tmp_path: Path, wrong: Path, jixiao: Jixiao
) -> None:
    text = wrong.read_text("utf-8")
    for before, after in (
        ("6所\t6所", "6所\t一些"),
        ("100%\t100%", "100%\t"),
        ("\t15\t15", "\t15\t14.9"),
        ("92%", "完成"),
    ):
        text = text.replace(before, after)
    (tmp_path / "a.txt").write_text(text, "utf-8")
    folded = jixiao("check", tmp_path / "a.txt").out
    assert len(folded.splitlines()) <= 44
    found = jixiao("check", tmp_path / "a.txt", "--format", "json").json["findings"]
    listed = jixiao("check", tmp_path / "a.txt", "--all").out
    codes = [line.split()[0] for line in listed.splitlines() if line[:2] == "  " and line[2:3].isupper()]
    assert sorted(codes) == sorted(finding["rule"] for finding in found)


def test_every_error_of_a_folder_is_counted_in_its_table_the_worst_paper_first(jixiao: Jixiao) -> None:
    told = jixiao("check", FOLDER, "--jobs", "1").out.splitlines()
    start = next(k for k, line in enumerate(told) if line.startswith("项目  "))
    assert "卫生院设备自评表" in told[start + 1]
    assert "村道养护自评表" in told[start + 8]


@pytest.mark.parametrize("columns", [40, 60, 200])
def test_no_line_of_a_finding_is_wider_than_the_terminal(
    columns: int, wrong: Path, jixiao: Jixiao, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    told = jixiao("check", wrong, "--select", "AR,FD,SC").out
    assert max(cell_len(line) for line in told.splitlines()) <= columns
    assert "填列的执行率不等于执行数除以预算数" in "".join(line.strip() for line in told.splitlines())


def test_a_large_folder_shows_the_worst_and_counts_the_rest(
    tmp_path: Path, right: Path, wrong: Path, jixiao: Jixiao
) -> None:
    for number in range(32):
        (tmp_path / f"{number:02}.txt").write_bytes(right.read_bytes())
    (tmp_path / "99.txt").write_bytes(wrong.read_bytes())
    told = jixiao("check", tmp_path, "--select", "AR,FD,SC", "--jobs", "1").out
    table = told[told.index("项目  ") :]
    assert "99.txt" in table.splitlines()[1]
    assert "其余 3 份：错误 0，需核实 0，提示 0" in table
    assert "33 份材料，1 份有错误" in table
    assert "其余" not in jixiao("check", tmp_path, "--select", "AR,FD,SC", "--jobs", "1", "--all").out


def test_a_folder_says_how_many_files_were_not_read(wrong: Path, right: Path, jixiao: Jixiao) -> None:
    assert "另有1个文件没有读成" in "".join(jixiao("check", wrong, right, "没有.docx").out.split())


def test_score_shows_each_sum_beside_the_papers_own_score(wrong: Path, jixiao: Jixiao) -> None:
    told = jixiao("score", wrong).out
    row = next(line for line in told.splitlines() if "培训操作人员" in line)
    assert all(word in row for word in ("≥120人次", "96人次", "96 ÷ 120 × 10 = 8.00", "自评 10", "不一致"))
    assert "预算执行率" in told
    assert "97.00  自评 98.50  不一致" in told
    assert "依据  财预〔2020〕10号" in told


def test_score_says_what_it_cannot_decide(tmp_path: Path, right: Path, jixiao: Jixiao) -> None:
    (tmp_path / "a.txt").write_text(right.read_text("utf-8").replace("91%", ""), "utf-8")
    told = jixiao("score", tmp_path / "a.txt").out
    assert "未定" in told
    assert "合计未定" in told
    assert "按口径重算：未定（1 行不能判定" in jixiao("check", tmp_path / "a.txt").out


def test_rows_that_are_not_the_full_mark_are_no_score_of_the_project(
    tmp_path: Path, right: Path, jixiao: Jixiao
) -> None:
    text = right.read_text("utf-8")
    start, end = text.index("效益指标\t社会效益指标"), text.index("满意度指标\t服务对象")
    (tmp_path / "a.txt").write_text(text[:start] + text[end:], "utf-8")
    assert "各行分值合计 70，满分 100" in jixiao("score", tmp_path / "a.txt").out
    verdict = next(
        line for line in jixiao("check", tmp_path / "a.txt").out.splitlines() if "按口径重算" in line
    )
    assert "不代表整个项目的得分" in verdict
    assert "等级" not in verdict


def test_a_grade_that_the_total_does_not_earn_is_shown_with_the_one_it_earns(
    tmp_path: Path, right: Path, jixiao: Jixiao
) -> None:
    low = right.read_text("utf-8").replace("≥90%\t91%\t15\t15", "≥90%\t18%\t15\t15")
    (tmp_path / "a.txt").write_text(low, "utf-8")
    assert "相差 12.00（等级：优 → 良）" in jixiao("check", tmp_path / "a.txt").out


def test_score_says_that_there_is_nothing_to_score(tmp_path: Path, jixiao: Jixiao) -> None:
    (tmp_path / "a.txt").write_text("青禾县水利局通知", "utf-8")
    assert "没有可以计分的材料" in jixiao("score", tmp_path / "a.txt").out


def test_read_shows_what_stands_where(jixiao: Jixiao) -> None:
    told = jixiao("read", FOLDER / "村道养护自评表.xlsx").out
    row = next(line for line in told.splitlines() if "养护村道里程" in line)
    assert all(word in row for word in ("数量指标", "≥42公里", "42公里", "15"))
    assert "年初 60.00万元  全年 60.00万元  执行 58.20万元" in told
    assert "总分值 100  总分 99.70" in told


def test_read_shows_a_reports_sections_and_figures(jixiao: Jixiao) -> None:
    told = jixiao("read", FOLDER / "供水巡检自评报告.txt").out
    assert "三、绩效分析" in told
    assert "36.80万元" in told


DEPARTMENT = """青禾县水利局2024年度部门绩效自评工作报告
一、绩效自评组织开展情况
2024年度我局纳入绩效自评的项目共12个，预算资金860.50万元，实际支出845.20万元。
二、绩效目标实现情况
自评得分90分（含）以上的项目10个，80至90分的项目2个。
"""
LIST = """青禾县水利局2024年度绩效自评项目清单
序号\t项目名称
1\t农村供水管网巡检
2\t河道清淤
"""


def test_read_shows_a_departments_counts_and_the_projects_of_a_list(tmp_path: Path, jixiao: Jixiao) -> None:
    (tmp_path / "1.txt").write_text(DEPARTMENT, "utf-8")
    (tmp_path / "2.txt").write_text(LIST, "utf-8")
    told = jixiao("read", tmp_path).out
    assert "项目 12" in told
    assert "预算 860.50万元" in told
    assert "河道清淤" in told


def test_read_says_what_was_missed_in_a_file_that_is_no_paper(tmp_path: Path, jixiao: Jixiao) -> None:
    (tmp_path / "a.txt").write_text("青禾县水利局通知", "utf-8")
    told = "".join(line.strip() for line in jixiao("read", tmp_path).out.splitlines())
    assert "开头是：青禾县水利局通知" in told


def test_a_doubt_is_shown_with_both_readings(tmp_path: Path, right: Path, jixiao: Jixiao) -> None:
    slid = right.read_text("utf-8").replace("受益行政村\t≥18个", "\t受益行政村\t≥18个")
    (tmp_path / "a.txt").write_text(slid, "utf-8")
    told = jixiao("read", tmp_path / "a.txt").out.replace("\n", "")
    assert "读得不确定的" in told
    assert "读作“" in told


def test_a_papers_own_words_never_command_the_terminal(tmp_path: Path, right: Path, jixiao: Jixiao) -> None:
    text = right.read_text("utf-8").replace("村道日常养护补助", "村道\x1b[31m养护[red]补助", 1)
    (tmp_path / "a.txt").write_text(text, "utf-8")
    for verb in ("read", "score", "check"):
        told = jixiao(verb, tmp_path / "a.txt")
        assert "\x1b" not in told.out
        assert "[red]补助" in told.out


@pytest.mark.parametrize("width", [10, 17, 40])
def test_text_is_broken_between_characters_but_not_inside_a_number(width: int) -> None:
    text = "全年执行数81.00万元，执行率应为90.00%；“设备购置成本”得8分。第二句话稍长一些，用来换行。"
    lines = broken(text, width)
    assert "".join(lines) == text
    assert all(cell_len(line.rstrip()) <= width for line in lines)
    assert not any(line[0] in "，。；”" for line in lines)
    assert all(any(number in line for line in lines) for number in ("81.00", "90.00%"))


def test_score_names_the_rule_book_and_why_it_was_taken_as_check_does(right: Path, jixiao: Jixiao) -> None:
    def book(verb: str) -> str:
        told = jixiao(verb, right).out.partition("评分口径  ")[2]
        return told.partition("\n自评" if verb == "check" else "\n指标")[0]

    assert book("score") == book("check") != ""
