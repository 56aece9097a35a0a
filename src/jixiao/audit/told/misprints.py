"""Figures that one slip of the hand parts from what their neighbours give: 1436 for 1446, 98.79 for 97.89 (数字勾稽).

By accident two figures of four digits differ in one digit, or in two that changed places, once in some hundred
times. So such a pair says more than one that is merely near, and needs no understanding of the words around it.
"""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from jixiao.audit.prose import Passage, Quantity, Sentence, quantities_in, ratio_of
from jixiao.audit.quotients import capped, overlap, quotient
from jixiao.audit.rows import Row, places_of
from jixiao.audit.rule import Case, Found
from jixiao.audit.told.by_name import pairs_of
from jixiao.expressions import expression
from jixiao.model.figure import Figure, half_up, sum_of, tidy
from jixiao.model.finding import Severity

_MOST = 40  # figures in a sentence or a passage; more are a damaged table, and all pairs of them would cost
_DIGITS = 4  # of so many the one that differs is no accident
_FEW, _LIST = 2, 3
_STATED = expression(r"(?:率|占比|比例|比重|进度|占[^，,。；;、\d]{0,12}|其中?的)(?:为|是|仅|达到?了?|:)*$")
_AIMED = expression(
    r"目标|不低于|不少于|计划|预期|力争|增长|提高|上升|下降|降低|增幅|降幅|同比|比上年|上年|去年|平均|加权|得分"
)
_OPEN = expression(
    r"满分|分值|标准分|权重|应得|扣|主要|等(?!级|额|次|于)|其余|其他(?!资金)|其它|另有|另外|还有|剩余|余款|[×*=÷]|平均|每|人均|均"
)
_REST = expression(r"^[，,、；;]?(?:等|其余|其他|其它|另|还)")
_LED = expression(r"其中|分别|包括|构成|组成|分为|具体|来源|[:：]")
_TOTAL = expression(r"(?:合计|共计|总计)[^，,。；;\d]{0,6}$")
_THEREOF = expression(r"^(?:其中|具体|分别)")


def slipped(printed: Fraction, right: Fraction, places: int, least: int = _DIGITS) -> bool:
    """Tell whether a figure is another but for one digit, two neighbours that changed places, or its point.

    Both are looked at with so many `places`; figures of fewer than `least` digits may meet by accident.
    """
    one, other = _digits(printed, places), _digits(right, places)
    if max(len(one.strip("0")), len(other.strip("0"))) < least or one == other:
        return False
    if one.strip("0") == other.strip("0"):
        return True
    width = max(len(one), len(other))
    one, other = one.zfill(width), other.zfill(width)
    at = [n for n in range(width) if one[n] != other[n]]
    if len(at) == _FEW:
        a, b = at
        return b == a + 1 and one[a] == other[b] and one[b] == other[a]
    return len(at) == 1


def _digits(value: Fraction, places: int) -> str:
    return f"{half_up(value * 10**places, 0):f}".lstrip("0")


# ------------------------------------------------------- rates


def rates_misprinted(case: Case) -> Iterator[Found]:
    """Yield the rates that two figures beside them give but for a slip, and no two figures of the passage give."""
    for said in case.told("signs.percent"):
        told = said.quantities if said.passage.in_report else ()
        for n, rate in enumerate(told if len(told) <= _MOST else ()):
            if n and rate.unit == "%" and not rate.hedge and _states(said, rate):
                yield from _of_rate(said, n, rate)


def _states(said: Sentence, rate: Quantity) -> bool:
    before = said.plain[max(0, rate.start - 24) : rate.start]
    return bool(_STATED.search(before)) and not _AIMED.search(re.split(r"[，,。；;]", before)[-1])


def _of_rate(said: Sentence, n: int, rate: Quantity) -> Iterator[Found]:
    near = _positive(said.quantities[:n])
    wanted, places = ratio_of(rate.figure), places_of(rate.figure.value)
    everywhere = _positive(q for other in said.passage.sentences for q in other.quantities)
    if (
        not near
        or len(everywhere) > _MOST
        or any(_gives(a, b, wanted) for a in everywhere for b in everywhere if a is not b)
    ):
        return
    for part in reversed(near):
        for whole in _before(said, part, near):
            share = part.figure.exact / whole.figure.exact
            if share <= 1 and slipped(rate.figure.exact * 100, share * 100, places):
                right = f"{half_up(share * 100, places):f}%"
                yield _told(said, rate, f"{part.figure} ÷ {whole.figure} = {right}", right)
                return


def _positive(told: Iterator[Quantity] | Sequence[Quantity]) -> list[Quantity]:
    return [q for q in told if q.unit and q.unit not in {"%", "‰"} and not q.hedge and q.figure.low > 0]


def _before(said: Sentence, part: Quantity, near: Sequence[Quantity]) -> list[Quantity]:
    """Return what the part may be a share of: figures of its sentence, and of the one before."""
    sentences = said.passage.sentences
    at = sentences.index(said)
    earlier = _positive(sentences[at - 1].quantities) if at else []
    return [q for q in (*near, *earlier) if q is not part and quotient(part.figure, q.figure) is not None]


def _gives(part: Quantity, whole: Quantity, wanted: tuple[Fraction, Fraction]) -> bool:
    """Tell whether a share of two figures, or how far one lies from the other, may be the rate."""
    span = quotient(part.figure, whole.figure)
    if span is None:
        return False
    rest = (1 - span[1], 1 - span[0]) if span[0] <= 1 else (span[0] - 1, span[1] - 1)
    return overlap(span, wanted) or overlap(rest, wanted) or capped(span, wanted)


# ------------------------------------------------------- sums


def sums_misprinted(case: Case, kind: str) -> Iterator[Found]:
    """Yield the wholes that their parts, listed before or behind them, make but for a slip.

    `kind` is "money", or "count" for everything else.
    """
    for sentences in (passage.sentences for passage in case.passages if passage.in_report):
        for at, said in enumerate(sentences):
            long = len(said.quantities) > _FEW
            if len(said.quantities) <= _MOST and (long or _goes_on(sentences[at + 1 : at + 2])):
                yield from _of_sums(said, sentences[at + 1 : at + _MOST], kind)


def _goes_on(following: Sequence[Sentence]) -> bool:
    """Tell whether the sentence behind lists something: 其中…."""
    return any(_FEW <= len(s.quantities) <= _MOST and _THEREOF.search(s.plain) for s in following[:1])


def _of_sums(said: Sentence, following: Sequence[Sentence], kind: str) -> Iterator[Found]:
    told = said.quantities
    for n, whole in enumerate(told):
        of_money = whole.figure.unit is not None and whole.figure.unit.kind == "money"
        if whole.hedge or not whole.unit or whole.unit == "%" or of_money != (kind == "money"):
            continue
        for run in _runs(said, following, n):
            parts = [q.figure for q in run]
            made = sum_of(parts)
            if any(p.exact >= whole.figure.exact for p in parts) or _made_of_some(whole.figure, parts):
                continue
            places = max(places_of(f.value) for f in (whole.figure, *parts))
            least = _DIGITS - (len(run) >= _LIST and _is_led(said.plain, whole))
            if slipped(
                whole.figure.exact / whole.figure.scale, made.exact / whole.figure.scale, places, least
            ):
                yield _told(said, whole, f"{' + '.join(map(str, parts))} = {made}", str(made))
                return


def _is_led(plain: str, whole: Quantity) -> bool:
    """Tell whether words say that a list makes up a figure: 合计 before it, 其中 or 分别 behind it."""
    behind = plain[whole.end : whole.end + 12]
    return bool(_TOTAL.search(plain[: whole.start]) or _LED.search(behind))


def _made_of_some(whole: Figure, parts: Sequence[Figure]) -> bool:
    """Tell whether neighbours among the parts, or all of them, make the whole as it stands."""
    return any(
        sum_of(parts[a:b]).agrees_with(whole) for a in range(len(parts)) for b in range(a + 2, len(parts) + 1)
    )


def _runs(said: Sentence, following: Sequence[Sentence], n: int) -> Iterator[Sequence[Quantity]]:
    """Yield the lists that may make up a figure: behind it, in the sentences that go on with it, before it."""
    told, plain = said.quantities, said.plain
    whole = told[n]
    behind = [q for q in told[n + 1 :] if q.unit == whole.unit]
    before = _smaller(told[:n], whole)
    if _listed(plain, whole, behind) and _closed(plain, whole.end, behind):
        yield behind
    if not behind and _goes_on(following):
        yield from _next(following, whole)
    if (
        len(before) >= _FEW
        and _TOTAL.search(plain[: whole.start])
        and _closed(plain, before[0].start, [*before, whole])
    ):
        yield before


def _smaller(told: Sequence[Quantity], whole: Quantity) -> Sequence[Quantity]:
    """Return the figures right before a total that can be parts of it: 合同480万元，分期支付192、144、96，合计432."""
    alike = [q for q in told if q.unit == whole.unit]
    larger = [n for n, q in enumerate(alike) if q.figure.exact >= whole.figure.exact]
    return alike[larger[-1] + 1 :] if larger else alike


def _listed(plain: str, whole: Quantity, behind: Sequence[Quantity]) -> bool:
    """Tell whether figures are told as parts: three or more, or two that a word leads in."""
    return len(behind) >= _LIST or (
        len(behind) == _FEW and _LED.search(plain[whole.end : behind[0].start]) is not None
    )


def _next(following: Sequence[Sentence], whole: Quantity) -> Iterator[list[Quantity]]:
    """Yield the list that the next sentence begins (其中…；…。) up to its full stop."""
    found: list[Quantity] = []
    for sentence in following:
        alike = [q for q in sentence.quantities if q.unit == whole.unit]
        if whole.unit == "分" and 0 < sentence.plain.count("得") < len(alike):
            return
        if _OPEN.search(sentence.plain.replace("月均", "").replace("均为", "")) or any(
            q.hedge for q in alike
        ):
            return
        found += alike
        if not sentence.plain.endswith((";", "；")):
            break
    if len(found) >= _FEW:
        yield found


def _closed(plain: str, start: int, run: Sequence[Quantity]) -> bool:
    """Tell whether the list is all that is told: no 等, 其余, 主要, nor a way of reckoning between."""
    stretch, rest = plain[start : run[-1].end], plain[run[-1].end :]
    if run[0].unit == "分" and 0 < stretch.count("得") < len(run):
        return False  # points and scores by turns
    return not any(q.hedge for q in run) and not _OPEN.search(stretch) and not _REST.search(rest)


_GRADE = r"(?:优秀|优|良好|良|中等|中|一般|基本合格|不合格|合格|较差|差)(?:等次|等级|档|的|为|有|共|等)*"
_GRADED = expression(rf"(?:{_GRADE}(\d{{1,5}})([个家项所户名人份])[、，,和]?){{2,}}")
_OF_GRADE = expression(rf"{_GRADE}(\d{{1,5}})[个家项所户名人份]")
_NEAR = Fraction(17, 20)


def grades_beside_count(case: Case) -> Iterator[Found]:
    """Yield the lists of how many reached each grade that miss the count of all, told before them."""
    for said in case.told("signs.graded"):
        m = _GRADED.search(said.plain)
        if m is None or not said.passage.in_report or _REST.search(said.plain[m.end() :]):
            continue
        made = sum(int(part) for part in _OF_GRADE.findall(m[0]))
        sentences = said.passage.sentences
        at = sentences.index(said)
        earlier = sentences[at - 1].quantities if at else ()
        told = [q for q in (*earlier, *(q for q in said.quantities if q.end <= m.start())) if _counts(q)]
        near = [q for q in told if _NEAR <= q.figure.exact / made <= 1 / _NEAR]
        if near and all(q.figure.exact != made for q in told):
            says = f"各等级合计 {made}，前文写的是 {near[-1].figure}。改法：核对总数和各等级的个数。"
            yield Found(said.passage.where, says, said.passage.paper, Severity.WARNING, quoted=said.text,
                        printed=str(near[-1].figure), computed=str(made), key=f"grades{made}")  # fmt: skip


def _counts(q: Quantity) -> bool:
    return q.unit in set("个家项所户名人份") and not q.hedge


# ------------------------------------------------------- results


def results_misprinted(case: Case, rows: Sequence[Row]) -> Iterator[Found]:
    """Yield the results that running text tells with a slip: 642.15 where the table has 624.15."""
    told = [
        (passage, said, q)
        for passage in case.passages
        if passage.in_report
        for said in passage.sentences
        for q in said.quantities
        if q.unit and q.unit != "%"
    ]
    known = [f for row in rows for f in (*_results(row), row.bound) if f is not None]
    for row in rows if told else ():
        for figure in _results(row):
            yield from _of_result(row, figure, told, known)


def _results(row: Row) -> tuple[Figure, ...]:
    """Return the figures that a row's result, or what is said of its score, tells: 完成624.15万吨，完成率95%."""
    actual, remarks = row.indicator.actual, row.indicator.remarks
    if actual is not None and actual.figure is not None and actual.figure.unit is not None:
        return (actual.figure,)
    text = tidy(f"{actual.text if actual is not None else ''}{remarks or ''}")
    return tuple(q.figure for q in quantities_in(text) if q.unit and q.unit != "%" and not q.hedge)


def _of_result(
    row: Row, figure: Figure, told: Sequence[tuple[Passage, Sentence, Quantity]], known: Sequence[Figure]
) -> Iterator[Found]:
    alike = [(passage, said, q) for passage, said, q in told if q.figure.unit == figure.unit]
    if any(q.figure.agrees_with(figure) for _, _, q in alike):
        return
    name, places = pairs_of(row.name), places_of(figure.value)
    for passage, said, q in alike:
        near = said.plain[max(0, q.start - 24) : q.end + 6]
        if not name & pairs_of(near) or any(f.agrees_with(q.figure) for f in known):
            continue
        if slipped(q.figure.exact / figure.scale, figure.exact / figure.scale, places):
            says = f"{row.label}的实际完成值是 {figure}，正文写的是 {q.figure}，像是笔误。改法：按原始记录核对后统一。"
            yield Found(passage.where, says, passage.paper, quoted=said.text[:60], printed=str(q.figure),
                        computed=str(figure), rests=(row.path("actual"),), key=row.name)  # fmt: skip
            return


def _told(said: Sentence, printed: Quantity, sum_shown: str, right: str) -> Found:
    says = f"{sum_shown}，文中写的是 {printed.figure}，像是笔误。改法：核对各数，更正写错的一个。"
    return Found(said.passage.where, says, said.passage.paper, Severity.WARNING, quoted=said.text,
                 printed=str(printed.figure), computed=right, key=f"slip{printed.figure}")  # fmt: skip
