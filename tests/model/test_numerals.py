"""Numbers in Chinese characters, there and back."""

import pytest

from jixiao.model.numerals import chinese, numeral


@pytest.mark.parametrize(
    ("number", "word"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (21, "二十一"), (99, "九十九")]
)
def test_a_heading_counts_as_offices_write(number: int, word: str) -> None:
    assert chinese(number) == word


def test_what_is_written_is_read_back() -> None:
    assert [numeral(chinese(n)) for n in range(1, 100)] == [str(n) for n in range(1, 100)]
