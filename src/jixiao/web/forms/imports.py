"""A list as a file."""

from django import forms

from jixiao.web.forms.form import Form

_MOST = 20 << 20


class Upload(Form):
    """The workbook that was filled in."""

    file = forms.FileField(
        label="填好的表格",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.et"}),
        error_messages={"required": "请选择填好的表格。", "empty": "文件是空的：请重新保存后再选。"},
    )

    def clean_file(self) -> object:
        """Refuse what no list weighs."""
        file = self.cleaned_data["file"]
        if file.size > _MOST:
            raise forms.ValidationError("文件超过 20 MB：名单不会有这么大，请确认选对了文件。")
        return file

    def held(self) -> tuple[bytes, str]:
        """Return the file's bytes and what the user calls it."""
        file = self.cleaned_data["file"]
        return file.read(), str(file.name)
