"""What a department says of all its projects.

How many, in which score bands, how many full, deviating and sampled.

Every sentence is looked at for its shape (62个预算项目, 项目15个, 90分以上的58个, 评价结果为优的10个), never
for one report's words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from jixiao.expressions import expression
from jixiao.layout import Doubt, Place
from jixiao.model.claims import Bin
from jixiao.papers.prose.claims_found import Plain, bodies, plain, sentences
from jixiao.papers.prose.narrative import Narrative

_N = r"(?P<n>\d{1,4})"
_THING = r"(?:预算|支出|财政|自评|绩效|部门|专项|本级|一般|重点|二级|特定目标类|其他运转类|其他|纳入)*项目"
_TOTAL = (
    expression(
        rf"(?:涉及|纳入[^，。；\d]{{0,20}}|共有|共计?|总计|合计|开展[^，。；\d]{{0,10}}|"
        rf"组织[^，。；\d]{{0,10}}|完成|对|全部|所有|实施)"
        rf"(?:了|的|共|{_THING}|20\d\d年度?|我[局镇乡县市区院校]|本(?:部门|单位|级))*{_N}个{_THING}"),
    expression(
        rf"(?:纳入|涉及|共有|实施|开展|应|参与|本[部单])[^，。；\d]{{0,24}}{_THING}(?:数量|个数|总数|"
        rf"共|共有|共计|总计|合计|为|有|:)*{_N}个(?!百分点|指标|方面|工作)"),
    expression(rf"{_THING}(?:总数|数量|个数|共有?|共计|总计|合计)(?:为|有|:|共|是)*{_N}个"),
    expression(rf"(?:自评|评价){_THING}(?:为|有|:|共|是)*{_N}个"),
    expression(rf"(?:整体支出|整体)(?:和|及|以及|、|与){_N}个{_THING}"),
    expression(rf"^{_N}个{_THING}(?:全年|年初|年度|总|当年|本年)*(?:预算|资金)(?:数|总额|安排)?(?:合计|共计|总计|共)"),
)  # fmt: skip
_NOT_TOTAL = expression(
    r"其中|抽[查取]|偏差|未完成|满分|等级|以上|以下|\d分|优秀?的|良好?的|结余|新增|复核|重点评价|增加|减少"
)
_DIGITS = r"\d{1,3}(?:\.\d+)?"
_SCORE = r"(?:自评|评价|综合|绩效)?(?:得分|分值|评分|分数|总分)?"
_EDGE = r"(?:\((?:不?含)(?:\d+分?)?\))?"
_BAND = (
    rf"(?:{_DIGITS}分?{_EDGE}(?:[-~至到—–]+){_DIGITS}分?{_EDGE}(?:之间|区间)?|"
    rf"{_DIGITS}分?{_EDGE}(?:及)?(?:以上|以下){_EDGE}|(?:低于|高于|不足|不低于|大于|小于|超过|"
    rf"不满){_DIGITS}分|[≥≤><]=?{_DIGITS}分?|"
    rf"满分|100分)"
)
_GRADE = r"[“\"]?(?:优秀|良好|中等|合格|较差|不合格|优|良|中|差)[”\"]?(?:等级|等次|档|级)?"
_BANDS = (
    expression(
        rf"{_SCORE}(?:均)?(?:在|为|达到?|:)*(?P<label>{_BAND})(?:\([^()\d]{{1,6}}\))?(?:的|{_THING}|有|"
        rf"共|占|为|:|,|，|、|均|等级|等次)*{_N}个"),
    expression(
        rf"(?P<n>\d{{1,4}})个(?:{_THING})?(?:的)?(?:自评|评价|绩效)*(?:得分|评分|分数)(?:均)?(?:在|为|"
        rf"达到?|是)+(?P<label>{_BAND})"),
    expression(
        rf"(?:(?:评价|评定|自评|评级|绩效)*(?:结果|等级|等次|结论|级别)?(?:为|是|评为|评定为|达到|:)|"
        rf"[，、；:,。)]|^)(?P<label>{_GRADE})(?:\([^()]*\))?(?:的|{_THING}|有|共|为|:)*{_N}个"),
    expression(
        rf"(?P<n>\d{{1,4}})个{_THING}(?:自评|评价)*(?:结果|等级|等次|结论)?(?:均)?(?:为|评为|评定为|"
        rf"是)(?P<label>{_GRADE})"),
)  # fmt: skip
_FULL = (
    expression(
        rf"(?P<n>\d{{1,4}})个{_THING}[^。；\d]{{0,30}}(?:得分|评分|自评分|分数)?(?:均|都|全部)?(?:在|"
        rf"为|是|达到?|得)*(?:100分|满分)"),
    expression(rf"(?:得分|评分|自评分)?(?:为|在|是|达到?|得)*(?:100分|满分)(?:的|{_THING}|有|共|为)*{_N}个"),
)  # fmt: skip
_WORDS_BAD = r"(?:偏差|偏离|未完成|未达到|未达成|未实现|未全部完成|没有完成|未如期)"
_DEVIATING = (
    expression(rf"(?P<n>\d{{1,4}})个{_THING}[^。；，\d]{{0,24}}{_WORDS_BAD}"),
    expression(rf"{_WORDS_BAD}[^。；，\d]{{0,24}}{_THING}(?:有|共|为|:|共计)*{_N}个"),
)  # fmt: skip
_SAMPLED = (
    expression(rf"(?:抽[查取选]|选取|选择|随机)[^。；，\d]{{0,16}}{_N}个(?!工作日|方面|百分点)"),
    expression(rf"对{_N}个{_THING}[^。；，]{{0,16}}(?:抽查|复核|复评|重点评价|再评价)"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A whole number with the place it stands at and the plain sentence it was said in."""

    value: int
    place: Place
    sentence: str


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of a department's report.

    Each None where it is silent, with doubts where it says two things.
    """

    projects: Found | None = None
    bins: tuple[tuple[Bin, Place], ...] = ()
    full_marks: Found | None = None
    with_deviation: Found | None = None
    sampled: Found | None = None
    doubts: tuple[Doubt, ...] = ()


def said(narrative: Narrative) -> Iterator[tuple[Plain, int, str]]:
    """Yield every sentence of the body: its plain paragraph, its offset there, its plain text."""
    for _, paragraph in bodies(narrative):
        text = plain(paragraph)
        for offset, sentence in sentences(text.text):
            yield text, offset, sentence


def counted(
    narrative: Narrative, patterns: tuple[re.Pattern[str], ...], barred: re.Pattern[str] | None = None
) -> list[Found]:
    """Return every count that one of the patterns finds, a pattern's order before the text's.

    `barred` looks at the words before.
    """
    found: list[Found] = []
    spoken = tuple(said(narrative))
    for match, (text, offset, sentence) in (
        (m, s) for p in patterns for s in spoken for m in p.finditer(s[2])
    ):
        clause = re.split(r"[，；。:]", sentence[: match.start("n")])[-1]
        if barred is None or not barred.search(clause):
            place = text.place(offset + match.start("n"), offset + match.end("n"))
            found.append(Found(int(match.group("n")), place, sentence))
    return found


def one_of(found: list[Found], field: str, what: str) -> tuple[Found | None, tuple[Doubt, ...]]:
    """Return the first count; another value is a doubt with both readings."""
    if not found:
        return None, ()
    other = next((f for f in found if f.value != found[0].value), None)
    if other is None:
        return found[0], ()
    return found[0], (
        Doubt(other.place, f"{what}有两个不同的数，取先出现的", str(found[0].value), str(other.value), field),
    )


def edges(label: str) -> tuple[Decimal | None, Decimal | None]:
    """Return the printed edges of a band: 60至90分 gives 60 and 90, 90分以上 gives 90 and None."""
    if "满分" in label:
        return Decimal(100), Decimal(100)
    digits = [Decimal(d) for d in re.findall(_DIGITS, re.sub(r"\(.*?\)", "", label))]
    if len(digits) > 1:
        return min(digits[:2]), max(digits[:2])
    if not digits:
        return None, None
    if re.search(r"以下|低于|不足|小于|不满|[<≤]", label) and "不低于" not in label:
        return None, digits[0]
    if re.search(r"以上|高于|不低于|大于|超过|[>≥]", label):
        return digits[0], None
    return digits[0], digits[0]


def bins_in(narrative: Narrative) -> tuple[tuple[Bin, Place], ...]:
    """Return the score bands or grades with their number of projects.

    From the sentence that tells most of them.
    """
    best: list[tuple[Bin, Place]] = []
    for text, offset, sentence in said(narrative):
        found: dict[int, tuple[Bin, Place]] = {}
        whole = any(pattern.search(sentence) for pattern in _BANDS[1::2])
        for match in (m for pattern in _BANDS for m in pattern.finditer(sentence)):
            if not any(abs(match.start("n") - at) < 2 for at in found):
                found[match.start("n")] = bin_of(match, text, offset)
        if len(found) > len(best) and (whole or len(found) > 1):
            best = [found[at] for at in sorted(found)]
    return tuple(best)


def bin_of(match: re.Match[str], text: Plain, offset: int) -> tuple[Bin, Place]:
    """Return one band with its edges as printed, and where it stands."""
    low, high = edges(match.group("label"))
    start, end = match.span("label")
    label = text.quoted(offset + start, offset + end).strip('“”"')
    place = text.place(offset + min(start, match.start("n")), offset + max(match.end("n"), end))
    return Bin(label, low, high, int(match.group("n"))), place


def counts(narrative: Narrative) -> Counts:
    """Return every count of the report with its place."""
    projects, doubts = one_of(counted(narrative, _TOTAL, _NOT_TOTAL), "projects", "项目总数")
    full, more = one_of(counted(narrative, _FULL), "full_marks", "满分项目数")
    deviating, third = one_of(counted(narrative, _DEVIATING), "with_deviation", "有偏差的项目数")
    sampled, fourth = one_of(counted(narrative, _SAMPLED), "sampled", "抽查项目数")
    return Counts(projects, bins_in(narrative), full, deviating, sampled, (*doubts, *more, *third, *fourth))
