"""What is typed to make a program's key."""

from django import forms

from jixiao.web.forms.form import Form
from jixiao.web.rest.keys import SCOPES


class NewToken(Form):
    """What the key is for, what it opens, and how long."""

    name = forms.CharField(label="用途", max_length=100, help_text="如“财务系统取数”，便于日后辨认")
    scopes = forms.MultipleChoiceField(
        label="范围",
        choices=tuple(SCOPES.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text="只选用得着的",
    )
    days = forms.IntegerField(label="有效天数", min_value=1, max_value=366, initial=90)
