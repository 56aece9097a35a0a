"""`jixiao sweep`: what nobody needs any more is removed; once a day is often enough."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from jixiao.web.keeping.sweeping import sweep

_MILLION = 1 << 20


class Command(BaseCommand):
    """Sweeps."""

    help = "清理没有记录指向的文件和过期的登录，每天执行一次即可"

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401, ARG002 - Django's signature
        """Sweep, and tell."""
        swept = sweep(timezone.now())
        size = -(-swept.octets // _MILLION)
        self.stdout.write(f"已清理 {swept.files} 个文件（{size} MB）、{swept.sessions} 个过期的登录。")
