"""The form that all others are: what is wanting or wrong is said by the field's own name, and what is to be done.

Django's sentences (“这个字段是必填项。”) name no field. A message that a form gives a field itself stays.
"""

from collections.abc import Mapping

from django import forms

_NOTHING = "没有收到要办理的内容：请刷新页面后再试。"  # of fields that no person fills in
_WANTING = "请填写{}。"
_CHOSEN = "请选择{}。"
_KINDS: tuple[tuple[type[forms.Field], Mapping[str, str]], ...] = (
    (forms.BooleanField, {"required": "请勾选“{}”。"}),
    (forms.DateField, {"invalid": "{}要填日期，如 2026-03-31。"}),
    (forms.DateTimeField, {"invalid": "{}要填日期和时间，如 2026-03-31 17:00。"}),
    (forms.EmailField, {"invalid": "{}要填完整的邮箱地址，如 zhang@example.gov.cn。"}),
    (
        forms.FileField,
        {
            "required": "请选择要上传的{}。",
            "missing": "没有收到{}：请重新选择后再上传。",
            "invalid": "没有收到{}：请重新选择后再上传。",
            "empty": "选的{}是空的（0 字节）：请换一份。",
            "max_length": "{}的文件名最多 %(max)d 个字，现在是 %(length)d 个：请改短文件名再上传。",
        },
    ),
    (
        forms.ChoiceField,
        {"required": _CHOSEN, "invalid_choice": "{}里没有“%(value)s”：请从列表里选。", "invalid_list": _CHOSEN},
    ),
    (
        forms.ModelChoiceField,
        {
            "required": _CHOSEN,
            "invalid_choice": "{}里没有选的这一项，可能已停用：请刷新页面，从列表里选。",
            "invalid_list": _CHOSEN,
            "list": _CHOSEN,
            "invalid_pk_value": "{}里没有选的这一项：请刷新页面，从列表里选。",
        },
    ),
    (forms.IntegerField, {"invalid": "{}要填整数。"}),
    (  # a kind of whole number to Django, hence behind it
        forms.DecimalField,
        {
            "invalid": "{}要填数，如 12.5。",
            "max_digits": "{}最多 %(max)s 位数。",
            "max_decimal_places": "{}最多 %(max)s 位小数。",
            "max_whole_digits": "{}的整数部分最多 %(max)s 位。",
        },
    ),
)  # fmt: skip
_ALL = {
    "required": _WANTING,
    "invalid": "{}填得不对：请核对后再填。",
    "max_length": "{}最多 %(limit_value)d 个字，现在是 %(show_value)d 个：请删减。",
    "min_length": "{}至少要 %(limit_value)d 个字，现在是 %(show_value)d 个。",
    "min_value": "{}不能小于 %(limit_value)s。",
    "max_value": "{}不能大于 %(limit_value)s。",
    "null_characters_not_allowed": "{}里有看不见的控制字符：请重新输入。",
}


class Words(forms.BaseForm):
    """Says in our words what is wanted of each field; stands before one of Django's own forms."""

    def full_clean(self) -> None:
        """Give every field its sentences before it is looked at: some are made only when the form is."""
        for field in self.fields.values():
            field.error_messages = {**words_for(field), **_own(field)}
        super().full_clean()


class Form(Words, forms.Form):
    """A form whose fields say by their own names what is wanted."""


def words_for(field: forms.Field) -> dict[str, str]:
    """Return what is said of a field, by the codes that Django knows its faults by."""
    label = str(field.label).replace("%", "％").rstrip("：: ≥<") if field.label else ""
    told = dict(_ALL)
    for kind, words in _KINDS:
        if isinstance(field, kind):
            told |= words
    return {code: words.format(label) if label else _NOTHING for code, words in told.items()}


def _own(field: forms.Field) -> dict[str, str]:
    """Return the messages that a form gave a field itself, in place of its class's."""
    usual: dict[str, object] = {}
    for kind in reversed(type(field).__mro__):
        usual |= getattr(kind, "default_error_messages", {})
    return {code: str(said) for code, said in field.error_messages.items() if usual.get(code) != said}
