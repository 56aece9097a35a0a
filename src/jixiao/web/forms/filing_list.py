"""What is chosen of the list of filings: filters, a saved view's name, an act on many filings at once."""

from decimal import Decimal

from django import forms
from django.db.models import QuerySet

from jixiao.web import notices
from jixiao.web.actions.many import ACTS, MOST, REMIND, Ask, Picked
from jixiao.web.actions.revising import scaled
from jixiao.web.actions.wanted import Given
from jixiao.web.board.wanted import FOUND, GROUPS, ORDERS, USUAL, Wanted
from jixiao.web.forms.form import Form
from jixiao.web.models import Assignment, Organization, Submission, User
from jixiao.web.workflow import BUREAU, STATES, Action

_STATES = [("", "全部状态"), *((state.value, name) for state, name in STATES.items())]
_GROUPS = [("", "不限"), *((word, title) for word, (title, _) in GROUPS.items())]
_LIGHTS = [("", "不限"), ("green", "绿"), ("amber", "黄"), ("red", "红")]
_FOUND = [("", "不限"), *((word, title) for word, (title, _) in FOUND.items())]
_BOTH = ("late", "returned", "full", "up")
_WORDS = ("q", "state", "group", "light", "found", "rule")


def _points(label: str) -> forms.DecimalField:
    return forms.DecimalField(label=label, required=False, max_digits=6, decimal_places=2)


class Filters(Form):
    """Which filings a list shows; what can't be understood is left out, because an address may be old."""

    q = forms.CharField(label="项目、编码或单位", required=False, max_length=100,
                        widget=forms.TextInput(attrs={"type": "search"}))  # fmt: skip
    department = forms.ModelChoiceField(
        Organization.objects.none(), label="主管部门", required=False, empty_label="全部部门"
    )
    unit = forms.ModelChoiceField(Organization.objects.none(), required=False, widget=forms.HiddenInput)
    group = forms.ChoiceField(label="报送", required=False, choices=_GROUPS)
    state = forms.ChoiceField(label="状态", required=False, choices=_STATES)
    light = forms.ChoiceField(label="监控灯", required=False, choices=_LIGHTS)
    found = forms.ChoiceField(label="检查结果", required=False, choices=_FOUND)
    rule = forms.CharField(label="问题（规则编号）", required=False, max_length=8,
                           widget=forms.TextInput(attrs={"placeholder": "如 SC04", "size": 8}))  # fmt: skip
    low = _points("自评 ≥")
    high = _points("自评 <")
    rate_low = _points("执行率% ≥")
    rate_high = _points("执行率% <")
    apart_low = _points("自评减复核 ≥")
    apart_high = _points("自评减复核 <")
    late = forms.BooleanField(label="逾期", required=False)
    returned = forms.BooleanField(label="退回未再报", required=False)
    full = forms.BooleanField(label="各项满分", required=False)
    order = forms.ChoiceField(
        required=False, choices=[(word, word) for word in ORDERS], widget=forms.HiddenInput
    )
    up = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, seen: QuerySet[Organization], *args: object) -> None:
        """Offer the departments among the organisations whose filings a person sees."""
        super().__init__(*args)  # type: ignore[arg-type]
        kind = Organization.Kind
        self.fields["department"].queryset = seen.filter(kind=kind.DEPARTMENT)  # type: ignore[attr-defined]
        self.fields["unit"].queryset = seen  # type: ignore[attr-defined]

    @property
    def wanted(self) -> Wanted:
        """What is wanted, of what was understood."""
        self.is_valid()
        told = self.cleaned_data
        points = {name: scaled(told.get(name)) for name in ("low", "high", "apart_low", "apart_high")}
        rates = {name: _thousandths(told.get(name)) for name in ("rate_low", "rate_high")}
        words = {name: told.get(name) or "" for name in _WORDS}
        both = {name: bool(told.get(name)) for name in _BOTH}
        places = {name: told[name].pk if told.get(name) else None for name in ("department", "unit")}
        words["rule"] = words["rule"].upper()
        order = told.get("order") or USUAL
        return Wanted().but(**words, **both, **places, **points, **rates, order=order)


def _thousandths(value: Decimal | None) -> int | None:
    found = scaled(value)
    return None if found is None else found * 10


class ViewName(Form):
    """The name under which a list is kept."""

    name = forms.CharField(label="名称", max_length=60)


class Bulk(Form):
    """An act on the filings that were ticked, or on all of the list."""

    act = forms.ChoiceField(choices=[(act.value, act.value) for act in ACTS] + [(REMIND, REMIND)])
    reason = forms.CharField(label="理由", required=False, max_length=2000)
    reviewer = forms.ModelChoiceField(User.objects.none(), label="复核人", required=False)
    every = forms.BooleanField(required=False)
    picked = forms.MultipleChoiceField(required=False)

    def __init__(self, rows: QuerySet[Submission], *args: object) -> None:
        """Take what a browser sent; `rows` are the filings of the list."""
        super().__init__(*args)  # type: ignore[arg-type]
        self._rows = rows
        some = rows.order_by().first()
        if some is not None:
            self.fields["reviewer"].queryset = notices.whose(some, BUREAU)  # type: ignore[attr-defined]
        sent = self.data.getlist("picked")[:MOST] if hasattr(self.data, "getlist") else ()
        self.fields["picked"].choices = [(one, one) for one in sent if _pair(one)]  # type: ignore[attr-defined]

    @property
    def ask(self) -> Ask:
        """What is asked for, of a form that is valid."""
        told = self.cleaned_data
        reviewer = told["reviewer"]
        given = (Given(Assignment.Purpose.RECHECK, user=reviewer),) if reviewer else ()
        act = None if told["act"] == REMIND else Action(told["act"])
        return Ask(act, self._picked(), told["reason"], given)

    def _picked(self) -> tuple[Picked, ...]:
        if self.cleaned_data["every"]:
            return tuple(Picked(pk, seen) for pk, seen in self._rows.values_list("pk", "version")[:MOST])
        pairs = (one.split(":") for one in self.cleaned_data["picked"])
        return tuple(Picked(int(pk), int(seen)) for pk, seen in pairs)


def _pair(text: str) -> bool:
    pk, _, seen = text.partition(":")
    return pk.isascii() and pk.isdigit() and seen.isascii() and seen.isdigit()
