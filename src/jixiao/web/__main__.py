"""`python -m jixiao.web …`: the operator's commands; `jixiao serve` and its kin start here.

The command line and the web stand on one storey and don't import each other: the one starts the other as a process.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from django.core.management import CommandError, execute_from_command_line
from django.db import DatabaseError, InterfaceError

from jixiao.errors import JixiaoError, UnreadableError
from jixiao.web.house import furnish, stands

USAGE = 2
_STANDING = frozenset({"backup", "log", "password", "sweep"})  # they work on a site that was served before
_OURS = _STANDING | {"restore", "serve"}  # what operators call; the rest is for builders, traces and all


def main() -> None:
    """Run a command of the site; what goes wrong in one of the operator's is one sentence and an exit status."""
    words = sys.argv[1:]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jixiao.web.settings")
    if not _OURS.intersection(words[:1]):
        _furnished(words)
        execute_from_command_line(["jixiao", *words])
        return
    try:
        _furnished(words)
        execute_from_command_line(["jixiao", *words, "--traceback"])  # so that its errors arrive here
    except CommandError as error:
        _end(str(error), error.returncode)
    except JixiaoError as error:
        _end(str(error), USAGE)
    except (DatabaseError, InterfaceError) as error:
        said = " ".join(str(error).split())
        _end(f"数据库不能用（{said}）：请检查 JIXIAO_DATABASE，并先用 jixiao serve 启动一次。", USAGE)


def _furnished(words: Sequence[str]) -> None:
    """Make the folder of the data, unless the command asks for a site that stands.

    Raises:
        UnreadableError: there is none, or the folder can't be made.
    """
    home = Path(os.environ.get("JIXIAO_HOME", "jixiao"))
    if _works_on_a_site(words) and not stands(home):
        raise UnreadableError(f"“{home}”里没有网页版的数据：请用 --home 写明 jixiao serve 所用的数据文件夹。")
    if "JIXIAO_SECRET" in os.environ:
        return
    try:
        furnish(home)
    except OSError as error:
        raise UnreadableError(f"数据文件夹“{home}”建不了或写不进：请核对路径和权限。") from error


def _works_on_a_site(words: Sequence[str]) -> bool:
    """Tell whether a command looks into what was served before; a log that was written out is verified anywhere."""
    written_out = words[:2] == ["log", "verify"] and len(words) > len(("log", "verify"))
    return bool(_STANDING.intersection(words[:1])) and not written_out


def _end(said: str, status: int) -> None:
    sys.stderr.write(f"{said}\n")
    sys.exit(status)


if __name__ == "__main__":
    main()
