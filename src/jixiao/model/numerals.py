"""Numbers written in Chinese characters (九十五点五, 二〇二三, 一百二十) as plain digits.

Holds only the numerals themselves; units and signs stand in quantities.py. What is not exactly a numeral is None.
"""

from jixiao.expressions import expression

NUMERAL = "〇○零一二两三四五六七八九十百千万亿点壹贰叁肆伍陆柒捌玖拾佰仟萬"
_PLAIN = str.maketrans(
    "〇○零一二两三四五六七八九壹贰叁肆伍陆柒捌玖拾佰仟萬",
    "0001223456789123456789十百千万",
)
_SECTION = expression(r"(?:([1-9])千)?(0)?(?:([1-9])百)?(0)?(?:([1-9]?)十)?(0)?([1-9])?")
_WHOLE = expression(r"(?:(?P<yi>[^亿]+)亿)?(?P<z1>0)?(?:(?P<wan>[^万亿]+)万)?(?P<z2>0)?(?P<rest>[^万亿]*)")


def numeral(text: str) -> str | None:
    """Return the digits of a Chinese numeral: 九十五点五 gives "95.5", 二〇二三 gives "2023", 两万 gives "20000".

    None for anything else, also for shortened speech (一百二, 两万五) that can be taken in two ways.
    """
    whole, dot, places = text.translate(_PLAIN).partition("点")
    digits = _positional(whole) if whole.isdecimal() else _spoken(whole)
    if digits is None or (dot and not places.isdecimal()):
        return None
    return f"{digits}.{places}" if dot else digits


def _positional(whole: str) -> str | None:
    return str(int(whole)) if whole.isascii() else None


def _spoken(whole: str) -> str | None:
    parts = _WHOLE.fullmatch(whole)
    if parts is None or not whole:
        return None
    values = {name: _section(parts[name]) for name in ("yi", "wan", "rest") if parts[name]}
    numbers = [value for value in values.values() if value is not None]
    if not values or len(numbers) < len(values):
        return None
    shortened = len(parts["rest"]) == 1 and parts["rest"].isdecimal() and not (parts["z1"] or parts["z2"])
    if shortened and len(values) > 1:
        return None
    return str((values.get("yi") or 0) * 10**8 + (values.get("wan") or 0) * 10**4 + (values.get("rest") or 0))


def _section(text: str) -> int | None:
    """Read a numeral below ten thousand, None when it isn't one."""
    parts = _SECTION.fullmatch(text)
    if parts is None or not text.strip("0"):
        return None
    thousands, _, hundreds, gap, tens, last_gap, ones = parts.groups()
    above = hundreds or thousands
    if ones and tens is None and above and not (gap or last_gap or parts[2]):
        return None
    ten = 0 if tens is None else int(tens or 1)
    return int(thousands or 0) * 1000 + int(hundreds or 0) * 100 + ten * 10 + int(ones or 0)


_DIGITS = "〇一二三四五六七八九"
_TEN = 10


def chinese(number: int) -> str:
    """Write a number from 1 to 99 as headings count: 一, 十, 十二, 二十, 二十一."""
    tens, ones = divmod(number, _TEN)
    ten = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return ten + (_DIGITS[ones] if ones or not tens else "")
