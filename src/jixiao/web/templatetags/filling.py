"""The table that is filled in, written line by line without a template: a page has hundreds of cells.

Everything that somebody typed goes through `escape` before it stands in the page.
"""

from collections.abc import Iterable, Iterator
from html import escape

from django import template
from django.utils.safestring import SafeString

from jixiao.model.finding import Finding, Severity
from jixiao.web.drafts.narrative import BLANK
from jixiao.web.drafts.sheet import Cell, Line
from jixiao.web.templatetags.jixiao import light, severity

register = template.Library()
_SCORES = frozenset(
    {"score", "funds.total.score", "total.score"}
)  # cells beside which the rule-book's own stands
_LOOKS = {"number": " fill-number", "figure": " fill-number", "select": " fill-choice"}


@register.simple_tag
def table_line(line: Line) -> SafeString:
    """Write a row of the table, and below it what is said of the row."""
    of = f' data-line="{escape(line.row)}"' if line.row else ""
    look = ' class="fill-row"' if line.is_indicator else ""
    cells = "".join(_cell(cell) for cell in line.cells)
    below = ""
    if line.span:
        texts = said(line.said)
        below = f'<tr class="fill-said"><td colspan="{line.span}" data-said-of="{escape(line.row)}">{texts}</td></tr>'
    return SafeString(f"<tr{of}{look}>{cells}</tr>\n{below}")


@register.simple_tag
def said(findings: Iterable[Finding]) -> SafeString:
    """Write what is said of a row; hints stand in the margin alone."""
    return SafeString("".join(_sentence(one) for one in findings if one.severity is not Severity.NOTE))


@register.simple_tag
def box(cell: Cell) -> SafeString:
    """Write what a cell is typed into or chosen in, or its text where it is locked, and what stands beside it."""
    of = (
        f'data-name="{escape(cell.name)}" data-of="{escape(cell.row)}" data-cell="{escape(cell.key)}" '
        f'data-group="{escape(" ".join(cell.rows))}" data-seen="{cell.version}"'
    )
    return SafeString(f"{_control(cell, of)}{''.join(_beside(cell))}")


@register.simple_tag
def words(text: str) -> SafeString:
    """Write words of the report; what is still to be written stands out."""
    return SafeString(BLANK.sub(lambda blank: f'<mark class="fill-blank">{blank[0]}</mark>', escape(text)))


def _sentence(one: Finding) -> str:
    told = one.source.document and str(one.source) not in one.says
    source = f' <span class="soft small">{escape(str(one.source))}</span>' if told else ""
    return f'<p class="fill-finding">{severity(one.severity.value)} {escape(one.says)}{source}</p>'


def _cell(cell: Cell) -> str:
    spans = f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    spans += f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    if not cell.control:
        tag = "th" if cell.heading else "td"
        law = ' class="fill-law"' if cell.law else ""
        return f"<{tag}{spans}{law}>{escape(cell.text)}</{tag}>"
    look = f"fill-cell{' fill-locked' if cell.locked else ''}{_LOOKS.get(cell.control, '')}"
    mark = f' data-mark="{escape(cell.mark)}"' if cell.mark else ""
    return f'<td{spans} class="{look}"{mark}>{box(cell)}</td>'


def _control(cell: Cell, of: str) -> str:
    label = f'aria-label="{escape(cell.label)}"'
    if cell.locked:
        text = escape(cell.text or cell.worked)
        return f'<div class="fill-text" tabindex="0" {of} role="textbox" aria-readonly="true" {label}>{text}</div>'
    offer = f' data-offer="{escape(cell.offered)}"' if cell.offered else ""
    if cell.control == "select":
        return f'<select autocomplete="off" {of} {label}>{"".join(_options(cell))}</select>'
    digits = ' inputmode="decimal"' if cell.control in _LOOKS else ""
    if cell.control in {"area", "figure"}:
        return f'<textarea rows="1"{offer} autocomplete="off"{digits} {of} {label}>{escape(cell.text)}</textarea>'
    texts = f'value="{escape(cell.text)}" placeholder="{escape(cell.worked)}"'
    return f'<input type="text"{digits}{offer} autocomplete="off" {texts} {of} {label}>'


def _options(cell: Cell) -> Iterator[str]:
    listed = cell.choices if cell.text in cell.choices else (*cell.choices, cell.text)
    for choice in listed:
        yield f"<option{' selected' if choice == cell.text else ''}>{escape(choice)}</option>"


def _beside(cell: Cell) -> Iterator[str]:
    if cell.key in _SCORES:
        own = f"按口径 {escape(cell.own)}" if cell.own else ""
        yield f'<span class="fill-own" data-own="{escape(cell.row)}">{own}</span>'
    if cell.key == "actual":
        yield f'<span data-light="{escape(cell.row)}">{light(cell.light)}</span>'
