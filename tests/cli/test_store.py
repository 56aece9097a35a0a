"""The store of readings: a second run reads only what changed, and nothing wrong ever comes out of it."""

import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jixiao import api
from jixiao.cli import store as keeping
from jixiao.cli.store import Store, store_of
from jixiao.layout import Doubt, Place
from jixiao.model.reading import Reading
from tests.command import Jixiao


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The names of the files that are really read."""
    names: list[str] = []
    really = api.read_papers

    def noted(data: bytes, *, name: str) -> tuple[Reading, ...]:
        names.append(Path(name).name)
        return really(data, name=name)

    monkeypatch.setattr(api, "read_papers", noted)
    return iter((names,))


@pytest.fixture
def folder(tmp_path: Path, right: Path, wrong: Path) -> Path:
    for name, paper in (("甲.txt", right), ("乙.txt", wrong)):
        (tmp_path / name).write_bytes(paper.read_bytes())
    return tmp_path


def entries(store: Path) -> list[Path]:
    return sorted(path for path in store.rglob("*") if path.is_file())


def test_a_second_run_reads_nothing_and_says_the_same(
    folder: Path, jixiao: Jixiao, reads: Iterator[list[str]]
) -> None:
    names = next(reads)
    first = jixiao("read", folder, "--format", "json")
    assert sorted(names) == ["乙.txt", "甲.txt"]
    assert jixiao("read", folder, "--format", "json") == first
    assert jixiao("check", folder).out
    assert len(names) == 2


def test_only_what_changed_is_read_again_and_a_new_name_is_no_change(
    folder: Path, jixiao: Jixiao, reads: Iterator[list[str]]
) -> None:
    names = next(reads)
    jixiao("read", folder)
    names.clear()
    (folder / "甲.txt").rename(folder / "丙.txt")
    (folder / "乙.txt").write_text((folder / "乙.txt").read_text("utf-8") + "\n另页\n", "utf-8")
    told = jixiao("read", folder, "--format", "json")
    assert names == ["乙.txt"]
    assert {Path(paper["file"]).name for paper in told.json["papers"]} == {"丙.txt", "乙.txt"}


def test_without_the_store_all_is_read_and_nothing_is_kept(
    folder: Path, jixiao: Jixiao, store: Path, reads: Iterator[list[str]]
) -> None:
    names = next(reads)
    for _ in range(2):
        assert jixiao("read", folder, "--no-cache").status == 0
    assert len(names) == 4
    assert entries(store) == []


@pytest.mark.parametrize(
    "broken", [b"", b"x" * 400, zlib.compress(b"{}"), zlib.compress(b'{"papers":[{"format":99}]}')]
)
def test_a_broken_entry_is_as_if_it_were_not_there(
    folder: Path, jixiao: Jixiao, store: Path, broken: bytes
) -> None:
    first = jixiao("read", folder, "--format", "json")
    for entry in entries(store):
        whole = entry.read_bytes()
        entry.write_bytes(broken or whole[: len(whole) // 2])
    assert jixiao("read", folder, "--format", "json") == first
    assert jixiao("read", folder, "--format", "json") == first


def test_a_folder_that_takes_no_files_is_no_obstacle(
    folder: Path, jixiao: Jixiao, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shut = tmp_path / ".shut"
    shut.write_text("", "utf-8")
    monkeypatch.setenv("JIXIAO_CACHE", str(shut))
    assert jixiao("read", folder).status == 0


def test_what_another_state_of_the_program_read_is_not_taken(
    monkeypatch: pytest.MonkeyPatch, store: Path
) -> None:
    now = store_of()
    assert now.folder.is_relative_to(store)
    monkeypatch.setattr(keeping, "__version__", "99")
    assert store_of() != now
    monkeypatch.undo()
    monkeypatch.setenv("JIXIAO_CACHE", str(store))
    assert store_of() == now
    monkeypatch.setattr(keeping, "version", lambda name: f"{name} 99")
    assert store_of() != now


def test_a_refusal_is_not_kept(tmp_path: Path, jixiao: Jixiao, store: Path) -> None:
    (tmp_path / "空.txt").write_bytes(b"")
    assert jixiao("read", tmp_path / "空.txt").status == 2
    assert entries(store) == []


def test_what_was_read_without_a_program_of_the_system_is_read_again(tmp_path: Path, right: Path) -> None:
    kept = Store(tmp_path / "readings" / "now")
    (reading,) = api.read_papers(right.read_bytes(), name="甲")
    poorer = replace(reading, doubts=(Doubt(Place(), "LibreOffice 没能转换这份文件，只读了文字"),))
    kept.put(b"1", (poorer,))
    kept.put(b"2", (replace(reading, doubts=(Doubt(Place(), "字迹不清"),)),))
    assert kept.get(b"1", name="甲") is None
    assert kept.get(b"2", name="甲") is not None


def test_the_entries_longest_unused_go_first(
    tmp_path: Path, right: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os  # noqa: PLC0415 - only here

    kept = Store(tmp_path / "readings" / "now")
    readings = api.read_papers(right.read_bytes(), name="甲")
    for number in range(4):
        kept.put(b"%d" % number, readings)
        os.utime(kept._path(b"%d" % number), (number, number))
    assert kept.get(b"0", name="乙") is not None  # used just now
    size = kept._path(b"0").stat().st_size
    monkeypatch.setattr(keeping, "MOST_BYTES", 2 * size)
    kept.trim()
    assert [kept.get(b"%d" % number, name="甲") is not None for number in range(4)] == [
        True,
        False,
        False,
        True,
    ]
