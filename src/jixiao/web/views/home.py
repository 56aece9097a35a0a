"""The first page, and the answer to whoever asks whether the site lives."""

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jixiao.web.views import checks, desk


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the desk: in an office without accounts the field to drop files on, in a county what is to be done."""
    if settings.MODE == "office":
        return checks.index(request)
    return render(request, "home/home.html", desk.context(request))


@require_safe
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view's signature
    """Answer 200 where the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
