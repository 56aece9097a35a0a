"""What people are told in the application, and the lists that they keep."""

from typing import ClassVar

from django.db import models

from jixiao.web.models.filings import Submission
from jixiao.web.models.people import User


class Notice(models.Model):
    """A sentence to one person about a filing."""

    user = models.ForeignKey(User, models.CASCADE, related_name="notices")
    submission = models.ForeignKey(Submission, models.CASCADE, null=True, blank=True, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    waits = models.BooleanField("待发邮件", default=False)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["user", "read_at"]),
            models.Index(fields=["at"], condition=models.Q(waits=True), name="notice_waits"),
        ]

    def __str__(self) -> str:
        return self.text


class SavedView(models.Model):
    """A list with its filters, kept under a name."""

    user = models.ForeignKey(User, models.CASCADE, related_name="views")
    page = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    query = models.TextField(blank=True)

    class Meta:
        """A name is used once on a page."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "page", "name"], name="view_once")]

    def __str__(self) -> str:
        return self.name
