"""Evidence: files handed in with a filing, kept under their digests; taken back they stay, marked so."""

from dataclasses import dataclass

from django.db import transaction
from django.http import Http404

from jixiao.errors import TransitionError
from jixiao.web import access, files, log
from jixiao.web.access import Right
from jixiao.web.actions.revising import locked
from jixiao.web.actions.wanted import person
from jixiao.web.log import Act, Actor
from jixiao.web.models import Attachment, Submission


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file, the row that it is evidence for (empty: the whole filing), and the page or place that counts."""

    name: str
    data: bytes
    row: str = ""
    anchor: str = ""


@transaction.atomic
def attach(pk: int, evidence: Evidence, actor: Actor) -> Attachment:
    """Keep a file with a filing.

    Raises:
        Http404, PermissionDenied: as in `access.submission_for`.
        TransitionError: the same file is there already for that row.
    """
    submission = _locked_for(pk, actor)
    kept = files.keep(evidence.data)
    same = submission.attachments.filter(digest=kept, row=evidence.row, withdrawn_at=None)
    if same.exists():
        raise TransitionError(f"“{evidence.name}”与已上传的“{same[0]}”是同一个文件，不必再传。")
    made = Attachment.objects.create(
        submission=submission, row=evidence.row, anchor=evidence.anchor, name=evidence.name, digest=kept,
        size=len(evidence.data), author=actor.user, at=actor.at,
    )  # fmt: skip
    details = {"digest": kept, "row": evidence.row}
    log.append(actor, Act("attach", f"上传佐证材料“{evidence.name}”", submission, details=details))
    return made


@transaction.atomic
def take_back(pk: int, number: int, actor: Actor) -> Attachment:
    """Mark a file of a filing as taken back; it stays, because revisions and the log speak of it.

    Raises:
        Http404, PermissionDenied: as in `access.submission_for`; also where there is no such file.
    """
    submission = _locked_for(pk, actor)
    found = submission.attachments.filter(pk=number, withdrawn_at=None, rectification=None).first()
    if found is None:
        raise Http404("没有这个附件，或它已撤下")
    found.withdrawn_at = actor.at
    found.save(update_fields=["withdrawn_at"])
    details = {"digest": found.digest, "row": found.row}
    log.append(actor, Act("take_back", f"撤下佐证材料“{found.name}”", submission, details=details))
    return found


def _locked_for(pk: int, actor: Actor) -> Submission:
    user = person(actor)
    access.submission_for(user, pk)
    submission = locked(pk)
    access.require(user, Right.ATTACH, submission)
    return submission
