"""What is typed to log in and to change a password."""

from django import forms
from django.contrib.auth.forms import PasswordChangeForm

from jixiao.web.actions import people
from jixiao.web.forms.form import Form, Words

_NAME = forms.TextInput(attrs={"autocomplete": "username", "autofocus": True})
_WORD = forms.PasswordInput(attrs={"autocomplete": "current-password"})


class LogIn(Form):
    """Name and password."""

    username = forms.CharField(label="用户名", max_length=60, widget=_NAME)
    password = forms.CharField(label="密码", max_length=200, strip=False, widget=_WORD)


class Mail(Form):
    """Where notices go too."""

    email = forms.EmailField(
        label="邮箱", required=False, max_length=254, help_text="不填就不发邮件",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip


class NewPassword(Words, PasswordChangeForm):
    """The old password once, the new one twice; none of the last few."""

    def clean_new_password1(self) -> str:
        """Refuse a password that the person had lately."""
        word = str(self.cleaned_data.get("new_password1", ""))
        if people.was_had(self.user, word):
            raise forms.ValidationError("这是现在的密码，或最近用过的密码：请换一个没有用过的。")
        return word
