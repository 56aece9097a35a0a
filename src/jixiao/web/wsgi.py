"""The door for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

from jixiao.web.turns import Application, Turns, in_turn
from jixiao.web.worker import leave_with_server

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jixiao.web.settings")
application = get_wsgi_application()


def served() -> Application:
    """Return the site to a process of `jixiao serve`, which ends when the server does and answers in turn."""
    leave_with_server()
    return in_turn(application, Turns())
