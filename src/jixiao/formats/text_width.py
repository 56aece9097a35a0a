"""How wide a text is, and how many lines it takes, in half widths: a Chinese character is two of them."""

from unicodedata import east_asian_width


def units(text: str) -> int:
    """Half widths of one line of text."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in text)


def widest(text: str) -> int:
    """Half widths of the longest line of a text."""
    return max(map(units, text.split("\n")))


def lines(text: str, room: int) -> int:
    """Lines that a text takes where each has room for so many half widths, at least one."""
    room = max(room, 2)
    return sum(max(-(-units(line) // room), 1) for line in text.split("\n"))


def cut(text: str, length: int) -> str:
    """Cut a text to so many UTF-16 units, which is how offices count, and never through a character."""
    if len(text.encode("utf-16-le", "replace")) // 2 <= length:
        return text
    return text.encode("utf-16-le", "replace")[: 2 * length].decode("utf-16-le", "ignore")
