"""What a worker does: each kind of job, and the function that does it."""

import logging
from collections.abc import Callable

from django_tasks import task

from jixiao.errors import JixiaoError
from jixiao.web import jobs
from jixiao.web.board import reckoning
from jixiao.web.checked import reading

_LOG = logging.getLogger(__name__)
# By the job's kind: what does it, given its subject; returns a sentence on what came of it, or nothing.
KINDS: dict[str, Callable[[str], str]] = {
    reading.READ: reading.read,
    reading.TOGETHER: reading.together,
    reckoning.JOB: reckoning.reckon,
}


@task
def do(pk: int) -> None:
    """Do a job, if it is still to be done and nobody else has it."""
    job = jobs.claim(pk)
    if job is None:
        return
    try:
        with jobs.Heart(job):
            said = KINDS[job.kind](job.subject)
    except JixiaoError as error:
        jobs.failed(job, str(error))
    except Exception:  # noqa: BLE001 - whatever it is, the job's row must not stay as if it were worked on
        _LOG.exception("%s", job)
        jobs.failed(job, "处理时程序遇到意外，没有完成。请再试一次；仍不行，请把时间告诉系统管理员。")
    else:
        jobs.done(job, said)
