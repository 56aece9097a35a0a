"""What is clicked on the desk."""

from django import forms

from jixiao.web.forms.form import Form


class Read(Form):
    """A notice that was read; all where none is named."""

    notice = forms.IntegerField(required=False)
