"""What a character code of a PDF means to a reader: radicals are words, ligatures letters, some signs boxes."""

import unicodedata

LOST = "\ufffd"
HYPHENS = (0x02, 0xAD, 0xFFFE)  # what pdfium makes of a hyphen at a line's end
SIGNS = {
    "wingdings": {0xA8: "☐", 0x6F: "☐", 0xFE: "☑", 0xFC: "✓", 0xFD: "☒", 0x78: "☒", 0xD7: "×", 0xFB: "×"},
    "wingdings2": {0x52: "☑", 0xA3: "☐", 0x54: "☒", 0x50: "✓", 0x2A: "☐", 0x53: "☒", 0x4F: "×", 0x51: "☒"},
    "symbol": {0xB3: "≥", 0xA3: "≤", 0xB4: "×", 0xB1: "±", 0xB8: "÷", 0xB9: "≠"},
}
PRIVATE = range(0xE000, 0xF900)
SIGN_CODES = range(0xF000, 0xF100)
FOLDED = (range(0x2F00, 0x2FE0), range(0xF900, 0xFB00), range(0xFB00, 0xFB07))
RADICALS = str.maketrans(
    "⺁⺇⺊⺋⺎⺏⺐⺑⺒⺓⺟⺠⺡⺢⺣⺤⺥⺦⺨⺪⺫⺬⺭⺮⺱⺲⺳⺼⺾⻅⻆⻇⻈⻉⻊⻋⻌⻎⻐⻑⻓⻔⻖⻘⻙⻚⻛⻜⻝⻞⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
    "厂几卜卩兀尢尢尣巳幺母民氵氺灬爪爫丬犭疋罒示礻竹罒罒网月艹见角角讠贝足车辶辶钅长长门阝青韦页风飞食食马骨鬼鱼鸟卤麦黄齐齿龙龟",
)
SURROGATES = range(0xD800, 0xE000)


def _table() -> dict[int, str]:
    """Every code that doesn't stand for itself, but for those of sign fonts."""
    table = {code: chr(to) for code, to in RADICALS.items()}
    for codes in FOLDED:
        table.update({code: unicodedata.normalize("NFKC", chr(code)) for code in codes})
    table.update(dict.fromkeys([*SURROGATES, *PRIVATE, 0xFFFF], LOST))
    table.update(dict.fromkeys(HYPHENS, "-"))
    table.update(dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), 0x200B, 0x200C, 0x200D, 0xFEFF], ""))
    table.update({0x02: "-", 0x09: " ", 0xA0: " "})
    return table


MEANT = _table()


def sign(code: int, font: str) -> str | None:
    """Tell what a code of a sign font shows, None when that isn't known."""
    name = font.lower().replace(" ", "").replace("-", "").rpartition("+")[2].removesuffix("mt")
    signs = SIGNS.get(name.removesuffix("regular"))
    return None if signs is None else signs.get(code - SIGN_CODES.start if code in SIGN_CODES else code)
