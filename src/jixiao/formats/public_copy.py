"""A copy of a user's own workbook or document for others to see: some texts replaced, nothing left beside the page."""

from collections.abc import Collection, Mapping
from types import ModuleType

from jixiao.formats import intake, stripping
from jixiao.formats.parts import office_format
from jixiao.layout import Layout, Place


def texts(data: bytes, format: str | None, *, name: str) -> Layout | None:  # noqa: A002 - the word of the design
    """Return every text that stays in a copy, each at a place of its own.

    Args:
        data: the file.
        format: the format that the copy is to have, None for the file's own.
        name: what the user calls it.

    Returns:
        None where the file is no xlsx or docx, or is to become another.

    Raises:
        UnreadableError: it is damaged, or holds what can't be looked into.
    """
    own = _format(data, name)
    if own is None or format not in {None, own}:
        return None
    layout: Layout = _module(own).texts(data, name=name)
    return layout


def replaced(data: bytes, changes: Mapping[Place, str], barred: Collection[str], *, name: str) -> bytes:
    """Return the copy, with new texts of the same length at some places.

    Args:
        data: the file, an xlsx or docx.
        changes: the new texts, by the places that `texts` gave them.
        barred: words that may stand nowhere in the copy; it is searched for them part by part when it is done.
        name: what the user calls the file.

    Raises:
        UnreadableError: as `texts`; or a word is left in a part that isn't looked through.
    """
    package = _module(_format(data, name)).replaced(data, changes, name=name)
    for part, _ in stripping.leaking(package, barred):
        raise intake.refusal(
            name,
            f"要遮盖的内容在文件内部的 {part} 里还有一份，遮不到",
            "请把内容另存为新的文件，或改用 --to 写成正式的表",
        )
    copy: bytes = package.packed()
    return copy


def _format(data: bytes, name: str) -> str | None:
    return office_format(data, name=name) if intake.sniff(data) is intake.Kind.ZIP else None


def _module(own: str | None) -> ModuleType:
    """Return the module of either format; neither is imported before it is needed."""
    if own == "docx":
        from jixiao.formats.docx import replacing as in_document  # noqa: PLC0415 - reading text waits for no library

        return in_document
    from jixiao.formats.xlsx import replacing as in_workbook  # noqa: PLC0415 - as above

    return in_workbook
