"""Pages for what doesn't work: each says what happened and what to do, none shows a stack trace."""

import sys

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.shortcuts import render
from django.template.loader import render_to_string

from jixiao.errors import JixiaoError
from jixiao.web.outages import is_outage

_BROKEN = "程序遇到意外，这一步没有完成，已填的内容没有改动。请再试一次；仍不行，请把时间告诉系统管理员。"
_AWAY = (
    "服务器暂时连不上数据库，这一步可能没有办成。一般几秒钟就恢复，请稍等再试一次；已经保存的内容不受影响。"
)
_SOON = "5"  # seconds until it is worth asking again
_FORM = "application/x-www-form-urlencoded"


def _page(request: HttpRequest, status: int, title: str, said: str) -> HttpResponse:
    template = "faults/_fault.html" if request.headers.get("HX-Request") else "faults/fault.html"
    return render(request, template, {"title": title, "said": said, "status": status}, status=status)


def bad(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer what can't be understood; and what couldn't be, because a session could not be kept."""
    if is_outage(exception):
        return _away(request)
    return _page(request, 400, "没有看懂这次请求", "请返回上一页，刷新后再试。")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer somebody who may not; the sentence says who may."""
    said = str(exception) if isinstance(exception, PermissionDenied) and str(exception) else "您不能这样做。"
    return _page(request, 403, "不能办理", said)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer for a page that isn't there, or that this person doesn't see."""
    return _page(
        request,
        404,
        "没有这一页",
        "没有这一页，或您看不到它。请从首页进入；如果是别人发来的链接，请确认您的角色和年度。",
    )


def broken(request: HttpRequest) -> HttpResponse:
    """Answer where the program failed, or the database: nothing was half done, because each act is one transaction.

    The page asks neither the session nor the database for anything: they may be what failed.
    """
    if not is_outage(sys.exception()):
        return _bare(request, 500, "这一步没有完成", _BROKEN)
    return _away(request)


def _away(request: HttpRequest) -> HttpResponse:
    answer = _bare(request, 503, "请稍等再试", _AWAY)
    answer["Retry-After"] = _SOON
    return answer


def _bare(request: HttpRequest, status: int, title: str, said: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": said}, status=status, json_dumps_params={"ensure_ascii": False})
    template = "faults/_fault.html" if request.headers.get("HX-Request") else "faults/broken.html"
    context: dict[str, object] = {"title": title, "said": said, "status": status}
    if template == "faults/broken.html":
        context |= {
            "again": request.get_full_path(),
            "kept": _kept(request),
            "sent": request.method == "POST",
        }
    return HttpResponse(render_to_string(template, context), status=status)


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what a form sent, so that it can be sent again from the page; passwords and files are never sent back."""
    if request.method != "POST" or request.content_type != _FORM:
        return []
    try:
        fields = [(name, str(text)) for name, texts in request.POST.lists() for text in texts]
    except (SuspiciousOperation, UnreadablePostError):
        return []
    return [] if any("password" in name for name, _ in fields) else fields


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer a form that was open too long, or didn't come from this site."""
    return _page(
        request,
        403,
        "页面已过期",
        "这一页打开得太久，或不是从本系统打开的。请刷新页面后再办理；没有保存的文字请先复制。",
    )


def too_heavy(request: HttpRequest, most: int) -> HttpResponse:
    """Answer what is larger than may come in at once; `most` in MB."""
    said = f"这次上传超过 {most} MB，没有接收。请分几次上传，或把扫描件压缩后再传。"
    return _page(request, 413, "文件太大", said)


def too_often(request: HttpRequest, said: str) -> HttpResponse:
    """Answer somebody who asks too often."""
    return _page(request, 429, "太频繁了", said)


def stopped(request: HttpRequest, error: JixiaoError) -> HttpResponse:
    """Answer an act that isn't open now (TransitionError) or a file that can't be read, with its own sentence."""
    return _page(request, 409, "没有办理", str(error))
