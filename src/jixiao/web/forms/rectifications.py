"""What is demanded, answered and decided about things to put right."""

from collections.abc import Sequence
from datetime import timedelta

from django import forms
from django.utils import timezone

from jixiao.web.actions.wanted import Demand, Move
from jixiao.web.filing_page import Told
from jixiao.web.forms.filings import Upload
from jixiao.web.forms.form import Form
from jixiao.web.models import Rectification
from jixiao.web.workflow import Action

_TERM = timedelta(days=15)
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Demands(Form):
    """Findings that are chosen, or words of one's own; until when; and the reason of the whole."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    findings = forms.MultipleChoiceField(label="选问题", required=False, widget=forms.CheckboxSelectMultiple)
    problem = forms.CharField(
        label="另写一条：问题", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    demand = forms.CharField(
        label="整改要求", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="适用于所选的各条；问题自带改法的，改法在前",
    )  # fmt: skip
    due = forms.DateField(label="期限", widget=_DAY)
    reason = forms.CharField(
        label="总的理由",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="随整改通知发给单位",
    )

    def __init__(self, found: Sequence[Told], *args: object, **kwargs: object) -> None:
        """Offer the findings of the filing."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.found = {one.id: one for one in found}
        self.fields["findings"].choices = [(one.id, f"{one.code} {one.title}") for one in found]  # type: ignore[attr-defined]
        self.fields["due"].initial = timezone.localdate() + _TERM

    def move(self) -> Move:
        """Return what is asked for."""
        told = self.cleaned_data
        demands = [self._of_finding(self.found[name]) for name in told["findings"]]
        if told["problem"].strip():
            own = told["demand"].strip() or "请改正并说明情况。"
            demands.append(Demand(told["problem"].strip(), own, told["due"]))
        return Move(Action.DEMAND_RECTIFICATION, told["seen"], told["reason"], demands=tuple(demands))

    def _of_finding(self, one: Told) -> Demand:
        told = self.cleaned_data
        words = [part for part in (one.advice, told["demand"].strip()) if part]
        return Demand(
            problem=f"{one.title}：{one.said}", demand="\n".join(words) or "请改正并说明情况。", due=told["due"],
            finding=one.id, code=one.code, place=one.where[:200],
        )  # fmt: skip


class _Files(forms.ClearableFileInput):
    """A field for several files; Django wants this said by a class."""

    allow_multiple_selected = True


class _ManyFiles(forms.FileField):
    """Cleans each of several files."""

    def clean(self, data: object, initial: object = None) -> list[Upload]:
        """Return the files, each cleaned."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(_ManyFiles, self).clean(one, initial) for one in given]


class Answer(Form):
    """What the unit did, with files in proof."""

    answer = forms.CharField(label="整改情况", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    proof = _ManyFiles(label="佐证材料", required=False, widget=_Files())


class Settle(Form):
    """Whether an answer is enough."""

    verdict = forms.TypedChoiceField(
        label="确认", coerce=Rectification.State,
        choices=[(Rectification.State.CLOSED.value, "销号"), (Rectification.State.RETURNED.value, "退回重改")],
    )  # fmt: skip
    said = forms.CharField(label="意见", required=False, max_length=2000)
