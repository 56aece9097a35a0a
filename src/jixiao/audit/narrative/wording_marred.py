"""NA03, NA08: clauses in which one word is used up twice, and statements that go over into questions (病句)."""

from collections.abc import Iterator

from jixiao.audit.prose import Sentence
from jixiao.audit.rule import Case, Found
from jixiao.expressions import expression

_YEAR_TWICE = expression(r"20\d\d年年(?![初底末中度报均检产费审终内金薪历关味货会])")
_VERB_TWICE = expression(
    r"(?P<verb>采用|采取|按照|根据|依据|由于|为了)(?P<between>[^，,、。；;：:“”（）()和与及并或而\d]{2,9})(?P=verb)(?!的|方案|标准)"
)
_SPREAD_TWICE = expression(
    r"(?P<what>覆盖|普及)率?(?:已|均|基本|全部|全面|现)*(?:实现|达到|达成)(?:了)?全(?P=what)"
)
_ASKED = expression(
    r"(?:范围|内容|重点|对象|方式|标准|要求)(?:为|是|包括|主要是|涵盖)[^，,。；;：:？?]{2,24}[，,](?:项目|资金|工程)?是否[^，,。；;？?]{2,24}(?=[，,。；;])"
)
_CHECKS = expression(
    r"检查|核查|查看|了解|评价|考核|判断|评估|核实|关注|反映|考察|衡量|明确|分析|审核|确认|检验|对照|围绕|查|问|看"
)


def words_used_twice(case: Case) -> Iterator[Found]:
    """Yield the clauses that say one word twice: 采用转账采用按月, 覆盖已实现全覆盖, 2021年年."""
    for sentence in case.told("signs.repeated"):
        plain = sentence.plain
        m = (_YEAR_TWICE.search(plain) if "年年" in plain else None) or _VERB_TWICE.search(plain)
        m = m or (_SPREAD_TWICE.search(plain) if "全覆盖" in plain or "全普及" in plain else None)
        if m:
            says = f"“{m[0]}”里有重复的字词，句子不通。改法：删去重复的，理顺句子。"
            yield _found(sentence, says, m[0])


def asked_and_not_said(case: Case) -> Iterator[Found]:
    """Yield statements that go over into 是否 with no verb that asks."""
    for sentence in case.told("signs.whether"):
        m = _ASKED.search(sentence.plain) if sentence.passage.in_report else None
        if m and not _CHECKS.search(m[0]):
            says = (
                f"“{m[0][:40]}”前面没有“检查”“核实”一类的动词，“是否”没有着落。改法：补上做了什么，写出结果。"
            )
            yield _found(sentence, says, m[0][:12])


def _found(sentence: Sentence, says: str, key: str) -> Found:
    return Found(sentence.passage.where, says, sentence.passage.paper, quoted=sentence.text[:80], key=key)
