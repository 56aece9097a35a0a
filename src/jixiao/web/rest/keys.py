"""Who a program is: the person whose key it shows, within the key's scope, until it expires."""

from datetime import timedelta

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from jixiao.web import addresses
from jixiao.web.digests import all_of
from jixiao.web.log import Actor
from jixiao.web.models import Token, User

SCOPES = {
    "papers": "读取、计分、审核、写出材料（不留存）",
    "filings:read": "查看本人能看到的年度材料",
    "filings:write": "新建、办理本人能办理的年度材料",
}
_USED = timedelta(minutes=1)  # how exactly it is noted when a key was last used


class Key(HttpBearer):
    """A key of one scope; the only class here, because the library asks for one."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        """Return the person whose key it is, None where it doesn't count."""
        now = timezone.now()
        living = Q(
            expires_at__gt=now, revoked_at=None, user__is_active=True, user__must_change_password=False
        )
        held = Token.objects.select_related("user").filter(living, digest__in=all_of(token.encode())).first()
        if held is None or self.scope not in held.scope.split():
            return None
        if held.used_at is None or now - held.used_at > _USED:
            Token.objects.filter(pk=held.pk).update(used_at=now)
        request.user = held.user
        return held.user


def acting(request: HttpRequest, user: User) -> Actor:
    """Return who acts: the key's person, from the program's address, now."""
    return Actor(user, timezone.now(), addresses.sender(request))
