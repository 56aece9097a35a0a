"""`jixiao serve` and the site's other commands, each a process of its own: web and command line stay apart."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from jixiao.errors import UnknownNameError


def placed(home: str | None) -> dict[str, str]:
    """Return the setting that says where the data are; without one that of the environment counts."""
    return {} if home is None else {"JIXIAO_HOME": str(Path(home).absolute())}


def run(words: Sequence[str], settings: Mapping[str, str]) -> int:
    """Run a command of the site with settings beside those of the environment; its exit status is ours.

    Raises:
        UnknownNameError: the web part isn't installed; the sentence says how it is.
    """
    if find_spec("django") is None:
        raise UnknownNameError("没有安装网页部分：请安装 jixiao[web]，或使用离线安装包")
    command = [sys.executable, "-m", "jixiao.web", *words]
    surroundings = {**os.environ, **settings}
    if os.name == "posix":
        os.execve(command[0], command, surroundings)  # noqa: S606 - our own interpreter and module
    return subprocess.run(command, env=surroundings, check=False).returncode  # noqa: S603 - the same
