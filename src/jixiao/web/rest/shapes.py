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


class Waiting(Schema):
    """A file that is being read: waiting, working, or failed, with a sentence about it."""

    file: str
    state: str
    message: str


class FilingWhole(Schema):
    """A filing with what it says (as `read`), and what was found in it (as `check`); null before its first revision.

    `reading` is the file that it is to begin with, until that was read.
    """

    filing: Filing
    actions: list[str]
    reading: Waiting | None
    read: PapersRead | None
    check: Findings | None


class Opened(Schema):
    """What is said of a filing that is opened with a file."""

    unit_code: str = Field(max_length=40)
    project: str = Field(min_length=1, max_length=200)
    year: int = Field(ge=2000, le=2100)
    reason: str = Field("", max_length=2000)


class Act(Schema):
    """An act: the version of the filing that was seen, and the reason where one is wanted."""

    seen: int = Field(ge=0, le=2_147_483_647)
    reason: str = Field("", max_length=2000)
