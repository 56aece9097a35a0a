"""The answer of `check` in its formats: text for people, json for programs, sarif and github for code hosts."""

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from urllib.parse import quote

from jixiao import __version__
from jixiao.api import ALL_RULES
from jixiao.cli import screen, show_check
from jixiao.cli.answers import Keys, as_text, finding_keys, findings_of
from jixiao.cli.naming import place_at, place_words
from jixiao.cli.show_law import headline
from jixiao.cli.work import Done
from jixiao.model.codec import Json
from jixiao.model.finding import Finding, Severity
from jixiao.model.review import Review

FORMATS = ("text", "json", "sarif", "github")
_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def put(done: Sequence[Done], form: str, *, every: bool, unread: int) -> None:
    """Print the reviews in one of FORMATS; `unread` counts the files that could not be done."""
    reviews = tuple(one.review for one in done)
    if form == "json":
        screen.put_data(as_text(findings_of(reviews)))
    elif form == "sarif":
        screen.put_data(as_text(sarif(reviews)))
    elif form == "github":
        screen.put_data("".join(github(reviews)))
    else:
        screen.put(*show_check.page(done, every=every, unread=unread))


def status(done: Sequence[Done]) -> int:
    """Return 1 when there is a finding at error level, else 0."""
    found = (finding for one in done for finding in one.review.findings)
    return int(any(finding.severity is Severity.ERROR for finding in found))


def sarif(reviews: Sequence[Review]) -> Keys:
    """Return the findings as a SARIF 2.1.0 log."""
    results: list[Json] = [_result(finding, review) for review in reviews for finding in review.findings]
    rules: list[Json] = [
        {
            "id": rule.code,
            "name": rule.name,
            "shortDescription": {"text": headline(rule)},
            "help": {"text": rule.page},
        }
        for rule in ALL_RULES.known
    ]
    driver: Keys = {"name": "jixiao", "version": __version__, "rules": rules}
    return {"$schema": _SARIF, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]}


def _result(finding: Finding, review: Review) -> Keys:
    keys = finding_keys(finding, review)
    reading = review.filing.readings[finding.paper]
    place = place_at(reading, finding.where)
    physical: Keys = {"artifactLocation": {"uri": quote(PurePath(reading.file).as_posix())}}
    if place.line is not None:
        physical["region"] = {"startLine": place.line}
    location: Keys = {
        "physicalLocation": physical,
        "logicalLocations": [{"fullyQualifiedName": finding.where or "paper"}],
    }
    return {
        "ruleId": finding.code,
        "level": "note" if finding.severity is Severity.NOTE else finding.severity.value,
        "message": {"text": finding.says},
        "locations": [location],
        "partialFingerprints": {"jixiao/v1": keys["id"]},
        "properties": keys,
    }


def github(reviews: Iterable[Review]) -> Iterable[str]:
    """Yield the findings as workflow commands, a line each."""
    for review in reviews:
        for finding in review.findings:
            reading = review.filing.readings[finding.paper]
            place = place_at(reading, finding.where)
            line = f",line={place.line}" if place.line is not None else ""
            title = _escaped(f"{finding.code} {place_words(place)}".strip(), ":,")
            file = _escaped(reading.file, ":,")
            level = _LEVELS[finding.severity]
            yield f"::{level} file={file}{line},title={title}::{_escaped(finding.says)}\n"


def _escaped(text: str, more: str = "") -> str:
    for char in ("%", "\r", "\n", *more):
        text = text.replace(char, f"%{ord(char):02X}")
    return text
