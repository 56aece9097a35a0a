"""Acts of the security administrator: who is what, where, in which year."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from jixiao.errors import TransitionError
from jixiao.web import log, roles
from jixiao.web.log import Act, Actor
from jixiao.web.models import Membership, User


@transaction.atomic
def give(wanted: Membership, actor: Actor) -> Membership:
    """Give a person a role; nobody raises themselves, and the three administrators stay apart.

    Raises:
        PermissionDenied: it is for oneself.
        ValidationError: it may not be given; with the reason.
    """
    if actor.user is None or wanted.user_id == actor.user.pk:
        raise PermissionDenied("不能给自己角色：请由另一位安全管理员办理。")
    User.objects.select_for_update().get(pk=wanted.user_id)  # two roles given at once must see each other
    roles.check(wanted)
    wanted.save()
    log.append(actor, Act("give_role", _told("给角色", wanted), subject=wanted.user.username))
    return wanted


@transaction.atomic
def take(pk: int, actor: Actor) -> Membership:
    """Take a role back.

    Raises:
        TransitionError: it is one's own, so that there is always one left who gives roles.
    """
    held = (
        Membership.objects.select_for_update(of=("self",)).select_related("user", "organization").get(pk=pk)
    )
    if actor.user is not None and held.user_id == actor.user.pk:
        raise TransitionError("不能撤销自己的角色：请由另一位安全管理员办理。")
    log.append(actor, Act("take_role", _told("撤销角色", held), subject=held.user.username))
    held.delete()
    return held


def _told(act: str, held: Membership) -> str:
    year = f"{held.year} 年度" if held.year is not None else "各年度"
    return f"{act}：{held.user.name}，{held.organization}，{held.get_role_display()}，{year}"
