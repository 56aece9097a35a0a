"""Files of a kind that can't be read: say what each is and what to do. Loaded only for a refusal."""

import zipfile
from io import BytesIO
from typing import Never

import filetype

from jixiao.formats.compound import top
from jixiao.formats.intake import OLE_START, refusal

AS_XLSX = "请用 WPS 或 Excel 打开后另存为 xlsx 再试"
AS_DOCX = "请用 WPS 或 Word 打开后另存为 docx 再试"
AS_EITHER = "请用 WPS 或 Office 打开，表格另存为 xlsx，文档另存为 docx 再试"
RETYPED = "请提供 xlsx、docx 或文本格式的自评材料"

STARTS = ((b"<", "是 XML 文件，但不是网页，也不是 Office 存的工作簿或文档", AS_EITHER),)
ZIP_PARTS = (
    ("xl/workbook.bin", "是二进制工作簿（xlsb）", AS_XLSX),
    ("ppt/", "是演示文稿", RETYPED),
    ("content.xml", "是 ODF 文档（ods 或 odt）", AS_EITHER),
    ("OFD.xml", "是 OFD 版式文件，目前还不能读取", "请提供制作它的 docx 或 xlsx，或把文字复制到文本文件中"),
)
ARCHIVES = frozenset({"zip", "rar", "7z", "gz", "tar", "bz2", "xz"})


def read(data: bytes, *, name: str) -> Never:
    """Refuse the file by its kind.

    Raises:
        UnreadableError: always.
    """
    reason, remedy = _kind(data)
    raise refusal(name, reason, remedy)


def _kind(data: bytes) -> tuple[str, str]:
    if data.startswith(OLE_START):
        return _ole(data)
    if data.startswith(b"PK"):
        return _zip(data)
    start = data[:256].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for mark, reason, remedy in STARTS:
        if start.startswith(mark.lower()):
            return reason, remedy
    return _other(data)


def _ole(data: bytes) -> tuple[str, str]:
    if "EncryptedPackage" in top(data):
        return (
            "文件有密码保护，无法读取",
            "请用 WPS 或 Office 打开，去掉密码后另存为 xlsx 或 docx 再试",
        )
    return "是旧版 Office 的复合文件，里面没有工作簿也没有文档", AS_EITHER


def _zip(data: bytes) -> tuple[str, str]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "文件不完整或已损坏（压缩结构读不通）", "请重新下载、重新导出或重新保存后再试"
    if not names:
        return "压缩包里没有文件", "请重新打包后再试"
    for part, reason, remedy in ZIP_PARTS:
        if any(entry.startswith(part) for entry in names):
            return reason, remedy
    return "是压缩包，不是一份自评材料", "请先解压，再逐个或按文件夹读取"


def _other(data: bytes) -> tuple[str, str]:
    found = filetype.guess(data[:8192])
    if found is None:
        return "不是文本、工作簿或文档（里面是二进制数据）", RETYPED
    if found.mime.startswith("image/"):
        return f"是图片（{found.extension}），这种图片不能读取", "请另存为 png、jpg 或 tiff 再试"
    if found.extension in ARCHIVES:
        return f"是 {found.extension} 压缩包，里面的文件读不到", "请先解压，再按文件夹读取，或改存为 zip"
    return f"是 {found.extension} 文件，不是自评材料", RETYPED
