"""Who did what, when, from where: a chain in which nothing can be changed or left out unseen."""

from typing import ClassVar

from django.db import models

from jixiao.web.models.filings import Submission
from jixiao.web.models.people import User


class LogEntry(models.Model):
    """One act; its digest covers what it says and the digest before it (`log.append`, `jixiao log verify`)."""

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    actor_name = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=45, blank=True)
    action = models.CharField(max_length=40)
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, blank=True, related_name="log")
    subject = models.CharField(max_length=200, blank=True)  # what it was done to, as it was called then
    text = models.TextField(blank=True)  # the sentence for people
    details = models.TextField(default="{}")  # JSON with sorted keys: part of what the digest covers
    previous = models.CharField(max_length=80, blank=True)
    digest = models.CharField(max_length=80)

    class Meta:
        """In the order of the chain."""

        ordering: ClassVar = ["number"]
        indexes: ClassVar = [models.Index(fields=["submission", "number"])]

    def __str__(self) -> str:
        return f"{self.number} {self.action}"


class LogHead(models.Model):
    """The end of the chain: one row, locked while an entry is added, so that numbers never repeat or skip."""

    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=80, blank=True)
    # where the chain begins once entries older than the time they must be kept have been exported and removed
    first = models.PositiveBigIntegerField(default=1)
    before = models.CharField(max_length=80, blank=True)

    def __str__(self) -> str:
        return str(self.number)
