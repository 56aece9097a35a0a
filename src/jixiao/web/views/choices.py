"""Choosing the year and the organisation that the pages are about."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from jixiao.web import places, years
from jixiao.web.forms.choices import Place, Year
from jixiao.web.requests import onward, person


@require_POST
def year(request: HttpRequest) -> HttpResponse:
    """Keep the year, and go back to where it was chosen; what is no year changes nothing."""
    form = Year(request.POST)
    if form.is_valid():
        years.choose(request, form.cleaned_data["year"])
    return HttpResponseRedirect(onward(request))


@require_POST
def place(request: HttpRequest) -> HttpResponse:
    """Keep the organisation, and go back; an organisation of others changes nothing."""
    form = Place(person(request), request.POST)
    if form.is_valid():
        places.choose(request, form.cleaned_data["place"])
    return HttpResponseRedirect(onward(request))
