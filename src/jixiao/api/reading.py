"""What comes in: a file's papers, its looks, and what lies inside a zip."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from jixiao import formats, papers
from jixiao.errors import UnreadableError
from jixiao.formats import archive, archive_held, intake
from jixiao.formats.archive import Member
from jixiao.formats.pictures import Picture
from jixiao.layout import Layout
from jixiao.model.reading import Reading
from jixiao.model.record import is_record, readings_from

_LOCKS = ("~$", ".")  # what Word and WPS leave beside an open file, and what is hidden
_OURS = (".toml",)  # an office's rules, its ledger and its rule-books, which stand beside the papers
_SYSTEMS = {"__macosx", "thumbs.db", "desktop.ini"}  # what systems leave in folders and zips


@dataclass(frozen=True, slots=True)
class Sight:
    """A file as it looks beside what was read from it: its page, pictures of its pages if it has any, its papers."""

    layout: Layout
    pictures: tuple[Picture, ...]
    readings: tuple[Reading, ...]


def read_papers(data: bytes, *, name: str) -> tuple[Reading, ...]:
    """Read the papers of a file, in their order; each names the file and its sha256.

    What `read --format json` or `check --fix` wrote is taken as it is; the sha256 stays that of the paper.

    Raises:
        UnreadableError: the file can't be read; the sentence names it, the reason and the remedy.
    """
    if is_record(data):
        return _record(data, name)
    digest = sha256(data).hexdigest()
    found = papers.recognize(formats.read(data, name=name))
    return tuple(replace(reading, file=name, sha256=digest) for reading in found)


def ahead(files: Sequence[bytes]) -> None:
    """Make ready in this process what `read_papers` is soon to be asked for: old documents, several at once."""
    formats.ahead(files)


def look(data: bytes, *, name: str) -> Sight:
    """Read a file as `read_papers` does, and keep what it looks like.

    Raises:
        UnreadableError: the file can't be read, or is a record, which looks like nothing.
    """
    if is_record(data):
        raise intake.refusal(name, "是读出来的记录，没有原件可看", "请给出原来的文件")
    layout = formats.read(data, name=name)
    digest = sha256(data).hexdigest()
    readings = tuple(replace(one, file=name, sha256=digest) for one in papers.recognize(layout))
    return Sight(layout, formats.draw(data, name=name), readings)


def _record(data: bytes, name: str) -> tuple[Reading, ...]:
    try:
        return tuple(replace(reading, file=name) for reading in readings_from(data))
    except UnreadableError as error:
        raise UnreadableError(f"“{name}”：{error}") from error


def members(path: Path, *, name: str) -> tuple[Member, ...] | None:
    """Return the files in the zip at `path` but those beside papers; None where it is no zip, or can't be opened.

    Raises:
        UnreadableError: the zip is over a cap or built to do harm.
    """
    try:
        if not path.is_file():
            return None
        with path.open("rb") as stream:
            found = archive.members(stream, name=name)
    except (OSError, ValueError):
        return None
    return found and tuple(one for one in found if not any(map(is_beside_papers, one.path.split("/"))))


def is_beside_papers(name: str) -> bool:
    """Tell by the name of a file or folder alone what systems, programs and offices leave beside papers."""
    return name.startswith(_LOCKS) or name.endswith(_OURS) or name.lower() in _SYSTEMS


def bring_in(path: Path, inside: Sequence[int] = (), *, name: str) -> bytes:
    """Return the bytes of the file at `path`, or of the one that `inside` leads to where it is a zip.

    Raises:
        UnreadableError: it can't be opened, or is over a cap.
    """
    if not inside:
        with intake.open_capped(path) as stream:
            return intake.read_stream(stream, name=name)
    try:
        return archive_held.member(path, inside, name=name)
    except OSError as error:
        raise intake.refusal(name, "压缩包打不开", "请确认它没有被移走，并允许读取") from error


def read_file(path: Path, *, name: str) -> tuple[Reading, ...]:
    """Read the papers of the file at `path`, called `name` in all that is said of it.

    Raises:
        UnreadableError: there is no such file, it is too large, or it can't be read.
    """
    with intake.open_capped(path) as stream:
        return read_stream(stream, name=name)


def take_in(stream: BinaryIO, *, name: str) -> bytes:
    """Return all bytes of a stream that somebody hands in, under the same caps as a file.

    Raises:
        UnreadableError: too much came, nothing came, or the stream broke off.
    """
    return intake.read_stream(stream, name=name)


def read_stream(stream: BinaryIO, *, name: str) -> tuple[Reading, ...]:
    """Read the papers of a stream to its end, under the same caps as a file.

    Raises:
        UnreadableError: too much came, the stream broke off, or what came can't be read.
    """
    return read_papers(intake.read_stream(stream, name=name), name=name)
