import time

import pytest

from jixiao import formats
from jixiao.errors import UnreadableError
from jixiao.formats.intake import LIMITS
from jixiao.layout import Grid, Layout, Line

PAGE = "<!DOCTYPE html><html><head><meta charset=utf-8><title>公示</title>{head}</head><body>{body}</body></html>"


def read(body: str, *, head: str = "") -> Layout:
    return formats.read(PAGE.format(head=head, body=body).encode(), name="自评表.xls")


def texts(body: str, *, head: str = "") -> list[str]:
    return [b.text for b in read(body, head=head).blocks if isinstance(b, Line)]


def grids(body: str, *, head: str = "") -> list[Grid]:
    return [b for b in read(body, head=head).blocks if isinstance(b, Grid)]


def shape(grid: Grid) -> list[tuple[int, int, str, int, int]]:
    return [(c.row, c.column, c.text, c.rowspan, c.colspan) for c in grid.cells]


def rows(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows()]


SMALL = "<table><tr><td>项目名称<td>护林补助<tr><td>分值<td>10</table>"
FORM = (
    "<table border=1><thead><tr><th rowspan=2>资金<th colspan=2>预算</tr></thead>"
    "<tr><td>年初<td>全年</tr><tr><td>总额<td>10&nbsp;&nbsp;万<br>元<td><p>第一</p><p>第二</p></tr></table>"
)

# ---------------------------------------------------------------- what is read


def test_a_page_is_lines_and_grids_in_order_with_their_places() -> None:
    layout = read(f"<h2>一、概况</h2><p>甲<p>乙{FORM}丙")
    assert layout.format == "html"
    first, second, third, grid, last = layout.blocks
    assert [(b.text, b.level) for b in (first, second, third, last) if isinstance(b, Line)] == [
        ("一、概况", 2), ("甲", None), ("乙", None), ("丙", None),
    ]  # fmt: skip
    assert isinstance(grid, Grid)
    assert shape(grid) == [
        (0, 0, "资金", 2, 1), (0, 1, "预算", 1, 2), (1, 1, "年初", 1, 1), (1, 2, "全年", 1, 1),
        (2, 0, "总额", 1, 1), (2, 1, "10  万\n元", 1, 1), (2, 2, "第一\n第二", 1, 1),
    ]  # fmt: skip
    assert (grid.place.table, grid.cells[-1].place.row, grid.cells[-1].place.column) == (1, 3, 3)
    assert [b.place.line for b in layout.blocks if isinstance(b, Line)] == [1, 2, 3, 4]


def test_tags_may_be_left_open() -> None:
    (grid,) = grids("<table><tr><td>甲<td>乙<tr><td>丙<td>丁")
    assert rows(grid) == [["甲", "乙"], ["丙", "丁"]]


def test_white_space_runs_together_and_a_break_between_chinese_signs_is_nothing() -> None:
    assert texts("<p>关于绩效\n   自评的\n说明  A\nB</p>") == ["关于绩效自评的说明 A B"]


def test_scripts_styles_and_what_is_hidden_are_not_read() -> None:
    hidden = (
        "<script>if(a<b){x}</script><style>p{}</style><nav><a>首页</a></nav><p hidden>一</p><p style='DISPLAY: none'>二</p>"
        "<div class='x gone'>三</div><!-- 四 --><template>五</template><button>查询</button>"
    )
    sheet = "<style>.gone, .off{display:none} @media print{.shown{display:none}}</style>"
    assert texts(hidden + "<p class=shown>六</p>", head=sheet) == ["六"]
    assert not read(hidden + "<p>六</p>", head=sheet).doubts


def test_a_hidden_table_is_a_doubt() -> None:
    layout = read(f"<p>甲</p><div style='display:none'>{SMALL}</div>")
    assert [b.text for b in layout.blocks if isinstance(b, Line)] == ["甲"]
    assert "隐藏" in layout.doubts[0].why


def test_a_hidden_row_of_nothing_is_no_doubt() -> None:
    layout = read("<table><tr><td>甲<td>乙<tr style='display:none'><td><td></table>")
    assert not layout.doubts


def test_a_cell_that_only_can_not_be_seen_keeps_its_place() -> None:
    (grid,) = grids(
        "<table><tr><td>甲<td style='visibility: hidden'>密<td>乙<tr><td>1<td style='display:none'>密<td>2<td>3</table>"
    )
    assert rows(grid) == [["甲", "", "乙"], ["1", "2", "3"]]


def test_a_page_without_tables_tells_of_its_attachments() -> None:
    links = "<p>公示</p><a href='a/b.XLSX?x=1'>附件</a><a href='c.html'>下页</a><iframe src='d.pdf'></iframe>"
    assert "2 个附件" in read(links).doubts[0].why
    assert not read(links + FORM).doubts


def test_a_stray_zero_byte_is_passed_over() -> None:
    page = PAGE.format(head="", body=f"<p>甲乙{'丙' * 500}</p>").encode().replace("乙".encode(), b"\0")
    (line,) = formats.read(page, name="a").blocks
    assert isinstance(line, Line)
    assert line.text.startswith("甲丙")


def test_tick_boxes_and_fields_show_what_they_hold() -> None:
    body = (
        "<p><input type=checkbox checked>是 <input type=radio>否 <input value=12万元><input type=hidden value=密>"
        "<input type=submit value=提交><select><option>优<option selected>良</select><textarea>无\n偏差</textarea></p>"
    )
    assert texts(body) == ["☑是 ☐否 12万元良", "无", "偏差"]


def test_what_was_struck_out_is_left_out_with_a_doubt() -> None:
    layout = read("<p>执行<del>九成</del><ins>十成</ins></p>")
    assert [b.text for b in layout.blocks if isinstance(b, Line)] == ["执行十成"]
    assert "修订" in layout.doubts[0].why


def test_lists_are_numbered_as_they_print() -> None:
    body = "<ol type=A start=3><li>甲<li value=9>乙<ol style='list-style-type: cjk-ideographic'><li>丙</ol></ol><ul><li>丁</ul>"
    assert texts(body) == ["C.甲", "I.乙", "一、丙", "丁"]


def test_the_words_of_word_stay_and_its_xml_goes() -> None:
    body = (
        "<p class=MsoNormal><!--[if gte mso 9]><xml><w:x>密</w:x></xml><![endif]--><![if !supportLists]>"
        "<span style='mso-list:Ignore'>1.</span><![endif]>实际支出<span lang=EN-US>36.80<o:p></o:p></span>万元</p>"
    )
    assert texts(body) == ["1.实际支出36.80万元"]


# ---------------------------------------------------------------- spans that are wrong


def test_a_rowspan_ends_with_the_table_and_empty_rows_go() -> None:
    (grid,) = grids("<table><tr><td rowspan=9>甲<td>乙<tr></tr><tr><td>丙</table>")
    assert shape(grid) == [(0, 0, "甲", 2, 1), (0, 1, "乙", 1, 1), (1, 1, "丙", 1, 1)]


def test_a_title_wider_than_the_table_ends_with_it() -> None:
    (grid,) = grids(
        f"<table><tr><td colspan=30>自评表<tr>{'<td>甲' * 4}<tr><td>备注<td colspan=12>乙</table>"
    )
    assert [(c.text, c.colspan) for c in grid.cells if c.colspan > 1] == [("自评表", 4), ("乙", 3)]


def test_columns_spanned_throughout_stay() -> None:
    (grid,) = grids("<table><tr><td>甲<td colspan=2>乙<tr><td>丙<td colspan=2>丁</table>")
    assert [(c.column, c.colspan) for c in grid.cells] == [(0, 1), (1, 2), (0, 1), (1, 2)]


def test_a_cell_over_another_is_cut_with_a_doubt() -> None:
    body = "<table><tr><td>甲<td rowspan=2>乙<td>丙<tr><td colspan=2>丁<td>戊</table>"
    layout = read(body)
    (grid,) = (b for b in layout.blocks if isinstance(b, Grid))
    assert shape(grid)[3:] == [(1, 0, "丁", 1, 1), (1, 2, "戊", 1, 1)]
    assert "重叠" in layout.doubts[0].why


@pytest.mark.parametrize("span", ["0", "-3", "x", "", "99999999999"])
def test_a_span_that_is_no_number_is_one(span: str) -> None:
    (grid,) = grids(f"<table><tr><td rowspan='{span}' colspan='{span}'>甲<td>乙</table>")
    assert shape(grid)[0] == (0, 0, "甲", 1, 1)


def test_columns_of_no_width_join_their_neighbour() -> None:
    columns = '<col width="28*"><col width="0*"><col width="28*">'
    (grid,) = grids(f"<table>{columns}<tr><td>甲<td colspan=2>乙<tr><td colspan=2>丙<td>丁</table>")
    assert shape(grid) == [(0, 0, "甲", 1, 1), (0, 1, "乙", 1, 1), (1, 0, "丙", 1, 1), (1, 1, "丁", 1, 1)]


# ---------------------------------------------------------------- tables that only arrange


def test_a_table_round_a_table_is_unfolded() -> None:
    body = f"<table><tr><td>某县政府<td>搜索<tr><td><a>新闻</a><td><h1>公示</h1>{FORM}<p>注：略</p><tr><td>主办</table>"
    layout = read(body)
    assert [b.text if isinstance(b, Line) else "表" for b in layout.blocks] == [
        "某县政府", "搜索", "新闻", "公示", "表", "注：略", "主办",
    ]  # fmt: skip


def test_a_table_without_borders_most_of_whose_text_is_in_another_is_unfolded() -> None:
    chrome = "".join(f"<tr><td>栏目{n}<td>日期{n}" for n in range(5))
    form = f"<table border=1>{''.join(f'<tr><td>指标{n}<td>完成情况良好，各项任务按期完成' for n in range(9))}</table>"
    layout = read(f"<table>{chrome}<tr><td>菜单<td><p>自评表</p>{form}</table>")
    *before, title, grid = layout.blocks
    assert isinstance(title, Line)
    assert (title.text, isinstance(grid, Grid), len(before)) == ("自评表", True, 11)
    assert len(grids(f"<table border=1>{chrome}<tr><td>指标<td>{form}</table>")) == 2


def test_a_table_of_one_cell_and_a_row_of_links_are_lines() -> None:
    assert texts("<table border=1><tr><td>甲</table>") == ["甲"]
    assert texts("<table><tr><td><a>首页</a><td><a>公开</a></table>") == ["首页", "公开"]


def test_long_text_beside_text_is_lines_and_a_form_with_long_cells_is_a_grid() -> None:
    long = "".join(f"<p>{'全年完成各项任务，' * 20}</p>" for _ in range(4))
    assert not grids(f"<table><tr><td>目录<td>{long}</table>")
    assert grids(f"<table border=1><tr><td>总体目标<td>{long}</table>")
    assert grids(f"<table><tr><td style='border:solid windowtext 1.0pt'>总体目标<td>{long}</table>")
    (grid,) = grids(f"<table>{''.join(f'<tr><td>{n}、概况<td>{long}' for n in range(3))}</table>")
    assert len(grid.cells) == 6


def test_a_table_in_a_form_follows_it_as_a_grid() -> None:
    form = "".join(f"<tr><td>标签{n}<td>内容{n}" for n in range(4))
    outer, inner = grids(f"<table>{form}<tr><td>资金<td>见下{SMALL}</table>")
    assert rows(outer)[-1] == ["资金", "见下"]
    assert rows(inner) == [["项目名称", "护林补助"], ["分值", "10"]]
    assert (outer.place.table, inner.place.table) == (1, 2)


def test_a_caption_stands_before_its_table() -> None:
    layout = read("<table><caption>表1</caption><tr><td>甲<td>乙</table>")
    assert isinstance(layout.blocks[0], Line)
    assert layout.blocks[0].text == "表1"


# ---------------------------------------------------------------- Excel's pages


def test_what_a_workbooks_page_hides_is_left_out_with_a_doubt() -> None:
    body = (
        "<table x:str><col width=72><col width=0 style='display:none'><col width=72><tr><td>项<td>藏<td x:num='0.8844'>88.44%"
        "<tr><td>目<td>密<td>乙<tr height=0 style='display:none'><td>x<td><td></table>"
    )
    layout = read(body)
    (grid,) = (b for b in layout.blocks if isinstance(b, Grid))
    assert rows(grid) == [["项", "88.44%"], ["目", "乙"]]
    assert any("隐藏的行或列" in doubt.why for doubt in layout.doubts)


def test_text_that_runs_over_is_no_merge() -> None:
    (grid,) = grids(
        "<table><tr><td colspan=3 style='mso-ignore:colspan'>很长的文字<tr><td>甲<td>乙<td>丙</table>"
    )
    assert shape(grid)[0] == (0, 0, "很长的文字", 1, 1)


def test_a_number_beside_a_format_of_percentages_is_a_doubt() -> None:
    layout = read("<table><tr><td>执行率<td style='mso-number-format:\"0\\.00%\"'>0.8844</table>")
    (doubt,) = layout.doubts
    assert (doubt.reading, doubt.alternative, doubt.place.row, doubt.place.column) == (
        "0.8844",
        "88.44%",
        1,
        2,
    )


# ---------------------------------------------------------------- characters, kinds, caps


@pytest.mark.parametrize(
    "encoding, claim",
    [
        ("gb18030", "gb2312"), ("utf-8", "gb2312"), ("utf-8-sig", ""), ("gb18030", ""), ("utf-16", ""), ("big5", "big5"),
    ],
)  # fmt: skip
def test_the_page_is_decoded_whatever_it_claims(encoding: str, claim: str) -> None:
    text = "預算總額" if encoding == "big5" else "䶮山镇预算㐂额"
    page = f"<html><meta http-equiv=content-type content='text/html; charset={claim}'><body><p>{text}</p></body></html>"
    (line,) = formats.read(page.encode(encoding), name="页.htm").blocks
    assert isinstance(line, Line)
    assert line.text == text


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><td>甲<td>乙</table>",
        "<!-- 导出 --><table><tr><td>甲<td>乙</table>",
        "\r\n <style>td{}</style><table><tr><td>甲<td>乙</table>",
        '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0" "x.dtd"><html xmlns="http://www.w3.org/1999/xhtml">'
        "<body><table><tr><td>甲</td><td>乙</td></tr></table></body></html>",
    ],
)
def test_a_page_is_known_by_its_first_tag(page: str) -> None:
    layout = formats.read(page.encode(), name="自评表.xls")
    assert layout.format == "html"
    assert [[cell.text for cell in block.cells] for block in layout.blocks if isinstance(block, Grid)] == [
        ["甲", "乙"]
    ]


def test_a_text_that_begins_with_a_tag_is_still_text() -> None:
    assert formats.read("<p>说明\n# 一、概况\n甲\t乙".encode(), name="a").format == "text"


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        formats.read(data, name="自评表.htm")
    return str(caught.value)


def test_a_page_without_text_is_refused_and_a_frame_says_where_its_sheets_are() -> None:
    assert "没有文字" in refused(b"<html><body><img src=a.png></body></html>")
    assert "旁边文件夹" in refused(b"<html><frameset><frame src='x.files/sheet001.htm'></frameset></html>")


def test_no_entity_and_no_file_is_followed() -> None:
    page = '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/hostname">]><html><body><p>甲&a;&lt;</p></body></html>'
    (line,) = (
        b for b in formats.read(page.encode(), name="a").blocks if isinstance(b, Line) and "甲" in b.text
    )
    assert line.text == "甲&a;<"


@pytest.mark.slow
@pytest.mark.parametrize(
    "body, refuses",
    [
        ("<div>" * 300_000 + "甲", False),
        ("<b><font>" * 150_000 + "甲", False),
        ("<table><tr><td>" * (LIMITS.nesting + 2) + "甲", True),
        ("<table><tr><td>" * 200_000 + "甲", True),
        ("<table>" + "<tr><td>甲<td>乙" * 150_000 + "</table>", True),
        ("<table>" + "<tr><td colspan=1000 rowspan=10000>甲" * 50_000 + "</table>", True),
        ("<p>甲" * 210_000, True),
        ("甲<p " + "a=1 " * 300_000 + ">", False),
        ("<ol><li>" * 100_000 + "甲", False),
        ("<style>" + ".a{" * 100_000 + "</style>甲", False),
        ("<p style='" + "display :" * 100_000 + "'>甲", False),
        ("<select><option>甲" * 100_000, False),
    ],
    ids=range(12),
)
def test_no_page_takes_more_than_its_length(body: str, refuses: bool) -> None:
    before = time.process_time()
    if refuses:
        assert "过多" in refused(f"<html><body>{body}".encode())
    else:
        assert formats.read(f"<html><body>{body}".encode(), name="a").blocks
    assert time.process_time() - before < 60  # what is quadratic takes hours
