"""The audit: every rule of every family over one filing, or over many.

`audit` never raises on a filing: what is wrong with a paper is a Finding. Here, and nowhere else, is decided how
certain a finding may be: a rule says what it leans on, and `_certainty` lowers an error that leans on a doubtful cell,
on a text that nobody has read, or on a rule-book taken for want of another.
"""

import pkgutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from importlib import import_module
from pathlib import PurePath
from typing import TypeVar

from jixiao.audit.rule import Case, Collection, CollectionRule, Found, Ground, Rule
from jixiao.errors import UnknownNameError
from jixiao.model.claims import DepartmentReport, ProjectList, Report
from jixiao.model.evaluation import Evaluation, Project
from jixiao.model.figure import tidy
from jixiao.model.finding import Finding, Fix, Origin, Severity
from jixiao.model.reading import Filing, Reading
from jixiao.model.score import ScoreSheet
from jixiao.schemes.scheme import Scheme

FAMILIES = {
    "AR": "数字勾稽", "FD": "项目资金", "IS": "指标设置", "TV": "指标值", "AV": "完成值与佐证", "SC": "计分",
    "DV": "偏差原因与改进措施", "NA": "报告文字", "XD": "表与报告之间", "CL": "全部自评之间", "FM": "版式",
}  # fmt: skip
_SURE = Decimal("0.5")
_REMEDY = "改法："
R = TypeVar("R", Rule, CollectionRule)
_RANK = {severity: rank for rank, severity in enumerate(Severity)}


def _members() -> Iterator[object]:
    for module in pkgutil.walk_packages(__path__, f"{__name__}."):
        yield from vars(import_module(module.name)).values()


_FOUND = tuple(_members())
RULES: tuple[Rule, ...] = tuple(
    sorted({r.code: r for r in _FOUND if isinstance(r, Rule)}.values(), key=lambda r: r.code)
)
COLLECTION_RULES: tuple[CollectionRule, ...] = tuple(
    sorted({r.code: r for r in _FOUND if isinstance(r, CollectionRule)}.values(), key=lambda r: r.code)
)


def audit(
    filing: Filing, sheet: ScoreSheet | None, scheme: Scheme, rules: Sequence[Rule] = RULES
) -> tuple[Finding, ...]:
    """Return what is wrong with one filing, in the order of severity, code and place.

    Args:
        filing: the papers of one project and year.
        sheet: their scores under `scheme`, None where the filing has no table.
        scheme: the rule-book.
        rules: which rules to run; see `select`.
    """
    case = Case(filing, sheet, scheme)
    facts = case.facts
    return _in_order(
        case, [(rule, found) for rule in rules if rule.may_speak(facts) for found in rule.check(case)]
    )


def audit_collection(
    cases: Sequence[Case], rules: Sequence[CollectionRule] = COLLECTION_RULES
) -> tuple[tuple[Finding, ...], ...]:
    """Return, for each case in its order, what only the sight of all of them shows."""
    collection = Collection(tuple(cases))
    by_case: list[list[tuple[CollectionRule, Found]]] = [[] for _ in cases]
    for rule in rules:
        for at, found in () if rule.off else rule.check(collection):
            by_case[at].append((rule, found))
    return tuple(_in_order(case, found) for case, found in zip(cases, by_case, strict=True))


def select(rules: Sequence[R], codes: Iterable[str] = (), ignore: Iterable[str] = ()) -> tuple[R, ...]:
    """Return the rules that `codes` name, all where it is empty, without those that `ignore` names.

    Args:
        rules: RULES or COLLECTION_RULES.
        codes: rule codes (FD01), families (FD) or severities (error), in any case of letters.
        ignore: the same.

    Raises:
        UnknownNameError: a word that names none of them.
    """
    wanted: list[str] = _words(codes)
    unwanted: list[str] = _words(ignore)
    for word in (*wanted, *unwanted):
        _known(word)
    chosen = [r for r in rules if not wanted or _named_by(wanted, r)]
    return tuple(r for r in chosen if not _named_by(unwanted, r))


def finding_id(finding: Finding, file: str) -> str:
    """Return an id that the same fault in the same paper keeps when other lines move.

    It is made of the rule, the file's name, the paper's kind, unit, project and year, the row's own names and the
    fault's key (see `_key`), never of a line or an index.
    """
    text = f"{finding.code}\n{PurePath(file).name}\n{finding.key}"
    return sha256(text.encode()).hexdigest()[:16]


def _known(word: str) -> None:
    codes = {r.code for r in RULES} | {r.code for r in COLLECTION_RULES}
    if word.upper() in codes or word.upper() in FAMILIES or word.lower() in set(Severity):
        return
    raise UnknownNameError(
        f"没有名为“{word}”的规则：可填规则编号（如 FD01）、规则族（{'、'.join(FAMILIES)}）"
        f"或级别（{'、'.join(Severity)}）。用 jixiao rule 查看全部规则。"
    )


def _words(text: Iterable[str]) -> list[str]:
    return [word.strip() for word in text if word.strip()]


def _named_by(words: list[str], rule: Rule | CollectionRule) -> bool:
    return any(w.upper() in {rule.code, rule.code[:2]} or w.lower() == rule.severity for w in words)


def _in_order(case: Case, found: Iterable[tuple[R, Found]]) -> tuple[Finding, ...]:
    findings = sorted((_finding(case, rule, one) for rule, one in found), key=_order)
    seen: dict[tuple[str, str], int] = {}
    told = []
    for finding in findings:
        same = seen[finding.code, finding.key] = seen.get((finding.code, finding.key), 0) + 1
        told.append(finding if same == 1 else replace(finding, key=f"{finding.key}#{same}"))
    return tuple(told)


def _order(finding: Finding) -> tuple[int, str, int, tuple[tuple[int, str], ...], str]:
    path = tuple((int(part), "") if part.isdigit() else (-1, part) for part in finding.where.split("."))
    return _RANK[finding.severity], finding.code, finding.paper, path, finding.says


def _finding(case: Case, rule: Rule | CollectionRule, found: Found) -> Finding:
    paper = found.paper if found.paper is not None else case.filing.main or 0
    severity, origin, says = _certainty(case, rule, found, paper)
    return Finding(
        rule.code,
        rule.name,
        severity,
        origin,
        paper,
        found.where,
        says,
        quoted=found.quoted,
        printed=found.printed,
        computed=found.computed,
        interval=found.interval,
        source=found.source if found.source.document else rule.source,
        scheme=case.scheme.id if found.ground is Ground.SCHEME else None,
        fix=_fix(found, sure=severity is (found.severity or rule.severity)),
        key=_key(case, paper, found),
    )


def _fix(found: Found, *, sure: bool) -> Fix | None:
    """Return the fix, safe only where nothing lowered the finding; else what its sentence tells to do."""
    if found.fix is None:
        remedy = found.says.partition(_REMEDY)[2].rstrip("。")
        return Fix(remedy) if remedy else None
    return found.fix if sure or not found.fix.safe else replace(found.fix, safe=False)


def _certainty(
    case: Case, rule: Rule | CollectionRule, found: Found, paper: int
) -> tuple[Severity, Origin, str]:
    """Return how certain a finding may be: no error leans on a doubt, nor on a text that may not apply."""
    severity = found.severity or rule.severity
    if severity is not Severity.ERROR:
        cut = found.origin is Origin.AUTHOR and _cut_by_sense(case, found, paper)
        return severity, Origin.LAYOUT if cut else found.origin, found.says
    doubts = [d for where in (found.where, *found.rests) for d in case.doubts_at(where, paper)]
    if doubts or _unsure(case, paper):
        return Severity.WARNING, Origin.LAYOUT, f"{found.says}（所依据的单元格读得不确定，请先核对原表。）"
    if found.ground is Ground.SCHEME and not found.undisputed:
        if case.fallback:
            return (
                Severity.WARNING,
                found.origin,
                f"{found.says}（未找到本地区评分口径，暂按国家通行办法核对。）",
            )
        if not found.source.verified:
            return Severity.WARNING, found.origin, f"{found.says}（所依据条文未核对原文，请以当地办法为准。）"
    return severity, found.origin, found.says


def _cut_by_sense(case: Case, found: Found, paper: int) -> bool:
    """Tell whether a finding is about rows whose cells nothing parts in the source: the cut may be ours."""
    if not any(where.startswith("indicators") for where in (found.where, *found.rests)):
        return False
    return any(doubt.where == "indicators" for doubt in case.doubts_at("indicators", paper))


def _unsure(case: Case, paper: int) -> bool:
    readings = case.filing.readings
    return paper < len(readings) and readings[paper].confidence < _SURE


def _key(case: Case, paper: int, found: Found) -> str:
    """Return the fault's own words: the paper's identity, the row's names, the field without indexes, its key."""
    reading = case.filing.readings[paper] if paper < len(case.filing.readings) else None
    names = _row_names(reading, found.where) if reading else ()
    field = ".".join(part for part in found.where.split(".") if not part.isdigit())
    return "|".join((*_identity(reading), *names, field, found.key))


def _identity(reading: Reading | None) -> tuple[str, ...]:
    record = reading.record if reading else None
    project, year = Project(), None
    if isinstance(record, Evaluation | Report):
        project, year = record.project, record.year
    elif isinstance(record, DepartmentReport | ProjectList):
        project, year = Project(unit=record.unit), record.year
    kind = reading.kind.value if reading else ""
    unit = project.unit or project.department or ""
    return kind, tidy(unit), tidy(project.name or unit), str(year or "")


def _row_names(reading: Reading, where: str) -> tuple[str, ...]:
    """Return what the row, section or claim at `where` calls itself."""
    head, _, rest = where.partition(".")
    listed, at = getattr(reading.record, head, ()), rest.partition(".")[0]
    if not isinstance(listed, tuple) or not at.isdigit() or int(at) >= len(listed):
        return ()
    one = listed[int(at)]
    if isinstance(one, str):
        return ()
    names = ("level1", "level2", "level3", "level4", "title", "quoted", "label", "name", "project")
    return tuple(str(value) for value in (getattr(one, name, None) for name in names) if value)
