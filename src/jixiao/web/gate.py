"""The gate: before any view runs, who may open this page at all (`access.PAGES`), and if the session still lives."""

from collections.abc import Callable
from datetime import timedelta
from time import time
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from jixiao.web import access, holding
from jixiao.web.faults import forbidden, missing
from jixiao.web.models import User

Answer = Callable[[HttpRequest], HttpResponse]
_SEEN = "seen"
# When somebody logged in, and the key that `User.logins` holds as long as that counts.
BORN, LOGIN = "born", "login"
_MINUTE = 60


def gate(answer: Answer) -> Answer:
    """Let through who may open the page; send who must log in or change a password first to do so."""

    def through(request: HttpRequest) -> HttpResponse:
        name = _name(request)
        if name is None or request.path.startswith("/static/"):
            return answer(request)
        return _elsewhere(request, name) or answer(request)

    return through


def _elsewhere(request: HttpRequest, name: str) -> HttpResponse | None:
    """Return where a request goes instead, None where it may go on."""
    if settings.MODE == "office":
        return None if name in access.OFFICE else _missing(request)
    user = _user(request)
    if user is None and not access.may_open(name, None):
        return _to_log_in(request)
    if user is not None and _stale(user) and name not in {"password", "log_out", "health"}:
        return HttpResponseRedirect(reverse("password"))
    return None if access.may_open(name, user) else _refused(request)


def _user(request: HttpRequest) -> User | None:
    """Return who has logged in; a session that is over is ended."""
    if not isinstance(request.user, User):
        return None
    now = int(time())
    if _over(request.session, request.user, now):
        logout(request)
        return None
    holding.read(request.user)
    if now - int(request.session.get(_SEEN, 0)) >= _MINUTE:
        request.session[_SEEN] = now
    return request.user


def _over(session: SessionBase, user: User, now: int) -> bool:
    """Tell whether a session has ended: unused for too long, too old, or put out by later ones."""
    idle = now - int(session.get(_SEEN, now)) > settings.SESSION_IDLE
    old = now - int(session.get(BORN, now)) > settings.SESSION_LONGEST
    return idle or old or session.get(LOGIN, "") not in {"", *user.logins}


def _stale(user: User) -> bool:
    """Tell whether a password must be changed before anything else."""
    if user.must_change_password or not settings.PASSWORD_DAYS:
        return user.must_change_password
    since = user.password_changed_at or user.created_at
    return timezone.now() - since > timedelta(days=settings.PASSWORD_DAYS)


def _to_log_in(request: HttpRequest) -> HttpResponse:
    """Send to the log-in page; a part that was asked for by htmx sends the whole page there."""
    to = f"{reverse('log_in')}?{urlencode({'next': request.get_full_path()})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Redirect": reverse("log_in")})
    return HttpResponseRedirect(to)


def _refused(request: HttpRequest) -> HttpResponse:
    return forbidden(
        request, PermissionDenied("您的角色不能打开这一页。如需使用，请联系本单位的系统管理员。")
    )


def _missing(request: HttpRequest) -> HttpResponse:
    return missing(request, Http404())


def _name(request: HttpRequest) -> str | None:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return None
