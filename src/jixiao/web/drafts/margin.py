"""What stands in the margin beside a row: how its score comes about, the article, last year's row, the evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.timezone import localtime

from jixiao.api import filling
from jixiao.model.finding import Finding
from jixiao.model.score import Score
from jixiao.schemes import load_scheme
from jixiao.schemes.scheme import Part, Scheme
from jixiao.web import records
from jixiao.web.drafts.content import Content
from jixiao.web.drafts.live import Live
from jixiao.web.models import Attachment, Revision, Submission

_BY_SIGN = {
    "≥": "positive", ">": "positive", "≤": "negative", "<": "negative", "=": "exact", "定性": "qualitative",
    "时限": "deadline",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Article:
    """A part of the rule-book: its words, where they come from, whether anybody has read that text, its tiers."""

    says: str
    source: str
    verified: bool
    tiers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Before:
    """The same row last year: what was asked for, what came of it, its score."""

    year: int
    name: str
    target: str
    actual: str
    score: str


@dataclass(frozen=True, slots=True)
class Margin:
    """All that stands beside a row."""

    row: str
    name: str
    score: Score | None
    article: Article | None
    before: Before | None
    said: tuple[Finding, ...]
    attachments: Sequence[Attachment]
    whose: str


def margin_of(submission: Submission, content: Content, live: Live, name: str) -> Margin | None:
    """Return the margin of a row; None where there is no such row."""
    row = content.row(name)
    if row is None:
        return None
    scheme, score = load_scheme(content.scheme), live.score_of(content, name)
    part = part_of(scheme, score, row.cells.get("sign", ""), name)
    files = submission.attachments.filter(row=name, rectification=None).select_related("author")
    whose = f"{row.name} {localtime(row.when):%m-%d %H:%M}" if row.when is not None and row.name else ""
    naming = filling.naming_key(content.form)
    title = row.cells.get(naming) or row.cells.get("level3") or _NAMES.get(name) or _named(name)
    before = _before(submission, row.cells.get(naming, ""))
    return Margin(name, title, score, _article(part), before, live.said.get(name, ()), tuple(files), whose)


def _named(name: str) -> str:
    kind, _, rest = name.partition(".")
    return {"funds": "预算执行", "management": rest, "section": rest}.get(kind, "本行")


_NAMES = {"head": "项目基本情况", "goal": "年度总体目标", "total": "总分"}


def part_of(scheme: Scheme, score: Score | None, sign: str, name: str) -> Part | None:
    """Return the part that scores a row: the one that was used, else the one for its sign."""
    if name.startswith("funds."):
        return scheme.parts["execution"]
    used = (
        part
        for part in scheme.parts.values()
        if score is not None
        and score.source.document
        and (part.source, part.method) == (score.source, score.method)
    )
    return next(used, None) or scheme.parts.get(_BY_SIGN.get(sign, ""))


def _article(part: Part | None) -> Article | None:
    if part is None:
        return None
    source = f"{part.source.document} {part.source.article}".strip()
    tiers = tuple((tier.says, _share(tier.low, tier.high)) for tier in part.tiers)
    return Article(part.says, source, part.source.verified, tiers)


def _share(low: Decimal, high: Decimal) -> str:
    shown = [f"{(one * 100).normalize():f}%" for one in (low, high)]
    return shown[0] if low == high else f"{shown[0]}–{shown[1]}"


def _before(submission: Submission, name: str) -> Before | None:
    """Return last year's row of the same name, from the filing's last revision."""
    last = Submission.objects.filter(project=submission.project_id, year=submission.year - 1).first()
    revision: Revision | None = (last.revision or last.approved) if last is not None else None
    if revision is None or not name:
        return None
    rows = records.rows_of(records.review_of(revision))
    row = next((one for one in rows if one.name == name), None)
    if row is None:
        return None
    printed = "" if row.printed is None else f"{row.printed:f}"
    return Before(submission.year - 1, row.name, row.target, row.actual, printed)
