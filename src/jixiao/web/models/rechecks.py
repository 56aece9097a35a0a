"""The bureau's re-check: who has it, and the scores and reasons row by row."""

from typing import ClassVar

from django.db import models

from jixiao.web.models.filings import Revision, Submission
from jixiao.web.models.people import Organization, User


class Assignment(models.Model):
    """A filing given to a person or an agency: an agency sees nothing else."""

    class Purpose(models.TextChoices):
        """What it is given for."""

        RECHECK = "recheck", "复核"
        SECOND = "second", "二次复核（互不可见）"
        EVALUATE = "evaluate", "第三方评价"

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="assignments")
    purpose = models.CharField(max_length=10, choices=Purpose)
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="assignments")
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.submission} {self.get_purpose_display()}"


class Recheck(models.Model):
    """One reviewer's re-check of one revision; a second one sees the first only when both are done.

    What is scored in a spot check (`sampled`) stands beside what the filing was accepted with, by the same person too.
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="rechecks")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="rechecks")
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="rechecks")
    second = models.BooleanField("二次复核", default=False)
    sampled = models.BooleanField("抽查", default=False)
    # by indicator number: {"score": "8.50", "reason": "...", "value": "..."}; texts, exact as typed
    rows = models.JSONField(default=dict)
    opinion = models.TextField("复核意见", blank=True)
    total = models.IntegerField("复核得分", null=True, blank=True)  # hundredths
    version = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A reviewer re-checks a revision once, and once more in a spot check."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["revision", "reviewer", "sampled"], name="recheck_once")
        ]

    def __str__(self) -> str:
        return f"{self.submission} {self.reviewer}"
