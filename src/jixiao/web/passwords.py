"""What a password must not be, in our words: Django's rules with their own sentences would call people 你."""

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    NumericPasswordValidator,
    UserAttributeSimilarityValidator,
)

UNLIKE = "密码与登录名或姓名太像，请换一个。"


class LongEnough(MinimumLengthValidator):
    """A password has so many characters at least."""

    def get_error_message(self) -> str:
        """Say how many are wanted."""
        return f"密码太短，至少 {self.min_length} 位，请加长。"

    def get_help_text(self) -> str:
        """Say the same beside the field."""
        return f"至少 {self.min_length} 位。"


class Uncommon(CommonPasswordValidator):
    """A password is none of those that everybody tries first."""

    def get_error_message(self) -> str:
        """Say that it is."""
        return "这个密码太常见，容易被人猜到，请换一个。"

    def get_help_text(self) -> str:
        """Say the same beside the field."""
        return "不要用常见的密码。"


class NotOnlyDigits(NumericPasswordValidator):
    """A password has more than digits."""

    def get_error_message(self) -> str:
        """Say that it hasn't."""
        return "密码不能全是数字，请加上字母或符号。"

    def get_help_text(self) -> str:
        """Say the same beside the field."""
        return "不要全用数字。"


class UnlikeItsOwner(UserAttributeSimilarityValidator):
    """A password is unlike the name and the log-in name of its owner."""

    def get_error_message(self) -> str:
        """Say that it isn't."""
        return UNLIKE

    def get_help_text(self) -> str:
        """Say the same beside the field."""
        return "不要和登录名、姓名相近。"
