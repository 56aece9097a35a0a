"""What check writes for others: a SARIF log, annotations, one page, and a list that comes back from a reviewer."""

import os
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.command import Jixiao
from tests.examples import FOLDER

LEVELS = {"none", "note", "warning", "error"}
VOID = {"meta", "br"}


# ---------------------------------------------------------------- sarif, github


def test_the_log_has_the_structure_of_sarif_2_1_0(jixiao: Jixiao) -> None:
    log = jixiao("check", FOLDER, "--jobs", "1", "--format", "sarif").json
    assert set(log) == {"$schema", "version", "runs"}
    assert (log["version"], log["$schema"].rpartition("/")[2]) == ("2.1.0", "sarif-2.1.0.json")
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules) > 60
    for rule in rules:
        assert set(rule) == {"id", "name", "shortDescription", "help", "defaultConfiguration"}
        assert rule["shortDescription"]["text"]
        assert rule["defaultConfiguration"]["level"] in LEVELS
    assert run["results"]
    for result in run["results"]:
        well_formed(result, rules)


def well_formed(result: dict[str, Any], rules: list[dict[str, Any]]) -> None:
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert result["level"] in LEVELS
    assert result["message"]["text"]
    assert result["baselineState"] in {"new", "unchanged"} if "baselineState" in result else True
    for location in result["locations"]:
        physical = location["physicalLocation"]
        assert re.fullmatch(r"[\w./%~-]+", physical["artifactLocation"]["uri"], re.ASCII)
        assert physical.get("region", {"startLine": 1})["startLine"] >= 1
        assert all(one["fullyQualifiedName"] for one in location["logicalLocations"])
    assert all(isinstance(value, str) for value in result["partialFingerprints"].values())


def test_the_log_says_what_is_suppressed_and_what_the_baseline_knows(
    tmp_path: Path, wrong: Path, jixiao: Jixiao
) -> None:
    paper, base = tmp_path / wrong.name, tmp_path / "b.json"
    paper.write_bytes(wrong.read_bytes())
    (tmp_path / "jixiao.toml").write_text('ledger = "l.toml"\n', "utf-8")
    entry = '[[entry]]\nrule = "FD04"\nproject = "乡镇卫生院设备更新"\nwho = "甲"\nwhy = "乙"\nuntil = 2999-12-31\n'
    (tmp_path / "l.toml").write_text(entry, "utf-8")
    jixiao("check", paper, "--select", "FD01", "--baseline", base, "--write-baseline")
    log = jixiao("check", paper, "--baseline", base, "--format", "sarif").json
    results = {result["ruleId"]: result for result in log["runs"][0]["results"]}
    assert results["FD04"]["suppressions"] == [
        {"kind": "external", "status": "accepted", "justification": "甲：乙（至 2999-12-31）"}
    ]
    assert (results["FD01"]["baselineState"], results["AR05"]["baselineState"]) == ("unchanged", "new")


# ---------------------------------------------------------------- the page


class Page(HTMLParser):
    """Collects what a page holds and whether its elements are closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def all(self, name: str) -> list[str]:
        return [str(attributes[name]) for _, attributes in self.tags if name in attributes]


def page_of(path: Path, jixiao: Jixiao) -> tuple[str, Page]:
    told = jixiao("check", path, "--jobs", "1", "--format", "html")
    return told.out, Page(told.out)


def test_the_page_is_whole_and_needs_no_network(jixiao: Jixiao) -> None:
    text, page = page_of(FOLDER, jixiao)
    assert page.open == []
    assert not {"src", "srcset", "action", "style", "onclick", "onload"} & {
        name for _, attributes in page.tags for name in attributes
    }
    assert all(href.startswith("#") for href in page.all("href"))
    assert not re.search(r"@import|url\(|https?:", text)


def test_the_pages_policy_allows_its_own_style_and_script_and_nothing_else(
    wrong: Path, jixiao: Jixiao
) -> None:
    text, page = page_of(wrong, jixiao)
    policy = next(a["content"] for t, a in page.tags if t == "meta" and "http-equiv" in a)
    for tag in ("style", "script"):
        inside = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        assert len(inside) == 1
        digest = b64encode(sha256(inside[0].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in str(policy)
    assert "default-src 'none'" in str(policy)


def test_cells_and_findings_lead_to_each_other(jixiao: Jixiao) -> None:
    _, page = page_of(FOLDER, jixiao)
    names = page.all("id")
    assert len(names) == len(set(names))
    assert set(page.all("data-to")) | {href[1:] for href in page.all("href")} <= set(names)
    findings = [a for t, a in page.tags if t == "li" and "id" in a]
    assert findings
    assert all(a.get("data-to") for a in findings)


def test_the_worst_paper_and_the_worst_finding_come_first(jixiao: Jixiao) -> None:
    text, _ = page_of(FOLDER, jixiao)
    body = text[text.index('class="review"') :]
    assert body.index("乡镇卫生院设备更新") < body.index("农村供水管网巡检") < body.index("村道日常养护补助")
    assert body.index(">错误 ") < body.index(">需核实 ")
    assert '<td class="m error"' in body


def test_what_a_paper_says_is_text_on_the_page(tmp_path: Path, wrong: Path, jixiao: Jixiao) -> None:
    evil = '"><script>alert(1)</script><img src=x onerror=alert(2)><b>'
    text = wrong.read_text("utf-8").replace("采购价低于预算", evil).replace("培训操作人员\t", f"培训{evil}\t")
    (tmp_path / "a.txt").write_text(text, "utf-8")
    shown, page = page_of(tmp_path / "a.txt", jixiao)
    assert [tag for tag, _ in page.tags].count("script") == 1
    assert not [tag for tag, _ in page.tags if tag == "img"]
    assert "<script>alert(1)</script><img src=x onerror=alert(2)>" in "".join(page.texts)
    assert page.open == []
    assert "\x00" not in shown


def test_a_quoted_sentence_of_a_report_is_marked_in_its_text(jixiao: Jixiao) -> None:
    text, page = page_of(FOLDER / "供水巡检自评报告.txt", jixiao)
    assert re.search(r"<mark class=\"m warning\"[^>]*>.{0,120}36\.80万元", text)
    assert page.open == []


def test_every_kind_of_paper_is_drawn(tmp_path: Path, jixiao: Jixiao) -> None:
    (tmp_path / "1.txt").write_text(DEPARTMENT, "utf-8")
    (tmp_path / "2.txt").write_text(
        "青禾县水利局2024年度绩效自评项目清单\n序号\t项目名称\n1\t河道清淤\n", "utf-8"
    )
    (tmp_path / "3.txt").write_text("青禾县水利局通知", "utf-8")
    _, page = page_of(tmp_path, jixiao)
    shown = "".join(page.texts)
    assert all(word in shown for word in ("860.50万元", "河道清淤", "青禾县水利局通知", "80至90分"))


def test_the_page_tells_sums_answers_and_what_is_settled(tmp_path: Path, wrong: Path, jixiao: Jixiao) -> None:
    listed, out = tmp_path / "问题清单.xlsx", tmp_path / "a.html"
    jixiao("check", wrong, "--scheme", "anhui-huaiyuan", "-o", listed)
    answer(listed, "FD04", answer="不采纳", reason="年末有追加")
    answer(listed, "AR05", answer="采纳")
    answer(listed, "SC01", changed="得分请改为 8 分。")
    jixiao("check", wrong, "--scheme", "anhui-huaiyuan", "--merge", listed, "-o", out)
    shown = "".join(Page(out.read_text("utf-8")).texts)
    assert "复核：采纳" in shown
    assert "得分请改为 8 分。" in shown
    assert "重算：96 ÷ 120 × 10 = 8.00" in shown
    assert "已处理、不再计入 1复核人不采纳（复核人）" in shown
    assert "年末有追加" in shown


def test_a_paper_without_findings_says_so_on_the_page(right: Path, jixiao: Jixiao) -> None:
    assert "没有发现问题" in jixiao("check", right, "--select", "AR", "--format", "html").out


DEPARTMENT = """青禾县水利局2024年度部门绩效自评工作报告
一、绩效自评组织开展情况
2024年度我局纳入绩效自评的项目共12个，预算资金860.50万元，实际支出845.20万元。
二、绩效目标实现情况
自评得分90分（含）以上的项目10个，80至90分的项目2个。
"""


# ---------------------------------------------------------------- the list


@pytest.fixture
def listed(tmp_path: Path, wrong: Path, jixiao: Jixiao) -> Path:
    """The list of the paper with faults."""
    path = tmp_path / "问题清单.xlsx"
    assert jixiao("check", wrong, "-o", path).status == 1
    return path


def rows(path: Path) -> dict[str, dict[str, Any]]:
    """The rows of a list by rule, each by its headings."""
    book = load_workbook(path)
    table = [[cell.value for cell in row] for row in book.active.iter_rows()]
    start = next(k for k, row in enumerate(table) if row[0] == "等级")
    heads = [str(head).partition("（")[0] for head in table[start]]
    return {row[4][:4]: dict(zip(heads, row, strict=True)) for row in table[start + 1 :]}


def answer(path: Path, code: str, **cells: str) -> None:
    """Fill a reviewer's cells in the row of a rule."""
    book = load_workbook(path)
    page = book.active
    at = next(row for row in page.iter_rows() if str(row[4].value).startswith(code))
    for name, text in cells.items():
        at[{"answer": 9, "reason": 10, "changed": 11}[name]].value = text
    book.save(path)


def test_the_list_has_a_row_a_finding_in_the_re_checks_columns(
    listed: Path, wrong: Path, jixiao: Jixiao
) -> None:
    told = {f["rule"]: f for f in jixiao("check", wrong, "--format", "json").json["findings"]}
    found = rows(listed)
    assert set(found) == set(told)
    rate = found["AR05"]
    assert (rate["等级"], rate["编号"], rate["处理建议"]) == ("P0", told["AR05"]["id"], "执行率改为 90.00%。")
    assert "乡镇卫生院设备更新" in rate["对象"]
    assert all(
        row[name]
        for row in found.values()
        for name in ("复核维度", "位置", "复核发现", "事实及判定", "核验依据")
    )


def test_a_reviewers_answers_are_merged_by_id(listed: Path, wrong: Path, jixiao: Jixiao) -> None:
    answer(listed, "FD04", answer="不采纳", reason="年末有追加")
    answer(listed, "AR05", answer="采纳")
    answer(listed, "SC04", changed="成本节约不应扣分，请改为 10 分。")
    told = jixiao("check", wrong, "--merge", listed, "--format", "json").json
    found = {finding["rule"]: finding for finding in told["findings"]}
    assert "FD04" not in found
    assert [(s["rule"], s["how"], s["why"]) for s in told["settled"]] == [("FD04", "reviewer", "年末有追加")]
    assert (found["AR05"]["answer"], found["SC04"]["answer"]) == ("采纳", "修改")
    assert found["SC04"]["message"] == "成本节约不应扣分，请改为 10 分。"
    shown = jixiao("check", wrong, "--merge", listed).out
    assert "复核：采纳" in shown
    assert "已处理、不再计入 1（复核人不采纳 1" in shown


def test_a_list_written_anew_keeps_the_answers(
    listed: Path, wrong: Path, tmp_path: Path, jixiao: Jixiao
) -> None:
    answer(listed, "FD04", answer="不采纳", reason="年末有追加")
    answer(listed, "SC04", changed="请改为 10 分。")
    again = tmp_path / "第二稿.xlsx"
    jixiao("check", wrong, "--merge", listed, "-o", again)
    found = rows(again)
    assert (found["FD04"]["采纳"], found["FD04"]["理由"]) == ("不采纳", "年末有追加")
    assert (found["SC04"]["采纳"], found["SC04"]["修改"]) == ("修改", "请改为 10 分。")
    first = jixiao("check", wrong, "--merge", listed, "--format", "json")
    assert jixiao("check", wrong, "--merge", again, "--format", "json") == first


def test_what_can_not_be_merged_is_told(listed: Path, wrong: Path, right: Path, jixiao: Jixiao) -> None:
    answer(listed, "FD01", answer="不采纳", reason="不必改")
    answer(listed, "FD04", answer="不采纳")
    told = jixiao("check", wrong, "--merge", listed, "--format", "json")
    assert {"FD01", "FD04"} <= {finding["rule"] for finding in told.json["findings"]}
    assert ("算术错误" in told.lines[0], "没有写理由" in told.lines[1]) == (True, True)
    assert f"清单里有 {len(rows(listed))} 条这次没有查出" in jixiao("check", right, "--merge", listed).err


def test_a_file_that_is_no_list_is_refused(wrong: Path, tmp_path: Path, jixiao: Jixiao) -> None:
    for path in (FOLDER / "村道养护自评表.xlsx", tmp_path / "没有.xlsx"):
        told = jixiao("check", wrong, "--merge", path)
        assert (told.status, told.out, len(told.lines)) == (2, "", 1)
        assert path.name in told.err


# ---------------------------------------------------------------- writing


@pytest.mark.parametrize("name", ["a.html", "a.json", "a.sarif", "a.xlsx", "a.txt"])
def test_a_file_is_written_once_and_replaced_only_by_force(
    name: str, tmp_path: Path, wrong: Path, jixiao: Jixiao
) -> None:
    out = tmp_path / name
    told = jixiao("check", wrong, "-o", out)
    assert (told.status, told.out, told.lines) == (1, "", [f"已写入 {out.as_posix()}。"])
    data = out.read_bytes()
    again = jixiao("check", wrong, "-o", out)
    assert (again.status, len(again.lines)) == (2, 1)
    assert "--force" in again.err
    out.write_bytes(b"")
    assert jixiao("check", wrong, "-o", out, "--force").status == 1
    assert out.read_bytes() == data


def test_the_text_in_a_file_is_the_text_on_the_screen(
    tmp_path: Path, wrong: Path, jixiao: Jixiao, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "110")
    jixiao("check", wrong, "-o", tmp_path / "a.txt")
    assert (tmp_path / "a.txt").read_text("utf-8") == jixiao("check", wrong).out


def test_a_disk_that_is_full_is_one_sentence(
    tmp_path: Path, wrong: Path, jixiao: Jixiao, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    told = jixiao("check", wrong, "-o", tmp_path / "a.html", "--no-cache")
    assert (told.status, told.out, len(told.lines)) == (2, "", 1)
    assert "磁盘已满" in told.err
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_can_not_be_written_is_told_before_any_work(
    tmp_path: Path, wrong: Path, jixiao: Jixiao
) -> None:
    for words in (("-o", tmp_path), ("-o", tmp_path / "没有" / "a.html"), ("--format", "xlsx")):
        told = jixiao("check", wrong, *words)
        assert (told.status, told.out, len(told.lines)) == (2, "", 1)


@pytest.mark.parametrize("words", [["-o", "a.docx"], ["-o", "a.PDF"], ["--format", "json", "-o", "a.xlsx"]])
def test_a_file_is_never_named_as_what_it_is_not(
    words: list[str], wrong: Path, tmp_path: Path, jixiao: Jixiao
) -> None:
    *rest, name = words
    told = jixiao("check", wrong, *rest, tmp_path / name)
    assert told.status == 2
    assert told.err.startswith(f"检查结果不能写成 {Path(name).suffix.lower()} 文件；")
    assert not (tmp_path / name).exists()
