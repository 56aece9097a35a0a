"""Keys of programs."""

from typing import ClassVar

from django.db import models

from jixiao.web.models.people import User


class Token(models.Model):
    """A program's key: it acts as its user, within its scope, until it expires; only its digest is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = models.CharField("用途", max_length=100)
    digest = models.CharField(max_length=80, unique=True)
    scope = models.CharField("范围", max_length=200)  # words of `rest.SCOPES`, separated by spaces
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField("有效期至")
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return self.name
