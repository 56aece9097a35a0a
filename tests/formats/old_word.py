"""Old Word files made byte by byte: a compound file, the text in pieces, what is said of each paragraph."""

import struct
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tests.formats.made import OLE

SECTOR, LEAST = 512, 4_096
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
TEXT_AT = 1_024


class Paragraph(NamedTuple):
    """Text and the sign that ends it; style and properties as the file keeps them."""

    text: str
    end: str = "\r"
    style: int = 0
    said: bytes = b""


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of these streams, each padded so that it needs no small sectors."""
    padded = {
        name: data.ljust(max(LEAST, -(-len(data) // SECTOR) * SECTOR), b"\0")
        for name, data in streams.items()
    }
    sectors = 2 + sum(len(data) // SECTOR for data in padded.values())
    assert sectors <= SECTOR // 4
    table, entries, at = [FAT, END], [_entry("Root Entry", 5, END, 0, child=1)], 2
    for number, (name, data) in enumerate(padded.items(), 1):
        right = number + 1 if number < len(padded) else FREE
        entries.append(_entry(name, 2, at, len(data), right=right))
        count = len(data) // SECTOR
        table += [*range(at + 1, at + count), END]
        at += count
    head = OLE + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, 1, 1, 0, LEAST, END, 0, END, 0) + struct.pack("<109I", 0, *[FREE] * 108)
    fat = struct.pack(f"<{SECTOR // 4}I", *table, *[FREE] * (SECTOR // 4 - len(table)))
    return head + fat + b"".join(entries).ljust(SECTOR, b"\0") + b"".join(padded.values())


def _entry(name: str, kind: int, start: int, size: int, *, right: int = FREE, child: int = FREE) -> bytes:
    raw = name.encode("utf-16-le")
    fields = struct.pack("<HBBIII36xIQ", len(raw) + 2, kind, 1, FREE, right, child, start, size)
    return raw.ljust(64, b"\0") + fields


def said(code: int, operand: bytes) -> bytes:
    return struct.pack("<H", code) + operand


IN_TABLE = said(0x2416, b"\1")


def row(cells: Sequence[tuple[str, int, int]], *, left: int = 0, depth: int = 1) -> list[Paragraph]:
    """A row of cells (text, width in twentieths of a point, flags), and the mark that ends it; inner ones at depth 2."""
    edges, at = [left], left
    for _, width, _ in cells:
        at += width
        edges.append(at)
    operand = bytes([len(cells)]) + struct.pack(f"<{len(edges)}h", *edges)
    operand += b"".join(struct.pack("<H18x", flags) for _, _, flags in cells)
    where = IN_TABLE + said(0x6649, struct.pack("<I", depth))
    ends = where + said(0x2417 if depth == 1 else 0x244C, b"\1")
    ends += said(0xD608, struct.pack("<H", len(operand) + 1) + operand)
    mark = "\x07" if depth == 1 else "\r"
    last = where if depth == 1 else where + said(0x244B, b"\1")
    paragraphs = []
    for text, _, _ in cells:
        *before, end = text.split("\n")
        paragraphs += [*(Paragraph(line, "\r", 0, where) for line in before), Paragraph(end, mark, 0, last)]
    return [*paragraphs, Paragraph("", mark, 0, ends)]


class Beside(NamedTuple):
    """What a document may hold beside its paragraphs.

    `letters` says something of these words; `more` is the stream of what is too long for its page, and of form fields;
    `boxes` is the text of text boxes; `lists` are the levels of one list, counting in Chinese, as its text is kept.
    """

    letters: Mapping[str, bytes] | None = None
    more: bytes = b""
    boxes: str = ""
    lists: Sequence[str] = ()


NOTHING = Beside()


def old_word(
    paragraphs: Sequence[Paragraph],
    beside: Beside = NOTHING,
    *,
    narrow: bool = False,
    version: int = 0xC1,
    flags: int = 0x200,
) -> bytes:
    """A document; `narrow` keeps the text in bytes of Windows-1252 or GBK."""
    letters, more, boxes, lists = beside
    paragraphs = [*paragraphs, *([Paragraph(boxes)] if boxes else [])]
    texts = [p.text + p.end for p in paragraphs]
    raws = [t.encode("gbk") if narrow else t.encode("utf-16-le") for t in texts]
    text = b"".join(raws)
    signs = len(text) if narrow else len(text) // 2
    borders = [TEXT_AT]
    for raw in raws:
        borders.append(borders[-1] + len(raw))
    first = -(-(TEXT_AT + len(text)) // SECTOR)
    pages, starts = _pages(paragraphs, borders)
    places = struct.pack(f"<{len(starts) + 1}I", *starts, borders[-1])
    places += struct.pack(f"<{len(pages)}I", *range(first, first + len(pages)))
    where = TEXT_AT * 2 | 0x40000000 if narrow else TEXT_AT
    piece = struct.pack("<IIHIH", 0, signs, 0, where, 0)
    clx = b"\1" + struct.pack("<H", 4) + b"\0" * 4 + b"\2" + struct.pack("<I", len(piece)) + piece
    head = bytearray(TEXT_AT)
    struct.pack_into("<HH", head, 0, 0xA5EC, version)
    struct.pack_into("<H", head, 10, flags)
    struct.pack_into("<II", head, 24, TEXT_AT, TEXT_AT + len(text))
    boxed = len(boxes) + 1 if boxes else 0
    struct.pack_into("<7I", head, 76, signs - boxed, 0, 0, 0, 0, 0, boxed)
    struct.pack_into("<II", head, 258, 0, len(places))
    struct.pack_into("<II", head, 418, len(places), len(clx))
    rest = places + clx
    if lists:
        known, uses = _lists(lists)
        struct.pack_into("<II", head, 738, len(rest), len(known))
        struct.pack_into("<II", head, 746, len(rest) + len(known), len(uses))
        rest += known + uses
    if letters:
        page, listed = _letters("".join(texts), letters)
        listed += struct.pack("<I", first + len(pages))
        struct.pack_into("<II", head, 250, len(rest), len(listed))
        struct.pack_into("<II", head, 274, len(rest) + len(listed), len(FONTS))
        rest += listed + FONTS
        pages.append(page)
    main = (bytes(head) + text).ljust(first * SECTOR, b"\0") + b"".join(pages)
    streams = {"WordDocument": main, "1Table" if flags & 0x200 else "0Table": rest}
    return compound_file(streams | {"Data": more} if more else streams)


def form_field(kind: int, choice: int, *words: str, default: int = 0) -> bytes:
    """An old form field: a tick box (1) or a list of words (2); a choice of 25 leaves it to the default."""

    def text(said_: str) -> bytes:
        return struct.pack("<H", len(said_)) + said_.encode("utf-16-le") + b"\0\0"

    raw = b"\xff\xff\xff\xff" + struct.pack("<HHH", kind | choice << 2, 0, 20) + text("名")
    raw += struct.pack("<H", default) + text("") * 5
    raw += struct.pack("<HHH", 0xFFFF, len(words), 0)
    raw += b"".join(struct.pack("<H", len(word)) + word.encode("utf-16-le") for word in words)
    return struct.pack("<IH62x", 68 + len(raw), 68) + raw


def _font(name: str) -> bytes:
    raw = bytes(39) + name.encode("utf-16-le") + b"\0\0"
    return bytes([len(raw)]) + raw


FONTS = struct.pack("<HH", 2, 0) + _font("宋体") + _font("Wingdings 2")


CHINESE = 37  # 一二三


def _lists(levels: Sequence[str]) -> tuple[bytes, bytes]:
    """A list of nine levels, the first of which have these texts, and the use of it that paragraphs call 1."""
    known = struct.pack("<Hi22xBB", 1, 4711, 0, 0)
    for text in (*levels, *[""] * (9 - len(levels))):
        known += (
            struct.pack("<iBB18xBBBB", 1, CHINESE, 0, 0, 0, 0, 0)
            + struct.pack("<H", len(text))
            + text.encode("utf-16-le")
        )
    return known, struct.pack("<Ii12x", 1, 4711)


def _letters(text: str, letters: Mapping[str, bytes]) -> tuple[bytes, bytes]:
    """A page of runs, one for each word, and the list that names what it covers."""
    spots = sorted((text.index(word), word) for word in letters)
    borders, raws = [TEXT_AT], [b""]
    for at, word in spots:
        borders += [TEXT_AT + 2 * at, TEXT_AT + 2 * (at + len(word))]
        raws += [letters[word], b""]
    borders.append(TEXT_AT + 2 * len(text))
    page, at = bytearray(SECTOR), SECTOR - 1
    struct.pack_into(f"<{len(borders)}I", page, 0, *borders)
    for number, raw in enumerate(raws):
        if raw:
            at = (at - len(raw) - 1) // 2 * 2
            page[at : at + len(raw) + 1] = bytes([len(raw)]) + raw
            page[4 * len(borders) + number] = at // 2
    page[-1] = len(raws)
    return bytes(page), struct.pack("<II", borders[0], borders[-1])


def _pages(paragraphs: Sequence[Paragraph], borders: Sequence[int]) -> tuple[list[bytes], list[int]]:
    pages, starts, at = [], [], 0
    while at < len(paragraphs):
        raws: list[bytes] = []
        room = SECTOR - 1 - 4
        begin = at
        while at < len(paragraphs):
            inner = struct.pack("<H", paragraphs[at].style) + paragraphs[at].said
            raw = (
                bytes([(len(inner) + 1) // 2]) + inner
                if len(inner) % 2
                else bytes([0, len(inner) // 2]) + inner
            )
            raw += b"\0" * (len(raw) % 2)
            if room < len(raw) + 4 + 13:
                break
            room -= len(raw) + 4 + 13
            raws.append(raw)
            at += 1
        assert at > begin
        starts.append(borders[begin])
        pages.append(_page(raws, borders[begin : at + 1]))
    return pages, starts


def _page(raws: Sequence[bytes], borders: Sequence[int]) -> bytes:
    page, at = bytearray(SECTOR), SECTOR - 1
    struct.pack_into(f"<{len(borders)}I", page, 0, *borders)
    for number, raw in enumerate(raws):
        at = (at - len(raw)) // 2 * 2
        page[at : at + len(raw)] = raw
        page[4 * len(borders) + 13 * number] = at // 2
    page[-1] = len(raws)
    return bytes(page)
