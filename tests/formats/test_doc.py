import os
import stat
import struct
import time
from pathlib import Path

import pytest

from jixiao import formats
from jixiao.errors import UnreadableError
from jixiao.formats.ole import reading, soffice
from jixiao.formats.ole.reading import read
from jixiao.layout import Cell, Grid, Layout, Line
from tests.formats.made import document, packed, paragraph, relations
from tests.formats.old_word import Beside, Paragraph, compound_file, form_field, old_word, row, said

P = Paragraph
FORM = [
    P("自评表", style=1),
    *row([("项目名称", 1000, 0), ("护林补助", 3000, 0)]),
    *row([("资金", 1000, 3 << 5), ("年初\n预算", 1000, 0), ("", 1000, 0), ("10", 1000, 0)]),
    *row([("", 1005, 1 << 5), ("20", 1990, 0), ("30", 1000, 0)]),
    P("注：略"),
]


def bare(data: bytes, monkeypatch: pytest.MonkeyPatch) -> Layout:
    """Read where there is no LibreOffice."""
    monkeypatch.setattr(soffice, "program", lambda: None)
    monkeypatch.setattr(reading, "program", lambda: None)
    return read(data, name="自评表.doc")


def lines(layout: Layout) -> list[str]:
    return [b.text for b in layout.blocks if isinstance(b, Line)]


def shape(layout: Layout) -> list[tuple[int, int, str, int, int]]:
    (grid,) = (b for b in layout.blocks if isinstance(b, Grid))
    return [(c.row, c.column, c.text, c.rowspan, c.colspan) for c in grid.cells]


# ---------------------------------------------------------------- without LibreOffice


def test_text_headings_and_tables_come_out_of_the_file_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    layout = bare(old_word(FORM), monkeypatch)
    assert layout.format == "doc"
    assert [(b.text, b.level) for b in layout.blocks if isinstance(b, Line)] == [
        ("自评表", 1),
        ("注：略", None),
    ]
    assert shape(layout) == [
        (0, 0, "项目名称", 1, 1), (0, 1, "护林补助", 1, 3),
        (1, 0, "资金", 2, 1), (1, 1, "年初\n预算", 1, 1), (1, 2, "", 1, 1), (1, 3, "10", 1, 1),
        (2, 1, "20", 1, 2), (2, 3, "30", 1, 1),
    ]  # fmt: skip
    assert "安装 LibreOffice" in layout.doubts[0].why
    assert "合并" in layout.doubts[1].why


def test_cells_merged_to_the_right_are_one(monkeypatch: pytest.MonkeyPatch) -> None:
    body = [
        *row([("甲", 1000, 2), ("", 1000, 1), ("乙", 1000, 0)]),
        *row([("1", 1000, 0), ("2", 1000, 0), ("3", 1000, 0)]),
        P(""),
    ]
    assert shape(bare(old_word(body), monkeypatch))[:2] == [(0, 0, "甲", 1, 2), (0, 2, "乙", 1, 1)]


@pytest.mark.parametrize("flags", [0, 0x200])
@pytest.mark.parametrize("count", [1, 60])
def test_either_stream_of_tables_and_any_number_of_rows(
    flags: int, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = [p for n in range(count) for p in row([(f"指标{n}", 1000, 0), ("", 1000, 0), (str(n), 1000, 0)])]
    cells = shape(bare(old_word([*body, P("完")], flags=flags), monkeypatch))
    assert [c[2] for c in cells] == [t for n in range(count) for t in (f"指标{n}", "", str(n))]


def test_fields_show_their_results_and_control_signs_go(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "第\x13 PAGE \x141\x15页\x01\x08 甲\x1e乙\x1f\x13 A \x13 B \x14x\x15\x14丙\x15\x0b丁"
    assert lines(bare(old_word([P(text)]), monkeypatch)) == ["第1页 甲-乙丙", "丁"]


@pytest.mark.parametrize("version", [0xC1, 0x65])
def test_text_in_bytes_is_gbk_where_it_is_chinese(version: int, monkeypatch: pytest.MonkeyPatch) -> None:
    layout = bare(old_word([P("青禾县护林站"), P("total 12")], narrow=True, version=version), monkeypatch)
    assert lines(layout) == ["青禾县护林站", "total 12"]


def test_western_text_in_bytes_is_western(monkeypatch: pytest.MonkeyPatch) -> None:
    data = (
        old_word([P("a?b caf? 12345678901234567890")], narrow=True)
        .replace(b"caf?", b"caf\xe9")
        .replace(b"a?b", b"a\x96b")
    )
    assert lines(bare(data, monkeypatch)) == ["a–b café 12345678901234567890"]


def test_tables_of_a_file_too_old_are_lines_with_a_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    layout = bare(old_word(FORM, narrow=True, version=0x65), monkeypatch)
    assert [line for line in lines(layout) if line in {"护林补助", "资金", "20"}] == [
        "护林补助",
        "资金",
        "20",
    ]
    assert any("太旧" in doubt.why for doubt in layout.doubts)


def test_signs_of_two_halves_are_joined(monkeypatch: pytest.MonkeyPatch) -> None:
    assert lines(bare(old_word([P("𠮷林"), P("乙")]), monkeypatch)) == ["𠮷林", "乙"]


def test_what_was_struck_out_or_hidden_is_left_out_and_symbols_are_signs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    letters = {
        "九成": said(0x0800, b"\1"),
        "密": said(0x083C, b"\1"),
        "(": said(0x6A09, struct.pack("<HH", 1, 0xF052)),
        "\uf0a3": said(0x4A4F, struct.pack("<H", 1)),
    }
    layout = bare(old_word([P("执行九成十成密。(是\uf0a3否")], Beside(letters)), monkeypatch)
    assert lines(layout) == ["执行十成。☑是☐否"]
    assert any("修订" in doubt.why for doubt in layout.doubts)
    plain_letters = bare(old_word([P("密(")], Beside({"密": said(0x083C, b"\0")})), monkeypatch)
    assert (lines(plain_letters), len(plain_letters.doubts)) == (["密("], 1)


@pytest.mark.parametrize(
    "field, shown",
    [
        (form_field(1, 1), "☑"),
        (form_field(1, 0), "☐"),
        (form_field(1, 25, default=1), "☑"),
        (form_field(2, 1, "优", "良好"), "良好"),
        (form_field(2, 25, "优", "良好"), "优"),
        (form_field(2, 7, "优"), ""),
        (form_field(0, 0), ""),
        (form_field(2, 0, "优")[:90], ""),
    ],
)
def test_old_form_fields_show_what_was_chosen(
    field: bytes, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters = {"\x01": said(0x6A03, struct.pack("<I", 8)), "密": said(0x0800, b"\x81")}
    data = old_word([P("甲\x13 FORM \x01\x14\x15乙密")], Beside(letters, bytes(8) + field))
    assert lines(bare(data, monkeypatch)) == [f"甲{shown}乙"]


def in_list(level: int, use: int = 1) -> bytes:
    return said(0x260A, bytes([level])) + said(0x460B, struct.pack("<H", use))


def test_automatic_numbers_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    body = [
        P("甲", said=in_list(0)),
        P("乙", said=in_list(1)),
        P("丙", said=in_list(1)),
        P("丁", said=in_list(0)),
        P("戊", said=in_list(0, 0)),
    ]
    layout = bare(
        old_word([*body, P("己", said=in_list(0, 9))], Beside(lists=("\0、", "（\1）"))), monkeypatch
    )
    assert lines(layout) == ["一、甲", "（一）乙", "（二）丙", "二、丁", "戊", "己"]


def test_text_boxes_stand_at_the_end_with_a_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    layout = bare(old_word([P("甲"), P("乙")], Beside(boxes="自评表")), monkeypatch)
    assert lines(layout) == ["甲", "乙", "自评表"]
    assert "文本框" in layout.doubts[-1].why


def test_a_field_over_several_paragraphs_shows_no_code(monkeypatch: pytest.MonkeyPatch) -> None:
    body = [P("甲\x13 FORMTEXT \x14一"), P("二"), P("三\x15乙"), P("丙\x13 PAGE")]
    assert lines(bare(old_word(body), monkeypatch)) == ["甲一", "二", "三乙", "丙"]


def test_a_table_in_a_cell_follows_it_and_a_frame_is_unfolded(monkeypatch: pytest.MonkeyPatch) -> None:
    inner = row([("内", 500, 0), ("里", 500, 0)], depth=2)
    (label, value, end) = row([("外", 1000, 0), ("尾", 1000, 0)])
    layout = bare(old_word([label, *inner, value, end, P("注")]), monkeypatch)
    assert [[c.text for c in b.cells] for b in layout.blocks if isinstance(b, Grid)] == [
        ["外", "尾"],
        ["内", "里"],
    ]
    title, last, end = row([("标题\n尾", 1000, 0)])
    framed = bare(old_word([title, *inner, last, end, P("注")]), monkeypatch)
    assert [b.text if isinstance(b, Line) else "表" for b in framed.blocks] == ["标题", "表", "尾", "注"]


# ---------------------------------------------------------------- refusals


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        read(data, name="自评表.doc")
    assert len(str(caught.value).splitlines()) == 1
    return str(caught.value)


def test_an_encrypted_document_is_refused() -> None:
    assert "密码" in refused(old_word(FORM, flags=0x300))


@pytest.mark.parametrize(
    "data",
    [
        compound_file({"WordDocument": b"\0" * 600}),
        compound_file({"WordDocument": old_word(FORM)[1536:3000]}),
        old_word(FORM)[:2000],
        old_word(FORM).replace(b"\2\x10\0\0\0", b"\3\x10\0\0\0"),
    ],
    ids=range(4),
)
def test_a_document_that_can_not_be_followed_is_refused(data: bytes) -> None:
    assert "损坏" in refused(data)


def test_no_mutated_document_brings_up_anything_but_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = old_word(FORM, Beside({"略": said(0x6A09, struct.pack("<HH", 1, 0xF052))}))
    for at in range(0, len(whole), 7):
        data = bytearray(whole)
        data[at : at + 4] = struct.pack("<I", 0xFFFFFFFF if at % 2 else at)
        try:
            bare(bytes(data), monkeypatch)
        except UnreadableError:
            continue


# ---------------------------------------------------------------- the program


def script(folder: Path, body: str) -> str:
    """A program that stands in for LibreOffice; its arguments are those that LibreOffice gets."""
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{body}\n", "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def installed(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setattr(soffice, "program", lambda: path)
    monkeypatch.setattr(reading, "program", lambda: path)


OUT = 'while [ "$1" != --outdir ]; do shift; done; mkdir -p "$2"; out="$2"; shift 2; '
posix = pytest.mark.skipif(os.name != "posix", reason="the stand-in is a script")


@posix
def test_what_it_makes_is_read_and_belongs_to_a_doc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "made.docx").write_bytes(document(paragraph("青禾县护林站自评表")))
    installed(monkeypatch, script(tmp_path, f'{OUT} cp "{tmp_path}/made.docx" "$out/0.docx"'))
    layout = read(old_word([P("青禾县护林站自评表")]), name="a")
    assert (layout.format, lines(layout), layout.doubts) == ("doc", ["青禾县护林站自评表"], ())


@posix
def test_text_lost_on_the_way_is_a_doubt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "made.docx").write_bytes(document(paragraph("青禾县")))
    installed(monkeypatch, script(tmp_path, f'{OUT} cp "{tmp_path}/made.docx" "$out/0.docx"'))
    (doubt,) = read(old_word([P("青禾县护林站自评表")]), name="a").doubts
    assert "少了约 6 个汉字" in doubt.why


@posix
def test_a_date_that_is_worked_out_anew_is_a_doubt_with_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "made.docx").write_bytes(document(paragraph("填表日期2026/1/1")))
    installed(monkeypatch, script(tmp_path, f'{OUT} cp "{tmp_path}/made.docx" "$out/0.docx"'))
    (doubt,) = read(old_word([P("填表日期\x13 DATE \\@ yyyy \x142024/5/1\x15")]), name="a").doubts
    assert ("DATE" in doubt.why, doubt.alternative) == (True, "2024/5/1")


@posix
@pytest.mark.parametrize(
    "made", [b"", b"garbage", packed({"_rels/.rels": relations(), "x": b"y"})], ids=range(3)
)
def test_where_it_makes_nothing_or_garbage_the_file_itself_is_read(
    made: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "made").write_bytes(made)
    installed(monkeypatch, script(tmp_path, f'{OUT} cp "{tmp_path}/made" "$out/0.docx"'))
    layout = read(old_word(FORM), name="a")
    assert lines(layout) == ["自评表", "注：略"]
    assert "没能转换" in layout.doubts[0].why


@posix
def test_it_sees_nothing_of_the_users_and_every_call_has_its_own_profile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET", "密")
    monkeypatch.setenv("https_proxy", "http://proxy.example.com")
    told = tmp_path / "told"
    keep = f'to=$(mktemp "{told}.XXXXXX"); env > "$to"; echo "$@" >> "$to"; cat user/registrymodifications.xcu >> "$to"'
    installed(monkeypatch, script(tmp_path, keep))
    for _ in range(2):
        assert soffice.converted([b"x", b"y"], suffix="doc", to="docx") == (None, None)
    first, second = (path.read_text("utf-8") for path in tmp_path.glob("told.*"))
    assert "SECRET" not in first
    assert "https_proxy=http://127.0.0.1:9" in first
    assert "DisableMacrosExecution" in first
    profiles = {
        next(word for word in text.split() if word.startswith("-env:UserInstallation="))
        for text in (first, second)
    }
    assert len(profiles) == 2
    assert not any(Path(word.partition("file://")[2]).exists() for word in profiles)


@posix
def test_it_is_struck_down_with_its_children_when_it_is_late(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Small:
        office_seconds, office_memory, inflated_bytes, file_bytes = 0, 1 << 30, 1 << 20, 1 << 20

    monkeypatch.setattr(soffice, "LIMITS", Small)
    installed(monkeypatch, script(tmp_path, f'(sleep 3; touch "{tmp_path}/alive") & sleep 60'))
    before = time.monotonic()
    assert soffice.converted([b"x"], suffix="doc", to="docx") == (None,)
    assert time.monotonic() - before < 30
    time.sleep(3)
    assert not (tmp_path / "alive").exists()


def test_it_is_found_on_the_path_or_where_installers_put_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(soffice, "PLACES", ())
    assert soffice.program() is None
    assert soffice.converted([b"x"], suffix="doc", to="docx") == (None,)
    monkeypatch.setattr(soffice, "PLACES", (script(tmp_path.parent, ""),))
    assert soffice.program() == str(tmp_path.parent / "soffice")
    assert script(tmp_path, "") == soffice.program()


# ---------------------------------------------------------------- LibreOffice itself

needs_office = pytest.mark.skipif(
    soffice.program() is None, reason="SKIPPED: LibreOffice is not on this machine"
)


@needs_office
@pytest.mark.slow
def test_libreoffice_and_the_file_itself_tell_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [[f"指标{n}", "≥95%", "96%", "10", "9.50"] for n in range(6)]
    cells = tuple(Cell(r, c, text) for r, row_ in enumerate(texts) for c, text in enumerate(row_))
    source = formats.write(Layout("", (Line("自评表"), Grid(cells), Line("注：略"))), "docx")
    old, _ = soffice.converted([source, source], suffix="docx", to="doc")
    assert old is not None
    layout = formats.read(old, name="自评表.wps")
    assert (layout.format, layout.doubts) == ("doc", ())
    itself = bare(old, monkeypatch)
    assert shape(layout) == shape(itself) == [(c.row, c.column, c.text, 1, 1) for c in cells]
    assert lines(layout) == lines(itself) == ["自评表", "注：略"]
