"""A bare Django page for comparison: one template, no database, no session; `python -m tests.bench.load` serves it."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import re_path

settings.configure(
    SECRET_KEY="bare",  # noqa: S106 - nothing is signed
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
)
_PAGE = "<!doctype html><title>{{ title }}</title><h1>{{ title }}</h1>"


def page(_request: HttpRequest) -> HttpResponse:
    """Answer whatever was asked with the same page."""
    return HttpResponse(engines["django"].from_string(_PAGE).render({"title": "绩效自评"}))


urlpatterns = [re_path("", page)]
application = get_wsgi_application()
