"""Satisfaction told in running text beside the table's: a part of AV12 (正文与表格的满意度)."""

from collections.abc import Iterator
from dataclasses import dataclass

from jixiao.audit.prose import Quantity, Sentence
from jixiao.audit.reach import comparable
from jixiao.audit.rows import Row, Sort
from jixiao.audit.rule import Case, Found
from jixiao.expressions import expression
from jixiao.model.figure import Figure, tidy
from jixiao.model.finding import Severity

_SATISFIED = expression(r"满意(?:度|率)[^，。；、\d]{0,8}$")
_WANTED = expression(r"目标|指标值|要求|预期|计划|不低于|不少于|应")
_AIMS = expression(r"(?:绩效|总体|年度|项目)目标(?:设定|情况|内容|设置)*$")
_AT_LEAST = expression(r"^(?:\(含\)|（含）|及|\(含\d+%\))?以上")
_PAIR = expression(r"(?=([\u4e00-\u9fff]{2}))")
_CLAUSE = expression(r"[，,、；;。：:（）()]")
_NOBODY = frozenset(
    {
        "满意",
        "意度",
        "意率",
        "服务",
        "对象",
        "务对",
        "项目",
        "受益",
        "群众",
        "公众",
        "社会",
        "益群",
        "会公",
        "人员",
    }
)


@dataclass(frozen=True, slots=True)
class Told:
    """A rate of satisfaction in a sentence, and the words before it in its clause."""

    sentence: Sentence
    quantity: Quantity
    words: str
    alone: bool


def other_satisfaction(case: Case, rows: list[Row]) -> Iterator[Found]:
    """Yield the rates told of that no row has: all of them where none agrees, else those said of a row's own people."""
    own = [r for r in rows if _is_satisfaction(r)] if case.told("evidence.satisfied") else []
    told = list(_told(case)) if own else []
    agreeing = {t.sentence.passage.paper for t in told for r in own if _agrees(t.quantity, r)}
    seen: set[str] = set()
    for one in told:
        figure = str(one.quantity.figure)
        if figure in seen or any(_agrees(one.quantity, r) or _passes(one.quantity, r) for r in own):
            continue
        same = any(_people(one.words) & _people(r.name) for r in own)
        if one.sentence.passage.paper in agreeing and not (same and one.alone):
            continue
        seen.add(figure)
        foreign = not same and bool(_people(one.words)) and all(_people(r.name) for r in own)
        yield _differs(own, one, Severity.NOTE if foreign else Severity.WARNING)


def _told(case: Case) -> Iterator[Told]:
    for sentence in case.told("evidence.satisfied"):
        if (
            sentence.passage.where == "goal.expected"
            or _AIMS.search(sentence.passage.title)
            or "%" not in sentence.plain
            or _WANTED.search(sentence.plain)
        ):
            continue
        rates = [q for q in sentence.quantities if _is_rate(q.figure) and _SATISFIED.search(q.before)]
        for q in rates:
            yield Told(sentence, q, _CLAUSE.split(sentence.plain[: q.start])[-1], len(rates) == 1)


def _is_rate(figure: Figure) -> bool:
    return figure.unit is not None and figure.unit.kind == "ratio"


def _people(text: str) -> frozenset[str]:
    """Return the neighbouring characters that tell who was asked; none for 服务对象 and the like."""
    plain = tidy(text)
    return frozenset(_PAIR.findall(plain)) - _NOBODY


def _is_satisfaction(row: Row) -> bool:
    if row.sort is not Sort.SATISFACTION:
        return False
    figure = row.indicator.actual.figure if row.indicator.actual else None
    return figure is not None and "满意" in f"{row.name}{row.indicator.level2}"


def _agrees(q: Quantity, row: Row) -> bool:
    figure = row.indicator.actual.figure if row.indicator.actual else None
    if figure is None or not comparable(figure, q.figure):
        return True
    own = figure if figure.unit is not None else Figure(figure.value, figure.half, q.figure.unit)
    share = figure.unit is None and 0 < figure.value <= 1  # 0.929 stands for 92.9%
    return own.agrees_with(q.figure) or (share and Figure(figure.value, figure.half).exact == q.figure.exact)


def _passes(q: Quantity, row: Row) -> bool:
    """Tell whether the text says 95%以上 and the row's rate is no less."""
    figure = row.indicator.actual.figure if row.indicator.actual else None
    return figure is not None and bool(_AT_LEAST.match(q.after)) and figure.value >= q.figure.value


def _differs(own: list[Row], told: Told, severity: Severity) -> Found:
    printed = "、".join(dict.fromkeys(r.indicator.actual.text for r in own if r.indicator.actual))
    figure, passage = str(told.quantity.figure), told.sentence.passage
    says = f"正文写“{told.words}{figure}”，表中满意度的完成值是 {printed}。改法：按调查结果核对改正。"
    return Found(passage.where, says, passage.paper, severity, quoted=told.sentence.text[:60], printed=figure,
                 computed=printed, key=f"satisfaction|{figure}", rests=(own[0].path("actual"),))  # fmt: skip
