"""A rule's findings as lines of the screen: title and place, what is wrong, what to write; whole or in brief."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text

from jixiao.audit import finding_id
from jixiao.cli.screen import broken
from jixiao.model.finding import Finding, Severity
from jixiao.telling.done import Done
from jixiao.telling.naming import KINDS, clean, field_words, place_at, place_words, short
from jixiao.telling.ranking import Group
from jixiao.telling.titles import TITLES
from jixiao.telling.verdict import main_of

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTE: "dim"}
_INDENT = 8
_GAP = 2
_REMEDY = "改法："
_BRIEF = 2  # lines of what is wrong, in brief
_ROWS = 2  # lines of places, where one rule stands at several rows


@dataclass(frozen=True, slots=True)
class Measure:
    """How much of a finding is told: over how many columns, and whether quotation and article are left out."""

    width: int
    brief: bool = False


def whole(one: Done, finding: Finding, measure: Measure) -> list[Text]:
    """Return all lines of one finding."""
    lines = _title(finding, _spot(one, finding), measure)
    body = list(_body(one, finding, measure))
    return [*lines, *(_line(text) for text in body)]


def together(one: Done, group: Group, measure: Measure) -> list[Text]:
    """Return the lines of a rule: one finding as it is, several under one title with all their places."""
    first = group.findings[0]
    if len(group.findings) == 1:
        return whole(one, first, measure)
    lines = _title(first, f"{len(group.findings)} 处", measure)
    body = [
        *_places(one, group.findings, measure.width - _INDENT),
        *_body(one, first, Measure(measure.width, brief=True)),
    ]
    return [*lines, *(_line(text) for text in body)]


def title_of(one: Done, group: Group, measure: Measure) -> list[Text]:
    """Return a rule's title alone, with its place or how many there are."""
    first, many = group.findings[0], len(group.findings)
    return _title(first, f"{many} 处" if many > 1 else _spot(one, first), measure)[:1]


def titles(groups: Sequence[Group]) -> str:
    """Name the rules of some groups, each with how often it was found: IS03 ×3、TV05."""
    named = (f"{g.code} ×{len(g.findings)}" if len(g.findings) > 1 else g.code for g in groups)
    return "、".join(named)


def _line(text: str) -> Text:
    return Text(" " * _INDENT + clean(text), no_wrap=True)


def _title(finding: Finding, spot: str, measure: Measure) -> list[Text]:
    """Return the rule's title with the place at the right, below it where both don't fit."""
    code = f"  {finding.code}"
    title = TITLES.get(finding.code, finding.name)
    room = measure.width - _INDENT - cell_len(title)
    head = Text.assemble((code.ljust(_INDENT), STYLES[finding.severity]), title, no_wrap=True)
    if cell_len(spot) + _GAP <= room:
        head.append(" " * (room - cell_len(spot)) + spot)
        return [head]
    lines = broken(title, measure.width - _INDENT)
    first = Text.assemble((code.ljust(_INDENT), STYLES[finding.severity]), lines[0], no_wrap=True)
    places = broken(spot, measure.width - _INDENT)
    return [first, *(_line(line) for line in lines[1:]), *(_line(place) for place in places)]


def _spot(one: Done, finding: Finding) -> str:
    reading = one.review.filing.readings[finding.paper]
    kind = KINDS[reading.kind] if reading is not main_of(one) else ""
    words = (kind, field_words(reading, finding.where), place_words(place_at(reading, finding.where)))
    return "  ".join(word for word in words if word)


def _places(one: Done, findings: Sequence[Finding], width: int) -> list[str]:
    """Return where the findings of one rule stand, on few lines."""
    told = list(dict.fromkeys(_spot(one, finding).replace("  ", " ") for finding in findings))
    for most in range(len(told), 0, -1):
        rest = f"，等 {len(findings)} 处" if most < len(told) else ""
        lines = broken("；".join(told[:most]) + rest, width)
        if len(lines) <= _ROWS:
            return lines
    return lines[:_ROWS]


def _body(one: Done, finding: Finding, measure: Measure) -> Iterator[str]:
    """Yield what is wrong, the words of the paper, what to write, and the source where the sentence doesn't name it."""
    width = measure.width - _INDENT
    said, remedy, fix = finding.says.partition(_REMEDY)
    yield from _cut(broken(said.strip(), width), measure)
    if not measure.brief and finding.quoted and finding.quoted not in finding.says:
        yield from broken(f"原文：“{short(finding.quoted, 60)}”", width)
    if remedy:
        safe = "（可自动修改）" if finding.fix is not None and finding.fix.safe else ""
        yield from _cut(broken(f"{remedy}{fix.strip()}{safe}", width), measure)
    source = str(finding.source) if finding.source.document else ""
    if not measure.brief and finding.severity is Severity.ERROR and source not in finding.says:
        yield from broken(f"依据：{source}", width)
    yield from _answered(one, finding, width)


def _answered(one: Done, finding: Finding, width: int) -> Iterator[str]:
    if not one.remarks:
        return
    remark = one.remarks.get(finding_id(finding, one.review.filing.readings[finding.paper].file))
    if remark is not None and remark.answer is not None:
        reason = f"，{remark.reason}" if remark.reason else ""
        yield from broken(f"复核：{remark.answer.value}{reason}", width)


def _cut(lines: list[str], measure: Measure) -> list[str]:
    if not measure.brief or len(lines) <= _BRIEF:
        return lines
    last = lines[_BRIEF - 1].rstrip()
    while cell_len(last) + _GAP > measure.width - _INDENT:
        last = last[:-1]
    return [*lines[: _BRIEF - 1], f"{last}…"]
