"""What Word and Excel refuse, or mend with a warning: rules of the package, and of the order of children.

`faults` lists what breaks a rule, in sentences; an empty list is a file that opens as it is.
"""

import posixpath
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO

from lxml import etree

Tree = etree._Element
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"

TYPES = {
    "officeDocument": ".main+xml", "worksheet": ".worksheet+xml", "styles": ".styles+xml", "settings": ".settings+xml",
    "fontTable": ".fontTable+xml", "footer": ".footer+xml", "comments": ".comments+xml", "sharedStrings": ".sharedStrings+xml",
    "vmlDrawing": ".vmlDrawing",
}  # fmt: skip


class Parts:
    """The parts of an office file as trees, and what its package says of them."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            self.names = archive.namelist()
            self.trees: dict[str, Tree] = {
                name: etree.fromstring(archive.read(name)) for name in self.names if not name.endswith(".png")
            }

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """Relation id to kind and part."""
        folder, _, file = part.rpartition("/")
        path = f"{folder}/_rels/{file}.rels".removeprefix("/")
        return {
            str(one.get("Id")): (
                str(one.get("Type")).rpartition("/")[2],
                posixpath.normpath(posixpath.join(folder, str(one.get("Target")))),
            )
            for one in (self.trees[path].iter(RELATIONS) if path in self.trees else ())
        }


def package_faults(parts: Parts) -> Iterator[str]:
    """Yield what is wrong with the zip, the content types and the relations."""
    yield from (f"{name} stands twice" for name in twice(parts.names))
    types = parts.trees["[Content_Types].xml"]
    known = [str(one.get("PartName")) for one in types if local(one) == "Override"]
    endings = {str(one.get("Extension")) for one in types if local(one) == "Default"}
    yield from (f"the type of {name} is said twice" for name in twice(known))
    yield from (f"the type of {name}, which is not there" for name in known if name[1:] not in parts.names)
    for name in parts.names:
        own = f"/{name}" in known or ("." in name and name.rpartition(".")[2] in endings - {"xml"})
        if name != "[Content_Types].xml" and not own:
            yield f"{name} has no type of its own"
        if name.startswith("/") or ".." in name.split("/") or "\\" in name:
            yield f"no part may be called {name}"
    yield from (
        f"{name} stands twice but for its letters' case" for name in twice([n.lower() for n in parts.names])
    )
    if "rels" not in endings:
        yield "relations have no type"
    yield from _relation_faults(parts)
    yield from _kind_faults(parts, types)


def _relation_faults(parts: Parts) -> Iterator[str]:
    for name, tree in parts.trees.items():
        ids = [str(one.get("Id")) for one in tree.iter(RELATIONS)]
        yield from (f"{name}: relation {one} stands twice" for one in twice(ids))
        if name.endswith(".rels") or name.startswith("["):
            continue
        related = parts.related(name)
        yield from (f"{name}: {path} is not there" for _, path in related.values() if path not in parts.names)
        used = {
            str(value)
            for one in tree.iter()
            for key, value in one.attrib.items()
            if key.startswith(f"{{{KINDS}}}")
        }
        yield from (f"{name}: {one} leads nowhere" for one in sorted(used - set(related)))


def _kind_faults(parts: Parts, types: Tree) -> Iterator[str]:
    """Yield each part whose type is not that of the relation that leads to it, and each that none leads to."""
    said = {str(one.get("PartName") or one.get("Extension")): str(one.get("ContentType")) for one in types}
    reached = {"[Content_Types].xml", *(name for name in parts.names if name.endswith(".rels"))}
    for owner in ("", *parts.names):
        for kind, path in parts.related(owner).values():
            reached.add(path)
            told = said.get(f"/{path}") or said.get(path.rpartition(".")[2], "")
            if not told.endswith(TYPES.get(kind, "")):
                yield f"{path} is reached as {kind} and called {told}"
    yield from (f"nothing leads to {name}" for name in parts.names if name not in reached)


def order_faults(tree: Tree, orders: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield each element whose children are not known, not in their order, or twice."""
    for element in tree.iter():
        order = orders.get(local(element))
        if order is None:
            continue
        names = [local(child) for child in element]
        unknown = [name for name in names if name not in order]
        if unknown:
            yield f"{local(element)} has {unknown}"
        elif sorted(names, key=order.index) != names:
            yield f"{local(element)} has its children in the order {names}"


def twice(names: Sequence[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1}) if len(set(names)) < len(names) else []


def local(element: Tree) -> str:
    return etree.QName(element).localname


def with_part(data: bytes, path: str, old: str, new: str) -> bytes:
    """The same file with a part changed, or left out where `old` is empty."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(stream, "w") as after:
        for name in before.namelist():
            text = before.read(name).decode()
            if name == path:
                assert old in text
                text = text.replace(old, new, 1)
            if name != path or old:
                after.writestr(name, text)
    return stream.getvalue()
