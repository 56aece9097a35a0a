"""Finds what names or reaches a private person in a text: numbers, addresses, names. Nothing is masked here.

What words around it prove is certain; what only looks like it is not, and whoever publishes the paper decides. What
stands where a paper has codes, amounts, dates, standards and document numbers is left alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from jixiao.audit.presentation.personal_names import at_the_end, leading, named
from jixiao.expressions import expression

MAIL = expression(r"[\w.+-]{2,40}@[\w-]{1,40}(?:\.[A-Za-z]{2,12}){1,3}")
IDENTITY = expression(
    r"(?<![\dA-Za-z])[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])"
)
CODE = expression(r"(?:编码|编号|代码|项目号|合同号|文号|票号|序列号|单号)[^,，。；;]{0,6}$")
OFFICE = expression(r"信用代码|组织机构")

_GROUPED = expression(
    r"(?<![\dA-Za-z])[1-9]\d{5}[ -]?(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ -]?\d{3}[\dXx](?![\dA-Za-z])"
)
_OLD_IDENTITY = expression(
    r"(?<!\d)[1-9]\d{5}\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?!\d)", re.ASCII
)
_MOBILE = expression(
    r"(?<![\d.A-Za-z])(?<!\d-)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d|[.-]\d|\s*[万亿]?元|[A-Za-z])",
    re.ASCII,
)
_LANDLINE = expression(
    r"(?<![\d.A-Za-z〕\]-])(?:[(（]0\d{2,3}[)）]|0\d{2,3}[-—－ ])[ -]?[2-9]\d{6,7}(?:[-转]\d{1,5})?(?![\d.])"
)
_SHORT_LINE = expression(r"(?<![\d.A-Za-z-])(?:0\d{2,3})?[2-9]\d{6,7}(?![\d.]|\s*[万亿]?元)", re.ASCII)
_ACCOUNT = expression(r"(?<![\dA-Za-z.])\d{4}(?:[ -]?\d{4}){2,4}(?:[ -]?\d{1,4})?(?![\dA-Za-z.])", re.ASCII)
_PLATE = expression(
    r"[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新][A-HJ-NP-Z][·•.]?(?=[A-Z]*\d[A-Z]*\d)"
    r"[A-HJ-NP-Z\d]{5,6}(?![A-Za-z\d])"
)
_CHAT = expression(r"(?:QQ|qq|微信)(?:号码|号)?[:：]?\s*(?P<what>[A-Za-z\d][\w-]{4,19})", re.ASCII)
_HOUSE = expression(
    r"(?:[镇乡村庄屯寨里街路巷弄道]|社区|小区|新村|花园|组|社|队|队伍)\s*"
    r"(?P<what>(?:[\d一二三四五六七八九十]{1,4}\s*(?:组|社|队|号楼|号院|号|栋|幢|座|单元|室|户)\s*){1,4})"
)
_WORD_PHONE = expression(r"电话|手机|传真|座机|联系方式|移动|[Tt][Ee][Ll]")
_WORD_IDENTITY = expression(r"身份证|证件号|公民身份")
_WORD_ACCOUNT = expression(r"卡号|[账帐][号户]|开户|银行卡|存折|一卡通")
_WORD_HOME = expression(r"住址|住所|家住|家庭地址|户籍|户主|居住|通讯地址|联系地址")
_PUBLIC = expression(r"办公|单位电话|监督|举报|投诉|咨询|热线|值班|服务电话|总机|传真|局长信箱|公开|征求意见")
_AMOUNT = expression(
    r"金额|预算|资金|支出|执行数|合计|小计|单价|总价|分值|得分|指标值|完成值|数量|面积|序号|年度"
)
_NEAR = 16  # characters before a number in which a word says what it is
_PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
    ]
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_CARD_DIGITS = range(16, 20)
_FOLDED = (
    {ord("０") + n: ord("0") + n for n in range(10)}
    | {ord("Ａ") + n: ord("A") + n for n in range(26)}
    | {ord("ａ") + n: ord("a") + n for n in range(26)}
    | str.maketrans("＠－＋．", "@-+.")
)


class Sort(StrEnum):
    """What a piece of personal data is, as users call it."""

    IDENTITY = "身份证号"
    ACCOUNT = "银行账号"
    MOBILE = "手机号"
    LANDLINE = "固定电话"
    MAIL = "电子邮箱"
    CHAT = "QQ、微信号"
    NAME = "姓名"
    HOUSE = "住址门牌"
    PLATE = "车牌号"


@dataclass(frozen=True, slots=True)
class Personal:
    """A piece of personal data in a text: what it is, its characters, whether it is certain, and why."""

    sort: Sort
    start: int
    end: int
    certain: bool
    why: str


def find(text: str, label: str = "") -> tuple[Personal, ...]:
    """Find the personal data in a text.

    Args:
        text: as it stands on the paper; offsets count its characters.
        label: the words that say what a cell holds (联系电话 to its left, 户主 over its column), "" where nothing does.

    Returns:
        in the order of the text, none overlapping another.
    """
    plain = text.translate(_FOLDED)
    taken: list[Personal] = []
    for found in (*_numbers(plain, label), *_words(plain, label)):
        _take(taken, found)
    for found in _names(text, plain, label, taken):
        _take(taken, found)
    return tuple(sorted(taken, key=lambda one: one.start))


def _take(taken: list[Personal], found: Personal) -> None:
    if all(found.end <= one.start or found.start >= one.end for one in taken):
        taken.append(found)


# ---------------------------------------------------------------- numbers


def _numbers(plain: str, label: str) -> Iterator[Personal]:
    """Yield what numbers are, the surest first: what is taken once is not taken for something else."""
    if sum(char.isdigit() for char in plain) < 7:  # noqa: PLR2004 - the shortest telephone number
        return
    yield from _identities(plain, label)
    yield from _accounts(plain, label)
    yield from _mobiles(plain, label)
    yield from _landlines(plain, label)


def _before(plain: str, start: int, label: str) -> str:
    return f"{label} {plain[max(start - _NEAR, 0) : start]}"


def _coded(plain: str, start: int, label: str) -> bool:
    """Tell whether a number is said to be a code or an amount."""
    return bool(CODE.search(plain[:start]) or CODE.search(label) or _AMOUNT.search(label))


def _identities(plain: str, label: str) -> Iterator[Personal]:
    for m in _GROUPED.finditer(plain):
        said = _WORD_IDENTITY.search(_before(plain, m.start(), label))
        if not said and (OFFICE.search(_before(plain, m.start(), label)) or _coded(plain, m.start(), label)):
            continue
        right = _checks(m[0])
        why = "写明是身份证号" if said else "校验位相符" if right else "像身份证号，校验位不符"
        yield Personal(Sort.IDENTITY, m.start(), m.end(), bool(said or right), why)
    for m in _OLD_IDENTITY.finditer(plain):
        if _WORD_IDENTITY.search(_before(plain, m.start(), label)):
            yield Personal(Sort.IDENTITY, m.start(), m.end(), certain=True, why="写明是身份证号（15 位）")


def _checks(number: str) -> bool:
    """Tell whether an identity number has a province and its check digit (GB 11643)."""
    digits = re.sub(r"[ -]", "", number).upper()
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return digits[:2] in _PROVINCES and _CHECKS[total % 11] == digits[-1]


def _accounts(plain: str, label: str) -> Iterator[Personal]:
    for m in _ACCOUNT.finditer(plain):
        said = _WORD_ACCOUNT.search(_before(plain, m.start(), label))
        digits = re.sub(r"\D", "", m[0])
        if said:
            yield Personal(Sort.ACCOUNT, m.start(), m.end(), certain=True, why="写明是账号或卡号")
        elif (
            len(digits) in _CARD_DIGITS
            and digits.startswith("62")
            and _luhn(digits)
            and not _coded(plain, m.start(), label)
        ):
            yield Personal(Sort.ACCOUNT, m.start(), m.end(), certain=False, why="像银行卡号，没有写明")


def _luhn(digits: str) -> bool:
    doubled = [int(d) * (2 if n % 2 else 1) for n, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0  # noqa: PLR2004 - the digits of a product added


def _mobiles(plain: str, label: str) -> Iterator[Personal]:
    for m in _MOBILE.finditer(plain):
        said = _WORD_PHONE.search(_before(plain, m.start(), label))
        if not said and _coded(plain, m.start(), label):
            continue
        lone = plain.strip() == m[0]
        why = "写明是电话" if said else "单独一个数，没有写明是电话" if lone else "手机号的写法"
        yield Personal(Sort.MOBILE, m.start(), m.end(), bool(said) or not lone, why)


def _landlines(plain: str, label: str) -> Iterator[Personal]:
    for m in (*_LANDLINE.finditer(plain), *_SHORT_LINE.finditer(plain)):
        before = _before(plain, m.start(), label)
        said = _WORD_PHONE.search(before)
        short = plain[m.start()].isdigit() and not re.search(r"[-—－ ]", m[0])
        if (short and not said) or _coded(plain, m.start(), label):
            continue
        if _PUBLIC.search(before):
            yield Personal(Sort.LANDLINE, m.start(), m.end(), certain=False, why="单位对外公布的电话可以公开")
        else:
            yield Personal(
                Sort.LANDLINE, m.start(), m.end(), certain=True, why="固定电话，没有写明是单位对外公布的"
            )


# ---------------------------------------------------------------- words


def _words(plain: str, label: str) -> Iterator[Personal]:
    for m in MAIL.finditer(plain):
        public = _PUBLIC.search(_before(plain, m.start(), label))
        why = "单位对外公布的邮箱可以公开" if public else "电子邮箱"
        yield Personal(Sort.MAIL, m.start(), m.end(), not public, why)
    for m in _CHAT.finditer(plain):
        yield Personal(Sort.CHAT, *m.span("what"), certain=True, why="写明是QQ或微信号")
    for m in _PLATE.finditer(plain):
        yield Personal(Sort.PLATE, m.start(), m.end(), certain=False, why="公务车辆的号牌可以公开")
    for m in _HOUSE.finditer(plain):
        home = _WORD_HOME.search(label) or _WORD_HOME.search(plain[: m.start()])
        if home or re.search(r"室|单元", m["what"]):
            why = "写明是住址" if home else "像住址，也可能是单位或工程地点"
            yield Personal(
                Sort.HOUSE, m.start("what"), m.start("what") + len(m["what"].rstrip()), bool(home), why
            )


def _names(text: str, plain: str, label: str, taken: list[Personal]) -> Iterator[Personal]:
    for start, end, certain, why in (*named(text), *leading(text, label)):
        yield Personal(Sort.NAME, start, end, certain, why)
    reached = {Sort.MOBILE, Sort.IDENTITY, Sort.ACCOUNT, Sort.LANDLINE, Sort.MAIL}
    for one in taken:
        if one.sort in reached and (span := at_the_end(plain[: one.start])) is not None:
            yield Personal(Sort.NAME, *span, one.certain, f"与{one.sort}写在一起")
