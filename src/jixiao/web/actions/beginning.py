"""Beginning a draft with a file: it is kept, read behind the request, and the draft begins once it was read.

The file becomes the filing's source in the same transaction in which its draft begins: one that was called off, that
can't be read or whose worker was killed leaves nothing behind, and nothing is there twice.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from jixiao import api
from jixiao.errors import UnreadableError
from jixiao.model.reading import Filing, Reading
from jixiao.web import access, files, jobs, log, records
from jixiao.web.access import Right
from jixiao.web.actions import drafting
from jixiao.web.actions.drafting import READING, Start, beginnable
from jixiao.web.actions.opening import Opening, open_filing
from jixiao.web.actions.revising import Said, locked, revise
from jixiao.web.actions.wanted import person
from jixiao.web.drafts.content import stage_of
from jixiao.web.log import Act, Actor
from jixiao.web.models import Attachment, Beginning, Job, Submission

_USUAL = "national-2020"
_GONE = "上传“{}”的人现在不能填这份材料，没有从它开始：请由填报人重新选择从哪里开始。"


@dataclass(frozen=True, slots=True)
class Given:
    """A file that a draft is to begin with, on which form, under which rule-book ("": what the file asks for).

    With `revises` what is read in it is the filing's first revision too, where it has none: programs want to see it.
    """

    name: str
    data: bytes
    scheme: str
    form: str = ""
    revises: bool = False


@transaction.atomic
def hand_in(pk: int, given: Given, actor: Actor) -> Beginning:
    """Keep a file and ask that it be read; the draft begins with it then.

    Raises:
        Http404, PermissionDenied: as in `access.submission_for`.
        TransitionError: the draft was begun already, or another file is being read.
    """
    submission, _, _ = beginnable(pk, actor)
    Beginning.objects.filter(submission=submission).delete()
    made = Beginning.objects.create(
        submission=submission, scheme=given.scheme, form=given.form, name=given.name, digest=files.keep(given.data),
        revises=given.revises, size=len(given.data), author=person(actor), address=actor.address, at=actor.at,
    )  # fmt: skip
    jobs.ask(READING, str(made.pk))
    details = {"digest": made.digest}
    log.append(actor, Act("hand_in_start", f"上传“{made.name}”，从它开始填写", submission, details=details))
    return made


@transaction.atomic
def open_with(wanted: Opening, given: Given, actor: Actor) -> Submission:
    """Make a filing whose draft begins with a file.

    Raises:
        PermissionDenied, TransitionError: as in `opening.open_filing`.
    """
    made = open_filing(wanted, actor)
    hand_in(made.pk, given, actor)
    return made


@transaction.atomic
def call_off(pk: int, actor: Actor) -> None:
    """Forget a file that was to be read; where the draft has begun meanwhile nothing is changed.

    Raises:
        Http404, PermissionDenied: as in `access.submission_for`.
    """
    user = person(actor)
    access.submission_for(user, pk)
    submission = locked(pk)
    access.require(user, Right.WRITE, submission)
    found = Beginning.objects.filter(submission=submission).first()
    if found is not None:
        found.delete()
        log.append(actor, Act("call_off_start", f"取消识读“{found.name}”", submission))


def job_of(found: Beginning) -> Job | None:
    """Return the job that reads a file; None where it is not there, which never lasts."""
    return Job.objects.filter(kind=READING, subject=str(found.pk)).first()


def read(subject: str) -> str:
    """Read a file and begin the draft with it; one that was called off, or has begun, is left alone."""
    found = Beginning.objects.select_related("author").filter(pk=int(subject)).first()
    if found is None:
        return ""
    readings = api.read_papers(files.fetch(found.digest), name=found.name)
    try:
        _begin(found, readings)
    except (Http404, PermissionDenied) as error:
        raise UnreadableError(_GONE.format(found.name)) from error
    return ""


@transaction.atomic
def _begin(found: Beginning, readings: tuple[Reading, ...]) -> None:
    actor = Actor(found.author, timezone.now(), found.address)
    submission = locked(found.submission_id)
    if not Beginning.objects.filter(pk=found.pk).delete()[0]:
        return
    source = _source(submission, found, readings, actor)
    filed = _filed(readings)
    scheme = found.scheme or (api.choose(filed).scheme.id if filed is not None else _USUAL)
    drafting.start(submission.pk, Start("file", scheme, found.name, found.form, readings, source), actor)
    stage = stage_of(submission)
    if found.revises and submission.revision_id is None and filed is not None and stage is not None:
        review = api.review(filed, api.choose(filed, scheme))
        revise(submission, Said(stage, source.record, review, source), actor)


def _filed(readings: tuple[Reading, ...]) -> Filing | None:
    """Return the papers of one project in a file: those with a table first."""
    filings = api.file_together(readings)
    return next((one for one in filings if one.evaluation is not None), filings[0] if filings else None)


def _source(
    submission: Submission, found: Beginning, readings: tuple[Reading, ...], actor: Actor
) -> Attachment:
    """Keep the file with the filing; the same one, handed in for an earlier stage, isn't kept twice."""
    kind = Attachment.Kind.SOURCE
    same = submission.attachments.filter(kind=kind, digest=found.digest, withdrawn_at=None).first()
    return same or Attachment.objects.create(
        submission=submission, kind=kind, name=found.name, digest=found.digest, size=found.size,
        record=records.record_of(readings), author=actor.user, at=actor.at,
    )  # fmt: skip
