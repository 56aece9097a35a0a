"""What one file gives to a lake: the rows of all tables, as record batches that any engine can carry.

A filing's number is made of its file's name and its place in the file, so that it is the same whoever counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from hashlib import sha256

import pyarrow as pa

from jixiao.batch import tables
from jixiao.batch.places import province_of, region_of
from jixiao.batch.rows import Origin, Rows, take, with_half
from jixiao.batch.tables import Row
from jixiao.errors import UnreadableError
from jixiao.model.claims import DepartmentReport, Report
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import Figure
from jixiao.model.finding import Finding
from jixiao.model.reading import Filing, Reading
from jixiao.model.review import Review
from jixiao.model.statements import Claim
from jixiao.schemes.filing_choice import known_of

Batches = Mapping[str, pa.RecordBatch]
"""A record batch for every table of `tables.TABLES`, with the columns of `tables.on_its_way`."""

_BITS = 63


@dataclass(frozen=True, slots=True)
class _Lot:
    """Rows of all tables but those that `Rows` holds, gathered filing by filing."""

    rows: Rows = field(default_factory=Rows)
    papers: list[Row] = field(default_factory=list)
    claims: list[Row] = field(default_factory=list)
    findings: list[Row] = field(default_factory=list)
    refused: list[Row] = field(default_factory=list)
    keys: dict[int, Row] = field(default_factory=dict)


def number_of(file: str, place: int) -> int:
    """Return the number of a file's filing: the first 63 bits of the sha256 of the file's name and its place in it."""
    digest = sha256(f"{file}\x1f{place}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> (64 - _BITS)


def batches_of(file: str, reviews: Sequence[Review]) -> Batches:
    """Return the rows of a file's filings.

    Args:
        file: its name, relative to the folder that is taken in.
        reviews: its filings, reviewed, in their order.
    """
    lot = _Lot()
    for place, review in enumerate(reviews):
        _add(lot, file, number_of(file, place), review)
    rows = lot.rows
    lot.refused.extend({"file": file, "filing": one.filing, "why": one.because} for one in rows.refused)
    return _packed(lot.keys, {
        "papers": lot.papers, "filings": rows.filings, "funds": rows.funds, "indicators": rows.indicators,
        "claims": lot.claims, "findings": lot.findings, "refused": lot.refused,
        "names": list(rows.names.values()), "words": list(rows.words.values()),
    })  # fmt: skip


def refusal(file: str, why: str) -> Batches:
    """Return the rows of a file of which nothing could be read."""
    return _packed({}, {"refused": [{"file": file, "why": why}]})


def _packed(keys: Mapping[int, Row], found: Mapping[str, Sequence[Row]]) -> Batches:
    """Make the record batches; rows that belong to a filing get its year and province."""
    return {name: _batch(name, found.get(name, ()), keys) for name in tables.TABLES}


def _batch(name: str, rows: Sequence[Row], keys: Mapping[int, Row]) -> pa.RecordBatch:
    schema = tables.on_its_way(name)
    keyed = rows if name in tables.UNPLACED else [{**row, **_key(row, keys)} for row in rows]
    columns = [pa.array([row.get(one.name) for row in keyed], one.type) for one in schema]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _key(row: Row, keys: Mapping[int, Row]) -> Row:
    filing = row["filing"]
    return keys[filing] if isinstance(filing, int) else {}


def _add(lot: _Lot, file: str, number: int, review: Review) -> None:
    filing = review.filing
    known = filing.evaluation or known_of(filing.readings[filing.main or 0])
    province = province_of(known, _texts(filing), file.split("/")[:-1])
    lot.keys[number] = {"year": known.year, "province": province}
    if filing.evaluation is not None:
        take(lot.rows, Origin(number, review.scheme, province, region_of(known)), filing.evaluation)
    for place, reading in enumerate(filing.readings):
        lot.papers.append(_paper(file, number, place, filing))
        lot.claims.extend(_claims(number, place, reading))
    lot.findings.extend(_finding(number, place, one) for place, one in enumerate(review.findings))


def _texts(filing: Filing) -> list[str]:
    """Return the words besides the table's own that may name the filing's place."""
    records = [reading.record for reading in filing.readings]
    units = [known_of(reading).project.unit for reading in filing.readings]
    titles = [one.title for one in records if isinstance(one, Report | DepartmentReport)]
    return [text for text in (*units, *titles) if text]


def _paper(file: str, number: int, place: int, filing: Filing) -> Row:
    reading = filing.readings[place]
    record = reading.record
    return {
        "filing": number, "paper": place, "file": file, "index": reading.index, "sha256": reading.sha256,
        "kind": reading.kind.value, "form": record.form if isinstance(record, Evaluation) else None,
        "project": known_of(reading).project.name if not isinstance(record, Evaluation) else record.project.name,
        "main": place == filing.main, "doubts": len(reading.doubts),
    }  # fmt: skip


def _finding(number: int, place: int, one: Finding) -> Row:
    return {
        "filing": number, "finding": place, "paper": one.paper, "code": one.code, "severity": one.severity.value,
        "origin": one.origin.value, "field": one.where, "says": one.says, "quoted": one.quoted,
        "printed": one.printed, "computed": one.computed,
    }  # fmt: skip


def _claims(number: int, place: int, reading: Reading) -> list[Row]:
    record = reading.record
    if not isinstance(record, Evaluation | Report | DepartmentReport):
        return []
    return [_claim(number, place, n, claim) for n, claim in enumerate(record.claims)]


def _claim(number: int, place: int, n: int, claim: Claim) -> Row:
    figure = claim.figure
    return {
        "filing": number, "paper": place, "claim": n, "what": claim.what, "subject": claim.subject,
        "quoted": claim.quoted, "printed": str(figure), "unit": figure.unit.name if figure.unit else None,
        "measure": figure.unit.kind if figure.unit else None, **_value(figure),
    }  # fmt: skip


def _value(figure: Figure) -> Row:
    """Return a figure in the base unit of its measure; silent where no column can hold it: `printed` still does."""
    try:
        return with_half(figure.exact, Fraction(figure.half) * figure.scale, "value", "数值")
    except UnreadableError:
        return {}
