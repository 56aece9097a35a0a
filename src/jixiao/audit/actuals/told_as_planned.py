"""Results told with the target's number, or with another than the one row in their unit has: a part of AV12."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from jixiao.audit.lexicon import any_of
from jixiao.audit.rows import Row, Sort
from jixiao.audit.rule import Case, Found
from jixiao.audit.told.by_name import Named, differs, figure_in, pairs_of, same_kind, told_by_name, was_asked
from jixiao.audit.within import lists_within
from jixiao.expressions import expression
from jixiao.model.figure import Figure
from jixiao.model.finding import Severity

_ACHIEVED = any_of(lists_within("actuals")["achieved"])
_STAGE = expression(
    r"摸底|招标|设计|签订|签约|申报|启动|开工|任务|涉及|对象|合同|投入|资金|下达|审批|备案|服务$"
)
_UNTOLD = frozenset({"money", "ratio", "point", "分", "months", "duration"})
_SHARED, _SURELY = 2, 3
_LEAST, _MOST = Fraction(4, 5), Fraction(3, 2)


def told_as_planned(case: Case, rows: list[Row]) -> Iterator[Found]:
    """Yield rows whose target, not reached, is told as a result, and rows told otherwise in a unit of their own."""
    counted = [r for r in rows if _is_counted(r)]
    known = _by_kind(counted)
    told = [t for t in case.once(told_by_name) if _is_told(t, known)] if counted else []
    for row in counted if told else ():
        one = _with_its_target(row, told) or _in_its_unit(row, known, told)
        if one is not None and not was_asked(one.clause, row):
            yield differs(row, one)
            continue
        one = _by_a_short_name(row, known, [t for t in told if not was_asked(t.clause, row)])
        if one is not None:
            yield replace(differs(row, one), severity=None if _is_swapped(row, one) else Severity.NOTE)


def _is_counted(row: Row) -> bool:
    figure = figure_in(row)
    if (
        figure is None
        or figure.unit is None
        or not figure.value
        or row.sort in (Sort.COST, Sort.SATISFACTION)
    ):
        return False
    return figure.unit.kind not in _UNTOLD and "/" not in figure.unit.kind


def _by_kind(rows: list[Row]) -> Mapping[str, list[Figure]]:
    """Return the rows' results by what they measure."""
    known: dict[str, list[Figure]] = {}
    for row in rows:
        figure = figure_in(row)
        if figure is not None and figure.unit is not None:
            known.setdefault(figure.unit.kind, []).append(figure)
    return known


def _is_told(told: Named, known: Mapping[str, list[Figure]]) -> bool:
    """Tell whether something was done, in a number that no row has for its result."""
    unit = told.figure.unit
    if unit is None or unit.kind in _UNTOLD or "/" in unit.kind or _STAGE.search(told.clause):
        return False
    return not any(figure.agrees_with(told.figure) for figure in known.get(unit.kind, ()))


def _with_its_target(row: Row, told: list[Named]) -> Named | None:
    """Return the sentence that tells as done what the row only aimed at."""
    bound = row.bound
    if row.met is not False or bound is None:
        return None
    name = pairs_of(row.name)
    for one in told:
        aimed = same_kind(one.figure, bound) and one.figure.agrees_with(bound)
        if aimed and len(name & one.pairs) >= _SHARED and _ACHIEVED.search(one.clause):
            return one
    return None


def _in_its_unit(row: Row, known: Mapping[str, list[Figure]], told: list[Named]) -> Named | None:
    """Return what a paper tells in the one row's own unit, once, in nearly its words, and as a near number."""
    figure = figure_in(row)
    if figure is None or figure.unit is None or len(known[figure.unit.kind]) > 1:
        return None
    same = [t for t in told if same_kind(t.figure, figure)]
    if len({t.figure.exact for t in same}) != 1 or not _LEAST <= same[0].figure.exact / figure.exact <= _MOST:
        return None
    words, name = same[0].pairs, pairs_of(row.name)
    near = len(words & name) >= _SURELY and len(words & name) * 2 >= len(words)
    return same[0] if near else None


_COUNTS = expression(
    r"(?:总|的)?(?:人次|人数|户数|个数|件数|场次|次数|批次|[座处台盏所栋套条宗份株]数|数量|总量|里程|面积|长度)$"
)
_SHORTEST = 2


def _by_a_short_name(row: Row, known: Mapping[str, list[Figure]], told: list[Named]) -> Named | None:
    """Return what a paper tells, once, in the one row's own unit under its name, or in no words but the name's."""
    figure, name = figure_in(row), _COUNTS.sub("", row.plain)
    if figure is None or figure.unit is None or len(known[figure.unit.kind]) > 1:
        return None
    same = [t for t in told if same_kind(t.figure, figure)] if len(name) >= _SHORTEST else []
    if len({t.figure.exact for t in same}) != 1:
        return None
    if name not in same[0].clause and not (same[0].pairs and same[0].pairs <= pairs_of(row.name)):
        return None
    return same[0] if _LEAST <= same[0].figure.exact / figure.exact <= _MOST else None


def _is_swapped(row: Row, told: Named) -> bool:
    """Tell whether the two numbers have the same digits in another order: 240 and 204."""
    figure = figure_in(row)
    return figure is not None and sorted(str(figure.value)) == sorted(str(told.figure.value))
