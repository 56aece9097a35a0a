"""What templates print: figures as exact decimals, days, marks of findings, states, icons; known to every template.

A number is never a float here: whoever hands one in gets an error, and whoever hands in None gets a dash, never 0.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from jixiao.model.figure import Figure, half_up
from jixiao.model.finding import Severity
from jixiao.web.workflow import STATES, State

register = template.Library()
DASH = "—"
Number = Decimal | Fraction | Figure | int | str | None

_MARKS = {Severity.ERROR: ("错", "错误"), Severity.WARNING: ("核", "需核实"), Severity.NOTE: ("提", "提示")}
_LOOKS = {
    State.TARGETS_DRAFT: "work",
    State.TARGETS_AT_DEPARTMENT: "waiting",
    State.TARGETS_AT_BUREAU: "waiting",
    State.MONITORING: "work",
    State.SELF_DRAFT: "work",
    State.AT_DEPARTMENT: "waiting",
    State.AT_BUREAU: "waiting",
    State.ACCEPTED: "done",
    State.SAMPLED: "waiting",
    State.RECTIFYING: "trouble",
    State.RECTIFIED: "waiting",
    State.PUBLISHED: "done",
}
_LIGHTS = {"green": ("绿", "正常"), "amber": ("黄", "临近或偏慢"), "red": ("红", "逾期或严重偏离")}
_WEEK = "一二三四五六日"
_LOOK_OF_INPUT = {"checkbox": "form-check-input", "select": "form-select", "radio": ""}


# ---------------------------------------------------------------- numbers


@register.filter
def figure(value: Number, places: int | None = None) -> str:
    """Print a number with its own digits, or rounded half up to some places; texts of a record stay as printed."""
    if value is None or value == "":
        return DASH
    if isinstance(value, str):
        return value if places is None else figure(Decimal(value), places)
    if isinstance(value, Figure):
        return str(value)
    if isinstance(value, float):
        raise TypeError(f"{value!r} is no exact number")
    if places is not None:
        return f"{half_up(value, places):f}"
    if isinstance(value, Fraction):
        raise TypeError(f"{value} has no last digit: say to how many places")
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


@register.filter
def score(hundredths: int | None) -> str:
    """Print a score that a column holds in hundredths: 9884 is 98.84."""
    return _shifted(hundredths, 2)


@register.filter
def rate(hundred_thousandths: int | None) -> str:
    """Print a rate that a column holds in hundred-thousandths as per cent with two places: 88437 is 88.44%."""
    return DASH if hundred_thousandths is None else f"{figure(Fraction(hundred_thousandths, 1000), 2)}%"


@register.filter
def wan(cents: int | None) -> str:
    """Print an amount that a column holds in 分 as 万元, exactly, with two places at least: 9918700 is 9.9187."""
    if cents is None:
        return DASH
    whole, _, rest = _shifted(abs(cents), 6).partition(".")
    return f"{'-' if cents < 0 else ''}{int(whole):,}.{rest.rstrip('0'):0<2}"


@register.filter
def grouped(value: int | None) -> str:
    """Print a count with its thousands set apart: 50000 is 50,000."""
    return DASH if value is None else f"{value:,}"


@register.filter
def size(octets: int | None) -> str:
    """Print the size of a file: 2.3 MB, 46 KB."""
    if octets is None:
        return DASH
    million = 1 << 20
    if octets >= million:
        return f"{figure(Fraction(octets, million), 1)} MB"
    return f"{figure(Fraction(octets, 1 << 10), 0)} KB" if octets >= 1 << 10 else f"{octets} 字节"


def _shifted(value: int | None, places: int) -> str:
    return DASH if value is None else f"{Decimal(value).scaleb(-places):f}"


# ---------------------------------------------------------------- days


@register.filter
def day(value: date | None) -> str:
    """Print a day: 2026年3月1日; of a point in time its day in China."""
    if value is None:
        return DASH
    here = _here(value)
    return f"{here.year}年{here.month}月{here.day}日"


@register.filter
def weekday(value: date | None) -> str:
    """Print a day with its day of the week: 2026年3月1日（星期日）."""
    return DASH if value is None else f"{day(value)}（星期{_WEEK[_here(value).weekday()]}）"


def _here(value: date) -> date:
    return timezone.localtime(value) if isinstance(value, datetime) else value


@register.filter
def moment(value: datetime | None) -> str:
    """Print a point in time: 10:32 of today, else 3月1日 10:32, with the year where it is another."""
    if value is None:
        return DASH
    here, now = timezone.localtime(value), timezone.localtime()
    clock = f"{here.hour}:{here.minute:02d}"
    if here.date() == now.date():
        return f"今天 {clock}"
    return f"{here.month}月{here.day}日 {clock}" if here.year == now.year else f"{day(here)} {clock}"


# ---------------------------------------------------------------- marks


@register.simple_tag
@lru_cache(maxsize=4096)
def severity(level: str, count: int | None = None) -> SafeString:
    """Mark a finding by colour and letter (错 核 提), or their number: `{% severity "error" 3 %}`."""
    letter, word = _MARKS[Severity(level)]
    if count is None:
        said = format_html(
            '<span aria-hidden="true">{}</span><span class="visually-hidden">{}</span>', letter, word
        )
    else:
        said = format_html('<span aria-hidden="true">{} {}</span><span class="visually-hidden">{} {} 处</span>',
                           letter, count, word, count)  # fmt: skip
    look = f"mark-{level}" if count != 0 else "mark-none"
    return format_html('<span class="mark {}" title="{}">{}</span>', look, word, said)


@register.filter
def severity_word(level: str) -> str:
    """Return the word for how sure a finding is: 错误, 需核实, 提示."""
    return _MARKS[Severity(level)][1]


@register.simple_tag
@cache
def state(value: str) -> SafeString:
    """Show where a filing stands."""
    found = State(value)
    return format_html('<span class="state state-{}">{}</span>', _LOOKS[found], STATES[found])


@register.simple_tag
def light(value: str, said: str = "") -> SafeString:
    """Show a light (green, amber, red) with its letter; nothing where there is none."""
    if not value:
        return SafeString("")
    letter, word = _LIGHTS[value]
    return format_html('<span class="light light-{}" title="{}">{}<span class="visually-hidden">：{}</span></span>',
                       value, said or word, letter, said or word)  # fmt: skip


@register.simple_tag
@lru_cache(maxsize=4096)
def icon(name: str, said: str = "") -> SafeString:
    """Draw an icon of assets/files.toml; without words beside it, say what it means."""
    picture = _pictures()
    if said:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"/></svg>', said, picture, name
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', picture, name)


@cache
def _pictures() -> str:
    return static("vendor/icons.svg")


# ---------------------------------------------------------------- forms


@register.filter
def control(field: BoundField) -> SafeString:
    """Draw the input of a field in the look of the site; Django ties its help and its faults to it."""
    widget = field.field.widget
    kind = getattr(widget, "input_type", None)
    look = _LOOK_OF_INPUT.get(str(kind), "form-control")
    given = str(widget.attrs.get("class", ""))
    faulty = "is-invalid" if field.errors else ""
    return field.as_widget(attrs={"class": " ".join(filter(None, (look, given, faulty)))})


@register.filter
def kind(field: BoundField) -> str:
    """Tell what sort of input a field has: text, select, checkbox, radio, file, textarea."""
    return str(getattr(field.field.widget, "input_type", None) or "textarea")


@register.filter
def page_range(page: Page[object]) -> Iterable[int | str]:
    """Return the numbers of the pages around one, with an ellipsis where some are left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
