"""How wide a text is, and how many lines it takes, in half widths: a Chinese character is two of them.

GB 18030 has one byte for what Chinese fonts draw half as wide and two for the rest; the few signs that have four are
taken for wider than they are.
"""


def units(text: str) -> int:
    """Half widths of one line of text."""
    return len(text) if text.isascii() else len(text.encode("gb18030", "replace"))


def widest(text: str) -> int:
    """Half widths of the longest line of a text."""
    return max(map(units, text.split("\n")))


def lines(text: str, room: int) -> int:
    """Lines that a text takes where each has room for so many half widths, at least one."""
    room = max(room, 2)
    if "\n" not in text:
        return max(-(-units(text) // room), 1)
    return sum(max(-(-units(line) // room), 1) for line in text.split("\n"))


def cut(text: str, length: int) -> str:
    """Cut a text to so many UTF-16 units, which is how offices count, and never through a character."""
    if len(text.encode("utf-16-le", "replace")) // 2 <= length:
        return text
    return text.encode("utf-16-le", "replace")[: 2 * length].decode("utf-16-le", "ignore")
