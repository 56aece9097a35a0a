"""公开稿: what of a page is personal data, how each piece would read masked, and the page with the chosen ones masked.

Nothing is masked here that was not listed before: `sightings` lists, `masked` masks those it is given. A mask keeps the
length of the text, and never touches what the finder did not name, so no figure of the evaluation changes.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from jixiao.audit.presentation.personal_data import Personal, Sort, find
from jixiao.audit.presentation.personal_names import alone
from jixiao.expressions import expression
from jixiao.layout import Block, Grid, Layout, Line, Place

_LABEL_LENGTH = 16
_HAN = expression(r"[一-鿿]")
_SHOWN = expression(r"[^\W_]")
_DIGIT = expression(r"[\d０-９一二三四五六七八九十]")
_LONG_NAME = 3
_CONTEXT = 12
_STAR = "*"
_KEPT = {
    Sort.MOBILE: (3, 4),
    Sort.IDENTITY: (4, 4),
    Sort.ACCOUNT: (0, 4),
    Sort.LANDLINE: (0, 2),
    Sort.PLATE: (2, 1),
    Sort.CHAT: (1, 0),
}  # fmt: skip - how many letters and digits stay at the start and at the end

Spot = tuple[int, int, int]  # a page, a block of it, and a cell of that, -1 for a line
Text = tuple[str, str, Place]  # what stands there, the words that say what it is, and where


@dataclass(frozen=True, slots=True)
class Sighting:
    """A piece of personal data on a page.

    `id` is the same wherever the same thing stands; `text` is what stands there, `reads` how it would read masked;
    `context` is what stands around it, all that is personal in it masked. `certain` ones are masked unless somebody
    says that they are no personal data, the others only where somebody says that they are.
    """

    id: str
    sort: Sort
    place: Place
    text: str
    reads: str
    context: str
    certain: bool
    why: str
    spot: Spot
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class PublicCopy:
    """A file to be published: its pages, the personal data on them, what else is to be said of it.

    `own` says that the copy is the file itself, in its own format, with its texts replaced in place.
    """

    pages: tuple[Layout, ...]
    sightings: tuple[Sighting, ...]
    said: tuple[str, ...]
    own: bool


def sightings(pages: Sequence[Layout]) -> tuple[Sighting, ...]:
    """List the personal data of one file's pages, in reading order."""
    texts = dict(_texts(pages))
    found = {spot: list(find(text, label)) for spot, (text, label, _) in texts.items()}
    _companions(pages, found)
    _again(texts, found)
    certain = {
        _id(one.sort, texts[spot][0][one.start : one.end])
        for spot, own in found.items()
        for one in own
        if one.certain
    }
    return tuple(
        _sighting(spot, texts[spot], one, own, certain)
        for spot, own in found.items()
        for one in sorted(own, key=lambda one: one.start)
    )


def masked(pages: Sequence[Layout], chosen: Iterable[Sighting]) -> tuple[Layout, ...]:
    """Return the pages with the chosen pieces masked; every text keeps its length."""
    spans: dict[Spot, list[Sighting]] = defaultdict(list)
    for one in chosen:
        spans[one.spot].append(one)
    return tuple(
        replace(page, blocks=tuple(_block(block, (n, m), spans) for m, block in enumerate(page.blocks)))
        for n, page in enumerate(pages)
    )


def changes(before: Sequence[Layout], after: Sequence[Layout]) -> Mapping[Place, str]:
    """Return the new texts of pages that were masked, by place."""
    old, new = (dict(_texts(pages)) for pages in (before, after))
    return {place: new[spot][0] for spot, (text, _, place) in old.items() if new[spot][0] != text}


def hard(chosen: Iterable[Sighting]) -> frozenset[str]:
    """Return the texts that may stand nowhere in a copy any more: numbers, addresses of mail, and names of three."""
    return frozenset(
        one.text
        for one in chosen
        if one.sort not in {Sort.HOUSE, Sort.CHAT}
        and len(one.text) >= (_LONG_NAME if one.sort is Sort.NAME else _LONG_NAME + 3)
    )


# ---------------------------------------------------------------- the page as texts


def _texts(pages: Sequence[Layout]) -> Iterator[tuple[Spot, Text]]:
    """Yield every text with the words that say what it is, and its place."""
    for page, block, at in _blocks(pages):
        if isinstance(block, Line):
            yield (page, at, -1), (block.text, "", block.place)
            continue
        labels = _labels(block)
        for number, cell in enumerate(block.cells):
            if cell.text:
                yield (page, at, number), (cell.text, labels.get(number, ""), cell.place)


def _blocks(pages: Sequence[Layout]) -> Iterator[tuple[int, Block, int]]:
    for page, layout in enumerate(pages):
        for at, block in enumerate(layout.blocks):
            yield page, block, at


def _labels(grid: Grid) -> dict[int, str]:
    """Return for each cell what stands left of it and what heads its column, where they are short enough for labels.

    A column's heading is the nearest cell above that is no value of the same sort: no figure over a figure, no name
    over a name.
    """
    labels: dict[int, str] = {}
    heads: dict[int, tuple[str, str]] = {}  # by column: the nearest without digits, the nearest unlike a name
    left = (-1, "")
    cells = ((number, cell) for number, cell in enumerate(grid.cells) if cell.text.strip())
    for number, cell in sorted(cells, key=lambda item: (item[1].row, item[1].column)):
        figure = any(char.isdigit() for char in cell.text)
        words = (left[1] if left[0] == cell.row else "", heads.get(cell.column, ("", ""))[0 if figure else 1])
        own = "".join(cell.text.split()) if len(cell.text) <= _LABEL_LENGTH else ""
        labels[number] = "\n".join(word for word in words if word)
        left = (cell.row, own)
        named = bool(re.search(r"某|\*", own)) or alone(own)
        for column in range(cell.column, cell.column + cell.colspan):
            before = heads.get(column, ("", ""))
            heads[column] = (before[0] if figure else own, before[1] if named else own)
    return labels


def _companions(pages: Sequence[Layout], found: dict[Spot, list[Personal]]) -> None:
    """Take what may be a name beside a number of a person for both what they look like; else say that it may be one."""
    for row in _rows(pages):
        near = {one.sort for spot in row for one in found[spot]}
        lone = [spot for spot, text in row.items() if not found[spot] and alone(text.strip())]
        for spot in lone:
            found[spot] = list(_companion(row[spot], near))
        if lone and near & set(_REACHES):
            for spot in row:
                found[spot] = [_sure(one) for one in found[spot]]


def _rows(pages: Sequence[Layout]) -> Iterator[dict[Spot, str]]:
    """Yield the rows of all grids, their texts by spot."""
    for page, block, number in _blocks(pages):
        rows: dict[int, dict[Spot, str]] = defaultdict(dict)
        for at, cell in enumerate(block.cells if isinstance(block, Grid) else ()):
            if cell.text:
                rows[cell.row][page, number, at] = cell.text
        yield from rows.values()


def _sure(one: Personal) -> Personal:
    return one if one.certain or one.sort not in _REACHES else replace(one, certain=True, why="同一行有姓名")


def _companion(text: str, near: Collection[Sort]) -> Iterator[Personal]:
    own = text.strip()
    reached = next((sort for sort in _REACHES if sort in near), None)
    why = f"同一行有{reached}" if reached else "单独一个像姓名的词"
    if reached or not _BUSINESS & set(own):
        yield Personal(Sort.NAME, text.index(own), text.index(own) + len(own), reached is not None, why)


_REACHES = (Sort.IDENTITY, Sort.MOBILE, Sort.ACCOUNT)
_BUSINESS = frozenset(
    "项目数质效金支务理制策规程标准法划单机构组织村街路桥渠水网设备施工购招合同收满意人个台套件年月日时期前后上下内外其不未可能否在对"
    "从按经过完实提供障改善产业经济社会生态益指本服象持续影响力财拨他总体偏差原因措施结余名称附备注报表审核签字盖章"
)


def _again(texts: Mapping[Spot, Text], found: dict[Spot, list[Personal]]) -> None:
    """Find the names that are certain somewhere wherever else they stand."""
    names = {
        texts[spot][0][one.start : one.end]
        for spot, own in found.items()
        for one in own
        if one.sort is Sort.NAME and one.certain
    }
    if not names:
        return
    pattern = expression(
        "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    )
    for spot, (text, _, _) in texts.items():
        for m in pattern.finditer(text):
            if all(m.end() <= one.start or m.start() >= one.end for one in found[spot]):
                sure = len(m[0]) >= _LONG_NAME or not (
                    _HAN.match(text[m.start() - 1 : m.start()]) or _HAN.match(text[m.end() : m.end() + 1])
                )
                found[spot].append(Personal(Sort.NAME, *m.span(), sure, "与别处写明的姓名相同"))


# ---------------------------------------------------------------- masks


def _sighting(
    spot: Spot,
    where: Text,
    one: Personal,
    own: Sequence[Personal],
    certain: Collection[str],
) -> Sighting:
    text, _, place = where
    said = text[one.start : one.end]
    hidden = _hidden(
        text, [(other.start, other.end, mask(other.sort, text[other.start : other.end])) for other in own]
    )
    start, end = max(one.start - _CONTEXT, 0), one.end + _CONTEXT
    context = f"{'…' if start else ''}{hidden[start:end]}{'…' if end < len(text) else ''}"
    name = _id(one.sort, said)
    lone = one.sort is not Sort.NAME and name in certain
    return Sighting(
        name, one.sort, place, said, mask(one.sort, said), " ".join(context.split()), one.certain or lone, one.why,
        spot, (one.start, one.end),
    )  # fmt: skip


def _id(sort: Sort, text: str) -> str:
    plain = re.sub(r"[\s-]", "", text).lower()
    return sha256(f"{sort}{plain}".encode()).hexdigest()[:6]


def mask(sort: Sort, text: str) -> str:
    """Return a piece of personal data as it may be published: of the same length, what parts it kept."""
    if sort is Sort.NAME:
        return _name(text)
    if sort is Sort.HOUSE:
        return _DIGIT.sub(_STAR, text)
    if sort is Sort.MAIL:
        own, _, domain = text.partition("@")
        return f"{own[:1]}{_starred(own[1:])}@{domain}"
    first, last = _KEPT[sort]
    area = re.match(r"[(（]?0\d{2,3}[)）]?[-—－ ]", text) if sort is Sort.LANDLINE else None
    return _keeping(text, sum(map(str.isdigit, area[0])) if area else first, last)


def _name(text: str) -> str:
    """Keep the surname, of a name in parts its first character."""
    kept = 2 if len(text) == _LONG_NAME + 1 and not re.search(r"[·•\s]", text) else 1
    return text[:kept] + _starred(text[kept:])


def _starred(text: str) -> str:
    return _SHOWN.sub(_STAR, text)


def _keeping(text: str, first: int, last: int) -> str:
    """Hide letters and digits but the first and last few; a sign before the number counts for nothing."""
    at = [n for n, char in enumerate(text) if _SHOWN.match(char)]
    hidden = set(at[first : len(at) - last])
    return "".join(_STAR if n in hidden else char for n, char in enumerate(text))


def _hidden(text: str, pieces: Iterable[tuple[int, int, str]]) -> str:
    for start, end, reads in pieces:
        text = text[:start] + reads + text[end:]
    return text


def _block(block: Block, at: tuple[int, int], spans: Mapping[Spot, Sequence[Sighting]]) -> Block:
    if isinstance(block, Line):
        return replace(block, text=_spoken(block.text, spans.get((*at, -1), ())))
    cells = tuple(
        replace(cell, text=_spoken(cell.text, own)) if (own := spans.get((*at, number), ())) else cell
        for number, cell in enumerate(block.cells)
    )
    return replace(block, cells=cells)


def _spoken(text: str, own: Sequence[Sighting]) -> str:
    return _hidden(text, [(*one.span, one.reads) for one in own])
