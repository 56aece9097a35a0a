"""AV01-AV05, AV14: what stands in the cell of the result, and what should stand there (完成值)."""

import re
from collections.abc import Iterator

from jixiao.audit.actuals.in_prose import told_only_bounded, told_with_signs
from jixiao.audit.actuals.proof_untold import targets_without_results
from jixiao.audit.annexes import results_left_blank
from jixiao.audit.explanations import Explanation, explanations
from jixiao.audit.lexicon import any_of
from jixiao.audit.prose import Sentence
from jixiao.audit.reach import bound_of
from jixiao.audit.rows import Row, Sort
from jixiao.audit.rule import Case, Found, rule
from jixiao.audit.targets.unfilled import is_unfilled
from jixiao.audit.told.scored_sections import scores_without_words
from jixiao.audit.verdicts import tier_labelled
from jixiao.audit.within import lists_within
from jixiao.expressions import expression
from jixiao.layout import Doubt
from jixiao.model.figure import tidy
from jixiao.model.finding import Origin, Severity
from jixiao.model.reading import Kind
from jixiao.model.target import AtLeast, AtMost, Before, Between, Exactly, Qualitative

_IN = lists_within("actuals")
_DONE = frozenset(_IN["done"])
_ANSWERS = frozenset(_IN["answers"])
_WITH_RESULTS = frozenset({Kind.SELFEVAL_TABLE, Kind.BASE_DATA_FORM})
_SIGNS = frozenset("≥≧⩾≤≦⩽＞＜><≈")
_LEAST = frozenset(_IN["bounds"])
_NOT_SAID = "请先核对原表是否确实空白。"
_TIER = expression(
    r"(?:[(（\[]?\d{2,3}[%％]?\s*[-~～—－至]\s*\d{1,3}\s*[%％]?[)）\]]?|第?[一二三四]档|[ABCD优良中差][秀好]?档"
    r"|[优良中差][秀好]?[(（]\d{2,3}[%％]?分?\s*[-~～—－至]\s*\d{2,3}[%％]?分?[)）])"
)
_ROUND_TIERS = expression(
    r"(?:80[%％]?\s*[-~～—－至]\s*100|60[%％]?\s*[-~～—－至]\s*80|0[%％]?\s*[-~～—－至]\s*60)[%％]?"
)
_TIERED = expression(r"[％档]|含|\d\s*[-~～—－至]")
_INCLUDED = expression(r"[（(](?:不?含)(?:\d{1,3}[%％]?)?[）)]")
_WORDS_ONLY = expression(r"(?!.*(?:指标|完成值|得分|分值))[^\W\d一二三四五六七八九十百千万两半A-Za-z_]{2,12}")
_AT_ONCE = expression(r"^(?:当[日天场]|即[时日]|立即|随[到时])")  # ≤1个工作日, 当日办结
_RATED = expression(r"\d[%％]|\d\D{1,16}\d|百分之|一致|足额|全额|全部|均|不涉及")
_ACHIEVED = any_of(_IN["achieved"])
_JUDGED = expression(r"指标体系|等方面|进行(?:了)?评价|开展(?:绩效)?(?:自评|评价)|满分|权重|分值")
_UNCOUNTED = frozenset({"money", "ratio", "point", "分", "months", "duration"})
_FEW, _MANY = 3, 6


def result_tables(case: Case) -> tuple[tuple[int, tuple[Row, ...]], ...]:
    """Return the rows of each table that has a column for results, with the paper's index."""
    return case.once(_result_tables)


def _result_tables(case: Case) -> tuple[tuple[int, tuple[Row, ...]], ...]:
    return tuple(_with_results(case))


def _with_results(case: Case) -> Iterator[tuple[int, tuple[Row, ...]]]:
    for at, _ in case.tables:
        kind, rows = case.filing.readings[at].kind, case.rows_by_paper[at]
        if kind in _WITH_RESULTS or (kind is Kind.SCORING_FORM and any(r.indicator.actual for r in rows)):
            yield at, rows


def told_results(case: Case) -> tuple[tuple[int, tuple[Row, ...]], ...]:
    """Return the rows of the result tables; without any table, those that a report tells with target and result."""
    return result_tables(case) if case.tables else case.once(_told_in_reports)


def _told_in_reports(case: Case) -> tuple[tuple[int, tuple[Row, ...]], ...]:
    papers = ((at, case.rows_by_paper[at]) for at, _ in case.reports)
    told = ((at, tuple(r for r in rows if r.indicator.target and r.indicator.actual)) for at, rows in papers)
    return tuple((at, rows) for at, rows in told if rows)


def listed(rows: list[Row]) -> str:
    """Name the rows: the first few, and how many they are."""
    names = "、".join(row.label for row in rows[:_FEW])
    return f"{names}等 {len(rows)} 项" if len(rows) > _FEW else names


def result_of(row: Row) -> str:
    """Return the cell of the result as printed, "" where there is none."""
    return row.indicator.actual.text if row.indicator.actual else ""


def hedge_of(row: Row) -> str:
    """Return the word that makes the result less than a statement, "" where there is none."""
    return row.indicator.actual.hedged if row.indicator.actual else ""


def _origin(case: Case, rows: list[Row]) -> Origin:
    doubts: list[Doubt] = [d for row in rows[:_MANY] for d in case.doubts_at(row.path(), row.paper)]
    return Origin.LAYOUT if doubts else Origin.AUTHOR


@rule("AV01", Severity.WARNING, source="财预〔2020〕10号附件1：实际完成值逐项填写")
def result_not_given(case: Case) -> Iterator[Found]:
    """给了分，没有写实际完成值。

    为什么：得分由实际完成值算出，没有完成值的得分没有依据。
    不合格：“培训人数”完成值空白，得 10 分；“成本节约率”得 6 分，说明里没有算出比率；
    按件计酬而全文没有件数；报告的一项只有分值和得分。
    合格：完成值“120 人”，得 10 分；完成值空白、得分也空白。
    怎么改：补填实际完成值；报告中写出产出的数量，比率写明算式和结果。
    来源：财预〔2020〕10号附件1 自评表填报要求（条文未核对）。
    误报风险：低；报告没有写数量、比率没有算出只作提示或警告，识别丢失单元格时请先核对原表。
    """
    for at, rows in result_tables(case):
        wanted = _silent if all(row.indicator.actual is None for row in rows) else _in_place
        empty = [row for row in rows if _scored_for_nothing(row) and (wanted(row) or is_unfilled(case, row))]
        if empty:
            says = f"{listed(empty)}有得分，实际完成值空白。改法：补填实际完成值；{_NOT_SAID}"
            yield Found(empty[0].path("actual"), says, at, origin=_origin(case, empty), key="empty",
                        rests=(empty[0].path("score_printed"),))  # fmt: skip
    yield from results_left_blank(case)
    yield from scores_without_words(case)
    yield from _rates_not_worked_out(case)
    yield from _output_without_numbers(case)
    yield from _paid_by_piece(case)
    yield from targets_without_results(case)


def _scored_for_nothing(row: Row) -> bool:
    i = row.indicator
    if i.actual is not None or i.score_printed is None or i.score_printed <= 0:
        return False
    return bool(row.name)


def _silent(row: Row) -> bool:
    """Tell whether a row of a table without any results has no rate of completion either."""
    return row.indicator.completion_printed is None


def _in_place(row: Row) -> bool:
    """Tell whether the row's other cells are where they belong: a target is read, and it isn't the score."""
    i, bound = row.indicator, row.bound
    shifted = i.points is None and bound is not None and bound.value == i.score_printed
    return i.target is not None and not shifted


def _rates_not_worked_out(case: Case) -> Iterator[Found]:
    found: dict[str, Explanation] = {}
    for told in explanations(case):
        if told.score and told.name.endswith("率") and not _RATED.search(told.words):
            found.setdefault(told.name, told)
    if found:
        first = next(iter(found.values()))
        says = f"“{'”、“'.join(found)}”给了分，说明里没有算出比率。改法：写明分子、分母和结果。"
        yield Found(first.where, says, first.paper, Severity.NOTE, quoted=first.words[:60], key="rate")


def _output_without_numbers(case: Case) -> Iterator[Found]:
    """A report tells of its output and names no number of anything; nor does a table beside it."""
    told = [s for s in case.told("actuals.output") if s.passage.in_report and _achieves(s)]
    if not told or any(
        r.sort is Sort.QUANTITY and r.indicator.actual and r.indicator.actual.figure for r in case.rows
    ):
        return
    for paper in dict.fromkeys(s.passage.paper for s in told):
        passages = [p for p in case.passages if p.paper == paper and p.in_report]
        if any(_counts(s) for p in passages for s in p.sentences):
            continue
        first = next(s for s in told if s.passage.paper == paper)
        says = "报告说产出已经完成，没有写任何数量（人数、次数、面积等）。改法：逐项写明完成的数量和单位。"
        yield Found(first.passage.where, says, paper, quoted=first.text[:60], key="output")


def _achieves(sentence: Sentence) -> bool:
    """Tell whether the sentence says that something was done, and not only how it is judged."""
    return bool(_ACHIEVED.search(sentence.plain)) and not _JUDGED.search(sentence.plain)


def _counts(sentence: Sentence) -> bool:
    return any(
        q.figure.unit and q.figure.unit.kind.split("/")[0] not in _UNCOUNTED for q in sentence.quantities
    )


def _paid_by_piece(case: Case) -> Iterator[Found]:
    """Who is paid by the case must be told the number of cases."""
    seen: set[int] = set()
    for sentence in case.told("actuals.by_piece"):
        passage = sentence.passage
        if passage.paper in seen or not passage.in_report or not _pays(sentence):
            continue
        seen.add(passage.paper)
        units = {
            q.unit
            for p in case.passages
            if p.paper == passage.paper
            for s in p.sentences
            for q in s.quantities
        }
        if not any(unit.endswith(_IN["pieces"]) for unit in units):
            says = (
                "经费按件计发，文中只有人数、金额，没有完成的件数。改法：补写办理的件数，说明金额如何得出。"
            )
            yield Found(passage.where, says, passage.paper, quoted=sentence.text[:60], key="pieces")


def _pays(sentence: Sentence) -> bool:
    """Tell whether a sentence says how many people are paid so, and is no mere mention."""
    return any(q.unit in _PAID for q in sentence.quantities)


_PAID = frozenset("人名位")


@rule(
    "AV02",
    Severity.WARNING,
    source="财预〔2020〕10号：定性指标分三档赋分，完成值写实际情况",
    needs=("row.told",),
)
def tier_label_as_result(case: Case) -> Iterator[Found]:
    """实际完成值填的是赋分档次（如 100%-80%(含)），不是完成情况。

    为什么：档次是给分的区间，看不出做了什么、做到什么程度。
    不合格：“清淤里程”完成值“100%-80%(含)”；完成值“80%-60%”。
    合格：完成值“清淤 3.2 公里”；指标值就是区间“80%-90%”，完成值“80%-90%”。
    怎么改：改填实际完成的数量或具体成效，档次放在得分说明。
    来源：财预〔2020〕10号（条文未核对）；复核人员通用核对办法。
    误报风险：低；有的系统按档次打印，仍须在原系统中另写结果，因此是警告。
    """
    for at, rows in result_tables(case):
        labelled = [row for row in rows if _is_tier(row)]
        if labelled:
            text = result_of(labelled[0])
            says = f"{listed(labelled)}的实际完成值填“{text}”，是赋分档次。改法：填实际完成的数量或具体成效。"
            yield Found(labelled[0].path("actual"), says, at, quoted=text, key="tier")


def _is_tier(row: Row) -> bool:
    actual, target = row.indicator.actual, row.indicator.target
    if (
        actual is None
        or isinstance(target, Between)
        or not ("%" in actual.text or _TIERED.search(actual.text))
    ):
        return False
    text = _INCLUDED.sub("", actual.text).strip()
    rises = isinstance(target, Qualitative) and _ROUND_TIERS.fullmatch(text) is not None
    if tier_labelled(row):
        return _falls(actual.text) or rises
    return bool(_TIER.fullmatch(text)) and (not text[0].isdigit() or _falls(text) or rises)


def _falls(text: str) -> bool:
    """Tell whether a range is written from its upper end, as tiers are: 100%-80%."""
    numbers = [int(n) for n in re.findall(r"\d{1,3}", _INCLUDED.sub("", text))]
    return len(numbers) == 2 and numbers[0] > numbers[1]  # noqa: PLR2004


@rule("AV03", Severity.WARNING, source="财预〔2020〕10号附件1：定量指标填写数值", needs=("row.told",))
def words_for_a_number(case: Case) -> Iterator[Found]:
    """指标值是数量，实际完成值只写“完成”“达成”。

    为什么：数量指标按完成数与指标值的比例得分，只写“完成”无法核对。
    不合格：指标值“≥30 人”，完成值“完成”；指标值“≤8 万元”，完成值“达成预期指标”。
    合格：指标值“≥30 人”，完成值“32 人”；指标值“成效显著”，完成值写文字。
    怎么改：填写实际完成的数值和单位。
    来源：财预〔2020〕10号附件1（条文未核对）。
    误报风险：低。指标值是没有符号和单位的数字时，只认“完成”一类的词。
    """
    for at, rows in told_results(case):
        worded = [row for row in rows if _worded(row)]
        if worded:
            i = worded[0].indicator
            text = result_of(worded[0])
            says = f"{listed(worded)}的指标值是数量（如“{i.demand}”），实际完成值只写“{text}”。改法：填写数值和单位。"
            yield Found(worded[0].path("actual"), says, at, origin=_origin(case, worded), quoted=text, key="words",
                        rests=(worded[0].path("target"),))  # fmt: skip


def _worded(row: Row) -> bool:
    i = row.indicator
    if not row.numeric or i.actual is None or i.actual.figure is not None or i.actual.moment is not None:
        return False
    text = tidy(i.actual.text).strip("。，")
    bound = bound_of(i.target)
    if bound is not None and (bound.value == 0 or (text[:1] == "全" and str(bound) == "100%")):
        return False
    if text in _DONE or (text == "无" and isinstance(i.target, AtLeast)):
        return True
    if isinstance(i.target, AtMost) and _AT_ONCE.search(text):
        return False
    unit = i.target.value.unit if isinstance(i.target, Exactly) else None
    sure = (
        not isinstance(i.target, Exactly) or i.target.stated or (unit is not None and len(unit.name) <= _FEW)
    )
    return sure and bool(_WORDS_ONLY.fullmatch(text)) and text not in tidy(i.target.text if i.target else "")


@rule(
    "AV04",
    Severity.WARNING,
    source="财预〔2020〕10号附件1：实际完成值为实际数",
    needs=("row.hedged", "actuals.bounded"),
)
def sign_in_result(case: Case) -> Iterator[Found]:
    """实际完成值里带有 ≥、≤ 等符号。

    为什么：符号是对指标值的要求，实际完成值应是一个确定的数。
    不合格：指标值“≥95%”，完成值“≥95%”；完成值“≤3 天”；报告写“学员满意度≥95%”。
    合格：完成值“96.5%”；指标值带符号，完成值不带。
    怎么改：改填实际数，不带符号。
    来源：财预〔2020〕10号附件1（条文未核对）。
    误报风险：低。
    """
    for at, rows in told_results(case):
        signed = [row for row in rows if hedge_of(row)[:1] in _SIGNS]
        if signed:
            text = result_of(signed[0])
            says = f"{listed(signed)}的实际完成值带有符号（如“{text}”）。改法：填写实际达到的数，不带符号。"
            yield Found(
                signed[0].path("actual"), says, at, origin=_origin(case, signed), quoted=text, key="sign"
            )
    yield from told_with_signs(case)


@rule(
    "AV05",
    Severity.WARNING,
    source="财预〔2020〕10号附件1：实际完成值为实际数",
    needs=("row.hedged", "actuals.bounded", "actuals.rough"),
)
def result_only_bounded(case: Case) -> Iterator[Found]:
    """完成情况只写“至少”“以上”“超过”“约”，没有确定的数。

    为什么：只给上限、下限或大概数，无法计算完成率，也无法核对。
    不合格：完成值“300 人以上”；实际完成情况写“资助至少 500 名学生”；报告写“实际改造约 90 户左右”。
    合格：“超过 300 人，实为 312 人”；“较目标超过 12 人”；指标值写“至少 300 人”。
    怎么改：写出实际数；确为统计口径所限的，说明数据来源。
    来源：财预〔2020〕10号附件1（条文未核对）；复核人员通用核对办法。
    误报风险：中。约数、报告正文中的说法只作提示。
    """
    for at, rows in told_results(case):
        hedged = [row for row in rows if hedge_of(row) and hedge_of(row)[0] not in _SIGNS]
        if hedged:
            word, text = hedge_of(hedged[0]), result_of(hedged[0])
            severity = Severity.WARNING if any(_bounded(r) for r in hedged) else Severity.NOTE
            says = f"{listed(hedged)}的实际完成值不是确定的数（“{text}”，“{word}”）。改法：填写实际数。"
            yield Found(hedged[0].path("actual"), says, at, severity, quoted=text, key="hedged")
    yield from told_only_bounded(case)


def _bounded(row: Row) -> bool:
    hedged = hedge_of(row)
    return hedged in _LEAST or hedged.startswith(("不", "未", "最"))


@rule("AV14", Severity.NOTE, source="完成值应写实际情况，不照抄指标值", needs=("row.worded", "row.before"))
def result_copies_target(case: Case) -> Iterator[Found]:
    """定性指标的实际完成值照抄指标值。

    为什么：“成效显著”照抄“成效显著”，等于没有说明完成了什么。
    不合格：三项指标值“明显改善”“逐步完善”“有效保障”，完成值一字不差，或只加“已”“得到”。
    合格：完成值“修复路灯 40 盏，夜间投诉减少”；“合格”“是”“无”一类的答案。
    怎么改：写明实际做了什么、带来什么变化，并指出依据。
    来源：复核人员通用核对办法。
    误报风险：中。一张表只作一条；照抄三项以上，且全部得满分的，才作警告。
    """
    for at, rows in told_results(case):
        copied = [row for row in rows if _copied(row)]
        if copied:
            severe = len(copied) >= _FEW and all(row.full for row in copied)
            severity = Severity.WARNING if severe else Severity.NOTE
            text = result_of(copied[0])
            says = f"{listed(copied)}的实际完成值照抄指标值（如“{text}”）。改法：写明实际情况和依据。"
            yield Found(copied[0].path("actual"), says, at, severity, quoted=text, key="copied")


_AGAIN = expression(r"^(?:已经?|得到|有了|实现了?)+")
_TURNED = 5


def _copied(row: Row) -> bool:
    i = row.indicator
    if (
        i.actual is None
        or not isinstance(i.target, Qualitative | Before)
        or abs(len(i.actual.text) - len(i.target.text)) > _FEW
    ):
        return False
    result, target = tidy(i.actual.text).strip("。，；"), tidy(i.target.text).strip("。，；")
    result = result if result == target else _AGAIN.sub("", result)
    turned = len(result) >= _TURNED and sorted(result) == sorted(target)
    if (result != target and not turned) or result in _ANSWERS or result in _DONE:
        return False
    return isinstance(i.target, Qualitative) or bool(re.search(r"前(?:完成|完工|竣工)?$|以内|内$", result))
