"""How the inputs of forms are drawn: as Django draws them, without a template for each option of each list.

A page with a list of departments to choose from spent a third of its time on them (docs/decisions/0043).
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Widget = Mapping[str, Any]


class Inputs(DjangoTemplates):
    """Django's own templates but for single inputs and lists to choose from."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """Draw a widget."""
        draw = _DRAWN.get(template_name)
        return (
            draw(context["widget"]) if draw is not None else super().render(template_name, context, request)
        )


def _attributes(given: Mapping[str, Any]) -> SafeString:
    """Write attributes in their order; True is a name alone, False nothing."""
    told = (
        (name, "" if value is True else format_html('="{}"', value))
        for name, value in given.items()
        if value is not False
    )
    return format_html_join("", " {}{}", told)


def _input(widget: Widget) -> SafeString:
    value = "" if widget["value"] is None else format_html(' value="{}"', widget["value"])
    return format_html(
        '<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], value, _attributes(widget["attrs"])
    )


def _select(widget: Widget) -> SafeString:
    groups = format_html_join(
        "", "{}", ((_group(name, options),) for name, options, _ in widget["optgroups"])
    )
    return format_html(
        '<select name="{}"{}>{}</select>', widget["name"], _attributes(widget["attrs"]), groups
    )


def _group(name: str | None, options: list[Widget]) -> SafeString:
    told = ((one["value"], _attributes(one["attrs"]), one["label"]) for one in options)
    drawn = format_html_join("", '<option value="{}"{}>{}</option>', told)
    return format_html('<optgroup label="{}">{}</optgroup>', name, drawn) if name else drawn


_DRAWN: Final[Mapping[str, Callable[[Widget], SafeString]]] = {
    **{f"django/forms/widgets/{kind}.html": _input
       for kind in ("text", "number", "email", "password", "hidden", "checkbox", "input")},
    "django/forms/widgets/select.html": _select,
}  # fmt: skip
