"""What goes in and comes out, for the OpenAPI document; figures are strings of decimals, null is what isn't known."""

from typing import Any

from ninja import Field, Schema

Keys = dict[str, Any]  # a value of the contract, whose keys docs/programs.md lists


class Fault(Schema):
    """Why nothing was done: a sentence, or the faulty parts of the request."""

    detail: str | list[Keys]


class PapersRead(Schema):
    """The answer of `jixiao read`."""

    jixiao: str
    papers: list[Keys]


class PapersScored(Schema):
    """The answer of `jixiao score`."""

    papers: list[Keys]


class Findings(Schema):
    """The answer of `jixiao check`."""

    findings: list[Keys]
    summary: dict[str, int]


class Filing(Schema):
    """A project's filing of a year, as lists show it."""

    id: int
    year: int
    project: str
    unit: str
    unit_code: str
    department: str | None
    state: str
    state_words: str
    version: int
    late: bool
    scheme: str | None
    score_printed: str | None
    score: str | None
    score_rechecked: str | None
    grade_printed: str | None
    grade: str | None
    errors: int
    warnings: int


class Filings(Schema):
    """A page of filings; `next` is the page after it."""

    filings: list[Filing]
    count: int
    next: int | None


class FilingWhole(Schema):
    """A filing with what it says (as `read`), and what was found in it (as `check`); null before its first revision."""

    filing: Filing
    actions: list[str]
    read: PapersRead | None
    check: Findings | None


class Act(Schema):
    """An act: the version of the filing that was seen, and the reason where one is wanted."""

    seen: int = Field(ge=0, le=2_147_483_647)
    reason: str = Field("", max_length=2000)
