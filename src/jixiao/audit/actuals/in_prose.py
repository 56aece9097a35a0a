"""Results in running text: bounded or rough (AV05), compared with a year to come (AV10), beyond 100% (AV11)."""

from collections.abc import Iterator

from jixiao.audit.lexicon import any_of
from jixiao.audit.prose import Passage, Quantity, Sentence, clipped
from jixiao.audit.rows import Row
from jixiao.audit.rule import Case, Found
from jixiao.audit.within import lists_within
from jixiao.expressions import expression
from jixiao.model.finding import Severity

_IN = lists_within("actuals")
_FEW = 3
_BOUND_BEFORE = expression(
    r"(?:至少|不少于|不低于|不小于|多于|大于|高于|超过|≥|>|不超过|不足)(?:为|了|达到?|有)?$"
)
_BOUND_AFTER = expression(r"^以[上下]")
_ROUGH_BEFORE = expression(r"(?:大约|大概|(?<![节签条合公契守制特预邀])约|将近|接近|(?<![附最邻靠临])近)$")
_ROUGH_AFTER = expression(r"^(?:左右|上下)")
_PLANNED = any_of(_IN["planned"])
_RESULTS = expression(r"完成情况|产出|数量指标|质量指标|时效指标|效益|满意|目标完成|目标实现|成效")
_SIGN_BEFORE = expression(r"[≥≤＞＜><]\s*$")
_DEMANDED = expression(r"目标|指标值|要求|标准|应[当达]")
_EXACT = expression(r"实为|实际为|具体为|其中|即")


def told_only_bounded(case: Case) -> Iterator[Found]:
    """Yield the passages that tell a result by its bound or roughly, one finding each (AV05)."""
    for passage in dict.fromkeys(
        s.passage for s in (*case.told("actuals.bounded"), *case.told("actuals.rough"))
    ):
        yield from _bounded_in(case, passage)


def told_with_signs(case: Case) -> Iterator[Found]:
    """Yield the passages that tell a result as ≥95% and no number of that kind beside it, one finding each (AV04)."""
    for passage in dict.fromkeys(s.passage for s in case.told("actuals.bounded")):
        if passage.where != "goal.actual" and not (passage.in_report and _RESULTS.search(passage.title)):
            continue
        for sentence in passage.sentences:
            signed = _signed(sentence) if not _PLANNED.search(sentence.plain) else []
            if signed:
                says = f"完成情况写“{signed[0]}”，带有指标值的符号。改法：填写实际达到的数，不带符号。"
                yield Found(passage.where, says, passage.paper, quoted=sentence.text[:60], key="signed")
                break


def _signed(sentence: Sentence) -> list[str]:
    exact = {q.unit for q in sentence.quantities if not _bound(q)}
    told = (q for q in sentence.quantities if _SIGN_BEFORE.search(q.before) and q.unit not in exact)
    return [_bounded(q) for q in told] if not _DEMANDED.search(sentence.plain) else []


def _bounded_in(case: Case, passage: Passage) -> Iterator[Found]:
    result = passage.where == "goal.actual"
    if not result and not (passage.in_report and _RESULTS.search(passage.title)):
        return
    for sentence in passage.sentences:
        if _PLANNED.search(sentence.plain):
            continue
        words, rough = _vague_quantities(sentence), _rough_quantities(sentence)
        if words or rough:
            severity = Severity.WARNING if (result and words) or _is_known(case, rough) else Severity.NOTE
            told = "、".join((words or [_rough(q) for q in rough])[:_FEW])
            says = f"完成情况写“{told}”，不是实际完成数。改法：写出确定的数。"
            yield Found(
                passage.where, says, passage.paper, severity, quoted=sentence.text[:60], key="bounded"
            )
            return


def _vague_quantities(sentence: Sentence) -> list[str]:
    if "actuals.bounded" not in sentence.words:
        return []
    exact = {q.unit for q in sentence.quantities if not _bound(q) and not q.hedge}
    return [
        _bounded(q)
        for q in sentence.quantities
        if _bound(q) and not _SIGN_BEFORE.search(q.before) and q.figure.unit and q.figure.unit.kind != "money"
        and (q.unit not in exact or not _EXACT.search(sentence.plain))
    ]  # fmt: skip


def _bound(q: Quantity) -> bool:
    return bool(_BOUND_BEFORE.search(q.before) or _BOUND_AFTER.match(q.after))


def _bounded(q: Quantity) -> str:
    before, after = _BOUND_BEFORE.search(q.before), _BOUND_AFTER.match(q.after)
    return f"{before[0] if before else ''}{q.figure}{after[0] if after else ''}"


def _rough_quantities(sentence: Sentence) -> list[Quantity]:
    """Return what a sentence says was done, roughly: 实际改造约 150 户."""
    if "actuals.rough" not in sentence.words or not _DONE.search(sentence.plain):
        return []
    return [
        q for q in sentence.quantities if _is_rough(q) and q.figure.unit and q.figure.unit.kind != "money"
    ]


_DONE = expression(r"完成|实际|建成|改造|新建|购置|采购|培训|发放|举办|安装|维修|种植|服务对象")


def _is_rough(q: Quantity) -> bool:
    return bool(q.hedge or _ROUGH_BEFORE.search(q.before) or _ROUGH_AFTER.match(q.after))


def _rough(q: Quantity) -> str:
    before, after = _ROUGH_BEFORE.search(q.before), _ROUGH_AFTER.match(q.after)
    return f"{before[0] if before else ''}{q.figure}{q.hedge}{after[0] if after else ''}"


def _is_known(case: Case, rough: list[Quantity]) -> bool:
    """Tell whether a table has the rough number as an exact result, or it is called rough twice over: 约 150 户左右."""
    twice = any(_ROUGH_BEFORE.search(q.before) and _ROUGH_AFTER.match(q.after) for q in rough)
    return twice or any(_has(row, q) for q in rough for row in case.table_rows)


def _has(row: Row, q: Quantity) -> bool:
    actual = row.indicator.actual
    figure = actual.figure if actual is not None and not actual.hedged else None
    return figure is not None and figure.unit is not None and figure.agrees_with(q.figure)


_COMPARED = expression(
    r"[比较与同](20[0-4]\d)年(?:度|同期|全年|底|末|上半年|下半年)?(?P<how>[^，,。；;]{0,14})"
)
_GROWN = expression(r"增|提|升|降|减|改善|相比|持平|翻|好转|下滑|相当")


def compared_with_a_later_year(case: Case) -> Iterator[Found]:
    """Yield the results that are compared with a year after the one evaluated (AV10)."""
    for sentence in case.told("actuals.compared"):
        m = _COMPARED.search(sentence.plain)
        if m is None or not _GROWN.search(m["how"]):
            continue
        passage = sentence.passage
        year = _year_of(case, passage)
        if year is not None and int(m[1]) > year and not _PLANNED.search(sentence.plain):
            says = (
                f"“{clipped(sentence.plain[max(0, m.start() - 12) : m.end()], 40)}”：评价年度是 {year} 年，"
                f"{m[1]} 年的情况还不知道。改法：核对比较的年份。"
            )
            yield Found(passage.where, says, passage.paper, quoted=sentence.text[:60], key=m[0])


_FINISHED = expression(
    r"(20[0-4]\d)年(?:\d{1,2}月)?(?:\d{1,2}日|初|底|末)?[^，,。；;]{0,12}?(?:全部|全面|正式|顺利|已)*(?:建成|竣工|完工|投入使用|通过验收)"
)
_PLANS = expression(r"建议|措施|打算|计划|下一步|目标(?!完成|实现|达成)|依据|背景")


def finished_in_a_later_year(case: Case) -> Iterator[Found]:
    """Yield what a report calls finished two years after the one evaluated, or hints at what was one year after (AV10).

    Acceptance in the spring after is no fault: the work itself was done in the year.
    """
    for sentence in case.told("actuals.finished"):
        passage = sentence.passage
        year = _year_of(case, passage) if passage.in_report and "20" in sentence.plain else None
        if year is None or _PLANS.search(passage.title) or _AHEAD.search(sentence.plain):
            continue
        m = _FINISHED.search(sentence.plain) or _TESTED.search(sentence.plain)
        if m is None or int(m[1]) <= year or _PLANNED.search(sentence.plain):
            continue
        later = int(m[1]) > year + 1
        if later or not ("验收" in m[0] or _ADMITTED.search(f"{passage.title}{sentence.plain}")):
            says = f"“{clipped(m[0], 40)}”晚于评价年度 {year} 年。改法：核对年份，只写年度内已经发生的结果。"
            yield Found(passage.where, says, passage.paper, None if later else Severity.NOTE,
                        quoted=sentence.text[:60], key=m[0])  # fmt: skip


_TESTED = expression(
    r"(20[0-4]\d)年\d{1,2}月[^，,。；;]{0,10}?(?:通过[^，,。；;]{0,12}(?:测评|评审|认证|鉴定)|上线|投用|交付使用)"
)
_ADMITTED = expression(r"问题|不足|延|拖|滞后|推迟|晚|未能|逾期|才|扣")
_AHEAD = expression(r"将|前|力争|预期|预算|有望|争取|规划|准备")


def _year_of(case: Case, passage: Passage) -> int | None:
    year = getattr(case.filing.readings[passage.paper].record, "year", None)
    if not isinstance(year, int):
        year = case.evaluation.year if case.evaluation is not None else None
    return year


_RATE = expression(
    rf"(?:{'|'.join(_IN['certain_rates'])})(?:均|都|也|已|高|可|率)?(?:为|达到?|是|有|在|:|：|约)*$"
)
_WHOLE = 1


def told_beyond_the_whole(case: Case) -> Iterator[Found]:
    """Yield the rates of a part that running text puts above 100% (AV11)."""
    seen: set[str] = set()
    for sentence in case.told("actuals.bounded_rates", "signs.percent"):
        passage = sentence.passage
        if passage.where == "goal.expected" or _PLANNED.search(sentence.plain):
            continue
        for q in sentence.quantities:
            rate = q.figure.unit is not None and q.figure.unit.kind == "ratio" and _RATE.search(q.before)
            above = q.figure.exact > _WHOLE or (q.figure.exact == _WHOLE and q.after.startswith("以上"))
            if rate and above and str(q.figure) not in seen:
                seen.add(str(q.figure))
                said = f"{q.before.split('，')[-1].split(',')[-1]}{q.figure}{'以上' if q.after[:2] == '以上' else ''}"
                says = f"文中写“{said}”，这样的比率最高 100%。改法：核对原始数据后更正；是完成比例的，写明。"
                yield Found(passage.where, says, passage.paper, quoted=sentence.text[:60], key=str(q.figure))


_UNACCEPTED = expression(
    r"(?:尚未|还未|还没有?|未|没有)(?:组织|进行|完成|通过|开展|办理)?(?:竣工|完工|工程|项目)*验收"
    r"|竣工验收(?:工作)?(?:计划|预计|拟|将|安排)(?:安排)?[在于]?[^，,。；;]{0,12}(?:进行|组织|开展|完成)"
)
_IN_PART = expression(r"部分|个别|其余|其中|剩余|\d+个|子项|标段")


def accepted_before_acceptance(case: Case) -> Iterator[Found]:
    """Yield the rates of acceptance claimed in full while the text says that nothing was accepted yet (AV10)."""
    rows = [r for r in case.table_rows if "验收" in r.name and r.full and r.indicator.actual is not None]
    for sentence in case.told("actuals.unaccepted") if rows else ():
        if not _UNACCEPTED.search(sentence.plain) or sentence.passage.where == "goal.expected":
            continue
        text = rows[0].indicator.actual.text if rows[0].indicator.actual else ""
        says = (
            f"{rows[0].label}的完成值是 {text}、得满分，正文写“{clipped(sentence.plain, 40)}”。"
            "改法：没有验收的，不填合格率，如实扣分。"
        )
        severity = Severity.NOTE if _IN_PART.search(sentence.plain) else None
        yield Found(rows[0].path("actual"), says, rows[0].paper, severity, quoted=text, key="unaccepted")
        return
