"""What an office file carries beside its page, taken out of a copy that others will see: authors, remarks, leftovers.

What can't be looked into is refused rather than let through.
"""

import re
from collections.abc import Callable, Collection, Iterator
from html import unescape

from jixiao.errors import UnreadableError
from jixiao.expressions import expression
from jixiao.formats.intake import refusal
from jixiao.formats.markup import Element, local
from jixiao.formats.package import CONTENT_TYPES, Package

ALWAYS = expression(r"^(?:docProps/(?:custom\.xml|thumbnail\.\w+)|customXml/.*)$", re.IGNORECASE)
_KEPT_PROPERTIES = frozenset({"created", "modified", "coreProperties"})
_CLEARED = frozenset({"Company", "Manager", "HyperlinkBase", "Template"})
_LEFT_PROPERTIES = frozenset({"HLinks", "TitlesOfParts", "HeadingPairs"})
_NOWHERE = "about:blank"
_PRIVATE_TARGET = expression(r"^(?:mailto:|tel:|sms:|file:|[A-Za-z]:[\\/]|\\\\)", re.IGNORECASE)
_LEFT_RELATIONS = ("attachedTemplate", "mailMergeSource")
_TAG = expression(r"<[^>]*>")


def closed(package: Package, barred: Collection[tuple[str, str]]) -> None:
    """Refuse a file with parts that nobody can look into here.

    Args:
        package: the file.
        barred: beginnings of part names, each with what users call such a part.

    Raises:
        UnreadableError: there is one; or the file has macros.
    """
    for path in package.names():
        if path.endswith("vbaProject.bin"):
            raise closed_to(package.name, "宏")
        for start, what in barred:
            if path.startswith(start):
                raise closed_to(package.name, what)


def closed_to(name: str, what: str) -> UnreadableError:
    """Refuse a file because of what in it can't be looked into."""
    return refusal(
        name, f"里面有{what}，看不到其中有没有个人信息，不能写成公开稿", f"请另存一份，删去{what}后再试"
    )


def drop(package: Package, pattern: re.Pattern[str]) -> int:
    """Take the parts of a name out, with every relation and declaration that names them; return how many."""
    gone = [path for path in package.names() if pattern.match(path) and not path.endswith(".rels")]
    for path in gone:
        package.drop(path)
    for path in [name for name in package.names() if pattern.match(name)]:
        package.drop(path)
    if gone:
        _forget(package, frozenset(gone))
    return len(gone)


def _forget(package: Package, gone: Collection[str]) -> None:
    for path in package.names():
        if path.endswith(".rels"):
            source = _source(path)
            lost = {key for key, (_, target) in package.relations(source).items() if target in gone}
            _filter(package, path, lambda one, lost=lost: str(one.get("Id")) not in lost)  # type: ignore[misc]
    _filter(package, CONTENT_TYPES, lambda one: str(one.get("PartName", "")).lstrip("/") not in gone)


def _source(path: str) -> str:
    folder, _, own = path.rpartition("/")
    return f"{folder.removesuffix('_rels')}{own.removesuffix('.rels')}"


def _filter(package: Package, path: str, stays: Callable[[Element], bool]) -> None:
    root = package.tree(path)
    gone = [one for one in root if not stays(one)]
    for one in gone:
        root.remove(one)
    if gone:
        package.put(path, root)


def clean(package: Package) -> None:
    """Clear who wrote the file, for whom and from what; and links that name a mailbox, a telephone or a folder."""
    drop(package, ALWAYS)
    for path in package.names():
        if path.lower() in {"docprops/core.xml", "docprops/app.xml"}:
            _clean_properties(package, path)
        elif path.endswith(".rels"):
            _clean_links(package, path)


def _clean_properties(package: Package, path: str) -> None:
    root = package.tree(path)
    core = path.lower().endswith("core.xml")
    for one in list(root):
        if local(one) in _LEFT_PROPERTIES:
            root.remove(one)
        elif local(one) not in _KEPT_PROPERTIES if core else local(one) in _CLEARED:
            one.text = None
    package.put(path, root)


def _clean_links(package: Package, path: str) -> None:
    root = package.tree(path)
    changed = False
    for one in list(root):
        if one.get("TargetMode") != "External":
            continue
        if str(one.get("Type", "")).endswith(_LEFT_RELATIONS):
            root.remove(one)
            changed = True
        elif _PRIVATE_TARGET.match(str(one.get("Target", ""))):
            one.set("Target", _NOWHERE)
            changed = True
    if changed:
        package.put(path, root)


def leaking(package: Package, words: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield (part, word) for each of some words that still stands anywhere in the file, in text or in a name."""
    if not words:
        return
    for path in package.names():
        if path.endswith((".xml", ".rels", ".vml")):
            text = unescape(package.bytes_of(path).decode("utf-8", "replace"))
            plain = _TAG.sub("", text)
            yield from ((path, word) for word in words if word in plain or word in text)
