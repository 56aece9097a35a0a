"""An office's own rules, its ledger and its baseline, through the command line."""

from pathlib import Path

import pytest

from tests.command import Jixiao, Told

LEDGER = """[[entry]]
rule = "FD04"
file = "卫生院设备自评表.txt"
who = "青禾县财政局绩效股"
why = "追加预算的批复附后"
until = {until}
"""


@pytest.fixture
def paper(tmp_path: Path, wrong: Path) -> Path:
    """The paper with faults, in a folder of its own."""
    folder = tmp_path / "青禾县" / "卫健局"
    folder.mkdir(parents=True)
    (folder / wrong.name).write_bytes(wrong.read_bytes())
    return folder / wrong.name


def office(paper: Path, text: str) -> None:
    (paper.parent.parent / "jixiao.toml").write_text(text, "utf-8")


def ledger(paper: Path, text: str) -> None:
    office(paper, "")
    (paper.parent.parent / "jixiao-ledger.toml").write_text(text, "utf-8")


def found(told: Told) -> dict[str, str]:
    return {finding["rule"]: finding["severity"] for finding in told.json["findings"]}


def refused(told: Told, *words: str) -> None:
    assert (told.status, told.out, len(told.lines)) == (2, "", 1)
    assert all(word in told.err for word in words), told.err
    assert told.lines[0].endswith("。")


# ---------------------------------------------------------------- jixiao.toml


def test_the_rules_above_the_papers_choose_rule_book_rules_and_severities(
    paper: Path, jixiao: Jixiao
) -> None:
    office(
        paper,
        'scheme = "anhui-huaiyuan"\nselect = ["FD", "SC"]\nignore = ["SC01"]\n[severity]\nFD04 = "error"\n',
    )
    told = jixiao("check", paper, "--format", "json")
    assert found(told) == {"FD01": "error", "FD04": "error", "SC04": "error"}
    shown = jixiao("check", paper.parent).out
    assert "按本单位规则" in shown
    assert "只查 FD、SC；不查 SC01；改级别 FD04" in "".join(line.strip() for line in shown.splitlines())


def test_scoring_takes_the_offices_rule_book_as_checking_does(paper: Path, jixiao: Jixiao) -> None:
    office(paper, 'scheme = "anhui-huaiyuan"\n')
    assert jixiao("score", paper, "--format", "json").json["papers"][0]["scheme"] == "anhui-huaiyuan"


def test_options_take_the_place_of_the_offices_choice(paper: Path, jixiao: Jixiao) -> None:
    office(paper, 'scheme = "gansu-ningxian"\nselect = ["SC"]\n')
    told = jixiao("check", paper, "--select", "AR", "--scheme", "anhui-huaiyuan", "--format", "json")
    assert set(found(told)) == {"AR04", "AR05"}


def test_a_named_file_takes_the_place_of_the_one_that_is_found(
    paper: Path, tmp_path: Path, jixiao: Jixiao
) -> None:
    office(paper, 'select = ["SC"]\n')
    (tmp_path / "另一份.toml").write_text('select = ["FD01"]\n', "utf-8")
    told = jixiao("check", paper, "--config", tmp_path / "另一份.toml", "--format", "json")
    assert set(found(told)) == {"FD01"}


def test_an_offices_own_rule_book_is_found_beside_its_rules(
    paper: Path, jixiao: Jixiao, tmp_path: Path
) -> None:
    office(paper, 'scheme = "本县.toml"\n')
    refused(jixiao("check", paper), "本县.toml")
    (tmp_path / "青禾县" / "本县.toml").write_text(
        'title = "本县口径"\nregion = "云河省青禾县"\nextends = "anhui-huaiyuan"\n', "utf-8"
    )
    assert "本县口径" in jixiao("check", paper).out


def test_papers_of_two_offices_are_not_checked_as_one(paper: Path, tmp_path: Path, jixiao: Jixiao) -> None:
    office(paper, "")
    (tmp_path / "jixiao.toml").write_text("", "utf-8")
    other = tmp_path / "b.txt"
    other.write_bytes(paper.read_bytes())
    refused(jixiao("check", paper, other), "--config")


def test_a_folder_is_checked_without_the_offices_files_and_our_own_lists(paper: Path, jixiao: Jixiao) -> None:
    ledger(paper, LEDGER.format(until="2999-12-31"))
    folder = paper.parent.parent
    listed, base = folder / "问题清单.xlsx", folder / "基线.json"
    assert jixiao("check", folder, "-o", listed).status == 1
    told = jixiao("check", folder, "--baseline", base, "--write-baseline", "--format", "json")
    assert (told.status, told.json["summary"]["papers"]) == (0, 1)
    merged = jixiao("check", folder, "--merge", listed, "--baseline", base, "--format", "json")
    assert (merged.status, merged.json["summary"]["papers"], merged.err) == (0, 1, "")


def test_the_rules_of_a_folder_below_are_not_those_of_the_whole(
    paper: Path, tmp_path: Path, jixiao: Jixiao
) -> None:
    office(paper, 'select = ["SC"]\n')
    assert "AR05" in found(jixiao("check", tmp_path, "--format", "json"))


@pytest.mark.parametrize(
    "text, words",
    [
        ("sceme = 'x'", ["jixiao.toml", "sceme", "scheme"]),
        ("select = 'FD'", ["select", "文字的列表"]),
        ("select = ['ZZ']", ["select", "ZZ"]),
        ("ignore = ['AR']", ["ignore", "AR", "算术错误"]),
        ("ignore = ['FD01']", ["ignore", "FD01"]),
        ("ignore = ['error']", ["ignore", "算术错误"]),
        ("[severity]\nFD99 = 'note'", ["severity.FD99"]),
        ("[severity]\nFD04 = 'grave'", ["severity.FD04", "warning"]),
        ("[severity]\nFD01 = 'note'", ["severity.FD01", "不能降级"]),
        ("scheme = 3", ["scheme"]),
        ("scheme = 'yunling'", ["yunling"]),
        ("a b", ["第 1 行", "TOML"]),
        ("scheme = '", ["TOML"]),
        ("ledger = '没有.toml'", ["没有.toml", "打不开"]),
    ],
)
def test_what_can_not_be_used_is_one_sentence_with_file_and_key(
    text: str, words: list[str], paper: Path, jixiao: Jixiao
) -> None:
    office(paper, text)
    refused(jixiao("check", paper), *words)


def test_a_file_that_is_no_utf_8_is_told(paper: Path, jixiao: Jixiao) -> None:
    (paper.parent / "jixiao.toml").write_bytes("# 中文".encode("gb18030"))
    refused(jixiao("check", paper), "UTF-8")


# ---------------------------------------------------------------- ledger


def test_an_entry_takes_its_finding_out_of_the_count_and_all_lists_it(paper: Path, jixiao: Jixiao) -> None:
    ledger(paper, LEDGER.format(until="2999-12-31"))
    told = jixiao("check", paper, "--format", "json")
    assert "FD04" not in found(told)
    assert told.json["summary"]["settled"] == 1
    settled = told.json["settled"][0]
    assert (settled["rule"], settled["how"], settled["until"]) == ("FD04", "ledger", "2999-12-31")
    assert "已处理、不再计入 1（台账 1" in jixiao("check", paper).out
    listed = jixiao("check", paper, "--all").out
    assert "青禾县财政局绩效股，至 2999-12-31" in listed


def test_an_expired_entry_is_a_finding(paper: Path, jixiao: Jixiao) -> None:
    ledger(paper, LEDGER.format(until="2020-12-31"))
    told = found(jixiao("check", paper, "--format", "json"))
    assert (told["FD04"], told["LG01"]) == ("warning", "warning")


def test_an_error_of_arithmetic_stays(paper: Path, jixiao: Jixiao) -> None:
    ledger(paper, LEDGER.format(until="2999-12-31").replace("FD04", "FD01"))
    told = jixiao("check", paper, "--format", "json")
    assert (found(told)["FD01"], found(told)["LG03"], told.status) == ("error", "warning", 1)


@pytest.mark.parametrize(
    "before, after, words",
    [
        ('rule = "FD04"', 'rule = "FD99"', ["entry[1].rule", "FD99"]),
        ('rule = "FD04"', "", ["entry[1].rule"]),
        ("file =", "fiel =", ["entry[1].fiel"]),
        ('file = "卫生院设备自评表.txt"\n', "", ["没有写是哪份材料"]),
        ('file = "卫生院设备自评表.txt"\n', 'file = "a"\nproject = "b"\n', ["都写了"]),
        ('file = "卫生院设备自评表.txt"\n', 'project = "b"\nyear = "2024"\n', ["entry[1].year"]),
        ("until = 2999-12-31", 'until = "年底"', ["entry[1].until", "日期"]),
        ("until = 2999-12-31", "", ["entry[1].until"]),
        ("who =", "why2 =", ["entry[1].why2"]),
        ("[[entry]]", "[entry]", ["entry"]),
    ],
)
def test_an_entry_that_can_not_be_used_is_told_by_number_and_key(
    before: str, after: str, words: list[str], paper: Path, jixiao: Jixiao
) -> None:
    ledger(paper, LEDGER.format(until="2999-12-31").replace(before, after))
    refused(jixiao("check", paper), "jixiao-ledger.toml", *words)


# ---------------------------------------------------------------- baseline


def test_a_baseline_counts_what_it_knows_and_only_new_findings_decide_the_status(
    paper: Path, tmp_path: Path, jixiao: Jixiao
) -> None:
    base = tmp_path / "基线.json"
    assert jixiao("check", paper, "--baseline", base, "--write-baseline").status == 0
    again = jixiao("check", paper, "--baseline", base, "--format", "json")
    assert (again.status, again.json["findings"]) == (0, [])
    assert again.json["summary"]["settled"] == len(
        jixiao("check", paper, "--format", "json").json["findings"]
    )
    paper.write_text(paper.read_text("utf-8").replace("≥12项\t13项\t15\t15", "≥12项\t6项\t15\t15"), "utf-8")
    worse = jixiao("check", paper, "--baseline", base, "--format", "json")
    assert worse.status == 1
    assert "SC01" in found(worse)


def test_a_baseline_shrinks_by_itself_and_grows_only_by_word(
    paper: Path, tmp_path: Path, jixiao: Jixiao
) -> None:
    base, text = tmp_path / "基线.json", paper.read_text("utf-8")
    check = ("check", paper, "--select", "AR05,FD01", "--baseline", base)
    jixiao(*check, "--write-baseline")
    first = base.read_text("utf-8")
    paper.write_text(text.replace("95.00%", "90.00%"), "utf-8")
    told = jixiao(*check, "--write-baseline")
    assert "比原来少 1 个" in told.err
    assert base.read_text("utf-8").count("AR05") == 0
    paper.write_text(text, "utf-8")
    refused(jixiao(*check, "--write-baseline"), "只减不增", "--grow-baseline")
    jixiao(*check, "--write-baseline", "--grow-baseline")
    assert base.read_text("utf-8") == first


def test_a_baseline_that_is_none_is_told(paper: Path, tmp_path: Path, jixiao: Jixiao) -> None:
    refused(jixiao("check", paper, "--baseline", tmp_path / "没有.json"), "没有.json", "--write-baseline")
    (tmp_path / "坏.json").write_text("[]", "utf-8")
    refused(jixiao("check", paper, "--baseline", tmp_path / "坏.json"), "坏.json")
    refused(jixiao("check", paper, "--write-baseline"), "--baseline")
