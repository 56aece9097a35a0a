"""A user's own workbook for others to see: every text of it, and the same file with some texts replaced.

What is hidden or stands beside the cells (hidden sheets, comments, authors) is taken out and said; what can't be looked
into is refused. A text keeps its length, so fonts, widths and merges stay as they are.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from jixiao.expressions import expression
from jixiao.formats import passages, stripping
from jixiao.formats.cell_text import tidy
from jixiao.formats.intake import whole_number
from jixiao.formats.markup import Element, attribute, children, found, local
from jixiao.formats.package import Package
from jixiao.formats.passages import Passage, nodes_of
from jixiao.formats.xlsx.sheet import spot
from jixiao.formats.xlsx.workbook_parts import Book, Tab, book_of, name_of, tag
from jixiao.layout import Block, Cell, Doubt, Grid, Layout, Line, Place

BARRED = (
    ("xl/externalLinks/", "对别的工作簿的引用"), ("xl/pivotCache/", "数据透视表"), ("xl/embeddings/", "嵌入的文件"),
    ("xl/activeX/", "控件"), ("xl/ctrlProps/", "控件"), ("xl/revisions/", "共享工作簿的修订记录"),
    ("xl/connections", "外部数据连接"), ("xl/queryTables/", "外部数据连接"), ("xl/slicerCaches/", "切片器"),
    ("xl/macrosheets/", "宏"), ("xl/model/", "数据模型"),
)  # fmt: skip
_REMARKS = expression(
    r"^xl/(?:comments[^/]*\.xml|comments/.*|threadedComments/.*|persons/.*|drawings/vmlDrawing[^/]*)$"
)
_CHAIN = expression(r"^xl/calcChain\.xml$")
_DRAWN = expression(r"^xl/(?:drawings/drawing|charts/chart|charts/userShapes|drawings/userShapes)[^/]*\.xml$")
_GONE = frozenset({"legacyDrawing", "absPath", "fileSharing"})
_VISIBLE = (None, "visible")


@dataclass(slots=True)
class _Copy:
    """A workbook being looked through: its sheets with their cells, the shared texts, and who uses which."""

    book: Book
    hidden: frozenset[str]
    strings: list[Element] = field(default_factory=list)
    strings_path: str = ""
    users: dict[int, list[tuple[Place, Element]]] = field(default_factory=lambda: defaultdict(list))
    values: dict[Place, Element] = field(default_factory=dict)
    loose: dict[str, list[Passage]] = field(default_factory=dict)
    roots: dict[str, Element] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)


def texts(data: bytes, *, name: str) -> Layout:
    """Return every text of the workbook that stays in a copy, each at a place of its own.

    Returns:
        a Grid for each sheet in sight, and lines for what stands beside the cells; doubts say what will be taken out
        and what nobody can look into.

    Raises:
        UnreadableError: it is damaged, or holds what can't be looked into.
    """
    copy = _opened(data, name)
    blocks: list[Block] = [_grid(copy, tab, number) for number, tab in enumerate(_tabs(copy), 1)]
    loose = (passage for own in copy.loose.values() for passage in own)
    blocks += [Line(passage.text, passage.place) for passage in loose if passage.text.strip()]
    doubts = tuple(Doubt(Place(), said) for said in copy.said)
    return Layout(name, tuple(blocks), "xlsx", doubts)


def replaced(data: bytes, changes: Mapping[Place, str], *, name: str) -> Package:
    """Return the workbook with some texts replaced by others of the same length, and with nothing hidden in it.

    Args:
        data: the workbook.
        changes: the new texts by the places that `texts` gave them.
        name: what the user calls it.

    Raises:
        UnreadableError: as `texts`.
    """
    copy = _opened(data, name)
    package = copy.book.package
    for tab in _tabs(copy):
        for _ in _cells(copy, tab):
            pass
    _change_strings(copy, changes)
    formulas = [_as_text(cell, changes[place]) for place, cell in copy.values.items() if place in changes]
    if any(formulas):
        stripping.drop(package, _CHAIN)
    for own in copy.loose.values():
        passages.change(own, changes)
    for path, root in copy.roots.items():
        package.put(path, root)
    if copy.strings_path:
        package.put(
            copy.strings_path,
            copy.strings[0].getparent() if copy.strings else package.tree(copy.strings_path),
        )
    for tab in copy.book.tabs:
        package.put(tab.path, tab.root)
    copy.book.keep()
    stripping.clean(package)
    return package


# ---------------------------------------------------------------- looking through


def _opened(data: bytes, name: str) -> _Copy:
    package = Package(data, name)
    stripping.closed(package, BARRED)
    book = book_of(package)
    hidden = frozenset(
        tidy(str(sheet.get("name", "")))
        for sheet in children(book.root, "sheets")
        if sheet.get("state") not in _VISIBLE
    )
    copy = _Copy(book, hidden)
    _load_strings(copy)
    _tell_hidden(copy)
    _strip(copy)
    for path in package.names():
        if _DRAWN.match(path):
            copy.roots[path] = root = package.tree(path)
            copy.loose[path] = list(_drawn(root, path))
    for tab in _tabs(copy):
        copy.loose[tab.path] = list(_beside(tab))
    copy.loose[book.path] = list(_names(book))
    pictures = sum(path.startswith("xl/media/") for path in package.names())
    if pictures:
        copy.said.append(f"里面有 {pictures} 幅图片，图片里的字没有查，请自己看一遍")
    return copy


def _tabs(copy: _Copy) -> Iterator[Tab]:
    return (tab for tab in copy.book.tabs if tab.title not in copy.hidden)


def _load_strings(copy: _Copy) -> None:
    path = copy.book.related("sharedStrings")
    if path is not None and path in copy.book.package:
        copy.strings_path = path
        copy.strings = list(copy.book.package.tree(path).iterchildren("{*}si"))


def _tell_hidden(copy: _Copy) -> None:
    """Empty the hidden sheets; refuse where a figure in sight is worked out from one."""
    for tab in copy.book.tabs:
        if tab.title not in copy.hidden:
            hidden = sum(row.get("hidden") in {"1", "true"} for _, row in tab.rows())
            hidden += sum(column.get("hidden") in {"1", "true"} for column in children(tab.root, "cols"))
            if hidden:
                copy.said.append(f"工作表“{tab.title}”有隐藏的行或列，已一并查找，公开前请看一遍")
            continue
        for other in _tabs(copy):
            if any(tab.title in str(formula.text or "") for formula in other.root.iter("{*}f")):
                raise stripping.closed_to(
                    copy.book.package.name, f"隐藏的工作表“{tab.title}”，别的表的公式要用到它"
                )
        data = found(tab.root, "sheetData")
        if data is not None and len(data):
            copy.said.append(f"公开稿里隐藏的工作表“{tab.title}”是空的")
            for row in list(data):
                data.remove(row)


def _strip(copy: _Copy) -> None:
    package = copy.book.package
    if any(
        local(one) in {"controls", "oleObjects"} for tab in copy.book.tabs for one in tab.root.iter("{*}*")
    ):
        raise stripping.closed_to(package.name, "控件或嵌入的文件")
    for path in {path for tab in copy.book.tabs for path in _balloons(package, tab)}:
        stripping.drop(package, expression(f"^{re.escape(path)}$"))
    if stripping.drop(package, _REMARKS):
        copy.said.append("公开稿不带批注")
    for root in (copy.book.root, *(tab.root for tab in copy.book.tabs)):
        for one in [one for one in root.iter("{*}*") if local(one) in _GONE]:
            holder = one.getparent()
            holder.remove(one)
        for link in root.iter("{*}hyperlink"):
            link.attrib.pop("display", None)
            link.attrib.pop("tooltip", None)


def _balloons(package: Package, tab: Tab) -> Iterator[str]:
    """Name the parts that draw a sheet's comments; pictures in its headers are drawn by others."""
    relations = package.relations(tab.path)
    for one in tab.root.iter("{*}legacyDrawing"):
        path = relations.get(attribute(one, "id") or "", ("", ""))[1]
        if path in package:
            yield path


def _drawn(root: Element, path: str) -> Iterator[Passage]:
    """Yield the texts of shapes and charts, a paragraph or a value each."""
    number = 0
    for one in root.iter("{*}p", "{*}v"):
        own = [one] if local(one) == "v" else list(one.iter("{*}t"))
        if own:
            number += 1
            yield Passage(Place(sheet=f"图形（{path.rpartition('/')[2]}）", line=number), nodes_of(own))


def _beside(tab: Tab) -> Iterator[Passage]:
    """Yield the texts of a sheet's headers and footers."""
    for number, one in enumerate(children(tab.root, "headerFooter"), 1):
        yield Passage(Place(sheet=f"页眉页脚（{tab.title}）", line=number), nodes_of([one]))


def _names(book: Book) -> Iterator[Passage]:
    for number, one in enumerate(children(book.root, "definedNames"), 1):
        if '"' in str(one.text or ""):
            yield Passage(Place(sheet="名称管理器", line=number), nodes_of([one]))


# ---------------------------------------------------------------- cells


def _grid(copy: _Copy, tab: Tab, number: int) -> Grid:
    spans = {(a.top, a.left): (a.bottom - a.top + 1, a.right - a.left + 1) for a in tab.areas}
    cells = []
    for at, place, text in _cells(copy, tab):
        rows, columns = spans.get(at, (1, 1))
        cells.append(Cell(*at, text, rows, columns, place=place))
    return Grid(tuple(cells), Place(sheet=tab.title, table=number))


def _cells(copy: _Copy, tab: Tab) -> Iterator[tuple[tuple[int, int], Place, str]]:
    """Yield the cells that hold something, and note by place what holds it."""
    for row_number, row in tab.rows():
        column = -1
        for cell in row.iterchildren("{*}c"):
            named = spot(str(cell.get("r", "")))
            column = named[1] if named is not None else column + 1
            at = (row_number, column)
            place = Place(sheet=tab.title, cell=name_of(at))
            text = _text(copy, cell, place)
            if text:
                yield at, place, text


def _text(copy: _Copy, cell: Element, place: Place) -> str:
    value = found(cell, "v")
    said = str(value.text or "") if value is not None else ""
    if cell.get("t") == "s":
        number = whole_number(said, -1)
        if number not in range(len(copy.strings)):
            return ""
        copy.users[number].append((place, cell))
        return _string(copy.strings[number]).text
    copy.values[place] = cell
    if cell.get("t") == "inlineStr":
        inner = found(cell, "is")
        return _string(inner).text if inner is not None else ""
    return said if cell.get("t") == "str" else _plain(said)


def _plain(value: str) -> str:
    """Return a number as people write it: 13800001234 and not 1.3800001234E10."""
    try:
        return f"{Decimal(value):f}" if "E" in value.upper() else value
    except InvalidOperation:
        return value


def _string(item: Element) -> Passage:
    own = [t for t in item.iter("{*}t") if local(t.getparent()) != "rPh"]
    return Passage(Place(), nodes_of(own))


def _change_strings(copy: _Copy, changes: Mapping[Place, str]) -> None:
    """Change the shared texts whose every user is changed alike, the others in their cells; unused ones are emptied."""
    for number, item in enumerate(copy.strings):
        users = copy.users.get(number, [])
        new = {changes.get(place) for place, _ in users}
        if new == {None}:
            continue
        if len(new) > 1:
            _part(users, changes)
        if None not in new:
            _string(item).become(next(iter(new), None) or "")
            for one in [one for one in item if local(one) in {"rPh", "phoneticPr"}]:
                item.remove(one)


def _part(users: list[tuple[Place, Element]], changes: Mapping[Place, str]) -> None:
    """Give the cells that are changed texts of their own."""
    for place, cell in users:
        if place in changes:
            _as_text(cell, changes[place])


def _as_text(cell: Element, text: str) -> bool:
    """Let a cell hold a text of its own; tell whether a formula went."""
    inner = found(cell, "is")
    if cell.get("t") == "inlineStr" and inner is not None and len(_string(inner).text) == len(text):
        _string(inner).become(text)
        return False
    formula = found(cell, "f")
    if formula is not None and formula.get("t") in {"shared", "array"}:
        raise stripping.closed_to(cell.get("r", ""), "由成组公式算出的个人信息")
    for one in list(cell):
        cell.remove(one)
    cell.set("t", "inlineStr")
    holder = cell.makeelement(tag("is"))
    cell.append(holder)
    held = holder.makeelement(tag("t"))
    held.text = text
    held.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    holder.append(held)
    return formula is not None
