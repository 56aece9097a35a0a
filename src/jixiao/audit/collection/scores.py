"""CL01, CL06, CL07: the scores of a unit's filings side by side; and what all rules over many filings look at."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from jixiao.audit.lexicon import Words, any_of, has, lists_of
from jixiao.audit.prose import Sentence, percent
from jixiao.audit.rows import shown
from jixiao.audit.rule import Case, Collection, Found, collection_rule
from jixiao.expressions import expression
from jixiao.model.claims import Bin, DepartmentReport, ProjectList
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import tidy
from jixiao.model.finding import Severity
from jixiao.model.reading import Kind, Reading

_WORDS = lists_of("collection")
_GENERIC = any_of(_WORDS["generic"])
_CODE = expression(r"^[\d.]+[-—_]?")
_OFFICE = expression(
    r"^[\d.]+[-—_]?|[(（].*?[)）]|[省市县区](?![场政域直级])|(?<![城乡])镇(?!村)|(?<!城)乡(?![村镇])"
)
_MARKS = expression(r"[\"“”'‘’《》〈〉·,，、。.\s]|^(?:19|20)\d\d年?度?")
_SUFFIX = expression(r"(?:项目支出|项目|经费)+$")
_ABOUT_SCORES = expression(r"得分|低分|\d分|扣分|失分")
_NAMING = expression(r".{0,8}?\d+个(?:项目)?[,、]?(?:分别|即|为|是|系|包括|[:《“\"]|\((?!占|\d))")
_FULL, _HALF, _NEARLY, _LOW = Decimal(100), Fraction(1, 2), Decimal(98), Decimal(90)
_FEW, _SOME, _NAMED = 4, 3, 5
_MOST, _SLOW, _HIGH = Fraction(4, 5), Fraction(4, 5), Decimal(95)


@dataclass(frozen=True, slots=True)
class Filed:
    """A filing with a table: its case's position `at`, the table, and its unit and project folded to be compared."""

    at: int
    case: Case
    table: Evaluation
    unit: str
    core: str

    @property
    def name(self) -> str:
        """The project's name as printed."""
        return self.table.project.name or "（未写项目名称）"

    @property
    def office(self) -> str:
        """The unit as printed but for its code, else the department."""
        return _CODE.sub("", self.table.project.unit or self.table.project.department or "")

    @property
    def file(self) -> str:
        """The file that the table came from, "" where unknown."""
        main = self.case.filing.main
        return self.case.filing.readings[main].file if main is not None else ""

    def told(self, beside: "Filed | None" = None) -> str:
        """Return the filing for a message: “project”, with its unit and file where those of `beside` differ."""
        unit = self.office if beside is None or self.unit != beside.unit else ""
        file = self.file if beside is None or self.file != beside.file else ""
        more = "，".join(part for part in (unit, file) if part)
        return f"“{self.name}”（{more}）" if more else f"“{self.name}”"


def filed(collection: Collection) -> tuple[Filed, ...]:
    """Return the filings that have a table, in their order."""
    return tuple(
        _filed(at, case, case.evaluation) for at, case in enumerate(collection.cases) if case.evaluation
    )


def _filed(at: int, case: Case, table: Evaluation) -> Filed:
    office = table.project.unit or table.project.department
    return Filed(at, case, table, unit_key(office), project_key(table.project.name))


def kind_of(one: Filed) -> Kind | None:
    """Return the kind of the paper that the table came from."""
    main = one.case.filing.main
    return one.case.filing.readings[main].kind if main is not None else None


def readings_in(collection: Collection) -> Iterator[tuple[int, int, Reading]]:
    """Yield every paper with the position of its case and its index there."""
    for at, case in enumerate(collection.cases):
        yield from ((at, paper, reading) for paper, reading in enumerate(case.filing.readings))


def told(case: Case, *lists: Words) -> Iterator[Sentence]:
    """Yield the sentences in which a word of each list stands; nothing is kept of passages without one."""
    for passage in case.passages:
        if all(has(passage.text, words) for words in lists):
            yield from (s for s in passage.sentences if all(has(s.plain, words) for words in lists))


def unit_key(office: str | None) -> str:
    """Return a unit's name without code, brackets and rank (省市县区镇乡): 058-青禾县水利局 and 青禾水利局 are one."""
    return _OFFICE.sub("", tidy(office)) if office else ""


def project_key(name: str | None) -> str:
    """Return a project's name without marks, year and the last 项目 or 经费; "" where it is silent."""
    plain = _MARKS.sub("", tidy(name)) if name else ""
    return _SUFFIX.sub("", plain) or plain


def by_unit(entries: Iterable[Filed]) -> Mapping[tuple[str, int | None], tuple[Filed, ...]]:
    """Group filings by unit and year; those that name no unit are left out."""
    groups: dict[tuple[str, int | None], list[Filed]] = defaultdict(list)
    for one in entries:
        if one.unit:
            groups[one.unit, one.table.year].append(one)
    return {key: _apart(group) for key, group in groups.items()}


def _apart(group: Sequence[Filed]) -> tuple[Filed, ...]:
    """Return one filing per project: a paper that came twice is no second project."""
    return tuple({one.core or str(one.at): one for one in reversed(group)}.values())[::-1]


class Folded(Protocol):
    """What has a unit and a project folded to be compared."""

    @property
    def unit(self) -> str:
        """The unit."""

    @property
    def core(self) -> str:
        """The project."""


def unlike(one: Folded, other: Folded) -> bool:
    """Tell whether two projects' names share hardly a pair of letters, those of the unit's own name not counted."""
    own = _pairs(one.unit) | _pairs(other.unit)
    a, b = (_pairs(_GENERIC.sub("", f.core)) - own for f in (one, other))
    return bool(a and b) and 6 * len(a & b) < len(a | b)


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def listed(entries: Sequence[Filed], beside: Filed | None = None) -> str:
    """Return up to five filings for a message, and how many more there are."""
    told = "、".join(one.told(beside) for one in entries[:_NAMED])
    return f"{told}等 {len(entries)} 个" if len(entries) > _NAMED else told


@collection_rule(
    "CL01", Severity.WARNING, source="财政部门复核自评结果的通行做法：满分过多的单位列为抽查重点"
)
def full_marks_without_exception(collection: Collection) -> Iterator[tuple[int, Found]]:
    """一个单位的项目自评大多是满分，或几乎全部在 98 分以上。

    为什么：自评要反映差距；一半以上满分，多半是逐项照填，没有对照指标值核实。
    不合格：青禾县水利局 12 个项目，10 个自评 100 分；部门报告写“62 个项目中 48 个自评 100 分”。
    合格：8 个项目中 2 个满分；4 个项目中 2 个满分；只有 3 个项目。
    怎么改：抽取满分项目对照佐证材料复核，按实际完成情况评分；确属全部完成的，附佐证。
    来源：财政部门复核自评结果的通行做法。
    误报风险：中。项目确实全部完成时也会满分，因此只提示复核；全部在 98 分以上而满分不到一半的只作提示。
    """
    for group in by_unit(filed(collection)).values():
        yield from _blanket(group)
    for at, case in enumerate(collection.cases):
        for paper, report in case.department_reports:
            full, whole = report.full_marks, report.projects
            if (
                full is not None
                and whole is not None
                and full >= _SOME
                and _FEW <= whole <= 2 * full <= 2 * whole
            ):
                share = percent(Fraction(full, whole))
                says = (
                    f"{whole} 个项目中 {full} 个自评满分，占 {share}。"
                    "改法：抽取满分项目对照佐证材料复核，按实际完成情况评分。"
                )
                yield at, Found("full_marks", says, paper, printed=str(full), key="full")
    for at, paper, reading in readings_in(collection):
        if isinstance(reading.record, ProjectList):
            yield from ((at, replace(found, paper=paper)) for found in _blanket_list(reading.record))


def _blanket_list(record: ProjectList) -> Iterator[Found]:
    """Yield a list whose printed scores are full marks for half of its projects or more."""
    scored = [line for line in record.projects if line.score_printed is not None]
    full = [line for line in scored if line.score_printed == _FULL]
    if len(full) >= _SOME and len(scored) >= _FEW and Fraction(len(full), len(scored)) >= _HALF:
        named = "、".join(f"“{line.name}”" for line in full[:_NAMED])
        more = f"等 {len(full)} 个" if len(full) > _NAMED else ""
        says = (
            f"清单 {len(scored)} 个项目中 {len(full)} 个自评满分，占 {percent(Fraction(len(full), len(scored)))}："
            f"{named}{more}。改法：抽取其中的项目对照佐证材料复核，按实际完成情况评分。"
        )
        yield Found("projects", says, printed=str(len(full)), key="list")


def _blanket(group: Sequence[Filed]) -> Iterator[tuple[int, Found]]:
    scored = [one for one in group if one.table.total_printed is not None]
    full = [one for one in scored if one.table.total_printed == _FULL]
    high = [one for one in scored if (one.table.total_printed or 0) >= _NEARLY]
    remedy = "改法：抽取其中的项目对照佐证材料复核，按实际完成情况评分。"
    if len(full) >= _SOME and len(scored) >= _FEW and Fraction(len(full), len(scored)) >= _HALF:
        share = percent(Fraction(len(full), len(scored)))
        says = (
            f"{full[0].office}的 {len(scored)} 份自评表中 {len(full)} 份总分为满分，占 {share}："
            f"{listed(full, full[0])}。{remedy}"
        )
        yield full[0].at, Found("total_printed", says, printed="100", key="full")
    elif len(scored) > _FEW and Fraction(len(high), len(scored)) >= _MOST:
        says = (
            f"{high[0].office}的 {len(scored)} 份自评表中 {len(high)} 份总分在 98 分以上"
            f"（其中满分 {len(full)} 份）：{listed(high, high[0])}。{remedy}"
        )
        yield high[0].at, Found("total_printed", says, severity=Severity.NOTE, key="high")


@collection_rule("CL06", Severity.WARNING, source="自评结果应能区分项目好坏，低分项目应说明原因")
def scores_tell_nothing_apart(collection: Collection) -> Iterator[tuple[int, Found]]:
    """各项目得分完全一样，或者部门报告只说有几个低分项目，不说是哪些、为什么。

    为什么：得分没有差别就看不出哪个项目有问题；低分项目不点名就无法整改。
    不合格：一个单位 6 个项目都是 96 分；报告写“60 分以下 1 个”，全文没有说是哪个项目、什么原因。
    合格：6 个项目得分在 82 至 99 之间；报告写“60 分以下 1 个，为青禾县机井维修项目，原因是合同推迟”。
    怎么改：按各项目实际情况分别评分；写明低分项目的名称、扣分原因和整改措施。
    来源：部门绩效自评工作报告的通行要求。
    误报风险：中。四个以下的项目不看；满分一样多的由 CL01 提示。
    """
    for group in by_unit(filed(collection)).values():
        totals = {one.table.total_printed for one in group}
        total = totals.pop() if len(totals) == 1 else None
        if total is not None and total != _FULL and len(group) > _FEW:
            says = (
                f"{group[0].office}的 {len(group)} 份自评表总分都是 {shown(total)} 分：{listed(group, group[0])}。"
                "改法：按各项目实际完成情况分别评分。"
            )
            yield group[0].at, Found("total_printed", says, printed=shown(total), key="same")
    for at, case in enumerate(collection.cases):
        for paper, report in case.department_reports:
            yield from ((at, Found("bins", says, paper, key="low")) for says in _unnamed(case, paper, report))


def _unnamed(case: Case, paper: int, report: DepartmentReport) -> Iterator[str]:
    low = [one for one in report.bins if one.count and _is_low(one)]
    if not low or _explained(case, paper, low):
        return
    told = "、".join(f"“{one.label}”{one.count} 个" for one in low)
    yield f"报告说{told}，没有写明是哪些项目、为什么得分低。改法：写明低分项目的名称、扣分原因和整改措施。"


def _is_low(one: Bin) -> bool:
    """Tell whether a band lies below 90, or is 中 or 差 by its word."""
    return (one.high is not None and one.high <= _LOW) or bool(re.match(r"中|差|较差|不合格", one.label))


def _explained(case: Case, paper: int, low: Sequence[Bin]) -> bool:
    """Tell whether a sentence says which projects scored low, or why."""
    spoken = [s for s in case.sentences if s.passage.paper == paper]
    if any("collection.low_reason" in s.words and _ABOUT_SCORES.search(s.plain) for s in spoken):
        return True
    labels = [
        s.plain[m.end() :]
        for one in low
        for s in spoken
        for m in re.finditer(re.escape(tidy(one.label)), s.plain)
    ]
    return any(_NAMING.match(rest) for rest in labels)


@collection_rule("CL07", Severity.WARNING, source="预算执行与绩效结果应相互匹配")
def money_unspent_and_scores_high(collection: Collection) -> Iterator[tuple[int, Found]]:
    """一个单位有多个项目预算执行率不到 80%，自评总分却在 95 分以上。

    为什么：钱没有花出去而绩效几乎满分，或者预算编多了，或者得分没有如实反映进度；一两个项目可能是节约，成批出现应当核实。
    不合格：同一单位 4 个项目执行率 45% 至 72%，总分都在 96 分以上。
    合格：1 个项目执行率 70%，总分 97，说明为招标节约；执行率低的项目总分也低。
    怎么改：逐个说明资金结余的原因，核实产出是否确实完成，下年度相应压减预算。
    来源：财政部门运行监控和自评复核的通行做法。
    误报风险：中。三个以下不提示。
    """
    for group in by_unit(filed(collection)).values():
        slow = [
            (one, rate) for one in group if (rate := _spent(one.table)) is not None and _boasts(one, rate)
        ]
        if len(slow) < _SOME:
            continue
        told = "、".join(
            f"“{one.name}”执行率 {percent(rate)}、总分 {shown(one.table.total_printed or _FULL)}"
            for one, rate in slow[:_NAMED]
        )
        more = f"等 {len(slow)} 个项目" if len(slow) > _NAMED else ""
        says = (
            f"{slow[0][0].office}有 {len(slow)} 个项目执行率不到 80%，总分却在 95 分以上：{told}{more}。"
            "改法：逐个说明结余原因，核实产出是否确实完成。"
        )
        yield slow[0][0].at, Found("total_printed", says, key="slow", rests=("funds.total",))


def _spent(table: Evaluation) -> Fraction | None:
    line = table.funds.total
    if line is None or line.annual is None or line.executed is None or line.annual.exact <= 0:
        return None
    return line.executed.exact / line.annual.exact


def _boasts(one: Filed, rate: Fraction) -> bool:
    total = one.table.total_printed
    return rate < _SLOW and total is not None and total > _HIGH
