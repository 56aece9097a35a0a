"""Logging in and out, one's own password, and where one's notices go too."""

from secrets import token_hex
from time import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from jixiao.web import addresses, allowances, faults
from jixiao.web.actions import people
from jixiao.web.forms.accounts import LogIn, Mail, NewPassword
from jixiao.web.gate import BORN, LOGIN
from jixiao.web.models import User
from jixiao.web.requests import actor, onward, person

_KEY = 16  # octets
_OFTEN = "登录太频繁了。请过一会儿再试；忘了密码，请找本单位的系统管理员。"


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; five wrong ones lock the name for half an hour (axes)."""
    form = LogIn(request.POST or None)
    if request.method == "POST":
        if not allowances.taken("log_in", addresses.sender(request), allowances.LOG_INS):
            return faults.too_often(request, _OFTEN)
        if form.is_valid():
            username = form.cleaned_data["username"]
            if allowances.spent("guess", username, allowances.GUESSES):
                return faults.too_often(request, _OFTEN)
            user = authenticate(request, **form.cleaned_data)
            if isinstance(user, User):
                return _in(request, user)
            allowances.taken("guess", username, allowances.GUESSES)
            people.not_logged_in(username, actor(request))
            form.add_error(None, "用户名或密码不对。连续输错五次，账号会锁定半小时。")
    to = request.POST.get("next") or request.GET.get("next", "")
    status = 200 if request.method == "GET" else 422
    return render(request, "accounts/log_in.html", {"form": form, "next": to}, status=status)


def _in(request: HttpRequest, user: User) -> HttpResponse:
    """Begin a session that counts."""
    login(request, user)
    key = token_hex(_KEY)
    request.session[BORN], request.session[LOGIN] = int(time()), key
    people.logged_in(user, key, actor(request))
    return redirect(onward(request))


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    if isinstance(request.user, User):
        people.logged_out(request.user, request.session.get(LOGIN, ""), actor(request))
    logout(request)
    return redirect("log_in")


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; every other session of one's own ends."""
    user = person(request)
    form = NewPassword(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        key = request.session.get(LOGIN, "")
        people.change_password(user, form.cleaned_data["new_password1"], key, actor(request))
        update_session_auth_hash(request, user)
        messages.success(request, "密码已更改；您在其他电脑上的登录已全部退出。")
        return redirect("home")
    status = 200 if request.method == "GET" else 422
    return render(request, "accounts/password.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def mail(request: HttpRequest) -> HttpResponse:
    """Choose where one's own notices go too; where the site sends no mail there is no such page."""
    if not settings.MAIL:
        raise Http404("没有开通邮件通知")
    user = person(request)
    form = Mail(request.POST or None, initial={"email": user.email})
    if request.method == "POST" and form.is_valid():
        people.choose_mail(user, form.cleaned_data["email"], actor(request))
        messages.success(request, "已保存。" if user.email else "已保存：不再发邮件，系统内的通知照旧。")
        return redirect("mail")
    return render(request, "accounts/mail.html", {"form": form}, status=422 if form.errors else 200)
