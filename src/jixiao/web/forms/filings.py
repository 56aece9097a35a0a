"""What is chosen and typed about filings: a new filing, acts with their reasons, judgements."""

from typing import ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile as _Uploaded

from jixiao.web import access, files, notices
from jixiao.web.actions.wanted import Given, Move
from jixiao.web.forms.form import Form
from jixiao.web.models import Assignment, Organization, Recheck, Submission, User
from jixiao.web.templatetags.jixiao import score
from jixiao.web.workflow import BUREAU, UNIT, Action, State

_LONG = forms.Textarea(attrs={"rows": 3})
Purpose = Assignment.Purpose
Upload = _Uploaded[bytes]


class NewFiling(Form):
    """A project and year, from which stage on, perhaps from a file."""

    STARTS: ClassVar = [
        (State.TARGETS_DRAFT.value, "申报绩效目标"),
        (State.SELF_DRAFT.value, "直接自评（目标已另行批复）"),
    ]
    unit = forms.ModelChoiceField(Organization.objects.none(), label="单位", empty_label=None)
    project = forms.CharField(label="项目名称", max_length=200, help_text="照预算批复的名称填写")
    code = forms.CharField(label="项目编码", max_length=60, required=False)
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2099)
    start = forms.ChoiceField(label="从哪一步开始", choices=STARTS)
    reason = forms.CharField(
        label="理由", required=False, max_length=500, widget=_LONG,
        help_text="直接自评的写明目标批复的文件；过了截止日期补报的写明原因",
    )  # fmt: skip
    file = forms.FileField(
        label="自评表或目标申报表",
        required=False,
        help_text="Excel、Word、PDF、图片都可以；新建后在后台识读，从它开始填，认不准的地方会列出来",
    )

    def __init__(self, user: User, *args: object, **kwargs: object) -> None:
        """Offer the units for which a person fills in."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        units = access.organizations_of(user, UNIT).filter(kind=Organization.Kind.UNIT, active=True)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class Act(Form):
    """An action, with the version of the filing that was seen and, where one is wanted, the reason."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    reason = forms.CharField(label="理由", required=False, max_length=2000, widget=_LONG)

    def move(self, action: Action) -> Move:
        """Return what is asked for."""
        return Move(action, self.cleaned_data["seen"], self.cleaned_data["reason"])


class SendBack(Act):
    """Sending back: a reason of the whole, and of each row that it is about."""

    def __init__(self, rows: object, *args: object, **kwargs: object) -> None:
        """Offer a field a row."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.names: list[str] = []
        for row in rows:  # type: ignore[attr-defined]
            name = f"row.{row.key}"
            self.fields[name] = forms.CharField(label=row.name, required=False, max_length=1000)
            self.names.append(name)

    @property
    def row_fields(self) -> list[forms.BoundField]:
        """The fields of the rows."""
        return [self[name] for name in self.names]

    def move(self, action: Action) -> Move:
        """Return what is asked for, with what is said of rows."""
        told = {name.removeprefix("row."): self.cleaned_data[name] for name in self.names}
        kept = {key: text for key, text in told.items() if text.strip()}
        return Move(action, self.cleaned_data["seen"], self.cleaned_data["reason"], rows=kept)


class Accept(Act):
    """Accepting: which re-check counts where there are several, and why where there is none."""

    recheck = forms.ModelChoiceField(
        Recheck.objects.none(),
        label="以哪一份复核为准",
        required=False,
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, done: object, *args: object, **kwargs: object) -> None:
        """Offer the finished re-checks."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["recheck"].queryset = done  # type: ignore[attr-defined]
        self.fields["recheck"].label_from_instance = _scored  # type: ignore[attr-defined]

    def move(self, action: Action) -> Move:
        """Return what is asked for, with the re-check that counts."""
        chosen = self.cleaned_data["recheck"]
        return Move(
            action,
            self.cleaned_data["seen"],
            self.cleaned_data["reason"],
            recheck=chosen.pk if chosen else None,
        )


def _scored(recheck: Recheck) -> str:
    """Say whose a re-check is and what it gives."""
    who = "二次复核，" if recheck.second else ""
    return f"{recheck.reviewer}（{who}{score(recheck.total)} 分）"


class Reassign(Act):
    """Who re-checks: a first reviewer, perhaps a second one who doesn't see the first, perhaps an agency."""

    first = forms.ModelChoiceField(
        User.objects.none(), label="复核人", required=False, empty_label="（不指定到人）"
    )
    second = forms.ModelChoiceField(
        User.objects.none(), label="二次复核人", required=False, empty_label="（不需要）",
        help_text="两人各自打分，都完成之前互相看不到",
    )  # fmt: skip
    agency = forms.ModelChoiceField(
        Organization.objects.none(), label="第三方评价机构", required=False, empty_label="（不委托）"
    )

    def __init__(self, submission: Submission, *args: object, **kwargs: object) -> None:
        """Offer the reviewers of the filing's bureau, and the agencies."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        people = notices.whose(submission, BUREAU)
        for name in ("first", "second"):
            self.fields[name].queryset = people  # type: ignore[attr-defined]
        agencies = Organization.objects.filter(kind=Organization.Kind.AGENCY, active=True)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]

    def move(self, action: Action) -> Move:
        """Return what is asked for, with who is to re-check."""
        told = self.cleaned_data
        given = [
            Given(purpose, user=told[name])
            for name, purpose in (("first", Purpose.RECHECK), ("second", Purpose.SECOND))
            if told[name] is not None
        ]
        if told["agency"] is not None:
            given.append(Given(Purpose.EVALUATE, organization=told["agency"]))
        return Move(action, told["seen"], told["reason"], given=tuple(given))


class Judge(Form):
    """What a person says of a finding."""

    finding = forms.CharField(max_length=80, widget=forms.HiddenInput)
    holds = forms.TypedChoiceField(
        label="判断",
        choices=[("1", "属实"), ("0", "不属实")],
        coerce=lambda word: word == "1",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label="理由", required=False, max_length=1000)


class Evidence(Form):
    """A file in proof of a row, and where in it to look."""

    file = forms.FileField(label="文件")
    row = forms.ChoiceField(label="证明哪一行", required=False)
    anchor = forms.CharField(label="页码或位置", required=False, max_length=100)

    def __init__(self, rows: object, *args: object, **kwargs: object) -> None:
        """Offer the rows of the filing."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        named = [(row.key, row.name) for row in rows]  # type: ignore[attr-defined]
        self.fields["row"].choices = [("", "整份材料"), *named]  # type: ignore[attr-defined]


def file_name(upload: Upload) -> str:
    """Return what a browser calls a file, without folders, at a length that the table takes."""
    return files.plain(upload.name)


def bytes_of(upload: Upload) -> bytes:
    """Return what a browser sent."""
    return bytes(upload.read())
