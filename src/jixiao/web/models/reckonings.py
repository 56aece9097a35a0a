"""What takes longer than a page may: asked for once, worked out behind it, kept until it is asked for anew."""

from typing import ClassVar

from django.db import models

from jixiao.web.models.people import Organization, User


class Reckoning(models.Model):
    """A question about the filings of a year below an organisation, and its answer as rows of texts and numbers."""

    class Kind(models.TextChoices):
        """What is asked."""

        LIKENESS = "likeness", "文字雷同"
        OTHER_BOOK = "other_book", "换口径试算"

    kind = models.CharField(max_length=12, choices=Kind)
    year = models.PositiveSmallIntegerField()
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    scheme = models.CharField(max_length=80, blank=True)  # the other rule-book
    asked_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    total = models.PositiveIntegerField(default=0)  # filings that it looks at
    done = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)  # filings beyond the stated cap, or without a paper
    rows = models.JSONField(default=list)  # the answer; empty until `finished_at`
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["kind", "year", "organization"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.year}"
