"""Until when each stage of a year is to be done."""

from datetime import date

from django import forms

from jixiao.web import access
from jixiao.web.forms.form import Form
from jixiao.web.models import Deadline, Organization, User
from jixiao.web.workflow import Role

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Deadlines(Form):
    """A day for each stage; an empty one is no deadline."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Make a field for each stage."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for stage in Deadline.Stage:
            self.fields[stage.value] = forms.DateField(label=str(stage.label), widget=_DAY, required=False)

    def days(self) -> dict[Deadline.Stage, date | None]:
        """Return what was typed."""
        return {stage: self.cleaned_data[stage.value] for stage in Deadline.Stage}

    def clean(self) -> dict[str, object]:
        """Refuse days that stand in another order than the stages."""
        data = super().clean() or self.cleaned_data
        last: tuple[date, str] | None = None
        for stage in Deadline.Stage:
            day = data.get(stage.value)
            if day is None:
                continue
            if last is not None and day < last[0]:
                self.add_error(stage.value, f"比前一步“{last[1]}”的截止日期还早：请核对。")
            last = (day, str(stage.label))
        return data


class At(Form):
    """The organisation below which they hold."""

    at: forms.ModelChoiceField[Organization] = forms.ModelChoiceField(
        Organization.objects.none(), label="适用于", empty_label=None
    )

    def __init__(self, user: User, *args: object) -> None:
        """Offer a financial manager's own organisations and those below."""
        super().__init__(*args)  # type: ignore[arg-type]
        where = self.fields["at"]
        if isinstance(where, forms.ModelChoiceField):
            mine = access.organizations_of(user, {Role.MANAGER})
            where.queryset = mine.filter(active=True).order_by("path")
