"""AV07, AV08: how satisfaction was measured, and whether so many people can give such a rate (满意度调查)."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction

from jixiao.audit.actuals.proof_untold import satisfaction_named_and_untold
from jixiao.audit.lexicon import any_of
from jixiao.audit.prose import Sentence, ratio_of
from jixiao.audit.rows import Row, Sort
from jixiao.audit.rule import Case, Found, rule
from jixiao.audit.told.polls import PEOPLE, Poll, polls, polls_in_cells, samples_in_cells
from jixiao.audit.within import lists_within
from jixiao.expressions import expression
from jixiao.model.figure import Figure
from jixiao.model.finding import FieldPath, Severity

_IN = lists_within("evidence")
_QUESTIONED = any_of(_IN["questioned"])
_MEAN = any_of(_IN["mean"])
_ASKED = expression(r"问卷|调查|访谈|受访|满意|测评|样本")
_RETURNED = expression(rf"(?:{'|'.join(_IN['returned'])})[^，,。；;、\d]{{0,8}}$")
_VALID = expression(r"有效[^，,。；;、\d]{0,8}$")
_SATISFIED = expression(r"满意(?!度|率)[^，,。；;、\d]{0,4}$")
_AIMED = expression(
    r"目标|要求|指标值|不低于|不少于|≥|>|以上|大于|超过|预期|计划|应达|确保|提高|提升了|增长|上升|下降|比"
)
_WANTED = expression(r"目标[值是为：:]|指标值|要求|预期|不低于|不少于|力争|计划|应达")
_COMPARED = expression(
    r"(?:低于|高于|超过|超出|大于|达到|达|完成|实现)(?:了)?(?:[\d.]+%)?的?(?:年度|预期|年初|设定)*的?(?:目标|指标|要求)值?(?:[\d.]+%)?"
    r"|(?:达到|符合|实现|完成|好于)(?:了)?预期(?:目标|效果|要求)?"
)
_SET_AND_REACHED = expression(
    r"(?:目标|指标)值?(?:为|是|:)*[≥>]?[\d.]+%[，,](?=[^，,。；;]{0,4}(?:实际|完成|达到))"
)
_REACHED = expression(r"完成|实现|分析|情况")
_TOO_MANY = 400


@rule(
    "AV07",
    Severity.WARNING,
    source="满意度按问卷调查结果填报（财预〔2021〕101号）",
    needs=("paper.report", "paper.table", "evidence.hearsay"),
)
def satisfaction_without_survey(case: Case) -> Iterator[Found]:
    """写了满意度，没有调查的方式、对象和人数。

    为什么：满意度是调查得出的，没有样本的满意度在复核时按 0 分计。
    不合格：“通过问卷调查，群众满意度 96%”，没有份数；“服务对象满意度 98%”，全文没有调查；
        部门报告写“据站里同志估计，旅客满意度在九成五”。
    合格：“发放问卷 200 份，收回 196 份，满意 188 份”；“随机访谈 30 户”；附件有满意度调查报告。
    怎么改：写明调查时间、方式、对象和有效份数，附问卷汇总表。
    来源：财预〔2021〕101号（条文未核对）；县级财政复核办法。
    误报风险：中。附了报告的材料才作警告；单独一张自评表写调查的地方很小，只作提示。
    """
    flagged: set[int] = set()
    for paper, _ in case.reports:
        told = [s for s in case.told("evidence.satisfied") if s.passage.paper == paper and _stated(s)]
        if told and not _surveyed(case):
            flagged.add(paper)
            how = "只写了调查方式" if _mentions(case, paper) else "没有写调查的方式"
            says = (
                f"“{_rate_in(told[0])}”{how}，没有调查的人数或份数。"
                "改法：写明调查的时间、方式、对象和有效份数，附汇总表。"
            )
            yield Found(told[0].passage.where, says, paper, quoted=told[0].text[:60], key="survey")
    yield from (f for f in _by_hearsay(case) if f.paper not in flagged)
    yield from satisfaction_named_and_untold(case, flagged)
    if not case.reports and not case.department_reports:
        yield from _in_table_alone(case)


def _in_table_alone(case: Case) -> Iterator[Found]:
    """Hint at a table's rate of satisfaction where no cell of the filing tells of a survey."""
    rows = [r for r in case.table_rows if r.sort is Sort.SATISFACTION and _is_rate_reached(r)]
    if not rows or "evidence.survey" in case.words or _surveyed(case):
        return
    text = rows[0].indicator.actual.text if rows[0].indicator.actual else ""
    says = (
        f"{rows[0].label}的完成值是 {text}，表中没有写调查的方式和有效份数。"
        "改法：在原因栏或说明中写明调查的时间、方式和有效份数，附汇总表。"
    )
    yield Found(rows[0].path("actual"), says, rows[0].paper, Severity.NOTE, quoted=text, key="table")


def _is_rate_reached(row: Row) -> bool:
    actual = row.indicator.actual
    return actual is not None and not actual.hedged and actual.figure is not None and _ratio(actual.figure)


_HEARSAY = expression(
    r"据[^，,。；;]{0,12}(?:反映|介绍|估计|反馈|了解|讲|说)|估计|估算|大概|口头|感觉"
    r"|从[^，,。；;]{1,14}(?:反映|情况|接触|了解)[^，,。；;]{0,6}(?:来看|看)"
)


def _by_hearsay(case: Case) -> Iterator[Found]:
    """Yield the rates of satisfaction that rest on what somebody said or guessed, in whatever report."""
    for said in case.told("evidence.satisfied", "evidence.hearsay"):
        m = _HEARSAY.search(said.plain) if said.passage.in_report else None
        if m is None or any(_sizes_in(said)) or not any(_questioned(q.before) for q in said.quantities):
            continue
        if _WANTED.search(said.plain):
            continue
        says = f"满意度依据的是“{m[0]}”，不是调查。改法：用问卷、访谈等调查结果，写明对象和有效份数。"
        yield Found(said.passage.where, says, said.passage.paper, quoted=said.text[:80], key="hearsay")


def _stated(sentence: Sentence) -> bool:
    """Tell whether the sentence states a rate of satisfaction that was reached."""
    title = sentence.passage.title
    if _WANTED.search(_SET_AND_REACHED.sub("", _COMPARED.sub("", sentence.plain))) or (
        "目标" in title and not _REACHED.search(title)
    ):
        return False
    return any(_questioned(q.before) and _ratio(q.figure) for q in sentence.quantities)


def _rate_in(sentence: Sentence) -> str:
    """Return the clause that states the rate: 群众满意度为96%."""
    q = next(q for q in sentence.quantities if _questioned(q.before) and _ratio(q.figure))
    return re.split(r"[，,。；;：:]", sentence.plain[: q.start])[-1] + str(q.figure)


def _questioned(before: str) -> bool:
    return bool(_QUESTIONED.search(before))


def _ratio(figure: Figure) -> bool:
    return figure.unit is not None and figure.unit.kind == "ratio"


def _mentions(case: Case, paper: int) -> bool:
    return any(s.passage.paper == paper for s in case.told("evidence.survey"))


def _surveyed(case: Case) -> bool:
    return "evidence.attached" in case.words or bool(case.once(_sizes))


@dataclass(frozen=True, slots=True)
class Size:
    """How many answered: where it stands, the sentence and the number."""

    paper: int
    where: FieldPath
    said: str
    number: int
    returned: bool = False
    valid: bool = False


def _sizes(case: Case) -> tuple[Size, ...]:
    """Return the sizes of surveys from sentences, from claims and from rows that count questionnaires."""
    return tuple(_each_size(case))


def _each_size(case: Case) -> Iterator[Size]:
    for sentence in case.told("evidence.survey"):
        if _ASKED.search(sentence.plain):
            yield from _sizes_in(sentence)
    for paper, report in case.reports:
        for n, claim in enumerate(report.claims):
            if claim.what == "survey_size" and _ASKED.search(claim.quoted):
                returned = bool(_RETURNED.search(claim.subject))
                yield Size(paper, f"claims.{n}", claim.quoted, int(claim.figure.value), returned)
    for row in case.table_rows:
        if (
            "evidence.survey" in row.name_words
            and _ASKED.search(row.name)
            and row.sort is not Sort.SATISFACTION
        ):
            yield from _counted_in(row)


def _sizes_in(sentence: Sentence) -> Iterator[Size]:
    passage = sentence.passage
    for q in sentence.quantities:
        if _SATISFIED.search(q.before):
            continue
        if q.unit in PEOPLE and q.figure.value == int(q.figure.value):
            returned, valid = bool(_RETURNED.search(q.before)), bool(_VALID.search(q.before))
            yield Size(passage.paper, passage.where, sentence.text, int(q.figure.value), returned, valid)


def _counted_in(row: Row) -> Iterator[Size]:
    figure = row.indicator.actual.figure if row.indicator.actual else None
    if figure is not None and figure.unit is not None and figure.unit.name in PEOPLE:
        yield Size(row.paper, row.path("actual"), row.label, int(figure.value))


@dataclass(frozen=True, slots=True)
class Rated:
    """A rate that people gave: where it stands, as printed."""

    paper: int
    where: FieldPath
    said: str
    figure: Figure


@rule("AV08", Severity.WARNING, source="比率 = 满意人数 ÷ 调查人数，人数为整数")
def rate_no_head_count_gives(case: Case) -> Iterator[Found]:
    """所写的人数得不出所写的满意度。

    为什么：满意度是满意人数除以调查人数，人数是整数：30 人里 28 人是 93.3%，29 人是 96.7%，没有一种是 95%。
    不合格：“随机走访 30 户，满意度 95%”；“收回问卷 25 份，知晓率 93%”。
    合格：“走访 20 户，满意度 95%”；“收回 30 份，平均得分率 95%”；“访谈 30 人，满意度 96.7%”。
    怎么改：核对调查人数和满意人数；满意度若是问卷平均得分，请写明算法。
    来源：比率的定义；按所印小数位计算，四舍五入和截尾都算对。
    误报风险：中。满意度可能是各题平均分，因此只作警告；提到平均、加权、得分的不查。
    """
    sizes = case.once(_sizes) if "evidence.survey" in case.words else ()
    told = (
        tuple(polls(case, tuple({s.number for s in sizes if s.valid} or _counts_returned(sizes))))
        if "evidence.satisfied" in case.words
        else ()
    )
    for poll in (*told, *polls_in_cells(case)):
        if not poll.agrees:
            yield _not_so_many(poll)
    own = tuple(samples_in_cells(case))
    for said, figure, asked in own:
        if 1 < asked <= _TOO_MANY and not gives(asked, figure):
            at = said.passage
            yield _not_given(Rated(at.paper, at.where, at.title, figure), said.text, [asked])
    seen = {str(poll.figure) for poll in told}
    yield from _refuted_by_all(
        case, sizes, seen, {(said.passage.paper, said.passage.where) for said, _, _ in own}
    )


def _refuted_by_all(
    case: Case, sizes: tuple[Size, ...], seen: set[str], apart: Collection[tuple[int, FieldPath]]
) -> Iterator[Found]:
    """Yield the rates that no poll of the filing gives; those `seen` and the cells `apart` have one of their own."""
    means = any(_MEAN.search(s.plain) for s in case.told("evidence.satisfied") if s.passage.in_report)
    counts = set() if not sizes or means else _counts_of(sizes)
    for rated in _rates(case) if counts else ():
        text = str(rated.figure)
        if text in seen or (rated.paper, rated.where) in apart or any(gives(n, rated.figure) for n in counts):
            continue
        seen.add(text)
        yield _not_given(rated, sizes[0].said, sorted(counts))


def _counts_of(sizes: tuple[Size, ...]) -> set[int]:
    """Return the numbers that may be the denominator; none where one of them is too large to refute a rate."""
    own = _counts_returned(sizes)
    return own if own and max(own) <= _TOO_MANY and min(own) > 1 else set()


def _counts_returned(sizes: tuple[Size, ...]) -> set[int]:
    """Return how many came back where that is told, else how many were asked."""
    return {s.number for s in sizes if s.returned} or {s.number for s in sizes}


def _rates(case: Case) -> Iterator[Rated]:
    for sentence in case.told("evidence.satisfied"):
        if not sentence.passage.in_report or _AIMED.search(_AIMED_AWAY.sub("", sentence.plain)):
            continue
        for q in sentence.quantities:
            if _ratio(q.figure) and _questioned(q.before):
                yield Rated(sentence.passage.paper, sentence.passage.where, sentence.text, q.figure)
    for row in case.table_rows:
        figure = (
            row.indicator.actual.figure if row.indicator.actual and not row.indicator.actual.hedged else None
        )
        if row.sort is Sort.SATISFACTION and figure is not None and (_ratio(figure) or figure.unit is None):
            yield Rated(row.paper, row.path("actual"), row.label, figure)


_AIMED_AWAY = expression(
    r"达到[“\"]?\s*≥?\s*[\d.]+%\s*[”\"]?的?(?:目标|要求)|(?:超过|高于|大于)(?:了)?[\d.]+%?的?(?:目标|指标)值?"
)


def gives(number: int, figure: Figure) -> bool:
    """Tell whether k of `number` is printed so for some whole k, rounded or cut off."""
    low, high = ratio_of(figure)
    first = -(-low * number // 1)
    return Fraction(first) < high * number and low <= 1


def _not_so_many(poll: Poll) -> Found:
    """Say that the counts told beside the rate make another."""
    most, of = poll.sums[-1], max(poll.asked)
    counts = " + ".join(map(str, poll.satisfied))
    passage, figure = poll.sentence.passage, str(poll.figure)
    says = (
        f"调查 {of} 人（份），满意 {counts} 人（份），{most} ÷ {of} = {100 * most / of:.2f}%，满意度写 {figure}。"
        "改法：按问卷汇总表核对人数和比率。"
    )
    return Found(passage.where, says, passage.paper, quoted=poll.sentence.text[:60], printed=figure,
                 computed=f"{100 * most / of:.2f}%", key=f"poll|{figure}")  # fmt: skip


def _not_given(rated: Rated, said: str, counts: list[int]) -> Found:
    number = counts[-1]
    low, _ = ratio_of(rated.figure)
    least = int(low * number)
    near = "、".join(f"{k} 人是 {100 * k / number:.1f}%" for k in (least, least + 1) if 0 <= k <= number)
    of = "、".join(map(str, counts))
    says = (
        f"调查 {of} 人（份），满意度写 {rated.figure}：{number} 人中{near}，得不出这个数。"
        "改法：核对调查人数和满意人数；若是问卷平均得分，请写明算法。"
    )
    return Found(
        rated.where,
        says,
        rated.paper,
        quoted=said[:60],
        printed=str(rated.figure),
        key=str(rated.figure),
    )
