"""What of a filing goes to the public: its table, laid out as its official form, with personal data masked."""

import json
from collections import defaultdict
from dataclasses import dataclass

from jixiao import api
from jixiao.errors import TransitionError, UnreadableError
from jixiao.telling.naming import place_words
from jixiao.web.models import Disclosure, Submission

FORMATS = ("pdf", "docx", "xlsx")
_NAME = "公开稿.json"


@dataclass(frozen=True, slots=True)
class Choice:
    """What was decided of a piece of personal data: masked, or kept for a reason."""

    masked: bool
    reason: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The same piece of personal data wherever it stands in the copy."""

    id: str
    sort: str
    text: str
    reads: str
    contexts: tuple[str, ...]
    places: tuple[str, ...]
    certain: bool
    why: str
    choice: Choice | None


def groups(submission: Submission) -> tuple[Group, ...]:
    """Return the personal data of a filing's table, each piece once, with what was decided of it."""
    if submission.revision is None:
        return ()
    kept = Disclosure.objects.filter(revision=submission.revision).first()
    decided = kept.choices if kept is not None else {}
    found: dict[str, list[api.Sighting]] = defaultdict(list)
    for one in _copy(submission).sightings:
        found[one.id].append(one)
    return tuple(_group(name, own, decided.get(name)) for name, own in found.items())


def _group(name: str, own: list[api.Sighting], decided: dict[str, str] | None) -> Group:
    first = next((one for one in own if one.certain), own[0])
    choice = Choice(bool(decided["masked"]), decided["reason"], decided["by"]) if decided else None
    places = dict.fromkeys(filter(None, (place_words(one.place) for one in own)))
    contexts = dict.fromkeys(one.context for one in own)
    return Group(
        name,
        first.sort,
        first.text,
        first.reads,
        tuple(contexts),
        tuple(places),
        first.certain,
        first.why,
        choice,
    )


def undecided(submission: Submission) -> tuple[Group, ...]:
    """Return the personal data of which nothing was decided."""
    return tuple(group for group in groups(submission) if group.choice is None)


def copies(submission: Submission) -> dict[str, bytes]:
    """Return the copy in each format, what was chosen masked.

    Raises:
        TransitionError: it can't be written, and why.
    """
    masked = {group.id for group in groups(submission) if group.choice is not None and group.choice.masked}
    data, copy = _data(submission), _copy(submission)
    chosen = [one for one in copy.sightings if one.id in masked]
    try:
        return {to: api.disclose(data, copy, chosen, name=_NAME, format=to) for to in FORMATS}
    except UnreadableError as error:
        raise TransitionError(str(error)) from error


def _copy(submission: Submission) -> api.PublicCopy:
    return api.public_copy(_data(submission), name=_NAME)


def _data(submission: Submission) -> bytes:
    """Return the record of the tables of a filing: reports are published as their own files, not from here.

    Raises:
        TransitionError: the filing has no table.
    """
    if submission.revision is None:
        raise TransitionError("这份材料还没有内容，不能公开。")
    record = json.loads(submission.revision.record)
    kinds = {paper.kind.value for paper in api.writable()}
    tables = [paper for paper in record["papers"] if paper.get("kind") in kinds]
    if not tables:
        raise TransitionError("这份材料里没有自评表，没有可以公开的内容。")
    return json.dumps({**record, "papers": tables}, ensure_ascii=False).encode()
