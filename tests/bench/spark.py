"""Spark beside DuckDB: a cluster on loopback scores a lake, once in peace and once with a worker killed in the middle.

`python -m tests.bench.spark --indicators 1e6` starts a master and two workers of one core each, every one a process of its
own, and prints seconds, rows a second, and whether all scores are identical to DuckDB's to the last row.
"""

import argparse
import os
import signal
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from time import perf_counter, sleep

import pyarrow as pa
import pyspark

from jixiao.batch import duck, lake, nation, parts, spark

_ROWS_EACH = 9  # about so many indicators has a made-up filing
_MEMORY = "1500MB"
_WAIT = 120  # seconds for a process to answer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--indicators", default="1e6")
    size = int(float(parser.parse_args().indicators))
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept) / "lake"
        rows = nation.synthesize(folder, max(1, size // _ROWS_EACH), 7, lake.Means("2GB"))
        print(f"{rows} indicators")
        spent, want = _scored("DuckDB", rows, folder, lake.Means("2GB"))
        with _cluster(Path(kept)) as (master, workers), spark.session(master, _MEMORY):
            means = lake.Means(_MEMORY, master=master)
            spent, first = _scored("Spark, first", rows, folder, means)
            print(f"  identical: {first.equals(want)}")
            killed = Timer(spent / 2, lambda: _kill(workers[1]))
            killed.start()
            spent, again = _scored("Spark, a worker killed", rows, folder, means)
            killed.cancel()
            print(f"  identical: {again.equals(want)}; the worker died: {workers[1].poll() is not None}")
            _scored("Spark, on the worker left", rows, folder, means)
            print(f"  rolled up the same: {_rolled(folder, means) == _rolled(folder, lake.Means())}")


def _scored(who: str, rows: int, folder: Path, means: lake.Means) -> tuple[float, pa.Table]:
    start = perf_counter()
    lake.score_lake(folder, means)
    spent = perf_counter() - start
    print(f"{who:26s} {spent:7.1f} s  {rows / spent:9.0f} rows/s", flush=True)
    connection = duck.connect()
    duck.view(connection, "sheets", parts.all_of(folder, "sheets"), {})
    return spent, duck.ask(connection, "SELECT * FROM sheets ORDER BY filing")


def _rolled(folder: Path, means: lake.Means) -> object:
    return lake.roll_up(folder, means).to_pylist()


@contextmanager
def _cluster(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A master and two workers; each leads a group of its own, so that its executors die with it."""
    port = _free_port()
    master = f"spark://127.0.0.1:{port}"
    started: list[subprocess.Popen[bytes]] = []

    def start(which: str, *words: str) -> None:
        started.append(_started(folder / f"{len(started)}.log", which, *words))

    try:
        start("master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0")
        _until(lambda: _answers(port))
        for number in (1, 2):
            work = folder / f"worker-{number}"
            start("worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", "2g",
                  "--webui-port", "0", "--work-dir", str(work), master)  # fmt: skip
        _until(lambda: (folder / "0.log").read_text("utf-8", "replace").count("Registering worker") == 2)
        yield master, started[1:]
    finally:
        for process in started:
            _kill(process)


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


def _kill(process: subprocess.Popen[bytes]) -> None:
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
