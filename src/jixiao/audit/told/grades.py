"""Grades that a text gives and no rule-book has: 良好以上, A级, 优良 (AR09)."""

import re
from collections.abc import Iterator, Sequence

from jixiao.audit.rule import Case, Found
from jixiao.expressions import expression
from jixiao.model.figure import tidy
from jixiao.model.finding import Severity
from jixiao.schemes.scheme import GradeBand

_GRADE = expression(
    r"(?:等级|等次|评级|档次|结论|结果|评定|评价|认定)(?:等级|等次)?(?:为|是|:|评为|评定为|属于?|达到)+[“\"‘「]?"
    r"(?P<word>(?:优秀?|良好?|中等?|合格)(?:及|等次|等级)?以上|优良|良优|中上等?|较优|[A-DＡ-Ｄ](?:级|等|类|档)?|[一二三甲乙丙]等|[一二三]级|[三四五]星级?|达标|通过)"
    r"(?=[”\"’」，,。；;）)等]|$)"
)
_SCORED = expression(r"自评|评价|得分|总分|综合|绩效")
_OTHER = expression(r"应急|企业|信用|资质|水质|旅游|景区|医院|风险|质量等级|环境|空气|工程质量|服务对象")


def bands_named(printed: str | None, grades: Sequence[GradeBand]) -> tuple[GradeBand, ...] | None:
    """Return the bands whose word a printed grade is; None where no word is left of it."""
    word = re.sub(r"[\s“”\"（(].*$|等级|[。，]", "", tidy(printed)) if printed else ""
    if not word:
        return None
    short = word.removesuffix("秀").removesuffix("好")
    return tuple(g for g in grades if word in {g.word, *g.also} or short == g.word)


def grades_of_no_book(case: Case) -> Iterator[Found]:
    """Yield the grades of the evaluation that are none of the rule-book's, each paper's first."""
    bands = case.scheme.grades
    known = {word for g in bands for word in (g.word, *g.also)}
    seen: set[int] = set()
    for said in case.told("signs.graded") if bands else ():
        m = _GRADE.search(said.plain)
        if m is None or said.passage.paper in seen or m["word"] in known or not said.passage.in_report:
            continue
        if not _SCORED.search(said.plain) or _OTHER.search(said.plain[: m.start()][-12:]):
            continue
        seen.add(said.passage.paper)
        words = "、".join(g.word for g in bands)
        says = f"等级写的是“{m['word']}”，规定的等级为{words}。改法：按总分填写规定的等级。"
        yield Found(said.passage.where, says, said.passage.paper, Severity.WARNING, quoted=said.text, printed=m["word"],
                    source=case.scheme.grades_source, key=m["word"])  # fmt: skip
