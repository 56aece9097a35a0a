"""What views ask of a request: who acts, and what it was that a browser sent."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone

from jixiao.web.log import Actor
from jixiao.web.models import User


def person(request: HttpRequest) -> User:
    """Return who has logged in.

    Raises:
        PermissionDenied: nobody has.
    """
    if isinstance(request.user, User):
        return request.user
    raise PermissionDenied("请先登录。")


def actor(request: HttpRequest) -> Actor:
    """Return who acts, from where, now."""
    user = request.user if isinstance(request.user, User) else None
    return Actor(user, timezone.now(), request.META.get("REMOTE_ADDR", ""))
