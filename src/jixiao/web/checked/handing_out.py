"""What can be taken away from a checked file: the reviewed copy, the corrected one, official forms, lists, data."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from django.utils import timezone

from jixiao import api
from jixiao.errors import UnknownNameError
from jixiao.model.codec import Json
from jixiao.model.finding import Finding
from jixiao.model.reading import Reading
from jixiao.telling.answers import findings_of, in_pieces, papers_read, papers_scored
from jixiao.telling.done import Done
from jixiao.telling.listing import listing
from jixiao.telling.naming import KINDS
from jixiao.telling.opinions import opinions
from jixiao.web import files
from jixiao.web.checked.judging import (
    corrections,
    decided,
    readings_of,
    remarks_of,
    reviews_of,
    taken,
)
from jixiao.web.models import CheckedFile

_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".json": "application/json",
}
FORMS = ("xlsx", "docx", "pdf")


@dataclass(frozen=True, slots=True)
class Handed:
    """A file to be taken away."""

    name: str
    data: bytes

    @property
    def mime(self) -> str:
        """Its type, by its suffix."""
        return _TYPES.get(PurePath(self.name).suffix.casefold(), "application/octet-stream")


def hand_out(file: CheckedFile, what: str) -> Handed:
    """Return what a person asked for by its word: reviewed, corrected, list, data, or a format of the official form.

    Raises:
        UnknownNameError: there is no such thing of this file; the sentence says why.
        UnreadableError: the file takes no comments.
    """
    match what:
        case "reviewed":
            return _marked(file, "批注", correct=())
        case "corrected":
            return _marked(file, "更正", correct=_done(file))
        case "list":
            return Handed(f"{_stem(file)}（问题清单）.xlsx", listing(_mine(file, _judged(file))))
        case "data":
            return Handed(f"{_stem(file)}（数据）.json", data([file]))
        case _ if what in FORMS:
            return _official(file, what)
    raise UnknownNameError("没有这种下载；请从“下载”里选。")


def data(checked: Sequence[CheckedFile]) -> bytes:
    """Return the contract's JSON of some files of a check: papers as settled, scores, findings and decisions."""
    readings = [reading for file in checked for reading in readings_of(file)]
    done = list({_key(one): one for file in checked for one in _judged(file)}.values())
    scored = [one for filing in api.file_together(readings) for one in api.score_papers(filing)]
    scores: Json = papers_scored(scored)["papers"]
    answer = {**papers_read(readings), "scores": scores, **findings_of(done)}
    return "".join(in_pieces(answer)).encode("utf-8", "replace")


def list_of(checked: Iterable[CheckedFile]) -> bytes:
    """Return the list of findings of several files as a workbook."""
    done = {_key(one): one for file in checked for one in _judged(file)}
    return listing(list(done.values()))


def _key(one: Done) -> tuple[tuple[str, int], ...]:
    return tuple((reading.file, reading.index) for reading in one.review.filing.readings)


def _done(file: CheckedFile) -> tuple[Done, ...]:
    return tuple(one for one, _ in reviews_of(file))


def _judged(file: CheckedFile) -> tuple[Done, ...]:
    return decided(_done(file), remarks_of(file.check_of))


def _mine(file: CheckedFile, done: Sequence[Done]) -> list[Done]:
    """Return the reviews with the findings of this file alone."""
    return [replace(one, review=replace(one.review, findings=tuple(_own(file, one)))) for one in done]


def _own(file: CheckedFile, one: Done) -> Iterable[Finding]:
    readings = one.review.filing.readings
    return (finding for finding in one.review.findings if readings[finding.paper].file == file.name)


def _stem(file: CheckedFile) -> str:
    return PurePath(file.name).stem


def _marked(file: CheckedFile, word: str, *, correct: Sequence[Done]) -> Handed:
    """Return the file as its sender made it with the findings as comments, and corrected where reviews are given."""
    remarks = remarks_of(file.check_of)
    edits = {number: corrections(one, remarks) for number, one in enumerate(correct)}
    notes = opinions(_judged(file), file.name, timezone.localdate(), edits)
    marked = api.annotate(files.fetch(file.digest), notes, name=file.name)
    return Handed(f"{_stem(file)}（{word}）{marked.suffix}", marked.data)


def _official(file: CheckedFile, format: str) -> Handed:  # noqa: A002 - the word of the design
    """Return the papers of a file on their official forms, with the changes that somebody has taken."""
    known = {row.kind for row in api.writable()}
    papers = [reading for reading in _as_taken(file) if reading.kind in known]
    if not papers:
        raise UnknownNameError(f"“{file.name}”里没有可以排成官方表样的材料；自评报告请直接用批注稿。")
    pages = [replace(api.lay_out(one.record, one.kind), name=KINDS[one.kind]) for one in papers]
    return Handed(f"{_stem(file)}（官方表样）.{format}", api.bind(pages, format))


def _as_taken(file: CheckedFile) -> list[Reading]:
    """Return the papers of a file in their order, with the changes that somebody has taken."""
    remarks = remarks_of(file.check_of)
    found = {
        reading.index: reading
        for one in _done(file)
        for reading in taken(one, remarks).review.filing.readings
        if reading.file == file.name
    }
    return [found.get(reading.index, reading) for reading in readings_of(file)]
