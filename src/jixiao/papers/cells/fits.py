"""How well a text fits a column: the type of a cell against the kind of thing its column holds. No position, no order.

Fits are small whole-number scores (hundredths) that alignment.py adds up; they decide nothing alone.
"""

import re

from jixiao.expressions import expression
from jixiao.papers import words

_NUMBER = expression(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_POINTS = expression(r"\d{1,3}(?:\.\d{1,3})?分?")
_PERCENT = expression(r"-?\d+(?:\.\d+)?%")
_SIGNED = expression(
    r"(?:\$\\?(?:geq|leq)|[≥≧≤≦=><]|不低于|不少于|不超过|不高于|至少|小于|大于|控制在|达到)+\$?[^≥≤=<>]*\d[^≥≤=<>]*"
)
_MEASURE = expression(
    r"(?:约|已|共)?\d[\d,]*(?:\.\d+)?(?:万|亿|千|百)?[^\d\s。；;：:]{0,8}(?:以上|以下|以内|及以上|左右)?(?:\(含\))?"
)
_MEASURED = expression(
    r"\d+(?:\.\d+)?%?\([^()]{2,40}\)"
)  # how it was found stands beside it: 94%(有效问卷200份)
_DATE = expression(
    r".{0,4}(?:20\d\d年)?\d{0,2}月?.{0,6}(?:底|前|日|年|月)(?:前|之前|底|底前)?(?:完成|拨付|到位)?"
)
_LEVEL1 = expression(rf"(?:{'|'.join(words.LEVEL1.values())}){words.MARKS}")
_LEVEL2 = expression(rf"(?:{'|'.join(p for p, _ in words.LEVEL2.values())}){words.MARKS}")
_FRAME = expression(words.FRAME + words.MARKS)
_FRAME1 = expression(words.FRAME1 + words.MARKS)
_SIGN = expression(words.SIGNS)
_TIER = expression(words.TIER_WORDS)
_BLANK = expression(words.BLANK)
_CHINESE = expression(r"[\u4e00-\u9fff]")
_UNIT = expression(
    r"%|百分比|元|万元|亿元|元/.{1,6}|.{1,3}/.{1,4}|人次?|万人次?|户|户次|个|家|次|项|份|件|台|套|辆|处|座|公里|千米|米|亩|吨|平方米|"
    r"万?平方米|平方公里|公顷|天|日|月|年|期|批|场|篇|条|所|名|只|头|株|元/月|小时|分钟|类|种|部|村|片|块|把|张|根|棵|本|册|㎡|m2|km|m|其他|无|人数|座次|场次|人/次|/"
)
_ODD_ZERO = expression(r"0\d|\d+\.\d+\.|\.|\d+\.\D|\d+\.$|[,;:)]")
MISFIT = -200
_CLASS_INSIDE = expression(r"(?:数量|质量|时效|成本|效益|满意度|影响)指标")
_SENTENCE = expression(r"[。；;！？]")


def is_level1(fold: str) -> bool:
    """Tell whether the text is a first-level class name, marks in brackets allowed."""
    return bool(_LEVEL1.fullmatch(fold))


def is_level2(fold: str) -> bool:
    """Tell whether the text is a second-level class name, marks in brackets allowed."""
    return bool(_LEVEL2.fullmatch(fold))


def is_unit(fold: str) -> bool:
    """Tell whether the text is a unit of measure by itself."""
    return bool(_UNIT.fullmatch(fold))


def is_blank(fold: str) -> bool:
    """Tell whether the cell is empty or holds only a dash or stroke."""
    return not fold or bool(_BLANK.fullmatch(fold))


def fit(column: str, fold: str) -> int:
    """Return how well the folded text fits a column of this kind; higher is better, below -200 is a misfit."""
    if is_blank(fold):
        return -500 if column in ("level1", "level2") and fold else 20
    if fold.startswith("(含"):
        return -300  # the tail of a tier's label, never a cell
    return _FITS[column](fold)


def _level1(fold: str) -> int:
    if is_level1(fold):
        return 320 if fold.endswith((")", "分")) or not is_level2(fold) else 300
    if is_level2(fold):
        return -150
    if _FRAME1.fullmatch(fold):
        return 250
    return _name(fold) - 260 if len(fold) <= 10 else -400


def _level2(fold: str) -> int:
    if is_level2(fold):
        return 300
    if _FRAME.fullmatch(fold):
        return 250
    if is_level1(fold):
        return -100
    return _name(fold) - 230 if len(fold) <= 16 else -400


def _name(fold: str) -> int:
    if not _CHINESE.search(fold):
        return -60 if re.fullmatch(r"[A-Za-z].*", fold) else -500
    if _TIER.fullmatch(fold) or _SIGN.fullmatch(fold):
        return -200
    if is_level1(fold) or is_level2(fold):
        return -120
    if _CLASS_INSIDE.search(fold[1:]):
        return -150
    if fold[0] in "≥≤=><,.;:)%" or _FIGURE.match(fold) or _is_moment(fold):
        return -280
    told = len(fold) > _LONG_NAME and _CLAUSES.search(fold) is not None
    return 60 if told else 200 if len(fold) >= 3 else 120


_FIGURE = expression(r"\d[\d.,]*[^\d]{1,3}$|\d+(?:\.\d+)?%(?:\(|$)")
_CLAUSES = expression(r"[,;。].*[,;。]|[;。]")
_LONG_NAME = 24


def _is_moment(fold: str) -> bool:
    return bool(_DATE.fullmatch(fold) and re.search(r"\d|年底|当年", fold))


def _target(fold: str) -> int:
    if _LEVEL1.fullmatch(fold) or _LEVEL2.fullmatch(fold):
        return -400
    if _SIGNED.fullmatch(fold):
        return 300
    if _SIGN.fullmatch(fold):
        return -50
    return _value(fold)


def _value(fold: str) -> int:
    if _ODD_ZERO.match(fold) or _CLASS_INSIDE.search(fold[1:]):
        return -200
    if _PERCENT.fullmatch(fold) or _NUMBER.fullmatch(fold):
        return 220 if fold.endswith("%") else 130
    if _MEASURE.fullmatch(fold) or _MEASURED.fullmatch(fold):
        return 200
    if _is_moment(fold):
        return 200
    if _SENTENCE.search(fold):
        return 0 if len(fold) < 40 else -100
    return 130 if len(fold) <= 12 else 70 if len(fold) <= 30 else -20


def _actual(fold: str) -> int:
    if _LEVEL1.fullmatch(fold) or _LEVEL2.fullmatch(fold):
        return -400
    if _TIER.fullmatch(fold):
        return 260
    if _SIGNED.fullmatch(fold):
        return 120
    if _SIGN.fullmatch(fold):
        return -150
    return _value(fold)


def _points(fold: str) -> int:
    if not _POINTS.fullmatch(fold):
        return -300 if _PERCENT.fullmatch(fold) else -500
    digits = fold.rstrip("分")
    if len(digits) > 1 and digits[0] == "0" and digits[1] != ".":
        return -400
    whole = digits.partition(".")[0]
    if digits == "0":
        return 60
    return 200 if len(whole) < 3 or digits.startswith("100") else -300


def _sign(fold: str) -> int:
    return 320 if _SIGN.fullmatch(fold) else -400


def _unit(fold: str) -> int:
    if _UNIT.fullmatch(fold) and not fold[0].isdigit():  # 12元/亩 is an amount
        return 260
    if re.search(r"\d", fold):
        return -400
    return 40 if len(fold) <= 4 else -250


def _completion(fold: str) -> int:
    if _PERCENT.fullmatch(fold):
        return 240
    return 60 if _NUMBER.fullmatch(fold) else 0 if _TIER.fullmatch(fold) else -250


def _remark(fold: str) -> int:
    if _NUMBER.fullmatch(fold) or _PERCENT.fullmatch(fold):
        return -250
    if is_level1(fold) or is_level2(fold) or _CLASS_INSIDE.search(fold[1:]):
        return -400
    return 160 if len(fold) > 8 or _SENTENCE.search(fold) or fold in ("无", "暂无", "不适用") else 30


def _reason(fold: str) -> int:
    return min(_remark(fold), 160) - (
        40 if len(fold) <= 8 and not _SENTENCE.search(fold) and fold[-1] != "无" else 0
    )


def _seq(fold: str) -> int:
    return 150 if re.fullmatch(r"\d{1,3}", fold) else -300


_FITS = {
    "seq": _seq, "level1": _level1, "level2": _level2, "level3": _name, "level4": _name, "sign": _sign,
    "target": _target, "unit": _unit, "actual": _actual, "points": _points, "completion": _completion,
    "standard": _remark, "deduction": _points, "score": _points, "reason": _reason,
    "recheck_actual": _actual, "recheck_score": _points,
}  # fmt: skip
