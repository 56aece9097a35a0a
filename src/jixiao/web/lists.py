"""A page of a long list."""

from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

_SIZE = 50
Row = TypeVar("Row", bound=Model)


def page_of(request: HttpRequest, rows: QuerySet[Row], size: int = _SIZE) -> Page[Row]:
    """Return the page that a browser asks for; the first or last where there is none such."""
    return Paginator(rows, size).get_page(request.GET.get("page", "1"))
