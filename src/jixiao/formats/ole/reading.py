"""Read an old Word or WPS document: by LibreOffice where it is found, else out of the file itself, with a doubt."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from jixiao.errors import UnreadableError
from jixiao.expressions import expression
from jixiao.formats.cell_text import tidy
from jixiao.formats.compound import Broken
from jixiao.formats.docx import reading as docx
from jixiao.formats.intake import LIMITS, refusal
from jixiao.formats.ole import plain
from jixiao.formats.ole.ahead import docx_of, prepare
from jixiao.formats.ole.soffice import program
from jixiao.formats.ole.word_file import WordFile, is_encrypted, parse
from jixiao.formats.parts import damaged
from jixiao.layout import NOWHERE, Block, Doubt, Layout, Line

WITHOUT = "按文档的存储结构读取，页眉里的文字没有读到，文本框的位置不详；{}，或用 WPS、Word 另存为 docx，可以完整读取"
SUFFIX = "doc"
MISSING = "安装 LibreOffice（免费）后重新读取"
FAILED = "LibreOffice 没能转换这份文件"
RENEWED = expression(
    r"\x13\s*(DATE|TIME|FILENAME|SAVEDATE|PRINTDATE|USERNAME)\b[^\x13-\x15]{0,300}\x14([^\x13-\x15\r\x07]{0,100})"
)
ANEW = "文档里有自动更新的域（{}），读出的是此刻的值，不一定是当时填的"
LOST = "转换后的文档比原文件少了约 {} 个汉字，可能有内容丢失；请用 WPS 或 Word 另存为 docx 后核对"


def read(data: bytes, *, name: str) -> Layout:
    """Read an old document.

    Raises:
        UnreadableError: encrypted, damaged, over a cap, or no text in it.
    """
    try:
        if is_encrypted(data):
            raise refusal(
                name, "文件有密码保护，无法读取", "请用 WPS 或 Word 打开，去掉密码后另存为 docx 再试"
            )
        file = parse(data)
    except (Broken, KeyError) as error:
        raise damaged(name) from error
    layout = _by_office(data, name, file)
    return layout if layout is not None else _out_of(file, name)


def ahead(files: Sequence[bytes]) -> None:
    """Make ready what `read` is soon to be asked for, LibreOffice started once; see `ole.ahead`."""
    prepare([data for data in files if _is_whole(data)], SUFFIX)


def _is_whole(data: bytes) -> bool:
    try:
        return not is_encrypted(data) and parse(data) is not None
    except (Broken, KeyError):
        return False


def _by_office(data: bytes, name: str, file: WordFile) -> Layout | None:
    """Read what LibreOffice makes of it, None when that is no document."""
    made = docx_of(data, SUFFIX)
    if made is None:
        return None
    try:
        layout = docx.read(made, name=name)
    except UnreadableError:
        return None
    before, after = _chinese(file.text), sum(map(_chinese, _texts(layout.blocks)))
    lost = (Doubt(NOWHERE, LOST.format(before - after)),) if 10 * after < 9 * before else ()
    doubts = (*lost, *_renewed(file.text), *layout.doubts)
    return replace(layout, format="doc", doubts=doubts[: LIMITS.doubts])


def _renewed(text: str) -> Iterator[Doubt]:
    """Fields that LibreOffice works out anew when it opens a file: today for the day that was filled in."""
    for field in RENEWED.finditer(text):
        yield Doubt(NOWHERE, ANEW.format(field[1]), alternative=tidy(field[2]) or None)


def _out_of(file: WordFile, name: str) -> Layout:
    blocks, doubts = plain.read(file, name=name)
    if not blocks:
        raise refusal(name, "文档里没有文字（可能只有图片）", "请提供可以选中文字的文档")
    first = Doubt(NOWHERE, WITHOUT.format(MISSING if program() is None else FAILED))
    return Layout(name, blocks, "doc", (first, *doubts)[: LIMITS.doubts])


def _texts(blocks: Iterable[Block]) -> Iterable[str]:
    for block in blocks:
        if isinstance(block, Line):
            yield block.text
        else:
            yield from (cell.text for cell in block.cells)


def _chinese(text: str) -> int:
    return sum("\u4e00" <= sign <= "\u9fff" for sign in text)
