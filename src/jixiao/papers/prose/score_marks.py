"""Points and score said in one breath: X满分20分，自评得分18分; 标准分值9分，本项评价得分8.7分，得分率96.67%.

Works on plain text (half-width, no white space); offsets are into the sentence given.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from jixiao.expressions import expression
from jixiao.model.figure import PERCENT, Figure, figure_of, unit_named
from jixiao.papers.prose import claim_words as words
from jixiao.papers.prose.score_figures import Role, Told, told_figures

NAME_MAX = 16
_TITLE_POINTS = expression(
    r"(?P<name>[^()\d]{2,30})\((?:满分|分值|权重|标准分)?(?P<points>\d+(?:\.\d+)?)分\)"
)
_OWN_SCORE = expression(
    r"(?:^|(?<=[，。；：:,;、]))(?:故|因此|所以|综上)?(?:本项|该项|此项|该指标|本指标|指标)?"
    r"(?:自评|评价|实际|综合|最终|实)*(?:得分|得)(?:为|是|:)*(?P<score>\d+(?:\.\d+)?)分"
)
_THIS_SCORE = expression(
    r"(?:该|本|此)(?:三级|四级)?(?:项)?指标(?:自评|评价|实际|最终)*(?:得分|得)(?:为|:)*(?P<score>\d+(?:\.\d+)?)分"
)
_JOINT = expression(r"分?(?:[之当]?中|里|内)?[，,、；;:()]*(?:其中)?")
_SAYS_SCORE = expression(r"[得评]|\(满分|\d/\d")
_YEAR = expression(r"(?:19|20)\d\d(?=年)")
_LAST_YEAR = expression(r"上一?年度?|去年|前一?年")
_NOW = expression(r"今年|本年|当年|(?:19|20)\d\d年")
_TOTALS = ("总分", "分数", "评分", "合计")
_SLIP = Decimal("1.5")  # a score printed above its bare points is a slip; far above, it is another thing's
FULL = Decimal(100)
_LABEL = expression(r"(?P<name>[^，。；:,;()\d]{2,16}):")
# 其中预算执行率94%，得4.7分: the score is that of what is told right before it.
_AMONG_THEM = expression(r"其中[:,，]?(?P<name>[^，。；:,;()\d]{2,16}?)(?:为|是|达到?)*\d[\d.]*%?[,，;；]?$")


@dataclass(frozen=True, slots=True)
class Span:
    """One figure of a mark: which claim it is and where it stands; `figure` None for 得满分."""

    what: str
    start: int
    end: int
    figure: Figure | None
    subject: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A class's or an item's points and score as stated; `name` falls back on the section's title."""

    name: str
    points: Decimal | None
    score: Decimal | None
    rate: Figure | None = None
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Points and score that belong together, the words they are said of, and the rate of points behind them."""

    points: Told
    score: Told
    name: str
    rate: Told | None = None


def uncoded(name: str) -> str:
    """Return an indicator's name without the code before it: A101立项依据充分性."""
    return re.sub(r"^[A-Da-d]\d{0,4}(?:[-.]\d+)*[.、\s]?(?=[^\W\dA-Za-z])", "", name)


def named(local: str, before: str, title: str) -> str:
    """Return what a mark is said of.

    The words right before it, the label of its sentence, or the section's title.
    """
    local = uncoded(re.sub(r"^(?:年度?|其中|以及|及|和|本项目|该项目)+", "", local.lstrip(".．")))
    if local and len(local) <= NAME_MAX and not words.GENERIC.fullmatch(local):
        return local
    label = _LABEL.match(before) or _AMONG_THEM.search(before)
    return label.group("name") if label else re.sub(r"\(.*?\)$", "", title)


def span_of(told: Told, what: str, name: str) -> Span:
    """Return a figure as the span of a claim."""
    unit = PERCENT if told.role is Role.RATE else unit_named("分")
    figure = figure_of(told.digits, unit) if told.digits else None
    return Span(what, told.start, told.start + len(told.digits), figure, name)


def mark_of(pair: Pair, name: str) -> Mark:
    """Return a pair as the mark of what is named; points of 100 belong to the total, not to a class."""
    points = Decimal(pair.points.digits)
    score = Decimal(pair.score.digits) if pair.score.digits else points
    spans = [span_of(pair.score, "class_score" if points < FULL else "total_score", name)]
    if points < FULL:
        spans.append(span_of(pair.points, "class_points", name))
    if pair.rate is not None:
        spans.append(span_of(pair.rate, "score_rate", name))
    rate = spans[-1].figure if pair.rate is not None else None
    return Mark(name, points, score, rate, tuple(sorted(spans, key=lambda span: span.start)))


def marks_in(sentence: str, title: str, year: int | None = None) -> tuple[Mark, ...]:
    """Return the pairs of points and score in a plain sentence, in reading order; another year's are left out."""
    if "分" not in sentence or not _SAYS_SCORE.search(sentence):
        return ()  # most sentences end here
    found = []
    for pair in paired(sentence, told_figures(sentence)):
        first = min(pair.points, pair.score, key=lambda told: told.start)
        if not is_foreign(sentence[: first.start], year):
            found.append(mark_of(pair, named(pair.name, sentence[: first.begin], title)))
    return tuple(mark for mark in found if mark.spans)


def is_foreign(before: str, year: int | None) -> bool:
    """Tell whether the words before a score speak of another year (上年, or a year that isn't the paper's)."""
    if _LAST_YEAR.search(before) and not _NOW.search(_LAST_YEAR.split(before)[-1]):
        return True
    years = _YEAR.findall(before)
    return year is not None and bool(years) and int(years[-1]) != year


def not_scores(sentence: str) -> frozenset[int]:
    """Return where the figures stand that give points alone: 满分100分，其中决策20分、过程20分."""
    found: set[int] = set()
    listed: list[Told] = []
    head: Role | None = None
    for told in told_figures(sentence) if "分" in sentence else ():
        if told.role is Role.BARE:
            listed.append(told)
            found |= {told.start} if head is Role.POINTS and not told.own.endswith(_TOTALS) else set()
            continue
        if told.role in (Role.POINTS, Role.SCORE):
            head, listed = told.role, []
        found |= {told.start} if told.role in (Role.POINTS, Role.LOSS) else set()
    whole = sum((Decimal(told.digits) for told in listed), Decimal(0)) == FULL
    full = whole and len(listed) > 1 and head is None
    return frozenset(found | {told.start for told in listed if full})


# ---------------------------------------------------------------- pairs


def paired(sentence: str, figures: tuple[Told, ...]) -> tuple[Pair, ...]:
    """Return which points and which score belong together."""
    found: list[Pair] = []
    last: Told | None = None  # points that wait for a score, or a score that waits for points
    bare = 0  # how many bare figures stand in a row
    for k, told in enumerate(figures):
        bare = bare + 1 if told.role is Role.BARE else 0
        if told.role is Role.RATE:
            found[-1:] = [_rated(pair, told, sentence) for pair in found[-1:]]
        elif told.role is Role.LOSS:  # 10分，扣2分，得8分: what comes next follows the points
            near = last is not None and _joined(sentence, last.end, told.begin)
            last = replace(last, end=told.end) if last is not None and near else last
        elif last is not None and (pair := _pair(sentence, last, told, figures[k + 1 :])):
            found.append(pair)
            last = None
        elif told.role is Role.BARE and bare > 1:
            last = None  # a list
        else:
            last = told
    return tuple(found)


def _rated(pair: Pair, rate: Told, sentence: str) -> Pair:
    behind = max(pair.points.end, pair.score.end)
    return replace(pair, rate=rate) if _joined(sentence, behind, rate.begin) and pair.rate is None else pair


def _pair(sentence: str, first: Told, second: Told, later: tuple[Told, ...]) -> Pair | None:
    """Return two figures as a pair: points then score, or score then points."""
    if first.role is not Role.SCORE and second.role is Role.SCORE:
        return Pair(first, second, first.own) if _goes_with(sentence, first, second, later) else None
    if (
        second.role is not Role.POINTS
        or first.role is Role.POINTS
        or not _joined(sentence, first.end, second.begin)
    ):
        return None
    if later and later[0].role is Role.SCORE and _goes_with(sentence, second, later[0], later[1:]):
        return None  # …得4分，分值20分，得分18分: the points open the next
    if first.role is Role.BARE and not second.enclosed:
        return None
    return Pair(second, first, first.own)


def _goes_with(sentence: str, points: Told, score: Told, later: tuple[Told, ...]) -> bool:
    """Tell whether a score is that of the points before it: no other subject between, near enough, possible."""
    most, got = Decimal(points.digits), Decimal(score.digits or points.digits)
    if not words.GENERIC.fullmatch(score.own) and score.own != points.own:
        return False
    if score.whole and (got > most or points.role is Role.BARE) and most < FULL:
        return False
    if _joined(sentence, points.end, score.begin - len(score.own)):
        return points.role is Role.POINTS or (bool(points.own) and got <= most * _SLIP)
    others = {told.digits for told in later if told.role is Role.SCORE and words.GENERIC.fullmatch(told.own)}
    near = points.role is Role.POINTS or points.enclosed
    return near and got <= most and others <= {score.digits}


def _joined(sentence: str, end: int, begin: int) -> bool:
    return _JOINT.fullmatch(sentence[end : max(end, begin)]) is not None


def titled_mark(title: str, text: str, *, alone: bool = True) -> Mark | None:
    """Return the mark of a section whose title holds the points (立项依据（3分）) or none, and its text one score.

    Without points in the title the score must be said of the indicator itself (该指标得2分). Where the section has
    more marks than its own (`alone` is False), the title must hold the points and the text begin with the score.
    """
    plain = re.sub(r"\s+", "", title).replace("（", "(").replace("）", ")")
    found = _TITLE_POINTS.search(plain)
    shape = _OWN_SCORE if found else _THIS_SCORE
    scores = {m.group("score") for m in shape.finditer(re.sub(r"\s+", "", text)) if alone or m.start() == 0}
    if len(scores) != 1 or not (alone or found):
        return None
    name = found.group("name") if found else plain
    return Mark(uncoded(name), Decimal(found.group("points")) if found else None, Decimal(scores.pop()))
