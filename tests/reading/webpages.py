"""Pages as html: as a government site publishes them, as Excel and Word save them, laid out with tables, archived."""

from base64 import encodebytes
from collections.abc import Callable
from html import escape
from random import Random

from jixiao.layout import Cell, Grid, Layout, Line
from tests.reading.paper import one_grid

Said = Callable[[Cell], str]
_STYLE = "border:solid windowtext 1.0pt;mso-border-alt:solid windowtext .5pt;padding:0cm 5.4pt"


def portal(rng: Random, page: Layout) -> bytes:
    """A published page: head, navigation, breadcrumbs, the article, share buttons, foot."""
    links = "".join(
        f'<li><a href="/{n}/">{name}</a></li>'
        for n, name in enumerate(("首页", "政务公开", "办事服务", "互动交流"))
    )
    article = _blocks(page, _plain)
    head = f'<div class="top"><h1>{rng.choice(("青禾县", "云岭市", "临溪区"))}人民政府</h1><ul>{links}</ul></div>'
    crumbs = '<div class="pos">当前位置：<a href="/">首页</a> &gt; <a href="/zw/">政务公开</a> &gt; 财政预决算</div>'
    told = '<div class="info">来源：县财政局 发布时间：2024-05-17 浏览次数：<span id="n"></span></div>'
    foot = '<div class="share">分享到：</div><div class="foot">主办：县人民政府办公室 网站标识码：3400000000</div>'
    script = (
        "<script>document.write('<table><tr><td>x</td></tr></table>')</script><style>td{color:red}</style>"
    )
    body = f"{head}{crumbs}{told}<div class='TRS_Editor'>{article}</div>{foot}"
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>自评表</title>{script}</head><body>{body}</body></html>".encode()


def word(_rng: Random, page: Layout) -> bytes:
    """Saved by Word as a web page: mso styles, a paragraph and spans in every cell, entities."""

    def said(cell: Cell) -> str:
        lines = [escape(line) or "&nbsp;" for line in cell.text.split("\n")]
        shown = "".join(
            f'<p class=MsoNormal align=center><span lang=EN-US style="font-size:9.0pt"><o:p>{x}</o:p></span></p>'
            for x in lines
        )
        return f'style="{_STYLE}">{shown}'

    spaces = (
        'xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"'
    )
    text = f'<html {spaces}><head><meta http-equiv=Content-Type content="text/html; charset=gb2312"><meta name=Generator content="Microsoft Word 15"></head><body>{_blocks(page, said)}</body></html>'
    return text.encode("gb18030")


def excel(_rng: Random, page: Layout) -> bytes:
    """Saved by Excel as a web page and named xls: one table with the whole sheet, numbers in x:num."""

    def said(cell: Cell) -> str:
        number = " x:num" if cell.text.replace(".", "").isdigit() else ""
        return f'class=xl65{number} style="border-top:none">{escape(cell.text).replace(chr(10), "<br>")}'

    head = '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta http-equiv=Content-Type content="text/html; charset=utf-8">'
    columns = "<col width=72 style='mso-width-source:userset'>" * 4
    return f"{head}</head><body>{_table(one_grid(page), said, columns)}</body></html>".encode()


def laid_out(_rng: Random, page: Layout) -> bytes:
    """An old site: the page is laid out with tables in tables, capital tags left open."""
    side = "<TABLE><TR><TD>通知公告<TR><TD>政策法规<TR><TD>下载专区</TABLE>"
    inner = _blocks(page, _plain)
    outer = f"<TABLE width=1000><TR><TD width=200>{side}<TD><TABLE><TR><TD>{inner}</TD></TR></TABLE></TABLE>"
    return f"<html><head><meta charset=gbk></head><body><CENTER>{outer}</CENTER></body></html>".encode(
        "gbk", "xmlcharrefreplace"
    )


def archived(rng: Random, page: Layout) -> bytes:
    """Saved by a browser as one file (mhtml)."""
    content = encodebytes(portal(rng, page)).decode()
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="--b"\r\n\r\n----b\r\n'
    part = "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\nContent-Location: file:///1.html\r\n\r\n"
    return f"{head}{part}{content}\r\n----b--\r\n".encode()


def _plain(cell: Cell) -> str:
    return f">{escape(cell.text).replace(chr(10), '<br/>')}"


def _blocks(page: Layout, said: Said) -> str:
    return "\n".join(_line(b) if isinstance(b, Line) else _table(b, said) for b in page.blocks)


def _line(line: Line) -> str:
    return f"<h2>{escape(line.text)}</h2>" if line.level == 0 else f"<p>　　{escape(line.text)}</p>"


def _table(grid: Grid, said: Said, columns: str = "") -> str:
    rows: dict[int, list[str]] = {
        row: [] for row in range(1 + max(c.row + c.rowspan - 1 for c in grid.cells))
    }
    for cell in sorted(grid.cells, key=lambda c: (c.row, c.column)):
        spans = (f" rowspan={cell.rowspan}" if cell.rowspan > 1 else "") + (
            f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
        )
        rows[cell.row].append(f"<td{spans} {said(cell)}</td>")
    return f"<table border=1>{columns}<tbody>{''.join(f'<tr>{chr(10).join(row)}</tr>' for row in rows.values())}</tbody></table>"
