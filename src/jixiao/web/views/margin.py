"""The margin beside a row of a table that is filled in: asked for as one goes through the table, or after an upload."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jixiao.api import filling
from jixiao.web import access
from jixiao.web.access import Right
from jixiao.web.drafts.content import Content, is_locked
from jixiao.web.drafts.live import live_of
from jixiao.web.drafts.margin import margin_of
from jixiao.web.drafts.sheet import named
from jixiao.web.models import Submission
from jixiao.web.requests import person
from jixiao.web.workflow import State


def shown(request: HttpRequest, submission: Submission, content: Content, row: str) -> HttpResponse | None:
    """Answer with the margin of a row and what may be done with it; None where there is no such row."""
    margin = margin_of(submission, content, live_of(content), row)
    if margin is None:
        return None
    roles, state = access.roles_in(person(request), submission), State(submission.state)
    writes = access.allowed(Right.WRITE, roles, state)
    context = {
        "margin": margin, "filing": submission, "attaches": access.allowed(Right.ATTACH, roles, state),
        "arranges": writes and row in content.order and not is_locked(submission, content),
        "opens": [(keys[0], named(keys[0])) for keys in reversed(filling.classes_of(content.form))],
    }  # fmt: skip
    return render(request, "filling/_margin.html", context)
