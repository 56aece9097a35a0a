"""What is typed about organisations and their projects."""

from typing import Any, ClassVar

from django import forms

from jixiao.schemes import list_schemes
from jixiao.web import access
from jixiao.web.forms.form import Form, Words
from jixiao.web.models import Organization, Project, User

_KIND = Organization.Kind
# Below which kind each stands; an agency stands apart, and a bureau may stand below another (a city's).
ABOVE = {
    _KIND.BUREAU: {_KIND.BUREAU},
    _KIND.DEPARTMENT: {_KIND.BUREAU},
    _KIND.UNIT: {_KIND.DEPARTMENT, _KIND.UNIT, _KIND.BUREAU},
    _KIND.AGENCY: set[Organization.Kind](),
}


class OrganizationForm(Words, forms.ModelForm[Organization]):
    """An organisation below one that the administrator keeps."""

    class Meta:
        """The fields, in their order."""

        model = Organization
        fields: ClassVar = ["kind", "parent", "name", "code", "region", "scheme"]
        labels: ClassVar = {"parent": "上级"}
        error_messages: ClassVar = {"code": {"unique": "这个编码已经用过：每个单位的编码各不相同。"}}

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        """Offer what stands below one person's organisations."""
        super().__init__(*args, **kwargs)
        kept = access.kept_by(user).exclude(kind=_KIND.AGENCY).filter(active=True)
        parent = self.fields["parent"]
        if isinstance(parent, forms.ModelChoiceField):
            parent.queryset = kept.exclude(pk=self.instance.pk) if self.instance.pk else kept
            parent.empty_label = "（没有上级：第三方机构）"

    def clean_scheme(self) -> str:
        """Take a rule-book that there is."""
        scheme = str(self.cleaned_data.get("scheme", ""))
        if scheme and scheme not in list_schemes():
            raise forms.ValidationError(
                f"没有名为“{scheme}”的评分口径：请写口径的编号，如 national-2020，或不写。"
            )
        return scheme

    def clean(self) -> dict[str, Any]:
        """Take a parent of the right kind."""
        data = super().clean() or self.cleaned_data
        kind, parent = data.get("kind"), data.get("parent")
        if kind is None or "parent" in self.errors:
            return data
        stays = bool(self.instance.path) and parent is None and self.instance.parent_id is None
        if kind == _KIND.AGENCY and parent is not None:
            self.add_error("parent", "第三方机构没有上级：请选空的一项。")
        elif kind != _KIND.AGENCY and not stays and (parent is None or parent.kind not in ABOVE[_KIND(kind)]):
            above = "、".join(str(one.label) for one in _KIND if one in ABOVE[_KIND(kind)])
            self.add_error("parent", f"{_KIND(kind).label}的上级应是{above}。")
        return data


class ProjectForm(Words, forms.ModelForm[Project]):
    """A project of a unit."""

    class Meta:
        """The fields, in their order."""

        model = Project
        fields: ClassVar = ["name", "code"]

    def clean_name(self) -> str:
        """Refuse a name that the unit has already."""
        name = str(self.cleaned_data["name"])
        others = Project.objects.filter(unit=self.instance.unit, name=name).exclude(pk=self.instance.pk)
        if others.exists():
            raise forms.ValidationError(f"这个单位已经有名为“{name}”的项目。")
        return name


class Search(Form):
    """What is looked for in a list."""

    q = forms.CharField(label="查找", max_length=100, required=False)
