"""Sound files of every format, small and full of its features, for the mutations to start from.

A format adds its own here: a function that makes them, so that a run for one format waits for no other.
"""

from collections.abc import Callable, Mapping

import cv2
import numpy as np
import xlwt

from jixiao import formats
from jixiao.layout import Cell, Grid, Layout, Line, Place, Role
from tests.formats import made_pdf, old_word
from tests.formats.made import compound, document, inline, packed, paragraph, sheet, table, workbook
from tests.formats.made_xls import BIFF5, formula, label, number, saved, small, stream, wide_label, wrapped

TEXT = (
    '# 青禾县自评报告\n一、概况\n项目名称\t村道修缮\t\t\n\t预算\t"年初\n数"\t10\n— 2 —\n| 指标 | 分值 |\n|---|---|\n| 满意度 | 10 |\n'
    "┌──┬──┐\n│甲│乙│\n└──┴──┘\n指标  分值  得分\n数量  10  9\n质量  5  5\n<table><tr><td rowspan=2>甲</td><td>乙</td></tr></table>\n"
)  # fmt: skip
NUMBERING = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
)
PAPER = Layout(
    "甲",
    (
        Line("标题", level=0),
        Grid(
            (
                Cell(0, 0, "甲", colspan=2),
                Cell(1, 0, "1.50", role=Role.NUMBER),
                Cell(1, 1, "88.44%", rowspan=2),
            ),
            Place(sheet="表"),
        ),
    ),
)
WEB = (
    "<!DOCTYPE html><html><head><meta charset=gb2312><style>td{mso-number-format:'0.00%'}</style></head><body><h1>自评表</h1>"
    "<table><tr><td rowspan=2 colspan=3>指标<td>分值<tr><td hidden>10</table><ul><li>一<li>二</ul><p>总结&nbsp;&#8805;95%</body></html>"
)  # fmt: skip
ARCHIVE = (
    'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="----b"; type="text/html"\n\n------b\n'
    'Content-Type: text/html; charset="utf-8"\nContent-Transfer-Encoding: quoted-printable\n\n<table><tr><td>=E7=94=B2<td>88.44%</table>\n'
    "------b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n------b--\n"
)  # fmt: skip
SHEET = "urn:schemas-microsoft-com:office:spreadsheet"
OFFICE_XML = (
    '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    f'<Workbook xmlns="{SHEET}" xmlns:ss="{SHEET}"><Styles><Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style></Styles>'
    '<Worksheet ss:Name="表"><Table><Row><Cell ss:MergeAcross="1" ss:MergeDown="1"><Data ss:Type="String">甲</Data></Cell></Row>'
    '<Row ss:Index="3"><Cell ss:Index="2" ss:StyleID="p"><Data ss:Type="Number">0.8844</Data></Cell></Row></Table></Worksheet></Workbook>'
)
RICH = (
    r"{\rtf1\ansi\ansicpg936 \u33258?\u35780?\par \trowd\cellx2000\cellx4000\intbl A1\cell B1\cell\row\pard}"
)


def texts() -> dict[str, bytes]:
    return {code: TEXT.encode(code) for code in ("utf-8", "gb18030", "utf-16")}


def xlsx() -> dict[str, bytes]:
    rows = (
        f'<row r="1">{inline("A1", "项目支出绩效自评表")}</row><row r="2" hidden="1">{inline("A2", "藏")}</row>'
        '<row r="3"><c r="A3" s="1"><v>0.8844</v></c><c r="B3" t="s"><v>1</v></c><c r="C3"><f>1+1</f></c><c r="D3" s="2"><v>45042</v></c></row>'
    )
    merges = '<mergeCells><mergeCell ref="A1:D1"/><mergeCell ref="B3:B5"/></mergeCells>'
    made = workbook(
        sheet(rows, before='<cols><col min="5" max="6" hidden="1"/></cols>', after=merges),
        (sheet(""), "hidden"),
        formats=["0.00%", 'yyyy"年"m"月"d"日"'],
        strings="<si><t>甲</t></si><si><r><t>乙_x000D_</t></r></si>",
    )
    return {"made": made, "written": formats.write(PAPER, "xlsx")}


def docx() -> dict[str, bytes]:
    spanned = '<w:tcPr><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/></w:tcPr>'
    under = '<w:tcPr><w:gridSpan w:val="2"/><w:vMerge/></w:tcPr>'
    body = (
        paragraph("一、概况", '<w:pStyle w:val="a"/><w:numPr><w:numId w:val="1"/></w:numPr>')
        + table(
            [spanned + paragraph("甲"), paragraph("乙")],
            [under + paragraph(""), paragraph("丙") + table([paragraph("内")])],
        )
        + "<w:p><w:del><w:r><w:t>删</w:t></w:r></w:del><w:r><w:sym w:font='Wingdings' w:char='F0FE'/></w:r></w:p>"
    )
    styles = '<w:style w:styleId="a"><w:name w:val="heading 1"/><w:basedOn w:val="b"/></w:style>'
    made = document(body, styles=styles, numbering=NUMBERING)
    return {"made": made, "written": formats.write(PAPER, "docx"), "nested": packed({"a.docx": made})}


def xls() -> dict[str, bytes]:
    book = xlwt.Workbook()
    first, second = book.add_sheet("自评表"), book.add_sheet("底表")
    style = xlwt.XFStyle()
    style.num_format_str = '0.00"分"'
    first.write_merge(0, 0, 0, 3, "项目支出绩效自评表")
    for row in range(1, 9):
        first.write(row, 0, f"指标{row}")
        first.write(row, 1, 88.44 + row, style)
        first.write(row, 2, row)
        first.write(row, 3, row + 1)
    first.write(9, 0, xlwt.Formula("SUM(B2:B9)"))
    first.write_rich_text(10, 0, ["村道", ("修缮", xlwt.easyfont("bold on"))])
    first.row(5).hidden = True
    first.col(4).hidden = True
    second.visibility = 1
    text = formula(1, 0, b"\0\0\0\0\0\0\xff\xff"), (0x0207, b"\x01\x00\x01" + "优".encode("utf-16-le"))
    bare = stream(
        [number(0, 0, 9.5), *text, wide_label(2, 0, "分值"), (0x00E5, b"\1\0\2\0\3\0\0\0\1\0")], [number(0, 0, 1.0)], states=[0, 1]
    )  # fmt: skip
    older = stream([label(0, 0, "绩效自评表".encode("gbk"))], version=BIFF5)
    return {"saved": saved(book), "bare": bare, "wrapped": wrapped(bare), "small": small(older)}


def doc() -> dict[str, bytes]:
    cells = [("项目名称", 2_000, 0), ("护林补助", 4_000, 0)]
    return {"made": old_word.old_word(old_word.row(cells))}


def pdf() -> dict[str, bytes]:
    xs, ys = (60, 200, 340), (600, 630, 660)
    table_of = made_pdf.lattice(xs, ys) + made_pdf.filled(xs, ys, [["指标", "分值"], ["数量", "10"]])
    return {"made": made_pdf.pdf(made_pdf.text(60, 700, "自评表") + table_of, made_pdf.text(60, 700, "二、"))}


def scan() -> dict[str, bytes]:
    """A ruled table with figures, as a PNG and as a JPEG."""
    page = np.full((830, 1170, 3), 255, np.uint8)
    for row in range(3):
        for column in range(3):
            left, top = 60 + 350 * column, 60 + 200 * row
            cv2.rectangle(page, (left, top), (left + 350, top + 200), 0, 2)
            cv2.putText(page, f"{row}{column}.5", (left + 120, top + 115), 0, 1.0, 0, 2)
    return {kind: cv2.imencode(kind, page)[1].tobytes() for kind in (".png", ".jpg")}


SEEDS: Mapping[str, Callable[[], dict[str, bytes]]] = {
    "text": texts,
    "xlsx": xlsx,
    "docx": docx,
    "xls": xls,
    "doc": doc,
    "pdf": pdf,
    "html": lambda: {"gbk": WEB.encode("gbk"), "utf-8": WEB.encode()},
    "mhtml": lambda: {"made": ARCHIVE.encode()},
    "office_xml": lambda: {"made": OFFICE_XML.encode()},
    "scan": scan,
    "rtf": lambda: {"made": RICH.encode()},
    "ole": lambda: {"encrypted": compound("EncryptedPackage"), "other": compound("PowerPoint Document")},
}
