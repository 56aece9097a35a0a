"""SC09, SC10, SC12, SC14-SC16: scores and deductions beside what the text says of them (计分)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from rapidfuzz import fuzz

from jixiao.audit.annexes import unexplained_scores
from jixiao.audit.indicator_rows import labels
from jixiao.audit.lexicon import any_of, has, lists_of
from jixiao.audit.prose import Passage, percent
from jixiao.audit.rows import Row
from jixiao.audit.rule import Case, Found, rule
from jixiao.audit.scores.deductions import deductions_against_scores, deductions_in_cells
from jixiao.audit.verdicts import sound_points, tier_labelled
from jixiao.expressions import expression
from jixiao.model.finding import Severity
from jixiao.model.target import Qualitative

_TITLE = 24
_WORDS = lists_of("scoring")
_THEMES = lists_of("themes")
_DEDUCTED = expression(
    r"扣(?:减|除)?(?:分值的)?(\d{1,3}(?:\.\d{1,4})?)%|扣(?:减|除)(\d{1,3}(?:\.\d{1,4})?)个?百分点"
)
_ITEM = expression(
    r"(?:^|[（(]\d+[)）]|\d+[.．、])\s*([^：:，,。；;]{2,16}?)[：:](?=[^。]{0,6}(?:满分|标准分值))"
)
_STOP = expression(
    r"[的了在是不和与及但较有个对未为较于上下中出现导致影响工作项目情况时间时效完成进度及时部分存]"
)
_LATE = any_of(_THEMES["late"])
_BY_MONEY = expression(
    r"(?<!预算)(?<!资金)(?<!支出)(?<!投资)(?<!支付)(?<!执行)完成率[^,，。;；]{0,8}[按以用][^,，。;；]{0,8}"
    r"(?:支出|支付|资金|拨付)[^,，。;；]{0,6}(?:计算|衡量|核算|测算|确定)"
)
_SHARE_OFF = expression(r"按(?:照)?(?:分值的)?(\d{1,2}(?:\.\d{1,2})?)%(?:的?比例|的?标准)?扣(?:减|除)?分")
_SAME, _ALIKE = 90, 15


@rule(
    "SC09",
    Severity.WARNING,
    source="财预〔2020〕10号：等级分优、良、中、差四档，60 分以上为中",
    needs=("paper.report",),
)
def own_pass_mark(case: Case) -> Iterator[Found]:
    """自定合格线，与规定的等级划分不一致。

    为什么：等级和界线由制度统一规定，自定界线会使结果无法比较。
    不合格：“评价结果分数达到 95 分及以上方为合格”。
    合格：“60 分以下为差”；满意度合格线 90%。
    怎么改：删去自定的合格线，按规定的四档表述。
    来源：财预〔2020〕10号；评分口径的等级划分。
    误报风险：低。
    """
    edges = {g.low for g in case.scheme.grades} | {case.scheme.total}
    words = "、".join(f"{g.word} {g.low:f} 分起" for g in case.scheme.grades)
    for at, report in case.reports:
        told = [(n, c.figure.value, c.quoted) for n, c in enumerate(report.claims) if c.what == "pass_mark"]
        marks = [(f"claims.{n}", mark, quoted) for n, mark, quoted in told]
        if not marks and report.pass_mark_printed is not None:
            marks = [("pass_mark_printed", report.pass_mark_printed, "")]
        for where, mark, quoted in marks[:1]:
            if mark not in edges:
                says = f"文中自定合格线 {mark:f} 分，规定的等级为：{words}。改法：按规定的等级表述。"
                yield Found(
                    where, says, at, quoted=quoted, printed=f"{mark:f}", source=case.scheme.grades_source
                )


@dataclass(frozen=True, slots=True)
class Deduction:
    """Why points were taken off: where, of which item, in which words."""

    paper: int
    where: str
    item: str
    words: str


@rule("SC10", Severity.WARNING, source="同一事实不得重复扣分")
def one_fact_deducted_twice(case: Case) -> Iterator[Found]:
    """同一件事在两项指标里都扣了分。

    为什么：一个问题只影响一项得分，重复扣分会低估总分。
    不合格：合同签订晚在“时效”扣 1 分，又在“产出数量”扣 1 分；两项写同一扣分原因。
    合格：时效因合同签订晚扣分，质量因验收返工扣分。
    怎么改：保留最相关的一项扣分，另一项恢复得分。
    来源：评价指标互不重叠的要求。
    误报风险：高，按用词判断；原因文字几乎相同的提示核实，其余只作提示。
    """
    told = list(_deductions(case))
    seen: set[str] = set()
    for one, other in combinations(told, 2):
        if one.paper != other.paper or one.item == other.item or other.where + other.item in seen:
            continue
        severity, why = _alike(one.words, other.words)
        if why:
            seen.add(other.where + other.item)
            says = f"“{one.item}”与“{other.item}”{why}。改法：保留一项扣分，另一项恢复得分。"
            yield Found(
                other.where,
                says,
                other.paper,
                severity,
                quoted=other.words[:60],
                key=f"{one.item}|{other.item}",
            )


def _alike(one: str, other: str) -> tuple[Severity, str]:
    if min(len(one), len(other)) >= 8 and fuzz.ratio(one, other) >= _SAME:  # noqa: PLR2004
        return Severity.WARNING, "写的是同一扣分原因"
    if _LATE.search(one) and _LATE.search(other):
        shared = _shared_noun(one, other)
        if shared:
            return Severity.NOTE, f"都因“{shared}”延迟扣分"
    return Severity.NOTE, ""


def _shared_noun(one: str, other: str) -> str:
    """Return a word of two or more characters that both reasons name, other than the words of lateness."""
    pairs = {one[n : n + 2] for n in range(len(one) - 1)} & {other[n : n + 2] for n in range(len(other) - 1)}
    good = sorted(p for p in pairs if re.fullmatch(r"[\u4e00-\u9fff]{2}", p) and not _STOP.search(p))
    good = [
        p for p in good if not has(p, _THEMES["late"]) and p not in {"扣分", "原因", "得分", "指标", "环节"}
    ]
    return good[0] if good else ""


def _deductions(case: Case) -> Iterator[Deduction]:
    for row in case.rows:
        words = _why_deducted(row)
        if words:
            yield Deduction(row.paper, row.path("reason"), row.indicator.level3 or row.label, words)
    for passage in dict.fromkeys(s.passage for s in case.told("signs.deduction")):
        if passage.in_report:
            yield from _told_deductions(passage)


def _why_deducted(row: Row) -> str:
    """Return the words printed for a deduction; empty where nothing was taken off or nothing is said."""
    i = row.indicator
    if (not i.reason and not i.remarks) or not row.lost or row.lost < 0 or not sound_points(row):
        return ""
    remarks = i.remarks if has(i.remarks, _THEMES["deducted"]) else ""
    words = (i.reason or remarks or "").strip()
    return words if len(words) > len("按计划完成") else ""


def _told_deductions(passage: Passage) -> Iterator[Deduction]:
    """Yield the reasons that a report gives item by item: （1）时效：满分 5 分，得分 4 分。…扣分原因是…"""
    text = (
        f"{passage.title}：{passage.text}"
        if re.search(r"^\s*满分|^\s*标准分值", passage.text)
        else passage.text
    )
    heads = list(_ITEM.finditer(text))
    for n, head in enumerate(heads):
        body = text[head.end() : heads[n + 1].start() if n + 1 < len(heads) else len(text)]
        reason = re.search(r"扣分(?:原因|理由)[是为：:]?([^。]+)", body)
        if reason:
            yield Deduction(passage.paper, passage.where, head[1].strip(), reason[1])
    if not heads and (reason := re.search(r"扣分(?:原因|理由)[是为：:]?([^。]+)", passage.text)):
        yield Deduction(passage.paper, passage.where, passage.title or passage.where, reason[1])


@rule("SC12", Severity.WARNING, source="财预〔2020〕10号附件2：实际完成率 =（实际产出数 ÷ 计划产出数）× 100%")
def measured_by_another_variable(case: Case) -> Iterator[Found]:
    """产出数量类指标用资金支出来衡量。

    为什么：实际完成率看产出数量，用支出率代替等于把预算执行再算一遍。
    不合格：实际完成率的说明写“项目支出完成率 96.79%”。
    合格：实际完成率的说明写“计划 300 人，实际 351 人”。
    怎么改：改用产出数量计算，资金执行放在预算执行率。
    来源：财预〔2020〕10号附件2 指标解释（条文未核对）。
    误报风险：中。
    """
    for row in case.rows:
        if _by_spending(row):
            yield _another_variable(row.path("remarks"), row.name, row.indicator.remarks or "", row.paper)
            continue
        if "scoring.quantity" not in row.name_words or "scoring.by_money" not in row.words:
            continue
        i = row.indicator
        texts = (i.remarks or "", i.actual.text if i.actual else "", i.reason or "")
        if any(_by_money(t) for t in texts):
            told = next(t for t in texts if _by_money(t))
            yield _another_variable(row.path("remarks"), row.name, told, row.paper)
    yield from _told_by_money(case)


def _told_by_money(case: Case) -> Iterator[Found]:
    """Yield what a report says of a rate of completion that is measured by the money spent."""
    for passage in dict.fromkeys(s.passage for s in case.told("scoring.by_money")):
        title = re.sub(r"^[\s\d.、（）()一二三四五六七八九十]+", "", passage.title)
        titled = len(title) <= _TITLE  # a sentence in its place tells of more than one thing
        name = next((w for w in _WORDS["quantity"] if titled and w in title), "")
        if name and passage.where.startswith("sections") and _by_money(passage.text):
            yield _another_variable(passage.where, name, passage.text, passage.paper)
    for said in case.told("scoring.by_money"):
        if said.passage.in_report and (m := _BY_MONEY.search(said.plain)):
            yield _another_variable(said.passage.where, "完成率", m[0], said.passage.paper)


def _by_spending(row: Row) -> bool:
    """Tell whether an output's rate of completion is said to be measured by the money spent."""
    if "scoring.measured_by_spending" not in row.words or not row.name.endswith("完成率"):
        return False
    return has(row.indicator.remarks, _WORDS["measured_by_spending"]) and not has(
        row.name, ("资金", "预算", "支出", "投资")
    )


def _by_money(text: str) -> bool:
    return has(text, _WORDS["by_money"]) and bool(re.search(r"\d\s*%|元", text))


def _another_variable(where: str, name: str, text: str, paper: int) -> Found:
    says = f"“{name}”用资金支出衡量，定义是实际产出数 ÷ 计划产出数。改法：改用产出数量计算。"
    return Found(where, says, paper, quoted=text[:60], key=name)


@rule(
    "SC14",
    Severity.WARNING,
    source="扣分幅度应与所述一致",
    needs=("row.explained", "row.remarked", "scoring.share_off", "signs.off"),
)
def stated_deduction_differs(case: Case) -> Iterator[Found]:
    """文字说明的扣分比例与实际扣分相差 15 个百分点以上。

    为什么：扣分说明是得分的依据，两者应当一致。
    不合格：说明“扣 30%”，分值 10，得分 9。
    合格：说明“扣 30%”，分值 10，得分 7。
    怎么改：更正说明或得分。
    来源：复核清单“扣分比例与说明不符”。
    误报风险：低。
    """
    for at, _ in case.tables:
        for row in case.rows_by_paper[at]:
            i = row.indicator
            told = f"{i.reason or ''}{i.remarks or ''}"
            m = _DEDUCTED.search(told) if "扣" in told else None
            if not m or not sound_points(row) or i.points is None or i.score_printed is None:
                continue
            stated, real = (
                Fraction(m[1] or m[2]),
                Fraction(i.points - i.score_printed) / Fraction(i.points) * 100,
            )
            if abs(stated - real) > _ALIKE:
                yield _otherwise_deducted(row, m[0], stated, real)
    yield from _told_share(case)
    yield from deductions_against_scores(case)
    yield from deductions_in_cells(case)


def _told_share(case: Case) -> Iterator[Found]:
    """A report says by what share an indicator was marked down, right after its name."""
    for sentence in case.told("scoring.share_off"):
        m = (
            _SHARE_OFF.search(sentence.plain)
            if sentence.passage.in_report and "%" in sentence.plain
            else None
        )
        if m is None:
            continue
        text = sentence.passage.text[: sentence.start] + sentence.text
        named = [(text.rfind(r.name), r) for r in case.main_rows if len(r.name) > 3 and r.name in text]  # noqa: PLR2004
        row = max(named, key=lambda pair: pair[0])[1] if named else None
        if row is None or not sound_points(row) or not row.indicator.points or row.lost is None:
            continue
        stated, real = Fraction(m[1]), Fraction(row.lost) / Fraction(row.indicator.points) * 100
        if abs(stated - real) > _ALIKE:
            yield _otherwise_deducted(row, m[0], stated, real)


def _otherwise_deducted(row: Row, told: str, stated: Fraction, real: Fraction) -> Found:
    says = f"{row.label}：说明写“{told}”，实际扣 {row.lost:f} 分（{percent(real / 100)}）。改法：更正说明或得分。"
    return Found(row.path("score_printed"), says, row.paper, quoted=told, printed=percent(real / 100),
                 computed=f"{stated}%", rests=(row.path("points"),))  # fmt: skip


@rule("SC15", Severity.NOTE, source="定性指标得满分应有具体说明")
def full_marks_without_words(case: Case) -> Iterator[Found]:
    """定性指标得满分，完成情况只填档次名称或空白。

    为什么：只写“达成预期指标”，读者无法判断是否真的达到。
    不合格：指标值“成效显著”，完成值“达成预期指标”，得满分。
    不合格：评分表每项都是满分，“评分说明”一栏全部空白。
    合格：完成值写“群众办事时间由 5 天缩短到 2 天”；得分低于满分。
    怎么改：写明具体成效和依据。
    来源：复核人员通用核对办法。
    误报风险：中，很多地区表样只要求填档次，因此每张表只作一条提示。
    """
    for at, _ in case.tables:
        rows = [r for r in case.rows_by_paper[at] if _only_a_tier(r)]
        if rows:
            says = f"{len(rows)} 项定性指标得满分，完成值只填档次：{labels(rows)}。改法：写明具体成效。"
            yield Found(rows[0].path("actual"), says, at, key="tiers")
    yield from unexplained_scores(case)


def _only_a_tier(row: Row) -> bool:
    i = row.indicator
    if (
        not isinstance(i.target, Qualitative)
        or not i.points
        or i.score_printed != i.points
        or i.remarks
        or i.reason
    ):
        return False
    text = i.actual.text.strip() if i.actual else ""
    return not text or text in _WORDS["tiers"] or tier_labelled(row)
