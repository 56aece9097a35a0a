"""Acts on people: their passwords, their coming and going."""

from django.db import transaction

from jixiao.web import log
from jixiao.web.log import Act, Actor
from jixiao.web.models import User


@transaction.atomic
def logged_in(actor: Actor) -> None:
    """Log that somebody came."""
    log.append(actor, Act("log_in", "登录"))


@transaction.atomic
def logged_out(actor: Actor) -> None:
    """Log that somebody left."""
    log.append(actor, Act("log_out", "退出"))


@transaction.atomic
def change_password(user: User, password: str, actor: Actor) -> None:
    """Give a person a new password of their own choice."""
    user.set_password(password)
    user.must_change_password, user.password_changed_at = False, actor.at
    user.save(update_fields=["password", "must_change_password", "password_changed_at"])
    log.append(actor, Act("change_password", "更改本人密码", subject=user.username))
