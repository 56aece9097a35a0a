"""What is chosen to be worked out over many filings."""

from django import forms
from django.db.models import QuerySet

from jixiao.schemes import list_schemes, load_scheme
from jixiao.web.forms.form import Form
from jixiao.web.models import Organization


class Compare(Form):
    """Below which organisation texts are compared."""

    organization = forms.ModelChoiceField(Organization.objects.none(), label="范围", empty_label=None)

    def __init__(self, places: QuerySet[Organization], *args: object) -> None:
        """Offer the bureau and the departments whose filings a person sees."""
        super().__init__(*args)  # type: ignore[arg-type]
        self.fields["organization"].queryset = places  # type: ignore[attr-defined]


class OtherBook(Compare):
    """Which rule-book is tried on them."""

    scheme = forms.ChoiceField(label="另一口径")

    def __init__(self, places: QuerySet[Organization], *args: object) -> None:
        """Offer every rule-book for self-evaluation tables."""
        super().__init__(places, *args)
        books = [(scheme_id, load_scheme(scheme_id).title) for scheme_id in list_schemes()]
        self.fields["scheme"].choices = books  # type: ignore[attr-defined]
