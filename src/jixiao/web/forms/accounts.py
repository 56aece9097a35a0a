"""What is typed to log in and to change a password."""

from django import forms
from django.contrib.auth.forms import PasswordChangeForm

_NAME = forms.TextInput(attrs={"autocomplete": "username", "autofocus": True})
_WORD = forms.PasswordInput(attrs={"autocomplete": "current-password"})


class LogIn(forms.Form):
    """Name and password."""

    username = forms.CharField(label="用户名", max_length=60, widget=_NAME)
    password = forms.CharField(label="密码", max_length=200, strip=False, widget=_WORD)


class NewPassword(PasswordChangeForm):
    """The old password once, the new one twice."""
