"""CL04, CL05, CL08, CL11: papers that a collection should hold: re-checks, tables of listed projects, samples."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from jixiao.audit.collection.scores import (
    Filed,
    by_unit,
    filed,
    kind_of,
    project_key,
    readings_in,
    told,
    unit_key,
)
from jixiao.audit.lexicon import any_of, lists_of
from jixiao.audit.prose import Sentence, clipped
from jixiao.audit.rows import shown
from jixiao.audit.rule import Case, Collection, Found, collection_rule
from jixiao.expressions import expression
from jixiao.model.claims import DepartmentReport, ProjectList
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import tidy
from jixiao.model.finding import Severity
from jixiao.model.reading import Kind

_WORDS = lists_of("collection")
_GAP, _FEW, _NAMED = Decimal(10), 2, 5
_NOT_FULL = Decimal(100)
_OTHERS_SCORE = (
    r"(?:复核|复评|核查|抽查|抽评|再评价|重新评价|财政评价|第三方评价)(?:后|平均|总|的|[,，])*"
    r"(?:得分|评分|分数|打分|认定|确认|结果|分)*"
)
_IS = r"(?:只有|仅有?|为|是|到|至|[:：])*"
_SCORE = r"(\d{1,3}(?:\.\d+)?)分"
_SCORES = (
    expression(
        rf"自评(?:平均|总)?(?:得分|打分|评分|分数|分)?{_IS}{_SCORE}[^。；;]{{0,20}}?{_OTHERS_SCORE}{_IS}{_SCORE}"
    ),
    expression(
        rf"{_OTHERS_SCORE}{_IS}{_SCORE}[^。；;]{{0,12}}?自评(?:平均|总)?(?:得分|打分|评分|分数|分)?{_IS}{_SCORE}"
    ),
    expression(
        rf"自评[^。；;\d]{{0,8}}{_SCORE}[^。；;\d]{{0,6}}(?:核减|调减|调整|核定|更正|下调)(?:为|至|到){_SCORE}"
    ),
)
_DUE = expression(r"(?:(20\d\d)年)?(\d{1,2})月(\d{1,2})日(?:之?前|截止)")
_DONE = expression(
    r"(?:(20\d\d)年)?(\d{1,2})月(\d{1,2})日(?!之?前|截止)[^。；;，,]{0,16}(?:报送|提交|上报|报财政|报县财政)"
)
_DATED = expression(r"(20\d\d)年(\d{1,2})月(?:\d{1,2}日)?$")
_NUMBER = expression(r"(?<!\d)[1-9]\d{0,3}个[^,，。；;\d]{0,8}项目")
_UNEVALUATED = any_of(_WORDS["unevaluated"])


@collection_rule("CL04", Severity.WARNING, source="自评得分与复核得分差距过大的，应说明原因并重新自评")
def recheck_far_below_self_score(collection: Collection) -> Iterator[tuple[int, Found]]:
    """复核得分与自评得分相差 10 分以上，或者等级变了。

    为什么：差距大说明自评没有按实际情况打分，结果应用要以复核为准。
    不合格：自评 98 分、复核 82 分；自评“优”、复核“良”。
    合格：自评 95 分、复核 92.5 分，等级都是优。
    怎么改：逐个指标对照复核完成值查明差在哪里，按复核结果更正，写明原因。
    来源：财政部门自评复核的通行办法。
    误报风险：低。
    """
    tables: dict[str, list[Filed]] = defaultdict(list)
    entries = filed(collection)
    for one in entries:
        if one.core and kind_of(one) is not Kind.RECHECK_TABLE:
            tables[one.core].append(one)
    for at, paper, reading in readings_in(collection):
        if reading.kind is Kind.RECHECK_TABLE and isinstance(reading.record, Evaluation):
            for says in _rechecked(reading.record, tables, at):
                yield at, Found("total_printed", says, paper, key="recheck")
    for at, case in enumerate(collection.cases):
        for sentence in told(case, _WORDS["recheck"], _WORDS["self_score"]):
            yield from ((at, found) for found in _told_apart(sentence))


def _rechecked(recheck: Evaluation, tables: Mapping[str, Sequence[Filed]], at: int) -> Iterator[str]:
    """Compare a re-check with the table of its project: that of its own filing, else the only one of its name.

    Where there is no table, with the self-evaluation's scores that the re-check prints beside its own.
    """
    same = tables.get(project_key(recheck.project.name), ())
    same = [one for one in same if one.at == at] or [
        one for one in same if one.table.year in {None, recheck.year}
    ]
    own = same[0].table if len(same) == 1 else _restated(recheck)
    if own.total_printed is None or recheck.total_printed is None:
        return
    gap = own.total_printed - recheck.total_printed
    a, b = own.grade_printed, recheck.grade_printed
    changed = f"，等级由“{a}”变为“{b}”" if a and b and tidy(a)[:1] != tidy(b)[:1] else ""
    if abs(gap) > _GAP or changed:
        yield (
            f"“{own.project.name}”自评 {shown(own.total_printed)} 分，复核 {shown(recheck.total_printed)} 分，"
            f"相差 {shown(abs(gap))} 分{changed}{_where_lost(own, recheck)}。改法：按复核结果更正自评，写明原因。"
        )


def _restated(recheck: Evaluation) -> Evaluation:
    """Return the self-evaluation as a re-check restates it: 自评得分 in its rows and in its total."""
    rows = tuple(replace(r, score_printed=r.self_score_printed) for r in recheck.indicators)
    return replace(recheck, indicators=rows, total_printed=recheck.self_total_printed, grade_printed=None)


def _where_lost(own: Evaluation, recheck: Evaluation) -> str:
    """Name the rows that lost most in the re-check."""
    marks = {tidy(r.level3): r.score_printed for r in recheck.indicators if r.level3}
    lost = [
        (r.score_printed - again, r.level3)
        for r in own.indicators
        if r.level3 and r.score_printed is not None
        and (again := marks.get(tidy(r.level3))) is not None and r.score_printed > again
    ]  # fmt: skip
    told = "、".join(f"“{name}”少 {shown(gap)} 分" for gap, name in sorted(lost, key=lambda x: -x[0])[:3])
    return f"；其中{told}" if told else ""


def _told_apart(sentence: Sentence) -> Iterator[Found]:
    told = {m.span(): (m[2], m[1]) if n == 1 else (m[1], m[2])
            for n, pattern in enumerate(_SCORES) for m in pattern.finditer(sentence.plain)}  # fmt: skip
    for own, other in dict.fromkeys(told.values()):
        gap = abs(Decimal(own) - Decimal(other))
        if gap > _GAP and max(Decimal(own), Decimal(other)) <= 100:  # noqa: PLR2004
            says = f"自评 {own} 分、复核 {other} 分，相差 {shown(gap)} 分。改法：写明差在哪些指标，按复核结果更正。"
            yield Found(
                sentence.passage.where,
                says,
                sentence.passage.paper,
                quoted=sentence.text,
                key=f"{own}|{other}",
            )


@collection_rule("CL05", Severity.WARNING, source="财预〔2020〕10号：预算安排的项目支出都要开展绩效自评")
def listed_project_without_evaluation(collection: Collection) -> Iterator[tuple[int, Found]]:
    """清单里的项目没有自评表，或报告说有项目没有开展自评、没有绩效目标。

    为什么：预算安排的项目支出都要自评，漏掉的往往是问题项目。
    不合格：清单列 12 个项目，所附 11 份自评表缺“青禾县机井维修”；报告写“2 个项目未编制绩效目标”。
    合格：清单与自评表一一对应；只交来清单，没有附自评表。
    怎么改：补报缺少的自评表，或说明该项目不需自评的依据。
    来源：财预〔2020〕10号：预算安排的项目支出都要开展绩效自评。
    误报风险：低。清单中至少三分之二的项目有自评表，才说缺的是哪几个；名称只差年份、“项目”“经费”的算同一项目。
    清单与自评表在同一个文件里的，由 XD08 核对，这里不重复。
    """
    entries = filed(collection)
    cores = {one.core for one in entries}
    with_tables = {one.file for one in entries}
    for at, paper, reading in readings_in(collection):
        if isinstance(reading.record, ProjectList) and not (reading.file and reading.file in with_tables):
            for where, says, key in _missing(reading.record, cores):
                yield at, Found(where, says, paper, key=key)
    for at, case in enumerate(collection.cases):
        for sentence in told(case, _WORDS["unevaluated"]):
            if _counts_unevaluated(sentence.plain):
                says = (
                    f"文中说有项目没有自评或没有绩效目标：“{clipped(sentence.text, 40)}”。"
                    "改法：补编目标、补做自评，或写明依据。"
                )
                yield at, Found(sentence.passage.where, says, sentence.passage.paper, quoted=sentence.text)


def _counts_unevaluated(plain: str) -> bool:
    """Tell whether a clause counts projects that were not evaluated: 其中2个项目因人员变动，未开展自评."""
    parts = re.split(r"[,，。；;]", plain)
    for before, part in zip(("", *parts), parts, strict=False):
        word = _UNEVALUATED.search(part)
        if word is not None and _NUMBER.search(part if word.start() > 1 else f"{before}{part}"):
            return True
    return False


def _missing(record: ProjectList, cores: set[str]) -> Iterator[tuple[str, str, str]]:
    lines = [(n, line.name, project_key(line.name)) for n, line in enumerate(record.projects)]
    lacking = [(n, name) for n, name, core in lines if core and not _among(core, cores)]
    if not lacking or len(lines) < _FEW or 3 * len(lacking) > len(lines):
        return
    names = "、".join(f"“{name}”" for _, name in lacking[:_NAMED])
    more = f"等 {len(lacking)} 个" if len(lacking) > _NAMED else ""
    says = (
        f"清单列 {len(lines)} 个项目，其中{names}{more}没有自评表。"
        "改法：补报自评表，或说明该项目不需自评的依据。"
    )
    yield f"projects.{lacking[0][0]}", says, "|".join(name for _, name in lacking)


def _among(core: str, cores: set[str]) -> bool:
    """Tell whether a project is one of `cores`; a name that holds the other, or is held by it, is the same."""
    return core in cores or any(min(len(core), len(c)) > 3 and (core in c or c in core) for c in cores if c)  # noqa: PLR2004


@collection_rule("CL08", Severity.WARNING, source="抽查复核应覆盖有偏差、得分低的项目")
def sample_avoids_deviating_projects(collection: Collection) -> Iterator[tuple[int, Found]]:
    """抽查的全是完成得好的项目，有偏差的一个也没有抽。

    为什么：抽查是为了核实问题；只抽没有问题的项目，抽查等于没有做。
    不合格：14 个项目存在偏差，抽查的 3 个都不在其中。
    合格：抽查 3 个，其中 1 个是得分低的项目；全部项目都没有偏差。
    怎么改：补抽有偏差、得分低的项目，写明复核得分和结论。
    来源：部门绩效自评抽查复核的通行要求。
    误报风险：中。报告要写明抽查了哪些、偏差的是哪些才判断；抽查项目另有自评表的，按自评表看有没有扣分。
    """
    full = {one.core for one in filed(collection) if _clean(one.table)}
    lost = {one.core for one in filed(collection) if not _clean(one.table)}
    for at, case in enumerate(collection.cases):
        for paper, report in case.department_reports:
            says = _avoided(case, paper, report, full, lost) or _only_the_best(
                collection, case, paper, report
            )
            if says:
                yield at, Found("samples" if report.samples else "sampled", says, paper, key="sample")


def _clean(table: Evaluation) -> bool:
    return table.total_printed is not None and table.total_printed >= 100  # noqa: PLR2004


def _avoided(case: Case, paper: int, report: DepartmentReport, full: set[str], lost: set[str]) -> str:
    samples = {project_key(s.project): s.project for s in report.samples}
    deviating = {project_key(name) for name in report.listed}
    whole = max(report.with_deviation or 0, len(deviating))
    if len(samples) < _FEW or not deviating or not whole:
        return ""
    if any(_among(core, deviating) or core in lost or _admitted(case, paper, core) for core in samples):
        return ""
    named = "、".join(f"“{name}”" for name in list(samples.values())[:_NAMED])
    known = "（自评均为满分）" if samples.keys() <= full else ""
    return (
        f"有偏差的项目 {whole} 个，抽查的 {len(samples)} 个（{named}）都不在其中{known}。"
        "改法：补抽有偏差、得分低的项目，写明复核得分和结论。"
    )


def _only_the_best(collection: Collection, case: Case, paper: int, report: DepartmentReport) -> str:
    """Return what to say of samples that have full marks in the list, where others in the same list have not."""
    own = case.filing.readings[paper]
    lists = [r.record for _, _, r in readings_in(collection) if (r.file, r.sha256) == (own.file, own.sha256)]
    lines = [line for record in lists if isinstance(record, ProjectList) for line in record.projects]
    marks = {project_key(line.name): line.score_printed for line in lines if line.score_printed is not None}
    samples = {project_key(s.project): s.project for s in report.samples}
    weak = [key for key, mark in marks.items() if mark < _NOT_FULL]
    if (
        len(samples) < _FEW
        or len(weak) < _FEW
        or any(marks.get(key, Decimal(0)) < _NOT_FULL for key in samples)
    ):
        return ""
    named = "、".join(f"“{name}”" for name in list(samples.values())[:_NAMED])
    return (
        f"清单中 {len(weak)} 个项目扣了分，抽查的 {len(samples)} 个（{named}）自评都是满分。"
        "改法：补抽有偏差、得分低的项目，写明复核得分和结论。"
    )


def _admitted(case: Case, paper: int, core: str) -> bool:
    """Tell whether the report says of a sampled project that it deviates."""
    admitting = (s for s in told(case, _WORDS["deviation"]) if s.passage.paper == paper)
    return any(core in sentence.plain for sentence in admitting)


@collection_rule("CL11", Severity.WARNING, source="绩效自评应在规定时间内完成并报送")
def filing_late_or_missing(collection: Collection) -> Iterator[tuple[int, Found]]:
    """自评材料迟报、漏报：报告自己说逾期，所附日期晚于期限或晚于次年年底，或报告说的项目数多于交来的自评表。

    为什么：自评结果要用于下年度预算和决算公开，迟报、漏报就用不上。
    不合格：“要求 4 月 15 日前报送，我单位 5 月 6 日报送”；2022 年度的自评落款 2024 年 3 月；
    报告说 12 个项目，交来 9 份自评表。
    合格：4 月 10 日报送；只交部门报告，未附各项目自评表。
    怎么改：补报缺少的材料，写明迟报原因。
    来源：各地绩效自评通知的时限要求。
    误报风险：低。交来的自评表不到项目数四分之三的，视为只附了一部分，不提示。
    """
    groups = by_unit(filed(collection))
    for at, case in enumerate(collection.cases):
        for sentence in told(case, _WORDS["late"]):
            yield from ((at, found) for found in _admits_late(sentence))
        for sentence in told(case, _WORDS["delivered"]):
            yield from ((at, found) for found in _after_due(sentence))
        yield from ((at, found) for found in _dated_too_late(case))
        for paper, report in case.department_reports:
            have = len(groups.get((unit_key(report.unit), report.year), ()))
            if report.projects and 3 * report.projects <= 4 * have < 4 * report.projects:
                says = (
                    f"报告说有 {report.projects} 个项目，交来的自评表只有 {have} 份，缺 {report.projects - have} 份。"
                    "改法：补报缺少的自评表，或说明原因。"
                )
                yield (
                    at,
                    Found(
                        "projects", says, paper, printed=str(report.projects), computed=str(have), key="count"
                    ),
                )


def _admits_late(sentence: Sentence) -> Iterator[Found]:
    word = next((w for w in _WORDS["late"] if w in sentence.plain), "")
    if (
        word
        and re.search(r"自评|绩效", sentence.plain)
        and re.search(r"\d+个(?:单位|项目|部门)", sentence.plain)
    ):
        says = f"文中说有自评材料{word}的情况。改法：列出是哪些，补报并写明原因。"
        yield Found(sentence.passage.where, says, sentence.passage.paper, quoted=sentence.text, key=word)


def _after_due(sentence: Sentence) -> Iterator[Found]:
    due, done = _DUE.search(sentence.plain), _DONE.search(sentence.plain)
    if due is None or done is None or (due[1] and done[1] and due[1] != done[1]):
        return
    if (int(done[2]), int(done[3])) > (int(due[2]), int(due[3])):
        says = f"要求 {due[2]} 月 {due[3]} 日前报送，实际 {done[2]} 月 {done[3]} 日报送。改法：写明迟报原因。"
        yield Found(sentence.passage.where, says, sentence.passage.paper, quoted=sentence.text, key="due")


def _dated_too_late(case: Case) -> Iterator[Found]:
    """Compare the date under a report with its year: an account of a year is due in the year after it."""
    years: dict[int, int | None] = {paper: record.year for paper, record in case.reports}
    years |= {paper: record.year for paper, record in case.department_reports}
    last = {p.paper: p for p in case.passages if p.in_report}
    for paper, passage in last.items():
        year, m = years.get(paper), _DATED.search(tidy(passage.text[-24:]))
        if year is not None and m is not None and int(m[1]) > year + 1:
            says = (
                f"{year} 年度的自评落款为 {m[1]} 年 {m[2]} 月，晚了一年以上。改法：核对年度，或写明迟报原因。"
            )
            yield Found(passage.where, says, paper, quoted=m[0], key="dated")
