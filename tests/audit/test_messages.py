"""What a finding says reads like a sentence: nothing left open, no mark printed twice, and always what to do."""

import re
from itertools import groupby
from operator import itemgetter

import pytest

from jixiao.audit import COLLECTION_RULES, RULES
from tests.audit.test_rules import found, written

BROKEN = re.compile(
    r"None|、、|：。|，。|。。|；。|、。|：：|，，|“”|（）|（条文未核对）（条文未核对）|\{|\}"
)
QUOTED = re.compile(r"“[^“”]*”")
LONGEST = 420


def test_only_the_citation_says_that_a_text_is_unverified() -> None:
    assert [rule.code for rule in (*RULES, *COLLECTION_RULES) if "未核对" in rule.source.document] == []


FAULTS = {code: [data for _, data in cases] for code, cases in groupby(written("fail"), itemgetter(0))}


@pytest.mark.parametrize("code", FAULTS)
def test_what_a_rule_says_is_whole_and_tells_what_to_do(code: str) -> None:
    for data in FAULTS[code]:
        for finding in found(code, data):
            said = QUOTED.sub("“…”", finding.says)
            assert not BROKEN.search(said), finding.says
            assert "改法：" in said, finding.says
            assert len(said) < LONGEST, finding.says
