"""Read rich text: LibreOffice makes a docx of it; without LibreOffice it is refused with the way out."""

from collections.abc import Sequence
from dataclasses import replace

from jixiao.formats.docx import reading as docx
from jixiao.formats.intake import refusal
from jixiao.formats.ole.ahead import docx_of, prepare
from jixiao.formats.ole.soffice import program
from jixiao.layout import Layout

SUFFIX = "rtf"
AS_DOCX = "请用 WPS 或 Word 打开后另存为 docx 再试"


def read(data: bytes, *, name: str) -> Layout:
    """Read rich text.

    Raises:
        UnreadableError: no LibreOffice, or it can't make anything of it.
    """
    if program() is None:
        raise refusal(
            name,
            "是 RTF 文件，要用 LibreOffice 才能读取，而这台电脑上没有找到它",
            f"{AS_DOCX}，或安装 LibreOffice",
        )
    made = docx_of(data, SUFFIX)
    if made is None:
        raise refusal(name, "是 RTF 文件，LibreOffice 没能在时限内读出它", AS_DOCX)
    return replace(docx.read(made, name=name), format="rtf")


def ahead(files: Sequence[bytes]) -> None:
    """Make ready what `read` is soon to be asked for, LibreOffice started once; see `ole.ahead`."""
    prepare(files, SUFFIX)
