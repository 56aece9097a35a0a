"""The verdict on a paper in words: what it claims, what was worked out, how far they lie apart; and on many papers."""

from collections.abc import Sequence
from decimal import Decimal

from jixiao.model.claims import Unknown
from jixiao.model.finding import Severity
from jixiao.model.reading import Reading
from jixiao.model.score import ScoreSheet
from jixiao.telling.done import Done
from jixiao.telling.naming import project_words
from jixiao.telling.score_words import incomplete

_FIRST = 3


def main_of(one: Done) -> Reading:
    """Return the paper that a review is called after."""
    filing = one.review.filing
    return filing.readings[filing.main or 0]


def counted(one: Done, severity: Severity) -> int:
    """Count a review's open findings of a severity."""
    return sum(finding.severity is severity for finding in one.review.findings)


def totals(one: Done) -> tuple[str, str]:
    """Return the total that the paper claims and the one worked out, a dash for what isn't known."""
    sheet = one.review.sheet
    found = (sheet.total.printed, sheet.total.score) if sheet is not None else (None, None)
    return "—" if found[0] is None else f"{found[0]:f}", "—" if found[1] is None else f"{found[1]:f}"


def total_words(one: Done, sheet: ScoreSheet, hint: str = "") -> str:
    """Say the three numbers: claimed, worked out, and what lies between them; `hint` leads to the undecided."""
    printed, worked = sheet.total.printed, sheet.total.score
    own = f"自评 {printed:f}" if printed is not None else "自评未填总分"
    if worked is None:
        rows = len(sheet.undecided)
        why = f"{rows} 行不能判定" if rows else sheet.total.because or "有不能判定的内容"
        return f"{own}　　按口径重算：未定（{why}{hint}）"
    lacks = incomplete(sheet, one.choice.scheme)
    if lacks:
        return f"{own}　　按口径重算 {worked:f}（{lacks}，不代表整个项目的得分）"
    parts = [own, f"按口径重算 {worked:f}"]
    if printed is not None:
        parts.append("一致" if sheet.total.agrees else f"相差 {abs(worked - printed):f}")
    return "　　".join(parts)


def grade_words(one: Done, sheet: ScoreSheet) -> str:
    """Say the grade that the total earns, after the one claimed where they differ; empty where it isn't known."""
    if sheet.total.score is None or incomplete(sheet, one.choice.scheme) or sheet.grade.word is None:
        return ""
    before, after = sheet.grade.printed or _grade(one, sheet.total.printed), sheet.grade.word
    differ = sheet.grade.agrees is False if sheet.grade.printed else before not in {None, after}
    return f"（等级：{before} → {after}）" if differ else f"（等级：{after}）"


def grades_and_total(one: Done, sheet: ScoreSheet) -> str:
    """Say all of the verdict on one line."""
    return f"{total_words(one, sheet)}{grade_words(one, sheet)}"


def closing(done: Sequence[Done], unread: int) -> str:
    """Say the sentence that matters about many papers: how many have errors, and which to see first."""
    wrong = sorted((one for one in done if counted(one, Severity.ERROR)), key=urgency)
    strange = sum(isinstance(main_of(one).record, Unknown) for one in done)
    left = f"；{strange} 份没有认出是什么材料，没有审核" if strange else ""
    left += f"；另有 {unread} 个文件没有读成" if unread else ""
    if not wrong:
        return f"{len(done)} 份材料，没有确定的错误{left}。"
    first = "；".join(f"{project_words(main_of(one))}（{main_of(one).file}）" for one in wrong[:_FIRST])
    return f"{len(done)} 份材料，{len(wrong)} 份有错误，最应先看：{first}{left}。"


def urgency(one: Done) -> tuple[int, Decimal, int, int]:
    """Order by the number of errors, then by how far the totals lie apart, then by what is to be verified."""
    total = one.review.sheet.total if one.review.sheet is not None else None
    apart = (
        abs(total.score - total.printed)
        if total and total.score is not None and total.printed is not None
        else Decimal(0)
    )
    more = (-counted(one, Severity.WARNING), -counted(one, Severity.NOTE))
    return -counted(one, Severity.ERROR), -apart, *more


def _grade(one: Done, total: Decimal | None) -> str | None:
    if total is None:
        return None
    return next((band.word for band in one.choice.scheme.grades if total >= band.low), None)
