"""The figures in 分 of a sentence with the part each plays: points, a score, a deduction, a rate of points.

A figure's part is told by the words right before it (满分20分, 自评得分18分, 扣2分), or by its form (18/20分, 20分中).
A figure that no word explains stays bare: 投入25分 alone can be either. Works on plain text (half-width, no white
space); what states a criterion (每项得1分, 90分以上) is left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from jixiao.expressions import expression
from jixiao.model.figure import MEASURES

_NUMBER = r"\d+(?:\.\d+)?"
_FIGURE = expression(
    rf"(?<![\d.A-Za-z])(?P<one>{_NUMBER})(?:分?/(?P<other>{_NUMBER}))?"
    r"(?P<unit>分(?![钟之别类布配析包局公数项支散部档段期批级])|%)?"
)
_LINK = r"(?:设定为|设为|定为|分别|[为是:共计有])*\(?"
_ITSELF = r"(?:标准|该项|此项|该指标|(?<![成资基])本(?:项|指标)|设定|设置|规定|参考|总)"
_POINTS = expression(
    rf"{_ITSELF}*(?:满分分?值?|分值权重|权重分值|权重分?|标准分值?|基准分值?|总分值|分值|赋予?分值?|"
    rf"应得分?|占比?|共计?){_LINK}$"
)
_WHO = (
    r"(?:单位|自我|本项|该项|此项|该指标|绩效|评价|考核|考评|复核|项目|本次|总体|整体|综合|最终|最后|合计|"
    r"实际|自评|总)"
)
_SCORE = expression(
    rf"(?P<said>{_WHO}*(?:(?<!应)得分|实得分?|评分|评得|获得|(?<![不应可多高低每取值])得|评为|打分|计分|"
    rf"自评分?|自我评价|评价分|(?<=[，、;(])评价)(?:结果|情况|值|数)?)(?:[为是:]|达到?)*$"
)
_FULL_SCORE = expression(rf"(?P<said>{_WHO}*(?<![不未能可])(?:得|获得?|评为))满分[为是:]*$")
_GOT_FULL = expression(rf"(?P<said>{_WHO}*(?<![不未能可])(?:得分?|获得?|评为)[为是:]*)满分(?!值?[为是:]?\d)")
_RATE = expression(r"得分率(?:[为是:]|达到?)*$")
_LOSS = expression(r"(?:扣|减)(?:分|除|减|去|掉)?[了为:]*$")
_NOT_BARE = expression(r"(?:[加减扣高低超足按以过在到]|提高|不少)于?$")
_CRITERION = expression(r"每|不足|否则|未[^，。；]{0,8}的$|最[高多低]")
_BOUND = expression(r"(?:\(不?含\d*分?\))?(?:及)?以[上下]|[-~～—–至到]\d|之间|的(?!等)|制")
_RANGED = expression(r"[\d分][-~～—–至到]$")
_CLEAN = expression(r"[，。；、,;:()!！?？“”]|$")
_AMONG = expression(r"[之当]?中|里|内")
_FORMULA = expression(r"[×*÷=+]")
_CLAUSE = expression(r"[，。；:、,;()“”《》]")
_WHOLE = expression(r"总|综合|最[终后]|合计|整体")


class Role(StrEnum):
    """The part a figure plays."""

    POINTS = "points"
    SCORE = "score"
    RATE = "rate"
    LOSS = "loss"
    BARE = "bare"


@dataclass(frozen=True, slots=True)
class Told:
    """A figure with its part; offsets into the sentence. `digits` is empty for 得满分.

    `begin` is where the words that explain it begin, `own` the words of its clause before those, `whole` says that
    the words are those of a total (综合得分), `enclosed` that it stands behind an opening bracket.
    """

    role: Role
    digits: str
    start: int
    end: int
    begin: int
    own: str
    whole: bool = False
    enclosed: bool = False


def told_figures(sentence: str) -> tuple[Told, ...]:
    """Return the figures in 分 of a plain sentence, in reading order."""
    found: list[Told] = []
    at = 0
    for match in _FIGURE.finditer(sentence):
        lead, after = sentence[at : match.start()], sentence[match.end() :]
        if _BOUND.match(after) or _FORMULA.match(after) or _RANGED.search(sentence[: match.start()]):
            continue
        new = list(_read(match, lead, after, at))
        found += new
        at = match.end() if new else at
    full = _full_marks(sentence, found) if "满分" in sentence else ()
    return tuple(sorted((*found, *full), key=lambda told: told.start))


def _read(match: re.Match[str], lead: str, after: str, at: int) -> Iterator[Told]:
    """Yield the figure of a match, two of a fraction or of 得满分20分, none where it is no figure in 分."""
    score, points = _SCORE.search(lead), _POINTS.search(lead)
    if match["other"]:
        yield from _fraction(match, lead, score, at)
    elif match["unit"] == "%":
        if rate := _RATE.search(lead):
            yield _told(Role.RATE, match, lead, rate, at)
        elif points and "权重" in points.group():
            yield _told(Role.POINTS, match, lead, points, at)
    elif (match["unit"] or _CLEAN.match(after)) and not _CRITERION.search(_CLAUSE.split(lead)[-1]):
        yield from _plain(match, lead, after, at)


def _plain(match: re.Match[str], lead: str, after: str, at: int) -> Iterator[Told]:
    full, points, score = _FULL_SCORE.search(lead), _POINTS.search(lead), _SCORE.search(lead)
    if loss := _LOSS.search(lead):
        yield _told(Role.LOSS, match, lead, loss, at)
    elif full:
        yield _told(Role.POINTS, match, lead, full, at)
        yield _told(Role.SCORE, match, "", full, match.start())
    elif points:
        yield _told(Role.POINTS, match, lead, points, at)
    elif score:
        yield _told(Role.SCORE, match, lead, score, at)
    elif match["unit"] and not _NOT_BARE.search(lead):
        among = _AMONG.match(after) is not None
        yield _told(Role.POINTS if among else Role.BARE, match, lead, re.search(r"\(?$", lead), at)


def _fraction(match: re.Match[str], lead: str, score: re.Match[str] | None, at: int) -> Iterator[Told]:
    """Yield score and points of 18/20分; a fraction that neither 分 nor 得分 explains is none."""
    if match["unit"] == "%" or not (match["unit"] or score) or lead.endswith(("=", "率")):
        return
    begin = score or re.search(r"\(?$", lead)
    first = _told(Role.SCORE, match, lead, begin, at)
    start, end = match.span("other")
    yield first
    yield Told(Role.POINTS, match["other"], start, end, first.end, "")


def _told(role: Role, match: re.Match[str], lead: str, words: re.Match[str] | None, at: int) -> Told:
    begin = words.start() if words else len(lead)
    said = words.group() if words else ""
    before = lead[:begin]
    enclosed = before.endswith("(") or said.startswith("(") or said.endswith("(")
    clause = _own(_CLAUSE.split(before.rstrip(":(”"))[-1])
    start, end = match.span("one")
    whole = role is Role.SCORE and _WHOLE.search(said) is not None
    return Told(role, match["one"], start, end, at + begin, clause, whole, enclosed)


def _own(clause: str) -> str:
    """Return the words of a clause behind its last number, those before it where only a unit is left."""
    parts = re.split(r"[\d.]+", clause)
    left = parts[-2] if len(parts) > 1 and parts[-1] in MEASURES else parts[-1]
    return left.removesuffix("在").removesuffix("指标总分") + ("指标" if left.endswith("指标总分") else "")


def _full_marks(sentence: str, found: list[Told]) -> Iterator[Told]:
    """Yield every 得满分 that no number follows, as a score without digits."""
    for match in _GOT_FULL.finditer(sentence):
        at = max((told.end for told in found if told.end <= match.start()), default=0)
        clause = _CLAUSE.split(sentence[at : match.start()])[-1]
        if not _CRITERION.search(clause):
            yield Told(Role.SCORE, "", match.end(), match.end(), match.start(), clause)
