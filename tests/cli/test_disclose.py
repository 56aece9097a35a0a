"""`jixiao disclose`: what is personal is listed, then masked in a copy. Every name and number is made up."""

import re
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook

from jixiao import api
from tests.command import Jixiao, Told
from tests.examples import FOLDER


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """A screen on which no cell of the list is broken."""
    monkeypatch.setenv("COLUMNS", "120")


@pytest.fixture
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with a contact, a household, an office's telephone and figures."""
    made = Workbook()
    sheet = made.active
    for row in (
        ("联系人", "王大山", "手机", 13800001234, "项目编码", "13800001235"),
        ("户主", "身份证号", "补助金额", "", "监督电话", "0999-2345678"),
        ("李小花", "110101199003070097", 13812345678, "", "文号", "青财绩〔2024〕12号"),
    ):
        sheet.append(row)
    path = tmp_path_factory.mktemp("材料") / "王大山补助表.xlsx"
    made.save(path)
    return path


def id_of(told: Told, what: str) -> str:
    return next(line.split()[0] for line in told.out.splitlines() if what in line)


def values(path: Path) -> list[object]:
    return [value for row in load_workbook(path).active.iter_rows(values_only=True) for value in row]


def test_what_is_masked_is_listed_first_and_the_copy_holds_the_rest_as_it_was(
    tmp_path: Path, book: Path, jixiao: Jixiao
) -> None:
    before = book.read_bytes()
    told = jixiao("disclose", book, "-o", tmp_path / "公开.xlsx")
    assert told.status == 0
    assert [re.split(r"\s{2,}", line)[1] for line in told.out.splitlines()[1:6]] == [
        "姓名", "手机号", "姓名", "身份证号", "固定电话",
    ]  # fmt: skip
    assert "保留，不确定（单位对外公布的电话可以公开）" in "".join(told.out.split())
    assert told.out.splitlines()[-1].startswith("遮盖 4 处，保留 1 处。")
    assert not re.search("大山|小花|13800001234|19900307", told.out.replace("王大山补助表", ""))
    old = [*values(book)]
    masks = {
        "王大山": "王**",
        13800001234: "138****1234",
        "李小花": "李**",
        "110101199003070097": "1101**********0097",
    }
    assert values(tmp_path / "公开.xlsx") == [masks.get(value, value) for value in old]  # type: ignore[call-overload]
    assert book.read_bytes() == before


def test_the_same_file_gives_the_same_copy(tmp_path: Path, book: Path, jixiao: Jixiao) -> None:
    for name in ("一.xlsx", "二.xlsx"):
        jixiao("disclose", book, "-o", tmp_path / name)
    assert (tmp_path / "一.xlsx").read_bytes() == (tmp_path / "二.xlsx").read_bytes()


def test_the_list_alone_writes_nothing(book: Path, jixiao: Jixiao) -> None:
    told = jixiao("disclose", book, "--list")
    assert (told.status, told.err) == (0, "")
    assert "遮盖 4 处" in told.out
    assert [path.name for path in book.parent.iterdir()] == [book.name]


def test_a_false_alarm_is_kept_and_an_uncertain_one_masked_by_their_ids(
    tmp_path: Path, book: Path, jixiao: Jixiao
) -> None:
    listed = jixiao("disclose", book, "--list")
    keep, also = id_of(listed, "138****1234"), id_of(listed, "0999")
    told = jixiao("disclose", book, "-o", tmp_path / "公开.xlsx", "--keep", keep, "--also", also)
    found = values(tmp_path / "公开.xlsx")
    assert 13800001234 in found
    assert "0999-*****78" in found
    assert "保留（--keep：写明是电话）" in told.out
    assert "遮盖（--also）" in told.out


def test_an_id_that_nothing_has_is_refused_before_anything_is_written(
    tmp_path: Path, book: Path, jixiao: Jixiao
) -> None:
    told = jixiao("disclose", book, "-o", tmp_path / "公开.xlsx", "--keep", "abcdef")
    assert (told.status, told.lines) == (2, ["没有编号为“abcdef”的内容；请先用 --list 列出，照编号填写。"])
    assert not list(tmp_path.iterdir())


def test_a_folder_gets_a_copy_of_each_file_and_no_name_in_a_file_s_own_name(
    tmp_path: Path, book: Path, jixiao: Jixiao
) -> None:
    document = Document()
    document.add_paragraph("户主：张山，电话13900001111。")
    document.save(str(book.parent / "报告.docx"))
    told = jixiao("disclose", book.parent, "-o", f"{tmp_path}/公开/")
    assert told.status == 0
    assert sorted(path.name for path in (tmp_path / "公开").iterdir()) == [
        "报告（公开稿）.docx",
        "王__补助表（公开稿）.xlsx",
    ]
    text = Document(str(tmp_path / "公开" / "报告（公开稿）.docx")).paragraphs[0].text
    assert text == "户主：张*，电话139****1111。"
    assert told.lines[-1] == f"已写入 {(tmp_path / '公开').as_posix()}：公开稿 2 份。"


def test_a_paper_of_another_format_is_written_as_the_official_form(
    tmp_path: Path, right: Path, jixiao: Jixiao
) -> None:
    told = jixiao("disclose", right, "-o", tmp_path / "公开.docx")
    assert told.status == 0
    assert "没有找到个人信息" in told.out
    read = [one.record for path in (tmp_path / "公开.docx", right) for one in api.read_file(path, name="a")]
    assert read[0] == read[1]


def test_a_report_is_written_as_it_reads(tmp_path: Path, jixiao: Jixiao) -> None:
    text = (FOLDER / "供水巡检自评报告.txt").read_text("utf-8")
    paper = tmp_path / "报告.txt"
    paper.write_text(f"{text}\n联系人：王大山，电话 0999-2345678。\n", "utf-8")
    assert jixiao("disclose", paper, "-o", tmp_path / "公开.txt").status == 0
    copy = (tmp_path / "公开.txt").read_text("utf-8")
    assert "联系人：王**，电话 0999-*****78。" in copy
    assert "自评报告" in copy


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "请用 -o 写明公开稿写到哪里，或加 --list 只列出要遮盖的内容"),
        (["-o", "没有/a.xlsx"], "所在的文件夹不存在"),
        (["-o", "a.doc"], "不能写成 .doc 文件"),
        (["more.txt", "-o", "a.xlsx"], "有 2 个文件：请把 -o 写成文件夹"),
    ],
)
def test_what_cannot_be_is_one_sentence(
    words: list[str], said: str, tmp_path: Path, book: Path, jixiao: Jixiao, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = jixiao("disclose", book, *words)
    assert (told.status, len(told.lines)) == (2, 1)
    assert said in told.err
    assert not list(tmp_path.iterdir())


def test_a_file_that_cannot_be_read_or_looked_into_leaves_the_others_done(
    tmp_path: Path, book: Path, right: Path, jixiao: Jixiao
) -> None:
    (book.parent / "坏.xlsx").write_bytes(b"PK\x03\x04nothing")
    (book.parent / "表.txt").write_bytes(right.read_bytes())
    told = jixiao("disclose", book.parent, "-o", tmp_path)
    assert told.status == 2
    assert [name in told.err for name in ("坏.xlsx", "不能在原件上遮盖；请加 --to docx")] == [True, True]
    assert [path.name for path in tmp_path.iterdir()] == ["王__补助表（公开稿）.xlsx"]
    again = jixiao("disclose", book.parent, "-o", tmp_path, "--to", "text", "--force")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "王__补助表（公开稿）.xlsx",
        "表（公开稿）.txt",
    ]
    assert again.status == 2


def test_a_copy_that_is_there_stays(tmp_path: Path, book: Path, jixiao: Jixiao) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"old")
    told = jixiao("disclose", book, "-o", tmp_path / "a.xlsx")
    assert told.status == 2
    assert "已经存在，没有覆盖" in told.err
    assert (tmp_path / "a.xlsx").read_bytes() == b"old"
