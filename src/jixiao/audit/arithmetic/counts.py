"""AR13, AR17: stated counts against what is listed, and roll-ups against the papers themselves (数字勾稽)."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from jixiao.audit.arithmetic.named_lists import names_beside_counts
from jixiao.audit.arithmetic.part_counts import parts_beyond_wholes
from jixiao.audit.prose import Sentence
from jixiao.audit.rows import total_of
from jixiao.audit.rule import Case, Collection, Found, collection_rule, rule
from jixiao.audit.told.listed import column_of, other_mean, wrong_totals
from jixiao.audit.told.misprints import grades_beside_count, sums_misprinted
from jixiao.audit.told.polls import answers_beside_valid, more_back_than_given
from jixiao.audit.told.products import products
from jixiao.audit.told.wholes import parts_apart, wholes_told
from jixiao.expressions import expression
from jixiao.model.claims import Bin, DepartmentReport, ListedProject, ProjectList
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import Figure, sum_of
from jixiao.model.finding import Severity

_THINGS = r"(?:项目|村|单位|工程|方面|部门|乡镇|街道|学校|小区|地块|标段|类)"
_BACKWARD = expression(rf"(\d{{1,3}})个({_THINGS})")
_FORWARD = expression(rf"({_THINGS})?(\d{{1,3}})个({_THINGS})?[，,]?(?:分别[是为]|包括|为|即)[：:]?")
_NAMED = expression(
    r"(\d{1,3})([座所家处条项名户台套类种村镇支])(?:[\u4e00-\u9fff]{0,8})?[，,]分别[是为][：:]?"
)
_OPEN = expression(r"等(?!级|额|次)|以及其他|……|…")
_MEAN_SCORE = expression(r"平均(?:得分|分数|分|自评分)(?:为|是|达到?|:)*(\d{2,3}(?:\.\d+)?)分?")
_LEAST, _FEW = 3, 2


@rule("AR13", Severity.WARNING, source="所述个数应与列举一致，分段应互不重叠")
def stated_count_differs(case: Case) -> Iterator[Found]:
    """所述个数与列举、分段合计不一致，列举中有重复，或分段的界线重叠。

    为什么：个数和分段是汇总的基础，重复或重叠会使同一项目计两次。
    不合格：“甲项目、乙项目、甲项目 3 个项目”；90 分以上 58 个、60 至 90 分 3 个，90 分归哪一段不明；
    “下设 9 个小队，其中东片 3 个、西片 3 个、库区 2 个”；答卷合计 145 份，有效问卷 140 份。
    合格：“甲项目、乙项目等 12 个项目”；90（含）以上、60（含）至 90；“其余 1 个机动”。
    怎么改：删去重复项，更正个数；分段写明含与不含。
    来源：复核人员通用核对办法。
    误报风险：中。以“等”结尾的列举不数；名称内的顿号（书名号、括号内）不拆；所列不到总数的 85% 时，当作只列了一部分。
    """
    for at, report in case.department_reports:
        yield from _bins(at, report)
        yield from _parts(at, report)
    yield from answers_beside_valid(case)
    yield from more_back_than_given(case)
    yield from (found for money, found in case.once(products) if not money)
    for told in case.once(wholes_told):
        if not told.money and not told.scored:
            yield parts_apart(told)
    listed = list(_enumerated(case))
    yield from listed
    known = {found.quoted for found in listed}
    yield from (found for found in names_beside_counts(case) if found.quoted not in known)
    yield from parts_beyond_wholes(case)
    known |= {told.said.text for told in case.once(wholes_told)}
    yield from (found for found in sums_misprinted(case, "count") if found.quoted not in known)
    yield from grades_beside_count(case)


def _enumerated(case: Case) -> Iterator[Found]:
    for said in case.told("signs.namely"):
        yield from _names_of_count(said)
    for said in dict.fromkeys((*case.told("signs.things"), *case.told("signs.namely"))):
        passage, sentence = said.passage, said.text
        for items, count, wanted in _enumerations(sentence):
            for says, severity, key in _about_items(items, count, wanted):
                yield Found(passage.where, says, passage.paper, severity, quoted=sentence, key=key,
                            printed=str(count), computed=str(len(set(items))))  # fmt: skip


def _names_of_count(said: Sentence) -> Iterator[Found]:
    for count, named, measure in _named(said.text):
        says = f"文中说 {count} {measure}，写出名称的有 {named} {measure}。改法：核对个数或补全列举。"
        yield Found(said.passage.where, says, said.passage.paper, quoted=said.text, printed=str(count),
                    computed=str(named), key=f"named{count}{measure}")  # fmt: skip


def _bins(at: int, report: DepartmentReport) -> Iterator[Found]:
    counts = total_of(None if b.count is None else Decimal(b.count) for b in report.bins)
    if report.bins and counts is not None and report.projects is not None and counts != report.projects:
        says = f"各分段项目数合计 {counts:f} 个，文中共 {report.projects} 个项目。改法：核对各段个数。"
        yield Found("bins", says, at, Severity.ERROR, printed=str(report.projects), computed=f"{counts:f}",
                    rests=("bins", "projects"), key="count")  # fmt: skip
    for one in report.bins:
        for other in report.bins:
            if one.low is not None and one.low == other.high and _includes_low(one) and _includes_high(other):
                says = (
                    f"“{one.label}”与“{other.label}”都含 {one.low:f} 分，界线重叠。改法：写明“含”或“不含”。"
                )
                yield Found("bins", says, at, quoted=other.label, key=f"{one.label}|{other.label}")


def _includes_low(one: Bin) -> bool:
    return not re.search(r"不含|以外|高于|超过|＞|>(?!=)", one.label)


def _includes_high(one: Bin) -> bool:
    return not re.search(
        r"不含|以下(?![（(]含)|低于|不足|不满|未满|[（(]含[）)](?:分)?\s*[至到~～—-]|＜|<(?!=)|\[.*\)",
        one.label,
    )


def _parts(at: int, report: DepartmentReport) -> Iterator[Found]:
    full, deviating, projects = report.full_marks, report.with_deviation, report.projects
    if full is not None and deviating is not None and projects is not None and full + deviating > projects:
        says = (
            f"全部完成的 {full} 个与有偏差的 {deviating} 个合计 {full + deviating} 个，"
            f"超过项目总数 {projects} 个。改法：核对个数。"
        )
        yield Found("with_deviation", says, at, printed=str(projects), computed=str(full + deviating))
    named = len(report.samples)
    if report.sampled is not None and named and named != report.sampled:
        says = f"文中说抽查 {report.sampled} 个项目，列出 {named} 个。改法：核对抽查个数。"
        yield Found("sampled", says, at, printed=str(report.sampled), computed=str(named))


def _enumerations(sentence: str) -> Iterator[tuple[list[str], int, str]]:
    """Yield each list in the sentence with the count that is stated for it, before or after it."""
    for m in _BACKWARD.finditer(sentence):
        head = re.split(r"[。；;：:！？]|(?<!\d)\d{1,2}[.．、]", sentence[: m.start()])[-1]
        items = split_items(head)
        led_in = any("，" in item for item in items[1:])  # where the list begins can't be told
        if len(items) >= _LEAST and not led_in and not _OPEN.search(items[-1][-3:]):
            yield items, int(m[1]), m[2]
    for m in _FORWARD.finditer(sentence):
        tail = re.split(r"[。；;！？，,]", sentence[m.end() :])[0]
        items = split_items(tail)
        if len(items) > 1 and (m[1] or m[3]) and not _OPEN.search(tail):
            yield items, int(m[2]), m[3] or m[1]


def _named(sentence: str) -> Iterator[tuple[int, int, str]]:
    """Yield the counts whose things are named one by one (6座，分别是甲桥、乙桥和丙桥) and aren't as many."""
    for m in _NAMED.finditer(sentence):
        tail = re.split(r"[。；;！？，,]", sentence[m.end() :])[0]
        items = split_items(tail)
        if len(items) < _LEAST or _OPEN.search(tail) or re.search(r"\d", tail):
            continue
        joined = bool(re.search(r"[和及与]", items[-1]))
        if (
            int(m[1]) not in {len(items), len(items) + joined}
            and abs(len(items) + joined - int(m[1])) <= _FEW
        ):
            yield int(m[1]), len(items) + joined, m[2]


def split_items(text: str) -> list[str]:
    """Split a list at 、 and at 和/及 before its last item, never inside 《》 “” or （）."""
    parts, depth, item = [], 0, ""
    for char in text:
        depth += (char in "《（(“") - (char in "》）)”")
        if char == "、" and depth <= 0:
            parts.append(item)
            item = ""
        else:
            item += char
    return [part.strip() for part in (*parts, item) if part.strip()]


def _about_items(items: list[str], count: int, wanted: str) -> Iterator[tuple[str, Severity, str]]:
    led_in = next((item for item in items[1:] if len(item) > _FEW and items[0].endswith(item)), items[0])
    items = [led_in, *items[1:]]
    repeated = [item for item, n in Counter(items).items() if n > 1]
    for item in repeated:
        says = (
            f"“{item}”在列举中出现 {items.count(item)} 次；文中说 {count} 个{wanted}，"
            f"去掉重复只有 {len(set(items))} 个。改法：删去重复项或更正个数。"
        )
        yield says, Severity.ERROR if count == len(items) else Severity.WARNING, item
    if not repeated and 1 <= abs(len(items) - count) <= _FEW and not re.search(r"[和及与]", items[-1]):
        yield (
            f"文中说 {count} 个{wanted}，列出 {len(items)} 个。改法：核对个数或补全列举。",
            Severity.WARNING,
            "count",
        )


@collection_rule("AR17", Severity.ERROR, source="汇总数由各项目自评表加总得出")
def rollup_differs_from_papers(collection: Collection) -> Iterator[tuple[int, Found]]:
    """汇总材料中的金额、得分、分段个数与各项目自评表重新汇总的结果不一致。

    为什么：汇总数须能由所附的各项目自评表得出。
    不合格：清单列某项目得分 98，其自评表总分为 89；清单合计行不是各行之和；平均得分与清单算得的不同。
    合格：部门报告说 5 个项目、预算合计 8361.28 万元，五张自评表加总正是此数。
    怎么改：按各项目自评表重新汇总。
    来源：部门汇总通行做法。
    误报风险：低。只有所附自评表个数与汇总所说的项目数相同时，才核对合计。
    """
    papers = _papers(collection)
    for at, case in enumerate(collection.cases):
        for n, reading in enumerate(case.filing.readings):
            yield from ((at, Found(where, says, n)) for where, says in _against(reading.record, papers))
    yield from _against_lists(collection)


def _against_lists(collection: Collection) -> Iterator[tuple[int, Found]]:
    """Compare what a department tells of its projects with the one list in the same file."""
    lists = [(r.file, r.sha256, r.record) for case in collection.cases for r in case.filing.readings
             if isinstance(r.record, ProjectList)]  # fmt: skip
    for at, case in enumerate(collection.cases) if lists else ():
        for paper, report in case.department_reports:
            own = case.filing.readings[paper]
            beside = [record for file, sha, record in lists if (file, sha) == (own.file, own.sha256)]
            if len(beside) == 1:
                yield from ((at, found) for found in _told_of_list(case, paper, report, beside[0]))


def _told_of_list(case: Case, paper: int, report: DepartmentReport, listed: ProjectList) -> Iterator[Found]:
    alike = report.projects in {None, len(listed.projects)}
    for said in case.told("signs.mean_score"):
        m = _MEAN_SCORE.search(said.plain) if said.passage.paper == paper else None
        mean = other_mean(listed, Decimal(m[1])) if m is not None else None
        if m is not None and mean is not None:
            says = f"清单各项目得分平均 {mean}，文中写的是 {m[1]}。改法：按清单重新计算平均得分。"
            yield Found(said.passage.where, says, paper, None if alike else Severity.WARNING, quoted=said.text,
                        printed=m[1], computed=mean)  # fmt: skip
    for column, printed in (("budget", report.budget), ("executed", report.executed)):
        parts = column_of(listed, column)
        told = parts is not None and all(
            part.unit is not None for part in parts
        )  # without a unit, 1,006.90 of what?
        if (
            told
            and parts is not None
            and printed is not None
            and alike
            and not sum_of(parts).agrees_with(printed)
        ):
            says = f"清单逐项合计 {sum_of(parts)}，文中写的是 {printed}。改法：核对后改为一致。"
            yield Found(column, says, paper, printed=str(printed), computed=str(sum_of(parts)))


Papers = list[tuple[str, Evaluation]]


def _against(record: object, papers: Papers) -> Iterator[tuple[str, str]]:
    """Yield where a list or a department's report differs from the papers, and in what."""
    if isinstance(record, ProjectList):
        yield from _listed(record, papers)
        yield from wrong_totals(record)
    if isinstance(record, DepartmentReport) and record.projects == len(papers):
        yield from _rolled_up(record, [paper for _, paper in papers])


def _papers(collection: Collection) -> Papers:
    tables = (case.evaluation for case in collection.cases)
    return [(_name(t.project.name or ""), t) for t in tables if t is not None]


def _name(text: str) -> str:
    return re.sub(r"项目$|\s|[（(].*?[）)]", "", text)


def _listed(record: ProjectList, papers: Papers) -> Iterator[tuple[str, str]]:
    for n, line in enumerate(record.projects):
        same = [paper for name, paper in papers if name and name == _name(line.name)]
        if len(same) == 1:
            for says in _line(line, same[0]):
                yield f"projects.{n}", says


def _line(line: ListedProject, paper: Evaluation) -> Iterator[str]:
    if (
        line.score_printed is not None
        and paper.total_printed is not None
        and line.score_printed != paper.total_printed
    ):
        listed, own = f"{line.score_printed:f}", f"{paper.total_printed:f}"
        yield f"清单中“{line.name}”得分 {listed}，其自评表总分 {own}。改法：两处改为一致。"
    total = paper.funds.total
    pairs = ((line.budget, total.annual if total else None, "预算数"),
             (line.executed, total.executed if total else None, "执行数"))  # fmt: skip
    for told, figure, what in pairs:
        if told is not None and figure is not None and not _agree(told, figure):
            yield f"清单中“{line.name}”{what} {told}，其自评表为 {figure}。改法：两处改为一致。"


def _agree(one: Figure, other: Figure) -> bool:
    return one.agrees_with(other)


def _rolled_up(record: DepartmentReport, papers: list[Evaluation]) -> Iterator[tuple[str, str]]:
    for where, printed, column in (
        ("budget", record.budget, "annual"),
        ("executed", record.executed, "executed"),
    ):
        figures = [getattr(p.funds.total, column, None) for p in papers]
        known = [f for f in figures if isinstance(f, Figure)]
        if printed is not None and len(known) == len(papers) and not _agree(sum_of(known), printed):
            yield where, f"各自评表合计 {sum_of(known)}，汇总写的是 {printed}。改法：按各表重新汇总。"
    totals = [p.total_printed for p in papers]
    scores = [t for t in totals if t is not None]
    if len(scores) < len(papers):
        return
    for b in record.bins:
        counted = sum(1 for s in scores if (b.low is None or s >= b.low) and (b.high is None or s < b.high))
        if b.count is not None and counted != b.count and not any(s == b.high for s in scores):
            yield "bins", f"“{b.label}”写的是 {b.count} 个，按各自评表总分应为 {counted} 个。改法：重新统计。"
