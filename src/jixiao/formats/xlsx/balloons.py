"""Comments of a worksheet: their texts in one part, the yellow boxes they are shown in in another (VML).

What others have written stays: their comments keep their texts and boxes, and ours follow in a cell that has one.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jixiao.formats.markup import Element, attribute, child_of, children, found, local, parsed
from jixiao.formats.notes import COLOURS, Level
from jixiao.formats.package import Package
from jixiao.formats.parts import damaged
from jixiao.formats.xlsx.sheet import Spot, spot
from jixiao.formats.xlsx.workbook_parts import HEIGHT, MAIN, Tab, in_order, name_of, set_relation, tag

COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
SHAPES = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel">'
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{data}"/></o:shapelayout></xml>'
)
NAMESPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
SHAPE_TYPE = (
    f'<v:shapetype {NAMESPACES} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
SHAPE = (
    f'<v:shape {NAMESPACES} id="_x0000_s{{id}}" type="#_x0000_t202"'
    ' style="position:absolute;margin-left:100pt;margin-top:1pt;width:{width}pt;height:{height}pt;z-index:1;'
    'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
PARTED = "――――――"  # between the words of others and ours
SHAPED = re.compile(rb"<v:shape\b.*?</v:shape>", re.DOTALL)
SPOTS = re.compile(rb"<x:(Row|Column)>\s*(\d{1,7})")
END = re.compile(rb"</(?:\w+:)?xml\s*>\s*$")
SHAPE_ID = re.compile(rb"_x0000_s(\d{1,9})")
IDMAP = re.compile(rb"<o:idmap[^>]*data=[\"'](\d{1,6})")
BOX_WIDTH = 300  # pixels
CHARACTERS = 22  # Chinese characters on a line of that width
LINE = 17  # pixels
TALLEST = 600
BLOCK = 1024  # shape numbers that a drawing has for itself


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a cell: a title in the colour of its level, and the text below it."""

    level: Level
    title: str
    text: str


def comment(package: Package, tab: Tab, said: Mapping[Spot, Sequence[Said]], author: str) -> None:
    """Put comments on cells; `tab` must have none in another manner (threads) on these cells.

    Changes the sheet's part only where it had no comments and no boxes so far.
    """
    if not said:
        return
    new = _texts(package, tab, said, author)
    if new:
        _boxes(package, tab, {at: said[at] for at in new})


def take_away(package: Package, tab: Tab, author: str) -> None:
    """Take away the comments that an author has made before, and what stands of them in those of others."""
    path, drawing = _part(package, tab, "comments"), _drawing(package, tab)
    if path is None:
        return
    root = package.tree(path)
    ours = {str(number) for number, one in enumerate(children(root, "authors")) if one.text == author}
    gone = set[Spot | None]()
    for one in children(root, "commentList"):
        if one.get("authorId") in ours:
            gone.add(spot(str(one.get("ref"))))
            one.getparent().remove(one)
        else:
            _cut_off(one)
    package.put(path, root)
    if drawing is not None:
        shapes = package.bytes_of(drawing)
        package.put(
            drawing, SHAPED.sub(lambda shape: b"" if _stands_at(shape[0]) in gone else shape[0], shapes)
        )


def _cut_off(one: Element) -> None:
    """Take away from a comment of others what was added behind it."""
    runs = [run for run in children(one, "text") if local(run) == "r"]
    parted = next((n for n, run in enumerate(runs) if "".join(run.itertext()).strip() == PARTED), len(runs))
    for run in runs[parted:]:
        run.getparent().remove(run)


def _stands_at(shape: bytes) -> Spot:
    at = {name: int(number) for name, number in SPOTS.findall(shape)}
    return at.get(b"Row", -1), at.get(b"Column", -1)


def in_threads(package: Package, tab: Tab) -> set[str]:
    """Return the names of the cells that have a thread of comments: a plain comment on them is not shown."""
    paths = [path for kind, path in package.relations(tab.path).values() if kind == "threadedComment"]
    return {str(one.get("ref")) for path in paths if path in package for one in package.tree(path)}


def _part(package: Package, tab: Tab, kind: str) -> str | None:
    relations = package.relations(tab.path).values()
    return next((path for one, path in relations if one == kind and path in package), None)


def _drawing(package: Package, tab: Tab) -> str | None:
    """Name the drawing of boxes; the one of pictures in the page's head is of the same kind."""
    named = found(tab.root, "legacyDrawing")
    if named is None:
        return None
    _, path = package.relations(tab.path).get(attribute(named, "id") or "", ("", ""))
    if path not in package:
        raise damaged(package.name)
    return path


def _texts(package: Package, tab: Tab, said: Mapping[Spot, Sequence[Said]], author: str) -> list[Spot]:
    """Write the texts, and return the cells that had no comment before, in their order."""
    path = _part(package, tab, "comments")
    if path is None:
        path = package.new_name("xl/comments{}.xml")
        root = parsed(f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>'.encode(), path)
        package.relate(tab.path, "comments", path)
        package.declare(path, COMMENTS_TYPE)
    else:
        root = package.tree(path)
    number = _author(root, author)
    listed = in_order(root, "commentList", ("authors", "commentList"))
    known = {str(one.get("ref")): one for one in listed}
    new = [at for at in sorted(said) if name_of(at) not in known]
    for at in sorted(said):
        there = known.get(name_of(at))
        _write(_begun(listed, at, number) if there is None else _continued(there), said[at])
    package.put(path, root)
    return new


def _author(root: Element, author: str) -> int:
    authors = in_order(root, "authors", ("authors", "commentList"))
    names = [one.text for one in authors]
    if author not in names:
        child_of(authors, tag("author")).text = author
        return len(names)
    return names.index(author)


def _begun(listed: Element, at: Spot, author: int) -> Element:
    one = child_of(listed, tag("comment"))
    one.set("ref", name_of(at))
    one.set("authorId", str(author))
    one.set("shapeId", "0")
    return child_of(one, tag("text"))


def _continued(one: Element) -> Element:
    """Return the text of a comment that was there, as runs, for more to follow it."""
    text = found(one, "text")
    if text is None:
        return child_of(one, tag("text"), at=0)
    plain = found(text, "t")
    if plain is not None:
        run = child_of(text, tag("r"), at=0)
        run.append(plain)
    _run(text, f"\n{PARTED}\n", None)
    return text


def _write(text: Element, said: Sequence[Said]) -> None:
    for number, one in enumerate(said):
        _run(text, ("\n\n" if number else "") + one.title, one.level)
        _run(text, "\n" + one.text, None)


def _run(text: Element, words: str, level: Level | None) -> None:
    """Add a run of text behind the last; a level makes it bold and coloured."""
    last = max((n + 1 for n, child in enumerate(text) if local(child) == "r"), default=0)
    run = child_of(text, tag("r"), at=last)
    properties = child_of(run, tag("rPr"))
    if level is not None:
        child_of(properties, tag("b"))
    for name, value in (("sz", "9"), ("rFont", "宋体"), ("charset", "134")):
        if name == "rFont":
            child_of(properties, tag("color")).set("rgb", f"FF{COLOURS[level] if level else '000000'}")
        child_of(properties, tag(name)).set("val", value)
    words_in = child_of(run, tag("t"))
    words_in.text = words
    words_in.set(SPACE, "preserve")


# ---------------------------------------------------------------- boxes


def _boxes(package: Package, tab: Tab, said: Mapping[Spot, Sequence[Said]]) -> None:
    path = _drawing(package, tab)
    if path is None:
        path = package.new_name("xl/drawings/vmlDrawing{}.vml")
        package.put(path, SHAPES.format(data=_free_block(package)).encode())
        package.declare_suffix("vml", VML_TYPE)
        relation = package.relate(tab.path, "vmlDrawing", path)
        set_relation(in_order(tab.root, "legacyDrawing"), relation)
        package.put(tab.path, tab.root)
    package.put(path, _with_shapes(package.bytes_of(path), tab, said, package.name))


def _free_block(package: Package) -> int:
    drawings = (name for name in package.names() if name.lower().endswith(".vml"))
    taken = [int(one) for name in drawings for one in IDMAP.findall(package.bytes_of(name))]
    return max(taken, default=0) + 1


def _with_shapes(drawing: bytes, tab: Tab, said: Mapping[Spot, Sequence[Said]], name: str) -> bytes:
    """Return a drawing with boxes before its end; all that stands in it stays to the byte.

    Raises:
        UnreadableError: it has no such end.
    """
    end = END.search(drawing)
    if end is None:
        raise damaged(name)
    at = end.start()
    block = IDMAP.search(drawing)
    first = BLOCK * int(block[1]) if block is not None else BLOCK
    free = max([first, *(int(one) for one in SHAPE_ID.findall(drawing))]) + 1
    heights = tab.heights()
    shapes = [_shape(tab, heights, spot_at, (free + n, said[spot_at])) for n, spot_at in enumerate(said)]
    new = "".join(([] if b'"_x0000_t202"' in drawing else [SHAPE_TYPE]) + shapes).encode()
    return drawing[:at] + new + drawing[at:]


def _shape(tab: Tab, heights: Mapping[int, int], at: Spot, one: tuple[int, Sequence[Said]]) -> str:
    number, said = one
    lines = sum(_lines(part.title) + _lines(part.text) + 1 for part in said)
    height = min(LINE * lines + LINE, TALLEST)
    area = next((area for area in tab.areas if area.holds(at)), None)
    left = (area.right if area is not None else at[1]) + 1
    right, across = _reach(BOX_WIDTH, (tab.width(column) for column in range(left, left + 60)))
    top = max(at[0] - 1, 0)
    bottom, down = _reach(height, (heights.get(row, HEIGHT) for row in range(top, top + 200)))
    anchor = f"{left}, 12, {top}, 4, {left + right}, {across}, {top + bottom}, {down}"
    size = {"width": BOX_WIDTH * 3 // 4, "height": height * 3 // 4}
    return SHAPE.format(id=number, anchor=anchor, row=at[0], column=at[1], **size)


def _lines(text: str) -> int:
    return sum(-(-max(len(line), 1) // CHARACTERS) for line in text.split("\n"))


def _reach(pixels: int, sizes: Iterable[int]) -> tuple[int, int]:
    """Return in which of the columns or rows a length ends, counted from 0, and how far into it."""
    last = 0
    for number, size in enumerate(sizes):
        if pixels <= size:
            return number, pixels
        pixels -= size
        last = number
    return last, 0
