"""`jixiao restore`: a backup into an empty home, verified."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from jixiao.web.keeping import backups


class Command(BaseCommand):
    """Restores a backup."""

    help = "把备份恢复到空的数据文件夹和空的数据库，并核对"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the options."""
        parser.add_argument("backup", help="jixiao backup 写出的 zip")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401, ARG002 - Django's signature
        """Put it back, bring its tables up to date, and tell."""
        made = backups.put_back(Path(options["backup"]))
        call_command("migrate", verbosity=0, interactive=False)
        for fault in made.faults:
            self.stderr.write(fault)
        if made.faults:
            raise CommandError("已恢复，但核对时发现上面的问题。")
        self.stdout.write(f"已恢复：数据库和 {made.files} 个文件，日志完整，附件齐全。")
