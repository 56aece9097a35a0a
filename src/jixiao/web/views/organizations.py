"""The tree of organisations and their projects, kept by the system administrator."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jixiao.errors import TransitionError
from jixiao.web import access, faults
from jixiao.web.actions import organizations as acts
from jixiao.web.forms.organizations import OrganizationForm, ProjectForm, Search
from jixiao.web.lists import page_of
from jixiao.web.models import Organization, Project
from jixiao.web.requests import actor, person


@require_safe
def organizations(request: HttpRequest) -> HttpResponse:
    """Show the tree as a list, each below its own."""
    form = Search(request.GET)
    found = access.kept_by(person(request)).order_by("path")
    if form.is_valid() and form.cleaned_data["q"]:
        word = form.cleaned_data["q"]
        found = found.filter(Q(name__icontains=word) | Q(code__startswith=word))
    page = page_of(request, found)
    rows = [(one, one.path.count("/") - 2) for one in page]
    return render(request, "organizations/organizations.html", {"form": form, "page": page, "rows": rows})


@require_safe
def organization(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an organisation, its projects and who is what there."""
    one = _mine(request, pk)
    return render(
        request,
        "organizations/organization.html",
        {
            "one": one,
            "projects": page_of(request, one.projects.order_by("name")),
            "members": one.memberships.select_related("user").order_by("role", "user__username"),
            "children": one.children.all(),
        },
    )


@require_http_methods(["GET", "POST"])
def organization_add(request: HttpRequest) -> HttpResponse:
    """Add an organisation."""
    above = access.kept_by(person(request)).filter(pk=_number(request)).first()
    blank = Organization(parent=above)
    return _typed(
        request, OrganizationForm(person(request), request.POST or None, instance=blank), "新增单位"
    )


@require_http_methods(["GET", "POST"])
def organization_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename an organisation, or correct it."""
    one = _mine(request, pk)
    return _typed(request, OrganizationForm(person(request), request.POST or None, instance=one), "修改单位")


def _typed(request: HttpRequest, form: OrganizationForm, title: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            made = acts.keep(form.save(commit=False), actor(request))
        except TransitionError as error:
            form.add_error("parent", str(error))
        else:
            messages.success(request, f"“{made}”已保存。")
            return redirect("organization", made.pk)
    status = 422 if form.is_bound else 200
    return render(request, "organizations/form.html", {"form": form, "title": title}, status=status)


@require_POST
def organization_switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch an organisation off, or on again."""
    _mine(request, pk)
    try:
        one = acts.switch(pk, actor(request))
    except TransitionError as error:
        return faults.stopped(request, error)
    messages.success(request, f"“{one}”已{'启用' if one.active else '停用'}。")
    return redirect("organization", pk)


@require_http_methods(["GET", "POST"])
def project_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a project of a unit."""
    unit = _mine(request, pk)
    return _named(request, ProjectForm(request.POST or None, instance=Project(unit=unit)), "新增项目")


@require_http_methods(["GET", "POST"])
def project_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a project."""
    return _named(request, ProjectForm(request.POST or None, instance=_project(request, pk)), "修改项目")


def _named(request: HttpRequest, form: ProjectForm, title: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        made = acts.keep_project(form.save(commit=False), actor(request))
        messages.success(request, f"项目“{made}”已保存。")
        return redirect("organization", made.unit_id)
    status = 422 if form.is_bound else 200
    context = {"form": form, "title": title, "unit": form.instance.unit}
    return render(request, "organizations/form.html", context, status=status)


@require_POST
def project_switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch a project off, or on again."""
    one = acts.switch_project(_project(request, pk).pk, actor(request))
    messages.success(request, f"项目“{one}”已{'启用' if one.active else '停用'}。")
    return redirect("organization", one.unit_id)


def _mine(request: HttpRequest, pk: int) -> Organization:
    return get_object_or_404(access.kept_by(person(request)), pk=pk)


def _project(request: HttpRequest, pk: int) -> Project:
    return get_object_or_404(Project.objects.filter(unit__in=access.kept_by(person(request))), pk=pk)


def _number(request: HttpRequest) -> int:
    """Return the number of the organisation below which one is to be added; 0 where none is named."""
    word = request.GET.get("below", "")
    return int(word) if word.isdecimal() and len(word) < 18 else 0  # noqa: PLR2004 - digits of a database's number
