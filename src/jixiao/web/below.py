"""What stands below an organisation: its path begins the paths of all that does, itself among them."""

from django.db import connection
from django.db.models import Q

_AFTER_SLASH = "0"  # the character after "/"


def below(path: str) -> Q:
    """Return the condition on `path` for an organisation and all that stands below it, such that an index serves.

    PostgreSQL has an index for prefixes; SQLite's order is that of bytes, so that a prefix is a stretch of it.
    """
    if connection.vendor == "sqlite":
        return Q(path__gte=path, path__lt=path[:-1] + _AFTER_SLASH)
    return Q(path__startswith=path)
