"""The words of reasons and remedies, as cells print them in one (DV)."""

import pytest

from jixiao.audit.deviations.explained import reason_in, remedy_in


@pytest.mark.parametrize(
    ("cell", "reason", "remedy"),
    [
        (
            "偏差原因：汛期道路中断。改进措施：次年3月底前备好便道。",
            "汛期道路中断。",
            "次年3月底前备好便道。",
        ),
        ("原因是供货延迟。下一步措施：增加备选供应商。", "供货延迟。", "增加备选供应商。"),
        ("汛期道路中断", "汛期道路中断", ""),
        ("无", "", ""),
        ("——", "", ""),
        ("无偏差。", "", ""),
        ("", "", ""),
        (None, "", ""),
    ],
)
def test_a_cell_is_parted_into_reason_and_remedy(cell: str | None, reason: str, remedy: str) -> None:
    assert (reason_in(cell), remedy_in(cell)) == (reason, remedy)
