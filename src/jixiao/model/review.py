"""A filing with its score sheet and findings, under one rule-book."""

from dataclasses import dataclass

from jixiao.model.finding import Finding
from jixiao.model.reading import Filing
from jixiao.model.score import ScoreSheet


@dataclass(frozen=True, slots=True)
class Review:
    """审核结果: the filing, its scores (None when it has no table), its findings, the rule-book's id and digest."""

    filing: Filing
    sheet: ScoreSheet | None
    findings: tuple[Finding, ...]
    scheme: str
    digest: str
