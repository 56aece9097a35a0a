"""What documents hold beside plain paragraphs and tables: revisions, fields, headers, parts taken in, quirks of WPS."""

from collections.abc import Mapping

import pytest

from jixiao import formats
from jixiao.errors import UnreadableError
from jixiao.layout import Grid, Layout, Line
from tests.formats.made import OFFICE, WORD, document, packed, paragraph, relations, table


def read(data: bytes) -> Layout:
    return formats.read(data, name="自评.docx")


def lines(layout: Layout) -> list[str]:
    return [b.text for b in layout.blocks if isinstance(b, Line)]


def grids(layout: Layout) -> list[list[tuple[int, int, str, int, int]]]:
    return [
        [(c.row, c.column, c.text, c.rowspan, c.colspan) for c in b.cells]
        for b in layout.blocks
        if isinstance(b, Grid)
    ]


def texts(body: str) -> list[str]:
    return lines(read(document(body)))


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tcPr>{properties}</w:tcPr>{paragraph(text)}"


def made(body: str, parts: Mapping[str, str | bytes], *related: tuple[str, str, str]) -> bytes:
    """A document with parts beside it, by their relations (id, kind, target)."""
    main = f'<w:document xmlns:w="{WORD}" xmlns:r="{OFFICE}"><w:body>{body}</w:body></w:document>'
    own = {"_rels/.rels": relations(("r", "officeDocument", "word/document.xml")), "word/document.xml": main}
    return packed({**own, "word/_rels/document.xml.rels": relations(*related), **parts})


# ---------------------------------------------------------------- signs and fields


def font(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


@pytest.mark.parametrize(
    "markup, shown",
    [
        (run("R", font("Wingdings 2")), "☑"),
        (run("\uf0a3", font("Wingdings 2")), "☐"),
        (run("\uf0fe 是", font("Wingdings")), "☑ 是"),
        (run("\uf0a8", font("Wingdings")), "☐"),
        (run("Q", font("Wingdings")), ""),
        (run("R", font("宋体")), "R"),
        (run("≥"), "≥"),
    ],
)
def test_a_letter_in_a_symbol_font_is_the_sign_it_shows(markup: str, shown: str) -> None:
    assert texts(f"<w:p>{markup}{run('项')}</w:p>") == [f"{shown}项"]


@pytest.mark.parametrize("state, shown", [("1", "☑"), ("true", "☑"), ("0", "☐"), ("false", "☐")])
def test_a_tick_box_control_says_whether_it_is_ticked_whatever_sign_it_shows(state: str, shown: str) -> None:
    name = "http://schemas.microsoft.com/office/word/2010/wordml"
    control = (
        f'<w:sdt><w:sdtPr><w14:checkbox xmlns:w14="{name}"><w14:checked w14:val="{state}"/></w14:checkbox></w:sdtPr>'
        f"<w:sdtContent>{run('☒')}</w:sdtContent></w:sdt>"
    )
    assert texts(f"<w:p>{control}{run('是')}</w:p>") == [f"{shown}是"]


def test_an_old_drop_down_shows_its_chosen_word() -> None:
    field = "<w:r><w:fldChar><w:ffData><w:ddList>{}{}</w:ddList></w:ffData></w:fldChar></w:r>"
    words = '<w:listEntry w:val="优"/><w:listEntry w:val="良"/>'
    assert texts(
        f"<w:p>{field.format('<w:result w:val=' + chr(34) + '1' + chr(34) + '/>', words)}</w:p>"
    ) == ["良"]
    assert texts(f"<w:p>{field.format('', words)}</w:p>") == ["优"]


def test_a_fraction_keeps_its_line() -> None:
    name = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    sum_ = f'<m:oMath xmlns:m="{name}"><m:f><m:num><m:r><m:t>45</m:t></m:r></m:num><m:den><m:r><m:t>50</m:t></m:r></m:den></m:f></m:oMath>'
    assert texts(f"<w:p>{run('执行率 ')}{sum_}</w:p>") == ["执行率 45/50"]


# ---------------------------------------------------------------- revisions


def test_a_struck_row_is_gone_and_the_revision_is_a_doubt() -> None:
    body = f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{cell('删')}</w:tc></w:tr><w:tr><w:tc>{cell('甲')}</w:tc></w:tr></w:tbl>"
    layout = read(document(body))
    assert grids(layout) == [[(0, 0, "甲", 1, 1)]]
    assert "修订" in layout.doubts[0].why


def test_hidden_rows_and_paragraphs_moved_away_are_not_read() -> None:
    body = (
        f"<w:moveFrom>{paragraph('移走')}</w:moveFrom><w:moveTo>{paragraph('移来')}</w:moveTo>"
        f"<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{cell('藏')}</w:tc></w:tr>"
        f"<w:tr><w:trPr><w:hidden w:val='0'/></w:trPr><w:tc>{cell('甲')}</w:tc></w:tr></w:tbl>"
    )
    layout = read(document(body))
    assert (lines(layout), grids(layout)) == (["移来"], [[(0, 0, "甲", 1, 1)]])


def test_what_stands_twice_for_old_programs_is_read_once() -> None:
    name = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    twice = "<mc:Choice>{0}</mc:Choice><mc:Fallback>{0}</mc:Fallback>".format(
        paragraph("甲") + table([cell("乙"), cell("丙")])
    )
    layout = read(document(f'<mc:AlternateContent xmlns:mc="{name}">{twice}</mc:AlternateContent>'))
    assert (lines(layout), len(grids(layout))) == (["甲"], 1)


# ---------------------------------------------------------------- tables in odd places


def test_a_table_in_a_text_box_is_a_grid() -> None:
    box = f"<w:txbxContent>{paragraph('框内')}{table([cell('甲'), cell('乙')])}</w:txbxContent>"
    layout = read(document(f"<w:p>{run('框外')}<w:r><w:pict>{box}</w:pict></w:r></w:p>"))
    assert (lines(layout), grids(layout)) == (["框外", "框内"], [[(0, 0, "甲", 1, 1), (0, 1, "乙", 1, 1)]])


def test_a_frame_of_one_column_round_a_table_is_unfolded_in_order() -> None:
    inner = table([cell("甲"), cell("乙")])
    layout = read(document(table([cell("标题") + inner + paragraph("注")], [cell("尾")])))
    assert [b.text if isinstance(b, Line) else "表" for b in layout.blocks] == ["标题", "表", "注", "尾"]
    assert [c.text for b in layout.blocks if isinstance(b, Grid) for c in b.cells] == ["甲", "乙"]


def test_a_table_in_a_merged_cell_is_read_once() -> None:
    start, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    inner = table([cell("内"), cell("里")])
    body = table([cell("资金", start) + inner, cell("甲")], [cell("", on) + inner, cell("乙")])
    assert [[c[2] for c in grid] for grid in grids(read(document(body)))] == [
        ["资金", "甲", "乙"],
        ["内", "里"],
    ]


def test_a_merge_that_does_not_match_goes_to_the_cell_it_lies_under() -> None:
    start, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(
        [cell("甲", '<w:gridSpan w:val="2"/>'), cell("资金", f'<w:gridSpan w:val="3"/>{start}'), cell("乙")],
        [cell("丙", '<w:gridSpan w:val="3"/>'), cell("", f'<w:gridSpan w:val="2"/>{on}'), cell("丁")],
        [cell("戊", '<w:gridSpan w:val="2"/>'), cell("", f'<w:gridSpan w:val="3"/>{on}'), cell("己", on)],
    )
    ((*cells,),) = grids(read(document(body)))
    assert [c for c in cells if c[3] > 1] == [(0, 2, "资金", 3, 3)]
    assert (2, 5, "己", 1, 1) in cells


def test_columns_of_no_width_join_their_neighbour_unless_a_cell_stands_there_alone() -> None:
    def with_widths(*widths: int) -> list[tuple[int, int, str, int, int]]:
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        two = '<w:gridSpan w:val="2"/>'
        rows = table([cell("甲"), cell("乙", two)], [cell("丙", two), cell("丁")])
        (cells,) = grids(read(document(rows.replace("<w:tbl>", f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>"))))
        return cells

    assert with_widths(1000, 1, 1000) == [
        (0, 0, "甲", 1, 1),
        (0, 1, "乙", 1, 1),
        (1, 0, "丙", 1, 1),
        (1, 1, "丁", 1, 1),
    ]
    uneven = [(0, 0, "甲", 1, 1), (0, 1, "乙", 1, 2), (1, 0, "丙", 1, 2), (1, 2, "丁", 1, 1)]
    for widths in ((1000, 200, 1000), (0, 0, 0), (1000, 1000, 1), ()):
        assert with_widths(*widths) == uneven


# ---------------------------------------------------------------- headers

HEADER = '<w:hdr xmlns:w="{}">{}</w:hdr>'
FORM = table([cell("项目名称"), cell("护林补助")], [cell("分值"), cell("10")])


def with_header(body: str, *headers: str) -> Layout:
    parts = {f"word/header{n}.xml": HEADER.format(WORD, content) for n, content in enumerate(headers, 1)}
    return read(
        made(body, parts, *((f"h{n}", "header", f"header{n}.xml") for n in range(1, len(headers) + 1)))
    )


def test_a_title_in_the_header_is_read_where_the_page_begins_with_a_table() -> None:
    layout = with_header(
        FORM, paragraph("项目支出绩效自评表") + paragraph("第 1 页"), paragraph("项目支出绩效自评表")
    )
    assert lines(layout) == ["项目支出绩效自评表"]
    assert "页眉" in layout.doubts[0].why
    assert "标题" in layout.doubts[0].why


def test_a_header_over_text_is_furniture() -> None:
    layout = with_header(paragraph("自评报告") + FORM, paragraph("青禾县财政局"))
    assert (lines(layout), layout.doubts) == (["自评报告"], ())


def test_a_table_in_the_header_is_read_unless_the_page_has_it_too() -> None:
    rest = table([cell("指标"), cell("得分")])
    layout = with_header(paragraph("自评表") + rest, FORM)
    assert [grid[0][2] for grid in grids(layout)] == ["项目名称", "指标"]
    assert "表格" in layout.doubts[0].why
    assert len(grids(with_header(paragraph("自评表") + FORM, FORM))) == 1
    assert len(grids(with_header(paragraph("自评表") + rest, table([cell("标识"), cell("某局")])))) == 1


def test_a_document_whose_text_is_all_in_its_header_is_read() -> None:
    assert len(grids(with_header(paragraph(""), FORM))) == 1


# ---------------------------------------------------------------- parts taken in

CHUNK = '<w:altChunk r:id="c"/>'
PAGE = "<!DOCTYPE html><html><body><p>页内</p><table><tr><td>甲<td>乙</table></body></html>"
ARCHIVE = f'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: text/html; charset=utf-8\n\n{PAGE}\n--b--\n'


@pytest.mark.parametrize(
    "content",
    [PAGE, ARCHIVE, document(paragraph("页内") + table([cell("甲"), cell("乙")]))],
    ids=["html", "mht", "docx"],
)
def test_a_part_taken_in_whole_stands_where_it_was_put(content: str | bytes) -> None:
    body = paragraph("前") + FORM + CHUNK + paragraph("后")
    layout = read(made(body, {"word/part.dat": content}, ("c", "aFChunk", "part.dat")))
    assert [b.text if isinstance(b, Line) else "表" for b in layout.blocks] == [
        "前",
        "表",
        "页内",
        "表",
        "后",
    ]
    assert [b.place.table for b in layout.blocks if isinstance(b, Grid)] == [1, 2]
    assert [b.place.line for b in layout.blocks if isinstance(b, Line)] == [1, 2, 3]


def test_a_part_that_is_missing_damaged_or_one_too_deep_is_a_doubt() -> None:
    def doubt(parts: Mapping[str, str | bytes]) -> str:
        layout = read(made(paragraph("前") + CHUNK, parts, ("c", "aFChunk", "part.dat")))
        assert lines(layout)[0] == "前"
        return layout.doubts[0].why

    inner = made(paragraph("中") + CHUNK, {"word/part.dat": PAGE}, ("c", "aFChunk", "part.dat"))
    assert "找不到" in doubt({})
    assert "损坏" in doubt({"word/part.dat": b"PK\x03\x04xx"})
    assert "层数过多" in doubt({"word/part.dat": inner})


# ---------------------------------------------------------------- what is not read is told


def test_embedded_workbooks_and_pictures_for_tables_are_doubts() -> None:
    embedded = read(document(paragraph("自评表") + "<w:p><w:r><w:object/></w:r></w:p>"))
    assert "嵌有 1 个对象" in embedded.doubts[0].why
    picture = "<w:p><w:r><w:drawing><a:blip xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'/></w:drawing></w:r></w:p>"
    assert "1 张图片未读取" in read(document(paragraph("自评表") + picture)).doubts[0].why
    assert not read(document(FORM + picture)).doubts


def test_the_strict_dialect_reads_alike() -> None:
    body = document(paragraph("甲") + FORM)
    parts = {
        "word/document.xml": f'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>{paragraph("甲")}{FORM}</w:body></w:document>'
    }
    assert read(packed(parts)).blocks == read(body).blocks


def test_a_document_without_text_is_still_refused() -> None:
    with pytest.raises(UnreadableError, match="没有文字"):
        with_header(paragraph(""), paragraph("第 1 页"))
