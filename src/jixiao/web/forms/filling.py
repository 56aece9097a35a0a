"""What a browser sends while somebody fills in: saved cells, acts on rows, a merge, a doubt, a paragraph, a file."""

import csv
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from jixiao.api import filling
from jixiao.schemes import list_schemes, load_scheme
from jixiao.web.actions.arranging import Block
from jixiao.web.actions.saving import Change
from jixiao.web.forms.form import Form

LONGEST, MOST_CELLS, MOST_PASTED = 20_000, 4_000, 200_000
_ID = 80


def _schemes() -> list[tuple[str, str]]:
    known = (load_scheme(key) for key in list_schemes())
    return [(one.id, one.title) for one in known if filling.is_filled_in(one)]


def unfillable() -> list[str]:
    """Return the titles of the rule-books that score a paper which isn't filled in: a re-check's table."""
    known = (load_scheme(key) for key in list_schemes())
    return [one.title for one in known if one.match.kinds and not filling.is_filled_in(one)]


class Starting(Form):
    """What a draft begins with."""

    what = forms.ChoiceField(
        choices=[
            ("approved", "批复的目标"),
            ("last", "上年的目标"),
            ("file", "已有的文件"),
            ("blank", "空表"),
        ]
    )
    scheme = forms.ChoiceField(label="评分口径", choices=_schemes)
    form = forms.ChoiceField(
        label="表样",
        required=False,
        choices=[("", "评分口径的表样"), (filling.TRANSFER, "转移支付区域（项目）绩效自评表")],
    )
    file = forms.FileField(label="文件", required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        """Ask for the file where the draft is to begin with one."""
        given = super().clean() or self.cleaned_data
        if given.get("what") == "file" and not given.get("file"):
            raise forms.ValidationError("请选择要从中读取的文件（自评表、目标申报表，xlsx、docx、pdf 等）。")
        return given


class Saves(Form):
    """Changes of cells as JSON: [{row, seen, cells: {key: [was, now]}}]."""

    changes = forms.CharField(max_length=2_000_000)

    def clean_changes(self) -> tuple[Change, ...]:
        """Take the changes apart; a text is what a cell holds, without what no paper can print."""
        listed = _json(self.cleaned_data["changes"])
        try:
            return tuple(
                Change(str(one["row"])[:_ID], int(one["seen"]), _pairs(one["cells"])) for one in _some(listed)
            )
        except (KeyError, TypeError, ValueError) as error:
            raise forms.ValidationError("没有看懂要保存的内容：请刷新页面后再试。") from error


def _json(text: str) -> Any:  # noqa: ANN401 - whatever a browser sends
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise forms.ValidationError("没有看懂要保存的内容：请刷新页面后再试。") from error


def _some(listed: Any) -> Sequence[Mapping[str, Any]]:  # noqa: ANN401 - whatever a browser sends
    if not isinstance(listed, list) or not 0 < len(listed) <= MOST_CELLS:
        raise ValueError
    return listed


def _pairs(cells: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    return {str(key)[:_ID]: (clean(str(was)), clean(str(now))) for key, (was, now) in cells.items()}


def clean(text: str) -> str:
    """Return a text as a cell can hold it: no control characters, lines ended alike, not endless."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in plain if one == "\n" or one.isprintable() or one.isspace())[
        :LONGEST
    ].strip()


class Act(Form):
    """An act on rows: add below, delete, bring back, move by steps."""

    act = forms.ChoiceField(choices=[(one, one) for one in ("add", "remove", "restore", "move")])
    row = forms.CharField(max_length=_ID, required=False)
    seen = forms.IntegerField(required=False, min_value=0)
    steps = forms.IntegerField(required=False, min_value=-400, max_value=400)
    opens = forms.ChoiceField(
        required=False, choices=[(one, one) for one in ("", "level1", "level2", "level3")]
    )


class Paste(Form):
    """A block of cells as a workbook puts it on the clipboard: tabs, lines, quotes around what has either."""

    row = forms.CharField(max_length=_ID)
    key = forms.CharField(max_length=_ID)
    text = forms.CharField(max_length=MOST_PASTED, strip=False)
    seen = forms.CharField(max_length=50_000)

    def clean_seen(self) -> dict[str, int]:
        """Take the versions that the page shows."""
        given = _json(self.cleaned_data["seen"])
        if not isinstance(given, dict):
            raise forms.ValidationError("没有看懂要粘贴的内容：请刷新页面后再试。")
        return {str(row): number for row, number in given.items() if isinstance(number, int)}

    def clean_text(self) -> tuple[tuple[str, ...], ...]:
        """Cut the block into rows and cells."""
        lines = self.cleaned_data["text"].rstrip("\r\n").splitlines(keepends=True)
        return tuple(tuple(clean(text) for text in row) for row in csv.reader(lines, delimiter="\t"))

    @property
    def block(self) -> Block:
        """The block, once it was found valid."""
        given = self.cleaned_data
        return Block(given["row"], given["key"], given["text"], given["seen"])


class Merge(Form):
    """How a row that two people changed is to stand: a text for each cell in question."""

    row = forms.CharField(max_length=_ID)
    seen = forms.IntegerField(min_value=0)

    def change(self, texts: Mapping[str, str], theirs: Mapping[str, str]) -> Change:
        """Return what was decided, against the texts that it was decided upon."""
        cells = {key: (clean(theirs.get(key, "")), clean(text)) for key, text in texts.items()}
        return Change(self.cleaned_data["row"], self.cleaned_data["seen"], cells)


class Settling(Form):
    """How a doubt is decided."""

    number = forms.IntegerField(min_value=0)
    how = forms.ChoiceField(choices=[("kept", "按原读法"), ("other", "按另一读法"), ("typed", "另填")])
    text = forms.CharField(max_length=LONGEST, required=False)


class Here(Form):
    """Where somebody is in the page, and which version it shows."""

    row = forms.CharField(max_length=60, required=False)
    version = forms.IntegerField(min_value=0)


class Writing(Form):
    """A paragraph of the report."""

    act = forms.ChoiceField(choices=[(one, one) for one in ("take_up", "drop", "write")])
    key = forms.CharField(max_length=400, required=False)
    seen = forms.IntegerField(min_value=0, required=False)
    text = forms.CharField(max_length=LONGEST, required=False)


class Evidence(Form):
    """A file handed in as evidence of a row."""

    row = forms.CharField(max_length=60, required=False)
    anchor = forms.CharField(label="页码或位置", max_length=100, required=False)
    file = forms.FileField(label="文件", max_length=200)


class Sending(Form):
    """The version of the filing that was seen when it was sent."""

    seen = forms.IntegerField(min_value=0)
