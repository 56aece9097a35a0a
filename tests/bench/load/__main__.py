"""Many people at the site at once: `python -m tests.bench.load [--users 300] [--seconds 180] [--postgres] [--home H]`.

A made-up county of 3,000 units and 50,000 filings in a database of its own, `jixiao serve` before it, locust's people at
it, all on this machine; then as many people at a bare Django page. What they do and how long they wait: `people.py`.
Prints, for pages and for saves, the median, the 95th and the 99th percentile in milliseconds.
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import requests

from tests.web import postgres

ROOT = Path(__file__).parents[3]
PATIENCE = 60
SPAWN, BARE = 60, 30  # seconds in which all begin, which don't count; seconds at the bare page
# What commits is on the disk; memory as for a county's tables.
SETTINGS = (
    "-c listen_addresses=127.0.0.1 -c shared_buffers=512MB -c effective_cache_size=2GB -c max_connections=60"
)
KINDS = {"页": "页面", "存": "保存"}


def main(words: Sequence[str]) -> int:
    """Make the county, ask it, ask the bare page, print both; 1 when an answer was a failure."""
    asked = _asked(words)
    with _home(asked) as home, _database(asked) as address:
        own = _environment(home, address)
        if not (home / "people.json").exists():
            _make(own, home, asked)
        serve = ["-m", "jixiao.web", "serve", "--workers", str(asked.workers)]
        with _served(serve, own, "/health/") as at:
            told = _work(at, home, asked, asked.seconds, "Typist", "Clerk", "Official", "Reviewer", "Sender")
        bare = ["-m", "granian", "--interface", "wsgi", "--workers", str(asked.workers),
                "--blocking-threads", "4", "tests.bench.load.bare:application"]  # fmt: skip
        with _served(bare, own, "/") as at:
            plain = _work(at, home, asked, BARE, "Visitor")
    return _print(asked, told, plain)


def _asked(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.bench.load", description="许多人同时使用网页时的快慢。")
    parser.add_argument("--users", type=int, default=300)
    parser.add_argument("--seconds", type=int, default=180)
    parser.add_argument("--filings", type=int, default=50_000)
    parser.add_argument("--workers", type=int, default=4, help="网页进程数")
    parser.add_argument("--postgres", action="store_true", help="用临时的 PostgreSQL，不写则用 SQLite")
    parser.add_argument("--database", default="", help="用这个地址的 PostgreSQL")
    parser.add_argument("--home", type=Path, help="数据目录，留着下次再用")
    return parser.parse_args(words)


@contextmanager
def _home(asked: argparse.Namespace) -> Iterator[Path]:
    if asked.home:
        asked.home.mkdir(parents=True, exist_ok=True)
        yield asked.home.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="jixiao-load-") as made:
        yield Path(made)


@contextmanager
def _database(asked: argparse.Namespace) -> Iterator[str]:
    if not asked.postgres:
        yield asked.database
        return
    with postgres.cluster(SETTINGS) as address:
        yield address


def _environment(home: Path, address: str) -> dict[str, str]:
    outer = {key: text for key, text in os.environ.items() if not key.startswith(("JIXIAO_", "DJANGO_"))}
    return {**outer, "JIXIAO_HOME": str(home), "JIXIAO_MODE": "county", "JIXIAO_DATABASE": address,
            "JIXIAO_LOAD_PEOPLE": str(home / "people.json")}  # fmt: skip


def _make(own: Mapping[str, str], home: Path, asked: argparse.Namespace) -> None:
    for words in (("jixiao.web", "migrate", "-v0"), ("jixiao.web", "demo", "--filings", str(asked.filings))):
        _run(own, *words)
    (home / "people.json").write_text(_run(own, "tests.bench.load.county", str(asked.users)))


def _run(own: Mapping[str, str], *words: str) -> str:
    command = [sys.executable, "-m", *words]
    return subprocess.run(command, check=True, env=own, cwd=ROOT, stdout=subprocess.PIPE, text=True).stdout


@contextmanager
def _served(words: Sequence[str], own: Mapping[str, str], page: str) -> Iterator[str]:
    """Serve on a free port, and yield the address when it answers."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    command = [sys.executable, *words, "--port", str(port)]
    with subprocess.Popen(command, env=own, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            _ready(f"{address}{page}")
            yield address
        finally:
            process.terminate()


def _ready(address: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with suppress(requests.RequestException):
            if requests.get(address, timeout=10).status_code == 200:
                return
        time.sleep(0.2)
    raise SystemExit(f"{address} 没有应答")


def _work(at: str, home: Path, asked: argparse.Namespace, seconds: int, *who: str) -> list[dict[str, object]]:
    """Let all of them work, begun over 20 seconds that don't count; return locust's figures."""
    command = [
        sys.executable, "-m", "locust", "--headless", "--json", "--only-summary", "--reset-stats",
        "-f", "tests/bench/load/people.py", *who,
        "--users", str(asked.users), "--spawn-rate", str(max(1, asked.users // SPAWN)),
        "--run-time", f"{seconds + SPAWN}s", "--host", at,
    ]  # fmt: skip
    own = {**os.environ, "JIXIAO_LOAD_PEOPLE": str(home / "people.json")}
    done = subprocess.run(command, cwd=ROOT, env=own, check=False, capture_output=True, text=True)
    if not done.stdout.strip() or "Traceback" in done.stderr:
        raise SystemExit(done.stderr[-3000:])
    return json.loads(done.stdout)


def _print(asked: argparse.Namespace, told: list[dict[str, object]], plain: list[dict[str, object]]) -> int:
    what = "PostgreSQL" if asked.postgres or asked.database else "SQLite"
    print(f"{asked.users} 人同时使用，{asked.filings} 份材料，{what}，{asked.workers} 个网页进程（毫秒）")
    print(f"{'':<14}{'次数':>8}{'每秒':>8}{'中位':>8}{'95%':>8}{'99%':>8}{'失败':>8}")
    for mark, name in KINDS.items():
        rows = [row for row in told if row["name"].startswith(mark)]
        _line(f"{name}（合计）", rows, asked.seconds)
        for row in sorted(rows, key=lambda row: row["name"]):
            _line(f"  {row['name'][2:]}", [row], asked.seconds)
    _line("空白页", plain, BARE)
    return int(any(row["num_failures"] for row in told))


def _line(name: str, rows: list[dict[str, object]], seconds: int) -> None:
    times: Counter[int] = Counter()
    for row in rows:
        times.update({int(taken): number for taken, number in row["response_times"].items()})
    count, failed = times.total(), sum(row["num_failures"] for row in rows)
    shares = "".join(f"{_share(times, part):>8}" for part in (50, 95, 99))
    print(f"{name:<14}{count:>8}{count / seconds:>8.1f}{shares}{failed:>8}")


def _share(times: Counter[int], part: int) -> int:
    """Return the time that so many per cent of the answers took at most (locust keeps two digits of it)."""
    left = -(-times.total() * part // 100)
    for taken, number in sorted(times.items()):
        left -= number
        if left <= 0:
            return taken
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
