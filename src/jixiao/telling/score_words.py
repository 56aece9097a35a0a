"""A score sheet in words: what a row is called, whether the paper's own score agrees, the grade, the sources."""

from jixiao.model.evaluation import Indicator
from jixiao.model.finding import Finding
from jixiao.model.score import Score, ScoreSheet
from jixiao.schemes.scheme import Scheme
from jixiao.telling.done import Done
from jixiao.telling.naming import short

EXECUTION = "预算执行率"
_NAME, _SOURCED = 40, 10


def book_words(sheet: ScoreSheet, title: str) -> str:
    """Say by which rule-book a sheet was worked out, why by this one, and whether its text was read."""
    unread = "" if sheet.scheme_verified else "；条文有未核对原文的"
    return f"{title}（{sheet.scheme_why}{unread}）"


def incomplete(sheet: ScoreSheet, scheme: Scheme) -> str:
    """Say that the rows don't make up the full mark, so that their sum is no score of the project; else nothing."""
    worth = sheet.total.points
    return f"各行分值合计 {worth:f}，满分 {scheme.total:f}" if worth not in {None, scheme.total} else ""


def row_words(row: Indicator) -> tuple[str, str, str]:
    """Return what a row is called, its target and its actual value."""
    name = row.level4 or row.level3 or row.level2 or ""
    return short(name, _NAME), short(row.demand), short(row.actual.text if row.actual else "")


def worked_words(score: Score) -> tuple[str, str]:
    """Return how a score was worked out, or why it was not, and the score."""
    if score.score is None:
        return score.because, "未定"
    return "；".join(step.says for step in score.steps), f"{score.score:f}"


def printed_words(score: Score) -> tuple[str, str]:
    """Say what the paper scored itself, and whether the rule allows it; "" where that can't be known."""
    own = f"自评 {score.printed:f}" if score.printed is not None else "自评未填"
    if score.agrees is None:
        return own, ""
    return (
        own,
        f"{'一致' if score.agrees else '不一致'}{_open(score) if score.agrees or score.score is None else ''}",
    )


def total_lines(sheet: ScoreSheet, scheme: Scheme) -> tuple[str, str]:
    """Say the grade that the total earns, and what stands against it; "" for each that there isn't."""
    lacks, grade = incomplete(sheet, scheme), ""
    if not lacks and sheet.grade.word is not None:
        grade = f"{sheet.grade.word}{f'，自评 {sheet.grade.printed}' if sheet.grade.printed else ''}"
    against = [f"{lacks}：合计不代表整个项目的得分"] if lacks else []
    if sheet.total.score is None:
        against.append(f"合计未定：{sheet.total.because or '有不能判定的行，不代为相加'}")
    return grade, "\n".join(against)


def source_words(sheet: ScoreSheet) -> tuple[tuple[str, str], ...]:
    """Return each source that a score leans on, with the rows that do."""
    sources: dict[str, list[str]] = {}
    for score in (sheet.execution, *sheet.indicators):
        if score.score is not None and score.source.document:
            name = EXECUTION if score is sheet.execution else short(score.level3 or "指标", _SOURCED)
            sources.setdefault(str(score.source), []).append(name)
    return tuple((source, "、".join(names)) for source, names in sources.items())


def _open(score: Score) -> str:
    """Say which scores the rule allows, where the paper's isn't the default itself."""
    if score.low is None or score.high is None or score.printed == score.score:
        return ""
    return f"（可取 {score.low:f}–{score.high:f}）"


def steps_of(one: Done, finding: Finding) -> tuple[str, ...]:
    """Return the sum of the row's score, where the finding is about a row of the table that was scored."""
    sheet, parts = one.review.sheet, finding.where.split(".")
    if (
        sheet is None
        or finding.paper != (one.review.filing.main or 0)
        or not finding.where.endswith("score_printed")
    ):
        return ()
    if parts[0] == "execution":
        score = sheet.execution
    elif parts[0] == "indicators" and parts[1].isdigit() and int(parts[1]) < len(sheet.indicators):
        score = sheet.indicators[int(parts[1])]
    else:
        return ()
    return tuple(step.says for step in score.steps if step.says not in finding.says)
