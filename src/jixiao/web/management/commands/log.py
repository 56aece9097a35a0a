"""`jixiao log verify|export|trim`: the log from the server's own side."""

from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from jixiao.errors import UnreadableError
from jixiao.web import log, log_file
from jixiao.web.actions import logs
from jixiao.web.log import Actor
from jixiao.web.models import LogEntry, LogHead


class Command(BaseCommand):
    """Verifies the chain, writes it out, removes what need no longer be kept."""

    help = "操作日志：核验（verify）、另存（export）、另存并清理满 180 天的（trim）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the options."""
        parser.add_argument("what", choices=["verify", "export", "trim"])
        parser.add_argument("file", nargs="?", help="verify：核验另存的文件；export、trim：写到这个文件")
        parser.add_argument("--days", type=int, default=log.KEPT.days, help="trim：保留的天数，不少于 180")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401, ARG002 - Django's signature
        """Do one of the three."""
        self._do(options["what"], options["file"], options["days"])

    def _do(self, what: str, file: str | None, days: int) -> None:
        if what == "verify":
            self._verify(Path(file) if file else None)
        elif not file:
            raise UnreadableError(f"请写明文件名，如：jixiao log {what} 日志.jsonl。")
        elif what == "export":
            self._export(Path(file))
        else:
            self._trim(Path(file), days)

    def _verify(self, file: Path | None) -> None:
        faults = list(log_file.verify(file) if file else log.verify())
        for fault in faults:
            self.stdout.write(fault)
        if faults:
            raise CommandError("日志不完整：请保护现场，与最近的备份核对。")
        count = sum(1 for _ in log_file.lines(file)) if file else LogEntry.objects.count()
        self.stdout.write(f"日志完整：{count} 条，首尾相接。")

    def _export(self, file: Path) -> None:
        count = log_file.write(file, LogEntry.objects.order_by("number").iterator())
        logs.exported(count, Actor(None, timezone.now()))
        self.stdout.write(f"已另存 {count} 条到 {file}")

    def _trim(self, file: Path, days: int) -> None:
        if days < log.KEPT.days:
            raise UnreadableError(f"日志至少保留 {log.KEPT.days} 天：请改 --days。")
        if faults := list(log.verify()):
            raise CommandError(f"日志不完整，没有清理：{faults[0]}")
        old = list(_before(days))
        if not old:
            self.stdout.write(f"没有满 {days} 天的日志。")
            return
        log_file.write(file, iter(old))
        if next(log_file.verify(file), None) is not None:
            raise CommandError(f"{file} 没有写好，没有清理：请检查磁盘。")
        logs.trim([entry.number for entry in old], Actor(None, timezone.now()))
        self.stdout.write(f"已另存并清理 {len(old)} 条，文件 {file}；请妥善保管。")


def _before(days: int) -> Iterator[LogEntry]:
    """Yield the entries of the chain's beginning that are older: up to the first that isn't."""
    end = timezone.now() - timedelta(days=days)
    first = LogHead.objects.filter(pk=1).values_list("first", flat=True).first() or 1
    for entry in LogEntry.objects.filter(number__gte=first).order_by("number").iterator():
        if entry.at >= end:
            return
        yield entry
