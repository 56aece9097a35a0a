"""`jixiao password NAME`: a new first password, also for an administrator, from the server's own side."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from jixiao.errors import UnknownNameError
from jixiao.web.actions import accounts
from jixiao.web.log import Actor
from jixiao.web.models import User


class Command(BaseCommand):
    """Resets a password."""

    help = "重设某人的密码（管理员的密码只能这样重设），并解除锁定"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the options."""
        parser.add_argument("username", help="用户名")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401, ARG002 - Django's signature
        """Reset it, and tell it once."""
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise UnknownNameError(f"没有用户名为“{options['username']}”的人：请核对用户名。")
        _, word = accounts.reset(user.pk, Actor(None, timezone.now()))
        self.stdout.write(f"{user.name}（{user.username}）的初始密码：{word}，登录后须更改")
