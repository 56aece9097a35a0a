"""`python -m jixiao.web …`: the operator's commands; `jixiao serve` and its kin start here.

The command line and the web stand on one storey and don't import each other: the one starts the other as a process.
"""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

from jixiao.web.house import furnish


def main() -> None:
    """Run a command of the site, in a folder of data that is made where there is none."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jixiao.web.settings")
    if "JIXIAO_SECRET" not in os.environ:
        furnish(Path(os.environ.get("JIXIAO_HOME", "jixiao")))
    execute_from_command_line(["jixiao", *sys.argv[1:]])


if __name__ == "__main__":
    main()
