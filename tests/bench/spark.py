"""Spark beside DuckDB: a cluster on loopback scores and audits a lake, and a worker is killed in the middle.

`python -m tests.bench.spark --indicators 1e6` starts a master and two workers of one core each, every one a process of its
own, and prints seconds, rows a second, and whether scores, findings and sums are identical to DuckDB's to the last row.
`--files 400` takes made-up papers in instead, kills a worker when the first files are read, and compares the lake byte
for byte with that of one process.
"""

import argparse
import os
import signal
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from threading import Thread, Timer
from time import perf_counter, sleep

import pyarrow as pa
import pyspark

from jixiao.batch import duck, lake, nation, parts, spark
from jixiao.batch.audit_lake import audit_lake
from jixiao.cli import main as main_of_jixiao
from tests.bench import ingest

_ROWS_EACH = 9  # about so many indicators has a made-up filing
_MEMORY = "1500MB"
_WAIT = 120  # seconds for a process to answer
_WORK: dict[str, Callable[[Path, lake.Means], object]] = {"sheets": lake.score_lake, "audited": audit_lake}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--indicators", default="1e6")
    parser.add_argument("--files", type=int, help="so many papers are taken in, and nothing else is done")
    given = parser.parse_args()
    size = int(float(given.indicators))
    with tempfile.TemporaryDirectory() as kept:
        if given.files:
            _take_in(Path(kept), given.files)
            return
        folder, alone = Path(kept) / "lake", lake.Means("2GB")
        rows = nation.synthesize(folder, max(1, size // _ROWS_EACH), 7, alone)
        print(f"{rows} indicators")
        _, scores = _done("DuckDB scores", rows, "sheets", folder, alone)
        _, findings = _done("DuckDB audits", rows, "audited", folder, alone)
        with cluster(Path(kept)) as (master, workers), spark.session(master, _MEMORY):
            means = lake.Means(_MEMORY, master=master)
            spent, found = _done("Spark scores", rows, "sheets", folder, means)
            print(f"  identical: {found.equals(scores)}")
            killed = Timer(spent / 2, lambda: kill(workers[1]))
            killed.start()
            _, found = _done("Spark, a worker killed", rows, "sheets", folder, means)
            killed.cancel()
            print(f"  identical: {found.equals(scores)}; the worker died: {workers[1].poll() is not None}")
            print(f"  rolled up the same: {_rolled(folder, means) == _rolled(folder, alone)}")
            _, found = _done("Spark audits, one worker", rows, "audited", folder, means)
            print(f"  identical: {found.equals(findings)}")


def _take_in(kept: Path, files: int) -> None:
    ingest.make(kept / "papers", files, 7)
    print(f"one process  {_timed(kept / 'papers', kept / 'whole', '--jobs', '1'):7.1f} s", flush=True)
    with cluster(kept) as (master, workers), spark.session(master, _MEMORY):
        killed = Thread(target=kill_in_the_middle, args=(workers[1],), daemon=True)
        killed.start()
        spent = _timed(kept / "papers", kept / "other", "--engine", "spark", "--master", master)
        print(f"Spark        {spent:7.1f} s; the worker died: {workers[1].poll() is not None}")
    print(f"the lakes are the same: {ingest.bytes_of(kept / 'whole') == ingest.bytes_of(kept / 'other')}")


def _timed(papers: Path, folder: Path, *options: str) -> float:
    start = perf_counter()
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        main_of_jixiao(["batch", "ingest", str(papers), "-o", str(folder), *options])
    return perf_counter() - start


def kill_in_the_middle(worker: subprocess.Popen[bytes]) -> None:
    """Kill a worker as soon as a part of the work that is going on is done, and not all of it."""
    while not _half_done():
        sleep(0.02)
    kill(worker)


def _half_done() -> bool:
    context = pyspark.SparkContext._active_spark_context
    if context is None:
        return False
    tracker = context.statusTracker()
    stages = [tracker.getStageInfo(number) for number in tracker.getActiveStageIds()]
    return any(one is not None and 0 < one.numCompletedTasks < one.numTasks for one in stages)


def _done(who: str, rows: int, what: str, folder: Path, means: lake.Means) -> tuple[float, pa.Table]:
    """Score or audit a lake; return the seconds of the clock, and what was written, sorted."""
    start = perf_counter()
    _WORK[what](folder, means)
    spent = perf_counter() - start
    print(f"{who:26s} {spent:7.1f} s  {rows / spent:9.0f} rows/s", flush=True)
    return spent, written(folder, what)


def written(folder: Path, what: str) -> pa.Table:
    """Return a table of a lake, sorted."""
    connection = duck.connect()
    duck.view(connection, "written", parts.all_of(folder, what), {})
    return duck.ask(connection, "SELECT * FROM written ORDER BY ALL")


def _rolled(folder: Path, means: lake.Means) -> object:
    return lake.roll_up(folder, means).to_pylist()


@contextmanager
def cluster(folder: Path, workers: int = 2) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A master and its workers; each leads a group of its own, so that its executors die with it."""
    port = _free_port()
    master = f"spark://127.0.0.1:{port}"
    started: list[subprocess.Popen[bytes]] = []

    def start(which: str, *words: str) -> None:
        started.append(_started(folder / f"{len(started)}.log", which, *words))

    try:
        start("master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0")
        _until(lambda: _answers(port))
        for number in range(1, workers + 1):
            work = folder / f"worker-{number}"
            start("worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", "2g",
                  "--webui-port", "0", "--work-dir", str(work), master)  # fmt: skip
        _until(
            lambda: (folder / "0.log").read_text("utf-8", "replace").count("Registering worker") == workers
        )
        yield master, started[1:]
    finally:
        for process in started:
            kill(process)


def _started(log: Path, which: str, *words: str) -> subprocess.Popen[bytes]:
    home = Path(pyspark.__path__[0])
    own = {
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_DAEMON_MEMORY": "256m",
        "LC_ALL": "C.UTF-8",
    }
    os.environ |= {"SPARK_LOCAL_IP": "127.0.0.1"}  # the driver's too
    with log.open("wb") as told:
        return subprocess.Popen(
            [home / "bin" / "spark-class", f"org.apache.spark.deploy.{which}", *words],
            stdout=told, stderr=told, stdin=subprocess.DEVNULL, env=os.environ | own, start_new_session=True,
        )  # fmt: skip


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a process of ours and its children with signal 9."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


def _until(true: Callable[[], bool]) -> None:
    start = perf_counter()
    while not true():
        if perf_counter() - start > _WAIT:
            raise TimeoutError("a process of the cluster did not answer")
        sleep(0.2)


if __name__ == "__main__":
    main()
