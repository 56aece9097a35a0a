"""Work asked for behind a request: a row that says what, and the library's task that says do it (decision 0007).

The library forgets a task whose worker was killed. The row doesn't: it has a heartbeat while somebody works on it, is
claimed by one worker at a time, and is asked for again when the heart has stopped. Work may therefore be begun twice
and must do what it does once: it writes its result in one transaction that looks first whether it is wanted still.
"""

import logging
import os
import socket
from datetime import timedelta
from threading import Event, Thread

from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

from jixiao.errors import JixiaoError
from jixiao.web.models import Job
from jixiao.web.outages import is_outage

BEAT = timedelta(seconds=5)
STALE = timedelta(seconds=30)
ATTEMPTS = 3
_LOG = logging.getLogger(__name__)
# By the job's kind: the function that does it, given its subject, and says in a sentence what came of it, or nothing.
# By their dotted names, as settings have them: what is done stands above the rows that ask for it.
KINDS = {
    "check_file": "jixiao.web.checked.reading.read",
    "check_together": "jixiao.web.checked.reading.together",
    "start_draft": "jixiao.web.actions.beginning.read",
    "reckoning": "jixiao.web.board.reckoning.reckon",
}


@task
def do(pk: int) -> None:
    """Do a job, if it is still to be done and nobody else has it."""
    job = claim(pk)
    if job is None:
        return
    try:
        with Heart(job):
            said = str(import_string(KINDS[job.kind])(job.subject) or "")
    except JixiaoError as error:
        failed(job, str(error))
    except Exception as error:
        if is_outage(error):  # nothing is wrong with the work: the row stays, and is asked for again
            raise
        _LOG.exception("%s", job)
        failed(job, "处理时程序遇到意外，没有完成。请再试一次；仍不行，请把时间告诉系统管理员。")
    else:
        done(job, said)


def ask(kind: str, subject: str) -> Job:
    """Ask for a piece of work, once: what waits or is being done is not asked for again; what is done is done anew.

    Call it inside the transaction that makes it wanted: it is told to a worker once that is committed.
    """
    job, made = Job.objects.select_for_update().get_or_create(kind=kind, subject=subject)
    if not made and job.state in {Job.State.DONE, Job.State.FAILED}:
        job.state, job.attempts, job.message, job.done_at = Job.State.WAITING, 0, "", None
        job.save()
    transaction.on_commit(lambda: _tell(job.pk))
    return job


def is_open(kind: str, subject: str) -> bool:
    """Tell whether a piece of work waits or is being done."""
    return Job.objects.filter(kind=kind, subject=subject, state__in=_OPEN).exists()


_OPEN = (Job.State.WAITING, Job.State.WORKING)


def claim(pk: int) -> Job | None:
    """Take a job that waits, or whose worker's heart has stopped; None where another has it or it is done."""
    now = timezone.now()
    free = Q(state=Job.State.WAITING) | Q(state=Job.State.WORKING, heartbeat__lt=now - STALE)
    taken = Job.objects.filter(free, pk=pk).update(
        state=Job.State.WORKING, attempts=F("attempts") + 1, worker=_me(), heartbeat=now
    )
    return Job.objects.get(pk=pk) if taken else None


def done(job: Job, message: str = "") -> None:
    """Note that a job is done; `message` says what came of it, where somebody will ask."""
    _end(job, Job.State.DONE, message)


def failed(job: Job, message: str) -> None:
    """Note that a job can't be done, in a sentence for the user."""
    _end(job, Job.State.FAILED, message)


def recover() -> int:
    """Ask again for what a killed worker left, and for what nobody took up; return how many."""
    now = timezone.now()
    stopped = Q(state=Job.State.WORKING, heartbeat__lt=now - STALE)
    tried = Job.objects.filter(stopped, attempts__gte=ATTEMPTS)
    tried.update(
        state=Job.State.FAILED, done_at=now, message="处理时程序几次中断，已停止。可另存为其他格式后再试。"
    )
    left = list(
        Job.objects.filter(stopped | Q(state=Job.State.WAITING, created_at__lt=now - STALE)).values_list(
            "pk", flat=True
        )
    )
    for pk in left:
        _tell(pk)
    return len(left)


class Heart:
    """Beats for a job while it is being done, from a thread with its own connection."""

    def __init__(self, job: Job) -> None:
        self._job, self._stopped = job, Event()
        self._thread = Thread(target=self._beat, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *exc: object) -> None:
        self._stopped.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._stopped.wait(BEAT.total_seconds()):
            try:
                Job.objects.filter(pk=self._job.pk, worker=_me()).update(heartbeat=timezone.now())
            except (
                DatabaseError,
                InterfaceError,
            ):  # somebody writes for long, or it is down: the next beat tells as well
                connection.close()
        connection.close()


def _end(job: Job, state: Job.State, message: str) -> None:
    mine = Job.objects.filter(pk=job.pk, worker=_me(), state=Job.State.WORKING)
    mine.update(state=state, message=message, done_at=timezone.now())


def _tell(pk: int) -> None:
    do.enqueue(pk)


def _me() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"
