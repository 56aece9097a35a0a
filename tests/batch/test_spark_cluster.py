"""A cluster of two workers, one of them killed in the middle: what is scored is the same to the last row."""

import shutil
from pathlib import Path
from threading import Thread
from time import sleep

import pytest

from jixiao.batch import lake, nation

if not shutil.which("java"):
    pytest.skip("no Java: apt-get install openjdk-17-jre-headless", allow_module_level=True)
pytest.importorskip("pyspark", reason="no PySpark: make spark")
bench = pytest.importorskip("tests.bench.spark")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),  # Spark's own
    pytest.mark.usefixtures("unmeasured"),
]
SPARING = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # for Java: a third less of the processor for what is soon over


def test_a_worker_killed_in_the_middle_changes_no_score(
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
    with bench.cluster(tmp_path) as (master, workers):
        Thread(target=_kill, args=(workers[1], kept), daemon=True).start()
        lake.score_lake(folder, lake.Means("1GB", master=master))
        assert workers[1].poll() is not None
    assert bench.written(folder, "sheets").equals(want)


def _kill(worker: object, kept: Path) -> None:
    """Kill a worker as soon as the first of the rows that are worked out once are written."""
    while not any(kept.rglob("*.parquet")):
        sleep(0.05)
    bench.kill(worker)
