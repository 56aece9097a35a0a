"""A nation's year on one machine: made up, scored, audited, rolled up and scored under another rule-book.

`python -m tests.bench.nation --filings 14000000 --memory 3GB` runs the commands of `jixiao batch` one after the other and
prints the processor's time, the clock's, and the peak of memory of each. `--lake FOLDER` keeps the lake; else it is made
beside the system's temporary files and goes with them. Fourteen million filings take some 3 GB of disk.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.bench.clock import Run, command

_JIXIAO = (sys.executable, "-c", "from jixiao.cli import main; raise SystemExit(main())")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--filings", type=int, default=14_000_000)
    parser.add_argument("--memory", default="3GB")
    parser.add_argument("--scheme", default="national-2020")
    parser.add_argument("--lake", type=Path)
    order = parser.parse_args()
    with tempfile.TemporaryDirectory() as kept:
        lake = order.lake or Path(kept) / "lake"
        _all(lake, Path(kept) / "spill", order)


def _all(lake: Path, spill: Path, order: argparse.Namespace) -> None:
    means = ("--memory", order.memory, "--spill", str(spill))
    stages = {
        "made up": ("synthesize", "--filings", str(order.filings), "--seed", "7", "-o", str(lake)),
        "scored": ("score", str(lake)), "audited": ("audit", str(lake)), "rolled up": ("rollup", str(lake)),
        "scored anew": ("rescore", str(lake), "--scheme", order.scheme),
    }  # fmt: skip
    print(f"{order.filings} filings, an engine that may take {order.memory}")
    print(f"{'':12s} processor  clock s  peak MB")
    runs: list[Run] = []
    for name, words in stages.items():
        runs.append(command((*_JIXIAO, "batch", *words, *means)))
        if runs[-1].code:
            raise SystemExit(f"{name}: jixiao batch {words[0]} ended with {runs[-1].code}")
        _tell(name, runs[-1])
    _tell(
        "together",
        Run(
            sum(run.seconds for run in runs),
            max(run.megabytes for run in runs),
            processor=sum(run.processor for run in runs),
        ),
    )


def _tell(name: str, run: Run) -> None:
    print(f"{name:12s} {run.processor:8.1f} {run.seconds:8.1f} {run.megabytes:8.0f}", flush=True)


if __name__ == "__main__":
    main()
