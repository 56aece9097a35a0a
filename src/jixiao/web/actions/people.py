"""Acts of people on themselves: their coming and going, and their passwords."""

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.db import transaction

from jixiao.web import log
from jixiao.web.log import Act, Actor
from jixiao.web.models import User


@transaction.atomic
def logged_in(user: User, key: str, actor: Actor) -> None:
    """Let a session count by its key; one too many ends the oldest."""
    held = User.objects.select_for_update().get(pk=user.pk)
    user.logins = [*held.logins, key][-settings.SESSIONS_AT_ONCE :]
    user.save(update_fields=["logins"])
    log.append(actor, Act("log_in", "登录", subject=user.username))


@transaction.atomic
def logged_out(user: User, key: str, actor: Actor) -> None:
    """End a session."""
    held = User.objects.select_for_update().get(pk=user.pk)
    user.logins = [other for other in held.logins if other != key]
    user.save(update_fields=["logins"])
    log.append(actor, Act("log_out", "退出", subject=user.username))


@transaction.atomic
def not_logged_in(username: str, actor: Actor) -> None:
    """Log that somebody tried."""
    log.append(actor, Act("log_in_failed", "登录失败：用户名或密码不对", subject=username[:60]))


@transaction.atomic
def change_password(user: User, password: str, key: str, actor: Actor) -> None:
    """Give a person a new password of their own choice; every other session of theirs ends."""
    remember(user)
    user.set_password(password)
    user.must_change_password, user.password_changed_at = False, actor.at
    user.logins = [key] if key else []
    user.save(
        update_fields=["password", "passwords", "must_change_password", "password_changed_at", "logins"]
    )
    log.append(actor, Act("change_password", "更改本人密码", subject=user.username))


@transaction.atomic
def choose_mail(user: User, address: str, actor: Actor) -> None:
    """Keep where notices go too; the log doesn't say where."""
    user.email = address
    user.save(update_fields=["email"])
    said = "填写接收通知的邮箱" if address else "不再接收邮件通知"
    log.append(actor, Act("choose_mail", said, subject=user.username))


def remember(user: User) -> None:
    """Keep the hash of the password that is about to be replaced."""
    user.passwords = [user.password, *user.passwords][: settings.PASSWORDS_KEPT]


def was_had(user: User, password: str) -> bool:
    """Tell whether a password is the present one or one of the last few."""
    return any(check_password(password, kept) for kept in (user.password, *user.passwords))
