"""The suppression ledger (处理台账): which findings somebody has answered for, why, and until when.

Pure: entries, findings and the day come in, what stays open and what is settled goes out; who reads the file is not
known here. An entry never touches an error of arithmetic, and one that has run out is itself a finding (LG01): the
codes LG01-LG03 are the ledger's own and no rules of the audit (docs/decisions/0013).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import PurePath

from jixiao.audit.office.weights import is_arithmetic_error
from jixiao.model.citation import Citation
from jixiao.model.claims import DepartmentReport, ProjectList, Report
from jixiao.model.evaluation import Evaluation
from jixiao.model.finding import Finding, Origin, Severity
from jixiao.model.reading import Filing, Reading

_SOURCE = Citation("本单位处理台账", verified=True)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger: this rule, on this paper, is answered for by `who`, because `why`, to the end of `until`.

    The paper is named by its file, or by its project and, where given, its year; `id` narrows it to one finding.
    `number` is its order in the file, from 1.
    """

    rule: str
    who: str
    why: str
    until: date
    file: str | None = None
    project: str | None = None
    year: int | None = None
    id: str | None = None
    number: int = 0


class How(StrEnum):
    """By what a finding was settled: the ledger, the baseline, or a reviewer's answer in the list of findings."""

    LEDGER = "ledger"
    BASELINE = "baseline"
    REVIEWER = "reviewer"


@dataclass(frozen=True, slots=True)
class Settled:
    """A finding that is counted and no longer shown, and on whose word."""

    id: str
    finding: Finding
    how: How
    who: str = ""
    why: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Audited:
    """A filing with its findings, each after its id."""

    filing: Filing
    findings: tuple[tuple[str, Finding], ...]


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is left of one filing's findings, the ledger's own among them, and what is settled."""

    open: tuple[Finding, ...]
    settled: tuple[Settled, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """A finding that the ledger itself gives rise to: code, name, severity and page, as a rule has them."""

    code: str
    name: str
    severity: Severity
    page: str
    source: Citation = _SOURCE
    off: str = ""


EXPIRED = Notice(
    "LG01",
    "ledger-entry-has-expired",
    Severity.WARNING,
    """台账条目已经过期。

为什么：一条问题不作处理总有期限，到期要有人重新看过；过期的条目不再起作用，问题照常列出。
不合格：until = 2024-12-31，而检查是在 2025 年 3 月做的。
合格：until = 2025-12-31，仍在期限内。
怎么改：问题已改正的删去条目；仍有理由的由负责人改写理由和期限。
误报风险：没有；期限按检查当天的日期比较，当天仍有效。""",
)
IDLE = Notice(
    "LG02",
    "ledger-entry-without-finding",
    Severity.NOTE,
    """台账条目没有对应的问题。

为什么：问题改正后条目应当删去，否则以后同样的问题会被悄悄略过。
不合格：条目登记了 FD05，而这份材料已经没有 FD05。
合格：条目登记的问题仍在。
怎么改：删去条目；若是写错了编号、文件名或项目名称，请更正。
误报风险：只检查了其中一份材料时，写项目而没有写年度的条目可能属于另一份。""",
)
FORBIDDEN = Notice(
    "LG03",
    "ledger-entry-on-arithmetic",
    Severity.WARNING,
    """台账登记了不能登记的算术错误。

为什么：两个印出的数字不能同时成立，没有谁可以批准它成立；只能改正。
不合格：条目登记 AR04（总分不等于各行得分之和），而这份材料的 AR04 是错误。
合格：条目登记 FD05（执行率偏低没有说明），这是需核实的问题。
怎么改：改正表中的数字，删去条目。
误报风险：没有；只看数字勾稽（AR）、项目资金（FD）、表与报告（XD）三族的“错误”。""",
)
NOTICES = (EXPIRED, IDLE, FORBIDDEN)


def settle(
    audited: Sequence[Audited], entries: Sequence[Entry], ran: Iterable[str], *, today: date
) -> tuple[Ruling, ...]:
    """Take out of each filing's findings what the ledger answers for, and add what the ledger itself gives rise to.

    Args:
        audited: the filings, in an order that is kept.
        entries: the ledger.
        ran: the codes of the rules that were run; an entry on another is no idle one.
        today: an entry holds to the end of its `until`.
    """
    register = _register(audited)
    codes = frozenset(ran)
    notices: list[list[Finding]] = [[] for _ in audited]
    valid: dict[str, list[Entry]] = {}
    for entry in entries:
        for at, notice in _notices(register, entry, codes, today):
            notices[at].append(notice)
        if entry.until >= today:
            valid.setdefault(entry.rule, []).append(entry)
    return tuple(_ruling(one, valid, more) for one, more in zip(audited, notices, strict=True))


@dataclass(frozen=True, slots=True)
class _Register:
    """The filings with their findings by rule, and by the file and project names that an entry may give."""

    audited: Sequence[Audited]
    by_rule: Mapping[str, list[tuple[int, str, Finding]]]
    by_name: Mapping[str, list[int]]


def _register(audited: Sequence[Audited]) -> _Register:
    by_rule: dict[str, list[tuple[int, str, Finding]]] = {}
    by_name: dict[str, list[int]] = {}
    for at, one in enumerate(audited):
        for known, finding in one.findings:
            by_rule.setdefault(finding.code, []).append((at, known, finding))
        names = {name for r in one.filing.readings for name in (_last(r.file), _about(r)[0])}
        for name in sorted(names):
            by_name.setdefault(name, []).append(at)
    return _Register(audited, by_rule, by_name)


def _ruling(one: Audited, entries: Mapping[str, Sequence[Entry]], notices: Sequence[Finding]) -> Ruling:
    still: list[Finding] = []
    settled: list[Settled] = []
    for known, finding in one.findings:
        mine = entries.get(finding.code, ())
        entry = next((entry for entry in mine if _answers(entry, one.filing, known, finding)), None)
        if entry is None or is_arithmetic_error(finding):
            still.append(finding)
        else:
            settled.append(Settled(known, finding, How.LEDGER, entry.who, entry.why, entry.until))
    return Ruling((*still, *notices), tuple(settled))


def _notices(
    register: _Register, entry: Entry, ran: frozenset[str], today: date
) -> Iterator[tuple[int, Finding]]:
    """Yield what is wrong with an entry: at the first finding that it answers, else the first paper it names."""
    answered = [
        (at, finding)
        for at, known, finding in register.by_rule.get(entry.rule, ())
        if _answers(entry, register.audited[at].filing, known, finding)
    ]
    certain = next(((at, f) for at, f in answered if is_arithmetic_error(f)), None)
    spot = (answered[0][0], answered[0][1].paper) if answered else _first_named(register, entry)
    if spot is None:
        return
    if entry.until < today:
        yield spot[0], _notice(EXPIRED, entry, spot[1], _expired(entry, stands=bool(answered)))
    elif certain is not None:
        yield certain[0], _notice(FORBIDDEN, entry, certain[1].paper, _forbidden(entry))
    elif not answered and entry.rule in ran:
        yield spot[0], _notice(IDLE, entry, spot[1], _idle(entry))


def _first_named(register: _Register, entry: Entry) -> tuple[int, int] | None:
    name = _last(entry.file) if entry.file is not None else _plain(entry.project)
    for at in register.by_name.get(name, ()):
        for paper in _papers_named(entry, register.audited[at].filing)[:1]:
            return at, paper
    return None


def _notice(notice: Notice, entry: Entry, paper: int, says: str) -> Finding:
    parts = (entry.rule, entry.file or entry.project or "", str(entry.year or ""), entry.id or "")
    key = "|".join(("ledger", *parts))
    return Finding(notice.code, notice.name, notice.severity, Origin.AUTHOR, paper, "", says, key=key)


def _expired(entry: Entry, *, stands: bool) -> str:
    left = (
        "问题仍在，照常列出。改法：改正问题，或由负责人重新登记理由和期限。"
        if stands
        else "问题这次没有查出。改法：删去这一条。"
    )
    return (
        f"{_named(entry)}（{entry.who}登记：{entry.why}）期限到 {entry.until.isoformat()}，已经过期；{left}"
    )


def _forbidden(entry: Entry) -> str:
    return f"{_named(entry)}登记的是确定的算术错误，不能登记为不处理，照常列出。改法：改正数字，删去这一条。"


def _idle(entry: Entry) -> str:
    return f"{_named(entry)}登记的问题这次没有查出。改法：已改正的，删去这一条；否则核对编号和材料名称。"


def _named(entry: Entry) -> str:
    return f"台账第 {entry.number} 条 {entry.rule}"


def _answers(entry: Entry, filing: Filing, known: str, finding: Finding) -> bool:
    if entry.rule != finding.code or entry.id not in {None, known}:
        return False
    return finding.paper in _papers_named(entry, filing)


def _papers_named(entry: Entry, filing: Filing) -> tuple[int, ...]:
    """Return the indexes of a filing's papers that an entry names."""
    if entry.file is not None:
        named = PurePath(entry.file).parts
        files = (PurePath(reading.file).parts for reading in filing.readings)
        return tuple(at for at, parts in enumerate(files) if parts[-len(named) :] == named)
    papers = tuple(range(len(filing.readings)))
    about = {_about(reading) for reading in filing.readings}
    wanted = _plain(entry.project)
    held = any(name == wanted and entry.year in {None, year} for name, year in about)
    return papers if held else ()


def _about(reading: Reading) -> tuple[str, int | None]:
    """Return the project (of a department's paper, the unit) and the year that a paper is about."""
    record = reading.record
    if isinstance(record, Evaluation | Report):
        return _plain(record.project.name), record.year
    if isinstance(record, DepartmentReport | ProjectList):
        return _plain(record.unit), record.year
    return "", None


def _last(file: str) -> str:
    return PurePath(file).name


def _plain(name: str | None) -> str:
    return "".join((name or "").split())
