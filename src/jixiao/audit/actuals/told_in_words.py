"""Results that a report tells in its own words, beside the results of the table: a part of AV12."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from jixiao.audit.indicator_rows import project_names
from jixiao.audit.lexicon import any_of
from jixiao.audit.prose import Passage, Quantity, Sentence, clipped
from jixiao.audit.rows import Row
from jixiao.audit.rule import Case, Found
from jixiao.audit.told.by_name import (
    Named,
    differs,
    is_difference,
    of_another_time,
    of_other_years,
    pairs_of,
    was_asked,
)
from jixiao.audit.told.of_rows import Asked, Match, asked_of, clause_of, matched
from jixiao.audit.within import lists_within
from jixiao.expressions import expression
from jixiao.model.figure import Figure
from jixiao.model.finding import Severity

_AIMED = any_of(
    word for word in lists_within("actuals")["not_results"] if word not in {"新增", "平均", "人均", "单价"}
)
_TITLED = expression(r"完成|产出|效益|数量|质量|时效|成本|成效|实施|实现|概况|概述|基本情况|绩效|结果|内容")
_GOAL = expression(r"目标(?!完成|实现|达成|任务?完成|的?完成|及完成|与完成|和完成|情况|绩效|分析|执行)")
_BEYOND = expression(
    r"(?:比|较|低于|高于|超过?|超出)(?:年初|年度|预期|绩效)?(?:目标|计划|指标)值?(?:任务)?(?:数|值)?"
    r"(?:多|超出?|增加|高出?|少|低|提高|超额)?(?:完成|举办|培训|演出)?了?$"
)
_ABOUT = expression(r"概况|概述|基本情况|内容|背景")
_SOME = expression(
    r"部分|其余|第[一二三四]|首批|批次|季度|上半年|下半年|(?:[1-9]|1[0-2])月|试点|新增|另外|另有|还|以上|以内|左右|低于|高于|超过|多于|少于|不足"
    r"|相差|差距|增[长加]|减少|提[高升]|下降|降低|节[约省]|同比|占"
)


def told_in_words(case: Case, rows: list[Row]) -> Iterator[Found]:
    """Yield the rows whose result the report tells otherwise, and nowhere as the table does."""
    asked = asked_of(rows) if case.reports else ()
    project = pairs_of(project_names(case)) if asked else frozenset[str]()
    found: dict[str, list[Match]] = {}
    for sentence in _results(case) if asked else ():
        yield from _beyond(sentence, asked)
        for match in matched(sentence, asked, project) if not of_other_years(sentence.plain) else ():
            if not of_another_time(case, clause_of(sentence, match.quantity)):
                found.setdefault(match.row.name, []).append(match)
    known = [f for one in asked for f in (one.figure, one.row.bound) if f is not None]
    for told in found.values():
        yield from _otherwise(told, known)


def _results(case: Case) -> Iterator[Sentence]:
    """Yield the sentences with figures in the parts of reports that tell what was done."""
    for passage in case.passages:
        if _tells_results(passage):
            yield from (sentence for sentence in passage.sentences if sentence.quantities)


def _beyond(sentence: Sentence, asked: Sequence[Asked]) -> Iterator[Found]:
    """Yield a distance from the target that isn't the row's, where the sentence tells the row's result too."""
    for q in sentence.quantities:
        if not _BEYOND.search(q.before) or q.figure.unit is None or q.hedge:
            continue
        near = [(one, one.row.bound) for one in asked if one.kind == q.figure.unit.kind]
        apart = [abs(one.figure.exact - bound.exact) for one, bound in near if bound is not None]
        told = [one for one, bound in near if bound is not None and _tells(sentence, one)]
        if len(told) == 1 and q.figure.exact not in apart:
            yield _not_so_far(sentence, told[0], q)


def _tells(sentence: Sentence, one: Asked) -> bool:
    told = (q.figure for q in sentence.quantities if q.figure.unit is not None)
    return any(f.unit is not None and f.unit.kind == one.kind and _same(f, one.figure) for f in told)


def _not_so_far(sentence: Sentence, one: Asked, q: Quantity) -> Found:
    row, passage = one.row, sentence.passage
    says = (
        f"{row.label}指标值 {row.indicator.demand}、完成 {one.figure}，正文写“{clipped(sentence.plain, 40)}”，"
        f"相差的不是 {q.figure}。改法：按原始记录核对，两处改为一致。"
    )
    return Found(passage.where, says, passage.paper, quoted=sentence.text[:60], printed=str(q.figure),
                 rests=(row.path("actual"),), key=f"beyond|{row.name}")  # fmt: skip


def _tells_results(passage: Passage) -> bool:
    return passage.in_report and bool(_TITLED.search(passage.title)) and not _GOAL.search(passage.title)


def _otherwise(told: list[Match], known: list[Figure]) -> Iterator[Found]:
    """Yield the row where none of what is told of it is its result, and one is neither its target nor another's."""
    row, own = told[0].row, told[0].own
    if any(_same(m.quantity.figure, own) for m in told):
        return
    for match in told:
        if _is_result(match) and not _accounted(match, row, known):
            named = Named(match.sentence, match.quantity, clause_of(match.sentence, match.quantity))
            about = _ABOUT.search(match.sentence.passage.title) is not None
            note = not match.surely or about
            yield replace(differs(row, named), severity=Severity.NOTE if note else None)
            return


def _is_result(match: Match) -> bool:
    clause = clause_of(match.sentence, match.quantity)
    aimed = _AIMED.search(clause)
    blurred = (
        (aimed is not None and aimed[0] not in match.row.plain)
        or _SOME.search(clause)
        or is_difference(match.quantity)
    )
    return not blurred and not was_asked(clause, match.row)


def _accounted(match: Match, row: Row, known: list[Figure]) -> bool:
    """Tell whether the number is another row's, or the row's own target told in the paper's first part."""
    figure = match.quantity.figure
    kind = figure.unit.kind if figure.unit is not None else ""
    if kind == "ratio":
        return row.bound is not None and figure.exact == row.bound.exact
    return any(f.unit is not None and f.unit.kind == kind and f.exact == figure.exact for f in known)


def _same(told: Figure, own: Figure) -> bool:
    return abs(told.exact - own.exact) <= max(told.high - told.exact, own.high - own.exact)
