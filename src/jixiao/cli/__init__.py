"""The command line. `main` answers --version by itself; everything else waits for typer, which takes longer."""

import sys
from collections.abc import Sequence

from jixiao import __version__

INTERRUPTED = 130
CUT_SHORT = 131  # within: interrupted, and what was done by then has been told; outside it is 130 too
INTERRUPTED_SAYS = "已中断，没有写出结果。"


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 nothing wrong, 1 an error found, 2 a fault of use or of a file."""
    given = list(sys.argv[1:] if words is None else words)
    if given == ["--version"]:
        sys.stdout.write(f"jixiao {__version__}\n")
        return 0
    try:
        from jixiao.cli.running import run  # noqa: PLC0415 - typer and rich take ten times as long as --version may

        return run(given)
    except KeyboardInterrupt:
        sys.stderr.write(f"{INTERRUPTED_SAYS}\n")
        return INTERRUPTED
