"""Files that were handed in: as filings, as evidence of an indicator, as answers to a demand."""

from typing import ClassVar

from django.db import models

from jixiao.web.models.filings import Submission
from jixiao.web.models.people import User


class Attachment(models.Model):
    """A file, kept under its digest (`files.keep`) and never changed; taken back, it stays, marked so."""

    class Kind(models.TextChoices):
        """What it is for."""

        EVIDENCE = "evidence", "佐证"
        SOURCE = "source", "原件"

    submission = models.ForeignKey(
        Submission, models.PROTECT, null=True, blank=True, related_name="attachments"
    )
    rectification = models.ForeignKey(
        "Rectification", models.PROTECT, null=True, blank=True, related_name="attachments"
    )
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.EVIDENCE)
    record = models.TextField(blank=True)  # of a source: the papers that were read in it, as JSON
    row = models.CharField("指标行", max_length=60, blank=True)  # the draft's row id that it is evidence for
    anchor = models.CharField("页码或位置", max_length=100, blank=True)
    name = models.CharField("文件名", max_length=255)
    digest = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    author = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return self.name
