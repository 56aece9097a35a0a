"""File formats: bytes to a neutral page and back. They know pages and nothing of performance evaluation.

What a file is, its content says, never its suffix. Each row of FORMATS names its modules, which are
imported when they are first needed: reading text never waits for the libraries of workbooks (this is the
one use of importlib here).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib import import_module
from itertools import islice
from types import ModuleType
from typing import BinaryIO

from jixiao.errors import UnknownNameError
from jixiao.formats import intake
from jixiao.formats.notes import Annotated, Notes, cleaned
from jixiao.formats.pictures import Picture, picture_of
from jixiao.layout import Chart, Layout, Line


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its name, what users call it, its suffix, the modules that read and write it, if any.

    With `guard` it is read in a process apart (see `guard`), under these bounds: so is every binary format.
    """

    name: str
    says: str
    suffix: str
    read: str | None
    write: str | None
    guard: intake.Bounds | None = None


FORMATS = (
    Format("text", "文本", ".txt", "jixiao.formats.text.reading", "jixiao.formats.text.writing"),
    Format("xlsx", "Excel 工作簿", ".xlsx", "jixiao.formats.xlsx.reading", "jixiao.formats.xlsx.writing"),
    Format(
        "xls", "Excel 97-2003 或 WPS 表格", ".xls", "jixiao.formats.xls.reading", None, intake.LIMITS.guard
    ),
    Format("docx", "Word 文档", ".docx", "jixiao.formats.docx.reading", "jixiao.formats.docx.writing"),
    Format(
        "doc", "Word 97-2003 或 WPS 文档", ".doc", "jixiao.formats.ole.reading", None, intake.LIMITS.guard
    ),
    Format("rtf", "RTF 文档", ".rtf", "jixiao.formats.rtf.reading", None, intake.LIMITS.guard),
    Format(
        "pdf", "PDF", ".pdf", "jixiao.formats.pdf.reading", "jixiao.formats.pdf.writing", intake.LIMITS.guard
    ),
    Format(
        "scanned_pdf", "扫描的 PDF", ".pdf", "jixiao.formats.pdf.scanned", None, intake.LIMITS.guard_of_scans
    ),
    Format("scan", "扫描件或照片", ".png", "jixiao.formats.scan.reading", None, intake.LIMITS.guard_of_scans),
    Format(
        "scanned_pages",
        "多页的扫描图片",
        ".tif",
        "jixiao.formats.pdf.album",
        None,
        intake.LIMITS.guard_of_scans,
    ),
    Format("html", "网页", ".html", "jixiao.formats.html.reading", "jixiao.formats.html.writing"),
    Format("mhtml", "网页存档", ".mht", "jixiao.formats.mhtml.reading", None, intake.LIMITS.guard),
    Format("office_xml", "Office XML", ".xml", "jixiao.formats.office_xml.reading", None),
)
READERS = {
    intake.Kind.TEXT: "jixiao.formats.text.reading",
    intake.Kind.PDF: "jixiao.formats.pdf.reading",
    intake.Kind.PICTURE: "jixiao.formats.scan.reading",
}
DRAWERS = {
    "jixiao.formats.pdf.reading": "jixiao.formats.pdf.drawing",
    "jixiao.formats.scan.reading": "jixiao.formats.scan.drawing",
}  # who draws what a reader reads, where the file has pages that look like something
ANNOTATORS = {
    "jixiao.formats.xlsx.reading": "jixiao.formats.xlsx.commenting",
    "jixiao.formats.docx.reading": "jixiao.formats.docx.commenting",
    "jixiao.formats.pdf.reading": "jixiao.formats.pdf.annotating",
}  # who puts notes on what a reader reads
RENEWED = {
    "jixiao.formats.xls.reading": ("xls", "xlsx"),
    "jixiao.formats.ole.reading": ("doc", "docx"),
    "jixiao.formats.rtf.reading": ("rtf", "docx"),
}  # old formats: LibreOffice, where it is, makes of them what takes notes, every place where it was
PHOTOGRAPHS, BINDER = READERS[intake.Kind.PICTURE], "jixiao.formats.pdf.photographs"
LOOKS = {
    intake.Kind.OLE: "jixiao.formats.compound",
    intake.Kind.TAGS: "jixiao.formats.tags",
}  # who looks inside

SCANNED = {
    "scanned_pdf": "jixiao.formats.pdf.scanned",
    "scanned_pages": "jixiao.formats.pdf.album",
}  # what a reader says that leaves pages to another, which takes more time and memory or joins them
CHARTS = {"png": "jixiao.formats.pdf.charted", "html": "jixiao.formats.html.charting"}  # who draws a chart
AHEAD = 16  # files made ready together
AHEAD_OF = (
    "jixiao.formats.ole.reading",
    "jixiao.formats.rtf.reading",
)  # whose modules have a function `ahead`


def read(data: bytes, *, name: str) -> Layout:
    """Read a file as a page.

    Args:
        data: the whole file; `intake.read_file` and `intake.read_stream` bring it in under the cap.
        name: what the user calls it; only for messages, it decides nothing.

    Raises:
        UnreadableError: the sentence names the file, the reason and the remedy.
    """
    if not data:
        raise intake.refusal(name, "文件是空的，没有任何内容", "请重新导出或重新保存后再试")
    if len(data) > intake.LIMITS.file_bytes:
        raise intake.too_large(name, intake.LIMITS.file_bytes)
    layout = _read_by(_reader(data, name), data, name)
    return _read_by(SCANNED[layout.format], data, name) if layout.format in SCANNED else layout


def ahead(files: Iterable[bytes]) -> None:
    """Make ready what is soon to be read one by one, where many together cost less than each; never an error.

    Args:
        files: whole files of any format; at most AHEAD of them, and together no more than one file may be, are made
            ready, and only those of a format in AHEAD_OF.
    """
    found: dict[str, list[bytes]] = {}
    room = intake.LIMITS.file_bytes
    for data in islice(files, AHEAD):
        room -= len(data)
        if room < 0:
            break
        if intake.sniff(data) in LOOKS and (module := _reader(data, "")) in AHEAD_OF:
            found.setdefault(module, []).append(data)
    for module, those in found.items():
        guard = next(row.guard for row in FORMATS if row.read == module)
        if len(those) > 1 and guard is not None:
            import_module("jixiao.formats.guard").ahead(module, those, bounds=guard)


def _read_by(module: str, data: bytes, name: str) -> Layout:
    guard = next((row.guard for row in FORMATS if row.read == module), None)
    if guard is None:
        return read_here(module, data, name=name)
    layout: Layout = import_module("jixiao.formats.guard").read(module, data, name=name, bounds=guard)
    return layout


def draw(data: bytes, *, name: str) -> tuple[Picture, ...]:
    """Draw the first pages of a file, none where its format has no pages of its own.

    Raises:
        UnreadableError: as `read`.
    """
    module = _reader(data, name)
    guard = next((row.guard for row in FORMATS if row.read == module), None)
    if module not in DRAWERS or guard is None:
        return ()
    drawn: Layout = import_module("jixiao.formats.guard").read(DRAWERS[module], data, name=name, bounds=guard)
    found = (picture_of(block) for block in drawn.blocks if isinstance(block, Line))
    return tuple(picture for picture in found if picture is not None)


def read_here(module: str, data: bytes, *, name: str) -> Layout:
    """Read by a module in this process, whatever its row says of a guard.

    Raises:
        UnreadableError: as `read`; also where the library that the module needs is not installed.
    """
    try:
        reading = import_module(module)
    except ModuleNotFoundError as error:
        if str(error.name).startswith("jixiao"):
            raise
        why = f"读取这种文件要用的组件 {error.name} 没有安装"
        raise intake.refusal(name, why, '请安装：pip install "jixiao[all]"') from error
    layout: Layout = reading.read(data, name=name)
    return layout


def ahead_here(module: str, files: Iterable[bytes]) -> None:
    """Make files ready by a module of AHEAD_OF in this process; whatever goes wrong comes up."""
    import_module(module).ahead(tuple(files))


def write(layout: Layout, format: str) -> bytes:  # noqa: A002 - the word of the design, and of the command line
    """Write a page as a file of the named format; the same page gives the same bytes.

    Raises:
        UnknownNameError: no such format, or one that can't be written.
    """
    return bind([layout], format)


def bind(layouts: Iterable[Layout], format: str) -> bytes:  # noqa: A002 - as in `write`
    """Write several pages, in their order, as one file: a sheet, a section or a page each.

    Raises:
        UnknownNameError: no such format, one that can't be written, or one whose library is not installed.
    """
    data: bytes = _writer(format).write(layouts)
    return data


def bind_into(layouts: Iterable[Layout], format: str, out: BinaryIO) -> None:  # noqa: A002 - as in `write`
    """Write several pages as `bind` does into a stream, where the format can be, without holding all of them.

    Raises:
        UnknownNameError: as `bind`.
    """
    writer = _writer(format)
    if hasattr(writer, "write_into"):
        writer.write_into(layouts, out)
    else:
        out.write(writer.write(layouts))


def draw_chart(chart: Chart) -> bytes:
    """Draw a chart as a PNG of 1600 by 1000 pixels; the same chart gives the same bytes.

    Raises:
        UnknownNameError: the library that draws is not installed.
        UnreadableError: there is no Chinese font, or none has one of the characters.
    """
    data: bytes = _module(CHARTS["png"], "png").png(chart)
    return data


def chart_page(chart: Chart, beside: Layout) -> bytes:
    """Write a chart as a web page with another page below it, which says the same in figures."""
    data: bytes = _module(CHARTS["html"], "html").page(chart, beside)
    return data


def written() -> dict[str, str]:
    """Return the formats that can be written, each with its suffix."""
    return {row.name: row.suffix for row in FORMATS if row.write is not None}


def _writer(format: str) -> ModuleType:  # noqa: A002 - as in `write`
    module = next((row.write for row in FORMATS if row.name == format), None)
    if module is None:
        known = "、".join(written())
        raise UnknownNameError(f"没有名为“{format}”的输出格式；可用的有：{known}。")
    return _module(module, format)


def _module(module: str, format: str) -> ModuleType:  # noqa: A002 - as in `write`
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if str(error.name).startswith("jixiao"):
            raise
        raise UnknownNameError(
            f'写出 {format} 要用的组件 {error.name} 没有安装；请安装：pip install "jixiao[all]"。'
        ) from error


def annotate(data: bytes, notes: Notes, *, name: str) -> Annotated:
    """Put notes on a file: comments on a workbook's cells or a document's words, boxes on the pages of a PDF.

    Args:
        data: the whole file, as its sender made it.
        notes: what is to be said, each at the place that reading this very file gave.
        name: what the user calls it; only for messages.

    Returns:
        the file in its own format (a picture as a PDF, an old format as the one that came after it), everything
        else in it unchanged; and which notes found no place.

    Raises:
        UnreadableError: its format takes no notes, or it has what must not be touched (macros); or as `read`.
    """
    module = _reader(data, name)
    if module == PHOTOGRAPHS:  # a picture takes no notes, a PDF of it does
        pictures = draw(data, name=name)
        module, data = READERS[intake.Kind.PDF], import_module(BINDER).bound(pictures)
    elif module in RENEWED:
        suffix, to = RENEWED[module]
        made = import_module("jixiao.formats.ole.soffice").converted([data], suffix=suffix, to=to)[0]
        module, data = (module, data) if made is None else (f"jixiao.formats.{to}.reading", made)
    if module not in ANNOTATORS:
        says = next((row.says for row in FORMATS if row.read == module), "这种格式")
        remedy = "请用 WPS 或 Office 打开，另存为 xlsx 或 docx 后再试"
        raise intake.refusal(name, f"{says}不能在原件上加批注，只有 xlsx、docx、PDF 和图片可以", remedy)
    annotated: Annotated = import_module(ANNOTATORS[module]).annotate(data, cleaned(notes), name=name)
    return replace(annotated, suffix=next(row.suffix for row in FORMATS if row.read == module))


def _reader(data: bytes, name: str) -> str:
    kind = intake.sniff(data)
    if kind in READERS:
        return READERS[kind]
    if kind is intake.Kind.ZIP:
        office: str | None = import_module("jixiao.formats.parts").office_format(data, name=name)
        if office is not None:
            return f"jixiao.formats.{office}.reading"
    if kind in LOOKS:
        module: str | None = import_module(LOOKS[kind]).reader(data)
        if any(row.read == module for row in FORMATS):
            return str(module)
    return "jixiao.formats.foreign"
