"""Each form says in our words what is wanted of each field; Django's own sentences reach nobody."""

import copy
import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

import jixiao.web.forms
from jixiao.web.forms.filings import Evidence
from jixiao.web.forms.form import Form, Words, words_for

MODULES = [
    importlib.import_module(f"jixiao.web.forms.{found.name}")
    for found in pkgutil.iter_modules(jixiao.web.forms.__path__)
]
FORMS = sorted(
    {
        one
        for module in MODULES
        for one in vars(module).values()
        if isinstance(one, type) and hasattr(one, "base_fields") and one.__module__ == module.__name__
    },
    key=lambda one: (one.__module__, one.__name__),
)
FIELDS = [
    pytest.param(field, id=f"{one.__module__.rpartition('.')[2]}-{one.__name__}-{name}")
    for one in FORMS
    for name, field in one.base_fields.items()
]
WRONG = (None, "", "x" * 99_999, "不在其中", "-99999999999", "99999999999", "2026-99-99")


def test_every_form_has_our_words() -> None:
    assert len(FORMS) > 30
    assert [one for one in FORMS if not issubclass(one, Words)] == []


def refusals(field: forms.Field) -> Iterator[str]:
    files = (SimpleUploadedFile("空.xlsx", b""), SimpleUploadedFile(f"{'长' * 300}.xlsx", b"x"))
    for given in (*WRONG, *(files if isinstance(field, forms.FileField) else ())):
        try:
            field.clean(given)
        except forms.ValidationError as error:
            yield from error.messages
        except (TypeError, AttributeError):
            continue  # no browser sends text where a file is wanted


@pytest.mark.django_db
@pytest.mark.parametrize("field", FIELDS)
def test_a_refused_field_is_named_in_the_sentence(field) -> None:
    held = copy.deepcopy(field)
    name = str(field.label).replace("%", "％").rstrip(" ≥<") if field.label else "请刷新页面后再试"
    own = {str(said) for said in field.error_messages.values()}
    form = type("Holding", (Form,), {"held": held})({})
    form.full_clean()
    said = list(refusals(form.fields["held"]))
    if field.required:
        assert said
    for one in said:
        assert name in one or one in own - usual(field), one


def usual(field) -> set[str]:
    return {
        str(said)
        for kind in type(field).__mro__
        for said in getattr(kind, "default_error_messages", {}).values()
    }


def test_the_words_are_those_that_a_person_looks_for() -> None:
    form = Evidence((), {}, {})
    assert form.errors == {"file": ["请选择要上传的文件。"]}
    field = forms.CharField(label="项目名称", max_length=3)
    field.error_messages = words_for(field)
    with pytest.raises(forms.ValidationError, match="项目名称最多 3 个字，现在是 5 个：请删减。"):
        field.clean("一二三四五")
    with pytest.raises(forms.ValidationError, match="请填写项目名称。"):
        field.clean("")


def test_a_sentence_of_the_form_itself_stays() -> None:
    class Own(Form):
        reason = forms.CharField(label="理由", error_messages={"required": "请写明退回的理由。"})

    assert Own({}).errors == {"reason": ["请写明退回的理由。"]}
