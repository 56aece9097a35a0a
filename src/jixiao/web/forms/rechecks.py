"""What a reviewer types."""

from decimal import Decimal

from django import forms

from jixiao.web.forms.form import Form

_FULL_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.")


class RecheckRow(Form):
    """One row: the score with two places at most, the result as re-checked, the reason."""

    seen = forms.IntegerField(min_value=0)
    key = forms.CharField(max_length=60)
    score = forms.CharField(required=False, max_length=12)
    value = forms.CharField(required=False, max_length=200)
    reason = forms.CharField(required=False, max_length=1000)

    def clean_score(self) -> str:
        """Return the score as a plain decimal; empty where none is given."""
        text = str(self.cleaned_data["score"]).translate(_FULL_WIDTH).strip().removesuffix("分")
        if not text:
            return ""
        whole, _, rest = text.partition(".")
        if not (whole.isascii() and whole.isdigit() and (not rest or (rest.isascii() and rest.isdigit()))):
            raise forms.ValidationError(f"复核得分填的是“{text}”，请填数字，如 8.5。")
        if len(rest) > 2:  # noqa: PLR2004 - points have two places
            raise forms.ValidationError(f"复核得分“{text}”的小数多于两位，请保留两位。")
        return f"{Decimal(text):f}"


class Opinion(Form):
    """What a reviewer says of the whole."""

    seen = forms.IntegerField(min_value=0)
    opinion = forms.CharField(label="复核意见", required=False, max_length=5000)


class Seen(Form):
    """The version that was seen."""

    seen = forms.IntegerField(min_value=0)
