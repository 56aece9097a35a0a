"""What is decided about personal data in a copy for the public."""

from collections.abc import Sequence

from django import forms

from jixiao.web.forms.form import Form
from jixiao.web.publication import Choice

_WAYS = [("", "未确认"), ("mask", "遮盖"), ("keep", "保留")]


class Decisions(Form):
    """For each piece whether it is masked or kept, and why where it is kept."""

    seen = forms.IntegerField(min_value=0)

    def __init__(self, ids: Sequence[str], *args: object) -> None:
        """Ask about the pieces of these ids."""
        super().__init__(*args)  # type: ignore[arg-type]
        self.ids = ids
        for name in ids:
            self.fields[f"way.{name}"] = forms.ChoiceField(required=False, choices=_WAYS)
            self.fields[f"reason.{name}"] = forms.CharField(required=False, max_length=300)

    @property
    def choices(self) -> dict[str, Choice]:
        """What was decided, of the pieces of which anything was."""
        told = self.cleaned_data
        return {
            name: Choice(told[f"way.{name}"] == "mask", told[f"reason.{name}"])
            for name in self.ids
            if told[f"way.{name}"]
        }
