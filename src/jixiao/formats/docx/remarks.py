"""Comments of a document: where each begins and ends in the text, and the part that holds their words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from jixiao.formats.docx.words import MAIN, SPACE, cut, letters_of, outer, paragraphs_of, tag
from jixiao.formats.intake import whole_number
from jixiao.formats.markup import Element, attribute, child_of, local, parsed
from jixiao.formats.notes import COLOURS, Level, quotation
from jixiao.formats.package import Package

COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
BOOKMARK = "_jixiao_"  # hidden, for a bookmark's name begins with a stroke
BOUNDS = ("commentRangeStart", "commentRangeEnd", "commentReference")
INITIALS = "审"


@dataclass(frozen=True, slots=True)
class Remark:
    """The words of one comment: its number in the document, a title in the colour of its level, and a text."""

    number: int
    level: Level
    title: str
    text: str


@dataclass(slots=True)
class Numbers:
    """Free numbers for comments, and for everything else that has one."""

    comment: int
    other: int
    bookmarks: list[str] = field(default_factory=list)

    def next_comment(self) -> int:
        """Take the next number of a comment."""
        self.comment += 1
        return self.comment - 1

    def next_other(self) -> int:
        """Take the next number of a bookmark."""
        self.other += 1
        return self.other - 1


def numbers_of(root: Element, comments: Element | None) -> Numbers:
    """Find the numbers that are free in a document."""
    used = (
        [whole_number(attribute(one, "id"), 0) for one in comments if local(one) == "comment"]
        if comments is not None
        else []
    )
    others = (one.get(tag("id")) for one in root.iter(f"{{{MAIN}}}*"))
    return Numbers(
        max(used, default=-1) + 1, max((whole_number(one, 0) for one in others if one), default=0) + 1
    )


def enclose(where: Sequence[Element], quoted: str, numbers: Numbers) -> tuple[int, str]:
    """Put the bounds of a comment around words, or around a whole cell or paragraph.

    Args:
        where: the cell or the paragraphs to look in; the first is taken whole where the words aren't found.
        quoted: the words, "" for the whole of the first.
        numbers: those that are free.

    Returns:
        the comment's number and the name of a bookmark at its beginning.
    """
    first, last = _bounds(where, quoted)
    number, name = numbers.next_comment(), f"{BOOKMARK}{numbers.next_other()}"
    begin, end = first.makeelement(tag("commentRangeStart")), first.makeelement(tag("commentRangeEnd"))
    for bound in (begin, end):
        bound.set(tag("id"), str(number))
    if first.tag == tag("p"):
        first.insert(_behind_properties(first), begin)
        last.append(end)
    else:
        first.addprevious(begin)
        last.addnext(end)
    end.addnext(_reference(end, number))
    _bookmark(begin, name, numbers.next_other())
    return number, name


def _bounds(where: Sequence[Element], quoted: str) -> tuple[Element, Element]:
    """Return the first and last run of the words, or the first and last paragraph of the whole."""
    for paragraph in (p for element in where for p in paragraphs_of(element)) if quoted else ():
        span = quotation(letters_of(paragraph)[0], quoted)
        if span is not None:
            cut(paragraph, span[1])
            cut(paragraph, span[0])
            letters = letters_of(paragraph)[1]
            return outer(letters[span[0]], paragraph), outer(letters[span[1] - 1], paragraph)
    whole = paragraphs_of(where[0])
    return whole[0], whole[-1]


def _behind_properties(paragraph: Element) -> int:
    return next((n + 1 for n, child in enumerate(paragraph) if local(child) == "pPr"), 0)


def _reference(beside: Element, number: int) -> Element:
    run = beside.makeelement(tag("r"))
    child_of(run, tag("commentReference")).set(tag("id"), str(number))
    return run


def _bookmark(beside: Element, name: str, number: int) -> None:
    for kind in ("bookmarkEnd", "bookmarkStart"):
        one = beside.makeelement(tag(kind))
        one.set(tag("id"), str(number))
        if kind == "bookmarkStart":
            one.set(tag("name"), name)
        beside.addnext(one)


def take_away(root: Element, comments: Element, author: str) -> None:
    """Take away the comments that an author has made before, with their bounds and bookmarks in the text."""
    ours = [one for one in comments if local(one) == "comment" and attribute(one, "author") == author]
    gone = {(kind, attribute(one, "id")) for one in ours for kind in BOUNDS}
    marks = [one for one in root.iter(tag("bookmarkStart")) if str(one.get(tag("name"))).startswith(BOOKMARK)]
    gone |= {(kind, one.get(tag("id"))) for one in marks for kind in ("bookmarkStart", "bookmarkEnd")}
    for one in ours:
        comments.remove(one)
    for element in list(root.iter(*(tag(kind) for kind in (*BOUNDS, "bookmarkStart", "bookmarkEnd")))):
        if (local(element), element.get(tag("id"))) in gone:
            whole = element.getparent() if local(element) == "commentReference" else element
            whole.getparent().remove(whole)


# ---------------------------------------------------------------- the part


def comments_part(package: Package, main: str) -> tuple[str, Element | None]:
    """Return the name of the part of comments, and its tree where the document has one."""
    path = next((path for kind, path in package.relations(main).values() if kind == "comments"), "")
    if path in package:
        return path, package.tree(path)
    folder = main.rpartition("/")[0]
    usual = f"{folder}/comments.xml"
    return usual if usual not in package else package.new_name(f"{folder}/comments{{}}.xml"), None


def write(package: Package, main: str, remarks: Iterable[Remark], signed: tuple[str, str]) -> None:
    """Write the words of the comments behind those of others; `signed` is who makes them, and when."""
    path, root = comments_part(package, main)
    if root is None:
        root = parsed(f'<w:comments xmlns:w="{MAIN}"/>'.encode(), path)
        package.relate(main, "comments", path)
        package.declare(path, COMMENTS_TYPE)
    for remark in remarks:
        _write(root, remark, signed)
    package.put(path, root)


def _write(root: Element, remark: Remark, signed: tuple[str, str]) -> None:
    one = child_of(root, tag("comment"))
    told = (("id", str(remark.number)), ("author", signed[0]), ("date", signed[1]), ("initials", INITIALS))
    for name, value in told:
        one.set(tag(name), value)
    lines = [(remark.title, remark.level), *((line, None) for line in remark.text.split("\n"))]
    for number, (words, level) in enumerate(lines):
        paragraph = child_of(one, tag("p"))
        if not number:
            child_of(child_of(paragraph, tag("r")), tag("annotationRef"))
        _run(paragraph, words, level)


def _run(paragraph: Element, words: str, level: Level | None) -> None:
    run = child_of(paragraph, tag("r"))
    if level is not None:
        looks = child_of(run, tag("rPr"))
        child_of(looks, tag("b"))
        child_of(looks, tag("color")).set(tag("val"), COLOURS[level])
    text = child_of(run, tag("t"))
    text.text = words
    text.set(SPACE, "preserve")
