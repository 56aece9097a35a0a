"""Results told under a row's own name, in other words' order or as money or a month: a part of AV12."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from jixiao.audit.lexicon import any_of
from jixiao.audit.prose import Quantity, Sentence, clipped, widened
from jixiao.audit.rows import Row, Sort
from jixiao.audit.rule import Case, Found
from jixiao.audit.within import lists_within
from jixiao.expressions import expression
from jixiao.model.asked import asked_once
from jixiao.model.figure import Figure, tidy

_IN = lists_within("actuals")
_OTHER_YEARS = any_of(_IN["other_years"])
_THIS_YEARS = expression(r"(?:全年|本年|当年|年内|本年度|年度)累计")
_AIMED = any_of(_IN["not_results"])
_COMMON = frozenset(_IN["common"])
_TITLED = expression(r"完成|产出|效益|数量|质量|成效|实现")
# 少装 2 根, 缺 3 台, 多办 1 场: a difference and no result.
_DIFFERENCE = expression(
    r"(?:(?<![至不减])少|缺少?|相?差|短缺?|多|漏|补|拆除|取消|退回)[装建发做完修购买训用办开种栽铺设招聘调换]{0,2}了?$"
)
_CLAUSE = expression(r"[，,、；;。：:（）()]")
_NOUN = expression(
    r"(?:总|的)?(?:人次|人数|户数|个数|件数|场次|次数|[座处台盏所栋套条宗份]数|数量|总量|金额|里程|面积|长度)$"
)
_LEAD = expression(r"^(?:全年|年度|年均|年)")
_BRACKETS = expression(r"[（(][^（）()]*[)）]")
_MARKED = expression(r"[（(][^（）()]*[)）]|[★*≥≤\d.%]|指标\d*[：:]")
_PAIR = expression(r"(?=([\u4e00-\u9fff]{2}))")
_UNTOLD = frozenset({"ratio", "point", "分", "months", "duration"})
_FINISHED = expression(
    r"(?<!\d)(\d{1,2})月(?:份|初|底|末|[上中下]旬|\d{1,2}日)?(?:才|方)?(?:(?:全部|全面|正式)?(?:完工|竣工)|全部[\u4e00-\u9fff]{2,4}|(?:完成|通过)(?:安装|建设|采购|发放|验收|改造|施工|编制|演出))"
)
_FINISH_ROW = expression(r"(?:完工|竣工|完成|建成|安装|交付|投入使用|投用)(?:时间|时限|月份|日期)?$")
_PLAN = expression(r"计划|预计|应|拟|原定|要求|目标|前")
_ALL = expression(r"全部[\u4e00-\u9fff]{2}|全面(?:完工|竣工)|均已?(?:完工|竣工)")
_ASKED = expression(r"调查|回访|问卷|访谈|走访|访问|抽样|抽查|抽检|受访|座谈|测评|随访|满意|知晓")
_LEAST, _PART, _DECEMBER = 3, 5, 12
_SLIGHTLY = Fraction(3, 100)


@dataclass(frozen=True)
class Named:
    """A quantity told as a result, with the words of its clause."""

    sentence: Sentence
    quantity: Quantity
    clause: str

    @asked_once
    def signs(self) -> frozenset[str]:
        """The characters of the clause."""
        return frozenset(self.clause)

    @asked_once
    def pairs(self) -> frozenset[str]:
        """Its neighbouring Chinese characters."""
        return pairs_of(self.clause)

    @property
    def figure(self) -> Figure:
        """Its figure."""
        return self.quantity.figure


def pairs_of(text: str) -> frozenset[str]:
    """Return the neighbouring Chinese characters of a text, without those that stand everywhere."""
    return frozenset(_PAIR.findall(_MARKED.sub("，", tidy(text)))) - _COMMON


def of_other_years(text: str) -> bool:
    """Tell whether a text speaks of other years, or of several together; 全年累计 is this year alone."""
    return _OTHER_YEARS.search(_THIS_YEARS.sub("全年", text)) is not None


_PART_OF_YEAR = expression(
    r"上半年|下半年|前[一二三]季度|[一二三四]季度|(?:[1-9]|1[01])月(?:底|末|份|\d{1,2}日)(?!前)|[1-9][-—~至]\d{1,2}月"
)
_YEAR = expression(r"(?<!\d)(20[0-4]\d)年")


def of_another_time(case: Case, clause: str) -> bool:
    """Tell whether a clause speaks of a part of the year, or names a year and not the one evaluated."""
    own = case.evaluation.year if case.evaluation is not None else None
    named = {int(year) for year in _YEAR.findall(clause)}
    return _PART_OF_YEAR.search(clause) is not None or bool(named and own is not None and own not in named)


def was_asked(clause: str, row: Row) -> bool:
    """Tell whether a clause says how many were asked, and the row doesn't count those: 电话回访农户 400 人."""
    return _ASKED.search(clause) is not None and _ASKED.search(row.name) is None


def is_difference(q: Quantity) -> bool:
    """Tell whether a quantity says by how much something fell short or went beyond: 少装 2 根."""
    return _DIFFERENCE.search(q.before) is not None


def other_by_name(case: Case, rows: list[Row]) -> Iterator[Found]:
    """Yield the rows whose name a clause of the text says with one other figure of the same unit."""
    told = case.once(told_by_kind)
    for row in rows if told else ():
        figure = figure_in(row)
        near = told.get(figure.unit.kind, ()) if figure is not None and figure.unit is not None else ()
        name = _called(row) if near else frozenset()
        same = [t for t in near if name <= t.signs] if name else []
        if figure is not None and any(t.figure.agrees_with(figure) for t in same):
            same = [t for t in same if _is_slightly_off(t.figure, figure)]
        if figure is None or len({t.figure.exact for t in same}) != 1:
            continue
        one = same[0]
        if was_asked(one.clause, row):
            continue
        if not one.figure.agrees_with(figure) and one.figure.exact * _PART >= figure.exact * (_PART - 1):
            yield differs(row, one)
    yield from _other_month(case, rows)


def _is_slightly_off(told: Figure, own: Figure) -> bool:
    """Tell whether a number misses another by too little to be a part of it: 10311 beside 10113."""
    return own.value != 0 and not told.agrees_with(own) and abs(told.exact / own.exact - 1) <= _SLIGHTLY


def _called(row: Row) -> frozenset[str]:
    """Return the characters of the row's own name without the noun that counts; none where it says too little."""
    figure = figure_in(row)
    if figure is None or figure.unit is None or figure.unit.kind.split("/")[0] in _UNTOLD:
        return frozenset()
    if "/" in figure.unit.kind or row.sort in {Sort.COST, Sort.SATISFACTION} or figure.value == 0:
        return frozenset()
    name = _LEAD.sub("", _NOUN.sub("", _BRACKETS.sub("", tidy(row.name))))
    return frozenset(name) if len(name) > _LEAST and name.isalnum() else frozenset()


def figure_in(row: Row) -> Figure | None:
    """Return the row's result where it is a certain figure."""
    actual = row.indicator.actual
    return actual.figure if actual is not None and not actual.hedged else None


def same_kind(one: Figure, other: Figure) -> bool:
    """Tell whether both are printed with units that measure one kind of thing."""
    return one.unit is not None and other.unit is not None and one.unit.kind == other.unit.kind


def told_by_name(case: Case) -> tuple[Named, ...]:
    """Return the quantities that results are told with, each with its clause."""
    return tuple(_told(case))


def told_by_kind(case: Case) -> Mapping[str, tuple[Named, ...]]:
    """Return them by what they measure; those without a unit are left out."""
    found: dict[str, list[Named]] = {}
    for told in case.once(told_by_name):
        if told.figure.unit is not None:
            found.setdefault(told.figure.unit.kind, []).append(told)
    return {kind: tuple(told) for kind, told in found.items()}


def _told(case: Case) -> Iterator[Named]:
    for passage in case.passages:
        if passage.where != "goal.actual" and not (passage.in_report and _TITLED.search(passage.title)):
            continue
        for sentence in passage.sentences:
            if sentence.quantities:
                yield from (one for one in _in_sentence(sentence) if not of_another_time(case, one.clause))


def _in_sentence(sentence: Sentence) -> Iterator[Named]:
    for q in sentence.quantities:
        clause = _CLAUSE.split(sentence.plain[: q.start])[-1]
        told = clause + _CLAUSE.split(sentence.plain[q.end :], maxsplit=1)[0]
        open_ = widened(q)
        if open_ and not is_difference(q) and not _AIMED.search(told) and not of_other_years(told):
            yield Named(sentence, open_, told)


def differs(row: Row, told: Named) -> Found:
    """Say that the text tells another result than the row."""
    text = row.indicator.actual.text if row.indicator.actual else ""
    passage = told.sentence.passage
    says = (
        f"{row.label}的实际完成值是 {text}，正文写“{clipped(told.sentence.plain, 40)}”（{told.figure}）。"
        "改法：按原始记录核对，两处改为一致。"
    )
    return Found(passage.where, says, passage.paper, quoted=told.sentence.text[:60], printed=str(told.figure),
                 computed=text, rests=(row.path("actual"),), key=row.name)  # fmt: skip


def _other_month(case: Case, rows: list[Row]) -> Iterator[Found]:
    """A work that the text finishes in a later month than the table does."""
    dated = [r for r in rows if r.sort is Sort.TIMELINESS and _FINISH_ROW.search(r.name) and _month(r)]
    if len(dated) != 1:
        return
    row, own = dated[0], _month(dated[0])
    text = row.indicator.actual.text if row.indicator.actual else ""
    dated_in = [s for s in case.sentences if s.passage.in_report and "月" in s.plain]
    every = [(sentence, told) for sentence in dated_in for told in _finished(sentence)]
    for sentence, told in every if all(told[0] != own for _, told in every) else ():
        if _is_other(own, told[0], sentence.plain):
            passage = sentence.passage
            says = (
                f"{row.label}的实际完成值是 {text}，正文写“{clipped(told[1], 40)}”。"
                "改法：按验收资料核对，两处改为一致。"
            )
            yield Found(passage.where, says, passage.paper, quoted=told[1], printed=told[1], computed=text,
                        rests=(row.path("actual"),), key=row.name)  # fmt: skip
            return


def _is_other(own: int, told: int, plain: str) -> bool:
    """Tell whether a month contradicts the table's: a later one, or an earlier one in which all was finished."""
    return told <= _DECEMBER and (own < told or (own > told and _ALL.search(plain) is not None))


def _finished(sentence: Sentence) -> Iterator[tuple[int, str]]:
    """Yield the months in which the sentence says that the work was finished, with its words."""
    for m in _FINISHED.finditer(sentence.plain):
        words = _CLAUSE.split(sentence.plain[: m.start()])[-1] + m[0]
        if not _PLAN.search(words):
            yield int(m[1]), words


def _month(row: Row) -> int:
    """Return the month that the result names; 0 where it names none."""
    actual = row.indicator.actual
    if actual is None:
        return 0
    if (
        actual.figure is not None
        and actual.figure.unit is not None
        and actual.figure.unit.name in {"月", "月份"}
    ):
        return int(actual.figure.value)
    found = re.fullmatch(r"(?:20\d\d年)?(\d{1,2})月(?:份|\d{1,2}日)?", tidy(actual.text))
    return int(found[1]) if found else 0
