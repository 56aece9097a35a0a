"""The files of a lake: parted by year and province, silence kept, read as they were written."""

from pathlib import Path

import pyarrow as pa
import pytest

from jixiao.batch import duck, lake, parts, tables

ROWS = (
    {"filing": 1, "year": 2024, "province": "云河省", "project": "护林员补助"},
    {"filing": 2, "year": None, "province": None},
    {"filing": 3, "year": 2023, "province": "云河省"},
    {"filing": 4, "year": 2024, "province": "云河省"},
    {"filing": 5, "year": 2024, "province": None},
)


def _read(folder: Path, name: str) -> list[dict[str, object]]:
    connection = duck.connect()
    parts.show(connection, name, parts.all_of(folder, name))
    return duck.ask(connection, f"SELECT * FROM {name} ORDER BY filing").to_pylist()  # noqa: S608 our own


def test_filings_stand_under_their_year_and_province_and_silence_stays_silence(tmp_path: Path) -> None:
    sizes = parts.write_part(tmp_path, "filings", "a", tables.table(ROWS, tables.FILINGS))
    assert set(sizes) == {
        "filings/year=2023/province=云河省/a.parquet",
        "filings/year=2024/province=云河省/a.parquet",
        f"filings/year=2024/province={parts.SILENT}/a.parquet",
        f"filings/year={parts.SILENT}/province={parts.SILENT}/a.parquet",
    }
    assert all((tmp_path / path).stat().st_size == size for path, size in sizes.items())
    assert not list(parts.drafts_of(tmp_path))
    read = tables.table(_read(tmp_path, "filings"), tables.FILINGS)
    assert read.equals(tables.table(ROWS, tables.FILINGS))


def test_the_same_rows_give_the_same_bytes_and_no_rows_no_file(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        parts.write_part(tmp_path / folder, "filings", "x", tables.table(ROWS, tables.FILINGS))
    assert [path.read_bytes() for path in parts.all_of(tmp_path / "a", "filings")] == [
        path.read_bytes() for path in parts.all_of(tmp_path / "b", "filings")
    ]
    assert not parts.write_part(tmp_path, "words", "x", tables.WORDS.empty_table())
    assert not parts.write_part(tmp_path, "indicators", "x", tables.INDICATORS.empty_table())


def test_a_table_without_any_file_is_seen_without_rows(tmp_path: Path) -> None:
    assert _read(tmp_path, "indicators") == []


def test_other_tables_have_year_and_province_in_their_paths_alone(tmp_path: Path) -> None:
    rows = pa.table({"filing": [7], "row": [0], "year": pa.array([2023], pa.int32()), "province": ["云河省"]})
    parts.write_part(tmp_path, "indicators", "x", rows)
    assert _read(tmp_path, "indicators") == [{"filing": 7, "row": 0}]


def test_small_parts_are_scored_together_and_a_large_one_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lake, "STRETCH", 10)
    assert lake.stretched({"a": 4, "b": 6, "c": 1, "d": 30, "e": 2}) == [["a", "b"], ["c"], ["d"], ["e"]]
