"""Which rows name a kept file by its digest: what a backup must hold, and what a sweep must leave."""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader

# Fields called `digest` that are not of a kept file: they cover a text, or a secret.
OF_NO_FILE = {"LogEntry", "LogHead", "Revision", "Token"}
MARK, MANY = "digest", "files"  # one digest; by some key, several


def fields() -> Iterator[tuple[type[models.Model], str]]:
    """Yield every field that names kept files."""
    for model in apps.get_app_config("web").get_models():
        if model.__name__ in OF_NO_FILE:
            continue
        for field in model._meta.concrete_fields:  # noqa: SLF001 - Django's way
            if field.name in {MARK, MANY} or field.name.endswith(f"_{MARK}"):
                yield model, field.name


def named() -> set[str]:
    """Return the digests of all files that rows name."""
    found: set[str] = set()
    for model, field in fields():
        for held in model._default_manager.values_list(field, flat=True).iterator():  # noqa: SLF001 - as above
            found |= set(held.values()) if isinstance(held, dict) else {str(held)}
    return found - {""}


def migrations() -> set[str]:
    """Return the migrations that this program knows."""
    return {f"{app}.{name}" for app, name in MigrationLoader(connection).disk_migrations}
