"""Every format with its looks: which function draws a page, and by what way of LibreOffice it comes to its format."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from random import Random

from jixiao.formats import write
from jixiao.layout import Layout
from tests.reading import documents as docs
from tests.reading import drawings, scans, webpages
from tests.reading import workbooks as books

Draw = Callable[[Random, Layout], bytes]


@dataclass(frozen=True, slots=True)
class Look:
    """One way in which a page comes as a file.

    `says` tells it in Chinese; LibreOffice saves what is drawn as each format of `through` in turn, the first of which
    is what it is drawn as; `hurt` is the damage of the page that the look is drawn of.
    """

    format: str
    name: str
    says: str
    draw: Draw
    through: tuple[str, ...] = ()
    hurt: str = ""


def text(_rng: Random, page: Layout) -> bytes:
    """What jixiao writes as text."""
    return write(page, "text")


_XLSX = (
    Look("xlsx", "ours", "jixiao 写出的", books.ours),
    Look("xlsx", "numbers", "数值与数字格式", books.numbers),
    Look("xlsx", "merged", "处处合并", books.merged),
    Look("xlsx", "aside", "第二张表、从 C5 起，另有隐藏的下拉表", books.aside),
    Look("xlsx", "hidden", "隐藏的辅助行列，边框远超表格", books.hidden),
    Look("xlsx", "formulas", "数字全是公式", books.formulas),
    Look("xlsx", "libreoffice", "LibreOffice 另存", books.numbers, ("xlsx", "xlsx")),
)
_OLD = (
    Look("xls", "xlwt", "数值与数字格式", books.xls_ours),
    Look("xls", "merged", "处处合并", books.xls_merged),
    Look("xls", "libreoffice", "LibreOffice 另存", books.numbers, ("xlsx", "xls")),
    Look("et", "libreoffice", "LibreOffice 另存，改名", books.merged, ("xlsx", "xls")),
)
_DOCX = (
    Look("docx", "ours", "jixiao 写出的", docs.ours),
    Look("docx", "cells", "逐格合并，带页眉页脚", docs.cells),
    Look("docx", "upright", "竖排的标签", docs.upright),
    Look("docx", "breaks", "格内换行，字拆成许多段", docs.breaks),
    Look("docx", "controls", "内容控件与书签", docs.controls),
    Look("docx", "revised", "带修订", docs.revised),
    Look("docx", "nested", "表中套表", docs.nested),
    Look("docx", "uneven", "列宽不齐", docs.uneven),
    Look("docx", "libreoffice", "经 doc 另存回来", docs.cells, ("docx", "doc", "docx")),
)
_DOC = (
    Look("doc", "ours", "LibreOffice 另存", docs.ours, ("docx", "doc")),
    Look("doc", "upright", "竖排的标签", docs.upright, ("docx", "doc")),
    Look("doc", "uneven", "列宽不齐", docs.uneven, ("docx", "doc")),
    Look("wps", "cells", "LibreOffice 另存，改名", docs.cells, ("docx", "doc")),
    Look("rtf", "cells", "LibreOffice 另存", docs.cells, ("docx", "rtf")),
)
_HTML = (
    Look("html", "portal", "政府网站的页面", webpages.portal),
    Look("html", "word", "Word 另存", webpages.word),
    Look("html", "excel", "Excel 另存", webpages.excel),
    Look("html", "laid-out", "用表格排版的旧网页", webpages.laid_out),
    Look("html", "mhtml", "网页存档", webpages.archived),
    Look("html", "writer", "LibreOffice 文档另存", docs.cells, ("docx", "html")),
    Look("html", "calc", "LibreOffice 工作簿另存", books.numbers, ("xlsx", "html")),
)
_PDF = (
    Look("pdf", "ruled", "格线完整", drawings.ruled),
    Look("pdf", "thin", "细灰线，黑体", drawings.thin),
    Look("pdf", "double", "双线外框，粗细不一", drawings.double),
    Look("pdf", "open", "左右不封口", drawings.open_sides),
    Look("pdf", "across", "只有横线", drawings.across),
    Look("pdf", "bare", "没有线", drawings.bare),
    Look("pdf", "bare-centred", "没有线，标签居中", drawings.bare_centred),
    Look("pdf", "landscape", "横排，带页眉页码", drawings.landscape),
    Look("pdf", "small", "小字", drawings.small),
    Look("pdf", "long", "跨几页，带页眉页码", drawings.long),
    Look("pdf", "upright", "竖排的标签", drawings.upright),
    Look("pdf", "shuffled", "文字与线条次序打乱", drawings.shuffled),
    Look("pdf", "writer", "LibreOffice 文档导出", docs.cells, ("docx", "pdf")),
    Look("pdf", "calc", "LibreOffice 工作簿导出，每页重复表头", books.printed, ("xlsx", "pdf")),
)
_SCANS = (
    Look("scan", "200 dpi", "200 dpi", partial(scans.scan, hurt=scans.straight)),
    Look("scan", "150 dpi", "150 dpi", partial(scans.scan, hurt=scans.straight, dpi=150)),
    Look("scan", "300 dpi", "300 dpi", partial(scans.scan, hurt=scans.straight, dpi=300)),
    Look("scan", "light", "斜 1°，轻微噪点", partial(scans.scan, hurt=scans.light)),
    Look("scan", "skew", "斜 2°", partial(scans.scan, hurt=scans.skewed)),
    Look("scan", "blur", "模糊", partial(scans.scan, hurt=scans.blurred)),
    Look("scan", "jpeg", "JPEG 压缩", partial(scans.scan, hurt=scans.squeezed)),
    Look("scan", "noise", "噪点", partial(scans.scan, hurt=scans.noisy)),
    Look("scan", "red seal", "红章压字", partial(scans.scan, hurt=scans.red_seal)),
    Look("scan", "grey seal", "黑白件上的章", partial(scans.scan, hurt=scans.grey_seal)),
    Look("scan", "fold", "折痕", partial(scans.scan, hurt=scans.folded)),
    Look("scan", "faint", "墨色浅淡", partial(scans.scan, hurt=scans.faint)),
    Look("scan", "photo", "斜着拍照，有阴影", partial(scans.scan, hurt=scans.photographed)),
    Look("scan", "long", "跨页，带页眉页码", scans.long),
    Look("scan", "album", "多页 TIFF，跨页", scans.album),
    Look("scan", "two-up", "一张两页", scans.two_up, (), "two papers"),
    Look("scan", "picture", "JPEG 图片，斜 1°", scans.pictured),
)
_TEXT = (Look("text", "ours", "jixiao 写出的", text),)
LOOKS = (*_TEXT, *_XLSX, *_OLD, *_DOCX, *_HTML, *_PDF, *_DOC, *_SCANS)
FORMATS = tuple(dict.fromkeys(look.format for look in LOOKS))
