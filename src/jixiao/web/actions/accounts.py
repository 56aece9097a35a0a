"""Acts of the system administrator on accounts: made, renamed, switched off, reset, unlocked; never given a role."""

from axes.utils import reset as forget_attempts
from django.core.exceptions import PermissionDenied
from django.db import transaction

from jixiao.errors import TransitionError
from jixiao.web import log, one_time, roles
from jixiao.web.actions import people
from jixiao.web.log import Act, Actor
from jixiao.web.models import Allowance, User


@transaction.atomic
def add(username: str, name: str, actor: Actor) -> tuple[User, str]:
    """Make an account; return it with its password for one log-in, which is told once and kept nowhere."""
    word = one_time.made()
    user = User.objects.create(
        username=username, name=name, password=one_time.hashed(word), must_change_password=True
    )
    log.append(actor, Act("add_user", f"新增账号：{name}", subject=username))
    return user, word


@transaction.atomic
def rename(pk: int, name: str, actor: Actor) -> User:
    """Give a person another name; the log keeps the former one."""
    user = User.objects.select_for_update().get(pk=pk)
    said = f"姓名：{user.name} → {name}"
    user.name = name
    user.save(update_fields=["name"])
    log.append(actor, Act("rename_user", said, subject=user.username))
    return user


@transaction.atomic
def switch(pk: int, actor: Actor) -> User:
    """Switch an account off, which ends its sessions, or on again.

    Raises:
        TransitionError: it is one's own.
    """
    user = User.objects.select_for_update().get(pk=pk)
    if actor.user is not None and user.pk == actor.user.pk:
        raise TransitionError("不能停用自己的账号：请由另一位系统管理员办理。")
    user.is_active, user.logins = not user.is_active, []
    user.save(update_fields=["is_active", "logins"])
    log.append(actor, Act("switch_user", "启用账号" if user.is_active else "停用账号", subject=user.username))
    return user


@transaction.atomic
def reset(pk: int, actor: Actor) -> tuple[User, str]:
    """Give an account a new password for one log-in, end its sessions, and unlock it.

    Raises:
        PermissionDenied: it is an administrator's, and somebody asks from a browser: who could reset the others'
            passwords would be all three of them.
    """
    user = User.objects.select_for_update().get(pk=pk)
    if actor.user is not None and roles.is_administrator(user):
        raise PermissionDenied(
            "管理员的密码不能在网页上重设，以免一人冒用三类管理员。请在服务器上执行：jixiao password 用户名。"
        )
    word = one_time.made()
    people.remember(user)
    user.password, user.must_change_password, user.logins = one_time.hashed(word), True, []
    user.save(update_fields=["password", "passwords", "must_change_password", "logins"])
    _unlock(user)
    log.append(actor, Act("reset_password", "重设密码", subject=user.username))
    return user, word


@transaction.atomic
def unlock(pk: int, actor: Actor) -> User:
    """Let somebody try again who was locked out for wrong passwords."""
    user = User.objects.get(pk=pk)
    _unlock(user)
    log.append(actor, Act("unlock_user", "解除锁定", subject=user.username))
    return user


def _unlock(user: User) -> None:
    forget_attempts(username=user.username)
    Allowance.objects.filter(key=f"guess:{user.username}").delete()
