"""What a request may weigh, and how many files somebody may send in a minute: refused before a view sees it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from jixiao.web import addresses, allowances, faults
from jixiao.web.models import User

Answer = Callable[[HttpRequest], HttpResponse]
_MILLION = 1 << 20


def limits(answer: Answer) -> Answer:
    """Let through what is neither too heavy nor too often."""

    def through(request: HttpRequest) -> HttpResponse:
        return _refused(request) or answer(request)

    return through


def _refused(request: HttpRequest) -> HttpResponse | None:
    if request.method in {"GET", "HEAD"}:
        return None
    most = settings.UPLOAD_BYTES
    if _weight(request) > most:
        return faults.too_heavy(request, most // _MILLION)
    if (
        settings.MODE == "county"
        and str(request.content_type) == "multipart/form-data"
        and _too_often(request)
    ):
        return faults.too_often(
            request, "您一分钟内上传的文件太多。请过一分钟再传；很多文件可以打成一个压缩包上传。"
        )
    return None


def _weight(request: HttpRequest) -> int:
    """Return the stated length of a body; without one Django reads nothing."""
    stated = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(stated) if stated.isdecimal() else 0


def _too_often(request: HttpRequest) -> bool:
    who = f"user {request.user.pk}" if isinstance(request.user, User) else addresses.sender(request)
    return not allowances.taken("upload", who, allowances.UPLOADS)
