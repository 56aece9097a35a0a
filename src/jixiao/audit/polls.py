"""The answers of a poll, told one by one, against the number of valid questionnaires (AR13)."""

import re
from collections.abc import Iterator

from jixiao.audit.prose import Sentence
from jixiao.audit.rule import Case, Found

_ANSWER = re.compile(
    r"(?:非常|十分|很|比较|较为?|基本|不太|不|一般)?(?:满意|一般)(?:的)?(?:有|为|:)?(\d{1,5})(?:份|人|名|户)"
)
_VALID = re.compile(r"有效(?:问卷|调查表|答卷|样本)?(?:为|有|共|:)?(\d{1,5})(?:份|人|名|户)|(\d{1,5})份有效")
_RETURNED = re.compile(r"(?:收回|回收)(?:有效)?(?:问卷|调查表|答卷)?(?:为|有|共|:)?(\d{1,5})份")
_LEAST = 3


def answers_beside_valid(case: Case) -> Iterator[Found]:
    """Check that the answers of a paper's one poll come to its valid questionnaires."""
    for said in case.told("signs.dissatisfied"):
        counts = [int(n) for n in _ANSWER.findall(said.plain)]
        asked = _asked(case, said) if len(counts) >= _LEAST else set()
        if len(asked) == 1 and sum(counts) not in asked and _near(sum(counts), *asked):
            told = " + ".join(map(str, counts))
            says = f"各项答卷 {told} = {sum(counts)}，有效问卷写的是 {min(asked)}。改法：核对各项答卷数和有效问卷数。"
            yield Found(said.passage.where, says, said.passage.paper, quoted=said.text, printed=str(min(asked)),
                        computed=str(sum(counts)), key=told)  # fmt: skip


def _asked(case: Case, said: Sentence) -> set[int]:
    """Return the numbers of valid questionnaires that the paper tells, else those returned."""
    texts = [s.plain for s in case.sentences if s.passage.paper == said.passage.paper and "份" in s.text]
    valid = {int(a or b) for text in texts for a, b in _VALID.findall(text)}
    return valid or {int(n) for text in texts for n in _RETURNED.findall(text)}


def _near(one: int, other: int) -> bool:
    return other * 4 <= one * 5 and one * 4 <= other * 5
