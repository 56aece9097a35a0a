"""A database that doesn't answer, or is held by others for too long: what counts as that, and waiting for it."""

import logging
from time import monotonic, sleep

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import DatabaseError, InterfaceError, OperationalError, connection, connections

_PAUSE = 0.5  # seconds between two questions
_ANSWERED = (
    "SQLITE_ERROR",
    "SQLITE_MISUSE",
)  # a table that isn't there: SQLite files that under the same kind
_LOG = logging.getLogger(__name__)


def is_outage(error: BaseException | None) -> bool:
    """Tell whether an error says nothing of what was asked, only that the database couldn't answer now."""
    while isinstance(error, SessionInterrupted | UpdateError):  # so it is called where a session is kept
        error = error.__context__
    if type(error) is DatabaseError:  # the server was gone before it could name a reason
        return True
    named = str(getattr(getattr(error, "__cause__", None), "sqlite_errorname", ""))
    return isinstance(error, OperationalError | InterfaceError) and not named.startswith(_ANSWERED)


def wait(patience: float | None = None) -> str:
    """Wait until the database answers, for so many seconds at most (None: for as long as it takes).

    Returns:
        Why it doesn't, if so; "" once it does.
    """
    begun, told = monotonic(), False
    while said := fault():
        if patience is not None and monotonic() - begun > patience:
            return said
        if not told:
            _LOG.warning("数据库暂时连不上，正在等它恢复（%s）", said)
            told = True
        sleep(_PAUSE)
    if told:
        _LOG.warning("数据库已经恢复")
    return ""


def fault() -> str:
    """Ask the database for nothing, by a connection made anew; return why it doesn't answer, "" where it does."""
    connections.close_all()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (OperationalError, InterfaceError) as error:
        return " ".join(str(error).split()) or type(error).__name__
    return ""
