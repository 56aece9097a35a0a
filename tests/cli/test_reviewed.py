"""`reviewed`: a user's own file back with the findings on it, in the words of `check`; and what is refused."""

import io
import zipfile
from pathlib import Path
from shutil import copy

import openpyxl
import pytest
import xlwt

from tests.command import Jixiao
from tests.examples import FOLDER

BOOK = FOLDER / "卫生院设备自评表.xlsx"
PAGE = FOLDER / "卫生院设备自评表.docx"
REPORT = FOLDER / "供水巡检自评报告.docx"


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        return archive.read(name).decode()


def without(record: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in record.items() if key not in {"file", "sha256", "doubts"}}


def test_a_workbook_comes_back_with_each_finding_on_its_cell(tmp_path: Path, jixiao: Jixiao) -> None:
    out = tmp_path / "批注.xlsx"
    before = BOOK.read_bytes()
    told = jixiao("reviewed", BOOK, "-o", out)
    assert (told.status, told.out) == (0, "")
    assert "9 条意见。" in told.err
    assert BOOK.read_bytes() == before
    book = openpyxl.load_workbook(out)
    assert book.sheetnames[0] == "审核意见"
    comment = book.worksheets[1]["H17"].comment
    assert comment.author == "绩效自评审核"
    assert comment.text.startswith("需核实：SC04 节约被当作未完成扣分\n")
    assert "年度指标值 ≤85万元，实际完成值 81万元" in comment.text
    assert "\n改法：得分改为 10.00。" in comment.text
    assert "按口径重算" in book.worksheets[0]["A2"].value


def test_what_check_finds_stands_in_the_file_and_nothing_else(tmp_path: Path, jixiao: Jixiao) -> None:
    out = tmp_path / "批注.xlsx"
    found = jixiao("check", BOOK, "--format", "json").json["findings"]
    jixiao("reviewed", BOOK, "-o", out)
    rows = list(openpyxl.load_workbook(out).worksheets[0].iter_rows(values_only=True))
    listed = [row for row in rows if row[0] is not None and str(row[0]).isdigit()]
    assert sorted(str(row[3]).split()[0] for row in listed) == sorted(f["rule"] for f in found)
    for finding in found:
        said = finding["message"].partition("改法：")[0].strip()
        assert any(said in str(row[4]) for row in listed)


@pytest.mark.parametrize("path", [BOOK, PAGE, REPORT])
def test_the_file_that_comes_back_reads_as_it_did(path: Path, tmp_path: Path, jixiao: Jixiao) -> None:
    out = tmp_path / f"批注{path.suffix}"
    jixiao("reviewed", path, "-o", out)
    papers = [jixiao("read", one, "--format", "json").json["papers"] for one in (path, out)]
    assert [without(one) for one in papers[0]] == [without(one) for one in papers[1]]
    for before, after in zip(*papers, strict=True):
        told = [doubt for doubt in after["doubts"] if doubt not in before["doubts"]]
        assert all("审核意见，不是材料本身" in doubt["why"] for doubt in told)


def test_several_files_go_to_a_folder_each_under_its_own_name(tmp_path: Path, jixiao: Jixiao) -> None:
    told = jixiao("reviewed", BOOK, PAGE, REPORT, "-o", tmp_path / "批注稿")
    assert told.status == 0
    names = sorted(path.name for path in (tmp_path / "批注稿").iterdir())
    assert names == sorted(f"{p.stem}（批注）{p.suffix}" for p in (BOOK, PAGE, REPORT))


def test_a_sentence_of_a_report_is_marked_by_its_words(tmp_path: Path, jixiao: Jixiao) -> None:
    out = tmp_path / "批注.docx"
    jixiao("reviewed", REPORT, "-o", out)
    body = part(out, "word/document.xml")
    marked = body.partition("<w:commentRangeStart")[2].partition("<w:commentReference")[0]
    assert "用水农户满意度为95%" in body
    assert "commentRangeEnd" in marked
    assert "FD07" in part(out, "word/comments.xml")
    assert "自评表支出数 38.60万元，报告写 36.80万元" in part(out, "word/comments.xml")


def test_corrections_are_made_in_the_workbook_and_hold_when_it_is_checked_again(
    tmp_path: Path, jixiao: Jixiao
) -> None:
    out = tmp_path / "更正.xlsx"
    told = jixiao("reviewed", BOOK, "-o", out, "--corrected")
    assert told.status == 0
    assert "自动修改" in told.err
    fixed = jixiao("check", BOOK, "--fix", "-o", tmp_path / "改好.json")
    assert fixed.status in {0, 1}
    one = jixiao("read", tmp_path / "改好.json", "--format", "json").json["papers"][0]["record"]
    two = jixiao("read", out, "--format", "json").json["papers"][0]["record"]
    for row, twin in zip(one["indicators"], two["indicators"], strict=True):
        assert (row["level3"], row["score_printed"]) == (twin["level3"], twin["score_printed"])
    assert one["execution"] == two["execution"]
    assert one["total_printed"] == two["total_printed"]


def test_corrections_in_a_document_are_tracked_changes_of_the_reviewer(
    tmp_path: Path, jixiao: Jixiao
) -> None:
    out = tmp_path / "更正.docx"
    assert jixiao("reviewed", PAGE, "-o", out, "--corrected").status == 0
    body = part(out, "word/document.xml")
    assert body.count("<w:ins ") == body.count("<w:del ") > 0
    assert 'w:author="绩效自评审核"' in body


def test_other_formats_are_refused_with_a_way_out_and_the_rest_is_done(
    tmp_path: Path, wrong: Path, jixiao: Jixiao
) -> None:
    told = jixiao("reviewed", wrong, BOOK, "-o", tmp_path / "稿")
    assert told.status == 2
    assert "文本不能在原件上加批注" in told.err
    assert [path.suffix for path in (tmp_path / "稿").iterdir()] == [".xlsx"]


def test_nothing_is_overwritten_unless_it_is_said(tmp_path: Path, jixiao: Jixiao) -> None:
    out = tmp_path / "批注.xlsx"
    out.write_bytes(b"mine")
    told = jixiao("reviewed", BOOK, "-o", out)
    assert (told.status, out.read_bytes()) == (2, b"mine")
    assert "--force" in told.err
    assert jixiao("reviewed", BOOK, "-o", out, "--force").status == 0
    assert out.read_bytes() != b"mine"


def test_the_paper_itself_is_never_written_over(tmp_path: Path, jixiao: Jixiao) -> None:
    own = Path(copy(BOOK, tmp_path))
    before = own.read_bytes()
    told = jixiao("reviewed", own, "-o", own, "--force")
    assert (told.status, own.read_bytes()) == (2, before)
    assert "就是原件" in told.err


def test_standard_input_and_a_file_that_is_not_there_are_refused(tmp_path: Path, jixiao: Jixiao) -> None:
    assert "不能从标准输入读" in jixiao("reviewed", "-", "-o", tmp_path / "a.xlsx").err
    told = jixiao("reviewed", tmp_path / "没有.xlsx", "-o", tmp_path / "a.xlsx")
    assert told.status == 2
    assert "找不到这个文件" in told.err
    assert not (tmp_path / "a.xlsx").exists()


def test_what_was_written_into_a_folder_of_papers_is_no_paper_the_next_time(
    tmp_path: Path, jixiao: Jixiao
) -> None:
    copy(BOOK, tmp_path)
    for words in ((), ("--force",)):
        told = jixiao("reviewed", tmp_path, "-o", tmp_path / "批注稿", *words)
        assert (told.status, len(told.lines)) == (0, 1)
    assert [path.name for path in (tmp_path / "批注稿").iterdir()] == ["卫生院设备自评表（批注）.xlsx"]


def test_a_file_goes_under_the_suffix_of_its_own_format(tmp_path: Path, jixiao: Jixiao) -> None:
    told = jixiao("reviewed", BOOK, "-o", tmp_path / "批注.docx")
    assert told.status == 2
    assert "不能写成 批注.docx；请写 -o 批注.xlsx。" in told.err
    copy(BOOK, tmp_path / "旧.xls")
    assert jixiao("reviewed", tmp_path / "旧.xls", "-o", f"{tmp_path}/稿/").status == 0
    assert [path.name for path in (tmp_path / "稿").iterdir()] == ["旧（批注）.xlsx"]


def test_an_old_workbook_without_libreoffice_is_refused_with_a_way_out(
    tmp_path: Path, jixiao: Jixiao, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jixiao.formats.ole.soffice.program", lambda: None)
    rows = openpyxl.load_workbook(BOOK).active
    old = xlwt.Workbook()
    sheet = old.add_sheet("自评表")
    for row in rows.iter_rows():
        for cell in row:
            if cell.value is not None:
                sheet.write(cell.row - 1, cell.column - 1, cell.value)
    old.save(str(tmp_path / "旧.xls"))
    told = jixiao("reviewed", tmp_path / "旧.xls", "-o", f"{tmp_path}/稿/")
    assert told.status == 2
    assert "Excel 97-2003 或 WPS 表格不能在原件上加批注" in told.err
    assert "另存为 xlsx 或 docx" in told.err
