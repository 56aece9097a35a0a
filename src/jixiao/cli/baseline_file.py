"""Reads and writes the baseline, a JSON file of finding ids; how it may change stands in audit/office/baseline.py."""

import json
from collections.abc import Mapping
from pathlib import Path

from jixiao import __version__
from jixiao.audit.office.baseline import Known
from jixiao.cli import outlet
from jixiao.cli.files import shown
from jixiao.errors import UnreadableError


def read_baseline(path: Path) -> dict[str, Known] | None:
    """Return what a baseline knows, None where there is no such file.

    Raises:
        UnreadableError: the file is there and is no baseline.
    """
    if not path.exists():
        return None
    try:
        rows = json.loads(path.read_bytes())["findings"]
        return {str(name): Known(str(row["rule"]), str(row["file"])) for name, row in rows.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableError(
            f"基线 {shown(path.as_posix())} 读不了：不是由 jixiao check --write-baseline 写出的文件；"
            "请核对路径，或删去后重新写出。"
        ) from error


def write_baseline(path: Path, known: Mapping[str, Known]) -> None:
    """Write a baseline, a finding a line, so that a comparison of two versions shows what went.

    Raises:
        JixiaoError: it can't be written.
    """
    rows = {name: {"rule": one.rule, "file": one.file} for name, one in sorted(known.items())}
    lines = [f"  {json.dumps(name)}: {json.dumps(row, ensure_ascii=False)}" for name, row in rows.items()]
    listed = "{\n" + ",\n".join(lines) + "\n}" if lines else "{}"
    text = f'{{"jixiao": "{__version__}", "findings": {listed}}}\n'
    outlet.put(path, [text.encode("utf-8", "replace")], force=True)
