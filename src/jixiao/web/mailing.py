"""Notices by mail, for whoever asked for them: sent by the worker, never in a request; off unless JIXIAO_MAIL is set.

A mail names the project and the page, and no person. One that a worker was killed over may come twice, none is lost
but those that a mail server refused for two days.
"""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse
from django.utils import timezone

from jixiao.web.models import Notice, User
from jixiao.web.workflow import Role

_AT_ONCE = 100
_OLD = timedelta(days=2)  # after which a mail would be no news any more
_SILENCE = timedelta(days=1)  # between two notices that the mail server fails
_FAILED = (
    "通知邮件发不出去，系统内的通知不受影响。请检查 JIXIAO_MAIL 和邮件服务器；修好后会自动补发两天内的。"
)
_BODY = """{what}有新的通知。请登录后查看：
{address}

这封邮件由系统自动发出，请不要回复。不想再收，请登录后在“邮件通知”里清空邮箱。
"""
_LOG = logging.getLogger(__name__)


def wants(user: User) -> bool:
    """Tell whether a person is to be told by mail too."""
    return bool(settings.MAIL and user.email)


def send() -> bool:
    """Send what waits; tell whether the mail server took it. What fails waits, and is told to the administrators."""
    now = timezone.now()
    Notice.objects.filter(waits=True, at__lt=now - _OLD).update(waits=False)
    rows = Notice.objects.filter(waits=True).select_related("user", "submission__project").order_by("pk")
    waiting = list(rows[:_AT_ONCE])
    if not waiting:
        return True
    try:
        with get_connection() as connection:
            for notice in waiting:
                _send(notice, connection)
    except (OSError, SMTPException) as error:
        _LOG.error("%s（%s）", _FAILED, error)
        _tell(now)
        return False
    return True


def _send(notice: Notice, connection: BaseEmailBackend) -> None:
    try:
        if notice.submission is not None and notice.user.email:
            _mail(notice, connection).send()
    except SMTPRecipientsRefused:
        _LOG.warning("邮件服务器不认用户 %s 的邮箱，这封没有发", notice.user_id)
    Notice.objects.filter(pk=notice.pk).update(waits=False)


def _mail(notice: Notice, connection: BaseEmailBackend) -> EmailMessage:
    page = settings.ADDRESS + reverse("filing", args=[notice.submission_id])
    body = _BODY.format(what=f"“{notice.submission}”", address=page)
    return EmailMessage(
        f"“{notice.submission}”有新的通知", body, to=[notice.user.email], connection=connection
    )


def _tell(now: datetime) -> None:
    """Tell the administrators of the system, once a day."""
    if Notice.objects.filter(text=_FAILED, at__gte=now - _SILENCE).exists():
        return
    people = User.objects.filter(memberships__role=Role.SYSTEM_ADMIN.value, is_active=True).distinct()
    Notice.objects.bulk_create(Notice(user=user, text=_FAILED, at=now) for user in people)
