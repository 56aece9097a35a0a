"""Workbooks that LibreOffice made of ours: the old format says what the new one says."""

import io
import shutil
import subprocess
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao import formats
from jixiao.formats.xls import reading
from jixiao.layout import Grid, Layout, Place
from tests.formats.test_round_trip import grids

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]

CODES = (
    "General", "0", "0.00", "0.00%", "0%", "#,##0.00", r'0\.0,"万元"', "0.00_ ", '0.00"分"', "yyyy/m/d", 'yyyy"年"m"月"d"日"',
    '#,##0.00;-#,##0.00;"-"', "[>=100]0;0.0", "0.00E+00", "#.##", "@", "[h]:mm", "yyyy-mm-dd hh:mm",
)  # fmt: skip
VALUES = (
    "0", "1", "-1", "0.88439999999999996", "35.370000000000005", "2.675", "0.285", "45042", "45042.75", "353700", "1234567.891",
    "0.1", "99.999999999999986", "1E-3", "123456789012", "100", "8.5000000000000006E-2",
)  # fmt: skip


def numbers() -> bytes:
    """Every value under every format, a row a value."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for column, code in enumerate(CODES):
            style = book.add_format({"num_format": code})
            for row, value in enumerate(VALUES):
                sheet.write_number(row, column, float(value), style)
    return file.getvalue()


def drawn_grids(count: int) -> list[Grid]:
    drawn: list[Grid] = []

    @settings(max_examples=count, database=None, derandomize=True)
    @given(st.lists(grids(), min_size=1, max_size=6))
    def draw(some: list[Grid]) -> None:
        drawn.extend(some)

    draw()
    return drawn


def written() -> dict[str, bytes]:
    """Workbooks of many sheets: to start the office program is what takes long."""
    drawn = drawn_grids(50)
    books = {"数": numbers()}
    for start in range(0, len(drawn), 50):
        some = drawn[start : start + 50]
        named = tuple(Grid(grid.cells, Place(sheet=f"表{n}")) for n, grid in enumerate(some))
        books[f"表{start}"] = formats.write(Layout("甲", named), "xlsx")
    return books


def test_xls_says_what_xlsx_says(tmp_path: Path) -> None:
    books = written()
    for name, data in books.items():
        (tmp_path / f"{name}.xlsx").write_bytes(data)
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to", "xls:MS Excel 97",
         "--outdir", str(tmp_path), *map(str, sorted(tmp_path.glob("*.xlsx")))],
        capture_output=True, check=True, timeout=240,
    )  # fmt: skip
    assert (
        sum(len(reading.read(data, name="x").blocks) for data in map(Path.read_bytes, tmp_path.glob("*.xls")))
        > 60
    )
    for name, data in books.items():
        new, old = (
            formats.read(data, name=name),
            reading.read((tmp_path / f"{name}.xls").read_bytes(), name=name),
        )
        assert old.blocks == new.blocks
        assert old.doubts == new.doubts
