"""The contract's answers as JSON values: what `read`, `score` and `check` print for programs. Figures are strings."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from textwrap import indent

from jixiao import __version__
from jixiao.api import Scored
from jixiao.audit import finding_id
from jixiao.audit.office.ledger import Settled
from jixiao.layout import Place
from jixiao.model.citation import Citation
from jixiao.model.codec import Json
from jixiao.model.finding import Finding, Fix, Severity
from jixiao.model.reading import Reading
from jixiao.model.record import to_json
from jixiao.model.review import Review
from jixiao.model.score import Score, ScoreSheet
from jixiao.model.values_json import PLACE
from jixiao.telling.done import Done
from jixiao.telling.naming import place_at

Keys = dict[str, Json]


def as_text(value: Mapping[str, Json]) -> str:
    """Return the JSON text of an answer, with a line end."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def in_pieces(answer: "Mapping[str, Json | Iterator[Json]]") -> Iterator[str]:
    """Yield the same text piece by piece: a list that is given as an iterator is never there as a whole."""
    yield "{"
    for number, (key, value) in enumerate(answer.items()):
        yield f"{',' if number else ''}\n  {json.dumps(key)}: "
        if isinstance(value, Iterator):
            yield from _listed(value)
        else:
            yield _indented(value, "  ").lstrip()
    yield "\n}\n"


def _listed(items: Iterator[Json]) -> Iterator[str]:
    mark = "["
    for item in items:
        yield f"{mark}\n{_indented(item, '    ')}"
        mark = ","
    yield "[]" if mark == "[" else "\n  ]"


def _indented(value: Json, by: str) -> str:
    return indent(json.dumps(value, ensure_ascii=False, indent=2), by)


def papers_read(readings: Iterable[Reading]) -> Keys:
    """Return the answer of `jixiao read`."""
    return {"jixiao": __version__, "papers": [to_json(reading) for reading in readings]}


def papers_scored(scored: Iterable[Scored]) -> Keys:
    """Return the answer of `jixiao score`."""
    return {"papers": [_paper(one.reading, one.sheet) for one in scored]}


def findings_of(done: Sequence[Done]) -> "dict[str, Json | Iterator[Json]]":
    """Return the answer of `jixiao check` for `in_pieces`; `settled` stands in it where something is."""
    found = Counter(finding.severity for one in done for finding in one.review.findings)
    settled = sum(len(one.settled) for one in done)
    counts: Keys = {level.value: found[level] for level in Severity}
    papers = sum(len(one.review.filing.readings) for one in done)
    answer: dict[str, Json | Iterator[Json]] = {
        "findings": (_judged(finding, one) for one in done for finding in one.review.findings),
        "summary": {"papers": papers, **counts, **({"settled": settled} if settled else {})},
    }
    if settled:
        answer["settled"] = (_settled(record, one.review) for one in done for record in one.settled)
    return answer


def _judged(finding: Finding, one: Done) -> Keys:
    """Return an open finding, with what a reviewer answered to it where a list was merged."""
    keys = finding_keys(finding, one.review)
    remark = one.remarks.get(str(keys["id"]))
    if remark is None or remark.answer is None:
        return keys
    return {**keys, "answer": remark.answer.value, "reason": remark.reason or None}


def _settled(record: Settled, review: Review) -> Keys:
    until = record.until.isoformat() if record.until is not None else None
    by: Keys = {"how": record.how.value, "who": record.who or None, "why": record.why or None, "until": until}
    return {**finding_keys(record.finding, review), **by}


def finding_keys(finding: Finding, review: Review) -> Keys:
    """Return one finding as the contract has it; `paper` is the paper's index in its file."""
    reading = review.filing.readings[finding.paper]
    return {
        "id": finding_id(finding, reading.file),
        "rule": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "origin": finding.origin.value,
        "file": reading.file,
        "paper": reading.index,
        "place": _place(place_at(reading, finding.where)),
        "quoted": finding.quoted or None,
        "message": finding.says,
        "printed": finding.printed,
        "computed": finding.computed,
        "interval": [f"{end:f}" for end in finding.interval] if finding.interval else None,
        "scheme": finding.scheme,
        "source": _source(finding.source),
        "fix": _fix(finding.fix),
    }


def _paper(reading: Reading, sheet: ScoreSheet) -> Keys:
    return {
        "file": reading.file,
        "index": reading.index,
        "kind": reading.kind.value,
        "scheme": sheet.scheme,
        "scheme_why": sheet.scheme_why,
        "scheme_verified": sheet.scheme_verified,
        "execution": _score(sheet.execution),
        "indicators": [_row(reading, row) for row in sheet.indicators],
        "total": _total(sheet.total),
        "grade": {"word": sheet.grade.word, "printed": sheet.grade.printed, "agrees": sheet.grade.agrees},
        "undecided": [{"level3": row.level3, "why": row.because} for row in sheet.undecided],
    }


def _row(reading: Reading, row: Score) -> Keys:
    return {"level3": row.level3, "place": _place(place_at(reading, row.where)), **_score(row)}


def _score(score: Score) -> Keys:
    return {
        **_figures(score),
        "method": score.method,
        "source": _source(score.source),
        "steps": [step.says for step in score.steps],
    }


def _total(total: Score) -> Keys | None:
    """Return the total, None when it is undecided: a guess is never added up."""
    return _figures(total) if total.score is not None else None


def _figures(score: Score) -> Keys:
    return {
        "points": _digits(score.points),
        "score": _digits(score.score),
        "low": _digits(score.low),
        "high": _digits(score.high),
        "printed": _digits(score.printed),
        "agrees": score.agrees,
    }


def _digits(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _place(place: Place) -> Json:
    return PLACE.put(place)


def _source(source: Citation) -> str | None:
    return str(source) if source.document else None


def _fix(fix: Fix | None) -> Keys | None:
    """Return the fix; `old` and `swaps` stand only where words of a text change, or several places."""
    if fix is None:
        return None
    told: Keys = {"safe": fix.safe, "what": fix.what, "replacement": fix.replacement}
    if fix.old:
        told["old"] = fix.old
    if fix.swaps:
        told["swaps"] = [{"where": s.where, "old": s.old, "new": s.new} for s in fix.swaps]
    return told
