"""Points in time as papers print them (2023年11月, 12月底前, 年底前), and whether one meets a time limit."""

import calendar
import re
from dataclasses import replace

from jixiao.expressions import expression
from jixiao.model.figure import tidy
from jixiao.model.numerals import NUMERAL, numeral
from jixiao.model.target import Moment

_CN = f"[{NUMERAL}]"
_TO = r"(?:[-~—–－～]+|至|到)"
_YEAR = rf"(?:(?:19|20)\d\d|[一二]{_CN}{{3}})"
_MONTH = rf"(?:\d{{1,2}}|{_CN}{{1,2}})"
_DAY = rf"(?:\d{{1,2}}|{_CN}{{1,3}})"
_IN_TEXT = expression(
    rf"(?P<iso>(?<![\d.])(?:19|20)\d\d[-/]\d{{1,2}}(?:[-/]\d{{1,2}})?(?![\d.%])"
    rf"|(?<![\d.])(?:19|20)\d\d\.\d{{1,2}}\.\d{{1,2}}(?!\d))"
    rf"|(?:{_YEAR}年{_MONTH}月(?:{_DAY}日)?{_TO})?(?<![\d.])(?P<year>{_YEAR})(?:年(?P<year_end>[底末])?度?(?:{_MONTH}月?(?:份)?{_TO})?)(?:(?P<month>{_MONTH})月份?(?:(?P<day>{_DAY})[日号])?)?"
    rf"|(?<![\d.年第个]){_YEAR}年?{_TO}(?P<until>{_YEAR})年?"
    rf"|(?:(?<![\d.]){_MONTH}月?{_TO})?(?<![\d.个每])(?P<only_month>{_MONTH})月份?(?:(?P<only_day>{_DAY})[日号])?"
    rf"|(?<!每)(?P<half>[上下])半年|(?<![每个\d])第?(?P<quarter>[一二三四1-4])季度"
    rf"|(?P<end>(?:当年|本年|(?<![\d每半全个])年)(?:度)?(?:底|末|内)|当年)",
)
_EDGE = (
    r"(?:底|末|份|内|初|上旬|中旬|下旬|前|之前|以前|止|完成|已|全部|完工|实施|截至|截止到?|于|在|按时|竣工"
    r"|验收|交付|投入使用|。|,)*"
)


def moments_in(text: str) -> tuple[tuple[Moment, int, int], ...]:
    """Find the moments in a tidied text with their offsets; a range (1-12月) counts by its end, 年底 is month 12."""
    found = ((_read(match), match.start(), match.end()) for match in _IN_TEXT.finditer(text))
    return tuple((moment, start, end) for moment, start, end in found if moment is not None)


def parse_moment(text: str) -> Moment | None:
    """Read a text that is one moment, with words such as 底前, 完成 around it: 2023年12月31日, 6月底, 二〇二三年.

    None where it says anything else, or a day that the calendar doesn't have.
    """
    plain = tidy(text)
    if re.fullmatch(r"(?:19|20)\d{6}", plain):
        plain = f"{plain[:4]}-{plain[4:6]}-{plain[6:]}"
    if is_dotted_month(plain):
        plain = plain.replace(".", "-")
    found = moments_in(plain)
    if len(found) != 1:
        return None
    moment, start, end = found[0]
    return moment if re.fullmatch(_EDGE, plain[:start]) and re.fullmatch(_EDGE, plain[end:]) else None


def is_dotted_month(text: str) -> bool:
    """Tell whether a bare number such as 2023.12 is a month rather than an amount."""
    return re.fullmatch(r"20\d\d\.(?:0[1-9]|1[0-2]|[1-9])", text) is not None


def _read(match: re.Match[str]) -> Moment | None:
    if match["iso"]:
        parts = [int(part) for part in re.split(r"[-./]", match["iso"])]
        return _checked(Moment(*parts))
    if match["quarter"]:
        return Moment(month=3 * (_number(match["quarter"]) or 0))
    if match["half"]:
        return Moment(month=6 if match["half"] == "上" else 12)
    if match["end"]:
        return Moment(month=12)
    year = _number(match["year"] or match["until"])
    month = 12 if match["year_end"] else _number(match["month"] or match["only_month"])
    return _checked(Moment(year, month, _number(match["day"] or match["only_day"])))


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    digits = text if text.isdecimal() else numeral(text)
    return int(digits) if digits is not None and digits.isdecimal() else None


def _checked(moment: Moment) -> Moment | None:
    if moment.month is None:
        return moment if moment.day is None and moment.year is not None else None
    days = _last_day(moment.year, moment.month) if moment.month in range(1, 13) else 0
    return moment if 1 <= (moment.day or 1) <= days else None


def _last_day(year: int | None, month: int) -> int:
    return calendar.monthrange(year or 2000, month)[1]


def earliest(moment: Moment) -> tuple[int, int, int]:
    """Return the first day that the print can mean; year 0 where none is printed."""
    return (moment.year or 0, moment.month or 1, moment.day or 1)


def latest(moment: Moment) -> tuple[int, int, int]:
    """Return the last day that the print can mean; year 0 where none is printed."""
    month = moment.month or 12
    return (moment.year or 0, month, moment.day or _last_day(moment.year, month))


def meets(moment: Moment, limit: Moment, *, year: int | None = None) -> bool | None:
    """Tell whether `moment` lies within `limit` (whose last day still counts).

    A side without a year is taken in `year`, the year of the evaluation. None when the printed precision doesn't
    decide (12月 against 12月20日), or when only one side has a year.
    """
    if moment.year is None and moment.month is None:
        return None
    if year is not None:
        moment = moment if moment.year is not None else replace(moment, year=year)
        limit = limit if limit.year is not None else replace(limit, year=year)
    if (moment.year is None) != (limit.year is None):
        return None
    if latest(moment) <= latest(limit):
        return True
    return False if earliest(moment) > latest(limit) else None
