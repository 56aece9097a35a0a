"""What the audit found wrong in the table itself: a slip is told where the self-evaluation is, not among the problems.

The problems of a report are the project's; a sum that doesn't add up is the form's, and is put right in the form.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jixiao.model.finding import FieldPath, Severity
from jixiao.papers.drafts.story import EXECUTION, Story
from jixiao.papers.drafts.telling import NOTHING, Item, Passage, Text, Told, blank, closed, joined, of, say

_WANTED = (Severity.ERROR, Severity.WARNING)
# What the table doesn't explain stands as a blank where the report speaks of it: a reason, a change, a survey.
_ASKED = frozenset({"DV01", "FD03", "FD05", "AV07"})
_KINDS = {
    "AR": "数字勾稽", "FD": "项目资金", "IS": "指标设置", "TV": "指标值", "AV": "完成值", "SC": "计分",
    "DV": "原因和措施的填写", "NA": "文字", "XD": "名称", "FM": "版式",
}  # fmt: skip
_PLACES = {
    "execution": EXECUTION,
    "funds": "项目资金",
    "goal": "年度总体目标",
    "total_printed": "总分",
    "grade_printed": "等级",
}


@dataclass(frozen=True, slots=True)
class Slip:
    """One finding on the table: its rule, its path among the findings, and where it stands.

    `family` says of what kind it is (计分, 项目资金), `full` is the finding's own sentence with its figures, `remedy`
    what is to be done.
    """

    code: str
    path: FieldPath
    place: Passage
    family: str
    full: Passage
    remedy: Passage


def slips(story: Story) -> tuple[Slip, ...]:
    """Return what the audit found in the table: errors, and what a reviewer would raise."""
    main = story.review.filing.main
    return tuple(
        _slip(story, at)
        for at, finding in enumerate(story.review.findings)
        if finding.paper == main and finding.severity in _WANTED and finding.code not in _ASKED
    )


def _slip(story: Story, at: int) -> Slip:
    finding, path = story.review.findings[at], f"findings.{at}.says"
    says, _, fix = finding.says.partition("改法：")
    fix = fix.partition("（未找到")[0].strip()
    return Slip(
        finding.code, path, _place(story, finding.where),
        _KINDS.get(finding.code[:2], "填报"),
        closed(story.ground.part(path, says.strip())),
        closed(story.ground.part(path, fix)) if fix else blank("更正办法"),
    )  # fmt: skip


def _place(story: Story, where: FieldPath) -> Passage:
    """Say in which row or block of the table a finding stands; nothing where it stands in none."""
    first, _, rest = where.partition(".")
    row = rest.partition(".")[0]
    if first == "indicators" and row.isdecimal() and int(row) < len(story.rows):
        return say("“{name}”", name=story.called(story.rows[int(row)]))
    return say(f"“{_PLACES[first]}”") if first in _PLACES else NOTHING


def corrections(story: Story) -> Iterator[Told]:
    """Say where the table is to be put right, kind by kind; nothing where the audit found nothing.

    What is wrong there, the list of findings tells: its sentences would be read as the project's own problems.
    """
    found = slips(story)
    if not found:
        return
    yield Text(
        say("审核自评表，有{n}处需要更正或核实：", n=story.ground.count([slip.path for slip in found]))
    )
    for code in dict.fromkeys(slip.code[:2] for slip in found):
        yield Item(kind_of([slip for slip in found if slip.code[:2] == code]) + say("。"))


def kind_of(found: Sequence[Slip]) -> Passage:
    """Name what slips of one kind concern: 计分，涉及“清淤长度”“总分”."""
    named = {slip.place.text: slip.place for slip in found if slip.place.words}
    places = {text: place for text, place in named.items() if text != f"“{found[0].family}”"}
    return of(found[0].family) + (
        say("，涉及{places}", places=joined(places.values())) if places else NOTHING
    )
