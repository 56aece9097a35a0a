"""What it takes to start: the least processor time of some runs of `--version`, of `check` of one workbook, and of the site.

    python -m tests.bench.start

`site` is what every process of the site does before its first request. Each runs once before it is measured, so that
Python has kept its bytecode.
"""

import os
import sys

from tests.bench.clock import command
from tests.examples import FOLDER

RUNS = 7
_JIXIAO = (sys.executable, "-c", "from jixiao.cli import main; raise SystemExit(main())")
_SITE = "import django; django.setup(); import jixiao.web.urls"
STARTS = {
    "jixiao --version": (*_JIXIAO, "--version"),
    "jixiao check, nothing kept": (*_JIXIAO, "check", "--no-cache", str(FOLDER / "卫生院设备自评表.xlsx")),
    "site": (sys.executable, "-c", _SITE),
}


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "jixiao.web.settings"
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    for name, words in STARTS.items():
        command(words)
        print(f"{name:28s} {min(command(words).processor for _ in range(RUNS)):5.2f} s")


if __name__ == "__main__":
    main()
