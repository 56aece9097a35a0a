"""Inputs are drawn as Django's own templates draw them."""

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from jixiao.web.inputs import Inputs

CHOICES = [("", "（不限）"), ("a<b", "甲 & 乙"), ("组", [("1", "一"), ("2", '"二"')])]


class Every(forms.Form):
    text = forms.CharField(
        widget=forms.TextInput(attrs={"placeholder": '如 "SC04"', "autofocus": True, "hidden": False})
    )
    number = forms.DecimalField()
    day = forms.DateField()
    secret = forms.CharField(widget=forms.PasswordInput)
    unseen = forms.CharField(widget=forms.HiddenInput)
    tick = forms.BooleanField()
    word = forms.CharField(widget=forms.Textarea)
    one = forms.ChoiceField(choices=CHOICES)
    many = forms.MultipleChoiceField(choices=CHOICES)
    ring = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect)
    file = forms.FileField()


@pytest.mark.parametrize(
    "given",
    [
        None,
        {
            "text": "<b>甲</b>",
            "number": "12.50",
            "one": "a<b",
            "many": ["1", "2"],
            "tick": "on",
            "unseen": "乙&",
        },
        {"text": "", "one": "2", "day": "2026-03-01", "word": "第一行\n第二行", "ring": "1"},
    ],
)
def test_an_input_is_drawn_as_django_draws_it(given: dict[str, object] | None) -> None:
    ours, theirs = (Every(given, renderer=renderer()) for renderer in (Inputs, DjangoTemplates))
    for name in ours.fields:
        assert _plain(str(ours[name])) == _plain(str(theirs[name])), name


def _plain(drawn: str) -> str:
    return re.sub(r">\s+<", "><", drawn).strip()
