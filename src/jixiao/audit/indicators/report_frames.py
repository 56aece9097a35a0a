"""IS15, IS18: the indicators of the table beside what its report scores and whom it asked (表与报告的指标)."""

import re
from collections.abc import Iterable, Iterator

from jixiao.audit.annexes import frames_apart
from jixiao.audit.indicator_rows import at_row, class_points, is_whole, of_sort, project_names, rows_in
from jixiao.audit.lexicon import any_of, lists_of
from jixiao.audit.prose import Sentence
from jixiao.audit.rows import Row, Sort
from jixiao.audit.rule import Case, Found, rule
from jixiao.expressions import expression
from jixiao.model.claims import Report
from jixiao.model.evaluation import ClassMark
from jixiao.model.finding import Severity
from jixiao.model.reading import Kind

_FRAME = ("投入", "过程", "决策", "管理")
_LEAST = 2
_CLASSES = lists_of("classes")
_GROUPS = {
    key: any_of(words) for key, words in _CLASSES.items() if not key.startswith("claims") and key != "inward"
}
_INWARD = any_of(_CLASSES["inward"])
_GROUP_LISTS = frozenset(f"classes.{key}" for key in _GROUPS)
_ASKED = expression(r"调查|问卷|走访|访谈|回访")
_WHOM_ASKED = expression(
    r"对([^,，。;；:：]{2,18}?)(?:的|进行|开展|做|作)*了?(?:满意度)?(?:进行|开展)?(?:了)?(?:问卷)?(?:调查|走访|访谈|回访|问卷)"
    r"|向([^,，。;；:：]{2,18}?)(?:随机|共|累计)?(?:发放|发出|派发)[^,，。;；]{0,8}?问卷"
)
_WHOSE = expression(r"([^,，。;；:：、%]{2,14}?)(?:对[^,，。;；]{2,30})?的?(?:满意度|满意率)")


@rule("IS15", Severity.WARNING, source="一个项目的自评只有一套指标体系和分值")
def report_scores_another_system(case: Case) -> Iterator[Found]:
    """自评报告与自评表用的不是同一套指标体系，却得出同一个总分。

    为什么：报告解释自评表的得分；两套体系各打各的分，至少有一套是凑出来的。
    不合格：报告按投入 20 分、过程 30 分、产出与效益 50 分计分，自评表按成本 20、产出 40、效益 20、满意度 10 计分。
    不合格：报告说一级指标是投入、过程、产出、效益，评分表是决策、过程、产出、效益。
    合格：报告逐项说明自评表中各类的得分；另附的部门评价报告按决策、过程、产出、效益评价。
    怎么改：以自评表的指标体系重写报告的绩效分析。
    来源：财预〔2020〕10号：自评结果以自评表为准（条文未核对）。
    误报风险：低。只看自评报告，不看评价报告；报告没有打分、另附评分表的不判；两个总分不同的只作提示。
    """
    for at, report in case.reports:
        if case.filing.readings[at].kind is not Kind.SELFEVAL_REPORT or not report.classes:
            continue
        first = [m for m in report.classes if m.level == 1]
        marks = [m for m in first if m.points is not None] or [
            m for m in first if m.score_printed is not None
        ]
        strange = [m for m in marks if m.name.startswith(_FRAME)]
        if len(marks) >= _LEAST and strange and (own := _own_classes(case)):
            says = (
                f"报告按{_listed(marks)}计分，自评表按{own}计分，不是同一套指标体系"
                f"{_same_total(case, report)}。改法：按自评表的指标体系重写绩效分析。"
            )
            severity = None if report.total_printed is None or _same_total(case, report) else Severity.NOTE
            yield Found("classes", says, at, severity, quoted="、".join(m.name for m in strange), key="frame")
    yield from frames_apart(case)


def _own_classes(case: Case) -> str:
    """Return the classes and points of the main table, "" where it has none or a scoring form stands beside it."""
    main = case.main_table
    if any(reading.kind is Kind.SCORING_FORM for reading in case.filing.readings):
        return ""
    if main is None or not is_whole(main[1]) or any(str(m.name).startswith(_FRAME) for m in main[1].classes):
        return ""
    points = class_points(rows_in(case, main[0]))
    return "、".join(f"{stem} {mark:f} 分" for stem, mark in points.items()) if len(points) >= _LEAST else ""


def _listed(marks: Iterable[ClassMark]) -> str:
    told = ((m.name, m.points, m.score_printed) for m in marks)
    return "、".join(
        f"{name} {points:f} 分" if points is not None else f"{name}得 {score:f} 分"
        for name, points, score in told
    )


def _same_total(case: Case, report: Report) -> str:
    main = case.main_table
    total = report.total_printed
    return f"，总分却都是 {total:f}" if main and total is not None and total == main[1].total_printed else ""


_SATISFACTION = "scoring.satisfaction"


@rule("IS18", Severity.WARNING, source="财预〔2021〕101号：满意度反映服务对象的认可程度")
def satisfaction_asks_the_wrong_people(case: Case) -> Iterator[Found]:
    """满意度问的人与项目的服务对象不同，或报告调查的人与表中指标不同。

    为什么：谁受益就问谁；问错了人，满意度不能说明效果。
    不合格：表中是“护路员满意度”，报告写“对沿线居民满意度进行调查”；报告调查“学员及家属”，表中只有学员；
        残疾人辅具项目的满意度问的是企业；救助项目的报告写“群众及残疾人满意度”，别处没有残疾人。
    合格：表与报告都是灌区农户；表中写“服务对象满意度”，报告说明服务对象是谁。
    怎么改：统一满意度的对象，问卷按该对象发放。
    来源：财预〔2021〕101号；复核人员通用核对办法。
    误报风险：中，按称呼归类（居民、村民归为群众）；表中没有写明对象的不判，报告多问了别人、项目服务某类人而问群众或干部的只作提示。
    """
    yield from _strangers_asked(case)
    rows = [r for r in of_sort(case, Sort.SATISFACTION) if _SATISFACTION in r.name_words]
    table = frozenset[str]().union(*(_groups(_subject(r.name)) for r in rows))
    if not table or any(not _groups(_subject(r.name)) for r in rows):
        return
    yield from _not_whom_it_serves(case, rows, table)
    for said in (said for said in case.told(_SATISFACTION) if said.passage.in_report):
        asked = _asked(said)
        if asked - table:
            apart = not asked & table
            says = (
                f"报告调查的是“{_called(said, asked)}”，表中的满意度指标是“{'、'.join(r.name for r in rows[:3])}”。"
                "改法：统一满意度的调查对象。"
            )
            yield Found(said.passage.where, says, said.passage.paper, None if apart else Severity.NOTE,
                        quoted=said.text[:80], key="|".join(sorted(asked)))  # fmt: skip
            return


_JOINED = expression("[及和与、]")


def _strangers_asked(case: Case) -> Iterator[Found]:
    """Yield satisfaction of people named beside others, of whom a report without a table speaks nowhere else."""
    for said in case.told(_SATISFACTION) if not case.tables else ():
        if not said.passage.in_report or "%" not in said.plain:
            continue
        m = _WHOSE.search(said.plain)
        beside = m is not None and _JOINED.search(m[1]) is not None
        strange = _groups(_subject(m[1])) - _ANYBODY if m and beside else frozenset()
        others = f"{project_names(case)}{''.join(s.plain for s in case.sentences if s is not said)}"
        strange = frozenset(key for key in strange if not _GROUPS[key].search(others))
        if strange:
            says = (
                f"满意度问的是“{_called(said, strange)}”，报告别处没有说到他们。"
                "改法：改问项目的服务对象，或说明为什么问他们。"
            )
            yield Found(said.passage.where, says, said.passage.paper, quoted=said.text[:80], key="stranger")
            return


# Named in almost every paper, or asked in place of those who cannot answer.
_ANYBODY = frozenset({"群众", "家属", "企业", "单位", "学员"})


# 养老保险 is for all who pay in, and training for those who are taught.
_FOR_THE_OLD = expression(
    r"^(?!.*(?:培训|人才|从业|护理员|床位|建设|改造|保险)).*(?:居家养老|社区养老|养老服务|敬老院)"
)
_AMONG_THE_OLD = frozenset({"群众", "工作人员", "困难对象", "残疾人"})


def _not_whom_it_serves(case: Case, rows: list[Row], asked: frozenset[str]) -> Iterator[Found]:
    """Yield where the project's name says whom it serves, and satisfaction is asked of quite other people."""
    names = project_names(case)
    named = _groups(names) - _ANYBODY
    if not named and _FOR_THE_OLD.search(names) and not asked & _AMONG_THE_OLD:
        named = frozenset({"老年人"})
    if not named or asked & (named | {"家属"}) or _INWARD.search(names):
        return
    own = "、".join(sorted(named))
    says = (
        f"项目的服务对象是“{own}”，满意度问的却是“{'、'.join(r.name for r in rows[:3])}”。"
        "改法：改问服务对象，或说明为什么问他们。"
    )
    grave = not asked & {"群众", "工作人员"}
    yield at_row(rows[0], "level3", says, None if grave else Severity.NOTE)


def _subject(name: str) -> str:
    """Return who is satisfied: 沿线居民 of 沿线居民对护路员工作的满意度."""
    return re.split(r"对|满意", name)[0]


def _called(said: Sentence, groups: frozenset[str]) -> str:
    """Return the people as the sentence calls them."""
    found = (_GROUPS[key].search(said.plain) for key in sorted(groups))
    return "、".join(m[0] for m in found if m)


def _groups(text: str) -> frozenset[str]:
    return frozenset(key for key, words in _GROUPS.items() if words.search(text))


def _asked(said: Sentence) -> frozenset[str]:
    """Return whom a sentence of a report says were asked; nobody where it tells of no asking and no rate."""
    if said.words.isdisjoint(_GROUP_LISTS) or not ("%" in said.plain or _ASKED.search(said.plain)):
        return frozenset()
    found = [m[m.lastindex or 1] for pattern in (_WHOM_ASKED, _WHOSE) for m in pattern.finditer(said.plain)]
    return frozenset[str]().union(*(_groups(_subject(text)) for text in found))
