"""Whether a reason is one for its indicator: what is quoted stands so in the paper."""

from jixiao.audit.deviations.reasons import only_outside_causes
from tests.audit.notation import case_of


def test_a_reason_is_quoted_with_the_marks_that_the_paper_prints() -> None:
    reason = "因县级财力紧张，资金未到位（省级）"
    case = case_of({"rows": [["数量指标", "改造户数", "≥50户", "40户", "10", "8", reason]]})
    (found,) = only_outside_causes.check(case)
    assert found.quoted == reason
    assert f"“{reason}”" in found.says
