"""The log, for the audit administrator: looked through, exported, verified."""

from datetime import datetime, time, timedelta
from itertools import islice

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from jixiao import api
from jixiao.web import log
from jixiao.web.actions import logs as acts
from jixiao.web.downloads import attachment
from jixiao.web.forms.logs import Find
from jixiao.web.lists import page_of
from jixiao.web.models import LogEntry
from jixiao.web.requests import actor

_MOST = 20_000  # entries of one export: what a workbook opens at once
_FAULTS = 20
_HEADS = ("序号", "时间", "人员", "地址", "操作", "对象", "内容", "摘要")


@require_http_methods(["GET", "POST"])
def log_page(request: HttpRequest) -> HttpResponse:
    """Show the log, newest first; a POST verifies the chain."""
    if request.method == "POST":
        _verify(request)
        return redirect("log")
    form = Find(request.GET)
    page = page_of(request, _found(form).select_related("submission__project"))
    return render(request, "logs/log.html", {"form": form, "page": page, "days": log.KEPT.days})


def _verify(request: HttpRequest) -> None:
    faults = list(islice(log.verify(), _FAULTS))
    for fault in faults:
        messages.error(request, f"{fault}。")
    if not faults:
        messages.success(request, f"全部 {LogEntry.objects.count()} 条日志首尾相接，没有被更改、删除或插入。")


def _found(form: Find) -> QuerySet[LogEntry]:
    rows = LogEntry.objects.order_by("-number")
    if not form.is_valid():
        return rows
    wanted = form.cleaned_data
    if word := wanted["q"]:
        rows = rows.filter(Q(text__icontains=word) | Q(subject__icontains=word))
    if wanted["who"]:
        rows = rows.filter(actor_name__icontains=wanted["who"])
    if wanted["action"] == "filing":
        rows = rows.exclude(submission=None)
    elif wanted["action"]:
        rows = rows.filter(action=wanted["action"])
    if wanted["first"]:
        rows = rows.filter(at__gte=_midnight(wanted["first"]))
    return rows.filter(at__lt=_midnight(wanted["last"]) + timedelta(days=1)) if wanted["last"] else rows


def _midnight(day: datetime) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


@require_safe
def log_export(request: HttpRequest) -> HttpResponse:
    """Give the entries that are looked at as a workbook; that is logged too."""
    found = _found(Find(request.GET))
    count = found.count()
    notes = [f"共 {count} 条" + (f"，只列最新的 {_MOST} 条：请按日期分几次导出" if count > _MOST else "")]
    data = api.write_table("操作日志", _HEADS, (_row(entry) for entry in found[:_MOST]), notes)
    acts.exported(min(count, _MOST), actor(request))
    return attachment(data, "操作日志.xlsx")


def _row(entry: LogEntry) -> tuple[str, ...]:
    at = timezone.localtime(entry.at).strftime("%Y-%m-%d %H:%M:%S")
    said = (entry.actor_name, entry.address, entry.action, entry.subject, entry.text, entry.digest)
    return (str(entry.number), at, *said)
