"""Logging in and out, and one's own password."""

from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from jixiao.web.actions import people
from jixiao.web.forms.accounts import LogIn, NewPassword
from jixiao.web.models import User
from jixiao.web.requests import actor, onward, person


@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; five wrong ones lock the name for half an hour (axes)."""
    form = LogIn(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = authenticate(request, **form.cleaned_data)
        if isinstance(user, User):
            login(request, user)
            people.logged_in(actor(request))
            return redirect(onward(request))
        form.add_error(None, "用户名或密码不对。连续输错五次，账号会锁定半小时。")
    status = 200 if request.method == "GET" else 422
    return render(
        request, "accounts/log_in.html", {"form": form, "next": request.GET.get("next", "")}, status=status
    )


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    if isinstance(request.user, User):
        people.logged_out(actor(request))
    logout(request)
    return redirect("log_in")


@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password."""
    form = NewPassword(person(request), request.POST or None)
    if request.method == "POST" and form.is_valid():
        people.change_password(person(request), form.cleaned_data["new_password1"], actor(request))
        update_session_auth_hash(request, person(request))
        messages.success(request, "密码已更改。")
        return redirect("home")
    status = 200 if request.method == "GET" else 422
    return render(request, "accounts/password.html", {"form": form}, status=status)
