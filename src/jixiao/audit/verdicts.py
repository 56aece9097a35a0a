"""Which rule a wrong row score belongs to: one row, one fault, one finding.

The order of precedence, from the plainest fault to the most general; a row is reported under the first that fits:

1. AR03  the score lies outside 0..points, or the points are not positive;
2. SC03  a tier label stands where a number was promised, or the row is qualitative and its score leaves the tier;
3. SC04  a reverse indicator (≤) is met and points were taken off;
4. SC02  another indicator is met and points were taken off;
5. SC01  the target is missed and the score is full;
6. AR07  any other score that the rule-book's formula doesn't give.

AR08, AR12 and SC05 look at other cells and leave these rows alone.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from jixiao.audit.lexicon import has, lists_of
from jixiao.audit.reach import comparable, in_one_unit
from jixiao.audit.rows import CENT, Row, shown, within
from jixiao.audit.rule import Case, Found, Ground
from jixiao.expressions import expression
from jixiao.model.finding import FieldPath, Fix, Severity
from jixiao.model.score import Score
from jixiao.model.target import AtLeast, AtMost, Exactly, Qualitative
from jixiao.scoring.inference_ways import explanations, likeness

_WORDS = lists_of("scoring")
_TIER_RANGE = expression(r"\d+[%％]?\s*[-~～—－至]\s*\d+\s*[%％]")
_WORDED, _WORDY = expression(r"[\u4e00-\u9fff]"), 5
_TIERS = {
    "部分达成": (Decimal("0.6"), Decimal("0.8")),
    "部分完成": (Decimal("0.6"), Decimal("0.8")),
    "部分实现": (Decimal("0.6"), Decimal("0.8")),
    "基本达成": (Decimal("0.8"), Decimal(1)),
    "基本完成": (Decimal("0.8"), Decimal(1)),
    "未达成": (Decimal(0), Decimal("0.6")),
    "未完成": (Decimal(0), Decimal("0.6")),
}
BAND_SHARES = (Decimal("0.7"), Decimal("0.5"))


@dataclass(frozen=True, slots=True)
class Verdict:
    """A row whose printed score the rule-book refutes: under which code, and whether every known formula does so.

    `case` is where the row stands, for the ways that look at the other rows.
    """

    code: str
    row: Row
    score: Score
    printed: Decimal
    points: Decimal
    low: Decimal
    high: Decimal
    undisputed: bool
    case: Case


def what_it_amounts_to(case: Case, row: Row) -> str:
    """Return the sentence that says what a row's score amounts to, where exactly one way explains it; else nothing."""
    if case.evaluation is None or row.score is None:
        return ""
    return likeness(explanations(case.evaluation.indicators, row.at, row.score, case.scheme))


def verdicts(case: Case) -> tuple[Verdict, ...]:
    """Return the rows whose printed score lies outside what the rule-book allows, each once."""
    return tuple(verdict for row in case.main_rows if (verdict := _verdict(case, row)) is not None)


def sound_points(row: Row) -> bool:
    """Tell whether points and score are there and the score lies inside the points (else AR03 speaks)."""
    points, printed = row.indicator.points, row.indicator.score_printed
    return points is not None and printed is not None and points > 0 and 0 <= printed <= points


def _verdict(case: Case, row: Row) -> Verdict | None:
    score, points, printed = row.score, row.indicator.points, row.indicator.score_printed
    if score is not None and score.score is not None and score.score == printed:
        return None
    if score is None or points is None or printed is None or not sound_points(row):
        return None
    if score.low is None or score.high is None or within(printed, score.low, score.high):
        return None
    if not score.source.verified and keeps_execution_rate(row) and printed / points in BAND_SHARES:
        return None
    share, judged = printed / points, judged_between(row)
    if judged is not None and share != 1 and judged[0] <= share <= judged[1]:
        return None
    code = _code(row, printed, points, score.low)
    sure = code in {"SC01", "SC04"} and every_formula_refutes(row)
    return Verdict(code, row, score, printed, points, score.low, score.high, sure, case)


def _code(row: Row, printed: Decimal, points: Decimal, low: Decimal) -> str:
    target, met = row.indicator.target, row.met
    if isinstance(target, Qualitative) or tier_labelled(row):
        return "SC03"
    if printed == points and falls_short_in_words(row):
        return "SC03"
    if met and printed < low:
        return "SC04" if isinstance(target, AtMost) else "SC02"
    if met is False and printed == points:
        return "SC01"
    return "AR07"


def falls_short_in_words(row: Row) -> bool:
    """Tell whether a target in words, whose number has no sign, has a result that tells of a part or of nothing."""
    i = row.indicator
    if not isinstance(i.target, Exactly) or i.target.stated or i.actual is None:
        return False
    told = any(word in i.actual.text for word in _TIERS if word[0] in "部未")
    return told and len(_WORDED.findall(i.target.text)) >= _WORDY


def judged_between(row: Row) -> tuple[Decimal, Decimal] | None:
    """Return the shares short of full that a target in words, whose number has no sign, may be judged at.

    By the tier that is told, else any; None where there is nothing to judge. 11个乡镇均建立并运行 beside 8个乡镇运行，
    部分达成 is a state to judge; full marks for it are none of its tiers.
    """
    i = row.indicator
    if not isinstance(i.target, Exactly) or i.target.stated or i.actual is None:
        return None
    if len(_WORDED.findall(i.target.text)) < _WORDY:
        return None
    tier = next((ends for word, ends in _TIERS.items() if word in i.actual.text), None)
    anything = (Decimal(0), Decimal(1)) if len(_WORDED.findall(i.actual.text)) >= _WORDY else None
    return tier if tier is not None else anything


def keeps_execution_rate(row: Row) -> bool:
    """Tell whether a row keeps the execution rate: bands may score it, as those of 财预〔2021〕101号 (94 %: 0.7)."""
    i = row.indicator
    return has(i.level4 or i.level3, _WORDS["execution_rate"])


def tier_labelled(row: Row) -> bool:
    """Tell whether the result cell holds a tier's range (100%-80%(含)) and no result."""
    actual = row.indicator.actual
    return actual is not None and bool(
        _TIER_RANGE.fullmatch(re.sub(r"[（(]含[）)]", "", actual.text).strip())
    )


def every_formula_refutes(row: Row) -> bool:
    """Tell whether no rule-book known could give this score.

    Full marks for a missed ≥ or ≤ whose text prints the sign: the ratio, the linear excess and the pass threshold all
    give less. Satisfaction is left out (its bands give full marks from 90 %), and so is a miss of less than a
    twentieth, which may be rounding in the author's own sheet. Points taken off a met ≤ are refuted by all formulas
    too, but an evaluator may have had a reason: only where none is printed and the target leaves no doubt.
    """
    i = row.indicator
    names = f"{i.level2}{i.level3}{i.level4}"
    if (
        sign_may_be_wrong(row)
        or has(names, _WORDS["satisfaction"])
        or i.points is None
        or i.actual is None
        or i.actual.figure is None
    ):
        return False
    match i.target:
        case AtLeast(bound=bound) if i.score_printed == i.points:
            a, b = in_one_unit(i.actual.figure, bound)
            return comparable(a, b) and b.exact > 0 and a.exact < b.exact * 95 / 100
        case AtMost(bound=bound) if i.score_printed == i.points:
            a, b = in_one_unit(i.actual.figure, bound)
            return comparable(a, b) and b.exact > 0 and a.exact * 95 / 100 > b.exact
        case _:
            return False


_LESS = expression(
    r"(?:响应|到场|等待|办理|审批|修复|处置|处理|抢修|维修|施工|建设|通车|结案|平均)(?:时间|时限|时长|周期)$|工期$"
    r"|成本$|单价$|造价$|费用$|[能水电煤油]耗$"
)
_SAVED = expression(r"节[约省支]|降低|减少|压[减降]|下降|缩短")


def sign_may_be_wrong(row: Row) -> bool:
    """Tell whether the target asks for at least so much of a thing of which less is better: 故障响应时间 ≥2小时."""
    if not isinstance(row.indicator.target, AtLeast):
        return False
    return _LESS.search(row.plain) is not None and not _SAVED.search(row.plain)


def rests_of(row: Row) -> tuple[FieldPath, ...]:
    """Return the fields that a judgement of the row's score leans on."""
    return tuple(row.path(field) for field in ("target", "actual", "points", "score_printed", "level3"))


def found(verdict: Verdict, why: str, severity: Severity | None = None) -> Found:
    """Say a refuted score: what is printed, by which text, the calculation, and what to write instead.

    Nothing certain rests on a row that the rule-book itself leaves undecided. Scores that differ by a hundredth are one
    score, rounded in two ways: the fix takes the rule-book's own.
    """
    row, score = verdict.row, verdict.score
    fixed = verdict.low == verdict.high
    due = score.score if score.score is not None and verdict.high - verdict.low <= CENT else None
    sure = due is not None and severity in {None, Severity.ERROR}
    right = shown(verdict.low) if fixed else f"{shown(verdict.low)}～{shown(verdict.high)}"
    steps = "；".join(step.says for step in score.steps)
    source = f"{score.source}：" if score.source.document else ""
    worked = f"{source}{steps}。" if steps else source
    says = f"{row.label}：{cells_of(row)}。{why}{worked}{what_it_amounts_to(verdict.case, row)}改法：得分改为 {right}。"
    computed = score.score if score.score is not None else verdict.low
    if score.score is None and severity is None:
        severity = Severity.WARNING
    return Found(
        row.path("score_printed"),
        says,
        severity=severity,
        quoted=row.indicator.actual.text if row.indicator.actual else "",
        printed=str(verdict.printed),
        computed=shown(computed),
        interval=(verdict.low, verdict.high),
        source=score.source,
        fix=Fix(f"得分改为 {right}", None if due is None else _plain(due), safe=sure),
        rests=rests_of(row),
        ground=Ground.SCHEME,
        undisputed=verdict.undisputed,
    )


def cells_of(row: Row) -> str:
    """Return the row's cells as printed: 年度指标值 ≤100%，实际完成值 87.97%，分值 20，自评得 10 分."""
    i = row.indicator
    said = [
        f"年度指标值 {i.demand}" if i.target else "",
        f"实际完成值 {i.actual.text}" if i.actual else "",
        f"分值 {i.points:f}" if i.points is not None else "",
        f"自评得 {i.score_printed:f} 分" if i.score_printed is not None else "",
    ]
    return "，".join(word for word in said if word)


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
