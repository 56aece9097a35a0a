"""Pages for what doesn't work: each says what happened and what to do, none shows a stack trace."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from jixiao.errors import JixiaoError


def _page(request: HttpRequest, status: int, title: str, said: str) -> HttpResponse:
    template = "faults/_fault.html" if request.headers.get("HX-Request") else "faults/fault.html"
    return render(request, template, {"title": title, "said": said, "status": status}, status=status)


def bad(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer what can't be understood."""
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
    """Answer where the program failed: nothing was half done, because each act is one transaction.

    The page asks neither the session nor the database for anything: they may be what failed.
    """
    template = "faults/_fault.html" if request.headers.get("HX-Request") else "faults/broken.html"
    said = "程序遇到意外，这一步没有完成，已填的内容没有改动。请再试一次；仍不行，请把时间告诉系统管理员。"
    page = render_to_string(template, {"title": "这一步没有完成", "said": said, "status": 500})
    return HttpResponse(page, status=500)


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
