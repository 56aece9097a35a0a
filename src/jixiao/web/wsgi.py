"""The door for a WSGI server."""

import os

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

from jixiao.web.worker import leave_with_server

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jixiao.web.settings")
application = get_wsgi_application()


def served() -> WSGIHandler:
    """Return the site to a process of `jixiao serve`, which ends when the server does."""
    leave_with_server()
    return application
