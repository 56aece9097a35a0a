"""Bad input: one clear line a file, exit status 2, and the other files are still done."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from jixiao import api
from jixiao.model.reading import Filing
from tests.command import Jixiao, Told
from tests.examples import FOLDER

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENTITY = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]><d>&e;</d>'


def zipped(**parts: bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name.replace("__", "/"), data)
    return stream.getvalue()


def with_part(book: Path, part: str, data: bytes) -> bytes:
    """Return an office file with one of its parts replaced."""
    stream = BytesIO()
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, data if name == part else old.read(name))
    return stream.getvalue()


BOOK, DOCUMENT = FOLDER / "村道养护自评表.xlsx", FOLDER / "村道养护自评表.docx"
BAD = {
    "空文件.xlsx": lambda: b"",
    "半个压缩包.xlsx": lambda: BOOK.read_bytes()[:3000],
    "有密码.xlsx": lambda: OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(2000),
    "照片.docx": lambda: b"\x89PNG\r\n\x1a\n" + bytes(300),
    "压缩包.xlsx": lambda: zipped(a=b""),
    "压缩炸弹.docx": lambda: with_part(DOCUMENT, "word/document.xml", bytes(60_000_000)),
    "外部实体.xlsx": lambda: with_part(BOOK, "xl/worksheets/sheet1.xml", ENTITY),
    "外部实体.docx": lambda: with_part(DOCUMENT, "word/document.xml", ENTITY),
    "程序.txt": lambda: b"\x7fELF\x02\x01\x01" + bytes(200),
}


def one_line_about(name: str, told: Told) -> None:
    assert told.status == 2
    assert [name in line for line in told.lines] == [True], told.err
    assert "Traceback" not in told.err
    assert told.lines[0].endswith("。")


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("verb", ["read", "score", "check"])
def test_a_bad_file_is_one_line_and_the_others_are_done(
    name: str, verb: str, tmp_path: Path, right: Path, jixiao: Jixiao
) -> None:
    bad = tmp_path / name
    bad.write_bytes(BAD[name]())
    told = jixiao(verb, bad, right, "--format", "json")
    one_line_about(name, told)
    if verb == "check":
        assert told.json["summary"]["papers"] == 1
    else:
        assert [paper["kind"] for paper in told.json["papers"]] == ["selfeval_table"]


def test_a_file_of_200_megabytes_is_refused_unread(tmp_path: Path, right: Path, jixiao: Jixiao) -> None:
    huge = tmp_path / "很大.xlsx"
    with huge.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    told = jixiao("read", huge, right, "--format", "json")
    one_line_about("很大.xlsx", told)
    assert len(told.json["papers"]) == 1


def test_a_missing_file_is_one_line(tmp_path: Path, right: Path, jixiao: Jixiao) -> None:
    told = jixiao("check", tmp_path / "没有这个.xlsx", right, "--format", "json")
    one_line_about("没有这个.xlsx", told)
    assert "找不到" in told.err
    assert told.json["summary"]["papers"] == 1


def test_an_empty_folder_is_one_line(tmp_path: Path, jixiao: Jixiao) -> None:
    told = jixiao("check", tmp_path, "--format", "json")
    one_line_about(tmp_path.name, told)


def test_a_wrong_suffix_is_no_obstacle(tmp_path: Path, jixiao: Jixiao) -> None:
    for source, name in (
        (BOOK, "自评表.docx"),
        (DOCUMENT, "自评表.txt"),
        (FOLDER / "村道养护自评表.txt", "自评表.xlsx"),
    ):
        (tmp_path / name).write_bytes(source.read_bytes())
    told = jixiao("read", tmp_path, "--format", "json")
    assert told.status == 0
    assert {paper["record"]["project"] for paper in told.json["papers"]} == {"村道日常养护补助"}


def test_text_in_gbk_reads_like_text_in_utf_8(tmp_path: Path, right: Path, jixiao: Jixiao) -> None:
    (tmp_path / "a.txt").write_bytes(right.read_text("utf-8").encode("gbk"))
    ours, same = (
        jixiao("read", tmp_path / "a.txt", "--format", "json"),
        jixiao("read", right, "--format", "json"),
    )
    assert ours.json["papers"][0]["record"] == same.json["papers"][0]["record"]


def test_a_file_without_any_paper_is_said_in_one_line_and_is_no_success(
    tmp_path: Path, right: Path, jixiao: Jixiao
) -> None:
    letter = tmp_path / "通知.txt"
    letter.write_text("关于召开青禾县水利工作会议的通知\n请各单位准时参加。\n", "utf-8")
    told = jixiao("check", letter)
    assert told.status == 2
    assert len(told.err.splitlines()) == 1
    assert "通知.txt" in told.err
    assert "可能不是绩效自评材料" in told.out.replace("\n", "")
    assert "没有审核" in told.out
    assert "没有发现问题" not in told.out
    assert "1 份没有认出是什么材料，没有审核" in jixiao("check", letter, right).out.replace("\n", "")
    assert jixiao("read", letter, "--format", "json").json["papers"][0]["kind"] == "unknown"


def test_an_unforeseen_fault_in_one_file_is_one_line(
    right: Path, wrong: Path, jixiao: Jixiao, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = api.read_papers

    def stumbling(data: bytes, *, name: str) -> object:
        if name == right.as_posix():
            raise ZeroDivisionError
        return read(data, name=name)

    monkeypatch.setattr(api, "read_papers", stumbling)
    told = jixiao("check", right, wrong, "--format", "json")
    one_line_about(f"处理“{right.as_posix()}”时出错", told)
    assert told.json["summary"]["papers"] == 1


@pytest.mark.parametrize("verb, broken", [("score", "score_papers"), ("check", "review")])
def test_an_unforeseen_fault_in_one_filing_is_one_line(
    verb: str, broken: str, right: Path, wrong: Path, jixiao: Jixiao, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = getattr(api, broken)

    def stumbling(filing: Filing, *more: object) -> object:
        if filing.readings[0].file == right.as_posix():
            raise RecursionError
        return whole(filing, *more)

    monkeypatch.setattr(api, broken, stumbling)
    told = jixiao(verb, right, wrong, "--format", "json")
    one_line_about(f"处理“{right.as_posix()}”时出错", told)
    assert wrong.as_posix() in told.out


def test_an_unforeseen_fault_anywhere_else_is_one_line(
    right: Path, jixiao: Jixiao, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumbling(*_: object) -> object:
        raise KeyError("x")

    monkeypatch.setattr(api, "compare", stumbling)
    told = jixiao("check", right, "--format", "json")
    one_line_about("KeyError", told)
    assert not told.out


@pytest.mark.parametrize(
    "words, said",
    [
        (["check"], "没有给出“FILE...”（文件或文件夹；- 表示标准输入）。用 jixiao check --help 查看用法。"),
        (["check", "a", "--jobs", "0"], "“--jobs”的值不对，应为不小于 1 的整数（同时处理几个文件；不写则看文件多少）。用 jixiao check --help 查看用法。"),
        (["serve", "--port", "99999"], "“--port”的值不对，应为 1 至 65535 的整数（端口）。用 jixiao serve --help 查看用法。"),
        (["log", "看"], "“WHAT”的值不对，应为括号里所说的一种（verify 核验，export 另存，trim 另存并清理满 180 天的）。用 jixiao log --help 查看用法。"),
        (["batch"], "没有写出命令，或没有这个命令。用 jixiao batch --help 查看用法。"),
        (["schemes", "a", "b"], "多给了内容。用 jixiao schemes --help 查看用法。"),
    ],
)  # fmt: skip
def test_a_fault_of_use_says_what_is_wanted_and_which_page_tells_more(
    words: list[str], said: str, jixiao: Jixiao
) -> None:
    told = jixiao(*words)
    assert (told.status, told.err) == (2, f"命令的用法不对：{said}\n")
