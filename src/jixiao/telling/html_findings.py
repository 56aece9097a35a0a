"""The right side of the page: the findings of a review, the worst first, each foldable to its sums, article and fix."""

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from jixiao.audit import finding_id
from jixiao.audit.office.ledger import Settled
from jixiao.model.finding import Finding, Severity
from jixiao.telling.done import Done
from jixiao.telling.html_paper import LETTERS, anchors_of
from jixiao.telling.html_parts import Child, el, styled
from jixiao.telling.marking import Numbered
from jixiao.telling.naming import SEVERITIES, field_words, place_at, place_words, settled_words
from jixiao.telling.score_words import steps_of
from jixiao.telling.titles import TITLES

_REMEDY = "改法："


def findings_pane(one: Done, found: Sequence[Numbered], key: str) -> Element:
    """Return the list of findings under the heading of each severity, then what is settled."""
    anchors = anchors_of(one, found)
    parts: list[Element] = []
    for severity in Severity:
        mine = [numbered for numbered in found if numbered[1].severity is severity]
        if mine:
            parts.append(styled("h3", severity.value, f"{SEVERITIES[severity]} {len(mine)}"))
            parts.append(el("ol", *(_finding(one, numbered, anchors, key) for numbered in mine)))
    if not parts:
        parts.append(styled("p", "nothing", "没有发现问题"))
    if one.settled:
        parts.append(_settled(one))
    return el("aside", *parts, attributes={"class": "findings", "tabindex": "0"})


def _finding(one: Done, numbered: Numbered, anchors: dict[int, int], key: str) -> Element:
    number, finding = numbered
    target = f"{key}m{anchors[number]}" if number in anchors else ""
    letter = styled("span", f"letter {finding.severity.value}", f"{LETTERS[finding.severity]}{number}")
    title = el("summary", letter, f"{finding.code} {TITLES.get(finding.code, finding.name)}")
    opened = {} if finding.severity is Severity.NOTE else {"open": "open"}
    details = el("details", title, *_body(one, finding), attributes=opened)
    attributes = {"class": finding.severity.value, "id": f"{key}f{number}", "data-to": target}
    return el("li", _place(one, finding, target), details, attributes=attributes)


def _place(one: Done, finding: Finding, target: str) -> Element:
    """Return where it stands, a link to the mark on the paper."""
    reading = one.review.filing.readings[finding.paper]
    words = (field_words(reading, finding.where), place_words(place_at(reading, finding.where)))
    said = "　".join(word for word in words if word) or "整份材料"
    link: Child = el("a", said, attributes={"href": f"#{target}", "data-to": target}) if target else said
    return styled("div", "where", link)


def _body(one: Done, finding: Finding) -> Iterator[Element]:
    said, remedy, fix = finding.says.partition(_REMEDY)
    yield el("p", said.strip())
    if finding.quoted and finding.quoted not in finding.says:
        yield el("p", f"原文：“{finding.quoted}”")
    steps = steps_of(one, finding)
    if steps:
        yield el("p", f"重算：{'；'.join(steps)}")
    if remedy:
        safe = "（可自动修改）" if finding.fix is not None and finding.fix.safe else ""
        yield styled("p", "fix", f"{_REMEDY}{fix.strip()}{safe}")
    if finding.source.document:
        yield styled("p", "law", f"依据：{finding.source}")
    name = finding_id(finding, one.review.filing.readings[finding.paper].file)
    remark = one.remarks.get(name)
    if remark is not None and remark.answer is not None:
        yield styled("p", "law", f"复核：{remark.answer.value}{'，' if remark.reason else ''}{remark.reason}")
    yield styled("p", "law", f"编号：{name}")


def _settled(one: Done) -> Element:
    rows = [el("li", _answered(settled)) for settled in one.settled]
    return el("details", el("summary", f"已处理、不再计入 {len(rows)}"), el("ol", *rows))


def _answered(settled: Settled) -> str:
    how, why = settled_words(settled)
    code = settled.finding.code
    return f"{how}　{code} {TITLES.get(code, settled.finding.name)}{why}"
