"""What Word and Excel refuse of comments, or throw away: parts that are not whole, marks that lead nowhere."""

from collections.abc import Iterator

from jixiao.formats.xlsx.sheet import spot
from tests.formats.package_rules import KINDS, Parts, Tree, twice

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
X = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHAPE, DATA = "{urn:schemas-microsoft-com:vml}shape", "{urn:schemas-microsoft-com:office:excel}"


def document_comment_faults(parts: Parts) -> list[str]:
    """List what is wrong with the comments of a document and with its tracked changes."""
    body = parts.trees["word/document.xml"]
    listed = parts.trees.get("word/comments.xml")
    own = [] if listed is None else [str(one.get(f"{W}id")) for one in listed]
    faults = [f"comment {one} stands twice" for one in twice(own)]
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        ids = [str(one.get(f"{W}id")) for one in body.iter(f"{W}{name}")]
        faults += [f"{name} {one} stands twice" for one in twice(ids)]
        faults += [f"{name} {one} leads nowhere" for one in sorted(set(ids) - set(own))]
        faults += [f"comment {one} has no {name}" for one in sorted(set(own) - set(ids))]
    if listed is not None:
        faults += [f"comment {one.get(f'{W}id')} is empty" for one in listed if one.find(f"{W}p") is None]
    changes = [one for name in ("ins", "del") for one in body.iter(f"{W}{name}")]
    faults += [f"change {one} stands twice" for one in twice([str(one.get(f"{W}id")) for one in changes])]
    faults += ["a change without an author" for one in changes if not one.get(f"{W}author")]
    return faults + [
        "taken away, but written as text" for one in body.iter(f"{W}del") if any(one.iter(f"{W}t"))
    ]


def sheet_comment_faults(parts: Parts, path: str) -> Iterator[str]:
    """Yield what is wrong with the comments of a sheet: each has its shape, and each shape its comment."""
    related = parts.related(path)
    notes = [parts.trees[part] for kind, part in related.values() if kind == "comments"]
    drawn = list(parts.trees[path].iter(f"{X}legacyDrawing"))
    shapes = [shape for one in drawn for shape in _shapes(parts, related, one)]
    if len(notes) > 1 or len(drawn) > 1:
        yield "a sheet has its comments in one part, its shapes in another"
    listed = [note for one in notes for note in one.iter(f"{X}comment")]
    cells = [str(note.get("ref")) for note in listed]
    yield from (f"comment of {one} stands twice" for one in twice(cells))
    authors = sum(len(one.findall(f"{X}authors/{X}author")) for one in notes)
    yield from (
        f"comment of {note.get('ref')} has no author"
        for note in listed
        if int(str(note.get("authorId"))) >= authors
    )
    ids = [str(shape.get("id")) for shape in shapes]
    yield from (f"shape {one} stands twice" for one in twice(ids))
    spots = [
        (int(str(shape.findtext(f".//{DATA}Row"))), int(str(shape.findtext(f".//{DATA}Column"))))
        for shape in shapes
    ]
    if sorted(spots) != sorted(place for place in map(spot, cells) if place is not None):
        yield "shapes and comments are not the same"


def _shapes(parts: Parts, related: dict[str, tuple[str, str]], drawing: Tree) -> list[Tree]:
    kind, part = related[str(drawing.get(f"{{{KINDS}}}id"))]
    return list(parts.trees[part].iter(SHAPE)) if kind == "vmlDrawing" else []
