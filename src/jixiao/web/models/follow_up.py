"""What becomes of findings: judged by a person, or put as a demand to the unit, answered and closed."""

from typing import ClassVar

from django.db import models

from jixiao.web.models.filings import Revision, Submission
from jixiao.web.models.people import User


class Judgement(models.Model):
    """What a person said of a finding of a filing: it holds, or it doesn't and why; the latest counts."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="judgements")
    finding = models.CharField(max_length=80)  # the finding's id: it stays the same while its ground does
    code = models.CharField(max_length=8)
    holds = models.BooleanField()
    reason = models.TextField(blank=True)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return self.finding


class Rectification(models.Model):
    """A finding that the unit must put right: the demand, its term, the answer, and whether that is enough."""

    class State(models.TextChoices):
        """How far it is."""

        OPEN = "open", "待整改"
        ANSWERED = "answered", "已答复"
        RETURNED = "returned", "退回重改"
        CLOSED = "closed", "已销号"

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="rectifications")
    number = models.PositiveIntegerField("序号")
    finding = models.CharField(max_length=80, blank=True)
    code = models.CharField("规则", max_length=8, blank=True)
    place = models.CharField("位置", max_length=200, blank=True)
    problem = models.TextField("问题")
    demand = models.TextField("整改要求")
    due = models.DateField("期限", null=True, blank=True)
    answer = models.TextField("整改情况", blank=True)
    verdict = models.TextField("确认意见", blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Numbered within the filing."""

        ordering: ClassVar = ["submission", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "number"], name="rectification_once")
        ]

    def __str__(self) -> str:
        return f"{self.submission} 整改 {self.number}"


class Objection(models.Model):
    """What was said of one row of a revision when the filing was sent back: shown there until the next revision."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="objections")
    revision = models.ForeignKey(Revision, models.CASCADE, null=True, blank=True, related_name="objections")
    where = models.CharField(max_length=80)  # the row's field path: indicators.3, execution
    row = models.CharField("指标", max_length=200)  # as the paper calls it
    text = models.TextField("退回理由")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return self.row
