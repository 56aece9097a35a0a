"""An office file to be written again with a few parts changed: every other part keeps its bytes.

What comes in is read under the caps of `parts`; nothing is taken from outside the zip or put anywhere else.
"""

import posixpath
import zipfile
from io import BytesIO

from jixiao.formats.intake import CHUNK, refusal
from jixiao.formats.markup import Element, child_of, local, parsed, written
from jixiao.formats.parts import Parts, resolve

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
STRICT = "http://purl.oclc.org/ooxml/"
CONTENT_TYPES = "[Content_Types].xml"
FIRST_DATE = (1980, 1, 1, 0, 0, 0)


class Package:
    """The parts of an office file by name, in their order; `put` changes one, `packed` is the file again."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._parts = Parts(data, name)
        self._changed: dict[str, bytes] = {}
        self._read: dict[str, bytes] = {}
        self._kept = self._parts.entries()
        self._dropped: set[str] = set()

    def __contains__(self, path: str) -> bool:
        return path not in self._dropped and (path in self._changed or path in self._parts)

    def names(self) -> list[str]:
        """Name all parts, the new ones last."""
        named = [*self._kept, *(path for path in self._changed if path not in self._kept)]
        return [path for path in named if path not in self._dropped]

    def main(self, usual: str) -> str:
        """Name the main part: the usual one, or the one that the package's relations lead to."""
        return usual if usual in self else self._parts.main()

    def bytes_of(self, path: str) -> bytes:
        """Return a part as it now is.

        Raises:
            UnreadableError: it is missing, damaged or over a cap.
        """
        if path in self._changed:
            return self._changed[path]
        if path not in self._read:
            part, chunks = self._parts.open(path), []
            while chunk := part.raw(CHUNK):
                chunks.append(chunk)
            self._read[path] = b"".join(chunks)
        return self._read[path]

    def tree(self, path: str) -> Element:
        """Parse a part whole, comments and all.

        Raises:
            UnreadableError: damaged, over a cap, or with a DOCTYPE.
        """
        return parsed(self.bytes_of(path), self.name)

    def put(self, path: str, content: bytes | Element) -> None:
        """Change a part, or add one."""
        self._changed[path] = content if isinstance(content, bytes) else written(content)

    def drop(self, path: str) -> None:
        """Leave a part out, with its own relations; who points to it is seen to by `stripping`."""
        self._dropped |= {path, relations_path(path)}

    def relations(self, path: str) -> dict[str, tuple[str, str]]:
        """Return the relations of a part that lead to another: their id to (kind, part)."""
        if relations_path(path) not in self:
            return {}
        return {
            str(one.get("Id")): (
                str(one.get("Type", "")).rpartition("/")[2],
                resolve(path, str(one.get("Target", ""))),
            )
            for one in self.tree(relations_path(path))
            if one.get("TargetMode") != "External"
        }

    def relate(self, path: str, kind: str, target: str) -> str:
        """Add a relation from a part to another, and return its id."""
        at = relations_path(path)
        root = self.tree(at) if at in self else parsed(f'<Relationships xmlns="{RELATIONS}"/>'.encode(), at)
        known = {str(one.get("Id")) for one in root}
        name = next(f"rIdN{n}" for n in range(1, len(known) + 2) if f"rIdN{n}" not in known)
        one = child_of(root, f"{{{RELATIONS}}}Relationship")
        one.set("Id", name)
        one.set("Type", f"{OFFICE}/{kind}")
        one.set("Target", posixpath.relpath(target, posixpath.dirname(path) or "."))
        self.put(at, root)
        return name

    def declare(self, path: str, content_type: str) -> None:
        """Say what a new part is."""
        root = self.tree(CONTENT_TYPES)
        one = child_of(root, f"{{{TYPES}}}Override")
        one.set("PartName", f"/{path}")
        one.set("ContentType", content_type)
        self.put(CONTENT_TYPES, root)

    def declare_suffix(self, suffix: str, content_type: str) -> None:
        """Say what parts of a suffix are, unless it is said already."""
        root = self.tree(CONTENT_TYPES)
        known = {str(one.get("Extension", "")).lower() for one in root if local(one) == "Default"}
        if suffix in known:
            return
        one = child_of(root, f"{{{TYPES}}}Default", at=0)
        one.set("Extension", suffix)
        one.set("ContentType", content_type)
        self.put(CONTENT_TYPES, root)

    def new_name(self, pattern: str) -> str:
        """Return a part's name that is free; `pattern` has {} for a number."""
        taken = {name.lower() for name in self.names()}
        return next(
            pattern.format(n) for n in range(1, len(taken) + 2) if pattern.format(n).lower() not in taken
        )

    def packed(self) -> bytes:
        """Return the file, its parts in their order and dated as they were, the new ones at the end."""
        stream = BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in self.names():
                entry = zipfile.ZipInfo(path, self._kept.get(path, FIRST_DATE))
                archive.writestr(entry, self.bytes_of(path), zipfile.ZIP_DEFLATED)
        return stream.getvalue()


def relations_path(path: str) -> str:
    """Name the part that holds the relations of a part."""
    folder, _, own = path.rpartition("/")
    return f"{folder}/_rels/{own}.rels" if folder else f"_rels/{own}.rels"


def opened(data: bytes, name: str, main: str, what: str) -> Package:
    """Open a file to be written again; `main` is its usual main part, `what` is what users call it.

    Raises:
        UnreadableError: it has macros, or is written in the strict dialect; or as for reading.
    """
    package = Package(data, name)
    if CONTENT_TYPES not in package:
        raise refusal(name, "文件不完整，缺少内容类型表", f"请用 WPS 或 Office 打开，另存为{what}后再试")
    types = package.bytes_of(CONTENT_TYPES)
    if b"macroEnabled" in types or any(part.endswith("vbaProject.bin") for part in package.names()):
        raise refusal(name, "文件带有宏，为安全起见不在原件上加批注", f"请另存为不带宏的{what}后再试")
    if STRICT.encode() in package.bytes_of(package.main(main)):
        reason = "文件是“严格 Open XML”格式，不能在原件上加批注"
        raise refusal(name, reason, f"请另存为普通的{what}后再试")
    return package
