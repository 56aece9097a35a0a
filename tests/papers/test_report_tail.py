"""How a report is signed: signature, date, labels left blank."""

import pytest

from jixiao.papers.prose.narrative import narrate
from jixiao.papers.reports.report_tail import Signature, signature_of
from tests.papers.paper_blocks import blocks_of

BODY = "一、项目概况\n全年清理渠道12公里。\n二、有关建议\n尽早安排招标，赶在汛期前完工。"


def signed(head: str, tail: str = "") -> Signature:
    return signature_of(narrate(blocks_of(f"{head}\n{BODY}\n{tail}".strip())))


@pytest.mark.parametrize(
    ("tail", "closing", "dated"),
    [
        ("青禾县水利局\n2024年3月5日", ("青禾县水利局", "2024年3月5日"), "2024年3月5日"),
        ("青禾县水利局（盖章）\n2024年3月", ("青禾县水利局（盖章）", "2024年3月"), "2024年3月"),
        ("青禾县水利局 2024年3月5日", ("青禾县水利局 2024年3月5日",), "2024年3月5日"),
        ("青禾县水利局\n二〇二四年三月五日", ("青禾县水利局", "二〇二四年三月五日"), "二〇二四年三月五日"),
        ("2024-03-05", ("2024-03-05",), "2024-03-05"),
        ("青禾县水利局", ("青禾县水利局",), None),
        ("青禾县水利局\n2024年3月5日\n附件：自评表", ("青禾县水利局", "2024年3月5日"), "2024年3月5日"),
        ("", (), None),
    ],
)
def test_the_signature_is_kept_as_printed(tail: str, closing: tuple[str, ...], dated: str | None) -> None:
    found = signed("渠道清淤项目绩效自评报告", tail)
    assert (found.closing, found.dated) == (closing, dated)


@pytest.mark.parametrize("line", ["填报日期：2024年3月5日", "（2024年3月5日）", "2024年3月5日"])
def test_a_date_at_the_head_counts(line: str) -> None:
    assert signed(f"渠道清淤项目绩效自评报告\n{line}").dated == "2024年3月5日"


def test_a_date_in_a_sentence_is_not_the_reports() -> None:
    assert signed("渠道清淤项目绩效自评报告\n项目于2023年3月5日开工。").dated is None


@pytest.mark.parametrize(
    ("head", "blanks"),
    [
        ("实施单位（公章）：\n填报日期：", ("实施单位（公章）", "填报日期")),
        ("实施单位（公章）：        填报日期：", ("实施单位（公章）", "填报日期")),
        ("项目名称：________\n填报日期：2024年3月5日", ("项目名称",)),
        ("实施单位（公章）：\n青禾县水利局\n填报日期：\n2024年3月5日", ()),
        ("填报日期：    年   月   日", ("填报日期",)),
        ("实施单位：青禾县水利局", ()),
    ],
)
def test_a_label_that_nothing_follows_is_left_blank(head: str, blanks: tuple[str, ...]) -> None:
    assert signed(f"项目支出绩效自评报告\n{head}").blanks == blanks


def test_who_printed_the_form_signs_nothing() -> None:
    assert signed("渠道清淤项目绩效自评报告", "青禾县财政局（制）").closing == ()


def test_nothing_gives_an_empty_signature() -> None:
    assert signature_of(narrate(())) == Signature()
