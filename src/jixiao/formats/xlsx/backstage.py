"""The sheet of a workbook that nobody sees: the stamp of a template, and lists too long to stand in a drop-down itself.

Its first column says what a row holds. A stamp is kept as JSON in plain ASCII without blanks, so that no program that
saves the book changes a sign of it, in cells of 32,000 characters.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from jixiao.formats.packing import escaped
from jixiao.formats.xlsx.dress import MAIN
from jixiao.formats.xlsx.sheet import Spot, column_name

TITLE = "jixiao.stamp"
CELL = 32_000  # Excel holds 32,767
STAMP, WORDS = "stamp", "words"


@dataclass(slots=True)
class Backstage:
    """What is written out of sight: rows of cells, the first of each saying what the others are."""

    rows: list[tuple[str, ...]] = field(default_factory=list)

    def keep_stamp(self, stamp: str) -> None:
        """Keep a page's stamp, the same one once."""
        plain = json.dumps(stamp).replace(" ", "\\u0020").replace("_", "\\u005f")
        self._keep((STAMP, *(plain[start : start + CELL] for start in range(0, len(plain), CELL))))

    def keep_words(self, words: tuple[str, ...]) -> str:
        """Keep a list of words and return the reference to it."""
        row = self._keep((WORDS, *words))
        return f"'{TITLE}'!$B${row}:${column_name(len(words))}${row}"

    def _keep(self, row: tuple[str, ...]) -> int:
        """Return the number of the row, from 1."""
        if row not in self.rows:
            self.rows.append(row)
        return self.rows.index(row) + 1

    def markup(self) -> str:
        """Write the sheet."""
        rows = "".join(_row(number, row) for number, row in enumerate(self.rows, 1))
        return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def _row(number: int, texts: tuple[str, ...]) -> str:
    cells = (_cell(f"{column_name(at)}{number}", text) for at, text in enumerate(texts))
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(name: str, text: str) -> str:
    return f'<c r="{name}" t="inlineStr"><is><t xml:space="preserve">{escaped(text)}</t></is></c>'


def stamp_in(texts: Mapping[Spot, str]) -> str:
    """Give back what was kept as stamps, several one a line; a row that somebody damaged is passed over."""
    stamps = []
    for row in sorted(row for (row, column), text in texts.items() if column == 0 and text == STAMP):
        cells = sorted(at for at in texts if at[0] == row and at[1])
        stamps.append(_text("".join(texts[at] for at in cells)))
    return "\n".join(stamp for stamp in stamps if stamp)


def _text(plain: str) -> str:
    if not re.fullmatch(r'"[!-~]*"', plain):
        return ""
    try:
        return str(json.loads(plain))
    except ValueError:
        return ""
