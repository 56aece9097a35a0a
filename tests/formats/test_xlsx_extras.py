"""What stands in workbooks beside cells, and workbooks of uncommon size."""

import io
import time
import zipfile

import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jixiao import formats
from jixiao.errors import UnreadableError
from jixiao.formats.xlsx import reading
from jixiao.formats.xlsx.sheet import column_name
from jixiao.layout import Grid, Layout
from tests.formats.made import inline, packed, sheet, workbook

SECONDS = 20  # on a machine that others use; on an idle one each takes about two


def texts(layout: Layout) -> list[dict[str, str]]:
    return [
        {str(c.place.cell): c.text for c in block.cells if c.text}
        for block in layout.blocks
        if isinstance(block, Grid)
    ]


def dressed() -> bytes:
    """A sheet with a chart, comments, a picture's frame, a list, conditional colours, protection; and a chart sheet."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        page, bold = book.add_worksheet("自评表"), book.add_format({"bold": True})
        page.write_row(0, 0, ["指标", "分值"], bold)
        page.write_row(1, 0, ["数量", 10])
        page.write_comment("B2", "复核：应为 8", {"author": "审核人", "visible": True})
        page.write_url(2, 0, "https://www.gov.cn/", string="依据")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"name": "图里的名字", "values": "=自评表!$B$2:$B$2"})
        page.insert_chart("D2", chart)
        page.insert_textbox("D20", "文本框里的字")
        page.data_validation("B2", {"validate": "list", "source": ["10", "8"]})
        page.conditional_format("B2", {"type": "cell", "criteria": ">", "value": 1, "format": bold})
        page.set_header("&C页眉里的字")
        page.autofilter("A1:B3")
        page.protect("口令", {"select_locked_cells": False})
        alone = book.add_chartsheet("图")
        series = book.add_chart({"type": "pie"})
        series.add_series({"values": "=自评表!$B$2:$B$2"})
        alone.set_chart(series)
        book.define_name("名", "=自评表!$A$1")
    return file.getvalue()


def test_charts_comments_boxes_and_protection_leave_the_cells_as_they_are() -> None:
    layout = formats.read(dressed(), name="表.xlsx")
    assert texts(layout) == [{"A1": "指标", "B1": "分值", "A2": "数量", "B2": "10", "A3": "依据"}]
    assert layout.doubts == ()


def test_macros_are_not_looked_at() -> None:
    with zipfile.ZipFile(io.BytesIO(dressed())) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    types, relations = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
    parts[types] = bytes(parts[types]).replace(  # type: ignore[arg-type]
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    macro = b'<Relationship Id="rm" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>'
    parts[relations] = bytes(parts[relations]).replace(b"</Relationships>", macro + b"</Relationships>")  # type: ignore[arg-type]
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0 not to be opened"
    assert texts(formats.read(packed(parts), name="表.xlsm")) == texts(
        formats.read(dressed(), name="表.xlsx")
    )


def merged(ranges: list[str], rows: int) -> bytes:
    body = "".join(f'<row r="{n}">{inline(f"A{n}", f"指标{n}")}</row>' for n in range(1, rows + 1))
    listed = "".join(f'<mergeCell ref="{ref}"/>' for ref in ranges)
    return workbook(sheet(body, after=f'<mergeCells count="{len(ranges)}">{listed}</mergeCells>'))


@pytest.mark.slow
def test_42_000_merged_ranges_are_each_owned_once() -> None:
    across = [f"{a}{n}:{b}{n}" for n in range(1, 14_001) for a, b in (("A", "B"), ("C", "D"), ("E", "F"))]
    started = time.process_time()
    (grid,) = formats.read(merged(across, 14_000), name="表").blocks
    assert time.process_time() - started < SECONDS
    assert isinstance(grid, Grid)
    assert len(grid.cells) == 42_000
    assert {(cell.rowspan, cell.colspan) for cell in grid.cells} == {(1, 2)}


@pytest.mark.slow
def test_a_million_empty_cells_are_cheap() -> None:
    cells = "".join(
        f'<row r="{n}" spans="1:50" ht="15">{"".join(f"""<c r="{column_name(c)}{n}" s="1"/>""" for c in range(50))}</row>'
        for n in range(1, 20_001)
    )
    rows = "".join(f'<row r="{n}" ht="15" customHeight="1"></row>' for n in range(20_001, 100_001))
    last = f'<row r="100001">{inline("A100001", "甲")}</row>'
    started = time.process_time()
    layout = formats.read(workbook(sheet(cells + rows + last), formats=["0.00"]), name="表")
    assert time.process_time() - started < SECONDS
    assert texts(layout) == [{"A100001": "甲"}]


# ---------------------------------------------------------------- thinning


def cells() -> st.SearchStrategy[str]:
    where = st.sampled_from(('r="A1" ', 'r="B1" ', 'r="D1" ', 'r="XFD9" ', ""))
    what = st.sampled_from(
        (
            "/>",
            "></c>",
            's="1"/>',
            "><v>7</v></c>",
            " ><f>1+1</f></c>",
            ' t="inlineStr"><is><t>甲</t></is></c>',
        )
    )
    between = st.sampled_from(("", "", "\n ", "<!-- -->"))
    return st.builds("{2}<c {0}{1}".format, where, what, between)


def rows() -> st.SearchStrategy[str]:
    where = st.sampled_from(('r="1" ', 'r="2" ', 'r="7" ', 'r="1048576" ', ""))
    how = st.sampled_from(("", 'ht="15" ', 'hidden="1" ', 'ht="0" ', 's="1" customFormat="1" '))
    full = st.builds("<row {0}{1}>{2}</row>".format, where, how, st.lists(cells(), max_size=5).map("".join))
    return full | st.builds("<row {0}{1}/>".format, where, how)


def answer(data: bytes) -> tuple[object, ...]:
    try:
        layout = reading.read(data, name="表")
    except UnreadableError as refusal:
        return (str(refusal),)
    return layout.blocks, layout.doubts


@given(st.lists(rows(), max_size=6).map("".join), st.sampled_from((7, 64, 65_536)))
@example('<row r="1"><c r="A1"/><c r="B1"/><c><v>1</v></c></row>', 64)
@example('<row r="1"/><row r="2"/><row><c><v>1</v></c></row>', 64)
@example('<row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[<c r="A1"/><c r="B1"]]></t></is></c></row>', 7)
@settings(max_examples=150)
def test_a_thinned_sheet_reads_as_it_would_whole(body: str, size: int) -> None:
    data = workbook(sheet(body))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("jixiao.formats.markup.CHUNK", size)
        thinned = answer(data)
        patch.setattr(reading, "Thinned", lambda part: part)
        assert answer(data) == thinned
