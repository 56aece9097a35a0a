"""What is typed about people and their roles."""

import re
from typing import Any, ClassVar

from django import forms

from jixiao.web import access
from jixiao.web.forms.form import Form, Words
from jixiao.web.models import Membership, Organization, User
from jixiao.web.workflow import ROLES

_USERNAME = re.compile(r"[A-Za-z0-9_.-]{3,60}")
_FIRST, _LAST = 2000, 2099


class NewPerson(Words, forms.ModelForm[User]):
    """A new account."""

    class Meta:
        """The fields, in their order."""

        model = User
        fields: ClassVar = ["username", "name"]
        error_messages: ClassVar = {"username": {"unique": "这个用户名已经有人用了：请换一个。"}}

    def clean_username(self) -> str:
        """Take what can be typed on any keyboard."""
        word = str(self.cleaned_data["username"])
        if not _USERNAME.fullmatch(word):
            raise forms.ValidationError("用户名用 3 至 60 个字母、数字、点、横线或下划线。")
        if User.objects.filter(username__iexact=word).exists():
            raise forms.ValidationError("这个用户名已经有人用了：请换一个。")
        return word


class NewName(Words, forms.ModelForm[User]):
    """A person's name."""

    class Meta:
        """The field."""

        model = User
        fields: ClassVar = ["name"]


class NewRole(Form):
    """A role at an organisation, in one year or in all."""

    role = forms.ChoiceField(label="角色", choices=[(role.value, name) for role, name in ROLES.items()])
    organization: forms.ModelChoiceField[Organization] = forms.ModelChoiceField(
        Organization.objects.none(), label="单位"
    )
    year = forms.IntegerField(
        label="年度", min_value=_FIRST, max_value=_LAST, required=False, help_text="不填则各年度都有效"
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        """Offer the organisations that one administrator keeps."""
        super().__init__(*args, **kwargs)
        where = self.fields["organization"]
        if isinstance(where, forms.ModelChoiceField):
            where.queryset = access.kept_by(user).filter(active=True)

    def membership(self, user: User) -> Membership:
        """Return what was asked for, for a person; not kept yet."""
        data = self.cleaned_data
        return Membership(user=user, role=data["role"], organization=data["organization"], year=data["year"])


class Find(Form):
    """Which people are looked for."""

    q = forms.CharField(label="姓名、用户名", max_length=100, required=False)
    role = forms.ChoiceField(
        label="角色",
        choices=[("", "全部"), *((role.value, name) for role, name in ROLES.items())],
        required=False,
    )
    state = forms.ChoiceField(
        label="账号",
        choices=[("", "全部"), ("on", "在用"), ("off", "已停用"), ("none", "还没有角色")],
        required=False,
    )
