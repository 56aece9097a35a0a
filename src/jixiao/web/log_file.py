"""The log as a file that outlives its rows: a line of JSON an entry, verified as the chain itself is."""

import json
import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from jixiao.errors import UnreadableError
from jixiao.web import log
from jixiao.web.digests import agrees
from jixiao.web.models import LogEntry

_FIELDS = (
    "number", "at", "actor_id", "actor_name", "address", "action", "submission_id", "subject", "text", "details",
    "previous", "digest",
)  # fmt: skip


def write(path: Path, entries: Iterable[LogEntry]) -> int:
    """Write entries, flushed to the disk; return how many. What is there already is not written over.

    Raises:
        UnreadableError: there is such a file, or it can't be written.
    """
    count = 0
    try:
        with path.open("x", encoding="utf-8") as stream:
            for count, entry in enumerate(entries, 1):  # noqa: B007 - told at the end
                stream.write(json.dumps(_told(entry), ensure_ascii=False) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
    except FileExistsError as error:
        raise UnreadableError(f"“{path}”已经有了：请换一个文件名，以免盖掉以前另存的日志。") from error
    except OSError as error:
        raise UnreadableError(f"“{path}”写不了：请确认文件夹存在，并且可以写入。") from error
    return count


def _told(entry: LogEntry) -> dict[str, object]:
    return {**{name: getattr(entry, name) for name in _FIELDS}, "at": entry.at.isoformat()}


def lines(path: Path) -> Iterator[LogEntry]:
    """Yield the entries of a file.

    Raises:
        UnreadableError: it can't be read, or isn't such a file.
    """
    try:
        with path.open(encoding="utf-8") as stream:
            for line in stream:
                told = json.loads(line)
                told["at"] = datetime.fromisoformat(told["at"])
                yield LogEntry(**{name: told[name] for name in _FIELDS})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnreadableError(
            f"“{path}”读不出日志：请给出用 jixiao log export 或 trim 另存的文件。"
        ) from error


def verify(path: Path) -> Iterator[str]:
    """Yield a sentence for each place where a file's chain doesn't hold."""
    before: LogEntry | None = None
    for entry in lines(path):
        if before is not None and entry.number != before.number + 1:
            yield f"第 {before.number + 1} 条到第 {entry.number - 1} 条日志缺失"
        elif before is not None and entry.previous != before.digest:
            yield f"第 {entry.number} 条日志接不上前一条：其间有记录被更改过"
        if not agrees(log.covered(entry), entry.digest):
            yield f"第 {entry.number} 条日志的内容与摘要不符：它被更改过"
        before = entry
