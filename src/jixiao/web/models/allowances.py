"""How often something was asked for lately: what limits guessing of passwords and floods of files."""

from typing import ClassVar

from django.db import models


class Allowance(models.Model):
    """How often a key (what, by whom) was counted within a stretch of time; shared by all server processes."""

    key = models.CharField(max_length=120)
    since = models.BigIntegerField()  # seconds; where the stretch of time begins
    count = models.PositiveIntegerField(default=0)

    class Meta:
        """One row a key and stretch."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["key", "since"], name="allowance_once")]

    def __str__(self) -> str:
        return f"{self.key} {self.count}"
