"""Ten thousand damaged files: each is read or refused in one sentence, and none takes long or brings anything down."""

import random
import time
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest

from jixiao import formats
from jixiao.errors import UnreadableError
from jixiao.layout import Cell, Grid, Layout, Line, Role
from tests.formats.made import compound, document, inline, packed, paragraph, sheet, table, workbook

LONGEST = 2.0  # seconds

TEXT = (
    '# 青禾县自评报告\n一、概况\n项目名称\t村道修缮\t\t\n\t预算\t"年初\n数"\t10\n— 2 —\n| 指标 | 分值 |\n|---|---|\n| 满意度 | 10 |\n'
    "┌──┬──┐\n│甲│乙│\n└──┴──┘\n指标  分值  得分\n数量  10  9\n质量  5  5\n<table><tr><td rowspan=2>甲</td><td>乙</td></tr></table>\n"
)  # fmt: skip
BOOK = workbook(
    sheet(
        f'<row r="1">{inline("A1", "项目支出绩效自评表")}</row><row r="2" hidden="1">{inline("A2", "藏")}</row>'
        '<row r="3"><c r="A3" s="1"><v>0.8844</v></c><c r="B3" t="s"><v>1</v></c><c r="C3"><f>1+1</f></c><c r="D3" s="2"><v>45042</v></c></row>',
        before='<cols><col min="5" max="6" hidden="1"/></cols>',
        after='<mergeCells><mergeCell ref="A1:D1"/><mergeCell ref="B3:B5"/></mergeCells>',
    ),
    (sheet(""), "hidden"),
    formats=["0.00%", 'yyyy"年"m"月"d"日"'],
    strings="<si><t>甲</t></si><si><r><t>乙_x000D_</t></r></si>",
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
)
PAGE = document(
    paragraph("一、概况", '<w:pStyle w:val="a"/><w:numPr><w:numId w:val="1"/></w:numPr>')
    + table(
        [
            f'<w:tcPr><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/></w:tcPr>{paragraph("甲")}',
            paragraph("乙"),
        ],
        [
            f'<w:tcPr><w:gridSpan w:val="2"/><w:vMerge/></w:tcPr>{paragraph("")}',
            paragraph("丙") + table([paragraph("内")]),
        ],
    )
    + "<w:p><w:del><w:r><w:t>删</w:t></w:r></w:del><w:r><w:sym w:font='Wingdings' w:char='F0FE'/></w:r></w:p>",
    styles='<w:style w:styleId="a"><w:name w:val="heading 1"/><w:basedOn w:val="b"/></w:style>',
    numbering=NUMBERING,
)
WRITTEN = formats.write(
    Layout(
        "甲",
        (Line("标题", level=0), Grid((Cell(0, 0, "甲", colspan=2), Cell(1, 0, "1.50", role=Role.NUMBER)))),
    ),
    "xlsx",
)
SEEDS = {
    "text": TEXT.encode(), "gb18030": TEXT.encode("gb18030"), "utf-16": TEXT.encode("utf-16"),
    "xlsx": BOOK, "docx": PAGE, "written": WRITTEN, "ole": compound("EncryptedPackage"), "nested": packed({"a.docx": PAGE}),
}  # fmt: skip

Change = Callable[[random.Random, bytes], bytes]


def flip(chance: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 20))):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(chance: random.Random, data: bytes) -> bytes:
    start, end = sorted((chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)))
    return chance.choice((data[:start], data[end:], data[:start] + data[end:]))


def splice(chance: random.Random, data: bytes) -> bytes:
    other = chance.choice(tuple(SEEDS.values()))
    at, start = chance.randrange(len(data) + 1), chance.randrange(len(other))
    return data[:at] + other[start : start + chance.randrange(200)] + data[at:]


def repeat(chance: random.Random, data: bytes) -> bytes:
    start = chance.randrange(len(data) + 1)
    piece = data[start : start + chance.randrange(1, 60)]
    return data[:start] + piece * chance.choice((2, 5, 400)) + data[start:]


def renumber(chance: random.Random, data: bytes) -> bytes:
    digits = [at for at, byte in enumerate(data) if chr(byte).isdigit()]
    if not digits:
        return data
    at = chance.choice(digits)
    return (
        data[:at]
        + chance.choice((b"0", b"-1", b"99999", b"999999999999", b"1048576", b"x", b""))
        + data[at + 1 :]
    )


CHANGES: tuple[Change, ...] = (flip, cut, splice, repeat, renumber)


def change_inside(chance: random.Random, data: bytes) -> bytes:
    """Change one part of a zip and pack it again: the zip stays sound, what is in it does not."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(tuple(parts))
    if chance.randrange(8) == 0:
        del parts[name]
    elif chance.randrange(8) == 0:
        parts[name] = parts[chance.choice(tuple(parts))]
    else:
        parts[name] = chance.choice(CHANGES)(chance, parts[name])
    return packed(parts)


def damaged(chance: random.Random, data: bytes) -> bytes:
    if data.startswith(b"PK") and chance.randrange(3):
        return change_inside(chance, data)
    for _ in range(chance.choice((1, 1, 2))):
        data = chance.choice(CHANGES)(chance, data)
    return data


def read_or_refuse(data: bytes, name: str) -> float:
    started = time.perf_counter()
    said = answer(data, name)
    took = time.perf_counter() - started
    assert said.startswith(f"“{name}”：") or said == "read"
    return took


def answer(data: bytes, name: str) -> str:
    try:
        layout = formats.read(data, name=name)
    except UnreadableError as refusal:
        return str(refusal)
    return "read" if layout.blocks or layout.doubts else "nothing"


@pytest.mark.parametrize("seed", SEEDS)
def test_a_few_damaged_files_are_read_or_refused(seed: str) -> None:
    chance = random.Random(f"few {seed}")
    for number in range(25):
        assert read_or_refuse(damaged(chance, SEEDS[seed]), f"{seed}-{number}") < LONGEST


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_ten_thousand_damaged_files_are_read_or_refused(seed: str) -> None:
    chance = random.Random(seed)
    for number in range(10_000 // len(SEEDS)):
        assert read_or_refuse(damaged(chance, SEEDS[seed]), f"{seed}-{number}") < LONGEST
