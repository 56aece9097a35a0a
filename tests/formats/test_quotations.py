"""Where a quotation stands in a text that was typed in another width or with other blanks."""

import pytest

from jixiao.formats.notes import quotation


@pytest.mark.parametrize(
    ("text", "quoted", "found"),
    [
        ("共 ２０２３ 年完成９５％。", "2023年完成95%", "２０２３ 年完成９５％"),
        ("全年 12 个项目，支付 8 次。", "支付8次", "支付 8 次"),
        ("全年12个项目。", "13个项目", None),
    ],
)
def test_blanks_and_the_width_of_digits_hide_no_quotation(text: str, quoted: str, found: str | None) -> None:
    span = quotation(text, quoted)
    assert (span and text[slice(*span)]) == found
