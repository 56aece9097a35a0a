"""The worker: takes up what a killed one left, then does what is asked for, until it is stopped."""

from threading import Thread
from time import sleep
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from jixiao.web import jobs, mailing
from jixiao.web.checked import reading
from jixiao.web.worker import leave_with_server

_INTERVAL = 0.3  # seconds between two looks for work
_POST, _REST = 10, 300  # seconds between two looks for mail, and after the server failed
_ROUND = 15  # seconds between two looks for what was left


class Command(BaseCommand):
    """Does the work behind requests."""

    help = "后台处理：识读、审核等较费时的工作（jixiao serve 会自动启动它）"

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401, ARG002 - Django's signature
        """Requeue what is stale, then work."""
        leave_with_server()
        Thread(target=_recover, daemon=True).start()
        Thread(target=reading.ready, daemon=True).start()
        if settings.MAIL:
            Thread(target=_mail, daemon=True).start()
        call_command("db_worker", interval=_INTERVAL, startup_delay=False, reload=False, verbosity=0)


def _mail() -> None:
    """Send notices by mail; a server that fails is left alone for a while."""
    while True:
        took = mailing.send()
        connection.close()
        sleep(_POST if took else _REST)


def _recover() -> None:
    """Look every few seconds whether a worker was killed in the midst of something."""
    while True:
        jobs.recover()
        connection.close()
        sleep(_ROUND)
