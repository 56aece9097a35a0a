"""The application as Django knows it."""

from django.apps import AppConfig


class Web(AppConfig):
    """The only app of the project."""

    name = "jixiao.web"
    label = "web"
    verbose_name = "绩效自评"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let Django know of the deployment checks."""
        from jixiao.web import checks  # noqa: F401, PLC0415 - registers them; needs the settings
