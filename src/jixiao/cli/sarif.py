"""The findings for code hosts: a SARIF 2.1.0 log, and the workflow commands of GitHub."""

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from urllib.parse import quote

from jixiao import __version__
from jixiao.audit.office.ledger import How, Settled
from jixiao.layout import Place
from jixiao.model.codec import Json
from jixiao.model.finding import Finding, Severity
from jixiao.model.review import Review
from jixiao.telling.answers import Keys, finding_keys
from jixiao.telling.done import Done
from jixiao.telling.naming import place_at, place_words
from jixiao.telling.titles import CODES, TITLES

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_INDEX = {one.code: number for number, one in enumerate(CODES)}


def sarif(done: Sequence[Done]) -> Keys:
    """Return the findings as a SARIF 2.1.0 log; what is settled stands in it as suppressed or unchanged."""
    results: list[Json] = [result for one in done for result in _results(one)]
    driver: Keys = {"name": "jixiao", "version": __version__, "rules": _rules()}
    run: Keys = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def github(done: Sequence[Done]) -> Iterator[str]:
    """Yield the open findings as workflow commands, a line each."""
    for one in done:
        for finding in one.review.findings:
            reading = one.review.filing.readings[finding.paper]
            place = place_at(reading, finding.where)
            line = f",line={place.line}" if place.line is not None else ""
            title = _escaped(f"{finding.code} {place_words(place)}".strip(), ":,")
            file = _escaped(reading.file, ":,")
            yield f"::{_COMMANDS[finding.severity]} file={file}{line},title={title}::{_escaped(finding.says)}\n"


def _rules() -> list[Json]:
    return [
        {
            "id": one.code,
            "name": one.name,
            "shortDescription": {"text": TITLES[one.code]},
            "help": {"text": one.page},
            "defaultConfiguration": {"level": _LEVELS[one.severity], "enabled": not one.off},
        }
        for one in CODES
    ]


def _results(one: Done) -> Iterator[Keys]:
    against = any(s.how is How.BASELINE for s in one.settled)
    for finding in one.review.findings:
        yield {**_result(finding, one.review), **({"baselineState": "new"} if against else {})}
    for settled in one.settled:
        yield {**_result(settled.finding, one.review), **_standing(settled)}


def _standing(settled: Settled) -> Keys:
    if settled.how is How.BASELINE:
        return {"baselineState": "unchanged"}
    until = f"（至 {settled.until.isoformat()}）" if settled.until is not None else ""
    reason = f"{settled.who}：{settled.why}{until}"
    return {"suppressions": [{"kind": "external", "status": "accepted", "justification": reason}]}


def _result(finding: Finding, review: Review) -> Keys:
    keys = finding_keys(finding, review)
    reading = review.filing.readings[finding.paper]
    physical: Keys = {"artifactLocation": {"uri": quote(PurePath(reading.file).as_posix())}}
    region = _region(place_at(reading, finding.where))
    if region:
        physical["region"] = region
    location: Keys = {
        "physicalLocation": physical,
        "logicalLocations": [{"fullyQualifiedName": finding.where or "paper"}],
    }
    return {
        "ruleId": finding.code,
        "ruleIndex": _INDEX[finding.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.says},
        "locations": [location],
        "partialFingerprints": {"jixiao/v1": keys["id"]},
        "properties": keys,
    }


def _region(place: Place) -> Keys:
    """Return the line, which only text has; the cells of other files stand in the properties."""
    return {"startLine": place.line} if place.line is not None else {}


def _escaped(text: str, more: str = "") -> str:
    for char in ("%", "\r", "\n", *more):
        text = text.replace(char, f"%{ord(char):02X}")
    return text
