"""Number formats: a stored number as Excel prints it (0.8844 under 0.00% is 88.44%).

Exact: a number comes as the text in the file, is cut to Excel's fifteen digits and rounded half away from
zero, as Excel does. Not done: fractions, DBNum numerals and colours; such a number is printed as General
prints it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from typing import NamedTuple

from jixiao.expressions import expression

FIFTEEN = Context(prec=15, rounding=ROUND_HALF_UP)
WIDE = Context(prec=60)
HALF = Decimal("0.5")
GENERAL_WIDTH = 11
LAST_DAY = 2_958_465  # 31 December 9999
LEAP_BUG = 60  # Excel believes in 29 February 1900

# What Chinese Excel and WPS print for the numbers that stand for a format (ECMA-376 18.8.30, zh-cn).
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: "yyyy年m月", 28: "m月d日", 29: "m月d日", 30: "m-d-yy",
    31: "yyyy年m月d日", 32: "h时mm分", 33: "h时mm分ss秒",
    34: "上午/下午h时mm分", 35: "上午/下午h时mm分ss秒", 36: "yyyy年m月",
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: '#,##0;-#,##0;"-"', 42: '"¥"#,##0;"¥"-#,##0;"¥""-"', 43: '#,##0.00;-#,##0.00;"-"',
    44: '"¥"#,##0.00;"¥"-#,##0.00;"¥""-"', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 48: "0.0E+0", 49: "@",
    50: "yyyy年m月", 51: "m月d日", 52: "yyyy年m月", 53: "m月d日", 54: "m月d日", 55: "上午/下午h时mm分",
    56: "上午/下午h时mm分ss秒", 57: "yyyy年m月", 58: "m月d日",
}  # fmt: skip

TOKEN = expression(
    r"""(?P<lit>"[^"]*"? | [\\!]. ) | (?P<pad>[_*].) | (?P<bracket>\[[^\]]*\])
      | (?P<general>General|G/通用格式)
      | (?P<half>AM/PM|A/P|上午/下午) | (?P<exp>E[+-]0+) | (?P<date>y+|m+|d+|h+|s+(?:\.0+)?|aaaa?|e+)
      | (?P<digit>[0#?]) | (?P<point>\.) | (?P<comma>,) | (?P<percent>%) | (?P<text>@)
      | (?P<cut>;) | (?P<other>.)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
CONDITION = expression(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
ELAPSED = expression(r"\[(h+|m+|s+)\]", re.IGNORECASE)
WEEKDAYS = "一二三四五六日"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SYSTEM_FORMATS = {"[$-f800]": "yyyy年m月d日", "[$-f400]": "h:mm:ss"}


class Token(NamedTuple):
    """One piece of a format code: its kind and its text, quotes taken off."""

    kind: str
    text: str


Section = tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A format code taken apart: its sections, each with the condition it states, if any."""

    sections: tuple[Section, ...]
    conditions: tuple[tuple[str, Decimal] | None, ...]


def parse(code: str) -> Pattern:
    """Take a format code apart; every code gives a pattern, what is not understood in it stays literal."""
    for system, meant in SYSTEM_FORMATS.items():
        if code.lower().startswith(system):
            code = meant
    sections: list[list[Token]] = [[]]
    conditions: list[tuple[str, Decimal] | None] = [None]
    for found in TOKEN.finditer(code[:255]):
        kind, text = str(found.lastgroup), found[0]
        if kind == "cut":
            sections.append([])
            conditions.append(None)
        elif kind == "bracket" and (condition := CONDITION.fullmatch(text)):
            conditions[-1] = (condition[1], Decimal(condition[2]))
        elif token := _token(kind, text):
            sections[-1].append(token)
    return Pattern(tuple(map(tuple, sections)), tuple(conditions))


def _token(kind: str, text: str) -> Token | None:
    if kind == "lit":
        return Token("lit", text[1:].removesuffix('"') if text.startswith('"') else text[1:])
    if kind == "bracket":
        if ELAPSED.fullmatch(text):
            return Token("date", text.lower())
        currency = re.fullmatch(r"\[\$([^-\]]+)(?:-[^\]]*)?\]", text)
        return Token("lit", currency[1]) if currency else None
    if kind == "pad":
        return None
    return Token("lit" if kind == "other" else kind, text)


def printed(stored: str, pattern: Pattern, *, epoch_1904: bool) -> str:
    """Print a stored number.

    Args:
        stored: the number as the file has it, e.g. "0.88439999999999996".
        pattern: its format, taken apart.
        epoch_1904: days are counted from 1904, as old workbooks of the Mac do.

    Returns:
        what Excel shows, without padding; `stored` itself when it is no number.
    """
    value = number(stored)
    if value is None:
        return stored.strip()
    section, value = _choose(pattern, value)
    kinds = {token.kind for token in section}
    if "date" in kinds or "half" in kinds:
        return _date(value, section, days=1462 if epoch_1904 else 0)
    if kinds & {"general", "text", "exp"} or any(token == Token("lit", "/") for token in section):
        return _worded(value, section)
    return _number(value, section).strip()


def number(stored: str) -> Decimal | None:
    """Read a stored number at Excel's fifteen digits; None when it is none, or beyond what Excel can hold."""
    if len(stored) > 400:  # noqa: PLR2004 - no number is that long
        return None
    try:
        value = FIFTEEN.create_decimal(stored.strip())
    except InvalidOperation:
        return None
    if not value.is_finite() or abs(value.adjusted()) > 308:  # noqa: PLR2004 - the range of a double
        return Decimal(0) if value.is_finite() and value.adjusted() < 0 else None
    return value


def _choose(pattern: Pattern, value: Decimal) -> tuple[Section, Decimal]:
    """Pick the section for a value, and the value to print: a section for negatives prints no sign."""
    sections = pattern.sections
    for section, condition in zip(sections, pattern.conditions, strict=True):
        if condition is not None and _holds(value, *condition):
            return section, value
    if any(pattern.conditions):
        return sections[min(len(sections), 3) - 1], value
    if value < 0 and len(sections) > 1:
        return sections[1], -value
    if value == 0 and len(sections) > 2:  # noqa: PLR2004 - positive; negative; zero; text
        return sections[2], value
    return sections[0], value


def _holds(value: Decimal, sign: str, bound: Decimal) -> bool:
    return {
        "<": value < bound, "<=": value <= bound, ">": value > bound, ">=": value >= bound,
        "=": value == bound, "<>": value != bound,
    }[sign]  # fmt: skip


# ---------------------------------------------------------------- numbers


def general(value: Decimal) -> str:
    """Print as General does: no noise, no needless zeros, eleven characters at most with decimals."""
    if value and not -10 < value.adjusted() < 21:  # noqa: PLR2004 - beyond that Excel prints a power of ten
        mantissa, _, power = f"{value.normalize(Context(prec=6)):E}".partition("E")
        return f"{mantissa}E{power[0]}{power[1:].zfill(2)}"
    whole, _, decimals = f"{value:f}".partition(".")
    room = max(GENERAL_WIDTH - len(whole.lstrip("-")) - 1, 2)
    if len(decimals.rstrip("0")) > room:
        whole, _, decimals = rounded(value, room).partition(".")
    decimals = decimals.rstrip("0")
    return f"{whole}.{decimals}" if decimals else whole


def rounded(value: Decimal, places: int) -> str:
    """Print with so many decimals, half away from zero."""
    sign = "-" if value < 0 else ""
    digits = str(int(WIDE.add(WIDE.scaleb(abs(value), places), HALF))) if value.adjusted() < 40 else "0"  # noqa: PLR2004
    digits = digits.zfill(places + 1)
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def _worded(value: Decimal, section: Section) -> str:
    """General with words round it, such as General"元"; what isn't done here is printed the same way."""
    words = [token.text if token.kind == "lit" else "\0" for token in section]
    text = re.sub("\0+", "\0", "".join(words).replace("/", "\0"))
    return text.replace("\0", general(value), 1).replace("\0", "").strip() if "\0" in text else general(value)


def _number(value: Decimal, section: Section) -> str:
    kinds = [token.kind for token in section]
    if "digit" not in kinds:
        return "".join(token.text for token in section)
    if value.adjusted() > 30:  # noqa: PLR2004 - no amount is that large
        return general(value)
    point = kinds.index("point") if "point" in kinds else len(kinds)
    last = max(index for index, kind in enumerate(kinds) if kind == "digit")
    scale = kinds[last + 1 :].count("comma") + (_commas_before(kinds, point) if point < last else 0)
    value = value.scaleb(2 * kinds.count("percent") - 3 * scale)
    places = kinds[point:].count("digit")
    text = rounded(value, places).lstrip("-")
    whole, _, decimals = text.partition(".")
    left = _whole(whole, section[:point], grouped="comma" in kinds[kinds.index("digit") : min(point, last)])
    right = _decimals(decimals, section[point:])
    return f"{'-' if value < 0 else ''}{left}{right}"


def _commas_before(kinds: Sequence[str], point: int) -> int:
    count = 0
    while point > count and kinds[point - count - 1] == "comma":
        count += 1
    return count


def _whole(digits: str, section: Section, *, grouped: bool) -> str:
    """Fill the places before the point from the right; the leftmost place takes all that is left."""
    left = digits.lstrip("0")
    places = sum(token.kind == "digit" for token in section)
    out: list[str] = []
    shown = 0
    for token in reversed(section):
        if token.kind == "digit":
            places -= 1
            take = left if places == 0 else left[-1:]
            left = "" if places == 0 else left[:-1]
            filled = take or ("0" if token.text == "0" else "")
            out.append(_grouped(filled, shown)[::-1] if grouped else filled[::-1])
            shown += len(filled)
        elif token.kind in {"lit", "percent"}:
            out.append(token.text[::-1])
    return "".join(out)[::-1] + left


def _grouped(digits: str, shown: int) -> str:
    """Put a comma after every third digit, counted from the right, where `shown` digits stand already."""
    text = ""
    for count, digit in enumerate(reversed(digits), shown):
        text = f"{digit},{text}" if count and count % 3 == 0 else f"{digit}{text}"
    return text


def _decimals(digits: str, section: Section) -> str:
    """Fill the places after the point; places marked # at the end vanish with their zeros."""
    marks = [token.text for token in section if token.kind == "digit"]
    keep = len(marks)
    while keep and marks[keep - 1] != "0" and digits[keep - 1] == "0":
        keep -= 1
    out: list[str] = []
    used = 0
    for token in section:
        if token.kind == "digit":
            out.append(digits[used] if used < keep else "")
            used += 1
        elif token.kind == "point":
            out.append(".")
        elif token.kind in {"lit", "percent"}:
            out.append(token.text)
    return "".join(out)


# ---------------------------------------------------------------- dates


def _date(value: Decimal, section: Section, *, days: int) -> str:
    if not 0 <= value <= LAST_DAY:
        return general(value)
    whole = int(value)
    seconds = int((value - whole) * 86_400 + HALF)
    start = datetime(1899, 12, 31 if whole < LEAP_BUG and not days else 30)  # noqa: DTZ001 - a printed date has no zone
    try:
        moment = start + timedelta(days=whole + days, seconds=seconds)
    except OverflowError:
        return general(value)
    halved = any(token.kind == "half" for token in section)
    out: list[str] = []
    for index, token in enumerate(section):
        if token.kind == "date":
            out.append(
                _date_part(token.text.lower(), moment, whole * 86_400 + seconds, _is_minute(section, index))
            )
        elif token.kind == "half":
            out.append(_half_day(token.text, moment))
        else:
            out.append(token.text)
    if halved:
        return "".join(_twelve(section, out, moment))
    return "".join(out).strip()


def _twelve(section: Section, out: Sequence[str], moment: datetime) -> list[str]:
    """Count hours to twelve."""
    hour = str((moment.hour + 11) % 12 + 1)
    return [
        hour.zfill(len(token.text)) if token.kind == "date" and token.text.lower().startswith("h") else text
        for token, text in zip(section, out, strict=True)
    ]


def _half_day(marks: str, moment: datetime) -> str:
    morning, afternoon = marks.split("/")
    return morning if moment.hour < 12 else afternoon  # noqa: PLR2004 - noon


def _is_minute(section: Section, index: int) -> bool:
    """An m stands for minutes right after hours or right before seconds."""
    before = next((t.text.lower() for t in reversed(section[:index]) if t.kind == "date"), "")
    after = next((t.text.lower() for t in section[index + 1 :] if t.kind == "date"), "")
    return before.strip("[").startswith("h") or after.strip("[").startswith("s")


def _date_part(mark: str, moment: datetime, seconds: int, minute: bool) -> str:  # noqa: FBT001
    if mark.startswith("["):
        return str(seconds // {"h": 3600, "m": 60, "s": 1}[mark[1]])
    letter, width = mark[0], len(mark)
    if letter == "m" and minute:
        return str(moment.minute).zfill(min(width, 2))
    if letter == "m":
        return _month(moment.month, width)
    if letter in {"y", "e"}:
        return str(moment.year) if width > 2 or letter == "e" else f"{moment.year % 100:02d}"  # noqa: PLR2004
    if letter == "a" or (letter == "d" and width > 2):  # noqa: PLR2004 - aaaa and dddd: the day's name
        return ("星期" if width > 3 else "周") + WEEKDAYS[moment.weekday()]  # noqa: PLR2004
    part = {"d": moment.day, "h": moment.hour, "s": moment.second}[letter]
    return str(part).zfill(min(len(mark.partition(".")[0]), 2))


def _month(month: int, width: int) -> str:
    return MONTHS[month - 1] if width > 2 else str(month).zfill(width)  # noqa: PLR2004 - mmm is a name
