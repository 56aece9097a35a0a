import io
import time

import docx
import pytest

from jixiao import formats
from jixiao.errors import UnreadableError
from jixiao.formats.counting import chinese, counted_as
from jixiao.layout import Cell, Grid, Layout, Line, Place, Role
from tests.formats.made import document, paragraph, table


def read(data: bytes) -> Layout:
    return formats.read(data, name="自评.docx")


def texts(body: str, **parts: str) -> list[str]:
    return [b.text for b in read(document(body, **parts)).blocks if isinstance(b, Line)]


def grid_of(body: str) -> Grid:
    (grid,) = (block for block in read(document(body)).blocks if isinstance(block, Grid))
    return grid


def shape(grid: Grid) -> list[tuple[int, int, str, int, int]]:
    return [(c.row, c.column, c.text, c.rowspan, c.colspan) for c in grid.cells]


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tcPr>{properties}</w:tcPr>{paragraph(text)}"


HEADINGS = (
    '<w:style w:type="paragraph" w:styleId="a1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="a2"><w:name w:val="小标题"/><w:basedOn w:val="a1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="o"><w:name w:val="要点"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="l"><w:name w:val="列"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="环"/><w:basedOn w:val="x"/></w:style>'
)
LISTS = (
    '<w:abstractNum w:abstractNumId="7">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="（%2）"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>'
    '<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def listed(level: int, list_id: int = 1) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


# ---------------------------------------------------------------- paragraphs


@pytest.mark.parametrize(
    "style, level", [("t", 0), ("a1", 1), ("a2", 1), ("o", 3), ("x", None), ("没有", None)]
)
def test_a_heading_has_the_level_of_its_style(style: str, level: int | None) -> None:
    (line,) = read(document(paragraph("一、概况", f'<w:pStyle w:val="{style}"/>'), styles=HEADINGS)).blocks
    assert isinstance(line, Line)
    assert line.level == level


def test_automatic_numbers_are_counted_as_word_does() -> None:
    levels = (0, 1, 1, 2, 2, 0, 1, 3)
    body = "".join(paragraph("甲", listed(level)) for level in levels)
    assert texts(body, numbering=LISTS) == [
        "一、甲",
        "（一）甲",
        "（二）甲",
        "1.甲",
        "2.甲",
        "二、甲",
        "（一）甲",
        "甲",
    ]


def test_a_list_may_start_anew_and_come_from_a_style() -> None:
    body = (
        paragraph("甲", '<w:pStyle w:val="l"/>')
        + paragraph("乙", listed(0))
        + paragraph("丙", listed(0, 2))
        + paragraph("丁", listed(0, 0))
    )
    assert texts(body, numbering=LISTS, styles=HEADINGS) == ["一、甲", "二、乙", "一、丙", "丁"]


def test_automatic_numbers_stand_in_cells_too() -> None:
    body = table(
        [f"<w:tcPr/><w:p><w:pPr>{listed(2)}</w:pPr></w:p>", cell("甲")],
        [f"<w:tcPr/><w:p><w:pPr>{listed(2)}</w:pPr></w:p>", cell("乙")],
    )
    (grid,) = read(document(body, numbering=LISTS)).blocks
    assert isinstance(grid, Grid)
    assert [c.text for c in grid.cells] == ["1.", "甲", "2.", "乙"]


@pytest.mark.parametrize(
    "number, word",
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (103, "一百零三"),
        (110, "一百一十"),
        (2023, "二千零二十三"),
    ],
)
def test_chinese_numbers_are_those_of_headings(number: int, word: str) -> None:
    assert chinese(number) == word


@pytest.mark.parametrize(
    "counts, number, shown",
    [
        ("upperRoman", 4, "IV"),
        ("lowerLetter", 28, "bb"),
        ("decimalEnclosedCircle", 3, "③"),
        ("decimalZero", 3, "03"),
        ("ideographTraditional", 2, "乙"),
        ("unknown", 5, "5"),
    ],
)
def test_other_ways_of_counting(counts: str, number: int, shown: str) -> None:
    assert counted_as(counts, number) == shown


def test_deletions_are_dropped_insertions_kept_and_the_revision_is_a_doubt() -> None:
    body = f"<w:p>{run('执行')}<w:del><w:r><w:delText>九成</w:delText></w:r></w:del><w:ins>{run('十成')}</w:ins></w:p>"
    layout = read(document(body))
    assert [b.text for b in layout.blocks if isinstance(b, Line)] == ["执行十成"]
    assert "修订" in layout.doubts[0].why


def test_hidden_text_field_codes_and_notes_are_not_read() -> None:
    body = (
        f"<w:p>{run('甲')}<w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
        f"<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>乙</w:t></w:r><w:hyperlink>{run('丙')}</w:hyperlink></w:p>"
    )
    assert texts(body) == ["甲乙丙"]


def test_a_line_broken_by_hand_is_two_lines_and_a_tab_a_space() -> None:
    assert texts("<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r></w:p>") == [
        "甲 乙",
        "丙",
    ]


@pytest.mark.parametrize(
    "markup, shown",
    [
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "☑"),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="F0A3"/></w:r>', "☐"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>', "≥"),
        (
            '<w:r><w:fldChar><w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>',
            "☑",
        ),
        (
            '<w:r><w:fldChar><w:ffData><w:checkBox><w:default w:val="0"/></w:checkBox></w:ffData></w:fldChar></w:r>',
            "☐",
        ),
        (
            "<w:sdt><w:sdtPr><w:checkbox/></w:sdtPr><w:sdtContent><w:r><w:t>☒</w:t></w:r></w:sdtContent></w:sdt>",
            "☒",
        ),
    ],
)
def test_tick_boxes_and_signs_of_symbol_fonts_are_read(markup: str, shown: str) -> None:
    assert texts(f"<w:p>{markup}{run('是')}</w:p>") == [f"{shown}是"]


def test_a_text_box_follows_its_paragraph_once() -> None:
    box = f"<w:txbxContent>{paragraph('框内')}</w:txbxContent>"
    body = (
        '<w:p xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r><mc:AlternateContent>'
        f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        f"</mc:AlternateContent></w:r>{run('框外')}</w:p>"
    )
    assert texts(body) == ["框外", "框内"]


def test_content_controls_and_paragraph_numbers() -> None:
    body = (
        paragraph("")
        + f"<w:sdt><w:sdtContent>{paragraph('甲')}{table([cell('乙')])}</w:sdtContent></w:sdt>"
        + paragraph("丙")
    )
    assert [(b.text, b.place.line) for b in read(document(body)).blocks if isinstance(b, Line)] == [
        ("甲", 2),
        ("丙", 3),
    ]


def test_a_document_of_pictures_is_refused() -> None:
    with pytest.raises(UnreadableError, match="没有文字"):
        read(document("<w:p><w:r><w:drawing/></w:r></w:p>"))


# ---------------------------------------------------------------- tables


def test_spans_come_from_grid_span_and_vertical_merge() -> None:
    start, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(
        [cell("标题", '<w:gridSpan w:val="3"/>')],
        [cell("资金", start), cell("甲"), cell("乙", f'<w:gridSpan w:val="1"/>{start}')],
        [cell("", on), cell("丙"), cell("", on)],
        [cell("", on), cell("丁", start), cell("戊", start)],
    )
    assert shape(grid_of(body)) == [
        (0, 0, "标题", 1, 3), (1, 0, "资金", 3, 1), (1, 1, "甲", 1, 1), (1, 2, "乙", 2, 1), (2, 1, "丙", 1, 1),
        (3, 1, "丁", 1, 1), (3, 2, "戊", 1, 1),
    ]  # fmt: skip


def test_rows_may_begin_late_and_a_merge_without_a_start_is_a_cell() -> None:
    late = f'<w:tbl><w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr><w:tc>{cell("甲")}</w:tc></w:tr><w:tr><w:tc>{cell("乙", "<w:vMerge/>")}</w:tc></w:tr></w:tbl>'
    assert shape(grid_of(late)) == [(0, 2, "甲", 1, 1), (1, 0, "乙", 1, 1)]


def test_struck_rows_and_cells_are_gone_and_wrapped_ones_stay() -> None:
    body = (
        f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{cell('删')}</w:tc></w:tr>"
        f"<w:sdt><w:sdtContent><w:tr><w:tc>{cell('甲')}</w:tc><w:sdt><w:sdtContent><w:tc>{cell('乙')}</w:tc></w:sdtContent></w:sdt>"
        f"<w:tc>{cell('删', '<w:cellDel/>')}</w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>"
    )
    assert shape(grid_of(body)) == [(0, 0, "甲", 1, 1), (0, 1, "乙", 1, 1)]


def test_a_nested_table_is_a_grid_of_its_own_after_the_outer() -> None:
    inner = table([cell("内")])
    outer, nested = read(document(table([cell("左"), cell("外") + inner + paragraph("尾")]))).blocks
    assert isinstance(outer, Grid)
    assert isinstance(nested, Grid)
    assert [c.text for c in (*outer.cells, *nested.cells)] == ["左", "外\n尾", "内"]
    assert (outer.place.table, nested.place.table) == (1, 2)


def test_absurd_spans_are_bounded() -> None:
    spans = '<w:gridSpan w:val="999999999"/>'
    assert (
        grid_of(table([cell("甲", spans), cell("乙", '<w:gridSpan w:val="-3"/>')])).cells[1].column <= 1_000
    )


@pytest.mark.slow
def test_many_styles_in_a_circle_cost_no_time() -> None:
    styles = "".join(
        f'<w:style w:styleId="s{n}"><w:name w:val="n"/><w:basedOn w:val="s{(n + 1) % 20_000}"/></w:style>'
        for n in range(20_000)
    )
    started = time.process_time()
    read(document(paragraph("甲"), styles=styles))
    assert time.process_time() - started < 3


# ---------------------------------------------------------------- writing


LAYOUT = Layout("x", (
    Line("青禾县自评报告", level=0), Line("一、概况", level=1), Line("正文 <甲> & 乙"),
    Grid((Cell(0, 0, "标题", colspan=2, role=Role.HEADING), Cell(1, 0, "资\n金", rowspan=2), Cell(2, 1, "1.5", role=Role.NUMBER))),
    Line("附件", Place(sheet="二")), Grid((Cell(0, 0, "末"),), Place(sheet="二")),
))  # fmt: skip


def test_what_was_written_is_read_back() -> None:
    blocks = read(formats.write(LAYOUT, "docx")).blocks
    assert [(b.text, b.level) for b in blocks if isinstance(b, Line)] == [
        ("青禾县自评报告", 0), ("一、概况", 1), ("正文 <甲> & 乙", None), ("附件", None),
    ]  # fmt: skip
    first, last = (b for b in blocks if isinstance(b, Grid))
    assert [c for c in shape(first) if c[2]] == [
        (0, 0, "标题", 1, 2),
        (1, 0, "资\n金", 2, 1),
        (2, 1, "1.5", 1, 1),
    ]
    assert shape(last) == [(0, 0, "末", 1, 1)]


@pytest.mark.slow
def test_the_written_file_is_sound_ends_with_a_paragraph_and_repeats_byte_for_byte() -> None:
    data = formats.write(LAYOUT, "docx")
    opened = docx.Document(io.BytesIO(data))
    assert opened.element.body[-2].tag.endswith("}p")
    assert [len(t.rows) for t in opened.tables] == [3, 1]
    assert not opened.core_properties.comments
    time.sleep(2.1)  # a zip counts in steps of two seconds
    assert formats.write(LAYOUT, "docx") == data


def test_an_empty_page_is_still_a_document() -> None:
    assert docx.Document(io.BytesIO(formats.write(Layout("x", ()), "docx"))).tables == []
