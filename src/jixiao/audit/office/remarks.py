"""What a reviewer wrote beside the findings (采纳, 不采纳, 修改), merged into them by their ids."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from jixiao.audit.office.ledger import How, Settled
from jixiao.audit.office.weights import is_arithmetic_error
from jixiao.model.finding import Finding


class Answer(StrEnum):
    """A reviewer's answer to one finding, in the words of the list."""

    ACCEPTED = "采纳"
    REFUSED = "不采纳"
    CHANGED = "修改"


@dataclass(frozen=True, slots=True)
class Remark:
    """A reviewer's row: the finding's id, the answer (None where left open), the reason, the text as changed.

    `odd` is what stands in place of an answer and is none.
    """

    id: str
    answer: Answer | None = None
    reason: str = ""
    changed: str = ""
    odd: str = ""


@dataclass(frozen=True, slots=True)
class Merged:
    """Findings after the reviewer: those still open, those refused with a reason, and sentences on what can't be."""

    open: tuple[Finding, ...]
    settled: tuple[Settled, ...]
    complaints: tuple[str, ...]


def merge(findings: Iterable[tuple[str, Finding]], remarks: Mapping[str, Remark]) -> Merged:
    """Apply a reviewer's remarks, by id, to findings, each after its id.

    Accepted ones stay as they are; changed ones take the reviewer's text; refused ones are settled where there is a
    reason and the finding is no error of arithmetic.
    """
    still: list[Finding] = []
    settled: list[Settled] = []
    complaints: list[str] = []
    for name, finding in findings:
        remark = remarks.get(name, Remark(name))
        fault = _fault(finding, remark)
        complaints += [fault] if fault else []
        if remark.answer is Answer.REFUSED and not fault:
            settled.append(Settled(name, finding, How.REVIEWER, "复核人", remark.reason))
        elif remark.answer is Answer.CHANGED and not fault:
            still.append(replace(finding, says=remark.changed))
        else:
            still.append(finding)
    return Merged(tuple(still), tuple(settled), tuple(complaints))


def _fault(finding: Finding, remark: Remark) -> str:
    """Say why a remark can't be applied; empty where it can."""
    row = f"编号 {remark.id}（{finding.code}）"
    if remark.odd:
        return f"{row}“采纳”一栏填的是“{remark.odd}”，应为采纳、不采纳、修改之一：按没有答复处理。"
    if remark.answer is Answer.REFUSED and is_arithmetic_error(finding):
        return f"{row}填了“不采纳”：这是确定的算术错误，只能改正，照常列出。"
    if remark.answer is Answer.REFUSED and not remark.reason:
        return f"{row}填了“不采纳”而没有写理由：照常列出，请在“理由”一栏补写。"
    if remark.answer is Answer.CHANGED and not remark.changed:
        return f"{row}填了“修改”而没有写修改后的文字：按原文列出。"
    return ""
