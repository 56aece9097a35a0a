"""`jixiao serve`: tables brought up to date, the first administrators made, the server and its worker started."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from granian.constants import Interfaces
from granian.server.mp import MPServer

from jixiao.web import first_people, outages, ports
from jixiao.web.models import User
from jixiao.web.worker import Keeper, lead

_THREADS = (
    4  # of a worker process; they work in turn (`turns`), so that more only wait: for slow bodies, long pages
)
# Connections that a worker process accepts at once. A browser keeps up to six open while nobody does anything, so that
# this is no measure of work: with fewer, people who only look at a page would keep others out.
_CONNECTIONS = 4096

_USAGE = 2  # what was asked for can't be had: another port, another database
_STARTING = 30  # seconds that a database which is being started may take
_PATIENCE = 5  # seconds that the processes of a server which was killed may still hold its port
_AWAY = "连不上数据库（{}）。请确认数据库已经启动，并检查 JIXIAO_DATABASE 里的地址、用户和密码。"


class Command(BaseCommand):
    """Serves the site until it is stopped."""

    help = "启动网页版：建好数据表，首次启动时建好管理员，然后等待浏览器访问"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the options."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=1)
        parser.add_argument("--demo", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401, ARG002 - Django's signature
        """Prepare, say where to go, serve."""
        refused = ports.fault(options["host"], options["port"], _PATIENCE)
        if refused:
            raise CommandError(refused, returncode=_USAGE)
        away = outages.wait(_STARTING)
        if away:
            raise CommandError(_AWAY.format(away), returncode=_USAGE)
        call_command("migrate", verbosity=0, interactive=False)
        if settings.MODE == "county":
            self._people(demo=options["demo"])
        home = Path(settings.HOME)
        Path(settings.STATIC_ROOT).mkdir(exist_ok=True)  # empty: pages' files come out of the package
        self.stdout.write(f"数据在 {home}")
        address = f"{options['host']}:{options['port']}"
        self.stdout.write(f"请在浏览器的地址栏输入 {address} （按 Ctrl+C 停止）")
        self.stdout.flush()
        lead()
        with Keeper():
            _server(options["host"], options["port"], options["workers"]).serve()

    def _people(self, *, demo: bool) -> None:
        if demo and not User.objects.exists():
            call_command("demo", stdout=self.stdout)
            return
        for person in first_people.make():
            said = f"{person.role}：用户名 {person.username}，首次登录密码 {person.password}（登录后须更改）"
            self.stdout.write(said)


def _server(host: str, port: int, workers: int) -> MPServer:
    return MPServer(
        "jixiao.web.wsgi:served",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=_THREADS,
        backpressure=_CONNECTIONS,
        websockets=False,
        respawn_failed_workers=True,
        log_enabled=settings.DEBUG,
    )
