"""A folder of papers becomes a lake: the same whoever takes it in and however often it was broken off."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from jixiao import api
from jixiao.batch import shards
from jixiao.batch.codes import SCALE
from jixiao.cli import ingesting, main
from jixiao.errors import UnreadableError
from tests.examples import FOLDER

FEW = 2  # files in a shard here
KEYS = ds.partitioning(pa.schema([("year", pa.int32()), ("province", pa.string())]), flavor="hive")
RUN = f"""
import sys
from jixiao.batch import shards
from jixiao.cli import main
if __name__ == "__main__":
    shards.MEAN = {FEW}
    sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "MEAN", FEW)


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """Papers in folders and in a zip, and a file that is none."""
    folder = tmp_path / "材料"
    table = FOLDER / "村道养护自评表.txt"
    for n, unit in enumerate(("怀远县水利局", "云南省水利厅", "青禾县公路养护中心")):
        (folder / f"{n}县").mkdir(parents=True)
        for year in (2023, 2024, 2025):
            text = table.read_text("utf-8").replace("2024年", f"{year}年").replace("青禾县公路养护中心", unit)
            (folder / f"{n}县" / f"{year}.txt").write_text(text, "utf-8")
    shutil.copy(FOLDER / "供水巡检自评报告.docx", folder / "报告.docx")
    with ZipFile(folder / "年.zip", "w") as packed:
        packed.write(FOLDER / "卫生院设备自评表.xlsx", "内/表.xlsx")
    (folder / "通知.txt").write_text("明天开会。", "utf-8")
    return folder


def _ingest(folder: Path, lake: Path, *words: str) -> int:
    return main(["batch", "ingest", str(folder), "-o", str(lake), "--jobs", "1", *words])


def _bytes(lake: Path) -> dict[str, bytes]:
    return {
        path.relative_to(lake).as_posix(): path.read_bytes() for path in lake.rglob("*") if path.is_file()
    }


def _rows(lake: Path, table: str) -> list[dict[str, object]]:
    return pq.read_table(lake / table, partitioning=KEYS).to_pylist()


def test_every_paper_is_in_the_lake_under_its_year_and_province_and_the_rest_is_refused_by_name(
    papers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lake = tmp_path / "湖"
    assert _ingest(papers, lake) == 2
    told = capsys.readouterr()
    assert "12 个文件已入库" in told.out
    assert "通知.txt" in told.err
    assert [row["file"] for row in _rows(lake, "refused")] == ["通知.txt"]
    names = {row["filing"]: row["file"] for row in _rows(lake, "papers") if row["main"]}
    placed = {names[row["filing"]]: (row["year"], row["province"]) for row in _rows(lake, "filings")}
    assert placed["0县/2023.txt"] == (2023, "安徽省")
    assert placed["1县/2025.txt"] == (2025, "云南省")
    assert placed["2县/2024.txt"] == (2024, None)
    assert len(placed) == 11
    assert {"年.zip/内/表.xlsx", "报告.docx"} <= placed.keys()
    assert len(list((lake / "shards").iterdir())) > 2


def test_the_same_folder_elsewhere_gives_the_same_tables_byte_for_byte(papers: Path, tmp_path: Path) -> None:
    other = tmp_path / "别处" / "材料"
    shutil.copytree(papers, other)
    _ingest(papers, tmp_path / "a")
    _ingest(other, tmp_path / "b")
    assert _bytes(tmp_path / "a") == _bytes(tmp_path / "b")


def test_a_second_run_reads_nothing_and_touches_nothing(
    papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lake = tmp_path / "湖"
    _ingest(papers, lake)
    before = {path: path.stat().st_mtime_ns for path in lake.rglob("*")}
    monkeypatch.setattr(ingesting, "take", _never)
    capsys.readouterr()
    assert _ingest(papers, lake, "--format", "json") == 2
    told = json.loads(capsys.readouterr().out)
    assert (told["kept"], told["files"], told["filings"]) == (12, 12, 11)
    assert {path: path.stat().st_mtime_ns for path in lake.rglob("*")} == before


def _never(*_: object) -> None:
    raise AssertionError


def _takes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that fills with the names of the files that are read."""
    names: list[str] = []
    before = ingesting.take

    def told(scheme: str | None, source: ingesting.Source) -> shards.Taken:
        names.append(source.name)
        return before(scheme, source)

    monkeypatch.setattr(ingesting, "take", told)
    return names


def test_a_changed_a_new_and_a_lost_file_give_the_lake_that_a_first_run_gives(
    papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake = tmp_path / "湖"
    _ingest(papers, lake)
    for name in (
        "sheets",
        "sheets-zhejiang",
        "audited",
        "audited.draft",
        "audited.kept",
    ):  # the last two left by Spark
        (lake / name).mkdir()
    changed = papers / "1县" / "2024.txt"
    changed.write_text(changed.read_text("utf-8").replace("58.20", "57.20"), "utf-8")
    shutil.copy(changed, papers / "2县" / "新.txt")
    (papers / "0县" / "2023.txt").unlink()
    os.utime(papers / "报告.docx")  # touched, and the same
    read = _takes(monkeypatch)
    _ingest(papers, lake)
    assert {"1县/2024.txt", "2县/新.txt"} <= set(read)
    assert len(read) < 12
    assert not [path for path in lake.iterdir() if path.name.startswith(("sheets", "audited"))]
    _ingest(papers, tmp_path / "新湖")
    assert _tables(lake) == _tables(tmp_path / "新湖")


def _tables(lake: Path) -> dict[str, bytes]:
    """The lake but for the times of its files, which the notes of shards hold."""
    return {path: data for path, data in _bytes(lake).items() if not path.startswith("shards/")}


def test_a_part_that_lost_a_file_is_made_again(papers: Path, tmp_path: Path) -> None:
    lake = tmp_path / "湖"
    _ingest(papers, lake)
    before = _bytes(lake)
    next(iter((lake / "claims").rglob("*.parquet"))).unlink()
    shutil.copy(lake / "lake.json", lake / "names" / "part-stray.parquet")
    (lake / "names" / "part-1.draft").write_bytes(b"half")
    _ingest(papers, lake)
    assert _bytes(lake) == before


def test_without_the_cache_all_is_read_anew(
    papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake = tmp_path / "湖"
    _ingest(papers, lake)
    before, read = _bytes(lake), _takes(monkeypatch)
    _ingest(papers, lake, "--no-cache")
    assert len(read) == 12
    assert _bytes(lake) == before


def test_an_interruption_keeps_the_shards_that_are_done(
    papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lake, before = tmp_path / "湖", ingesting.take

    def stopped(scheme: str | None, source: ingesting.Source) -> shards.Taken:
        if source.name == "通知.txt":
            raise KeyboardInterrupt
        return before(scheme, source)

    with monkeypatch.context() as patched:
        patched.setattr(ingesting, "take", stopped)
        assert _ingest(papers, lake) == 130
    assert "再运行一次" in capsys.readouterr().err
    assert main(["batch", "score", str(lake)]) == 2
    assert "还没有入完库" in capsys.readouterr().err
    read = _takes(monkeypatch)
    _ingest(papers, lake)
    assert 0 < len(read) < 12
    _ingest(papers, tmp_path / "新湖")
    assert _bytes(lake) == _bytes(tmp_path / "新湖")


def test_what_an_interruption_left_a_gap_in_is_no_shard(
    papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake, before = tmp_path / "湖", ingesting._each

    def gapped(*given: Any) -> Iterator[shards.Taken]:  # noqa: ANN401 - whatever it is given
        yield from (one for one in before(*given) if one.seen.name != "1县/2024.txt")
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(ingesting, "_each", gapped)
        assert _ingest(papers, lake) == 130
    stood = {path: data for path, data in _bytes(lake).items() if path != "lake.json"}
    _ingest(papers, lake)
    _ingest(papers, tmp_path / "新湖")
    assert _bytes(lake) == _bytes(tmp_path / "新湖")
    assert 0 < len(stood.items() & _bytes(lake).items()) == len(stood)


@pytest.mark.slow
def test_killed_in_the_middle_and_run_again_in_more_processes_it_is_the_same_lake(
    papers: Path, tmp_path: Path
) -> None:
    for n in range(3, 9):
        shutil.copytree(papers / "0县", papers / f"{n}县")
    lake = tmp_path / "湖"
    script = tmp_path / "run.py"
    script.write_text(RUN, "utf-8")
    words = [sys.executable, str(script), "batch", "ingest", str(papers), "-o", str(lake), "--jobs", "2"]
    child = subprocess.Popen(words, start_new_session=True, stderr=subprocess.DEVNULL)
    assert _comes(lambda: bool(list((lake / "shards").glob("*.json"))))
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    assert _comes(lambda: not _alive(child.pid)), "its processes outlive it"
    shards.must_be_ours(lake)
    assert not json.loads((lake / "lake.json").read_text("utf-8"))["whole"]
    stood = len(list((lake / "shards").glob("*.json")))
    assert subprocess.run(words, check=False, capture_output=True).returncode == 2
    assert len(list((lake / "shards").glob("*.json"))) > stood
    _ingest(papers, tmp_path / "新湖")
    assert _bytes(lake) == _bytes(tmp_path / "新湖")


def _comes(true: Callable[[], bool], seconds: int = 120) -> bool:
    """Wait until something is true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.01)
    return False


def _alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def _total(path: Path) -> int | None:
    """The score of a file's table, by `score`, in millionths."""
    (filing,) = api.file_together(api.read_papers(path.read_bytes(), name=path.name))
    (scored, *_) = api.score_papers(filing)
    total = scored.sheet.total.score
    return None if total is None else int(total * SCALE)


@pytest.mark.slow
def test_a_lake_of_papers_is_scored_summed_and_rescored(
    papers: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    lake = str(tmp_path / "湖")
    _ingest(papers, Path(lake))
    assert main(["batch", "score", lake]) == 0
    files = {row["filing"]: str(row["file"]) for row in _rows(Path(lake), "papers")}
    sheets = {files[row["filing"]]: row["score"] for row in _rows(Path(lake), "sheets")}
    assert sheets["0县/2023.txt"] == _total(papers / "0县" / "2023.txt")
    assert sheets["报告.docx"] == _total(papers / "报告.docx")
    capsysbinary.readouterr()
    assert main(["batch", "rollup", lake, "--format", "json"]) == 0
    told = json.loads(capsysbinary.readouterr().out)
    sums = told["rollup"]
    known = {(one["province"], one["year"]): one["filings"] for one in sums}
    assert known[None, None] == "11"
    assert (known["安徽省", None], known["云南省", "2025"], known["未知", None]) == ("3", "1", "5")
    rules = told["findings"]
    found = _rows(Path(lake), "findings")
    assert sum(int(one["findings"]) for one in rules) == len(found)
    assert {one["code"]: one["filings"] for one in rules if one["severity"] == "error"} == {
        code: str(len({row["filing"] for row in found if (row["code"], row["severity"]) == (code, "error")}))
        for code in {row["code"] for row in found if row["severity"] == "error"}
    }
    assert all(one["title"] for one in rules)
    assert [one["severity"] for one in rules] == sorted(
        (one["severity"] for one in rules), key=["error", "warning", "note"].index
    )
    assert main(["batch", "rescore", lake, "--scheme", "national-2021", "--format", "json"]) == 0
    changed = json.loads(capsysbinary.readouterr().out)["rescore"]
    assert {one["province"] for one in changed} == {None, "安徽省", "云南省", "未知"}


def test_what_cant_be_a_lake_or_a_folder_is_said(
    papers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "空"
    empty.mkdir()
    for words, says in (
        ((papers, papers / "湖"), "不能放在材料的文件夹里"),
        ((papers, papers.parent), "请换一个位置"),
        ((papers / "通知.txt", tmp_path / "湖"), "不是文件夹"),
        ((empty, tmp_path / "湖"), "没有可以处理的文件"),
        ((papers, FOLDER), "已有内容"),
    ):
        status = _ingest(*words)
        told = capsys.readouterr().err
        assert (status, says in told or "已有内容" in told) == (2, True), told
    assert _ingest(papers, tmp_path / "湖", "--scheme", "没有") == 2
    assert _ingest(papers, tmp_path / "湖", "--scheme", "我的.toml") == 2
    assert "自带的评分口径" in capsys.readouterr().err
    assert not (tmp_path / "湖").exists()


def test_two_files_of_one_name_in_a_zip_are_both_taken_in(tmp_path: Path) -> None:
    folder = tmp_path / "材料"
    folder.mkdir()
    data = (FOLDER / "村道养护自评表.txt").read_bytes()
    with ZipFile(folder / "年.zip", "w") as packed:
        packed.writestr("表.txt", data)
        with pytest.warns(UserWarning, match="Duplicate"):
            packed.writestr("表.txt", data.replace(b"58.20", b"57.20"))
    assert _ingest(folder, tmp_path / "湖") == 0
    assert {row["file"] for row in _rows(tmp_path / "湖", "papers")} == {
        "年.zip/表.txt",
        "年.zip/表.txt（重名2）",
    }
    executed = {row["executed"] for row in _rows(tmp_path / "湖", "filings")}
    assert executed == {582_000 * SCALE, 572_000 * SCALE}


def test_shards_are_cut_by_names_alone_and_a_new_file_moves_only_its_own() -> None:
    names = [f"{n // 40}县/{n}.xlsx" for n in range(400)]
    first = shards.shards_of(names)
    assert shards.shards_of(reversed(names)) == first
    assert [name for shard in first for name in shard.names] == sorted(names)
    more = shards.shards_of([*names, "3县/新.xlsx"])
    assert len({shard.part for shard in more}) == len(more)
    assert len(set(more) - set(first)) in {1, 2}


def test_no_shard_grows_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "MEAN", 10**9)
    monkeypatch.setattr(shards, "MOST", 5)
    sizes = [len(shard.names) for shard in shards.shards_of([f"{n:02}" for n in range(13)])]
    assert sizes == [5, 5, 3]


def test_a_lake_that_lost_a_file_meanwhile_is_not_declared_whole(
    papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lake, before = tmp_path / "湖", shards.write_shard

    def disturbed(lake: Path, part: str, state: str, taken: list[shards.Taken]) -> None:
        before(lake, part, state, taken)
        next(iter((lake / "papers").rglob("*.parquet"))).unlink()

    with monkeypatch.context() as patched:
        patched.setattr("jixiao.api.shards.write_shard", disturbed)
        assert _ingest(papers, lake) == 2
    assert "缺了一部分" in capsys.readouterr().err
    assert not shards.about(lake)["whole"]
    assert _ingest(papers, lake) == 2
    assert shards.about(lake)["whole"]


def test_two_files_of_one_number_are_said(papers: Path, tmp_path: Path) -> None:
    lake = tmp_path / "湖"
    _ingest(papers, lake)
    part = next(iter((lake / "papers").rglob("*.parquet")))
    shutil.copy(part, part.with_name("part-twice.parquet"))
    with pytest.raises(UnreadableError, match="编号相同"):
        shards.finish(lake, ())
