"""The text of one cell or line as a reader of the paper sees it."""

import re

from jixiao.expressions import expression

UNSEEN = str.maketrans(dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad"))
BREAK = expression(r"[\n\r\v\f\x85\u2028\u2029]")
CONTROLS = expression(r"[\x00-\x08\x0e-\x1f\x7f]")
PLAIN = expression(r"[!-~\u3001-\ufefe]*")  # nothing to tidy: no white space, no control, nothing unseen


def tidy(raw: str) -> str:
    """Strip both ends, drop what can't be seen; a line break with the white space round it is one newline."""
    if PLAIN.fullmatch(raw):
        return raw
    text = CONTROLS.sub("", raw.translate(UNSEEN)).strip()
    return "\n".join(line for line in map(str.strip, BREAK.split(text)) if line)


def joined(text: str) -> str:
    """Join the lines of a cell: without a space between Chinese, with one between two Latin letters."""
    return re.sub(r"(?<=[A-Za-z])\n(?=[A-Za-z])", " ", text).replace("\n", "")


def one_line(text: str) -> str:
    """Join and turn every run of white space into one space, for a line of running text."""
    if PLAIN.fullmatch(text):
        return text
    return re.sub(r"\s+", " ", joined(text)).strip()
