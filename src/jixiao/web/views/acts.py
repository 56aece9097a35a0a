"""The acts of the workflow, done from the browser: each with the version that was seen and, where wanted, a reason."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from jixiao.errors import JixiaoError
from jixiao.web import access, rechecking, records
from jixiao.web.actions import move
from jixiao.web.forms.filings import Accept, Act, Reassign, SendBack
from jixiao.web.models import Submission, User
from jixiao.web.requests import actor, person
from jixiao.web.views.filings import ELSEWHERE, around
from jixiao.web.workflow import Action, State, transition

_COUNTED = frozenset({Action.ACCEPT, Action.PASS_SPOT_CHECK})  # where a re-check's score comes to count
_SENT_BACK = frozenset({Action.RETURN, Action.RETURN_TARGETS})


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Ask what an act needs, and do it."""
    wanted = _action(action)
    if request.method == "GET":
        submission = access.submission_for(person(request), pk, may=wanted)
        if wanted in ELSEWHERE:
            return redirect(ELSEWHERE[wanted], pk)
        return _page(request, submission, wanted, _form(person(request), submission, wanted, None))
    submission = access.submission_for(person(request), pk)
    form = _form(person(request), submission, wanted, request)
    if not form.is_valid():
        return _page(request, submission, wanted, form, status=422)
    try:
        moved = move(pk, form.move(wanted), actor(request))
    except JixiaoError as error:
        form.add_error(None, str(error))
        return _page(request, access.submission_for(person(request), pk), wanted, form, status=409)
    messages.success(request, f"已办理。“{moved}”现在是“{moved.get_state_display()}”。")
    return redirect("filing", pk)


def _action(word: str) -> Action:
    found = next((action for action in Action if action == word), None)
    if found is None:
        raise Http404("没有这种办理")
    return found


def _form(user: User, submission: Submission, wanted: Action, request: HttpRequest | None) -> Act:
    data = request.POST if request is not None else None
    start = {"seen": submission.version}
    if wanted in _SENT_BACK:
        rows = (
            records.rows_of(records.review_of(submission.revision)) if submission.revision is not None else ()
        )
        return SendBack(rows, data, initial=start)
    if wanted in _COUNTED:
        sampled = wanted is Action.PASS_SPOT_CHECK
        done = rechecking.shown_to(user, submission).exclude(done_at=None).filter(sampled=sampled)
        return Accept(done, data, initial=start)
    if wanted is Action.REASSIGN:
        return Reassign(submission, data, initial=start)
    return Act(data, initial=start)


def _page(
    request: HttpRequest, submission: Submission, wanted: Action, form: Act, status: int = 200
) -> HttpResponse:
    """Show the page of an act; after somebody else's it says so and shows where the filing stands now."""
    context = around(request, submission, "filing")
    row = transition(wanted, State(submission.state))
    context |= {
        "form": form,
        "row": row,
        "action": wanted,
        "finished": rechecking.finished(submission).count(),
        "sampled": list(rechecking.sampled(submission)),
    }
    context["waiting"] = rechecking.waiting_for(submission)
    return render(request, "filings/act.html", context, status=status)
