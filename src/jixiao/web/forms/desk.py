"""What is clicked on the desk."""

from django import forms


class Read(forms.Form):
    """A notice that was read; all where none is named."""

    notice = forms.IntegerField(required=False)
