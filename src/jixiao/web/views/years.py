"""The year's dates, laid down by the bureau's manager."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from jixiao.web import access, years
from jixiao.web.actions import deadlines as acts
from jixiao.web.forms.years import At, Deadlines
from jixiao.web.models import Deadline, Organization
from jixiao.web.requests import actor, person
from jixiao.web.workflow import Role


@require_http_methods(["GET", "POST"])
def deadlines(request: HttpRequest) -> HttpResponse:
    """Show the days of the chosen year, and lay them down below one organisation."""
    year, place = years.current(request), _place(request)
    held = dict(Deadline.objects.filter(organization=place, year=year).values_list("stage", "day"))
    form = Deadlines(request.POST or None, initial=held)
    if request.method == "POST" and form.is_valid():
        acts.lay_down(place, year, form.days(), actor(request))
        messages.success(request, f"{place} {year} 年度的期限已保存。")
        return redirect(f"{reverse('deadlines')}?{urlencode({'at': place.pk})}")
    mine = access.organizations_of(person(request), {Role.MANAGER})
    context = {
        "form": form,
        "at": At(person(request), {"at": place.pk}),
        "place_of_days": place,
        "others": _others(mine, year),
        "stages": Deadline.Stage.labels,
    }
    return render(request, "years/deadlines.html", context, status=422 if form.is_bound else 200)


def _place(request: HttpRequest) -> Organization:
    """Return the organisation that was chosen, else the topmost.

    Raises:
        Http404: it isn't one below the manager's own.
    """
    form = At(person(request), request.GET)
    if "at" in request.GET:
        if not form.is_valid():
            raise Http404
        return Organization.objects.get(pk=form.cleaned_data["at"].pk)
    top = access.organizations_of(person(request), {Role.MANAGER}).order_by("path").first()
    if top is None:
        raise Http404
    return top


def _others(mine: QuerySet[Organization], year: int) -> list[tuple[Organization, list[object]]]:
    """Return every organisation that has days of its own, with its day for each stage."""
    rows = Deadline.objects.filter(organization__in=mine, year=year).select_related("organization")
    found: dict[Organization, dict[str, object]] = {}
    for row in rows.order_by("organization__path"):
        found.setdefault(row.organization, {})[row.stage] = row.day
    return [(place, [days.get(stage.value) for stage in Deadline.Stage]) for place, days in found.items()]
