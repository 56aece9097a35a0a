"""A cluster whose workers are killed in the middle: what is taken in and scored is the same to the last byte or row."""

import shutil
from pathlib import Path
from threading import Thread
from time import sleep

import pytest

from jixiao.batch import lake, nation
from jixiao.cli import main
from tests.bench import ingest

if not shutil.which("java"):
    pytest.skip("no Java: apt-get install openjdk-17-jre-headless", allow_module_level=True)
pytest.importorskip("pyspark", reason="no PySpark: make spark")
bench = pytest.importorskip("tests.bench.spark")
spark = pytest.importorskip("jixiao.batch.spark")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),  # Spark's own
    pytest.mark.usefixtures("unmeasured"),
]
SPARING = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # for Java: a third less of the processor for what is soon over


def test_a_worker_killed_in_the_middle_changes_no_paper_and_no_score(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JDK_JAVA_OPTIONS", SPARING)
    monkeypatch.setattr(nation, "_RIGHT", 2)
    monkeypatch.setattr(nation, "_WRONG", 1)
    folder = tmp_path / "lake"
    nation.synthesize(folder, 100, 7, lake.Means())
    lake.score_lake(folder, lake.Means())
    want = bench.written(folder, "sheets")
    kept = folder / "sheets.kept"
    papers = tmp_path / "papers"
    ingest.make(papers, 40, 7)
    assert main(["batch", "ingest", str(papers), "-o", str(tmp_path / "whole"), "--jobs", "1"]) == 0
    with bench.cluster(tmp_path, 3) as (master, workers), spark.session(master, "1GB"):
        Thread(target=bench.kill_in_the_middle, args=(workers[2],), daemon=True).start()
        words = ["batch", "ingest", str(papers), "-o", str(tmp_path / "other"), "--engine", "spark"]
        assert main([*words, "--master", master]) == 0
        assert workers[2].poll() is not None
        assert ingest.bytes_of(tmp_path / "other") == ingest.bytes_of(tmp_path / "whole")
        Thread(target=_kill, args=(workers[1], kept), daemon=True).start()
        lake.score_lake(folder, lake.Means("1GB", master=master))
        assert workers[1].poll() is not None
    assert bench.written(folder, "sheets").equals(want)


def _kill(worker: object, kept: Path) -> None:
    """Kill a worker as soon as the first of the rows that are worked out once are written."""
    while not any(kept.rglob("*.parquet")):
        sleep(0.05)
    bench.kill(worker)
