"""NA12: conclusions that reverse the scores (报告文字)."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from jixiao.audit.lexicon import any_of, lists_of
from jixiao.audit.narrative.claims import chapter
from jixiao.audit.prose import Sentence, percent
from jixiao.audit.rule import Case, Found, rule
from jixiao.expressions import expression
from jixiao.model.claims import Report
from jixiao.model.evaluation import ClassMark
from jixiao.model.finding import Severity

_CLASSES = ("决策", "过程", "投入", "产出", "效益", "满意度", "成本")
_NAMED_CLASS = expression("|".join(_CLASSES))
_WEAK = any_of(lists_of("narrative")["weak"])
_MONEY = expression(r"执行率|资金|预算|支出")
_SCOPE = ("范围", "对象", "评价工作过程", "工作过程", "指标体系")


@rule("NA12", Severity.WARNING, source="评价结论须与得分一致")
def conclusion_reverses_scores(case: Case) -> Iterator[Found]:
    """结论说哪一类好、哪一类差，与各类得分相反；或说满分而扣了分，评价范围漏了打分的大类。

    为什么：结论给领导看，得分给复核看，两者相反就不知道信哪个。
    不合格：“决策和效益得分较低”，决策 15/15、效益 30/30；“过程表现最好”，得分率却最低；“各项指标均得满分”，产出 28/30；
    “产出没有失分”，产出扣了分。
    合格：“产出得分较低”，产出 26/30、其余满分；讲问题时不提得分。
    怎么改：按各类得分率重写结论；评价范围写全打分的大类。
    来源：财预〔2020〕10号附件3：综合评价结论。
    误报风险：中，只在被点名为差的各类都是满分、而别处扣了分，或“最好”“最差”与得分率、失分都相反时提示。
    """
    for paper, report in case.reports:
        marks = _marks(case, report)
        if marks:
            yield from _blamed(case, paper, marks)
            yield from _all_full(case, paper, marks)
            yield from _unlost(case, paper, marks)
            yield from _ranked(case, paper, marks)
            yield from _scope(case, paper, marks)


def _marks(case: Case, report: Report) -> Mapping[str, ClassMark]:
    """Return the first-level classes with their scores, as the report prints them, else as the table's rows add up."""
    told = {m.name[:3] if m.name.startswith("满意") else m.name: m for m in report.classes if _rated(m)}
    return told or case.once(_added_up)


def _added_up(case: Case) -> Mapping[str, ClassMark]:
    points: dict[str, Decimal] = {}
    scores: dict[str, Decimal] = {}
    for row in case.main_rows:
        i = row.indicator
        named = _NAMED_CLASS.search(i.level1 or "")
        if named is None or i.points is None or i.score_printed is None:
            return {}
        points[named[0]] = points.get(named[0], Decimal(0)) + i.points
        scores[named[0]] = scores.get(named[0], Decimal(0)) + min(i.points, i.score_printed)
    return {name: ClassMark(name, 1, points[name], scores[name]) for name in points}


def _rated(mark: ClassMark) -> bool:
    return mark.level == 1 and bool(mark.points) and mark.score_printed is not None


def _full(mark: ClassMark) -> bool:
    return mark.points is not None and mark.score_printed is not None and mark.score_printed >= mark.points


def _blamed(case: Case, paper: int, marks: Mapping[str, ClassMark]) -> Iterator[Found]:
    for sentence in case.told("narrative.weak"):
        passage = sentence.passage
        if passage.paper != paper or not re.search(r"得分|评分|[失扣丢]分", sentence.plain):
            continue
        clauses = re.split(r"[，,；;。]", sentence.plain)
        named = [
            marks[c]
            for clause in clauses
            if _WEAK.search(clause)
            for c in _NAMED_CLASS.findall(clause)
            if c in marks
        ]
        lost = [m for m in marks.values() if not _full(m)]
        of_money = _MONEY.search(sentence.plain) is not None
        if named and all(map(_full, named)) and (lost or not of_money):
            where = "、".join(_score(m) for m in lost) or "别处（预算执行率）"
            says = (
                f"结论说{'、'.join(_score(m) for m in named)}不足，这{'几类' if len(named) > 1 else '一类'}都是满分；"
                f"扣分的是{where}。改法：按得分重写结论。"
            )
            yield Found(passage.where, says, paper, quoted=sentence.text, key="blamed")


def _score(mark: ClassMark) -> str:
    return f"“{mark.name}”（{mark.score_printed}/{mark.points}）"


def _all_full(case: Case, paper: int, marks: Mapping[str, ClassMark]) -> Iterator[Found]:
    lost = [m for m in marks.values() if not _full(m)]
    for sentence in case.told("narrative.full_marks") if lost else ():
        passage = sentence.passage
        if (
            passage.paper == paper
            and not re.search(r"除|外|部分|其余|其他|其它", sentence.plain)
            and not _NAMED_CLASS.search(chapter(case, passage))
        ):
            says = f"文中说各项均得满分，{'、'.join(_score(m) for m in lost)}却扣了分。改法：如实写明扣分的类别。"
            yield Found(passage.where, says, paper, quoted=sentence.text, key="full")


_UNLOST = expression(r"(?:没有|并?未|无|没|不)(?:失|扣|丢)分|(?:得|获|均|均为|是|为)(?:了)?满分(?!\d)")
_ONE_CLASS = expression(
    r"(?<!社会)(?<!经济)(?<!生态)(?<!环境)(?<!综合)(决策|过程|投入|产出|效益|满意度|成本)"
    r"(?!数量|质量|时效|成本|进度|[一-鿿]{0,3}(?:率|性|控制|节约|中的|里的))"
)
_PARTLY = expression(r"除|外|部分|其中|个别|其余|其他|其它|多数|大多|基本|多项|\d项|应|若|如果|按|的得满分")


def _unlost(case: Case, paper: int, marks: Mapping[str, ClassMark]) -> Iterator[Found]:
    """Yield a class of which a sentence says that it lost nothing, and that lost points."""
    told = (*case.told("narrative.no_deduction"), *case.told("narrative.full_class"))
    for sentence in dict.fromkeys(s for s in told if s.passage.paper == paper):
        for name in _said_unlost(sentence):
            mark = marks.get(name)
            if mark is not None and not _full(mark):
                says = f"结论说“{mark.name}”没有失分，得分却是{_score(mark)}。改法：按得分重写结论。"
                yield Found(sentence.passage.where, says, paper, quoted=sentence.text, key=f"unlost|{name}")


def _said_unlost(sentence: Sentence) -> Iterator[str]:
    """Yield the one class that a clause, or the clause before it, names where it says that nothing was lost."""
    clauses = re.split(r"[，,；;。]", sentence.plain)
    for before, clause in zip(("", *clauses), clauses, strict=False):
        if not _UNLOST.search(clause) or _PARTLY.search(before + clause):
            continue
        named = set(_ONE_CLASS.findall(clause)) or set(_ONE_CLASS.findall(before))
        if len(named) == 1 and "指标" not in clause.partition("满分")[2]:
            yield from named


_BEST = expression(
    r"(?:表现|完成|得分|情况|做得)?最(?:好|佳|优|理想|突出)|得分率?最高|得分率居首|扣分最少|失分最少"
)
_WORST = expression(
    r"(?:失分|扣分|丢分)(?:也|又|还)?最(?:多|大|严重)|得分率?最低|(?:表现|完成|得分|情况)?最(?:差|弱|薄弱|不理想)|(?:失分|扣分)(?:最)?集中|"
    r"(?:是|为|系|成为)(?:本次|此次|项目|本项目)?(?:的)?主要的?[失扣丢]分(?:点|项|环节|部分|方面|领域|类别|因素|来源)?$|"
    r"主要[失扣丢]分(?:点|项|环节|部分|方面)?(?:在于?|是|为|集中[在于]|来自于?)(?:决策|过程|投入|产出|效益|满意度|成本)(?:类|环节|指标|方面|部分)?$"
)
_LEAST_RANKED = 3


def _ranked(case: Case, paper: int, marks: Mapping[str, ClassMark]) -> Iterator[Found]:
    """Yield the class that is called the best and rates lowest, or the worst and neither lost most nor rates lowest."""
    ranked = sorted((m for m in marks.values() if m.name[:3].rstrip("指标") in _CLASSES), key=_rate)
    if len(ranked) < _LEAST_RANKED:
        return
    for sentence in case.told("narrative.ranked"):
        if sentence.passage.paper != paper:
            continue
        for clause in re.split(r"[，,；;。]", sentence.plain):
            named = _NAMED_CLASS.findall(clause)
            mark = marks.get(named[0]) if len(set(named)) == 1 else None
            says = _misranked(mark, clause, ranked) if mark is not None else ""
            if says:
                told = "、".join(f"{_score(m)[:-1]}，{percent(_rate(m))}）" for m in reversed(ranked))
                says = f"{says}：{told}。改法：按各类得分率重写结论。"
                yield Found(sentence.passage.where, says, paper, quoted=sentence.text, key=f"ranked|{clause}")


def _misranked(mark: ClassMark, clause: str, ranked: list[ClassMark]) -> str:
    """Return what is wrong with calling a class the best or the worst; "" where its rate or its loss allows it."""
    lowest, highest = _rate(ranked[0]), _rate(ranked[-1])
    if _WORST.search(clause):
        most = max(_loss(m) for m in ranked)
        wrong = _rate(mark) != lowest and _loss(mark) != most
        return f"结论说“{mark.name}”最差，得分率却不是最低，失分也不是最多" if wrong else ""
    if _BEST.search(clause) and lowest != highest and _rate(mark) == lowest:
        return f"结论说“{mark.name}”最好，得分率却是各类中最低的"
    return ""


def _rate(mark: ClassMark) -> Fraction:
    return Fraction(mark.score_printed or 0) / Fraction(mark.points or 1)


def _loss(mark: ClassMark) -> Decimal:
    return (mark.points or Decimal(0)) - (mark.score_printed or Decimal(0))


def _scope(case: Case, paper: int, marks: Mapping[str, ClassMark]) -> Iterator[Found]:
    """Yield a scope that lists some of the classes that are scored and leaves out others."""
    for sentence in case.told("narrative.classes"):
        passage = sentence.passage
        listed = [h.word[: -len("指标")] for h in sentence.hits if "narrative.classes" in h.lists]
        if passage.paper != paper or len(set(listed)) <= 1 or not any(w in passage.title for w in _SCOPE):
            continue
        left = [name for name in marks if name not in listed and name in _CLASSES]
        if left:
            severity = Severity.NOTE if re.search(r"指标等", sentence.plain) else None
            only, more = "、".join(dict.fromkeys(listed)), "、".join(left)
            says = f"评价范围只列{only}，打分时还有{more}。改法：把打分的大类写全。"
            yield Found(passage.where, says, paper, severity, quoted=sentence.text, key="scope")
            return
