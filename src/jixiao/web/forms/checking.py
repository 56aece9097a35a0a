"""What a browser sends about files that are checked: the files, the settling of a doubt, the judging of a finding."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from jixiao.schemes import list_schemes, load_scheme
from jixiao.web.forms.form import Form

_LONGEST = 200
_FILES = 100


class ManyFiles(forms.ClearableFileInput):
    """An input that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, as a list."""

    def clean(self, data: Any, initial: Any = None) -> Any:  # noqa: ANN401 - Django's signature
        """Check each of them."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(one, initial) for one in given]


def _schemes() -> list[tuple[str, str]]:
    named = sorted((load_scheme(key).title, key) for key in list_schemes())
    return [("", "按材料自动选用"), *((key, title) for title, key in named)]


class Drop(Form):
    """What was dropped on the first page; the files may follow one by one."""

    dropped = FilesField(
        label="文件",
        required=False,
        allow_empty_file=True,
        max_length=_LONGEST,
        widget=ManyFiles(attrs={"multiple": True}),
    )
    scheme = forms.ChoiceField(label="评分口径", required=False, choices=_schemes)

    def clean_dropped(self) -> list[UploadedFile[Any]]:
        """Bound their number."""
        given: list[UploadedFile[Any]] = self.cleaned_data["dropped"]
        if len(given) > _FILES:
            raise forms.ValidationError(f"一次最多上传 {_FILES} 个文件；更多的请打成压缩包。")
        return given


class OneFile(Form):
    """One file; `path` is where it lay in the folder that was dropped."""

    file = forms.FileField(label="文件", allow_empty_file=True, max_length=_LONGEST)
    path = forms.CharField(required=False, max_length=_LONGEST)


class Settling(Form):
    """A doubt: which one, and what holds. `answer` is kept (as read), other (the other reading) or typed."""

    paper = forms.IntegerField(min_value=0)
    key = forms.CharField(max_length=40)
    answer = forms.ChoiceField(choices=[("kept", "照读出的"), ("other", "另一种读法"), ("typed", "填写")])
    value = forms.CharField(required=False, max_length=2000, strip=True)

    def clean(self) -> dict[str, Any]:
        """What is typed must say something."""
        given = super().clean() or self.cleaned_data
        if given.get("answer") == "typed" and not given.get("value"):
            raise forms.ValidationError("请填写原件上的内容。")
        return given

    @property
    def said(self) -> str | None:
        """What stands in the field, None where it was read rightly."""
        return None if self.cleaned_data["answer"] == "kept" else str(self.cleaned_data["value"])


class Judging(Form):
    """What is made of a finding; setting it aside wants a reason."""

    finding = forms.CharField(max_length=40)
    answer = forms.ChoiceField(choices=[("accept", "采用修改"), ("refuse", "不采用"), ("undo", "撤回")])
    reason = forms.CharField(label="理由", required=False, max_length=1000)

    @property
    def accepted(self) -> bool | None:
        """True: taken; False: set aside; None: an earlier decision is taken back."""
        return {"accept": True, "refuse": False}.get(self.cleaned_data["answer"])
