"""Points and score said in one breath: X满分20分，自评得分18分; 标准分值9分，本项评价得分8.7分，得分率96.67%.

Works on plain text (half-width, no white space); offsets are into the sentence given.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from jixiao.model.figure import PERCENT, Figure, figure_of, unit_named
from jixiao.papers import claim_words as words

NAME_MAX = 16
_TITLE_POINTS = re.compile(
    r"(?P<name>[^()\d]{2,30})\((?:满分|分值|权重|标准分)?(?P<points>\d+(?:\.\d+)?)分\)"
)
_OWN_SCORE = re.compile(
    r"(?:^|(?<=[，。；：:,;、]))(?:故|因此|所以|综上)?(?:本项|该项|此项|该指标|本指标|指标)?"
    r"(?:自评|评价|实际|综合|最终|实)*(?:得分|得)(?:为|是|:)*(?P<score>\d+(?:\.\d+)?)分"
)
_THIS_SCORE = re.compile(
    r"(?:该|本|此)(?:三级|四级)?(?:项)?指标(?:自评|评价|实际|最终)*(?:得分|得)(?:为|:)*(?P<score>\d+(?:\.\d+)?)分"
)
_LABEL = re.compile(r"(?P<name>[^，。；:,;()\d]{2,16}):")


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


def uncoded(name: str) -> str:
    """Return an indicator's name without the code before it: A101立项依据充分性."""
    return re.sub(r"^[A-Da-d]\d{0,4}(?:[-.]\d+)*[.、\s]?(?=[^\W\dA-Za-z])", "", name)


def named(local: str, before: str, title: str) -> str:
    """Return what a mark is said of.

    The words right before it, the label of its sentence, or the section's title.
    """
    local = uncoded(re.sub(r"^(?:其中|以及|及|和|本项目|该项目)", "", local.lstrip(".．")))
    if local and len(local) <= NAME_MAX and not words.GENERIC.fullmatch(local):
        return local
    label = _LABEL.match(before)
    return label.group("name") if label else re.sub(r"\(.*?\)$", "", title)


def spans_of(found: re.Match[str], name: str, total: Decimal) -> tuple[Span, ...]:
    """Return the figures of a match as spans in reading order.

    Points of 100 belong to the total, not to a class.
    """
    kinds = {
        "points": "class_points",
        "score": "class_score" if total < 100 else "total_score",
        "rate": "score_rate",
    }
    spans = []
    for group, what in kinds.items():
        digits = found.groupdict().get(group)
        if digits and (what != "class_points" or total < 100):
            unit = PERCENT if group == "rate" else unit_named("分")
            figure = figure_of(digits, unit) if digits[0].isdigit() else None
            spans.append(Span(what, found.start(group), found.end(group), figure, name))
    return tuple(sorted(spans, key=lambda span: span.start))


def marks_in(sentence: str, title: str) -> tuple[Mark, ...]:
    """Return the pairs of points and score in a plain sentence, in reading order."""
    if "得" not in sentence and "评" not in sentence:  # no score is said; most sentences end here
        return ()
    taken: list[tuple[int, int]] = []
    marks: list[tuple[int, Mark]] = []
    for found in matches(sentence):
        if any(found.start() < end and start < found.end() for start, end in taken):
            continue
        taken.append(found.span())
        points = Decimal(found.group("points"))
        score = points if found.group("score") == "满分" else Decimal(found.group("score"))
        name = named(found.group("name"), sentence[: found.start() + len(found.group("name")) + 1], title)
        rate = found.groupdict().get("rate")
        spans = spans_of(found, name, points)
        marks.append(
            (found.start(), Mark(name, points, score, figure_of(rate, PERCENT) if rate else None, spans))
        )
    return tuple(mark for _, mark in sorted(marks, key=lambda pair: pair[0]) if mark.spans)


def matches(sentence: str) -> Iterator[re.Match[str]]:
    """Yield every fit of the shapes, the plainest first."""
    for shape in (words.MARK, words.REVERSED, words.BRACKETED, words.ENCLOSED, words.SLASHED, words.PAIRED):
        yield from shape.finditer(sentence)


def titled_mark(title: str, text: str) -> Mark | None:
    """Return the mark of a section whose title holds the points (立项依据（3分）) or none, and its text one score.

    Without points in the title the score must be said of the indicator itself (该指标得2分).
    """
    plain = re.sub(r"\s+", "", title).replace("（", "(").replace("）", ")")
    found = _TITLE_POINTS.search(plain)
    shape = _OWN_SCORE if found else _THIS_SCORE
    scores = {m.group("score") for m in shape.finditer(re.sub(r"\s+", "", text))}
    if len(scores) != 1:
        return None
    name = found.group("name") if found else plain
    return Mark(uncoded(name), Decimal(found.group("points")) if found else None, Decimal(scores.pop()))
