"""The bureau's re-check of a filing: scores and reasons row by row, kept while they are typed; two compared."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from jixiao.errors import JixiaoError
from jixiao.web import access, faults, filing_files, rechecking, records
from jixiao.web.access import Right
from jixiao.web.actions import reviewing
from jixiao.web.actions.reviewing import Typed
from jixiao.web.forms.rechecks import Opinion, RecheckRow, Seen
from jixiao.web.log import Actor
from jixiao.web.models import Recheck, Submission, User
from jixiao.web.records import Row
from jixiao.web.requests import actor, person
from jixiao.web.views.downloads import attached
from jixiao.web.views.filings import around


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the page: what the paper has, what is computed, what the reviewer typed."""

    row: Row
    score: str
    value: str
    reason: str

    @property
    def apart(self) -> Decimal | None:
        """By how much the reviewer's score is above the unit's own; None where either is silent."""
        if not self.score or self.row.printed is None:
            return None
        return Decimal(self.score) - self.row.printed

    @property
    def wants_reason(self) -> bool:
        """Whether the score differs and no reason is given yet."""
        return bool(self.score) and self.apart != 0 and not self.reason


@require_GET
def recheck(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the re-check: one's own to be typed into where one may, others' where one may see them."""
    user = person(request)
    submission = access.submission_for(user, pk)
    context = around(request, submission, "recheck")
    if submission.revision is not None:
        rows = records.rows_of(records.review_of(submission.revision))
        context |= _own(user, submission, rows)
        context |= _others(user, submission, rows)
    context["assigned"] = rechecking.assigned(submission)
    context["blind"] = rechecking.is_blind(submission)
    context["sampling"] = rechecking.is_sampled(submission)
    return render(request, "rechecks/recheck.html", context)


def _own(user: User, submission: Submission, rows: tuple[Row, ...]) -> dict[str, object]:
    mine = rechecking.of(submission, user)
    return {
        "mine": mine,
        "lines": _lines(rows, mine),
        "version": mine.version if mine else 0,
        **_sum(rows, mine),
    }


def _lines(rows: tuple[Row, ...], kept: Recheck | None) -> list[Line]:
    typed = kept.rows if kept is not None else {}
    return [_line(row, typed.get(row.key, {})) for row in rows]


def _line(row: Row, told: dict[str, str]) -> Line:
    return Line(row, told.get("score", ""), told.get("value", ""), told.get("reason", ""))


def _sum(rows: tuple[Row, ...], kept: Recheck | None) -> dict[str, object]:
    """Return how far one's own re-check is: scored rows, their sum beside the unit's own for the same rows."""
    lines = _lines(rows, kept)
    scored = [line for line in lines if line.score]
    return {
        "scored": len(scored),
        "sum": sum((Decimal(line.score) for line in scored), Decimal(0)),
        "unsaid": sum(line.wants_reason for line in lines),
    }


def _others(user: User, submission: Submission, rows: tuple[Row, ...]) -> dict[str, object]:
    """Return the finished re-checks that a person may see, and how far two of them agree."""
    done = list(rechecking.shown_to(user, submission).exclude(done_at=None))
    found: dict[str, object] = {"done": done}
    accepted = [one for one in done if not one.sampled]
    if len(accepted) > 1:
        found["agreement"] = rechecking.agreement(rows, accepted[0].rows, accepted[1].rows)
    elif done:
        found["table"] = _lines(rows, done[-1])
    return found


@require_POST
def row(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a row as it was typed, and answer with the row and the sum; what can't be kept is said at the row."""
    submission = access.submission_for(person(request), pk, may=Right.RECHECK)
    form = RecheckRow(request.POST)
    if not form.is_valid():
        return _refused(request, form)
    told = form.cleaned_data
    typed = Typed(told["score"], told["value"], told["reason"])
    try:
        kept = reviewing.keep_row(pk, told["seen"], told["key"], typed, actor(request))
    except JixiaoError as error:
        return faults.stopped(request, error)
    return _kept(request, submission, kept, told["key"])


def _refused(request: HttpRequest, form: RecheckRow) -> HttpResponse:
    said = next((str(error) for errors in form.errors.values() for error in errors), "没有看懂所填内容。")
    return render(request, "rechecks/_refused.html", {"said": said}, status=400)


def _kept(request: HttpRequest, submission: Submission, kept: Recheck, key: str) -> HttpResponse:
    rows = records.rows_of(records.review_of(kept.revision))
    line = next(line for line in _lines(rows, kept) if line.row.key == key)
    context = {"line": line, "filing": submission, "version": kept.version, "mine": kept, **_sum(rows, kept)}
    return render(request, "rechecks/_kept.html", {**context, "rows_count": len(rows)})


@require_POST
def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what a reviewer says of the whole."""
    submission = access.submission_for(person(request), pk, may=Right.RECHECK)
    form = Opinion(request.POST)
    if not form.is_valid():
        return faults.bad(request)
    try:
        kept = reviewing.keep_opinion(
            pk, form.cleaned_data["seen"], form.cleaned_data["opinion"], actor(request)
        )
    except JixiaoError as error:
        return faults.stopped(request, error)
    rows = records.rows_of(records.review_of(kept.revision))
    context = {
        "filing": submission,
        "version": kept.version,
        "mine": kept,
        "rows_count": len(rows),
        **_sum(rows, kept),
    }
    return render(request, "rechecks/_foot.html", context)


@require_POST
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill what is empty with the computed scores."""
    return _done(request, pk, reviewing.adopt, "空白行已填上按口径重算的得分，请逐行核对。")


@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Finish one's own re-check."""
    return _done(request, pk, reviewing.finish, "复核已完成。")


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own re-check up again."""
    return _done(request, pk, reviewing.reopen, "复核已重新打开，可以继续修改。")


def _done(
    request: HttpRequest, pk: int, act: Callable[[int, int, Actor], Recheck], said: str
) -> HttpResponse:
    access.submission_for(person(request), pk, may=Right.RECHECK)
    form = Seen(request.POST)
    if not form.is_valid():
        return faults.bad(request)
    try:
        act(pk, form.cleaned_data["seen"], actor(request))
    except JixiaoError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("recheck", pk)


@require_GET
def download(request: HttpRequest, pk: int, number: int, what: str) -> HttpResponse:
    """Answer with a finished re-check as its form, or as a drafted report."""
    user = person(request)
    submission = access.submission_for(user, pk)
    found = rechecking.shown_to(user, submission).exclude(done_at=None).filter(pk=number).first()
    if found is None:
        raise Http404("没有这份复核，或它还没有完成")
    try:
        report = what == "report"
        return attached(
            filing_files.recheck_report(found) if report else filing_files.recheck_form(found, what)
        )
    except JixiaoError as error:
        messages.error(request, str(error))
        return redirect("recheck", pk)
