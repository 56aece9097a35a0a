"""Work behind a request: our own row beside the library's task, so that a killed worker loses and doubles nothing."""

from typing import ClassVar

from django.db import models


class Job(models.Model):
    """A piece of work that may be begun again at any time: what it does, it does once (decision 0007)."""

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", "等待"
        WORKING = "working", "进行中"
        DONE = "done", "完成"
        FAILED = "failed", "未完成"

    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=200)  # what it works on; with `kind` it is the work itself
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=100, blank=True)
    heartbeat = models.DateTimeField(null=True, blank=True)
    message = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The same work is there once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "subject"], name="job_once")]
        indexes: ClassVar = [models.Index(fields=["state", "heartbeat"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
