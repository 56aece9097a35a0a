"""Rates and prices that running text tells under exactly a row's own name, beside the row's result: a part of AV12."""

from collections.abc import Iterator, Sequence

from jixiao.audit.prose import Quantity, Sentence, clipped
from jixiao.audit.rows import Row, Sort
from jixiao.audit.rule import Case, Found
from jixiao.audit.told.by_name import of_other_years
from jixiao.expressions import expression
from jixiao.model.figure import Figure

_TITLED = expression(r"完成|产出|效益|数量|质量|时效|成本|成效|实施情况|实现")
_AIMED = expression(
    r"目标|计划|要求|预计|拟|应当?|不低于|不少于|不高于|不超过|力争|确保|指标值|上年|同期|其中|平均|以上|以内"
)
_OF_GOALS = expression(r"目标(?=完成|实现|达成)")
_BRACKETS = expression(r"[（(][^（）()]*[)）]|[★*≥≤]|指标\d*[：:]")
_LINKED = expression(
    r"^(?:实际|已|均|也|全部|全年|为|是|达到?了?|约|仅|有|保持|稳定|在|:|："
    r"|[由从][\d.]+%?(?:提高|提升|上升|增长|增加|下降|降低|升|降)(?:到|至|为)|(?:提高|提升|上升|下降|降低|增加)(?:到|至|为))*$"
)
_SHORTEST = 4


def results_by_name(case: Case, rows: Sequence[Row]) -> Iterator[Found]:
    """Yield the rows whose name stands before another rate or price than theirs, which the paper tells nowhere."""
    named = [(row, _BRACKETS.sub("", row.plain)) for row in rows if _is_asked(row)]
    named.sort(key=lambda pair: -len(pair[1]))
    told: dict[tuple[int, str], list[tuple[Row, Sentence, Quantity]]] = {}
    for sentence in _results(case) if named else ():
        for q in sentence.quantities:
            row = _row_of(named, sentence, q)
            if row is not None:
                told.setdefault((sentence.passage.paper, row.name), []).append((row, sentence, q))
    for listed in told.values():
        row = listed[0][0]
        own = row.indicator.actual.figure if row.indicator.actual is not None else None
        if own is not None and not any(_same(q.figure, own) for _, _, q in listed):
            yield _differs(*listed[0])


def _is_asked(row: Row) -> bool:
    actual = row.indicator.actual
    unit = actual.figure.unit if actual is not None and actual.figure is not None else None
    if unit is None or actual is None or actual.hedged or row.sort is Sort.SATISFACTION:
        return False
    return len(row.plain) >= _SHORTEST and (unit.kind == "ratio" or unit.kind.startswith("money"))


def _results(case: Case) -> Iterator[Sentence]:
    for sentence in case.sentences:
        passage = sentence.passage
        told = passage.where == "goal.actual" or (passage.in_report and _TITLED.search(passage.title))
        aims = _AIMED.search(_OF_GOALS.sub("", passage.title))
        if told and not aims and not of_other_years(sentence.plain):
            yield sentence


def _row_of(named: Sequence[tuple[Row, str]], sentence: Sentence, q: Quantity) -> Row | None:
    """Return the row whose name stands right before a figure of its kind, the longest name first."""
    if q.hedge or not q.unit:
        return None
    before = sentence.plain[: q.start]
    for row, name in named:
        at = before.rfind(name)
        if at < 0 or not _LINKED.match(before[at + len(name) :]):
            continue
        actual = row.indicator.actual.figure if row.indicator.actual is not None else None
        alike = actual is not None and _kind(actual) == _kind(q.figure)
        aims = _AIMED.search(before[max(0, at - 8) :]) or _AIMED.match(sentence.plain[q.end :])
        return row if alike and not aims else None
    return None


def _kind(figure: Figure) -> str:
    return figure.unit.kind.partition("/")[0] if figure.unit is not None else ""


def _same(one: Figure, own: Figure) -> bool:
    return abs(one.exact - own.exact) <= max(one.high - one.exact, own.high - own.exact)


def _differs(row: Row, sentence: Sentence, q: Quantity) -> Found:
    text, passage = row.indicator.actual.text if row.indicator.actual else "", sentence.passage
    says = (
        f"{row.label}的实际完成值是 {text}，正文写“{clipped(sentence.plain, 40)}”（{q.figure}）。"
        "改法：按原始记录核对，两处改为一致。"
    )
    return Found(passage.where, says, passage.paper, quoted=sentence.text[:60], printed=str(q.figure), computed=text,
                 rests=(row.path("actual"),), key=row.name)  # fmt: skip
