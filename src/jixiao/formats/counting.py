"""Ways of counting in lists (一、 （一） 1. a) i. ①), as documents and web pages name them."""

DIGITS = "〇一二三四五六七八九"
STEMS = "甲乙丙丁戊己庚辛壬癸"
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
         (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
CHINESE = frozenset({
    "chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand",
    "japaneseCounting", "ideographDigital", "chineseLegalSimplified",
})  # fmt: skip


def counted_as(counts: str, number: int) -> str:
    """Write a number in a list's way of counting; an unknown way counts in digits."""
    if counts in CHINESE:
        return chinese(number)
    if counts in {"lowerRoman", "upperRoman"}:
        return _roman(number) if counts == "lowerRoman" else _roman(number).upper()
    if counts in {"lowerLetter", "upperLetter"} and 1 <= number <= 26 * 9:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if counts == "lowerLetter" else letter.upper()
    if counts.startswith("decimalEnclosedCircle") and 1 <= number <= 20:  # noqa: PLR2004 - ① to ⑳
        return chr(ord("①") + number - 1)
    if counts == "ideographTraditional" and 1 <= number <= len(STEMS):
        return STEMS[number - 1]
    return str(number).zfill(2) if counts == "decimalZero" else str(number)


def chinese(number: int) -> str:
    """Write 1 to 9999 in Chinese as headings do: 十二, 二十, 一百零三."""
    if not 0 < number < 10_000:  # noqa: PLR2004
        return str(number)
    text, waiting = "", False
    for unit, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if waiting else "") + DIGITS[digit] + word
            waiting = False
        else:
            waiting = bool(text)
    return text[1:] if text.startswith("一十") else text


def _roman(number: int) -> str:
    if not 0 < number < 4000:  # noqa: PLR2004
        return str(number)
    text = ""
    for value, letters in ROMAN:
        text += letters * (number // value)
        number %= value
    return text
