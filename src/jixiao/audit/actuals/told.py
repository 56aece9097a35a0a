"""AV12: results told in running text beside the results of the table (正文的完成情况与表格)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from jixiao.audit.actuals.cells import result_of
from jixiao.audit.actuals.told_as_planned import told_as_planned
from jixiao.audit.actuals.told_by_name import results_by_name
from jixiao.audit.actuals.told_in_words import told_in_words
from jixiao.audit.actuals.told_satisfaction import other_satisfaction
from jixiao.audit.lexicon import lists_of
from jixiao.audit.prose import Passage, Quantity, Sentence, clipped
from jixiao.audit.rows import Row, Sort
from jixiao.audit.rule import Case, Found, rule
from jixiao.audit.told.by_name import (
    is_difference,
    of_another_time,
    of_other_years,
    other_by_name,
    pairs_of,
    same_kind,
    was_asked,
)
from jixiao.audit.told.misprints import results_misprinted
from jixiao.audit.within import lists_within
from jixiao.expressions import expression
from jixiao.model.figure import Figure, sum_of
from jixiao.model.finding import Severity

_IN = lists_within("actuals")
_KINDS_OF_PAY = lists_of("actuals")
_TITLED = expression(r"完成|产出|效益|满意|数量|质量|时效|成效|实施情况|实现")
_AIMED = expression(
    r"目标|计划|要求|预计|拟|应当?|不低于|不少于|力争|确保|标准|指标值|任务数|规划|申报|其中|平均|[日月场班]均|每[日天月期次场班周季]|分别|问卷|调查了?|抽查|剩余|尚|未"
)
_CLAUSE = expression(r"[，,、；;。：:（）()]")
_BRACKETS = expression(r"[（(][^（）()]*[)）]|[★*≥≤\d.%]|指标\d*[：:]")
_COUNTED = frozenset("个座处间栋幢所项")
_UNCOUNTED = frozenset({"money", "ratio", "point", "分", "months", "duration"})
_UNTOLD = _UNCOUNTED - {"ratio", "duration"}
_LEAST_PAIRS = 2
_NO_PAIRS: frozenset[str] = frozenset()


@rule("AV12", Severity.WARNING, source="报告、实际完成情况与自评表数据一致")
def told_result_differs(case: Case) -> Iterator[Found]:
    """正文、实际完成情况中的结果与表格的实际完成值不一致。

    为什么：同一个结果在同一份材料里只能有一个数，两处不同必有一处是错的。
    不合格：实际完成情况写“培训村医 86 人”，表中“培训村医人数”完成值 120 人；报告写满意度 92%，表中 97%。
    合格：报告写“硬化道路 12000 米”，表中 12 公里；报告写“计划 120 人”。
    怎么改：按原始记录核对，两处改为一致；计量单位不同的，统一单位。
    来源：复核人员通用核对办法；部门复核要求“报告与底稿一致”。
    误报风险：中。按名称相近、单位相同对应；名称只是相近、单位不同或名目不同的只作提示。
    """
    rows = [r for at, _ in case.tables for r in case.rows_by_paper[at] if r.indicator.actual is not None]
    if not case.passages:
        return
    told = list(_told(case, rows))
    yield from other_satisfaction(case, rows)
    found = [f for row in rows if told for f in _about(row, told)]
    yield from found
    said = {f.key for f in found}
    for others in (results_by_name, other_by_name, told_as_planned, told_in_words):
        more = [f for f in others(case, rows) if f.key not in said]
        said.update(f.key for f in more)
        yield from more
    every = [row for at, _ in case.tables for row in case.rows_by_paper[at]]
    yield from (f for f in results_misprinted(case, every) if f.key not in said)
    yield from _sole_building(rows, told)
    yield from _kinds_of_pay(case, rows)


Known = dict[str, list[Figure]]


@dataclass(frozen=True, slots=True)
class Told:
    """A quantity that running text states as a result, the clause that it stands in, its pairs of characters."""

    sentence: Sentence
    quantity: Quantity
    clause: str
    pairs: frozenset[str]

    @property
    def figure(self) -> Figure:
        """Its figure."""
        return self.quantity.figure

    @property
    def passage(self) -> Passage:
        """Where it is told."""
        return self.sentence.passage


def _known(rows: list[Row]) -> Known:
    """Return the figures that the table prints, by their kind; a text that says one of them is accounted for."""
    known: Known = {}
    for row in rows:
        for figure in (_figure(row), row.bound):
            if figure is not None and figure.unit is not None:
                known.setdefault(figure.unit.kind, []).append(figure)
    return known


def _figure(row: Row) -> Figure | None:
    return row.indicator.actual.figure if row.indicator.actual else None


def _told(case: Case, rows: list[Row]) -> Iterator[Told]:
    """Yield the quantities that results are told with and that the table doesn't print."""
    known: Known = {}
    for passage in case.passages:
        if passage.where != "goal.actual" and not (passage.in_report and _TITLED.search(passage.title)):
            continue
        for sentence in passage.sentences:
            if sentence.quantities and not of_other_years(sentence.plain):
                known = known or _known(rows)
                told = _in_sentence(sentence, known)
                yield from (one for one in told if not of_another_time(case, one.clause))


def _in_sentence(sentence: Sentence, known: Known) -> Iterator[Told]:
    for q in sentence.quantities:
        kind = q.figure.unit.kind if q.figure.unit else "money"
        if kind in _UNTOLD or any(f.agrees_with(q.figure) for f in known.get(kind, ())):
            continue
        clause = _CLAUSE.split(sentence.plain[: q.start])[-1] + _CLAUSE.split(sentence.plain[q.start :], 1)[0]
        if not _AIMED.search(clause) and not q.hedge and not is_difference(q):
            yield Told(
                sentence, q, clause, pairs_of(clause) if _counted(q.figure) or q.unit == "天" else _NO_PAIRS
            )


def _is_rate(figure: Figure) -> bool:
    return figure.unit is not None and figure.unit.kind == "ratio"


def _counted(figure: Figure) -> bool:
    return figure.unit is not None and figure.unit.kind.split("/")[0] not in _UNCOUNTED


def _about(row: Row, told: list[Told]) -> Iterator[Found]:
    """Compare a row with what is told under its name."""
    actual = row.indicator.actual
    figure = actual.figure if actual is not None else None
    if figure is None or actual is None or actual.hedged or row.sort is Sort.SATISFACTION:
        return
    if figure.unit is None or row.sort is Sort.COST:
        return
    if figure.unit.kind == "ratio":
        yield from _rate(row, figure, told)
        return
    name = pairs_of(row.name) if _counted(figure) or row.plain.endswith("天数") else _NO_PAIRS
    if len(name) < _LEAST_PAIRS:
        return
    near = [t for t in told if len(name & t.pairs) * 2 >= len(name) and not was_asked(t.clause, row)]
    same = [t for t in near if same_kind(t.figure, figure) and len(name & t.pairs) * 5 >= len(name) * 3]
    if same and not sum_of(t.figure for t in same).agrees_with(figure):
        several = len({t.figure.exact for t in same}) > 1
        yield _differs(row, same[0], Severity.NOTE if several else Severity.WARNING)
    elif near and row.sort is Sort.QUANTITY and not any(same_kind(t.figure, figure) for t in near):
        yield from _other_unit(row, near, told)


def _differs(row: Row, told: Told, severity: Severity = Severity.WARNING) -> Found:
    text = result_of(row)
    says = (
        f"{row.label}的实际完成值是 {text}，正文写“{clipped(told.clause, 30)}”（{told.figure}）。"
        "改法：按原始记录核对，两处改为一致。"
    )
    return Found(told.passage.where, says, told.passage.paper, severity, quoted=told.sentence.text[:60],
                 printed=str(told.figure), computed=text, rests=(row.path("actual"),), key=row.name)  # fmt: skip


def _other_unit(row: Row, near: list[Told], told: list[Told]) -> Iterator[Found]:
    text = result_of(row)
    figure = _figure(row)
    if figure is None or any(t.figure.agrees_with(figure) for t in told):
        return
    first = near[0]
    if first.passage.where != "goal.actual" or _tells(first.sentence, figure):
        return
    says = (
        f"{row.label}的实际完成值是 {text}，正文写“{clipped(first.clause, 30)}”（{first.figure}），"
        "计量单位不同，无法互相印证。改法：两处用同一单位，或都写出来。"
    )
    yield Found(first.passage.where, says, first.passage.paper, Severity.NOTE, quoted=first.sentence.text[:60],
                rests=(row.path("actual"),), key=f"unit|{row.name}")  # fmt: skip


def _tells(sentence: Sentence, figure: Figure) -> bool:
    """Tell whether a sentence states a figure in its own unit: 12个村1624户, where the row has 1624户."""
    return any(same_kind(q.figure, figure) and q.figure.agrees_with(figure) for q in sentence.quantities)


def _rate(row: Row, figure: Figure, told: list[Told]) -> Iterator[Found]:
    """A rate is compared where the text calls it by the row's own name."""
    name = _BRACKETS.sub("", row.plain)
    if len(name) < 4 or not name.endswith(("率", "度")):  # noqa: PLR2004
        return
    same = [
        t
        for t in told
        if t.figure.unit
        and t.figure.unit.kind == "ratio"
        and t.quantity.before.rstrip("为达到是:：了约保持稳定在").endswith(name)
    ]
    if same and not any(t.figure.agrees_with(figure) for t in same):
        yield _differs(row, same[0])


# ---------------------------------------------------------------- things of other names


def _sole_building(rows: list[Row], told: list[Told]) -> Iterator[Found]:
    """One thing built in 实际完成情况, and the table counts buildings once, another number of them."""
    built = [r for r in rows if r.sort is Sort.QUANTITY and "建设" in r.name and _is_counted(r)]
    said = [
        t
        for t in told
        if t.passage.where == "goal.actual" and t.quantity.unit[:1] in _COUNTED and "建设" in t.clause
    ]
    if len(built) != 1 or len(said) != 1 or built[0].indicator.actual is None:
        return
    figure, one = built[0].indicator.actual.figure, said[0]
    if figure is None or figure.value == one.figure.value or one.passage.paper != built[0].paper:
        return
    says = (
        f"实际完成情况写“{clipped(one.clause, 30)}”，表中计数的建设内容只有{built[0].label}（{figure}）。"
        "改法：核对是否同一事项，是的两处改为一致，不是的补列指标。"
    )
    yield Found("goal.actual", says, one.passage.paper, Severity.NOTE, quoted=one.sentence.text[:60],
                rests=(built[0].path("actual"),), key=f"built|{built[0].name}")  # fmt: skip


def _is_counted(row: Row) -> bool:
    figure = _figure(row)
    return figure is not None and figure.unit is not None and figure.unit.name[:1] in _COUNTED


def _kinds_of_pay(case: Case, rows: list[Row]) -> Iterator[Found]:
    """The table pays one kind of allowance, the text beside it another."""
    for key in ("subsidies", "insurances"):
        name = f"actuals.{key}"
        of_table = {w for r in rows if name in r.name_words for w in _KINDS_OF_PAY[key] if w in r.name}
        sentences = [s for s in case.told(name) if s.passage.in_report]
        if not of_table or not sentences:
            continue
        said = Counter(h.word for s in sentences for h in s.hits if name in h.lists)
        absent = sorted(w for w in of_table if w not in said)
        strange = sorted(w for w in said if not any(w in own or own in w for own in of_table))
        if strange and (absent or key == "insurances"):
            severity = Severity.WARNING if absent else Severity.NOTE
            first = next(s for s in sentences if strange[0] in s.plain)
            says = (
                f"表中是“{'、'.join(sorted(of_table))}”，正文写“{'、'.join(strange)}”，"
                f"{'正文没有提到“' + '、'.join(absent) + '”，' if absent else ''}名目不一致。改法：统一名目。"
            )
            yield Found(
                first.passage.where, says, first.passage.paper, severity, quoted=first.text[:60], key=key
            )
