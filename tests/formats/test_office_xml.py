import pytest

from jixiao import formats
from jixiao.errors import UnreadableError
from jixiao.layout import Grid, Layout, Line
from tests.formats.made import WORD, paragraph, table

SHEET = "urn:schemas-microsoft-com:office:spreadsheet"
PROLOG = '<?xml version="1.0" encoding="{}"?>\n<?mso-application progid="{}"?>\n'
STYLES = (
    '<Styles><Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style><Style ss:ID="z"><NumberFormat ss:Format="0.00"/></Style>'
    '<Style ss:ID="d"><NumberFormat ss:Format="yyyy&quot;年&quot;m&quot;月&quot;"/></Style></Styles>'
)


def workbook(*rows: str, before: str = "", after: str = "", encoding: str = "utf-8") -> bytes:
    body = f'<Worksheet ss:Name="自评表"><Table>{before}{"".join(rows)}</Table>{after}</Worksheet>'
    prolog = PROLOG.format(encoding, "Excel.Sheet")
    return f'{prolog}<Workbook xmlns="{SHEET}" xmlns:ss="{SHEET}">{STYLES}{body}</Workbook>'.encode(encoding)


def data(text: str, kind: str = "String") -> str:
    return f'<Data ss:Type="{kind}">{text}</Data>'


def read(content: bytes) -> Layout:
    layout = formats.read(content, name="自评表.xls")
    assert layout.format == "office_xml"
    return layout


def shape(layout: Layout) -> list[tuple[int, int, str, int, int]]:
    (grid,) = (b for b in layout.blocks if isinstance(b, Grid))
    return [(c.row, c.column, c.text, c.rowspan, c.colspan) for c in grid.cells]


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312", "utf-16"])
def test_rows_cells_and_merges_of_a_workbook(encoding: str) -> None:
    layout = read(
        workbook(
            f'<Row><Cell ss:MergeAcross="2">{data("自评表")}</Cell></Row>',
            f'<Row ss:Index="3"><Cell ss:MergeDown="1">{data("甲&#10;乙")}</Cell><Cell ss:Index="3">{data("丙")}</Cell></Row>',
            f'<Row><Cell ss:Index="3">{data("<B>丁</B>戊")}</Cell></Row>',
            encoding=encoding,
        )
    )
    assert shape(layout) == [
        (0, 0, "自评表", 1, 3),
        (2, 0, "甲\n乙", 2, 1),
        (2, 2, "丙", 1, 1),
        (3, 2, "丁戊", 1, 1),
    ]
    (grid,) = layout.blocks
    assert [(c.place.sheet, c.place.cell) for c in grid.cells][-1] == ("自评表", "C4")


@pytest.mark.parametrize(
    "style, kind, stored, shown",
    [
        ("p", "Number", "0.88439999999999996", "88.44%"), ("z", "Number", "35.4", "35.40"), ("", "Number", "35.37", "35.37"),
        ("d", "DateTime", "2024-05-01T00:00:00.000", "2024年5月"), ("", "DateTime", "2024-05-01T00:00:00.000", "2024/5/1"),
        ("", "DateTime", "不详", "不详"), ("", "Boolean", "1", "TRUE"), ("", "String", "007", "007"),
    ],
)  # fmt: skip
def test_a_value_is_shown_by_its_style(style: str, kind: str, stored: str, shown: str) -> None:
    mark = f' ss:StyleID="{style}"' if style else ""
    assert shape(read(workbook(f"<Row><Cell{mark}>{data(stored, kind)}</Cell></Row>")))[0][2] == shown


def test_what_a_workbook_hides_is_left_out_with_a_doubt() -> None:
    row = f"<Row{{}}><Cell>{data('甲')}</Cell><Cell>{data('密')}</Cell><Cell>{data('乙')}</Cell></Row>"
    layout = read(
        workbook(row.format(""), row.format(' ss:Hidden="1"'), before='<Column ss:Index="2" ss:Hidden="1"/>')
    )
    assert [cell[2] for cell in shape(layout)] == ["甲", "乙"]
    assert "第 2 行、B 列被隐藏" in layout.doubts[0].why
    hidden = read(
        workbook(row.format(""), after="<WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions>")
    )
    assert not hidden.blocks
    assert "被隐藏" in hidden.doubts[0].why


def test_a_formula_without_a_value_and_an_error_are_doubts() -> None:
    cells = f'<Row><Cell ss:Formula="=RC[1]"/><Cell>{data("#DIV/0!", "Error")}</Cell></Row>'
    layout = read(workbook(cells))
    assert [cell[2] for cell in shape(layout)] == ["#DIV/0!"]
    assert [doubt.place.cell for doubt in layout.doubts] == ["A1", "B1"]


def refused(content: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        formats.read(content, name="自评表.xls")
    return str(caught.value)


def test_hostile_and_empty_workbooks_are_refused() -> None:
    assert "没有内容" in refused(workbook())
    assert "损坏" in refused(workbook()[:-20])
    assert "损坏" in refused(workbook('<Row ss:Index="999999999"/>'))
    assert "损坏" in refused(workbook('<Row><Cell ss:Index="9999999"/></Row>'))
    assert "过多" in refused(workbook('<Row ss:Index="1" ss:Span="1000000" ss:Hidden="1"/>'))
    assert "过多" in refused(workbook('<Column ss:Index="1" ss:Span="16000" ss:Hidden="1"/>' * 30))
    assert "过多" in refused(workbook(*['<Row><Cell ss:MergeAcross="60" ss:MergeDown="60"/></Row>'] * 200))
    bomb = workbook().replace(b"<Workbook", b'<!DOCTYPE a [<!ENTITY b "c">]><Workbook')
    assert "DOCTYPE" in refused(bomb)


def test_a_document_of_word_2003_is_read_as_a_docx_is() -> None:
    name = "http://schemas.microsoft.com/office/word/2003/wordml"
    rows = table(
        [
            '<w:tcPr><w:vmerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>资金</w:t></w:r></w:p>',
            paragraph("年初"),
        ],
        ["<w:tcPr><w:vmerge/></w:tcPr><w:p/>", paragraph("10")],
    )
    styles = '<w:styles><w:style w:type="paragraph" w:styleId="a1"><w:name w:val="heading 1"/></w:style></w:styles>'
    body = f"<wx:sect>{paragraph('一、概况', '<w:pStyle w:val=' + chr(34) + 'a1' + chr(34) + '/>')}{rows}</wx:sect>"
    wx = 'xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint"'
    content = f'{PROLOG.format("utf-8", "Word.Document")}<w:wordDocument xmlns:w="{name}" {wx}>{styles}<w:body>{body}</w:body></w:wordDocument>'
    layout = read(content.encode())
    assert [(b.text, b.level) for b in layout.blocks if isinstance(b, Line)] == [("一、概况", 1)]
    assert shape(layout) == [(0, 0, "资金", 2, 1), (0, 1, "年初", 1, 1), (1, 1, "10", 1, 1)]


def test_a_document_saved_flat_is_the_docx_it_holds() -> None:
    name = "http://schemas.microsoft.com/office/2006/xmlPackage"
    inner = f'<w:document xmlns:w="{WORD}"><w:body>{paragraph("甲")}{table([paragraph("乙"), paragraph("丙")])}</w:body></w:document>'
    content = (
        f'{PROLOG.format("utf-8", "Word.Document")}<pkg:package xmlns:pkg="{name}"><pkg:part pkg:name="/word/document.xml">'
        f"<pkg:xmlData>{inner}</pkg:xmlData></pkg:part></pkg:package>"
    )
    layout = read(content.encode())
    assert [b.text for b in layout.blocks if isinstance(b, Line)] == ["甲"]
    assert shape(layout) == [(0, 0, "乙", 1, 1), (0, 1, "丙", 1, 1)]
    assert "损坏" in refused(content.replace("xmlData", "binaryData").encode())
