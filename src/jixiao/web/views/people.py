"""Accounts, kept by the system administrator; what each is where, given by the security administrator."""

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jixiao.errors import TransitionError
from jixiao.web import access, faults
from jixiao.web.actions import accounts, memberships
from jixiao.web.forms.people import Find, NewName, NewPerson, NewRole
from jixiao.web.lists import page_of
from jixiao.web.models import Membership, User
from jixiao.web.requests import actor, person
from jixiao.web.workflow import Role


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """List the people."""
    form = Find(request.GET)
    found = access.people_of(person(request))
    if form.is_valid():
        found = _narrowed(found, form.cleaned_data)
    page = page_of(request, found.prefetch_related("memberships__organization").order_by("username"))
    return render(request, "people/people.html", {"form": form, "page": page, **_mays(request)})


def _narrowed(found: QuerySet[User], wanted: dict[str, str]) -> QuerySet[User]:
    if word := wanted["q"]:
        found = found.filter(Q(name__icontains=word) | Q(username__icontains=word))
    if wanted["role"]:
        found = found.filter(memberships__role=wanted["role"]).distinct()
    match wanted["state"]:
        case "on" | "off":
            return found.filter(is_active=wanted["state"] == "on")
        case "none":
            return found.filter(memberships=None)
    return found


@require_http_methods(["GET", "POST"])
def person_add(request: HttpRequest) -> HttpResponse:
    """Make an account, and show its first password once."""
    form = NewPerson(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made, word = accounts.add(data["username"], data["name"], actor(request))
        return _told(request, made, word)
    context = {"form": form, "title": "新增账号"}
    return render(request, "people/form.html", context, status=422 if form.is_bound else 200)


@require_safe
def one_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a person: the account, and what they are where."""
    return _shown(request, _mine(request, pk), NewRole(person(request)))


def _shown(request: HttpRequest, one: User, form: NewRole) -> HttpResponse:
    context = {
        "one": one,
        "held": one.memberships.select_related("organization").order_by("organization__path", "role"),
        "form": form,
        "locked": AccessAttempt.objects.filter(
            username=one.username, failures_since_start__gte=settings.AXES_FAILURE_LIMIT
        ).exists(),
        "self": one.pk == person(request).pk,
        **_mays(request),
    }
    return render(request, "people/person.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def person_rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person another name."""
    one = _mine(request, pk)
    form = NewName(request.POST or None, instance=one)
    if request.method == "POST" and form.is_valid():
        accounts.rename(one.pk, form.cleaned_data["name"], actor(request))
        messages.success(request, "姓名已更改。")
        return redirect("person", pk)
    context = {"form": form, "title": f"更改姓名：{one.username}"}
    return render(request, "people/form.html", context, status=422 if form.is_bound else 200)


@require_POST
def person_switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch an account off, or on again."""
    try:
        one = accounts.switch(_mine(request, pk).pk, actor(request))
    except TransitionError as error:
        return faults.stopped(request, error)
    messages.success(
        request, f"账号“{one.username}”已{'启用' if one.is_active else '停用，登录已全部退出'}。"
    )
    return redirect("person", pk)


@require_POST
def person_reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an account a new first password, shown once."""
    return _told(request, *accounts.reset(_mine(request, pk).pk, actor(request)))


@require_POST
def person_unlock(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody try again who was locked out."""
    one = accounts.unlock(_mine(request, pk).pk, actor(request))
    messages.success(request, f"账号“{one.username}”已解除锁定。")
    return redirect("person", pk)


@require_POST
def membership_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person a role."""
    one = _mine(request, pk)
    form = NewRole(person(request), request.POST)
    if not form.is_valid():
        return _shown(request, one, form)
    try:
        made = memberships.give(form.membership(one), actor(request))
    except ValidationError as error:
        form.add_error(None, error)
        return _shown(request, one, form)
    messages.success(request, f"{one}现在是{made.organization}的{made.get_role_display()}。")
    return redirect("person", pk)


@require_POST
def membership_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a role back."""
    kept = Membership.objects.filter(user__in=access.people_of(person(request)))
    held = get_object_or_404(kept, pk=pk)
    try:
        memberships.take(held.pk, actor(request))
    except TransitionError as error:
        return faults.stopped(request, error)
    messages.success(request, f"{held.user}不再是{held.organization}的{held.get_role_display()}。")
    return redirect("person", held.user_id)


def _mine(request: HttpRequest, pk: int) -> User:
    return get_object_or_404(access.people_of(person(request)), pk=pk)


def _told(request: HttpRequest, one: User, word: str) -> HttpResponse:
    return render(request, "people/told.html", {"told": [(one, word)]})


def _mays(request: HttpRequest) -> dict[str, bool]:
    roles = access.all_roles(person(request))
    return {"may_keep": Role.SYSTEM_ADMIN in roles, "may_give": Role.SECURITY_ADMIN in roles}
