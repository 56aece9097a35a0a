"""Bind PDFs that the typesetter made into one: pages, bookmarks and tags in their order.

Setting thousands of papers at once takes megabytes for each; a few at a time take no more than the first few. What the
typesetter writes is plain: numbered objects, none packed inside another, and a table at the end that says where each
begins. So the objects of each part are numbered on from those of the last, and only what joins the parts is made anew:
the catalogue, the roots of pages, bookmarks and tags, and the tree that leads from pages to tags.
"""

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import BinaryIO

CATALOG, PAGES, OUTLINES, TAGS, TREE, DOCUMENT = range(1, 7)
FIRST = 7  # the number of the first object that is taken over
HEAD = b"%PDF-1.7\n%\x80\x80\x80\x80\n"
REFERENCE = re.compile(rb"\((?:[^()\\]|\\.)*\)|\b(\d+) 0 R", re.DOTALL)  # or a text, which may look like one
TRAILER = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
STRUCTURE = re.compile(rb"/StructParents (\d+)")


class UnlikelyError(ValueError):
    """A part that isn't built as the typesetter builds them; a change of its version would show here first."""


@dataclass(slots=True)
class _Part:
    """One part: its objects by number, and the numbers of those that join it."""

    objects: dict[int, bytes]
    catalog: int
    info: int
    pages: int
    outlines: int
    tags: int

    def moved(self, number: int, base: int, runs: int) -> bytes:
        """Return an object with its references numbered on by `base` and its run of tags by `runs`."""
        head, word, data = self.objects[number].partition(b"\nstream\n")
        head = REFERENCE.sub(lambda found: self._moved(found, base), head)
        if runs:
            head = STRUCTURE.sub(lambda found: b"/StructParents %d" % (int(found[1]) + runs), head)
        return head + word + data

    def _moved(self, found: re.Match[bytes], base: int) -> bytes:
        if found[1] is None:
            return found[0]
        number = int(found[1])
        roots = {self.outlines: OUTLINES, self.tags: DOCUMENT}
        return b"%d 0 R" % roots.get(number, base + number)


@dataclass(slots=True)
class _Bound:
    """The file that grows: what was written, where each object begins, and what will join the parts.

    `held` is the last bookmark so far, which waits for the next; `runs` counts the runs of tags, one a page.
    """

    out: BinaryIO
    offsets: "array[int]" = field(default_factory=lambda: array("Q"))
    following: int = FIRST
    pages: list[bytes] = field(default_factory=list)
    documents: list[bytes] = field(default_factory=list)
    branches: list[bytes] = field(default_factory=list)
    first_mark: int = 0
    held: tuple[int, bytes] | None = None
    counted: dict[int, int] = field(default_factory=lambda: {PAGES: 0, OUTLINES: 0})
    runs: int = 0
    catalog: bytes = b""
    roles: bytes = b""
    info: int = 0
    digest: bytes = b""

    def put(self, number: int, body: bytes) -> None:
        lacking = number + 1 - len(self.offsets)
        self.offsets.extend([0] * lacking)  # nothing begins at 0: a number without a place is free
        self.offsets[number] = self.out.tell()
        self.out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))


def bind(parts: Iterable[bytes], out: BinaryIO) -> None:
    """Bind PDFs of the typesetter's into one, in their order; of what describes the whole the first one's is kept.

    What is done is written to `out` at once, so that thousands take no more memory than a few.

    Raises:
        UnlikelyError: a part isn't built as expected, or there is none.
    """
    whole = _Bound(out)
    whole.out.write(HEAD)
    for data in parts:
        _take(whole, _opened(data))
        whole.digest = sha256(whole.digest + data).digest()
    _close(whole)


def _opened(data: bytes) -> _Part:
    end = TRAILER.search(data)
    if end is None:
        raise UnlikelyError("startxref")
    table = int(end[1])
    rows, _, trailer = data[table : end.start()].partition(b"trailer")
    starts = [int(row[:10]) for row in rows.splitlines()[3:]]
    objects = {}
    for number, (start, stop) in enumerate(zip(starts, [*starts[1:], table], strict=True), 1):
        words = b"%d 0 obj" % number
        if not data.startswith(words, start):
            raise UnlikelyError("xref")
        objects[number] = data[start + len(words) : data.rindex(b"endobj", start, stop)].strip(b"\r\n")
    catalog = _pointed(trailer, b"/Root")
    root = objects[catalog]
    names = (b"/Pages", b"/Outlines", b"/StructTreeRoot")
    return _Part(objects, catalog, _pointed(trailer, b"/Info"), *(_pointed(root, name) for name in names))


def _take(whole: _Bound, part: _Part) -> None:
    """Number a part's objects on, write them, and keep what its roots say."""
    base = whole.following - 1
    left_out = {part.catalog, part.outlines, part.tags}
    if whole.catalog:
        left_out |= {part.info, _pointed(part.objects[part.catalog], b"/Metadata")}
    else:
        whole.catalog = part.moved(part.catalog, base, 0)
        whole.info = base + part.info
    joined = _marks(whole, part, base) | _chapters(part, base)
    for number in part.objects:
        if number == part.pages:
            body = part.moved(number, base, 0).replace(b"<<", b"<</Parent %d 0 R" % PAGES, 1)
            whole.put(base + number, body)
        elif number not in left_out and base + number != (whole.held or (0,))[0]:
            whole.put(base + number, joined.get(number) or part.moved(number, base, whole.runs))
    whole.pages.append(b"%d 0 R" % (base + part.pages))
    _tags(whole, part, base)
    whole.counted[PAGES] += _number(part.objects[part.pages], rb"/Count (\d+)")
    whole.following += max(part.objects)


def _marks(whole: _Bound, part: _Part, base: int) -> dict[int, bytes]:
    """Chain the bookmark that was held with this part's first; hold this part's last. Return what was changed."""
    root = part.objects[part.outlines]
    first, last = _pointed(root, b"/First"), _pointed(root, b"/Last")
    whole.counted[OUTLINES] += _number(root, rb"/Count (\d+)")
    joined = {first: part.moved(first, base, 0)}
    if whole.held is None:
        whole.first_mark = base + first
    else:
        number, body = whole.held
        whole.put(number, body.replace(b"<<", b"<</Next %d 0 R" % (base + first), 1))
        joined[first] = joined[first].replace(b"<<", b"<</Prev %d 0 R" % number, 1)
    whole.held = (base + last, joined.get(last) or part.moved(last, base, 0))
    return joined


def _chapters(part: _Part, base: int) -> dict[int, bytes]:
    """Return what a part calls its document, as a part of the whole."""
    root = part.objects[part.tags]
    found = re.search(rb"/K\[([^]]*)\]", root)
    numbers = [int(number) for number in re.findall(rb"(\d+) 0 R", found[1])] if found else []
    return {n: part.moved(n, base, 0).replace(b"/S/Document", b"/S/Part", 1) for n in numbers}


def _tags(whole: _Bound, part: _Part, base: int) -> None:
    """Keep a part's documents, and its branch of the tree that leads from pages to tags."""
    root = part.moved(part.tags, base, 0)
    documents, roles = re.search(rb"/K\[([^]]*)\]", root), re.search(rb"/RoleMap<<.*?>>", root)
    nums = re.search(rb"/Nums\[([^]]*)\]", root)
    if documents is None or roles is None or nums is None:
        raise UnlikelyError("StructTreeRoot")
    whole.documents.append(documents[1])
    whole.roles = roles[0]
    rows = re.findall(rb"(\d+) (\d+ 0 R)", nums[1])
    first, last = whole.runs + int(rows[0][0]), whole.runs + int(rows[-1][0])
    tree = b" ".join(b"%d %s" % (whole.runs + int(key), value) for key, value in rows)
    whole.branches.append(b"<</Limits[%d %d]/Nums[%s]>>" % (first, last, tree))
    whole.runs = last + 1


def _close(whole: _Bound) -> None:
    """Write what joins the parts, the table of where everything is, and the end."""
    if whole.held is None:
        raise UnlikelyError("no parts")
    whole.put(*whole.held)
    catalog = re.sub(rb"/Pages \d+ 0 R", b"/Pages %d 0 R" % PAGES, whole.catalog)
    catalog = catalog.replace(b"/StructTreeRoot %d 0 R" % DOCUMENT, b"/StructTreeRoot %d 0 R" % TAGS)
    branches = b" ".join(_branches(whole))
    pages = b" ".join(whole.pages)
    counted, mark = whole.counted, whole.digest[:16].hex().encode()
    whole.put(CATALOG, catalog)
    whole.put(PAGES, b"<</Type/Pages/Count %d/Kids[%s]>>" % (counted[PAGES], pages))
    whole.put(
        OUTLINES,
        b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>"
        % (whole.first_mark, whole.held[0], counted[OUTLINES]),
    )
    whole.put(TREE, b"<</Kids[%s]>>" % branches)
    whole.put(
        TAGS,
        b"<</Type/StructTreeRoot%s/K[%s]/ParentTree %d 0 R/ParentTreeNextKey %d>>"
        % (whole.roles, b"%d 0 R" % DOCUMENT, TREE, whole.runs),
    )
    documents = b" ".join(whole.documents)
    whole.put(DOCUMENT, b"<</Type/StructElem/S/Document/P %d 0 R/K[%s]>>" % (TAGS, documents))
    table = whole.out.tell()
    whole.out.write(b"xref\n0 %d\n0000000000 65535 f \n" % whole.following)
    whole.out.writelines(_rows(whole))
    whole.out.write(
        b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]>>\nstartxref\n%d\n%%%%EOF"
        % (whole.following, CATALOG, whole.info, mark, mark, table)
    )


def _branches(whole: _Bound) -> Iterator[bytes]:
    for branch in whole.branches:
        whole.put(whole.following, branch)
        yield b"%d 0 R" % whole.following
        whole.following += 1


def _rows(whole: _Bound) -> Iterator[bytes]:
    """Say where each object begins; a number that was left out is free."""
    for number in range(1, whole.following):
        start = whole.offsets[number] if number < len(whole.offsets) else 0
        yield b"%010d 00000 n \n" % start if start else b"0000000000 00001 f \n"


def _pointed(body: bytes, key: bytes) -> int:
    return _number(body, key + rb" (\d+) 0 R")


def _number(body: bytes, pattern: bytes) -> int:
    found = re.search(pattern, body)
    if found is None:
        raise UnlikelyError(pattern)
    return int(found[1])
