"""What the list of filings prints beside what every page does: heads that sort, and how far two scores lie apart."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from jixiao.web.board.wanted import Wanted
from jixiao.web.models import Submission
from jixiao.web.templatetags.jixiao import score

register = template.Library()
_LOOKS = {"unit": "", "since": "", "errors": ""}  # the others are figures
_ROOMY = frozenset({"since", "budget", "apart"})  # left out on a phone
_UPWARDS = frozenset({"unit"})  # orders that begin with the least


@register.simple_tag
def sorts(wanted: Wanted, order: str, title: str) -> SafeString:
    """Write a column's head that puts the list in its order, and the other way round when it is so already."""
    here = wanted.order == order
    up = not wanted.up if here else order in _UPWARDS
    now = ("ascending" if wanted.up else "descending") if here else ""
    looks = " ".join(filter(None, (_LOOKS.get(order, "num"), "if-roomy" if order in _ROOMY else "")))
    number = f' class="{looks}"' if looks else ""
    said = format_html(' aria-sort="{}"', now) if now else ""
    return format_html(
        '<th scope="col"{}{}><a href="{}">{}</a></th>',
        SafeString(number),
        said,
        wanted.but(order=order, up=up).address,
        title,
    )


@register.filter
def apart(row: Submission) -> str:
    """Print how far a unit's own total lies above the bureau's."""
    if row.score_printed is None or row.score_rechecked is None:
        return score(None)
    return score(row.score_printed - row.score_rechecked)
