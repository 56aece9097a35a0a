"""CL02, CL03, CL10: the same words in the papers of different projects, units and years."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from jixiao.audit.collection.likeness import Alike, Features, alike, boilerplate, clauses, likeness, shingles
from jixiao.audit.collection.scores import Filed, by_unit, filed, listed, unlike
from jixiao.audit.prose import Passage, percent
from jixiao.audit.rows import Row, Sort
from jixiao.audit.rule import Collection, Found, collection_rule
from jixiao.model.figure import tidy
from jixiao.model.finding import Severity

_ALIKE, _SAME_TEXT, _SAME_ROWS = Fraction(4, 5), Fraction(9, 10), Fraction(9, 10)
EVERYBODY, LEAST_OWNERS = Fraction(1, 4), 10
SHORT, _SHORT_RESULT, _ROWS, _FIGURES, _BENEFITS, _UNIT = 120, 60, 5, 3, 4, 3
_BENEFIT = {Sort.ECONOMIC, Sort.SOCIAL, Sort.ECOLOGICAL, Sort.SUSTAINABLE}


@dataclass(frozen=True, slots=True)
class _Texts:
    """The clauses of many filings and those that are the form's own; shingles are made when asked for."""

    said: tuple[tuple[str, ...], ...]
    form: frozenset[str]

    def own(self, at: int) -> Features:
        """Return the shingles of what one filing says in its own words."""
        return shingles(self.said[at], self.form)


def _texts(entries: Sequence[Filed]) -> _Texts:
    said = tuple(said_in(one) for one in entries)
    owners = [one.unit or f"{one.at}" for one in entries]
    return _Texts(said, frozenset(boilerplate(said, owners, EVERYBODY, LEAST_OWNERS)))


def said_in(one: Filed) -> tuple[str, ...]:
    """Return the clauses of a filing's running text, its own names as one letter."""
    return clauses("\n".join(p.text for p in _passages(one)), _names(one))


def _passages(one: Filed) -> Iterator[Passage]:
    """Yield what is said of the project itself: no department's report that may lie in the same filing."""
    papers = {at for at, _ in (*one.case.tables, *one.case.reports)}
    yield from (passage for passage in one.case.passages if passage.paper in papers)


def _names(one: Filed) -> tuple[str, ...]:
    project = one.table.project
    return tuple(name for name in (project.name, project.unit, project.department, one.core) if name)


@collection_rule("CL02", Severity.WARNING, source="自评材料应由各项目单位据实填写")
def text_copied_between_projects(collection: Collection) -> Iterator[tuple[int, Found]]:
    """两个项目的自评文字八成以上相同，只换了项目名称、单位名称和数字。

    为什么：自评要写本项目自己的情况；照抄另一份，看不出项目做了什么、有什么问题。
    不合格：甲镇道路维修与乙镇塘坝清淤的自评报告有 93% 的文字相同。
    合格：全县统一的报告框架相同，各部分内容自己写；同一项目的正本与副本；同一项目的上下两年（见 CL10）。
    怎么改：按本项目实际情况重写目标完成情况、问题和措施。
    来源：财政部门复核自评结果的通行做法。
    误报风险：中。相似程度按五字连串逐一核对（两份共有的占两份合计的比例）后才提示；四分之一以上（至少十个）单位都有的句子算表样，
    不计入；名称相近的项目、各单位同名的项目只作提示。
    """
    entries = filed(collection)
    texts = _texts(entries)
    near: dict[int, list[Alike]] = defaultdict(list)
    for pair in alike(len(entries), texts.own, _ALIKE):
        one, other = entries[pair.first], entries[pair.second]
        if not _same_project(one, other) and len(texts.own(pair.second)) >= SHORT:
            near[pair.second].append(pair)
    for at, pairs in near.items():
        yield entries[at].at, _copied(entries, at, pairs)


def _same_project(one: Filed, other: Filed) -> bool:
    return one.core == other.core and (one.unit == other.unit or not one.unit or not other.unit)


def _copied(entries: Sequence[Filed], at: int, pairs: Sequence[Alike]) -> Found:
    own, best = entries[at], max(pairs, key=lambda pair: (pair.share, -pair.first))
    other = entries[best.first]
    more = listed([entries[p.first] for p in pairs if p is not best], own)
    kin = own.core == other.core or not unlike(own, other)
    says = (
        f"“{own.name}”的自评文字与{other.told(own)}有 {percent(best.share)} 相同（不计项目名称、单位名称、数字和各单位"
        f"通用的句子）{f'，与{more}也有八成以上相同' if more else ''}。"
        "改法：按本项目实际情况重写完成情况、问题和措施。"
    )
    where = "goal.actual" if own.table.goal.actual else "goal.expected"
    return Found(where, says, severity=Severity.NOTE if kin else None, printed=percent(best.share),
                 key=f"{other.core}|{other.unit}")  # fmt: skip


@collection_rule("CL03", Severity.WARNING, source="财预〔2020〕10号：绩效指标应与项目内容相关")
def one_indicator_set_for_unlike_projects(collection: Collection) -> Iterator[tuple[int, Found]]:
    """内容不同的项目用了同一套指标，或效益指标的分值和完成情况如出一辙。

    为什么：指标要从项目内容中来；不同的项目套用同一套指标，指标就衡量不了其中任何一个。
    不合格：食堂经费与规划编制费的 8 个三级指标名称全部相同；一个单位 4 个不同项目的效益指标都是 10、5、5、10 分，
    完成情况都写“达到预期”。
    合格：各镇同一类项目用统一的指标；两个项目只有“资金使用合规率”等一两个指标相同。
    怎么改：按项目内容重新设置数量、质量和效益指标。
    来源：财预〔2020〕10号：绩效指标应与项目内容相关。
    误报风险：中。项目名称相近的不看；只是效益指标的分值和措辞相同的，只作提示。
    """
    entries = filed(collection)
    names = [_indicator_names(one) for one in entries]
    told = set()
    for pair in alike(len(entries), names.__getitem__, _ALIKE):
        one, other = entries[pair.first], entries[pair.second]
        if len(names[pair.second]) >= _ROWS and unlike(one, other) and pair.second not in told:
            told.add(pair.second)
            both = len(names[pair.first] & names[pair.second])
            says = (
                f"“{other.name}”与{one.told(other)}是不同的项目，却有 {both} 个指标名称相同"
                f"（相似 {percent(pair.share)}）。改法：按项目内容重新设置指标。"
            )
            yield (
                other.at,
                Found("indicators", says, printed=percent(pair.share), key=f"{one.core}|{one.unit}"),
            )
    for group in by_unit(entries).values():
        yield from _same_benefits(group)


def _indicator_names(one: Filed) -> frozenset[str]:
    rows = one.table.indicators
    return frozenset(tidy(f"{i.level2 or ''}|{i.level4 or i.level3}") for i in rows if i.level3)


def _same_benefits(group: Sequence[Filed]) -> Iterator[tuple[int, Found]]:
    """Compare the benefit rows of a unit's projects: points by class, and the one phrase of all results."""
    alike_: dict[tuple[str, ...], list[Filed]] = defaultdict(list)
    for one in group if len(group) >= _UNIT else ():
        pattern = _benefit_pattern(one)
        if pattern:
            alike_[pattern].append(one)
    for pattern, same in alike_.items():
        if len({_benefit_names(one) for one in same}) >= _UNIT:
            says = (
                f"{same[0].office}的 {len(same)} 个项目（{listed(same, same[0])}）效益指标不同，分值却都是"
                f" {'、'.join(pattern[1:])}，完成情况都写“{pattern[0]}”。"
                "改法：按各项目的实际效益分别设置指标、分值，写明完成情况。"
            )
            yield (
                same[0].at,
                Found("indicators", says, severity=Severity.NOTE, quoted=pattern[0], key="benefits"),
            )


def _benefit_names(one: Filed) -> frozenset[str]:
    return frozenset(row.name for row in _rows(one) if row.sort in _BENEFIT)


def _benefit_pattern(one: Filed) -> tuple[str, ...]:
    """Return the phrase of all results in words, then the points by class; () where results differ or are too few."""
    rows = [r for r in _rows(one) if r.sort in _BENEFIT and r.indicator.points is not None]
    phrases = {
        tidy(r.indicator.actual.text) for r in rows if r.indicator.actual and not r.indicator.actual.figure
    }
    if len(rows) < _BENEFITS or len(phrases) != 1:
        return ()
    return (phrases.pop(), *(f"{r.indicator.points:f}" for r in rows))


def _rows(one: Filed) -> tuple[Row, ...]:
    main = one.case.filing.main
    return one.case.rows_by_paper.get(main, ()) if main is not None else ()


@collection_rule("CL10", Severity.WARNING, source="自评应反映本年度的实际完成情况")
def last_year_told_again(collection: Collection) -> Iterator[tuple[int, Found]]:
    """完成情况的文字或全部完成值与上一年的自评相同。

    为什么：延续性项目的目标可以相近，两年的完成情况不会一字不差。
    不合格：2023 年与 2022 年的自评报告除年份外全文相同；两年 6 个指标的实际完成值全部相等。
    合格：目标沿用，完成情况按本年写；人数等一两个指标两年相同。
    怎么改：按本年度实际完成情况重写，核对各指标完成值。
    来源：自评应反映本年度的实际完成情况。
    误报风险：中。只比较完成情况、偏差原因和报告正文，目标相同不提示。
    """
    for same in _over_years(filed(collection)).values():
        for before, now in pairwise(same):
            if before.table.year == now.table.year:
                continue
            share = _retold(before, now)
            if share >= _SAME_TEXT:
                says = (
                    f"“{now.name}”{now.table.year} 年的完成情况与 {before.table.year} 年"
                    f"{f'（{before.file}）' if before.file else ''}有 {percent(share)} 相同（不计数字）。"
                    "改法：按本年度实际完成情况重写。"
                )
                yield now.at, Found("goal.actual", says, printed=percent(share), key="text")
            yield from ((now.at, found) for found in _same_results(before, now))


def _over_years(entries: Sequence[Filed]) -> Mapping[tuple[str, str], list[Filed]]:
    """Group the filings of one project of one unit, the earliest year first."""
    groups: dict[tuple[str, str], list[Filed]] = defaultdict(list)
    for one in entries:
        if one.unit and one.core and one.table.year is not None:
            groups[one.unit, one.core].append(one)
    return {key: sorted(same, key=lambda one: one.table.year or 0) for key, same in groups.items()}


def _retold(before: Filed, now: Filed) -> Fraction:
    one, other = (shingles(clauses("\n".join(_results(filed_)), _names(filed_))) for filed_ in (before, now))
    return likeness(one, other) if min(len(one), len(other)) >= _SHORT_RESULT else Fraction(0)


def _results(one: Filed) -> Iterator[str]:
    """Yield what a filing says of its results: all reports, 实际完成情况, reasons; no goals."""
    for passage in _passages(one):
        if passage.where != "goal.expected" and "目标" not in passage.title[:8]:
            yield passage.text


def _same_results(before: Filed, now: Filed) -> Iterator[Found]:
    """Tell of two years in which every result is the same, of those that are no plain copy of their target."""
    old = {row.name: row.indicator.actual for row in _rows(before)}
    pairs = [
        (tidy(row.indicator.actual.text), tidy(was.text))
        for row in _rows(now)
        if row.indicator.actual is not None and _telling(row) and (was := old.get(row.name)) is not None
    ]
    if len(pairs) >= _FIGURES and all(new == was for new, was in pairs):
        says = (
            f"“{now.name}”{now.table.year} 年有 {len(pairs)} 个指标的实际完成值与 {before.table.year} 年完全相同"
            f"（{'、'.join(new for new, _ in pairs[:3])}）。改法：核对各指标填的是否为本年度数。"
        )
        yield Found("indicators", says, key="results")


def _telling(row: Row) -> bool:
    """Tell whether a result says something of its year: a figure, and neither its target nor 100 %."""
    figure = row.indicator.actual.figure if row.indicator.actual else None
    bound = row.bound
    return figure is not None and figure.exact != 1 and (bound is None or figure.value != bound.value)
