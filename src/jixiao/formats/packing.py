"""Pack the parts of an office file: zipped as they are made, dated alike, so that the same page gives the same bytes.

What is in a part its own writer knows; here are only the zip, the list of content types and the relations.
"""

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from typing import NamedTuple

from jixiao.expressions import expression

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
FIXED_DATE = (1980, 1, 1, 0, 0, 0)
ILLEGAL = expression("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"


class Relation(NamedTuple):
    """What a part refers to: the id it uses, the last word of the kind, the target beside it."""

    id: str
    kind: str
    target: str


@dataclass(slots=True)
class Package:
    """An office file being written, part after part; `kinds` are the content types of the parts so far."""

    stream: BytesIO = field(default_factory=BytesIO)
    kinds: dict[str, str] = field(default_factory=dict)
    archive: zipfile.ZipFile = field(init=False)

    def __post_init__(self) -> None:
        self.archive = zipfile.ZipFile(self.stream, "w")

    def add(self, path: str, kind: str, xml: str) -> None:
        """Write a part, given without its XML head, under its content type."""
        self.kinds[path] = kind
        self._write(path, xml)

    def put_in(self, path: str, kind: str, data: bytes) -> None:
        """Write a part that is no XML, such as a picture."""
        self.kinds[path] = kind
        self.archive.writestr(_entry(path), data)

    def stream_in(self, path: str, kind: str, pieces: Iterable[str]) -> None:
        """Write a part piece by piece as they are made, so that it is never held whole."""
        self.kinds[path] = kind
        with self.archive.open(_entry(path), "w") as part:
            part.write(HEAD.encode())
            for piece in pieces:
                part.write(piece.encode())

    def relate(self, source: str, relations: Iterable[Relation]) -> None:
        """Write what a part refers to; "" is the package itself."""
        folder, _, file = source.rpartition("/")
        listed = "".join(
            f'<Relationship Id="{id_}" Type="{KINDS}/{kind}" Target="{escaped(target)}"/>'
            for id_, kind, target in relations
        )
        path = f"{folder}/_rels/{file}.rels".removeprefix("/")
        self._write(path, f'<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>')

    def close(self) -> bytes:
        """Write the list of content types and return the whole file."""
        listed = "".join(
            f'<Override PartName="/{path}" ContentType="{kind}"/>' for path, kind in self.kinds.items()
        )
        default = f'<Default Extension="rels" ContentType="{RELATIONS}"/>'
        default += '<Default Extension="xml" ContentType="application/xml"/>'
        self._write(
            "[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types">{default}{listed}</Types>'
        )
        self.archive.close()
        return self.stream.getvalue()

    def _write(self, path: str, xml: str) -> None:
        self.archive.writestr(_entry(path), (HEAD + xml).encode())


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, FIXED_DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 0  # the same on every system
    return entry


def escaped(text: str) -> str:
    """Leave out what XML can't hold and escape what it marks up with, quotes too."""
    if ILLEGAL.search(text):
        text = ILLEGAL.sub("", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
