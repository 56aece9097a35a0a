"""The first three people of a county's site: its administrators, each with a password for one log-in."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from jixiao.web import log, one_time
from jixiao.web.log import Act, Actor
from jixiao.web.models import Membership, Organization, User
from jixiao.web.workflow import ROLES, Role

_FIRST = (
    ("sysadmin", Role.SYSTEM_ADMIN),
    ("secadmin", Role.SECURITY_ADMIN),
    ("auditadmin", Role.AUDIT_ADMIN),
)


@dataclass(frozen=True, slots=True)
class First:
    """An administrator as printed once, when made."""

    username: str
    role: str
    password: str


def make() -> tuple[First, ...]:
    """Make the bureau and its three administrators where nobody is there yet; return what to print, else nothing."""
    with transaction.atomic():
        return () if User.objects.exists() else tuple(_made())


def _made() -> Iterator[First]:
    actor = Actor(None, timezone.now())
    kind = Organization.Kind.BUREAU
    bureau, _ = Organization.objects.get_or_create(code="000", defaults={"name": "财政局", "kind": kind})
    for username, role in _FIRST:
        password = one_time.made()
        user = User.objects.create_user(username, password, name=ROLES[role], must_change_password=True)
        Membership.objects.create(user=user, organization=bureau, role=role.value)
        log.append(actor, Act("add_user", f"首次启动时建立{ROLES[role]}", subject=username))
        yield First(username, ROLES[role], password)
