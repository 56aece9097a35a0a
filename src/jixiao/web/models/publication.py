"""What of a filing may be published: each piece of personal data decided by a person, and the files that came of it."""

from django.db import models

from jixiao.web.models.filings import Revision, Submission
from jixiao.web.models.people import User


class Disclosure(models.Model):
    """The copy for the public of one revision; it is public while `published_at` is set."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="disclosures")
    revision = models.OneToOneField(Revision, models.PROTECT, related_name="disclosure")
    # by the id of a piece of personal data: {"masked": true, "reason": "", "by": "...", "at": "..."}
    choices = models.JSONField(default=dict)
    files = models.JSONField(default=dict)  # by format: the digest of the copy as kept
    version = models.PositiveIntegerField(default=0)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.submission} 公开稿"
