"""DV01, DV03-DV05, DV09: whether a deviation is explained, and where (偏差原因)."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from rapidfuzz.fuzz import ratio

from jixiao.audit.actuals.cells import listed, result_of, result_tables
from jixiao.audit.annexes import unexplained_misses
from jixiao.audit.explanations import deductions
from jixiao.audit.lexicon import any_of
from jixiao.audit.prose import Sentence, clipped, ratio_of
from jixiao.audit.reach import is_times
from jixiao.audit.rows import Row, Sort
from jixiao.audit.rule import Case, Found, rule
from jixiao.audit.told.scored_sections import total_below_full_marks
from jixiao.audit.within import lists_within
from jixiao.expressions import expression
from jixiao.model.claims import Bin
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import tidy
from jixiao.model.finding import FieldPath, Severity
from jixiao.model.reading import Kind
from jixiao.model.target import AtMost, Exactly

_IN = lists_within("deviations")
_NONE = frozenset(_IN["none"])
_SHORTFALL = any_of(_IN["shortfall"])
_UNDONE = any_of(_IN["undone"])
_SURPASSED = any_of(_IN["surpassed"])
_SPENDING = any_of(_IN["spending_words"])
_REMEDY = expression(r"(?:改进|整改|下一步|拟采取)[^。：:，]{0,6}(?:措施)?[：:]")
_LEAD = expression(r"^(?:偏差|未完成|扣分|得分)?(?:原因|理由)(?:分析)?(?:及改进措施)?(?:是|为|[：:])")
_ALIKE, _SHORT = 90, 8
_ROUNDED, _MOST = Decimal("0.02"), Fraction(9, 10)
_EXCESS = Fraction(13, 10)
_FAR, _FROM_NONE, _TOP = 3, 30, 90


def reason_in(text: str | None) -> str:
    """Return the reason without the remedy behind it and the words before it, tidied; "" where it says none."""
    if not text:
        return ""
    plain = _LEAD.sub("", _REMEDY.split(tidy(text))[0])
    said = plain.strip("。；;，/—-―－_")
    return "" if not said or said in _NONE else plain


def remedy_in(text: str | None) -> str:
    """Return the remedy that stands behind the reason, 改进措施：…; "" where none is marked."""
    parts = _REMEDY.split(tidy(text or ""))
    return parts[-1] if len(parts) > 1 else ""


def reason_of(row: Row) -> str:
    """Return why the row deviates, as far as its own cells tell."""
    i = row.indicator
    remarks = i.remarks if i.remarks and "扣" in i.remarks else ""
    return reason_in(i.reason) or reason_in(i.remedy) or (tidy(remarks) if remarks else "")


@rule("DV01", Severity.WARNING, source="财预〔2020〕10号附件1：偏差原因分析及改进措施栏")
def loss_unexplained(case: Case) -> Iterator[Found]:
    """扣了分，没有写偏差原因。

    为什么：自评表要求未完成的指标说明原因和措施，空着就不知道为什么扣、怎么改。
    不合格：“巡查次数”分值 10、得分 8，原因栏空白；部门报告说有 2 个项目低于 90 分，没有写是哪几个、为什么；
    报告总分 94，列出的各项都满分。
    合格：原因栏写“汛期道路中断，少巡查 2 次”；没有扣分的，原因栏空白。
    怎么改：逐项补写原因和改进措施。
    来源：财预〔2020〕10号附件1（条文未核对）。
    误报风险：低。报告里写了原因的由 DV09 提示；执行率 90% 以上的扣分只作提示，更低的由 FD05 核对。
    """
    for at, silent in silent_losses(case):
        lost = [r for r in silent if not _by_the_book(r)]
        if lost:
            says = f"{listed(lost)}扣了分，没有写偏差原因。改法：逐项补写原因和改进措施。"
            yield Found(lost[0].path("reason"), says, at, key="reason", printed=str(lost[0].indicator.score_printed),
                        rests=(lost[0].path("points"), lost[0].path("score_printed")))  # fmt: skip
    for at, table in case.tables:
        if (
            _execution_lost(table, _MOST)
            and not _spending_told(case, table)
            and not _reasons_of_rows(case, at)
        ):
            yield _execution_unexplained(at, table)
    yield from _low_projects(case)
    yield from total_below_full_marks(case)
    yield from unexplained_misses(case)


def silent_losses(case: Case) -> Iterator[tuple[int, list[Row]]]:
    """Yield the rows of each table that lost points, more than rounding takes, and nothing anywhere says why."""
    for at, _ in result_tables(case) if case.with_trait("row.lost") else ():
        if not _told_for_all(case, at):
            rows = (r for r in case.with_trait("row.lost") if r.paper == at and (r.lost or 0) > _ROUNDED)
            yield at, [r for r in rows if not _says_why(r) and not _told_elsewhere(case, r)]


def _says_why(row: Row) -> bool:
    """Tell whether a row says why it lost points: 未完成 and 其他原因 say nothing."""
    reason = reason_of(row)
    return bool(reason) and _SAYS_NOTHING.fullmatch(reason.strip("。；;，,、 ")) is None


_SAYS_NOTHING = expression(
    r"(?:因故)?(?:尚|仍)?(?:未(?:能)?(?:全部|完全|如期|按时)?(?:完成|达标|达到|实现|达成)|没有完成|部分完成|有偏差|存在偏差)"
    r"(?:年度|预期)*(?:目标值|指标值|目标|指标|预期|任务)?|(?:其[他它]|客观|主观|各种|种种|有关)(?:原因|因素)"
)


def _told_for_all(case: Case, at: int) -> bool:
    """Tell whether one cell says the reasons of all rows, or a scoring form with results has no column for them."""
    record, kind = case.filing.readings[at].record, case.filing.readings[at].kind
    if not isinstance(record, Evaluation):
        return False
    return bool(reason_in(record.reason)) or (
        kind is Kind.SCORING_FORM and not any(i.reason for i in record.indicators)
    )


def _by_the_book(row: Row) -> bool:
    """Tell whether the target is met and the rule-book's bands take the points all the same (满意度 below 90 %)."""
    return bool(row.met) and row.score is not None and row.score.score == row.indicator.score_printed


def _execution_lost(table: Evaluation, least: Fraction = Fraction(0)) -> Decimal:
    """Return the points lost for money not spent; 0 where no money was left, or less than `least` of it was spent."""
    points, score, spent = table.execution.points, table.execution.score_printed, _spent(table)
    if points is None or score is None or spent is None or not 0 <= score < points:
        return Decimal(0)
    return points - score if least <= spent < 1 else Decimal(0)


def _spent(table: Evaluation) -> Fraction | None:
    """Return the share of the budget that was spent, as printed or by the amounts; 1 where it may be rounding."""
    rate, total = table.execution.rate_printed, table.funds.total
    if rate is not None:
        low, high = ratio_of(rate)
        return low if high < 1 else Fraction(1)
    if total is None or total.annual is None or total.executed is None or not total.annual.exact:
        return None
    return (
        total.executed.exact / total.annual.exact if total.executed.high < total.annual.low else Fraction(1)
    )


def _execution_unexplained(at: int, table: Evaluation) -> Found:
    says = (
        f"预算执行扣了 {_execution_lost(table):f} 分，没有写原因。改法：说明未执行的金额、原因和下一步处理。"
    )
    return Found("execution.score_printed", says, at, Severity.NOTE, printed=str(table.execution.score_printed),
                 rests=("execution.points",), key="execution")  # fmt: skip


def _spending_told(case: Case, table: Evaluation) -> bool:
    """Tell whether a cell for it, the goal's result or a report says why money was left."""
    if (
        reason_in(table.execution.reason)
        or reason_in(table.reason)
        or _SPENDING.search(table.goal.actual or "")
    ):
        return True
    said = case.told("spending.execution_reason", "spending.because")
    return any(s.passage.in_report and "spending.template" not in s.words for s in said)


def _told_elsewhere(case: Case, row: Row) -> FieldPath | None:
    """Return where a report tells why this row lost points; None where it doesn't."""
    name = re.sub(r"[（(][^（）()]*[)）]|★|率$|度$", "", row.name)
    if len(name) < 4:  # noqa: PLR2004
        return None
    for passage in case.passages if case.reports else ():
        if passage.in_report and name in passage.text and any(_explains(s, name) for s in passage.sentences):
            return passage.where
    return None


def _explains(sentence: Sentence, name: str) -> bool:
    return name in sentence.text and bool(_SHORTFALL.search(sentence.plain))


def _low_projects(case: Case) -> Iterator[Found]:
    """A department tells how many projects scored low, and not which or why."""
    for at, report in case.department_reports:
        low = [b for b in report.bins if b.count and _is_low(b)]
        if low and not any(s.passage.paper == at for s in case.told("deviations.low_named")):
            told = "、".join(f"{b.label} {b.count} 个" for b in low)
            says = f"报告说得分{told}，没有写是哪些项目、为什么。改法：列出项目名称、失分原因和整改措施。"
            yield Found("bins", says, at, quoted=told, key="low")


def _is_low(one: Bin) -> bool:
    return one.high is not None and one.high <= _TOP


@rule("DV03", Severity.WARNING, source="偏差原因应逐项说明", needs=("row.explained", "paper.report"))
def same_reason_twice(case: Case) -> Iterator[Found]:
    """两项以上指标的偏差原因一字不差或几乎相同。

    为什么：不同指标的偏差各有原因，照抄说明没有逐项分析。
    不合格：“培训人数”和“成本控制”都写“因人员调出，参训人员减少”；报告中两项的扣分原因相同。
    合格：两项都写“无”；两项原因只有个别词相同。
    怎么改：按指标分别写明原因。
    来源：复核人员通用核对办法。
    误报风险：中。同一事件确实影响几项指标时，请写明如何影响各项。
    """
    groups: dict[tuple[int, str], list[tuple[FieldPath, str]]] = {}
    for paper, where, label, reason in _reasons(case):
        if len(reason) >= _SHORT:
            head = next(
                (key for key in groups if key[0] == paper and ratio(key[1], reason) >= _ALIKE),
                (paper, reason),
            )
            groups.setdefault(head, []).append((where, label))
    for (paper, reason), places in groups.items():
        if len(places) > 1:
            names = "、".join(label for _, label in places[:_FAR])
            says = f"{names}的原因相同：“{clipped(reason, 30)}”。改法：按指标分别写明原因。"
            yield Found(places[1][0], says, paper, quoted=reason[:60], key=names)


def _reasons(case: Case) -> Iterator[tuple[int, FieldPath, str, str]]:
    """Yield every reason told for a row, or for an item of a report: paper, field, name and the reason."""
    for row in case.table_rows:
        if row.indicator.reason and not row.full and (reason := reason_in(row.indicator.reason)):
            yield row.paper, row.path("reason"), row.label, reason
    for told, reason in deductions(case):
        yield told.paper, told.where, f"“{told.name}”", reason


@rule("DV04", Severity.WARNING, source="偏差原因与得分一致", needs=("row.explained",))
def full_score_with_shortfall(case: Case) -> Iterator[Found]:
    """得了满分，原因栏却写没有完成。

    为什么：写明没有完成，就应当扣分；确已完成，就不应写偏差原因。
    不合格：“路灯安装”得满分，原因栏写“因供货延迟，尚有 6 盏未完成安装”。
    合格：得满分，原因栏写“超额完成，因需求增加”；扣了分，写“未完成”。
    怎么改：核减得分，或改正原因栏。
    来源：复核人员通用核对办法。
    误报风险：中，按用词判断；反向指标的节约不算未完成；比率超过指标值而不到 100% 的，可能是说明余下的部分，只作提示。
    """
    for _, rows in result_tables(case):
        for row in rows:
            if not row.full or not row.indicator.reason or isinstance(row.indicator.target, AtMost):
                continue
            reason = reason_in(row.indicator.reason)
            if _UNDONE.search(reason) and not _SURPASSED.search(reason):
                severity = Severity.NOTE if _leaves_a_rest(row) else None
                says = f"{row.label}得满分，原因栏写“{clipped(reason, 30)}”。改法：核减得分，或改正原因栏。"
                yield Found(row.path("reason"), says, row.paper, severity, quoted=reason[:60],
                            rests=(row.path("points"), row.path("score_printed")))  # fmt: skip


def _leaves_a_rest(row: Row) -> bool:
    """Tell whether a rate lies above its target and below 100 %: its reason may tell of the rest."""
    figure = row.indicator.actual.figure if row.indicator.actual else None
    rate = figure is not None and figure.unit is not None and figure.unit.kind == "ratio" and figure.exact < 1
    return rate and row.reach is not None and row.reach > 1


@rule(
    "DV05",
    Severity.WARNING,
    source="偏离 30% 以上的应说明原因（多地自评系统填报要求）",
    needs=("row.above", "row.zero"),
)
def large_excess_unexplained(case: Case) -> Iterator[Found]:
    """完成值超过指标值三成以上，没有说明。

    为什么：大幅超过多半是指标值定低了，或口径变了，应当说明，并据以调整下一年的指标值。
    不合格：“培训人次”指标值 100 人次，完成 260 人次，原因栏空白；指标值 0 件，完成 40 件。
    合格：完成 125 人次；完成 260 人次，写明“新增两期上级委托的培训”。
    怎么改：写明超出的原因；下一年度按实际调整指标值。
    来源：广西等地自评系统填报要求（条文未核对）。
    误报风险：中。只看正向指标；只多一件、一次的不看；不到一倍半的只作提示。
    """
    for at, rows in result_tables(case):
        far = [row for row in rows if _far_above(row) and not reason_of(row) and not row.indicator.remarks]
        if far:
            severity = Severity.WARNING if any(_twice(row) for row in far) else Severity.NOTE
            cells = f"指标值 {far[0].indicator.demand}，完成 {result_of(far[0])}"
            says = (
                f"{listed(far)}的完成值超过指标值三成以上（如{cells}），没有说明。"
                "改法：写明超出的原因，下一年度调整指标值。"
            )
            yield Found(far[0].path("reason"), says, at, severity, quoted=result_of(far[0]), key="excess",
                        rests=(far[0].path("target"), far[0].path("actual")))  # fmt: skip


def _twice(row: Row) -> bool:
    return row.reach is None or row.reach * 2 >= _FAR


def _far_above(row: Row) -> bool:
    i = row.indicator
    if row.reach is not None and not is_times(row.reach, _EXCESS):
        return False
    if not row.numeric or row.sort is Sort.COST or isinstance(i.target, AtMost):
        return False
    if row.reach is not None:
        return not _doubtful(row)
    zero = tidy(i.target.text).strip("=＝≥") if i.target else ""
    return (
        zero[:1] == "0"
        and i.actual is not None
        and i.actual.figure is not None
        and i.actual.figure.value >= _FROM_NONE
    )


def _doubtful(row: Row) -> bool:
    """Tell whether the figures are one apart, or a reading's slip: a year, a rate above 1, points for a target."""
    i, wanted = row.indicator, row.bound
    figure = i.actual.figure if i.actual else None
    if figure is None or wanted is None or 1990 <= figure.value <= 2050:  # noqa: PLR2004
        return True
    if wanted.unit is not None and wanted.unit.kind == "ratio":
        return figure.exact > 1
    if figure.value - wanted.value == 1:
        return True
    bare = wanted.unit is None and isinstance(i.target, Exactly) and not i.target.stated
    return bare and (wanted.value < 10 or wanted.value in {i.points, i.score_printed})  # noqa: PLR2004


@rule("DV09", Severity.NOTE, source="偏差原因填在自评表的原因栏")
def reason_only_in_prose(case: Case) -> Iterator[Found]:
    """扣分的原因只写在报告或别的栏里，本行原因栏空白。

    为什么：看表的人找不到原因；复核、汇总也只取原因栏。
    不合格：“巡查次数”扣 2 分，原因栏空白，报告第四部分才说“巡查次数不足，因汛期道路中断”。
    合格：原因栏写了原因，报告再作展开；表上没有预算执行的原因栏，报告写了。
    怎么改：把原因抄到对应行的原因栏。
    来源：财预〔2020〕10号附件1（条文未核对）。
    误报风险：低。
    """
    for at, _ in result_tables(case) if case.with_trait("row.lost") else ():
        for row in case.with_trait("row.lost"):
            if row.paper != at or (row.lost or 0) <= 0 or reason_of(row) or _told_for_all(case, at):
                continue
            where = _told_elsewhere(case, row)
            if where:
                says = (
                    f"{row.label}扣了 {row.lost:f} 分，原因只写在报告里，原因栏空白。改法：把原因抄到本行。"
                )
                yield Found(
                    row.path("reason"), says, at, rests=(row.path("points"), row.path("score_printed"))
                )
    for at, table in case.tables:
        if _execution_lost(table) and not _spending_told(case, table) and _reasons_of_rows(case, at):
            says = (
                f"预算执行扣了 {_execution_lost(table):f} 分，原因只写在别的行。改法：在预算执行处写明原因。"
            )
            yield Found("execution.reason", says, at, rests=("execution.points",), key="execution")


def _reasons_of_rows(case: Case, at: int) -> bool:
    told = (*case.with_trait("row.explained"), *case.with_trait("row.remarked"))
    return any(row.paper == at and reason_of(row) for row in told)
