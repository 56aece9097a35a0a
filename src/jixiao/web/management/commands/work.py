"""The worker: takes up what a killed one left, then does what is asked for, until it is stopped."""

import logging
from collections.abc import Callable
from threading import Thread
from time import sleep
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, connection

from jixiao.web import jobs, mailing, outages
from jixiao.web.checked import reading
from jixiao.web.worker import leave_with_server, yield_to_people

_INTERVAL = 0.3  # seconds between two looks for work
_POST, _REST = 10, 300  # seconds between two looks for mail, and after the server failed
_ROUND = 15  # seconds between two looks for what was left
_LOG = logging.getLogger(__name__)


class Command(BaseCommand):
    """Does the work behind requests."""

    help = "后台处理：识读、审核等较费时的工作（jixiao serve 会自动启动它）"

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401, ARG002 - Django's signature
        """Requeue what is stale, then work; go on by itself once a database that went away is there again."""
        leave_with_server()
        yield_to_people()
        Thread(target=_again_and_again, args=[_recover], daemon=True).start()
        Thread(target=reading.ready, daemon=True).start()
        if settings.MAIL:
            Thread(target=_again_and_again, args=[_mail], daemon=True).start()
        while not outages.wait():
            try:
                call_command("db_worker", interval=_INTERVAL, startup_delay=False, reload=False, verbosity=0)
            except (DatabaseError, InterfaceError) as error:
                if not outages.is_outage(error):
                    raise
                _LOG.warning("处理时数据库断开了（%s）", str(error).strip())
            else:
                return


def _again_and_again(do: Callable[[], float]) -> None:
    """Do something again and again, after as many seconds as it says; without a database, in the next round."""
    while True:
        pause: float = _POST
        try:
            pause = do()
        except (DatabaseError, InterfaceError) as error:
            _LOG.warning("后台巡查时数据库出错，稍后再试（%s）", str(error).strip())
        connection.close()
        sleep(pause)


def _mail() -> float:
    """Send notices by mail; a server that fails is left alone for a while."""
    return _POST if mailing.send() else _REST


def _recover() -> float:
    """Look whether a worker was killed in the midst of something."""
    jobs.recover()
    return _ROUND
