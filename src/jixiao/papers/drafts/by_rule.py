"""What the audit found in all papers of a department, by rule: errors apart from what is only to be looked into."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from jixiao.audit import COLLECTION_RULES, RULES
from jixiao.audit.office.ledger import NOTICES, Notice
from jixiao.audit.rule import CollectionRule, Rule, headline
from jixiao.layout import Role
from jixiao.model.finding import FieldPath, Severity
from jixiao.papers.drafts.gathering import Gathering
from jixiao.papers.drafts.telling import NOTHING, Passage, Quote, Table, Text, Told, of, say

_PAGED: tuple[Rule | CollectionRule | Notice, ...] = (*RULES, *COLLECTION_RULES, *NOTICES)
_TITLES = {one.code: headline(one.page) for one in _PAGED}
_TOLD = {Severity.ERROR: "错误", Severity.WARNING: "需核实"}
_WIDTHS = (9, 8, 45, 8, 8)
_ROLES = (Role.TEXT, Role.TEXT, Role.TEXT, Role.NUMBER, Role.NUMBER)

Held = Mapping[str, Sequence[FieldPath]]


def found_by_rule(whole: Gathering) -> Iterator[Told]:
    """Say how many errors and how many doubts the audit found in how many projects, and list the rules."""
    held = {severity: _held(whole, severity) for severity in _TOLD}
    if not any(held.values()):
        yield Text(say("审核自评材料，没有发现错误，也没有需要核实的问题。"))
        return
    wrong, doubted = (_summed(whole, held[severity]) for severity in _TOLD)
    said = say("发现错误{n}处，见于{k}个项目", n=wrong[0], k=wrong[1]) if wrong else say("没有发现错误")
    if doubted:
        said += say("；需要核实的{n}处，见于{k}个项目，不等于错误", n=doubted[0], k=doubted[1])
    yield Text(say("审核自评材料，{said}。", said=said))
    head = tuple(of(word) for word in ("级别", "规则", "问题", "处数", "项目数"))
    rows = [row for severity in _TOLD for row in _rows(whole, severity, held[severity])]
    yield Table(say("自评材料审核问题汇总表"), (head, *rows), _WIDTHS, _ROLES)


def _held(whole: Gathering, severity: Severity) -> Held:
    """Return the paths of the findings of a severity by their rules."""
    held: dict[str, list[FieldPath]] = defaultdict(list)
    for n, story in whole.numbered():
        for at, finding in enumerate(story.review.findings):
            if finding.severity is severity:
                held[finding.code].append(f"{whole.at(n)}.findings.{at}.code")
    return held


def _summed(whole: Gathering, held: Held) -> tuple[Quote, Quote] | None:
    paths = [path for own in held.values() for path in own]
    return (whole.ground.count(paths), _projects(whole, paths)) if paths else None


def _projects(whole: Gathering, paths: Sequence[FieldPath]) -> Quote:
    """Count the projects that some paths lie in."""
    roots = dict.fromkeys(".".join(path.split(".")[:2]) for path in paths)
    return whole.ground.count([f"{root}.project.name" for root in roots])


def _rows(whole: Gathering, severity: Severity, held: Held) -> Iterator[tuple[Passage, ...]]:
    """Yield the lines of a severity, the rule first that most projects break."""
    lines = [(code, paths, _projects(whole, paths)) for code, paths in held.items()]
    for code, paths, projects in sorted(lines, key=lambda one: (-int(one[2].text), -len(one[1]), one[0])):
        rule = of(Quote(code, (paths[0],)))
        title = of(_TITLES[code]) if code in _TITLES else NOTHING
        yield (of(_TOLD[severity]), rule, title, of(whole.ground.count(paths)), of(projects))
