"""A copy for the public: where personal data stands in a file, and the file without it."""

from collections.abc import Sequence

from jixiao import formats
from jixiao.api.reading import read_papers
from jixiao.formats import intake
from jixiao.formats import public_copy as own_copy
from jixiao.layout import Layout
from jixiao.model.record import is_record
from jixiao.papers import lay_out, writable
from jixiao.papers.pages import disclosure
from jixiao.papers.pages.disclosure import PublicCopy, Sighting


def public_copy(data: bytes, *, name: str, format: str | None = None) -> PublicCopy:  # noqa: A002 - as in `render`
    """Look for personal data in a file that is to be published, in a format of FORMATS or (None) in its own.

    Raises:
        UnreadableError: the file can't be read, or holds what can't be looked into.
    """
    own = None if is_record(data) else own_copy.texts(data, format, name=name)
    pages = (own,) if own is not None else _official(data, name)
    said = tuple(doubt.why for doubt in own.doubts) if own is not None else ()
    return PublicCopy(pages, disclosure.sightings(pages), said, own is not None)


def disclose(data: bytes, copy: PublicCopy, chosen: Sequence[Sighting], *, name: str, format: str) -> bytes:  # noqa: A002
    """Write the copy with the chosen pieces masked: the file itself where it can be, else its papers in a format.

    Raises:
        UnreadableError: a piece is left where it can't be masked.
        UnknownNameError: there is no such format.
    """
    pages = disclosure.masked(copy.pages, chosen)
    if not copy.own:
        return formats.bind(pages, format)
    changes = disclosure.changes(copy.pages, pages)
    return own_copy.replaced(data, changes, disclosure.hard(chosen), name=name)


def _official(data: bytes, name: str) -> tuple[Layout, ...]:
    """Return a file's papers laid out anew where all of them can be, else its page as read."""
    readings = read_papers(data, name=name)
    known = {row.kind for row in writable()}
    if all(reading.kind in known for reading in readings):
        return tuple(lay_out(reading.record, reading.kind) for reading in readings)
    if is_record(data):
        raise intake.refusal(name, "是读出来的记录，其中的报告没有原文", "请给出原来的文件")
    return (formats.read(data, name=name),)
