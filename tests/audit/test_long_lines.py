"""A damaged page may be one line of fifty thousand characters: no rule may take the square of its length."""

import time

import pytest

from jixiao.audit import audit
from tests.audit.notation import case_of

SHAPES = [
    "费",
    "1",
    "甲、",
    "1万元",
    "占",
    "1.",
    "满分",
    "（1）事项：",
    "项目一",
    "（",
    "每人每月2000元，共3名，预算5万元、补贴",
]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_long_line_is_audited_in_seconds(shape: str) -> None:
    text = shape * (6000 // len(shape))
    goal = {"expected": text, "actual": text}
    funds = {"total": {"annual": "5", "executed": "4"}}
    case = case_of({"funds": funds, "goal": goal, "report": [["问题", text]], "claims": []})
    start = time.process_time()
    audit(case.filing, case.sheet, case.scheme)
    assert time.process_time() - start < 5
