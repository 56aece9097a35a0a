"""What is chosen at the top of every page: the year, and the organisation of whoever works at several."""

from django import forms

from jixiao.web import places
from jixiao.web.forms.form import Form
from jixiao.web.models import Organization, User


class Year(Form):
    """A year of filings."""

    year = forms.IntegerField(min_value=2000, max_value=2099)


class Place(Form):
    """An organisation of one's own; empty for all of them."""

    place: forms.ModelChoiceField[Organization] = forms.ModelChoiceField(
        Organization.objects.none(), required=False
    )

    def __init__(self, user: User, *args: object) -> None:
        """Offer the organisations of one person."""
        super().__init__(*args)  # type: ignore[arg-type]
        mine = [place.pk for place in places.offered(user)]
        self.fields["place"].queryset = Organization.objects.filter(pk__in=mine)  # type: ignore[attr-defined]
