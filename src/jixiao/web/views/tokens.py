"""Keys of programs: one's own, listed, made, revoked."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from jixiao.web.actions import tokens as keys
from jixiao.web.forms.tokens import NewToken
from jixiao.web.requests import actor, person
from jixiao.web.rest.keys import SCOPES


@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """List one's keys and make a new one, whose word is shown this once."""
    form, word = NewToken(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        _, word = keys.make(asked["name"], asked["scopes"], asked["days"], actor(request))
        form = NewToken()
    known = {
        "form": form, "word": word, "now": timezone.now(), "scopes": SCOPES,
        "held": person(request).tokens.all(),
    }  # fmt: skip
    return render(request, "tokens/tokens.html", known, status=422 if form.errors else 200)


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke one of one's own keys."""
    held = keys.revoke(pk, actor(request))
    messages.success(request, f"密钥“{held.name}”已撤销，立即失效。")
    return redirect("tokens")
