"""What views ask of a request: who acts, and what it was that a browser sent."""

from secrets import token_hex

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from jixiao.web import addresses
from jixiao.web.log import Actor
from jixiao.web.models import User

_OWNER = "owner"
_MONTH = 30 * 86_400  # seconds


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
    return Actor(user, timezone.now(), addresses.sender(request))


def owner(request: HttpRequest) -> str:
    """Return the key that owns what this browser checks without an account, "" where it has none yet."""
    return str(request.session.get(_OWNER, ""))


def owner_made(request: HttpRequest) -> str:
    """Return the same key, made where there is none; a browser without an account keeps it for a month."""
    if not owner(request):
        request.session[_OWNER] = token_hex(24)
    if not isinstance(request.user, User):
        request.session.set_expiry(_MONTH)
    return owner(request)


def onward(request: HttpRequest) -> str:
    """Return where a form said to go next, if that is a page of this site; else the first page."""
    to = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure())
    return to if here else reverse("home")
