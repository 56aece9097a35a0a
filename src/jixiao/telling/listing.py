"""The findings as a list that goes to a reviewer: what stands in each column of the 问题清单."""

from collections.abc import Iterator, Sequence

from jixiao import api
from jixiao.audit import finding_id
from jixiao.audit.office.ledger import How
from jixiao.audit.office.remarks import Answer, Remark
from jixiao.model.finding import Finding, Severity
from jixiao.model.reading import Reading
from jixiao.telling.done import Done
from jixiao.telling.naming import KINDS, clean, field_words, place_at, place_words, project_words
from jixiao.telling.titles import TITLES

LEVELS = {Severity.ERROR: "P0", Severity.WARNING: "P1", Severity.NOTE: "P2"}
DIMENSIONS = {
    "AR": "自评复核口径", "FD": "自评复核口径", "SC": "自评复核口径", "IS": "报告内容逻辑", "TV": "报告内容逻辑",
    "DV": "报告内容逻辑", "NA": "报告内容逻辑", "AV": "报告与底稿一致性", "XD": "报告与底稿一致性",
    "CL": "报告与底稿一致性", "FM": "报告格式", "LG": "处理台账",
}  # fmt: skip
_REMEDY = "改法："


def listing(done: Sequence[Done], format: str = "xlsx") -> bytes:  # noqa: A002 - the word of the design
    """Return the list as a file of a format: every open finding, and those that a reviewer has answered."""
    rows = [row for one in done for row in _rows(one)]
    counts = "，".join(
        f"{name} {sum(row.level == level for row in rows)} 条"
        for level, name in (("P0", "P0 错误"), ("P1", "P1 需核实"), ("P2", "P2 提示"))
    )
    return api.write_findings_list(rows, f"{len(done)} 份材料；{counts}。", format)


def _rows(one: Done) -> Iterator[api.Listed]:
    refused = [settled.finding for settled in one.settled if settled.how is How.REVIEWER]
    for finding in (*one.review.findings, *refused):
        yield _row(one, finding, one.review.filing.readings[finding.paper])


def _row(one: Done, finding: Finding, reading: Reading) -> api.Listed:
    name = finding_id(finding, reading.file)
    remark = one.remarks.get(name, Remark(name))
    judged, _, advice = finding.says.partition(_REMEDY)
    quoted = f"原文：“{finding.quoted}”" if finding.quoted and finding.quoted not in finding.says else ""
    where = (field_words(reading, finding.where), place_words(place_at(reading, finding.where)))
    return api.Listed(
        level=LEVELS[finding.severity],
        dimension=DIMENSIONS.get(finding.code[:2], "其他"),
        subject=clean(f"{project_words(reading)} {KINDS[reading.kind]}（{reading.file}）"),
        place=clean(" ".join(word for word in where if word)),
        found=f"{finding.code} {TITLES.get(finding.code, finding.name)}",
        judged=clean(" ".join(part for part in (judged.strip(), quoted) if part)),
        advice=clean(advice.strip() or (finding.fix.what if finding.fix is not None else "")),
        source=str(finding.source) if finding.source.document else "",
        id=name,
        answer=remark.answer.value if remark.answer is not None else remark.odd,
        reason=remark.reason,
        changed=remark.changed if remark.answer is Answer.CHANGED else "",
    )
