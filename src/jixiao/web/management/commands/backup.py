"""`jixiao backup`: database and files into one zip, while people work."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from jixiao.web.keeping import backups

_MILLION = 1 << 20


class Command(BaseCommand):
    """Takes a backup."""

    help = "备份数据库和全部上传的文件，不用停机"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the options."""
        parser.add_argument("to", help="写到这个 zip；写文件夹则按时间取名")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401, ARG002 - Django's signature
        """Take it, and tell."""
        now = timezone.localtime()
        to = Path(options["to"])
        if to.is_dir():
            to /= f"jixiao-{now:%Y%m%d-%H%M%S}.zip"
        made = backups.take(to, now)
        self.stdout.write(
            f"已备份到 {made.path}：数据库和 {made.files} 个文件，{-(-made.octets // _MILLION)} MB。"
        )
        for fault in made.faults:
            self.stderr.write(fault)
        if made.faults:
            raise CommandError("备份已写成，但有文件在备份之前就已损坏：请从以前的备份找回它们。")
